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
    /// Whether nobody asks for the words, as on paper.
    is_wordless: bool,
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

    /// The same, of which only the HTML is kept.
    pub(crate) fn without_words(self) -> Self {
        Self { is_wordless: true, ..self }
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
            self.set_words_apart(from);
        }
        if let Some(words) = &mut self.words {
            words.push_str(text);
        }
    }

    /// Adds markup within a line.
    pub(crate) fn push_inline(&mut self, html: &str) {
        self.set_words_apart(self.html.len());
        self.html.push_str(html);
    }

    /// Adds markup that parts the words on its two sides.
    pub(crate) fn push_block(&mut self, html: &str) {
        self.set_words_apart(self.html.len());
        if let Some(words) = &mut self.words {
            words.push(' ');
        }
        self.html.push_str(html);
    }

    /// Adds a value of an attribute, within markup.
    pub(crate) fn push_attribute(&mut self, value: &str) {
        self.set_words_apart(self.html.len());
        escape(&mut self.html, value);
    }

    /// Adds finished HTML that no writer of ours made: of a template, a citation, a formula.
    pub(crate) fn push_foreign(&mut self, html: &str) {
        if html.contains(['<', '&']) {
            self.set_words_apart(self.html.len());
        }
        if let Some(words) = &mut self.words {
            for stretch in stretches(html) {
                match stretch {
                    Stretch::Words(range) => unescape(words, &html[range]),
                    Stretch::Markup(_, true) => words.push(' '),
                    Stretch::Markup(_, false) => {}
                }
            }
        }
        self.html.push_str(html);
    }

    /// Adds another text.
    pub(crate) fn push(&mut self, other: &Self) {
        if other.words.is_some() {
            self.set_words_apart(self.html.len());
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

    /// Keeps the words apart from the HTML from now on, which were the HTML up to `end` until now.
    fn set_words_apart(&mut self, end: usize) {
        if self.words.is_none() && !self.is_wordless {
            self.words = Some(self.html[..end].to_owned());
        }
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
        let html = &self.body.html[self.copied..end];
        let markup = &self.body.markup[self.passed..];
        let is_marked = markup.first().is_some_and(|markup| (markup.from as usize) < end);
        if is_marked || html.contains('&') {
            into.set_words_apart(into.html.len());
        }
        if let Some(words) = &mut into.words {
            self.copy_words(end, words);
        }
        into.html.push_str(html);
        self.copied = end;
        self.passed += markup.iter().take_while(|markup| markup.end() as usize <= end).count();
        self.body.markup.get(self.passed).is_some_and(|markup| (markup.from as usize) < end)
    }

    fn copy_words(&self, end: usize, words: &mut String) {
        let mut from = self.copied;
        for markup in self.body.markup[self.passed..].iter().take_while(|markup| (markup.from as usize) < end) {
            // Otherwise its first part was copied before.
            if from <= markup.from as usize {
                unescape(words, &self.body.html[from..markup.from as usize]);
                if markup.parts() {
                    words.push(' ');
                }
            }
            from = markup.end() as usize;
        }
        if from < end {
            unescape(words, &self.body.html[from..end]);
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
