//! Starts a chapter: decides where it goes, its id, and its text.

use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::author::blank;
use crate::citation::Bibliography;
use crate::diag::{Diagnostic, Reports, Severity};
use crate::files::source::{Loaded, SourceFile, Sources};
use crate::files::theme::ThemeFiles;
use crate::link::manual::Manual;
use crate::link::resolve;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::model::kinds::common::Common;
use crate::model::settings::{self, Settings};
use crate::model::status::Status;
use crate::pipeline::{CheckOptions, Checked};
use crate::{diag, pipeline};

/// How many names an example shows.
const MOST_NAMES: usize = 3;

/// How many ids are tried before giving up.
const MOST_IDS: usize = 100;

/// What may be wrong with the id of a new chapter, whichever chapter the report is about.
const OF_IDS: [&diag::Code; 4] = [&diag::AMBIGUOUS, &diag::DUPLICATE_ID, &diag::TWO_PAGES_ONE_PATH, &diag::BAD_NAME];

/// A manual that a chapter is to join.
#[derive(Clone, Copy)]
pub(crate) struct HostManual<'a> {
    /// As it was read.
    pub(crate) loaded: &'a Loaded,
    /// The theme.
    pub(crate) theme: &'a ThemeFiles,
    /// How it is checked.
    pub(crate) options: CheckOptions,
    /// As it is without the chapter.
    pub(crate) checked: &'a Checked,
}

/// Why there is no new chapter.
#[derive(Debug)]
pub(crate) enum NewError {
    /// A chapter of the kind has the title already.
    SameTitle {
        /// Its id.
        id: String,
        /// Its path in the manual.
        source: String,
    },
    /// All ids like this one are taken.
    AllTaken(String),
}

/// What is wrong with manual.yaml, or with the path to the folder for the chapter.
pub(crate) fn wrong(loaded: &Loaded, reports: &Reports, kind: Kind) -> Reports {
    let Some((file, source)) = loaded.sources.find("manual.yaml") else { return reports.clone() };
    let mut found = Reports::new();
    let folder = format!("{}/", folder(&settings::parse(file, &source.text, &mut found), kind));
    let is_on_the_way = |report: &&Diagnostic| {
        let path = &loaded.sources.get(report.span().file).path;
        report.span().file == file || folder.starts_with(&format!("{path}/"))
    };
    let unread: Reports = reports.iter().filter(is_on_the_way).cloned().collect();
    if !unread.is_empty() {
        return unread;
    }
    found.retain(|report| report.severity == Severity::Error);
    found
}

/// A chapter to be written.
pub(crate) struct NewChapter {
    /// Its folder.
    pub(crate) folder: String,
    /// Its path in the manual.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// Its id.
    pub(crate) id: String,
    /// How links name it.
    pub(crate) link: String,
    /// Why its id is not made from its title; empty if it is.
    pub(crate) why: String,
}

/// The chapter with the first id that works: the manual has no more errors with it than before.
///
/// # Errors
/// When there is such a chapter, or no id is left.
pub(crate) fn new_chapter(kind: Kind, title: &str, manual: HostManual<'_>) -> Result<NewChapter, NewError> {
    let HostManual { loaded, theme, options, checked: before } = manual;
    let manual = &before.manual;
    let folder = folder(&manual.settings, kind);
    let place = place(manual, &folder);
    // Nobody has read it yet, and there is nothing to read.
    let mut told = vec![(Common::KEYS.status, Status::Draft.name().to_owned())];
    if let PlaceInPart::InFront(number) = place {
        told.push((Common::KEYS.order, number.to_string()));
    }
    let usual = manual.settings.parts.iter().find(|part| part.folder.value == folder);
    if usual.is_some_and(|part| part.kind != kind) {
        told.push((Common::KEYS.kind, kind.name().to_owned()));
    }
    let examples = ManualExamples { manual, bibliography: before.bibliography() };
    let text = blank::chapter(kind, title, &told, &examples);
    let wanted = blank::id_of(title);
    let has_id = |id: &str| chapters(manual).find(|chapter| chapter.kind == kind && chapter.id.value == id);
    // Its id may have been made of that title, too.
    let is_it = |chapter: &&Chapter| {
        chapter.kind == kind && chapter.id.value.contains(&wanted) && plain(&chapter.title) == plain(title)
    };
    if let Some(there) = chapters(manual).find(is_it) {
        return Err(NewError::SameTitle { id: there.id.value.clone(), source: there.source.clone() });
    }
    let same = has_id(&wanted);
    let mut why = same.map(|there| format!("this is the id of \"{}\", {}", there.title, there.source));
    let name = kind.name();
    let by_kind = [format!("{wanted}-{name}"), format!("{name}-{wanted}")];
    let by_kind = by_kind.into_iter().filter(|_| same.is_none());
    let by_number =
        (2..MOST_IDS).flat_map(|number| [format!("{wanted}-{number}"), format!("{name}-{wanted}-{number}")]);
    for id in [wanted.clone()].into_iter().chain(by_kind).chain(by_number) {
        let path = match place {
            PlaceInPart::InName { number, digits } => format!("{folder}/{number:0digits$}-{id}.md"),
            PlaceInPart::InFront(_) | PlaceInPart::None => format!("{folder}/{id}.md"),
        };
        if has_id(&id).is_some() || loaded.sources.find(&path).is_some() {
            continue;
        }
        let with = with(loaded, &path, &text);
        let after = pipeline::check(&with, theme, options, Reports::new());
        match new_fault(before, &after, &with.sources, &path, &id) {
            Some(fault) => drop(why.get_or_insert(fault)),
            None => {
                let is_alone = resolve::chapter_named(&after.manual, &id, None).is_ok();
                let link = if is_alone { id.clone() } else { crate::model::chapter::key(kind, &id) };
                let why = why.map(|why| format!("(The id cannot be `{wanted}`: {why}.) ")).unwrap_or_default();
                return Ok(NewChapter { folder, path, text, id, link, why });
            }
        }
    }
    Err(NewError::AllTaken(wanted))
}

/// A title as people may remember it: without accents, signs, and upper or lower case.
fn plain(title: &str) -> String {
    title.nfd().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The manual with one more text.
fn with(loaded: &Loaded, path: &str, text: &str) -> Loaded {
    let new = SourceFile { path: path.into(), shown: path.into(), text: Arc::new(text.into()) };
    let files = loaded.sources.iter().map(|(_, source)| source.clone()).chain([new]).collect();
    Loaded { sources: Sources::new(files), attachments: loaded.attachments.clone() }
}

/// What would be wrong with the ids of the manual that was not before, if the new chapter had this one.
fn new_fault(before: &Checked, after: &Checked, sources: &Sources, path: &str, id: &str) -> Option<String> {
    let of_ids = |checked: &Checked| {
        let of_ids = |report: &&Diagnostic| OF_IDS.contains(&report.code);
        checked.reports.iter().filter(of_ids).cloned().collect::<Vec<_>>()
    };
    let (old, new) = (of_ids(before), of_ids(after));
    if new.len() > old.len() {
        let is_new = |report: &&Diagnostic| old.iter().all(|old| old.message != report.message);
        let fault = new.iter().find(is_new).or(new.first())?;
        let place = &sources.get(fault.span().file).path;
        let place = if place == path { String::new() } else { format!(", in {place}") };
        return Some(format!("{}{place}", fault.message));
    }
    let chapter = after.manual.at(path).map(|at| after.manual.chapter(at))?;
    (chapter.id.value != id).then(|| "its number would be read as the position of the chapter".to_owned())
}

/// All chapters, including those that are not published.
fn chapters(manual: &Manual) -> impl Iterator<Item = &Chapter> {
    manual.chapters.iter().chain(&manual.drafts).chain(manual.withdrawn.iter().map(|withdrawn| &withdrawn.chapter))
}

/// The folder for chapters of a kind: that of the first part of it, or the usual one.
fn folder(settings: &Settings, kind: Kind) -> String {
    let part = settings.parts.iter().find(|part| part.kind == kind);
    part.map_or_else(|| kind.plural().to_owned(), |part| part.folder.value.clone())
}

/// Where the chapter comes in its part.
#[derive(Clone, Copy)]
enum PlaceInPart {
    /// A number before the id in the file's name.
    InName { number: i64, digits: usize },
    /// A number in the front matter.
    InFront(i64),
    /// None: the part is sorted by titles.
    None,
}

/// The number after all others in a folder, written in the same way.
fn place(manual: &Manual, folder: &str) -> PlaceInPart {
    let names = chapters(manual).filter_map(|chapter| {
        let (of, name) = chapter.source.rsplit_once('/')?;
        (of == folder).then_some((name, chapter))
    });
    let (mut last, mut digits, mut is_empty, mut in_front) = (0, 0, true, false);
    for (name, chapter) in names {
        is_empty = false;
        if let Some(order) = chapter.order {
            last = last.max(order);
            in_front |= chapter.common().order().is_some();
        }
        let leading = name.bytes().take_while(u8::is_ascii_digit).count();
        if leading > 0 && name.as_bytes().get(leading) == Some(&b'-') {
            digits = digits.max(leading);
        }
    }
    match (digits, is_empty) {
        (0, true) => PlaceInPart::InName { number: 1, digits: 2 },
        (0, false) if in_front => PlaceInPart::InFront(last + 1),
        (0, false) => PlaceInPart::None,
        (digits, _) => PlaceInPart::InName { number: last + 1, digits },
    }
}

/// A part's title for a kind.
pub(crate) fn titled(kind: Kind) -> String {
    let words = kind.plural().replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a manual has, for examples.
struct ManualExamples<'a> {
    manual: &'a Manual,
    bibliography: &'a Bibliography,
}

impl blank::Examples for ManualExamples<'_> {
    fn ids(&self, kind: Option<Kind>) -> Vec<String> {
        let chapters = self.manual.chapters.iter().filter(|chapter| kind.is_none_or(|kind| chapter.kind == kind));
        let name = |chapter: &Chapter| if kind.is_some() { chapter.id.value.clone() } else { chapter.key() };
        chapters.take(MOST_NAMES).map(name).collect()
    }

    fn works(&self) -> Vec<String> {
        self.bibliography.keys().take(1).map(str::to_owned).collect()
    }
}
