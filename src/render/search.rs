//! The search index: what pages say, to small scripts that a browser loads on the first query.
//!
//! A page is cut into units at its headings. [`PageWords::new`] takes down the words of one page while it is
//! made; [`files`] turns those of all pages into the index: `search/index.js` with what every query
//! needs, `search/terms-N.js` with words and where they stand, in the order of the alphabet, and
//! `search/pages-N.js` with titles and addresses. They are classic scripts, because a page opened
//! from a disk may load nothing else, and each calls `iptSearch`, which `static/js/search.js` makes.
//!
//! # Format
//!
//! A line of `terms-N.js` is a word and its places. The word begins with a digit in base 36: how
//! many letters it shares with the word before. Numbers are written five bits a letter, see
//! `Places::number`. Places are, for each unit with the word: how many units on from the one before,
//! doubled, plus one if the word stands there more than once (then the count less two follows); then
//! each position, as the distance from the one before. A position in the text counts every
//! `STRIDE`th word; those from `HEADS` on are in titles, headings and keywords, word by word.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use serde::Serialize;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::chapter_view::ChapterView;
use super::fill::{Book, Filler, Stand, plain};
use super::locale::Words;
use super::{lists, paths};
use crate::link::ChapterIx;

/// How many words of a text share a position: near enough to tell words that stand together.
const STRIDE: u32 = 4;

/// Where the positions of titles and headings begin.
const HEADS: u32 = 512;

/// Where the positions of keywords begin.
const KEYWORDS: u32 = HEADS + 24;

/// Where the positions of keywords end.
const END: u32 = HEADS + 64;

/// How large a file of terms may grow, in bytes, before the next one begins.
const TERMS_FILE: usize = 90_000;

/// How many pages a file of titles holds.
const PAGES_FILE: usize = 200;

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

/// The words of a page.
#[derive(Debug, Clone, Default)]
pub struct PageWords {
    title: String,
    url: String,
    kind: String,
    summary: String,
    units: Vec<Unit>,
}

/// The words under a heading.
#[derive(Debug, Clone, Default)]
struct Unit {
    anchor: String,
    heading: String,
    /// Words of title and heading, and of keywords, and of the text, each followed by a space; words
    /// that stand in one place are joined by `|`.
    head: String,
    keywords: String,
    body: String,
}

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
        // Most words are plain letters, for which there is a short way.
        if word.is_ascii() {
            return word.to_ascii_lowercase();
        }
        let mut folded = String::with_capacity(word.len());
        for letter in word.nfc().flat_map(char::to_lowercase) {
            match self.special.iter().find(|(known, _)| *known == letter) {
                Some((_, plain)) => folded.push_str(plain),
                None => folded.extend(std::iter::once(letter).nfkd().filter(|letter| !is_combining_mark(*letter))),
            }
        }
        without_article(&folded).map(str::to_owned).unwrap_or(folded)
    }

    /// The words of a text, each followed by a space. A word with a hyphen stands there whole,
    /// without the hyphen, and in its parts.
    fn words(&self, text: &str, words: &mut String) {
        let is_word = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
        for run in text.split(|letter: char| !is_word(letter) && !matches!(letter, '-' | '\u{2010}' | '\u{2011}')) {
            let parts: Vec<String> = run
                .split(|letter: char| !is_word(letter))
                .map(|part| self.fold(part))
                .filter(|part| !part.is_empty())
                .collect();
            let worth = |part: &str| part.chars().nth(1).is_some() || part.chars().all(char::is_numeric);
            let whole = parts.concat();
            if whole.is_empty() || !worth(&whole) {
                continue;
            }
            words.push_str(&whole);
            for part in parts.iter().filter(|part| parts.len() > 1 && worth(part)) {
                words.push('|');
                words.push_str(part);
            }
            words.push(' ');
        }
    }
}

/// The Arabic article, alone or after a word of one letter that is written together with it.
const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];

/// A word without the Arabic article, where three letters or more are left.
fn without_article(word: &str) -> Option<&str> {
    let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article))?;
    rest.chars().nth(2).is_some().then_some(rest)
}

impl PageWords {
    /// Takes down what a chapter's page says: title, keywords, summary and facts, then its lists,
    /// tables and form, then its text.
    pub fn new(book: &Book<'_>, folding: &Folding, ix: ChapterIx, view: &ChapterView) -> Self {
        let chapter = book.manual.chapter(ix);
        let mut page = Self {
            title: chapter.title.clone(),
            url: paths::address(book.page(ix)).into_owned(),
            kind: chapter.kind.name().to_owned(),
            summary: plain(&view.summary_html),
            units: Vec::new(),
        };
        let mut top = Unit::default();
        folding.words(&chapter.title, &mut top.head);
        for name in ["keywords", "aliases"] {
            chapter.front.lines(name).iter().for_each(|line| folding.words(&line.value, &mut top.keywords));
        }
        if let Some(short) =
            (chapter.kind == crate::model::Kind::Measure).then(|| chapter.front.line("abbreviation")).flatten()
        {
            folding.words(&short.value, &mut top.keywords);
        }
        folding.words(&page.summary, &mut top.body);
        for fact in &view.facts {
            folding.words(&plain(&fact.html), &mut top.body);
        }
        page.units.push(top);
        for section in &view.sections {
            let mut unit = page.unit(folding, &section.id, &section.label);
            section.items_html.iter().for_each(|item| unit.text(folding, item));
            page.units.push(unit);
        }
        // The stages of a protocol are shown as its session summary.
        for table in view.tables.values().filter(|table| table.name != "stages") {
            let mut unit = page.unit(folding, &table.id, &table.caption);
            table.rows.iter().flat_map(|row| &row.cells).for_each(|cell| unit.text(folding, &cell.html));
            page.units.push(unit);
        }
        if let Some(form) = &view.form {
            let mut unit = page.unit(folding, &form.id, "");
            for field in &form.fields {
                for text in [&field.label, &field.help].into_iter().chain(&field.options).chain(&field.columns) {
                    folding.words(text, &mut unit.body);
                }
            }
            page.units.push(unit);
        }
        page.body(folding, &view.body_html);
        page
    }

    /// The entries of the glossary, a page each.
    pub fn terms(book: &Book<'_>, folding: &Folding) -> Vec<Self> {
        let filler = Filler::plain(book, Stand::Page(""), "glossary.yaml");
        let page = |term: super::view::TermView| {
            let summary = plain(&term.definition_html);
            let mut unit = Unit::default();
            folding.words(&term.term, &mut unit.head);
            folding.words(&term.also, &mut unit.keywords);
            folding.words(&summary, &mut unit.body);
            Self { title: term.term, url: term.url, kind: TERM.to_owned(), summary, units: vec![unit] }
        };
        lists::glossary(&filler).into_iter().map(page).collect()
    }

    fn unit(&self, folding: &Folding, anchor: &str, heading: &str) -> Unit {
        let mut unit = Unit { anchor: anchor.to_owned(), heading: heading.to_owned(), ..Unit::default() };
        folding.words(heading, &mut unit.head);
        unit
    }

    /// The text of a chapter, cut at its headings.
    fn body(&mut self, folding: &Folding, html: &str) {
        let mut unit = Unit::default();
        let mut rest = html;
        while let Some((before, level, tag)) = next_heading(rest) {
            unit.text(folding, before);
            if !unit.body.is_empty() || !unit.anchor.is_empty() {
                self.units.push(std::mem::take(&mut unit));
            }
            let open_end = tag.find('>').map_or(tag.len(), |at| at + 1);
            let close = format!("</h{level}>");
            let end = tag.find(&close).unwrap_or(tag.len());
            let anchor = tag[..open_end].split("id=\"").nth(1).and_then(|id| id.split('"').next()).unwrap_or_default();
            unit = self.unit(folding, anchor, &plain(tag.get(open_end..end).unwrap_or_default()));
            rest = &tag[(end + close.len()).min(tag.len())..];
        }
        unit.text(folding, rest);
        if !unit.body.is_empty() || !unit.anchor.is_empty() {
            self.units.push(unit);
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

impl Unit {
    /// Its heading, and its anchor where that is not made of the heading by the usual rule.
    fn details(&self) -> Vec<&str> {
        let usual = !self.heading.is_empty() && crate::model::markdown::slug(&self.heading) == self.anchor;
        let usual = usual && self.heading.is_ascii();
        match (self.anchor.as_str(), self.heading.as_str()) {
            ("", "") => vec![],
            (_, heading) if usual => vec![heading],
            (anchor, heading) => vec![heading, anchor],
        }
    }

    /// Adds the words of some HTML. Only tags within a line join what stands beside them.
    fn text(&mut self, folding: &Folding, html: &str) {
        const WITHIN: [&str; 12] =
            ["a", "em", "strong", "b", "i", "span", "sup", "sub", "code", "button", "del", "abbr"];
        let mut text = String::with_capacity(html.len());
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            text.push_str(&rest[..at]);
            let tag = &rest[at + 1..];
            let name = tag.trim_start_matches('/');
            let name = name.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
            if !WITHIN.contains(&name) {
                text.push(' ');
            }
            rest = tag.find('>').map_or("", |end| &tag[end + 1..]);
        }
        text.push_str(rest);
        // What is left are entities.
        folding.words(&plain(&text), &mut self.body);
    }
}

/// Where a word stands.
#[derive(Debug, Default)]
struct Places {
    /// Units with positions, in order.
    units: Vec<(u32, Vec<u32>)>,
    /// In how many pages.
    pages: u32,
    last_page: Option<u32>,
}

/// The letters that numbers are written with, five bits each; those from 32 on say that more follow.
const DIGITS: &[u8; 64] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";

impl Places {
    fn add(&mut self, page: u32, unit: u32, position: u32) {
        if self.last_page != Some(page) {
            self.last_page = Some(page);
            self.pages += 1;
        }
        match self.units.last_mut() {
            Some((last, positions)) if *last == unit => {
                if (positions.len() < MOST_POSITIONS || position >= HEADS) && positions.last() != Some(&position) {
                    positions.push(position);
                }
            }
            _ => self.units.push((unit, vec![position])),
        }
    }

    /// Writes a number, the lowest five bits first.
    fn number(text: &mut String, mut number: u32) {
        loop {
            let more = number >= 32;
            text.push(char::from(DIGITS[(number % 32 + if more { 32 } else { 0 }) as usize]));
            if !more {
                return;
            }
            number /= 32;
        }
    }

    fn write(&self, text: &mut String, heads_only: bool) {
        let mut before = 0;
        for (unit, positions) in &self.units {
            let kept: Vec<u32> =
                positions.iter().copied().filter(|position| !heads_only || *position >= HEADS).collect();
            let Some(more) = kept.len().checked_sub(1) else { continue };
            let several = u32::from(more > 0);
            Self::number(text, (unit - before) * 2 + several);
            before = *unit;
            if let Some(more) = u32::try_from(more).ok().and_then(|more| more.checked_sub(1)) {
                Self::number(text, more);
            }
            let mut last = 0;
            for position in kept {
                Self::number(text, position - last);
                last = position;
            }
        }
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

/// The files of the index over some pages, in the order of the site.
pub fn files(book: &Book<'_>, folding: &Folding, pages: &[PageWords]) -> Vec<IndexFile> {
    let words = book.words;
    let mut index: HashMap<&str, Places> = HashMap::new();
    let mut unit: u32 = 0;
    for (page, number) in pages.iter().zip(0u32..) {
        for found in &page.units {
            let parts = [
                (&found.body, 0, HEADS, STRIDE),
                (&found.head, HEADS, KEYWORDS, 1),
                (&found.keywords, KEYWORDS, END, 1),
            ];
            for (text, from, to, stride) in parts {
                for (together, number_of_word) in text.split(' ').filter(|together| !together.is_empty()).zip(0u32..) {
                    let position = (from + number_of_word / stride).min(to - 1);
                    for word in together.split('|') {
                        index.entry(word).or_default().add(number, unit, position);
                    }
                }
            }
            unit += 1;
        }
    }
    let limit = if pages.len() < FEW_PAGES { u32::MAX } else { (pages.len() as f64 * TOO_COMMON) as u32 };
    let mut all: Vec<(&str, Places)> = index.into_iter().collect();
    all.sort_unstable_by_key(|(word, _)| *word);
    let common: Vec<&str> = all.iter().filter(|(_, places)| places.pages > limit).map(|(word, _)| *word).collect();

    let mut files = Vec::new();
    let mut firsts = Vec::new();
    let mut content = String::new();
    let mut before = "";
    for (word, places) in &all {
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
        places.write(&mut content, places.pages > limit);
        content.push('\n');
        before = word;
    }
    if !content.is_empty() {
        files.push(terms_file(firsts.len() - 1, content));
    }

    for (block, number) in pages.chunks(PAGES_FILE).zip(0usize..) {
        let rows: Vec<_> = block
            .iter()
            .map(|page| {
                let units: Vec<_> = page.units.iter().map(Unit::details).collect();
                (&page.title, &page.url, shortened(&page.summary), units)
            })
            .collect();
        let json = serde_json::to_string(&rows).expect("texts are plain JSON");
        files.push(IndexFile {
            path: format!("search/pages-{number}.js"),
            content: format!("iptSearch.pages({number},{json});\n"),
        });
    }
    files.push(head_file(book, folding, pages, firsts, common, words));
    files
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

fn head_file(
    book: &Book<'_>,
    folding: &Folding,
    pages: &[PageWords],
    terms: Vec<String>,
    common: Vec<&str>,
    words: &Words,
) -> IndexFile {
    let kinds: BTreeSet<&str> = pages.iter().map(|page| page.kind.as_str()).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let mut units = String::new();
    let mut letters = String::new();
    for page in pages {
        Places::number(&mut units, u32::try_from(page.units.len()).unwrap_or(u32::MAX));
        let kind = kinds.iter().position(|kind| *kind == page.kind).unwrap_or(0);
        letters.push(char::from(DIGITS[kind.min(63)]));
    }
    let danger = words.get("search-danger-words").split(',').map(|word| {
        let mut folded = String::new();
        folding.words(word, &mut folded);
        folded
            .split(' ')
            .map(|word| word.split('|').next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_owned()
    });
    let mut small = String::new();
    folding.words(words.get("search-small-words"), &mut small);
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
        Folding::new(language).words(text, &mut words);
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
            Places::number(&mut text, number);
            text
        };
        assert_eq!([0, 31, 32, 33, 1023, 1024].map(written), ["0", "V", "W1", "X1", "_V", "WW1"]);
    }

    #[test]
    fn a_text_is_cut_at_its_headings() {
        let mut page = PageWords::default();
        let html = "<p>Be<em>fore</em></p><h2 id=\"one\">One &amp; a</h2>\n<table><tr><td>cell</td><td>next</td></tr></table><hr><h3 id=\"two\">Two</h3>";
        page.body(&Folding::new("en"), html);
        let found: Vec<_> =
            page.units.iter().map(|unit| (unit.anchor.as_str(), unit.head.as_str(), unit.body.as_str())).collect();
        assert_eq!(found, [("", "", "before "), ("one", "one ", "cell next "), ("two", "two ", "")]);
    }
}
