//! Tests that the README shows what the program does: its commands are run, its mistake is made, and it has every
//! command, option and key that authors may write.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use iptbook::model::directive::DirectiveKind;
use iptbook::model::kind::Kind;
use iptbook::model::kinds::COMMON;
use iptbook::model::schema::shape::{Field, Shape};
use iptbook::model::settings;

const README: &str = include_str!("../../README.md");

/// The commands of iptbook that are shown, in their order.
fn commands() -> Vec<&'static str> {
    let blocks = README.split("\n```sh\n").skip(1).map(|rest| rest.split_once("\n```").expect("a block ends").0);
    blocks.flat_map(str::lines).filter(|line| line.starts_with("iptbook ") || line.starts_with("mkdir ")).collect()
}

/// A shell in a folder, in which `iptbook` is what is tested and the home is the folder.
fn shell(folder: &Path, line: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_iptbook")).parent().expect("a folder");
    let mut shell = Command::new("sh");
    shell.current_dir(folder).args(["-c", line]).stdin(Stdio::null());
    shell.env("PATH", format!("{}:/usr/bin:/bin", program.display())).env("HOME", folder).env_remove("XDG_CACHE_HOME");
    shell
}

/// Runs a command that is to succeed.
fn run(folder: &Path, line: &str) {
    let done = shell(folder, line).output().expect("a shell");
    assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Runs `serve` as shown until it says where the manual is; nobody is there to look, so no browser opens.
fn serve(folder: &Path, line: &str) {
    let line = line.split_once('#').map_or(line, |(command, _)| command).replace("--open", "--port 0");
    let mut serving = shell(folder, &format!("exec {line}")).stdout(Stdio::piped()).spawn().expect("the program runs");
    let mut said = String::new();
    let read = BufReader::new(serving.stdout.take().expect("its output")).read_line(&mut said);
    serving.kill().and_then(|()| serving.wait().map(drop)).expect("it ends");
    assert!(read.is_ok() && said.starts_with("http://127.0.0.1:"), "{line}: {said}");
}

#[test]
fn every_command_that_is_shown_does_what_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    // The default of commands that name no manual.
    run(folder.path(), "iptbook init");
    assert!(commands().len() >= 12, "{:?}", commands());
    for line in commands() {
        match line.starts_with("iptbook serve ") {
            true if cfg!(feature = "serve") => serve(folder.path(), line),
            true => {}
            false => run(folder.path(), line),
        }
    }
    let read = |path: &str| {
        let path = folder.path().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    assert!(read("our-manual/techniques/03-writing-letters.md").contains("aliases: [letter-writing]"));
    assert!(read("our-manual/stages/02-middle.md").contains("techniques: [communication-analysis, role-play]"));
    let page = read("site/techniques/role-play.html");
    assert!(page.contains("Used in these stages") && page.contains("../stages/middle.html"));
    assert!(read("technique.schema.json").contains("draft/2020-12"));
    assert!(read(".local/share/man/man1/iptbook.1").contains(".TH iptbook 1"));
    assert!(folder.path().join("our-theme/templates/page.html").is_file());
}

#[test]
fn the_mistake_is_drawn_as_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), "iptbook init our-manual");
    let stage = folder.path().join("our-manual/stages/02-middle.md");
    let text = fs::read_to_string(&stage).expect("the stage").replace(", role-play]\n", ", role-plya]\n");
    fs::write(&stage, text).expect("the stage is written");
    let done = shell(folder.path(), "iptbook check our-manual").output().expect("the program runs");
    let shown = README.split_once("```text\nerror[").expect("the mistake").1.split_once("```").expect("its end").0;
    let drawn = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(drawn.contains(&format!("error[{shown}")), "{drawn}");
    assert_eq!(done.status.code(), Some(1));
}

#[test]
fn every_command_and_option_is_in_it() {
    let help = |line: &str| {
        let done = shell(Path::new("."), &format!("iptbook {line} --help")).output().expect("the program runs");
        String::from_utf8(done.stdout).expect("text")
    };
    let whole = help("");
    let names = whole.split_once("Commands:\n").expect("commands").1.split_once("\n\n").expect("an end").0;
    let names: Vec<&str> = names.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    let mut missing = Vec::new();
    for name in names.into_iter().filter(|name| !["", "help"].contains(name)) {
        let of_command = [name.to_owned(), format!("{name} new"), format!("{name} eject"), format!("{name} review")];
        let options = of_command.iter().flat_map(|command| {
            let help = help(command);
            let options = help.lines().filter_map(|line| {
                let line = line.trim_start();
                let option = line.find("--").filter(|at| [0, 4].contains(at)).map(|at| &line[at..])?;
                option.split([' ', ',']).next().map(str::to_owned)
            });
            options.collect::<Vec<_>>()
        });
        missing.extend(options.filter(|option| {
            !["--help", "--version"].contains(&option.as_str())
                && !README.contains(&format!("| `{option}"))
                && !README.contains(&format!(", `{option}"))
        }));
        if !README.contains(&format!("| `iptbook {name}")) {
            missing.push(name.to_owned());
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}

#[test]
fn every_key_and_directive_is_in_it() {
    fn names(fields: &'static [Field], found: &mut Vec<&'static str>) {
        for field in fields {
            found.push(field.name);
            if let Shape::Records(inner) = field.shape {
                names(inner, found);
            }
        }
    }
    let mut wanted = Vec::new();
    names(settings::FIELDS, &mut wanted);
    names(COMMON, &mut wanted);
    Kind::ALL.iter().for_each(|kind| names(kind.fields(), &mut wanted));
    wanted.extend(DirectiveKind::ALL.iter().map(|directive| directive.name()));
    wanted.extend(DirectiveKind::ALL.iter().flat_map(|directive| directive.fields()).map(|field| field.name));
    let missing: Vec<_> = wanted.into_iter().filter(|name| !README.contains(&format!("`{name}"))).collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}
