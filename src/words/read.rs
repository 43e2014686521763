//! Turns the locale files of a theme, and the labels of a manual, into the texts that the manual shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{self, Diagnostic, Reports};
use crate::files::theme::ThemeFiles;
use crate::language::Language;
use crate::model::settings::Settings;
use crate::span::{FileId, Span, Spanned};
use crate::words::expand::expand;
use crate::words::gaps::{unknown, untranslated};
use crate::words::locale_file::{REFERENCE, is_form, read, reference};
use crate::words::texts::Words;

impl Words {
    /// Reads the texts for a manual's language, falls back to a language without a region and then
    /// to English key by key, and applies the manual's own labels.
    ///
    /// # Reports
    /// Labels that are no key of a text, and texts that the language does not have.
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
                    format!("the theme's file {path} is not saved as UTF-8"),
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
}
