//! Tests that each word that is asked for has a text, and that each text is asked for.

use std::collections::{BTreeMap, BTreeSet};

use include_dir::{Dir, include_dir};
use regex::Regex;

use crate::language::{Language, PLURAL_FORMS};
use crate::model::body::BodyWord;
use crate::model::column::{EvidenceColumn, SessionColumn};
use crate::model::kind::Kind;
use crate::model::kinds::COMMON;
use crate::model::kinds::evidence::SIDES;
use crate::model::kinds::stage::PHASES;
use crate::model::schema::shape::{Field, Shape};
use crate::model::status::Status;
use crate::words::expand::expand;
use crate::words::key::{self, Counted, Word};
use crate::words::texts::Words;

static THEME: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

/// The texts in English, as the default theme has them.
fn english() -> BTreeMap<String, String> {
    let file = THEME.get_file("locales/en.yaml").and_then(|file| file.contents_utf8()).expect("the locale");
    serde_yaml::from_str(file).expect("a locale is keys and texts")
}

/// The keys that templates ask for.
fn keys_in_templates() -> BTreeSet<String> {
    fn gather(folder: &Dir<'_>, keys: &mut BTreeSet<String>) {
        let expression = Regex::new(r"(?s)\{\{.*?\}\}|\{%.*?%\}").expect("a pattern");
        let key = Regex::new(r#"\bt(?:\.([a-z][a-z0-9_]*)|\["([^"]+)"\])"#).expect("a pattern");
        for file in folder.files() {
            let text = file.contents_utf8().expect("a template is text");
            for expression in expression.find_iter(text) {
                for found in key.captures_iter(expression.as_str()) {
                    keys.insert(found.get(1).or(found.get(2)).expect("one of two").as_str().to_owned());
                }
            }
        }
        folder.dirs().for_each(|inner| gather(inner, keys));
    }
    let mut keys = BTreeSet::new();
    gather(THEME.get_dir("templates").expect("the templates"), &mut keys);
    assert!(keys.len() > 50, "the keys are found: {keys:?}");
    keys
}

/// Of the keys that all chapters have, those of document control are shown with their names.
const CONTROL: &[&str] = &["owner", "version", "status", "approved-by", "approved", "reviewed", "review-due", "title"];

/// Columns and headings that tables, sheets and lists of contents have besides those of the schemas.
const OWN_FIELDS: &[&str] = &[
    "best-source",
    "change",
    "evidence",
    "fields",
    "in-short",
    "protocols",
    "session",
    "session-plans",
    "setting",
    "stages",
];

/// The blank sheets, by their names.
const SHEETS: &[&str] = &["sheet", "checklist", "form"];

/// Texts that nothing shows. They stay as long as themes may have them; the list only gets shorter.
const NOT_SHOWN: &[&str] = &["by", "field-technique"];

/// The keys that the typed methods can ask for and that must have a text.
fn keys_of_methods() -> BTreeSet<String> {
    // What stands where an author has not written a status.
    let mut keys = BTreeSet::from([key::choice("status", Status::NotStated.name())]);
    for kind in Kind::ALL {
        keys.insert(key::kind(*kind));
        let [_, _, of_kind] = key::backlinks(*kind, "");
        keys.insert(of_kind);
        for field in kind.fields() {
            let common = COMMON.iter().any(|common| common.name == field.name);
            keys_of_field(field, common, &mut keys);
        }
    }
    keys.extend(
        SessionColumn::NAMES.iter().chain(EvidenceColumn::NAMES).chain(OWN_FIELDS).map(|name| key::field(name)),
    );
    keys.extend((1..=12).map(key::month));
    keys.extend(PHASES.iter().map(|phase| key::phase_title(phase)));
    keys.extend(SIDES.iter().map(|side| key::side(side)));
    keys.extend(SHEETS.iter().flat_map(|sheet| [key::sheet(sheet), key::sheet_note(sheet)]));
    keys.extend(Counted::ALL.iter().map(|counted| key::form(*counted, "other")));
    keys
}

fn keys_of_field(field: &Field, common: bool, keys: &mut BTreeSet<String>) {
    if !common || CONTROL.contains(&field.name) {
        match field.shape {
            Shape::Ids(_) | Shape::AnyIds => keys.insert(key::relation(field.name)),
            _ => keys.insert(key::field(field.name)),
        };
    }
    if field.name == "related" {
        keys.insert(key::relation(field.name));
    }
    let values: &[&str] = match field.shape {
        Shape::Choice(values) | Shape::Choices(values) => values,
        _ => &[],
    };
    // What a case is made of is said in a sentence. Which side is in favour is, too.
    match field.name {
        "basis" => keys.extend(values.iter().map(|value| key::banner(value))),
        "favours-ipt" => {}
        name if common && !CONTROL.contains(&name) => {}
        name => keys.extend(values.iter().map(|value| key::choice(name, value))),
    }
    let (Shape::Record(inner) | Shape::Records(inner)) = field.shape else { return };
    // A mapping within a table is one cell of it: an effect is shown whole.
    for inner in inner.iter().filter(|_| field.name != "effect") {
        match inner.shape {
            Shape::Ids(_) => drop(keys.insert(key::field(inner.name))),
            // Fields of a form show what they hold, not their names.
            _ if field.name == "fields" => {}
            _ => keys_of_field(inner, false, keys),
        }
    }
    // A list of mappings that name chapters is a relation too.
    if inner.iter().any(|inner| matches!(inner.shape, Shape::Id)) {
        keys.insert(key::relation(field.name));
    }
}

/// The keys that a method asks for and does without where there is no text.
fn optional_keys() -> BTreeSet<String> {
    let relations = || Kind::ALL.iter().flat_map(|kind| kind.fields()).map(|field| field.name);
    let mut keys: BTreeSet<String> =
        Kind::ALL.iter().flat_map(|kind| relations().flat_map(|name| key::backlinks(*kind, name))).collect();
    let forms = PLURAL_FORMS.iter().flat_map(|form| Counted::ALL.iter().map(|counted| key::form(*counted, form)));
    keys.extend(forms);
    keys
}

fn fixed_keys() -> BTreeSet<String> {
    let words = Word::ALL.iter().map(|word| word.key()).chain(BodyWord::ALL.iter().map(|word| word.key()));
    words.map(str::to_owned).collect()
}

fn all<const N: usize>(sets: [BTreeSet<String>; N]) -> BTreeSet<String> {
    sets.into_iter().flatten().collect()
}

#[test]
fn every_key_that_is_asked_for_has_a_text() {
    let texts = english();
    let asked = all([fixed_keys(), keys_of_methods(), keys_in_templates()]);
    let without: Vec<String> =
        asked.into_iter().filter(|key| texts.get(key).is_none_or(|text| text.trim().is_empty())).collect();
    assert!(without.is_empty(), "without a text in locales/en.yaml: {without:?}");
}

#[test]
fn every_text_is_asked_for() {
    let texts = english();
    let asked = all([fixed_keys(), keys_of_methods(), keys_in_templates(), optional_keys()]);
    let held: String = texts.values().cloned().collect();
    let unused: Vec<&String> = texts
        .keys()
        .filter(|key| !asked.contains(*key) && !held.contains(&format!("{{{key}}}")))
        // Authors may write any design; those with a text are translated.
        .filter(|key| !key.starts_with(&key::design("")))
        .collect();
    assert_eq!(unused, NOT_SHOWN, "what nothing asks for");
}

#[test]
fn texts_within_texts_exist() {
    let texts = english();
    let within = Regex::new(r"\{([^{}]+)\}").expect("a pattern");
    for (key, text) in &texts {
        for found in within.captures_iter(text) {
            let name = &found[1];
            assert!(name.parse::<u8>().is_ok() || texts.contains_key(name), "{key} holds {{{name}}}, which is no text");
        }
    }
}

#[test]
fn texts_refer_to_each_other() {
    let texts: BTreeMap<String, String> = [
        ("patient", "Client"),
        ("tasks", "{patient} tasks"),
        ("of", "Tasks of the {patient}"),
        ("a", "{b}"),
        ("b", "{a}"),
        ("n", "{0} of {1}"),
    ]
    .map(|(key, text)| (key.to_owned(), text.to_owned()))
    .into();
    assert_eq!(expand(&texts["tasks"], &texts, false, 0), "Client tasks");
    assert_eq!(expand(&texts["of"], &texts, false, 0), "Tasks of the client");
    assert_eq!(expand(&texts["n"], &texts, false, 0), "{0} of {1}");
    let _ = expand(&texts["a"], &texts, false, 0);
    assert_eq!(expand(&texts["of"], &texts, true, 0), "Tasks of the Client");
}

#[test]
fn numbers_have_the_forms_of_their_language() {
    let texts = PLURAL_FORMS.iter().map(|form| (key::form(Counted::Chapters, form), format!("{{0}} {form}"))).collect();
    let mut words = Words { texts, language: Language::new("ar") };
    let said: Vec<String> = [0, 1, 2, 3, 11, 100].map(|number| words.count(Counted::Chapters, number)).into();
    assert_eq!(said, ["0 zero", "1 one", "2 two", "3 few", "11 many", "100 other"]);
    words.language = Language::new("en");
    assert_eq!([1, 2].map(|number| words.count(Counted::Chapters, number)), ["1 one", "2 other"]);
    words.texts.remove("chapters-one");
    assert_eq!(words.count(Counted::Chapters, 1), "1 other");
    words.language = Language::new("no language");
    assert_eq!(words.count(Counted::Chapters, 2), "2 other");
}
