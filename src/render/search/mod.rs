//! Turns what pages say into small scripts that a browser loads on the first query: the search index.
//!
//! A page is cut into units at its headings. A [`Listener`](listener::Listener) takes down what a page says while it is
//! made, as [`PageText`](places::PageText); [`SearchIndex`](index::SearchIndex) only sorts that by words: `search/index.js` with what every query
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
//!
//! # Who may use whom
//!
//! ```text
//! index -> { codec, fold, lines, listener, places }
//! listener -> { codec, fold, places, vocabulary }
//! lines -> { codec, places, vocabulary }
//! vocabulary -> fold
//! places -> codec
//! ```

pub(crate) mod codec;
pub mod fold;
pub mod index;
pub mod lines;
pub mod listener;
pub(crate) mod places;
pub mod vocabulary;

#[cfg(test)]
mod tests;
