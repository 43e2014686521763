//! Relations, links, pictures and slots of one chapter: to edges, and what is wrong with them.

use std::collections::HashSet;

use crate::diag::{self, Diagnostic, Reports, nearest};
use crate::files;
use crate::link::resolve::{self, Resolved};
use crate::link::{ChapterIx, Edge, MENTIONS, Manual};
use crate::model::markdown::Body;
use crate::model::settings::Settings;

/// What a chapter names, in the order of its front matter and then of its text, each pair of
/// relation and chapter once.
///
/// # Reports
/// The families `link/…` and `relation/…`, and `media/no-alternative-text`.
pub fn edges(manual: &Manual, from: ChapterIx, reports: &mut Reports) -> Vec<Edge> {
    let chapter = manual.chapter(from);
    let mut edges = Vec::new();
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
            Err(problem) => reports.push(problem.report(target.span, reference.relation)),
        }
    }
    for body in chapter.bodies() {
        for found in links(manual, &chapter.source, body, reports) {
            if let Resolved::Chapter(to, _) = found
                && to != from
            {
                add(to, MENTIONS);
            }
        }
    }
    edges
}

/// Resolves what a text links to and shows.
///
/// # Reports
/// As [`edges`].
pub fn links(manual: &Manual, source: &str, body: &Body, reports: &mut Reports) -> Vec<Resolved> {
    let mut resolved = Vec::with_capacity(body.links.len());
    for link in &body.links {
        match resolve::resolve(manual, source, &link.target) {
            Ok(found) => resolved.push(found),
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
        let problem = match files::resolve(source, &path.value) {
            Some(found) => resolve::file_at(manual, source, &path.value, &found).err(),
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
