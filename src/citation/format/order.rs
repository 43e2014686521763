//! Turns the cited works into the order of the reference list.
//!
//! It does not know how a work is printed.

use std::collections::BTreeMap;

use hayagriva::citationberg::Layout;
use hayagriva::{BibliographyDriver, BibliographyRequest, CitationItem, Entry};

use crate::citation::format::language::{StyleLanguage, request};
use crate::citation::style::Style;

/// Sorts works as the reference list does.
pub(super) fn reference_order<'b>(works: Vec<&'b Entry>, style: &Style, language: &StyleLanguage) -> Vec<&'b Entry> {
    let sorts = style.csl.bibliography.as_ref().is_some_and(|list| list.sort.is_some());
    if !sorts {
        return works;
    }
    // Only the driver can sort. With empty layouts it does little else.
    let mut bare = style.csl.clone();
    bare.citation.layout = Layout::with_elements(Vec::new());
    if let Some(list) = &mut bare.bibliography {
        list.layout = Layout::with_elements(Vec::new());
    }
    let mut driver = BibliographyDriver::new();
    works.iter().for_each(|&entry| driver.citation(request(vec![CitationItem::with_entry(entry)], &bare, language)));
    let order = driver.finish(BibliographyRequest {
        style: &bare,
        locale: Some(language.code.clone()),
        locale_files: &language.locales,
    });

    let by_key: BTreeMap<&str, &Entry> = works.iter().map(|&entry| (entry.key(), entry)).collect();
    order
        .bibliography
        .iter()
        .flat_map(|list| &list.items)
        .filter_map(|item| by_key.get(item.key.as_str()).copied())
        .collect()
}
