//! Finds footnotes that are missing, written twice, or that nothing refers to, and lines that are taken for the address of a
//! link.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

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

/// Checks what Markdown takes for the address of a link, and so does not show: `[Nurse]: 112`. An address has signs that
/// words and numbers do not have.
///
/// # Reports
/// `markdown/broken-link` and `markdown/unknown-alert`.
pub(crate) fn check_definitions<'d>(
    typed: TypedText<'_>,
    definitions: impl Iterator<Item = (&'d str, &'d str, Range<usize>)>,
    reports: &mut Reports,
) {
    let mut lost: Vec<(&str, Range<usize>)> = definitions
        .filter(|(name, dest, _)| !is_address(dest) && !name.strip_prefix('@').is_some_and(is_key))
        .map(|(name, _, at)| (name, at))
        .collect();
    lost.sort_by_key(|(_, at)| at.start);
    for (number, (name, at)) in lost.into_iter().enumerate() {
        let written = typed.slice(at.clone());
        let Some(colon) = written.find("]:").map(|end| at.start + end + 1) else { continue };
        // A link that uses it has a report of its own. Of very many nobody means that.
        if number < 50 && typed.text.matches(&written[..colon - at.start]).count() > 1 {
            continue;
        }
        let span = typed.span(at.start..at.start + written.trim_end().len());
        reports.push(if name.starts_with('!') {
            let message = format!("after `[{name}]`, nothing may follow on the same line: all of it is lost");
            Diagnostic::new(&diag::UNKNOWN_ALERT, span, message)
                .help(format!("write `> [{name}]`, and the words on the next line, after `> `"))
        } else {
            let message = format!("`[{name}]:` at the beginning of a line is not shown, and neither is what follows");
            let report = Diagnostic::new(&diag::UNREAD_LINK, span, message)
                .label("Markdown takes this for the address of a link")
                .help(format!("write `[{name}]\\:`, or leave out the brackets"));
            typed.fix(report, colon..colon + 1, "\\:")
        });
    }
}

/// Whether a text is the key of a work, which has a report of its own.
fn is_key(name: &str) -> bool {
    !name.contains([' ', ',', ';', '@'])
}

/// Whether this may be the address of a page or a file, or hides a note to oneself: `[//]: # (a note)`.
fn is_address(dest: &str) -> bool {
    let path = dest.split(['#', '?']).next().unwrap_or_default();
    let has_ending = || {
        path.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty() && ending.len() >= 2 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    let is_scheme =
        |(scheme, _): (&str, &str)| scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphabetic());
    if dest.starts_with('(') {
        return false;
    }
    dest.is_empty()
        || dest.starts_with('#')
        || dest.contains('/')
        || dest.split_once(':').is_some_and(is_scheme)
        || has_ending() && path.contains(char::is_alphabetic)
}
