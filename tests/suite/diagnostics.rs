//! Tests what programs learn about a report besides its headline: its labels, and what to type instead.

use std::fmt::Write as _;

use crate::support::fixes::{fixed, offset, reports};
use crate::support::{TODAY, TestManual, cases};
use serde_json::{Value, json};

/// The one report of a code.
fn only(reports: Vec<Value>, code: &str) -> Value {
    let mut found = reports.into_iter().filter(|report| report["code"] == code);
    let first = found.next().unwrap_or_else(|| panic!("there is a {code}"));
    assert_eq!(found.next(), None, "there is one {code}");
    first
}

/// A file of a manual: its path and its text.
type File<'a> = (&'a str, &'a str);

/// A manual of one page with this front matter below its title and its summary, and this text.
fn page(front: &str, text: &str, others: &[File<'_>]) -> TestManual {
    let manual = TestManual::new(others);
    manual.write("pages/a.md", format!("---\ntitle: A\nsummary: One.\n{front}---\n\n{text}\n"));
    manual
}

const ROLE_PLAY: File<'_> =
    ("techniques/role-play.md", "---\ntitle: Role play\nsummary: One.\n---\n\n## First steps\n");

// ---- JSON ------------------------------------------------------------------------------------------

#[test]
fn json_has_every_label_the_primary_one_first() {
    let manual = page("order: 1\norder: 2\n", "", &[]);
    let report = only(reports(&manual, &[]), "front-matter/duplicate-field");
    let label = |line: u64, text: &str, primary: bool| {
        json!({
            "file": "manual/pages/a.md", "line": line, "column": 1, "end-line": line, "end-column": 6,
            "text": text, "primary": primary,
        })
    };
    assert_eq!(report["labels"], json!([label(5, "", true), label(4, "the first one is here", false)]));
    assert_eq!([&report["line"], &report["column"]], [5, 1]);
    assert!(report.get("notes").is_none() && report.get("fix").is_none(), "{report}");
    assert_eq!(report["help"], "remove one of them");
}

#[test]
fn json_has_a_label_in_another_file() {
    let manual = TestManual::new(&[
        ("techniques/a.md", "---\ntitle: A\nid: same\nsummary: One.\n---\n"),
        ("techniques/b.md", "---\ntitle: B\nid: same\nsummary: One.\n---\n"),
    ]);
    let report = only(reports(&manual, &[]), "id/duplicate");
    let files: Vec<&Value> = report["labels"].as_array().expect("labels").iter().map(|label| &label["file"]).collect();
    assert_eq!(files, ["manual/techniques/b.md", "manual/techniques/a.md"]);
}

#[test]
fn json_has_the_fix_as_a_place_and_a_text() {
    let manual = page("", "Ä [[role-paly|exercise]].", &[ROLE_PLAY]);
    let report = only(reports(&manual, &[]), "link/unknown-target");
    let range = json!({ "line": 6, "column": 5, "end-line": 6, "end-column": 14 });
    assert_eq!(report["fix"], json!({ "file": "manual/pages/a.md", "range": range, "text": "role-play" }));
    assert_eq!(report["help"], "did you mean `role-play`?");
}

#[test]
fn sarif_has_the_fix_in_its_own_form() {
    let manual = page("", "Ä [[role-paly]].", &[ROLE_PLAY]);
    let ran = manual.run(&["check", "--format", "sarif", "--as-of", TODAY]);
    let json: Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&ran.stdout).expect("SARIF 2.1.0");
    assert_eq!(serde_json::to_value(&log).expect("JSON"), json, "nothing that the standard does not know");
    let results = json["runs"][0]["results"].as_array().expect("results");
    let fixes: Vec<&Value> = results.iter().filter_map(|result| result.get("fixes")).collect();
    let region = json!({ "startLine": 6, "startColumn": 5, "endLine": 6, "endColumn": 14 });
    let change = json!({
        "artifactLocation": { "uri": "manual/pages/a.md" },
        "replacements": [{ "deletedRegion": region, "insertedContent": { "text": "role-play" } }],
    });
    let fix = json!({ "description": { "text": "Write `role-play`" }, "artifactChanges": [change] });
    assert_eq!(fixes, [&json!([fix])]);
}

// ---- Fixes -----------------------------------------------------------------------------------------

/// A manual with one error, or none: the text of its fix.
fn fix_of(manual: &TestManual) -> Option<String> {
    let fixes: Vec<Value> = reports(manual, &[]).into_iter().filter_map(|report| report.get("fix").cloned()).collect();
    assert!(fixes.len() <= 1, "{fixes:?}");
    fixes.first().map(|fix| fix["text"].as_str().expect("a text").to_owned())
}

#[test]
fn what_is_certainly_meant_is_a_fix() {
    for (front, text, meant) in [
        ("relatd: [role-play]\n", "", "related"),
        ("related: [role-paly]\n", "", "role-play"),
        ("related: [\"role-paly\"]\n", "", "role-play"),
        ("related: [technique/role-paly]\n", "", "technique/role-play"),
        ("related: [techniques/role-play]\n", "", "technique/role-play"),
        ("related: role-play\n", "", "[role-play]"),
        ("status: Draft\n", "", "draft"),
        ("glossary: no\n", "", "false"),
        ("id: Page A\n", "", "page-a"),
        ("reviewed: 23.11.2026\n", "", "2026-11-23"),
        ("reviewed: 2026/1/3\n", "", "2026-01-03"),
        ("reviewed: 11/23/2026\n", "", "2026-11-23"),
        ("reviewed: 3/3/2026\n", "", "2026-03-03"),
        ("", "[[role-paly#First steps]]", "role-play#First steps"),
        ("", "[[role-play#First stps]]", "role-play#first-steps"),
        ("", "[exercise](../techniques/role-paly.md)", "../techniques/role-play.md"),
        ("", "[exercise](../techniques/Role-Play.md#first-steps)", "../techniques/role-play.md#first-steps"),
        ("", "[[old-play]]", "technique/role-play"),
        ("", "```{glosary}\n```", "glossary"),
    ] {
        let (path, chapter) = ROLE_PLAY;
        let chapter = chapter.replacen("summary", "aliases: [old-play]\nsummary", 1);
        let manual = page(front, text, &[(path, &chapter)]);
        assert_eq!(fix_of(&manual).as_deref(), Some(meant), "{front}{text}\n{:#?}", manual.reports(&[]));
    }
}

#[test]
fn what_may_mean_several_things_is_no_fix() {
    let near = ("techniques/role-plan.md", "---\ntitle: Role plan\naliases: [old-plan]\nsummary: One.\n---\n");
    for (front, text) in [
        // Two chapters are as near.
        ("related: [role-plax]\n", ""),
        // The day may come first or second.
        ("reviewed: 1/2/2026\n", ""),
        ("reviewed: last May\n", ""),
        ("related: role-play, role-plan\n", ""),
        // The key that is meant is there already.
        ("related: [role-play]\nrelatd: [role-plan]\n", ""),
        ("", "[[role-plax]]"),
        // An old name, of a chapter of another kind than is meant here.
        ("", "```{session-summary}\nprotocol: old-plan\n```"),
        // A name in words that are written another way.
        ("", "[exercise](../techniques/role%2Dpaly.md)"),
        ("", "[[role-play]] [[nothing-like-it]]"),
    ] {
        let manual = page(front, text, &[ROLE_PLAY, near]);
        assert_eq!(fix_of(&manual), None, "{front}{text}");
        assert!(!manual.reports(&[]).is_empty(), "{front}{text}");
    }
}

#[test]
fn every_fix_in_the_cases_makes_its_report_go_away() {
    let mut faults = String::new();
    let mut codes: Vec<String> = Vec::new();
    let mut tried = 0;
    cases::for_each(|name, case, manual| {
        let arguments = case.arguments();
        let before = reports(manual, &arguments);
        for report in before.iter().filter(|report| report.get("fix").is_some()) {
            let fix = &report["fix"];
            let file = fix["file"].as_str().expect("a file");
            let old = manual.read(file);
            let (new, range) = fixed(&old, fix);
            manual.write_beside(file, &new);
            let after = reports(manual, &arguments);
            let same = |other: &&Value| ["code", "message", "file"].iter().all(|key| other[key] == report[key]);
            let is_gone = after.iter().filter(same).count() < before.iter().filter(same).count();
            let is_there = |other: &&Value| {
                let start = offset(&new, &other["line"], &other["column"]);
                let end = offset(&new, &other["end-line"], &other["end-column"]);
                let was_there =
                    before.iter().any(|old| [&old["code"], &old["message"]] == [&other["code"], &other["message"]]);
                // A name that the author wrote may lead nowhere, also in a list.
                let is_of_author = range.start < start && old.contains(&new[start..end]);
                other["severity"] == "error"
                    && other["file"] == file
                    && range.contains(&start)
                    && !(was_there || is_of_author)
            };
            let there: Vec<&Value> = after.iter().filter(is_there).collect();
            if !is_gone || !there.is_empty() {
                let _ = writeln!(faults, "{name}, {}\n  {report}\n  then: {there:#?}", case.name);
            }
            manual.write_beside(file, &old);
            tried += 1;
            codes.push(report["code"].as_str().expect("a code").to_owned());
        }
    });
    assert!(faults.is_empty(), "{faults}");
    codes.sort();
    codes.dedup();
    assert!(tried > 50 && codes.len() >= 8, "the cases have fixes of many kinds: {tried} of {codes:?}");
}
