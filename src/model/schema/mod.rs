//! Reads a YAML mapping against a list of keys: the one place where types, required keys and unknown keys are checked, for
//! every YAML that the tool reads.
//!
//! A list of [`Field`](shape::Field)s is the schema of a kind of chapter, of manual.yaml, of a glossary entry, of a
//! directive's options. [`read`](read::read) turns a [`YamlNode`](crate::model::yaml::YamlNode) into a
//! [`Record`](record::Record), reports everything that does not fit, and goes on.
//!
//! # Who may use whom
//!
//! ```text
//! read -> { advice, entries, markup, record, scalar, shape }
//! advice -> { scalar, shape }
//! markup -> shape
//! record -> shape
//! view -> { record, shape }
//! ```

mod advice;
mod entries;
mod markup;
pub(crate) mod read;
pub(crate) mod record;
pub(crate) mod scalar;
pub mod shape;
pub mod view;

pub(crate) use crate::model::schema::advice::cut;
pub(crate) use crate::model::schema::markup::markup_in;
