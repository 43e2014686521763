//! Tests who may use whom, with the tables in the documentation of the modules; that there are no circles; and that no
//! file and no function is too long to be read at once.

use std::collections::{BTreeMap, BTreeSet};

use super::{home, regex, report, sources_without_tests, without_tests};

/// The most lines of a file, without its tests.
const LONGEST_FILE: usize = 600;

/// The most lines of a function.
const LONGEST_FUNCTION: usize = 80;

/// Files that may use each other in a circle: none, and it stays so.
const CIRCLES: &[&str] = &[];

/// A module's path from the root of the crate: `["render", "view"]` for `render/view/mod.rs`.
fn module_of(path: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
        parts.pop();
    }
    parts
}

/// The paths that a tree of `use` names: `a::{b, c::d as e}` is `a::b` and `a::c::d`.
fn leaves(tree: &str) -> Vec<String> {
    fn walk(before: &str, tree: &str, found: &mut Vec<String>) {
        let (mut depth, mut begin) = (0_usize, 0);
        let mut parts = Vec::new();
        for (at, letter) in tree.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => {
                    parts.push(&tree[begin..at]);
                    begin = at + 1;
                }
                _ => {}
            }
        }
        parts.push(&tree[begin..]);
        for part in parts.into_iter().map(str::trim).filter(|part| !part.is_empty()) {
            match part.split_once('{') {
                Some((path, inner)) => {
                    walk(&format!("{before}{path}"), inner.trim_end().strip_suffix('}').expect("a brace"), found);
                }
                None => found.push(format!("{before}{}", part.split(" as ").next().unwrap_or(part))),
            }
        }
    }
    let mut found = Vec::new();
    walk("", tree, &mut found);
    found
}

/// For each file of `src`, the files that it names with `use crate::…`, with a path from the root or, in the file of a
/// folder, with the name of a module in it.
fn uses() -> BTreeMap<String, BTreeSet<String>> {
    let sources = sources_without_tests();
    let files: BTreeMap<Vec<&str>, &str> =
        sources.keys().filter(|path| *path != "main.rs").map(|path| (module_of(path), path.as_str())).collect();
    let file_of = |path: &[&str]| (0..=path.len()).rev().find_map(|end| files.get(&path[..end])).copied();
    let statement = regex(r"(?m)^\s*(?:pub(?:\([^)]*\))? )?use\s+([^;]+);");
    let inline = regex(r"\bcrate(?:::\w+)+");
    let child = regex(r"(?:^|[^\w:.])([a-z]\w*)::");
    let mut uses = BTreeMap::new();
    for (path, text) in &sources {
        let text = regex(r"pub\(in [\w:]+\)").replace_all(text, "pub");
        let own = module_of(path);
        let mut named: Vec<String> = statement.captures_iter(&text).flat_map(|found| leaves(&found[1])).collect();
        let body = statement.replace_all(&text, "");
        named.extend(inline.find_iter(&body).map(|found| found.as_str().to_owned()));
        let mut found = BTreeSet::new();
        for name in &named {
            let parts: Vec<&str> = name.split("::").map(str::trim).collect();
            match parts.as_slice() {
                ["crate", rest @ ..] => found.extend(file_of(rest)),
                [first, ..] => {
                    let within: Vec<&str> = own.iter().chain([first]).copied().collect();
                    found.extend(files.get(&within).copied());
                }
                [] => {}
            }
        }
        for name in child.captures_iter(&body) {
            let within: Vec<&str> = own.iter().copied().chain([name.get(1).expect("a name").as_str()]).collect();
            found.extend(files.get(&within).copied());
        }
        found.remove(path.as_str());
        uses.insert(path.clone(), found.into_iter().map(str::to_owned).collect());
    }
    uses
}

/// The groups of names that lead to each other.
fn circles(uses: &BTreeMap<String, BTreeSet<String>>) -> Vec<BTreeSet<String>> {
    let reached = |from: &str| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(at) = next.pop() {
            for to in uses.get(at).into_iter().flatten() {
                if seen.insert(to.as_str()) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|name| (name.as_str(), reached(name))).collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for (name, to) in &reached {
        if to.contains(name) && !circles.iter().any(|circle| circle.contains(*name)) {
            let both = to.iter().filter(|other| reached.get(*other).is_some_and(|back| back.contains(name)));
            circles.push(both.map(|other| (*other).to_owned()).collect());
        }
    }
    circles
}

/// The same among the files and folders of each folder: by folder, who in it uses whom.
fn rooms() -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let mut rooms: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (from, to) in uses() {
        let own: Vec<&str> = from.split('/').collect();
        for depth in 0..own.len() {
            let folder = own[..depth].join("/");
            let name = |path: &str| -> Option<String> {
                let rest = if folder.is_empty() { path } else { path.strip_prefix(&format!("{folder}/"))? };
                let first = rest.split('/').next().expect("a name").trim_end_matches(".rs");
                Some(if first == "mod" { own[depth - 1].to_owned() } else { first.to_owned() })
            };
            let Some(from) = name(&from) else { continue };
            let to: BTreeSet<String> = to.iter().filter_map(|to| name(to)).filter(|to| *to != from).collect();
            rooms.entry(folder.clone()).or_default().entry(from).or_default().extend(to);
        }
    }
    rooms
}

/// The names of a group. What stands apart by white space behind it is said to people.
fn names(group: &str) -> Vec<&str> {
    match group.split_once('{') {
        Some((_, group)) => group.split('}').next().unwrap_or(group).split(',').map(str::trim).collect(),
        None => group.split_whitespace().take(1).collect(),
    }
}

/// The lines of the table in a folder's documentation, each as the groups of names between its arrows.
fn lines_of_table(documentation: &str) -> Option<Vec<Vec<Vec<&str>>>> {
    let table = documentation.split("# Who may use whom").nth(1)?.split("```text\n").nth(1)?.split("//! ```").next()?;
    Some(table.lines().map(|line| line.trim_start_matches("//!").split("->").map(names).collect()).collect())
}

/// The table in a folder's documentation: for each name, those that it may use. Arrows of a line lead to all that
/// stands behind them in it.
fn table(documentation: &str) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let mut may_use: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for groups in lines_of_table(documentation)? {
        for (at, group) in groups.iter().enumerate() {
            for name in group {
                let own = may_use.entry((*name).to_owned()).or_default();
                own.extend(groups[at + 1..].iter().flatten().map(|name| (*name).to_owned()));
            }
        }
    }
    Some(may_use)
}

#[test]
fn trees_of_use_are_taken_apart() {
    let found = leaves("crate::{a::{self, B as C}, d}");
    assert_eq!(found, ["crate::a::self", "crate::a::B", "crate::d"]);
    let table =
        table("//! # Who may use whom\n//!\n//! ```text\n//! a -> { b, c } -> d    why\n//! ```\n").expect("a table");
    let of = |name: &str| table[name].iter().map(String::as_str).collect::<Vec<_>>();
    assert_eq!([of("a"), of("b"), of("d")], [vec!["b", "c", "d"], vec!["d"], vec![]]);
    let uses = |pairs: &[(&str, &[&str])]| {
        let pair = |(name, to): &(&str, &[&str])| ((*name).to_owned(), to.iter().map(|to| (*to).to_owned()).collect());
        pairs.iter().map(pair).collect::<BTreeMap<String, BTreeSet<String>>>()
    };
    assert_eq!(circles(&uses(&[("a", &["b"]), ("b", &["c"]), ("c", &[])])), [] as [BTreeSet<String>; 0]);
    assert_eq!(circles(&uses(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])])).len(), 1);
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let uses = uses();
    assert!(uses.values().map(BTreeSet::len).sum::<usize>() > 500, "the uses are found");
    let faults = circles(&uses)
        .into_iter()
        .filter(|circle| !circle.iter().all(|path| CIRCLES.contains(&path.as_str())))
        .map(|circle| format!("a circle: {}", circle.into_iter().collect::<Vec<_>>().join(", ")))
        .collect();
    report(&faults);
}

#[test]
fn no_folders_use_each_other_in_a_circle() {
    let mut faults = BTreeSet::new();
    for (folder, uses) in rooms() {
        for circle in circles(&uses) {
            faults.insert(format!("a circle in src/{folder}: {}", circle.into_iter().collect::<Vec<_>>().join(", ")));
        }
    }
    report(&faults);
}

/// Each folder has a table in the documentation of its `mod.rs`, and the crate in `lib.rs`.
#[test]
fn files_use_only_what_the_tables_lead_to() {
    let mut faults = BTreeSet::new();
    for (folder, uses) in rooms() {
        let place = if folder.is_empty() { "src/lib.rs".to_owned() } else { format!("src/{folder}/mod.rs") };
        let documentation = std::fs::read_to_string(home().join(&place)).expect("each folder has a mod.rs");
        if uses.len() < 2 || uses.values().all(BTreeSet::is_empty) {
            continue;
        }
        let Some(table) = table(&documentation) else {
            faults.insert(format!("{place} has no table under \"Who may use whom\""));
            continue;
        };
        for (name, used) in &uses {
            let Some(may_use) = table.get(name) else {
                if name != "lib" && folder.rsplit('/').next() != Some(name) {
                    faults.insert(format!("{name} does not stand in the table of {place}"));
                }
                continue;
            };
            faults.extend(used.difference(may_use).map(|used| format!("{place}: {name} uses {used}")));
        }
        let known = |name: &String| uses.contains_key(name) || uses.values().any(|used| used.contains(name));
        faults.extend(table.keys().filter(|name| !known(name)).map(|name| format!("{place}: there is no {name}")));
    }
    report(&faults);
}

/// An arrow between neighbours in a line says that each on its left uses each on its right.
#[test]
fn every_arrow_at_the_root_is_used() {
    let uses = rooms().remove("").expect("the root");
    let documentation = std::fs::read_to_string(home().join("src/lib.rs")).expect("the documentation");
    let mut faults = BTreeSet::new();
    for groups in lines_of_table(&documentation).expect("a table") {
        for pair in groups.windows(2) {
            let arrows = pair[0].iter().flat_map(|from| pair[1].iter().map(move |to| (*from, *to)));
            // `main` names the crate from outside.
            let is_used = |(from, to): &(&str, &str)| *from == "main" || uses[*from].contains(*to);
            faults.extend(
                arrows
                    .filter(|arrow| !is_used(arrow))
                    .map(|(from, to)| format!("src/lib.rs: {from} does not use {to}: take the arrow out of the table")),
            );
        }
    }
    report(&faults);
}

#[test]
fn no_file_and_no_function_is_too_long() {
    let begin = regex(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const )?fn (\w+)");
    let mut faults = BTreeSet::new();
    for (path, text) in super::files(&home().join("src"), "rs") {
        if path.ends_with("tests.rs") || path.contains("/tests/") {
            continue;
        }
        let text = without_tests(&text);
        let lines: Vec<&str> = text.lines().collect();
        if lines.len() > LONGEST_FILE {
            faults.insert(format!("{path} has {} lines", lines.len()));
        }
        for (at, line) in lines.iter().enumerate() {
            let Some(found) = begin.captures(line).filter(|_| !line.trim_end().ends_with(['}', ';'])) else { continue };
            let end = format!("{}}}", &found[1]);
            let length = lines[at..].iter().position(|line| *line == end).map_or(0, |length| length + 1);
            if length > LONGEST_FUNCTION {
                faults.insert(format!("{path}: {} has {length} lines", &found[2]));
            }
        }
    }
    report(&faults);
}

#[test]
fn paths_begin_at_the_root_of_the_crate() {
    let mut faults = BTreeSet::new();
    for (path, text) in sources_without_tests() {
        if path == "main.rs" {
            let used = regex(r"iptbook::(\w+)");
            faults
                .extend(used.captures_iter(&text).filter(|found| &found[1] != "cli").map(|found| found[0].to_owned()));
        }
        if text.contains("super::") {
            faults.insert(format!("{path} goes up with `super`: write `crate::…`"));
        }
    }
    report(&faults);
}

/// Whoever needs the path of a page asks for it.
#[test]
fn one_file_knows_how_the_path_of_a_page_ends() {
    const PLACES: &[&str] = &["render/address/made.rs", "render/template/mod.rs"];
    let ending = regex(r#"\.html["{]"#);
    let found: BTreeSet<String> = sources_without_tests()
        .into_iter()
        .filter(|(_, text)| ending.is_match(text))
        .map(|(path, _)| path)
        .filter(|path| !PLACES.contains(&path.as_str()))
        .map(|path| format!("{path} holds a path that ends in .html: ask `render::address` for it"))
        .collect();
    report(&found);
}
