//! Turns chapters, parts, blank sheets and aliases into paths of the site, and paths into addresses.
//!
//! Every address in a page is relative, so that the site works from a disk and under any path.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::link::manual::Manual;
use crate::link::part::Withdrawn;
use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::render::address::made::{ENDING, MadePage};

/// The path of the findings as CSV, relative to the site.
pub(crate) const EVIDENCE_CSV: &str = "data/evidence.csv";

/// The path of the session summary of a protocol or setting as CSV, relative to the site.
pub(crate) fn session_csv(manual: &Manual, of: ChapterIx) -> String {
    let chapter = manual.chapter(of);
    match chapter.kind {
        Kind::Setting => format!("data/session-summary-setting-{}.csv", chapter.id.value),
        _ => format!("data/session-summary-{}.csv", chapter.id.value),
    }
}

/// Characters that a path must encode.
const RESERVED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'{')
    .add(b'}')
    .add(b'\\')
    .add(b'^')
    .add(b'|');

/// The page of a chapter, relative to the site.
pub(crate) fn chapter(manual: &Manual, ix: ChapterIx) -> String {
    if manual.home == Some(ix) {
        return MadePage::Home.path().into();
    }
    let folder = manual.part_of[ix.0 as usize].map(|part| manual.parts[part].folder.as_str());
    of_chapter(manual.chapter(ix), folder)
}

/// The page that says that a chapter was withdrawn, at the address of the chapter.
pub(crate) fn withdrawn(gone: &Withdrawn) -> String {
    if gone.chapter.source == "index.md" {
        return MadePage::Home.path().into();
    }
    of_chapter(&gone.chapter, gone.folder.as_deref())
}

fn of_chapter(chapter: &Chapter, part: Option<&str>) -> String {
    let folder = part.unwrap_or_else(|| chapter.source.rsplit_once('/').map_or("", |(folder, _)| folder));
    join(folder, &chapter.id.value)
}

/// The page of a part, relative to the site.
pub(crate) fn part(folder: &str) -> String {
    format!("{folder}/{}", MadePage::Home.path())
}

/// The address of the page of a part, from the root of the site.
pub(crate) fn part_address(folder: &str) -> String {
    address(&part(folder)).into_owned()
}

/// The blank sheet of a chapter, beside its page. No id has a dot in it, so no page has this path.
pub(crate) fn sheet(chapter_path: &str, name: &str) -> String {
    let stem = chapter_path.strip_suffix(ENDING).unwrap_or(chapter_path);
    format!("{stem}.{name}{ENDING}")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { format!("{name}{ENDING}") } else { format!("{folder}/{name}{ENDING}") }
}

/// The page at an alias of a chapter, from which readers are redirected: an old id is in the chapter's folder, an old
/// path at its old place.
pub(crate) fn alias(chapter_path: &str, alias: &str) -> Option<String> {
    let bare = alias.trim_start_matches('/').trim_end_matches(".md").trim_end_matches(ENDING);
    let safe = !bare.is_empty() && bare.split('/').all(|part| !matches!(part, "" | "." | ".."));
    let safe = safe && !bare.contains(|letter: char| letter == '\\' || letter.is_control());
    safe.then(|| match chapter_path.rsplit_once('/') {
        Some((folder, _)) if !alias.contains('/') => join(folder, bare),
        _ => join("", bare),
    })
}

/// The page for paper of a part of a large manual, by its number.
pub(crate) fn printed(number: usize) -> String {
    format!("print-{number}{ENDING}")
}

/// Whether a page contains texts of many chapters, for paper.
pub(crate) fn is_printed(path: &str) -> bool {
    path == MadePage::Print.path() || (path.starts_with("print-") && !path.contains('/'))
}

/// `../` for every folder that a page is in.
pub(crate) fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A path as an address: what an address cannot contain is encoded.
pub(crate) fn address(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, RESERVED).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_stand_where_they_stood() {
        assert_eq!(alias("techniques/role-play.html", "rehearsal").as_deref(), Some("techniques/rehearsal.html"));
        assert_eq!(alias("techniques/role-play.html", "/old/rehearsal.md").as_deref(), Some("old/rehearsal.html"));
        assert_eq!(alias("techniques/role-play.html", "../x"), None);
        assert_eq!(alias("index.html", "start").as_deref(), Some("start.html"));
        assert_eq!(alias("index.html", "a\0b"), None);
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(address("assets/my picture #1.png"), "assets/my%20picture%20%231.png");
        assert_eq!(root("a/b/c.html"), "../../");
        assert_eq!(root("index.html"), "");
    }
}
