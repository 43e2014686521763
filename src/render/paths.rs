//! Where everything stands in the site: the only file that makes paths and addresses.
//!
//! Every address in a page is relative, so that the site works from a disk and under any path.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::diag::{self, Diagnostic, Reports};
use crate::link::resolve::MADE;
use crate::link::{ChapterIx, Manual};
use crate::model::{Chapter, Kind};
use crate::span::Span;

/// What a path may not hold as it is.
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
pub fn chapter(manual: &Manual, ix: ChapterIx) -> String {
    if manual.home == Some(ix) {
        return "index.html".into();
    }
    let chapter = manual.chapter(ix);
    let folder = match manual.part_of[ix.0 as usize] {
        Some(part) => manual.parts[part].folder.as_str(),
        None => chapter.source.rsplit_once('/').map_or("", |(folder, _)| folder),
    };
    join(folder, &chapter.id.value)
}

/// The page of a part, relative to the site.
pub fn part(folder: &str) -> String {
    format!("{folder}/index.html")
}

/// The blank sheet of a chapter, beside its page. No id has a dot in it, so no page has this path.
pub fn sheet(chapter_path: &str, name: &str) -> String {
    let stem = chapter_path.strip_suffix(".html").unwrap_or(chapter_path);
    format!("{stem}.{name}.html")
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { format!("{name}.html") } else { format!("{folder}/{name}.html") }
}

/// The page that an alias of a chapter leads from: an old id stands in the chapter's folder, an old
/// path where it stood.
pub fn alias(chapter_path: &str, alias: &str) -> Option<String> {
    let bare = alias.trim_start_matches('/').trim_end_matches(".md").trim_end_matches(".html");
    let safe = !bare.is_empty() && bare.split('/').all(|part| !matches!(part, "" | "." | "..")) && !bare.contains('\\');
    safe.then(|| match chapter_path.rsplit_once('/') {
        Some((folder, _)) if !alias.contains('/') => join(folder, bare),
        _ => join("", bare),
    })
}

/// The page for paper of a part of a large manual, by its number.
pub fn printed(number: usize) -> String {
    format!("print-{number}.html")
}

/// The glossary of a large manual, for paper.
pub const PRINTED_GLOSSARY: &str = "print-glossary.html";

/// The references of a large manual, for paper.
pub const PRINTED_REFERENCES: &str = "print-references.html";

/// `../` for every folder that a page stands in.
pub fn root(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A path as an address: what an address cannot hold is encoded.
pub fn address(path: &str) -> Cow<'_, str> {
    utf8_percent_encode(path, RESERVED).into()
}

/// All pages with the place that wants them, in order, and the paths of two.
///
/// # Reports
/// `page/two-pages-one-path`, and `front-matter/bad-value` for aliases that are no paths.
pub fn check(manual: &Manual, reports: &mut Reports) {
    let mut taken: HashMap<String, (String, Option<Span>)> = HashMap::new();
    for made in MADE.iter().chain(&["404.html"]) {
        taken.insert((*made).to_owned(), ("a page that every manual gets".into(), None));
    }
    if manual.chapters.len() > super::print::MOST_CHAPTERS {
        let parts = (1..=manual.parts.len() + 1).map(printed);
        for path in parts.chain([PRINTED_GLOSSARY.to_owned(), PRINTED_REFERENCES.to_owned()]) {
            taken.insert(path, ("a page for paper".into(), None));
        }
    }
    if manual.home.is_none() {
        taken.insert("index.html".into(), ("the home page".into(), None));
    }
    for known in &manual.parts {
        taken.insert(part(&known.folder), (format!("the page of the part \"{}\"", known.title), None));
    }
    for file in manual.attachments.iter() {
        // Only linked files are copied from elsewhere; one that a page would stand on is not told apart.
        taken.entry(file.to_owned()).or_insert_with(|| (format!("the file {file}"), None));
    }
    let mut claim = |path: String, what: String, span: Span, reports: &mut Reports| {
        if let Some((other, place)) = taken.get(&path) {
            let mut report = Diagnostic::new(
                &diag::TWO_PAGES_ONE_PATH,
                span,
                format!("{what} would be written to {path}, where {other} is"),
            )
            .help("give one of them another `id` or alias");
            if let Some(place) = place {
                report = report.other(*place, other.clone());
            }
            reports.push(report);
        } else {
            taken.insert(path, (what, Some(span)));
        }
    };
    for chapter in manual.chapters.iter().filter(|chapter| made_folder(&chapter.source)) {
        let folder = chapter.source.split('/').next().unwrap_or_default();
        reports.push(
            Diagnostic::new(
                &diag::TWO_PAGES_ONE_PATH,
                chapter.id.span,
                format!("the site keeps files of its own in `{folder}`"),
            )
            .help("give the folder another name"),
        );
    }
    for (protocol, setting) in setting_twins(manual) {
        let message =
            format!("the tables of `{}` and of `{}` would be written to the same file", protocol.key(), setting.key());
        reports.push(
            Diagnostic::new(&diag::TWO_PAGES_ONE_PATH, protocol.id.span, message).help("give one of them another `id`"),
        );
    }
    let pages: Vec<String> = manual.iter().map(|(ix, _)| chapter(manual, ix)).collect();
    let mut keys = std::collections::HashSet::new();
    for ((_, chapter), path) in manual.iter().zip(&pages) {
        // Two chapters of one id are a mistake of their own.
        if keys.insert((chapter.kind, &chapter.id.value)) {
            claim(path.clone(), format!("the chapter \"{}\"", chapter.title), chapter.id.span, reports);
            if let Some(kind) = super::forms::Sheet::of(chapter) {
                let what = format!("the {} of \"{}\"", kind.name(), chapter.title);
                claim(sheet(path, kind.name()), what, chapter.id.span, reports);
            }
        }
    }
    for ((_, chapter), path) in manual.iter().zip(&pages) {
        for old in chapter.front.lines("aliases") {
            match alias(path, &old.value) {
                Some(old_path) => claim(old_path, format!("the alias `{}`", old.value), old.span, reports),
                None => reports.push(
                    Diagnostic::new(&diag::BAD_VALUE, old.span, format!("`{}` is neither an id nor a path", old.value))
                        .help("write an old id, or an old path such as `techniques/old-name`"),
                ),
            }
        }
    }
}

/// Whether a file stands in a folder that the site needs for itself.
fn made_folder(source: &str) -> bool {
    ["static/", "data/", "search/"].iter().any(|folder| source.starts_with(folder))
}

/// A protocol `setting-x` and a setting `x`: their tables would have one name.
fn setting_twins(manual: &Manual) -> impl Iterator<Item = (&Chapter, &Chapter)> {
    manual.of_kind(Kind::Protocol).filter_map(|(_, protocol)| {
        let setting = manual.find(Kind::Setting, protocol.id.value.strip_prefix("setting-")?)?;
        Some((protocol, manual.chapter(setting)))
    })
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
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(address("assets/my picture #1.png"), "assets/my%20picture%20%231.png");
        assert_eq!(root("a/b/c.html"), "../../");
        assert_eq!(root("index.html"), "");
    }
}
