//! Reads a locale file into keys and texts.

use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic, Reports};
use crate::files::theme::ThemeFiles;
use crate::language::PLURAL_FORMS;
use crate::model::schema::{self, read};
use crate::model::yaml::{self, YamlNode, YamlValue};
use crate::span::{FileId, Span, Spanned};

/// The language whose file has every key.
pub(in crate::words) const REFERENCE: &str = "en";

/// The texts that there are, in the words of the default theme.
pub(in crate::words) fn reference(theme: &ThemeFiles) -> BTreeMap<String, String> {
    let text = theme.default.get(&format!("locales/{REFERENCE}.yaml"));
    let text = text.and_then(|content| std::str::from_utf8(content).ok()).unwrap_or_default();
    read(text, FileId(0), &mut Reports::new()).into_iter().map(|(key, text)| (key.value, text)).collect()
}

/// The keys of all texts that there are.
pub(crate) fn keys(theme: &ThemeFiles) -> Vec<String> {
    reference(theme).into_keys().collect()
}

/// A locale file as keys and texts.
pub(in crate::words) fn read(text: &str, file: FileId, reports: &mut Reports) -> Vec<(Spanned<String>, String)> {
    match yaml::parse(text, file, 0) {
        Ok(YamlNode { value: YamlValue::Map(entries), .. }) => {
            let mut pair = |(key, value): &(YamlNode, YamlNode)| {
                let name = key.as_text().unwrap_or_default();
                let text = value.as_text();
                reports.extend(schema::cut(value));
                if text.is_none() {
                    let message = format!("`{name}` takes one text, not {}", value.describe());
                    reports.push(
                        Diagnostic::new(&diag::WRONG_TYPE, read::place(value), message)
                            .help("write the text after the colon"),
                    );
                }
                Some((Spanned::new(name.to_owned(), key.span), text?.to_owned()))
            };
            let pairs: Vec<(Spanned<String>, String)> = entries.iter().filter_map(&mut pair).collect();
            let mut first: BTreeMap<&str, Span> = BTreeMap::new();
            for (key, _) in &pairs {
                if let Some(first) = first.insert(&key.value, key.span) {
                    let message = format!("`{}` is given twice", key.value);
                    reports.push(
                        Diagnostic::new(&diag::DUPLICATE_FIELD, key.span, message)
                            .other(first, "the first one is here")
                            .help("remove one of them"),
                    );
                }
            }
            pairs
        }
        Ok(YamlNode { value: YamlValue::Null, .. }) => Vec::new(),
        Ok(node) => {
            let message = format!("a locale file must be keys with texts, not {}", node.describe());
            reports.push(
                Diagnostic::new(&diag::WRONG_TYPE, node.span, message).help("write `key: text`, one on each line"),
            );
            Vec::new()
        }
        Err(report) => {
            reports.push(*report);
            Vec::new()
        }
    }
}

/// Whether a key is a form of a text with a number in it.
pub(in crate::words) fn is_form(key: &str, known: &BTreeMap<String, String>) -> bool {
    key.rsplit_once('-')
        .is_some_and(|(text, form)| PLURAL_FORMS.contains(&form) && known.contains_key(&format!("{text}-other")))
}
