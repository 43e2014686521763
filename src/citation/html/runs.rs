//! Turns an element tree into runs: stretches of text in one format.
//!
//! It does not know what is corrected in them afterwards.

use hayagriva::citationberg::Display;
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use crate::citation::marks::JOINER;

/// A stretch of text in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::citation) struct TextRun {
    pub(in crate::citation) text: String,
    pub(in crate::citation) formatting: Formatting,
    /// Where the text links to outside the manual.
    pub(in crate::citation) link: Option<String>,
    /// Which part of a citation the run belongs to.
    pub(in crate::citation) part: usize,
    pub(super) role: RunRole,
}

/// What a run is, as far as the corrections ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RunRole {
    Text,
    /// A person's name.
    Name,
    /// What stands between and behind names, such as "and" and "et al.", or in their place.
    Between,
    /// A date.
    Date,
    /// The number or label that numeric styles print before a reference.
    Label,
    /// A new line begins here.
    Break,
}

impl TextRun {
    /// A plain text of a part.
    pub(in crate::citation) fn new(text: &str, part: usize) -> Self {
        Self { text: text.to_owned(), formatting: Formatting::default(), link: None, part, role: RunRole::Text }
    }
}

/// The runs of an element tree, in reading order.
pub(in crate::citation) fn runs_of(children: &ElemChildren, part: usize) -> Vec<TextRun> {
    let mut runs = Vec::new();
    children.0.iter().for_each(|child| collect(child, part, RunRole::Text, &mut runs));
    runs
}

/// The runs of one element, in reading order.
pub(in crate::citation) fn runs_of_child(child: &ElemChild, part: usize) -> Vec<TextRun> {
    let mut runs = Vec::new();
    collect(child, part, RunRole::Text, &mut runs);
    runs
}

fn collect(child: &ElemChild, part: usize, role: RunRole, runs: &mut Vec<TextRun>) {
    match child {
        ElemChild::Text(text) => runs.push(TextRun {
            text: text.text.replace(JOINER, ""),
            formatting: text.formatting,
            link: None,
            part,
            role,
        }),
        ElemChild::Markup(text) => runs.push(TextRun { role, ..TextRun::new(text, part) }),
        ElemChild::Link { text, url } => {
            runs.push(TextRun {
                text: text.text.clone(),
                formatting: text.formatting,
                link: web_address(url),
                part,
                role,
            });
        }
        ElemChild::Elem(elem) => {
            let role = match elem.meta {
                Some(ElemMeta::Names(..)) => RunRole::Between,
                Some(ElemMeta::Name(..)) => RunRole::Name,
                Some(ElemMeta::Date) => RunRole::Date,
                Some(ElemMeta::CitationNumber | ElemMeta::CitationLabel) => RunRole::Label,
                _ => role,
            };
            if matches!(elem.display, Some(Display::Block | Display::Indent)) && !runs.is_empty() {
                runs.push(TextRun { role: RunRole::Break, ..TextRun::new("", part) });
            }
            elem.children.0.iter().for_each(|child| collect(child, part, role, runs));
        }
        ElemChild::Transparent { .. } => {}
    }
}

/// An address that is safe in `href`; only the web, no `javascript:` and the like.
fn web_address(url: &str) -> Option<String> {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if !is_web {
        return None;
    }
    // In a DOI even these are letters like any other.
    let strict = if url.starts_with("https://doi.org/") { "#?%" } else { "" };
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || "<>\"`{}|\\^".contains(c) || strict.contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        } else {
            safe.push(c);
        }
    }
    Some(safe)
}
