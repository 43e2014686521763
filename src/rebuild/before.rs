//! Keeps an earlier state of a manual, and says what of it is still valid.

use std::collections::HashSet;

use crate::files::source::Sources;
use crate::pipeline::{Checked, EarlierResults};
use crate::span::FileId;

/// An earlier state of a manual, checked.
#[derive(Debug)]
pub struct EarlierState {
    /// Its texts.
    pub sources: Sources,
    /// What came of them.
    pub checked: Checked,
}

/// What of `before` is still valid for `sources`.
pub(crate) fn still_valid(before: EarlierState, sources: &Sources) -> EarlierResults {
    let EarlierState { sources: old, checked } = before;
    let Checked { mut manual, words, bibliography, style, formatted, reports } = checked;
    let with_reports: HashSet<FileId> =
        reports.iter().flat_map(|report| report.labels().map(|label| label.span.file)).collect();
    // Neither a file nor whether there is one may have changed, nor may it have been reported.
    let is_same = |path: &str| match (old.find(path), sources.find(path)) {
        (None, None) => true,
        (Some((file, old)), Some((_, new))) => old.text == new.text && !with_reports.contains(&file),
        _ => false,
    };
    if !is_same("manual.yaml") {
        return EarlierResults::default();
    }
    let works = manual.settings.bibliography();
    let csl = manual.settings.yaml().citation_style().map_or("", |named| named.value.as_str());
    let same_works = is_same(works) && is_same(csl);
    let clusters = std::mem::take(&mut manual.clusters);
    let mut earlier = EarlierResults::default();
    // What is wrong with a theme is said again each time.
    if with_reports.iter().all(|file| old.is_own(*file)) {
        earlier.words = Some(words);
    }
    if same_works {
        earlier.works = Some((bibliography, style));
        earlier.formatted = formatted.map(|formatted| (clusters, formatted));
    }
    if is_same("glossary.yaml") {
        let withdrawn = std::mem::take(&mut manual.withdrawn).into_iter().map(|gone| gone.chapter);
        let drafts = std::mem::take(&mut manual.drafts);
        let chapters = std::mem::take(&mut manual.chapters).into_iter().chain(drafts).chain(withdrawn);
        let same = chapters.filter(|chapter| {
            let found = sources.find(&chapter.source);
            found.is_some_and(|(file, new)| file == chapter.file && new.text == old.get(file).text)
                && !with_reports.contains(&chapter.file)
        });
        earlier.chapters = same.map(|chapter| (chapter.file, chapter)).collect();
    }
    earlier
}
