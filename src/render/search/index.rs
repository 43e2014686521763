//! Writes the files of the index.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use crate::model::kind::Kind;
use crate::render::search::codec::{DIGITS, HEADS, KEYWORDS, push_number};
use crate::render::search::fold::{ARTICLES, Folding};
use crate::render::search::lines::{IndexLine, IndexLines};
use crate::render::search::places::IndexedPage;
use crate::render::text::context::RenderContext;
use crate::words::{Counted, Word};

/// How the files of the index are written, for the script that reads them: it has none of these constants itself.
#[derive(Serialize)]
pub(crate) struct IndexFormat {
    /// The digits of numbers, in the order of their values. The second half says that more follow.
    pub(crate) digits: String,
    /// Where the positions of titles and headings begin.
    pub(crate) heads: u32,
    /// Where the positions of keywords begin.
    pub(crate) keywords: u32,
    /// Letters that become others.
    pub(crate) fold: BTreeMap<String, &'static str>,
    /// What is removed from the beginning of a word that has at least three more letters.
    pub(crate) articles: &'static [&'static str],
}

impl IndexFormat {
    /// The format with the folding of a language.
    pub(crate) fn new(folding: &Folding) -> Self {
        Self {
            digits: DIGITS.map(char::from).iter().collect(),
            heads: HEADS,
            keywords: KEYWORDS,
            fold: folding.special.iter().map(|(letter, plain)| (letter.to_string(), *plain)).collect(),
            articles: &ARTICLES,
        }
    }
}

/// What every query needs.
#[derive(Serialize)]
pub(crate) struct IndexHead<'a> {
    /// How the other files are read.
    #[serde(flatten)]
    pub(crate) format: IndexFormat,
    /// The first word of each file of terms.
    pub(crate) terms: Vec<&'a str>,
    /// How many pages are in a file of titles.
    pub(crate) block: usize,
    /// How many units each page has, in the numbers of the terms.
    pub(crate) units: String,
    /// For each page a letter: the place of its kind.
    pub(crate) kinds: String,
    /// The kinds with their names.
    pub(crate) kind_names: Vec<(String, String)>,
    /// Words that are known by titles only.
    pub(crate) common: Vec<&'a str>,
    /// The page to show first for words of danger; none if there is no safety page.
    pub(crate) safety: Option<usize>,
    /// Words of danger.
    pub(crate) danger: Vec<String>,
    /// Words that say little.
    pub(crate) small: Vec<&'a str>,
    /// The interface texts.
    pub(crate) words: BTreeMap<&'static str, &'a str>,
    /// The texts for how many pages were found, in the forms that the language has for numbers.
    pub(crate) found: BTreeMap<&'static str, &'a str>,
}

/// The interface texts that the search needs.
const WORDS: [Word; 9] = [
    Word::Search,
    Word::SearchLabel,
    Word::SearchHint,
    Word::SearchNone,
    Word::SearchMore,
    Word::SearchDanger,
    Word::SearchAllKinds,
    Word::SearchIn,
    Word::SearchClose,
];

/// The index of all pages.
pub struct SearchIndex<'a> {
    pub(crate) context: &'a RenderContext<'a>,
    pub(crate) folding: &'a Folding,
    pub(crate) pages: Vec<Arc<IndexedPage>>,
    pub(crate) lines: IndexLines,
    /// The lines of each file of terms.
    pub(crate) terms: Vec<Range<usize>>,
    /// Words in more pages than this are known by titles, keywords and headings only.
    pub(crate) limit: usize,
}

impl<'a> SearchIndex<'a> {
    /// Cuts lines into files. `pages` are those that the lines are about.
    pub fn new(
        context: &'a RenderContext<'a>,
        folding: &'a Folding,
        pages: Vec<Arc<IndexedPage>>,
        lines: IndexLines,
    ) -> Self {
        let limit = if pages.len() < FEW_PAGES { usize::MAX } else { (pages.len() as f64 * TOO_COMMON) as usize };
        let mut index = Self { context, folding, pages, lines, terms: Vec::new(), limit };
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
    pub(crate) fn into_lines(self) -> IndexLines {
        self.lines
    }

    /// The files, in the order of the site.
    pub fn files(&self) -> Vec<IndexFile> {
        let terms = (0..self.terms.len()).map(IndexFile::Terms);
        let pages = (0..self.pages.len().div_ceil(PAGES_FILE)).map(IndexFile::Pages);
        terms.chain(pages).chain([IndexFile::Head]).collect()
    }

    /// What a file contains.
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

    fn is_common(&self, line: &IndexLine) -> bool {
        line.everywhere.count > self.limit
    }

    fn places<'l>(&self, line: &'l IndexLine) -> &'l str {
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
        let words = self.context.words;
        let kinds: BTreeSet<&str> = self.pages.iter().map(|page| page.kind).collect();
        let kinds: Vec<&str> = kinds.into_iter().collect();
        let mut units = String::new();
        let mut letters = String::new();
        for page in &self.pages {
            push_number(&mut units, u32::try_from(page.units.len()).unwrap_or(u32::MAX));
            let kind = kinds.iter().position(|kind| *kind == page.kind).unwrap_or(0);
            letters.push(char::from(DIGITS[kind.min(DIGITS.len() - 1)]));
        }
        let danger = words.get(Word::SearchDangerWords).split(',').map(|word| self.folding.joined(word));
        let small = self.folding.joined(words.get(Word::SearchSmallWords));
        let safety = self.context.manual.safety.map(|ix| &self.context.addresses[ix.0 as usize]);
        let head = IndexHead {
            format: IndexFormat::new(self.folding),
            terms: self.terms.iter().map(|lines| &*self.lines.lines[lines.start].word).collect(),
            block: PAGES_FILE,
            units,
            kinds: letters,
            kind_names: kinds
                .iter()
                .map(|kind| {
                    let of_chapters = Kind::from_name(kind).map(|kind| words.kind(kind));
                    ((*kind).to_owned(), of_chapters.unwrap_or_else(|| words.get(Word::KindTerm)).to_owned())
                })
                .collect(),
            common: self.lines.lines.iter().filter(|line| self.is_common(line)).map(|line| &*line.word).collect(),
            safety: safety.and_then(|url| self.pages.iter().position(|page| page.url == *url)),
            danger: danger.filter(|word| !word.is_empty()).collect(),
            small: small.split(' ').filter(|word| !word.is_empty()).collect(),
            found: words.forms(Counted::SearchFound),
            words: WORDS.iter().map(|word| (word.key(), words.get(*word))).collect(),
        };
        let mut content = String::from("iptSearch.start(");
        let _ = write!(content, "{}", serde_json::to_string(&head).expect("texts are plain JSON"));
        content.push_str(");\n");
        content
    }
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
    pub(crate) fn path(self) -> String {
        match self {
            Self::Terms(number) => format!("search/terms-{number}.js"),
            Self::Pages(number) => format!("search/pages-{number}.js"),
            Self::Head => "search/index.js".into(),
        }
    }
}

/// How many letters two words begin with alike, up to 35, and how many bytes those have.
fn shared(one: &str, other: &str) -> (u32, usize) {
    let alike = one.chars().zip(other.chars()).take(35).take_while(|(a, b)| a == b);
    alike.fold((0, 0), |(letters, bytes), (letter, _)| (letters + 1, bytes + letter.len_utf8()))
}

/// How large a file of terms may grow, in bytes, before the next one begins.
const TERMS_FILE: usize = 45_000;

/// How many pages are in a file of titles.
const PAGES_FILE: usize = 25;

/// A word in more pages than this share is known by titles, keywords and headings only.
const TOO_COMMON: f64 = 0.4;

/// Fewer pages than this have no word that is too common.
const FEW_PAGES: usize = 20;

/// Where the index is in the site.
pub(crate) const FOLDER: &str = "search/";
