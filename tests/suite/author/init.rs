//! Tests `init`: a new manual.

use std::fs;
use std::process::Command;

use super::{desk, done, refused, text};
use iptbook::model::kind::Kind;

use crate::support::{Ran, TODAY, names_in, tree};

#[test]
fn a_new_manual_is_strictly_clean_now_and_in_ten_years_and_builds() {
    let desk = desk();
    let ran = done(&desk, &["init"]);
    let commands: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with("  iptbook ")).collect();
    assert_eq!(
        commands,
        ["  iptbook serve --open", "  iptbook new technique \"Our first technique\"", "  iptbook build"]
    );
    for day in [TODAY, "2036-01-01"] {
        let ran = done(&desk, &["check", "--strict", "--as-of", day]);
        assert_eq!(ran.stderr, "", "on {day}");
    }
    done(&desk, &["build", "--strict"]);
    let site = tree(&desk.path("site"));
    assert!(text(&site, "index.html").contains("Our IPT manual"));
    assert!(!site.keys().any(|path| path.contains(".vscode")), "what is for the editor is not published");
}

#[test]
fn a_new_manual_shows_each_kind_and_every_key_of_its_settings() {
    let desk = desk();
    done(&desk, &["init", "ours"]);
    let files = tree(&desk.path("ours"));
    let data = done(&desk, &["build", "ours"]);
    assert_eq!(data.stderr, "");
    let manual: serde_json::Value =
        serde_json::from_str(&desk.read("site/data/manual.json")).expect("the data of the manual");
    for kind in Kind::NAMES {
        let chapters = manual["chapters"].as_array().expect("a list");
        assert!(chapters.iter().any(|chapter| chapter["kind"] == *kind), "no {kind}");
    }
    let settings = text(&files, "manual.yaml");
    let schema: serde_json::Value = serde_json::from_str(text(&files, ".vscode/iptbook/manual.json")).expect("JSON");
    for key in schema["properties"].as_object().expect("keys").keys() {
        let at = settings.lines().position(|line| line.trim_start_matches('#').starts_with(&format!("{key}:")));
        let at = at.unwrap_or_else(|| panic!("`{key}` is not in manual.yaml"));
        let before = settings.lines().nth(at - 1).expect("a line before it");
        assert!(before.starts_with("# "), "`{key}` is not explained: {before}");
    }
}

#[test]
fn what_is_commented_out_in_the_settings_may_be_taken_in() {
    let desk = desk();
    done(&desk, &["init"]);
    let settings = desk.read("manual/manual.yaml");
    let is_key = |line: &str| line.strip_prefix('#').is_some_and(|key| !key.is_empty() && !key.starts_with([' ', '#']));
    let keys = settings.lines().filter(|line| is_key(line)).count();
    assert!(keys >= 5, "{keys} keys are commented out");
    let taken_in: Vec<&str> = settings
        .lines()
        .scan(false, |within, line| {
            *within = is_key(line) || (*within && line.starts_with("#  "));
            Some(if *within { &line[1..] } else { line })
        })
        .collect();
    desk.write("manual.yaml", taken_in.join("\n") + "\n");
    let reports = desk.reports(&[]);
    // The example of a number that belongs to nobody stands in no case.
    let others: Vec<String> = reports
        .iter()
        .filter(|report| report.code != "privacy/unused-exception")
        .map(crate::support::Report::headline)
        .collect();
    assert_eq!(others, Vec::<String>::new());
}

#[test]
fn a_folder_with_anything_in_it_is_left_alone() {
    let desk = desk();
    desk.write_beside("manual/notes.txt", "mine");
    assert!(refused(&desk, &["init"]).contains("manual"));
    desk.write_beside("file", "mine");
    refused(&desk, &["init", "file"]);
    refused(&desk, &["init", "new", "--from", "nowhere"]);
    fs::create_dir_all(desk.path("empty")).expect("a folder");
    done(&desk, &["init", "empty"]);
}

#[test]
fn the_shipped_manual_and_any_other_may_be_what_a_manual_begins_with() {
    let desk = desk();
    done(&desk, &["init", "shipped", "--from", "default"]);
    let mut copy = tree(&desk.path("shipped"));
    copy.retain(|path, _| !path.starts_with(".vscode/"));
    let original = tree(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("manual"));
    assert_eq!(copy.keys().collect::<Vec<_>>(), original.keys().collect::<Vec<_>>());
    assert!(copy == original, "every byte is copied");
    done(&desk, &["check", "shipped", "--strict", "--as-of", TODAY]);
    desk.write_beside("own/manual.yaml", "title: Ours\n");
    desk.write_beside("own/pages/a.md", "---\ntitle: A\nsummary: One.\n---\n");
    desk.write_beside("own/assets/form.pdf", "no form");
    desk.write_beside("own/.git/config", "private");
    done(&desk, &["init", "a copy/of it", "--from", "own"]);
    let copy = tree(&desk.path("a copy/of it"));
    let copied: Vec<&String> = copy.keys().filter(|path| !path.starts_with(".vscode/")).collect();
    assert_eq!(copied, ["assets/form.pdf", "manual.yaml", "pages/a.md"]);
    refused(&desk, &["init", "own/within", "--from", "own"]);
}

#[cfg(unix)]
#[test]
fn what_a_new_manual_says_to_type_may_be_typed() {
    // The folder that one is in, what is named, and where the site is then, seen from there.
    for (place, named, site) in [
        ("ours", ".", "../site"),
        ("site", ".", "../our-site"),
        ("", "site", "our-site"),
        ("", "site/ours", "our-site"),
        ("", "it's $HOME", "site"),
        ("", "-x", "site"),
        ("", "a\\b `c` \"d\"", "site"),
        ("", "~", "site"),
    ] {
        let desk = desk();
        let here = desk.path(place);
        fs::create_dir_all(&here).expect("a folder");
        let ran = Ran::of(desk.program().args(["init", "--", named]).current_dir(&here));
        assert_eq!(ran.code, 0, "{named}: {}", ran.stderr);
        assert!(here.join(named).join("manual.yaml").is_file(), "{named}");
        let commands: Vec<&str> = ran.stdout.lines().filter_map(|line| line.strip_prefix("  iptbook ")).collect();
        assert_eq!(commands.len(), 3, "{}", ran.stdout);
        for command in &commands[1..] {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("exec {} {command}", env!("CARGO_BIN_EXE_iptbook"))]);
            let ran = Ran::of(shell.current_dir(&here).env("XDG_CACHE_HOME", desk.path(".cache")));
            assert_eq!(ran.code, 0, "{command}: {}", ran.stderr);
        }
        assert!(here.join(site).join("index.html").is_file(), "{commands:?}");
        assert!(commands[0].ends_with(" --open"), "{commands:?}");
    }
}

#[test]
fn a_copy_is_told_from_the_starter_and_what_it_lacks_is_said() {
    let desk = desk();
    assert!(done(&desk, &["init"]).stdout.contains("every key is explained"));
    desk.write_beside("own/manual.yaml", "title: Ours\ntheme: ../theme\n");
    desk.write_beside("own/pages/a.md", "---\ntitle: A\nsummary: One.\n---\n");
    desk.write_beside("theme/theme.yaml", "name: Ours\n");
    let beside = done(&desk, &["init", "copy", "--from", "own"]).stdout;
    assert!(!beside.contains("explained") && !beside.contains("theme"), "{beside}");
    done(&desk, &["check", "copy"]);
    let deeper = done(&desk, &["init", "copies/one", "--from", "own"]).stdout;
    assert!(deeper.contains("`../theme`") && deeper.contains("was not copied"), "{deeper}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_that_is_in_the_way_of_the_next_try() {
    let desk = desk();
    let limited = |blocks: usize, arguments: &[&str]| {
        let line = format!("trap '' XFSZ && ulimit -f {blocks} && exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &line, env!("CARGO_BIN_EXE_iptbook")]).args(arguments).current_dir(desk.root());
        Ran::of(&mut command)
    };
    let before = folders_and_files(desk.root());
    for arguments in
        [&["init", "deep/ours"][..], &["init", "deep/ours", "--from", "default"], &["theme", "new", "deep/t"]]
    {
        for blocks in [0, 4] {
            let ran = limited(blocks, arguments);
            assert!(ran.code == 0 || ran.stderr.starts_with("error: cannot write "), "{arguments:?}: {}", ran.stderr);
            if ran.code != 0 {
                assert_eq!(folders_and_files(desk.root()), before, "{arguments:?}, {blocks} blocks");
            } else {
                fs::remove_dir_all(desk.path("deep")).expect("it was made");
            }
        }
    }
    done(&desk, &["init"]);
    desk.write_beside("empty/manual.yaml", "title: T\n");
    let before = folders_and_files(desk.root());
    for manual in ["manual", "empty"] {
        let arguments = ["new", "technique", "Foo", "--manual", manual];
        assert_eq!(limited(0, &arguments).code, 3);
        assert_eq!(folders_and_files(desk.root()), before);
        done(&desk, &arguments);
        fs::remove_file(desk.path(&format!("{manual}/techniques"))).expect_err("a folder is there");
        let before_again = folders_and_files(&desk.path(manual));
        assert_eq!(limited(0, &["new", "technique", "Bar", "--manual", manual]).code, 3);
        assert_eq!(folders_and_files(&desk.path(manual)), before_again, "what was there stays");
        if manual == "manual" {
            fs::remove_file(desk.path("manual/techniques/03-foo.md")).expect("it was made");
        }
    }
}

/// What is in a folder, however deep.
fn folders_and_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let within: Vec<_> = found.iter().filter(|path| path.is_dir()).flat_map(|path| folders_and_files(path)).collect();
    found.extend(within);
    found.sort();
    found
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_used_is_called_what_it_is() {
    use std::os::unix::fs::symlink;
    let desk = desk();
    symlink("nowhere", desk.path("dead")).expect("a link");
    let said = desk.run(&["init", "dead"]).stderr;
    assert!(said.contains("`dead` is a link to `nowhere`, which does not exist"), "{said}");
    fs::remove_file(desk.path("dead")).expect("it is a link still");
    // What cannot be looked at, even by the administrator.
    fs::create_dir(desk.path("round")).expect("a folder");
    symlink("manual.yaml", desk.path("round/manual.yaml")).expect("a link");
    let said = desk.run(&["check", "round"]).stderr;
    assert!(said.starts_with("error: cannot read round/manual.yaml: "), "{said}");
    fs::remove_dir_all(desk.path("round")).expect("it was made");
    done(&desk, &["init", "ours"]);
    for folder in ["ours", "ours/inner", "ours/techniques/deeper"] {
        let ran = desk.run(&["init", folder]);
        assert_eq!(ran.code, 2, "{folder}");
        assert!(ran.stderr.contains("is in a manual already: ours/manual.yaml"), "{}", ran.stderr);
    }
}

#[test]
fn every_command_works_in_any_folder_of_a_manual() {
    let desk = desk();
    done(&desk, &["init", "ours"]);
    for (number, folder) in ["ours", "ours/techniques", "ours/pages"].into_iter().enumerate() {
        let run = |arguments: &[&str]| {
            let ran = Ran::of(desk.program().args(arguments).current_dir(desk.path(folder)));
            assert_eq!(ran.code, 0, "{arguments:?} in {folder}: {}", ran.stderr);
            ran.stdout
        };
        assert!(run(&["check"]).contains("no errors or warnings"));
        let site = ["../site/index.html", "../../site/index.html"][usize::from(folder != "ours")];
        assert!(run(&["build"]).contains(&format!("-> {site}")), "beside the manual");
        assert!(desk.path("site/index.html").is_file());
        assert!(run(&["sessions"]).contains("Beginning"));
        assert!(run(&["report", "review", "--format", "csv"]).contains("owner,"));
        let (title, id) = (format!("Another {number}"), format!("another-{number}"));
        run(&["new", "page", &title]);
        run(&["mv", &id, &format!("renamed-{number}")]);
        let pages = names_in(&desk.path("ours/pages"));
        assert!(pages.iter().any(|name| name.ends_with(&format!("renamed-{number}.md"))), "{pages:?}");
    }
    // A file of it, and a folder.
    desk.write_beside("ours/pages/20-wrong.md", "---\ntitle: Wrong\nsummary: One.\n---\n\n[[nothing]]\n");
    let ran = desk.run(&["check", "ours/pages/20-wrong.md"]);
    assert!(ran.code == 1 && ran.stderr.contains("[[nothing]]"), "{}", ran.stderr);
    let ran = Ran::of(desk.program().args(["check", "20-wrong.md"]).current_dir(desk.path("ours/pages")));
    assert!(ran.code == 1 && ran.stderr.contains("[[nothing]]"), "{}", ran.stderr);
    let ran = desk.run(&["check", "ours/techniques"]);
    assert!(ran.code == 0 && ran.stderr.starts_with("elsewhere in the manual: 1 error"), "{}", ran.stderr);
    assert!(ran.stdout.starts_with("techniques, no errors or warnings"), "{}", ran.stdout);
    assert_eq!(desk.run(&["check", "ours/nowhere.md"]).code, 2);
    // A draft, too, which is left out otherwise.
    desk.write_beside("ours/pages/21-draft.md", "---\ntitle: Draft\nstatus: draft\n---\n\n[[nothing]]\n");
    let ran = desk.run(&["check", "ours/pages/21-draft.md"]);
    assert!(ran.code == 1 && ran.stderr.contains("[[nothing]]"), "{}", ran.stderr);
}

#[test]
fn the_editor_knows_the_keys_of_every_file() {
    let desk = desk();
    done(&desk, &["init"]);
    let files = tree(&desk.path("manual/.vscode"));
    let settings: serde_json::Value = serde_json::from_str(text(&files, "settings.json")).expect("JSON");
    let schemas = settings["yaml.schemas"].as_object().expect("schemas by their files");
    assert_eq!(schemas.len(), Kind::NAMES.len() + 2);
    for (path, of) in schemas {
        let file = path.strip_prefix("./.vscode/").expect("a path from the manual's folder");
        let name = file.strip_prefix("iptbook/").and_then(|file| file.strip_suffix(".json")).expect("a name");
        let printed = done(&desk, &["schema", name]).stdout;
        assert_eq!(text(&files, file), printed, "the schema of {name}");
        let of = of.as_str().expect("a pattern");
        let is_there = match of.strip_suffix("/*.md") {
            Some(folder) => desk.path(&format!("manual/{folder}")).is_dir(),
            None => desk.path(&format!("manual/{of}")).is_file(),
        };
        assert!(is_there, "{of} is the name of nothing");
    }
}
