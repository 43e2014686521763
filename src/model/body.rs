//! Describes a text as HTML with holes: [`super::markdown`] makes it and [`crate::render`] fills it.

use std::collections::BTreeSet;

use crate::span::{Span, Spanned};

/// A text as HTML with holes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    /// Its place in its file, which distinguishes it from the other texts of the file; none if it is plain words.
    pub(crate) place: Option<Span>,
    /// The HTML between the holes.
    pub(crate) html: String,
    /// Which of it is markup, by rising offset; all else is words.
    pub(crate) markup: Vec<Markup>,
    /// The holes, in the order of their offsets.
    pub(crate) holes: Vec<Hole>,
    /// The headings, in order.
    pub(crate) headings: Vec<Heading>,
    /// Links and wiki links.
    pub(crate) links: Vec<Link>,
    /// Citations, and what may be some.
    pub(crate) citations: Vec<Citation>,
    /// What looks like a key and is not read, for the bibliography to tell.
    pub(crate) unread: Vec<UnreadKey>,
    /// Pictures.
    pub(crate) pictures: Vec<Picture>,
    /// Slots shown.
    pub(crate) slots: Vec<Spanned<String>>,
    /// Directives.
    pub(crate) directives: Vec<Block>,
    /// Glossary terms (indices into the lexicon) that the text mentions, linked or not.
    pub(crate) terms: BTreeSet<u32>,
    /// Markup that is finished and must not be touched, such as MathML.
    pub(crate) finished: Vec<String>,
}

/// A stretch of [`Body::html`] that is markup. A hole within it stands in a tag; one at its edge stands among words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Markup {
    /// Where it begins.
    pub(crate) from: u32,
    /// Where it ends, and whether it parts the words on its two sides: in one number, since all texts of a manual are
    /// kept at the same time.
    end_and_parts: u32,
}

impl Markup {
    const PARTS: u32 = 1 << 31;

    /// The stretch from one offset to another; `parts` tells whether the words on its two sides are parted by it.
    pub(crate) fn new(from: u32, end: u32, parts: bool) -> Self {
        Self { from, end_and_parts: end | if parts { Self::PARTS } else { 0 } }
    }

    /// Where it ends.
    pub(crate) fn end(self) -> u32 {
        self.end_and_parts & !Self::PARTS
    }

    /// Whether it parts the words on its two sides, as a paragraph does, and emphasis does not.
    pub(crate) fn parts(self) -> bool {
        self.end_and_parts & Self::PARTS != 0
    }
}

/// HTML with holes that is still to be put into a [`Body`].
#[derive(Debug, Default)]
pub(crate) struct Fragment {
    pub(crate) html: String,
    pub(crate) markup: Vec<Markup>,
    pub(crate) holes: Vec<Hole>,
}

/// Something to fill in at an offset of [`Body::html`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hole {
    /// The offset.
    pub(crate) at: u32,
    /// What goes there; numbers are indices into the lists of the [`Body`].
    pub(crate) fill: Fill,
}

/// What goes into a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fill {
    /// What makes anchors of this text unique on a page with several.
    Prefix,
    /// Where the words of a heading begin.
    HeadingOpen(u32),
    /// Where the words of a heading end.
    HeadingClose,
    /// The opening of a link.
    LinkOpen(u32),
    /// The title of a link's target, where the author gave no text.
    LinkText(u32),
    /// The closing of a link.
    LinkClose(u32),
    /// A picture.
    Picture(u32),
    /// A citation.
    Citation(u32),
    /// A slot's value.
    Slot(u32),
    /// The opening of a glossary term, by its index in the lexicon.
    TermOpen(u32),
    /// The closing of a glossary term.
    TermClose,
    /// A directive.
    Directive(u32),
    /// An interface text.
    Word(BodyWord),
    /// Finished markup.
    Finished(u32),
}

macro_rules! body_words {
    ($($(#[$doc:meta])* $word:ident = $key:literal;)*) => {
        /// An interface text inside the text of a chapter.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum BodyWord { $($(#[$doc])* $word),* }

        impl BodyWord {
            /// All of them.
            #[cfg(test)]
            pub(crate) const ALL: &[Self] = &[$(Self::$word),*];

            /// Its key in locale files.
            pub(crate) fn key(self) -> &'static str {
                match self { $(Self::$word => $key),* }
            }
        }
    };
}

body_words! {
    /// The title of a note.
    Note = "callout-note";
    /// The title of a tip.
    Tip = "callout-tip";
    /// The title of something important.
    Important = "callout-important";
    /// The title of a warning.
    Warning = "callout-warning";
    /// The title of a caution.
    Caution = "callout-caution";
    /// The name of the footnotes.
    Footnotes = "footnotes";
    /// The link back from a footnote.
    FootnoteBack = "footnote-back";
    /// The name of a table without a heading.
    Table = "table";
    /// A task that is done.
    TaskDone = "task-done";
    /// A task that is still to do.
    TaskOpen = "task-open";
}

/// A heading of a chapter.
#[derive(Debug, Clone)]
pub(crate) struct Heading {
    /// 2 to 6.
    pub(crate) level: u8,
    /// Its anchor.
    pub(crate) id: String,
    /// Its text, without markup.
    pub(crate) text: String,
    /// Where the titles of linked chapters go in its text: byte offsets, and the links.
    pub(crate) titles: Vec<(usize, u32)>,
}

/// A link as written.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    /// Where it leads.
    pub(crate) target: Target,
    /// The place of the target's name.
    pub(crate) span: Span,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// `[[name]]` or `[[kind/name]]`, with a heading or without.
    Wiki {
        /// What is before the `#`.
        name: String,
        /// What is after it.
        heading: Option<String>,
    },
    /// A path relative to the file, or to the manual when it begins with `/`.
    Path {
        /// What is before the `#`, percent signs decoded.
        path: String,
        /// What is after it.
        heading: Option<String>,
    },
    /// Another site, or an address.
    External(String),
}

/// A picture as written.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    /// The path as written, percent signs decoded.
    pub(crate) path: Spanned<String>,
    /// The text alternative; empty when there is none.
    pub(crate) alternative: String,
    /// The title, which is its caption; empty when there is none.
    pub(crate) title: String,
    /// How wide it is shown, in pixels, if the author says so. No page shows it wider than its text.
    pub(crate) width: Option<u16>,
    /// The whole picture.
    pub(crate) span: Span,
}

/// One `[@a; @b, p. 3]`, or one `@a [p. 3]` in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Citation {
    /// The works, in the order written.
    pub(crate) works: Vec<CitedKey>,
    /// If it may be no citation, such as `@name` in a sentence: the words that are shown where no work has such a key.
    pub(crate) written: Option<Box<str>>,
}

/// A work within a citation.
#[derive(Debug, Clone)]
pub(crate) struct CitedKey {
    /// Its key in the bibliography.
    pub(crate) key: Spanned<String>,
    /// The words before it: `see`.
    pub(crate) before: Option<String>,
    /// The place within the work and other words after it, as written.
    pub(crate) locator: Option<String>,
    /// Whether its author is part of the sentence: `@key` without brackets.
    pub(crate) in_text: bool,
    /// Whether its author is left out: `-@key`.
    pub(crate) without_author: bool,
}

/// What looks like the key of a work and is not read as one.
#[derive(Debug, Clone)]
pub(crate) struct UnreadKey {
    /// The key.
    pub(crate) key: Spanned<String>,
    /// Why it is not read.
    pub(crate) why: WhyUnread,
    /// What to write instead, and where, if that is certain.
    pub(crate) instead: Option<Spanned<String>>,
    /// The number of the citation around it, if that may be none.
    pub(crate) within: Option<u32>,
}

/// Why a key is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WhyUnread {
    /// It is the second one between two `;`.
    Second,
    /// It has no `@`.
    NoKey,
    /// There is a space in it.
    Spaced,
    /// A space parts it from its `@`.
    Parted,
    /// It is in the sentence of a heading.
    InHeading,
    /// It is in the words of a link.
    InLink,
    /// It is in the words for a picture.
    InPicture,
    /// It is in brackets with a colon behind them, which defines the address of a link.
    Defined,
}

/// A directive as written: a fenced block with a name in braces.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// The name.
    pub(crate) name: Spanned<String>,
    /// What is between the fences.
    pub(crate) text: Spanned<String>,
    /// The whole block.
    pub(crate) span: Span,
}
