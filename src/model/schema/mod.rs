//! What keys a YAML mapping may hold, and a mapping read against that: the one place where types,
//! required keys and unknown keys are checked, for every YAML the tool reads.
//!
//! A list of [`Field`]s is the schema of a chapter kind, of manual.yaml, of a glossary entry, of a
//! directive's options. [`read`] turns a [`Node`] into a [`Record`] and reports everything that
//! does not fit, then goes on.

pub mod read;
pub mod record;
pub mod scalar;
pub mod shape;
