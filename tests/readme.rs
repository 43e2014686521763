//! The README shows what the program does: its example is built, its mistake is made, and every key
//! that authors may write is in it.

use std::fs;
use std::process::Command;

use iptbook::model::directive::Drawing;
use iptbook::model::kinds::{COMMON, Kind};
use iptbook::model::schema::{Field, Shape};
use iptbook::model::settings;

const README: &str = include_str!("../README.md");

/// The files of the example: a line with a path in backticks, then a fenced block.
fn example() -> Vec<(&'static str, &'static str)> {
    let mut files = Vec::new();
    for (at, _) in README.match_indices("\n`my-manual/") {
        let rest = &README[at + 2..];
        let (path, rest) = rest.split_once("`:\n\n```").expect("a path, then a block");
        let body = rest.split_once('\n').expect("the fence's line").1;
        files.push((path, body.split_once("\n```").expect("the closing fence").0));
    }
    files
}

fn write_example(root: &std::path::Path) {
    for (path, text) in example() {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, format!("{text}\n")).expect("a file is written");
    }
}

#[test]
fn the_example_builds_and_shows_the_relation_on_both_sides() {
    let folder = tempfile::tempdir().expect("a folder");
    write_example(folder.path());
    let done = Command::new(env!("CARGO_BIN_EXE_iptbook"))
        .current_dir(folder.path())
        .args(["build", "my-manual"])
        .output()
        .expect("the program runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let page = fs::read_to_string(folder.path().join("site/techniques/role-play.html")).expect("the page");
    assert!(page.contains("Used in these stages") && page.contains("../stages/practice.html"));
}

#[test]
fn the_mistake_is_drawn_as_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    write_example(folder.path());
    let stage = folder.path().join("my-manual/stages/01-practice.md");
    let text = fs::read_to_string(&stage).expect("the stage").replace("[role-play]\n", "[role-plya]\n");
    fs::write(&stage, text).expect("the stage is written");
    let done = Command::new(env!("CARGO_BIN_EXE_iptbook"))
        .current_dir(folder.path())
        .args(["check", "my-manual"])
        .output()
        .expect("the program runs");
    let shown = README.split_once("```text\nerror[").expect("the mistake").1.split_once("```").expect("its end").0;
    let drawn = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(drawn.contains(&format!("error[{shown}")), "{drawn}");
    assert_eq!(done.status.code(), Some(1));
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
    wanted.extend(Drawing::ALL.iter().map(|drawing| drawing.name()));
    wanted.extend(Drawing::ALL.iter().flat_map(|drawing| drawing.fields()).map(|field| field.name));
    let missing: Vec<_> = wanted.into_iter().filter(|name| !README.contains(&format!("`{name}"))).collect();
    assert!(missing.is_empty(), "not in the README: {missing:?}");
}
