//! Any words in the fields that go to tables for spreadsheets: the tables can be read, have all their
//! cells, and no cell is a formula.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str, &str)| {
    // As a YAML text may be written for certain.
    let quoted = |text: &str| {
        let letters: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
        format!("\"{}\"", letters.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
    };
    let [first, second, third] = [input.0, input.1, input.2].map(quoted);
    let stage = format!("---\nid: a\ntitle: {first}\nsummary: {second}\ngoals: [{third}]\ntherapist-tasks: [{first}]\n---\n");
    let protocol = format!("---\nid: p\ntitle: {second}\nsummary: {third}\nsessions: 12\nstages:\n  - {{ stage: a, sessions: 1-12 }}\n---\n");
    let evidence = format!("---\nid: e\ntitle: {third}\nsummary: {first}\nfindings:\n  - statement: {second}\n    certainty: low\n---\n");
    let checked = iptbook_fuzz::checked(&[
        ("manual.yaml", "title: A manual\n"),
        ("stages/a.md", &stage),
        ("protocols/p.md", &protocol),
        ("evidence/e.md", &evidence),
    ]);
    for (path, content) in iptbook_fuzz::site(&checked).iter().filter(|(path, _)| path.ends_with(".csv")) {
        let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(content);
        let mut reader = csv::Reader::from_reader(content);
        for record in reader.records() {
            let record = record.expect("rows of the same length");
            for cell in &record {
                let begin = cell.chars().next();
                let is_formula = matches!(begin, Some('=' | '+' | '-' | '@' | '\t' | '\r'));
                assert!(!is_formula || (cell.parse::<f64>().is_ok() && !cell.ends_with("inf")), "{path}: {cell:?}");
            }
        }
    }
});
