//! Measures how deep the braces of a field are nested, and says how much of anything is too much.
//!
//! It does not know what happens to an entry that has too much.

use biblatex::{Field, RawChunk};

/// More nested braces than this are garbage; biblatex's parser would use up the stack on them.
pub(in crate::citation) const MOST_NESTED_BRACES: usize = 100;
/// A longer chain of `crossref` or of `@string` is garbage, or a circle.
pub(in crate::citation) const LONGEST_CHAIN: usize = 16;
/// An abbreviation that grows longer than this, in bytes, was made to do harm.
pub(in crate::citation) const LONGEST_ABBREVIATION: usize = 100_000;

/// How many braces are open at the deepest place of a field.
pub(super) fn nesting_depth(field: &Field<'_>) -> usize {
    let mut deepest = 0;
    for chunk in field {
        let (RawChunk::Normal(text) | RawChunk::Abbreviation(text)) = chunk.v;
        let mut depth = 0_usize;
        for byte in text.bytes() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            deepest = deepest.max(depth);
        }
    }
    deepest
}
