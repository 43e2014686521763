//! Keeps what every page needs; made once.

use std::collections::HashMap;

use crate::citation::{Cluster, Formatted, FormattedPart};
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::words::Words;

/// What every page draws on; made once.
pub struct RenderContext<'a> {
    /// The manual.
    pub(crate) manual: &'a Manual,
    /// The interface texts.
    pub(crate) words: &'a Words,
    /// The citations.
    pub(crate) formatted: &'a Formatted,
    /// The place of each citation in the list of formatted citations.
    pub(crate) clusters: HashMap<&'a Cluster, usize>,
    /// The page of each chapter.
    pub(crate) pages: Vec<String>,
    /// The same as addresses from the root.
    pub(crate) addresses: Vec<String>,
    /// The summary of each chapter without markup, for lists.
    pub(crate) summaries: Vec<String>,
}

impl<'a> RenderContext<'a> {
    /// A citation in its parts.
    pub(crate) fn citation(&self, cluster: &Cluster) -> Option<&[FormattedPart]> {
        self.clusters.get(cluster).and_then(|&at| self.formatted.citations.get(at)).map(Vec::as_slice)
    }

    /// The summary of a chapter without markup; may be empty.
    pub(crate) fn summary(&self, ix: ChapterIx) -> &str {
        &self.summaries[ix.0 as usize]
    }

    /// The page of a chapter.
    pub(crate) fn page(&self, ix: ChapterIx) -> &str {
        &self.pages[ix.0 as usize]
    }
}
