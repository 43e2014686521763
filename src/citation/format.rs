//! Formats the citations of a manual, and its reference list.
//!
//! hayagriva's driver decides by everything it was given: two works that look alike get `2020a` and `2020b` in
//! the order in which they are cited, and if one of them is cited twice, it no longer sees that more names would tell
//! them apart. So the driver gets each work once and alone, in the order of the reference list, and only these
//! citations count when it looks for likenesses; the manual's citations follow in a style that prints the key
//! of each work between two marks, so that none of them looks like any other. The marks go when HTML is written.

use std::collections::BTreeMap;

use hayagriva::archive::LOCALES;
use hayagriva::citationberg::taxonomy::{StandardVariable, Variable};
use hayagriva::citationberg::{
    IndependentStyle, Layout, LayoutRenderingElement, Locale, LocaleCode, TermForm, Text, TextTarget,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemMeta, Entry, LocatorPayload,
    Rendered, SpecificLocator,
};

use super::bibliography::Bibliography;
use super::html::{self, EtAlWords, Run};
use super::locator::{Place, read_place};
use super::style::Style;

/// A work as one citation names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CitedWork {
    /// Its key in the bibliography.
    pub key: String,
    /// The place in the work, as the author wrote it after the comma: `p. 682`, `pp. 3-9`, `ch. 2`, `Table 2`.
    /// A number alone is a page.
    pub locator: Option<String>,
}

/// The works of one citation, `[@a; @b, p. 3]`.
pub type Cluster = Vec<CitedWork>;

/// All citations of a manual, and its reference list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Formatted {
    /// One citation for each cluster, in their order, cut into parts.
    pub citations: Vec<Vec<FormattedPart>>,
    /// Whether the style would put citations into notes. They are given in brackets here, to be printed in the line.
    pub notes: bool,
    /// The works that were cited, in the style's order.
    pub references: Vec<FormattedReference>,
}

/// A piece of a citation. The pieces are printed one after the other, with nothing between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormattedPart {
    /// Its text as HTML, without links.
    pub html: String,
    /// The work that it should link to; `None` for brackets and what stands between works.
    pub key: Option<String>,
}

/// A line of the reference list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormattedReference {
    /// The work's key.
    pub key: String,
    /// Its text as HTML, with links to its DOI or address, without the label.
    pub html: String,
    /// The number or label before it in styles that have one, as HTML: `[1]`, `1.`.
    pub label: Option<String>,
}

/// Formats citations and the works that they cite.
///
/// `clusters` are the distinct citations of the whole manual, in the order of their first mention, which is the order in
/// which numeric styles count. Keys that the bibliography does not have are left out. `language` is a BCP 47 tag; a
/// language that CSL has no words for falls back to American English.
pub fn format(bibliography: &Bibliography, style: &Style, language: &str, clusters: &[Cluster]) -> Formatted {
    let language = Language::new(language);
    let et_al = language.et_al(style);
    let works = reference_order(first_mentions(bibliography, clusters), style, &language);
    let rendered = Arrangement::new(style).render(&works, &known_works(bibliography, clusters, &language), &language);

    let citations = rendered.citations.iter().skip(works.len()).zip(clusters).map(|(citation, cluster)| {
        let cited: Vec<&str> =
            cluster.iter().map(|work| work.key.as_str()).filter(|key| bibliography.contains(key)).collect();
        citation_parts(&citation.citation.0, &cited, style.is_note_style(), &et_al)
    });
    let references = rendered.bibliography.iter().flat_map(|list| &list.items).map(|item| {
        let mut runs: Vec<Run> = item.first_field.iter().flat_map(|field| html::runs_of_child(field, 0)).collect();
        runs.extend(html::runs_of(&item.content, 0));
        reference(&item.key, runs, &et_al)
    });
    Formatted { citations: citations.collect(), notes: style.is_note_style(), references: references.collect() }
}

// ---- The language ------------------------------------------------------------------------------------------

/// The words that a style may use.
struct Language {
    code: LocaleCode,
    /// The language's own, and those that hayagriva falls back to.
    locales: Vec<Locale>,
}

impl Language {
    fn new(tag: &str) -> Self {
        let english = LocaleCode::en_us();
        let code = known_locale(tag).unwrap_or_else(|| english.clone());
        let wanted = [Some(code.clone()), code.fallback(), Some(english)];
        let mut locales: Vec<Locale> = Vec::new();
        for wanted in wanted.into_iter().flatten() {
            if !locales.iter().any(|locale| locale.lang.as_ref() == Some(&wanted)) {
                locales.extend(read_locale(&wanted.0));
            }
        }
        Self { code, locales }
    }

    fn et_al(&self, style: &Style) -> EtAlWords {
        let term = style.et_al.term.into();
        let base = self.code.0.split('-').next();
        // The same order in which hayagriva looks.
        let of_style = [Some(self.code.0.as_str()), base, None].into_iter().flat_map(|lang| {
            style.csl.locale.iter().filter(move |locale| locale.lang.as_ref().map(|code| code.0.as_str()) == lang)
        });
        let text = of_style
            .chain(&self.locales)
            .find_map(|locale| locale.term(term, TermForm::Long).and_then(|term| term.single()))
            .unwrap_or("et al.");
        EtAlWords { text: text.to_owned(), formatting: style.et_al.formatting }
    }
}

/// CSL's locale for a language tag: its own, that of its region or, without one, of its main country.
fn known_locale(tag: &str) -> Option<LocaleCode> {
    let codes: Vec<&str> = LOCALES.iter().filter_map(|bytes| locale_code(bytes)).collect();
    let tag = tag.trim().replace('_', "-");
    let language = tag.split('-').next().unwrap_or_default().to_lowercase();
    let language = match language.as_str() {
        "no" => "nb",
        other => other,
    };
    let region = tag.split('-').skip(1).find(|part| part.len() == 2 && part.chars().all(|c| c.is_ascii_alphabetic()));
    let wanted = [
        Some(tag.clone()),
        region.map(|region| format!("{language}-{region}")),
        LocaleCode(language.to_owned()).fallback().map(|code| code.0),
        Some(language.to_owned()),
    ];
    let exact = wanted.iter().flatten().find_map(|wanted| codes.iter().find(|code| code.eq_ignore_ascii_case(wanted)));
    let any = || codes.iter().find(|code| code.split('-').next() == Some(language));
    exact.or_else(any).map(|&code| LocaleCode(code.to_owned()))
}

/// The code of a locale in hayagriva's archive, without decoding the rest: to decode all of them takes 60 ms.
fn locale_code(cbor: &[u8]) -> Option<&str> {
    const FIELD: &[u8] = b"@xml:lang";
    /// In CBOR a short text is this plus its length, and then its bytes.
    const SHORT_TEXT: u8 = 0x60;
    let at = cbor.windows(FIELD.len()).position(|window| window == FIELD)? + FIELD.len();
    let length = usize::from(cbor.get(at)?.checked_sub(SHORT_TEXT).filter(|length| *length < 24)?);
    std::str::from_utf8(cbor.get(at + 1..at + 1 + length)?).ok()
}

fn read_locale(code: &str) -> Option<Locale> {
    let cbor = LOCALES.iter().find(|bytes| locale_code(bytes) == Some(code))?;
    ciborium::from_reader(*cbor).ok()
}

// ---- The arrangement ---------------------------------------------------------------------------------------

/// A work of a citation that the bibliography has.
struct KnownWork<'b> {
    entry: &'b Entry,
    place: Option<Place>,
}

fn known_works<'b>(
    bibliography: &'b Bibliography,
    clusters: &[Cluster],
    language: &Language,
) -> Vec<Vec<KnownWork<'b>>> {
    let known = |work: &CitedWork| {
        let place = work.locator.as_deref().filter(|locator| !locator.trim().is_empty());
        Some(KnownWork {
            entry: bibliography.get(&work.key)?,
            place: place.map(|locator| read_place(locator, &language.locales)),
        })
    };
    clusters.iter().map(|cluster| cluster.iter().filter_map(known).collect()).collect()
}

fn first_mentions<'b>(bibliography: &'b Bibliography, clusters: &[Cluster]) -> Vec<&'b Entry> {
    let mut seen = BTreeMap::new();
    let entries = clusters.iter().flatten().filter_map(|work| bibliography.get(&work.key));
    entries.filter(|entry| seen.insert(entry.key(), ()).is_none()).collect()
}

/// Sorts works as the reference list does.
fn reference_order<'b>(works: Vec<&'b Entry>, style: &Style, language: &Language) -> Vec<&'b Entry> {
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

fn request<'r>(
    items: Vec<CitationItem<'r, Entry>>,
    style: &'r IndependentStyle,
    language: &'r Language,
) -> CitationRequest<'r, Entry> {
    CitationRequest::new(items, style, Some(language.code.clone()), &language.locales, None)
}

const MARK_START: char = '\u{F8FC}';
const MARK_END: char = '\u{F8FD}';

/// The two forms of a style that the driver gets.
struct Arrangement {
    /// For each work, once, in the order of the reference list.
    alone: IndependentStyle,
    /// For the manual's citations.
    marked: IndependentStyle,
}

impl Arrangement {
    fn new(style: &Style) -> Self {
        let mut alone = style.csl.clone();
        if let Some(list) = &mut alone.bibliography {
            list.sort = None;
        }
        let mut mark = Text::with_target(TextTarget::from(Variable::Standard(StandardVariable::CitationKey)));
        mark.affixes.prefix = Some(MARK_START.to_string());
        mark.affixes.suffix = Some(MARK_END.to_string());
        let mut marked = alone.clone();
        marked.citation.layout.elements.insert(0, LayoutRenderingElement::Text(mark));
        Self { alone, marked }
    }

    /// The citations of the works alone, then those of the clusters, and the reference list.
    fn render(&self, works: &[&Entry], clusters: &[Vec<KnownWork<'_>>], language: &Language) -> Rendered {
        let mut driver = BibliographyDriver::new();
        works
            .iter()
            .for_each(|&entry| driver.citation(request(vec![CitationItem::with_entry(entry)], &self.alone, language)));
        for cluster in clusters {
            let items = cluster.iter().map(|work| {
                let locator =
                    work.place.as_ref().map(|place| SpecificLocator(place.kind, LocatorPayload::Str(&place.text)));
                CitationItem::with_locator(work.entry, locator)
            });
            driver.citation(request(items.collect(), &self.marked, language));
        }
        driver.finish(BibliographyRequest {
            style: &self.alone,
            locale: Some(language.code.clone()),
            locale_files: &language.locales,
        })
    }
}

// ---- The results -------------------------------------------------------------------------------------------

fn citation_parts(children: &[ElemChild], cited: &[&str], notes: bool, et_al: &EtAlWords) -> Vec<FormattedPart> {
    let mut keys: Vec<Option<&str>> = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    if notes {
        keys.push(None);
        runs.push(Run::new("(", 0));
    }
    for child in children {
        let part = keys.len();
        let key = match child {
            ElemChild::Elem(elem) => match elem.meta {
                Some(ElemMeta::Entry(ix)) => cited.get(ix).copied(),
                _ => None,
            },
            _ => None,
        };
        keys.push(key);
        let mut within = html::runs_of_child(child, part);
        within.iter_mut().for_each(|run| run.text = without_mark(&run.text));
        if let Some(key) = key.filter(|_| !within.iter().any(|run| run.text.chars().any(char::is_alphanumeric))) {
            within = vec![Run::new(key, part)];
        }
        runs.extend(within);
    }
    if notes {
        runs.push(Run::new(")", keys.len()));
        keys.push(None);
    }

    html::write_et_al(&mut runs, et_al);
    html::clean(&mut runs);
    let parts = keys.iter().enumerate().map(|(part, key)| {
        let own: Vec<Run> = runs.iter().filter(|run| run.part == part).cloned().collect();
        FormattedPart { html: html::write(&own, false), key: key.map(str::to_owned) }
    });
    parts.filter(|part| !part.html.is_empty()).collect()
}

fn without_mark(text: &str) -> String {
    match (text.find(MARK_START), text.rfind(MARK_END)) {
        (Some(start), Some(end)) if start < end => format!("{}{}", &text[..start], &text[end + MARK_END.len_utf8()..]),
        _ => text.to_owned(),
    }
}

fn reference(key: &str, mut runs: Vec<Run>, et_al: &EtAlWords) -> FormattedReference {
    html::write_et_al(&mut runs, et_al);
    let label = html::split_label(&mut runs).map(|mut label| {
        html::clean(&mut label);
        html::write(&label, false)
    });
    html::clean(&mut runs);
    let mut text = html::write(&runs, true);
    if text.is_empty() {
        html::escape(key, &mut text);
    }
    FormattedReference { key: key.to_owned(), html: text, label }
}
