//! A task of the therapist.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a task of the therapist beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Role;
    techniques: Ids(Kind::Technique), "techniques", "techniques it uses";
    measures: Ids(Kind::Measure), "measures", "measures it uses";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets it uses";
}
