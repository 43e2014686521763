//! Turns what a file of the site shows into a hash: if the hash is the same as before, so is the file.
//!
//! A chapter's page shows its own text, and of other chapters only what [`ChapterHashes::face`] covers: of the chapters
//! that it names, that name it, and that are next to it. Tables and drawings show more: pages with these, and pages
//! that list chapters, depend on all faces and links.
//!
//! [`ChapterHashes::face`]: crate::model::chapter::ChapterHashes::face

use std::hash::{DefaultHasher, Hash as _};

use crate::hash::of_written as hash;
use crate::link::part::Part;
use crate::link::place::ChapterIx;
use crate::link::targets::Resolved;
use crate::link::{citations, relation};
use crate::model::body::Body;
use crate::model::chapter::Chapter;
use crate::model::directive::DirectiveKind;
use crate::model::kind::Kind;
use crate::par;
use crate::render::address::made::MadePage;
use crate::render::page::frame::PageMaker;
use crate::render::page::kind::{PageKind, PlannedPage};

/// What is shown by the pages of a site.
pub(crate) struct Fingerprints<'a> {
    pub(crate) maker: &'a PageMaker<'a>,
    /// What other pages may show of each chapter.
    pub(crate) faces: Vec<u64>,
    /// What each chapter itself shows, on any page.
    pub(crate) texts: Vec<u64>,
    /// By every page.
    pub(crate) everywhere: u64,
    /// By pages that show any of the manual but its texts.
    pub(crate) all: u64,
    /// By pages for paper: which chapter has which number.
    pub(crate) numbers: u64,
}

impl<'a> Fingerprints<'a> {
    /// Looks at a site. `grounds` is a hash of what its manual is read with: theme, settings, glossary,
    /// bibliography and style.
    pub(crate) fn new(maker: &'a PageMaker<'a>, grounds: u64) -> Self {
        let manual = maker.context.manual;
        let face = |(ix, chapter): (ChapterIx, &Chapter)| {
            hash(|state| (maker.context.page(ix), chapter.hashes.face).hash(state))
        };
        let faces = manual.iter().map(face).collect();
        let mut fingerprints = Self { maker, faces, texts: Vec::new(), everywhere: grounds, all: 0, numbers: 0 };
        fingerprints.everywhere = hash(|state| {
            grounds.hash(state);
            let part = |part: &Part| hash(|state| (&part.title, &part.folder, part.kind, &part.summary).hash(state));
            manual.parts.iter().map(part).for_each(|part| part.hash(state));
            maker.made_pages().hash(state);
            [manual.safety, manual.home].map(|named| named.map(|ix| fingerprints.face(ix))).hash(state);
            for gone in &manual.withdrawn {
                (gone.chapter.hashes.face, &gone.folder).hash(state);
            }
            for term in &manual.lexicon.terms {
                let see = term.see.iter().filter_map(|see| manual.meant_by(see));
                see.for_each(|ix| fingerprints.face(ix).hash(state));
                fingerprints.links(&term.definition.body, state);
                term.definition.body.citations.iter().for_each(|citation| {
                    maker.context.citation(&citations::cluster(citation)).hash(state);
                });
            }
        });
        fingerprints.all = hash(|state| {
            fingerprints.everywhere.hash(state);
            for (ix, _) in manual.iter() {
                (fingerprints.face(ix), manual.part_of[ix.0 as usize], &manual.outgoing[ix.0 as usize]).hash(state);
            }
            (&manual.default_protocol, maker.context.formatted).hash(state);
            for reference in &maker.context.formatted.references {
                manual.cited_in.get(&reference.key).hash(state);
            }
        });
        fingerprints.numbers = hash(|state| {
            fingerprints.everywhere.hash(state);
            manual.part_of.hash(state);
            manual.chapters.iter().for_each(|chapter| (chapter.kind, &chapter.id.value).hash(state));
        });
        let every: Vec<ChapterIx> = manual.iter().map(|(ix, _)| ix).collect();
        fingerprints.texts = par::map(&every, |ix| fingerprints.text_of(*ix));
        fingerprints
    }

    /// What a page shows.
    pub(crate) fn page(&self, page: &PlannedPage) -> u64 {
        let manual = self.maker.context.manual;
        hash(|state| {
            page.path.hash(state);
            match &page.kind {
                PageKind::Chapter(ix) => {
                    self.text(*ix).hash(state);
                    let neighbours = [ix.0.checked_sub(1), ix.0.checked_add(1)].into_iter().flatten().map(ChapterIx);
                    let beside = neighbours.filter(|ix| (ix.0 as usize) < manual.chapters.len());
                    beside.for_each(|ix| self.face(ix).hash(state));
                    let part = manual.part_of[ix.0 as usize];
                    part.hash(state);
                    if let Some(part) = part {
                        let chapters = &manual.parts[part].chapters;
                        let siblings = PageMaker::siblings_of(chapters, *ix);
                        (chapters.len(), &siblings).hash(state);
                        chapters[siblings].iter().for_each(|ix| self.face(*ix).hash(state));
                    }
                    for edge in &manual.incoming[ix.0 as usize] {
                        (edge.relation, self.face(edge.chapter)).hash(state);
                    }
                }
                PageKind::Redirect(to) => {
                    let of = if let Resolved::Chapter(ix, _) = to { self.face(*ix) } else { 0 };
                    (self.everywhere, of).hash(state);
                }
                PageKind::Sheet(ix, _) => (self.all, manual.chapter(*ix).hashes.file).hash(state),
                PageKind::PrintedPart(at) => {
                    self.numbers.hash(state);
                    self.maker.sections.parts[*at].chapters.iter().for_each(|ix| self.text(*ix).hash(state));
                }
                PageKind::Made(MadePage::Print) => {
                    (self.all, self.numbers).hash(state);
                    let apart = self.maker.sections.are_apart();
                    let printed = manual.iter().filter(|(ix, _)| !apart || manual.home == Some(*ix));
                    printed.for_each(|(ix, _)| self.text(ix).hash(state));
                }
                _ => self.all.hash(state),
            }
        })
    }

    /// What a file with data of the whole manual shows.
    pub(crate) fn data(&self) -> u64 {
        self.all
    }

    /// What a file without any content of chapters shows.
    pub(crate) fn fixed(&self) -> u64 {
        self.everywhere
    }

    fn face(&self, ix: ChapterIx) -> u64 {
        self.faces[ix.0 as usize]
    }

    fn text(&self, ix: ChapterIx) -> u64 {
        self.texts[ix.0 as usize]
    }

    fn text_of(&self, ix: ChapterIx) -> u64 {
        let (context, manual) = (self.maker.context, self.maker.context.manual);
        let chapter = manual.chapter(ix);
        hash(|state| {
            (self.everywhere, chapter.hashes.file, chapter.kind).hash(state);
            for edge in &manual.outgoing[ix.0 as usize] {
                (edge.relation, self.face(edge.chapter)).hash(state);
            }
            let related = manual.naming(ix, relation::RELATED);
            related.for_each(|ix| self.face(ix).hash(state));
            citations::chapter_clusters(chapter).iter().for_each(|cluster| context.citation(cluster).hash(state));
            if reaches_far(chapter) {
                self.all.hash(state);
            }
        })
    }

    /// What the links of a text of the glossary lead to. Those of chapters are edges.
    fn links(&self, body: &Body, state: &mut DefaultHasher) {
        for found in self.maker.context.manual.links(body).iter().flatten() {
            match found {
                Resolved::Chapter(ix, heading) => (self.face(*ix), heading).hash(state),
                Resolved::Term(term) => term.hash(state),
                Resolved::Made(path, heading) => (path, heading).hash(state),
                Resolved::Part(part) | Resolved::Withdrawn(part) => part.hash(state),
                Resolved::File(path) | Resolved::External(path) => path.hash(state),
            }
        }
    }
}

/// Whether a chapter shows more of others than their faces where it names them: tables of stages, and
/// what its directives gather.
fn reaches_far(chapter: &Chapter) -> bool {
    matches!(chapter.kind, Kind::Protocol | Kind::Setting | Kind::Session | Kind::Stage)
        || chapter
            .directives
            .iter()
            .any(|directive| !matches!(directive.kind, Some(DirectiveKind::Say | DirectiveKind::Video)))
}
