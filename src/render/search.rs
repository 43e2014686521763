//! The search index: what pages say, to small scripts that a browser loads on the first query.
//!
//! A page is cut into units at its headings. A [`Section`] takes down the words of some pages while
//! they are made, and writes at once where they stand; [`files`] only joins the sections to the index: `search/index.js` with what every query
//! needs, `search/terms-N.js` with words and where they stand, in the order of the alphabet, and
//! `search/pages-N.js` with titles and addresses. They are classic scripts, because a page opened
//! from a disk may load nothing else, and each calls `iptSearch`, which `static/js/search.js` makes.
//!
//! # Format
//!
//! A line of `terms-N.js` is a word and its places. The word begins with a digit in base 36: how
//! many letters it shares with the word before. Numbers are written five bits a letter, see
//! `push_number`. Places are, for each unit with the word: how many units on from the one before,
//! doubled, plus one if the word stands there more than once (then the count less two follows); then
//! each position, as the distance from the one before. A position in the text counts every
//! `STRIDE`th word; those from `HEADS` on are in titles, headings and keywords, word by word.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use rustc_hash::FxBuildHasher;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::chapter_view::ChapterView;
use super::fill::{Book, Filler, Stand, plain};
use super::{lists, paths};
use crate::link::ChapterIx;
use crate::par;

/// How many words of a text share a position: near enough to tell words that stand together.
const STRIDE: u32 = 4;

/// Where the positions of titles and headings begin.
const HEADS: u32 = 512;

/// Where the positions of keywords begin.
const KEYWORDS: u32 = HEADS + 24;

/// Where the positions of keywords end.
const END: u32 = HEADS + 64;

/// How large a file of terms may grow, in bytes, before the next one begins.
const TERMS_FILE: usize = 45_000;

/// How many pages a file of titles holds.
const PAGES_FILE: usize = 50;

/// The longest summary that results show, in letters.
const LONGEST_SUMMARY: usize = 130;

/// The most positions of a word that are kept of a unit.
const MOST_POSITIONS: usize = 3;

/// A word in more pages than this share is known by titles, keywords and headings only.
const TOO_COMMON: f64 = 0.5;

/// Fewer pages than this have no word that is too common.
const FEW_PAGES: usize = 20;

/// The kind of glossary entries.
const TERM: &str = "term";

/// How words become comparable.
#[derive(Debug, Clone)]
pub struct Folding {
    special: Vec<(char, &'static str)>,
}

impl Folding {
    /// The folding of a language. Accents fall away; where a language writes a letter in two ways,
    /// both become one.
    pub fn new(language: &str) -> Self {
        let own: &[(char, &str)] = match language.split('-').next().unwrap_or_default().to_lowercase().as_str() {
            "de" => &[('ä', "ae"), ('ö', "oe"), ('ü', "ue")],
            "da" | "nb" | "nn" | "no" => &[('å', "aa"), ('ø', "oe"), ('æ', "ae")],
            "sv" => &[('å', "aa")],
            _ => &[],
        };
        let all = [
            ('ß', "ss"),
            ('ø', "o"),
            ('æ', "ae"),
            ('œ', "oe"),
            ('ł', "l"),
            ('đ', "d"),
            ('ı', "i"),
            ('\u{640}', ""),
            ('ى', "ي"),
            ('ة', "ه"),
        ];
        let others = all.into_iter().filter(|(letter, _)| own.iter().all(|(known, _)| known != letter));
        Self { special: own.iter().copied().chain(others).collect() }
    }

    /// A word without case and accents.
    fn fold(&self, word: &str) -> String {
        let mut folded = String::with_capacity(word.len());
        for letter in word.nfc().flat_map(char::to_lowercase) {
            match self.special.iter().find(|(known, _)| *known == letter) {
                Some((_, plain)) => folded.push_str(plain),
                None => folded.extend(std::iter::once(letter).nfkd().filter(|letter| !is_combining_mark(*letter))),
            }
        }
        without_article(&folded).map(str::to_owned).unwrap_or(folded)
    }

    /// Calls `found` with each word of a text: the word whole, without its hyphens, and the parts that
    /// they join, of which there are none or several.
    fn each(&self, text: &str, found: &mut impl FnMut(&str, &[String])) {
        let is_word = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
        let is_hyphen = |letter: char| matches!(letter, '-' | '\u{2010}' | '\u{2011}');
        let worth = |part: &str| part.chars().nth(1).is_some() || part.chars().all(char::is_numeric);
        let bytes = text.as_bytes();
        let mut plain = String::new();
        let mut at = 0;
        while at < bytes.len() {
            // Most words are plain letters, for which there is a short way.
            let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let next = bytes.get(at + letters).copied().unwrap_or(b' ');
            if next.is_ascii() && next != b'-' {
                let word = &text[at..at + letters];
                if letters > 1 || word.bytes().any(|byte| byte.is_ascii_digit()) {
                    plain.clear();
                    plain.push_str(word);
                    plain.make_ascii_lowercase();
                    found(&plain, &[]);
                }
                at += letters + 1;
                continue;
            }
            let rest = &text[at..];
            let end = rest.find(|letter| !is_word(letter) && !is_hyphen(letter)).unwrap_or(rest.len());
            let mut parts: Vec<String> =
                rest[..end].split(is_hyphen).map(|part| self.fold(part)).filter(|part| !part.is_empty()).collect();
            let whole = parts.concat();
            if !whole.is_empty() && worth(&whole) {
                if parts.len() == 1 {
                    parts.clear();
                }
                parts.retain(|part| worth(part));
                found(&whole, &parts);
            }
            // On to what follows the letter that ended it.
            at += end + rest[end..].chars().next().map_or(0, char::len_utf8);
        }
    }

    /// The words of a text, whole, with a space between them.
    fn joined(&self, text: &str) -> String {
        let mut joined = String::new();
        self.each(text, &mut |whole, _| {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(whole);
        });
        joined
    }
}

/// The Arabic article, alone or after a word of one letter that is written together with it.
const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];

/// A word without the Arabic article, where three letters or more are left.
fn without_article(word: &str) -> Option<&str> {
    let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article))?;
    rest.chars().nth(2).is_some().then_some(rest)
}

/// What some pages say that follow each other: a part of the index.
#[derive(Debug, Default)]
pub struct Section {
    words: HashMap<Box<str>, Word, FxBuildHasher>,
    pages: Vec<Page>,
    /// How many units its pages have.
    units: u32,
    /// How many words the unit in the making has: in its text, its head, and its keywords.
    counts: [u32; 3],
}

/// What results show of a page.
#[derive(Debug)]
struct Page {
    title: String,
    url: String,
    kind: &'static str,
    summary: String,
    /// Each unit's heading, and its anchor where that is not made of the heading by the usual rule.
    units: Vec<Vec<String>>,
}

/// Where a word stands in the pages of a section.
#[derive(Debug, Default)]
struct Word {
    all: Places,
    /// Only in titles, headings and keywords.
    heads: Places,
    /// In how many pages.
    pages: u32,
    last_page: Option<u32>,
    /// The unit that it was found in last, and where in it.
    unit: u32,
    positions: Vec<u32>,
}

/// Places as they are written, but for the first unit, whose distance from the one before depends on
/// the sections before.
#[derive(Debug, Default)]
struct Places {
    /// The first unit, and whether there are several positions in it.
    first: Option<(u32, bool)>,
    last: u32,
    text: String,
}

/// What of a unit a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Text,
    Head,
    Keyword,
}

impl Section {
    /// Takes down what a chapter's page says: title, keywords, summary and facts, then its lists,
    /// tables and form, then its text.
    pub fn chapter(&mut self, book: &Book<'_>, folding: &Folding, ix: ChapterIx, view: &ChapterView) {
        let chapter = book.manual.chapter(ix);
        let summary = plain(&view.summary_html);
        self.pages.push(Page {
            title: chapter.title.clone(),
            url: paths::address(book.page(ix)).into_owned(),
            kind: chapter.kind.name(),
            summary: shortened(&summary),
            units: Vec::new(),
        });
        self.text(folding, &summary, Stands::Text);
        for fact in &view.facts {
            self.text(folding, &plain(&fact.html), Stands::Text);
        }
        self.text(folding, &chapter.title, Stands::Head);
        for name in ["keywords", "aliases"] {
            chapter.front.lines(name).iter().for_each(|line| self.text(folding, &line.value, Stands::Keyword));
        }
        if let Some(short) =
            (chapter.kind == crate::model::Kind::Measure).then(|| chapter.front.line("abbreviation")).flatten()
        {
            self.text(folding, &short.value, Stands::Keyword);
        }
        self.end_unit("", "");
        for section in &view.sections {
            section.items_html.iter().for_each(|item| self.html(folding, item));
            self.text(folding, &section.label, Stands::Head);
            self.end_unit(&section.id, &section.label);
        }
        // The stages of a protocol are shown as its session summary.
        for table in view.tables.values().filter(|table| table.name != "stages") {
            table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.html(folding, &cell.html));
            self.text(folding, &table.caption, Stands::Head);
            self.end_unit(&table.id, &table.caption);
        }
        if let Some(form) = &view.form {
            for field in &form.fields {
                for text in [&field.label, &field.help].into_iter().chain(&field.options).chain(&field.columns) {
                    self.text(folding, text, Stands::Text);
                }
            }
            self.end_unit(&form.id, "");
        }
        self.body(folding, &view.body_html);
    }

    /// The entries of the glossary, a page each.
    pub fn terms(&mut self, book: &Book<'_>, folding: &Folding) {
        let filler = Filler::plain(book, Stand::Page(""), "glossary.yaml");
        for term in lists::glossary(&filler) {
            let summary = plain(&term.definition_html);
            self.pages.push(Page {
                title: term.term.clone(),
                url: term.url,
                kind: TERM,
                summary: shortened(&summary),
                units: Vec::new(),
            });
            self.text(folding, &summary, Stands::Text);
            self.text(folding, &term.term, Stands::Head);
            self.text(folding, &term.also, Stands::Keyword);
            self.end_unit("", "");
        }
    }

    /// The text of a chapter, cut at its headings.
    fn body(&mut self, folding: &Folding, html: &str) {
        let (mut anchor, mut heading) = ("", String::new());
        let mut rest = html;
        loop {
            let next = next_heading(rest);
            let text = next.map_or(rest, |(before, _, _)| before);
            self.html(folding, text);
            if !anchor.is_empty() || self.counts[0] > 0 {
                self.text(folding, &heading, Stands::Head);
                self.end_unit(anchor, &heading);
            }
            let Some((_, level, tag)) = next else { return };
            let open_end = tag.find('>').map_or(tag.len(), |at| at + 1);
            let close = ["</h2>", "</h3>", "</h4>"][(level as usize - '2' as usize).min(2)];
            let end = tag.find(close).unwrap_or(tag.len());
            anchor = tag[..open_end].split("id=\"").nth(1).and_then(|id| id.split('"').next()).unwrap_or_default();
            heading = plain(tag.get(open_end..end).unwrap_or_default());
            rest = &tag[(end + close.len()).min(tag.len())..];
        }
    }

    /// Adds the words of some HTML. Only tags within a line join what stands beside them.
    fn html(&mut self, folding: &Folding, html: &str) {
        const WITHIN: [&str; 12] =
            ["a", "em", "strong", "b", "i", "span", "sup", "sub", "code", "button", "del", "abbr"];
        let mut text = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            let tag = &rest[at + 1..];
            let name = tag.trim_start_matches('/');
            let end = name.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
            if !WITHIN.contains(&&name[..end]) {
                text.push(' ');
            }
            rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
        }
        text.push_str(rest);
        if text.contains('&') {
            text = plain(&text);
        }
        self.text(folding, &text, Stands::Text);
    }

    /// Adds the words of a text to the unit in the making: first its text, then its head, then
    /// keywords.
    fn text(&mut self, folding: &Folding, text: &str, stands: Stands) {
        let (from, to, stride) = match stands {
            Stands::Text => (0, HEADS, STRIDE),
            Stands::Head => (HEADS, KEYWORDS, 1),
            Stands::Keyword => (KEYWORDS, END, 1),
        };
        let page = u32::try_from(self.pages.len()).unwrap_or(u32::MAX);
        let (words, unit) = (&mut self.words, self.units);
        let count = &mut self.counts[stands as usize];
        folding.each(text, &mut |whole, parts| {
            let position = (from + *count / stride).min(to - 1);
            *count += 1;
            add(words, whole, page, unit, position);
            parts.iter().for_each(|part| add(words, part, page, unit, position));
        });
    }

    /// Ends the unit in the making, which stands under a heading.
    fn end_unit(&mut self, anchor: &str, heading: &str) {
        let usual = heading.is_ascii() && !heading.is_empty() && crate::model::markdown::slug(heading) == anchor;
        let details: Vec<&str> = match (anchor, heading) {
            ("", "") => vec![],
            (_, heading) if usual => vec![heading],
            (anchor, heading) => vec![heading, anchor],
        };
        if let Some(page) = self.pages.last_mut() {
            page.units.push(details.into_iter().map(str::to_owned).collect());
        }
        self.units += 1;
        self.counts = [0; 3];
    }

    /// The section finished: words in the order of the alphabet.
    pub fn finished(self) -> Finished {
        let mut words: Vec<(Box<str>, Word)> = self.words.into_iter().collect();
        words.sort_unstable_by(|one, other| one.0.cmp(&other.0));
        let words = words.into_iter().map(|(text, mut word)| {
            word.end_unit();
            FinishedWord::new(&text, &word)
        });
        Finished { words: words.collect(), pages: self.pages, units: self.units }
    }
}

/// A section of the index that is made.
#[derive(Debug)]
pub struct Finished {
    words: Vec<FinishedWord>,
    pages: Vec<Page>,
    units: u32,
}

/// A word of a finished section. There are as many as a large manual has words in all its sections,
/// so they are kept small.
#[derive(Debug)]
struct FinishedWord {
    /// The word, its places, and those in heads only.
    text: Box<str>,
    word_end: u32,
    all_end: u32,
    all: Ends,
    heads: Ends,
    pages: u32,
}

/// The first unit with whether there are several positions in it, and the last unit.
type Ends = (Option<(u32, bool)>, u32);

impl FinishedWord {
    fn new(text: &str, word: &Word) -> Self {
        let length = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        Self {
            text: [text, &word.all.text, &word.heads.text].concat().into(),
            word_end: length(text),
            all_end: length(text) + length(&word.all.text),
            all: (word.all.first, word.all.last),
            heads: (word.heads.first, word.heads.last),
            pages: word.pages,
        }
    }

    fn word(&self) -> &str {
        &self.text[..self.word_end as usize]
    }

    /// Writes the places of a section whose units begin at `base`; `before` is the unit written last.
    fn write(&self, heads_only: bool, text: &mut String, base: u32, before: &mut u32) {
        let (word, all) = (self.word_end as usize, self.all_end as usize);
        let ((first, last), places) =
            if heads_only { (self.heads, &self.text[all..]) } else { (self.all, &self.text[word..all]) };
        let Some((first, several)) = first else { return };
        push_number(text, (base + first - *before) * 2 + u32::from(several));
        text.push_str(places);
        *before = base + last;
    }
}

fn add(words: &mut HashMap<Box<str>, Word, FxBuildHasher>, found: &str, page: u32, unit: u32, position: u32) {
    match words.get_mut(found) {
        Some(word) => word.add(page, unit, position),
        None => words.entry(found.into()).or_default().add(page, unit, position),
    }
}

impl Word {
    fn add(&mut self, page: u32, unit: u32, position: u32) {
        if self.last_page != Some(page) {
            self.last_page = Some(page);
            self.pages += 1;
        }
        if self.unit != unit {
            self.end_unit();
            self.unit = unit;
        }
        let positions = &mut self.positions;
        if (positions.len() < MOST_POSITIONS || position >= HEADS) && positions.last() != Some(&position) {
            positions.push(position);
        }
    }

    fn end_unit(&mut self) {
        self.all.push(self.unit, &self.positions);
        let heads = self.positions.partition_point(|position| *position < HEADS);
        self.heads.push(self.unit, &self.positions[heads..]);
        self.positions.clear();
    }
}

/// The letters that numbers are written with, five bits each; those from 32 on say that more follow.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

/// Writes a number, the lowest five bits first.
fn push_number(text: &mut String, mut number: u32) {
    loop {
        let more = number >= 32;
        text.push(char::from(DIGITS[(number % 32 + if more { 32 } else { 0 }) as usize]));
        if !more {
            return;
        }
        number /= 32;
    }
}

impl Places {
    /// Adds the positions in a unit, which comes after those that were added.
    fn push(&mut self, unit: u32, positions: &[u32]) {
        let Some(more) = positions.len().checked_sub(1) else { return };
        match self.first {
            None => self.first = Some((unit, more > 0)),
            Some(_) => push_number(&mut self.text, (unit - self.last) * 2 + u32::from(more > 0)),
        }
        self.last = unit;
        if let Some(more) = u32::try_from(more).ok().and_then(|more| more.checked_sub(1)) {
            push_number(&mut self.text, more);
        }
        let mut last = 0;
        for position in positions {
            push_number(&mut self.text, position - last);
            last = *position;
        }
    }
}

/// The text before the next heading with an anchor, its level, and the text from it on.
fn next_heading(html: &str) -> Option<(&str, char, &str)> {
    let mut from = 0;
    loop {
        let at = from + html[from..].find("<h")?;
        let level = html[at + 2..].chars().next()?;
        if matches!(level, '2'..='4') && html[at + 3..].starts_with(" id=\"") {
            return Some((&html[..at], level, &html[at..]));
        }
        from = at + 2;
    }
}

/// What every query needs.
#[derive(Serialize)]
struct Head<'a> {
    /// The first word of each file of terms.
    terms: Vec<String>,
    /// How many pages a file of titles holds.
    block: usize,
    /// How many units each page has, in the numbers of the terms.
    units: String,
    /// For each page a letter: the place of its kind.
    kinds: String,
    /// The kinds with their names.
    kind_names: Vec<(String, String)>,
    /// Words that are known by titles only.
    common: Vec<&'a str>,
    /// Letters that become others.
    fold: BTreeMap<String, &'static str>,
    /// The page to show first for words of danger; none if there is no safety page.
    safety: Option<usize>,
    /// Words of danger.
    danger: Vec<String>,
    /// Words that say little.
    small: Vec<&'a str>,
    /// The interface texts.
    words: BTreeMap<&'static str, &'a str>,
    /// How many pages were found, in the forms that the language has for numbers.
    found: BTreeMap<&'static str, &'a str>,
}

/// The interface texts that the search needs.
const WORDS: [&str; 9] = [
    "search",
    "search-label",
    "search-hint",
    "search-none",
    "search-more",
    "search-danger",
    "search-all-kinds",
    "search-in",
    "search-close",
];

/// A file of the index.
pub struct IndexFile {
    /// Its path in the site.
    pub path: String,
    /// What it holds.
    pub content: String,
}

/// The files of the index over all sections, in the order of the site.
pub fn files(book: &Book<'_>, folding: &Folding, sections: &[Finished]) -> Vec<IndexFile> {
    let pages: Vec<&Page> = sections.iter().flat_map(|section| &section.pages).collect();
    let limit = if pages.len() < FEW_PAGES { u32::MAX } else { (pages.len() as f64 * TOO_COMMON) as u32 };
    let bases: Vec<u32> =
        sections.iter().scan(0, |base, section| Some(std::mem::replace(base, *base + section.units))).collect();
    // Words by their first letter, so that several can be gathered at a time.
    let letters: BTreeSet<Option<char>> =
        sections.iter().flat_map(|section| &section.words).map(|word| word.word().chars().next()).collect();
    let letters: Vec<Option<char>> = letters.into_iter().collect();
    let lines: Vec<Lines<'_>> = par::map(&letters, |letter| lines(sections, &bases, *letter, limit));

    let mut files = Vec::new();
    let mut firsts = Vec::new();
    let mut content = String::new();
    let mut before = "";
    for (word, places) in lines.iter().flat_map(|lines| &lines.words) {
        if content.len() > TERMS_FILE {
            files.push(terms_file(firsts.len() - 1, std::mem::take(&mut content)));
        }
        if content.is_empty() {
            firsts.push((*word).to_owned());
            before = "";
        }
        let shared = word.chars().zip(before.chars()).take_while(|(a, b)| a == b).count().min(35);
        let digit = char::from_digit(u32::try_from(shared).unwrap_or(0), 36).unwrap_or('0');
        content.push(digit);
        content.extend(word.chars().skip(shared));
        content.push(' ');
        content.push_str(places);
        content.push('\n');
        before = word;
    }
    if !content.is_empty() {
        files.push(terms_file(firsts.len() - 1, content));
    }

    for (block, number) in pages.chunks(PAGES_FILE).zip(0usize..) {
        let rows: Vec<_> = block.iter().map(|page| (&page.title, &page.url, &page.summary, &page.units)).collect();
        let json = serde_json::to_string(&rows).expect("texts are plain JSON");
        files.push(IndexFile {
            path: format!("search/pages-{number}.js"),
            content: format!("iptSearch.pages({number},{json});\n"),
        });
    }
    let common = lines.iter().flat_map(|lines| &lines.common).copied().collect();
    files.push(head_file(book, folding, &pages, firsts, common));
    files
}

/// The words that begin with a letter, with their places in all sections.
struct Lines<'a> {
    words: Vec<(&'a str, String)>,
    /// Those that are known by titles only.
    common: Vec<&'a str>,
}

fn lines<'a>(sections: &'a [Finished], bases: &[u32], letter: Option<char>, limit: u32) -> Lines<'a> {
    let mut found: BTreeMap<&str, Vec<(u32, &FinishedWord)>> = BTreeMap::new();
    for (section, base) in sections.iter().zip(bases) {
        let first = |word: &FinishedWord| word.word().chars().next();
        let from = section.words.partition_point(|word| first(word) < letter);
        for word in section.words[from..].iter().take_while(|word| first(word) == letter) {
            found.entry(word.word()).or_default().push((*base, word));
        }
    }
    let mut lines = Lines { words: Vec::with_capacity(found.len()), common: Vec::new() };
    for (text, words) in found {
        let is_common = words.iter().map(|(_, word)| word.pages).sum::<u32>() > limit;
        if is_common {
            lines.common.push(text);
        }
        let (mut places, mut before) = (String::new(), 0);
        for (base, word) in words {
            word.write(is_common, &mut places, base, &mut before);
        }
        lines.words.push((text, places));
    }
    lines
}

/// A summary as results show it: cut after a word where it is long.
fn shortened(summary: &str) -> String {
    if summary.chars().count() <= LONGEST_SUMMARY {
        return summary.to_owned();
    }
    let cut: String = summary.chars().take(LONGEST_SUMMARY).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

fn terms_file(number: usize, lines: String) -> IndexFile {
    // Words are letters and digits, and so are places: nothing in the lines ends the text.
    let content = format!("iptSearch.terms({number},`\n{lines}`);\n");
    IndexFile { path: format!("search/terms-{number}.js"), content }
}

fn head_file(book: &Book<'_>, folding: &Folding, pages: &[&Page], terms: Vec<String>, common: Vec<&str>) -> IndexFile {
    let words = book.words;
    let kinds: BTreeSet<&str> = pages.iter().map(|page| page.kind).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let mut units = String::new();
    let mut letters = String::new();
    for page in pages {
        push_number(&mut units, u32::try_from(page.units.len()).unwrap_or(u32::MAX));
        let kind = kinds.iter().position(|kind| *kind == page.kind).unwrap_or(0);
        letters.push(char::from(DIGITS[kind.min(63)]));
    }
    let danger = words.get("search-danger-words").split(',').map(|word| folding.joined(word));
    let small = folding.joined(words.get("search-small-words"));
    let safety = book.manual.safety.map(|ix| book.page(ix).to_owned());
    let head = Head {
        terms,
        block: PAGES_FILE,
        units,
        kinds: letters,
        kind_names: kinds
            .iter()
            .map(|kind| {
                let key = if *kind == TERM { "kind-term".to_owned() } else { format!("kind-{kind}") };
                ((*kind).to_owned(), words.get(&key).to_owned())
            })
            .collect(),
        common,
        fold: folding.special.iter().map(|(letter, plain)| (letter.to_string(), *plain)).collect(),
        safety: safety.and_then(|url| pages.iter().position(|page| page.url == paths::address(&url))),
        danger: danger.filter(|word| !word.is_empty()).collect(),
        small: small.split(' ').filter(|word| !word.is_empty()).collect(),
        found: words.forms("search-found"),
        words: WORDS.iter().map(|key| (*key, words.get(key))).collect(),
    };
    let mut content = String::from("iptSearch.start(");
    let _ = write!(content, "{}", serde_json::to_string(&head).expect("texts are plain JSON"));
    content.push_str(");\n");
    IndexFile { path: "search/index.js".into(), content }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(language: &str, text: &str) -> String {
        let mut words = String::new();
        Folding::new(language).each(text, &mut |whole, parts| {
            words.push_str(&[&[whole.to_owned()], parts].concat().join("|"));
            words.push(' ');
        });
        words.trim_end().to_owned()
    }

    #[test]
    fn words_lose_case_accents_and_hyphens() {
        assert_eq!(words("en", "Role play, PHQ-9; IPT-A's a Café"), "role play phq9|phq|9 ipta|ipt cafe");
        assert_eq!(words("de", "Übergang für große Rollen"), "uebergang fuer grosse rollen");
        assert_eq!(words("fr", "Übergang"), "ubergang");
        assert_eq!(words("ar", "الأُسْرَة"), "اسره", "the article falls away");
        assert_eq!(words("ar", "أسرة وال لله"), "اسره وال لله", "and nothing else");
        assert_eq!(words("en", "session 3 — n = 150"), "session 3 150");
    }

    #[test]
    fn numbers_are_five_bits_a_letter() {
        let written = |number| {
            let mut text = String::new();
            push_number(&mut text, number);
            text
        };
        assert_eq!([0, 31, 32, 33, 1023, 1024].map(written), ["0", "V", "W1", "X1", "_V", "WW1"]);
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let mut section = Section::default();
        section.pages.push(Page {
            title: String::new(),
            url: String::new(),
            kind: TERM,
            summary: String::new(),
            units: vec![],
        });
        let html = "<p>Be<em>fore</em></p><h2 id=\"one\">One &amp; a</h2>\n<table><tr><td>cell</td><td>next</td></tr></table><hr><h3 id=\"two\">Two</h3>";
        section.body(&Folding::new("en"), html);
        assert_eq!(section.pages[0].units, [vec![], vec!["One & a", "one"], vec!["Two"]]);
        let made = section.finished();
        let found: Vec<_> = made.words.iter().map(|word| (word.word(), word.all.0)).collect();
        let at = |unit| Some((unit, false));
        assert_eq!(found, [("before", at(0)), ("cell", at(1)), ("next", at(1)), ("one", at(1)), ("two", at(2))]);
    }

    /// However the pages are cut into sections, the index is the same.
    #[test]
    fn sections_join_without_a_seam() {
        let texts = ["one two one", "two", "three one two two two two", "", "one", "two one"];
        let written = |size: usize| {
            let sections = texts.chunks(size).map(|pages| {
                let mut section = Section::default();
                for text in pages {
                    section.text(&Folding::new("en"), text, Stands::Text);
                    section.text(&Folding::new("en"), "one", Stands::Head);
                    section.end_unit("", "");
                }
                section.finished()
            });
            let sections: Vec<Finished> = sections.collect();
            let bases: Vec<u32> = (0..).step_by(size).take(sections.len()).collect();
            let of = |letter, limit| {
                lines(&sections, &bases, Some(letter), limit)
                    .words
                    .into_iter()
                    .map(|(word, places)| format!("{word} {places}\n"))
                    .collect::<String>()
            };
            [of('o', 9), of('t', 9), of('o', 0)]
        };
        let whole = written(texts.len());
        assert!(whole.iter().all(|line| !line.is_empty()));
        for size in 1..texts.len() {
            assert_eq!(written(size), whole, "{size} pages a section");
        }
    }
}
