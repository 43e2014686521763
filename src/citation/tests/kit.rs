//! Reads short bibliographies and citations for the tests beside it.
//!
//! It does not know what is tested.

use crate::citation::{
    Bibliography, BibliographyFormat, CitedWork, Cluster, Formatted, FormattedPart, Style, format, read, style_by_name,
};

pub(super) const BIB: &str = r#"
@article{cuijpers2016,
  author = {Cuijpers, Pim and Donker, Tara and Weissman, Myrna M.},
  title = {Interpersonal Psychotherapy for Mental Health Problems},
  journal = {American Journal of Psychiatry},
  year = 2016, volume = 173, number = 7, pages = {680--687},
  doi = {https://doi.org/10.1176/appi.ajp.2015.15091141},
  note = {From memory: issue number}
}
@article{elkin1989,
  author = {Elkin, Irene and {van Oppen}, Patricia},
  title = {General Effectiveness of Treatments},
  journal = {PLoS Medicine}, year = 1989, volume = 46, pages = {971--982}
}
@book{shear2005,
  author = {Shear, Katherine and Frank, Ellen and others},
  title = {Treating Grief}, publisher = {Basic Books}, address = {New York}, year = 2005
}
@book{weissman2000b, author = {Weissman, Myrna}, title = {Second Guide}, publisher = {Basic Books}, year = 2000 }
@book{weissman2000a, author = {Weissman, Myrna}, title = {First Guide}, publisher = {Basic Books}, year = 2000 }
"#;

pub(super) fn bibliography(text: &str) -> Bibliography {
    let (bibliography, mistakes) = read(text, BibliographyFormat::BibLatex);
    assert_eq!(mistakes, [], "in {text}");
    bibliography
}

pub(super) fn style(name: &str) -> Style {
    style_by_name(name).unwrap_or_else(|unknown| panic!("{unknown:?}"))
}

/// A work as `see >-key` or `@key` names it: with words before it, without its author, or in the sentence.
fn named(written: &str, locator: Option<String>) -> CitedWork {
    let (before, key) = match written.split_once('>') {
        Some((before, key)) => (Some(before.trim().to_owned()), key),
        None => (None, written),
    };
    let name = key.trim_start_matches(['@', '-']).to_owned();
    CitedWork { key: name, locator, before, in_text: key.starts_with('@'), without_author: key.starts_with('-') }
}

/// Reads `a; b, p. 3` as a cluster.
pub(super) fn cluster(written: &str) -> Cluster {
    let works = written.split("; ").map(|work| match work.split_once(", ") {
        Some((key, locator)) => named(key, Some(locator.to_owned())),
        None => named(work, None),
    });
    works.collect()
}

pub(super) fn formatted(bib: &str, style_name: &str, language: &str, clusters: &[&str]) -> Formatted {
    let clusters: Vec<Cluster> = clusters.iter().copied().map(cluster).collect();
    format(&bibliography(bib), &style(style_name), language, &clusters)
}

/// All parts of a citation in a row, those with a key as `<key|text>`.
pub(super) fn shown(citation: &[FormattedPart]) -> String {
    let part = |part: &FormattedPart| match &part.key {
        Some(key) => format!("<{key}|{}>", part.html),
        None => part.html.clone(),
    };
    citation.iter().map(part).collect()
}

pub(super) fn citations(bib: &str, style: &str, language: &str, clusters: &[&str]) -> Vec<String> {
    formatted(bib, style, language, clusters).citations.iter().map(|citation| shown(citation)).collect()
}

pub(super) fn references(bib: &str, style: &str, keys: &str) -> Vec<String> {
    formatted(bib, style, "en", &[keys]).references.into_iter().map(|reference| reference.html).collect()
}
