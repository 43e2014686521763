//! Turns finished citations into groups of works that look alike, and gives those works letters.
//!
//! It does not know whether the style wants letters.

use std::collections::BTreeMap;

use hayagriva::{Entry, Rendered};

use crate::citation::format::language::StyleWords;
use crate::citation::html;

/// Groups of works whose citations read the same, each in the order of the reference list.
pub(super) fn works_alike<'b>(works: &[&'b Entry], rendered: &Rendered, words: &StyleWords) -> Vec<Vec<&'b str>> {
    let mut by_text: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (entry, citation) in works.iter().zip(&rendered.citations) {
        let mut runs = html::runs_of(&citation.citation, 0);
        html::write_et_al(&mut runs, &words.et_al);
        by_text.entry(runs.into_iter().map(|run| run.text).collect()).or_default().push(entry.key());
    }
    by_text.into_values().filter(|alike| alike.len() > 1).collect()
}

/// The letter of each work in these groups, by key.
pub(super) fn year_letters(alike: &[Vec<&str>]) -> BTreeMap<String, String> {
    let numbered = alike.iter().flat_map(|group| group.iter().enumerate());
    numbered.map(|(ix, &key)| (key.to_owned(), letter(ix))).collect()
}

/// `a` to `z`, then `aa`, `ab` and so on.
fn letter(ix: usize) -> String {
    const ALPHABET: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let last = char::from(ALPHABET[ix % ALPHABET.len()]).to_string();
    if ix < ALPHABET.len() { last } else { letter(ix / ALPHABET.len() - 1) + &last }
}
