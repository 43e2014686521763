//! Prepares what every page needs.

use crate::citation::Formatted;
use crate::link::manual::Manual;
use crate::par;
use crate::render::address::paths;
use crate::render::text::context::RenderContext;
use crate::render::text::renderer::{Medium, Renderer};
use crate::words::Words;

impl<'a> RenderContext<'a> {
    /// Prepares what every page draws on.
    pub fn new(manual: &'a Manual, words: &'a Words, formatted: &'a Formatted) -> Self {
        let clusters = manual.clusters.iter().enumerate().map(|(at, cluster)| (cluster, at)).collect();
        let pages: Vec<String> = manual.iter().map(|(ix, _)| paths::chapter(manual, ix)).collect();
        let addresses = pages.iter().map(|page| paths::address(page).into_owned()).collect();
        let context = Self { manual, words, formatted, clusters, pages, addresses, summaries: Vec::new() };
        let summaries = par::map(&manual.chapters, |chapter| {
            let renderer = Renderer::plain(&context, Medium::Page(""), &chapter.source);
            chapter.summary().map(|summary| renderer.text(summary).line()).unwrap_or_default()
        });
        Self { summaries, ..context }
    }
}
