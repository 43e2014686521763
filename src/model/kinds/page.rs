//! Any other page: an introduction, a policy, questions and answers.

use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[field("applies-to", Shape::AnyIds, "chapters that it governs")];

view! {
    /// The keys of a page beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Page of FIELDS;
    /// Chapters that it governs.
    applies_to: AnyIds, "applies-to";
}
