//! Sorts what pages say into the lines of the index: a word, and the pages that say it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::par;
use crate::render::search::codec::{push_number, take_number, take_positions};
use crate::render::search::places::{PageText, Posting};
use crate::render::search::vocabulary::Vocabulary;

/// What pages say, sorted by words.
#[derive(Debug, Default)]
pub struct IndexLines {
    /// In the order of the alphabet.
    pub(crate) lines: Vec<IndexLine>,
    /// What each page said; empty if it is not kept.
    pub(crate) texts: Vec<Arc<PageText>>,
}

impl IndexLines {
    /// Sorts what pages say, in their order.
    pub fn new(vocabulary: &Vocabulary, texts: &[Arc<PageText>]) -> Self {
        let mut lines = lines(vocabulary.len(), texts);
        for (number, word) in vocabulary.words(|_| true) {
            lines[number as usize].word = word;
        }
        let mut sorted = Self { lines, texts: Vec::new() };
        sorted.tidy();
        sorted
    }

    /// The same for what pages say now, when most of them say the same as before; to be kept.
    pub(crate) fn again(mut self, vocabulary: &Vocabulary, texts: Vec<Arc<PageText>>) -> Self {
        let pages = (0u32..).zip(self.texts.iter().zip(&texts));
        let changed: Vec<_> = pages.filter(|(_, (old, new))| !Arc::ptr_eq(old, new)).collect();
        if self.texts.len() != texts.len() || changed.len() > texts.len() / 8 {
            return Self { texts: texts.clone(), ..Self::new(vocabulary, &texts) };
        }
        // For each word that is concerned, what becomes of it in which pages: everywhere, and in heads.
        let mut changes: BTreeMap<u32, [Vec<PostingChange<'_>>; 2]> = BTreeMap::new();
        for (page, (old, new)) in changed {
            for (word, posting) in old.all.changes(&new.all) {
                changes.entry(word).or_default()[0].push((page, posting));
            }
            for (word, posting) in old.heads.changes(&new.heads) {
                changes.entry(word).or_default()[1].push((page, posting));
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
                let everywhere = PostingList::default().changed(everywhere);
                let in_heads = PostingList::default().changed(in_heads);
                self.lines.push(IndexLine { word, number, everywhere, in_heads });
            }
        }
        self.texts = texts;
        self.tidy();
        self
    }

    /// Takes out words that no page says, and sorts the others.
    fn tidy(&mut self) {
        self.lines.retain(|line| line.everywhere.count > 0);
        self.lines.sort_by(|one, other| one.word.cmp(&other.word));
    }
}

/// What the index has about a word.
#[derive(Debug, Default)]
pub(crate) struct IndexLine {
    pub(crate) word: Box<str>,
    /// The word's number in the vocabulary.
    pub(crate) number: u32,
    /// Its places in all pages.
    pub(crate) everywhere: PostingList,
    /// Those in titles, headings and keywords.
    pub(crate) in_heads: PostingList,
}

/// What becomes of a word's places in a page.
type PostingChange<'a> = (u32, Option<Posting<'a>>);

/// Places in page after page.
#[derive(Debug, Default)]
pub(crate) struct PostingList {
    pub(crate) text: String,
    pub(crate) count: usize,
    pub(crate) last: u32,
}

impl PostingList {
    fn push(&mut self, page: u32, posting: Posting<'_>) {
        push_number(&mut self.text, (page - self.last) * 2 + u32::from(posting.several));
        self.text.push_str(posting.places);
        self.count += 1;
        self.last = page;
    }

    /// The same with some pages changed, which are in order.
    fn changed(&self, changes: &[PostingChange<'_>]) -> Self {
        let mut new = Self { text: String::with_capacity(self.text.len() + 16), ..Self::default() };
        let mut put =
            |page, posting: Option<Posting<'_>>| posting.into_iter().for_each(|posting| new.push(page, posting));
        let mut changes = changes.iter().copied().peekable();
        for (page, posting) in self.iter() {
            while let Some((before, changed)) = changes.next_if(|(changed, _)| *changed < page) {
                put(before, changed);
            }
            let changed = changes.next_if(|(changed, _)| *changed == page);
            put(page, changed.map_or(Some(posting), |(_, changed)| changed));
        }
        changes.for_each(|(page, changed)| put(page, changed));
        new
    }

    /// The pages, read from what was written.
    fn iter(&self) -> impl Iterator<Item = (u32, Posting<'_>)> {
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
            Some((page, Posting { several, places: &begin[..begin.len() - rest.len()] }))
        })
    }
}

/// A line for each of so many words, in the order of their numbers. Several threads look through all pages, each for
/// its own words: those that are found first are the most frequent ones, and each thread has some of them.
pub(crate) fn lines(words: usize, texts: &[Arc<PageText>]) -> Vec<IndexLine> {
    let shares = u32::try_from(par::threads()).unwrap_or(1);
    let of_share = |own: &u32| {
        let numbers = (*own..).step_by(shares as usize).take_while(|number| (*number as usize) < words);
        let mut lines: Vec<IndexLine> = numbers.map(|number| IndexLine { number, ..IndexLine::default() }).collect();
        let is_own = |word: u32| word % shares == *own;
        // What grows to twice its need is a tenth of the memory of a large manual.
        let mut room = vec![0; lines.len()];
        for text in texts {
            for (word, length) in text.all.words.iter().zip(&text.all.lengths).filter(|(word, _)| is_own(**word)) {
                room[(*word / shares) as usize] += *length as usize / 2 + 1;
            }
        }
        for (line, room) in lines.iter_mut().zip(room) {
            line.everywhere.text.reserve_exact(room);
        }
        for (page, text) in (0u32..).zip(texts) {
            for (word, posting) in text.all.iter().filter(|(word, _)| is_own(*word)) {
                lines[(word / shares) as usize].everywhere.push(page, posting);
            }
            for (word, posting) in text.heads.iter().filter(|(word, _)| is_own(*word)) {
                lines[(word / shares) as usize].in_heads.push(page, posting);
            }
        }
        lines
    };
    let made = par::each(&(0..shares).collect::<Vec<_>>(), of_share);
    let mut made: Vec<_> = made.into_iter().map(Vec::into_iter).collect();
    (0..words).filter_map(|number| made[number % shares as usize].next()).collect()
}
