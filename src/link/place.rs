//! Says where a chapter is in reading order.

/// The place of a chapter in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChapterIx(pub u32);

pub(crate) fn ix(at: usize) -> ChapterIx {
    ChapterIx(u32::try_from(at).expect("a manual has fewer than 2^32 chapters"))
}
