//! Turns the links, wiki links, pictures and citations of a text into HTML and holes.

use pulldown_cmark::LinkType;

use crate::diag;
use crate::diag::Diagnostic;
use crate::diag::Fix;
use crate::model::body::{BodyWord, Fill, Link, Picture, Target};
use crate::model::markdown::pictures;
use crate::model::markdown::writer::{Gathering, Writer, index};
use crate::model::text::decode;
use crate::span::{Span, Spanned};

impl<'a, 'r> Writer<'a, 'r> {
    pub(crate) fn end_picture(&mut self) {
        let Some(Gathering::Picture { path, title, span, text, is_wiki, end, .. }) = self.gathered.take() else {
            return;
        };
        self.note_in_picture(end);
        let words = text.trim();
        let size = if is_wiki { pictures::width_as_words(words) } else { None };
        let in_braces = self.text.get(end..).and_then(pictures::width_in_braces);
        if let Some((_, length)) = in_braces {
            self.skip = end..end + length;
        }
        let alternative = if size.is_some() { String::new() } else { words.to_owned() };
        let width = in_braces.map(|(width, _)| width).or(size);
        self.picture(Picture { path, alternative, title, width, span });
    }

    pub(crate) fn picture(&mut self, picture: Picture) {
        let number = index(self.body.pictures.len());
        self.hole(Fill::Picture(number));
        self.body.pictures.push(picture);
    }

    /// The place of `needle` between two offsets, or the whole stretch.
    pub(crate) fn find(&self, needle: &str, start: usize, end: usize) -> Span {
        let stretch = self.text.get(start..end).unwrap_or_default();
        match stretch.rfind(needle) {
            Some(at) if !needle.is_empty() => self.span(start + at, start + at + needle.len()),
            _ => self.span(start, end),
        }
    }

    pub(crate) fn start_link(&mut self, link_type: LinkType, dest: &str, start: usize, end: usize) {
        match link_type {
            LinkType::WikiLink { has_pothole } => self.start_wiki(dest, has_pothole, start, end),
            LinkType::ShortcutUnknown | LinkType::CollapsedUnknown | LinkType::ReferenceUnknown => {
                self.citation(start, end);
            }
            LinkType::Email => self.open_link(Target::External(format!("mailto:{dest}")), start, end),
            _ => {
                let span = self.find(dest, start, end);
                match classify(dest) {
                    Ok(target) => {
                        if let Some(mended) = mended(dest) {
                            let message = format!("this address leads nowhere: `{}`", shortened(dest));
                            let report = Diagnostic::new(&diag::UNREAD_LINK, span, message)
                                .help(format!("write `{mended}`"))
                                .maybe_fix(Fix::of_name(span, dest, &mended));
                            self.reports.push(report);
                        }
                        self.open_link_at(target, span);
                    }
                    Err(message) => {
                        self.reports.push(Diagnostic::new(&diag::UNSAFE_HTML, span, message).into_warning().help(
                            "link to a chapter, to a file of the manual, or to an address that begins with `http:`, `https:`, `mailto:` or `tel:`",
                        ));
                        self.links_open.push(None);
                    }
                }
            }
        }
    }

    pub(crate) fn open_link(&mut self, target: Target, start: usize, end: usize) {
        let span = self.span(start, end);
        self.open_link_at(target, span);
    }

    pub(crate) fn open_link_at(&mut self, target: Target, span: Span) {
        let number = index(self.body.links.len());
        self.body.links.push(Link { target, span });
        self.hole(Fill::LinkOpen(number));
        self.links_open.push(Some(number));
    }

    pub(crate) fn close_link(&mut self) {
        if let Some(Some(link)) = self.links_open.pop() {
            self.hole(Fill::LinkClose(link));
        }
    }

    pub(crate) fn start_wiki(&mut self, dest: &str, has_text: bool, start: usize, end: usize) {
        let stretch = self.text.get(start..end).unwrap_or_default();
        let inner = stretch.find("[[").map_or(start, |at| start + at + 2);
        let dest = dest.trim_end_matches('\\');
        let lead = dest.len() - dest.trim_start().len();
        let name = dest.trim();
        let span = self.span(inner + lead, inner + lead + name.len());
        if let Some(slot) = name.strip_prefix("slot/") {
            let number = index(self.body.slots.len());
            self.body.slots.push(Spanned::new(slot.to_owned(), span));
            self.hole(Fill::Slot(number));
            // What the author typed as text is not shown: a slot says its own value.
            self.gathered = Some(Gathering::Citation);
            return;
        }
        let (name, heading) = match name.split_once('#') {
            Some((name, heading)) => (name.trim(), Some(heading.trim().to_owned())),
            None => (name, None),
        };
        self.open_link_at(Target::Wiki { name: name.to_owned(), heading }, span);
        if !has_text {
            // The text that pulldown-cmark repeats from the target is replaced by the title.
            let number = index(self.body.links.len() - 1);
            self.hole(Fill::LinkText(number));
            self.hole(Fill::LinkClose(number));
            if let Some(heading) = &mut self.heading {
                heading.titles.push((heading.text.len(), number));
            }
            self.links_open.pop();
            self.gathered = Some(Gathering::Citation);
        }
    }

    /// A `|` ends a cell even inside a wiki link, and what follows would be lost.
    pub(crate) fn check_cell(&mut self, start: usize, end: usize) {
        let cell = self.text[start..end].trim_end_matches(['|', ' ']);
        let Some(at) = cell.rfind("[[").filter(|at| !cell[*at..].contains("]]") && !cell.contains('`')) else { return };
        let span = self.span(start + at, start + cell.len());
        self.reports.push(
            Diagnostic::new(&diag::CUT_BY_TABLE, span, "a `|` cuts this link in two: in a table, it ends the cell")
                .help("write `\\|` inside the link, such as `[[role-play\\|practise it]]`"),
        );
    }

    /// The name of a table: its heading or, without one, only the word "table".
    pub(crate) fn push_name(&mut self, heading: Option<&str>) {
        match heading {
            Some(id) => {
                self.push(" aria-labelledby=\"");
                self.hole_in_tag(Fill::Prefix);
                self.push_attribute(id);
            }
            None => {
                self.push(" aria-label=\"");
                self.hole_in_tag(Fill::Word(BodyWord::Table));
            }
        }
        self.push("\"");
    }
}

/// What was meant by the address of a website or a mailbox that has too few or too many signs at its beginning:
/// `http:/example.org`, `https:example.org`, `https://https://example.org`, `mailto://name@example.org`.
fn mended(dest: &str) -> Option<String> {
    let (scheme, rest) = dest.split_once(':')?;
    let bare = rest.trim_start_matches('/');
    let lower = bare.get(..6).map(str::to_ascii_lowercase).unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" if lower.starts_with("http:/") || lower.starts_with("https:") => Some(bare.to_owned()),
        "http" | "https" if rest.len() - bare.len() != 2 && !bare.is_empty() => Some(format!("{scheme}://{bare}")),
        "mailto" | "tel" if rest.len() > bare.len() => Some(format!("{scheme}:{bare}")),
        _ => None,
    }
}

/// Not more of an address than a message can hold.
fn shortened(address: &str) -> String {
    match address.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &address[..at]),
        None => address.to_owned(),
    }
}

/// What kind of target an ordinary link has, or why it has none.
fn classify(dest: &str) -> Result<Target, String> {
    let scheme = dest
        .split_once(':')
        .map(|(scheme, _)| scheme)
        .filter(|scheme| scheme.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter(|scheme| scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-')));
    match scheme.map(str::to_ascii_lowercase).as_deref() {
        Some("http" | "https" | "mailto" | "tel") => return Ok(Target::External(dest.to_owned())),
        Some(scheme) => return Err(format!("a link cannot begin with `{scheme}:`")),
        None if dest.starts_with("//") => return Err("a link cannot begin with `//`".into()),
        None => {}
    }
    let (path, heading) = match dest.split_once('#') {
        Some((path, heading)) => (path, Some(decode(heading))),
        None => (dest, None),
    };
    Ok(Target::Path { path: decode(path), heading })
}
