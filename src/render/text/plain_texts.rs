//! Turns texts of front matter into text without markup.

use crate::model::schema::record::Text;
use crate::render::text::book::Book;
use crate::render::text::filler::{Filler, Stand};
use crate::render::text::plain::plain;

/// Makes texts plain, for a source file's relative links.
pub(crate) struct PlainTexts<'a> {
    pub(crate) book: &'a Book<'a>,
}

impl PlainTexts<'_> {
    pub(crate) fn text(&self, text: &Text, source: &str) -> String {
        plain(&Filler::plain(self.book, Stand::Page(""), source).text(text))
    }

    pub(crate) fn texts(&self, texts: &[Text], source: &str) -> Vec<String> {
        texts.iter().map(|text| self.text(text, source)).collect()
    }
}
