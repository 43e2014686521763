//! Puts chapters in order and joins them into a manual.

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxHashMap;

use crate::diag::Reports;
use crate::files::attachments::Attachments;
use crate::files::relpath::Folders;
use crate::language::Language;
use crate::link::citations::chapter_clusters;
use crate::link::index::ChapterLookup;
use crate::link::manual::Manual;
use crate::link::part::{Part, Withdrawn};
use crate::link::place::{ChapterIx, ix};
use crate::link::relation::{Edge, REPLACED_BY};
use crate::link::site_page::SitePages;
use crate::link::targets::{Resolved, Targets};
use crate::link::{edges, resolve};
use crate::model::chapter::Chapter;
use crate::model::glossary::Lexicon;
use crate::model::kind::Kind;
use crate::model::settings::{self, Settings};
use crate::model::status::Status;

impl Manual {
    /// Puts chapters in order and joins them. `site_pages` knows the pages of the site that do not come from files of
    /// the manual.
    ///
    /// # Reports
    /// `id/duplicate`, `page/orphan` and whatever [`crate::link::checks`] find.
    pub fn new(
        settings: Settings,
        lexicon: Lexicon,
        chapters: Vec<Chapter>,
        attachments: Attachments,
        with_drafts: bool,
        site_pages: SitePages,
        reports: &mut Reports,
    ) -> Self {
        let (withdrawn, chapters): (Vec<_>, Vec<_>) =
            chapters.into_iter().partition(|chapter| chapter.status == Status::Withdrawn);
        let (drafts, mut chapters): (Vec<_>, Vec<_>) =
            chapters.into_iter().partition(|chapter| chapter.status == Status::Draft && !with_drafts);
        let mut parts = parts(&settings, &chapters);
        let by_folder = Folders::new(parts.iter().map(|part| part.folder.as_str()));
        sort(&mut chapters, &by_folder, &Language::new(&settings.language));
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
        let index = ChapterLookup::new(&chapters, &drafts, &withdrawn, reports);
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
            site_pages,
            targets: FxHashMap::default(),
            index,
        };
        manual.home = manual.index.by_source.get("index.md").copied();
        manual.drop_empty_parts();
        manual.join(reports);
        manual.name_the_named(reports);
        manual.name_what_replaces(reports);
        manual
    }

    /// What the links of a chapter mean, if it can replace its earlier state and nothing else changes: other pages show
    /// the same of it, and it leads to the same things. None if it is not, or if there is anything to report.
    pub(crate) fn joined_alike(&self, ix: ChapterIx, new: &Chapter) -> Option<Targets> {
        let old = self.chapter(ix);
        let shows_same = old.hashes.face == new.hashes.face && new.status == old.status && !new.broken;
        // Whether a key that is not read must be reported depends on the bibliography.
        let has_unread = new.bodies().any(|body| !body.unread.is_empty());
        if !shows_same || has_unread || chapter_clusters(old) != chapter_clusters(new) {
            return None;
        }
        let before = self.targets.get(&old.file).map(|targets| edges::outgoing_of(ix, old, targets))?;
        let mut reports = Reports::new();
        let (links, targets) = edges::outgoing(self, ix, new, &mut reports);
        (links == before && reports.is_empty()).then_some(targets)
    }

    /// Puts a chapter in the place of an earlier state of itself, with what its links mean
    /// (see [`joined_alike`](Self::joined_alike)).
    pub(crate) fn exchange(&mut self, ix: ChapterIx, new: Chapter, targets: Targets) {
        self.targets.insert(new.file, targets);
        self.chapters[ix.0 as usize] = new;
    }

    pub(crate) fn drop_empty_parts(&mut self) {
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
    pub(crate) fn join(&mut self, reports: &mut Reports) {
        let manual: &Self = self;
        let results = crate::par::map(&(0..self.chapters.len()).collect::<Vec<_>>(), |&at| {
            let mut reports = Reports::new();
            let links = edges::outgoing(manual, ix(at), &manual.chapters[at], &mut reports);
            (links, reports)
        });
        let glossary = edges::of_glossary(manual, reports);
        let definitions = manual.lexicon.terms.iter().map(|term| &term.definition.body);
        let in_glossary = definitions.flat_map(|body| glossary.of_text(body)).flatten();
        let mut linked_files: BTreeSet<String> = in_glossary
            .filter_map(|found| match found {
                Resolved::File(path) => Some(path.clone()),
                _ => None,
            })
            .collect();
        let file_of_glossary = manual.lexicon.terms.first().map(|term| term.term.span.file);
        self.targets.reserve(results.len() + 1);
        self.targets.extend(file_of_glossary.map(|file| (file, glossary)));
        let mut outgoing = Vec::with_capacity(results.len());
        for (from, ((links, targets), found)) in results.into_iter().enumerate() {
            self.targets.insert(self.chapters[from].file, targets);
            outgoing.push(links.edges);
            links.terms.into_iter().for_each(|term| self.term_in[term as usize].push(ix(from)));
            linked_files.extend(links.files);
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

    /// Finds what to read instead of withdrawn chapters.
    ///
    /// # Reports
    /// What is named and cannot be read instead.
    pub(crate) fn name_what_replaces(&mut self, reports: &mut Reports) {
        for at in 0..self.withdrawn.len() {
            let mut instead = Vec::new();
            for id in self.withdrawn[at].chapter.common().replaced_by() {
                match resolve::chapter_named(self, &id.value, None) {
                    Ok(found) => instead.push(found),
                    Err(problem) => reports.push(problem.report(id.span, REPLACED_BY)),
                }
            }
            self.withdrawn[at].replaced_by = instead;
        }
    }

    /// Finds the chapters that manual.yaml names: the safety page and the default protocol.
    pub(crate) fn name_the_named(&mut self, reports: &mut Reports) {
        if let Some(safety) = self.settings.yaml().safety() {
            match resolve::chapter_named(self, &safety.value, None) {
                Ok(found) => self.safety = Some(found),
                Err(problem) => reports.push(problem.report(safety.span, "safety")),
            }
        }
        if let Some(protocol) = self.settings.yaml().default_protocol() {
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

/// The parts as given or, without any, one for each folder with chapters in it: those with the usual names first, in
/// the usual order.
pub(crate) fn parts(settings: &Settings, chapters: &[Chapter]) -> Vec<Part> {
    if !settings.parts.is_empty() {
        let part = |part: &settings::PartSettings| Part {
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

/// The home page first, then part by part; within a part by the numbers given, and then by title as the language
/// has it.
fn sort(chapters: &mut [Chapter], parts: &Folders<'_>, language: &Language) {
    let place = |chapter: &Chapter| {
        let part = if chapter.source == "index.md" {
            0
        } else {
            parts.of(&chapter.source).map_or(usize::MAX, |part| part + 1)
        };
        (part, chapter.order.unwrap_or(i64::MAX), chapter.suborder)
    };
    chapters.sort_by_cached_key(place);
    for alike in chapters.chunk_by_mut(|one, other| place(one) == place(other)) {
        alike.sort_by(|one, other| {
            language.compare(&one.title, &other.title).then_with(|| one.source.cmp(&other.source))
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::files::source::SourceFile;
    use crate::model::chapter;
    use crate::model::mentions::Mentions;
    use crate::model::raw_html::RawHtml;
    use crate::model::reading::Conditions;
    use crate::span::FileId;

    fn read(file: u32, path: &str, kind: Kind, text: &str) -> Chapter {
        let mentions = Mentions::default();
        let conditions = Conditions { raw_html: RawHtml::Sanitize, mentions: &mentions };
        let source = SourceFile { path: path.into(), shown: String::new(), text: Arc::new(text.into()) };
        let mut reports = Reports::new();
        let chapter = chapter::parse(FileId(file), &source, kind, conditions, &mut reports);
        assert!(reports.is_empty(), "{reports:?}");
        chapter
    }

    fn stage(text: &str) -> Chapter {
        let front = "title: Opening\nsessions: 1\nphase: initial\nactivity: See [it](../techniques/listen.md).";
        read(1, "stages/open.md", Kind::Stage, &format!("---\n{front}\n---\n\n{text}\n"))
    }

    #[test]
    fn a_chapter_that_is_exchanged_takes_what_its_links_mean_with_it() {
        let mut reports = Reports::new();
        let settings = settings::parse(FileId(0), "title: Links", &mut reports);
        let technique = |text: &str| {
            read(2, "techniques/listen.md", Kind::Technique, &format!("---\ntitle: Listen\n---\n\n{text}\n"))
        };
        let chapters = vec![stage("Read [[listen]]."), technique("Text.")];
        let mut manual =
            Manual::new(settings, Lexicon::default(), chapters, Attachments::default(), false, |_| None, &mut reports);
        assert!(reports.is_empty(), "{reports:?}");
        let [open, listen] =
            ["stages/open.md", "techniques/listen.md"].map(|source| manual.at(source).expect("it is there"));
        let leads_to = Resolved::Chapter(listen, None);
        let activity = &manual.chapter(open).stage().and_then(|stage| stage.activity()).expect("it is given").body;
        assert_eq!(manual.link(activity, 0), Some(&leads_to), "a path leads from the file that it stands in");

        assert!(manual.joined_alike(listen, &technique("Read [[open]].")).is_none(), "an edge more");
        let new = stage("Words before it. Read [[listen]], and again [[listen]].");
        let targets = manual.joined_alike(open, &new).expect("it leads to the same");
        manual.exchange(open, new, targets);
        assert_eq!(manual.links(&manual.chapter(open).body), [Some(leads_to.clone()), Some(leads_to)]);
    }
}
