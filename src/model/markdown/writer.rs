//! Writes the HTML of a text, event by event.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::model::body::{Body, BodyWord, Fill, Fragment, Hole, Markup};
use crate::model::markdown::keys::CitationReading;
use crate::model::markup::{Stretch, stretches};
use crate::model::raw_html;
use crate::model::reading::Reading;
use crate::model::text::{decode, escape};
use crate::span::{Span, Spanned};

pub(crate) struct Writer<'a, 'r> {
    pub(crate) text: &'a str,
    pub(crate) reading: Reading<'a>,
    pub(crate) block: bool,
    pub(crate) reports: &'r mut Reports,
    pub(crate) body: Body,
    /// Inside a link: no terms, no further links.
    pub(crate) links_open: Vec<Option<u32>>,
    /// Text gathered instead of written: picture alternatives and directive bodies.
    pub(crate) gathered: Option<Gathering>,
    pub(crate) heading: Option<OpenHeading>,
    pub(crate) anchors: HashSet<String>,
    /// How often each heading's anchor was already used.
    pub(crate) repeated: HashMap<String, usize>,
    pub(crate) terms_seen: HashSet<u32>,
    pub(crate) alignments: Vec<Alignment>,
    pub(crate) in_table_head: bool,
    pub(crate) column: usize,
    pub(crate) raw_fragments: bool,
    pub(crate) footnotes: Vec<Footnote>,
    /// The text before a footnote began, to continue after it.
    pub(crate) outer: Vec<Outer>,
    /// Whether a hole stands among words here, so that markup before it and markup after it are two.
    pub(crate) is_split: bool,
    pub(crate) tight_item: bool,
    /// How many elements are around the text that is being read.
    pub(crate) depth: usize,
    pub(crate) is_too_deep: bool,
    pub(crate) citing: CitationReading,
    /// Words with which a term may begin that goes on in the next event.
    pub(crate) waiting: String,
    /// Where the last words read end in the text.
    pub(crate) words_end: usize,
    /// What is written already: an address, which may have been read as several things.
    pub(crate) skip: Range<usize>,
    /// Whether there may be an address anywhere.
    pub(crate) has_addresses: bool,
    /// How many links are open that are written in HTML.
    pub(crate) html_links: usize,
    /// Whether headings are a level lower than they are typed.
    pub(crate) is_lowered: bool,
    /// Whether a heading of the first level is among them.
    pub(crate) has_parts: bool,
}

impl<'a, 'r> Writer<'a, 'r> {
    pub(crate) fn new(
        text: &'a str,
        reading: Reading<'a>,
        block: bool,
        is_lowered: bool,
        reports: &'r mut Reports,
    ) -> Self {
        let mut body = Body { place: Some(reading.place.span(0, 0)), ..Body::default() };
        body.html.reserve(text.len() + text.len() / 4);
        Self {
            text,
            reading,
            block,
            reports,
            body,
            links_open: Vec::new(),
            gathered: None,
            heading: None,
            anchors: HashSet::new(),
            repeated: HashMap::new(),
            terms_seen: HashSet::new(),
            alignments: Vec::new(),
            in_table_head: false,
            column: 0,
            raw_fragments: false,
            footnotes: Vec::new(),
            outer: Vec::new(),
            is_split: false,
            tight_item: false,
            depth: 0,
            is_too_deep: false,
            citing: CitationReading::default(),
            waiting: String::new(),
            skip: 0..0,
            has_addresses: memchr::memmem::find(text.as_bytes(), b"://").is_some(),
            html_links: 0,
            is_lowered,
            has_parts: false,
            words_end: 0,
        }
    }

    /// Writes markup that parts the words on its two sides.
    pub(crate) fn push(&mut self, html: &str) {
        self.push_markup(html, true);
    }

    /// Writes markup within a line, which joins them.
    pub(crate) fn push_inline(&mut self, html: &str) {
        self.push_markup(html, false);
    }

    fn push_markup(&mut self, html: &str, parts: bool) {
        let from = index(self.body.html.len());
        self.body.html.push_str(html);
        self.mark(from, parts);
    }

    /// Writes a value of an attribute.
    pub(crate) fn push_attribute(&mut self, value: &str) {
        let from = index(self.body.html.len());
        escape(&mut self.body.html, value);
        self.mark(from, false);
    }

    /// Notes that what was written from an offset on is markup.
    fn mark(&mut self, from: u32, parts: bool) {
        let end = index(self.body.html.len());
        match self.body.markup.last_mut() {
            Some(last) if last.end() == from && !self.is_split => {
                *last = Markup::new(last.from, end, last.parts() || parts);
            }
            _ => self.body.markup.push(Markup::new(from, end, parts)),
        }
        self.is_split = false;
    }

    /// Writes finished HTML that is not our own.
    pub(crate) fn push_foreign(&mut self, html: &str) {
        let shift = self.body.html.len();
        self.body.html.push_str(html);
        for stretch in stretches(html) {
            if let Stretch::Markup(range, parts) = stretch {
                self.body.markup.push(Markup::new(index(range.start + shift), index(range.end + shift), parts));
            }
        }
    }

    /// A hole among words.
    pub(crate) fn hole(&mut self, fill: Fill) {
        self.hole_in_tag(fill);
        self.is_split = true;
    }

    /// A hole in a tag.
    pub(crate) fn hole_in_tag(&mut self, fill: Fill) {
        let at = index(self.body.html.len());
        self.body.holes.push(Hole { at, fill });
    }

    /// What was written so far.
    pub(crate) fn take(&mut self) -> Fragment {
        Fragment {
            html: std::mem::take(&mut self.body.html),
            markup: std::mem::take(&mut self.body.markup),
            holes: std::mem::take(&mut self.body.holes),
        }
    }

    /// Goes on with what was taken.
    pub(crate) fn put_back(&mut self, fragment: Fragment) {
        Fragment { html: self.body.html, markup: self.body.markup, holes: self.body.holes } = fragment;
        self.is_split = true;
    }

    /// Appends what is counted from `base`.
    pub(crate) fn append(&mut self, fragment: &Fragment, base: usize) {
        let shift = self.body.html.len();
        let moved = |at: u32| index(at as usize - base + shift);
        self.body.html.push_str(&fragment.html);
        let markup = fragment.markup.iter().map(|part| Markup::new(moved(part.from), moved(part.end()), part.parts()));
        self.body.markup.extend(markup);
        self.body.holes.extend(fragment.holes.iter().map(|hole| Hole { at: moved(hole.at), fill: hole.fill }));
        self.is_split = true;
    }

    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        self.reading.place.span(start, end)
    }

    pub(crate) fn event(&mut self, event: Event<'a>, start: usize, end: usize) {
        if start < self.skip.end && start >= self.skip.start && self.skips(&event, start, end) {
            return;
        }
        match event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth == DEEPEST + 1 && !self.is_too_deep {
                    self.is_too_deep = true;
                    let report =
                        Diagnostic::new(&diag::NESTING, self.span(start, start + 1), "this has too many levels");
                    self.reports.push(
                        report
                            .label(format!("it is inside {DEEPEST} quotations, lists or emphases"))
                            .help("use fewer levels. Perhaps many `>`, `-` or `*` are here by accident"),
                    );
                }
            }
            Event::End(_) => self.depth -= 1,
            _ => {}
        }
        if matches!(event, Event::Text(_) | Event::SoftBreak) {
            self.words_end = end;
        } else if !self.waiting.is_empty() {
            self.write_waiting(true);
        }
        if self.gathered.is_some() && self.gather(&event, start, end) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, start, end),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.write_typed(&text, start, end),
            Event::Code(code) => {
                self.heading_text(&code);
                self.push_inline("<code>");
                escape(&mut self.body.html, &code);
                self.push_inline("</code>");
            }
            Event::InlineMath(tex) => self.math(&tex, false, start, end),
            Event::DisplayMath(tex) => self.math(&tex, true, start, end),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, start, end),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => {
                self.heading_text(" ");
                self.push("<br>\n");
            }
            Event::Rule => self.push("<hr>\n"),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(done) => {
                self.push("<input type=\"checkbox\" disabled aria-label=\"");
                self.hole_in_tag(Fill::Word(if done { BodyWord::TaskDone } else { BodyWord::TaskOpen }));
                self.push(if done { "\" checked> " } else { "\"> " });
            }
        }
    }

    /// Whether an event, or the rest of its words, is written already.
    fn skips(&mut self, event: &Event<'a>, start: usize, end: usize) -> bool {
        let is_around = match event {
            Event::Start(tag) => !is_inline(&tag.to_end()),
            Event::End(tag) => !is_inline(tag),
            _ => false,
        };
        if end <= self.skip.end {
            // A paragraph may be no longer than its address.
            return !is_around;
        }
        let Event::Text(words) = event else { return false };
        let written = self.skip.end - start;
        let is_typed = self.text.get(start..end) == Some(words);
        if let Some(rest) = words.get(written..).filter(|_| is_typed) {
            self.write_typed(rest, start + written, end);
        }
        is_typed
    }

    /// Takes an event for the text that is being gathered; `false` if the event must be written as usual.
    pub(crate) fn gather(&mut self, event: &Event<'a>, start: usize, end: usize) -> bool {
        let Some(gathering) = self.gathered.as_mut() else { return false };
        match (gathering, event) {
            (Gathering::Picture { wordless: true, .. }, Event::Text(_) | Event::Code(_)) => {}
            (Gathering::Picture { text, .. }, Event::Text(piece) | Event::Code(piece)) => text.push_str(piece),
            (Gathering::Picture { text, .. }, Event::SoftBreak | Event::HardBreak) => text.push(' '),
            (Gathering::Picture { .. }, Event::End(TagEnd::Image)) => self.end_picture(),
            (Gathering::Directive { text, start: first, end: last, .. }, Event::Text(piece)) => {
                text.push_str(piece);
                first.get_or_insert(start);
                *last = end;
            }
            (Gathering::Directive { .. }, Event::End(TagEnd::CodeBlock)) => self.end_directive(),
            (Gathering::Citation, Event::End(TagEnd::Link)) => self.gathered = None,
            (Gathering::Html { html, end: last, .. }, Event::Html(line)) => {
                html.push_str(line);
                *last = end;
            }
            (Gathering::Html { .. }, Event::End(TagEnd::HtmlBlock)) => {
                if let Some(Gathering::Html { html, start, end }) = self.gathered.take() {
                    self.raw(&html, start, end);
                }
            }
            _ => {}
        }
        true
    }

    pub(crate) fn start(&mut self, tag: Tag<'a>, start: usize, end: usize) {
        match tag {
            Tag::Paragraph => {
                if self.block {
                    self.push("<p>");
                }
            }
            Tag::Heading { level, id, classes, .. } => {
                let classes = classes.iter().map(ToString::to_string).collect();
                self.start_heading(level as u8, id.map(|id| id.to_string()), classes);
            }
            Tag::BlockQuote(None) => self.push("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => self.start_callout(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind, start, end),
            Tag::HtmlBlock => self.gathered = Some(Gathering::Html { html: String::new(), start, end: start }),
            Tag::MetadataBlock(_) => {}
            Tag::List(None) => self.push("<ul>\n"),
            Tag::List(Some(1)) => self.push("<ol>\n"),
            Tag::List(Some(first)) => self.push(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => {
                self.tight_item = true;
                self.push("<li>");
            }
            Tag::FootnoteDefinition(name) => self.start_footnote(name.to_string()),
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => self.start_cell(start, end),
            Tag::Emphasis => self.push_inline("<em>"),
            Tag::Strong => self.push_inline("<strong>"),
            Tag::Strikethrough => self.push_inline("<del>"),
            Tag::Superscript => self.push_inline("<sup>"),
            Tag::Subscript => self.push_inline("<sub>"),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, start, end),
            Tag::Image { link_type, dest_url, title, .. } => {
                let at = self.find(&dest_url, start, end);
                let path = Spanned::new(decode(&dest_url), at);
                let title = title.to_string();
                let span = self.span(start, end);
                // `![[picture]]` repeats its path where the words should be.
                let wordless = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
                let text = String::new();
                self.gathered = Some(Gathering::Picture { path, title, span, text, wordless, is_wiki, end });
            }
        }
    }

    fn start_heading(&mut self, level: u8, id: Option<String>, classes: Vec<String>) {
        self.heading = Some(OpenHeading {
            level,
            id,
            text: String::new(),
            titles: Vec::new(),
            html_at: self.body.html.len(),
            markup_at: self.body.markup.len(),
            holes_at: self.body.holes.len(),
            classes,
        });
        // What is written next is moved, apart from what is before it.
        self.is_split = true;
    }

    fn start_footnote(&mut self, name: String) {
        let before = self.take();
        self.outer.push(Outer { before, name });
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.alignments = alignments;
        // The heading above names it: for the region that can be scrolled, and for the table.
        let heading = self.body.headings.last().map(|heading| heading.id.clone());
        self.push("<div class=\"ipt-table\" role=\"region\" tabindex=\"0\"");
        self.push_name(heading.as_deref());
        self.push("><table");
        self.push_name(heading.as_deref());
        self.push(">\n");
    }

    fn start_cell(&mut self, start: usize, end: usize) {
        self.check_cell(start, end);
        let name = if self.in_table_head { "th scope=\"col\"" } else { "td" };
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Center) => " class=\"ipt-align-center\"",
            Some(Alignment::Right) => " class=\"ipt-align-end\"",
            _ => "",
        };
        self.push(&format!("<{name}{class}>"));
    }

    pub(crate) fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push(if self.block { "</p>\n" } else { " " }),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.push("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.push("</div>\n"),
            TagEnd::CodeBlock => {
                self.citing.in_code = false;
                self.push("</code></pre>\n");
            }
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Image => {}
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::Table => self.push("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_table_head = false;
                self.push("</tr></thead>\n<tbody>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => {
                self.push(if self.in_table_head { "</th>" } else { "</td>" });
                self.column += 1;
            }
            TagEnd::Emphasis => self.push_inline("</em>"),
            TagEnd::Strong => self.push_inline("</strong>"),
            TagEnd::Strikethrough => self.push_inline("</del>"),
            TagEnd::Superscript => self.push_inline("</sup>"),
            TagEnd::Subscript => self.push_inline("</sub>"),
            TagEnd::Link => self.close_link(),
        }
    }

    pub(crate) fn finish(mut self) -> Body {
        self.write_waiting(true);
        self.write_footnotes();
        if self.raw_fragments {
            self.body = raw_html::sanitize(self.body);
            self.read_markup();
        }
        if !self.block {
            // The space before a hole at the end stays: it parts a word from what fills the hole.
            let filled = self.body.holes.last().map_or(0, |hole| hole.at as usize);
            self.body.html.truncate(self.body.html.trim_end().len().max(filled));
            let end = index(self.body.html.len());
            self.body.markup.retain(|part| part.from < end);
            if let Some(last) = self.body.markup.last_mut() {
                *last = Markup::new(last.from, last.end().min(end), last.parts());
            }
        }
        // All texts of a manual are kept at the same time: a tenth of its memory.
        self.body.html.shrink_to_fit();
        self.body.markup.shrink_to_fit();
        self.body.holes.shrink_to_fit();
        self.body
    }

    /// Reads the markup again that the sanitiser left.
    fn read_markup(&mut self) {
        let html = std::mem::take(&mut self.body.html);
        self.body.markup.clear();
        self.push_foreign(&html);
    }
}

pub(crate) enum Gathering {
    Picture {
        path: Spanned<String>,
        title: String,
        span: Span,
        text: String,
        wordless: bool,
        is_wiki: bool,
        /// Where it ends in the text.
        end: usize,
    },
    Directive {
        name: Spanned<String>,
        text: String,
        start: Option<usize>,
        end: usize,
        span: Span,
    },
    Citation,
    /// A block of HTML, which arrives line by line.
    Html {
        html: String,
        start: usize,
        end: usize,
    },
}

pub(crate) struct OpenHeading {
    pub(crate) level: u8,
    pub(crate) id: Option<String>,
    pub(crate) text: String,
    pub(crate) titles: Vec<(usize, u32)>,
    pub(crate) html_at: usize,
    pub(crate) markup_at: usize,
    pub(crate) holes_at: usize,
    pub(crate) classes: Vec<String>,
}

/// The most elements that may be around a text. Browsers give up after 512, readers long before.
pub(crate) const DEEPEST: usize = 100;

pub(crate) struct Footnote {
    pub(crate) name: String,
    pub(crate) uses: usize,
    pub(crate) text: Fragment,
}

pub(crate) struct Outer {
    pub(crate) before: Fragment,
    pub(crate) name: String,
}

fn is_inline(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}

pub(crate) fn index(number: usize) -> u32 {
    u32::try_from(number).expect("texts are limited to far less than 2^32 bytes when they are loaded")
}
