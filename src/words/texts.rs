//! Keeps the interface texts of a manual, by their keys.

use std::collections::BTreeMap;

use crate::language::Language;
use crate::words::key::Word;

/// The interface texts of a manual.
#[derive(Debug, Default)]
pub struct Words {
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) language: Language,
}

impl Words {
    /// The text of a word.
    pub(crate) fn get(&self, word: Word) -> &str {
        self.named(word.key(), word.key())
    }

    /// The text of a word with `{0}`, `{1}` … filled in.
    pub(crate) fn fill(&self, word: Word, values: &[&str]) -> String {
        filled(self.get(word), values)
    }

    /// All texts, by their keys.
    pub(crate) fn all(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// Some texts in one line, with the separator of the language between them.
    pub(crate) fn list<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> String {
        let mut list = String::new();
        for text in texts {
            if !list.is_empty() {
                list.push_str(self.get(Word::ListComma));
            }
            list.push_str(text.as_ref());
        }
        list
    }

    /// The text of a key, where there is one.
    pub(in crate::words) fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// The text of a key. Every key has one, as a test checks; if there are no texts at all, it is `name`.
    pub(in crate::words) fn named<'a>(&'a self, key: &str, name: &'a str) -> &'a str {
        debug_assert!(self.texts.is_empty() || self.texts.contains_key(key), "no text has the key {key}");
        self.find(key).unwrap_or(name)
    }
}

/// A text with `{0}`, `{1}` … filled in.
pub(in crate::words) fn filled(text: &str, values: &[&str]) -> String {
    let mut text = text.to_owned();
    for (at, value) in values.iter().enumerate() {
        text = text.replace(&format!("{{{at}}}"), value);
    }
    text
}
