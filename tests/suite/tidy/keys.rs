//! A key of front matter stands as a string in `model/kinds` only. Who reads its value asks a view; who needs its name
//! has it from `KEYS`.

use std::collections::BTreeSet;

use iptbook::model::kind::Kind;
use iptbook::model::schema::shape::{Field, Shape};

use super::{regex, report, sources_without_tests};

/// Files with lists of their own, in which some names are also keys of front matter.
const OTHER_LISTS: &[(&str, &str)] = &[
    ("model/settings.rs", "the keys of manual.yaml"),
    ("model/glossary.rs", "the keys of glossary.yaml"),
    ("model/directive.rs", "the options of directives"),
    ("model/column.rs", "the columns of tables"),
    ("model/kind.rs", "the kinds of chapters"),
    ("author/json_schema.rs", "the words of JSON Schema, and which schemas there are"),
];

/// Words that are keys by chance: where, which, and what they are there. The list only gets shorter.
const BY_CHANCE: &[(&str, &[&str], &str)] = &[
    ("model/unwritten.rs", &["number"], "a word of a promise"),
    ("model/raw_html.rs", &["id", "title", "type"], "attributes of HTML"),
    ("model/schema/read.rs", &["n"], "a way to write `no`"),
    ("model/status.rs", &["approved"], "a value of `status`"),
    ("citation/bibliography/entry_repair/titles.rs", &["for", "from"], "small words in titles"),
    ("citation/bibliography/yaml.rs", &["type"], "a key of a bibliography"),
    ("load/walk.rs", &["glossary"], "the name of a file"),
    ("link/checks/worksheets.rs", &["number"], "a value of `type`"),
    ("words/key.rs", &["findings"], "a key of locale files"),
    ("render/data/session.rs", &["rows"], "a member of JSON"),
    ("render/page/made.rs", &["findings"], "an anchor"),
    ("render/page/print.rs", &["glossary"], "an anchor"),
    ("render/text/numbering.rs", &["glossary"], "an anchor"),
    ("render/verify/scan.rs", &["id", "title"], "names in HTML"),
    ("render/view/form.rs", &["number"], "a value of `type`"),
    ("author/blank.rs", &["n"], "a word that YAML takes for `false`"),
    ("author/editor.rs", &["glossary"], "the name of a schema"),
    ("cli/help.rs", &["help"], "the name of a command"),
    ("cli/report.rs", &["help", "id", "range", "version"], "members of JSON"),
    ("serve/http.rs", &["version"], "a member of JSON"),
];

/// The keys of front matter, those within others, too.
fn keys() -> BTreeSet<&'static str> {
    fn gather(fields: &'static [Field], keys: &mut BTreeSet<&'static str>) {
        for field in fields {
            keys.insert(field.name);
            if let Shape::Record(inner) | Shape::Records(inner) | Shape::Named(inner) = field.shape {
                gather(inner, keys);
            }
        }
    }
    let mut keys = BTreeSet::new();
    Kind::ALL.iter().for_each(|kind| gather(kind.fields(), &mut keys));
    keys
}

#[test]
fn only_the_kinds_write_a_key_of_front_matter() {
    let keys = keys();
    assert!(["title", "stages", "cut-offs", "favours-ipt"].iter().all(|key| keys.contains(key)), "{keys:?}");
    // What a template gets has names of its own.
    let for_template = regex(r#"\bvalues\.insert\("[\w-]+""#);
    let literal = regex(r#""([a-z][a-z-]*)""#);
    let mut written: BTreeSet<(String, String)> = BTreeSet::new();
    for (path, text) in sources_without_tests() {
        if path.starts_with("model/kinds/") || OTHER_LISTS.iter().any(|(other, _)| *other == path) {
            continue;
        }
        let text = for_template.replace_all(&text, "");
        let words = literal.captures_iter(&text).map(|found| found[1].to_owned());
        written.extend(words.filter(|word| keys.contains(word.as_str())).map(|word| (path.clone(), word)));
    }
    let mut faults = BTreeSet::new();
    for (path, words, what) in BY_CHANCE {
        for word in *words {
            if !written.remove(&((*path).to_owned(), (*word).to_owned())) {
                faults.insert(format!("{path} does not write \"{word}\" ({what}): take it out of the exceptions"));
            }
        }
    }
    for (path, word) in written {
        faults.insert(format!("{path} writes the key \"{word}\": ask a view, or take it from `KEYS`"));
    }
    report(&faults);
}
