//! Turns a worksheet into its form.
//!
//! Forms are for paper first. They can also be filled in on a screen, where nothing is stored or sent.

use serde::Serialize;

use crate::model::chapter::Chapter;
use crate::model::directive::DirectiveKind;
use crate::model::kind::Kind;
use crate::model::kinds::worksheet::FormField;
use crate::span::Spanned;

/// The most numbers of a scale that are written out.
const MOST_STEPS: f64 = 20.0;

/// The most rows of a table.
const MOST_ROWS: i64 = 60;

/// The form of a worksheet.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FormView {
    /// The prefix that makes its anchors unique, which is also its own anchor.
    pub(crate) id: String,
    /// The worksheet's title.
    pub(crate) title: String,
    /// What there is to fill in.
    pub(crate) fields: Vec<FormFieldView>,
}

/// A field of a form.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FormFieldView {
    /// Its anchor.
    pub(crate) id: String,
    /// What to fill in.
    pub(crate) label: String,
    /// How it is filled in: `text`, `long-text`, `date`, `number`, `scale`, `choice`, `checkbox`, `table`.
    pub(crate) r#type: String,
    /// A hint; may be empty.
    pub(crate) help: String,
    /// The possible answers, or the numbers of a scale.
    pub(crate) options: Vec<String>,
    /// The columns of a table.
    pub(crate) columns: Vec<String>,
    /// As many as the table has rows.
    pub(crate) rows: Vec<String>,
    /// The lowest number; may be empty.
    pub(crate) min: String,
    /// The highest number; may be empty.
    pub(crate) max: String,
}

/// The form of a worksheet; none if the chapter has no fields. `id` is the anchor.
pub(crate) fn form(chapter: &Chapter, id: &str) -> Option<FormView> {
    let written = chapter.worksheet()?.fields();
    let fields: Vec<FormFieldView> =
        (1usize..).zip(written).map(|(number, written)| field(written, format!("{id}-{number}"))).collect();
    (!fields.is_empty()).then(|| FormView { id: id.to_owned(), title: chapter.title.clone(), fields })
}

fn field(written: FormField<'_>, id: String) -> FormFieldView {
    let line = |line: Option<&Spanned<String>>| line.map(|line| line.value.clone()).unwrap_or_default();
    let lines = |lines: &[Spanned<String>]| lines.iter().map(|line| line.value.clone()).collect::<Vec<_>>();
    let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
    let kind = match written.field_type().unwrap_or("text") {
        // Too many numbers to choose from are one number to write.
        "scale" if steps(written).is_empty() => "number",
        kind => kind,
    };
    let (options, columns, rows) = match kind {
        "scale" => (steps(written), Vec::new(), 0),
        "table" => (Vec::new(), lines(written.columns()), written.rows().unwrap_or(3)),
        _ => (lines(written.options()), Vec::new(), 0),
    };
    FormFieldView {
        id,
        label: line(written.label()),
        r#type: kind.to_owned(),
        help: line(written.help()),
        options,
        columns,
        rows: (1..=rows.clamp(0, MOST_ROWS)).map(|row| row.to_string()).collect(),
        min: number(written.min()),
        max: number(written.max()),
    }
}

/// The numbers of a scale; none if they are too many.
fn steps(written: FormField<'_>) -> Vec<String> {
    let (low, high) = (written.min().unwrap_or(0.0), written.max().unwrap_or(10.0));
    if !(0.0..=MOST_STEPS).contains(&(high - low)) {
        return Vec::new();
    }
    let reach = (high - low) as u8;
    (0..=reach).map(|step| (low + f64::from(step)).to_string()).collect()
}

/// Whether a chapter's page shows a worksheet: the chapter is one, or its text has one.
pub(crate) fn has_form(chapter: &Chapter) -> bool {
    chapter.kind == Kind::Worksheet
        || chapter.directives.iter().any(|directive| directive.kind == Some(DirectiveKind::Worksheet))
}
