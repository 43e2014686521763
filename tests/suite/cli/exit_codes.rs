//! Tests exit codes, and what goes to standard output and standard error.

use super::{sound, with_a_warning, with_an_error};
use crate::support::{TODAY, names_in};

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
        // A file of a manual can be checked, and no more.
        let commands = if argument.starts_with("manual/") { &["build"][..] } else { &["check", "build"] };
        for command in commands {
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

#[cfg(not(all(feature = "serve", feature = "external")))]
#[test]
fn what_was_left_out_of_the_program_gives_exit_code_2() {
    let left_out = [(cfg!(feature = "serve"), &["serve"][..]), (cfg!(feature = "external"), &["check", "--external"])];
    for (_, arguments) in left_out.into_iter().filter(|(is_there, _)| !is_there) {
        let ran = sound().run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stderr.starts_with("error: this iptbook was built without"), "{}", ran.stderr);
    }
}
