//! Numbers parts and chapters on paper.
//!
//! The number of a section is put beside a link in the finished HTML, not while holes are filled: links come from the
//! theme's templates too, and templates know no numbers.

use std::collections::HashMap;

use memchr::memmem;

use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::render::address::anchor::{anchor, part_anchor};
use crate::render::address::made::{MOST_CHAPTERS, MadePage};
use crate::render::address::paths;

/// The sections of the printed manual with their numbers: 3 for a part, 3.2 for a chapter.
pub(crate) struct Sections<'a> {
    /// In order.
    pub(crate) parts: Vec<Section<'a>>,
    /// By chapter; empty for the home page.
    pub(crate) numbers: Vec<String>,
    /// By anchor: the number, and the part.
    pub(crate) by_anchor: HashMap<String, (String, usize)>,
    /// Anchors of chapters.
    pub(crate) anchors: Vec<String>,
    pub(crate) home: Option<ChapterIx>,
}

impl<'a> Sections<'a> {
    /// The parts of a manual, and what belongs to none.
    pub(crate) fn of(manual: &'a Manual) -> Self {
        let mut parts: Vec<Section<'a>> = manual
            .parts
            .iter()
            .map(|part| Section {
                title: Some(&part.title),
                id: part_anchor(&part.folder),
                chapters: part.chapters.clone(),
            })
            .collect();
        let rest = without_part(manual);
        if !rest.is_empty() {
            parts.push(Section { title: None, id: "part-other".into(), chapters: rest });
        }
        let mut numbers = vec![String::new(); manual.chapters.len()];
        let anchors: Vec<String> = manual.chapters.iter().map(|chapter| anchor(&chapter.key())).collect();
        let mut by_anchor = HashMap::new();
        for (at, part) in parts.iter().enumerate() {
            by_anchor.insert(part.id.clone(), ((at + 1).to_string(), at));
            for (place, ix) in part.chapters.iter().enumerate() {
                let number = format!("{}.{}", at + 1, place + 1);
                by_anchor.insert(anchors[ix.0 as usize].clone(), (number.clone(), at));
                numbers[ix.0 as usize] = number;
            }
        }
        Self { parts, numbers, by_anchor, anchors, home: manual.home }
    }

    /// Whether each part has its own page.
    pub(crate) fn are_apart(&self) -> bool {
        self.numbers.len() > MOST_CHAPTERS
    }

    /// The file that a part is in.
    pub(crate) fn file(&self, at: usize) -> String {
        if self.are_apart() { paths::printed(at + 1) } else { String::new() }
    }

    pub(crate) fn number(&self, ix: ChapterIx) -> &str {
        &self.numbers[ix.0 as usize]
    }

    /// HTML that iptbook made for the page `file`, with the number of the section at each link to another section, and
    /// also the page if the section is on another page.
    pub(crate) fn named(&self, html: &str, file: &str, own: Option<ChapterIx>) -> String {
        const LINK: &str = "href=\"#";
        let own = own.map_or("", |ix| self.anchors[ix.0 as usize].as_str());
        let mut named = String::with_capacity(html.len() + html.len() / 16);
        let mut rest = html;
        let link = memmem::Finder::new(LINK);
        while let Some(at) = link.find(rest.as_bytes()) {
            let fragment = &rest[at + LINK.len()..];
            let fragment = &fragment[..fragment.find('"').unwrap_or(fragment.len())];
            let chapter = chapter_of(fragment);
            named.push_str(&rest[..at]);
            let found = self.by_anchor.get(chapter).filter(|_| chapter != own);
            if let Some((number, _)) = found {
                named.push_str("data-section=\"");
                named.push_str(number);
                named.push_str("\" ");
            }
            named.push_str("href=\"");
            named.push_str(&self.elsewhere(fragment, file));
            named.push('#');
            rest = &rest[at + LINK.len()..];
        }
        named.push_str(rest);
        named
    }

    /// The file that an anchor is in, seen from another one; empty if it is the same.
    pub(crate) fn elsewhere(&self, fragment: &str, file: &str) -> String {
        if !self.are_apart() {
            return String::new();
        }
        let chapter = chapter_of(fragment);
        let there = match self.by_anchor.get(chapter) {
            Some((_, part)) => paths::printed(part + 1),
            None if fragment == "glossary" || fragment.starts_with("term-") => MadePage::PrintedGlossary.path().into(),
            None if fragment == "references" || fragment.starts_with("ref-") => {
                MadePage::PrintedReferences.path().into()
            }
            None if self.home.is_some_and(|home| self.anchors[home.0 as usize] == chapter) => {
                MadePage::Print.path().into()
            }
            None => return String::new(),
        };
        if there == file { String::new() } else { there }
    }
}

/// A part of the printed manual.
pub(crate) struct Section<'a> {
    /// None for what belongs to no part.
    pub(crate) title: Option<&'a str>,
    pub(crate) id: String,
    /// Its chapters, in order.
    pub(crate) chapters: Vec<ChapterIx>,
}

/// The chapters that belong to no part, except the home page.
pub(crate) fn without_part(manual: &Manual) -> Vec<ChapterIx> {
    manual
        .iter()
        .map(|(ix, _)| ix)
        .filter(|ix| manual.part_of[ix.0 as usize].is_none() && manual.home != Some(*ix))
        .collect()
}

/// The anchor of the chapter that an anchor is in: its own, or that of a heading.
fn chapter_of(fragment: &str) -> &str {
    fragment.split_once("--").map_or(fragment, |(chapter, _)| chapter)
}
