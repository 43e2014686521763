//! Tests what iptbook is made of besides its own source: crates of crates.io, with licences that fit its own.
//!
//! The rules are in `.cargo/deny.toml`, where cargo-deny reads them too. Here they are checked without it and without a
//! network, on every machine that has built the tests. The step "advisories" of `tests/run` looks for known flaws of
//! crates; it needs both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

/// How Cargo calls crates.io, also where a copy stands in for it.
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

fn report(faults: &BTreeSet<String>) {
    assert!(faults.is_empty(), "\n{}", faults.iter().map(|fault| format!("{fault}\n")).collect::<String>());
}

// ---- Rules and facts -------------------------------------------------------------------------------

/// A table of `.cargo/deny.toml`, without comments.
fn rules(table: &str) -> String {
    let comment = regex(r"(?m)\s*#.*$");
    let text = comment.replace_all(&read(".cargo/deny.toml"), "").into_owned();
    let rest = text.split_once(&format!("[{table}]\n")).unwrap_or_else(|| panic!("no table `{table}`: {text}")).1;
    rest.split("\n[").next().unwrap_or_default().to_owned()
}

/// The texts in quotes.
fn quoted(text: &str) -> BTreeSet<String> {
    regex(r#""([^"]*)""#).captures_iter(text).map(|found| found[1].to_owned()).collect()
}

/// The licences that `.cargo/deny.toml` allows.
struct Allowed {
    /// Those that any crate may have.
    to_all: BTreeSet<String>,
    /// Those that a crate may have by its name.
    to_some: BTreeMap<String, BTreeSet<String>>,
}

impl Allowed {
    fn read() -> Self {
        let rules = rules("licenses");
        let to_all = regex(r"(?ms)^allow = \[(.*?)\]").captures(&rules).expect("a list of licences");
        let some = regex(r#"\{ crate = "([^"]+)", allow = \[(.*?)\] \}"#);
        let to_some = some.captures_iter(&rules).map(|found| (found[1].to_owned(), quoted(&found[2]))).collect();
        Self { to_all: quoted(&to_all[1]), to_some }
    }

    fn has(&self, name: &str, licence: &str) -> bool {
        self.to_all.contains(licence) || self.to_some.get(name).is_some_and(|own| own.contains(licence))
    }
}

/// What Cargo knows of iptbook and of all that it is made of, on whatever platform.
static KNOWN: LazyLock<Value> = LazyLock::new(metadata);

fn metadata() -> Value {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let ask = |more: &[&str]| {
        let mut command = Command::new(&cargo);
        command.args(["metadata", "--format-version", "1", "--locked"]).args(more).current_dir(home());
        let done = command.output().expect("cargo runs");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        done.status.success().then(|| serde_json::from_slice(&done.stdout).expect("JSON")).ok_or(said)
    };
    // What is not on this machine is fetched; without a network, what this platform needs is there.
    let known = ask(&["--offline"]).or_else(|_| ask(&[])).or_else(|why: String| {
        let told = format!("no look at the licences of crates that other platforms need:\n{why}\n");
        std::io::stderr().write_all(told.as_bytes()).expect("somebody reads this");
        ask(&["--offline", "--filter-platform", &this_platform()])
    });
    known.unwrap_or_else(|why| panic!("cargo metadata: {why}"))
}

fn this_platform() -> String {
    let done = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    said.lines().find_map(|line| line.strip_prefix("host: ")).expect("a platform").to_owned()
}

/// The crates of others, by name and version, with what each says of its licence.
fn licences() -> Vec<(String, String, String)> {
    let text = |package: &Value, key: &str| package[key].as_str().unwrap_or_default().to_owned();
    let packages = KNOWN["packages"].as_array().expect("a list").iter();
    let of_others = packages.filter(|package| package["name"] != "iptbook");
    let found: Vec<_> =
        of_others.map(|package| (text(package, "name"), text(package, "version"), text(package, "license"))).collect();
    assert!(found.len() > 50, "the crates are found");
    found
}

// ---- Licences --------------------------------------------------------------------------------------

/// What a crate says of its licence: an SPDX expression, or in the older way with `/` for `OR`.
#[derive(Debug, PartialEq)]
enum Terms {
    One(String),
    All(Vec<Terms>),
    Any(Vec<Terms>),
}

impl Terms {
    fn read(text: &str) -> Option<Self> {
        let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
        let terms = Self::any(&mut words)?;
        words.is_empty().then_some(terms)
    }

    /// `words` are those that are left, the next one last.
    fn any(words: &mut Vec<&str>) -> Option<Self> {
        let mut terms = vec![Self::all(words)?];
        while words.pop_if(|word| *word == "OR").is_some() {
            terms.push(Self::all(words)?);
        }
        Some(if terms.len() == 1 { terms.remove(0) } else { Self::Any(terms) })
    }

    fn all(words: &mut Vec<&str>) -> Option<Self> {
        let mut terms = vec![Self::one(words)?];
        while words.pop_if(|word| *word == "AND").is_some() {
            terms.push(Self::one(words)?);
        }
        Some(if terms.len() == 1 { terms.remove(0) } else { Self::All(terms) })
    }

    fn one(words: &mut Vec<&str>) -> Option<Self> {
        match words.pop()? {
            "(" => {
                let inner = Self::any(words)?;
                (words.pop()? == ")").then_some(inner)
            }
            ")" | "OR" | "AND" | "WITH" => None,
            // A licence with an exception is one of its own.
            name if words.pop_if(|word| *word == "WITH").is_some() => {
                Some(Self::One(format!("{name} WITH {}", words.pop()?)))
            }
            name => Some(Self::One(name.to_owned())),
        }
    }

    /// Whether the terms can be met by licences that are `allowed`.
    fn can_be_met(&self, allowed: &dyn Fn(&str) -> bool) -> bool {
        match self {
            Self::One(name) => allowed(name),
            Self::All(terms) => terms.iter().all(|terms| terms.can_be_met(allowed)),
            Self::Any(terms) => terms.iter().any(|terms| terms.can_be_met(allowed)),
        }
    }
}

#[test]
fn terms_are_read_as_they_are_written() {
    let met = |text: &str, allowed: &[&str]| {
        Terms::read(text).unwrap_or_else(|| panic!("{text} is read")).can_be_met(&|name| allowed.contains(&name))
    };
    for (text, allowed, wanted) in [
        ("MIT", &["MIT"][..], true),
        ("MIT", &["Apache-2.0"], false),
        ("MIT OR GPL-3.0-only", &["MIT"], true),
        ("MIT/Apache-2.0", &["Apache-2.0"], true),
        ("Apache-2.0 / MIT", &["MIT"], true),
        ("MIT AND MPL-2.0", &["MIT"], false),
        ("MIT AND MPL-2.0", &["MIT", "MPL-2.0"], true),
        // `AND` binds more closely than `OR`, and brackets more closely than both.
        ("MIT OR Zlib AND MPL-2.0", &["MIT"], true),
        ("(MIT OR Zlib) AND MPL-2.0", &["MIT"], false),
        ("(MIT OR Zlib) AND MPL-2.0", &["Zlib", "MPL-2.0"], true),
        ("((MIT))", &["MIT"], true),
        ("Apache-2.0 WITH LLVM-exception", &["Apache-2.0"], false),
        ("Apache-2.0 WITH LLVM-exception", &["Apache-2.0 WITH LLVM-exception"], true),
        ("Apache-2.0 WITH LLVM-exception OR MIT", &["MIT"], true),
    ] {
        assert_eq!(met(text, allowed), wanted, "{text}, where {allowed:?} is allowed");
    }
    for text in ["", "MIT OR", "OR MIT", "(MIT", "MIT)", "MIT Apache-2.0", "MIT WITH", "AND", "()"] {
        assert_eq!(Terms::read(text), None, "{text}");
    }
}

#[test]
fn every_crate_may_be_passed_on_with_iptbook() {
    let allowed = Allowed::read();
    let mut faults = BTreeSet::new();
    for (name, version, licence) in licences() {
        let terms = Terms::read(&licence);
        if !terms.is_some_and(|terms| terms.can_be_met(&|licence| allowed.has(&name, licence))) {
            faults.insert(format!("{name} {version}: `{licence}` is not allowed by .cargo/deny.toml"));
        }
    }
    report(&faults);
}

#[test]
fn no_licence_is_allowed_that_no_crate_needs() {
    let (allowed, crates) = (Allowed::read(), licences());
    let met =
        |licence: &str, may: &dyn Fn(&str) -> bool| Terms::read(licence).is_some_and(|terms| terms.can_be_met(may));
    // Whether a crate could not do without this licence: where all may have it, or where one may.
    let needed = |left_out: &str, of: Option<&str>| {
        crates.iter().any(|(name, _, licence)| {
            let without = |licence: &str| match of {
                None if licence == left_out => allowed.to_some.get(name).is_some_and(|own| own.contains(licence)),
                Some(of) if of == name && licence == left_out => allowed.to_all.contains(licence),
                _ => allowed.has(name, licence),
            };
            met(licence, &|licence| allowed.has(name, licence)) && !met(licence, &without)
        })
    };
    let mut faults = BTreeSet::new();
    for licence in allowed.to_all.iter().filter(|licence| !needed(licence, None)) {
        faults.insert(format!("`{licence}` is allowed in .cargo/deny.toml, and no crate needs it"));
    }
    for (name, own) in &allowed.to_some {
        for licence in own.iter().filter(|licence| !needed(licence, Some(name))) {
            faults.insert(format!("`{licence}` is allowed to {name} in .cargo/deny.toml, which does not need it"));
        }
    }
    report(&faults);
}

// ---- Sources and versions --------------------------------------------------------------------------

#[test]
fn every_crate_comes_from_crates_io_with_its_checksum() {
    let lock = read("Cargo.lock");
    let mut faults = BTreeSet::new();
    for package in lock.split("[[package]]\n").skip(1) {
        let value =
            |key: &str| package.lines().find_map(|line| line.strip_prefix(&format!("{key} = \""))?.strip_suffix('"'));
        let name = value("name").expect("a package has a name");
        match (value("source"), value("checksum")) {
            (Some(CRATES_IO), Some(checksum)) if checksum.len() == 64 => {}
            (None, None) if name == "iptbook" => {}
            (source, _) => drop(faults.insert(format!("{name}: {}", source.unwrap_or("no source, or no checksum")))),
        }
    }
    report(&faults);
}

#[test]
fn every_dependency_says_which_versions_will_do() {
    let packages = KNOWN["packages"].as_array().expect("a list");
    let own = packages.iter().find(|package| package["name"] == "iptbook").expect("iptbook is a package");
    let dependencies = own["dependencies"].as_array().expect("a list");
    assert!(dependencies.len() > 10, "the dependencies are found");
    let mut faults = BTreeSet::new();
    for dependency in dependencies {
        let (name, versions) = (&dependency["name"], dependency["req"].as_str().unwrap_or("*"));
        if versions.contains('*') {
            faults.insert(format!("{name} may have any version: {versions}"));
        }
        if dependency["source"] != CRATES_IO {
            faults.insert(format!("{name} does not come from crates.io: {}", dependency["source"]));
        }
    }
    report(&faults);
}

#[test]
fn an_advisory_is_only_passed_over_with_a_reason() {
    let rules = rules("advisories");
    let ignored = regex(r"(?ms)^ignore = \[(.*?)^\]").captures(&rules).expect("a list, each in a line of its own");
    let with_reason = regex(r#"^\{ (id|crate) = "[^"]+", reason = "[^"]{20,}" \},$"#);
    let without = ignored[1].lines().map(str::trim).filter(|line| !line.is_empty() && !with_reason.is_match(line));
    report(&without.map(|line| format!("{line} has no reason")).collect());
}

#[test]
fn cargo_deny_holds_to_the_same() {
    for (table, rule) in [
        ("licenses", "unused-allowed-license = \"deny\""),
        ("bans", "wildcards = \"deny\""),
        ("sources", "unknown-registry = \"deny\""),
        ("sources", "unknown-git = \"deny\""),
        ("advisories", "yanked = \"deny\""),
        ("advisories", "unmaintained = \"all\""),
        ("advisories", "unsound = \"all\""),
    ] {
        assert!(rules(table).lines().any(|line| line == rule), "{table}: {rule}");
    }
}
