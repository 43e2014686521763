//! Finds where a text mentions the terms of a glossary.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

/// The words that mention terms.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    words: Option<AhoCorasick>,
    /// For each word: its term, and whether its case must fit.
    meanings: Vec<(u32, Option<String>)>,
    /// For each term, the chapters (`kind/id`) that its `see` names.
    explained_in: Vec<Vec<String>>,
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
    /// Prepares to find terms, each given as the words for it and the chapters (`kind/id`) that its `see` names.
    pub(crate) fn new<'t, W: Iterator<Item = &'t str>>(terms: impl Iterator<Item = (W, Vec<String>)>) -> Self {
        let mut words: Vec<&str> = Vec::new();
        let mut meanings = Vec::new();
        let mut explained_in = Vec::new();
        for (number, (own_words, chapters)) in (0u32..).zip(terms) {
            for word in own_words {
                // An abbreviation is a mention only in its own capitals: "HOPE" is not "hope".
                let exact = word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
                meanings.push((number, exact.then(|| word.to_owned())));
                words.push(word);
            }
            explained_in.push(chapters);
        }
        let words = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&words)
            .ok()
            .filter(|_| !words.is_empty());
        Self { words, meanings, explained_in }
    }

    /// Whether a term names `chapter` (`kind/id`) under `see`: on that page the word needs no explanation.
    pub(crate) fn means(&self, term: u32, chapter: &str) -> bool {
        self.explained_in[term as usize].iter().any(|explained| explained == chapter)
    }

    /// The terms that `text` mentions as whole words, from left to right, the longest first.
    pub(crate) fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
        let found = self.words.iter().flat_map(move |words| words.find_iter(text));
        found.filter_map(move |found| {
            let (start, end) = (found.start(), found.end());
            let (term, exact) = &self.meanings[found.pattern().as_usize()];
            let bounded = !text[..start].chars().next_back().is_some_and(char::is_alphanumeric)
                && !text[end..].chars().next().is_some_and(char::is_alphanumeric);
            let fits = exact.as_deref().is_none_or(|exact| exact == &text[start..end]);
            (bounded && fits).then_some(Mention { term: *term, start, end })
        })
    }
}
