//! Formats the citations of a manual, and its reference list.
//!
//! hayagriva's driver looks for works that look alike in everything it was given, and does not do it well: a work that is
//! cited twice keeps it from seeing that more names would tell two works apart, it gives `2020a` and `2020b` in the
//! order of citation, and after the third such pair it stops. So here
//!
//! 1. the works are first sorted as the reference list will be;
//! 2. the driver gets each of them once and alone, and finds where more names help among these citations only. The
//!    manual's own citations follow in a style that prints each work's key between two marks, so that none of
//!    them looks like any other; the marks go when HTML is written;
//! 3. where works still look alike, this module takes the style's longer form, and gives the letters.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use hayagriva::archive::LOCALES;
use hayagriva::citationberg::taxonomy::{OtherTerm, StandardVariable, Term, Variable};
use hayagriva::citationberg::{
    DisambiguationRule, IndependentStyle, Layout, LayoutRenderingElement, Locale, LocaleCode, TermForm, Text,
    TextTarget,
};
use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest, ElemChild, ElemMeta,
    Entry, LocatorPayload, Rendered, SpecificLocator,
};

use super::bibliography::Bibliography;
use super::html::{self, EtAlWords, Run};
use super::locator::{Place, read_place};
use super::name_lists;
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Formatted {
    /// One citation for each cluster, in their order, cut into parts.
    pub citations: Vec<Vec<FormattedPart>>,
    /// Whether the style would put citations into notes. They are given in brackets here, to be printed in the line.
    pub notes: bool,
    /// The works that were cited, in the style's order.
    pub references: Vec<FormattedReference>,
}

/// A piece of a citation. The pieces are printed one after the other, with nothing between them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FormattedPart {
    /// Its text as HTML, without links.
    pub html: String,
    /// The work that it should link to; `None` for brackets and what stands between works.
    pub key: Option<String>,
}

/// A line of the reference list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FormattedReference {
    /// The work's key.
    pub key: String,
    /// Its text as HTML, with links to its DOI or address, without the label.
    pub html: String,
    /// The number or label before it in styles that have one, as HTML: `[1]`, `1.`.
    pub label: Option<String>,
    /// What is still to be checked of it.
    pub to_check: Option<String>,
}

/// Formats citations and the works that they cite.
///
/// `clusters` are the distinct citations of the whole manual, in the order of their first mention, which is the order in
/// which numeric styles count. Keys that the bibliography does not have are left out. `language` is a BCP 47 tag; a
/// language that CSL has no words for falls back to American English.
pub fn format(bibliography: &Bibliography, style: &Style, language: &str, clusters: &[Cluster]) -> Formatted {
    let language = Language::new(language, style);
    let words = Words { et_al: language.et_al(style), no_date: language.no_date(style) };
    let works = reference_order(first_mentions(bibliography, clusters), style, &language);
    let mut clusters = known_works(bibliography, clusters, &language);
    if style.csl.citation.sort.is_some() {
        // What the style's own sorting finds equal, it leaves in this order: `2000a` before `2000b`.
        let places: BTreeMap<&str, usize> =
            works.iter().enumerate().map(|(place, entry)| (entry.key(), place)).collect();
        clusters.iter_mut().for_each(|cluster| cluster.sort_by_key(|work| places.get(work.entry.key())));
    }

    let unnamed = name_lists::beginning_another(&works);
    let first = Arrangement::new(&style.csl, None, &unnamed).render(&works, &clusters, &BTreeSet::new(), &language);
    let alike = works_alike(&works, &first, &words);
    let longer = style.telling.as_ref().filter(|_| !alike.is_empty()).map(|telling| {
        let ambiguous = alike.iter().flatten().copied().collect();
        Arrangement::new(&style.csl, Some(telling), &unnamed).render(&works, &clusters, &ambiguous, &language)
    });
    let alike = longer.as_ref().map_or(alike, |longer| works_alike(&works, longer, &words));
    let letters = if style.csl.citation.disambiguate_add_year_suffix { year_letters(&alike) } else { BTreeMap::new() };
    let writer = Writer { words: &words, letters: &letters, notes: style.is_note_style() };

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

// ---- The language ------------------------------------------------------------------------------------------

/// The words that a style may use.
struct Language {
    code: LocaleCode,
    /// The language's own, and those that hayagriva falls back to.
    locales: Vec<Locale>,
}

impl Language {
    fn new(tag: &str, style: &Style) -> Self {
        let english = LocaleCode::en_us();
        // A British style stays British in a manual that is only said to be in English.
        let by_style = style.csl.default_locale.as_ref().map(|code| code.0.as_str());
        let by_style = by_style.filter(|code| code.split('-').next() == Some(tag.trim()));
        let code = known_locale(by_style.unwrap_or(tag)).unwrap_or_else(|| english.clone());
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
        let text = self.term(style, style.et_al.term.into(), TermForm::Long).unwrap_or("et al.");
        EtAlWords { text: text.to_owned(), formatting: style.et_al.formatting }
    }

    /// What styles print for a missing date, longest first.
    fn no_date(&self, style: &Style) -> Vec<String> {
        let forms = [TermForm::Long, TermForm::Short].into_iter();
        forms.filter_map(|form| self.term(style, Term::Other(OtherTerm::NoDate), form)).map(str::to_owned).collect()
    }

    /// Finds a term in the same order in which hayagriva looks.
    fn term<'s>(&'s self, style: &'s Style, term: Term, form: TermForm) -> Option<&'s str> {
        let base = self.code.0.split('-').next();
        let of_style = [Some(self.code.0.as_str()), base, None].into_iter().flat_map(|lang| {
            style.csl.locale.iter().filter(move |locale| locale.lang.as_ref().map(|code| code.0.as_str()) == lang)
        });
        of_style.chain(&self.locales).find_map(|locale| locale.term(term, form).and_then(|term| term.single()))
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

/// The forms of a style that the driver gets.
struct Arrangement<'s> {
    /// For each work, once, in the order of the reference list.
    alone: Alone,
    /// For the manual's citations.
    marked: Marked,
    /// Both again, for works that look alike.
    telling: Option<(Alone, Marked)>,
    /// The works that get no given names.
    unnamed: &'s HashSet<&'s str>,
}

/// A style without and with given names where two authors share their surname.
struct Alone {
    plain: IndependentStyle,
    with_given_names: IndependentStyle,
}

/// A style that prints each work's key between two marks.
struct Marked {
    style: IndependentStyle,
    /// Does not shorten "Smith, 2000; Smith, 2005" to "Smith, 2000, 2005": of an undated work nothing would be left.
    in_full: IndependentStyle,
}

impl<'s> Arrangement<'s> {
    fn new(csl: &IndependentStyle, telling: Option<&IndependentStyle>, unnamed: &'s HashSet<&'s str>) -> Self {
        let mut alone = csl.clone();
        alone.citation.disambiguate_add_year_suffix = false;
        if let Some(list) = &mut alone.bibliography {
            list.sort = None;
        }
        if telling.is_some() {
            // The list was written the first time.
            alone.bibliography = None;
        }
        let telling = telling.map(|telling| (Alone::new(telling.clone()), Marked::new(telling)));
        Self { marked: Marked::new(&alone), alone: Alone::new(alone), telling, unnamed }
    }

    /// The citations of the works alone, then those of the clusters, and the reference list.
    fn render(
        &self,
        works: &[&Entry],
        clusters: &[Vec<KnownWork<'_>>],
        ambiguous: &BTreeSet<&str>,
        language: &Language,
    ) -> Rendered {
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
            let style = if undated { &marked.in_full } else { &marked.style };
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

impl Alone {
    fn new(plain: IndependentStyle) -> Self {
        let mut with_given_names = plain.clone();
        with_given_names.citation.givenname_disambiguation_rule = DisambiguationRule::ByCite;
        Self { plain, with_given_names }
    }
}

impl Marked {
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

/// Groups of works whose citations read the same, each in the order of the reference list.
fn works_alike<'b>(works: &[&'b Entry], rendered: &Rendered, words: &Words) -> Vec<Vec<&'b str>> {
    let mut by_text: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (entry, citation) in works.iter().zip(&rendered.citations) {
        let mut runs = html::runs_of(&citation.citation, 0);
        html::write_et_al(&mut runs, &words.et_al);
        by_text.entry(runs.into_iter().map(|run| run.text).collect()).or_default().push(entry.key());
    }
    by_text.into_values().filter(|alike| alike.len() > 1).collect()
}

fn year_letters(alike: &[Vec<&str>]) -> BTreeMap<String, String> {
    let numbered = alike.iter().flat_map(|group| group.iter().enumerate());
    numbered.map(|(ix, &key)| (key.to_owned(), letter(ix))).collect()
}

/// `a` to `z`, then `aa`, `ab` and so on.
fn letter(ix: usize) -> String {
    const ALPHABET: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let last = char::from(ALPHABET[ix % ALPHABET.len()]).to_string();
    if ix < ALPHABET.len() { last } else { letter(ix / ALPHABET.len() - 1) + &last }
}

// ---- The results -------------------------------------------------------------------------------------------

/// What this module writes into a style's text.
struct Words {
    et_al: EtAlWords,
    no_date: Vec<String>,
}

/// Writes what the driver made as HTML.
struct Writer<'w> {
    words: &'w Words,
    /// The letters behind the years of works that look alike, by key.
    letters: &'w BTreeMap<String, String>,
    notes: bool,
}

impl Writer<'_> {
    fn citation(&self, children: &[ElemChild], cluster: &[KnownWork<'_>]) -> Vec<FormattedPart> {
        let mut keys: Vec<Option<&str>> = Vec::new();
        let mut runs: Vec<Run> = Vec::new();
        if self.notes && !cluster.is_empty() {
            runs.push(Run::new("(", 0));
            keys.push(None);
        }
        for child in children {
            let part = keys.len();
            let work = match child {
                ElemChild::Elem(elem) => match elem.meta {
                    Some(ElemMeta::Entry(ix)) => cluster.get(ix),
                    _ => None,
                },
                _ => None,
            };
            keys.push(work.map(|work| work.entry.key()));
            let mut within = html::runs_of_child(child, part);
            within.iter_mut().for_each(|run| run.text = without_mark(&run.text));
            if let Some(work) = work {
                self.write_letter(work.entry, &mut within);
                let is_empty = !within.iter().any(|run| run.text.chars().any(char::is_alphanumeric));
                if is_empty {
                    within = vec![Run::new(work.entry.key(), part)];
                }
            }
            runs.extend(within);
        }
        if self.notes && !cluster.is_empty() {
            runs.push(Run::new(")", keys.len()));
            keys.push(None);
        }

        html::write_et_al(&mut runs, &self.words.et_al);
        html::clean(&mut runs);
        parts(&keys, &runs)
    }

    fn reference(&self, entry: &Entry, item: &BibliographyItem) -> FormattedReference {
        let mut runs: Vec<Run> = item.first_field.iter().flat_map(|field| html::runs_of_child(field, 0)).collect();
        runs.extend(html::runs_of(&item.content, 0));
        html::write_et_al(&mut runs, &self.words.et_al);
        self.write_letter(entry, &mut runs);
        let label = html::split_label(&mut runs).map(|mut label| {
            html::clean(&mut label);
            html::write(&label, false)
        });
        html::clean(&mut runs);
        let mut text = html::write(&runs, true);
        if text.is_empty() {
            html::escape(entry.key(), &mut text);
        }
        FormattedReference { key: entry.key().to_owned(), html: text, label, to_check: None }
    }

    fn write_letter(&self, entry: &Entry, runs: &mut [Run]) {
        if let Some(letter) = self.letters.get(entry.key()) {
            html::write_year_letter(runs, entry.date_any().map(|date| date.year), letter, &self.words.no_date);
        }
    }
}

fn parts(keys: &[Option<&str>], runs: &[Run]) -> Vec<FormattedPart> {
    let mut parts = Vec::new();
    for (part, key) in keys.iter().enumerate() {
        let (before, after) = (keys.len(), keys.len() + 1);
        let mut own: Vec<Run> = runs.iter().filter(|run| run.part == part).cloned().collect();
        if key.is_some() {
            html::split_brackets(&mut own, before, after);
        }
        for (place, key) in [(before, None), (part, *key), (after, None)] {
            let here: Vec<Run> = own.iter().filter(|run| run.part == place).cloned().collect();
            parts.push(FormattedPart { html: html::write(&here, false), key: key.map(str::to_owned) });
        }
    }
    parts.retain(|part| !part.html.is_empty());
    parts
}

fn without_mark(text: &str) -> String {
    match (text.find(MARK_START), text.rfind(MARK_END)) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &text[..start], &text[end + MARK_END.len_utf8()..])
        }
        _ => text.to_owned(),
    }
}
