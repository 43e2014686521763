//! Turns texts of front matter into text without markup.

use crate::model::schema::record::Text;
use crate::render::text::context::RenderContext;
use crate::render::text::renderer::{Medium, Renderer};

/// Makes texts plain, for a source file's relative links.
pub(crate) struct PlainTexts<'a> {
    pub(crate) context: &'a RenderContext<'a>,
}

impl PlainTexts<'_> {
    pub(crate) fn text(&self, text: &Text, source: &str) -> String {
        Renderer::plain(self.context, Medium::Page(""), source).text(text).line()
    }

    pub(crate) fn texts(&self, texts: &[Text], source: &str) -> Vec<String> {
        texts.iter().map(|text| self.text(text, source)).collect()
    }
}
