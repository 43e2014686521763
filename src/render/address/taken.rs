//! Reports two things that want the same path, and paths that are not possible on some systems.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::files::relpath::folded;
use crate::link::manual::Manual;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::model::raw_html::RawHtml;
use crate::model::status::Status;
use crate::render::address::made::{MOST_CHAPTERS, MadePage, PageCondition};
use crate::render::address::paths;
use crate::render::address::sheet::Sheet;
use crate::span::Span;

/// What is where in the site, by paths as a disk without upper and lower case compares them.
#[derive(Default)]
struct TakenPaths {
    files: HashMap<String, PathOwner>,
    /// What is in each folder, for one of its files.
    folders: HashMap<String, String>,
}

impl TakenPaths {
    fn take(&mut self, path: &str, what: String, place: Option<Span>) {
        let key = folded(path);
        for folder in folders_of(&key) {
            if !self.folders.contains_key(folder) {
                self.folders.insert(folder.to_owned(), what.clone());
            }
        }
        let path = (key != path).then(|| path.to_owned());
        self.files.entry(key.into_owned()).or_insert(PathOwner { path, what, place });
    }

    /// Claims a path for something that an author wants there.
    ///
    /// # Reports
    /// What is there already.
    fn claim(&mut self, path: String, what: String, span: Span, reports: &mut Reports) {
        let key = folded(&path);
        let (conflict, place) = if let Some(taker) = self.files.get(&*key) {
            let theirs = taker.path.as_deref().unwrap_or(&key);
            let but =
                if theirs == path { String::new() } else { format!("; only its capital letters differ from {theirs}") };
            (format!("where {} is{but}", taker.what), taker.place.map(|place| (place, taker.what.clone())))
        } else if let Some(inside) = self.folders.get(&*key) {
            (format!("which is the folder of {inside}"), None)
        } else if let Some(taker) = folders_of(&key).find_map(|folder| self.files.get(folder)) {
            (format!("but {} is not a folder", taker.what), taker.place.map(|place| (place, taker.what.clone())))
        } else {
            return self.take(&path, what, Some(span));
        };
        let message = format!("{what} would be written to {path}, {conflict}");
        let mut report =
            Diagnostic::new(&diag::TWO_PAGES_ONE_PATH, span, message).help("give one of them another `id` or alias");
        if let Some((place, other)) = place {
            report = report.other(place, other);
        }
        reports.push(report);
    }
}

/// What has a path.
struct PathOwner {
    /// The path, if it is not its usual name.
    path: Option<String>,
    what: String,
    /// The place that wants it, if an author wrote it.
    place: Option<Span>,
}

/// The folders in a path.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// The most bytes of a file's name that this program makes longer by endings; systems allow 255.
const LONGEST_NAME: usize = 200;

/// Why a file with this path is not possible on some system: a name that is too long for all, or that Windows keeps for
/// itself.
fn fault_of_name(path: &str) -> Option<String> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let is_device = |name: &str| {
        let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
        let numbered = ["com", "lpt"].iter().find_map(|device| stem.strip_prefix(device));
        DEVICES.contains(&stem.as_str()) || numbered.is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']))
    };
    path.split('/').find_map(|name| {
        let forbidden = |letter: &char| matches!(letter, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\');
        if name.len() > LONGEST_NAME {
            let begin: String = name.chars().take(30).collect();
            Some(format!("the name `{begin}…` is longer than {LONGEST_NAME} characters"))
        } else if let Some(letter) = name.chars().find(|letter| forbidden(letter)) {
            Some(format!("the name `{name}` contains `{letter}`, which Windows does not allow"))
        } else if name.chars().any(char::is_control) {
            Some(format!("the name `{}` contains an invisible character", name.escape_default()))
        } else if name.ends_with(['.', ' ']) {
            Some(format!(
                "the name `{name}` ends with a {}, which Windows does not allow",
                if name.ends_with('.') { "full stop" } else { "space" }
            ))
        } else {
            is_device(name).then(|| format!("the name `{name}` is reserved on Windows"))
        }
    })
}

/// Looks for two things that want the same path, and for names that are not possible on some system.
///
/// # Reports
/// `page/two-pages-one-path`, `file/name`, `file/unreadable`, `html/unsafe`, and `front-matter/bad-value` for aliases
/// that are no paths.
pub(crate) fn check(manual: &Manual, reports: &mut Reports) {
    let mut taken = TakenPaths::default();
    take_pages_of_the_tool(manual, &mut taken);
    check_attachments(manual, &mut taken, reports);
    check_folders(manual, reports);
    check_tables(manual, reports);
    let pages: Vec<String> = manual.iter().map(|(ix, _)| paths::chapter(manual, ix)).collect();
    let withdrawn: Vec<String> = manual.withdrawn.iter().map(paths::withdrawn).collect();
    check_chapters(manual, [&pages, &withdrawn], &mut taken, reports);
    let withdrawn = manual.withdrawn.iter().map(|gone| &gone.chapter).zip(&withdrawn);
    for (chapter, path) in manual.chapters.iter().zip(&pages).chain(withdrawn) {
        check_aliases(chapter, path, &mut taken, reports);
    }
}

/// Claims the paths of pages that no author wrote.
fn take_pages_of_the_tool(manual: &Manual, taken: &mut TakenPaths) {
    for page in MadePage::of(manual) {
        let what = match page.condition() {
            PageCondition::Always => "a page that every manual gets",
            PageCondition::WhereLarge => "a page for paper",
            PageCondition::WithoutHomeChapter => "the home page",
        };
        taken.take(page.path(), what.into(), None);
    }
    if manual.chapters.len() > MOST_CHAPTERS {
        for number in 1..=manual.parts.len() + 1 {
            taken.take(&paths::printed(number), "a page for paper".into(), None);
        }
    }
    for part in &manual.parts {
        taken.take(&paths::part(&part.folder), format!("the page of the part \"{}\"", part.title), None);
    }
}

/// Claims the paths of files that are not texts, and checks those that are copied.
fn check_attachments(manual: &Manual, taken: &mut TakenPaths, reports: &mut Reports) {
    let place = Span::top(manual.settings.file);
    let trusts = manual.settings.raw_html == RawHtml::Trust;
    let mut spelled: HashMap<Cow<'_, str>, &str> = HashMap::new();
    for file in manual.attachments.iter() {
        // Only linked files are copied from elsewhere; one that a page would stand on is not told apart.
        taken.take(file, format!("the file {file}"), None);
        let is_copied = manual.is_published(file);
        if let Some(why) = manual.attachments.fault_of(file).filter(|_| is_copied) {
            let message = format!("{file} cannot be read: {why}");
            reports.push(Diagnostic::new(&diag::UNREADABLE, place, message).help("make it readable, or remove it"));
        }
        if let Some(act) = manual.attachments.act_of(file).filter(|_| is_copied && !trusts) {
            let message = format!("the picture {file} may run a program when somebody opens it: it contains {act}");
            reports.push(
                Diagnostic::new(&diag::UNSAFE_HTML, place, message)
                    .help("save it without scripts (as \"plain SVG\"), or as a PNG"),
            );
        }
        if let Some(fault) = fault_of_name(file).filter(|_| is_copied) {
            let message = format!("{file}: {fault}");
            reports.push(Diagnostic::new(&diag::BAD_NAME, place, message).help("rename the file"));
        }
        if let Some(other) = spelled.insert(folded(file), file).filter(|_| is_copied) {
            let message = format!("only capital letters differ between the names {other} and {file}");
            reports.push(Diagnostic::new(&diag::BAD_NAME, place, message).help("rename one of the files"));
        }
    }
}

/// Reports chapters in folders that the site needs for itself.
fn check_folders(manual: &Manual, reports: &mut Reports) {
    for chapter in manual.chapters.iter().filter(|chapter| made_folder(&chapter.source)) {
        let folder = chapter.source.split('/').next().unwrap_or_default();
        reports.push(
            Diagnostic::new(
                &diag::TWO_PAGES_ONE_PATH,
                chapter.id.span,
                format!("the folder `{folder}` is reserved for files of the site"),
            )
            .help("rename the folder"),
        );
    }
}

/// Reports tables of sessions that would be the same file.
fn check_tables(manual: &Manual, reports: &mut Reports) {
    for (protocol, setting) in setting_twins(manual) {
        let message =
            format!("the tables of `{}` and of `{}` would be written to the same file", protocol.key(), setting.key());
        reports.push(
            Diagnostic::new(&diag::TWO_PAGES_ONE_PATH, protocol.id.span, message).help("give one of them another `id`"),
        );
    }
}

/// Claims the paths of chapters with their blank sheets, and of those that were withdrawn. `pages` and `withdrawn` are
/// their paths.
fn check_chapters(manual: &Manual, [pages, withdrawn]: [&[String]; 2], taken: &mut TakenPaths, reports: &mut Reports) {
    // Two chapters of one id are a mistake of their own.
    let mut keys = HashSet::new();
    for (chapter, path) in manual.chapters.iter().zip(pages) {
        if let Some(fault) = fault_of_name(path) {
            reports.push(
                Diagnostic::new(&diag::BAD_NAME, chapter.id.span, fault)
                    .help("give the chapter another `id`, or rename its folder"),
            );
        }
        if keys.insert((chapter.kind, &chapter.id.value)) {
            taken.claim(path.clone(), format!("the chapter \"{}\"", chapter.title), chapter.id.span, reports);
            if let Some(sheet) = Sheet::of(chapter) {
                let what = format!("the {} of \"{}\"", sheet.name(), chapter.title);
                taken.claim(paths::sheet(path, sheet.name()), what, chapter.id.span, reports);
            }
        }
    }
    for (gone, path) in manual.withdrawn.iter().zip(withdrawn) {
        let chapter = &gone.chapter;
        // A home page that is withdrawn is a mistake of its own.
        if chapter.source != "index.md" && keys.insert((chapter.kind, &chapter.id.value)) {
            taken.claim(path.clone(), format!("the chapter \"{}\"", chapter.title), chapter.id.span, reports);
        }
    }
}

/// Claims the old paths of a chapter, whose page is at `path`, and of its blank sheet.
fn check_aliases(chapter: &Chapter, path: &str, taken: &mut TakenPaths, reports: &mut Reports) {
    let sheet = Sheet::of(chapter).filter(|_| chapter.status != Status::Withdrawn);
    for old in chapter.common().aliases() {
        let Some(old_path) = paths::alias(path, &old.value) else {
            reports.push(
                Diagnostic::new(&diag::BAD_VALUE, old.span, format!("`{}` is not an id or a path", old.value))
                    .help("write an old id, or an old path such as `techniques/old-name`"),
            );
            continue;
        };
        if let Some(sheet) = sheet {
            let what = format!("the {} of the alias `{}`", sheet.name(), old.value);
            taken.claim(paths::sheet(&old_path, sheet.name()), what, old.span, reports);
        }
        taken.claim(old_path, format!("the alias `{}`", old.value), old.span, reports);
    }
}

/// Whether a file is in a folder that the site needs for itself.
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
    fn names_that_some_system_forbids() {
        let long = "x".repeat(201);
        for path in ["a/con.html", "Aux/b.html", "a/com1", "a?.pdf", "a:b", "a./b", "a /b", &long, "a\u{1}"] {
            assert!(fault_of_name(path).is_some(), "{path}");
        }
        for path in ["a/console.html", "com10.html", "com.html", "ümlaut 1 (b).pdf", "a.b/c#d%20.html"] {
            assert_eq!(fault_of_name(path), None);
        }
    }
}
