//! Checks whether everything that the options of a directive name exists.

use crate::diag::{self, Diagnostic, Fix, Reports, nearest};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::link::relation::MENTIONS;
use crate::link::resolve;
use crate::model::chapter::Chapter;
use crate::model::directive::{
    ChaptersOptions, Directive, DirectiveOptions, SessionTimelineOptions, VideoOptions, WorksheetOptions,
};
use crate::model::kind::Kind;
use crate::model::schema::record::FieldValue;
use crate::model::schema::shape::Shape;
use crate::span::Spanned;

/// # Reports
/// `directive/bad-option`.
pub(crate) fn check(manual: &Manual, _: Context<'_>, reports: &mut Reports) {
    for (_, chapter) in manual.iter() {
        for directive in &chapter.directives {
            named_chapters(manual, directive, reports);
            let Some(options) = directive.read() else { continue };
            match options {
                DirectiveOptions::SessionSummary(options) => {
                    sessions(manual, directive, options.as_timeline(), reports)
                }
                DirectiveOptions::SessionTimeline(options) => sessions(manual, directive, options, reports),
                DirectiveOptions::EvidenceSummary(options) => condition(manual, options.condition(), reports),
                DirectiveOptions::ForestPlot(options) => condition(manual, options.condition(), reports),
                DirectiveOptions::PhaseMap(options) => {
                    protocol(manual, directive, options.is_protocol_given(), reports)
                }
                DirectiveOptions::Worksheet(options) => worksheet(manual, chapter, directive, options, reports),
                DirectiveOptions::Video(options) => video(manual, &chapter.source, directive, options, reports),
                DirectiveOptions::Chapters(options) => chapters(manual, directive, options, reports),
                _ => {}
            }
        }
    }
}

/// An option that takes an id has the name of the kind of chapter.
fn named_chapters(manual: &Manual, directive: &Directive, reports: &mut Reports) {
    for (field, value) in directive.options.iter() {
        let FieldValue::Id(id) = value else { continue };
        if manual.meant_by(id).is_none()
            && let Err(problem) = resolve::chapter_named(manual, &id.value, Kind::from_name(field.name))
        {
            let mut report = problem.at(id.span).under(&diag::BAD_OPTION);
            // A directive for a worksheet needs its form, too.
            let has_form = |fix: &Fix| {
                let worksheet = manual.find(Kind::Worksheet, &fix.text).and_then(|ix| manual.chapter(ix).worksheet());
                worksheet.is_some_and(|worksheet| worksheet.fields().len() > 0)
            };
            report.fix = report.fix.filter(|fix| field.name != Kind::Worksheet.name() || has_form(fix));
            reports.push(report);
        }
    }
}

fn sessions(manual: &Manual, directive: &Directive, options: SessionTimelineOptions<'_>, reports: &mut Reports) {
    if let (Some(protocol), Some(setting)) = (options.protocol(), options.setting()) {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, setting.span, "this can show a protocol or a setting, not both")
                .other(protocol.span, "the protocol")
                .help("remove one of them"),
        );
    }
    if !options.is_setting_given() {
        protocol(manual, directive, options.is_protocol_given(), reports);
    }
}

/// What shows a protocol needs one.
fn protocol(manual: &Manual, directive: &Directive, is_given: bool, reports: &mut Reports) {
    let is_named = is_given || manual.settings.yaml().is_default_protocol_given();
    if !is_named && manual.default_protocol.is_none() {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, directive.span, "no protocol is named, and the manual has none")
                .help("add `protocol: …`, or name a `default-protocol` in manual.yaml"),
        );
    }
}

/// A form needs a worksheet.
fn worksheet(
    manual: &Manual,
    chapter: &Chapter,
    directive: &Directive,
    options: WorksheetOptions<'_>,
    reports: &mut Reports,
) {
    let named = options.worksheet().map(|id| (id.span, manual.meant_by(id)));
    let (span, shown) = match named {
        Some((span, Some(ix))) => (span, manual.chapter(ix)),
        // An id that is none is reported already.
        Some((_, None)) => return,
        None if chapter.kind == Kind::Worksheet => (directive.span, chapter),
        None if options.is_worksheet_given() => return,
        None => {
            reports.push(
                Diagnostic::new(&diag::BAD_OPTION, directive.span, "this does not say which worksheet to show")
                    .help("add `worksheet: …` with the id of a worksheet"),
            );
            return;
        }
    };
    let is_empty = shown.worksheet().is_none_or(|worksheet| worksheet.fields().len() == 0);
    if is_empty && !shown.broken {
        let message = format!("the worksheet `{}` has no form", shown.id.value);
        let help = format!("add `fields:` to the front matter of {}", shown.source);
        reports.push(Diagnostic::new(&diag::BAD_OPTION, span, message).help(help));
    }
}

/// A film is a file of the manual or an outside address, and needs a transcript.
fn video(manual: &Manual, source: &str, directive: &Directive, options: VideoOptions<'_>, reports: &mut Reports) {
    for (name, path) in options.files() {
        if path.value.contains("://") || path.value.starts_with("//") {
            let help = match name {
                "file" => "if the video is on another website, write `address: …`; otherwise save it in `assets/`",
                _ => "save it in `assets/`: the manual loads nothing from other websites",
            };
            let message = format!("`{name}` takes a file of the manual");
            reports.push(Diagnostic::new(&diag::OUTSIDE_MANUAL, path.span, message).help(help));
            continue;
        }
        let Some(found) = crate::files::relpath::resolve(source, &path.value) else {
            let message = format!("`{}` leads out of the manual folder", path.value);
            reports
                .push(Diagnostic::new(&diag::OUTSIDE_MANUAL, path.span, message).help("copy the file into `assets/`"));
            continue;
        };
        if manual.file_meant_by(path).is_none()
            && let Err(problem) = resolve::file_at(manual, source, &path.value, &found, true)
        {
            reports.push(problem.at(path.span));
        }
    }
    if let Some(address) = options.address() {
        if !address.value.starts_with("https://") && !address.value.starts_with("http://") {
            let message = format!("`{}` is not a web address", address.value);
            reports.push(
                Diagnostic::new(&diag::BAD_OPTION, address.span, message).help(
                    "write the whole address, beginning with `https://`; for a file of the manual, write `file: …`",
                ),
            );
        }
        if let Some(file) = options.file() {
            reports.push(
                Diagnostic::new(&diag::BAD_OPTION, address.span, "a video has a `file` or an `address`, not both")
                    .other(file.span, "the file")
                    .help("remove one of them"),
            );
        }
    }
    if !options.is_transcript_given() {
        reports.push(
            Diagnostic::new(&diag::NO_TRANSCRIPT, directive.span, "this video has no transcript")
                .help("add `transcript: |`. On the lines below it, indented, write what is said and seen"),
        );
    }
}

/// A condition is that of an evidence chapter, or the id of one.
fn condition(manual: &Manual, condition: Option<&Spanned<String>>, reports: &mut Reports) {
    let Some(condition) = condition else { return };
    if manual.of_kind(Kind::Evidence).any(|(_, chapter)| is_about(chapter, &condition.value)) {
        return;
    }
    let conditions: Vec<&str> = manual
        .of_kind(Kind::Evidence)
        .flat_map(|(_, chapter)| {
            let condition = chapter.evidence().and_then(|evidence| evidence.condition());
            condition.map(Spanned::as_str).into_iter().chain(std::iter::once(chapter.id.value.as_str()))
        })
        .collect();
    let near = nearest(&condition.value, conditions);
    let help = near.map(|near| format!("did you mean `{near}`?"));
    let fix = near.and_then(|near| Fix::of_name(condition.span, &condition.value, near));
    let message = format!("no evidence chapter is about `{}`", condition.value);
    reports.push(Diagnostic::new(&diag::BAD_OPTION, condition.span, message).maybe_help(help).maybe_fix(fix));
}

/// Whether a condition means an evidence chapter: by its id, or by the words of its condition.
pub(crate) fn is_about(chapter: &Chapter, condition: &str) -> bool {
    let own = chapter.evidence().and_then(|evidence| evidence.condition());
    chapter.id.value == condition || own.is_some_and(|own| own.value.to_lowercase() == condition.to_lowercase())
}

fn chapters(manual: &Manual, directive: &Directive, options: ChaptersOptions<'_>, reports: &mut Reports) {
    if let Some(part) = options.part()
        && !manual.parts.iter().any(|known| known.folder == part.value)
    {
        let near = nearest(&part.value, manual.parts.iter().map(|part| part.folder.as_str()));
        let message = format!("no part has the folder `{}`", part.value);
        let help = near.map(|near| format!("did you mean `{near}`?"));
        let fix = near.and_then(|near| Fix::of_name(part.span, &part.value, near));
        reports.push(Diagnostic::new(&diag::BAD_OPTION, part.span, message).maybe_help(help).maybe_fix(fix));
    }
    if let Some(of) = options.of()
        && manual.meant_by(of).is_none()
        && let Err(problem) = resolve::chapter_named(manual, &of.value, None)
    {
        reports.push(problem.at(of.span).under(&diag::BAD_OPTION));
    }
    if let Some(relation) = options.relation() {
        let known = relations();
        if !known.contains(&relation.value.as_str()) {
            let near = nearest(&relation.value, known.iter().copied());
            let fix = near.and_then(|near| Fix::of_name(relation.span, &relation.value, near));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the relations are {}", known.join(", ")),
            };
            let message = format!("there is no relation `{}`", relation.value);
            reports.push(Diagnostic::new(&diag::BAD_OPTION, relation.span, message).help(help).maybe_fix(fix));
        }
    }
    if !(options.is_kind_given() || options.is_part_given() || options.is_relation_given()) {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, directive.span, "this does not say which chapters to show")
                .help("add `kind: …`, `part: …` or `relation: …`"),
        );
    }
}

/// The names of all relations.
pub(crate) fn relations() -> Vec<&'static str> {
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
