//! Turns what pages say into small scripts that a browser loads on the first query: the search index.
//!
//! A page is cut into units at its headings. A [`Listener`](listener::Listener) notes what a page says while it is
//! made, as [`PageText`](places::PageText); [`SearchIndex`](index::SearchIndex) only sorts that by words. The files are
//! `search/index.js` with what every query needs, `search/terms-N.js` with words and their places, in alphabetical
//! order, and `search/pages-N.js` with titles and addresses. They are classic scripts, because a page opened from a
//! disk may load nothing else. Each calls `iptSearch`, which `static/js/search.js` makes.
//!
//! # Format
//!
//! A line of `terms-N.js` is a word, and then its places. The word begins with a digit in base 36: the number of letters
//! that it shares with the word before. Numbers are written with as few letters as possible, see `push_number`. The
//! places are, for each page with the word:
//!
//! - the distance from the page before, doubled, plus one if several of its units have the word;
//! - for its first unit with the word, the number of the unit, doubled; for each further unit, the distance from the unit
//!   before, times four, plus two if another one follows;
//! - in both cases plus one if the word is there more than once, and then the count less two follows; then each position,
//!   as the distance from the one before.
//!
//! In the text, `STRIDE` words share a position. Positions from `HEADS` on are in titles, headings and keywords, where each
//! word has its own. So the letters for one page are the same, whatever other pages there are.
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
