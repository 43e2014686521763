//! Turns a template that cannot be used into a report.

use tera::ErrorKind;

use crate::diag;
use crate::diag::Diagnostic;
use crate::files::theme::ThemeFiles;
use crate::render::template::explain::{TemplateMistake, mistake};
use crate::span::{FileId, Span};

/// A template that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    /// What is wrong, with a drawing of the place if that is known.
    pub(crate) message: String,
    /// Where, if that is known.
    pub(crate) place: Option<TemplatePlace>,
}

impl From<tera::Error> for TemplateError {
    fn from(error: tera::Error) -> Self {
        let message = format!("a template cannot be used: {error}");
        let place = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(TemplatePlace {
                template: report.filename().to_owned(),
                what: report.message().to_owned(),
                at: TextPosition::Bytes(report.span().range.clone()),
            }),
            _ => place_in_words(&message),
        };
        Self { message, place }
    }
}

impl TemplateError {
    /// The template at fault.
    pub(crate) fn template(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.template.as_str())
    }

    /// The error as a report: at its place in a user's theme, if it has one there, else at `top`.
    pub fn report(&self, theme: &ThemeFiles, top: FileId) -> Diagnostic {
        let placed = self.place.as_ref().and_then(|place| {
            let path = format!("templates/{}", place.template);
            let own = theme.own.get(&path);
            let content = own.map(|own| &own.content).or_else(|| theme.default.get(&path))?;
            let text = std::str::from_utf8(content).ok()?;
            let range = match &place.at {
                TextPosition::Bytes(range) => range.clone(),
                TextPosition::LineAndColumn(line, column) => {
                    let start = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
                    let rest = text[start..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
                    start + rest..start + rest + 1
                }
            };
            let TemplateMistake { message, help, range } = mistake(&place.what, text, range, theme);
            let report = match own {
                Some(own) => {
                    Diagnostic::new(&diag::BAD_TEMPLATE, Span::new(own.file?, range.start, range.end), message)
                }
                // It fails in a template of ours, for what the one that includes it does not give it.
                None => {
                    let line = text.as_bytes().iter().take(range.start).filter(|byte| **byte == b'\n').count() + 1;
                    let message = format!("in {path} of the default theme, line {line}: {message}");
                    Diagnostic::new(&diag::BAD_TEMPLATE, Span::top(top), message)
                }
            };
            Some(report.maybe_help(help))
        });
        placed.unwrap_or_else(|| Diagnostic::new(&diag::BAD_TEMPLATE, Span::top(top), self.message.as_str()))
    }
}

/// Where a template is at fault.
#[derive(Debug)]
pub(crate) struct TemplatePlace {
    pub(crate) template: String,
    /// What is wrong, in a sentence.
    pub(crate) what: String,
    pub(crate) at: TextPosition,
}

#[derive(Debug)]
pub(crate) enum TextPosition {
    Bytes(std::ops::Range<usize>),
    /// Both from 1.
    LineAndColumn(usize, usize),
}

/// Some errors give their place in words only: `--> components/footer.html:2:17`, with the column from 1.
fn place_in_words(message: &str) -> Option<TemplatePlace> {
    let (what, rest) = message.split_once("--> ")?;
    let mut place = rest.lines().next()?.trim().rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    let template = place.next()?.to_owned();
    let what = what.lines().next()?.rsplit("error: ").next()?.trim().to_owned();
    Some(TemplatePlace { template, what, at: TextPosition::LineAndColumn(line, column) })
}
