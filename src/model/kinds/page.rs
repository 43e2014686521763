//! Any other page: an introduction, a policy, questions and answers.

use crate::model::schema::shape::{Field, Shape, field};

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[field("applies-to", Shape::AnyIds, "chapters that it governs")];
