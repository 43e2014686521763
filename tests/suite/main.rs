//! Tests iptbook from outside, in one program: a module for each thing that is tested.
//!
//! `cargo test --test suite cli::` runs the tests of one module. Each test has its own folder, runs the real program
//! with its own environment where the environment matters, and never changes that of the tests.

mod author;
mod cases;
mod cli;
mod dependencies;
mod diagnostics;
#[cfg(feature = "external")]
mod external;
mod forty;
mod golden;
mod helps;
mod hostile;
mod killed;
#[cfg(unix)]
mod machine;
mod mutations;
mod readme;
mod rebuild;
mod samples;
#[cfg(feature = "serve")]
mod serve;
mod support;
mod themes;
mod tidy;
mod told;
mod typed;
mod wrong_yaml;
