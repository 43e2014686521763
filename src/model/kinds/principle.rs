//! An idea that the treatment rests on.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] =
    &[field("techniques", Shape::Ids(Kind::Technique), "techniques that put it into practice")];

view! {
    /// The keys of a principle beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Principle of FIELDS;
    /// Techniques that put it into practice.
    techniques: Ids, "techniques";
}
