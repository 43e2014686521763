//! Finds where a text mentions the terms of a glossary.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, Input, MatchKind};

/// The words that mention terms.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    words: Option<AhoCorasick>,
    /// For each word: its term, and whether its case must fit.
    meanings: Vec<(u32, Option<String>)>,
    /// For each term, the chapters (`kind/id`) that its `see` names.
    explained_in: Vec<Vec<String>>,
    /// For each term, the phrases in which it means something else, folded.
    exceptions: Vec<Vec<String>>,
    ends: OpenEnds,
}

/// What [`Mentions`] needs to know of a term.
pub(crate) struct TermWords<'t> {
    /// The words for it.
    pub(crate) words: Vec<&'t str>,
    /// The chapters (`kind/id`) that its `see` names.
    pub(crate) chapters: Vec<String>,
    /// The phrases in which these words mean something else.
    pub(crate) except: Vec<&'t str>,
}

/// A term in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The number of the term, in the order in which [`Mentions::new`] was given them.
    pub(crate) term: u32,
    /// First byte in the text.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
}

impl Mentions {
    /// Prepares to find terms.
    pub(crate) fn new<'t>(terms: impl Iterator<Item = TermWords<'t>>) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut mentions = Self::default();
        for (number, term) in (0u32..).zip(terms) {
            for word in &term.words {
                // An abbreviation is a mention only in its own capitals: "HOPE" is not "hope".
                let exact = word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
                for written in ways_to_write(word, exact) {
                    mentions.meanings.push((number, exact.then(|| written.clone())));
                    words.push(written);
                }
            }
            mentions.ends.add(term.words.iter().chain(&term.except));
            mentions.explained_in.push(term.chapters);
            mentions.exceptions.push(term.except.iter().map(|phrase| folded(phrase)).collect());
        }
        mentions.ends.finish();
        mentions.words = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&words)
            .ok()
            .filter(|_| !words.is_empty());
        mentions
    }

    /// Whether a term names `chapter` (`kind/id`) under `see`: on that page the word needs no explanation.
    pub(crate) fn means(&self, term: u32, chapter: &str) -> bool {
        self.explained_in[term as usize].iter().any(|explained| explained == chapter)
    }

    /// The terms that `text` mentions as whole words, from left to right, the longest first.
    pub(crate) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        let mut from = 0;
        std::iter::from_fn(move || {
            let words = self.words.as_ref()?;
            loop {
                let mut found = words.find(Input::new(text).range(from..))?;
                let first = found.start();
                from = found.end();
                loop {
                    let mention =
                        Mention { term: self.meanings[found.pattern().as_usize()].0, start: first, end: found.end() };
                    if self.is_mention(text, mention, found.pattern().as_usize()) {
                        from = mention.end;
                        return Some(mention);
                    }
                    // Perhaps a shorter word begins here, and if not, another one within this.
                    from = first + 1;
                    match words.find(Input::new(text).range(first..found.end() - 1)) {
                        Some(shorter) if shorter.start() == first => found = shorter,
                        _ => break,
                    }
                }
            }
        })
    }

    fn is_mention(&self, text: &str, mention: Mention, pattern: usize) -> bool {
        let Mention { term, start, end } = mention;
        let bounded = !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
            && !text[end..].chars().next().is_some_and(char::is_alphanumeric);
        let fits = || self.meanings[pattern].1.as_deref().is_none_or(|exact| exact == &text[start..end]);
        bounded && fits() && !self.is_excepted(term, text, start, end)
    }

    /// Whether there are phrases in which a term means something else.
    pub(crate) fn has_exceptions(&self, term: u32) -> bool {
        !self.exceptions[term as usize].is_empty()
    }

    /// Whether a stretch of a text, a word for a term, stands in a phrase in which it means something else.
    pub(crate) fn is_excepted(&self, term: u32, text: &str, start: usize, end: usize) -> bool {
        self.exceptions[term as usize].iter().any(|phrase| is_within(text, start, end, phrase))
    }

    /// Where the words begin at the end of a text with which a term may begin that goes on in the text after it.
    pub(crate) fn open_end(&self, text: &str) -> Option<usize> {
        let from = self.ends.find(text)?;
        // Nor may a term that ends in these words be cut.
        let around = self.find(text).find(|mention| mention.start < from && from < mention.end);
        Some(around.map_or(from, |mention| mention.start))
    }
}

/// Whether a stretch of a text stands in a phrase.
fn is_within(text: &str, start: usize, end: usize, phrase: &str) -> bool {
    let word = folded(&text[start..end]);
    phrase.match_indices(&word).any(|(at, _)| {
        let (before, after) = (&phrase[..at], &phrase[at + word.len()..]);
        let mut left = text[..start].chars().rev();
        let mut right = text[end..].chars();
        before.chars().rev().all(|letter| left.next().is_some_and(|there| folds_to(there, letter)))
            && after.chars().all(|letter| right.next().is_some_and(|there| folds_to(there, letter)))
            && !(before.starts_with(char::is_alphanumeric) && left.next().is_some_and(char::is_alphanumeric))
            && !(after.ends_with(char::is_alphanumeric) && right.next().is_some_and(char::is_alphanumeric))
    })
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | 'ʼ')
}

fn folds_to(letter: char, wanted: char) -> bool {
    letter == wanted || folded(letter.encode_utf8(&mut [0; 4])).chars().eq([wanted])
}

/// A text in small letters, with one kind of apostrophe, on one line.
fn folded(text: &str) -> String {
    let letters = text.chars().map(|letter| match letter {
        '\n' => ' ',
        letter if is_apostrophe(letter) => '\'',
        letter => letter,
    });
    letters.flat_map(char::to_lowercase).collect()
}

/// A word with either apostrophe, and, beyond the Latin alphabet, with a capital and a small letter.
fn ways_to_write(word: &str, exact: bool) -> Vec<String> {
    let mut ways = vec![word.to_owned()];
    if word.contains(is_apostrophe) {
        ways = vec![word.replace(is_apostrophe, "'"), word.replace(is_apostrophe, "’")];
    }
    if !exact && !word.is_ascii() {
        for way in ways.clone() {
            let small = way.to_lowercase();
            let mut letters = small.chars();
            let capital =
                letters.next().into_iter().flat_map(char::to_uppercase).collect::<String>() + letters.as_str();
            ways.extend([small, capital]);
        }
        ways.sort();
        ways.dedup();
    }
    ways
}

/// Knows with which words a term of several words begins: the words of a text may come in pieces, at an apostrophe or at
/// the end of a line.
#[derive(Debug, Clone, Default)]
struct OpenEnds {
    /// Terms and phrases of several words, folded and sorted.
    several: Vec<String>,
    /// The words within them that others follow, sorted.
    inner: Vec<String>,
    /// A bit for each of these, to know most other words at a glance.
    bits: u64,
    /// The most words that one of them has.
    most: usize,
}

impl OpenEnds {
    fn add<'t>(&mut self, words: impl Iterator<Item = &'t &'t str>) {
        for word in words {
            let word = folded(word);
            let pieces: Vec<&str> =
                word.split(|letter: char| !letter.is_alphanumeric()).filter(|piece| !piece.is_empty()).collect();
            if pieces.len() < 2 {
                continue;
            }
            self.most = self.most.max(pieces.len());
            for piece in &pieces[..pieces.len() - 1] {
                self.bits |= bit(piece);
                self.inner.push((*piece).to_owned());
            }
            self.several.push(word);
        }
    }

    fn finish(&mut self) {
        self.several.sort();
        self.inner.sort();
        self.inner.dedup();
    }

    fn find(&self, text: &str) -> Option<usize> {
        // Most texts end with a full stop.
        let is_mark = |byte: &u8| byte.is_ascii_punctuation() && *byte != b'\'';
        if self.inner.is_empty() || text.as_bytes().last().is_none_or(is_mark) {
            return None;
        }
        let last = text.trim_end_matches([' ', '\n']).trim_end_matches(is_apostrophe);
        let word_at = |text: &str| text.trim_end_matches(char::is_alphanumeric).len();
        let mut start = word_at(last);
        let word = &last[start..];
        if word.is_empty() || self.bits & bit(word) == 0 || self.inner.binary_search(&folded(word)).is_err() {
            return None;
        }
        let mut found = None;
        for _ in 0..self.most {
            let end = folded(&text[start..]);
            let at = self.several.partition_point(|term| *term < end);
            if self.several[at..].iter().take_while(|term| term.starts_with(&end)).any(|term| term.len() > end.len()) {
                found = Some(start);
            }
            let before = text[..start].trim_end_matches(|letter: char| !letter.is_alphanumeric());
            if before.is_empty() {
                break;
            }
            start = word_at(before);
        }
        found
    }
}

/// One of 64 bits for a word, the same for capitals and small letters.
fn bit(word: &str) -> u64 {
    let letter = |at: usize| word.as_bytes().get(at).map_or(0, |byte| byte | 0x20);
    // Letters beyond ASCII change with their case.
    if !word.is_ascii() {
        return 1;
    }
    1 << ((letter(0) ^ letter(word.len() - 1).rotate_left(3) ^ word.len() as u8) & 63)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mentions(terms: &[(&[&str], &[&str])]) -> Mentions {
        Mentions::new(terms.iter().map(|(words, except)| TermWords {
            words: words.to_vec(),
            chapters: Vec::new(),
            except: except.to_vec(),
        }))
    }

    fn found<'t>(mentions: &Mentions, text: &'t str) -> Vec<(u32, &'t str)> {
        mentions.find(text).map(|mention| (mention.term, &text[mention.start..mention.end])).collect()
    }

    #[test]
    fn apostrophes_and_capitals_are_the_same() {
        let straight = mentions(&[(&["patient's view"], &[]), (&["Übergang"], &[]), (&["HOPE"], &[])]);
        assert_eq!(
            found(&straight, "The Patient’s view, patient's view."),
            [(0, "Patient’s view"), (0, "patient's view")]
        );
        assert_eq!(
            found(&straight, "Übergang und übergang, hope, HOPE"),
            [(1, "Übergang"), (1, "übergang"), (2, "HOPE")]
        );
        let curly = mentions(&[(&["patient’s view"], &[])]);
        assert_eq!(found(&curly, "patient's view"), [(0, "patient's view")]);
    }

    #[test]
    fn a_longer_word_hides_no_shorter_one() {
        let some = mentions(&[(&["role play"], &[]), (&["role"], &[]), (&["play"], &[])]);
        assert_eq!(found(&some, "role players"), [(1, "role")]);
        assert_eq!(found(&some, "parole play, role play"), [(2, "play"), (0, "role play")]);
    }

    #[test]
    fn a_term_within_a_phrase_is_no_mention() {
        let some = mentions(&[
            (&["inventory"], &["Inventory of Complicated Grief", "patient's inventory"]),
            (&["complicated grief"], &[]),
        ]);
        assert_eq!(found(&some, "the Inventory\nof Complicated Grief"), [(1, "Complicated Grief")]);
        assert_eq!(found(&some, "the Inventory of Complicated Grief"), [(1, "Complicated Grief")]);
        assert_eq!(found(&some, "the inventory of complicated grieving"), [(0, "inventory")]);
        assert_eq!(found(&some, "the patient’s inventory, our inventory"), [(0, "inventory")]);
    }

    #[test]
    fn the_end_of_a_text_may_begin_a_term() {
        let some = mentions(&[(&["patient's view"], &[]), (&["sick role"], &[]), (&["role"], &["role of the drum"])]);
        assert_eq!(some.open_end("the patient"), Some(4));
        assert_eq!(some.open_end("the patient’"), Some(4));
        assert_eq!(some.open_end("the patient’s"), Some(4));
        assert_eq!(some.open_end("the sick\n"), Some(4));
        assert_eq!(some.open_end("role of the"), Some(0));
        assert_eq!(some.open_end("the sick."), None);
        assert_eq!(some.open_end("the sick people"), None);
        assert_eq!(some.open_end("the seasick"), None);
        assert_eq!(some.open_end(""), None);
        let two = mentions(&[(&["content affect"], &[]), (&["affect regulation"], &[])]);
        assert_eq!(two.open_end("the content affect"), Some(4));
    }
}
