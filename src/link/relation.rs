//! Describes how one chapter is connected to another.

use crate::link::place::ChapterIx;
use crate::model::kinds::common::Common;

/// A connection from one chapter to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Edge {
    /// The chapter at the other end.
    pub(crate) chapter: ChapterIx,
    /// The key that declares it, or [`MENTIONS`].
    pub(crate) relation: &'static str,
}

/// The relation of a link in a text.
pub(crate) const MENTIONS: &str = "mentions";

/// The key under which a withdrawn chapter names what to read instead.
pub(crate) const REPLACED_BY: &str = Common::KEYS.replaced_by;

/// The relation that links both ways.
pub(crate) const RELATED: &str = Common::KEYS.related;
