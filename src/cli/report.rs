//! Reports drawn for people and for machines.

use std::io::{IsTerminal as _, Write as _};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use serde_json::json;

use crate::diag::{Diagnostic, Severity, count};
use crate::files::{SourceFile, Sources};
use crate::span::Span;

/// The longest stretch of a line that is drawn, in characters; a longer line is drawn without its source.
const WIDEST: usize = 400;

/// Draws reports on standard error, as a compiler does, with a sum at the end.
pub(super) fn text(reports: &[Diagnostic], sources: &Sources) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut drawn = String::new();
    for report in reports {
        drawn.push_str(&draw(report, sources, &renderer));
        drawn.push_str("\n\n");
    }
    if !reports.is_empty() {
        drawn.push_str(&sum(reports));
        drawn.push('\n');
    }
    // A closed pipe is no reason to fail.
    let _ = std::io::stderr().write_all(drawn.as_bytes());
}

fn sum(reports: &[Diagnostic]) -> String {
    let number = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    let (errors, warnings) = (count(reports, Severity::Error), count(reports, Severity::Warning));
    match (errors, warnings) {
        (errors, 0) => number(errors, "error"),
        (0, warnings) => number(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", number(errors, "error"), number(warnings, "warning")),
    }
}

/// Draws one report.
pub(super) fn draw(report: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let level = match report.code.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(report.message.as_str())
        .id(report.code.name)
        .elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    let mut files = vec![report.span.file];
    files.extend(report.others.iter().map(|label| label.span.file).filter(|file| *file != report.span.file));
    files.dedup();
    for file in files {
        let source = sources.get(file);
        let mut snippet = Snippet::source(source.text.as_str()).path(source.shown.as_str()).fold(true);
        if file == report.span.file {
            let label = (!report.label.is_empty()).then_some(report.label.as_str());
            snippet = snippet.annotation(AnnotationKind::Primary.span(range(report.span, source)).label(label));
        }
        for other in report.others.iter().filter(|other| other.span.file == file) {
            snippet =
                snippet.annotation(AnnotationKind::Context.span(range(other.span, source)).label(other.text.as_str()));
        }
        group = group.element(snippet);
    }
    if let Some(help) = &report.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// A span as a range of the text, on character boundaries, cut at the end of a very long line.
fn range(span: Span, source: &SourceFile) -> std::ops::Range<usize> {
    let boundary = |mut at: usize| {
        at = at.min(source.text.len());
        while !source.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (boundary(span.start as usize), boundary(span.end as usize));
    start..end.min(boundary(start + WIDEST)).max(start)
}

/// Prints reports on standard output, one JSON object a line.
pub(super) fn json(reports: &[Diagnostic], sources: &Sources) {
    let mut lines = String::new();
    for report in reports {
        let source = sources.get(report.span.file);
        let (line, column) = source.position(report.span.start);
        let (end_line, end_column) = source.position(report.span.end.max(report.span.start));
        let object = json!({
            "code": report.code.name,
            "severity": report.code.severity.name(),
            "message": report.message,
            "file": source.shown,
            "line": line,
            "column": column,
            "end-line": end_line,
            "end-column": end_column,
            "help": report.help,
        });
        lines.push_str(&object.to_string());
        lines.push('\n');
    }
    let _ = std::io::stdout().write_all(lines.as_bytes());
}
