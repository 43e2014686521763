//! Turns a fenced block with a name in braces into a directive with its options.

use crate::diag::{self, Diagnostic, Fix, Reports, nearest};
use crate::model::body::{Block, Body};
use crate::model::column::{EvidenceColumn, SessionColumn};
use crate::model::kind::Kind;
use crate::model::reading::{Conditions, Reading, SourceMap};
use crate::model::schema::read::{self, Reader};
use crate::model::schema::record::Record;
use crate::model::schema::shape::Field;
use crate::model::schema::view::view;
use crate::model::{markdown, yaml};
use crate::span::{Span, Spanned};

macro_rules! directives {
    ($($(#[$doc:meta])* $kind:ident $(($view:ident))? = $name:literal;)*) => {
        /// What a directive draws.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum DirectiveKind { $($(#[$doc])* $kind),* }

        impl DirectiveKind {
            /// All directives.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Their names, in the same order.
            pub(crate) const NAMES: &[&str] = &[$($name),*];

            /// The name in the braces.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// The options.
            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => directives!(@fields $($view)?)),* }
            }
        }

        /// The options of a directive, by what it draws.
        #[derive(Debug, Clone, Copy)]
        #[allow(dead_code, reason = "the one option of `say` is its wording, which is read with it")]
        pub(crate) enum DirectiveOptions<'a> { $($(#[$doc])* $kind $(($view<'a>))?),* }

        impl Directive {
            /// What it draws, with its options; none when its name is unknown.
            pub(crate) fn read(&self) -> Option<DirectiveOptions<'_>> {
                Some(match self.kind? { $(DirectiveKind::$kind => DirectiveOptions::$kind $(($view::new(&self.options)))?),* })
            }
        }
    };
    (@fields) => { &[] };
    (@fields $view:ident) => { $view::FIELDS };
}

directives! {
    /// The stages of a protocol or setting.
    SessionSummary(SessionSummaryOptions) = "session-summary";
    /// The stages of a protocol or setting as a picture.
    SessionTimeline(SessionTimelineOptions) = "session-timeline";
    /// The manual by phase of treatment: stages, session plans, techniques.
    PhaseMap(PhaseMapOptions) = "phase-map";
    /// Techniques down, stages or problem areas across.
    TechniqueMatrix(TechniqueMatrixOptions) = "technique-matrix";
    /// Findings.
    EvidenceSummary(EvidenceSummaryOptions) = "evidence-summary";
    /// The condition, direction, certainty and best source of each evidence chapter.
    EvidenceOverview(EvidenceOverviewOptions) = "evidence-overview";
    /// Effects with their intervals as a picture.
    ForestPlot(ForestPlotOptions) = "forest-plot";
    /// Measures down, stages across.
    MeasureMatrix(MeasureMatrixOptions) = "measure-matrix";
    /// Settings with their protocols, formats and evidence.
    SettingComparison(SettingComparisonOptions) = "setting-comparison";
    /// Cards or a list of chapters.
    Chapters(ChaptersOptions) = "chapters";
    /// The form of a worksheet.
    Worksheet(WorksheetOptions) = "worksheet";
    /// A video with its transcript.
    Video(VideoOptions) = "video";
    /// The glossary.
    Glossary = "glossary";
    /// The works cited.
    References = "references";
    /// Who is responsible for what, and when it is reviewed.
    DocumentControl = "document-control";
    /// Suggested wording for the therapist.
    Say(SayOptions) = "say";
}

view! {
    /// The options of `session-summary`.
    SessionSummaryOptions;
    protocol: Id, "protocol", "the protocol";
    setting: Id, "setting", "the setting, instead of a protocol";
    column_names: Choices(SessionColumn::NAMES), "columns", "the columns, in order";
    by: Choice(&["stage", "session"]), "by", "a row for each stage or for each session";
    caption: Line, "caption", "a line above the table";
}

view! {
    /// The options of `session-timeline`.
    SessionTimelineOptions;
    protocol: Id, "protocol", "the protocol";
    setting: Id, "setting", "the setting, instead of a protocol";
    caption: Line, "caption", "a line above the table";

    /// Whether it is written, even wrongly.
    is_protocol_given: Given of protocol;
    /// Whether it is written, even wrongly.
    is_setting_given: Given of setting;
}

view! {
    /// The options of `phase-map`.
    PhaseMapOptions;
    protocol: Id, "protocol", "the protocol whose stages are shown";

    /// Whether it is written, even wrongly.
    is_protocol_given: Given of protocol;
}

view! {
    /// The options of `technique-matrix`.
    TechniqueMatrixOptions;
    across_name: Choice(&["stages", "problem-areas"]), "across", "what the columns are";
    protocol: Id, "protocol", "a protocol, to show its stages only";
    caption: Line, "caption", "a line above the table";
}

view! {
    /// The options of `evidence-summary`.
    EvidenceSummaryOptions;
    condition: Line, "condition", "a condition, or the id of an evidence chapter";
    technique: Id, "technique", "a technique";
    setting: Id, "setting", "a setting";
    protocol: Id, "protocol", "a protocol";
    problem_area: Id, "problem-area", "a problem area";
    column_names: Choices(EvidenceColumn::NAMES), "columns", "the columns, in order";
    caption: Line, "caption", "a line above the table";
}

view! {
    /// The options of `evidence-overview`.
    EvidenceOverviewOptions;
    caption: Line, "caption", "a line above the table";
}

view! {
    /// The options of `forest-plot`.
    ForestPlotOptions;
    condition: Line, "condition", "a condition, or the id of an evidence chapter";
    technique: Id, "technique", "a technique";
    setting: Id, "setting", "a setting";
    protocol: Id, "protocol", "a protocol";
    problem_area: Id, "problem-area", "a problem area";
    caption: Line, "caption", "a line above the table";
}

view! {
    /// The options of `measure-matrix`.
    MeasureMatrixOptions;
    protocol: Id, "protocol", "a protocol, to show its stages only";
    caption: Line, "caption", "a line above the table";
}

view! {
    /// The options of `setting-comparison`.
    SettingComparisonOptions;
    caption: Line, "caption", "a line above the table";
}

view! {
    /// The options of `chapters`.
    ChaptersOptions;
    kind: Choice(Kind::NAMES), "kind", "chapters of a kind";
    part: Line, "part", "chapters of a part, by its folder";
    relation: Line, "relation", "a relation, to show the chapters that `of` has in it";
    of: Line, "of", "the chapter whose relation is shown; if missing, this chapter";
    style: Choice(&["cards", "list"]), "style", "how they are shown";

    /// Whether it is written, even wrongly.
    is_kind_given: Given of kind;
    /// Whether it is written, even wrongly.
    is_part_given: Given of part;
    /// Whether it is written, even wrongly.
    is_relation_given: Given of relation;
}

view! {
    /// The options of `worksheet`.
    WorksheetOptions;
    worksheet: Id, "worksheet", "the worksheet; if missing, this chapter";

    /// Whether it is written, even wrongly.
    is_worksheet_given: Given of worksheet;
}

view! {
    /// The options of `video`.
    VideoOptions;
    title: Line, "title", "what it shows", required;
    file: Line, "file", "a video file in the manual's folder";
    address: Line, "address", "an address on another site, instead of a file";
    poster: Line, "poster", "a picture in the manual's folder, shown before the video starts";
    captions: Line, "captions", "subtitles: a .vtt file in the manual's folder";
    transcript: Line, "transcript", "what is said and seen, in Markdown";

    /// Whether it is written, even wrongly.
    is_transcript_given: Given of transcript;
}

view! {
    /// The options of `say`.
    SayOptions;
    text: Text, "text", "the wording";
}

impl<'a> SessionSummaryOptions<'a> {
    /// The columns that are chosen, in order.
    pub(crate) fn columns(self) -> Vec<SessionColumn> {
        self.column_names().iter().filter_map(|name| SessionColumn::from_name(name)).collect()
    }

    /// The options that a timeline has too.
    pub(crate) fn as_timeline(self) -> SessionTimelineOptions<'a> {
        SessionTimelineOptions::new(self.0)
    }
}

impl TechniqueMatrixOptions<'_> {
    /// The kind of chapters that goes across: stages, unless problem areas are meant.
    pub(crate) fn across(self) -> Kind {
        self.across_name().and_then(Kind::from_plural).unwrap_or(Kind::Stage)
    }
}

impl<'a> VideoOptions<'a> {
    /// The files of the manual that it names, each with its key.
    pub(crate) fn files(self) -> impl Iterator<Item = (&'static str, &'a Spanned<String>)> {
        let files = [("file", self.file()), ("poster", self.poster()), ("captions", self.captions())];
        files.into_iter().filter_map(|(key, path)| Some((key, path?)))
    }
}

impl<'a> EvidenceSummaryOptions<'a> {
    /// The columns that are chosen, in order.
    pub(crate) fn columns(self) -> Vec<EvidenceColumn> {
        self.column_names().iter().filter_map(|name| EvidenceColumn::from_name(name)).collect()
    }

    /// The options that a forest plot has too.
    pub(crate) fn as_forest_plot(self) -> ForestPlotOptions<'a> {
        ForestPlotOptions::new(self.0)
    }
}

/// A directive, ready to be drawn.
#[derive(Debug, Clone)]
pub(crate) struct Directive {
    /// What it draws; none when its name is unknown.
    pub(crate) kind: Option<DirectiveKind>,
    /// Its options.
    pub(crate) options: Record,
    /// The wording of a `say`, the transcript of a `video`.
    pub(crate) wording: Body,
    /// The place of its name.
    pub(crate) span: Span,
}

/// Reads a directive.
///
/// # Reports
/// `directive/unknown` and `directive/bad-option`.
pub(crate) fn parse(block: &Block, own: &str, conditions: Conditions<'_>, reports: &mut Reports) -> Directive {
    let name = &block.name;
    let kind = DirectiveKind::ALL.iter().copied().find(|kind| kind.name() == name.value);
    let Some(kind) = kind else {
        let names = || DirectiveKind::ALL.iter().map(|kind| kind.name());
        // Half a name is meant for the whole.
        let half = || names().find(|known| name.value.len() > 3 && known.contains(name.value.as_str()));
        let near = nearest(&name.value, names()).or_else(half);
        let fix = near.and_then(|near| Fix::of_name(name.span, &name.value, near));
        let help = match near {
            Some(near) => format!("did you mean `{{{near}}}`?"),
            None => format!(
                "the directives are {}",
                names().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")
            ),
        };
        reports.push(
            Diagnostic::new(&diag::UNKNOWN_DIRECTIVE, name.span, format!("there is no directive `{}`", name.value))
                .help(help)
                .maybe_fix(fix),
        );
        let options = Record::empty(&[], name.span);
        return Directive { kind: None, options, wording: Body::default(), span: name.span };
    };
    if kind == DirectiveKind::Say {
        return say(block, own, conditions, reports);
    }
    let file = block.text.span.file;
    let options = match yaml::parse(&block.text.value, file, block.text.span.start as usize) {
        Ok(node) => {
            let reader =
                Reader { misfit: Some(&diag::BAD_OPTION), own, raw_html: conditions.raw_html, ..Reader::default() };
            read::read(&node, kind.fields(), &reader, reports)
        }
        Err(report) => {
            let is_cut = *report.code == diag::CUT;
            reports.push(if is_cut { *report } else { report.under(&diag::BAD_OPTION) });
            Record::empty(kind.fields(), block.name.span)
        }
    };
    let wording = match kind {
        DirectiveKind::Video => {
            VideoOptions::new(&options).transcript().map(|text| transcript(text, own, conditions, reports))
        }
        _ => None,
    };
    let wording = wording.unwrap_or_default();
    Directive { kind: Some(kind), options, wording, span: name.span }
}

/// A transcript is a separate Markdown text.
fn transcript(text: &Spanned<String>, own: &str, conditions: Conditions<'_>, reports: &mut Reports) -> Body {
    let reading = Reading {
        place: SourceMap::Whole(text.span),
        raw_html: conditions.raw_html,
        mentions: None,
        own,
        title: "",
        directives: &[],
    };
    let body = markdown::chapter(&text.value, reading, reports);
    reject_inner(&body, reports);
    body
}

/// The body of a `say` is the wording itself, in Markdown.
fn say(block: &Block, own: &str, conditions: Conditions<'_>, reports: &mut Reports) -> Directive {
    let text = &block.text;
    let keyed = text.value.trim_start().strip_prefix("text:").filter(|rest| rest.starts_with([' ', '\n']));
    let (wording, place) = match keyed.map(|_| yaml::parse(&text.value, text.span.file, text.span.start as usize)) {
        Some(Ok(node)) => {
            let reader =
                Reader { misfit: Some(&diag::BAD_OPTION), own, raw_html: conditions.raw_html, ..Reader::default() };
            let options = read::read(&node, DirectiveKind::Say.fields(), &reader, reports);
            let wording = SayOptions::new(&options).text().map(|text| Body::clone(&text.body)).unwrap_or_default();
            return Directive { kind: Some(DirectiveKind::Say), options, wording, span: block.name.span };
        }
        _ => (text.value.as_str(), text.span),
    };
    let length = wording.len() == (place.end - place.start) as usize;
    let place = if length { SourceMap::At(place) } else { SourceMap::Whole(place) };
    let reading = Reading { place, raw_html: conditions.raw_html, mentions: None, own, title: "", directives: &[] };
    let body = markdown::chapter(wording, reading, reports);
    if wording.trim().is_empty() {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, block.name.span, "there are no words to say here")
                .help("write the words between the two lines of backticks"),
        );
    }
    reject_inner(&body, reports);
    let options = Record::empty(DirectiveKind::Say.fields(), block.name.span);
    Directive { kind: Some(DirectiveKind::Say), options, wording: body, span: block.name.span }
}

fn reject_inner(body: &Body, reports: &mut Reports) {
    for inner in &body.directives {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, inner.span, "a directive cannot be inside another directive")
                .help("write it after the end of the other directive"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_has_the_options_of_its_picture() {
        let pairs = [
            (SessionSummaryOptions::FIELDS, SessionTimelineOptions::FIELDS),
            (EvidenceSummaryOptions::FIELDS, ForestPlotOptions::FIELDS),
        ];
        let names = |fields: &'static [Field]| fields.iter().map(|field| field.name).collect::<Vec<_>>();
        for (summary, picture) in pairs.map(|(summary, picture)| (names(summary), names(picture))) {
            assert!(picture.iter().all(|key| summary.contains(key)), "{picture:?} within {summary:?}");
        }
    }
}
