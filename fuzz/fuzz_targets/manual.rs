//! A small manual of any files: a line `==> path` begins each, all before the first is manual.yaml.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut pieces = text.split("\n==> ");
    let mut files: Vec<(&str, &str)> = vec![("manual.yaml", pieces.next().unwrap_or_default())];
    for piece in pieces.take(12) {
        let (path, content) = piece.split_once('\n').unwrap_or((piece, ""));
        // Such paths as a folder can have.
        let is_path = path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', '\0']);
        let is_text = [".md", ".yaml", ".yml", ".bib", ".csl"].iter().any(|ending| path.ends_with(ending));
        let clashes = files.iter().any(|(known, _)| {
            *known == path || known.starts_with(&format!("{path}/")) || path.starts_with(&format!("{known}/"))
        });
        if is_path && is_text && !clashes && path.len() < 250 {
            files.push((path, content));
        }
    }
    iptbook_fuzz::whole(&files);
});
