//! Finds interface texts that depend on a kind of chapter, on a field, or on a value of front matter.

use crate::model::body::BodyWord;
use crate::model::kind::Kind;
use crate::model::kinds::common::Common;
use crate::model::kinds::evidence::Finding;
use crate::model::kinds::stage::Stage;
use crate::model::range::SessionRange;
use crate::model::status::Status;
use crate::words::key::{self, Word};
use crate::words::texts::{Words, filled};

impl Words {
    /// A kind of chapter, in the singular.
    pub(crate) fn kind(&self, kind: Kind) -> &str {
        self.named(&key::kind(kind), kind.name())
    }

    /// The heading of a field of front matter, or of a table's column.
    pub(crate) fn field<'a>(&'a self, name: &'a str) -> &'a str {
        self.named(&key::field(name), name)
    }

    /// The heading of a section with this anchor: the heading of the field with this name, if there is one.
    pub(crate) fn section<'a>(&'a self, anchor: &'a str) -> &'a str {
        self.find(&key::field(anchor)).unwrap_or(anchor)
    }

    /// A value of a field that has a list of values.
    pub(crate) fn choice<'a>(&'a self, field: &str, value: &'a str) -> &'a str {
        self.named(&key::choice(field, value), value)
    }

    /// How far the work on a chapter has come.
    pub(crate) fn status(&self, status: Status) -> &str {
        self.choice(Common::KEYS.status, status.name())
    }

    /// A phase of treatment, within a sentence or a cell.
    pub(crate) fn phase<'a>(&'a self, phase: &'a str) -> &'a str {
        self.choice(Stage::KEYS.phase, phase)
    }

    /// A phase of treatment, as a heading.
    pub(crate) fn phase_title<'a>(&'a self, phase: &'a str) -> &'a str {
        self.named(&key::phase_title(phase), phase)
    }

    /// The certainty of a finding.
    pub(crate) fn certainty<'a>(&'a self, certainty: &'a str) -> &'a str {
        self.choice(Finding::KEYS.certainty, certainty)
    }

    /// Which treatment a finding favours.
    pub(crate) fn direction<'a>(&'a self, direction: &'a str) -> &'a str {
        self.choice(Finding::KEYS.direction, direction)
    }

    /// Which side of no effect is in favour of IPT; `no_effect` is the number for no effect, as shown.
    pub(crate) fn side(&self, side: &str, no_effect: &str) -> String {
        filled(self.named(&key::side(side), side), &[no_effect])
    }

    /// The design of a study. If authors write one that has no text, it is shown as it is.
    pub(crate) fn design<'a>(&'a self, design: &'a str) -> &'a str {
        self.find(&key::design(design)).unwrap_or(design)
    }

    /// How a case was made, as a sentence above it.
    pub(crate) fn banner<'a>(&'a self, basis: &'a str) -> &'a str {
        self.named(&key::banner(basis), basis)
    }

    /// The name of a blank sheet.
    pub(crate) fn sheet(&self, name: &'static str) -> &str {
        self.named(&key::sheet(name), name)
    }

    /// What a blank sheet is for.
    pub(crate) fn sheet_note(&self, name: &'static str) -> &str {
        self.named(&key::sheet_note(name), name)
    }

    /// The heading over the chapters that a chapter names under a relation.
    pub(crate) fn relation<'a>(&'a self, relation: &'a str) -> &'a str {
        self.named(&key::relation(relation), relation)
    }

    /// The heading over the chapters of a kind that name a chapter under a relation.
    pub(crate) fn backlinks(&self, kind: Kind, relation: &str) -> &str {
        let [exact, of_relation, of_kind] = key::backlinks(kind, relation);
        let found = self.find(&exact).or_else(|| self.find(&of_relation));
        found.unwrap_or_else(|| self.named(&of_kind, kind.name()))
    }

    /// The numbers of sessions, or the word for them.
    pub(crate) fn sessions(&self, sessions: SessionRange) -> String {
        match sessions {
            SessionRange::Throughout => self.get(Word::SessionsThroughout).to_owned(),
            SessionRange::FollowUp => self.get(Word::SessionsFollowUp).to_owned(),
            SessionRange::Numbers { .. } => sessions.to_string(),
        }
    }

    /// A word within the text of a chapter.
    pub(crate) fn of_body(&self, word: BodyWord) -> &str {
        self.named(word.key(), word.key())
    }
}
