//! Turns the citations of a manual into finished HTML, and the works that they cite into a reference list.
//!
//! It knows neither chapters nor pages. hayagriva's driver looks for works that look alike in everything it was given, and
//! does not do it well: a work that is cited twice keeps it from seeing that more names would tell two works apart, it
//! gives `2020a` and `2020b` in the order of citation, and after the third such pair it stops. So here
//!
//! 1. the works are first sorted as the reference list will be;
//! 2. the driver gets each of them once and alone, and finds where more names help among these citations only. The
//!    manual's own citations follow in a style that prints each work's key between two marks, so that none of
//!    them looks like any other; the marks go when HTML is written;
//! 3. where works still look alike, this module takes the style's longer form, and gives the letters.
//!
//! # Who may use whom
//!
//! ```text
//! format -> { alike, arrangement, citation_writer, cited, formatted, language, names_in_text, order }
//! order -> language
//! names_in_text -> language
//! citation_writer -> { cited, formatted, language }
//! arrangement -> { cited, language }
//! cited -> language
//! alike -> language
//! ```

mod alike;
mod arrangement;
mod citation_writer;
mod cited;
mod formatted;
mod language;
mod names_in_text;
mod order;

pub(crate) use crate::citation::format::cited::{CitedWork, Cluster};
pub(crate) use crate::citation::format::formatted::{Formatted, FormattedPart, FormattedReference};

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

use hayagriva::Entry;

use crate::citation::bibliography::Bibliography;
use crate::citation::format::alike::{works_alike, year_letters};
use crate::citation::format::arrangement::StyleForms;
use crate::citation::format::citation_writer::CitationWriter;
use crate::citation::format::cited::{first_mentions, keeps_order, known_works};
use crate::citation::format::language::{StyleLanguage, StyleWords};
use crate::citation::format::names_in_text::NamesInText;
use crate::citation::format::order::reference_order;
use crate::citation::name_lists;
use crate::citation::style::Style;

/// Formats citations and the works that they cite.
///
/// `clusters` are the distinct citations of the whole manual, in the order of their first mention, which is the order in
/// which numeric styles count. Keys that the bibliography does not have are left out. `language` is a BCP 47 tag; a
/// language that CSL has no words for falls back to American English.
pub(crate) fn format(bibliography: &Bibliography, style: &Style, language: &str, clusters: &[Cluster]) -> Formatted {
    let language = StyleLanguage::new(language, style);
    let words = StyleWords { et_al: language.et_al(style), no_date: language.no_date(style), and: language.and(style) };
    let works = reference_order(first_mentions(bibliography, clusters), style, &language);
    let mut clusters = known_works(bibliography, clusters, &language);
    if style.csl.citation.sort.is_some() {
        // What the style's own sorting finds equal, it leaves in this order: `2000a` before `2000b`.
        let places: BTreeMap<&str, usize> =
            works.iter().enumerate().map(|(place, entry)| (entry.key(), place)).collect();
        clusters
            .iter_mut()
            .filter(|cluster| !keeps_order(cluster))
            .for_each(|cluster| cluster.sort_by_key(|work| places.get(work.entry.key())));
    }

    let unnamed = name_lists::beginning_another(&works);
    let first = StyleForms::new(&style.csl, None, &unnamed).render(&works, &clusters, &BTreeSet::new(), &language);
    let alike = works_alike(&works, &first, &words);
    let longer = style.telling.as_ref().filter(|_| !alike.is_empty()).map(|telling| {
        let ambiguous = alike.iter().flatten().copied().collect();
        StyleForms::new(&style.csl, Some(telling), &unnamed).render(&works, &clusters, &ambiguous, &language)
    });
    let alike = longer.as_ref().map_or(alike, |longer| works_alike(&works, longer, &words));
    let letters = if style.csl.citation.disambiguate_add_year_suffix { year_letters(&alike) } else { BTreeMap::new() };
    let names = LazyCell::new(NamesInText::new);
    let writer = CitationWriter {
        words: &words,
        letters: &letters,
        notes: style.is_note_style(),
        has_brackets: style.csl.citation.layout.prefix.is_some(),
        name_in_text: &|entry| names.of(entry, &language),
    };

    let citations = longer.as_ref().unwrap_or(&first).citations.iter().skip(works.len()).zip(&clusters);
    let by_key: BTreeMap<&str, &Entry> = works.iter().map(|&entry| (entry.key(), entry)).collect();
    let references = first.bibliography.iter().flat_map(|list| &list.items);
    Formatted {
        citations: citations.map(|(citation, cluster)| writer.citation(&citation.citation.0, cluster)).collect(),
        notes: style.is_note_style(),
        references: references
            .filter_map(|item| {
                let reference = writer.reference(by_key.get(item.key.as_str())?, item);
                Some(FormattedReference { to_check: bibliography.to_check(&item.key).map(str::to_owned), ..reference })
            })
            .collect(),
    }
}
