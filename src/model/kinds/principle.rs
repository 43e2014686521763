//! Lists the keys of a principle: an idea on which the treatment is based.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a principle beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Principle;
    techniques: Ids(Kind::Technique), "techniques", "techniques that put this principle into practice";
}
