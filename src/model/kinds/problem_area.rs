//! Lists the keys of a problem area: what the treatment works on.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a problem area beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    ProblemArea;
    stages: Ids(Kind::Stage), "stages", "stages that work on this problem area";
    measures: Ids(Kind::Measure), "measures", "measures to use with this problem area";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets to use with this problem area";
    signs: Texts, "signs", "how to recognise it";
    goals: Texts, "goals", "what the work should achieve";
    strategies: Texts, "strategies", "how to reach these goals";
}
