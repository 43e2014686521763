//! Tests rules that the compiler does not know: what may touch the outside world, which crate is named where, that
//! every kind has its template, where keys of front matter are written ([`keys`]), who may use whom ([`rooms`]), and what
//! types are called ([`names`]).

mod keys;
mod names;
mod rooms;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use iptbook::model::kind::Kind;
use regex::Regex;

/// What touches the outside world, and the modules that may.
const OUTSIDE: &[(&str, &[&str])] = &[
    (r"\bstd::fs\b", &["load", "write", "stamp"]),
    (r"\buse std::\{[^}]*\bfs\b", &["load", "write", "stamp"]),
    (r"\b(std::)?fs::(read|write|create|remove|rename|copy|metadata|File)", &["load", "write", "stamp"]),
    (r"\bFile::(open|create)\b", &["load", "write", "stamp"]),
    (r"\bwalkdir\b|\bWalkDir\b", &["load"]),
    (r"\bstd::path\b", &["load", "write", "stamp", "serve", "cli"]),
    (r"\bstd::env\b", &["stamp", "cli"]),
    (r"\be?print(ln)?!", &["cli"]),
    (r"\bdbg!", &[]),
    (r"\bstd(in|out|err)\(\)", &["cli"]),
    (r"\bSystemTime\b|\bInstant\b|\bZoned::now\b|\bTimestamp::now\b", &["stamp", "serve", "cli"]),
    (r"\bstd::process::(Command|exit)\b", &[]),
    (r"\bstd::net\b", &["serve"]),
    (r"\bureq\b", &["external"]),
    (r"\b(axum|tokio|tokio_stream|tower_http|notify)::", &["serve"]),
    (r"\bopen::", &["cli"]),
    (r"\bindicatif\b", &["cli"]),
    (r"\bexif::", &["load"]),
];

/// Crates that one place names, so that another could take its place.
const NAMED_ONCE: &[(&str, &str)] = &[
    ("rayon", "par.rs"),
    ("serde_yaml", "model/yaml/"),
    ("pulldown_cmark", "model/markdown/"),
    ("ammonia", "model/raw_html.rs"),
    ("math_core", "model/math.rs"),
    ("aho_corasick", "model/mentions.rs"),
    ("tera", "render/template/"),
    ("csv", "render/data/csv.rs"),
    ("hayagriva", "citation/"),
    ("biblatex", "citation/"),
    ("clap", "cli/"),
    ("annotate_snippets", "cli/report.rs"),
    ("include_dir", "load/embedded.rs"),
    ("rustix", "write/"),
    ("deunicode", "author/blank.rs"),
    ("notify", "serve/watch.rs"),
    ("axum", "serve/"),
    ("tower_http", "serve/http.rs"),
    ("mime_guess", "serve/http.rs"),
    ("open", "cli/serve.rs"),
    ("icu_collator", "language.rs"),
    ("icu_locale", "language.rs"),
    ("icu_plurals", "language.rs"),
];

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files under a folder with an ending, by their paths in it.
fn files(folder: &Path, ending: &str) -> BTreeMap<String, String> {
    fn gather(root: &Path, folder: &Path, ending: &str, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("the folder is read") {
            let path = entry.expect("the folder is read").path();
            if path.is_dir() {
                gather(root, &path, ending, found);
            } else if path.extension().is_some_and(|own| own == ending) {
                let name =
                    path.strip_prefix(root).expect("it lies under the root").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    gather(folder, folder, ending, &mut found);
    assert!(!found.is_empty(), "{} holds no .{ending}", folder.display());
    found
}

/// The source without comments.
fn sources() -> BTreeMap<String, String> {
    let comment = regex(r#"(?m)^\s*//.*$|(?m)\s//\s.*$"#);
    files(&home().join("src"), "rs")
        .into_iter()
        .map(|(path, text)| (path, comment.replace_all(&text, "").into_owned()))
        .collect()
}

/// The source without comments and without the tests within it.
fn sources_without_tests() -> BTreeMap<String, String> {
    let is_test = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    sources()
        .into_iter()
        .filter(|(path, _)| !is_test(path))
        .map(|(path, text)| (path, without_tests(&text).to_owned()))
        .collect()
}

/// A file's text up to the tests at its end.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
}

fn templates() -> BTreeMap<String, String> {
    files(&home().join("themes/default/templates"), "html")
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

/// The module at the top that a file belongs to.
fn module(path: &str) -> &str {
    path.split('/').next().unwrap_or(path).trim_end_matches(".rs")
}

fn report(faults: &BTreeSet<String>) {
    assert!(faults.is_empty(), "\n{}", faults.iter().map(|fault| format!("{fault}\n")).collect::<String>());
}

#[test]
fn only_the_edges_touch_disk_clock_environment_and_terminal() {
    let mut faults = BTreeSet::new();
    for (path, text) in sources_without_tests() {
        for (pattern, allowed) in OUTSIDE {
            let Some(found) = regex(pattern).find(&text) else { continue };
            if !allowed.contains(&module(&path)) {
                faults.insert(format!("{path} has `{}`", found.as_str()));
            }
        }
    }
    report(&faults);
}

#[test]
fn a_crate_that_could_be_exchanged_is_named_in_one_place() {
    let mut faults = BTreeSet::new();
    for (path, text) in sources_without_tests() {
        for (name, place) in NAMED_ONCE {
            if !path.starts_with(place) && regex(&format!(r"(?:^|[^:\w]){name}::")).is_match(&text) {
                faults.insert(format!("{path} names {name}, which belongs into {place}"));
            }
        }
    }
    report(&faults);
}

#[test]
fn every_module_says_what_it_is_for() {
    let without: BTreeSet<String> = files(&home().join("src"), "rs")
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| format!("{path} begins without a `//!`"))
        .collect();
    report(&without);
}

#[test]
fn no_source_of_ours_is_unsafe() {
    let manifest = fs::read_to_string(home().join("Cargo.toml")).expect("the manifest");
    let lints = manifest.split("[lints.rust]\n").nth(1).expect("lints for rustc");
    let mut lints = lints.lines().take_while(|line| !line.starts_with('['));
    assert!(lints.any(|line| line == r#"unsafe_code = "forbid""#), "Cargo.toml forbids it everywhere");
    // Said in the source, too, it holds however that is compiled, and is seen by who reads it.
    for root in ["src/lib.rs", "src/main.rs"] {
        let text = fs::read_to_string(home().join(root)).expect("the root of a crate");
        let below = text.lines().find(|line| !line.starts_with("//!") && !line.is_empty());
        assert_eq!(below, Some("#![forbid(unsafe_code)]"), "{root}, right below its documentation");
    }
}

#[test]
fn every_code_is_reported_somewhere() {
    let codes = fs::read_to_string(home().join("src/diag/codes.rs")).expect("the codes");
    let rest: String =
        sources_without_tests().into_iter().filter(|(path, _)| path != "diag/codes.rs").map(|(_, text)| text).collect();
    let names = regex(r#"(?m)^\s+([A-Z_0-9]+) = ""#);
    let unused: BTreeSet<String> = names
        .captures_iter(&codes)
        .map(|found| found[1].to_owned())
        .filter(|name| !regex(&format!(r"\b{name}\b")).is_match(&rest))
        .collect();
    report(&unused);
}

#[test]
fn every_kind_has_a_template_and_every_template_a_kind() {
    let kinds: BTreeSet<String> = Kind::ALL.iter().map(|kind| format!("kinds/{}.html", kind.name())).collect();
    let there: BTreeSet<String> = templates().into_keys().filter(|path| path.starts_with("kinds/")).collect();
    assert_eq!(kinds, there);
}

#[test]
fn only_finished_html_goes_unescaped_into_a_page() {
    let safe = regex(r"\{[{%][^{}]*?([\w.\[\]]+)\s*\|\s*safe\b");
    let all = regex(r"\|\s*safe\b");
    let mut faults = BTreeSet::new();
    for (path, text) in templates() {
        let named: Vec<&str> = safe.captures_iter(&text).map(|found| found.get(1).expect("a name").as_str()).collect();
        if named.len() != all.find_iter(&text).count() {
            faults.insert(format!("{path}: `| safe` is not on a plain name"));
        }
        for name in named {
            if !(name.ends_with("_html") || name.ends_with(".html") || name == "html") {
                faults.insert(format!("{path}: `{name} | safe` is not finished HTML by its name"));
            }
        }
    }
    report(&faults);
}

#[test]
fn templates_hold_no_style_no_inline_script_and_no_address_of_another_site() {
    let mut faults = BTreeSet::new();
    for (path, text) in templates() {
        for bad in ["style=\"", "<style", "javascript:", "https://", "http://", " onclick", " onload"] {
            if text.contains(bad) {
                faults.insert(format!("{path} has `{bad}`"));
            }
        }
        for (at, _) in text.match_indices("<script") {
            if !text[at..].starts_with("<script src=") {
                faults.insert(format!("{path} has a script inline"));
            }
        }
    }
    report(&faults);
}

#[test]
fn templates_hold_no_words_of_their_own() {
    let tags = regex(r"(?s)[\w-]+=\x22[^\x22]*\x22|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<[^>]*>|&\w+;");
    let words = regex(r"[A-Za-z]{2,}");
    let mut faults = BTreeSet::new();
    for (path, text) in templates() {
        // What stands in a template's expression may hold `<` and `>`.
        let bare = tags.replace_all(&regex(r"(?s)\{\{.*?\}\}|\{%.*?%\}").replace_all(&text, ""), "").into_owned();
        faults.extend(words.find_iter(&bare).map(|word| format!("{path}: {}", word.as_str())));
        let spoken = regex(r#"(?:aria-label|title|alt|placeholder)="([^"{]*[A-Za-z]{2,}[^"{]*)""#);
        faults.extend(spoken.captures_iter(&text).map(|found| format!("{path}: {}", &found[1])));
    }
    report(&faults);
}

#[test]
fn every_directive_and_code_is_in_its_family() {
    for code in iptbook::diag::ALL {
        let (family, fault) = code.name.split_once('/').expect("a family and a fault");
        let kebab =
            |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c == '8');
        assert!(kebab(family) && kebab(fault), "{}", code.name);
        assert!(code.summary.ends_with('.'), "{}", code.name);
    }
    for directive in iptbook::model::directive::DirectiveKind::ALL {
        assert!(directive.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", directive.name());
    }
}
