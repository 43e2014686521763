//! Finds footnotes that are missing, written twice, or that nothing refers to.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::slips::typed::TypedText;

/// The footnotes of a text, by their names in lower case.
#[derive(Default)]
pub(crate) struct FootnoteNames<'a> {
    defined: BTreeMap<String, (&'a str, usize)>,
    named: BTreeSet<String>,
}

impl<'a> FootnoteNames<'a> {
    /// The text refers to a footnote.
    pub(crate) fn named(&mut self, name: &str) {
        self.named.insert(name.to_lowercase());
    }

    /// A footnote is written.
    ///
    /// # Reports
    /// `markdown/footnote` if there is one of that name.
    pub(crate) fn defined(&mut self, name: &str, at: usize, typed: TypedText<'a>, reports: &mut Reports) {
        let line = typed.rest_of_line(at);
        let written = line.find(']').map_or(line, |end| &line[..=end]);
        match self.defined.get(&name.to_lowercase()) {
            Some((first, begin)) => {
                let (begin, end) = (*begin, begin + first.len());
                reports.push(
                    Diagnostic::new(
                        &diag::FOOTNOTE,
                        typed.span(at..at + written.len()),
                        format!("the footnote `{name}` is written twice"),
                    )
                    .label("this one replaces the first")
                    .other(typed.span(begin..end), "the first one is here")
                    .help("give one of them another name, here and where the text refers to it"),
                );
            }
            None => {
                self.defined.insert(name.to_lowercase(), (written, at));
            }
        }
    }

    /// # Reports
    /// `markdown/footnote` for footnotes that nothing refers to.
    pub(crate) fn finish(self, typed: TypedText<'a>, reports: &mut Reports) {
        for (name, (written, at)) in self.defined {
            if !self.named.contains(&name) {
                reports.push(
                    Diagnostic::new(
                        &diag::FOOTNOTE,
                        typed.span(at..at + written.len()),
                        format!("nothing refers to the footnote `{name}`"),
                    )
                    .into_warning()
                    .help(format!("write `[^{name}]` in the text where the note belongs, or remove the note")),
                );
            }
        }
    }
}
