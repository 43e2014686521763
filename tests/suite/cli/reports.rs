//! Tests how reports are shown: drawn, as JSON, as annotations, as SARIF, and what `explain` and `report` say.

use super::{sound, with_an_error};
use crate::support::{Ran, TODAY, TestManual};

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
    assert_eq!(lines[1], ",Role play,techniques/role-play.md,,not-stated,2025-01-01,2027-01-01,");
    assert!(lines.contains(&"Zoe,\"'=Late, long; and told\",techniques/b.md,2,not-stated,,2027-01-31,"), "{csv}");
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
    let sum = "150 errors and 150 warnings; only the first 100 are shown. `iptbook check --format json` lists all";
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
