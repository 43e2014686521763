//! The index from A to Z: titles, terms and keywords, for readers without JavaScript.

use std::collections::BTreeMap;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::render::text::filler::{Filler, Stand};
use crate::render::view::glossary_and_references;

/// The entries under a letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The letter.
    pub letter: String,
    /// Its anchor.
    pub id: String,
    /// The entries, in order.
    pub entries: Vec<EntryView>,
}

/// An entry.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// What one looks for.
    pub text: String,
    /// Where it is said, in the order of the manual; several for a keyword of several chapters.
    pub places: Vec<PlaceView>,
    /// Whether it is itself the title of its only place.
    pub is_title: bool,
}

/// Where something is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlaceView {
    /// The title.
    pub title: String,
    /// The address.
    pub url: String,
}

/// All terms and keywords, and titles if wanted, by their first letters.
pub fn letters(filler: &Filler<'_>, with_titles: bool) -> Vec<LetterView> {
    let mut entries: BTreeMap<(String, String), Vec<PlaceView>> = BTreeMap::new();
    let mut add = |text: &str, place: PlaceView| {
        let text = text.trim();
        let places = entries.entry((sort_key(text), text.to_owned())).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    };
    for (ix, chapter) in filler.book.manual.iter() {
        let place = || PlaceView { title: chapter.title.clone(), url: filler.chapter_address(ix) };
        if with_titles {
            add(&chapter.title, place());
        }
        chapter.front.lines("keywords").iter().for_each(|keyword| add(&keyword.value, place()));
    }
    let root = match filler.stand {
        Stand::Page(root) => root,
        Stand::Print => "",
    };
    for term in glossary_and_references::glossary(&Filler::plain(filler.book, Stand::Page(root), "glossary.yaml")) {
        let words = std::iter::once(term.term.as_str()).chain(term.also.split(", ")).filter(|word| !word.is_empty());
        words.for_each(|word| add(word, PlaceView { title: term.term.clone(), url: term.url.clone() }));
    }
    let mut letters: Vec<LetterView> = Vec::new();
    for ((key, text), places) in entries {
        let letter = key
            .chars()
            .next()
            .filter(|letter| letter.is_alphabetic())
            .map_or_else(|| "#".to_owned(), |letter| letter.to_uppercase().to_string());
        let is_title = matches!(places.as_slice(), [only] if only.title == text);
        let entry = EntryView { text, places, is_title };
        match letters.last_mut().filter(|last| last.letter == letter) {
            Some(last) => last.entries.push(entry),
            None => {
                letters.push(LetterView { id: format!("letter-{}", letters.len() + 1), letter, entries: vec![entry] })
            }
        }
    }
    letters
}

/// What entries are sorted by: without case, accents and quotation marks.
fn sort_key(text: &str) -> String {
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    letters.skip_while(|letter| !letter.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn entries_are_sorted_without_case_and_accents() {
        assert_eq!(sort_key("\u{201c}Épreuve"), "epreuve");
        assert_eq!(sort_key("PHQ-9"), "phq-9");
    }
}
