//! Turns reports into text for people and for machines.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::cli::output::number;
use crate::diag::{self, Diagnostic, Severity, count};
use crate::files::position::{Positions, boundary};
use crate::files::source::{SourceFile, Sources};
use crate::span::Span;

/// The longest stretch of a line that is drawn, in characters; a longer line is drawn without its source.
const WIDEST: usize = 400;

/// The most reports that are drawn; nobody reads more at once.
const MOST_DRAWN: usize = 100;

/// Draws reports on standard error, as a compiler does, with their number at the end. If there are very many, errors
/// come before warnings.
pub(crate) fn text(reports: &[Diagnostic], sources: &Sources) {
    crate::cli::progress::end();
    // A closed pipe is no reason to fail.
    let _ = std::io::stderr().write_all(drawn(reports, sources).as_bytes());
}

/// What [`text`] draws.
pub(crate) fn drawn(reports: &[Diagnostic], sources: &Sources) -> String {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut drawn = String::new();
    for report in first(reports) {
        drawn.push_str(&draw(report, sources, &renderer.clone().decor_style(DecorStyle::Ascii)));
        drawn.push_str("\n\n");
    }
    if let Some(first) = reports.first() {
        let code = first.code.name;
        let _ = writeln!(drawn, "More about a code: `iptbook explain CODE`, such as `iptbook explain {code}`");
        drawn.push_str(&sum(reports));
        if reports.len() > MOST_DRAWN {
            let _ = write!(drawn, "; only the first {MOST_DRAWN} are shown. `iptbook check --format json` lists all");
        }
        drawn.push('\n');
    }
    drawn
}

/// Each report as its own text, with its severity, drawn without colours.
#[cfg(feature = "serve")]
pub(crate) fn each(reports: &[Diagnostic], sources: &Sources) -> Vec<(Severity, String)> {
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
    first(reports).into_iter().map(|report| (report.severity, draw(report, sources, &renderer))).collect()
}

/// The reports that are drawn, in their order.
fn first(reports: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut errors = count(reports, Severity::Error).min(MOST_DRAWN);
    let mut warnings = MOST_DRAWN - errors;
    let is_drawn = |report: &&Diagnostic| {
        let left = if report.severity == Severity::Error { &mut errors } else { &mut warnings };
        *left > 0 && {
            *left -= 1;
            true
        }
    };
    reports.iter().filter(is_drawn).collect()
}

pub(crate) fn sum(reports: &[Diagnostic]) -> String {
    let (errors, warnings) = (count(reports, Severity::Error), count(reports, Severity::Warning));
    match (errors, warnings) {
        (errors, 0) => number(errors, "error"),
        (0, warnings) => number(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", number(errors, "error"), number(warnings, "warning")),
    }
}

/// Draws one report.
pub(super) fn draw(report: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match report.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(report.message.as_str())
        .id(report.code.name)
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    let primary = &report.primary;
    let mut files = vec![primary.span.file];
    files.extend(report.others.iter().map(|label| label.span.file).filter(|file| *file != primary.span.file));
    files.dedup();
    for file in files {
        let source = sources.get(file);
        let mut snippet = Snippet::source(source.text.as_str()).path(source.shown.as_str()).fold(true);
        if file == primary.span.file {
            let label = (!primary.text.is_empty()).then_some(primary.text.as_str());
            snippet = snippet.annotation(AnnotationKind::Primary.span(range(primary.span, source)).label(label));
        }
        for other in report.others.iter().filter(|other| other.span.file == file) {
            snippet =
                snippet.annotation(AnnotationKind::Context.span(range(other.span, source)).label(other.text.as_str()));
        }
        group = group.element(snippet);
    }
    for note in &report.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    if let Some(help) = &report.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// A span as a range of the text, on character boundaries, cut at the end of a very long line.
fn range(span: Span, source: &SourceFile) -> std::ops::Range<usize> {
    let text = source.text.as_str();
    let (start, end) = (boundary(text, span.start as usize), boundary(text, span.end as usize));
    start..end.min(boundary(text, start + WIDEST)).max(start)
}

/// Where a report begins and ends: lines and columns.
fn ends(positions: &mut Positions<'_>, span: Span) -> [(usize, usize); 2] {
    [positions.of(span.file, span.start), positions.of(span.file, span.end.max(span.start))]
}

/// The words in which a message in one piece goes on: notes and help, a line each.
fn rest(report: &Diagnostic, note: &str, help: &str) -> String {
    let notes = report.notes.iter().map(|text| format!("\n{note}: {text}"));
    notes.chain(report.help.iter().map(|text| format!("\n{help}: {text}"))).collect()
}

/// A place in JSON: its file, and where it begins and ends.
fn place(positions: &mut Positions<'_>, sources: &Sources, span: Span) -> Value {
    let [begin, end] = ends(positions, span);
    json!({
        "file": sources.get(span.file).shown,
        "line": begin.0,
        "column": begin.1,
        "end-line": end.0,
        "end-column": end.1,
    })
}

/// Reports, one JSON object a line.
pub(crate) fn json(reports: &[Diagnostic], sources: &Sources) -> String {
    let mut positions = Positions::new(sources);
    let mut lines = String::new();
    for report in reports {
        let mut object = place(&mut positions, sources, report.span());
        object["code"] = report.code.name.into();
        object["severity"] = report.severity.name().into();
        object["message"] = report.message.as_str().into();
        object["help"] = report.help.as_deref().into();
        let labels = report.labels().enumerate().map(|(number, label)| {
            let mut object = place(&mut positions, sources, label.span);
            object["text"] = label.text.as_str().into();
            object["primary"] = (number == 0).into();
            object
        });
        object["labels"] = labels.collect();
        if !report.notes.is_empty() {
            object["notes"] = report.notes.as_slice().into();
        }
        if let Some(fix) = &report.fix {
            let [begin, end] = ends(&mut positions, fix.span);
            object["fix"] = json!({
                "file": sources.get(fix.span.file).shown,
                "range": { "line": begin.0, "column": begin.1, "end-line": end.0, "end-column": end.1 },
                "text": fix.text,
            });
        }
        lines.push_str(&object.to_string());
        lines.push('\n');
    }
    lines
}

/// Reports as commands of GitHub Actions, which shows them beside the lines of a change.
pub(crate) fn github(reports: &[Diagnostic], sources: &Sources) -> String {
    // As its toolkit does it: line ends, and in properties what ends these.
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut positions = Positions::new(sources);
    let mut lines = String::new();
    for report in reports {
        let [begin, end] = ends(&mut positions, report.span());
        let rest = rest(report, "note", "help");
        let _ = writeln!(
            lines,
            "::{} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            report.severity.name(),
            property(&sources.get(report.span().file).shown),
            begin.0,
            begin.1,
            end.0,
            end.1,
            property(report.code.name),
            data(&format!("{}{rest}", report.message)),
        );
    }
    lines
}

/// Reports as a SARIF log, version 2.1.0 (OASIS standard of 2020).
pub(crate) fn sarif(reports: &[Diagnostic], sources: &Sources) -> String {
    let mut codes: Vec<&diag::Code> = reports.iter().map(|report| report.code).collect();
    codes.sort_by_key(|code| code.name);
    codes.dedup();
    let rule = |code: &&diag::Code| {
        let page = code.explanation;
        json!({
            "id": code.name,
            "shortDescription": { "text": code.summary },
            "help": { "text": page, "markdown": page },
            "defaultConfiguration": { "level": code.severity.name() },
        })
    };
    let mut positions = Positions::new(sources);
    let mut location = |span: Span| {
        let [begin, end] = ends(&mut positions, span);
        json!({
            "artifactLocation": { "uri": uri(&sources.get(span.file).shown) },
            "region": { "startLine": begin.0, "startColumn": begin.1, "endLine": end.0, "endColumn": end.1 },
        })
    };
    let mut results = Vec::new();
    for report in reports {
        let rest = rest(report, "Note", "Help");
        let others: Vec<Value> = report
            .others
            .iter()
            .map(|other| json!({ "physicalLocation": location(other.span), "message": { "text": other.text } }))
            .collect();
        let mut result = json!({
            "ruleId": report.code.name,
            "ruleIndex": codes.iter().position(|code| *code == report.code),
            "level": report.severity.name(),
            "message": { "text": format!("{}{rest}", report.message) },
            "locations": [{ "physicalLocation": location(report.span()) }],
        });
        if !others.is_empty() {
            result["relatedLocations"] = others.into();
        }
        if let Some(fix) = &report.fix {
            let at = location(fix.span);
            result["fixes"] = json!([{
                "description": { "text": format!("Write `{}`", fix.text) },
                "artifactChanges": [{
                    "artifactLocation": at["artifactLocation"],
                    "replacements": [{ "deletedRegion": at["region"], "insertedContent": { "text": fix.text } }],
                }],
            }]);
        }
        results.push(result);
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "iptbook",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    format!("{log:#}\n")
}

/// A path as a reference in an address.
fn uri(path: &str) -> String {
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let path = path.replace(std::path::MAIN_SEPARATOR, "/");
    let path = utf8_percent_encode(path.trim_start_matches("./"), KEPT).to_string();
    if path.starts_with('/') { format!("file://{path}") } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    #[test]
    fn notes_stand_before_the_help_in_every_form() {
        let file =
            SourceFile { path: "a.md".into(), shown: "m/a.md".into(), text: std::sync::Arc::new("one two\n".into()) };
        let sources = Sources::new(vec![file]);
        let span = Span::new(FileId(0), 4, 7);
        let report = Diagnostic::new(&diag::BAD_VALUE, span, "no").note("why").help("so").fix(span, "2").into_warning();
        let reports = [report];
        let (_, drawn) = each(&reports, &sources).remove(0);
        assert!(drawn.starts_with("warning[front-matter/bad-value]: no"), "{drawn}");
        assert!(drawn.ends_with("  = note: why\n  = help: so"), "{drawn}");
        assert!(github(&reports, &sources).ends_with("::no%0Anote: why%0Ahelp: so\n"));
        let json: Value = serde_json::from_str(&json(&reports, &sources)).expect("JSON");
        assert_eq!((&json["severity"], &json["notes"]), (&json!("warning"), &json!(["why"])));
        assert_eq!(json["fix"]["range"], json!({ "line": 1, "column": 5, "end-line": 1, "end-column": 8 }));
        let sarif: Value = serde_json::from_str(&sarif(&reports, &sources)).expect("JSON");
        assert_eq!(sarif["runs"][0]["results"][0]["message"]["text"], "no\nNote: why\nHelp: so");
    }
}
