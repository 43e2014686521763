//! Tests the output folder: what is overwritten and what stays as it is.

use std::fs;

use super::sound;
use crate::support::{TODAY, assert_same_trees, names_in, tree};

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
