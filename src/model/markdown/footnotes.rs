//! Footnotes of a text.

use crate::model::body::{BodyWord, Fill, Hole};
use crate::model::markdown::writer::{Footnote, Writer, index};

impl<'a, 'r> Writer<'a, 'r> {
    /// Appends HTML whose holes are counted from `base`.
    pub(crate) fn append(&mut self, html: &str, holes: &[Hole], base: usize) {
        let shift = self.body.html.len();
        self.push(html);
        let moved = holes.iter().map(|hole| Hole { at: index(hole.at as usize - base + shift), fill: hole.fill });
        self.body.holes.extend(moved);
    }

    pub(crate) fn footnote(&mut self, name: &str) -> usize {
        match self.footnotes.iter().position(|note| note.name == name) {
            Some(at) => at,
            None => {
                let note = Footnote { name: name.to_owned(), uses: 0, html: String::new(), holes: Vec::new() };
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
        self.push("<sup class=\"ipt-footnote-ref\"><a id=\"");
        self.hole(Fill::Prefix);
        self.push(&format!("fnref-{number}{again}\" href=\"#"));
        self.hole(Fill::Prefix);
        self.push(&format!("fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"));
    }

    pub(crate) fn end_footnote(&mut self) {
        let Some(outer) = self.outer.pop() else { return };
        let html = std::mem::replace(&mut self.body.html, outer.html);
        let holes = std::mem::replace(&mut self.body.holes, outer.holes);
        let at = self.footnote(&outer.name);
        self.footnotes[at].html = html;
        self.footnotes[at].holes = holes;
    }

    pub(crate) fn write_footnotes(&mut self) {
        let notes: Vec<Footnote> = std::mem::take(&mut self.footnotes);
        if notes.is_empty() {
            return;
        }
        self.push("<section class=\"ipt-footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.hole(Fill::Word(BodyWord::Footnotes));
        self.push("\"><ol>\n");
        for (at, note) in notes.iter().enumerate() {
            let number = at + 1;
            self.push("<li id=\"");
            self.hole(Fill::Prefix);
            self.push(&format!("fn-{number}\">"));
            self.append(&note.html, &note.holes, 0);
            for used in 1..=note.uses {
                let again = if used > 1 { format!("-{used}") } else { String::new() };
                self.push("<a href=\"#");
                self.hole(Fill::Prefix);
                self.push(&format!("fnref-{number}{again}\" role=\"doc-backlink\" aria-label=\""));
                self.hole(Fill::Word(BodyWord::FootnoteBack));
                self.push("\">↩</a> ");
            }
            self.push("</li>\n");
        }
        self.push("</ol></section>\n");
    }
}
