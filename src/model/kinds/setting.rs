//! A setting: where the treatment is delivered, and what that changes.

use crate::model::kind::Kind;
use crate::model::kinds::protocol::FORMATS;
use crate::model::schema::view::view;

view! {
    /// The keys of a setting beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Setting;
    protocols: Ids(Kind::Protocol), "protocols", "protocols delivered there, the usual one first";
    evidence: Ids(Kind::Evidence), "evidence", "evidence from there";
    format: Choices(FORMATS), "format", "who meets, and how";
    constraints: Texts, "constraints", "what the place does not allow";
    considerations: Texts, "considerations", "what to think of";
    adaptations: Records of Adaptation, "adaptations", "what changes, stage by stage";
}

view! {
    /// What a setting changes in a stage.
    Adaptation;
    stage: Id, "stage", "the stage", required;
    sessions: Sessions, "sessions", "the sessions it takes up here, if others";
    change: Text, "change", "what changes", required;
}
