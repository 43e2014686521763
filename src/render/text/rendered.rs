//! A text as it is published: its HTML, its words, its headings.

use serde::{Serialize, Serializer};

use crate::model::body::Body;
use crate::model::markup::{Stretch, stretches};
use crate::model::text::{escape, unescape};

/// A text as it is published. Its HTML and its words are written side by side, so that nobody has to look for the words
/// among the markup afterwards. A template gets the HTML.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rendered {
    /// The HTML.
    pub(crate) html: String,
    /// The words without markup; none as long as the HTML is these.
    words: Option<String>,
    /// The headings, in order.
    pub(crate) headings: Vec<RenderedHeading>,
}

/// A heading of a text.
#[derive(Debug, Clone)]
pub(crate) struct RenderedHeading {
    /// 2 to 6.
    pub(crate) level: u8,
    /// Its anchor on the page.
    pub(crate) anchor: String,
    /// Where its words begin in [`Rendered::words`].
    pub(crate) from: usize,
    /// Where they end.
    pub(crate) end: usize,
}

impl Rendered {
    /// An empty text, with room for HTML of so many bytes.
    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self { html: String::with_capacity(bytes), ..Self::default() }
    }

    /// A text without markup.
    pub(crate) fn of(text: &str) -> Self {
        let mut rendered = Self::default();
        rendered.push_words(text);
        rendered
    }

    /// The words, with spaces and line ends as they came.
    pub(crate) fn words(&self) -> &str {
        self.words.as_deref().unwrap_or(&self.html)
    }

    /// The words on one line.
    pub(crate) fn line(&self) -> String {
        on_one_line(self.words())
    }

    /// Whether it is without any HTML.
    pub(crate) fn is_empty(&self) -> bool {
        self.html.is_empty()
    }

    /// Adds words.
    pub(crate) fn push_words(&mut self, text: &str) {
        let from = self.html.len();
        escape(&mut self.html, text);
        if self.html.len() - from != text.len() {
            self.words_so_far(from);
        }
        if let Some(words) = &mut self.words {
            words.push_str(text);
        }
    }

    /// Adds markup within a line.
    pub(crate) fn push_inline(&mut self, html: &str) {
        self.words_so_far(self.html.len());
        self.html.push_str(html);
    }

    /// Adds markup that parts the words on its two sides.
    pub(crate) fn push_block(&mut self, html: &str) {
        self.words_so_far(self.html.len()).push(' ');
        self.html.push_str(html);
    }

    /// Adds a value of an attribute, within markup.
    pub(crate) fn push_attribute(&mut self, value: &str) {
        self.words_so_far(self.html.len());
        escape(&mut self.html, value);
    }

    /// Adds finished HTML that no writer of ours made: of a template, a citation, a formula.
    pub(crate) fn push_foreign(&mut self, html: &str) {
        for stretch in stretches(html) {
            match stretch {
                Stretch::Words(range) => self.push_escaped(&html[range]),
                Stretch::Markup(range, true) => self.push_block(&html[range]),
                Stretch::Markup(range, false) => self.push_inline(&html[range]),
            }
        }
    }

    /// Adds another text.
    pub(crate) fn push(&mut self, other: &Self) {
        if other.words.is_some() {
            self.words_so_far(self.html.len());
        }
        let shift = self.words().len();
        if let Some(words) = &mut self.words {
            words.push_str(other.words());
        }
        self.html.push_str(&other.html);
        let moved = |heading: &RenderedHeading| RenderedHeading {
            from: heading.from + shift,
            end: heading.end + shift,
            ..heading.clone()
        };
        self.headings.extend(other.headings.iter().map(moved));
    }

    /// Adds words that are escaped already.
    fn push_escaped(&mut self, html: &str) {
        if html.contains('&') {
            unescape(self.words_so_far(self.html.len()), html);
        } else if let Some(words) = &mut self.words {
            words.push_str(html);
        }
        self.html.push_str(html);
    }

    /// The words, apart from the HTML from now on, which were the HTML up to `end` until now.
    fn words_so_far(&mut self, end: usize) -> &mut String {
        self.words.get_or_insert_with(|| self.html[..end].to_owned())
    }

    /// Begins a heading, whose words follow.
    pub(crate) fn open_heading(&mut self, level: u8, anchor: String) {
        let from = self.words().len();
        self.headings.push(RenderedHeading { level, anchor, from, end: from });
    }

    /// Ends the heading that was begun last.
    pub(crate) fn close_heading(&mut self) {
        let end = self.words().len();
        if let Some(heading) = self.headings.last_mut() {
            heading.end = end;
        }
    }
}

/// The words of a text without the spaces at its ends, and with one space wherever there is any.
pub(crate) fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Serialize for Rendered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.html)
    }
}

/// Copies the HTML between the holes of a text.
pub(crate) struct Copier<'a> {
    body: &'a Body,
    /// How much of the HTML is copied.
    copied: usize,
    /// How many stretches of markup end before that.
    passed: usize,
}

impl<'a> Copier<'a> {
    pub(crate) fn new(body: &'a Body) -> Self {
        Self { body, copied: 0, passed: 0 }
    }

    /// Copies up to an offset; tells whether that lies within a tag.
    pub(crate) fn copy(&mut self, end: usize, into: &mut Rendered) -> bool {
        let html = &self.body.html;
        loop {
            let Some(markup) = self.body.markup.get(self.passed).filter(|markup| (markup.from as usize) < end) else {
                into.push_escaped(&html[self.copied..end]);
                self.copied = end;
                return false;
            };
            let (from, until) = (markup.from as usize, markup.end() as usize);
            if self.copied <= from {
                into.push_escaped(&html[self.copied..from]);
                if markup.parts() {
                    into.push_block("");
                }
                self.copied = from;
            }
            into.push_inline(&html[self.copied..until.min(end)]);
            self.copied = until.min(end);
            if end < until {
                return true;
            }
            self.passed += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_html_are_written_side_by_side() {
        let mut text = Rendered::of("a < b");
        text.push_inline("<b>");
        text.push_words("c");
        text.push_inline("</b>");
        text.push_block("<p>");
        text.push(&Rendered::of("d & e"));
        assert_eq!(text.html, "a &lt; b<b>c</b><p>d &amp; e");
        assert_eq!(text.words(), "a < bc d & e");
        assert_eq!(Rendered::of("plain").words(), "plain");
    }

    #[test]
    fn foreign_html_is_read() {
        let mut text = Rendered::default();
        text.push_foreign("<i>R&amp;D</i><ul>\n<li>x</li><li>y</li></ul>");
        assert_eq!(text.line(), "R&D x y");
        assert_eq!(text.html, "<i>R&amp;D</i><ul>\n<li>x</li><li>y</li></ul>");
    }

    #[test]
    fn headings_keep_their_words_in_a_longer_text() {
        let mut inner = Rendered::default();
        inner.push_block("<h2>");
        inner.open_heading(2, "a".into());
        inner.push_words("Title");
        inner.close_heading();
        inner.push_block("</h2>");
        let mut text = Rendered::of("before & ");
        text.push(&inner);
        let heading = &text.headings[0];
        assert_eq!(&text.words()[heading.from..heading.end], "Title");
    }
}
