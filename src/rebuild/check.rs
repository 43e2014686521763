//! Checks a manual again: reads only what changed.

use crate::diag;
use crate::diag::Reports;
use crate::files::source::{Loaded, SourceFile};
use crate::files::theme::ThemeFiles;
use crate::pipeline::{self, ChapterReader, CheckOptions, Checked, EarlierResults};
use crate::rebuild::before::{EarlierState, still_valid};
use crate::span::FileId;

/// Like [`pipeline::check`], but reads only what is different from `before`. The theme and the options must be the same
/// as they were.
pub fn check_again(
    loaded: &Loaded,
    theme: &ThemeFiles,
    options: CheckOptions,
    reports: Reports,
    before: Option<EarlierState>,
) -> Checked {
    let before = match before {
        Some(before) if reports.is_empty() => match only_texts_changed(before, loaded) {
            Ok(mut checked) => {
                checked.check_whole(options);
                diag::sort(&mut checked.reports, &loaded.sources);
                return checked;
            }
            Err(before) => Some(*before),
        },
        before => before,
    };
    let earlier = before.map_or_else(EarlierResults::default, |before| still_valid(before, &loaded.sources));
    pipeline::check_reusing(earlier, loaded, theme, options, reports)
}

/// Takes over new texts of chapters if nothing changed that the rest of the manual shows: the manual stays joined as it
/// was. Most changes are like this while somebody writes; everything else takes three times as long at 1,000 chapters.
///
/// # Errors
/// Its argument, if more changed, or if there is anything to report.
fn only_texts_changed(before: EarlierState, loaded: &Loaded) -> Result<Checked, Box<EarlierState>> {
    let is_clean = before.checked.reports.is_empty();
    let (old, new) = (before.sources.iter(), loaded.sources.iter());
    let same_files = old.map(|(_, source)| &source.path).eq(new.map(|(_, source)| &source.path));
    let manual = &before.checked.manual;
    if !is_clean || !same_files || manual.attachments != loaded.attachments {
        return Err(Box::new(before));
    }
    let old = before.sources.iter().zip(loaded.sources.iter());
    let changed: Vec<(FileId, &SourceFile)> =
        old.filter(|((_, old), (_, new))| old.text != new.text).map(|(_, new)| new).collect();
    let reader = ChapterReader::new(&manual.settings, &manual.lexicon);
    let mut chapters = Vec::new();
    for (file, source) in changed {
        let Some(ix) = manual.at(&source.path) else { return Err(Box::new(before)) };
        let (chapter, reports) = reader.read(file, source);
        let targets = manual.joined_alike(ix, &chapter).filter(|_| reports.is_empty());
        let Some(targets) = targets else { return Err(Box::new(before)) };
        chapters.push((ix, chapter, targets));
    }
    let mut checked = before.checked;
    for (ix, chapter, targets) in chapters {
        checked.manual.exchange(ix, chapter, targets);
    }
    Ok(checked)
}
