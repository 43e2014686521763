//! A setting: where the treatment is delivered, and what that changes.

use crate::model::kind::Kind;
use crate::model::kinds::protocol::FORMATS;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("protocols", Shape::Ids(Kind::Protocol), "protocols delivered there, the usual one first"),
    field("evidence", Shape::Ids(Kind::Evidence), "evidence from there"),
    field("format", Shape::Choices(FORMATS), "who meets, and how"),
    field("constraints", Shape::Texts, "what the place does not allow"),
    field("considerations", Shape::Texts, "what to think of"),
    field("adaptations", Shape::Records(ADAPTATIONS), "what changes, stage by stage"),
];

view! {
    /// The keys of a setting beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Setting of FIELDS;
    /// Protocols delivered there, the usual one first.
    protocols: Ids, "protocols";
    /// Evidence from there.
    evidence: Ids, "evidence";
    /// Who meets, and how.
    format: Choices, "format";
    /// What the place does not allow.
    constraints: Texts, "constraints";
    /// What to think of.
    considerations: Texts, "considerations";
    /// What changes, stage by stage.
    adaptations: Records of Adaptation, "adaptations";
}

/// What changes in a stage.
const ADAPTATIONS: &[Field] = &[
    field("stage", Shape::Id, "the stage").required(),
    field("sessions", Shape::Sessions, "the sessions it takes up here, if others"),
    field("change", Shape::Text, "what changes").required(),
];

view! {
    /// What a setting changes in a stage.
    Adaptation of ADAPTATIONS;
    /// The stage.
    stage: Id, "stage";
    /// The sessions it takes up here, if others.
    sessions: Sessions, "sessions";
    /// What changes.
    change: Text, "change";
}
