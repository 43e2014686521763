//! Turns a name that hayagriva does not know into a style of another name, or into names like it.
//!
//! It does not know what a style says.

use hayagriva::archive::ArchivedStyle;

/// Zotero's names differ from hayagriva's for some styles, such as `ieee` or `chicago-notes-bibliography`.
pub(super) fn by_zotero_name(name: &str) -> Option<ArchivedStyle> {
    ArchivedStyle::all().iter().copied().find(|style| style.csl_id().rsplit('/').next() == Some(name))
}

/// Up to three names that are like the wanted one, nearest first.
pub(super) fn nearest_names(wanted: &str) -> Vec<&'static str> {
    const ALIKE: f64 = 0.75;
    let mut scored: Vec<(f64, &'static str)> = Vec::new();
    for style in ArchivedStyle::all().iter().filter(|&&style| style != ArchivedStyle::Alphanumeric) {
        // One name for each style: its other names would only crowd out the rest.
        let best = style.names().iter().map(|&name| (likeness(wanted, name), name)).max_by(|a, b| a.0.total_cmp(&b.0));
        scored.extend(best.filter(|(score, _)| *score >= ALIKE));
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.truncate(3);
    scored.into_iter().map(|(_, name)| name).collect()
}

fn likeness(wanted: &str, name: &str) -> f64 {
    let within = wanted.len() > 2 && (name.contains(wanted) || wanted.split(['-', ' ', '_']).any(|word| word == name));
    let bonus = if within { 0.5 } else { 0.0 };
    bonus + strsim::jaro_winkler(wanted, name).max(strsim::normalized_damerau_levenshtein(wanted, name))
}
