//! A problem area: what the treatment works on.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a problem area beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    ProblemArea;
    stages: Ids(Kind::Stage), "stages", "stages in which it is worked on";
    measures: Ids(Kind::Measure), "measures", "measures that suit it";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets that suit it";
    signs: Texts, "signs", "how to recognise it";
    goals: Texts, "goals", "what the work aims at";
    strategies: Texts, "strategies", "how to get there";
}
