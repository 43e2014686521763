//! Compares a manual before and after a chapter got a new id.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::author::rename::edits::{MeaningChange, RenamePlan};
use crate::diag;
use crate::diag::Diagnostic;
use crate::files::source::{Loaded, SourceFile, Sources};
use crate::link::manual::Manual;

/// The manual after the edits.
pub(crate) fn edited(plan: &RenamePlan, loaded: &Loaded) -> Loaded {
    let files = loaded.sources.iter().map(|(file, source)| {
        let path = if source.path == plan.file.0 { plan.file.1.clone() } else { source.path.clone() };
        SourceFile { path, shown: source.shown.clone(), text: Arc::new(plan.edited(file, &source.text)) }
    });
    Loaded { sources: Sources::new(files.collect()), attachments: loaded.attachments.clone() }
}

/// What is wrong after the edits and was not before. A name that leads nowhere counts only if it led somewhere before.
pub(crate) fn new_reports(
    before: &[Diagnostic],
    after: &[Diagnostic],
    plan: &RenamePlan,
    astray: &[&MeaningChange],
) -> Vec<Diagnostic> {
    let leads_nowhere = [&diag::UNKNOWN_TARGET, &diag::AMBIGUOUS, &diag::UNKNOWN_HEADING, &diag::WRONG_KIND];
    let old_id = plan.old.rsplit('/').next().unwrap_or_default();
    let new_id = plan.new.rsplit('/').next().unwrap_or_default();
    // The old id may stand in what was wrong before.
    let key = |report: &Diagnostic| (report.code.name, report.message.replace(old_id, new_id));
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    for report in before {
        *known.entry(key(report)).or_default() += 1;
    }
    let is_new = |report: &&Diagnostic| match known.get_mut(&key(report)) {
        _ if leads_nowhere.contains(&report.code) => astray.iter().any(|change| change.there == Some(report.span())),
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    after.iter().filter(is_new).cloned().collect()
}

/// The chapters' files in reading order; with a plan, under their new names.
pub(crate) fn order<'a>(manual: &'a Manual, plan: Option<&'a RenamePlan>) -> Vec<&'a str> {
    let named = |source: &'a str| plan.filter(|plan| plan.file.0 == source).map_or(source, |plan| &plan.file.1);
    manual.chapters.iter().map(|chapter| named(&chapter.source)).collect()
}
