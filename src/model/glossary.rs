//! glossary.yaml to terms, and where a text mentions them.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::markdown::slug;
use super::schema::{Field, Record, Shape, Text, field};
use crate::diag::{self, Diagnostic, Reports};
use crate::span::{Span, Spanned};

/// The keys of a glossary entry.
pub const FIELDS: &[Field] = &[
    field("term", Shape::Line, "the word or phrase itself").required(),
    field("id", Shape::Id, "the name used in `[[term/…]]`; made from the term where it is missing"),
    field("also", Shape::Lines, "other words for it, which are linked too"),
    field("definition", Shape::Text, "one or two sentences; may hold links and citations").required(),
    field("see", Shape::AnyIds, "chapters that say more"),
];

/// A glossary entry.
#[derive(Debug, Clone)]
pub struct Term {
    /// The name used in links.
    pub id: String,
    /// The word or phrase.
    pub term: Spanned<String>,
    /// Other words for it.
    pub also: Vec<Spanned<String>>,
    /// What it means.
    pub definition: Text,
    /// Chapters that say more, as written.
    pub see: Vec<Spanned<String>>,
}

/// The terms of a manual, and the words that mention them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// The terms, sorted by the term's own words.
    pub terms: Vec<Term>,
    words: Option<AhoCorasick>,
    /// For each word: its term, and whether its case must fit.
    meanings: Vec<(u32, Option<String>)>,
}

/// A term in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Index into [`Lexicon::terms`].
    pub term: u32,
    /// First byte in the text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Lexicon {
    /// Makes the glossary of the entries read.
    ///
    /// # Reports
    /// `glossary/duplicate-term` where two entries share an id or a word.
    pub fn new(entries: Vec<Record>, reports: &mut Reports) -> Self {
        let mut terms: Vec<Term> = entries.into_iter().filter_map(term).collect();
        terms.sort_by_cached_key(|term| (term.term.value.to_lowercase(), term.id.clone()));
        let mut words: Vec<String> = Vec::new();
        let mut meanings = Vec::new();
        let mut first: std::collections::BTreeMap<String, (u32, Span)> = std::collections::BTreeMap::new();
        for (number, term) in (0u32..).zip(&terms) {
            for word in std::iter::once(&term.term).chain(&term.also) {
                let folded = word.value.to_lowercase();
                if let Some((other, span)) = first.get(&folded) {
                    if *other != number {
                        reports.push(
                            Diagnostic::new(
                                &diag::DUPLICATE_TERM,
                                word.span,
                                format!("`{}` is in two glossary entries", word.value),
                            )
                            .other(*span, "first here")
                            .help("give each word to one entry"),
                        );
                    }
                    continue;
                }
                first.insert(folded, (number, word.span));
                // An abbreviation is a mention only in its own capitals: "HOPE" is not "hope".
                let exact = word.value.chars().any(char::is_uppercase) && !word.value.chars().any(char::is_lowercase);
                meanings.push((number, exact.then(|| word.value.clone())));
                words.push(word.value.clone());
            }
        }
        let mut ids: std::collections::BTreeMap<&str, Span> = std::collections::BTreeMap::new();
        for term in &terms {
            if let Some(span) = ids.insert(&term.id, term.term.span) {
                reports.push(
                    Diagnostic::new(
                        &diag::DUPLICATE_TERM,
                        term.term.span,
                        format!("two glossary entries have the id `{}`", term.id),
                    )
                    .other(span, "the other one")
                    .help("give one of them another `id`"),
                );
            }
        }
        let words = AhoCorasickBuilder::new()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(&words)
            .ok()
            .filter(|_| !words.is_empty());
        Self { terms, words, meanings }
    }

    /// The term of an id.
    pub fn find(&self, id: &str) -> Option<u32> {
        let at = self.terms.iter().position(|term| term.id == id)?;
        u32::try_from(at).ok()
    }

    /// Whether a term sends its reader to `chapter` (`kind/id`), so that on that page the word
    /// needs no explanation.
    pub fn means(&self, term: u32, chapter: &str) -> bool {
        self.terms[term as usize].see.iter().any(|see| see.value == chapter)
    }

    /// The terms that `text` mentions as whole words, from left to right, the longest first.
    pub fn mentions<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Mention> + 'a {
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

fn term(record: Record) -> Option<Term> {
    let term = record.line("term")?.clone();
    let id = record.id("id").map_or_else(|| slug(&term.value), |id| id.value.clone());
    Some(Term {
        id,
        also: record.lines("also").to_vec(),
        definition: record.text("definition")?.clone(),
        see: record.ids("see").to_vec(),
        term,
    })
}
