//! Makes the glossary and the reference list.

use crate::link::targets::Resolved;
use crate::render::address::anchor::reference_anchor;
use crate::render::address::made::MadePage;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::link::link;
use crate::render::view::types::{LinkView, ReferenceView, TermView};
use crate::words::Word;

/// The entries of the glossary, sorted by their words.
pub(crate) fn glossary(renderer: &Renderer<'_>) -> Vec<TermView> {
    let all = 0..u32::try_from(renderer.context.manual.lexicon.terms.len()).unwrap_or(u32::MAX);
    all.map(|term| self::term(renderer, term)).collect()
}

/// One entry of the glossary.
pub(crate) fn term(renderer: &Renderer<'_>, number: u32) -> TermView {
    let manual = renderer.context.manual;
    let term = &manual.lexicon.terms[number as usize];
    // Within a definition other terms are links: a popover in a popover helps nobody.
    let plain = Renderer::plain(renderer.context, renderer.medium, "glossary.yaml");
    let see = term.see.iter().filter_map(|see| manual.meant_by(see));
    TermView {
        id: term.id.value.clone(),
        term: term.term.value.clone(),
        also: renderer.context.words.list(term.also.iter().map(|word| word.value.as_str())),
        definition_html: plain.text(&term.definition),
        see: see.map(|ix| link(renderer, ix)).collect(),
        url: renderer.address(&Resolved::Term(number)),
    }
}

/// The works cited, in the style's order, with the chapters that cite them.
pub(crate) fn references(renderer: &Renderer<'_>) -> Vec<ReferenceView> {
    let context = renderer.context;
    let in_glossary = |key: &str| {
        let mut citations = context.manual.lexicon.terms.iter().flat_map(|term| &term.definition.body.citations);
        citations.any(|citation| citation.works.iter().any(|work| work.key.value == key))
    };
    let glossary = || LinkView {
        title: context.words.get(MadePage::Glossary.word()).to_owned(),
        url: match renderer.medium {
            Medium::Page(root) => MadePage::Glossary.address(root),
            Medium::Print => "#glossary".to_owned(),
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
            Some("") => context.words.get(Word::ToCheckAll).to_owned(),
            note => note.unwrap_or_default().to_owned(),
        },
        cited_in: context
            .manual
            .cited_in
            .get(&reference.key)
            .into_iter()
            .flatten()
            .map(|ix| link(renderer, *ix))
            .chain(in_glossary(&reference.key).then(glossary))
            .collect(),
    };
    context.formatted.references.iter().map(view).collect()
}
