//! An idea that the treatment rests on.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] =
    &[field("techniques", Shape::Ids(Kind::Technique), "techniques that put it into practice")];
