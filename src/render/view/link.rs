//! Makes links to chapters, as lists show them.

use crate::link::place::ChapterIx;
use crate::link::targets::Resolved;
use crate::render::text::renderer::Renderer;
use crate::render::view::types::*;

/// A link to a chapter as lists show it.
pub(crate) fn link(renderer: &Renderer<'_>, ix: ChapterIx) -> LinkView {
    let context = renderer.context;
    let chapter = context.manual.chapter(ix);
    let kind = chapter.kind.name();
    LinkView {
        title: chapter.title.clone(),
        url: renderer.chapter_address(ix),
        summary: context.summary(ix).to_owned(),
        kind: kind.to_owned(),
        kind_label: context.words.kind(chapter.kind).to_owned(),
        current: chapter.source == renderer.source,
    }
}

/// The address of the safety page with its title, where there is one.
pub(crate) fn safety(renderer: &Renderer<'_>) -> Option<LinkView> {
    let safety = renderer.context.manual.safety?;
    let mut view = link(renderer, safety);
    view.url = renderer.address(&Resolved::Chapter(safety, None));
    Some(view)
}

pub(crate) fn blank(title: &str) -> LinkView {
    LinkView {
        title: title.to_owned(),
        url: String::new(),
        summary: String::new(),
        kind: String::new(),
        kind_label: String::new(),
        current: false,
    }
}

/// A link without its summary.
pub(crate) fn bare_link(renderer: &Renderer<'_>, ix: ChapterIx) -> LinkView {
    let chapter = renderer.context.manual.chapter(ix);
    LinkView { url: renderer.chapter_address(ix), kind: chapter.kind.name().to_owned(), ..blank(&chapter.title) }
}
