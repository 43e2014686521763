//! Lists the keys of a case: how a treatment may go, with an invented or disguised patient.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a case beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Case;
    basis: Choice(&["fictional", "composite", "disguised-with-consent"]), "basis", "how the case was made; a banner tells readers", required;
    problem_areas: Ids(Kind::ProblemArea), "problem-areas", "problem areas that the case shows";
    techniques: Ids(Kind::Technique), "techniques", "techniques that the case shows";
    stages: Ids(Kind::Stage), "stages", "stages that the case shows";
    sessions: Ids(Kind::Session), "sessions", "session plans that the case shows";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets that the case shows";
    measures: Ids(Kind::Measure), "measures", "measures that the case shows";
    settings: Ids(Kind::Setting), "settings", "settings in which the case takes place";
    protocols: Ids(Kind::Protocol), "protocols", "protocols that the case follows";
}
