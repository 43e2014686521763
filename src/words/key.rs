//! Lists the keys of interface texts: a closed list for texts that are always the same, and a rule for each family.

use crate::model::kind::Kind;

macro_rules! words {
    ($list:ident: $($name:ident = $key:literal,)*) => {
        #[doc = "One of a closed list of texts."]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $list { $($name),* }

        impl $list {
            /// All of the list.
            #[cfg(test)]
            pub(in crate::words) const ALL: &[Self] = &[$(Self::$name),*];

            /// Its key in locale files.
            pub(crate) fn key(self) -> &'static str {
                match self { $(Self::$name => $key),* }
            }
        }
    };
}

words! { Word:
    BacklinksMentions = "backlinks-mentions",
    Changed = "changed",
    ChangesNote = "changes-note",
    Usually = "usually",
    ComparedWith = "compared-with",
    ConfidenceInterval = "confidence-interval",
    Connections = "connections",
    Date = "date",
    DecimalMark = "decimal-mark",
    EvidenceOverview = "evidence-overview",
    EvidenceOverviewNote = "evidence-overview-note",
    Findings = "findings",
    ForestPlot = "forest-plot",
    Home = "home",
    Interval = "interval",
    KindTerm = "kind-term",
    ListComma = "list-comma",
    MeasuresByStage = "measures-by-stage",
    NoEffects = "no-effects",
    NoFindings = "no-findings",
    NoProtocol = "no-protocol",
    NoSource = "no-source",
    NoStages = "no-stages",
    NotUsed = "not-used",
    NothingToShow = "nothing-to-show",
    OtherPages = "other-pages",
    PageContents = "page-contents",
    PageDocumentControl = "page-document-control",
    PageEvidence = "page-evidence",
    PageGlossary = "page-glossary",
    PageHome = "page-home",
    PageNotFound = "page-404",
    PagePrint = "page-print",
    PageReferences = "page-references",
    PageReferencesToCheck = "page-references-to-check",
    PageSearch = "page-search",
    PageSessionSummary = "page-session-summary",
    Search = "search",
    SearchAllKinds = "search-all-kinds",
    SearchClose = "search-close",
    SearchDanger = "search-danger",
    SearchDangerWords = "search-danger-words",
    SearchHint = "search-hint",
    SearchIn = "search-in",
    SearchLabel = "search-label",
    SearchMore = "search-more",
    SearchNone = "search-none",
    SearchSmallWords = "search-small-words",
    SessionSummaryOf = "session-summary-of",
    SessionTimelineOf = "session-timeline-of",
    SessionsFollowUp = "sessions-follow-up",
    SessionsThroughout = "sessions-throughout",
    SettingsCompared = "settings-compared",
    SlotEmpty = "slot-empty",
    TechniquesByProblemArea = "techniques-by-problem-area",
    TechniquesByStage = "techniques-by-stage",
    Thousands = "thousands",
    TimelineSession = "timeline-session",
    TimelineSessions = "timeline-sessions",
    TimelineWords = "timeline-words",
    ToCheckAll = "to-check-all",
    Used = "used",
}

// Texts with a number in them, which have a form for each sort of number.
words! { Counted:
    Chapters = "chapters",
    SearchFound = "search-found",
}

pub(in crate::words) fn form(counted: Counted, form: &str) -> String {
    format!("{}-{form}", counted.key())
}

pub(in crate::words) fn kind(kind: Kind) -> String {
    format!("kind-{}", kind.name())
}

pub(in crate::words) fn field(name: &str) -> String {
    format!("field-{name}")
}

pub(in crate::words) fn choice(field: &str, value: &str) -> String {
    format!("{field}-{value}")
}

pub(in crate::words) fn banner(basis: &str) -> String {
    format!("banner-{basis}")
}

pub(in crate::words) fn phase_title(phase: &str) -> String {
    format!("title-phase-{phase}")
}

pub(in crate::words) fn side(side: &str) -> String {
    format!("side-{side}")
}

pub(in crate::words) fn design(design: &str) -> String {
    format!("design-{design}")
}

pub(in crate::words) fn sheet(name: &str) -> String {
    format!("sheet-{name}")
}

pub(in crate::words) fn sheet_note(name: &str) -> String {
    format!("sheet-{name}-note")
}

pub(in crate::words) fn relation(name: &str) -> String {
    format!("relation-{name}")
}

/// The headings over chapters of a kind that name a chapter under a relation; the first that has a text is shown. The
/// last always has one.
pub(in crate::words) fn backlinks(kind: Kind, relation: &str) -> [String; 3] {
    let kind = kind.name();
    [format!("backlinks-{kind}-{relation}"), format!("backlinks-{relation}"), format!("backlinks-{kind}")]
}

pub(in crate::words) fn month(number: i8) -> String {
    format!("month-{number}")
}
