//! Turns glossary.yaml into terms, and into the words that mention them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::model::mentions::{Mentions, TermWords};
use crate::model::schema::record::{Record, Text};
use crate::model::schema::view::view;
use crate::model::text::slug;
use crate::model::unwritten;
use crate::span::{Span, Spanned};

view! {
    /// The keys of a glossary entry, as they are written.
    TermEntry;
    term: Line, "term", "the word or phrase itself", required;
    id: Id, "id", "the name used in `[[term/…]]`; if missing, made from the term";
    also: Lines, "also", "other words for it; they become links too";
    except: Lines, "except", "phrases in which these words mean something else; they are no links";
    definition: Text, "definition", "one or two sentences; may contain links and citations", required;
    see: AnyIds, "see", "chapters that say more";

    /// Its place in the file.
    definition_span: Span of definition;
}

/// A glossary entry.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// The name used in links. If it is made from the word, it has the place of the word.
    pub(crate) id: Spanned<String>,
    /// The word or phrase.
    pub(crate) term: Spanned<String>,
    /// Other words for it.
    pub(crate) also: Vec<Spanned<String>>,
    /// Phrases in which these words mean something else.
    pub(crate) except: Vec<Spanned<String>>,
    /// What it means.
    pub(crate) definition: Text,
    /// Chapters that say more, as written.
    pub(crate) see: Vec<Spanned<String>>,
}

/// The terms of a manual, and the words that mention them.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// The terms, in the order of their own words in the manual's language.
    pub(crate) terms: Vec<Term>,
    /// Where texts mention them.
    pub mentions: Mentions,
}

impl Lexicon {
    /// Makes the glossary of the entries read, and sorts them by their terms, in the order of `compare`.
    ///
    /// # Reports
    /// `glossary/duplicate-term` where two entries share an id or a word.
    pub(crate) fn new(entries: Vec<Record>, compare: impl Fn(&str, &str) -> Ordering, reports: &mut Reports) -> Self {
        let mut terms: Vec<Term> = entries.into_iter().filter_map(|entry| term(entry, reports)).collect();
        check_repetitions(&terms, reports);
        terms.sort_by(|a, b| compare(&a.term.value, &b.term.value).then_with(|| a.id.value.cmp(&b.id.value)));
        check_exceptions(&terms, reports);
        let mentions = Mentions::new(terms.iter().map(Term::for_mentions));
        Self { terms, mentions }
    }

    /// The term of an id.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        let at = self.terms.iter().position(|term| term.id.value == id)?;
        u32::try_from(at).ok()
    }
}

impl Term {
    /// The term and the other words for it.
    fn words(&self) -> impl Iterator<Item = &Spanned<String>> {
        std::iter::once(&self.term).chain(&self.also)
    }

    fn for_mentions(&self) -> TermWords<'_> {
        TermWords {
            words: self.words().map(|word| word.value.as_str()).collect(),
            chapters: self.see.iter().map(|see| see.value.clone()).collect(),
            except: self.except.iter().map(|phrase| phrase.value.as_str()).collect(),
        }
    }
}

/// Reports ids and words that a later entry shares with an earlier one.
fn check_repetitions(terms: &[Term], reports: &mut Reports) {
    let mut words: BTreeMap<String, (&str, Span)> = BTreeMap::new();
    let mut ids: BTreeMap<&str, Span> = BTreeMap::new();
    for term in terms {
        if let Some(first) = ids.get(term.id.value.as_str()) {
            let message = format!("two glossary entries have the id `{}`", term.id.value);
            reports.push(
                Diagnostic::new(&diag::DUPLICATE_TERM, term.id.span, message)
                    .other(*first, "the first one is here")
                    .help("give one of them another `id`"),
            );
            continue;
        }
        ids.insert(&term.id.value, term.id.span);
        for word in term.words() {
            match words.get(&word.value.to_lowercase()) {
                Some((id, _)) if *id == term.id.value => {}
                Some((_, first)) => reports.push(
                    Diagnostic::new(
                        &diag::DUPLICATE_TERM,
                        word.span,
                        format!("`{}` is in two glossary entries", word.value),
                    )
                    .other(*first, "the first one is here")
                    .help("write each word in only one entry"),
                ),
                None => {
                    words.insert(word.value.to_lowercase(), (&term.id.value, word.span));
                }
            }
        }
    }
}

/// Reports phrases that do not have the words of their entry, so that they change nothing, and those that are only these
/// words, so that the entry is no use.
fn check_exceptions(terms: &[Term], reports: &mut Reports) {
    for term in terms.iter().filter(|term| !term.except.is_empty()) {
        let words = Mentions::new(std::iter::once(TermWords { except: Vec::new(), ..term.for_mentions() }));
        for phrase in &term.except {
            let name = &term.term.value;
            let message = match words.find(&phrase.value).next() {
                None => format!("`{}` has neither `{name}` nor another word of this entry in it", phrase.value),
                Some(found) if found.end - found.start == phrase.value.len() => {
                    format!("`{}` has nothing around the word", phrase.value)
                }
                Some(_) => continue,
            };
            reports.push(
                Diagnostic::new(&diag::BAD_EXCEPTION, phrase.span, message).help(format!(
                    "write the whole phrase in which `{name}` must be no link, or remove it from `except`"
                )),
            );
        }
    }
}

fn term(record: Record, reports: &mut Reports) -> Option<Term> {
    let entry = TermEntry::new(&record);
    if entry.definition().is_some_and(|definition| unwritten::is_unwritten(&definition.body.html)) {
        let message = "these words of a template are still here";
        let help = "write the definition, or remove the entry";
        reports.push(Diagnostic::new(&diag::UNWRITTEN, entry.definition_span(), message).help(help));
    }
    let term = entry.term()?.clone();
    let id = entry.id().cloned().unwrap_or_else(|| Spanned::new(slug(&term.value), term.span));
    Some(Term {
        id,
        also: entry.also().to_vec(),
        except: entry.except().to_vec(),
        definition: entry.definition()?.clone(),
        see: entry.see().to_vec(),
        term,
    })
}
