//! Whether what the options of a directive name exists.

use super::Context;
use crate::diag::{self, Diagnostic, Reports, nearest};
use crate::link::{MENTIONS, Manual, resolve};
use crate::model::Kind;
use crate::model::directive::{Directive, Drawing};
use crate::model::schema::Shape;

/// # Reports
/// `directive/bad-option`.
pub fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (_, chapter) in manual.iter() {
        for directive in &chapter.directives {
            named_chapters(manual, directive, reports);
            match directive.drawing {
                Some(Drawing::SessionSummary) => session_summary(manual, directive, reports),
                Some(Drawing::EvidenceSummary) => evidence_summary(manual, directive, reports),
                Some(Drawing::Chapters) => chapters(manual, directive, reports),
                _ => {}
            }
        }
    }
}

/// Options that take an id are named for the kind of chapter they take.
fn named_chapters(manual: &Manual, directive: &Directive, reports: &mut Reports) {
    for field in directive.options.fields.iter().filter(|field| matches!(field.shape, Shape::Id)) {
        let Some(id) = directive.options.id(field.name) else { continue };
        if let Err(problem) = resolve::chapter_named(manual, &id.value, Kind::from_name(field.name)) {
            reports.push(Diagnostic::new(&diag::BAD_OPTION, id.span, problem.message).maybe_help(problem.help));
        }
    }
}

fn session_summary(manual: &Manual, directive: &Directive, reports: &mut Reports) {
    let options = &directive.options;
    if let (Some(protocol), Some(setting)) = (options.id("protocol"), options.id("setting")) {
        reports.push(
            Diagnostic::new(
                &diag::BAD_OPTION,
                setting.span,
                "a session summary shows a protocol or a setting, not both",
            )
            .other(protocol.span, "the protocol")
            .help("leave one of them out"),
        );
    }
    let none_named = !options.is_given("protocol") && !options.is_given("setting");
    if none_named && manual.default_protocol.is_none() && !manual.settings.record.is_given("default-protocol") {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, directive.span, "no protocol is named, and the manual has none")
                .help("add `protocol: …`, or name a `default-protocol` in manual.yaml"),
        );
    }
}

fn evidence_summary(manual: &Manual, directive: &Directive, reports: &mut Reports) {
    let Some(condition) = directive.options.line("condition") else { return };
    if manual.of_kind(Kind::Evidence).any(|(_, chapter)| is_about(chapter, &condition.value)) {
        return;
    }
    let conditions: Vec<&str> = manual
        .of_kind(Kind::Evidence)
        .flat_map(|(_, chapter)| {
            let condition = chapter.front.line("condition").map(|condition| condition.value.as_str());
            condition.into_iter().chain(std::iter::once(chapter.id.value.as_str()))
        })
        .collect();
    let help = nearest(&condition.value, conditions).map(|near| format!("did you mean `{near}`?"));
    let message = format!("no evidence chapter is about `{}`", condition.value);
    reports.push(Diagnostic::new(&diag::BAD_OPTION, condition.span, message).maybe_help(help));
}

/// Whether an evidence chapter is meant by a condition: by its id, or its condition's own words.
pub fn is_about(chapter: &crate::model::Chapter, condition: &str) -> bool {
    chapter.id.value == condition
        || chapter.front.line("condition").is_some_and(|own| own.value.to_lowercase() == condition.to_lowercase())
}

fn chapters(manual: &Manual, directive: &Directive, reports: &mut Reports) {
    let options = &directive.options;
    if let Some(part) = options.line("part")
        && !manual.parts.iter().any(|known| known.folder == part.value)
    {
        let near = nearest(&part.value, manual.parts.iter().map(|part| part.folder.as_str()));
        let message = format!("no part has the folder `{}`", part.value);
        let help = near.map(|near| format!("did you mean `{near}`?"));
        reports.push(Diagnostic::new(&diag::BAD_OPTION, part.span, message).maybe_help(help));
    }
    if let Some(of) = options.line("of")
        && let Err(problem) = resolve::chapter_named(manual, &of.value, None)
    {
        reports.push(Diagnostic::new(&diag::BAD_OPTION, of.span, problem.message).maybe_help(problem.help));
    }
    if let Some(relation) = options.line("relation") {
        let known = relations();
        if !known.contains(&relation.value.as_str()) {
            let help = match nearest(&relation.value, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("there are {}", known.join(", ")),
            };
            let message = format!("there is no relation `{}`", relation.value);
            reports.push(Diagnostic::new(&diag::BAD_OPTION, relation.span, message).help(help));
        }
    }
    if !["kind", "part", "relation"].iter().any(|name| options.is_given(name)) {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, directive.span, "this does not say which chapters")
                .help("add `kind: …`, `part: …` or `relation: …`"),
        );
    }
}

/// The names of all relations.
pub fn relations() -> Vec<&'static str> {
    let takes_chapters = |shape: Shape| match shape {
        Shape::Ids(_) | Shape::AnyIds => true,
        Shape::Records(fields) => fields.iter().any(|field| matches!(field.shape, Shape::Id)),
        _ => false,
    };
    let fields = Kind::ALL.iter().flat_map(|kind| kind.fields());
    let mut names: Vec<&str> = fields.filter(|field| takes_chapters(field.shape)).map(|field| field.name).collect();
    names.push(MENTIONS);
    names.sort_unstable();
    names.dedup();
    names
}
