//! Checks whether every chapter has a summary and a part, and is no copy.

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::span::Span;

/// # Reports
/// `page/no-summary`, `page/orphan` and `page/copy`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (ix, chapter) in manual.iter() {
        if chapter.broken {
            continue;
        }
        if let Some(original) =
            copied(&chapter.source).filter(|path| manual.index.by_source.contains_key(path.as_str()))
        {
            let name = original.rsplit('/').next().unwrap_or_default();
            let message = format!("this file has the name of a copy of `{name}`, and both are published");
            reports.push(
                Diagnostic::new(&diag::COPY, Span::top(chapter.file), message)
                    .help("remove one of the two; or, if this is another chapter, give its file a name of its own"),
            );
        }
        if !chapter.common().is_summary_given() {
            reports.push(
                Diagnostic::new(&diag::NO_SUMMARY, chapter.common().title_span(), "this chapter has no summary")
                    .help("add `summary: …` with one or two sentences for lists, previews and search"),
            );
        }
        if manual.part_of[ix.0 as usize].is_none() && manual.home != Some(ix) {
            reports.push(
                Diagnostic::new(&diag::ORPHAN, chapter.common().title_span(), "this chapter belongs to no part")
                    .help("move its file into the folder of a part, or add its folder to `parts` in manual.yaml"),
            );
        }
    }
}

/// The file whose copy a file is by its name: computers add `- Copy`, `copy`, `(1)` and the like.
fn copied(path: &str) -> Option<String> {
    const WORDS: [&str; 9] = ["copy", "copia", "cópia", "copie", "kopie", "kopi", "kopia", "backup", "old"];
    const BEFORE: [&str; 8] =
        ["copy of ", "kopie von ", "copia de ", "cópia de ", "copie de ", "kopi av ", "kopia ", "kopie van "];
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let stem = name.strip_suffix(".md")?;
    let slash = if folder.is_empty() { "" } else { "/" };
    let lower = stem.to_lowercase();
    if let Some(original) =
        BEFORE.iter().find(|before| lower.starts_with(**before)).and_then(|before| stem.get(before.len()..))
    {
        return Some(format!("{folder}{slash}{original}.md"));
    }
    // `grief (Anna's conflicted copy 2026-01-01)`
    if let Some((original, _)) = stem.split_once(" (").filter(|(_, rest)| rest.contains("conflict")) {
        return Some(format!("{folder}{slash}{original}.md"));
    }
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // `grief (1)`, `grief - Copy (2)`, `grief copy 2`
    let bare = match stem.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((before, number)) if is_number(number) => before,
        _ => match stem.rsplit_once(' ') {
            Some((before, number)) if is_number(number) && before.contains(' ') => before,
            _ => stem,
        },
    };
    let last = bare.rfind([' ', '-', '_', '.']).map_or(bare, |at| &bare[at + 1..]).to_lowercase();
    let original = if WORDS.contains(&last.as_str()) {
        bare[..bare.len() - last.len()].trim_end_matches([' ', '-', '–', '_', '.'])
    } else if bare.len() < stem.len() && stem.ends_with(')') {
        bare
    } else {
        return None;
    };
    (!original.is_empty()).then(|| format!("{folder}{slash}{original}.md"))
}

#[cfg(test)]
mod tests {
    use super::copied;

    #[test]
    fn names_of_copies_are_known() {
        for name in [
            "grief - Copy",
            "grief copy",
            "grief copy 2",
            "grief (1)",
            "grief - Copy (2)",
            "grief - Kopie",
            "grief_old",
            "Copy of grief",
            "Kopie von grief",
            "grief (Anna's conflicted copy 2026-01-01)",
        ] {
            assert_eq!(copied(&format!("a/{name}.md")).as_deref(), Some("a/grief.md"), "{name}");
        }
        for name in
            ["grief", "session 2", "the old", "(1)", "copy", "a grief", "threshold", "grief 2", "grief (chronic)"]
        {
            let found = copied(&format!("{name}.md"));
            assert!(found.is_none() || found.as_deref() == Some("the.md"), "{name}: {found:?}");
        }
    }
}
