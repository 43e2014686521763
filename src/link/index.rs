//! Finds chapters by what authors write.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::diag;
use crate::diag::{Diagnostic, NameList, Reports};
use crate::link::part::Withdrawn;
use crate::link::place::{ChapterIx, ix};
use crate::model::chapter::Chapter;

/// Finds chapters by what authors write.
#[derive(Debug, Default)]
pub(crate) struct ChapterLookup {
    pub(crate) by_key: HashMap<String, ChapterIx>,
    pub(crate) by_id: HashMap<String, Vec<ChapterIx>>,
    pub(crate) by_source: HashMap<String, ChapterIx>,
    pub(crate) sources_in_lower_case: HashMap<String, ChapterIx>,
    pub(crate) aliases: HashMap<String, ChapterIx>,
    /// `kind/id` and source of the drafts that were left out.
    pub(crate) drafts: HashMap<String, String>,
    /// The withdrawn chapters by `kind/id`, id and source.
    pub(crate) withdrawn: HashMap<String, usize>,
    /// The ids of all chapters, to find the one that was mistyped; made when the first is needed.
    pub(crate) ids: OnceLock<NameList>,
    /// The paths of all chapters and other files, for the same purpose.
    pub(crate) paths: OnceLock<NameList>,
}

impl ChapterLookup {
    pub(crate) fn new(
        chapters: &[Chapter],
        drafts: &[Chapter],
        withdrawn: &[Withdrawn],
        reports: &mut Reports,
    ) -> Self {
        let mut index = Self::default();
        let twice = |first: &Chapter, second: &Chapter| {
            // The home page is the one that keeps its id.
            let place = |chapter: &Chapter| (chapter.source != "index.md", chapter.source.clone());
            let (first, second) = if place(first) <= place(second) { (first, second) } else { (second, first) };
            let help = if second.source.ends_with("/index.md") {
                "rename the file, such as `about.md`. The page of each part is made automatically"
            } else {
                "give one of them another `id`, or rename its file"
            };
            let message = format!("two chapters of the kind {} have the id `{}`", first.kind.name(), first.id.value);
            Diagnostic::new(&diag::DUPLICATE_ID, second.id.span, message)
                .other(first.id.span, format!("the other one is {}", first.source))
                .help(help)
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
            index.sources_in_lower_case.insert(crate::files::relpath::folded(&chapter.source).into_owned(), here);
            index.by_source.insert(chapter.source.clone(), here);
            for alias in chapter.common().aliases() {
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
