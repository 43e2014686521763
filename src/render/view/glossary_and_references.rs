//! The glossary and the reference list.

use crate::link::targets::Resolved;
use crate::render::address::anchor::reference_anchor;
use crate::render::address::made::MadePage;
use crate::render::text::filler::{Filler, Stand};
use crate::render::view::link::link;
use crate::render::view::types::{LinkView, ReferenceView, TermView};
use crate::words::Word;

/// The glossary's entries, by their words.
pub(crate) fn glossary(filler: &Filler<'_>) -> Vec<TermView> {
    let all = 0..u32::try_from(filler.book.manual.lexicon.terms.len()).unwrap_or(u32::MAX);
    all.map(|term| self::term(filler, term)).collect()
}

/// One entry of the glossary.
pub(crate) fn term(filler: &Filler<'_>, number: u32) -> TermView {
    let manual = filler.book.manual;
    let term = &manual.lexicon.terms[number as usize];
    // Within a definition other terms are links: a popover in a popover helps nobody.
    let plain = Filler::plain(filler.book, filler.stand, "glossary.yaml");
    let see = term.see.iter().filter_map(|see| manual.meant_by(see));
    TermView {
        id: term.id.value.clone(),
        term: term.term.value.clone(),
        also: filler.book.words.list(term.also.iter().map(|word| word.value.as_str())),
        definition_html: plain.text(&term.definition),
        see: see.map(|ix| link(filler, ix)).collect(),
        url: filler.address(&Resolved::Term(number)),
    }
}

/// The works cited, in the style's order, with the chapters that cite them.
pub(crate) fn references(filler: &Filler<'_>) -> Vec<ReferenceView> {
    let book = filler.book;
    let in_glossary = |key: &str| {
        let mut citations = book.manual.lexicon.terms.iter().flat_map(|term| &term.definition.body.citations);
        citations.any(|citation| citation.works.iter().any(|work| work.key.value == key))
    };
    let glossary = || LinkView {
        title: book.words.get(MadePage::Glossary.word()).to_owned(),
        url: match filler.stand {
            Stand::Page(root) => MadePage::Glossary.address(root),
            Stand::Print => "#glossary".to_owned(),
        },
        summary: String::new(),
        kind: String::new(),
        kind_label: String::new(),
        current: false,
    };
    let view = |reference: &crate::citation::FormattedReference| ReferenceView {
        id: reference_anchor(&reference.key),
        label_html: reference.label.clone().unwrap_or_default(),
        html: reference.html.clone(),
        to_check: match reference.to_check.as_deref() {
            Some("") => book.words.get(Word::ToCheckAll).to_owned(),
            note => note.unwrap_or_default().to_owned(),
        },
        cited_in: book
            .manual
            .cited_in
            .get(&reference.key)
            .into_iter()
            .flatten()
            .map(|ix| link(filler, *ix))
            .chain(in_glossary(&reference.key).then(glossary))
            .collect(),
    };
    book.formatted.references.iter().map(view).collect()
}
