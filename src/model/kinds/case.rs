//! A case: how it may go, with an invented or disguised patient.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a case beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Case;
    basis: Choice(&["fictional", "composite", "disguised-with-consent"]), "basis", "what it is made of; a banner says so", required;
    problem_areas: Ids(Kind::ProblemArea), "problem-areas", "problem areas it shows";
    techniques: Ids(Kind::Technique), "techniques", "techniques it shows";
    stages: Ids(Kind::Stage), "stages", "stages it shows";
    sessions: Ids(Kind::Session), "sessions", "session plans it shows";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets it shows";
    measures: Ids(Kind::Measure), "measures", "measures it shows";
    settings: Ids(Kind::Setting), "settings", "where it takes place";
    protocols: Ids(Kind::Protocol), "protocols", "protocols it follows";
}
