//! Turns the footnotes of a text into HTML.

use crate::model::body::{BodyWord, Fill, Fragment};
use crate::model::markdown::writer::{Footnote, Writer};

impl<'a, 'r> Writer<'a, 'r> {
    pub(crate) fn footnote(&mut self, name: &str) -> usize {
        // As for Markdown, capital letters make no difference.
        let name = name.to_lowercase();
        match self.footnotes.iter().position(|note| note.name == name) {
            Some(at) => at,
            None => {
                let note = Footnote { name, uses: 0, text: Fragment::default() };
                self.footnotes.push(note);
                self.footnotes.len() - 1
            }
        }
    }

    pub(crate) fn footnote_reference(&mut self, name: &str) {
        let at = self.footnote(name);
        self.footnotes[at].uses += 1;
        let (number, uses) = (at + 1, self.footnotes[at].uses);
        let again = if uses > 1 { format!("-{uses}") } else { String::new() };
        // The number is no word of the text that it stands at.
        self.push_inline("<sup class=\"ipt-footnote-ref\"><a id=\"");
        self.hole_in_tag(Fill::Prefix);
        self.push_inline(&format!("fnref:{number}{again}\" href=\"#"));
        self.hole_in_tag(Fill::Prefix);
        self.push_inline(&format!("fn:{number}\" role=\"doc-noteref\">{number}</a></sup>"));
    }

    pub(crate) fn end_footnote(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        let text = self.take();
        self.put_back(outer.before);
        let at = self.footnote(&outer.name);
        self.footnotes[at].text = text;
    }

    pub(crate) fn write_footnotes(&mut self) {
        let notes: Vec<Footnote> = std::mem::take(&mut self.footnotes);
        if notes.is_empty() {
            return;
        }
        self.push("<section class=\"ipt-footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.hole_in_tag(Fill::Word(BodyWord::Footnotes));
        self.push("\"><ol>\n");
        for (at, note) in notes.iter().enumerate() {
            let number = at + 1;
            self.push("<li id=\"");
            self.hole_in_tag(Fill::Prefix);
            self.push(&format!("fn:{number}\">"));
            self.append(&note.text, 0);
            for used in 1..=note.uses {
                let again = if used > 1 { format!("-{used}") } else { String::new() };
                self.push("<a href=\"#");
                self.hole_in_tag(Fill::Prefix);
                self.push(&format!("fnref:{number}{again}\" role=\"doc-backlink\" aria-label=\""));
                self.hole_in_tag(Fill::Word(BodyWord::FootnoteBack));
                self.push("\">↩</a> ");
            }
            self.push("</li>\n");
        }
        self.push("</ol></section>\n");
    }
}
