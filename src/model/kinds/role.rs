//! Lists the keys of a role: a task of the therapist.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a task of the therapist beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Role;
    techniques: Ids(Kind::Technique), "techniques", "techniques that this task uses";
    measures: Ids(Kind::Measure), "measures", "measures that this task uses";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets that this task uses";
}
