//! Tests drafts, withdrawn chapters and the day on which review dates are judged.

use super::{sound, text};
use crate::support::{Ran, TODAY, assert_same_trees, tree};

#[test]
fn drafts_are_left_out_unless_they_are_asked_for() {
    let manual = sound();
    manual.write("techniques/new.md", "---\ntitle: Brand new\nsummary: One.\nstatus: draft\naliases: [newer]\n---\n");
    let without = manual.build();
    assert!(!without.contains_key("techniques/new.html") && !without.contains_key("techniques/newer.html"));
    for (path, content) in &without {
        assert!(!String::from_utf8_lossy(content).contains("Brand new"), "{path} shows a draft");
    }
    let ran = manual.run(&["build", "--drafts", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let with = tree(&manual.path("site"));
    assert!(text(&with, "techniques/new.html").contains("Draft"), "a draft says that it is one");
    assert!(text(&with, "data/manual.json").contains("\"status\": \"draft\""));
}

#[test]
fn a_mistake_in_a_draft_is_no_mistake_of_the_manual_until_it_is_taken_in() {
    let manual = sound();
    manual.write("techniques/new.md", "---\ntitle: New\nsummary: One.\nstatus: draft\n---\n\n[[nowhere]]\n");
    assert_eq!(manual.reports(&[]), []);
    let reports = manual.reports(&["--drafts"]);
    assert_eq!(
        reports.iter().map(|report| report.code.as_str()).collect::<Vec<_>>(),
        ["review/draft", "link/unknown-target"]
    );
}

#[test]
fn drafts_are_not_published_under_strict() {
    let manual = sound();
    manual.write("techniques/new.md", "---\ntitle: New\nsummary: One.\nstatus: draft\n---\n");
    assert_eq!(manual.run(&["build", "--strict", "--as-of", TODAY]).code, 0, "drafts that are left out harm nobody");
    assert_eq!(manual.run(&["build", "--strict", "--drafts", "--as-of", TODAY]).code, 1);
}

#[test]
fn a_withdrawn_chapter_leaves_a_page_that_says_so_and_nothing_else() {
    let manual = sound();
    let chapter = |status: &str| {
        format!(
            "---\ntitle: Brave new words\nsummary: Said once.\nstatus: {status}\nreplaced-by: []\naliases: [newer]\n\
             reviewed: 2001-01-01\nversion: \"7.7\"\n---\n\nNobody reads xylophones.\n"
        )
    };
    manual.write("techniques/new.md", chapter("approved"));
    let before = manual.build();
    manual.write("techniques/new.md", chapter("withdrawn"));
    manual.write("pages/reader.md", "---\ntitle: Reader\nsummary: One.\n---\n\nSee [[new]].\n");
    let after = manual.build();
    for path in ["techniques/new.html", "techniques/newer.html"] {
        assert!(before.contains_key(path) && after.contains_key(path), "{path} is never missing");
    }
    let page = text(&after, "techniques/new.html");
    assert!(page.contains("Brave new words") && page.contains("This chapter was withdrawn"));
    assert!(text(&after, "techniques/newer.html").contains("href=\"../techniques/new.html\""));
    assert!(text(&after, "pages/reader.html").contains("href=\"../techniques/new.html\""));
    assert!(
        text(&after, "document-control.html").contains("Withdrawn")
            && text(&after, "data/manual.json").contains("\"withdrawn\"")
    );
    let allowed = [
        "techniques/new.html",
        "techniques/newer.html",
        "pages/reader.html",
        "document-control.html",
        "data/manual.json",
        "print.html",
    ];
    for (path, content) in &after {
        let content = String::from_utf8_lossy(content);
        assert!(!content.contains("xylophones") && !content.contains("Said once"), "{path} shows what was withdrawn");
        assert!(
            !content.contains("Brave new") || allowed.contains(&path.as_str()),
            "{path} leads to what was withdrawn"
        );
    }
    manual.write("pages/reader.md", "---\ntitle: Reader\nsummary: One.\n---\n\nSee [[role-play]].\n");
    let after = manual.build();
    assert!(!text(&after, "print.html").contains("Brave new"), "what is printed has nothing of it");
}

#[test]
fn review_dates_are_judged_as_of_a_day() {
    let manual = sound();
    let overdue = |arguments: &[&str]| manual.reports(arguments).iter().any(|report| report.code == "review/overdue");
    assert!(!overdue(&["--as-of", "2027-01-01"]), "the day itself is not too late");
    assert!(overdue(&["--as-of", "2027-01-02"]));
}

#[test]
fn source_date_epoch_is_the_day_unless_another_is_given() {
    let manual = sound();
    let run = |epoch: &str, arguments: &[&str]| {
        Ran::of(manual.program().env("SOURCE_DATE_EPOCH", epoch).arg("check").args(arguments))
    };
    // 2026-12-31 and 2027-01-02, in UTC.
    assert!(!run("1798675200", &[]).stderr.contains("review/overdue"));
    assert!(run("1798848000", &[]).stderr.contains("review/overdue"));
    assert!(!run("1798848000", &["--as-of", TODAY]).stderr.contains("review/overdue"));
}

#[test]
fn the_site_does_not_depend_on_the_day() {
    // The banner of an overdue review is judged in the reader's browser.
    let manual = sound();
    let early = manual.build();
    let ran = manual.run(&["build", "--as-of", "2040-01-01"]);
    assert_eq!(ran.code, 0);
    assert_same_trees(&early, &tree(&manual.path("site")), "fourteen years later");
}

#[test]
fn a_day_that_cannot_be_read_is_wrong_usage() {
    let manual = sound();
    for (epoch, code) in [("abc", 2), ("", 2), ("1e9", 2), ("99999999999999999", 2), ("1795392000", 0), ("-1", 0)] {
        let ran = Ran::of(manual.program().env("SOURCE_DATE_EPOCH", epoch).arg("check"));
        assert_eq!(ran.code, code, "{epoch}: {}", ran.stderr);
        assert!(code == 0 || ran.stderr.starts_with("error: SOURCE_DATE_EPOCH is "), "{epoch}: {}", ran.stderr);
    }
}
