//! Tests the files of a manual: their names, those that cannot be read, and those that are ignored.

use std::fs;

use super::{only, sound, text};
use crate::support::{Report, TestManual, assert_same_trees};

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
    assert!(has(&["file/name", "longer than 200 characters"]), "{said:#?}");
    assert!(has(&["file/name", "CIRCLE.png and assets/circle.png"]), "{said:#?}");
    assert!(has(&["techniques/below.md", "page/two-pages-one-path", "is not a folder"]), "{said:#?}");
    assert!(has(&["techniques/below.md", "front-matter/bad-value"]), "{said:#?}");
    assert!(has(&["techniques/case.md", "page/two-pages-one-path", "only its capital letters differ"]), "{said:#?}");
    assert_eq!(said.len(), 5, "{said:#?}");
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
        assert_eq!((report.code.as_str(), report.help.as_str()), ("file/name", "rename it"));
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
