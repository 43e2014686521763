//! Turns works and citations into what hayagriva's driver makes of them, without letting one change another.
//!
//! It does not know which works look alike: the caller says so.

use std::collections::{BTreeSet, HashSet};

use hayagriva::citationberg::taxonomy::{StandardVariable, Variable};
use hayagriva::citationberg::{DisambiguationRule, IndependentStyle, LayoutRenderingElement, Text, TextTarget};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, Entry, LocatorPayload, Rendered, SpecificLocator,
};

use crate::citation::format::cited::{KnownWork, keeps_order};
use crate::citation::format::language::{StyleLanguage, request};
use crate::citation::marks::{MARK_END, MARK_START};

/// The forms of a style that the driver gets.
pub(super) struct StyleForms<'s> {
    /// For each work, once, in the order of the reference list.
    alone: NameForms,
    /// For the manual's citations.
    marked: MarkedForms,
    /// Both again, for works that look alike.
    telling: Option<(NameForms, MarkedForms)>,
    /// The works that get no given names.
    unnamed: &'s HashSet<&'s str>,
}

/// A style without and with given names where two authors share their surname.
struct NameForms {
    plain: IndependentStyle,
    with_given_names: IndependentStyle,
}

/// A style that prints each work's key between two marks.
struct MarkedForms {
    style: IndependentStyle,
    /// Does not shorten "Smith, 2000; Smith, 2005" to "Smith, 2000, 2005": of an undated work nothing would be left.
    in_full: IndependentStyle,
}

impl<'s> StyleForms<'s> {
    /// The forms of a style, and those of its longer form for works that look alike.
    pub(super) fn new(
        csl: &IndependentStyle,
        telling: Option<&IndependentStyle>,
        unnamed: &'s HashSet<&'s str>,
    ) -> Self {
        let mut alone = csl.clone();
        alone.citation.disambiguate_add_year_suffix = false;
        if let Some(list) = &mut alone.bibliography {
            list.sort = None;
        }
        if telling.is_some() {
            // The list was written the first time.
            alone.bibliography = None;
        }
        let telling = telling.map(|telling| (NameForms::new(telling.clone()), MarkedForms::new(telling)));
        Self { marked: MarkedForms::new(&alone), alone: NameForms::new(alone), telling, unnamed }
    }

    /// The citations of the works alone, then those of the clusters, and the reference list.
    pub(super) fn render(
        &self,
        works: &[&Entry],
        clusters: &[Vec<KnownWork<'_>>],
        ambiguous: &BTreeSet<&str>,
        language: &StyleLanguage,
    ) -> Rendered {
        let in_order = |marked: &MarkedForms| {
            let mut style = marked.in_full.clone();
            style.citation.sort = None;
            style
        };
        let in_order = clusters
            .iter()
            .any(|cluster| keeps_order(cluster))
            .then(|| (in_order(&self.marked), self.telling.as_ref().map(|(_, marked)| in_order(marked))));
        let mut driver = BibliographyDriver::new();
        for &entry in works {
            let alone = self
                .telling
                .as_ref()
                .filter(|_| ambiguous.contains(entry.key()))
                .map_or(&self.alone, |(alone, _)| alone);
            let style = if self.unnamed.contains(entry.key()) { &alone.plain } else { &alone.with_given_names };
            driver.citation(request(vec![CitationItem::with_entry(entry)], style, language));
        }
        for cluster in clusters {
            let touches = cluster.iter().any(|work| ambiguous.contains(work.entry.key()));
            let marked = self.telling.as_ref().filter(|_| touches).map_or(&self.marked, |(_, marked)| marked);
            let undated = cluster.iter().any(|work| work.entry.date_any().is_none());
            let in_order = in_order.as_ref().filter(|_| keeps_order(cluster)).map(|(plain, telling)| match telling {
                Some(telling) if touches => telling,
                _ => plain,
            });
            let is_changed = cluster.iter().any(KnownWork::is_changed);
            let style = in_order.unwrap_or(if undated || is_changed { &marked.in_full } else { &marked.style });
            let items = cluster.iter().map(|work| {
                let locator =
                    work.place.as_ref().map(|place| SpecificLocator(place.kind, LocatorPayload::Str(&place.text)));
                CitationItem::with_locator(work.entry, locator)
            });
            driver.citation(request(items.collect(), style, language));
        }
        driver.finish(BibliographyRequest {
            style: &self.alone.plain,
            locale: Some(language.code.clone()),
            locale_files: &language.locales,
        })
    }
}

impl NameForms {
    fn new(plain: IndependentStyle) -> Self {
        let mut with_given_names = plain.clone();
        with_given_names.citation.givenname_disambiguation_rule = DisambiguationRule::ByCite;
        Self { plain, with_given_names }
    }
}

impl MarkedForms {
    fn new(csl: &IndependentStyle) -> Self {
        let mut mark = Text::with_target(TextTarget::from(Variable::Standard(StandardVariable::CitationKey)));
        mark.affixes.prefix = Some(MARK_START.to_string());
        mark.affixes.suffix = Some(MARK_END.to_string());
        let mut style = csl.clone();
        style.citation.disambiguate_add_year_suffix = false;
        style.citation.layout.elements.insert(0, LayoutRenderingElement::Text(mark));
        let mut in_full = style.clone();
        in_full.citation.collapse = None;
        Self { style, in_full }
    }
}
