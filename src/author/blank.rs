//! Turns a kind and a title into a chapter to fill in, with every key and what it is for, as `iptbook new` writes it.

use std::fmt::Write as _;

use crate::model::kind::Kind;
use crate::model::kinds::common::Common;
use crate::model::range::SessionRange;
use crate::model::schema::shape::{Field, Shape};
use crate::model::unwritten;

/// The longest id that is made from a title, in letters: it is part of addresses and file names.
const LONGEST_ID: usize = 60;

/// The key that is not required, but that causes a warning if it is missing.
const SUMMARY: &str = Common::KEYS.summary;

/// What a manual has that a chapter may name.
pub(crate) trait Examples {
    /// Ids of chapters of a kind, or of any kind: a few are enough.
    fn ids(&self, kind: Option<Kind>) -> Vec<String>;

    /// Keys of the bibliography: a few are enough.
    fn works(&self) -> Vec<String>;
}

/// An id made from a title in any script, in ASCII; empty if the title has neither letters nor digits.
pub(crate) fn id_of(title: &str) -> String {
    let plain = deunicode::deunicode(title).to_lowercase();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '\'');
    let mut id = String::new();
    for word in words {
        let word = word.replace('\'', "");
        if word.is_empty() {
            continue;
        }
        if !id.is_empty() {
            if id.len() + word.len() >= LONGEST_ID {
                break;
            }
            id.push('-');
        }
        id.extend(word.chars().take(LONGEST_ID));
    }
    id
}

/// A chapter of a kind: its front matter, and no text yet. `told` are keys that need a value because the place of the
/// file does not give it.
///
/// Required keys come first and are left empty, so that `check` asks for them. The others are comments. What follows
/// `#` without a space is YAML.
pub(crate) fn chapter(kind: Kind, title: &str, told: &[(&str, String)], examples: &dyn Examples) -> String {
    let fields = kind.fields();
    let mut text = format!(
        "---\n# {} Every key that you can use here, with a short explanation. Lines that begin with #\n\
         # are not read. To use a key, remove the # before it and change the example after it.\n\n{}: {}\n",
        kind.about(),
        Common::KEYS.title,
        quoted(title)
    );
    for field in fields.iter().filter(|field| field.required && field.name != Common::KEYS.title) {
        let _ = write!(text, "\n# {} (required)\n{}:\n", explained(field), field.name);
    }
    for field in fields.iter().filter(|field| field.name == SUMMARY) {
        let _ = write!(text, "\n# {}\n{}:\n", explained(field), field.name);
    }
    let told_of = |field: &Field| told.iter().find(|(name, _)| *name == field.name);
    for (field, (name, value)) in fields.iter().filter_map(|field| Some((field, told_of(field)?))) {
        let _ = write!(text, "\n# {}\n{name}: {value}\n", field.note);
    }
    let is_written = |field: &Field| field.required || field.name == SUMMARY || told_of(field).is_some();
    for field in fields.iter().filter(|field| !is_written(field)) {
        let _ = write!(text, "\n# {}\n", explained(field));
        let example = if field.name == Common::KEYS.kind {
            format!("{}: {}", field.name, kind.name())
        } else {
            example(field, examples)
        };
        example.lines().for_each(|line| {
            let _ = writeln!(text, "#{line}");
        });
    }
    let _ = writeln!(
        text,
        "---\n\n{} Leave an empty line between paragraphs, and begin a heading with `##`. To link to another\nchapter, write its id between `[[` and `]]`.",
        unwritten::CHAPTER
    );
    text
}

/// What a key is for, and what may be written.
fn explained(field: &Field) -> String {
    let words = |words: &[&str]| words.join(", ");
    match field.shape {
        Shape::Choice(choices) => format!("{}: one of {}", field.note, words(choices)),
        Shape::Choices(choices) => format!("{}: one or more of {}", field.note, words(choices)),
        Shape::Ids(kind) => format!("{}: ids of {}", field.note, kind.plural().replace('-', " ")),
        Shape::AnyIds => format!("{}: ids of chapters", field.note),
        Shape::Keys => format!("{}: keys from the bibliography", field.note),
        Shape::Date => format!("{}: year-month-day", field.note),
        Shape::Sessions => {
            format!("{}: such as 3, 1-3, {} or {}", field.note, SessionRange::Throughout, SessionRange::FollowUp)
        }
        _ => field.note.to_owned(),
    }
}

/// A key with an example of its value.
fn example(field: &Field, examples: &dyn Examples) -> String {
    let name = field.name;
    let listed = |items: Vec<String>| format!("{name}: [{}]\n", items.join(", "));
    match field.shape {
        Shape::Lines => format!("{name}: [one, another]\n"),
        Shape::Texts => format!("{name}:\n  - one\n  - another\n"),
        Shape::Ids(kind) => listed(examples.ids(Some(kind))),
        Shape::AnyIds => listed(examples.ids(None)),
        Shape::Keys => listed(examples.works()),
        Shape::Choices(words) => listed(words.iter().take(2).map(|word| (*word).to_owned()).collect()),
        Shape::Record(fields) => format!("{name}:\n{}", indented(fields, examples, "  ")),
        Shape::Records(fields) => {
            let item = indented(fields, examples, "    ");
            format!("{name}:\n  - {}", item.trim_start())
        }
        shape => format!("{name}: {}\n", value(shape)),
    }
}

/// The keys of a mapping within another, each explained after it.
fn indented(fields: &[Field], examples: &dyn Examples, indent: &str) -> String {
    let mut text = String::new();
    for field in fields {
        let mut lines = example(field, examples).lines().map(str::to_owned).collect::<Vec<_>>();
        if let Some(first) = lines.first_mut() {
            let _ = write!(first, "    # {}", explained(field));
        }
        for line in lines {
            let _ = writeln!(text, "{indent}{line}");
        }
    }
    text
}

/// An example of one value.
fn value(shape: Shape) -> &'static str {
    match shape {
        Shape::Integer => "1",
        Shape::Number => "0.5",
        Shape::Interval => "[0, 1]",
        Shape::Flag => "false",
        Shape::Date => "2026-01-31",
        Shape::Months => "24 months",
        Shape::Sessions => "1-3",
        Shape::Id => "some-id",
        Shape::Choice(words) => words.first().copied().unwrap_or_default(),
        _ => unwritten::VALUE,
    }
}

/// A text as YAML has it on one line.
fn quoted(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '(' | ')' | ',' | '’'))
        && !text.ends_with(' ')
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(&text.to_lowercase().as_str());
    // What is a string in JSON is one in YAML.
    if is_plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Reports, Severity};
    use crate::files::source::SourceFile;
    use crate::model::chapter;
    use crate::model::mentions::Mentions;
    use crate::model::raw_html::RawHtml;
    use crate::model::reading::Conditions;
    use crate::span::FileId;

    struct OneOfEach;

    impl Examples for OneOfEach {
        fn ids(&self, kind: Option<Kind>) -> Vec<String> {
            vec![kind.map_or_else(|| "page/one".into(), |kind| format!("a-{}", kind.name()))]
        }

        fn works(&self) -> Vec<String> {
            vec!["weissman2018".into()]
        }
    }

    fn read(kind: Kind, text: &str) -> (chapter::Chapter, Vec<String>) {
        let mentions = Mentions::default();
        let conditions = Conditions { raw_html: RawHtml::Sanitize, mentions: &mentions };
        let source =
            SourceFile { path: "a/01-b.md".into(), shown: String::new(), text: std::sync::Arc::new(text.into()) };
        let mut reports = Reports::new();
        let chapter = chapter::parse(FileId(0), &source, kind, conditions, &mut reports);
        let errors = reports.iter().filter(|report| report.severity == Severity::Error);
        (chapter, errors.map(|report| report.message.clone()).collect())
    }

    #[test]
    fn a_new_chapter_lacks_only_what_its_author_must_say() {
        for kind in Kind::ALL {
            let (chapter, errors) = read(*kind, &super::chapter(*kind, "A: \"b\" # c", &[], &OneOfEach));
            let wanted = kind.fields().iter().filter(|field| field.required && field.name != Common::KEYS.title);
            assert_eq!(errors, wanted.map(|field| format!("`{}` is empty", field.name)).collect::<Vec<_>>());
            assert_eq!(chapter.title, "A: \"b\" # c");
        }
    }

    #[test]
    fn every_key_can_be_taken_out_of_its_comment() {
        for kind in Kind::ALL {
            let text = super::chapter(*kind, "A", &[], &OneOfEach);
            let uncommented: Vec<String> = text
                .lines()
                .map(|line| match line.strip_prefix('#') {
                    Option::Some(key) if !key.starts_with(' ') || key.starts_with("  ") => key.to_owned(),
                    _ => line.to_owned(),
                })
                .collect();
            let (chapter, errors) = read(*kind, &uncommented.join("\n"));
            assert!(errors.iter().all(|error| error.ends_with("is empty")), "{kind:?}: {errors:?}\n{text}");
            for field in kind.fields().iter().filter(|field| !field.required && field.name != SUMMARY) {
                assert!(chapter.front.value(field).is_some(), "{kind:?} {}\n{text}", field.name);
            }
        }
    }

    #[test]
    fn ids_come_from_titles_in_any_script() {
        for (title, id) in [
            ("Communication analysis", "communication-analysis"),
            ("Rôle-Übung & Spiel!", "role-ubung-spiel"),
            ("The patient's story", "the-patients-story"),
            ("角色扮演", "jiao-se-ban-yan"),
            ("Утрата", "utrata"),
            ("!?", ""),
        ] {
            assert_eq!(id_of(title), id, "{title}");
        }
        assert!(crate::model::schema::scalar::is_kebab_case(&id_of("تحليل التواصل")), "{}", id_of("تحليل التواصل"));
        let long = id_of(&"word ".repeat(100));
        assert!(long.len() <= LONGEST_ID && crate::model::schema::scalar::is_kebab_case(&long), "{long}");
    }

    #[test]
    fn titles_are_quoted_where_yaml_would_take_them_for_something_else() {
        assert_eq!(quoted("Role play"), "Role play");
        assert_eq!(["12", "yes", "a: b", "- a"].map(quoted), ["\"12\"", "\"yes\"", "\"a: b\"", "\"- a\""]);
    }
}
