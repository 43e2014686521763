//! Markdown to HTML with holes: the only file that sets pulldown-cmark's options.
//!
//! A chapter's text is read once. What depends on nothing else becomes HTML at once; what depends
//! on other chapters, the bibliography, the glossary, the locale or the page it will stand on
//! becomes a [`Part`] at a byte offset of that HTML: a hole that [`crate::render`] fills. Nothing
//! here knows another file.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::mentions::Mentions;
use super::raw_html::{self, RawHtml};
use crate::diag::{self, Diagnostic, Reports};
use crate::span::{Span, Spanned};

/// A text as HTML with holes.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// The HTML between the holes.
    pub html: String,
    /// The holes, by rising offset.
    pub holes: Vec<Hole>,
    /// The headings, in order.
    pub headings: Vec<Heading>,
    /// Links and wiki links.
    pub links: Vec<Link>,
    /// Citations.
    pub citations: Vec<Citation>,
    /// Pictures.
    pub pictures: Vec<Picture>,
    /// Slots shown.
    pub slots: Vec<Spanned<String>>,
    /// Directives.
    pub directives: Vec<Block>,
    /// Glossary terms (indices into the lexicon) that the text mentions, linked or not.
    pub terms: HashSet<u32>,
    /// Markup that is finished and must not be touched, such as MathML.
    pub finished: Vec<String>,
}

/// Something to fill in at an offset of [`Body::html`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hole {
    /// The offset.
    pub at: u32,
    /// What goes there; numbers are indices into the lists of the [`Body`].
    pub part: Part,
}

/// What goes into a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What makes anchors of this text unique on a page with several.
    Prefix,
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
    Word(&'static str),
    /// Finished markup.
    Finished(u32),
}

/// A heading of a chapter.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// Its anchor.
    pub id: String,
    /// Its text, without markup.
    pub text: String,
    /// Where the titles of linked chapters belong into its text: byte offsets, and the links.
    pub titles: Vec<(usize, u32)>,
}

/// A link as written.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where to.
    pub target: Target,
    /// The place of the target's name.
    pub span: Span,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// `[[name]]` or `[[kind/name]]`, with a heading or without.
    Wiki {
        /// What stands before the `#`.
        name: String,
        /// What stands after it.
        heading: Option<String>,
    },
    /// A path relative to the file, or to the manual when it begins with `/`.
    Path {
        /// What stands before the `#`, percent signs decoded.
        path: String,
        /// What stands after it.
        heading: Option<String>,
    },
    /// Another site, or an address.
    External(String),
}

/// A picture as written.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The path as written, percent signs decoded.
    pub path: Spanned<String>,
    /// The text alternative; empty when there is none.
    pub alternative: String,
    /// The title, empty when there is none.
    pub title: String,
    /// The whole picture.
    pub span: Span,
}

/// One `[@a; @b, p. 3]`.
#[derive(Debug, Clone)]
pub struct Citation {
    /// The works, in the order written.
    pub works: Vec<CitedKey>,
}

/// A work within a citation.
#[derive(Debug, Clone)]
pub struct CitedKey {
    /// Its key in the bibliography.
    pub key: Spanned<String>,
    /// The place within the work, as written.
    pub locator: Option<String>,
}

/// A directive as written: a fenced block with a name in braces.
#[derive(Debug, Clone)]
pub struct Block {
    /// The name.
    pub name: Spanned<String>,
    /// What stands between the fences.
    pub text: Spanned<String>,
    /// The whole block.
    pub span: Span,
}

/// How byte ranges of the text become places in the file.
#[derive(Debug, Clone, Copy)]
pub enum Place {
    /// The text stands in the file as it is, from here on.
    At(Span),
    /// The text was unquoted or folded: only the whole is known.
    Whole(Span),
}

impl Place {
    fn span(self, start: usize, end: usize) -> Span {
        match self {
            Self::At(span) => span.slice(start, end),
            Self::Whole(span) => span,
        }
    }
}

/// What the reading of a text depends on.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    /// Where the text stands.
    pub place: Place,
    /// What to do with HTML.
    pub raw_html: RawHtml,
    /// The glossary; terms are noted, and linked in texts of chapters.
    pub mentions: Option<&'a Mentions>,
    /// The chapter the text belongs to, as `kind/id`: terms that mean it are not linked.
    pub own: &'a str,
    /// The chapter's title: a first heading that repeats it is left out.
    pub title: &'a str,
}

fn options(block: bool) -> Options {
    let mut options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH | Options::ENABLE_WIKILINKS;
    if block {
        options |= Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_DEFINITION_LIST
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_SMART_PUNCTUATION
            | Options::ENABLE_GFM;
    }
    options
}

/// Reads a chapter's text.
///
/// # Reports
/// `html/unsafe`, `link/outside-manual` and unreadable citations; everything that needs other
/// files is left for [`crate::link`].
pub fn chapter(text: &str, reading: Reading<'_>, reports: &mut Reports) -> Body {
    read(text, reading, true, reports)
}

/// Reads a short text from a YAML value: inline Markdown without smart punctuation, so that the
/// same words stand on the page and in the data files.
pub fn inline(text: &str, reading: Reading<'_>, reports: &mut Reports) -> Body {
    let plain = !text.bytes().any(|byte| b"[]*_`<&$\\~!\n".contains(&byte));
    if plain {
        let mut body = Body::default();
        escape(&mut body.html, text.trim());
        body.terms.extend(reading.mentions.iter().flat_map(|mentions| mentions.find(text)).map(|mention| mention.term));
        return body;
    }
    read(text, reading, false, reports)
}

fn read(text: &str, reading: Reading<'_>, block: bool, reports: &mut Reports) -> Body {
    let mut callback = |broken: BrokenLink<'_>| {
        broken.reference.starts_with('@').then_some((CowStr::Borrowed("cite:"), CowStr::Borrowed("")))
    };
    let parser = Parser::new_with_broken_link_callback(text, options(block), Some(&mut callback));
    let mut writer = Writer::new(text, reading, block, reports);
    for (event, range) in parser.into_offset_iter() {
        writer.event(event, range.start, range.end);
    }
    writer.finish()
}

struct Writer<'a, 'r> {
    text: &'a str,
    reading: Reading<'a>,
    block: bool,
    reports: &'r mut Reports,
    body: Body,
    /// Inside a link: no terms, no further links.
    links_open: Vec<Option<u32>>,
    /// Text gathered instead of written: picture alternatives and directive bodies.
    gathered: Option<Gathering>,
    heading: Option<OpenHeading>,
    anchors: HashSet<String>,
    /// How often a heading's anchor was taken already.
    repeated: HashMap<String, usize>,
    terms_seen: HashSet<u32>,
    alignments: Vec<Alignment>,
    in_table_head: bool,
    column: usize,
    raw_fragments: bool,
    footnotes: Vec<Footnote>,
    /// The text before a footnote began, to go on with after it.
    outer: Vec<Outer>,
    tight_item: bool,
    /// How many elements are around what is read.
    depth: usize,
    is_too_deep: bool,
}

enum Gathering {
    Picture {
        path: Spanned<String>,
        title: String,
        span: Span,
        text: String,
        wordless: bool,
    },
    Directive {
        name: Spanned<String>,
        text: String,
        start: Option<usize>,
        end: usize,
        span: Span,
    },
    Citation,
    /// A block of HTML, which comes line by line.
    Html {
        html: String,
        start: usize,
        end: usize,
    },
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    text: String,
    titles: Vec<(usize, u32)>,
    html_at: usize,
    holes_at: usize,
    classes: Vec<String>,
}

/// The most elements that may be around a text. Browsers give up beyond 512, readers long before.
const DEEPEST: usize = 100;

struct Footnote {
    name: String,
    uses: usize,
    html: String,
    holes: Vec<Hole>,
}

struct Outer {
    html: String,
    holes: Vec<Hole>,
    name: String,
}

impl<'a, 'r> Writer<'a, 'r> {
    fn new(text: &'a str, reading: Reading<'a>, block: bool, reports: &'r mut Reports) -> Self {
        let mut body = Body::default();
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
            tight_item: false,
            depth: 0,
            is_too_deep: false,
        }
    }

    fn push(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    fn hole(&mut self, part: Part) {
        let at = index(self.body.html.len());
        self.body.holes.push(Hole { at, part });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        self.reading.place.span(start, end)
    }

    fn event(&mut self, event: Event<'a>, start: usize, end: usize) {
        match event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth == DEEPEST + 1 && !self.is_too_deep {
                    self.is_too_deep = true;
                    let report =
                        Diagnostic::new(&diag::NESTING, self.span(start, start + 1), "this is nested too deeply");
                    self.reports.push(
                        report
                            .label(format!("{DEEPEST} quotations, lists or emphases are around it"))
                            .help("write it with fewer levels; perhaps many `>`, `-` or `*` stand here by mistake"),
                    );
                }
            }
            Event::End(_) => self.depth -= 1,
            _ => {}
        }
        if self.gathered.is_some() && self.gather(&event, start, end) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, start, end),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.write_text(&text),
            Event::Code(code) => {
                self.heading_text(&code);
                self.push("<code>");
                escape(&mut self.body.html, &code);
                self.push("</code>");
            }
            Event::InlineMath(tex) => self.math(&tex, false, start, end),
            Event::DisplayMath(tex) => self.math(&tex, true, start, end),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, start, end),
            Event::SoftBreak => {
                self.heading_text(" ");
                self.push("\n");
            }
            Event::HardBreak => {
                self.heading_text(" ");
                self.push("<br>\n");
            }
            Event::Rule => self.push("<hr>\n"),
            Event::FootnoteReference(name) => self.footnote_reference(&name),
            Event::TaskListMarker(done) => {
                self.push("<input type=\"checkbox\" disabled aria-label=\"");
                self.hole(Part::Word(if done { "task-done" } else { "task-open" }));
                self.push(if done { "\" checked> " } else { "\"> " });
            }
        }
    }

    /// Takes an event for what is being gathered; `false` when it is to be written as usual.
    fn gather(&mut self, event: &Event<'a>, start: usize, end: usize) -> bool {
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

    fn start(&mut self, tag: Tag<'a>, start: usize, end: usize) {
        match tag {
            Tag::Paragraph => {
                if self.block {
                    self.push("<p>");
                }
            }
            Tag::Heading { level, id, classes, .. } => {
                let level = level as u8;
                let id = id.map(|id| id.to_string());
                let classes = classes.iter().map(ToString::to_string).collect();
                self.heading = Some(OpenHeading {
                    level,
                    id,
                    text: String::new(),
                    titles: Vec::new(),
                    html_at: self.body.html.len(),
                    holes_at: self.body.holes.len(),
                    classes,
                });
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
            Tag::FootnoteDefinition(name) => {
                let outer = Outer {
                    html: std::mem::take(&mut self.body.html),
                    holes: std::mem::take(&mut self.body.holes),
                    name: name.to_string(),
                };
                self.outer.push(outer);
            }
            Tag::DefinitionList => self.push("<dl>\n"),
            Tag::DefinitionListTitle => self.push("<dt>"),
            Tag::DefinitionListDefinition => self.push("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                // The heading above names it: for the region that can be scrolled, and for the table.
                let heading = self.body.headings.last().map(|heading| heading.id.clone());
                self.push("<div class=\"ipt-table\" role=\"region\" tabindex=\"0\"");
                self.push_name(heading.as_deref());
                self.push("><table");
                self.push_name(heading.as_deref());
                self.push(">\n");
            }
            Tag::TableHead => {
                self.in_table_head = true;
                self.column = 0;
                self.push("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.push("<tr>");
            }
            Tag::TableCell => {
                self.check_cell(start, end);
                let name = if self.in_table_head { "th scope=\"col\"" } else { "td" };
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Center) => " class=\"ipt-align-center\"",
                    Some(Alignment::Right) => " class=\"ipt-align-end\"",
                    _ => "",
                };
                self.push(&format!("<{name}{class}>"));
            }
            Tag::Emphasis => self.push("<em>"),
            Tag::Strong => self.push("<strong>"),
            Tag::Strikethrough => self.push("<del>"),
            Tag::Superscript => self.push("<sup>"),
            Tag::Subscript => self.push("<sub>"),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, start, end),
            Tag::Image { link_type, dest_url, title, .. } => {
                let at = self.find(&dest_url, start, end);
                let path = Spanned::new(decode(&dest_url), at);
                let title = title.to_string();
                let span = self.span(start, end);
                // `![[picture]]` repeats its path where the words should be.
                let wordless = matches!(link_type, LinkType::WikiLink { has_pothole: false });
                self.gathered = Some(Gathering::Picture { path, title, span, text: String::new(), wordless });
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.push(if self.block { "</p>\n" } else { " " }),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(None) => self.push("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.push("</div>\n"),
            TagEnd::CodeBlock => self.push("</code></pre>\n"),
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
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            TagEnd::Link => {
                if let Some(Some(link)) = self.links_open.pop() {
                    self.hole(Part::LinkClose(link));
                }
            }
        }
    }

    fn heading_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    fn write_text(&mut self, text: &str) {
        self.heading_text(text);
        let Some(mentions) = self.reading.mentions else { return escape(&mut self.body.html, text) };
        let linkable = self.block && self.links_open.is_empty() && self.heading.is_none();
        let mut written = 0;
        for mention in mentions.find(text) {
            self.body.terms.insert(mention.term);
            if !linkable || mentions.means(mention.term, self.reading.own) || !self.terms_seen.insert(mention.term) {
                continue;
            }
            escape(&mut self.body.html, &text[written..mention.start]);
            self.term(mention.term, &text[mention.start..mention.end]);
            written = mention.end;
        }
        escape(&mut self.body.html, &text[written..]);
    }

    fn term(&mut self, term: u32, text: &str) {
        self.hole(Part::TermOpen(term));
        escape(&mut self.body.html, text);
        self.hole(Part::TermClose);
    }

    fn start_callout(&mut self, kind: BlockQuoteKind) {
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", "callout-note"),
            BlockQuoteKind::Tip => ("tip", "callout-tip"),
            BlockQuoteKind::Important => ("important", "callout-important"),
            BlockQuoteKind::Warning => ("warning", "callout-warning"),
            BlockQuoteKind::Caution => ("caution", "callout-caution"),
        };
        self.push(&format!(
            "<div class=\"ipt-callout ipt-callout--{class}\" role=\"note\"><p class=\"ipt-callout__title\">"
        ));
        self.hole(Part::Word(word));
        self.push("</p>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, start: usize, end: usize) {
        let info = match kind {
            CodeBlockKind::Fenced(info) => info.trim(),
            CodeBlockKind::Indented => "",
        };
        if let Some(name) = info.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let at = self.text[start..end].find('{').map_or(start, |at| start + at + 1);
            let lead = name.len() - name.trim_start().len();
            let name_span = self.span(at + lead, at + lead + name.trim().len());
            let name = Spanned::new(name.trim().to_owned(), name_span);
            let span = self.span(start, end);
            self.gathered = Some(Gathering::Directive { name, text: String::new(), start: None, end: start, span });
            return;
        }
        self.push("<pre tabindex=\"0\"><code");
        if let Some(language) = info.split_whitespace().next() {
            self.push(" class=\"language-");
            escape(&mut self.body.html, language);
            self.push("\"");
        }
        self.push(">");
    }

    fn end_directive(&mut self) {
        let Some(Gathering::Directive { name, text, start, end, span }) = self.gathered.take() else { return };
        let start = start.unwrap_or(end);
        // Inside a list or a quotation the lines are indented: then only the whole place is known.
        let verbatim = self.text.get(start..end) == Some(text.as_str());
        let text_span = if verbatim { self.span(start, end) } else { span };
        let number = index(self.body.directives.len());
        self.hole(Part::Directive(number));
        self.body.directives.push(Block { name, text: Spanned::new(text, text_span), span });
    }

    fn end_picture(&mut self) {
        let Some(Gathering::Picture { path, title, span, text, .. }) = self.gathered.take() else { return };
        let number = index(self.body.pictures.len());
        self.hole(Part::Picture(number));
        self.body.pictures.push(Picture { path, alternative: text.trim().to_owned(), title, span });
    }

    /// The place of `needle` between two offsets, or the whole stretch.
    fn find(&self, needle: &str, start: usize, end: usize) -> Span {
        let stretch = self.text.get(start..end).unwrap_or_default();
        match stretch.rfind(needle) {
            Some(at) if !needle.is_empty() => self.span(start + at, start + at + needle.len()),
            _ => self.span(start, end),
        }
    }

    fn start_link(&mut self, link_type: LinkType, dest: &str, start: usize, end: usize) {
        match link_type {
            LinkType::WikiLink { has_pothole } => self.start_wiki(dest, has_pothole, start, end),
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown => {
                self.citation(start, end);
            }
            LinkType::Email => self.open_link(Target::External(format!("mailto:{dest}")), start, end),
            _ => {
                let span = self.find(dest, start, end);
                match classify(dest) {
                    Ok(target) => self.open_link_at(target, span),
                    Err(message) => {
                        self.reports.push(Diagnostic::new(&diag::UNSAFE_HTML, span, message).help(
                            "links may lead to chapters, files of the manual, and http, https, mailto and tel addresses",
                        ));
                        self.links_open.push(None);
                    }
                }
            }
        }
    }

    fn open_link(&mut self, target: Target, start: usize, end: usize) {
        let span = self.span(start, end);
        self.open_link_at(target, span);
    }

    fn open_link_at(&mut self, target: Target, span: Span) {
        let number = index(self.body.links.len());
        self.body.links.push(Link { target, span });
        self.hole(Part::LinkOpen(number));
        self.links_open.push(Some(number));
    }

    fn start_wiki(&mut self, dest: &str, has_text: bool, start: usize, end: usize) {
        let stretch = self.text.get(start..end).unwrap_or_default();
        let inner = stretch.find("[[").map_or(start, |at| start + at + 2);
        let dest = dest.trim_end_matches('\\');
        let lead = dest.len() - dest.trim_start().len();
        let name = dest.trim();
        let span = self.span(inner + lead, inner + lead + name.len());
        if let Some(slot) = name.strip_prefix("slot/") {
            let number = index(self.body.slots.len());
            self.body.slots.push(Spanned::new(slot.to_owned(), span));
            self.hole(Part::Slot(number));
            // What the author typed as text is not shown: a slot says its own value.
            self.gathered = Some(Gathering::Citation);
            return;
        }
        let (name, heading) = match name.split_once('#') {
            Some((name, heading)) => (name.trim(), Some(heading.trim().to_owned())),
            None => (name, None),
        };
        self.open_link_at(Target::Wiki { name: name.to_owned(), heading }, span);
        if !has_text {
            // The text that pulldown-cmark repeats from the target is replaced by the title.
            let number = index(self.body.links.len() - 1);
            self.hole(Part::LinkText(number));
            self.hole(Part::LinkClose(number));
            if let Some(heading) = &mut self.heading {
                heading.titles.push((heading.text.len(), number));
            }
            self.links_open.pop();
            self.gathered = Some(Gathering::Citation);
        }
    }

    fn citation(&mut self, start: usize, end: usize) {
        self.gathered = Some(Gathering::Citation);
        let stretch = self.text.get(start..end).unwrap_or_default();
        let inner = stretch.trim_start_matches('[').trim_end_matches("[]").trim_end_matches(']');
        let base = start + stretch.find(inner).unwrap_or(0);
        let mut works = Vec::new();
        let mut at = 0;
        for piece in inner.split(';') {
            let lead = piece.len() - piece.trim_start().len();
            let (key, locator) = match piece.trim().split_once(',') {
                Some((key, locator)) => (key.trim_end(), Some(locator.trim().to_owned())),
                None => (piece.trim(), None),
            };
            let from = base + at + lead;
            at += piece.len() + 1;
            match key.strip_prefix('@') {
                Some(key) if !key.is_empty() && !key.contains(char::is_whitespace) => {
                    let span = self.span(from + 1, from + 1 + key.len());
                    works.push(CitedKey { key: Spanned::new(key.to_owned(), span), locator });
                }
                _ => {
                    let span = self.span(from, from + piece.trim().len());
                    self.reports.push(
                        Diagnostic::new(&diag::UNKNOWN_KEY, span, format!("`{}` is not a citation", piece.trim()))
                            .help("write `[@key]`, or `[@key; @other, p. 12]` for several with a page"),
                    );
                }
            }
        }
        if !works.is_empty() {
            let number = index(self.body.citations.len());
            self.body.citations.push(Citation { works });
            self.hole(Part::Citation(number));
        }
    }

    fn math(&mut self, tex: &str, display: bool, start: usize, end: usize) {
        self.heading_text(tex);
        match super::math::to_mathml(tex, display) {
            Ok(markup) => {
                let number = index(self.body.finished.len());
                self.body.finished.push(markup);
                self.hole(Part::Finished(number));
            }
            Err(message) => {
                let span = self.span(start, end);
                self.reports.push(
                    Diagnostic::new(&diag::BAD_VALUE, span, format!("this formula cannot be read: {message}"))
                        .help("write a dollar sign that begins no formula as `\\$`"),
                );
            }
        }
    }

    fn raw(&mut self, html: &str, start: usize, end: usize) {
        let (text, place) = (self.text, self.reading.place);
        // The place of a line of it.
        let line = |number: usize| {
            let text = text.get(start..end).unwrap_or_default().trim_end();
            let number = number.min(text.matches('\n').count());
            let mut lines = text.split_inclusive('\n');
            let begin = start + lines.by_ref().take(number).map(str::len).sum::<usize>();
            let line = lines.next().unwrap_or_default();
            let indent = line.len() - line.trim_start().len();
            place.span(begin + indent, begin + line.trim_end().len().max(indent))
        };
        match self.reading.raw_html {
            RawHtml::Trust => self.push(html),
            RawHtml::Deny => {
                if !raw_html::is_only_comments(html) {
                    self.reports.push(
                        Diagnostic::new(&diag::DENIED_HTML, line(0), "HTML is not allowed in this manual")
                            .help("write it in Markdown, or set `raw-html: sanitize` in manual.yaml"),
                    );
                }
            }
            RawHtml::Sanitize => {
                self.raw_fragments = true;
                for fault in raw_html::faults(html) {
                    let report = Diagnostic::new(&diag::UNSAFE_HTML, line(fault.line), fault.message).help(fault.help);
                    self.reports.push(report);
                }
                self.push(&raw_html::without_names(html));
            }
        }
    }

    /// A `|` ends a cell even within a wiki link, and what follows would be lost.
    fn check_cell(&mut self, start: usize, end: usize) {
        let cell = self.text[start..end].trim_end_matches(['|', ' ']);
        let Some(at) = cell.rfind("[[").filter(|at| !cell[*at..].contains("]]") && !cell.contains('`')) else { return };
        let span = self.span(start + at, start + cell.len());
        self.reports.push(
            Diagnostic::new(&diag::CUT_BY_TABLE, span, "a `|` cuts this link: in a table it ends the cell")
                .help("write `\\|` within the link, such as `[[role-play\\|practise it]]`"),
        );
    }

    /// The name of a table: its heading's, or the word alone where there is none.
    fn push_name(&mut self, heading: Option<&str>) {
        match heading {
            Some(id) => {
                self.push(" aria-labelledby=\"");
                self.hole(Part::Prefix);
                escape(&mut self.body.html, id);
            }
            None => {
                self.push(" aria-label=\"");
                self.hole(Part::Word("table"));
            }
        }
        self.push("\"");
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let lead = heading.text.len() - heading.text.trim_start().len();
        let text = heading.text.trim().to_owned();
        let titles: Vec<_> =
            heading.titles.iter().map(|(at, link)| (at.saturating_sub(lead).min(text.len()), *link)).collect();
        let repeats_title = heading.level == 1 && text == self.reading.title && heading.html_at == 0;
        if repeats_title && self.outer.is_empty() {
            self.body.html.clear();
            self.body.holes.clear();
            return;
        }
        // One h1 a page: the page's own title. A chapter's headings begin at level two, and no
        // level is skipped.
        let previous = self.body.headings.last().map_or(1, |heading| heading.level);
        let level = heading.level.clamp(2, (previous + 1).min(6));
        let wanted = heading.id.unwrap_or_else(|| self.slug_of(&text, &titles));
        let id = self.free_anchor(wanted);
        let inner = self.body.html.split_off(heading.html_at);
        let inner_holes = self.body.holes.split_off(heading.holes_at);
        self.push(&format!("<h{level} id=\""));
        self.hole(Part::Prefix);
        escape(&mut self.body.html, &id);
        self.push("\"");
        if !heading.classes.is_empty() {
            self.push(" class=\"");
            escape(&mut self.body.html, &heading.classes.join(" "));
            self.push("\"");
        }
        self.push(">");
        self.append(&inner, &inner_holes, heading.html_at);
        self.push(&format!("</h{level}>\n"));
        self.body.headings.push(Heading { level, id, text, titles });
    }

    /// Appends HTML whose holes are counted from `base`.
    fn append(&mut self, html: &str, holes: &[Hole], base: usize) {
        let shift = self.body.html.len();
        self.push(html);
        let moved = holes.iter().map(|hole| Hole { at: index(hole.at as usize - base + shift), part: hole.part });
        self.body.holes.extend(moved);
    }

    /// The anchor of a heading, with the names of the chapters that it links to.
    fn slug_of(&self, text: &str, titles: &[(usize, u32)]) -> String {
        let mut words = text.to_owned();
        for (at, link) in titles.iter().rev() {
            if let Target::Wiki { name, .. } = &self.body.links[*link as usize].target {
                words.insert_str(*at, name.rsplit('/').next().unwrap_or_default());
            }
        }
        slug(&words)
    }

    fn free_anchor(&mut self, wanted: String) -> String {
        // The page has anchors of its own.
        let wanted = match wanted.as_str() {
            "" => "section".to_owned(),
            "content" | "connections" => format!("{wanted}-1"),
            _ => wanted,
        };
        let mut anchor = wanted.clone();
        while !self.anchors.insert(anchor.clone()) {
            let number = self.repeated.entry(wanted.clone()).or_insert(0);
            *number += 1;
            anchor = format!("{wanted}-{number}");
        }
        anchor
    }

    fn footnote(&mut self, name: &str) -> usize {
        match self.footnotes.iter().position(|note| note.name == name) {
            Some(at) => at,
            None => {
                let note = Footnote { name: name.to_owned(), uses: 0, html: String::new(), holes: Vec::new() };
                self.footnotes.push(note);
                self.footnotes.len() - 1
            }
        }
    }

    fn footnote_reference(&mut self, name: &str) {
        let at = self.footnote(name);
        self.footnotes[at].uses += 1;
        let (number, uses) = (at + 1, self.footnotes[at].uses);
        let again = if uses > 1 { format!("-{uses}") } else { String::new() };
        self.push("<sup class=\"ipt-footnote-ref\"><a id=\"");
        self.hole(Part::Prefix);
        self.push(&format!("fnref-{number}{again}\" href=\"#"));
        self.hole(Part::Prefix);
        self.push(&format!("fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"));
    }

    fn end_footnote(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        let html = std::mem::replace(&mut self.body.html, outer.html);
        let holes = std::mem::replace(&mut self.body.holes, outer.holes);
        let at = self.footnote(&outer.name);
        self.footnotes[at].html = html;
        self.footnotes[at].holes = holes;
    }

    fn write_footnotes(&mut self) {
        let notes: Vec<Footnote> = std::mem::take(&mut self.footnotes);
        if notes.is_empty() {
            return;
        }
        self.push("<section class=\"ipt-footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.hole(Part::Word("footnotes"));
        self.push("\"><ol>\n");
        for (at, note) in notes.iter().enumerate() {
            let number = at + 1;
            self.push("<li id=\"");
            self.hole(Part::Prefix);
            self.push(&format!("fn-{number}\">"));
            self.append(&note.html, &note.holes, 0);
            for used in 1..=note.uses {
                let again = if used > 1 { format!("-{used}") } else { String::new() };
                self.push("<a href=\"#");
                self.hole(Part::Prefix);
                self.push(&format!("fnref-{number}{again}\" role=\"doc-backlink\" aria-label=\""));
                self.hole(Part::Word("footnote-back"));
                self.push("\">↩</a> ");
            }
            self.push("</li>\n");
        }
        self.push("</ol></section>\n");
    }

    fn finish(mut self) -> Body {
        self.write_footnotes();
        if self.raw_fragments {
            self.body = raw_html::sanitize(self.body);
        }
        if !self.block {
            // The space before a hole at the end stays: it parts a word from what fills the hole.
            let filled = self.body.holes.last().map_or(0, |hole| hole.at as usize);
            self.body.html.truncate(self.body.html.trim_end().len().max(filled));
        }
        // All texts of a manual are kept at the same time: a tenth of its memory.
        self.body.html.shrink_to_fit();
        self.body.holes.shrink_to_fit();
        self.body
    }
}

fn index(number: usize) -> u32 {
    u32::try_from(number).expect("texts are limited to far less than 2^32 bytes when they are loaded")
}

/// Writes `text` with the characters escaped that mean something in HTML.
pub fn escape(html: &mut String, text: &str) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[written..at]);
        html.push_str(entity);
        written = at + 1;
    }
    html.push_str(&text[written..]);
}

/// The anchor of a heading: its words in lower case, joined by hyphens, as a forge makes them.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' ' | '-' | '\t' | '\n' => slug.push('-'),
            '_' => slug.push('_'),
            letter if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    slug.trim_matches('-').to_owned()
}

/// What kind of target an ordinary link has, or why it is none.
fn classify(dest: &str) -> Result<Target, String> {
    let scheme = dest
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| scheme.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-')));
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => return Ok(Target::External(dest.to_owned())),
        Some(scheme) => return Err(format!("a link may not begin with `{scheme}:`")),
        None if dest.starts_with("//") => return Err("a link may not begin with `//`".into()),
        None => {}
    }
    let (path, heading) = match dest.split_once('#') {
        Some((path, heading)) => (path, Some(decode(heading))),
        None => (dest, None),
    };
    Ok(Target::Path { path: decode(path), heading })
}

fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    fn reading() -> Reading<'static> {
        Reading {
            place: Place::At(Span::new(FileId(0), 0, 0)),
            raw_html: RawHtml::Sanitize,
            mentions: None,
            own: "",
            title: "Own title",
        }
    }

    fn body(text: &str) -> (Body, Reports) {
        let mut reports = Reports::new();
        let body = chapter(text, reading(), &mut reports);
        (body, reports)
    }

    #[test]
    fn wiki_links_keep_target_heading_and_place() {
        let (read, reports) = body("See [[role-play]] and [[technique/role-play#steps|practise]].\n");
        assert!(reports.is_empty());
        assert_eq!(read.links[0].target, Target::Wiki { name: "role-play".into(), heading: None });
        assert_eq!((read.links[0].span.start, read.links[0].span.end), (6, 15));
        assert_eq!(
            read.links[1].target,
            Target::Wiki { name: "technique/role-play".into(), heading: Some("steps".into()) }
        );
        assert!(read.html.contains("practise") && !read.html.contains("role-play"));
    }

    #[test]
    fn citations_keep_keys_locators_and_places() {
        let text = "So it is [@elkin1989; @cuijpers2016, p. 682]. See [@a].";
        let (read, reports) = body(text);
        assert!(reports.is_empty(), "{reports:?}");
        let works = &read.citations[0].works;
        assert_eq!(works[0].key.value, "elkin1989");
        assert_eq!(works[1].locator.as_deref(), Some("p. 682"));
        let span = works[1].key.span;
        assert_eq!(&text[span.start as usize..span.end as usize], "cuijpers2016");
        assert!(!read.html.contains('@'));
        assert_eq!(read.citations.len(), 2);
    }

    #[test]
    fn headings_start_at_two_skip_no_level_and_have_unique_anchors() {
        let (read, _) = body("# One\n\n#### Four\n\n## One\n\n## Named {#x}\n");
        let got: Vec<_> = read.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
        assert_eq!(got, [(2, "one"), (3, "four"), (2, "one-1"), (2, "x")]);
    }

    #[test]
    fn a_first_heading_that_repeats_the_title_is_left_out() {
        assert_eq!(body("# Own title\n\nText\n").0.html, "<p>Text</p>\n");
        assert_eq!(body("Text\n\n# Own title\n").0.headings.len(), 1);
        assert_eq!(body("# Another\n").0.headings.len(), 1);
    }

    #[test]
    fn the_space_before_a_link_at_the_end_of_a_short_text_stays() {
        let mut reports = Reports::new();
        let read = inline("See [[risk]]", reading(), &mut reports);
        assert_eq!(read.html, "See ");
        assert_eq!(inline("Plain *text* ", reading(), &mut reports).html, "Plain <em>text</em>");
    }

    #[test]
    fn directives_are_taken_out_with_their_text_and_place() {
        let text = "A\n\n```{session-summary}\nprotocol: x\n```\n\n```rust\nfn x() {}\n```\n";
        let (read, _) = body(text);
        assert_eq!(read.directives.len(), 1);
        let block = &read.directives[0];
        assert_eq!(block.name.value, "session-summary");
        let span = block.text.span;
        assert_eq!(&text[span.start as usize..span.end as usize], "protocol: x\n");
        assert!(read.html.contains("language-rust"));
    }

    #[test]
    fn scripts_never_come_through() {
        for text in [
            "<script>alert(1)</script>\n",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "<a href=\"javascript:x\">x</a>",
            "<svg><style><img src=x onerror=y></style></svg>",
            "<b onclick=x>bold</b>",
        ] {
            let (read, reports) = body(text);
            for bad in ["<script", "onerror", "javascript:", "onclick", "<style"] {
                assert!(!read.html.contains(bad), "{text}: {}", read.html);
            }
            assert!(!reports.is_empty(), "{text}");
        }
    }

    #[test]
    fn harmless_html_stays_and_holes_stay_in_place() {
        let (read, reports) = body("<details><summary>More</summary>\n\nSee [[x]].\n\n</details>\n\nE<sub>2</sub>\n");
        assert!(reports.is_empty(), "{reports:?}");
        assert!(read.html.contains("<details><summary>More</summary>"), "{}", read.html);
        assert!(read.html.contains("E<sub>2</sub>"));
        let at = read.holes.iter().find(|h| h.part == Part::LinkOpen(0)).expect("the link").at as usize;
        assert!(read.html[..at].ends_with("See "), "{}", read.html);
    }

    #[test]
    fn footnotes_stand_at_the_end_in_order_of_use() {
        let (read, _) = body("One[^b] two[^a].\n\n[^a]: First written.\n\n[^b]: Second [[x]].\n");
        let second = read.html.find("Second").expect("b");
        let first = read.html.find("First").expect("a");
        assert!(second < first);
        assert!(read.html.find("two").expect("two") < second);
        let link = read.holes.iter().find(|h| h.part == Part::LinkOpen(0)).expect("the link");
        assert!(read.html[..link.at as usize].ends_with("Second "));
    }

    #[test]
    fn any_text_is_read_without_panic() {
        for text in [
            "[[",
            "[[]]",
            "[[|x]]",
            "[@]",
            "[@;@]",
            "![[",
            "```{",
            "```{x",
            "[^",
            "[^a]: [^a]",
            "$$",
            "$\\frac$",
            "<",
            "<!--",
            "\u{0}",
            "# {#}",
        ] {
            let _ = body(text);
            let mut reports = Reports::new();
            let _ = inline(text, reading(), &mut reports);
        }
    }
}
