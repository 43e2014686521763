//! A theme's templates, ready to render: the only file that names Tera.

use serde::Serialize;
use tera::{Context, ErrorKind, Tera, Value};

use super::locale::Words;
use super::template_mistake::{Mistake, mistake};
use crate::diag::{self, Diagnostic};
use crate::files::ThemeFiles;
use crate::span::{FileId, Span};

/// A template that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    /// What is wrong, with the place drawn where that is known.
    message: String,
    /// Where, if that is known.
    place: Option<Place>,
}

/// Where a template is at fault.
#[derive(Debug)]
struct Place {
    template: String,
    /// What is wrong, in a sentence.
    what: String,
    at: At,
}

#[derive(Debug)]
enum At {
    Bytes(std::ops::Range<usize>),
    /// Both from 1.
    LineAndColumn(usize, usize),
}

impl From<tera::Error> for TemplateError {
    fn from(error: tera::Error) -> Self {
        let message = format!("a template cannot be used: {error}");
        let place = match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Some(Place {
                template: report.filename().to_owned(),
                what: report.message().to_owned(),
                at: At::Bytes(report.span().range.clone()),
            }),
            _ => place_in_words(&message),
        };
        Self { message, place }
    }
}

/// Some errors tell their place in words only: `--> components/footer.html:2:17`, with the column
/// from 1.
fn place_in_words(message: &str) -> Option<Place> {
    let (what, rest) = message.split_once("--> ")?;
    let mut place = rest.lines().next()?.trim().rsplitn(3, ':');
    let column = place.next()?.parse().ok()?;
    let line = place.next()?.parse().ok()?;
    let template = place.next()?.to_owned();
    let what = what.lines().next()?.rsplit("error: ").next()?.trim().to_owned();
    Some(Place { template, what, at: At::LineAndColumn(line, column) })
}

impl TemplateError {
    /// The template at fault.
    pub fn template(&self) -> Option<&str> {
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
                At::Bytes(range) => range.clone(),
                At::LineAndColumn(line, column) => {
                    let start = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum::<usize>();
                    let rest = text[start..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum::<usize>();
                    start + rest..start + rest + 1
                }
            };
            let Mistake { message, help, range } = mistake(&place.what, text, range, theme);
            let report = match own {
                Some(own) => {
                    Diagnostic::new(&diag::BAD_TEMPLATE, Span::new(own.file?, range.start, range.end), message)
                }
                // It fails in a template of ours, for what the one that includes it does not give it.
                None => {
                    let line = text.as_bytes().iter().take(range.start).filter(|byte| **byte == b'\n').count() + 1;
                    let message = format!("{path} of the default theme, line {line}: {message}");
                    Diagnostic::new(&diag::BAD_TEMPLATE, Span::top(top), message)
                }
            };
            Some(report.maybe_help(help))
        });
        placed.unwrap_or_else(|| Diagnostic::new(&diag::BAD_TEMPLATE, Span::top(top), self.message.as_str()))
    }
}

/// The templates of a theme.
pub struct Templates {
    tera: Tera,
    /// The interface texts, shared by every page.
    words: Value,
    has_own_css: bool,
    are_own: bool,
}

/// What every page shares, and one page's own values.
pub struct Values(Context);

impl Templates {
    /// Takes the templates of a theme and the texts that all of them may use as `t`.
    ///
    /// # Errors
    /// When a template cannot be read.
    pub fn new(theme: &ThemeFiles, words: &Words) -> Result<Self, TemplateError> {
        let mut tera = Tera::default();
        let mut templates = Vec::new();
        for (path, content) in theme.iter() {
            let Some(name) = path.strip_prefix("templates/").filter(|name| name.ends_with(".html")) else { continue };
            let text = std::str::from_utf8(content).map_err(|_| TemplateError {
                message: format!("{path} of the theme is not UTF-8 text"),
                place: None,
            })?;
            templates.push((name, text));
        }
        tera.add_raw_templates(templates)?;
        let has_own_css = theme.iter().any(|(path, _)| path == "static/css/own.css");
        Ok(Self { tera, words: Value::from_serializable(words.all()), has_own_css, are_own: theme.has_own_templates() })
    }

    /// Whether the theme has a style sheet of its own beside ours.
    pub fn has_own_css(&self) -> bool {
        self.has_own_css
    }

    /// Whether any of them is a user's.
    pub fn are_own(&self) -> bool {
        self.are_own
    }

    /// Values for a template, with the interface texts among them.
    pub fn values(&self) -> Values {
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        Values(context)
    }

    /// Renders a template.
    ///
    /// # Errors
    /// When the template fails, such as for a value that it names and does not get.
    pub fn render(&self, name: &str, values: &Values) -> Result<String, TemplateError> {
        Ok(self.tera.render(name, &values.0)?)
    }

    /// Whether there is a template of this name.
    pub fn has(&self, name: &str) -> bool {
        self.tera.contains_template(name)
    }

    /// Renders a component, such as a table, from its view.
    ///
    /// # Errors
    /// When the template fails.
    pub fn component<T: Serialize + ?Sized>(&self, component: Component, view: &T) -> Result<String, TemplateError> {
        let (name, key) = component.template();
        let mut values = self.values();
        values.insert(key, view);
        self.render(name, &values)
    }
}

/// A piece of a page with a template of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Component {
    /// A table.
    Table,
    /// The entries of the glossary.
    Glossary,
    /// The reference list.
    References,
    /// The picture of a session summary.
    SessionTimeline,
    /// The picture of effects.
    ForestPlot,
    /// The manual by phase.
    PhaseMap,
    /// A blank form.
    Form,
    /// A film.
    Video,
    /// Suggested wording.
    Say,
}

impl Component {
    /// The template, and the name that it has for its view.
    fn template(self) -> (&'static str, &'static str) {
        match self {
            Self::Table => ("components/table.html", "table"),
            Self::Glossary => ("components/glossary.html", "terms"),
            Self::References => ("components/references.html", "references"),
            Self::SessionTimeline => ("components/session-timeline.html", "timeline"),
            Self::ForestPlot => ("components/forest-plot.html", "forest"),
            Self::PhaseMap => ("components/phase-map.html", "phases"),
            Self::Form => ("components/form.html", "form"),
            Self::Video => ("components/video.html", "video"),
            Self::Say => ("components/say.html", "wording_html"),
        }
    }
}

impl Values {
    /// Adds a value.
    pub fn insert<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        self.0.insert(key, value);
    }

    /// Adds a value that many pages share.
    pub fn share(&mut self, key: &'static str, value: &Shared) {
        self.0.insert_value(key, value.0.clone());
    }
}

/// A text as templates write it.
pub fn escaped(text: &str) -> String {
    let mut html = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut html).expect("a vector takes everything");
    String::from_utf8(html).expect("text with entities in it is text")
}

/// A value that many pages share, cheap to hand to each.
#[derive(Clone)]
pub struct Shared(Value);

impl Shared {
    /// Prepares a value for sharing.
    pub fn new<T: Serialize>(value: &T) -> Self {
        Self(Value::from_serializable(value))
    }
}
