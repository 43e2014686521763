//! Mistakes that authors make, and what they are told: the literate cases in `tests/cases/`.
//!
//! A case file is prose with a heading `##` for each case. Its fenced blocks mean:
//!
//! - ` ```md techniques/role-play.md `: a file of a small manual; a path with spaces stands in
//!   quotation marks. Words after the path change its bytes: `crlf` ends its lines as Windows does, `bom` puts a byte order mark first. Without a
//!   manual.yaml the manual has `title: Test manual`. Files before the first case belong to every
//!   case of the file.
//! - ` ```args `: further arguments of `check`.
//! - ` ```expect `: all reports there must be, and no others, as
//!   `file:line:column severity[code] part of the message`. A column may be a range, `4-9`, whose
//!   end is the column after the last character; a space in a path is written `%20`. A line `help: …` below a report is part of its
//!   help. The one word `nothing` says that there must be no report.
//! - ` ```text `: the whole of what the terminal shows. To rewrite these blocks,
//!   `UPDATE_CASES=1 cargo test --test suite cases::`; read the difference before you commit it.
//!
//! Use four backticks where a file has fences of its own.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use crate::support::cases::{Case, read};
use crate::support::{Report, TestManual, check};
use iptbook::model::kind::Kind;
use iptbook::model::schema::shape::{Field, Shape};

/// Codes whose faults are no text that a case could hold; `cli/` and `external.rs` make them.
const IN_CLI: &[&str] = &[
    "file/not-utf8",
    "file/symlink-outside",
    "file/too-large",
    "file/too-many",
    "file/unreadable",
    "theme/invalid",
    "theme/template",
    "link/external-gone",
    "link/external-moved",
    "link/external-unreachable",
];

macro_rules! families {
    ($($name:ident),* $(,)?) => {
        const FAMILIES: &[&str] = &[$(stringify!($name)),*];
        $(#[test] fn $name() { check_family(stringify!($name)); })*
    };
}

families!(
    causes,
    citations,
    directives,
    evidence,
    films,
    front_matter,
    glossary,
    html,
    ids,
    links,
    manual_yaml,
    markdown,
    media,
    missing_fields,
    pages,
    plans,
    positions,
    privacy,
    relations,
    reviews,
    safety_and_slots,
    sessions,
    slips,
    texts,
    unknown_keys,
    values,
    withdrawn,
    words,
);

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn file_of(family: &str) -> PathBuf {
    folder().join(format!("{}.md", family.replace('_', "-")))
}

/// What a report must be like.
#[derive(Debug)]
struct Expected {
    place: String,
    level: String,
    message: String,
    helps: Vec<String>,
}

impl Case {
    fn expected(&self) -> Vec<Expected> {
        let block = self.block("expect").unwrap_or_else(|| panic!("{}: there is no `expect` block", self.name));
        let mut expected: Vec<Expected> = Vec::new();
        if block.text.trim() == "nothing" {
            return expected;
        }
        for line in block.text.lines() {
            if let Some(help) = line.trim_start().strip_prefix("help: ") {
                expected.last_mut().expect("help stands under a report").helps.push(help.to_owned());
                continue;
            }
            let mut words = line.splitn(3, ' ').map(str::to_owned);
            let (Some(place), Some(level)) = (words.next(), words.next()) else {
                panic!("{}: this says no report: {line}", self.name)
            };
            expected.push(Expected { place, level, message: words.next().unwrap_or_default(), helps: Vec::new() });
        }
        assert!(!expected.is_empty(), "{}: write `nothing` if there is to be no report", self.name);
        expected
    }
}

impl Expected {
    fn matches(&self, report: &Report) -> bool {
        let Report { file, line, column, severity, code, .. } = report;
        let start = format!("{}:{line}:{column}", file.replace(' ', "%20"));
        let place = self.place == start
            || (report.line == report.end_line && self.place == format!("{start}-{}", report.end_column));
        place
            && self.level == format!("{severity}[{code}]")
            && report.message.contains(&self.message)
            && self.helps.iter().all(|help| report.help.contains(help.as_str()))
    }

    fn show(&self) -> String {
        let helps: String = self.helps.iter().map(|help| format!("\n      help: {help}")).collect();
        format!("{} {} {}{helps}", self.place, self.level, self.message)
    }
}

fn show(report: &Report) -> String {
    let end = if report.line == report.end_line { report.end_column.to_string() } else { "…".into() };
    let head = report.headline();
    let (place, rest) = head.split_once(' ').expect("a place and the rest");
    let help = if report.help.is_empty() { String::new() } else { format!("\n      help: {}", report.help) };
    format!("{place}-{end} {rest}{help}")
}

/// Runs all cases of a family and says everything that is not as it should be.
fn check_family(family: &str) {
    let path = file_of(family);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (shared, cases) = read(&text);
    assert!(!cases.is_empty(), "{} holds no case", path.display());
    let accept = std::env::var_os("UPDATE_CASES").is_some_and(|value| !value.is_empty() && value != "0");
    let mut faults = String::new();
    let mut rewritten: Vec<(std::ops::Range<usize>, String)> = Vec::new();
    for case in &cases {
        let manual = case.manual(&shared);
        let mut reports = manual.reports(&case.arguments());
        for report in reports.iter().filter(|report| report.message.ends_with('.') || report.message.is_empty()) {
            let _ = writeln!(faults, "\n## {}\n  a headline has words and no full stop: {}", case.name, show(report));
        }
        for report in reports.iter().filter(|report| report.help.trim() != report.help) {
            let _ = writeln!(faults, "\n## {}\n  a help ends with a word: {}", case.name, show(report));
        }
        let mut missing = Vec::new();
        for expected in case.expected() {
            match reports.iter().position(|report| expected.matches(report)) {
                Some(at) => drop(reports.remove(at)),
                None => missing.push(expected.show()),
            }
        }
        if !missing.is_empty() || !reports.is_empty() {
            let _ = writeln!(faults, "\n## {}", case.name);
            missing.iter().for_each(|missing| faults.push_str(&format!("  - missing:    {missing}\n")));
            reports.iter().for_each(|report| faults.push_str(&format!("  + unexpected: {}\n", show(report))));
        }
        if let Some(block) = case.block("text") {
            let ran = manual.run(&check(&[], &case.arguments()));
            if accept {
                rewritten.push((block.lines.clone(), ran.stderr));
            } else if ran.stderr != block.text {
                let _ = writeln!(faults, "\n## {}\n  is drawn as\n{}", case.name, ran.stderr);
            }
        }
    }
    if accept {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (range, drawn) in rewritten.into_iter().rev() {
            lines.splice(range, drawn.lines().map(str::to_owned));
        }
        fs::write(&path, lines.join("\n") + "\n").expect("the case file is written");
    }
    assert!(faults.is_empty(), "{}{faults}", path.display());
}

/// The examples of `iptbook explain` are what they say.
#[test]
fn explanations_show_what_is_wrong_and_what_is_right() {
    let mut faults = String::new();
    let mut without = Vec::new();
    for code in iptbook::diag::ALL {
        let (_, cases) = read(code.explanation);
        let named = |name: &str| cases.iter().find(|case| case.name == name);
        let (Some(wrong), Some(right)) = (named("Wrong"), named("Right")) else {
            without.push(code.name);
            continue;
        };
        let reported = |manual: TestManual| manual.reports(&[]).into_iter().map(|report| report.code);
        if !reported(wrong.manual(&[])).any(|reported| reported == code.name) {
            let _ = writeln!(faults, "{}: the example of what is wrong is not reported", code.name);
        }
        let still: Vec<String> = reported(right.manual(&wrong.blocks)).collect();
        if !still.is_empty() {
            let _ = writeln!(faults, "{}: the example of what is right is reported: {still:?}", code.name);
        }
    }
    assert!(faults.is_empty(), "{faults}");
    // These are about bytes, links and folders, which no text can show, and about an option.
    let known = |name: &&str| IN_CLI.contains(name) || ["review/draft", "file/not-read"].contains(name);
    assert!(without.iter().all(known), "no example: {without:?}");
}

fn all_cases() -> Vec<(String, Case)> {
    FAMILIES
        .iter()
        .flat_map(|family| {
            let text = fs::read_to_string(file_of(family)).expect("the case file is read");
            read(&text).1.into_iter().map(|case| ((*family).to_owned(), case))
        })
        .collect()
}

#[test]
fn every_case_file_is_run() {
    for entry in fs::read_dir(folder()).expect("the folder is read") {
        let path = entry.expect("the folder is read").path();
        let known = FAMILIES.iter().any(|family| file_of(family) == path);
        assert!(known, "{} is in no test: add it to `families!`", path.display());
    }
}

#[test]
fn every_code_has_a_case_and_a_drawing() {
    let cases = all_cases();
    for code in iptbook::diag::ALL {
        let level = format!("{}[{}]", code.severity.name(), code.name);
        if IN_CLI.contains(&code.name) {
            continue;
        }
        let mut with = cases.iter().filter(|(_, case)| case.expected().iter().any(|expected| expected.level == level));
        assert!(with.clone().next().is_some(), "no case expects {level}");
        assert!(with.any(|(_, case)| case.block("text").is_some()), "no case draws {level}: add a `text` block");
    }
    for name in IN_CLI {
        let known = iptbook::diag::ALL.iter().any(|code| code.name == *name);
        assert!(known, "there is no code `{name}` to make");
        let is_made = [
            include_str!("cli/files.rs"),
            include_str!("cli/on_unix.rs"),
            include_str!("cli/themes.rs"),
            include_str!("external.rs"),
        ]
        .iter()
        .any(|test| test.contains(name));
        assert!(is_made, "neither cli/ nor external.rs makes `{name}`");
    }
}

#[test]
fn no_two_cases_of_a_family_have_one_name() {
    let mut names: Vec<(String, String)> = all_cases().into_iter().map(|(family, case)| (family, case.name)).collect();
    names.sort();
    for pair in names.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
}

/// The keys that a chapter of a kind must have beside its title, as YAML.
fn required(kind: Kind) -> &'static str {
    match kind {
        Kind::Stage => "activity: Something\n",
        Kind::Evidence => "condition: Depression\n",
        Kind::Case => "basis: fictional\n",
        _ => "",
    }
}

/// The kinds that a relation leads to; none for what is no relation with two sides.
fn targets(field: &Field) -> Vec<Kind> {
    match field.shape {
        Shape::Ids(kind) => vec![kind],
        // A page governs chapters of any kind; `related` links both ways and has no other side, and `replaced-by` is for withdrawn chapters.
        Shape::AnyIds if !["related", "replaced-by"].contains(&field.name) => Kind::ALL.to_vec(),
        _ => Vec::new(),
    }
}

#[test]
fn every_relation_written_on_the_other_side_is_explained() {
    let mut faults = String::new();
    for (home, target) in Kind::ALL.iter().flat_map(|home| Kind::ALL.iter().map(move |target| (*home, *target))) {
        let keys: Vec<&str> =
            home.fields().iter().filter(|field| targets(field).contains(&target)).map(|field| field.name).collect();
        let wrong = home.plural();
        // Where the key has a meaning of its own, nothing is wrong with it.
        if keys.is_empty() || target.fields().iter().any(|own| own.name == wrong) {
            continue;
        }
        let chapter = format!("---\ntitle: A\nsummary: B.\n{}{wrong}: [x]\n---\n", required(target));
        let manual = TestManual::new(&[(&*format!("{}/a.md", target.plural()), chapter)]);
        let reports = manual.reports(&[]);
        let line = if required(target).is_empty() { 4 } else { 5 };
        let explained = reports.iter().any(|report| {
            report.code == "front-matter/unknown-field"
                && (report.line, report.column) == (line, 1)
                && keys.iter().any(|key| report.help.contains(&format!("`{key}` in the {}", home.words())))
        });
        if !explained {
            let _ = writeln!(
                faults,
                "`{wrong}` in a {}: {:#?}",
                target.name(),
                reports.iter().map(show).collect::<Vec<_>>()
            );
        }
    }
    assert!(faults.is_empty(), "the help does not say where the relation belongs\n{faults}");
}
