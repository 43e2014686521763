//! Notes what a page says while the page is made.

use std::sync::Arc;

use crate::link::place::ChapterIx;
use crate::render::search::codec::{END, HEADS, KEYWORDS, STRIDE};
use crate::render::search::fold::{Folded, Folding};
use crate::render::search::places::{IndexedPage, Occurrence, PageText, WordPlaces};
use crate::render::search::vocabulary::{Vocabulary, WordMap};
use crate::render::text::context::RenderContext;
use crate::render::text::rendered::{Rendered, on_one_line};
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::chapter::ChapterView;
use crate::render::view::glossary_and_references;

/// The kind of glossary entries.
pub(crate) const TERM: &str = "term";

/// What of a unit a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SearchField {
    Text,
    Head,
    Keyword,
}

/// Notes what pages say, one after the other.
pub struct Listener<'a> {
    pub(crate) context: &'a RenderContext<'a>,
    pub(crate) folding: &'a Folding,
    pub(crate) vocabulary: &'a Vocabulary,
    /// The words found so far, by their place in `numbers`: the vocabulary is asked only once for each.
    pub(crate) known: WordMap<u32>,
    /// For each known word: its number in the vocabulary, and its place among the page's words, if it really is at that
    /// place.
    pub(crate) numbers: Vec<(u32, u32)>,
    /// The words of the text in the making.
    pub(crate) heard: Vec<TextWord>,
    /// The page in the making.
    pub(crate) page: IndexedPage,
    /// Its words in the order in which it says them, with how often they are in `occurrences`, and where
    /// they were seen last.
    pub(crate) words: Vec<PageWord>,
    pub(crate) occurrences: Vec<(u32, Occurrence)>,
    /// How many words the present unit has: in its text, its head, and its keywords.
    pub(crate) counts: [u32; 3],
}

impl<'a> Listener<'a> {
    /// For the pages of a manual.
    pub fn new(context: &'a RenderContext<'a>, folding: &'a Folding, vocabulary: &'a Vocabulary) -> Self {
        Self {
            context,
            folding,
            vocabulary,
            known: WordMap::default(),
            numbers: Vec::new(),
            heard: Vec::new(),
            page: IndexedPage::default(),
            words: Vec::new(),
            occurrences: Vec::new(),
            counts: [0; 3],
        }
    }

    /// Notes what a chapter's page says: title, keywords, summary and facts, then its lists, tables and form, then its
    /// text.
    pub fn chapter(&mut self, ix: ChapterIx, view: &ChapterView) -> PageText {
        let chapter = self.context.manual.chapter(ix);
        let summary = self.context.summary(ix);
        self.page = IndexedPage {
            title: chapter.title.clone(),
            url: self.context.addresses[ix.0 as usize].clone(),
            kind: chapter.kind.name(),
            summary: shortened(summary),
            units: Vec::new(),
        };
        self.text(summary, SearchField::Text);
        for fact in &view.facts {
            self.text(fact.html.words(), SearchField::Text);
        }
        self.text(&chapter.title, SearchField::Head);
        let common = chapter.common();
        common.keywords().iter().chain(common.aliases()).for_each(|line| self.text(&line.value, SearchField::Keyword));
        if let Some(short) = chapter.measure().and_then(|measure| measure.abbreviation()) {
            self.text(&short.value, SearchField::Keyword);
        }
        self.end_unit("", "");
        for section in &view.sections {
            section.items_html.iter().for_each(|item| self.text(item.words(), SearchField::Text));
            self.text(&section.label, SearchField::Head);
            self.end_unit(&section.id, &section.label);
        }
        for table in view.shown_tables() {
            table
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .for_each(|cell| self.text(cell.html.words(), SearchField::Text));
            self.text(&table.caption, SearchField::Head);
            self.end_unit(&table.id, &table.caption);
        }
        if let Some(form) = &view.form {
            for field in &form.fields {
                for text in [&field.label, &field.help].into_iter().chain(&field.options).chain(&field.columns) {
                    self.text(text, SearchField::Text);
                }
            }
            self.end_unit(&form.id, "");
        }
        self.body(&view.body_html);
        self.page_text()
    }

    /// The entries of the glossary, a page each.
    pub(crate) fn terms(&mut self) -> Vec<Arc<PageText>> {
        let renderer = Renderer::plain(self.context, Medium::Page(""), "glossary.yaml");
        let texts = glossary_and_references::glossary(&renderer).into_iter().map(|term| {
            let summary = term.definition_html.line();
            self.page = IndexedPage {
                title: term.term.clone(),
                url: term.url,
                kind: TERM,
                summary: shortened(&summary),
                units: Vec::new(),
            };
            self.text(&summary, SearchField::Text);
            self.text(&term.term, SearchField::Head);
            self.text(&term.also, SearchField::Keyword);
            self.end_unit("", "");
            Arc::new(self.page_text())
        });
        texts.collect()
    }

    /// The text of a chapter, cut at its headings; those of the lowest levels belong to the text before them.
    pub(crate) fn body(&mut self, text: &Rendered) {
        let words = text.words();
        let (mut anchor, mut heading, mut from) = ("", String::new(), 0);
        let headings = text.headings.iter().filter(|heading| heading.level <= LOWEST_HEADING);
        for next in headings.map(Some).chain([None]) {
            self.text(&words[from..next.map_or(words.len(), |next| next.from)], SearchField::Text);
            if !anchor.is_empty() || self.counts[0] > 0 {
                self.text(&heading, SearchField::Head);
                self.end_unit(anchor, &heading);
            }
            if let Some(next) = next {
                (anchor, heading, from) = (&next.anchor, on_one_line(&words[next.from..next.end]), next.end);
            }
        }
    }

    /// Adds the words of a text to the present unit: first its text, then its head, then keywords.
    pub(crate) fn text(&mut self, text: &str, field: SearchField) {
        let (from, to, stride) = match field {
            SearchField::Text => (0, HEADS, STRIDE),
            SearchField::Head => (HEADS, KEYWORDS, 1),
            SearchField::Keyword => (KEYWORDS, END, 1),
        };
        let unit = u32::try_from(self.page.units.len()).unwrap_or(u32::MAX);
        let mut heard = std::mem::take(&mut self.heard);
        self.folding.each(text, &mut |whole, parts| {
            let count = &mut self.counts[field as usize];
            let occurrence = Occurrence { unit, position: (from + *count / stride).min(to - 1) };
            *count += 1;
            let parts = parts.iter().map(|part| Folded::Other(part));
            for word in std::iter::once(whole).chain(parts) {
                heard.push(match word.packed() {
                    Some(packed) => TextWord { packed: u64::from_be_bytes(packed), known: 0, occurrence },
                    None => TextWord { packed: 0, known: self.known(word), occurrence },
                });
            }
        });
        // The table of words is too large for the processor's nearest memory. Looked up one right after
        // the other, they are waited for together: it saves a twentieth of a large build.
        for heard in heard.iter_mut().filter(|heard| heard.packed != 0) {
            heard.known = self.known(Folded::Packed(heard.packed));
        }
        for heard in heard.drain(..) {
            self.add(heard.known, heard.occurrence);
        }
        self.heard = heard;
    }

    /// A word's place among those found so far.
    fn known(&mut self, word: Folded<'_>) -> u32 {
        let (vocabulary, numbers) = (self.vocabulary, &mut self.numbers);
        *self.known.of(word, || {
            numbers.push((vocabulary.number(word), u32::MAX));
            u32::try_from(numbers.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn add(&mut self, known: u32, occurrence: Occurrence) {
        let (number, place) = &mut self.numbers[known as usize];
        match self.words.get_mut(*place as usize).filter(|word| word.number == *number) {
            Some(word) if word.last.unit == occurrence.unit => {
                let kept = word.in_unit < MOST_POSITIONS || occurrence.position >= HEADS;
                if !kept || word.last.position == occurrence.position {
                    return;
                }
                (word.count, word.in_unit, word.last) = (word.count + 1, word.in_unit + 1, occurrence);
            }
            Some(word) => (word.count, word.in_unit, word.last) = (word.count + 1, 1, occurrence),
            None => {
                *place = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
                self.words.push(PageWord { number: *number, count: 1, last: occurrence, in_unit: 1 });
            }
        }
        self.occurrences.push((*place, occurrence));
    }

    /// What the present page says, word by word.
    pub(crate) fn page_text(&mut self) -> PageText {
        // All places of a word beside each other, the words in the order in which the page has them.
        let mut ends: Vec<usize> = Vec::with_capacity(self.words.len());
        let mut places = vec![Occurrence::default(); self.occurrences.len()];
        let mut from = 0;
        for word in &self.words {
            ends.push(from);
            from += word.count as usize;
        }
        for (word, occurrence) in self.occurrences.drain(..) {
            let end = &mut ends[word as usize];
            places[*end] = occurrence;
            *end += 1;
        }
        let (mut all, mut heads) = (WordPlaces::default(), WordPlaces::default());
        let mut from = 0;
        let mut in_heads = Vec::new();
        for (word, end) in self.words.drain(..).zip(ends) {
            let occurrences = &places[from..end];
            from = end;
            all.push(word.number, occurrences);
            in_heads.clear();
            in_heads.extend(occurrences.iter().filter(|occurrence| occurrence.position >= HEADS).copied());
            heads.push(word.number, &in_heads);
        }
        // All of this is kept to the end.
        for places in [&mut all, &mut heads] {
            places.words.shrink_to_fit();
            places.lengths.shrink_to_fit();
            places.text.shrink_to_fit();
        }
        PageText { page: Arc::new(std::mem::take(&mut self.page)), all, heads }
    }

    /// Ends the present unit, which is under a heading.
    pub(crate) fn end_unit(&mut self, anchor: &str, heading: &str) {
        let usual = heading.is_ascii() && !heading.is_empty() && crate::model::text::slug(heading) == anchor;
        let details: Vec<&str> = match (anchor, heading) {
            ("", "") => vec![],
            (_, heading) if usual => vec![heading],
            (anchor, heading) => vec![heading, anchor],
        };
        self.page.units.push(details.into_iter().map(str::to_owned).collect());
        self.counts = [0; 3];
    }
}

/// A word as a text has it.
#[derive(Debug)]
pub(crate) struct TextWord {
    /// Where it has few bytes, these; otherwise zero.
    pub(crate) packed: u64,
    /// Its place among the words found so far.
    pub(crate) known: u32,
    pub(crate) occurrence: Occurrence,
}

/// A word of the page in the making.
#[derive(Debug)]
pub(crate) struct PageWord {
    /// Its number in the vocabulary.
    pub(crate) number: u32,
    pub(crate) count: u32,
    pub(crate) last: Occurrence,
    /// How many of its places are in the unit where it was seen last.
    pub(crate) in_unit: usize,
}

/// The most positions of a word that are kept of a unit.
const MOST_POSITIONS: usize = 3;

/// The lowest level of the headings that results lead to.
const LOWEST_HEADING: u8 = 4;

/// The longest summary that results show, in letters.
const LONGEST_SUMMARY: usize = 130;

/// A summary as results show it: cut after a word if it is long.
fn shortened(summary: &str) -> String {
    if summary.chars().count() <= LONGEST_SUMMARY {
        return summary.to_owned();
    }
    let cut: String = summary.chars().take(LONGEST_SUMMARY).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}
