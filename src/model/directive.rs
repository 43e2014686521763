//! A fenced block with a name in braces to a directive with its options.

use crate::diag::{self, Diagnostic, Fix, Reports, nearest};
use crate::model::body::{Block, Body};
use crate::model::kind::Kind;
use crate::model::reading::{Conditions, Reading, SourceMap};
use crate::model::schema::read::{self, Reader};
use crate::model::schema::record::Record;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;
use crate::model::{markdown, yaml};
use crate::span::{Span, Spanned};

/// The columns that a session summary can have, in order.
pub const SESSION_COLUMNS: &[&str] = &[
    "stage",
    "sessions",
    "phase",
    "activity",
    "techniques",
    "therapist-tasks",
    "patient-tasks",
    "measures",
    "worksheets",
];

/// The columns that an evidence summary can have, in order.
pub const EVIDENCE_COLUMNS: &[&str] = &[
    "condition",
    "finding",
    "design",
    "population",
    "n",
    "trials",
    "comparator",
    "outcome",
    "effect",
    "direction",
    "certainty",
    "sources",
];

macro_rules! directives {
    ($($(#[$doc:meta])* $kind:ident $(($view:ident))? = $name:literal, [$($field:expr),* $(,)?];)*) => {
        /// What a directive draws.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum DirectiveKind { $($(#[$doc])* $kind),* }

        impl DirectiveKind {
            /// All directives.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// The name in the braces.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// The options.
            pub const fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => const { &[$($field),*] }),* }
            }
        }

        /// The options of a directive, by what it draws, where they are read by themselves.
        #[derive(Debug, Clone, Copy)]
        pub(crate) enum DirectiveOptions<'a> { $($(#[$doc])* $kind $(($view<'a>))?),* }

        impl Directive {
            /// What it draws, with its options; none when its name is unknown.
            pub(crate) fn read(&self) -> Option<DirectiveOptions<'_>> {
                Some(match self.kind? { $(DirectiveKind::$kind => DirectiveOptions::$kind $(($view::new(&self.options)))?),* })
            }
        }
    };
}

const CAPTION: Field = field("caption", Shape::Line, "a line above the table");

directives! {
    /// The stages of a protocol or setting.
    SessionSummary(SessionSummaryOptions) = "session-summary", [
        field("protocol", Shape::Id, "the protocol"),
        field("setting", Shape::Id, "the setting, instead of a protocol"),
        field("columns", Shape::Choices(SESSION_COLUMNS), "the columns, in order"),
        field("by", Shape::Choice(&["stage", "session"]), "a row for each stage or for each session"),
        CAPTION,
    ];
    /// The stages of a protocol or setting as a picture.
    SessionTimeline(SessionTimelineOptions) = "session-timeline", [
        field("protocol", Shape::Id, "the protocol"),
        field("setting", Shape::Id, "the setting, instead of a protocol"),
        CAPTION,
    ];
    /// The manual by phase of treatment: stages, session plans, techniques.
    PhaseMap(PhaseMapOptions) = "phase-map", [
        field("protocol", Shape::Id, "the protocol whose stages are meant"),
    ];
    /// Techniques down, stages or problem areas across.
    TechniqueMatrix(TechniqueMatrixOptions) = "technique-matrix", [
        field("across", Shape::Choice(&["stages", "problem-areas"]), "what goes across"),
        field("protocol", Shape::Id, "a protocol, to show its stages only"),
        CAPTION,
    ];
    /// Findings.
    EvidenceSummary(EvidenceSummaryOptions) = "evidence-summary", [
        field("condition", Shape::Line, "a condition, or the id of an evidence chapter"),
        field("technique", Shape::Id, "a technique"),
        field("setting", Shape::Id, "a setting"),
        field("protocol", Shape::Id, "a protocol"),
        field("problem-area", Shape::Id, "a problem area"),
        field("columns", Shape::Choices(EVIDENCE_COLUMNS), "the columns, in order"),
        CAPTION,
    ];
    /// The condition, direction, certainty and best source of each evidence chapter.
    EvidenceOverview(EvidenceOverviewOptions) = "evidence-overview", [CAPTION];
    /// Effects with their intervals as a picture.
    ForestPlot(ForestPlotOptions) = "forest-plot", [
        field("condition", Shape::Line, "a condition, or the id of an evidence chapter"),
        field("technique", Shape::Id, "a technique"),
        field("setting", Shape::Id, "a setting"),
        field("protocol", Shape::Id, "a protocol"),
        field("problem-area", Shape::Id, "a problem area"),
        CAPTION,
    ];
    /// Measures down, stages across.
    MeasureMatrix(MeasureMatrixOptions) = "measure-matrix", [
        field("protocol", Shape::Id, "a protocol, to show its stages only"),
        CAPTION,
    ];
    /// Settings with their protocols, formats and evidence.
    SettingComparison(SettingComparisonOptions) = "setting-comparison", [CAPTION];
    /// Cards or a list of chapters.
    Chapters(ChaptersOptions) = "chapters", [
        field("kind", Shape::Choice(Kind::NAMES), "chapters of a kind"),
        field("part", Shape::Line, "chapters of a part, by its folder"),
        field("relation", Shape::Line, "chapters that are tied to `of` by a relation"),
        field("of", Shape::Line, "the chapter whose relations are meant; this one, if none"),
        field("style", Shape::Choice(&["cards", "list"]), "how they are shown"),
    ];
    /// The form of a worksheet.
    Worksheet(WorksheetOptions) = "worksheet", [field("worksheet", Shape::Id, "the worksheet; this chapter, if none")];
    /// A film with what is said in it.
    Video(VideoOptions) = "video", [
        field("title", Shape::Line, "what it shows").required(),
        field("file", Shape::Line, "a file of the manual"),
        field("address", Shape::Line, "an outside address, instead of a file"),
        field("poster", Shape::Line, "a picture of the manual to show before it runs"),
        field("captions", Shape::Line, "subtitles, a .vtt file of the manual"),
        field("transcript", Shape::Line, "what is said and seen, in Markdown"),
    ];
    /// The glossary.
    Glossary = "glossary", [];
    /// The works cited.
    References = "references", [];
    /// Who answers for what, and when it is reviewed.
    DocumentControl = "document-control", [];
    /// Suggested wording for the therapist.
    Say = "say", [field("text", Shape::Text, "the wording")];
}

view! {
    /// The options of `session-summary`.
    SessionSummaryOptions of DirectiveKind::SessionSummary.fields();
    /// The protocol.
    protocol: Id, "protocol";
    /// The setting, instead of a protocol.
    setting: Id, "setting";
    /// The columns, in order.
    columns: Choices, "columns";
    /// A row for each stage or for each session.
    by: Choice, "by";
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `session-timeline`.
    SessionTimelineOptions of DirectiveKind::SessionTimeline.fields();
    /// The protocol.
    protocol: Id, "protocol";
    /// Whether that is written, even wrongly.
    is_protocol_given: Given, "protocol";
    /// The setting, instead of a protocol.
    setting: Id, "setting";
    /// Whether that is written, even wrongly.
    is_setting_given: Given, "setting";
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `phase-map`.
    PhaseMapOptions of DirectiveKind::PhaseMap.fields();
    /// The protocol whose stages are meant.
    protocol: Id, "protocol";
    /// Whether that is written, even wrongly.
    is_protocol_given: Given, "protocol";
}

view! {
    /// The options of `technique-matrix`.
    TechniqueMatrixOptions of DirectiveKind::TechniqueMatrix.fields();
    /// What goes across.
    across: Choice, "across";
    /// A protocol, to show its stages only.
    protocol: Id, "protocol";
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `evidence-summary`.
    EvidenceSummaryOptions of DirectiveKind::EvidenceSummary.fields();
    /// A condition, or the id of an evidence chapter.
    condition: Line, "condition";
    /// A technique.
    technique: Id, "technique";
    /// A setting.
    setting: Id, "setting";
    /// A protocol.
    protocol: Id, "protocol";
    /// A problem area.
    problem_area: Id, "problem-area";
    /// The columns, in order.
    columns: Choices, "columns";
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `evidence-overview`.
    EvidenceOverviewOptions of DirectiveKind::EvidenceOverview.fields();
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `forest-plot`.
    ForestPlotOptions of DirectiveKind::ForestPlot.fields();
    /// A condition, or the id of an evidence chapter.
    condition: Line, "condition";
    /// A technique.
    technique: Id, "technique";
    /// A setting.
    setting: Id, "setting";
    /// A protocol.
    protocol: Id, "protocol";
    /// A problem area.
    problem_area: Id, "problem-area";
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `measure-matrix`.
    MeasureMatrixOptions of DirectiveKind::MeasureMatrix.fields();
    /// A protocol, to show its stages only.
    protocol: Id, "protocol";
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `setting-comparison`.
    SettingComparisonOptions of DirectiveKind::SettingComparison.fields();
    /// A line above the table.
    caption: Line, "caption";
}

view! {
    /// The options of `chapters`.
    ChaptersOptions of DirectiveKind::Chapters.fields();
    /// Chapters of a kind.
    kind: Choice, "kind";
    /// Whether that is written, even wrongly.
    is_kind_given: Given, "kind";
    /// Chapters of a part, by its folder.
    part: Line, "part";
    /// Whether that is written, even wrongly.
    is_part_given: Given, "part";
    /// Chapters that are tied to `of` by a relation.
    relation: Line, "relation";
    /// Whether that is written, even wrongly.
    is_relation_given: Given, "relation";
    /// The chapter whose relations are meant; this one, if none.
    of: Line, "of";
    /// How they are shown.
    style: Choice, "style";
}

view! {
    /// The options of `worksheet`.
    WorksheetOptions of DirectiveKind::Worksheet.fields();
    /// The worksheet; this chapter, if none.
    worksheet: Id, "worksheet";
    /// Whether that is written, even wrongly.
    is_worksheet_given: Given, "worksheet";
}

view! {
    /// The options of `video`.
    VideoOptions of DirectiveKind::Video.fields();
    /// What it shows.
    title: Line, "title";
    /// A file of the manual.
    file: Line, "file";
    /// An outside address, instead of a file.
    address: Line, "address";
    /// A picture of the manual to show before it runs.
    poster: Line, "poster";
    /// Subtitles, a .vtt file of the manual.
    captions: Line, "captions";
    /// What is said and seen, in Markdown.
    transcript: Line, "transcript";
    /// Whether that is written, even wrongly.
    is_transcript_given: Given, "transcript";
}

view! {
    /// The options of `say`.
    SayOptions of DirectiveKind::Say.fields();
    /// The wording.
    text: Text, "text";
}

impl<'a> SessionSummaryOptions<'a> {
    /// Those that a timeline has too.
    pub(crate) fn as_timeline(self) -> SessionTimelineOptions<'a> {
        SessionTimelineOptions::new(self.0)
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
    /// Those that a forest plot has too.
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
            None => format!("there are {}", names().map(|name| format!("`{{{name}}}`")).collect::<Vec<_>>().join(", ")),
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
            reports.push(report.under(&diag::BAD_OPTION));
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

/// A transcript is Markdown of its own.
fn transcript(text: &Spanned<String>, own: &str, conditions: Conditions<'_>, reports: &mut Reports) -> Body {
    let reading =
        Reading { place: SourceMap::Whole(text.span), raw_html: conditions.raw_html, mentions: None, own, title: "" };
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
    let reading = Reading { place, raw_html: conditions.raw_html, mentions: None, own, title: "" };
    let body = markdown::chapter(wording, reading, reports);
    if wording.trim().is_empty() {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, block.name.span, "there is nothing to say here")
                .help("write the wording between the fences"),
        );
    }
    reject_inner(&body, reports);
    let options = Record::empty(DirectiveKind::Say.fields(), block.name.span);
    Directive { kind: Some(DirectiveKind::Say), options, wording: body, span: block.name.span }
}

fn reject_inner(body: &Body, reports: &mut Reports) {
    for inner in &body.directives {
        reports.push(
            Diagnostic::new(&diag::BAD_OPTION, inner.span, "a directive has no place within another")
                .help("put it after the closing fence"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_has_the_options_of_its_picture() {
        let pairs = [
            (SessionSummaryOptions::KEYS, SessionTimelineOptions::KEYS),
            (EvidenceSummaryOptions::KEYS, ForestPlotOptions::KEYS),
        ];
        for (summary, picture) in pairs {
            assert!(picture.iter().all(|key| summary.contains(key)), "{picture:?} within {summary:?}");
        }
    }
}
