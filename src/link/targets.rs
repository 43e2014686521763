//! Keeps what the links, names and pictures of a file mean, as it was found when the manual was joined.
//!
//! Everything is found by its place in the file, so a text means the same on every page that shows it.

use crate::link::place::ChapterIx;
use crate::model::body::Body;
use crate::span::Span;

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Resolved {
    /// A chapter, and a heading of it.
    Chapter(ChapterIx, Option<String>),
    /// The page of a withdrawn chapter, by its place among those.
    Withdrawn(usize),
    /// A glossary term.
    Term(u32),
    /// A page that the tool makes, as [`SitePage::Made`](crate::link::site_page::SitePage::Made) names it.
    Made(&'static str, Option<String>),
    /// The page of a part.
    Part(usize),
    /// A file of the manual that is copied.
    File(String),
    /// Somewhere else.
    External(String),
}

/// What the links, names and pictures of one file mean.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    /// Where each text with links or pictures begins in the file, and where its own begin in `links`.
    texts: Box<[(u32, u32)]>,
    /// For each of these texts what its links lead to, then the files of its pictures; none for what leads nowhere.
    links: Box<[Option<Resolved>]>,
    /// Where each name of a chapter begins in the file, and the chapter.
    names: Box<[(u32, ChapterIx)]>,
    /// Where each path of a film, or of what belongs to it, begins in the file, and the file.
    files: Box<[(u32, String)]>,
}

impl Targets {
    /// What the link of a text leads to, by its number there; none if it leads nowhere.
    pub(crate) fn link(&self, body: &Body, number: u32) -> Option<&Resolved> {
        self.of_text(body).get(number as usize)?.as_ref()
    }

    /// The file of a picture of a text, by its number there; none if there is no such file.
    pub(crate) fn picture(&self, body: &Body, number: u32) -> Option<&str> {
        match self.of_text(body).get(body.links.len() + number as usize)?.as_ref()? {
            Resolved::File(path) => Some(path),
            _ => None,
        }
    }

    /// What the links of a text lead to, and then the files of its pictures.
    pub(crate) fn of_text(&self, body: &Body) -> &[Option<Resolved>] {
        let Some(first) = body.place.and_then(|place| entry_at(&self.texts, place)) else { return &[] };
        let first = *first as usize;
        self.links.get(first..first + body.links.len() + body.pictures.len()).unwrap_or_default()
    }

    /// The chapter that is named at a place.
    pub(crate) fn name(&self, place: Span) -> Option<ChapterIx> {
        entry_at(&self.names, place).copied()
    }

    /// The file that is named at a place.
    pub(crate) fn file(&self, place: Span) -> Option<&str> {
        entry_at(&self.files, place).map(String::as_str)
    }

    /// The files that films name.
    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(_, file)| file.as_str())
    }
}

/// What a sorted list has for a place.
fn entry_at<T>(list: &[(u32, T)], place: Span) -> Option<&T> {
    list.binary_search_by_key(&place.start, |(at, _)| *at).ok().map(|at| &list[at].1)
}

/// Gathers what the links, names and pictures of one file mean.
#[derive(Debug, Default)]
pub(crate) struct TargetsBuilder {
    texts: Vec<(u32, u32)>,
    links: Vec<Option<Resolved>>,
    names: Vec<(u32, ChapterIx)>,
    files: Vec<(u32, String)>,
}

impl TargetsBuilder {
    /// Begins a text: what its links lead to comes next, and then its pictures.
    pub(crate) fn text(&mut self, body: &Body) {
        if let Some(place) = body.place {
            self.texts.push((place.start, u32::try_from(self.links.len()).unwrap_or(u32::MAX)));
        }
        self.links.reserve(body.links.len() + body.pictures.len());
    }

    pub(crate) fn link(&mut self, leads_to: Option<Resolved>) {
        self.links.push(leads_to);
    }

    pub(crate) fn name(&mut self, place: Span, chapter: ChapterIx) {
        self.names.push((place.start, chapter));
    }

    pub(crate) fn file(&mut self, place: Span, path: String) {
        self.files.push((place.start, path));
    }

    pub(crate) fn finish(mut self) -> Targets {
        self.texts.sort_by_key(|(at, _)| *at);
        self.names.sort_by_key(|(at, _)| *at);
        self.files.sort_by_key(|(at, _)| *at);
        Targets {
            texts: self.texts.into(),
            links: self.links.into(),
            names: self.names.into(),
            files: self.files.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::body::{Link, Target};
    use crate::span::FileId;

    fn at(start: usize) -> Span {
        Span::new(FileId(7), start, start + 1)
    }

    fn text(start: usize, links: usize) -> Body {
        let link = Link { target: Target::External(String::new()), span: at(start) };
        Body { place: Some(at(start)), links: vec![link; links], ..Body::default() }
    }

    #[test]
    fn each_text_finds_what_its_own_links_lead_to() {
        let (first, second) = (text(90, 1), text(20, 2));
        let mut targets = TargetsBuilder::default();
        targets.text(&first);
        targets.link(Some(Resolved::Term(1)));
        targets.text(&second);
        targets.link(None);
        targets.link(Some(Resolved::Term(2)));
        targets.name(at(8), ChapterIx(3));
        targets.name(at(4), ChapterIx(5));
        let targets = targets.finish();
        assert_eq!(targets.link(&first, 0), Some(&Resolved::Term(1)));
        assert_eq!(targets.link(&second, 0), None);
        assert_eq!(targets.link(&second, 1), Some(&Resolved::Term(2)));
        assert_eq!(targets.link(&text(50, 1), 0), None);
        assert_eq!(
            [at(4), at(8), at(9)].map(|place| targets.name(place)),
            [Some(ChapterIx(5)), Some(ChapterIx(3)), None]
        );
    }
}
