//! Links to chapters, as lists show them.

use crate::link::place::ChapterIx;
use crate::link::targets::Resolved;
use crate::render::text::filler::Filler;
use crate::render::view::types::*;

/// A link to a chapter as lists show it.
pub(crate) fn link(filler: &Filler<'_>, ix: ChapterIx) -> LinkView {
    let book = filler.book;
    let chapter = book.manual.chapter(ix);
    let kind = chapter.kind.name();
    LinkView {
        title: chapter.title.clone(),
        url: filler.chapter_address(ix),
        summary: book.summary(ix).to_owned(),
        kind: kind.to_owned(),
        kind_label: book.words.kind(chapter.kind).to_owned(),
        current: chapter.source == filler.source,
    }
}

/// The address of the safety page with its title, where there is one.
pub(crate) fn safety(filler: &Filler<'_>) -> Option<LinkView> {
    let safety = filler.book.manual.safety?;
    let mut view = link(filler, safety);
    view.url = filler.address(&Resolved::Chapter(safety, None));
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
pub(crate) fn bare_link(filler: &Filler<'_>, ix: ChapterIx) -> LinkView {
    let chapter = filler.book.manual.chapter(ix);
    LinkView { url: filler.chapter_address(ix), kind: chapter.kind.name().to_owned(), ..blank(&chapter.title) }
}
