//! All chapters to one graph: what names what, in both directions, and everything that is wrong
//! with that.
//!
//! [`resolve`] finds what a link means; [`Manual::new`] puts the chapters in order and joins them;
//! [`checks`] look at the finished graph, [`rename`] gives a chapter of it another id. Nothing here knows a page's address.

pub mod checks;
pub mod external;
pub mod rename;
pub mod resolve;

use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;

use crate::citation::Cluster;
use crate::diag::{self, Diagnostic, Names, Reports};
use crate::files::{Attachments, Folders};
use crate::model::glossary::Lexicon;
use crate::model::settings::{self, Settings};
use crate::model::status::Status;
use crate::model::{Chapter, Kind};

/// The place of a chapter in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChapterIx(pub u32);

/// What ties one chapter to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// The chapter at the other end.
    pub chapter: ChapterIx,
    /// The key that declares it, or [`MENTIONS`].
    pub relation: &'static str,
}

/// The relation of a link in a text.
pub const MENTIONS: &str = "mentions";

/// The key under which a withdrawn chapter names what to read instead.
pub const REPLACED_BY: &str = "replaced-by";

/// The relation that links both ways.
pub const RELATED: &str = "related";

/// A part with its chapters.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its title.
    pub title: String,
    /// Its folder, relative to the manual.
    pub folder: String,
    /// What its chapters are about.
    pub kind: Kind,
    /// A sentence under its title.
    pub summary: Option<String>,
    /// Its chapters, in order.
    pub chapters: Vec<ChapterIx>,
}

/// A chapter that was withdrawn: its page says so, and nothing else shows it.
#[derive(Debug)]
pub struct Withdrawn {
    /// The chapter.
    pub chapter: Chapter,
    /// The folder of its part, even if that has no other chapters; none outside of parts.
    pub folder: Option<String>,
    /// What to read instead.
    pub replaced_by: Vec<ChapterIx>,
}

/// A whole manual, joined.
#[derive(Debug)]
pub struct Manual {
    /// manual.yaml.
    pub settings: Settings,
    /// The glossary.
    pub lexicon: Lexicon,
    /// The chapters in reading order: the home page, the parts, what belongs to no part.
    pub chapters: Vec<Chapter>,
    /// The drafts that were left out.
    pub drafts: Vec<Chapter>,
    /// The chapters that were withdrawn, in the order of their files.
    pub withdrawn: Vec<Withdrawn>,
    /// The parts, in order, without empty ones.
    pub parts: Vec<Part>,
    /// For each chapter, its part.
    pub part_of: Vec<Option<usize>>,
    /// The home page.
    pub home: Option<ChapterIx>,
    /// The safety page.
    pub safety: Option<ChapterIx>,
    /// The protocol meant where none is named.
    pub default_protocol: Option<ChapterIx>,
    /// For each chapter, what it names, without repetition.
    pub outgoing: Vec<Vec<Edge>>,
    /// For each chapter, what names it, without repetition, in reading order.
    pub incoming: Vec<Vec<Edge>>,
    /// The distinct citations, in order of first mention.
    pub clusters: Vec<Cluster>,
    /// For each work cited, the chapters that cite it.
    pub cited_in: HashMap<String, Vec<ChapterIx>>,
    /// For each term, the chapters that mention it.
    pub term_in: Vec<Vec<ChapterIx>>,
    /// The files that are no texts.
    pub attachments: Attachments,
    /// The files that a text links or shows.
    pub linked_files: BTreeSet<String>,
    index: Index,
}

/// How chapters are found by what authors write.
#[derive(Debug, Default)]
struct Index {
    by_key: HashMap<String, ChapterIx>,
    by_id: HashMap<String, Vec<ChapterIx>>,
    by_source: HashMap<String, ChapterIx>,
    sources_in_lower_case: HashMap<String, ChapterIx>,
    aliases: HashMap<String, ChapterIx>,
    /// `kind/id` and source of the drafts that were left out.
    drafts: HashMap<String, String>,
    /// The withdrawn chapters by `kind/id`, id and source.
    withdrawn: HashMap<String, usize>,
    /// The ids of all chapters, for those who mistyped one, once the first has.
    ids: OnceLock<Names>,
    /// The paths of all chapters and other files, likewise.
    paths: OnceLock<Names>,
}

impl Manual {
    /// Puts chapters in order and joins them.
    ///
    /// # Reports
    /// `id/duplicate`, `page/orphan` and whatever [`checks`] find.
    pub fn new(
        settings: Settings,
        lexicon: Lexicon,
        chapters: Vec<Chapter>,
        attachments: Attachments,
        with_drafts: bool,
        reports: &mut Reports,
    ) -> Self {
        let (withdrawn, chapters): (Vec<_>, Vec<_>) =
            chapters.into_iter().partition(|chapter| chapter.status == Status::Withdrawn);
        let (drafts, mut chapters): (Vec<_>, Vec<_>) =
            chapters.into_iter().partition(|chapter| chapter.status == Status::Draft && !with_drafts);
        let mut parts = parts(&settings, &chapters);
        let by_folder = Folders::new(parts.iter().map(|part| part.folder.as_str()));
        sort(&mut chapters, &by_folder);
        let part_of: Vec<Option<usize>> = chapters.iter().map(|chapter| by_folder.of(&chapter.source)).collect();
        let withdrawn: Vec<Withdrawn> = withdrawn
            .into_iter()
            .map(|chapter| {
                let folder = by_folder.of(&chapter.source).map(|part| parts[part].folder.clone());
                Withdrawn { folder, chapter, replaced_by: Vec::new() }
            })
            .collect();
        for (at, part) in part_of.iter().enumerate() {
            if let Some(part) = *part {
                parts[part].chapters.push(ix(at));
            }
        }
        let index = Index::new(&chapters, &drafts, &withdrawn, reports);
        let count = chapters.len();
        let mut manual = Self {
            term_in: vec![Vec::new(); lexicon.terms.len()],
            settings,
            lexicon,
            chapters,
            drafts,
            withdrawn,
            parts,
            part_of,
            home: None,
            safety: None,
            default_protocol: None,
            outgoing: vec![Vec::new(); count],
            incoming: vec![Vec::new(); count],
            clusters: Vec::new(),
            cited_in: HashMap::new(),
            attachments,
            linked_files: BTreeSet::new(),
            index,
        };
        manual.home = manual.index.by_source.get("index.md").copied();
        manual.drop_empty_parts();
        manual.join(reports);
        manual.name_the_named(reports);
        manual.name_what_replaces(reports);
        manual
    }

    /// A chapter.
    pub fn chapter(&self, ix: ChapterIx) -> &Chapter {
        &self.chapters[ix.0 as usize]
    }

    /// The chapters with their places, in reading order.
    pub fn iter(&self) -> impl Iterator<Item = (ChapterIx, &Chapter)> {
        self.chapters.iter().enumerate().map(|(at, chapter)| (ix(at), chapter))
    }

    /// The chapters of a kind, in reading order.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = (ChapterIx, &Chapter)> {
        self.iter().filter(move |(_, chapter)| chapter.kind == kind)
    }

    /// The chapter of a kind with an id.
    pub fn find(&self, kind: Kind, id: &str) -> Option<ChapterIx> {
        self.index.by_key.get(&crate::model::chapter::key(kind, id)).copied()
    }

    /// The ids of all chapters, in their order.
    fn ids(&self) -> &Names {
        self.index.ids.get_or_init(|| Names::new(self.chapters.iter().map(|chapter| chapter.id.value.clone())))
    }

    /// The paths of all chapters and other files.
    fn paths(&self) -> &Names {
        let chapters = self.chapters.iter().map(|chapter| chapter.source.clone());
        self.index.paths.get_or_init(|| Names::new(chapters.chain(self.attachments.iter().map(str::to_owned))))
    }

    /// Whether a file that is no text is copied into the site.
    pub fn is_published(&self, path: &str) -> bool {
        path.starts_with("assets/") || self.linked_files.contains(path)
    }

    /// What a chapter names under a relation.
    pub fn named(&self, from: ChapterIx, relation: &str) -> impl Iterator<Item = ChapterIx> {
        let edges = &self.outgoing[from.0 as usize];
        edges.iter().filter(move |edge| edge.relation == relation).map(|edge| edge.chapter)
    }

    /// What names a chapter under a relation.
    pub fn naming(&self, to: ChapterIx, relation: &str) -> impl Iterator<Item = ChapterIx> {
        let edges = &self.incoming[to.0 as usize];
        edges.iter().filter(move |edge| edge.relation == relation).map(|edge| edge.chapter)
    }

    /// The chapter of a file, by its path relative to the manual folder.
    pub fn at(&self, source: &str) -> Option<ChapterIx> {
        self.index.by_source.get(source).copied()
    }

    /// Whether a chapter, put in the place of an earlier state of itself, would be joined to the others
    /// as that is: they show the same of it, and it leads to the same things.
    pub fn is_joined_alike(&self, ix: ChapterIx, new: &Chapter) -> bool {
        let old = self.chapter(ix);
        let mut reports = Reports::new();
        let mut leads = |chapter| checks::links::leads_of(self, ix, chapter, &mut reports);
        let same = old.marks.face == new.marks.face
            && new.status == old.status
            && !new.broken
            && leads(old) == leads(new)
            && chapter_clusters(old) == chapter_clusters(new);
        same && reports.is_empty()
    }

    fn drop_empty_parts(&mut self) {
        let mut kept = vec![None; self.parts.len()];
        let mut next = 0;
        for (at, part) in self.parts.iter().enumerate() {
            if !part.chapters.is_empty() {
                kept[at] = Some(next);
                next += 1;
            }
        }
        self.parts.retain(|part| !part.chapters.is_empty());
        for part in &mut self.part_of {
            *part = part.and_then(|old| kept[old]);
        }
    }

    /// Resolves every relation, link and citation, and keeps them in both directions.
    fn join(&mut self, reports: &mut Reports) {
        let manual: &Self = self;
        let results = crate::par::map(&(0..self.chapters.len()).collect::<Vec<_>>(), |&at| {
            let mut reports = Reports::new();
            let leads = checks::links::leads(manual, ix(at), &mut reports);
            (leads, reports)
        });
        let in_glossary =
            manual.lexicon.terms.iter().flat_map(|term| {
                checks::links::links(manual, "glossary.yaml", &term.definition.body, &mut Reports::new())
            });
        let in_glossary = in_glossary.filter_map(|found| match found {
            resolve::Resolved::File(path) => Some(path),
            _ => None,
        });
        let mut linked_files: BTreeSet<String> = in_glossary.collect();
        let mut outgoing = Vec::with_capacity(results.len());
        for (from, (leads, found)) in results.into_iter().enumerate() {
            outgoing.push(leads.edges);
            leads.terms.into_iter().for_each(|term| self.term_in[term as usize].push(ix(from)));
            linked_files.extend(leads.files);
            reports.extend(found);
        }
        self.linked_files = linked_files;
        for (from, edges) in outgoing.iter().enumerate() {
            for edge in edges {
                let back = Edge { chapter: ix(from), relation: edge.relation };
                self.incoming[edge.chapter.0 as usize].push(back);
            }
        }
        self.outgoing = outgoing;
        self.gather_citations();
    }

    fn gather_citations(&mut self) {
        let mut seen: HashMap<Cluster, ()> = HashMap::new();
        for (at, chapter) in self.chapters.iter().enumerate() {
            for cluster in chapter_clusters(chapter) {
                for work in &cluster {
                    let pages = self.cited_in.entry(work.key.clone()).or_default();
                    if pages.last() != Some(&ix(at)) {
                        pages.push(ix(at));
                    }
                }
                if seen.insert(cluster.clone(), ()).is_none() {
                    self.clusters.push(cluster);
                }
            }
        }
        for term in &self.lexicon.terms {
            for cluster in term.definition.body.citations.iter().map(cluster) {
                if seen.insert(cluster.clone(), ()).is_none() {
                    self.clusters.push(cluster);
                }
            }
        }
    }

    /// Finds what is to be read instead of withdrawn chapters.
    ///
    /// # Reports
    /// What is named and cannot be read instead.
    fn name_what_replaces(&mut self, reports: &mut Reports) {
        for at in 0..self.withdrawn.len() {
            let mut instead = Vec::new();
            for id in self.withdrawn[at].chapter.front.ids(REPLACED_BY) {
                match resolve::chapter_named(self, &id.value, None) {
                    Ok(found) => instead.push(found),
                    Err(problem) => reports.push(problem.report(id.span, REPLACED_BY)),
                }
            }
            self.withdrawn[at].replaced_by = instead;
        }
    }

    /// Finds the chapters that manual.yaml names: the safety page and the default protocol.
    fn name_the_named(&mut self, reports: &mut Reports) {
        if let Some(safety) = self.settings.record.line("safety") {
            match resolve::chapter_named(self, &safety.value, None) {
                Ok(found) => self.safety = Some(found),
                Err(problem) => reports.push(problem.report(safety.span, "safety")),
            }
        }
        if let Some(protocol) = self.settings.record.id("default-protocol") {
            match resolve::chapter_named(self, &protocol.value, Some(Kind::Protocol)) {
                Ok(found) => self.default_protocol = Some(found),
                Err(problem) => reports.push(problem.report(protocol.span, "default-protocol")),
            }
        } else {
            let first = self.of_kind(Kind::Protocol).next().map(|(ix, _)| ix);
            self.default_protocol = first;
        }
    }
}

/// The citations of a chapter, each as the works it names: those of its texts, then the sources of
/// its findings and scales, each on its own.
pub fn chapter_clusters(chapter: &Chapter) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for body in chapter.bodies() {
        clusters.extend(body.citations.iter().map(cluster));
    }
    let mut keys = Vec::new();
    chapter.front.keys_within(&mut keys);
    clusters.extend(keys.into_iter().map(|key| source_cluster(&key.value)));
    clusters
}

/// A citation as the works it names.
pub fn cluster(citation: &crate::model::markdown::Citation) -> Cluster {
    let work = |cited: &crate::model::markdown::CitedKey| crate::citation::CitedWork {
        key: cited.key.value.clone(),
        locator: cited.locator.clone(),
    };
    citation.works.iter().map(work).collect()
}

/// The citation of one work as a whole.
pub fn source_cluster(key: &str) -> Cluster {
    vec![crate::citation::CitedWork { key: key.to_owned(), locator: None }]
}

fn ix(at: usize) -> ChapterIx {
    ChapterIx(u32::try_from(at).expect("a manual has fewer than 2^32 chapters"))
}

/// The parts as given, or else one for each folder with chapters in it: those with the usual names
/// first, in the usual order.
fn parts(settings: &Settings, chapters: &[Chapter]) -> Vec<Part> {
    if !settings.parts.is_empty() {
        let part = |part: &settings::Part| Part {
            title: part.title.clone(),
            folder: part.folder.value.clone(),
            kind: part.kind,
            summary: part.summary.clone(),
            chapters: Vec::new(),
        };
        return settings.parts.iter().map(part).collect();
    }
    let mut folders: Vec<&str> =
        chapters.iter().filter_map(|chapter| Some(chapter.source.rsplit_once('/')?.0)).collect();
    folders.sort_unstable();
    folders.dedup();
    let usual = |folder: &str| Kind::from_plural(folder).map_or(Kind::ALL.len(), |kind| kind as usize);
    folders.sort_by_key(|folder| usual(folder));
    let part = |folder: &str| Part {
        title: title_of_folder(folder),
        folder: folder.to_owned(),
        kind: settings::kind_of_folder(folder),
        summary: None,
        chapters: Vec::new(),
    };
    folders.into_iter().map(part).collect()
}

/// A folder's name as a title: `problem-areas` is "Problem areas".
fn title_of_folder(folder: &str) -> String {
    let name = folder.rsplit('/').next().unwrap_or_default().replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn sort(chapters: &mut [Chapter], parts: &Folders<'_>) {
    chapters.sort_by_cached_key(|chapter| {
        let place = if chapter.source == "index.md" {
            0
        } else {
            parts.of(&chapter.source).map_or(usize::MAX, |part| part + 1)
        };
        (place, chapter.order.unwrap_or(i64::MAX), chapter.title.to_lowercase(), chapter.source.clone())
    });
}

impl Index {
    fn new(chapters: &[Chapter], drafts: &[Chapter], withdrawn: &[Withdrawn], reports: &mut Reports) -> Self {
        let mut index = Self::default();
        let twice = |first: &Chapter, second: &Chapter| {
            let (first, second) = if first.source <= second.source { (first, second) } else { (second, first) };
            let message = format!("two chapters of the kind {} have the id `{}`", first.kind.name(), first.id.value);
            Diagnostic::new(&diag::DUPLICATE_ID, second.id.span, message)
                .other(first.id.span, format!("the other one is {}", first.source))
                .help("give one of them another `id`, or rename its file")
        };
        for (at, chapter) in chapters.iter().enumerate() {
            let here = ix(at);
            let key = chapter.key();
            if let Some(first) = index.by_key.get(&key).copied() {
                reports.push(twice(&chapters[first.0 as usize], chapter));
            } else {
                index.by_key.insert(key, here);
                index.by_id.entry(chapter.id.value.clone()).or_default().push(here);
            }
            index.sources_in_lower_case.insert(crate::files::folded(&chapter.source), here);
            index.by_source.insert(chapter.source.clone(), here);
            for alias in chapter.front.lines("aliases") {
                index.aliases.entry(alias.value.clone()).or_insert(here);
            }
        }
        for (at, gone) in withdrawn.iter().map(|gone| &gone.chapter).enumerate() {
            let key = gone.key();
            let same = index.by_key.get(&key).map(|same| &chapters[same.0 as usize]);
            if let Some(same) = same.or_else(|| index.withdrawn.get(&key).map(|at| &withdrawn[*at].chapter)) {
                reports.push(twice(same, gone));
            }
            for name in [key, gone.id.value.clone(), gone.source.clone()] {
                index.withdrawn.entry(name).or_insert(at);
            }
        }
        for draft in drafts {
            index.drafts.insert(draft.key(), draft.source.clone());
            index.drafts.insert(draft.id.value.clone(), draft.source.clone());
            index.drafts.insert(draft.source.clone(), draft.source.clone());
        }
        index
    }
}
