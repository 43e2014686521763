//! Tests session summaries in the terminal.

use super::{sound, text};
use crate::support::{Ran, TODAY, TestManual, tree};

/// A protocol with stages, one without, and a setting that adapts the first.
fn with_protocols() -> TestManual {
    let manual = sound();
    manual.write("protocols/brief.md", "---\ntitle: Brief\nsummary: One.\nsessions: 8\n---\n");
    manual.write(
        "settings/ward.md",
        "---\ntitle: Ward\nsummary: One.\nprotocols: [standard]\n\
         adaptations: [{ stage: initial, change: \"Shorter | and <b>daily</b>\" }]\n---\n",
    );
    manual
}

#[test]
fn sessions_prints_the_default_protocol_as_a_table_no_wider_than_the_terminal() {
    let manual = with_protocols();
    manual.write("manual.yaml", "title: Sound\nsafety: page/risk\ndefault-protocol: standard\n");
    let ran = Ran::of(manual.program().arg("sessions").env("COLUMNS", "60"));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with("Session summary: Standard\n"), "{}", ran.stdout);
    for word in ["Stage", "Sessions", "Initial", "1-3", "Something.", "Role play"] {
        assert!(ran.stdout.contains(word), "`{word}` in {}", ran.stdout);
    }
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 60), "{}", ran.stdout);
}

#[test]
fn sessions_prints_what_differs_in_a_setting() {
    let ran = with_protocols().run(&["sessions", "--setting", "ward", "--format", "markdown", "--columns", "stage"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(
        ran.stdout,
        "**Session summary: Ward**\n\n| Stage | What changes |\n| --- | --- |\n| Initial | Shorter \\| and daily |\n"
    );
}

#[test]
fn sessions_prints_the_same_csv_and_json_as_the_site_has() {
    let manual = with_protocols();
    assert_eq!(manual.run(&["build", "--as-of", TODAY]).code, 0);
    let site = tree(&manual.path("site"));
    let csv = manual.run(&["sessions", "--setting", "ward", "--format", "csv"]);
    assert_eq!(csv.stdout, text(&site, "data/session-summary-setting-ward.csv"));
    let json = manual.run(&["sessions", "--setting", "ward", "--format", "json"]).stdout;
    let printed: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let all: serde_json::Value = serde_json::from_str(text(&site, "data/manual.json")).expect("JSON");
    let summaries = all["session-summaries"].as_array().expect("a list");
    assert!(summaries.contains(&printed), "{printed} in {summaries:?}");
}

#[test]
fn sessions_says_why_a_protocol_has_no_table() {
    let ran = with_protocols().run(&["sessions", "--protocol", "brief"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("Brief has no table of stages"), "{}", ran.stdout);
}

#[test]
fn sessions_of_nothing_known_is_wrong_usage() {
    let manual = with_protocols();
    for (args, message) in [
        (["--protocol", "standrd"], "no protocol has the id `standrd`: did you mean `standard`?"),
        (["--setting", "zzzzzzzz"], "no setting has the id `zzzzzzzz`: the ids are ward"),
        (["--columns", "colour"], "invalid value 'colour'"),
    ] {
        let ran = manual.run(&["sessions", args[0], args[1]]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{args:?}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
    let both = manual.run(&["sessions", "--protocol", "standard", "--setting", "ward"]);
    assert_eq!(both.code, 2);
}

#[test]
fn sessions_of_a_manual_with_errors_are_not_printed() {
    let manual = with_protocols();
    manual.write("techniques/b.md", "---\ntitle: B\nsummary: One.\n---\n\n[[nowhere]]\n");
    let ran = manual.run(&["sessions", "--protocol", "standard"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("link/unknown-target"), "{}", ran.stderr);
}

#[test]
fn what_differs_is_said_in_words_with_what_is_usual() {
    let manual = TestManual::new(&[
        (
            "stages/middle.md",
            "---\ntitle: Middle\nsummary: One.\nsessions: 1-8\nactivity: Talk\ntechniques: [timeline]\n\
             therapist-tasks: [Ask]\npatient-tasks: [Tell]\n---\n",
        ),
        ("manual.yaml", "title: M\nsafety: page/risk\n"),
        ("pages/risk.md", "---\ntitle: Risk\nsummary: One.\n---\n\nCall.\n"),
        ("techniques/timeline.md", "---\ntitle: Timeline\nsummary: One.\n---\n"),
        ("techniques/role-play.md", "---\ntitle: Role play\nsummary: One.\n---\n"),
        (
            "protocols/p.md",
            "---\ntitle: P\nsummary: One.\nsessions: 6\nstages:\n  - stage: middle\n    sessions: 1-6\n    activity: Write\n    \
             techniques: [role-play]\n    therapist-tasks: [Listen]\n    patient-tasks: [Show]\n---\n",
        ),
        ("protocols/q.md", "---\ntitle: Q\nsummary: One.\nsessions: 8\nstages: [{ stage: middle }]\n---\n"),
    ]);
    let site = manual.build();
    let page = |path: &str| String::from_utf8(site[path].clone()).expect("a text");
    let (changed, plain) = (page("protocols/p.html"), page("protocols/q.html"));
    for words in ["Write", "Talk", "1-8", "Role play", "Timeline"] {
        assert!(changed.contains(words), "{words}");
    }
    assert_eq!(changed.matches("ipt-change__mark\">usually").count(), 3, "one for each cell that differs");
    assert!(!plain.contains("usually"), "nothing differs");
    let json: serde_json::Value = serde_json::from_str(&page("data/manual.json")).expect("JSON");
    let row = &json["session-summaries"];
    let said = if row.is_null() { json.to_string() } else { row.to_string() };
    assert!(said.contains("\"usual\""), "{said}");
    let csv = page("data/session-summary-p.csv");
    assert!(csv.contains("usually") && csv.contains("Listen"), "{csv}");
}
