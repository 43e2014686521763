//! Says which chapters have a blank sheet, and what the sheet is called.

use crate::model::chapter::Chapter;
use crate::model::kind::Kind;

/// Which blank sheet a chapter has: a session plan its session sheet, a stage its checklist, a
/// worksheet its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// Everything that a session plan asks for, on one page.
    Session,
    /// The therapist's tasks in a stage, for therapist and supervisor to tick.
    Checklist,
    /// The form of a worksheet alone.
    Form,
}

impl Sheet {
    /// The sheet of a chapter.
    pub(crate) fn of(chapter: &Chapter) -> Option<Self> {
        match chapter.kind {
            Kind::Session => Some(Self::Session),
            Kind::Stage => (!chapter.stage()?.therapist_tasks().is_empty()).then_some(Self::Checklist),
            Kind::Worksheet => (chapter.worksheet()?.fields().len() > 0).then_some(Self::Form),
            _ => None,
        }
    }

    /// Its name in paths, templates and the keys of texts.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Session => "sheet",
            Self::Checklist => "checklist",
            Self::Form => "form",
        }
    }
}
