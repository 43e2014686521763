//! Interface texts: a locale file to words that templates and tables show.
//!
//! A locale file is a YAML mapping of keys to texts. A text may hold `{key}`, which stands for
//! another text of the file, so that `labels: { patient: Client }` changes every text with a
//! patient in it, and `{0}`, `{1}` for what the tool fills in.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diag::{self, Diagnostic, Fix, Reports, nearest};
use crate::files::theme::ThemeFiles;
use crate::language::{Language, PLURAL_FORMS};
use crate::model::schema::read;
use crate::model::settings::Settings;
use crate::model::yaml::{self, Node, Value};
use crate::span::{FileId, Span, Spanned};

/// The interface texts of a manual.
#[derive(Debug, Default)]
pub struct Words {
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) language: Language,
}

/// The language whose file has every key.
const REFERENCE: &str = "en";

/// Where a text that holds others ends growing, in bytes.
const LONGEST_TEXT: usize = 4_000;

impl Words {
    /// Reads the texts for a manual's language, falls back to a language without a region and then
    /// to English key by key, and applies the manual's own labels.
    ///
    /// # Reports
    /// Labels that no text has, and texts that the language does not have.
    pub(crate) fn new(theme: &ThemeFiles, settings: &Settings, reports: &mut Reports) -> Self {
        let primary = settings.language.split('-').next().unwrap_or(REFERENCE);
        let known = reference(theme);
        // What the theme's own files say, by their paths.
        let mut own: BTreeMap<&str, Vec<(Spanned<String>, String)>> = BTreeMap::new();
        let mut own_file = None;
        let languages = [REFERENCE, primary, &settings.language];
        let path_of = |language: &str| format!("locales/{language}.yaml");
        for (path, file) in theme.own.iter().filter(|(path, _)| path.starts_with("locales/")) {
            let text = std::str::from_utf8(&file.content).ok();
            let Some((file, text)) = file.file.zip(text) else {
                let place = Span::top(settings.file);
                reports.push(Diagnostic::new(
                    &diag::BAD_THEME,
                    place,
                    format!("{path} of the theme is not UTF-8 text"),
                ));
                continue;
            };
            let mut texts = read(text, file, reports);
            texts.retain(|(key, _)| {
                let is_known = known.contains_key(&key.value) || is_form(&key.value, &known);
                if !is_known {
                    reports.push(unknown(key, &known));
                }
                is_known
            });
            if languages[1..].iter().any(|language| *path == path_of(language)) && *path != path_of(REFERENCE) {
                own_file = Some(file);
            }
            own.insert(path, texts);
        }
        // Language by language, so that English words of a theme do not hide those of the manual's language.
        let mut texts = BTreeMap::new();
        let mut translated: BTreeSet<String> = BTreeSet::new();
        for (at, language) in languages.into_iter().enumerate() {
            if languages[..at].contains(&language) {
                continue;
            }
            let path = path_of(language);
            let inherited = theme.default.get(&path).and_then(|content| std::str::from_utf8(content).ok());
            let inherited = inherited.into_iter().flat_map(|text| read(text, FileId(0), &mut Reports::new()));
            for (key, text) in inherited.chain(own.get(path.as_str()).into_iter().flatten().cloned()) {
                if at > 0 {
                    translated.insert(key.value.clone());
                }
                texts.insert(key.value, text);
            }
        }
        reports.extend(untranslated(settings, primary, &known, &translated, own_file));
        for (name, text) in settings.yaml().labels() {
            if texts.contains_key(&name.value) {
                texts.insert(name.value.clone(), text.clone());
            } else {
                reports.push(unknown(name, &texts));
            }
        }
        // German writes nouns with capitals wherever they stand.
        let capital_nouns = primary.eq_ignore_ascii_case("de");
        let texts = texts.iter().map(|(key, text)| (key.clone(), expand(text, &texts, capital_nouns, 0))).collect();
        Self { texts, language: Language::new(&settings.language) }
    }

    /// The text of a key; the key itself if there is none, so that the gap shows.
    pub(crate) fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text of a key, where there is one.
    pub(crate) fn find(&self, key: &str) -> Option<&str> {
        self.texts.get(key).map(String::as_str)
    }

    /// Some texts in a row, with the sign between them that the language has.
    pub(crate) fn list<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> String {
        let mut list = String::new();
        for text in texts {
            if !list.is_empty() {
                list.push_str(self.get("list-comma"));
            }
            list.push_str(text.as_ref());
        }
        list
    }

    /// The text of a key with `{0}`, `{1}` … filled in.
    pub(crate) fn fill(&self, key: &str, values: &[&str]) -> String {
        let mut text = self.get(key).to_owned();
        for (at, value) in values.iter().enumerate() {
            text = text.replace(&format!("{{{at}}}"), value);
        }
        text
    }

    /// All texts.
    pub(crate) fn all(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// A date in the order and words of the language.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = format!("month-{}", date.month());
        self.fill("date", &[&date.day().to_string(), self.get(&month), &date.year().to_string()])
    }

    /// A text with a number in it, in the form that the language has for that number: `{key}-one`,
    /// `{key}-few` and so on, as the Unicode plural rules tell them apart, or `{key}-other`.
    pub(crate) fn count(&self, key: &str, number: usize) -> String {
        let form = format!("{key}-{}", self.language.plural_form(number));
        let form = if self.texts.contains_key(&form) { form } else { format!("{key}-other") };
        self.fill(&form, &[&number.to_string()])
    }

    /// The forms of a text with a number in it, by their names.
    pub(crate) fn forms(&self, key: &str) -> BTreeMap<&'static str, &str> {
        PLURAL_FORMS.iter().filter_map(|form| Some((*form, self.find(&format!("{key}-{form}"))?))).collect()
    }

    /// A number with the language's decimal mark and a minus sign instead of a hyphen.
    pub(crate) fn number(&self, number: f64) -> String {
        let mark = self.find("decimal-mark").unwrap_or(".");
        // Among words that run from right to left the sign would jump behind the number.
        let sign = if self.language.is_right_to_left() { "\u{200e}−" } else { "−" };
        number.to_string().replace('.', mark).replace('-', sign)
    }
}

/// The texts that there are, in the words of the default theme.
fn reference(theme: &ThemeFiles) -> BTreeMap<String, String> {
    let text = theme.default.get(&format!("locales/{REFERENCE}.yaml"));
    let text = text.and_then(|content| std::str::from_utf8(content).ok()).unwrap_or_default();
    read(text, FileId(0), &mut Reports::new()).into_iter().map(|(key, text)| (key.value, text)).collect()
}

/// The keys of all texts that there are.
pub(crate) fn keys(theme: &ThemeFiles) -> Vec<String> {
    reference(theme).into_keys().collect()
}

/// A locale file as keys and texts.
fn read(text: &str, file: FileId, reports: &mut Reports) -> Vec<(Spanned<String>, String)> {
    match yaml::parse(text, file, 0) {
        Ok(Node { value: Value::Map(entries), .. }) => {
            let mut pair = |(key, value): &(Node, Node)| {
                let name = key.as_text().unwrap_or_default();
                let text = value.as_text();
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
                            .other(first, "first here")
                            .help("leave one of them out"),
                    );
                }
            }
            pairs
        }
        Ok(Node { value: Value::Null, .. }) => Vec::new(),
        Ok(node) => {
            let message = format!("a locale file holds keys with texts, not {}", node.describe());
            reports.push(Diagnostic::new(&diag::WRONG_TYPE, node.span, message).help("write `key: text`, one a line"));
            Vec::new()
        }
        Err(report) => {
            reports.push(*report);
            Vec::new()
        }
    }
}

/// Whether a key is a form of a text with a number in it.
fn is_form(key: &str, known: &BTreeMap<String, String>) -> bool {
    key.rsplit_once('-')
        .is_some_and(|(text, form)| PLURAL_FORMS.contains(&form) && known.contains_key(&format!("{text}-other")))
}

/// What is shown in English because the manual's language has no text for it.
fn untranslated(
    settings: &Settings,
    primary: &str,
    known: &BTreeMap<String, String>,
    translated: &BTreeSet<String>,
    own_file: Option<FileId>,
) -> Option<Diagnostic> {
    if primary.eq_ignore_ascii_case(REFERENCE) {
        return None;
    }
    // A language need not have the forms for numbers that English has.
    let optional = |key: &str| !key.ends_with("-other") && is_form(key, known);
    let missing = known.keys().filter(|key| !translated.contains(*key) && !optional(key));
    let missing: Vec<&str> = missing.map(String::as_str).collect();
    let (first, rest) = (missing.first()?, missing.len() - 1);
    let (place, message) = match own_file {
        Some(file) => (
            Span::top(file),
            format!("{} of {} texts are missing here: English ones are shown", missing.len(), known.len()),
        ),
        None => {
            let place = settings.yaml().language().map_or(Span::top(settings.file), |line| line.span);
            (place, format!("there are no interface texts in `{primary}`: English ones are shown"))
        }
    };
    let help = match own_file {
        Some(_) if rest > 0 => format!("add `{first}: …` and {rest} more, as in the theme's locales/{REFERENCE}.yaml"),
        Some(_) => format!("add `{first}: …`, as in the theme's locales/{REFERENCE}.yaml"),
        None => {
            format!("write locales/{primary}.yaml in a theme of your own, with the keys of locales/{REFERENCE}.yaml")
        }
    };
    Some(Diagnostic::new(&diag::MISSING_TEXT, place, message).help(help))
}

fn unknown(name: &Spanned<String>, known: &BTreeMap<String, String>) -> Diagnostic {
    let near = nearest(&name.value, known.keys().map(String::as_str));
    let fix = near.and_then(|near| Fix::of_name(name.span, &name.value, near));
    let near = near.map(|near| format!("did you mean `{near}`?"));
    let message = format!("there is no interface text `{}`", name.value);
    Diagnostic::new(&diag::UNKNOWN_FIELD, name.span, message)
        .help(near.unwrap_or_else(|| "the keys are those of the default theme's locale file".into()))
        .maybe_fix(fix)
}

/// Replaces `{key}` by the text of the key; a circle of keys ends after a few rounds.
fn expand(text: &str, texts: &BTreeMap<String, String>, capital_nouns: bool, depth: usize) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{').filter(|_| expanded.len() < LONGEST_TEXT) {
        expanded.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let close = inner.find('}');
        let found = close.and_then(|close| texts.get(&inner[..close]).map(|text| (close, text)));
        match found {
            Some((close, found)) if depth < 4 => {
                let found = expand(found, texts, capital_nouns, depth + 1);
                // In the middle of a sentence the word begins in lower case.
                if expanded.is_empty() || capital_nouns {
                    expanded.push_str(&found)
                } else {
                    expanded.push_str(&lower_first(&found))
                }
                rest = &inner[close + 1..];
            }
            _ => {
                expanded.push('{');
                rest = inner;
            }
        }
    }
    expanded.push_str(rest);
    expanded
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let texts = PLURAL_FORMS.iter().map(|form| (format!("x-{form}"), format!("{{0}} {form}"))).collect();
        let mut words = Words { texts, language: Language::new("ar") };
        let said: Vec<String> = [0, 1, 2, 3, 11, 100].map(|number| words.count("x", number)).into();
        assert_eq!(said, ["0 zero", "1 one", "2 two", "3 few", "11 many", "100 other"]);
        words.language = Language::new("en");
        assert_eq!([1, 2].map(|number| words.count("x", number)), ["1 one", "2 other"]);
        words.texts.remove("x-one");
        assert_eq!(words.count("x", 1), "1 other");
        words.language = Language::new("no language");
        assert_eq!(words.count("x", 2), "2 other");
    }
}
