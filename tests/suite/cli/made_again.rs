//! Tests that a site that would stay the same is not made again.

use std::fs;
use std::path::Path;

use crate::support::{TODAY, TestManual};

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
fn what_interrupted_builds_left_goes_with_the_next_build_even_if_nothing_changed() {
    let manual = TestManual::new(&[("techniques/a.md", "---\ntitle: A\nsummary: B.\n---\n")]);
    let build: &[&str] = &["build", "--as-of", TODAY];
    assert!(is_made_again(&manual, build));
    let leave = || {
        manual.write_beside(".site.iptbook-999999-0/.iptbook", "iptbook made this folder");
        manual.write_beside(".site.iptbook-999999-0/half.html", "half a page");
        fs::create_dir_all(manual.path(".site.iptbook-999998-0")).expect("a folder");
        manual.write_beside(".site.iptbook-notes/mine.txt", "somebody's");
    };
    let left = || {
        let names = fs::read_dir(manual.root()).expect("a folder").flatten();
        let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(".site")).collect::<Vec<_>>()
    };
    leave();
    assert!(!is_made_again(&manual, build), "nothing changed");
    assert_eq!(left(), [".site.iptbook-notes"], "what is somebody's stays");
    leave();
    manual.write("techniques/a.md", "---\ntitle: A\nstages: B\n---\n");
    assert_eq!(manual.run(build).code, 1, "it has errors");
    assert_eq!(left(), [".site.iptbook-notes"]);
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
