//! Turns short bibliographies into citations and lists, to see what an author and a reader of a manual can rely on.
//!
//! The tests know only what the folder shows to others.

mod citing;
mod in_text;
mod kit;
mod listing;
mod reading;
mod styles;
mod telling_apart;
