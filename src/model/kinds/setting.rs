//! Lists the keys of a setting: where the treatment is delivered, and what that changes.

use crate::model::kind::Kind;
use crate::model::kinds::protocol::FORMATS;
use crate::model::schema::view::view;

view! {
    /// The keys of a setting beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Setting;
    protocols: Ids(Kind::Protocol), "protocols", "protocols used in this setting, the usual one first";
    evidence: Ids(Kind::Evidence), "evidence", "evidence for this setting";
    format: Choices(FORMATS), "format", "who meets, and how";
    constraints: Texts, "constraints", "what the setting does not allow";
    considerations: Texts, "considerations", "what to keep in mind";
    adaptations: Records of Adaptation, "adaptations", "what changes, stage by stage";
}

view! {
    /// What a setting changes in a stage.
    Adaptation;
    stage: Id, "stage", "the stage", required;
    sessions: Sessions, "sessions", "the sessions of the stage in this setting, if different";
    change: Text, "change", "what changes", required;

    /// Whether they are written, even wrongly.
    are_sessions_given: Given of sessions;
}
