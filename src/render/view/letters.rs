//! Makes the index from A to Z: titles, terms and keywords, for readers without JavaScript.

use std::cmp::Ordering;
use std::collections::HashMap;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::language::Language;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::glossary_and_references;

/// The entries under a letter.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct LetterView {
    /// The letter.
    pub(crate) letter: String,
    /// Its anchor.
    pub(crate) id: String,
    /// The entries, in order.
    pub(crate) entries: Vec<IndexEntryView>,
}

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct IndexEntryView {
    /// What one looks for.
    pub(crate) text: String,
    /// The pages for it, in the order of the manual; several for a keyword of several chapters.
    pub(crate) places: Vec<IndexPlaceView>,
    /// Whether it is itself the title of its only place.
    pub(crate) is_title: bool,
}

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct IndexPlaceView {
    /// The title.
    pub(crate) title: String,
    /// The address.
    pub(crate) url: String,
}

/// All terms and keywords, and titles if wanted, by their first letters.
pub(crate) fn letters(renderer: &Renderer<'_>, with_titles: bool) -> Vec<LetterView> {
    let mut places_of: HashMap<String, Vec<IndexPlaceView>> = HashMap::new();
    let mut add = |text: &str, place: IndexPlaceView| {
        let places = places_of.entry(text.trim().to_owned()).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    };
    for (ix, chapter) in renderer.context.manual.iter() {
        let place = || IndexPlaceView { title: chapter.title.clone(), url: renderer.chapter_address(ix) };
        if with_titles {
            add(&chapter.title, place());
        }
        chapter.common().keywords().iter().for_each(|keyword| add(&keyword.value, place()));
    }
    let root = match renderer.medium {
        Medium::Page(root) => root,
        Medium::Print => "",
    };
    for term in
        glossary_and_references::glossary(&Renderer::plain(renderer.context, Medium::Page(root), "glossary.yaml"))
    {
        let words = std::iter::once(term.term.as_str()).chain(term.also.split(", ")).filter(|word| !word.is_empty());
        words.for_each(|word| add(word, IndexPlaceView { title: term.term.clone(), url: term.url.clone() }));
    }
    let language = &renderer.context.words.language;
    let mut entries: Vec<(String, Vec<IndexPlaceView>)> = places_of.into_iter().collect();
    entries.sort_by(|(one, _), (other, _)| {
        language.compare(bare(one), bare(other)).then_with(|| language.compare(one, other))
    });
    let mut letters: Vec<LetterView> = Vec::new();
    for (text, places) in entries {
        let letter = heading(language, bare(&text), &letters);
        let is_title = matches!(places.as_slice(), [only] if only.title == text);
        let entry = IndexEntryView { text, places, is_title };
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.entries.push(entry),
            None => {
                letters.push(LetterView { id: format!("letter-{}", letters.len() + 1), letter, entries: vec![entry] })
            }
        }
    }
    letters
}

/// What entries are sorted by: without quotation marks and the like before the first letter.
fn bare(text: &str) -> &str {
    text.trim_start_matches(|letter: char| !letter.is_alphanumeric())
}

/// The letter above an entry, if the entries before it are under `letters`: its first letter without accents, or with
/// them if it is a separate, later letter in the language, or two letters if the language sorts them as one (a Czech
/// `ch`). `#` is above numbers.
fn heading(language: &Language, text: &str, letters: &[LetterView]) -> String {
    let composed: Vec<char> = text.nfkc().take(2).collect();
    let Some(first) = composed.first().filter(|first| first.is_alphabetic()) else { return "#".to_owned() };
    let own = first.to_uppercase().to_string();
    let base: String = own.nfkd().filter(|letter| !is_combining_mark(*letter)).take(1).collect();
    let is_open = |letter: &str| letters.last().is_some_and(|last| last.letter == letter);
    let is_closed = |letter: &str| !is_open(letter) && letters.iter().any(|known| known.letter == letter);
    let letter = if language.compare_letters(&own, &base) == Ordering::Greater { own.clone() } else { base };
    if is_closed(&letter) {
        composed.iter().skip(1).fold(own, |pair, second| pair + &second.to_lowercase().to_string())
    } else {
        letter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(tag: &str, texts: &[&str]) -> Vec<String> {
        let language = Language::new(tag);
        let mut texts = texts.to_vec();
        texts.sort_by(|one, other| language.compare(bare(one), bare(other)));
        let mut letters: Vec<LetterView> = Vec::new();
        for text in texts {
            let letter = heading(&language, bare(text), &letters);
            if letters.last().is_none_or(|last| last.letter != letter) {
                letters.push(LetterView { letter, id: String::new(), entries: Vec::new() });
            }
        }
        letters.into_iter().map(|letter| letter.letter).collect()
    }

    #[test]
    fn entries_stand_under_the_letters_of_their_language() {
        assert_eq!(headings("en", &["\u{201c}Épreuve", "PHQ-9", "eating", "2 chairs", "…"]), ["#", "E", "P"]);
        assert_eq!(headings("de", &["Ärger", "Angst", "Zorn"]), ["A", "Z"]);
        assert_eq!(headings("sv", &["Ärger", "Angst", "Zorn"]), ["A", "Z", "Ä"]);
        assert_eq!(headings("cs", &["cena", "hora", "chuť", "cíl"]), ["C", "H", "Ch"]);
        assert_eq!(headings("ar", &["أسرة", "اكتئاب", "إدمان", "بيت"]), ["ا", "ب"]);
    }
}
