//! Reads a theme's templates and renders them: the only folder that names Tera.
//!
//! A [`Component`] is a piece of a page with a template of its own. Nothing here knows what is shown.
//!
//! # Who may use whom
//!
//! ```text
//! template -> error
//! error -> explain
//! ```

pub(crate) mod error;
pub(crate) mod explain;

use serde::Serialize;
use tera::{Context, Tera, Value};

use crate::files::theme::ThemeFiles;
use crate::render::template::error::TemplateError;
use crate::words::Words;

/// How the file of every template ends.
const ENDING: &str = ".html";

/// The file of a template in a theme.
pub fn file(name: &str) -> String {
    format!("templates/{name}{ENDING}")
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
pub(crate) struct PageValues(Context);

impl Templates {
    /// Takes the templates of a theme and the texts that all of them may use as `t`.
    ///
    /// # Errors
    /// When a template cannot be read.
    pub fn new(theme: &ThemeFiles, words: &Words) -> Result<Self, TemplateError> {
        let mut tera = Tera::default();
        let mut templates = Vec::new();
        for (path, content) in theme.iter() {
            let Some(name) = path.strip_prefix("templates/").filter(|name| name.ends_with(ENDING)) else { continue };
            let text = std::str::from_utf8(content).map_err(|_| TemplateError {
                message: format!("the theme's file {path} is not saved as UTF-8"),
                place: None,
            })?;
            templates.push((name, text));
        }
        tera.add_raw_templates(templates)?;
        let has_own_css = theme.iter().any(|(path, _)| path == "static/css/own.css");
        Ok(Self { tera, words: Value::from_serializable(words.all()), has_own_css, are_own: theme.has_own_templates() })
    }

    /// Whether the theme has its own style sheet besides ours.
    pub(crate) fn has_own_css(&self) -> bool {
        self.has_own_css
    }

    /// Whether any of them is a user's.
    pub(crate) fn are_own(&self) -> bool {
        self.are_own
    }

    /// Values for a template, with the interface texts among them.
    pub(crate) fn values(&self) -> PageValues {
        let mut context = Context::new();
        context.insert_value("t", self.words.clone());
        PageValues(context)
    }

    /// Renders a template. Its name has no ending, such as `components/footer`.
    ///
    /// # Errors
    /// When the template fails, for example because it names a value that it does not get.
    pub(crate) fn render(&self, name: &str, values: &PageValues) -> Result<String, TemplateError> {
        Ok(self.tera.render(&format!("{name}{ENDING}"), &values.0)?)
    }

    /// Renders a component, such as a table, from its view.
    ///
    /// # Errors
    /// When the template fails.
    pub(crate) fn component<T: Serialize + ?Sized>(
        &self,
        component: Component,
        view: &T,
    ) -> Result<String, TemplateError> {
        let (name, key) = component.template();
        let mut values = self.values();
        values.insert(key, view);
        self.render(name, &values)
    }
}

/// A piece of a page with its own template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Component {
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
            Self::Table => ("components/table", "table"),
            Self::Glossary => ("components/glossary", "terms"),
            Self::References => ("components/references", "references"),
            Self::SessionTimeline => ("components/session-timeline", "timeline"),
            Self::ForestPlot => ("components/forest-plot", "forest"),
            Self::PhaseMap => ("components/phase-map", "phases"),
            Self::Form => ("components/form", "form"),
            Self::Video => ("components/video", "video"),
            Self::Say => ("components/say", "wording_html"),
        }
    }
}

impl PageValues {
    /// Adds a value.
    pub(crate) fn insert<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) {
        self.0.insert(key, value);
    }

    /// Adds a value that many pages share.
    pub(crate) fn share(&mut self, key: &'static str, value: &SharedValue) {
        self.0.insert_value(key, value.0.clone());
    }
}

/// A text as templates write it.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = Vec::with_capacity(text.len());
    tera::escape_html(text, &mut html).expect("a vector takes everything");
    String::from_utf8(html).expect("text with entities in it is text")
}

/// A value that many pages share, cheap to give to each.
#[derive(Clone)]
pub(crate) struct SharedValue(Value);

impl SharedValue {
    /// Prepares a value for sharing.
    pub(crate) fn new<T: Serialize>(value: &T) -> Self {
        Self(Value::from_serializable(value))
    }
}
