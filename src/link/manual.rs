//! Describes a whole manual, joined: what names what, in both directions.

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxHashMap;

use crate::citation::Cluster;
use crate::diag::NameList;
use crate::files::attachments::Attachments;
use crate::link::index::ChapterLookup;
use crate::link::part::{Part, Withdrawn};
use crate::link::place::{ChapterIx, ix};
use crate::link::relation::Edge;
use crate::link::site_page::SitePages;
use crate::link::targets::{Resolved, Targets};
use crate::model::body::Body;
use crate::model::chapter::Chapter;
use crate::model::glossary::Lexicon;
use crate::model::kind::Kind;
use crate::model::settings::Settings;
use crate::span::{FileId, Spanned};

/// A whole manual, joined.
#[derive(Debug)]
pub struct Manual {
    /// manual.yaml.
    pub settings: Settings,
    /// The glossary.
    pub(crate) lexicon: Lexicon,
    /// The chapters in reading order: the home page, the parts, and chapters without a part.
    pub chapters: Vec<Chapter>,
    /// The drafts that were left out.
    pub(crate) drafts: Vec<Chapter>,
    /// The chapters that were withdrawn, in the order of their files.
    pub(crate) withdrawn: Vec<Withdrawn>,
    /// The parts, in order, without empty ones.
    pub(crate) parts: Vec<Part>,
    /// For each chapter, its part.
    pub(crate) part_of: Vec<Option<usize>>,
    /// The home page.
    pub(crate) home: Option<ChapterIx>,
    /// The safety page.
    pub(crate) safety: Option<ChapterIx>,
    /// The protocol meant where none is named.
    pub(crate) default_protocol: Option<ChapterIx>,
    /// For each chapter, what it names, without repetition.
    pub(crate) outgoing: Vec<Vec<Edge>>,
    /// For each chapter, what names it, without repetition, in reading order.
    pub(crate) incoming: Vec<Vec<Edge>>,
    /// The distinct citations, in order of first mention.
    pub(crate) clusters: Vec<Cluster>,
    /// For each work cited, the chapters that cite it.
    pub(crate) cited_in: HashMap<String, Vec<ChapterIx>>,
    /// For each term, the chapters that mention it.
    pub(crate) term_in: Vec<Vec<ChapterIx>>,
    /// The files that are no texts.
    pub(crate) attachments: Attachments,
    /// The files that a text links or shows.
    pub(crate) linked_files: BTreeSet<String>,
    /// The pages of the site that authors may link to by their paths.
    pub(crate) site_pages: SitePages,
    /// For each file with texts, what its links, names and pictures mean.
    pub(crate) targets: FxHashMap<FileId, Targets>,
    pub(crate) index: ChapterLookup,
}

impl Manual {
    /// A chapter.
    pub(crate) fn chapter(&self, ix: ChapterIx) -> &Chapter {
        &self.chapters[ix.0 as usize]
    }

    /// The chapters with their places, in reading order.
    pub fn iter(&self) -> impl Iterator<Item = (ChapterIx, &Chapter)> {
        self.chapters.iter().enumerate().map(|(at, chapter)| (ix(at), chapter))
    }

    /// The chapters of a kind, in reading order.
    pub(crate) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (ChapterIx, &Chapter)> {
        self.iter().filter(move |(_, chapter)| chapter.kind == kind)
    }

    /// The chapter of a kind with an id.
    pub(crate) fn find(&self, kind: Kind, id: &str) -> Option<ChapterIx> {
        self.index.by_key.get(&crate::model::chapter::key(kind, id)).copied()
    }

    /// The ids of all chapters, in their order.
    pub(crate) fn ids(&self) -> &NameList {
        self.index.ids.get_or_init(|| NameList::new(self.chapters.iter().map(|chapter| chapter.id.value.clone())))
    }

    /// The paths of all chapters and other files.
    pub(crate) fn paths(&self) -> &NameList {
        let chapters = self.chapters.iter().map(|chapter| chapter.source.clone());
        self.index.paths.get_or_init(|| NameList::new(chapters.chain(self.attachments.iter().map(str::to_owned))))
    }

    /// Whether a file that is not a text is copied into the site.
    pub(crate) fn is_published(&self, path: &str) -> bool {
        path.starts_with("assets/") || self.linked_files.contains(path)
    }

    /// What a chapter names under a relation.
    pub(crate) fn named(&self, from: ChapterIx, relation: &str) -> impl Iterator<Item = ChapterIx> {
        let edges = &self.outgoing[from.0 as usize];
        edges.iter().filter(move |edge| edge.relation == relation).map(|edge| edge.chapter)
    }

    /// What names a chapter under a relation.
    pub(crate) fn naming(&self, to: ChapterIx, relation: &str) -> impl Iterator<Item = ChapterIx> {
        let edges = &self.incoming[to.0 as usize];
        edges.iter().filter(move |edge| edge.relation == relation).map(|edge| edge.chapter)
    }

    /// What a link of a text leads to, by its number there; none if it leads nowhere.
    pub(crate) fn link(&self, body: &Body, number: u32) -> Option<&Resolved> {
        self.targets_of(body)?.link(body, number)
    }

    /// What the links of a text lead to, and then the files of its pictures; none for what leads nowhere.
    pub(crate) fn links(&self, body: &Body) -> &[Option<Resolved>] {
        self.targets_of(body).map(|targets| targets.of_text(body)).unwrap_or_default()
    }

    /// The file of a picture of a text, by its number there; none if there is no such file.
    pub(crate) fn picture(&self, body: &Body, number: u32) -> Option<&str> {
        self.targets_of(body)?.picture(body, number)
    }

    fn targets_of(&self, body: &Body) -> Option<&Targets> {
        self.targets.get(&body.place?.file)
    }

    /// The chapter that a name means where it is written: in front matter, in the glossary, or in the options of a
    /// directive.
    pub(crate) fn meant_by(&self, name: &Spanned<String>) -> Option<ChapterIx> {
        self.targets.get(&name.span.file)?.name(name.span)
    }

    /// The file that the option of a film means where it is written.
    pub(crate) fn file_meant_by(&self, path: &Spanned<String>) -> Option<&str> {
        self.targets.get(&path.span.file)?.file(path.span)
    }

    /// The chapter of a file, by its path relative to the manual folder.
    pub(crate) fn at(&self, source: &str) -> Option<ChapterIx> {
        self.index.by_source.get(source).copied()
    }
}
