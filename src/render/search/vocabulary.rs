//! Gives each word a number.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxBuildHasher;

use crate::render::search::fold::Folded;

/// All words that pages say, with numbers in the order in which threads find them. Nothing that is written depends on
/// the numbers.
#[derive(Debug, Default)]
pub struct Vocabulary {
    pub(crate) words: Mutex<WordMap<u32>>,
}

impl Vocabulary {
    pub(crate) fn number(&self, word: Folded<'_>) -> u32 {
        let mut words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let next = u32::try_from(words.len()).expect("a manual has fewer than 2^32 words");
        *words.of(word, || next)
    }

    pub(crate) fn len(&self) -> usize {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// The words of those numbers that are wanted, in any order.
    pub(crate) fn words(&self, is_wanted: impl Fn(u32) -> bool) -> Vec<(u32, Box<str>)> {
        self.words.lock().unwrap_or_else(PoisonError::into_inner).words(is_wanted)
    }
}

/// Words with what is known about each. Almost all words have few bytes, and are compared at once as numbers: kept
/// small, because they are looked up for every word of every page.
#[derive(Debug, Default)]
pub(crate) struct WordMap<T> {
    pub(crate) of_8: HashMap<u64, T, FxBuildHasher>,
    pub(crate) of_16: HashMap<u128, T, FxBuildHasher>,
    pub(crate) longer: HashMap<Box<str>, T, FxBuildHasher>,
}

impl<T: Copy> WordMap<T> {
    fn len(&self) -> usize {
        self.of_8.len() + self.of_16.len() + self.longer.len()
    }

    /// What is known about a word; `new` gives it for a word that is found for the first time.
    pub(crate) fn of(&mut self, word: Folded<'_>, new: impl FnOnce() -> T) -> &mut T {
        if let Some(packed) = word.packed() {
            return self.of_8.entry(u64::from_be_bytes(packed)).or_insert_with(new);
        }
        if let Some(packed) = word.packed() {
            return self.of_16.entry(u128::from_be_bytes(packed)).or_insert_with(new);
        }
        self.longer.entry(word.text().into()).or_insert_with(new)
    }

    /// The words about which something is known that `is_wanted`.
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
