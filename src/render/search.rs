//! The search index: what pages say, to small scripts that a browser loads on the first query.
//!
//! A page is cut into units at its headings. A [`Listener`] takes down what a page says while it is
//! made, as [`Said`]; [`Index`] only sorts that by words: `search/index.js` with what every query
//! needs, `search/terms-N.js` with words and where they stand, in the order of the alphabet, and
//! `search/pages-N.js` with titles and addresses. They are classic scripts, because a page opened
//! from a disk may load nothing else, and each calls `iptSearch`, which `static/js/search.js` makes.
//!
//! # Format
//!
//! A line of `terms-N.js` is a word and its places. The word begins with a digit in base 36: how
//! many letters it shares with the word before. Numbers are written as few letters, see
//! `push_number`. Places are, for each page with the word: how many pages on from the one before,
//! doubled, plus one if several of its units have the word. Then for each of these: the first one's
//! number doubled, or for others how many units on from the one before, times four, plus two if another
//! one follows; in both cases plus one if the word stands there more than once, and then the count less
//! two follows; then each position, as the distance from the one
//! before. A position in the text counts every `STRIDE`th word; those from `HEADS` on are in titles,
//! headings and keywords, word by word. So what one page says is the same letters whatever other
//! pages there are.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxBuildHasher;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::chapter_view::ChapterView;
use super::fill::{Book, Filler, Stand, plain};
use super::lists;
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
const PAGES_FILE: usize = 25;

/// The longest summary that results show, in letters.
const LONGEST_SUMMARY: usize = 130;

/// The most positions of a word that are kept of a unit.
const MOST_POSITIONS: usize = 3;

/// The most places of a word that are kept of a page: a place takes twelve letters at most.
const MOST_PLACES: usize = 2500;

/// A word in more pages than this share is known by titles, keywords and headings only.
const TOO_COMMON: f64 = 0.4;

/// Fewer pages than this have no word that is too common.
const FEW_PAGES: usize = 20;

/// The kind of glossary entries.
const TERM: &str = "term";

/// Where the index stands in the site.
pub const FOLDER: &str = "search/";

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
    fn each(&self, text: &str, found: &mut impl FnMut(Folded<'_>, &[String])) {
        let is_word = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
        let is_hyphen = |letter: char| matches!(letter, '-' | '\u{2010}' | '\u{2011}');
        let worth = |part: &str| part.chars().nth(1).is_some() || part.chars().all(char::is_numeric);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // Most words are plain letters and short, for which there is a short way: a third less time for the whole index.
            let mut word = [0; SHORT];
            let mut length = 0;
            while let Some(letter) = bytes.get(at + length).map(|byte| PLAIN[*byte as usize])
                && letter != 0
                && length < SHORT
            {
                word[length] = letter;
                length += 1;
            }
            let next = bytes.get(at + length).copied().unwrap_or(b' ');
            if next.is_ascii() && next != b'-' && length < SHORT {
                if length > 1 || (length == 1 && word[0].is_ascii_digit()) {
                    found(Folded::Plain(&word, length), &[]);
                }
                at += length + 1;
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
                found(Folded::Other(&whole), &parts);
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
            joined.push_str(&whole.text());
        });
        joined
    }
}

/// A word without case and accents.
#[derive(Debug, Clone, Copy)]
enum Folded<'a> {
    /// Plain letters, so many of these. Zeros follow.
    Plain(&'a [u8; SHORT], usize),
    Other(&'a str),
    /// Eight bytes at most, as [`Self::packed`] gives them.
    Packed(u64),
}

impl<'a> Folded<'a> {
    fn text(self) -> Cow<'a, str> {
        match self {
            Self::Plain(bytes, length) => String::from_utf8_lossy(&bytes[..length]),
            Self::Other(text) => text.into(),
            Self::Packed(packed) => {
                String::from_utf8_lossy(&packed.to_be_bytes()).trim_end_matches('\0').to_owned().into()
            }
        }
    }

    /// The word with zeros after it, where it has at most `N` bytes. No word holds a zero.
    fn packed<const N: usize>(self) -> Option<[u8; N]> {
        match self {
            Self::Plain(bytes, length) => bytes.first_chunk().filter(|_| length <= N).copied(),
            Self::Other(text) => {
                let mut bytes = [0; N];
                bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
                Some(bytes)
            }
            Self::Packed(packed) => packed.to_be_bytes().first_chunk().copied(),
        }
    }
}

/// Words shorter than this, in bytes, have a short way.
const SHORT: usize = 24;

/// For each byte that is a plain letter or a digit, the same in lower case; for others zero.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            plain[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    plain
};

/// The Arabic article, alone or after a word of one letter that is written together with it.
const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];

/// A word without the Arabic article, where three letters or more are left.
fn without_article(word: &str) -> Option<&str> {
    let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article))?;
    rest.chars().nth(2).is_some().then_some(rest)
}

/// All words that pages say, with the numbers that they get in the order in which threads meet them;
/// nothing that is written depends on the numbers.
#[derive(Debug, Default)]
pub struct Vocabulary {
    words: Mutex<Known<u32>>,
}

/// Words with what is known of each. Almost all words have few bytes, and are compared at once as
/// numbers: kept small, because they are looked up for every word of every page.
#[derive(Debug, Default)]
struct Known<T> {
    of_8: HashMap<u64, T, FxBuildHasher>,
    of_16: HashMap<u128, T, FxBuildHasher>,
    longer: HashMap<Box<str>, T, FxBuildHasher>,
}

impl<T: Copy> Known<T> {
    fn len(&self) -> usize {
        self.of_8.len() + self.of_16.len() + self.longer.len()
    }

    /// What is known of a word; `new` tells it of one that is met for the first time.
    fn of(&mut self, word: Folded<'_>, new: impl FnOnce() -> T) -> &mut T {
        if let Some(packed) = word.packed() {
            return self.of_8.entry(u64::from_be_bytes(packed)).or_insert_with(new);
        }
        if let Some(packed) = word.packed() {
            return self.of_16.entry(u128::from_be_bytes(packed)).or_insert_with(new);
        }
        self.longer.entry(word.text().into()).or_insert_with(new)
    }

    /// The words of which is known what is wanted.
    fn words(&self, is_wanted: impl Fn(T) -> bool) -> Vec<(T, Box<str>)> {
        let wanted = |known: &T| is_wanted(*known);
        let unpacked = |bytes: &[u8]| -> Box<str> { String::from_utf8_lossy(bytes).trim_end_matches('\0').into() };
        let mut words = Vec::new();
        let of_8 = self.of_8.iter().filter(|(_, known)| wanted(known));
        words.extend(of_8.map(|(packed, known)| (*known, unpacked(&packed.to_be_bytes()))));
        let of_16 = self.of_16.iter().filter(|(_, known)| wanted(known));
        words.extend(of_16.map(|(packed, known)| (*known, unpacked(&packed.to_be_bytes()))));
        let longer = self.longer.iter().filter(|(_, known)| wanted(known));
        words.extend(longer.map(|(word, known)| (*known, word.clone())));
        words
    }
}

impl Vocabulary {
    fn number(&self, word: Folded<'_>) -> u32 {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(words.len()).expect("a manual has fewer than 2^32 words");
        *words.of(word, || next)
    }

    fn len(&self) -> usize {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The words of those numbers that are wanted, in any order.
    fn words(&self, is_wanted: impl Fn(u32) -> bool) -> Vec<(u32, Box<str>)> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).words(is_wanted)
    }
}

/// What a page says: its words, with the places where they stand as they are written.
#[derive(Debug)]
pub struct Said {
    page: Arc<Page>,
    /// Everywhere.
    all: Places,
    /// In titles, headings and keywords.
    heads: Places,
}

/// The words of a page, each once, and where they stand.
#[derive(Debug, Default)]
struct Places {
    /// Each word's number.
    words: Vec<u32>,
    /// How long each word's places are in `text`, doubled, plus one if there are several units. These lists are a tenth of a large manual's memory.
    lengths: Vec<u16>,
    text: String,
}

impl Said {
    /// What results show of the page.
    pub fn page(&self) -> Arc<Page> {
        Arc::clone(&self.page)
    }
}

impl Places {
    fn push(&mut self, word: u32, found: &[Found]) {
        if found.is_empty() {
            return;
        }
        let from = self.text.len();
        let found = &found[..found.len().min(MOST_PLACES)];
        let mut units = found.chunk_by(|one, other| one.unit == other.unit).peekable();
        let mut last = None;
        while let Some(positions) = units.next() {
            let unit = positions[0].unit;
            let several = u32::from(positions.len() > 1);
            let more = u32::from(units.peek().is_some());
            match last {
                None => push_number(&mut self.text, unit * 2 + several),
                Some(last) => push_number(&mut self.text, (unit - last) * 4 + more * 2 + several),
            }
            last = Some(unit);
            if several > 0 {
                push_number(&mut self.text, u32::try_from(positions.len() - 2).unwrap_or(u32::MAX));
            }
            let mut before = 0;
            for found in positions {
                push_number(&mut self.text, found.position - before);
                before = found.position;
            }
        }
        let several_units = found.first().map(|found| found.unit) != last;
        let length = (self.text.len() - from) * 2 + usize::from(several_units);
        self.words.push(word);
        self.lengths.push(u16::try_from(length).expect("so many places are not written"));
    }

    /// Each word with its places, and whether those are in several units.
    fn iter(&self) -> impl Iterator<Item = (u32, Entry<'_>)> {
        let mut from = 0;
        self.words.iter().zip(&self.lengths).map(move |(word, length)| {
            let places = from..from + *length as usize / 2;
            from = places.end;
            (*word, Entry { several: length % 2 == 1, places: &self.text[places] })
        })
    }

    /// The words with other places in `now`, what the page says now, and what those are; none for a word
    /// that it does not say any more.
    fn changes<'a>(&'a self, now: &'a Self) -> impl Iterator<Item = (u32, Option<Entry<'a>>)> {
        let mut old: HashMap<u32, Entry<'_>, FxBuildHasher> = self.iter().collect();
        let mut changes: Vec<(u32, Option<Entry<'_>>)> = Vec::new();
        for (word, entry) in now.iter() {
            if old.remove(&word) != Some(entry) {
                changes.push((word, Some(entry)));
            }
        }
        changes.into_iter().chain(old.into_keys().map(|word| (word, None)))
    }
}

/// The places of a word in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry<'a> {
    /// Whether they are in several units.
    several: bool,
    /// As they are written.
    places: &'a str,
}

/// A word at its place in a page.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    unit: u32,
    position: u32,
}

/// What results show of a page.
#[derive(Debug, Default)]
pub struct Page {
    title: String,
    url: String,
    kind: &'static str,
    summary: String,
    /// Each unit's heading, and its anchor where that is not made of the heading by the usual rule.
    units: Vec<Vec<String>>,
}

/// What of a unit a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stands {
    Text,
    Head,
    Keyword,
}

/// Takes down what pages say, one after the other.
pub struct Listener<'a> {
    book: &'a Book<'a>,
    folding: &'a Folding,
    vocabulary: &'a Vocabulary,
    /// The words met so far, by their place in `numbers`: the vocabulary is asked but once for each.
    known: Known<u32>,
    /// For each known word: its number in the vocabulary, and its place among the page's words, if that
    /// place holds it.
    numbers: Vec<(u32, u32)>,
    /// The words of the text in the making.
    heard: Vec<Heard>,
    /// The page in the making.
    page: Page,
    /// Its words in the order in which it says them, with how often they are in `found`, and where
    /// they were seen last.
    words: Vec<Word>,
    found: Vec<(u32, Found)>,
    /// How many words the unit in the making has: in its text, its head, and its keywords.
    counts: [u32; 3],
}

/// A word as a text has it.
#[derive(Debug)]
struct Heard {
    /// Where it has few bytes, these; otherwise zero.
    packed: u64,
    /// Its place among the words met so far.
    known: u32,
    found: Found,
}

/// A word of the page in the making.
#[derive(Debug)]
struct Word {
    /// Its number in the vocabulary.
    number: u32,
    count: u32,
    last: Found,
    /// How many of its places are in the unit where it was seen last.
    in_unit: usize,
}

impl<'a> Listener<'a> {
    /// For pages of a book.
    pub fn new(book: &'a Book<'a>, folding: &'a Folding, vocabulary: &'a Vocabulary) -> Self {
        Self {
            book,
            folding,
            vocabulary,
            known: Known::default(),
            numbers: Vec::new(),
            heard: Vec::new(),
            page: Page::default(),
            words: Vec::new(),
            found: Vec::new(),
            counts: [0; 3],
        }
    }

    /// Takes down what a chapter's page says: title, keywords, summary and facts, then its lists,
    /// tables and form, then its text.
    pub fn chapter(&mut self, ix: ChapterIx, view: &ChapterView) -> Said {
        let chapter = self.book.manual.chapter(ix);
        let summary = self.book.summary(ix);
        self.page = Page {
            title: chapter.title.clone(),
            url: self.book.addresses[ix.0 as usize].clone(),
            kind: chapter.kind.name(),
            summary: shortened(summary),
            units: Vec::new(),
        };
        self.text(summary, Stands::Text);
        for fact in &view.facts {
            self.text(&plain(&fact.html), Stands::Text);
        }
        self.text(&chapter.title, Stands::Head);
        for name in ["keywords", "aliases"] {
            chapter.front.lines(name).iter().for_each(|line| self.text(&line.value, Stands::Keyword));
        }
        if let Some(short) =
            (chapter.kind == crate::model::Kind::Measure).then(|| chapter.front.line("abbreviation")).flatten()
        {
            self.text(&short.value, Stands::Keyword);
        }
        self.end_unit("", "");
        for section in &view.sections {
            section.items_html.iter().for_each(|item| self.html(item));
            self.text(&section.label, Stands::Head);
            self.end_unit(&section.id, &section.label);
        }
        // The stages of a protocol are shown as its session summary.
        for table in view.tables.values().filter(|table| table.name != "stages") {
            table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| self.html(&cell.html));
            self.text(&table.caption, Stands::Head);
            self.end_unit(&table.id, &table.caption);
        }
        if let Some(form) = &view.form {
            for field in &form.fields {
                for text in [&field.label, &field.help].into_iter().chain(&field.options).chain(&field.columns) {
                    self.text(text, Stands::Text);
                }
            }
            self.end_unit(&form.id, "");
        }
        self.body(&view.body_html);
        self.said()
    }

    /// The entries of the glossary, a page each.
    pub fn terms(&mut self) -> Vec<Arc<Said>> {
        let filler = Filler::plain(self.book, Stand::Page(""), "glossary.yaml");
        let said = lists::glossary(&filler).into_iter().map(|term| {
            let summary = plain(&term.definition_html);
            self.page = Page {
                title: term.term.clone(),
                url: term.url,
                kind: TERM,
                summary: shortened(&summary),
                units: Vec::new(),
            };
            self.text(&summary, Stands::Text);
            self.text(&term.term, Stands::Head);
            self.text(&term.also, Stands::Keyword);
            self.end_unit("", "");
            Arc::new(self.said())
        });
        said.collect()
    }

    /// The text of a chapter, cut at its headings.
    fn body(&mut self, html: &str) {
        let (mut anchor, mut heading) = ("", String::new());
        let mut rest = html;
        loop {
            let next = next_heading(rest);
            let text = next.map_or(rest, |(before, _, _)| before);
            self.html(text);
            if !anchor.is_empty() || self.counts[0] > 0 {
                self.text(&heading, Stands::Head);
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
    fn html(&mut self, html: &str) {
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
        self.text(&text, Stands::Text);
    }

    /// Adds the words of a text to the unit in the making: first its text, then its head, then
    /// keywords.
    fn text(&mut self, text: &str, stands: Stands) {
        let (from, to, stride) = match stands {
            Stands::Text => (0, HEADS, STRIDE),
            Stands::Head => (HEADS, KEYWORDS, 1),
            Stands::Keyword => (KEYWORDS, END, 1),
        };
        let unit = u32::try_from(self.page.units.len()).unwrap_or(u32::MAX);
        let mut heard = std::mem::take(&mut self.heard);
        self.folding.each(text, &mut |whole, parts| {
            let count = &mut self.counts[stands as usize];
            let found = Found { unit, position: (from + *count / stride).min(to - 1) };
            *count += 1;
            let parts = parts.iter().map(|part| Folded::Other(part));
            for word in std::iter::once(whole).chain(parts) {
                heard.push(match word.packed() {
                    Some(packed) => Heard { packed: u64::from_be_bytes(packed), known: 0, found },
                    None => Heard { packed: 0, known: self.known(word), found },
                });
            }
        });
        // The table of words is too large for the processor's nearest memory. Looked up one right after
        // the other, they are waited for together: it saves a twentieth of a large build.
        for heard in heard.iter_mut().filter(|heard| heard.packed != 0) {
            heard.known = self.known(Folded::Packed(heard.packed));
        }
        for heard in heard.drain(..) {
            self.add(heard.known, heard.found);
        }
        self.heard = heard;
    }

    /// A word's place among those met so far.
    fn known(&mut self, word: Folded<'_>) -> u32 {
        let (vocabulary, numbers) = (self.vocabulary, &mut self.numbers);
        *self.known.of(word, || {
            numbers.push((vocabulary.number(word), u32::MAX));
            u32::try_from(numbers.len() - 1).unwrap_or(u32::MAX)
        })
    }

    fn add(&mut self, known: u32, found: Found) {
        let (number, place) = &mut self.numbers[known as usize];
        match self.words.get_mut(*place as usize).filter(|word| word.number == *number) {
            Some(word) if word.last.unit == found.unit => {
                let kept = word.in_unit < MOST_POSITIONS || found.position >= HEADS;
                if !kept || word.last.position == found.position {
                    return;
                }
                (word.count, word.in_unit, word.last) = (word.count + 1, word.in_unit + 1, found);
            }
            Some(word) => (word.count, word.in_unit, word.last) = (word.count + 1, 1, found),
            None => {
                *place = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
                self.words.push(Word { number: *number, count: 1, last: found, in_unit: 1 });
            }
        }
        self.found.push((*place, found));
    }

    /// What the page in the making says, word by word.
    fn said(&mut self) -> Said {
        // All places of a word beside each other, the words in the order in which the page has them.
        let mut ends: Vec<usize> = Vec::with_capacity(self.words.len());
        let mut places = vec![Found::default(); self.found.len()];
        let mut from = 0;
        for word in &self.words {
            ends.push(from);
            from += word.count as usize;
        }
        for (word, found) in self.found.drain(..) {
            let end = &mut ends[word as usize];
            places[*end] = found;
            *end += 1;
        }
        let (mut all, mut heads) = (Places::default(), Places::default());
        let mut from = 0;
        let mut in_heads = Vec::new();
        for (word, end) in self.words.drain(..).zip(ends) {
            let found = &places[from..end];
            from = end;
            all.push(word.number, found);
            in_heads.clear();
            in_heads.extend(found.iter().filter(|found| found.position >= HEADS).copied());
            heads.push(word.number, &in_heads);
        }
        // All of this is kept to the end.
        for places in [&mut all, &mut heads] {
            places.words.shrink_to_fit();
            places.lengths.shrink_to_fit();
            places.text.shrink_to_fit();
        }
        Said { page: Arc::new(std::mem::take(&mut self.page)), all, heads }
    }

    /// Ends the unit in the making, which stands under a heading.
    fn end_unit(&mut self, anchor: &str, heading: &str) {
        let usual = heading.is_ascii() && !heading.is_empty() && crate::model::markdown::slug(heading) == anchor;
        let details: Vec<&str> = match (anchor, heading) {
            ("", "") => vec![],
            (_, heading) if usual => vec![heading],
            (anchor, heading) => vec![heading, anchor],
        };
        self.page.units.push(details.into_iter().map(str::to_owned).collect());
        self.counts = [0; 3];
    }
}

/// Numbers are written in a place-value system of this base.
const BASE: u32 = 45;

/// What numbers are written with: every visible letter of ASCII but those that mean something in a text
/// of JavaScript or JSON. Those from `BASE` on say that more follow.
const DIGITS: [u8; 2 * BASE as usize] = {
    let mut digits = [0; 2 * BASE as usize];
    let (mut letter, mut at) = (b'!', 0);
    while letter <= b'~' {
        if !matches!(letter, b'"' | b'$' | b'\\' | b'`') {
            digits[at] = letter;
            at += 1;
        }
        letter += 1;
    }
    digits
};

/// Writes a number, its lowest place first.
fn push_number(text: &mut String, mut number: u32) {
    loop {
        let more = number >= BASE;
        text.push(char::from(DIGITS[(number % BASE + if more { BASE } else { 0 }) as usize]));
        if !more {
            return;
        }
        number /= BASE;
    }
}

/// The text before the next heading with an anchor, its level, and the text from it on.
fn next_heading(html: &str) -> Option<(&str, char, &str)> {
    let mut from = 0;
    loop {
        let at = from + html[from..].find('<')?;
        if let [b'<', b'h', level @ b'2'..=b'4', rest @ ..] = &html.as_bytes()[at..]
            && rest.starts_with(b" id=\"")
        {
            return Some((&html[..at], char::from(*level), &html[at..]));
        }
        from = at + 1;
    }
}

/// What every query needs.
#[derive(Serialize)]
struct Head<'a> {
    /// The first word of each file of terms.
    terms: Vec<&'a str>,
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

/// The index of all pages.
pub struct Index<'a> {
    book: &'a Book<'a>,
    folding: &'a Folding,
    pages: Vec<Arc<Page>>,
    lines: Lines,
    /// The lines of each file of terms.
    terms: Vec<Range<usize>>,
    /// Words in more pages than this are known by titles, keywords and headings only.
    limit: usize,
}

/// A file of the index.
#[derive(Debug, Clone, Copy)]
pub enum IndexFile {
    /// Words with their places.
    Terms(usize),
    /// Titles and addresses.
    Pages(usize),
    /// What every query needs.
    Head,
}

impl IndexFile {
    /// Its path in the site.
    pub fn path(self) -> String {
        match self {
            Self::Terms(number) => format!("search/terms-{number}.js"),
            Self::Pages(number) => format!("search/pages-{number}.js"),
            Self::Head => "search/index.js".into(),
        }
    }
}

impl<'a> Index<'a> {
    /// Cuts lines into files. `pages` are those that the lines are about.
    pub fn new(book: &'a Book<'a>, folding: &'a Folding, pages: Vec<Arc<Page>>, lines: Lines) -> Self {
        let limit = if pages.len() < FEW_PAGES { usize::MAX } else { (pages.len() as f64 * TOO_COMMON) as usize };
        let mut index = Self { book, folding, pages, lines, terms: Vec::new(), limit };
        let mut terms = Vec::new();
        let (mut from, mut size, mut before) = (0, 0, "");
        for (at, line) in index.lines.lines.iter().enumerate() {
            if size > TERMS_FILE {
                terms.push(from..at);
                (from, size, before) = (at, 0, "");
            }
            size += line.word.len() - shared(before, &line.word).1 + index.places(line).len() + 3;
            before = &line.word;
        }
        if from < index.lines.lines.len() {
            terms.push(from..index.lines.lines.len());
        }
        index.terms = terms;
        index
    }

    /// The lines, to be kept.
    pub fn into_lines(self) -> Lines {
        self.lines
    }

    /// The files, in the order of the site.
    pub fn files(&self) -> Vec<IndexFile> {
        let terms = (0..self.terms.len()).map(IndexFile::Terms);
        let pages = (0..self.pages.len().div_ceil(PAGES_FILE)).map(IndexFile::Pages);
        terms.chain(pages).chain([IndexFile::Head]).collect()
    }

    /// What a file holds.
    pub fn content(&self, file: IndexFile) -> String {
        match file {
            IndexFile::Terms(number) => self.terms(number),
            IndexFile::Pages(number) => {
                let pages = self.pages.chunks(PAGES_FILE).nth(number).unwrap_or_default();
                let rows: Vec<_> =
                    pages.iter().map(|page| (&page.title, &page.url, &page.summary, &page.units)).collect();
                let json = serde_json::to_string(&rows).expect("texts are plain JSON");
                format!("iptSearch.pages({number},{json});\n")
            }
            IndexFile::Head => self.head(),
        }
    }

    fn is_common(&self, line: &Line) -> bool {
        line.everywhere.count > self.limit
    }

    fn places<'l>(&self, line: &'l Line) -> &'l str {
        if self.is_common(line) { &line.in_heads.text } else { &line.everywhere.text }
    }

    fn terms(&self, number: usize) -> String {
        // Words are letters and digits, and so are places: nothing in the lines ends the text.
        let mut content = format!("iptSearch.terms({number},`\n");
        let mut before = "";
        for line in &self.lines.lines[self.terms[number].clone()] {
            let (letters, bytes) = shared(before, &line.word);
            content.push(char::from_digit(letters, 36).unwrap_or('0'));
            content.push_str(&line.word[bytes..]);
            content.push(' ');
            content.push_str(self.places(line));
            content.push('\n');
            before = &line.word;
        }
        content.push_str("`);\n");
        content
    }

    fn head(&self) -> String {
        let words = self.book.words;
        let kinds: BTreeSet<&str> = self.pages.iter().map(|page| page.kind).collect();
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let mut units = String::new();
        let mut letters = String::new();
        for page in &self.pages {
            push_number(&mut units, u32::try_from(page.units.len()).unwrap_or(u32::MAX));
            let kind = kinds.iter().position(|kind| *kind == page.kind).unwrap_or(0);
            letters.push(char::from(DIGITS[kind.min(DIGITS.len() - 1)]));
        }
        let danger = words.get("search-danger-words").split(',').map(|word| self.folding.joined(word));
        let small = self.folding.joined(words.get("search-small-words"));
        let safety = self.book.manual.safety.map(|ix| &self.book.addresses[ix.0 as usize]);
        let head = Head {
            terms: self.terms.iter().map(|lines| &*self.lines.lines[lines.start].word).collect(),
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
            common: self.lines.lines.iter().filter(|line| self.is_common(line)).map(|line| &*line.word).collect(),
            fold: self.folding.special.iter().map(|(letter, plain)| (letter.to_string(), *plain)).collect(),
            safety: safety.and_then(|url| self.pages.iter().position(|page| page.url == *url)),
            danger: danger.filter(|word| !word.is_empty()).collect(),
            small: small.split(' ').filter(|word| !word.is_empty()).collect(),
            found: words.forms("search-found"),
            words: WORDS.iter().map(|key| (*key, words.get(key))).collect(),
        };
        let mut content = String::from("iptSearch.start(");
        let _ = write!(content, "{}", serde_json::to_string(&head).expect("texts are plain JSON"));
        content.push_str(");\n");
        content
    }
}

/// How many letters two words begin with alike, up to 35, and how many bytes those have.
fn shared(one: &str, other: &str) -> (u32, usize) {
    let alike = one.chars().zip(other.chars()).take(35).take_while(|(a, b)| a == b);
    alike.fold((0, 0), |(letters, bytes), (letter, _)| (letters + 1, bytes + letter.len_utf8()))
}

/// What pages say, sorted by words.
#[derive(Debug, Default)]
pub struct Lines {
    /// In the order of the alphabet.
    lines: Vec<Line>,
    /// What was said by which page; empty if it is not kept.
    said: Vec<Arc<Said>>,
}

/// What of the index is written about a word.
#[derive(Debug, Default)]
struct Line {
    word: Box<str>,
    /// The word's number in the vocabulary.
    number: u32,
    /// Its places in all pages.
    everywhere: Pages,
    /// Those in titles, headings and keywords.
    in_heads: Pages,
}

impl Lines {
    /// Sorts what pages say, in their order.
    pub fn new(vocabulary: &Vocabulary, said: &[Arc<Said>]) -> Self {
        let mut lines = lines(vocabulary.len(), said);
        for (number, word) in vocabulary.words(|_| true) {
            lines[number as usize].word = word;
        }
        let mut sorted = Self { lines, said: Vec::new() };
        sorted.tidy();
        sorted
    }

    /// The same for what pages say now, where most of them say what they said; to be kept.
    pub fn again(mut self, vocabulary: &Vocabulary, said: Vec<Arc<Said>>) -> Self {
        let pages = (0u32..).zip(self.said.iter().zip(&said));
        let changed: Vec<_> = pages.filter(|(_, (old, new))| !Arc::ptr_eq(old, new)).collect();
        if self.said.len() != said.len() || changed.len() > said.len() / 8 {
            return Self { said: said.clone(), ..Self::new(vocabulary, &said) };
        }
        // For each word that is concerned, what becomes of it in which pages: everywhere, and in heads.
        let mut changes: BTreeMap<u32, [Vec<Change<'_>>; 2]> = BTreeMap::new();
        for (page, (old, new)) in changed {
            for (word, entry) in old.all.changes(&new.all) {
                changes.entry(word).or_default()[0].push((page, entry));
            }
            for (word, entry) in old.heads.changes(&new.heads) {
                changes.entry(word).or_default()[1].push((page, entry));
            }
        }
        let mut known = HashSet::new();
        for line in &mut self.lines {
            if let Some([everywhere, in_heads]) = changes.get(&line.number) {
                line.everywhere = line.everywhere.changed(everywhere);
                line.in_heads = line.in_heads.changed(in_heads);
                known.insert(line.number);
            }
        }
        if known.len() < changes.len() {
            for (number, word) in vocabulary.words(|number| changes.contains_key(&number) && !known.contains(&number)) {
                let [everywhere, in_heads] = &changes[&number];
                let everywhere = Pages::default().changed(everywhere);
                let in_heads = Pages::default().changed(in_heads);
                self.lines.push(Line { word, number, everywhere, in_heads });
            }
        }
        self.said = said;
        self.tidy();
        self
    }

    /// Takes out words that no page says, and sorts the others.
    fn tidy(&mut self) {
        self.lines.retain(|line| line.everywhere.count > 0);
        self.lines.sort_by(|one, other| one.word.cmp(&other.word));
    }
}

/// What becomes of a word's places in a page.
type Change<'a> = (u32, Option<Entry<'a>>);

/// Places in page after page.
#[derive(Debug, Default)]
struct Pages {
    text: String,
    count: usize,
    last: u32,
}

impl Pages {
    fn push(&mut self, page: u32, entry: Entry<'_>) {
        push_number(&mut self.text, (page - self.last) * 2 + u32::from(entry.several));
        self.text.push_str(entry.places);
        self.count += 1;
        self.last = page;
    }

    /// The same with some pages changed, which are in order.
    fn changed(&self, changes: &[Change<'_>]) -> Self {
        let mut new = Self { text: String::with_capacity(self.text.len() + 16), ..Self::default() };
        let mut put = |page, entry: Option<Entry<'_>>| entry.into_iter().for_each(|entry| new.push(page, entry));
        let mut changes = changes.iter().copied().peekable();
        for (page, entry) in self.iter() {
            while let Some((before, changed)) = changes.next_if(|(changed, _)| *changed < page) {
                put(before, changed);
            }
            let changed = changes.next_if(|(changed, _)| *changed == page);
            put(page, changed.map_or(Some(entry), |(_, changed)| changed));
        }
        changes.for_each(|(page, changed)| put(page, changed));
        new
    }

    /// The pages, read from what was written.
    fn iter(&self) -> impl Iterator<Item = (u32, Entry<'_>)> {
        let (mut rest, mut page) = (self.text.as_str(), 0);
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let head = take_number(&mut rest);
            page += head / 2;
            let several = head % 2 == 1;
            let begin = rest;
            let first = take_number(&mut rest);
            take_positions(&mut rest, first % 2 == 1);
            let mut more = several;
            while more {
                let next = take_number(&mut rest);
                take_positions(&mut rest, next % 2 == 1);
                more = next & 2 != 0;
            }
            Some((page, Entry { several, places: &begin[..begin.len() - rest.len()] }))
        })
    }
}

/// Takes the positions of a word in a unit from the beginning of a text.
fn take_positions(text: &mut &str, several: bool) {
    let count = if several { take_number(text) + 2 } else { 1 };
    for _ in 0..count {
        take_number(text);
    }
}

/// Takes a number from the beginning of a text.
fn take_number(text: &mut &str) -> u32 {
    let (mut number, mut place) = (0, 1);
    for (at, letter) in text.bytes().enumerate() {
        let digit = VALUES[letter as usize];
        number += digit % BASE * place;
        if digit < BASE {
            *text = &text[at + 1..];
            return number;
        }
        place *= BASE;
    }
    *text = "";
    number
}

/// For each of the `DIGITS` its place among them.
const VALUES: [u32; 256] = {
    let mut values = [0; 256];
    let mut at = 0;
    while at < DIGITS.len() {
        values[DIGITS[at] as usize] = at as u32;
        at += 1;
    }
    values
};

/// A line for each of so many words, in the order of their numbers. Several threads look through all
/// pages, each for its own words: those that are met first are the most frequent ones, and each thread
/// has some of them.
fn lines(words: usize, said: &[Arc<Said>]) -> Vec<Line> {
    let shares = u32::try_from(par::threads()).unwrap_or(1);
    let of_share = |own: &u32| {
        let numbers = (*own..).step_by(shares as usize).take_while(|number| (*number as usize) < words);
        let mut lines: Vec<Line> = numbers.map(|number| Line { number, ..Line::default() }).collect();
        let is_own = |word: u32| word % shares == *own;
        // What grows to twice its need is a tenth of the memory of a large manual.
        let mut room = vec![0; lines.len()];
        for said in said {
            for (word, length) in said.all.words.iter().zip(&said.all.lengths).filter(|(word, _)| is_own(**word)) {
                room[(*word / shares) as usize] += *length as usize / 2 + 1;
            }
        }
        for (line, room) in lines.iter_mut().zip(room) {
            line.everywhere.text.reserve_exact(room);
        }
        for (page, said) in (0u32..).zip(said) {
            for (word, entry) in said.all.iter().filter(|(word, _)| is_own(*word)) {
                lines[(word / shares) as usize].everywhere.push(page, entry);
            }
            for (word, entry) in said.heads.iter().filter(|(word, _)| is_own(*word)) {
                lines[(word / shares) as usize].in_heads.push(page, entry);
            }
        }
        lines
    };
    let made = par::each(&(0..shares).collect::<Vec<_>>(), of_share);
    let mut made: Vec<_> = made.into_iter().map(Vec::into_iter).collect();
    (0..words).filter_map(|number| made[number % shares as usize].next()).collect()
}

/// A summary as results show it: cut after a word where it is long.
fn shortened(summary: &str) -> String {
    if summary.chars().count() <= LONGEST_SUMMARY {
        return summary.to_owned();
    }
    let cut: String = summary.chars().take(LONGEST_SUMMARY).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::citation::Formatted;
    use crate::files::Attachments;
    use crate::link::Manual;
    use crate::model::glossary::Lexicon;
    use crate::model::settings;
    use crate::render::locale::Words;
    use crate::span::FileId;

    fn words(language: &str, text: &str) -> String {
        let mut words = String::new();
        Folding::new(language).each(text, &mut |whole, parts| {
            words.push_str(&[&[whole.text().into_owned()], parts].concat().join("|"));
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
    fn numbers_are_few_letters() {
        let written = |number| {
            let mut text = String::new();
            push_number(&mut text, number);
            text
        };
        assert_eq!([0, 1, 44, 45, 46, 2024, 2025].map(written), ["!", "#", "O", "P#", "Q#", "~O", "PP#"]);
    }

    /// What an index is made of, without a manual.
    struct Bare {
        manual: Manual,
        words: Words,
        formatted: Formatted,
    }

    impl Bare {
        fn new() -> Self {
            let mut reports = Vec::new();
            let settings = settings::parse(FileId(0), "title: Bare", &mut reports);
            let (lexicon, attachments) = (Lexicon::default(), Attachments::default());
            let manual = Manual::new(settings, lexicon, Vec::new(), attachments, false, &mut reports);
            Self { manual, words: Words::default(), formatted: Formatted::default() }
        }

        fn book(&self) -> Book<'_> {
            Book::new(&self.manual, &self.words, &self.formatted)
        }
    }

    fn page(listener: &mut Listener<'_>, say: impl Fn(&mut Listener<'_>)) -> Said {
        listener.page = Page { kind: TERM, ..Page::default() };
        say(listener);
        listener.said()
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let bare = Bare::new();
        let (book, folding, vocabulary) = (bare.book(), Folding::new("en"), Vocabulary::default());
        let mut listener = Listener::new(&book, &folding, &vocabulary);
        let html = "<p>Be<em>fore</em></p><h2 id=\"one\">One &amp; a</h2>\n<table><tr><td>cell</td><td>next</td></tr></table><hr><h3 id=\"two\">Two</h3>";
        let said = page(&mut listener, |listener| listener.body(html));
        assert_eq!(said.page.units, [vec![], vec!["One & a", "one"], vec!["Two"]]);
        let words: HashMap<u32, Box<str>> = vocabulary.words(|_| true).into_iter().collect();
        let found: Vec<_> = said.all.iter().map(|(word, entry)| (&*words[&word], entry.places)).collect();
        // Units doubled; headings stand from 512 on, which is "c.".
        assert_eq!(found, [("before", "!!"), ("cell", "%!"), ("next", "%!"), ("one", "%c."), ("two", "'c.")]);
    }

    /// The places of each page are written alike, and pages are told by their distance.
    #[test]
    fn lines_join_pages() {
        let bare = Bare::new();
        let (book, folding, vocabulary) = (bare.book(), Folding::new("en"), Vocabulary::default());
        let mut listener = Listener::new(&book, &folding, &vocabulary);
        let texts = ["one two one two one", "two", "", "one wordlongerthaneight wordlongerthansixteenletters"];
        let said = texts.map(|text| {
            page(&mut listener, |listener| {
                listener.text(text, Stands::Text);
                listener.text("head", Stands::Head);
                listener.end_unit("", "");
            })
        });
        let said = said.map(Arc::new);
        let pages = said.iter().map(|said| said.page()).collect();
        let index = Index::new(&book, &folding, pages, Lines::new(&vocabulary, &said));
        let files = index.files();
        assert_eq!(
            files.iter().map(|file| file.path()).collect::<Vec<_>>(),
            ["search/terms-0.js", "search/pages-0.js", "search/index.js"]
        );
        assert_eq!(
            index.content(files[0]),
            "iptSearch.terms(0,`\n0head !!c.%!c.%!c.%!c.\n0one !#!!#)!!\n0two !!!%!!\n0wordlongerthaneight )!!\nesixteenletters )!!\n`);\n"
        );
    }

    /// What is known of lines is changed in place, where few pages say something else.
    #[test]
    fn lines_again_are_lines_anew() {
        let bare = Bare::new();
        let (book, folding, vocabulary) = (bare.book(), Folding::new("en"), Vocabulary::default());
        let mut listener = Listener::new(&book, &folding, &vocabulary);
        let mut say = |number: usize, units: usize| {
            Arc::new(page(&mut listener, |listener| {
                for unit in 0..units {
                    listener.text(&format!("all all {} w{} w{number}", "here ".repeat(unit), number % 3), Stands::Text);
                    listener.text(if number.is_multiple_of(2) { "head" } else { "all" }, Stands::Head);
                    listener.end_unit("", "");
                }
            }))
        };
        let mut said: Vec<_> = (0..40).map(|number| say(number, number % 4)).collect();
        let mut lines = Lines { said: said.clone(), ..Lines::new(&vocabulary, &said) };
        for (at, number, units) in [(0, 99, 3), (39, 1, 0), (7, 7, 0), (7, 8, 60), (20, 2, 3), (0, 0, 0)] {
            said[at] = say(number, units);
            said[at / 2] = say(number + 1, 2);
            lines = lines.again(&vocabulary, said.clone());
            let anew = Lines::new(&vocabulary, &said);
            let written = |lines: &Lines| -> Vec<_> {
                let lines = lines.lines.iter();
                let pages = |pages: &Pages| (pages.text.clone(), pages.count, pages.last);
                lines.map(|line| (line.word.clone(), pages(&line.everywhere), pages(&line.in_heads))).collect()
            };
            assert_eq!(written(&lines), written(&anew), "page {at}");
        }
    }
}
