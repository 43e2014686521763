//! `iptbook new`: a chapter to begin with.

use std::collections::BTreeMap;

use super::args::New;
use super::{Failure, answer, shown, today};
use crate::citation::Bibliography;
use crate::diag::Reports;
use crate::link::Manual;
use crate::model::{Chapter, Kind, blank};
use crate::pipeline::{self, Options};
use crate::{load, write};

/// How many names an example shows.
const MOST_NAMES: usize = 3;

/// Writes a chapter and says where.
pub(super) fn run(args: &New) -> Result<(), Failure> {
    let mut reports = Reports::new();
    let mut loaded = load::manual(&args.manual, &mut reports)?;
    let theme = load::theme(None, &mut loaded.sources)?;
    // What is wrong with the manual is for `check` to say.
    let checked = pipeline::check(&loaded, &theme, Options { as_of: today(), drafts: true }, reports);
    let manual = &checked.manual;
    let kind = args.kind;
    let id = blank::id_of(&args.title);
    if let Some(there) = chapters(manual).find(|chapter| chapter.kind == kind && chapter.id.value == id) {
        let there = shown(&args.manual.join(&there.source));
        return Err(Failure::Usage(format!("there is {} with the id `{id}` already: {there}", kind.with_article())));
    }
    let folder = folder(manual, kind);
    let place = place(manual, &folder);
    let path = match place {
        Place::InName { number, digits } => format!("{folder}/{number:0digits$}-{id}.md"),
        Place::InFront(_) | Place::None => format!("{folder}/{id}.md"),
    };
    let order = match place {
        Place::InFront(number) => Some(number),
        _ => None,
    };
    let known = Of { manual, bibliography: checked.bibliography() };
    let text = blank::chapter(kind, &args.title, order, &known);
    write::more_files(&args.manual, &BTreeMap::from([(path.clone(), text.into_bytes())]))?;
    let missing = kind.fields().iter().filter(|field| field.required && field.name != "title");
    let missing: Vec<String> =
        missing.map(|field| field.name).chain(["summary"]).map(|name| format!("`{name}`")).collect();
    let mut said = format!(
        "{}\nIts id is `{id}`: [[{id}]] leads to it. Fill in {}; the other keys are there as comments.",
        shown(&args.manual.join(&path)),
        missing.join(" and ")
    );
    if !manual.settings.parts.is_empty() && manual.settings.parts.iter().all(|part| part.folder.value != folder) {
        said.push_str(&format!(
            "\nNo part of manual.yaml has this folder yet. Add under `parts:`\n  - title: {}\n    folder: {folder}\n    kind: {}",
            titled(kind),
            kind.name()
        ));
    }
    answer(&said)
}

/// All chapters, those that are not published too.
fn chapters(manual: &Manual) -> impl Iterator<Item = &Chapter> {
    manual.chapters.iter().chain(&manual.drafts).chain(manual.withdrawn.iter().map(|withdrawn| &withdrawn.chapter))
}

/// The folder for chapters of a kind: that of the first part of it, or the usual one.
fn folder(manual: &Manual, kind: Kind) -> String {
    let part = manual.settings.parts.iter().find(|part| part.kind == kind);
    part.map_or_else(|| kind.plural().to_owned(), |part| part.folder.value.clone())
}

/// Where the chapter comes in its part.
#[derive(Clone, Copy)]
enum Place {
    /// A number before the id in the file's name.
    InName { number: i64, digits: usize },
    /// A number in the front matter.
    InFront(i64),
    /// None: the part is sorted by titles.
    None,
}

/// The place after all others of a folder, written as theirs are.
fn place(manual: &Manual, folder: &str) -> Place {
    let names = chapters(manual).filter_map(|chapter| {
        let (of, name) = chapter.source.rsplit_once('/')?;
        (of == folder).then_some((name, chapter))
    });
    let (mut last, mut digits, mut is_empty, mut in_front) = (0, 0, true, false);
    for (name, chapter) in names {
        is_empty = false;
        if let Some(order) = chapter.order {
            last = last.max(order);
            in_front |= chapter.front.integer("order").is_some();
        }
        let leading = name.bytes().take_while(u8::is_ascii_digit).count();
        if leading > 0 && name.as_bytes().get(leading) == Some(&b'-') {
            digits = digits.max(leading);
        }
    }
    match (digits, is_empty) {
        (0, true) => Place::InName { number: 1, digits: 2 },
        (0, false) if in_front => Place::InFront(last + 1),
        (0, false) => Place::None,
        (digits, _) => Place::InName { number: last + 1, digits },
    }
}

/// A part's title for a kind.
fn titled(kind: Kind) -> String {
    let words = kind.plural().replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What a manual has, for examples.
struct Of<'a> {
    manual: &'a Manual,
    bibliography: &'a Bibliography,
}

impl blank::Known for Of<'_> {
    fn ids(&self, kind: Option<Kind>) -> Vec<String> {
        let chapters = self.manual.chapters.iter().filter(|chapter| kind.is_none_or(|kind| chapter.kind == kind));
        let name = |chapter: &Chapter| if kind.is_some() { chapter.id.value.clone() } else { chapter.key() };
        chapters.take(MOST_NAMES).map(name).collect()
    }

    fn works(&self) -> Vec<String> {
        self.bibliography.keys().take(1).map(str::to_owned).collect()
    }
}
