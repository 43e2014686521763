//! Tests the two sample manuals: `kitchen-sink` shows every component, field and option once, `arabic` runs from right
//! to left. `tests/browser/` looks at them in a browser.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Ran, Report, TODAY, TestManual, Tree, tree};
use iptbook::model::directive::DirectiveKind;
use iptbook::model::kind::Kind;
use iptbook::model::schema::shape::{Field, Shape};
use iptbook::model::settings;
use regex::Regex;
use serde_json::Value as Json;

/// What `check` says of the kitchen sink, drafts and all: each of these shows a component.
const WARNINGS: &[&str] = &[
    "evidence/01-condition-a.md evidence/unsourced",
    "manual.yaml slot/unfilled",
    "techniques/05-late.md review/overdue",
    "techniques/06-draft.md review/draft",
];

/// Classes that a citation style alone makes; the samples' style does not.
const OF_OTHER_STYLES: &[&str] = &["ipt-small-caps", "ipt-underline"];

/// What one manual cannot show beside something else.
const OF_OTHER_MANUALS: &[&str] = &["manual.yaml.raw-html: deny", "manual.yaml.raw-html: trust"];

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn manual(name: &str) -> PathBuf {
    home().join("tests").join(name)
}

fn run(name: &str, arguments: &[&str], folder: &TestManual) -> Ran {
    let [command, rest @ ..] = arguments else { panic!("a command is given") };
    Ran::of(folder.program().arg(command).arg(manual(name)).args(["--as-of", TODAY]).args(rest))
}

/// The site of a sample manual, which must build.
fn site(name: &str, options: &[&str]) -> Tree {
    let folder = TestManual::new::<&str>(&[]);
    let ran = run(name, &[&["build"], options].concat(), &folder);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    tree(&folder.path("site"))
}

#[test]
fn the_kitchen_sink_has_no_warnings_but_those_it_shows() {
    let folder = TestManual::new::<&str>(&[]);
    let ran = run("kitchen-sink", &["check", "--drafts", "--format", "json"], &folder);
    let root = format!("{}/", manual("kitchen-sink").display());
    let place = |report: &Report| report.file.strip_prefix(&root).unwrap_or(&report.file).to_owned();
    let found: Vec<String> = ran.reports().iter().map(|report| format!("{} {}", place(report), report.code)).collect();
    assert_eq!(found, WARNINGS, "{}", ran.stderr);
}

#[test]
fn the_arabic_sample_builds_without_a_warning() {
    let site = site("arabic", &["--strict"]);
    for (path, content) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = String::from_utf8_lossy(content);
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\""), "{path}");
    }
}

// ---- The kitchen sink shows everything ---------------------------------------------------------------

/// The texts of the theme's static files of an ending.
fn theme(folder: &str, ending: &str) -> String {
    let folder = home().join("themes/default/static").join(folder);
    let files = tree(&folder);
    let texts: Vec<&[u8]> =
        files.iter().filter(|(path, _)| path.ends_with(ending)).map(|(_, text)| text.as_slice()).collect();
    assert!(!texts.is_empty(), "{} holds no {ending}", folder.display());
    String::from_utf8(texts.join(&b'\n')).expect("a text")
}

#[test]
fn the_kitchen_sink_has_every_class_that_the_theme_styles() {
    let comments = Regex::new(r"(?s)/\*.*?\*/").expect("a pattern");
    let class = Regex::new(r"\.(ipt-[a-z0-9_-]+)").expect("a pattern");
    let css = theme("css", ".css");
    let css = comments.replace_all(&css, "");
    let styled: BTreeSet<&str> = class.captures_iter(&css).map(|found| found.extract::<1>().1[0]).collect();

    let attribute = Regex::new(r#" class="([^"]*)""#).expect("a pattern");
    let site = site("kitchen-sink", &["--drafts"]);
    let pages: Vec<_> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(_, page)| String::from_utf8_lossy(page))
        .collect();
    let shown: BTreeSet<&str> = pages
        .iter()
        .flat_map(|page| attribute.captures_iter(page))
        .flat_map(|found| found.extract::<1>().1[0].split_whitespace())
        .collect();

    // What scripts make stands in them by name.
    let word = Regex::new(r"ipt-[a-z0-9_-]+").expect("a pattern");
    let js = theme("js", ".js");
    let scripted: BTreeSet<&str> = word.find_iter(&js).map(|found| found.as_str()).collect();

    let missing: Vec<&&str> = styled
        .iter()
        .filter(|class| !shown.contains(**class) && !scripted.contains(**class) && !OF_OTHER_STYLES.contains(class))
        .collect();
    assert!(missing.is_empty(), "show them in tests/kitchen-sink, or take them out of the theme: {missing:#?}");
}

/// What a manual could say, as `place.key`, and `place.key: word` where there are words to choose from.
fn possible(place: &str, fields: &[Field], all: &mut BTreeSet<String>) {
    for field in fields {
        let name = format!("{place}.{}", field.name);
        match field.shape {
            Shape::Choice(words) | Shape::Choices(words) => {
                all.extend(words.iter().map(|word| format!("{name}: {word}")));
            }
            Shape::Flag => all.extend([format!("{name}: true"), format!("{name}: false")]),
            Shape::Record(inner) | Shape::Records(inner) | Shape::Named(inner) => possible(&name, inner, all),
            _ => {}
        }
        all.insert(name);
    }
}

/// What a value does say, in the same words.
fn said(place: &str, fields: &[Field], value: &Json, all: &mut BTreeSet<String>) {
    let Some(map) = value.as_object() else { return };
    for (key, value) in map {
        let Some(field) = fields.iter().find(|field| field.name == key) else { continue };
        let name = format!("{place}.{key}");
        let list = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
        for each in list {
            match field.shape {
                Shape::Record(inner) | Shape::Records(inner) => said(&name, inner, each, all),
                Shape::Named(inner) => {
                    each.as_object().into_iter().flatten().for_each(|(_, own)| said(&name, inner, own, all));
                }
                _ => {
                    let word = each.as_str().map_or_else(|| each.to_string(), str::to_owned);
                    all.insert(format!("{name}: {word}"));
                }
            }
        }
        all.insert(name);
    }
}

fn yaml(text: &str, place: &Path) -> Json {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{}: {error}", place.display()))
}

#[test]
fn the_kitchen_sink_uses_every_field_and_every_option_with_every_word() {
    let mut all = BTreeSet::new();
    possible("manual.yaml", settings::FIELDS, &mut all);
    Kind::ALL.iter().for_each(|kind| possible(kind.name(), kind.fields(), &mut all));
    DirectiveKind::ALL.iter().for_each(|directive| {
        all.insert(format!("{{{}}}", directive.name()));
        possible(&format!("{{{}}}", directive.name()), directive.fields(), &mut all);
    });

    let root = manual("kitchen-sink");
    let mut found = BTreeSet::new();
    let settings_file = root.join("manual.yaml");
    let settings_text = fs::read_to_string(&settings_file).expect("the settings are read");
    said("manual.yaml", settings::FIELDS, &yaml(&settings_text, &settings_file), &mut found);
    let block = Regex::new(r"(?ms)^ *```\{([a-z-]+)\}\n(.*?)^ *```").expect("a pattern");
    for (path, content) in tree(&root).iter().filter(|(path, _)| path.ends_with(".md")) {
        let path = Path::new(path);
        let text = std::str::from_utf8(content).expect("a text");
        let [_, front, body] = text.splitn(3, "---\n").collect::<Vec<_>>()[..] else { panic!("{}", path.display()) };
        let folder = path.parent().and_then(Path::to_str).unwrap_or_default();
        let kind = Kind::from_plural(folder).unwrap_or(Kind::Page);
        said(kind.name(), kind.fields(), &yaml(front, path), &mut found);
        for (_, [name, options]) in block.captures_iter(body).map(|block| block.extract()) {
            let directive = DirectiveKind::ALL.iter().find(|directive| directive.name() == name).expect("a directive");
            found.insert(format!("{{{name}}}"));
            // The words of `say` are Markdown, unless they are given as an option.
            if let Ok(options) = serde_yaml::from_str::<Json>(options) {
                said(&format!("{{{name}}}"), directive.fields(), &options, &mut found);
            }
        }
    }
    // The keys that all kinds have are shown once, on whichever chapter: the frame is the same for all.
    let common = |name: &str| name.split_once('.').map(|(_, key)| key.to_owned());
    let commonly: BTreeSet<String> = iptbook::model::kinds::COMMON
        .iter()
        .flat_map(|field| {
            let mut names = BTreeSet::new();
            possible("", std::slice::from_ref(field), &mut names);
            names.into_iter().filter_map(|name| common(&name))
        })
        .collect();
    let anywhere: BTreeSet<String> = found.iter().filter_map(|name| common(name)).collect();
    let missing: Vec<&String> = all
        .iter()
        .filter(|name| !found.contains(*name) && !OF_OTHER_MANUALS.contains(&name.as_str()))
        .filter(|name| !common(name).is_some_and(|key| commonly.contains(&key) && anywhere.contains(&key)))
        // Every kind is meant by its folder, and one chapter says it.
        .filter(|name| !name.contains(".kind: "))
        .collect();
    assert!(missing.is_empty(), "tests/kitchen-sink does not show: {missing:#?}");
}
