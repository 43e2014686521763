//! One type name, one meaning: whoever reads a name need not look from where it was imported.

use std::collections::{BTreeMap, BTreeSet};

use super::{regex, report, sources, sources_without_tests};

/// Names that more than one type has, with the reason. The list only shrinks.
const DOUBLED: &[(&str, &str)] = &[];

/// Macros that make types of names that they are given: the file of the macro, and how the names are given.
const MACROS: &[(&str, &str)] = &[
    ("model/column.rs", r"(?m)^columns! \{\s+(?:///.*\s+)*([A-Z]\w*):"),
    ("model/schema/view.rs", r"(?m)^view! \{\s+(?:///.*\s+)*([A-Z]\w*);"),
    ("words/key.rs", r"(?m)^words! \{ ([A-Z]\w*):"),
];

/// Whether what begins at `at`, indented, is an associated type: it stands in an implementation or a trait.
fn is_associated(text: &str, at: usize, indent: usize) -> bool {
    let opening = regex(r"^(?:pub(?:\([^)]*\))? )?(?:unsafe )?(impl|trait|fn|mod)\b");
    let above = text[..at].lines().rev().find_map(|line| {
        let bare = line.trim_start();
        opening.captures(bare).filter(|_| line.len() - bare.len() < indent)
    });
    above.is_some_and(|found| matches!(&found[1], "impl" | "trait"))
}

/// The names of the types that a source defines, each as often as it does.
fn types(text: &str) -> Vec<String> {
    let defined = regex(r"(?m)^([ ]*)(?:pub(?:\([^)]*\))? )?(?:unsafe )?(struct|enum|union|trait|type) ([A-Z]\w*)");
    let mut names: Vec<String> = defined
        .captures_iter(text)
        .filter(|found| {
            let begin = found.get(0).map_or(0, |found| found.start());
            &found[2] != "type" || !is_associated(text, begin, found[1].len())
        })
        .map(|found| found[3].to_owned())
        .collect();
    for (_, given) in MACROS {
        names.extend(regex(given).captures_iter(text).map(|found| found[1].to_owned()));
    }
    names
}

/// The names that are defined more than once, with the files where they are.
fn doubled<'a>(sources: impl Iterator<Item = (&'a String, &'a String)>) -> BTreeMap<String, Vec<&'a str>> {
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, text) in sources {
        types(text).into_iter().for_each(|name| places.entry(name).or_default().push(path));
    }
    places.retain(|_, paths| paths.len() > 1);
    places
}

#[test]
fn types_are_found() {
    let text = "pub(crate) struct A<'a>(&'a u8);\nenum B {\n    A,\n    Type(B),\n}\nimpl C for B {\n    type D = u8;\n\n    \
                fn f() {\n        struct E;\n        type F = E;\n    }\n}\npub trait C {\n    type D;\n}\ntype G = A;\n\
                view! {\n    /// A view.\n    H;\n    key: Line, \"key\", \"a key\";\n}\nwords! { I:\n    J = \"j\",\n}\n";
    assert_eq!(types(text), ["A", "B", "E", "F", "C", "G", "H", "I"]);
    let [path, other] = ["a.rs".to_owned(), "b.rs".to_owned()];
    let again = "pub struct G;\n".to_owned();
    let found = doubled([(&path, &text.to_owned()), (&other, &again)].into_iter()).into_keys().collect::<Vec<_>>();
    assert_eq!(found, ["G"]);
}

#[test]
fn no_type_name_means_two_things() {
    let sources = sources_without_tests();
    assert!(sources.values().map(|text| types(text).len()).sum::<usize>() > 250, "the types are found");
    let doubled = doubled(sources.iter());
    let mut faults: BTreeSet<String> = doubled
        .iter()
        .filter(|(name, _)| !DOUBLED.iter().any(|(listed, _)| listed == name))
        .map(|(name, paths)| format!("`{name}` means something in each of {}: give one another name", paths.join(", ")))
        .collect();
    let is_gone = |name: &str| !doubled.contains_key(name);
    let gone = DOUBLED.iter().filter(|(name, _)| is_gone(name));
    faults.extend(gone.map(|(name, _)| format!("`{name}` is defined once: take it off the list of exceptions")));
    report(&faults);
}

#[test]
fn every_macro_that_makes_types_is_known() {
    let of_a_name = regex(r"\b(?:struct|enum|union|trait|type) \$\w+");
    let found: BTreeSet<String> = sources()
        .into_iter()
        .filter(|(path, text)| of_a_name.is_match(text) && !MACROS.iter().any(|(known, _)| known == path))
        .map(|(path, _)| format!("{path} has a macro that makes types: say here how it is given their names"))
        .collect();
    report(&found);
}
