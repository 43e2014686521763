//! Tests that the same manual gives the same bytes.

use std::path::Path;

use super::sound;
use crate::support::{Ran, TODAY, TestManual, assert_same_trees, names_in, tree};

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
