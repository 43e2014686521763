//! Relations, links, pictures and slots of one chapter: to edges, and what is wrong with them.

use std::collections::HashSet;

use crate::diag;
use crate::diag::{Diagnostic, Reports, nearest};
use crate::files::relpath;
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::link::relation::{Edge, MENTIONS};
use crate::link::resolve::{self, Resolved};
use crate::model::body::Body;
use crate::model::chapter::Chapter;
use crate::model::directive::Drawing;
use crate::model::settings::Settings;

/// In how many broken links of one text it is looked what may be meant: nobody gets so many wrong by typing.
const MOST_HELPED: usize = 200;

/// What a chapter leads to.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Leads {
    /// The chapters that it names, in the order of its front matter and then of its text, each pair of
    /// relation and chapter once.
    pub edges: Vec<Edge>,
    /// The glossary terms that it links, each once, in their order.
    pub terms: Vec<u32>,
    /// The files that it links or shows.
    pub files: Vec<String>,
}

/// What a chapter leads to.
///
/// # Reports
/// The families `link/…` and `relation/…`, and `media/no-alternative-text`.
pub fn leads(manual: &Manual, from: ChapterIx, reports: &mut Reports) -> Leads {
    leads_of(manual, from, manual.chapter(from), reports)
}

/// The same for a chapter that may take the place of the one at `from`.
///
/// # Reports
/// As [`leads`].
pub fn leads_of(manual: &Manual, from: ChapterIx, chapter: &Chapter, reports: &mut Reports) -> Leads {
    let (mut edges, mut terms, mut files) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let mut add = |to: ChapterIx, relation: &'static str| {
        if seen.insert((to, relation)) {
            edges.push(Edge { chapter: to, relation });
        }
    };
    for reference in &chapter.references {
        let target = &reference.target;
        match resolve::chapter_named(manual, &target.value, reference.kind) {
            Ok(to) => add(to, reference.relation),
            Err(problem) => {
                let problem = if reference.in_table { problem } else { problem.of_link() };
                reports.push(problem.report(target.span, reference.relation));
            }
        }
    }
    for body in chapter.bodies() {
        for found in links(manual, &chapter.source, body, reports) {
            match found {
                Resolved::Chapter(to, _) if to != from => add(to, MENTIONS),
                Resolved::Term(term) => terms.push(term),
                Resolved::File(path) => files.push(path),
                _ => {}
            }
        }
        terms.extend(&body.terms);
    }
    let films = chapter.directives.iter().filter(|directive| directive.drawing == Some(Drawing::Video));
    let of_films = films.flat_map(|film| ["file", "poster", "captions"].map(|name| film.options.line(name)));
    files.extend(of_films.flatten().filter_map(|path| relpath::resolve(&chapter.source, &path.value)));
    terms.sort_unstable();
    terms.dedup();
    Leads { edges, terms, files }
}

/// Resolves what a text links to, and then what it shows.
///
/// # Reports
/// As [`leads`].
pub fn links(manual: &Manual, source: &str, body: &Body, reports: &mut Reports) -> Vec<Resolved> {
    let mut resolved = Vec::with_capacity(body.links.len());
    let begin = reports.len();
    for link in &body.links {
        let with_help = reports.len() - begin < MOST_HELPED;
        match resolve::resolve(manual, source, &link.target, with_help) {
            Ok(found) => {
                if let Resolved::Withdrawn(at) = found {
                    let problem = resolve::withdrawn(manual, at).of_link();
                    reports.push(Diagnostic::new(problem.code, link.span, problem.message).maybe_help(problem.help));
                }
                resolved.push(found);
            }
            Err(problem) => {
                reports.push(Diagnostic::new(problem.code, link.span, problem.message).maybe_help(problem.help));
            }
        }
    }
    for picture in &body.pictures {
        let path = &picture.path;
        if picture.alternative.is_empty() {
            reports.push(
                Diagnostic::new(&diag::NO_ALTERNATIVE_TEXT, picture.span, "this picture has no text alternative")
                    .help("say in the square brackets what it shows: `![what it shows](…)`"),
            );
        }
        if path.value.contains("://") || path.value.starts_with("//") || path.value.starts_with("data:") {
            reports.push(
                Diagnostic::new(&diag::OUTSIDE_MANUAL, path.span, "a picture must be a file of the manual")
                    .help("save it in `assets/`: a page of the manual asks nothing of other sites"),
            );
            continue;
        }
        let with_help = reports.len() - begin < MOST_HELPED;
        let problem = match relpath::resolve(source, &path.value) {
            Some(found) => match resolve::file_at(manual, source, &path.value, &found, with_help) {
                Ok(file) => {
                    resolved.push(Resolved::File(file));
                    None
                }
                Err(problem) => Some(problem),
            },
            None => {
                reports.push(
                    Diagnostic::new(
                        &diag::OUTSIDE_MANUAL,
                        path.span,
                        format!("`{}` leads out of the manual folder", path.value),
                    )
                    .help("copy the picture into `assets/`"),
                );
                None
            }
        };
        if let Some(problem) = problem {
            reports.push(Diagnostic::new(problem.code, path.span, problem.message).maybe_help(problem.help));
        }
    }
    for slot in &body.slots {
        if manual.settings.slot(&slot.value).is_none() {
            reports.push(unknown_slot(&manual.settings, &slot.value, slot.span));
        }
    }
    resolved
}

fn unknown_slot(settings: &Settings, name: &str, span: crate::span::Span) -> Diagnostic {
    let near = nearest(name, settings.slots.iter().map(|slot| slot.name.value.as_str()));
    let help = match near {
        Some(near) => format!("did you mean `slot/{near}`?"),
        None => format!("add it to manual.yaml: `slots:`, then `{name}: {{ label: …, value: … }}`"),
    };
    Diagnostic::new(&diag::UNKNOWN_TARGET, span, format!("there is no slot `{name}`")).help(help)
}
