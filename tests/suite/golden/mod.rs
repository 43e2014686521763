//! Tests a small manual with every kind of chapter, the most used directives and every form of a link: compares its pages with
//! those that were accepted.
//!
//! Of pages only `<main>` is compared, so that the frame may change; data files are compared as a whole.
//! `UPDATE_GOLDEN=1 cargo test --test suite golden::` accepts what there is now: read the difference before you commit
//! it.

mod data;
mod every_page;
mod single_pages;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use crate::support::{Ran, TODAY, TestManual, Tree, tree};
use serde_json::Value as Json;

fn small() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small")
}

/// The site of the small manual.
fn site() -> Tree {
    let folder = TestManual::new::<&str>(&[]);
    let manual = small().join("manual").display().to_string();
    let ran = Ran::of(folder.program().args(["build", &manual, "--as-of", TODAY]));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("warning[slot/unfilled]") && ran.stderr.ends_with("\n1 warning\n"),
        "{}",
        ran.stderr
    );
    tree(&folder.path("site"))
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    let content = tree.get(path).unwrap_or_else(|| panic!("{path} is written"));
    std::str::from_utf8(content).expect("a text")
}

fn json(tree: &Tree) -> Json {
    serde_json::from_str(text(tree, "data/manual.json")).expect("data/manual.json is JSON")
}

/// The part of a page that is compared: from `<main` to `</main>`.
fn main_part(page: &str) -> Option<&str> {
    let start = page.find("<main")?;
    let end = page.find("</main>")? + "</main>".len();
    Some(&page[start..end])
}

/// What is compared of a file, if anything is.
fn compared(path: &str, content: &[u8]) -> Option<Vec<u8>> {
    if path.ends_with(".html") {
        let page = std::str::from_utf8(content).expect("a page is UTF-8");
        let main = main_part(page).unwrap_or_else(|| panic!("{path} has no <main>"));
        return Some(format!("{main}\n").into_bytes());
    }
    (path.starts_with("data/") || path == "sitemap.xml").then(|| content.to_vec())
}

#[test]
fn the_small_manual_gives_the_expected_pages_and_data() {
    let site = site();
    let mut actual: Tree =
        site.iter().filter_map(|(path, content)| Some((path.clone(), compared(path, content)?))).collect();
    // Which files a theme brings is its own affair.
    let names: String =
        site.keys().filter(|path| !path.starts_with("static/")).map(|path| format!("{path}\n")).collect();
    actual.insert("files.txt".into(), names.into_bytes());
    let folder = small().join("expected");
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| !value.is_empty() && value != "0") {
        let _ = fs::remove_dir_all(&folder);
        for (path, content) in &actual {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder is made");
            fs::write(path, content).expect("the file is written");
        }
        return;
    }
    let expected = tree(&folder);
    let mut faults = String::new();
    for path in expected.keys().chain(actual.keys()).collect::<BTreeSet<_>>() {
        match (expected.get(path), actual.get(path)) {
            (Some(expected), Some(actual)) if expected == actual => {}
            (Some(expected), Some(actual)) => faults.push_str(&difference(path, expected, actual)),
            (Some(_), None) => faults.push_str(&format!("{path}: is not written any more\n")),
            (None, _) => faults.push_str(&format!("{path}: is new\n")),
        }
    }
    assert!(faults.is_empty(), "\n{faults}UPDATE_GOLDEN=1 accepts this");
}

/// The first line in which two texts differ.
fn difference(path: &str, expected: &[u8], actual: &[u8]) -> String {
    let (expected, actual) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(actual));
    let (mut old, mut new) = (expected.lines(), actual.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (one, other) if one != other => {
                let show = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return format!("{path}:{number}:\n  - {}\n  + {}\n", show(one), show(other));
            }
            _ => {}
        }
    }
    format!("{path}: other line ends\n")
}

/// The values of an attribute in a page, entities resolved.
fn attributes<'a>(page: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    page.split(&format!(" {name}=\"") as &str)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .map(|value| value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
        .collect::<Vec<_>>()
        .into_iter()
}

fn pages(site: &Tree) -> BTreeMap<&str, &str> {
    site.keys().filter(|path| path.ends_with(".html")).map(|path| (path.as_str(), text(site, path))).collect()
}

fn decoded(address: &str) -> String {
    address.replace("%20", " ")
}

/// The path in the site that an address leads to from a page.
fn resolved(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop().expect("a link stays within the site")),
            "." => {}
            part => parts.push(part),
        }
    }
    decoded(&parts.join("/"))
}
