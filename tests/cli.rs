//! The program as it is typed: exit codes, streams, what is written and what is left alone.

mod support;

use std::fs;
use std::path::Path;

use support::{Ran, Report, TODAY, TestManual, Tree, assert_same_trees, names_in, tree};

/// A manual without a mistake.
fn sound() -> TestManual {
    TestManual::new(&[
        ("manual.yaml", "title: Sound\nlanguage: en\nsafety: page/risk\nreview: { interval: 24 months }\n"),
        ("glossary.yaml", "- term: Sick role\n  definition: One is ill.\n"),
        (
            "references.bib",
            "@article{elkin1989, author = {Elkin, Irene}, title = {Treatment}, journal = {A}, date = {1989}}\n",
        ),
        ("index.md", "---\ntitle: Welcome\nsummary: Where to begin.\n---\n\nBegin with [[role-play]] [@elkin1989].\n"),
        ("pages/risk.md", "---\ntitle: Risk\nsummary: What to do at risk.\n---\n\nCall somebody.\n"),
        (
            "techniques/role-play.md",
            "---\ntitle: Role play\nsummary: Practising, in the sick role.\nsteps: [Choose, Play]\n\
             reviewed: 2025-01-01\n---\n\n![A circle](../assets/circle.png) and [a form](../forms/form.pdf).\n",
        ),
        (
            "stages/initial.md",
            "---\ntitle: Initial\nsummary: One.\nactivity: Something.\nsessions: 1-3\ntechniques: [role-play]\n\
             patient-tasks: [Come]\n---\n",
        ),
        (
            "protocols/standard.md",
            "---\ntitle: Standard\nsummary: One.\nsessions: 3\nstages: [{ stage: initial }]\n---\n",
        ),
        ("assets/circle.png", "no picture"),
        ("forms/form.pdf", "no form"),
        ("forms/unused.pdf", "no form"),
    ])
}

/// A manual with one warning and no error.
fn with_a_warning() -> TestManual {
    TestManual::new(&[("techniques/a.md", "---\ntitle: A\n---\n")])
}

/// A manual with one error.
fn with_an_error() -> TestManual {
    TestManual::new(&[("techniques/a.md", "---\ntitle: A\nsummary: One.\n---\n\n[[b]]\n")])
}

/// A manual with a theme of its own, in `theme/` beside it.
fn themed(files: &[(&str, &str)]) -> TestManual {
    let manual = sound();
    for (path, content) in files {
        manual.write_beside(&format!("theme/{path}"), content);
    }
    manual
}

fn themed_tree(manual: &TestManual) -> Tree {
    let ran = manual.run(&["build", "--theme", "theme", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    tree(&manual.path("site"))
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    let content = tree.get(path).unwrap_or_else(|| panic!("{path} is written: {:?}", tree.keys().collect::<Vec<_>>()));
    std::str::from_utf8(content).expect("a text")
}

/// The one report there is.
fn only(reports: &[Report]) -> &Report {
    let [report] = reports else { panic!("one report and not {}: {reports:#?}", reports.len()) };
    report
}

// ---- Exit codes and streams -----------------------------------------------------------------------

#[test]
fn a_sound_manual_builds_with_exit_code_0() {
    let manual = sound();
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("site/index.html"), "the result says where the site is: {}", ran.stdout);
    assert!(manual.path("site/index.html").is_file());
}

#[test]
fn a_check_of_a_sound_manual_says_so_and_writes_nothing() {
    let manual = sound();
    let ran = manual.run(&["check", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(!ran.stdout.is_empty());
    assert_eq!(names_in(manual.root()), ["manual"]);
}

#[test]
fn errors_give_exit_code_1_and_messages_on_standard_error() {
    for command in ["check", "build"] {
        let manual = with_an_error();
        let ran = manual.run(&[command]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{command}");
        assert!(ran.stderr.starts_with("error[link/unknown-target]: no chapter has the id `b`"), "{}", ran.stderr);
        assert!(ran.stderr.contains("\n1 error\n"), "{}", ran.stderr);
        assert_eq!(names_in(manual.root()), ["manual"]);
    }
}

#[test]
fn warnings_are_shown_and_the_site_is_written() {
    let manual = with_a_warning();
    let ran = manual.run(&["build"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stderr.starts_with("warning[page/no-summary]") && ran.stderr.ends_with("\n1 warning\n"),
        "{}",
        ran.stderr
    );
    assert!(manual.path("site/index.html").is_file());
}

#[test]
fn strict_treats_warnings_as_errors_and_writes_nothing() {
    for command in ["check", "build"] {
        let manual = with_a_warning();
        let ran = manual.run(&[command, "--strict"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{command}");
        assert_eq!(names_in(manual.root()), ["manual"]);
    }
    let ran = sound().run(&["build", "--strict", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn wrong_usage_gives_exit_code_2_and_a_message() {
    let manual = sound();
    for arguments in [
        &[][..],
        &["bake"],
        &["build", "--bogus"],
        &["build", "one", "two"],
        &["build", "--out"],
        &["build", "--format", "json"],
        &["check", "--format", "xml"],
        &["check", "--as-of", "tomorrow"],
        &["check", "--as-of", "2026-02-30"],
        &["check", "--out", "site"],
    ] {
        let ran = manual.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(names_in(manual.root()), ["manual"]);
}

#[test]
fn help_and_version_are_results() {
    let manual = sound();
    for arguments in [&["--help"][..], &["build", "--help"], &["check", "--help"], &["--version"]] {
        let ran = manual.run(arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!ran.stdout.is_empty(), "{arguments:?}");
    }
    let help = manual.run(&["--help"]).stdout;
    for code in ["0", "1", "2", "3"] {
        assert!(help.contains(code), "the help says what exit code {code} means");
    }
}

#[test]
fn a_manual_that_is_not_there_is_wrong_usage() {
    let manual = sound();
    manual.write_beside("empty/notes.txt", "no manual.yaml here");
    for (argument, said) in [
        ("nowhere", "nowhere"),
        ("manual/manual.yaml", "manual/manual.yaml"),
        ("manual/index.md", "manual/index.md"),
        ("empty", "manual.yaml"),
    ] {
        for command in ["check", "build"] {
            let ran = manual.run(&[command, argument]);
            assert_eq!(ran.stdout, "");
            assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(said), "{argument}: {}", ran.stderr);
            assert_eq!(ran.code, 2, "{command} {argument}: {}", ran.stderr);
        }
    }
    assert_eq!(names_in(manual.root()), ["empty", "manual"]);
}

#[cfg(unix)]
#[test]
fn a_machine_that_fails_gives_exit_code_3() {
    // A name that no system takes.
    let manual = sound();
    let name = "a".repeat(300);
    let ran = manual.run(&["build", "--out", &name, "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{}", ran.stderr);
    assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(&name), "{}", ran.stderr);
    // But a place that cannot be meant is wrong usage.
    manual.write_beside("file", "");
    let ran = manual.run(&["build", "--out", "file/site", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (2, "error: `file` is a file, not a folder\n"));
}

#[test]
fn json_goes_to_standard_output_one_object_a_line() {
    let manual = TestManual::new(&[("techniques/a.md", "---\ntitle: Ä\nstep: []\n---\n\nÜ [[b]]\n")]);
    let ran = manual.run(&["check", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    assert_eq!(ran.stdout.lines().count(), 3);
    let reports = ran.reports();
    assert!(ran.stdout.lines().all(|line| line.contains("\"file\":\"manual/techniques/a.md\"")), "{}", ran.stdout);
    let last = reports.last().expect("three reports");
    assert_eq!((last.line, last.column, last.end_line, last.end_column), (6, 5, 6, 6));
}

#[test]
fn a_sound_manual_has_no_line_of_json() {
    let ran = sound().run(&["check", "--format", "json", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
}

#[test]
fn there_is_no_colour_where_no_terminal_is() {
    for (name, value) in [("TERM", "xterm-256color"), ("NO_COLOR", "1"), ("NO_COLOR", ""), ("COLORTERM", "truecolor")] {
        let manual = with_an_error();
        let ran = Ran::of(manual.program().arg("check").env(name, value));
        assert!(!ran.stderr.contains('\u{1b}') && !ran.stdout.contains('\u{1b}'), "{name}={value}");
    }
}

#[test]
fn files_are_named_as_the_user_would_type_them() {
    let manual = with_an_error();
    for (folder, argument, shown) in [
        ("", "manual", "manual/techniques/a.md:6:3"),
        ("", "./manual/", "manual/techniques/a.md:6:3"),
        ("manual", ".", "techniques/a.md:6:3"),
        ("manual/techniques", "..", "../techniques/a.md:6:3"),
    ] {
        let ran = Ran::of(manual.program().current_dir(manual.path(folder)).args(["check", argument]));
        assert!(ran.stderr.contains(&format!("--> {shown}\n")), "{argument}: {}", ran.stderr);
    }
}

// ---- Options ---------------------------------------------------------------------------------------

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

// ---- The output folder -----------------------------------------------------------------------------

#[test]
fn a_folder_with_somebodys_files_is_refused_and_left_alone() {
    let manual = sound();
    manual.write_beside("site/thesis.txt", "years of work");
    manual.write_beside("site/deep/notes.txt", "more");
    let before = tree(&manual.path("site"));
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_same_trees(&before, &tree(&manual.path("site")), "a refused folder");
    assert_eq!(names_in(manual.root()), ["manual", "site"]);
    assert_eq!(ran.stdout, "");
    assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains("site"), "{}", ran.stderr);
    assert_eq!(ran.code, 2, "to name such a folder is wrong usage, and no failure of the machine");
}

#[test]
fn a_hidden_file_of_somebodys_is_a_file_too() {
    let manual = sound();
    manual.write_beside("site/.git/config", "a repository");
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_ne!(ran.code, 0);
    assert_eq!(manual.read("site/.git/config"), "a repository");
}

#[test]
fn an_empty_folder_and_one_of_ours_are_taken() {
    let manual = sound();
    fs::create_dir(manual.path("site")).expect("a folder");
    manual.build();
    manual.build();
    fs::remove_file(manual.path("site/index.html")).expect("the page was there");
    manual.write_beside("site/left-over.html", "from a chapter that is gone");
    let tree = manual.build();
    assert!(tree.contains_key("index.html"), "what was lost comes back");
    assert!(!tree.contains_key("left-over.html"), "the old site is replaced as a whole");
    assert_eq!(names_in(manual.root()), ["manual", "site"], "nothing is left beside the site");
}

#[test]
fn a_page_whose_chapter_is_gone_is_gone() {
    let manual = sound();
    manual.write("techniques/timeline.md", "---\ntitle: Timeline\nsummary: One.\n---\n");
    assert!(manual.build().contains_key("techniques/timeline.html"));
    fs::remove_file(manual.path("manual/techniques/timeline.md")).expect("the chapter was there");
    assert!(!manual.build().contains_key("techniques/timeline.html"));
}

#[test]
fn the_site_goes_where_it_is_told() {
    let manual = sound();
    let here = manual.build();
    for out in ["elsewhere", "deep/er/site", "./dotted/"] {
        let ran = manual.run(&["build", "--out", out, "--as-of", TODAY]);
        assert_eq!(ran.code, 0, "{out}: {}", ran.stderr);
        assert_same_trees(&here, &tree(&manual.path(out)), out);
    }
}

#[test]
fn the_manual_is_never_written_over() {
    let manual = sound();
    let before = tree(&manual.path("manual"));
    for out in ["manual", ".", "..", "./manual/", "manual/techniques/.."] {
        let ran = manual.run(&["build", "--out", out, "--as-of", TODAY]);
        assert_ne!(ran.code, 0, "{out}");
        assert_eq!(ran.stdout, "", "{out}");
        assert_same_trees(&before, &tree(&manual.path("manual")), out);
    }
    assert_eq!(names_in(manual.root()), ["manual"]);
}

#[test]
fn a_site_within_the_manual_is_refused() {
    let manual = sound();
    let before = tree(&manual.path("manual"));
    let ran = manual.run(&["build", "--out", "manual/site", "--as-of", TODAY]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`manual/site`, which is in the manual"), "{}", ran.stderr);
    assert_same_trees(&before, &tree(&manual.path("manual")), "the manual is as it was");
}

#[test]
fn codes_are_explained() {
    let manual = sound();
    let page = manual.run(&["explain", "link/unknown-target"]);
    assert_eq!((page.code, page.stderr.as_str()), (0, ""));
    assert!(page.stdout.starts_with("link/unknown-target\n\n"), "{}", page.stdout);
    assert!(!page.stdout.contains("```"), "examples are indented");
    assert_eq!(manual.run(&["explain", "error[link/unknown-target]: no chapter"]).stdout, page.stdout);
    let all = manual.run(&["explain"]).stdout;
    for code in iptbook::diag::ALL {
        assert_eq!(all.lines().filter(|line| line.split(' ').next() == Some(code.name)).count(), 1, "{}", code.name);
    }
    assert!(manual.run(&["explain", "link"]).stdout.lines().count() > 3, "a family is listed");
    let unknown = manual.run(&["explain", "link/unknwon-target"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("did you mean `link/unknown-target`?"), "{}", unknown.stderr);
}

#[test]
fn reviews_are_listed_by_their_owners() {
    let manual = sound();
    manual.write(
        "techniques/b.md",
        "---\ntitle: \"=Late, long; and told\"\nsummary: One.\nowner: Zoe\nversion: \"2\"\nreview-due: 2027-01-31\n---\n",
    );
    let run = |format: &str, day: &str| manual.run(&["report", "review", "--format", format, "--as-of", day]);
    let csv = run("csv", TODAY).stdout;
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[0], "owner,title,file,version,status,reviewed,review-due,overdue");
    assert_eq!(lines[1], ",Role play,techniques/role-play.md,,approved,2025-01-01,2027-01-01,");
    assert!(lines.contains(&"Zoe,\"'=Late, long; and told\",techniques/b.md,2,approved,,2027-01-31,"), "{csv}");
    assert!(run("csv", "2027-02-01").stdout.contains("2027-01-31,yes\r\n"));
    let ics = run("ics", TODAY).stdout;
    let event = "BEGIN:VEVENT\r\nUID:technique/b@iptbook\r\nDTSTAMP:20261123T000000Z\r\nDTSTART;VALUE=DATE:20270131\r\n\
                 DTEND;VALUE=DATE:20270201\r\n";
    assert!(ics.contains(event), "{ics}");
    assert!(ics.contains("=Late\\, long\\; and told\r\n"), "{ics}");
    assert_eq!(ics.matches("BEGIN:VEVENT").count(), 2, "what has no day is in no calendar");
    let text = run("text", "2027-02-01").stdout;
    assert!(text.contains("Zoe") && text.contains("2027-01-31 (!)"), "{text}");
    assert_eq!(with_an_error().run(&["report", "review"]).code, 1);
}

/// A manual with many mistakes: an error in each of 150 chapters, and a warning in each of others.
fn with_many() -> TestManual {
    let manual = TestManual::new::<&str>(&[]);
    for number in 0..150 {
        manual.write(&format!("pages/w{number}.md"), format!("---\ntitle: W {number}\n---\n"));
        manual.write(
            &format!("techniques/t{number}.md"),
            format!("---\ntitle: T {number}\nsummary: One, 50 % of it.\n---\n\nSée [[x, y: z%]].\n"),
        );
    }
    manual
}

#[test]
fn very_many_reports_are_not_all_drawn() {
    let manual = with_many();
    let ran = manual.run(&["check", "--as-of", TODAY]);
    assert_eq!(ran.stderr.matches("error[link/unknown-target]").count(), 100, "errors come first");
    assert_eq!(ran.stderr.matches("warning[").count(), 0);
    let sum = "150 errors and 150 warnings; the first 100 are shown, `iptbook check --format json` has all";
    assert_eq!(ran.stderr.lines().last(), Some(sum));
    assert_eq!(manual.reports(&[]).len(), 300);
}

#[test]
fn reports_as_annotations() {
    let manual = with_many();
    let ran = manual.run(&["check", "--format", "github", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (1, 300));
    let line = ran.stdout.lines().find(|line| line.contains("/t0.md")).expect("a line for each");
    let place = "file=manual/techniques/t0.md,line=6,col=7,endLine=6,endColumn=15";
    let start = format!("::error {place},title=link/unknown-target::no chapter has the id `x, y: z%25`");
    assert!(line.starts_with(&start), "{line}");
}

#[test]
fn reports_as_sarif() {
    let manual = sound();
    manual.write("pages/ä b.md", "---\ntitle: A\nid: risk\nsummary: Ä [[rol-play]].\n---\n\n<script>x</script>\n");
    let ran = manual.run(&["check", "--format", "sarif", "--as-of", TODAY]);
    assert_eq!(ran.code, 1);
    let json: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    // What the standard does not know would be lost on the way.
    let log: serde_sarif::sarif::Sarif = serde_json::from_str(&ran.stdout).expect("SARIF 2.1.0");
    assert_eq!(serde_json::to_value(&log).expect("JSON"), json);
    let run = &json["runs"][0];
    let reports = manual.reports(&[]);
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), reports.len());
    for (result, report) in results.iter().zip(&reports) {
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().expect("an index") as usize];
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!((&rule["id"], &result["ruleId"]), (&report.code.as_str().into(), &report.code.as_str().into()));
        assert_eq!(result["level"], report.severity);
        assert_eq!(place["artifactLocation"]["uri"], "manual/pages/%C3%A4%20b.md");
        let numbers = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| place["region"][key].as_u64());
        assert_eq!(numbers, [report.line, report.column, report.end_line, report.end_column].map(Some));
    }
    let others: Vec<_> = results.iter().filter(|result| !result["relatedLocations"].is_null()).collect();
    assert_eq!(others.len(), 1, "of the two risk pages each is named");
    let clean = sound().run(&["check", "--format", "sarif", "--as-of", TODAY]);
    let clean: serde_json::Value = serde_json::from_str(&clean.stdout).expect("JSON");
    assert_eq!(clean["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn names_and_aliases_that_cannot_be_files() {
    let manual = sound();
    let long = "x".repeat(210);
    manual.write(&format!("techniques/{long}.md"), "---\ntitle: Long\nsummary: One.\n---\n");
    manual.write("techniques/below.md", "---\ntitle: Below\nsummary: One.\naliases: [/techniques/role-play/x, /techniques/role-play.html/x, \"a\\0b\"]\n---\n");
    manual.write("techniques/case.md", "---\ntitle: Case\nsummary: One.\naliases: [/Techniques/Role-Play.md]\n---\n");
    manual.write("assets/CIRCLE.png", "no picture either");
    let said: Vec<String> = manual.reports(&[]).iter().map(Report::headline).collect();
    let has = |parts: &[&str]| said.iter().any(|line| parts.iter().all(|part| line.contains(part)));
    assert!(has(&["file/name", "longer than 200 letters"]), "{said:#?}");
    assert!(has(&["file/name", "CIRCLE.png and assets/circle.png differ in upper and lower case only"]), "{said:#?}");
    assert!(has(&["techniques/below.md", "page/two-pages-one-path", "is no folder"]), "{said:#?}");
    assert!(has(&["techniques/below.md", "front-matter/bad-value"]), "{said:#?}");
    assert!(has(&["techniques/case.md", "page/two-pages-one-path", "upper and lower case only"]), "{said:#?}");
    assert_eq!(said.len(), 5, "{said:#?}");
}

#[test]
fn a_file_of_that_name_is_refused_and_left_alone() {
    let manual = sound();
    manual.write_beside("site", "a file");
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_ne!(ran.code, 0);
    assert_eq!(manual.read("site"), "a file");
}

#[test]
fn what_a_run_that_was_cut_off_left_is_taken_away_and_nothing_else() {
    let manual = sound();
    let marker = names_in(&{
        manual.build();
        manual.path("site")
    })
    .into_iter()
    .find(|name| name.starts_with('.'))
    .expect("the site has a marker");
    // There is no process of this number.
    manual.write_beside(&format!(".site.iptbook-4194999/{marker}"), "");
    manual.write_beside(".site.iptbook-4194998/notes.txt", "without our marker");
    manual.build();
    assert_eq!(names_in(manual.root()), [".site.iptbook-4194998", "manual", "site"]);
}

#[test]
fn a_site_within_the_manual_is_not_read_again() {
    let manual = sound();
    let first = manual.build();
    // Somebody moved it, and a theme or an attachment may bring Markdown and YAML into a site.
    fs::rename(manual.path("site"), manual.path("manual/site")).expect("it is moved");
    manual.write("site/notes.md", "No front matter.");
    assert_same_trees(&first, &manual.build(), "as if there were no site in the manual");
}

#[test]
fn attachments_in_assets_are_copied_and_others_only_where_they_are_linked() {
    let tree = sound().build();
    assert_eq!(text(&tree, "assets/circle.png"), "no picture");
    assert_eq!(text(&tree, "forms/form.pdf"), "no form");
    assert!(!tree.contains_key("forms/unused.pdf"));
    assert!(!tree.keys().any(|path| path.ends_with(".md") || path.ends_with(".yaml") || path.ends_with(".bib")));
}

#[test]
fn hidden_files_and_folders_are_left_alone() {
    let manual = sound();
    let before = manual.build();
    manual.write(".obsidian/workspace.md", "no chapter");
    manual.write(".git/config", "secret");
    manual.write("techniques/.draft.md", "no chapter");
    manual.write("assets/.DS_Store", "junk");
    assert_eq!(manual.reports(&[]), []);
    assert_same_trees(&before, &manual.build(), "with hidden files");
}

// ---- The same bytes --------------------------------------------------------------------------------

#[test]
fn a_second_build_gives_the_same_bytes() {
    let manual = sound();
    let first = manual.build();
    assert_same_trees(&first, &manual.build(), "a second build");
    assert!(first.len() > 10);
}

#[test]
fn the_same_manual_elsewhere_gives_the_same_bytes() {
    let (one, other) = (sound(), sound());
    let first = one.build();
    assert_same_trees(&first, &other.build(), "another folder");
    let absolute = one.path("manual").display().to_string();
    let out = other.path("out").display().to_string();
    let ran = Ran::of(one.program().current_dir("/").args(["build", &absolute, "--out", &out, "--as-of", TODAY]));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_same_trees(&first, &tree(Path::new(&out)), "another working folder");
    for (path, content) in &first {
        let machine = one.root().display().to_string();
        assert!(!String::from_utf8_lossy(content).contains(&machine), "{path} names a folder of this machine");
    }
}

#[test]
fn time_zone_and_locale_of_the_machine_change_nothing() {
    let manual = sound();
    let first = manual.build();
    for environment in [
        &[("TZ", "Pacific/Kiritimati")][..],
        &[("TZ", "America/Los_Angeles"), ("LC_ALL", "tr_TR.UTF-8")],
        &[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")],
        &[("RAYON_NUM_THREADS", "1")],
        &[("RAYON_NUM_THREADS", "7"), ("SOURCE_DATE_EPOCH", "1")],
        &[("HOME", "/nonexistent"), ("USER", "somebody")],
    ] {
        let ran = Ran::of(manual.program().envs(environment.iter().copied()).args(["build", "--as-of", TODAY]));
        assert_eq!(ran.code, 0, "{environment:?}: {}", ran.stderr);
        assert_same_trees(&first, &tree(&manual.path("site")), &format!("{environment:?}"));
    }
}

#[test]
fn the_order_in_which_files_were_made_changes_nothing() {
    let one = sound();
    let files = tree(&one.path("manual"));
    let other = TestManual::new::<&str>(&[]);
    for (path, content) in files.iter().rev() {
        other.write(path, content);
    }
    assert_same_trees(&one.build(), &other.build(), "files made in another order");
}

#[test]
fn line_ends_and_byte_order_marks_change_nothing() {
    let one = sound();
    let other = TestManual::new::<&str>(&[]);
    for (path, content) in tree(&one.path("manual")) {
        let is_text = [".md", ".yaml", ".bib"].iter().any(|ending| path.ends_with(ending));
        let content = match String::from_utf8(content) {
            Ok(text) if is_text => format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        other.write(&path, content);
    }
    assert_same_trees(&one.build(), &other.build(), "as written on Windows");
}

#[test]
fn a_failed_build_leaves_the_old_site() {
    let manual = sound();
    let old = manual.build();
    manual.write("techniques/b.md", "---\ntitle: B\n---\n\n[[nowhere]]\n");
    for arguments in [&["build", "--as-of", TODAY][..], &["build", "--strict", "--as-of", TODAY]] {
        let ran = manual.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
        assert_same_trees(&old, &tree(&manual.path("site")), "after a failed build");
    }
    assert_eq!(names_in(manual.root()), ["manual", "site"]);
}

// ---- Files that cannot be read ---------------------------------------------------------------------

#[test]
fn a_text_that_is_no_utf_8_is_reported_with_the_line() {
    for (path, content) in [
        ("techniques/latin.md", &b"---\ntitle: R\xF4le\nsummary: One.\n---\n"[..]),
        ("glossary.yaml", b"- term: Sick role\n  definition: \xE9\n"),
        ("references.bib", b"@book{elkin1989,\n  title = {\xE9}}\n"),
    ] {
        let manual = sound();
        manual.write(path, content);
        let reports = manual.reports(&[]);
        let report =
            reports.iter().find(|report| report.file == path).unwrap_or_else(|| panic!("{path}: {reports:#?}"));
        assert_eq!((report.code.as_str(), report.severity.as_str()), ("file/not-utf8", "error"));
        assert!(report.message.contains("line 2") || report.line == 2, "{report:?}");
        assert!(report.help.contains("UTF-8"), "{report:?}");
        let ran = manual.run(&["build"]);
        assert_eq!(ran.code, 1);
        assert!(ran.stderr.contains("error[file/not-utf8]") && !manual.path("site").exists());
    }
}

#[test]
fn a_chapter_that_is_no_utf_8_gives_one_report_and_keeps_its_id() {
    let manual = sound();
    manual.write("techniques/role-play.md", b"---\ntitle: R\xF4le\n---\n");
    let reports = manual.reports(&[]);
    let said: Vec<String> = reports.iter().map(Report::headline).collect();
    // The glossary's term is no longer mentioned: that is true, and no error.
    let errors: Vec<&String> = said.iter().filter(|said| said.contains(" error[")).collect();
    assert_eq!(errors.len(), 1, "links to the chapter hold: {said:#?}");
}

#[test]
fn utf_16_as_windows_notepad_saves_it_is_no_utf_8() {
    let manual = sound();
    let utf_16: Vec<u8> = "\u{FEFF}---\ntitle: A\n---\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    manual.write("techniques/utf-16.md", utf_16);
    assert_eq!(only(&manual.reports(&[])).code, "file/not-utf8");
}

#[test]
fn a_manual_yaml_that_is_no_utf_8_is_one_mistake() {
    let manual = TestManual::new(&[("manual.yaml", &b"title: R\xF4le\n"[..])]);
    manual.write("techniques/a.md", "---\ntitle: A\nsummary: One.\n---\n");
    assert_eq!(only(&manual.reports(&[])).headline().split(' ').next(), Some("manual.yaml:1:1"));
}

#[test]
fn a_text_larger_than_is_read_is_reported() {
    let manual = sound();
    let mut large = String::from("---\ntitle: Large\nsummary: One.\n---\n\n");
    while large.len() <= 4 * 1024 * 1024 {
        large.push_str("All work and no play makes a dull manual.\n");
    }
    manual.write("techniques/large.md", &large);
    let reports = manual.reports(&[]);
    let report = only(&reports);
    assert_eq!((report.code.as_str(), report.file.as_str()), ("file/too-large", "techniques/large.md"));
    assert_eq!((report.line, report.column), (1, 1));
    assert!(!report.help.is_empty());
    let kept = large.len() - 60_000;
    let shorter = &large[..large[..kept].rfind('\n').expect("a line") + 1];
    manual.write("techniques/large.md", shorter);
    assert_eq!(manual.reports(&[]), [], "a text just small enough is read");
}

#[test]
fn an_attachment_may_be_large() {
    let manual = sound();
    manual.write("assets/film.mp4", vec![0_u8; 5 * 1024 * 1024]);
    assert_eq!(manual.build()["assets/film.mp4"].len(), 5 * 1024 * 1024);
}

#[cfg(unix)]
mod on_unix {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_link_out_of_the_manual_is_reported_and_not_followed() {
        let manual = sound();
        manual.write_beside("secret.md", "---\ntitle: Secret\nsummary: One.\n---\n");
        manual.write_beside("secrets/one.png", "secret");
        symlink(manual.path("secret.md"), manual.path("manual/techniques/secret.md")).expect("a link");
        symlink("../../secrets", manual.path("manual/assets/more")).expect("a link");
        symlink("/etc/hostname", manual.path("manual/assets/host.txt")).expect("a link");
        let reports = manual.reports(&[]);
        let said: Vec<String> = reports.iter().map(|report| format!("{} {}", report.file, report.code)).collect();
        assert_eq!(
            said,
            [
                "assets/host.txt file/symlink-outside",
                "assets/more file/symlink-outside",
                "techniques/secret.md file/symlink-outside",
            ]
        );
        assert_eq!(manual.run(&["build"]).code, 1);
        assert_eq!(names_in(manual.root()), ["manual", "secret.md", "secrets"]);
    }

    #[test]
    fn a_link_within_the_manual_is_followed() {
        let manual = sound();
        symlink("circle.png", manual.path("manual/assets/round.png")).expect("a link");
        symlink("../forms", manual.path("manual/assets/forms")).expect("a link");
        let tree = manual.build();
        assert_eq!(text(&tree, "assets/round.png"), "no picture");
        assert_eq!(text(&tree, "assets/forms/form.pdf"), "no form");
    }

    #[test]
    fn a_link_whose_name_begins_with_a_dot_is_left_alone() {
        let manual = sound();
        // Emacs makes such a one while a file is being changed.
        symlink("someone@computer.1234:5678", manual.path("manual/techniques/.#role-play.md")).expect("a link");
        symlink("/", manual.path("manual/.everything")).expect("a link");
        symlink("..", manual.path("manual/techniques/.up")).expect("a link");
        let ran = manual.run(&["check", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    }

    #[test]
    fn a_manual_that_is_itself_a_link_is_read() {
        let manual = sound();
        symlink("manual", manual.path("handbook")).expect("a link");
        let ran = manual.run(&["check", "handbook", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    }

    #[test]
    fn a_link_that_leads_in_a_circle_is_unreadable() {
        let manual = sound();
        symlink("..", manual.path("manual/techniques/round")).expect("a link");
        let reports = manual.reports(&[]);
        let report = only(&reports);
        assert_eq!((report.code.as_str(), report.file.as_str()), ("file/unreadable", "techniques/round"));
    }

    #[test]
    fn a_link_that_leads_nowhere_is_reported() {
        let manual = sound();
        symlink("gone.md", manual.path("manual/techniques/link.md")).expect("a link");
        let reports = manual.reports(&[]);
        let report = only(&reports);
        assert_eq!((report.code.as_str(), report.file.as_str()), ("file/unreadable", "techniques/link.md"));
    }

    #[test]
    fn a_file_without_permission_is_unreadable() {
        let manual = sound();
        manual.write("techniques/locked.md", "---\ntitle: Locked\nsummary: One.\n---\n");
        let path = manual.path("manual/techniques/locked.md");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions are set");
        if fs::read(&path).is_ok() {
            // Root may read everything: then there is nothing to see.
            return;
        }
        let reports = manual.reports(&[]);
        let report = only(&reports);
        assert_eq!((report.code.as_str(), report.file.as_str()), ("file/unreadable", "techniques/locked.md"));
    }

    #[test]
    fn a_site_that_is_a_link_is_refused() {
        let manual = sound();
        fs::create_dir(manual.path("web")).expect("a folder");
        symlink("web", manual.path("site")).expect("a link");
        let ran = manual.run(&["build", "--as-of", TODAY]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("`site` is a link to `web`"), "{}", ran.stderr);
        assert_eq!(names_in(&manual.path("web")), [""; 0]);
    }

    /// The other run is this test, which holds the folder that a build would.
    #[test]
    fn a_build_waits_for_another_one_into_the_same_folder() {
        let manual = sound();
        let folder = manual.path(".site.iptbook-1-0");
        fs::create_dir(&folder).expect("a folder");
        let marker = fs::File::create(folder.join(".iptbook")).expect("a marker");
        marker.lock().expect("a lock");
        let child = manual
            .program()
            .args(["build", "--as-of", TODAY])
            .stderr(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn();
        let mut child = child.expect("it runs");
        let mut said = std::io::BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        std::io::BufRead::read_line(&mut said, &mut line).expect("it says something");
        assert_eq!(line, "waiting for another build into `site` to end\n");
        assert!(!manual.path("site").exists());
        drop(marker);
        assert!(child.wait().expect("it ends").success());
        assert!(!folder.exists(), "what the other one left is taken away");
    }

    #[test]
    fn pages_may_be_read_by_everybody() {
        let manual = sound();
        manual.build();
        let mode = |path: &str| fs::metadata(manual.path(path)).expect("it is there").permissions().mode();
        assert_eq!(mode("site/index.html") & 0o111, 0, "a page is no program");
        let folder = tempfile::tempdir().expect("a folder");
        let usual = folder.path().join("usual");
        fs::create_dir(&usual).expect("a folder");
        let usual = fs::metadata(usual).expect("it is there").permissions().mode();
        assert_eq!(mode("site"), usual, "the site has the permissions of any new folder");
    }
}

// ---- Themes and words ------------------------------------------------------------------------------

#[test]
fn a_theme_may_hold_a_single_template() {
    let manual = themed(&[("templates/components/footer.html", "<footer>Our own footer</footer>\n")]);
    let own = themed_tree(&manual);
    assert!(text(&own, "techniques/role-play.html").contains("<footer>Our own footer</footer>"));
    let usual = manual.build();
    assert_eq!(own["static/css/style.css"], usual["static/css/style.css"], "the rest is inherited");
    assert_eq!(own["data/manual.json"], usual["data/manual.json"]);
    assert_eq!(own.keys().collect::<Vec<_>>(), usual.keys().collect::<Vec<_>>());
}

#[test]
fn a_theme_may_replace_the_template_of_a_kind() {
    let manual = themed(&[("templates/kinds/technique.html", "<p>TECHNIQUE {{ chapter.title }}</p>\n")]);
    let own = themed_tree(&manual);
    assert!(text(&own, "techniques/role-play.html").contains("<p>TECHNIQUE Role play</p>"));
    assert!(!text(&own, "stages/initial.html").contains("TECHNIQUE"));
}

#[test]
fn a_theme_may_hold_a_single_style_sheet_and_new_files() {
    let manual = themed(&[("static/css/style.css", "p { color: red }\n"), ("static/logo.svg", "<svg/>\n")]);
    let own = themed_tree(&manual);
    assert_eq!(text(&own, "static/css/style.css"), "p{color:red}");
    assert_eq!(text(&own, "static/logo.svg"), "<svg/>\n");
    let usual = manual.build();
    let without = |tree: &Tree| -> Tree {
        tree.iter().filter(|(path, _)| !path.starts_with("static/")).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    assert_same_trees(&without(&own), &without(&usual), "pages do not change");
}

#[test]
fn a_theme_may_hold_a_single_word() {
    let manual = themed(&[("locales/en.yaml", "home: Start here\n")]);
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    assert!(page.contains("Start here") && page.contains("Steps"), "one word changes, the others are inherited");
}

#[test]
fn a_theme_may_speak_another_language_in_part() {
    let manual = themed(&[("locales/nl.yaml", "home: Beginpagina\nfield-steps: Stappen\n")]);
    manual.write("manual.yaml", "title: Handboek\nlanguage: nl-BE\nsafety: page/risk\n");
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    assert!(page.contains("<html lang=\"nl-BE\" dir=\"ltr\""), "the language of the page");
    assert!(page.contains("Beginpagina") && page.contains("Stappen"), "Dutch where the theme has it");
    assert!(page.contains("Skip to content"), "English where it has not");
    let reports = manual.reports(&["--theme", "theme"]);
    let headline = only(&reports).headline();
    assert!(headline.contains("warning[theme/missing-text]") && headline.contains("locales/nl.yaml"), "{headline}");
}

#[test]
fn english_words_of_a_theme_do_not_hide_those_of_the_language() {
    let manual = themed(&[
        ("locales/en.yaml", "home: Start here\nmenu: Open\nsearch: Find\n"),
        ("locales/de.yaml", "menu: Aufklappen\n"),
        ("locales/de-AT.yaml", "search: Finden\n"),
    ]);
    manual.write("manual.yaml", "title: Handbuch\nlanguage: de-AT\nsafety: page/risk\n");
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    for (wanted, hidden) in [("Startseite", "Start here"), ("Aufklappen", "Open"), ("Finden", "Find<")] {
        assert!(page.contains(wanted) && !page.contains(hidden), "{wanted}: {page}");
    }
}

#[test]
fn the_default_theme_speaks_german_and_a_theme_may_change_a_word_of_it() {
    let manual = themed(&[("locales/de.yaml", "home: Zum Anfang\n")]);
    manual.write("manual.yaml", "title: Handbuch\nlanguage: de-AT\nsafety: page/risk\n");
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    assert!(page.contains("Zum Anfang") && page.contains("Zum Inhalt springen"), "{page}");
    assert_eq!(manual.reports(&["--theme", "theme"]).len(), 0);
}

#[test]
fn a_right_to_left_language_says_so() {
    let manual = sound();
    manual.write("manual.yaml", "title: T\nlanguage: ar\nsafety: page/risk\n");
    assert!(text(&manual.build(), "index.html").contains("<html lang=\"ar\" dir=\"rtl\""));
}

#[test]
fn manual_yaml_names_a_theme_relative_to_the_manual() {
    let manual = sound();
    manual.write("manual.yaml", "title: Sound\nsafety: page/risk\ntheme: ../theme\n");
    manual.write_beside("theme/templates/components/footer.html", "<footer>Our own footer</footer>\n");
    assert!(text(&manual.build(), "index.html").contains("Our own footer"));
    let ran = manual.run(&["build", "--theme", "default", "--as-of", TODAY]);
    assert_eq!(ran.code, 0);
    assert!(!manual.read("site/index.html").contains("Our own footer"), "--theme goes over manual.yaml");
}

#[test]
fn labels_change_every_text_with_the_word() {
    let manual = sound();
    let settings = "title: Sound\nsafety: page/risk\nlabels: { patient: Client, kind-technique: Skill }\n";
    manual.write("manual.yaml", settings);
    let tree = manual.build();
    let stage = text(&tree, "stages/initial.html");
    assert!(stage.contains("Client tasks") && !stage.contains("Patient"), "the word within other texts too");
    assert!(text(&tree, "techniques/role-play.html").contains("Skill"));
}

#[test]
fn a_template_that_cannot_be_read_is_reported_at_its_line_and_nothing_is_written() {
    let broken = "<footer>\n<p>{{ site.title }</p>\n</footer>\n";
    let manual = themed(&[("templates/components/footer.html", broken)]);
    let old = manual.build();
    for command in ["check", "build"] {
        let ran = manual.run(&[command, "--theme", "theme", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("error[theme/template]"), "{}", ran.stderr);
        assert!(ran.stderr.contains("--> theme/templates/components/footer.html:2:"), "{}", ran.stderr);
    }
    assert_same_trees(&old, &tree(&manual.path("site")), "after a broken template");
    assert_eq!(names_in(manual.root()), ["manual", "site", "theme"]);
}

#[test]
fn a_template_that_names_what_it_does_not_get_is_reported_at_its_line_and_nothing_is_written() {
    for broken in
        ["<footer>\n<p>{{ site.titel }}</p>\n</footer>\n", "<footer>\n<p>{{ nothing.at.all }}</p>\n</footer>\n"]
    {
        let manual = themed(&[("templates/components/footer.html", broken)]);
        let ran = manual.run(&["build", "--theme", "theme", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("--> theme/templates/components/footer.html:2:"), "{}", ran.stderr);
        assert!(ran.stderr.contains("error[theme/template]") && ran.stderr.contains("nothing was written"));
        assert_eq!(names_in(manual.root()), ["manual", "theme"]);
    }
}

#[test]
fn an_unknown_filter_and_a_missing_template_are_reported_at_their_lines() {
    for broken in
        ["<footer>\n{{ site.title | shout }}\n</footer>\n", "<footer>\n{% include \"nowhere.html\" %}\n</footer>\n"]
    {
        let manual = themed(&[("templates/components/footer.html", broken)]);
        let ran = manual.run(&["check", "--theme", "theme", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{broken}: {}", ran.stderr);
        assert!(ran.stderr.contains("--> theme/templates/components/footer.html:2:"), "{}", ran.stderr);
    }
}

#[test]
fn all_broken_templates_of_a_theme_are_reported_at_once() {
    let manual = themed(&[
        ("templates/components/footer.html", "{{ site.title }\n"),
        ("templates/components/header.html", "{% if %}\n"),
    ]);
    let ran = manual.run(&["check", "--theme", "theme", "--format", "json", "--as-of", TODAY]);
    let files: Vec<String> = ran.reports().into_iter().map(|report| report.file).collect();
    assert_eq!(files, ["theme/templates/components/footer.html", "theme/templates/components/header.html"]);
}

#[test]
fn mistakes_in_templates_say_what_is_wrong_and_what_to_type() {
    for (line, columns, message, help) in [
        ("{{ site.title }", 15..16, "found `}` but expected }}", ""),
        ("{{ site.titel }}", 9..14, "`site` has no `titel`", "did you mean `title`?"),
        ("{{ site.x }}", 9..10, "`site` has no `x`", "it has `authors`"),
        ("{{ sitte.title }}", 4..9, "this template gets no `sitte`", "did you mean `site`?"),
        ("{{ x }}", 4..5, "this template gets no `x`", "it gets `breadcrumb`"),
        ("{{ t.serach }}", 6..12, "there is no interface text `serach`", "did you mean `search`?"),
        ("{{ t[\"serach\"] }}", 4..14, "there is no interface text `serach`", "did you mean `search`?"),
        ("{{ t.safety-first }}", 4..18, "`t.safety-first` subtracts", "write `t[\"safety-first\"]`"),
        ("{% for a in x %}{% endfor %}", 13..14, "`x` is not defined", ""),
        ("{{ root | shout }}", 11..16, "there is no filter `shout`", ""),
        ("{% if root is loud %}{% endif %}", 15..19, "there is no test `loud`", ""),
        ("{{ shout(a=1) }}", 4..9, "there is no function `shout`", ""),
        ("{% fro %}", 4..7, "unknown tag", ""),
        ("{% if root %}", 14..14, "the template ends before something in it is closed", "close each `{% if … %}`"),
        (
            "{% include \"components/heder.html\" %}",
            12..35,
            "there is no template `components/heder.html`",
            "did you mean `components/header.html`?",
        ),
    ] {
        let manual = themed(&[("templates/components/footer.html", &*format!("<footer>\n{line}\n</footer>\n"))]);
        let reports = manual.reports(&["--theme", "theme"]);
        let report = only(&reports);
        let place = (report.file.as_str(), report.line, report.column);
        assert_eq!(place, ("theme/templates/components/footer.html", 2, columns.start), "{line}: {report:?}");
        // What is not closed goes on to the end.
        assert!(report.end_line > 2 || report.end_column == columns.end, "{line}: {report:?}");
        assert_eq!(report.code, "theme/template");
        assert!(report.message.starts_with(message), "{line}: {report:?}");
        assert!(report.help.starts_with(help) && help.is_empty() == report.help.is_empty(), "{line}: {report:?}");
        let ran = manual.run(&["build", "--theme", "theme", "--as-of", TODAY]);
        assert_eq!(ran.code, 1, "{line}: build says the same");
        assert!(ran.stderr.contains(&format!("error[theme/template]: {}\n", report.message)), "{}", ran.stderr);
    }
}

#[test]
fn a_template_of_ours_that_fails_for_an_own_one_is_named() {
    let manual = themed(&[("templates/components/footer.html", "{% include \"components/table.html\" %}\n")]);
    let reports = manual.reports(&["--theme", "theme"]);
    let message = "templates/components/table.html of the default theme, line 1: this template gets no `table`";
    assert_eq!(only(&reports).message, message);
}

#[test]
fn a_locale_or_theme_file_with_mistakes_is_reported_at_its_lines() {
    for (path, content, place, code) in [
        ("locales/en.yaml", "# ours\nhoem: Start\n", "theme/locales/en.yaml:2:1", "front-matter/unknown-field"),
        ("locales/en.yaml", "home: a: b\n", "theme/locales/en.yaml:1:8", "front-matter/syntax"),
        ("locales/en.yaml", "- home\n", "theme/locales/en.yaml:1:1", "front-matter/wrong-type"),
        ("locales/en.yaml", "home: [a]\n", "theme/locales/en.yaml:1:7", "front-matter/wrong-type"),
        ("locales/en.yaml", "home: A\nhome: B\n", "theme/locales/en.yaml:2:1", "front-matter/duplicate-field"),
        ("theme.yaml", "name: Ours\ncolour: red\n", "theme/theme.yaml:2:1", "front-matter/unknown-field"),
    ] {
        let manual = themed(&[(path, content)]);
        let ran = manual.run(&["check", "--theme", "theme", "--format", "json", "--as-of", TODAY]);
        assert_eq!(ran.code, 1, "{content:?}: {}{}", ran.stdout, ran.stderr);
        let reports = ran.reports();
        let report = only(&reports);
        assert_eq!(
            (format!("{}:{}:{}", report.file, report.line, report.column).as_str(), report.code.as_str()),
            (place, code)
        );
    }
}

#[test]
fn a_theme_file_that_is_no_text_is_invalid() {
    for (path, code) in [
        ("locales/en.yaml", "theme/invalid"),
        ("theme.yaml", "theme/invalid"),
        ("templates/components/footer.html", "theme/template"),
    ] {
        let manual = sound();
        manual.write_beside(&format!("theme/{path}"), b"name: \xE9\n");
        let reports = manual.reports(&["--theme", "theme"]);
        assert_eq!(only(&reports).code, code);
        assert!(reports[0].message.starts_with(path), "{reports:?}");
    }
}

#[test]
fn a_theme_that_is_not_there_is_the_mistake_of_whoever_named_it() {
    let manual = sound();
    let ran = manual.run(&["build", "--theme", "nowhere"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "on the command line: {}", ran.stderr);
    manual.write("manual.yaml", "title: T\nsafety: page/risk\ntheme: nowhere\n");
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "in manual.yaml: {}", ran.stderr);
    assert!(ran.stderr.contains("--> manual/manual.yaml:3:8"), "{}", ran.stderr);
}

#[test]
fn what_is_no_part_of_a_theme_is_not_copied() {
    let manual = themed(&[("notes.txt", "ours"), (".git/config", "ours")]);
    let own = themed_tree(&manual);
    assert_same_trees(&own, &manual.build(), "a theme without anything of a theme");
}

// ---- Themes of one's own ---------------------------------------------------------------------------

/// The files of the default theme.
fn default_theme() -> Tree {
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default"))
}

#[test]
fn a_new_theme_builds_and_its_colours_logo_and_footer_appear() {
    let manual = sound();
    let usual = manual.build();
    let ran = manual.run(&["theme", "new", "ours/theme"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for said in ["`theme: ../ours/theme`", "`--theme ours/theme`"] {
        assert!(ran.stdout.contains(said), "{}", ran.stdout);
    }
    let theme = tree(&manual.path("ours/theme"));
    let names: Vec<&str> = theme.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["static/css/own.css", "static/icon.svg", "templates/components/footer.html", "theme.yaml"],
        "it holds no more than it changes"
    );

    let on_command_line = ["build", "--strict", "--theme", "ours/theme", "--out", "own", "--as-of", TODAY];
    let ran = manual.run(&on_command_line);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let own = tree(&manual.path("own"));
    assert!(
        text(&own, "static/css/own.css").contains("--teal:#") && text(&own, "static/css/own.css").contains("--head:")
    );
    assert_eq!(own["static/icon.svg"], theme["static/icon.svg"]);
    assert_ne!(own["static/icon.svg"], usual["static/icon.svg"]);
    assert_eq!(own["static/css/style.css"], usual["static/css/style.css"]);
    // The comment above it leaves an empty line.
    let line = "\n<p class=\"ipt-footer__own\">Published by Example Clinic</p>\n";
    for page in ["index.html", "techniques/role-play.html", "print.html"] {
        let (own, usual) = (text(&own, page), text(&usual, page));
        assert_eq!(own.matches(line).count(), 1, "{page}");
        let sheets: Vec<&str> = own.lines().filter(|line| line.contains("rel=\"stylesheet\"")).collect();
        let last = sheets.last().copied().unwrap_or_default();
        assert!(last.contains("static/css/own.css\""), "{page}: a theme's own style sheet comes last: {sheets:?}");
        let rest = own.replace(line, "").replace(&format!("{last}\n"), "");
        assert_eq!(rest, *usual, "{page}: nothing else changes");
    }

    let settings = manual.read("manual/manual.yaml");
    manual.write("manual.yaml", format!("{settings}theme: ../ours/theme\n"));
    let ran = manual.run(&["build", "--strict", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_same_trees(&tree(&manual.path("site")), &own, "named in manual.yaml");
}

#[test]
fn a_new_theme_goes_where_nothing_is() {
    let manual = sound();
    fs::create_dir(manual.path("empty")).expect("a folder is made");
    assert_eq!(manual.run(&["theme", "new", "empty"]).code, 0);
    manual.write_beside("full/.notes", "somebody's");
    manual.write_beside("file", "somebody's");
    for taken in ["full", "file", "empty", "manual"] {
        let before = tree(manual.root());
        let ran = manual.run(&["theme", "new", taken]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{taken}: {}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(&format!("`{taken}`")), "{}", ran.stderr);
        assert_same_trees(&tree(manual.root()), &before, "after it was refused");
    }
}

#[test]
fn a_theme_is_not_made_without_a_name() {
    let manual = sound();
    for arguments in [
        &["theme"][..],
        &["theme", "new"],
        &["theme", "new", "a", "b"],
        &["theme", "eject"],
        &["theme", "eject", "--list", "theme.yaml"],
        &["theme", "eject", "--list", "--to", "a"],
    ] {
        let ran = manual.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(names_in(manual.root()), ["manual"]);
}

#[test]
fn the_help_of_themes_has_examples() {
    for arguments in [&["theme", "new", "--help"][..], &["theme", "eject", "--help"]] {
        let ran = sound().run(arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.stdout.contains("Example: iptbook theme "), "{}", ran.stdout);
    }
}

#[test]
fn eject_lists_every_file_of_the_default_theme_and_copies_each_byte_for_byte() {
    let manual = sound();
    let ran = manual.run(&["theme", "eject", "--list"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let default = default_theme();
    let names: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(names, default.keys().collect::<Vec<_>>());
    assert_eq!(names_in(manual.root()), ["manual"]);

    let ran = manual.run(&[&["theme", "eject", "--to", "all/of/it"][..], &names].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_same_trees(&tree(&manual.path("all/of/it")), &default, "copied");
    let places: Vec<String> = names.iter().map(|name| format!("all/of/it/{name}")).collect();
    assert_eq!(ran.stdout.lines().collect::<Vec<_>>(), places, "the result says where they are");
    let ran = manual.run(&["build", "--strict", "--theme", "all/of/it", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn eject_copies_what_is_named_into_theme() {
    let manual = sound();
    let ran = manual.run(&["theme", "eject", "templates/page.html", "./locales/en.yaml", "templates/page.html"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, "theme/locales/en.yaml\ntheme/templates/page.html\n");
    let default = default_theme();
    let wanted: Tree =
        ["locales/en.yaml", "templates/page.html"].map(|name| (name.into(), default[name].clone())).into();
    assert_same_trees(&tree(&manual.path("theme")), &wanted, "copied");
    assert_eq!(manual.run(&["theme", "eject", "locales/de.yaml"]).code, 0, "more of it later");
}

#[test]
fn eject_writes_over_nothing_and_then_copies_nothing() {
    let manual = sound();
    manual.write_beside("theme/templates/page.html", "ours");
    manual.write_beside("other/templates", "a file");
    let before = tree(manual.root());
    for (to, named) in
        [("theme", "theme/templates/page.html"), ("other", "other/templates"), ("other/templates", "other/templates")]
    {
        let ran = manual.run(&["theme", "eject", "locales/en.yaml", "templates/page.html", "--to", to]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{to}: {}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(&format!("`{named}`")), "{}", ran.stderr);
        assert_same_trees(&tree(manual.root()), &before, "after it was refused");
    }
}

#[test]
fn eject_of_a_name_that_is_not_known_offers_the_nearest_and_copies_nothing() {
    let manual = sound();
    for (typed, said) in [
        ("templates/pgae.html", "did you mean `templates/page.html`"),
        ("footer.html", "did you mean `templates/components/footer.html`?"),
        ("locale/en.yml", "did you mean `locales/en.yaml`"),
        ("../themes/default/nothing", "--list"),
        ("zzz", "--list"),
    ] {
        let ran = manual.run(&["theme", "eject", "locales/de.yaml", typed]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{typed}: {}", ran.stderr);
        assert!(ran.stderr.contains(&format!("`{typed}`")) && ran.stderr.contains(said), "{}", ran.stderr);
    }
    let ran = manual.run(&["theme", "eject", "one", "other"]);
    assert!(ran.stderr.contains("`one`") && ran.stderr.contains("\nerror: ") && ran.stderr.contains("`other`"));
    assert_eq!(names_in(manual.root()), ["manual"]);
}

#[cfg(unix)]
#[test]
fn a_theme_that_cannot_be_written_is_the_failure_of_the_machine() {
    for arguments in [&["theme", "new", "/dev/null/a"][..], &["theme", "eject", "theme.yaml", "--to", "/dev/null/a"]] {
        let ran = sound().run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains("/dev/null"), "{}", ran.stderr);
    }
}

// ---- Session summaries in the terminal ------------------------------------------------------------

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
        (["--setting", "zzzzzzzz"], "no setting has the id `zzzzzzzz`: there are ward"),
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

// ---- A site that is as it would be --------------------------------------------------------------------

/// Builds, once the files are so old that another change shows in their times. Returns whether the site
/// was made.
fn is_made_again(manual: &TestManual, arguments: &[&str]) -> bool {
    std::thread::sleep(std::time::Duration::from_millis(150));
    let marker = manual.path("site/.iptbook");
    let before = fs::metadata(&marker).and_then(|marker| marker.modified()).ok();
    let ran = manual.run(arguments);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.ends_with(&format!("-> {}\n", Path::new("site").join("index.html").display())),
        "{}",
        ran.stdout
    );
    fs::metadata(&marker).and_then(|marker| marker.modified()).ok() != before
}

#[test]
fn a_site_that_is_as_it_would_be_is_not_made_again() {
    let manual = TestManual::new(&[
        ("manual.yaml", "title: T\ntheme: ../theme\n"),
        ("techniques/a.md", "---\ntitle: A\nsummary: B.\n---\n"),
        ("assets/a.png", "not looked into"),
    ]);
    manual.write_beside("theme/static/css/own.css", "p {}");
    let build: &[&str] = &["build", "--as-of", TODAY];
    assert!(is_made_again(&manual, build), "there was none");
    assert!(!is_made_again(&manual, build), "nothing changed");
    let changes: [(&str, &dyn Fn()); 8] = [
        ("a chapter", &|| manual.write("techniques/a.md", "---\ntitle: C\nsummary: B.\n---\n")),
        ("a new chapter", &|| manual.write("techniques/b.md", "---\ntitle: B\nsummary: B.\n---\n")),
        ("a file", &|| manual.write("assets/a.png", "now it is")),
        ("the theme", &|| manual.write_beside("theme/static/css/own.css", "q {}")),
        ("a page of the site, by hand", &|| manual.write_beside("site/techniques/a.html", "mine")),
        ("a page of the site gone", &|| fs::remove_file(manual.path("site/glossary.html")).expect("there is one")),
        ("the site gone", &|| fs::remove_dir_all(manual.path("site")).expect("there is one")),
        ("what is known gone", &|| fs::remove_dir_all(manual.path(".cache")).expect("there is one")),
    ];
    for (what, change) in changes {
        change();
        assert!(is_made_again(&manual, build), "{what} changed");
        assert!(!is_made_again(&manual, build), "nothing changed after {what}");
    }
    assert!(!manual.read("site/techniques/a.html").contains("mine"));
    assert!(is_made_again(&manual, &["build", "--as-of", "2026-11-24"]), "another day");
    assert!(is_made_again(&manual, &["build", "--as-of", "2026-11-24", "--theme", "default"]), "another theme");
    let known = fs::read_dir(manual.path(".cache/iptbook")).expect("a folder").count();
    assert_eq!(known, 1, "one site, one stamp");
}

#[test]
fn warnings_are_shown_each_time() {
    let manual = TestManual::new(&[("techniques/a.md", "---\ntitle: A\n---\n")]);
    for _ in 0..3 {
        assert!(is_made_again(&manual, &["build", "--as-of", TODAY]));
        assert!(manual.run(&["build", "--as-of", TODAY]).stderr.contains("page/no-summary"));
    }
}

/// What changed while a site was made, or just before, may not be in it.
#[test]
fn a_file_that_has_just_changed_is_not_taken_for_known() {
    let manual = TestManual::new(&[("techniques/a.md", "---\ntitle: A\nsummary: B.\n---\n")]);
    assert_eq!(manual.run(&["build", "--as-of", TODAY]).code, 0);
    manual.write("techniques/a.md", "---\ntitle: C\nsummary: B.\n---\n");
    assert_eq!(manual.run(&["build", "--as-of", TODAY]).code, 0);
    assert!(manual.read("site/techniques/a.html").contains("<h1>C</h1>"));
}

// ---- What pictures say -----------------------------------------------------------------------------

/// The beginning of a JPEG with Exif (CIPA DC-008): a text for each tag, and a latitude if wanted.
fn picture(texts: &[(u16, &str)], somewhere: bool) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let count = texts.len() + usize::from(somewhere);
    let mut behind = 8 + 2 + 12 * count + 4;
    let mut data = Vec::new();
    let short = |number: usize| u16::try_from(number).expect("a small number").to_be_bytes();
    let long = |number: usize| u32::try_from(number).expect("a small number").to_be_bytes();
    tiff.extend(short(count));
    for (tag, text) in texts {
        // At least five bytes, which stand behind the table.
        let text = format!("{text:<5}\0");
        tiff.extend([&tag.to_be_bytes()[..], &short(2), &long(text.len()), &long(behind)].concat());
        behind += text.len();
        data.extend(text.bytes());
    }
    if somewhere {
        tiff.extend([&short(0x8825)[..], &short(4), &long(1), &long(behind)].concat());
        data.extend([&short(1)[..], &short(2), &short(5), &long(3), &long(behind + 18), &long(0)].concat());
        for part in [51, 1, 30, 1, 0, 1] {
            data.extend(long(part));
        }
    }
    tiff.extend(long(0));
    tiff.extend(data);
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    [b"\xff\xd8\xff\xe1".as_slice(), &short(exif.len() + 2), &exif, b"\xff\xd9"].concat()
}

#[test]
fn pictures_that_say_more_than_they_show_are_reported() {
    let manual = sound();
    manual.write("assets/plain.jpg", picture(&[(0x010f, "A camera's maker")], false));
    manual.write("assets/described.jpg", picture(&[(0x010e, "call 020 7946 0000")], false));
    manual.write("assets/named.jpg", picture(&[(0x013b, "Anna Smith")], false));
    manual.write("assets/placed.jpg", picture(&[], true));
    manual.write("assets/broken.jpg", &picture(&[], true)[..20]);
    manual.write("unpublished.jpg", picture(&[], true));
    let reports = manual.reports(&[]);
    let messages: Vec<&str> = reports
        .iter()
        .filter(|report| report.code == "privacy/possible-identifier")
        .map(|report| report.message.as_str())
        .collect();
    assert_eq!(
        messages,
        [
            "the picture assets/described.jpg says more than it shows: a telephone number (ImageDescription)",
            "the picture assets/named.jpg says more than it shows: a name (Artist)",
            "the picture assets/placed.jpg says more than it shows: where it was taken (GPSLatitude)",
        ]
    );
    let excepted = "not-identifying:\n  - { text: assets/placed.jpg, reason: A public square. }\n";
    manual.write("manual.yaml", format!("{}{excepted}", manual.read("manual/manual.yaml")));
    assert!(manual.reports(&[]).iter().all(|report| !report.message.contains("placed.jpg")), "an exception holds");
}

// ---- Odd names -------------------------------------------------------------------------------------

#[test]
fn letters_may_be_made_up_in_two_ways() {
    // As macOS writes names, and as keyboards do.
    let (apart, whole) = ("u\u{308}bung", "\u{fc}bung");
    for (on_disk, typed) in [(apart, whole), (whole, apart)] {
        let manual = sound();
        manual.write(&format!("assets/{on_disk}.pdf"), "%PDF");
        manual.write(&format!("pages/{on_disk}.md"), "---\nid: practice\ntitle: Practice\nsummary: One.\n---\n");
        let links = format!("---\ntitle: Links\nsummary: One.\n---\n\n[a](../assets/{typed}.pdf) [b]({typed}.md)\n");
        manual.write("pages/links.md", links);
        let site = manual.build();
        let page = text(&site, "pages/links.html");
        assert!(page.contains("<a href=\"../pages/practice.html\">b</a>"), "{page}");
        let file = format!("assets/{on_disk}.pdf");
        assert!(site.contains_key(&file) && page.contains(&format!("href=\"../{}\"", encoded(&file))), "{page}");
    }
}

/// A path in an address.
fn encoded(path: &str) -> String {
    percent_encoding::utf8_percent_encode(path, percent_encoding::CONTROLS).to_string()
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_no_utf8_is_the_authors_to_mend() {
    use std::os::unix::ffi::OsStrExt as _;
    for folder in ["assets", "pages"] {
        let manual = sound();
        manual.write(&format!("{folder}/other.txt"), "");
        let name = std::ffi::OsStr::from_bytes(if folder == "assets" { b"r\xf4le.pdf" } else { b"r\xf4le.md" });
        fs::write(manual.path(&format!("manual/{folder}")).join(name), "text").expect("a file");
        let reports = manual.reports(&[]);
        let report = only(&reports);
        assert_eq!((report.code.as_str(), report.help.as_str()), ("file/name", "give it another name"));
    }
}

#[test]
fn too_many_folders_within_each_other() {
    let manual = sound();
    let depth = |count: usize| vec!["d"; count].join("/");
    manual.write(&format!("assets/{}/a.txt", depth(63)), "");
    assert_eq!(manual.reports(&[]), []);
    manual.write(&format!("assets/{}/a.txt", depth(64)), "");
    assert_eq!(only(&manual.reports(&[])).code, "file/too-many");
}
