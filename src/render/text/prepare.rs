//! Prepares what every page draws on.

use crate::citation::Formatted;
use crate::link::manual::Manual;
use crate::par;
use crate::render::address::paths;
use crate::render::text::book::Book;
use crate::render::text::filler::{Filler, Stand};
use crate::render::text::plain::plain;
use crate::words::Words;

impl<'a> Book<'a> {
    /// Prepares what every page draws on.
    pub fn new(manual: &'a Manual, words: &'a Words, formatted: &'a Formatted) -> Self {
        let clusters = manual.clusters.iter().enumerate().map(|(at, cluster)| (cluster, at)).collect();
        let pages: Vec<String> = manual.iter().map(|(ix, _)| paths::chapter(manual, ix)).collect();
        let addresses = pages.iter().map(|page| paths::address(page).into_owned()).collect();
        let book = Self { manual, words, formatted, clusters, pages, addresses, summaries: Vec::new() };
        let summaries = par::map(&manual.chapters, |chapter| {
            let filler = Filler::plain(&book, Stand::Page(""), &chapter.source);
            chapter.summary().map(|summary| plain(&filler.text(summary))).unwrap_or_default()
        });
        Self { summaries, ..book }
    }
}
