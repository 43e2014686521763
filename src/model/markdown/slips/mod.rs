//! Finds what Markdown reads otherwise than its author meant: a link whose address has spaces, a table without the line
//! below its head, a heading without a space.
//!
//! Markdown has no errors: what it cannot read stays as it is typed, in the middle of a sentence. So most slips are looked
//! for in the words that are left when links, code and the rest are taken out; these are few. What was read, but
//! otherwise than meant, is found at its own event: lost cells, blocks that are not closed, definitions.
//!
//! Words are lost or mean something else: an error. They only look odd: a warning.
//!
//! # Who may use whom
//!
//! ```text
//! slips -> { alert, fence, html, line, notes, stress, table, typed, within }
//! line -> { alert, typed }
//! within -> cited
//! { alert, cited, conflict, fence, html, notes, stress, table, within } -> typed
//! ```

pub(crate) mod alert;
pub(crate) mod cited;
pub(crate) mod conflict;
pub(crate) mod fence;
pub(crate) mod html;
pub(crate) mod line;
pub(crate) mod notes;
pub(crate) mod stress;
pub(crate) mod table;
pub(crate) mod typed;
pub(crate) mod within;

use std::ops::Range;

use memchr::memmem;
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use crate::diag::Reports;
use crate::model::markdown::pictures;
use crate::model::markdown::slips::html::OpenTags;
use crate::model::markdown::slips::line::ParagraphLine;
use crate::model::markdown::slips::notes::FootnoteNames;
use crate::model::markdown::slips::typed::TypedText;

/// What is gathered of a text while it is read.
pub(crate) struct Slips<'a> {
    typed: TypedText<'a>,
    /// The names of the directives.
    directives: &'a [&'a str],
    /// Whether the text has paragraphs, not only words within a line.
    block: bool,
    /// The words of the paragraph, heading or cell that is being read, without links and code: stretches of the text.
    words: Vec<WordRun>,
    /// Where the lines of that paragraph begin.
    lines: Vec<usize>,
    /// Whether the next words begin a line.
    is_line_start: bool,
    /// How many elements are open whose words are not looked at: code, pictures, links.
    within: usize,
    /// How many quotations are open.
    quotes: usize,
    /// Where the link that was just opened begins, as long as it has no words.
    empty_link: Option<(usize, bool)>,
    /// Where the last picture ends: a width may follow in braces.
    picture_end: usize,
    /// Up to where such a width is read.
    read_to: usize,
    /// How many columns the table has that is being read.
    columns: usize,
    /// Where the table before this place ends, and how many columns it has.
    table_before: (usize, usize),
    /// Whether a heading is being read.
    in_heading: bool,
    notes: FootnoteNames<'a>,
    /// The tags that are open within a paragraph, and those around blocks.
    tags: [OpenTags; 2],
    /// Whether `www.` stands anywhere, so that most texts need not be searched for it word by word.
    has_www: bool,
    /// The same for `<!`.
    has_comment: bool,
}

/// A stretch of words.
pub(crate) struct WordRun {
    range: Range<usize>,
    begins_line: bool,
}

impl<'a> Slips<'a> {
    pub(crate) fn new(typed: TypedText<'a>, directives: &'a [&'a str], block: bool) -> Self {
        Self {
            typed,
            directives,
            block,
            words: Vec::new(),
            lines: Vec::new(),
            is_line_start: true,
            within: 0,
            quotes: 0,
            empty_link: None,
            picture_end: usize::MAX,
            read_to: 0,
            columns: 0,
            table_before: (usize::MAX, 0),
            in_heading: false,
            notes: FootnoteNames::default(),
            tags: Default::default(),
            has_www: memmem::find(typed.text.as_bytes(), b"www.").is_some(),
            has_comment: memmem::find(typed.text.as_bytes(), b"<!").is_some()
                || memmem::find(typed.text.as_bytes(), b"< !--").is_some(),
        }
    }

    /// Takes what is read next.
    pub(crate) fn event(&mut self, event: &Event<'a>, at: &Range<usize>, reports: &mut Reports) {
        match event {
            Event::Text(words) => self.take_words(words, at),
            Event::SoftBreak | Event::HardBreak => self.is_line_start = true,
            Event::Start(tag) => self.start(tag, at, reports),
            Event::End(tag) => self.end(tag, at, reports),
            Event::FootnoteReference(name) => {
                self.empty_link = None;
                self.is_line_start = false;
                self.notes.named(name);
            }
            Event::InlineHtml(html) => {
                self.empty_link = None;
                self.is_line_start = false;
                self.tags[0].take(html, at.start);
            }
            Event::Code(_) => {
                self.empty_link = None;
                if self.block && self.is_line_start {
                    fence::short_fence(self.typed, at, reports);
                }
                self.is_line_start = false;
            }
            _ => {
                self.empty_link = None;
                self.is_line_start = false;
            }
        }
    }

    fn take_words(&mut self, words: &str, at: &Range<usize>) {
        if !words.trim().is_empty() {
            self.empty_link = None;
        }
        if self.within > 0 || at.end <= self.read_to {
            return;
        }
        if at.start == self.picture_end
            && let Some((_, length)) = self.typed.text.get(at.start..).and_then(pictures::width_in_braces)
        {
            self.read_to = at.start + length;
        }
        let at = &(at.start.max(self.read_to)..at.end.max(self.read_to));
        if at.is_empty() {
            return;
        }
        if self.is_line_start {
            self.lines.push(at.start);
        } else if let Some(last) = self.words.last_mut().filter(|last| last.range.end == at.start) {
            last.range.end = at.end;
            return;
        }
        // A backslash before it says that it is meant as it is typed.
        let is_typed = self.typed.text[..at.start].ends_with('\\');
        self.words.push(WordRun { range: at.clone(), begins_line: self.is_line_start && !is_typed });
        self.is_line_start = false;
    }

    fn start(&mut self, tag: &Tag<'a>, at: &Range<usize>, reports: &mut Reports) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {
                self.empty_link = None;
                if self.is_line_start && self.within == 0 {
                    self.lines.push(at.start);
                    self.is_line_start = false;
                }
                if self.within == 0 && matches!(tag, Tag::Emphasis) {
                    stress::within_words(self.typed, at, reports);
                }
                return;
            }
            Tag::Link { link_type, .. } => {
                self.empty_link = Some((at.start, matches!(link_type, LinkType::WikiLink { .. })));
                self.begin_inner(at);
                return;
            }
            Tag::Image { .. } => {
                self.empty_link = None;
                self.begin_inner(at);
                return;
            }
            _ => {}
        }
        self.flush(reports);
        self.is_line_start = true;
        match tag {
            Tag::BlockQuote(kind) => {
                self.quotes += 1;
                line::check_greater(self.typed, at, reports);
                if kind.is_some() {
                    alert::check_empty(self.typed, at, reports);
                }
            }
            Tag::CodeBlock(kind) => {
                self.within += 1;
                match kind {
                    CodeBlockKind::Fenced(_) => fence::check(self.typed, at, self.directives, reports),
                    CodeBlockKind::Indented => fence::check_indented(self.typed, at, reports),
                }
            }
            Tag::HtmlBlock => {
                self.within += 1;
                html::check_block(self.typed, at, reports);
                self.tags[1].take(self.typed.slice(at.clone()), at.start);
            }
            Tag::Heading { .. } => {
                self.in_heading = true;
                line::check_underlined(self.typed, at, reports);
                line::check_braces(self.typed, at, reports);
            }
            Tag::DefinitionListDefinition => line::check_definition(self.typed, at, reports),
            Tag::FootnoteDefinition(name) => self.notes.defined(name, at.start, self.typed, reports),
            Tag::Table(alignments) => self.columns = alignments.len(),
            Tag::TableRow => table::check_row(self.typed, at, self.columns, reports),
            _ => {}
        }
    }

    /// A link or picture begins.
    fn begin_inner(&mut self, at: &Range<usize>) {
        if self.is_line_start && self.within == 0 {
            self.lines.push(at.start);
            self.is_line_start = false;
        }
        self.within += 1;
    }

    fn end(&mut self, tag: &TagEnd, at: &Range<usize>, reports: &mut Reports) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {
                return;
            }
            TagEnd::Link => {
                self.within -= 1;
                if let Some((_, is_wiki)) = self.empty_link.take() {
                    within::link_without_words(self.typed, at, is_wiki, reports);
                }
                return;
            }
            TagEnd::Image => {
                self.within -= 1;
                self.picture_end = at.end;
                return;
            }
            TagEnd::BlockQuote(_) => {
                self.flush(reports);
                self.quotes -= 1;
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.within -= 1,
            TagEnd::Table => {
                self.table_before = (at.end, self.columns);
                self.columns = 0;
            }
            TagEnd::Heading(_) => {
                self.flush(reports);
                self.in_heading = false;
            }
            _ => self.flush(reports),
        }
        self.is_line_start = true;
    }

    /// Looks at the words of a paragraph that is read to its end.
    fn flush(&mut self, reports: &mut Reports) {
        self.tags[0].finish(self.typed, reports);
        if self.words.is_empty() {
            self.lines.clear();
            return;
        }
        // A cell begins no list, no heading and no table, and neither do the words of a heading.
        let begins = self.block && self.columns == 0 && !self.in_heading;
        let is_table = begins
            && (table::check_cut(self.typed, &self.lines, self.table_before, reports)
                || table::check_lines(self.typed, &self.lines, reports));
        if begins && !is_table {
            let is_quoted = self.quotes > 0;
            line::check_lists(self.typed, &self.lines, reports);
            if is_quoted {
                line::check_swallowed(self.typed, &self.lines, reports);
            }
            for (number, words) in self.words.iter().enumerate().filter(|(_, words)| words.begins_line) {
                let line = ParagraphLine {
                    at: words.range.start,
                    is_first: number == 0,
                    is_only: self.lines.len() == 1,
                    is_quoted,
                };
                line::check(self.typed, line, reports);
            }
        }
        for words in &self.words {
            within::check(self.typed, &words.range, self.columns > 0, reports);
            stress::left_over(self.typed, &words.range, reports);
            if self.has_comment {
                html::check_comment(self.typed, &words.range, reports);
            }
            if self.has_www {
                within::check_addresses(self.typed, &words.range, reports);
            }
        }
        self.words.clear();
        self.lines.clear();
    }

    /// Looks at what can be told only now that all is read.
    pub(crate) fn finish(mut self, reports: &mut Reports) {
        self.flush(reports);
        self.tags[1].finish(self.typed, reports);
        self.notes.finish(self.typed, reports);
    }
}

#[cfg(test)]
mod tests;
