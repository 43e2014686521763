//! Turns the relations, links and pictures of one chapter into what they mean, and that into edges. Reports those that
//! lead nowhere.

use std::collections::HashSet;

use crate::diag::{self, Diagnostic, Fix, Reports, nearest};
use crate::files::relpath;
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::link::relation::{Edge, MENTIONS};
use crate::link::resolve;
use crate::link::targets::{Resolved, Targets, TargetsBuilder};
use crate::model::body::{Body, Picture};
use crate::model::chapter::Chapter;
use crate::model::directive::{Directive, DirectiveOptions};
use crate::model::kind::Kind;
use crate::model::schema;
use crate::model::schema::record::FieldValue;
use crate::model::settings::Settings;

/// For how many broken links of one text a suggestion is looked for: nobody mistypes so many.
const MOST_HELPED: usize = 200;

/// What a chapter leads to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct OutgoingLinks {
    /// The chapters that it names, in the order of its front matter and then of its text, each pair of
    /// relation and chapter once.
    pub(crate) edges: Vec<Edge>,
    /// The glossary terms that it links, each once, in their order.
    pub(crate) terms: Vec<u32>,
    /// The files that it links or shows.
    pub(crate) files: Vec<String>,
}

/// Finds out what all links, names and pictures of a chapter mean, and so what it leads to.
///
/// # Reports
/// The families `link/…` and `relation/…`, and `media/no-alternative-text`.
pub(crate) fn outgoing(
    manual: &Manual,
    from: ChapterIx,
    chapter: &Chapter,
    reports: &mut Reports,
) -> (OutgoingLinks, Targets) {
    let mut targets = TargetsBuilder::default();
    for reference in &chapter.references {
        let target = &reference.target;
        match resolve::chapter_named(manual, &target.value, reference.kind) {
            Ok(to) => targets.name(target.span, to),
            Err(problem) => {
                let problem = if reference.in_table { problem } else { problem.of_link() };
                reports.push(problem.report(target.span, reference.relation));
            }
        }
    }
    for body in chapter.bodies() {
        links(manual, &chapter.source, body, &mut targets, reports);
    }
    for directive in &chapter.directives {
        options(manual, &chapter.source, directive, &mut targets);
    }
    let targets = targets.finish();
    (outgoing_of(from, chapter, &targets), targets)
}

/// What a chapter leads to, if this is what its links, names and pictures mean.
pub(crate) fn outgoing_of(from: ChapterIx, chapter: &Chapter, targets: &Targets) -> OutgoingLinks {
    let (mut edges, mut terms, mut files) = (Vec::new(), Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    let mut add = |to: ChapterIx, relation: &'static str| {
        if seen.insert((to, relation)) {
            edges.push(Edge { chapter: to, relation });
        }
    };
    for reference in &chapter.references {
        if let Some(to) = targets.name(reference.target.span) {
            add(to, reference.relation);
        }
    }
    for body in chapter.bodies() {
        for found in targets.of_text(body).iter().flatten() {
            match found {
                Resolved::Chapter(to, _) if *to != from => add(*to, MENTIONS),
                Resolved::Term(term) => terms.push(*term),
                Resolved::File(path) => files.push(path.clone()),
                _ => {}
            }
        }
        terms.extend(&body.terms);
    }
    files.extend(targets.files().map(str::to_owned));
    terms.sort_unstable();
    terms.dedup();
    OutgoingLinks { edges, terms, files }
}

/// Finds out what all links, names and pictures of the glossary mean.
///
/// # Reports
/// As [`outgoing`].
pub(crate) fn of_glossary(manual: &Manual, reports: &mut Reports) -> Targets {
    let mut targets = TargetsBuilder::default();
    for term in &manual.lexicon.terms {
        links(manual, "glossary.yaml", &term.definition.body, &mut targets, reports);
        for see in &term.see {
            match resolve::chapter_named(manual, &see.value, None) {
                Ok(chapter) => targets.name(see.span, chapter),
                Err(problem) => reports.push(problem.of_link().report(see.span, "see")),
            }
        }
    }
    targets.finish()
}

/// Finds the chapters and files that the options of a directive name. Those that cannot be found are reported when
/// directives are checked.
fn options(manual: &Manual, source: &str, directive: &Directive, targets: &mut TargetsBuilder) {
    for (field, value) in directive.options.iter() {
        if let FieldValue::Id(id) = value
            && let Some(kind) = Kind::from_name(field.name)
            && let Some(chapter) = manual.find(kind, &id.value)
        {
            targets.name(id.span, chapter);
        }
    }
    match directive.read() {
        Some(DirectiveOptions::Chapters(options)) => {
            if let Some(of) = options.of()
                && let Ok(chapter) = resolve::chapter_named(manual, &of.value, None)
            {
                targets.name(of.span, chapter);
            }
        }
        Some(DirectiveOptions::Video(options)) => {
            for (_, path) in options.files() {
                if let Some(found) = relpath::resolve(source, &path.value)
                    && let Ok(file) = resolve::file_at(manual, source, &path.value, &found, false)
                {
                    targets.file(path.span, file);
                }
            }
        }
        _ => {}
    }
}

/// Finds what a text links to, and then what it shows.
///
/// # Reports
/// As [`outgoing`].
fn links(manual: &Manual, source: &str, body: &Body, targets: &mut TargetsBuilder, reports: &mut Reports) {
    if !body.links.is_empty() || !body.pictures.is_empty() {
        targets.text(body);
    }
    let begin = reports.len();
    for link in &body.links {
        let with_help = reports.len() - begin < MOST_HELPED;
        let found = resolve::resolve(manual, source, &link.target, with_help);
        let problem = match &found {
            Ok(Resolved::Withdrawn(at)) => Some(resolve::withdrawn(manual, *at).of_link()),
            Ok(_) => None,
            Err(problem) => Some(problem.clone()),
        };
        targets.link(found.ok());
        if let Some(problem) = problem {
            reports.push(problem.at(link.span));
        }
    }
    for picture in &body.pictures {
        let with_help = reports.len() - begin < MOST_HELPED;
        targets.link(picture_file(manual, source, picture, with_help, reports).map(Resolved::File));
    }
    for slot in &body.slots {
        if manual.settings.slot(&slot.value).is_none() {
            reports.push(unknown_slot(&manual.settings, &slot.value, slot.span));
        }
    }
}

/// Finds the file of a picture.
///
/// # Reports
/// As [`outgoing`].
fn picture_file(
    manual: &Manual,
    source: &str,
    picture: &Picture,
    with_help: bool,
    reports: &mut Reports,
) -> Option<String> {
    let path = &picture.path;
    let id = path.value.split('#').next().unwrap_or_default();
    let bare = id.rsplit('/').next().unwrap_or_default();
    if !bare.contains('.') && manual.index.by_id.contains_key(bare) {
        let written = format!("[[{id}]]");
        let message = format!("`{id}` is a chapter, and is not shown within another one");
        let report = Diagnostic::new(&diag::MISSING_FILE, picture.span, message);
        reports.push(report.help(format!("write a link to it: `{written}`")).fix(picture.span, written));
        return None;
    }
    if let Some(typed) = schema::markup_in(&picture.title) {
        let message = format!("the caption of a picture is shown as it is typed, with `{typed}`");
        reports.push(
            Diagnostic::new(&diag::SHOWN_AS_TYPED, picture.span, message)
                .help("write the words alone. Links and citations go into the text of the chapter"),
        );
    }
    if picture.alternative.is_empty() {
        reports.push(
            Diagnostic::new(&diag::NO_ALTERNATIVE_TEXT, picture.span, "this picture has no text alternative")
                .help("write in the square brackets what it shows: `![what it shows](…)`"),
        );
    }
    if path.value.contains("://") || path.value.starts_with("//") || path.value.starts_with("data:") {
        reports.push(
            Diagnostic::new(&diag::OUTSIDE_MANUAL, path.span, "a picture must be a file of the manual")
                .help("save it in `assets/`: the manual loads nothing from other websites"),
        );
        return None;
    }
    let Some(found) = relpath::resolve(source, &path.value) else {
        let message = format!("`{}` leads out of the manual folder", path.value);
        reports
            .push(Diagnostic::new(&diag::OUTSIDE_MANUAL, path.span, message).help("copy the picture into `assets/`"));
        return None;
    };
    if let Some(format) = not_shown(&found) {
        let message = format!("browsers cannot show {format} as a picture");
        let help = if format == "a document" {
            "save the picture as PNG or JPEG, and name that file. For a link, leave out the `!`"
        } else {
            "save the picture as PNG or JPEG in `assets/`, and name that file"
        };
        reports.push(Diagnostic::new(&diag::NOT_SHOWN, path.span, message).help(help));
        return None;
    }
    match resolve::file_at(manual, source, &path.value, &found, with_help) {
        Ok(file) => Some(file),
        Err(problem) => {
            reports.push(problem.at(path.span));
            None
        }
    }
}

/// The format of a picture that browsers do not show, by the ending of its name.
fn not_shown(path: &str) -> Option<&'static str> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
    Some(match ending.as_str() {
        "heic" | "heif" | "heics" => "HEIC files",
        "tif" | "tiff" => "TIFF files",
        "emf" | "wmf" | "emz" | "wmz" => "drawings of Word (EMF, WMF)",
        "psd" | "ai" | "eps" | "ps" | "cdr" | "vsd" | "vsdx" | "pub" | "xcf" | "raw" | "dng" | "cr2" | "nef"
        | "jxl" | "jp2" | "pict" | "pct" => "files of this format",
        "pdf" | "doc" | "docx" | "odt" | "ppt" | "pptx" | "odp" | "xls" | "xlsx" | "rtf" => "a document",
        _ => return None,
    })
}

fn unknown_slot(settings: &Settings, name: &str, span: crate::span::Span) -> Diagnostic {
    let near = nearest(name, settings.slots.iter().map(|slot| slot.name.value.as_str()));
    let help = match near {
        Some(near) => format!("did you mean `slot/{near}`?"),
        None => format!("add it to manual.yaml: under `slots:`, write `{name}: {{ label: …, value: … }}`"),
    };
    let fix = near.and_then(|near| Fix::of_name(span, &format!("slot/{name}"), &format!("slot/{near}")));
    Diagnostic::new(&diag::UNKNOWN_TARGET, span, format!("there is no slot `{name}`")).help(help).maybe_fix(fix)
}
