//! Which chapters have a blank sheet, and its name.

use crate::model::chapter::Chapter;
use crate::model::kind::Kind;

/// Which blank sheet a chapter has: a session plan its session sheet, a stage its checklist, a
/// worksheet its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sheet {
    /// All that a session plan asks for, on one page.
    Session,
    /// What a stage asks of the therapist, to be ticked by therapist and supervisor.
    Checklist,
    /// The form of a worksheet alone.
    Form,
}

impl Sheet {
    /// The sheet of a chapter.
    pub(crate) fn of(chapter: &Chapter) -> Option<Self> {
        let has = |name: &str| !chapter.front.texts(name).is_empty();
        match chapter.kind {
            Kind::Session => Some(Self::Session),
            Kind::Stage if has("therapist-tasks") => Some(Self::Checklist),
            Kind::Worksheet if !chapter.front.records("fields").is_empty() => Some(Self::Form),
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
