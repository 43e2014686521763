//! Turns the alerts, code, directives, formulas and HTML of a text into HTML and holes.

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind};

use crate::diag;
use crate::diag::Diagnostic;
use crate::model::body::{Block, BodyWord, Fill, Picture};
use crate::model::markdown::pictures;
use crate::model::markdown::writer::{Gathering, Writer, index};
use crate::model::raw_html::{self, RawHtml};
use crate::model::reading::SourceMap;
use crate::model::text::decode;
use crate::span::Spanned;

impl<'a, 'r> Writer<'a, 'r> {
    pub(crate) fn start_callout(&mut self, kind: BlockQuoteKind) {
        let (class, word) = match kind {
            BlockQuoteKind::Note => ("note", BodyWord::Note),
            BlockQuoteKind::Tip => ("tip", BodyWord::Tip),
            BlockQuoteKind::Important => ("important", BodyWord::Important),
            BlockQuoteKind::Warning => ("warning", BodyWord::Warning),
            BlockQuoteKind::Caution => ("caution", BodyWord::Caution),
        };
        self.push(&format!(
            "<div class=\"ipt-callout ipt-callout--{class}\" role=\"note\"><p class=\"ipt-callout__title\">"
        ));
        self.hole(Fill::Word(word));
        self.push("</p>\n");
    }

    pub(crate) fn start_code(&mut self, kind: &CodeBlockKind<'_>, start: usize, end: usize) {
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
        self.citing.in_code = true;
        self.push("<pre tabindex=\"0\"><code");
        if let Some(language) = info.split_whitespace().next() {
            self.push(" class=\"language-");
            self.push_attribute(language);
            self.push("\"");
        }
        self.push(">");
    }

    pub(crate) fn end_directive(&mut self) {
        let Some(Gathering::Directive { name, text, start, end, span }) = self.gathered.take() else { return };
        let start = start.unwrap_or(end);
        // Inside a list or a quotation the lines are indented: then only the whole place is known.
        let verbatim = self.text.get(start..end) == Some(text.as_str());
        let text_span = if verbatim { self.span(start, end) } else { span };
        let number = index(self.body.directives.len());
        self.hole(Fill::Directive(number));
        self.body.directives.push(Block { name, text: Spanned::new(text, text_span), span });
    }

    pub(crate) fn math(&mut self, tex: &str, display: bool, start: usize, end: usize) {
        self.heading_text(tex);
        match crate::model::math::to_mathml(tex, display) {
            Ok(markup) => {
                let number = index(self.body.finished.len());
                self.body.finished.push(markup);
                self.hole(Fill::Finished(number));
            }
            Err(message) => {
                let span = self.span(start, end);
                self.reports.push(
                    Diagnostic::new(&diag::BAD_VALUE, span, format!("this formula cannot be read: {message}"))
                        .help("if the dollar sign does not begin a formula, write it as `\\$`"),
                );
            }
        }
    }

    /// Writes HTML of the author. Pictures of the manual in it are read as pictures.
    pub(crate) fn raw(&mut self, html: &str, start: usize, end: usize) {
        let pictures = match self.reading.raw_html {
            RawHtml::Sanitize => raw_html::img_tags(html),
            _ => Vec::new(),
        };
        let is_typed = self.text.get(start..end) == Some(html);
        let place = |from: usize, to: usize| if is_typed { (start + from, start + to) } else { (start, end) };
        let mut written = 0;
        for tag in pictures {
            if tag.range.start > written {
                let (from, to) = place(written, tag.range.start);
                self.raw_piece(&html[written..tag.range.start], from, to);
            }
            let (from, to) = place(tag.range.start, tag.range.end);
            for fault in raw_html::faults(&html[tag.range.clone()]) {
                let span = self.span(from, to);
                let report = Diagnostic::new(&diag::UNSAFE_HTML, span, fault.message).into_warning();
                self.reports.push(report.help(fault.help));
            }
            let at = self.find(&tag.src, from, to);
            let width = pictures::width_of(&tag.width);
            let (alternative, title, span) = (tag.alt, tag.title, self.span(from, to));
            self.picture(Picture { path: Spanned::new(decode(&tag.src), at), alternative, title, width, span });
            written = tag.range.end;
        }
        if written == 0 || !html[written..].trim().is_empty() {
            let (from, to) = place(written, html.len());
            self.raw_piece(&html[written..], from, to);
        }
    }

    fn raw_piece(&mut self, html: &str, start: usize, end: usize) {
        if html.starts_with("<a ") {
            self.html_links += 1;
        } else if html.starts_with("</a") {
            self.html_links = self.html_links.saturating_sub(1);
        }
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
            RawHtml::Trust => self.push_foreign(html),
            RawHtml::Deny => {
                if !raw_html::is_only_comments(html) {
                    self.reports.push(
                        Diagnostic::new(&diag::UNSAFE_HTML, line(0), "HTML is not allowed in this manual")
                            .help("write it in Markdown, or set `raw-html: sanitize` in manual.yaml"),
                    );
                }
            }
            RawHtml::Sanitize => {
                self.raw_fragments = true;
                // One tag alone, as it stands in a sentence.
                let is_tag = html.starts_with('<') && html.matches('<').count() == 1 && html.ends_with('>');
                // The tokenizer makes its letters small.
                let as_typed = |words: String| if is_tag { words.replace(&html.to_lowercase(), html) } else { words };
                for fault in raw_html::faults(html) {
                    let report = Diagnostic::new(&diag::UNSAFE_HTML, line(fault.line), as_typed(fault.message))
                        .help(as_typed(fault.help));
                    let is_at = matches!(place, SourceMap::At(_)) && text.get(start..end) == Some(html);
                    self.reports.push(if !fault.is_loss {
                        report.into_warning()
                    } else if is_tag && is_at {
                        report.fix(place.span(start, start), "\\")
                    } else {
                        report
                    });
                }
                self.push_foreign(&raw_html::without_names(html));
            }
        }
    }
}
