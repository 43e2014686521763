//! Tests what editors and shells are told, and what the help shows.

use std::fs;
use std::process::Command;

use super::{desk, done, refused};
use iptbook::model::kind::Kind;

use crate::support::TestManual;

#[test]
fn there_is_a_schema_of_every_file() {
    let desk = desk();
    for name in Kind::NAMES.iter().chain(&["manual", "glossary"]) {
        let schema: serde_json::Value = serde_json::from_str(&done(&desk, &["schema", name]).stdout).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
    }
    let any: serde_json::Value = serde_json::from_str(&done(&desk, &["schema"]).stdout).expect("JSON");
    assert!(any.is_object());
    assert!(refused(&desk, &["schema", "tecnique"]).contains("technique"));
}

#[test]
fn shells_complete_every_command() {
    let desk = desk();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = done(&desk, &["completions", shell]).stdout;
        for name in ["init", "serve", "new", "mv", "schema", "build", "check", "technique"] {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
    // The shell itself takes it, where there is one.
    let script = done(&desk, &["completions", "bash"]).stdout;
    desk.write_beside("completions.bash", script);
    let asks = "source completions.bash && COMP_WORDS=(iptbook ne) COMP_CWORD=1 && _iptbook iptbook ne iptbook && echo \"${COMPREPLY[@]}\"";
    if let Ok(done) = Command::new("bash").args(["-c", asks]).current_dir(desk.root()).output() {
        assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), "new", "{}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn fish_completes_words_where_there_are_some_and_folders_where_those_are_meant() {
    let desk = desk();
    let script = done(&desk, &["completions", "fish"]).stdout;
    desk.write_beside("completions.fish", script);
    fs::create_dir(desk.path("techniques-folder")).expect("a folder");
    desk.write_beside("technique.txt", "no folder");
    for (typed, offered) in [
        ("new te", "technique"),
        ("schema g", "glossary"),
        ("explain link/amb", "link/ambiguous"),
        ("man theme-n", "theme-new"),
        ("check tech", "techniques-folder/"),
        ("theme new tech", "techniques-folder/"),
        ("new page tech", "technique.txt techniques-folder/"),
    ] {
        let asks = format!("source completions.fish; complete -C 'iptbook {typed}'");
        let mut fish = Command::new("fish");
        fish.args(["--no-config", "-c", &asks]).current_dir(desk.root()).env("HOME", desk.root());
        // Where there is no fish, its script was made at least.
        let Ok(done) = fish.output() else { return };
        let words = String::from_utf8_lossy(&done.stdout).into_owned();
        let words: Vec<&str> = words.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(words.join(" "), offered, "{typed}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn there_is_a_page_for_the_systems_manual_about_each_command() {
    let desk = desk();
    let page = done(&desk, &["man"]).stdout;
    assert!(page.contains(".TH iptbook 1") && page.contains("serve"), "{page}");
    for name in commands(&desk) {
        let page = done(&desk, &["man", &name]).stdout;
        assert!(page.contains(&format!(".TH iptbook-{name} 1")), "{page}");
    }
    // As one types it, and as other pages name it.
    for name in [&["theme", "new"][..], &["theme-new"], &["iptbook-theme-new"]] {
        let page = done(&desk, &[&["man"], name].concat()).stdout;
        assert!(page.contains(".TH iptbook-theme-new 1"), "{page}");
    }
    assert_eq!(done(&desk, &["man", "iptbook"]).stdout, done(&desk, &["man"]).stdout);
    assert!(refused(&desk, &["man", "biuld"]).contains("`build`"));
    assert!(refused(&desk, &["man", "theme", "nwe"]).contains("`theme-new`"));
}

/// The commands that `--help` names.
fn commands(desk: &TestManual) -> Vec<String> {
    let help = done(desk, &["--help"]).stdout;
    let list = help.split_once("Commands:\n").and_then(|(_, rest)| rest.split_once("\n\n")).expect("a list").0;
    let name = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(first_word);
    list.lines().filter_map(name).filter(|name| name != "help").collect()
}

fn first_word(line: &str) -> String {
    line.split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn every_command_shows_an_example_that_can_be_run() {
    let desk = desk();
    done(&desk, &["init", "our-manual", "--from", "default"]);
    done(&desk, &["init"]);
    let all = commands(&desk);
    assert!(all.len() >= 13, "{all:?}");
    for name in all {
        let help = done(&desk, &[&name, "--help"]).stdout;
        let examples = help.split_once("Example").unwrap_or_else(|| panic!("{name} shows none")).1;
        let examples: Vec<&str> =
            examples.split("iptbook ").skip(1).filter_map(|example| example.lines().next()).collect();
        assert!(!examples.is_empty(), "{name}");
        for example in examples {
            assert!(example.starts_with(&name), "{name} shows `{example}`");
            // What is not a command's own is the shell's; a server does not end, and folders are there already.
            let (command, _) = example.split_once(" >").unwrap_or((example, ""));
            let folder = if name == "init" { "another-manual" } else { "our-manual" };
            let arguments: Vec<String> = words(&command.replace("our-manual", folder));
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            match name.as_str() {
                "serve" => {
                    let ran = desk.run(&["serve", "our-manual", "--host", "no such name"]);
                    assert_eq!(ran.code, 2, "{}", ran.stderr);
                }
                "init" => {
                    done(&desk, &arguments);
                    fs::remove_dir_all(desk.path(folder)).expect("it was made");
                }
                // The chapter of the example is there, as is proper.
                "new" => assert!(desk.run(&arguments).stderr.contains("already")),
                // Without a manual named, it is that of `init`, which has another protocol.
                "sessions" => {
                    assert!(desk.run(&arguments).stderr.contains("standard-ipt"), "{example}");
                    done(&desk, &[&arguments[..], &["our-manual"]].concat());
                }
                _ => drop(done(&desk, &arguments)),
            }
        }
    }
}

/// A command as a shell takes it apart.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

#[test]
fn the_last_line_tells_what_was_done() {
    let desk = desk();
    done(&desk, &["init"]);
    let said = done(&desk, &["build"]).stdout;
    let pattern = regex::Regex::new(r"^18 chapters, \d+ pages, no warnings, \d+\.\d\d s -> site/index.html\n$")
        .expect("a pattern");
    assert!(pattern.is_match(&said), "{said}");
    done(&desk, &["new", "technique", "Another"]);
    let said = done(&desk, &["build"]).stdout;
    assert!(said.starts_with("18 chapters"), "what is new is a draft, and stops nobody: {said}");
    let said = done(&desk, &["build", "--drafts"]).stdout;
    assert!(said.contains("19 chapters") && said.contains("2 warnings,"), "{said}");
    let said = done(&desk, &["check", "--drafts"]).stdout;
    assert!(said.starts_with("19 chapters, 2 warnings, "), "{said}");
}
