//! iptbook turns a folder of Markdown chapters on interpersonal psychotherapy into a cross-linked,
//! checked HTML manual.
//!
//! # The house in five minutes
//!
//! Input is a set of named texts; output is a set of named bytes; in between, nothing reads a disk,
//! a clock or an environment variable. Mistakes of authors are values that every stage gathers.
//!
//! 1. [`load`] reads a manual's folder and a theme: [`files::source::Sources`], [`files::theme::ThemeFiles`].
//! 2. [`model`] turns each file, alone, into a typed value: a [`model::chapter::Chapter`] of a
//!    [`model::kind::Kind`], the settings, the glossary. Markdown becomes HTML with holes.
//! 3. [`link`] puts the chapters in order and joins them to a [`link::manual::Manual`]: every relation in
//!    both directions. Its checks look at the whole.
//! 4. [`render`] fills the holes, lays out pages with the theme's templates, and makes the data
//!    files. It hands each file on as it is made.
//! 5. [`write`](mod@write) takes the files into a folder that takes the old site's place whole.
//!
//! Finished pages are looked at once more between 4 and 5 ([`render::verify`]). [`external`] tries links to the web, where
//! that is asked for.
//!
//! [`pipeline`] runs stages 2 and 3; [`cli`] runs all and draws reports, unless [`stamp`] says that the
//! site is as it would be. [`rebuild`] runs stages 2 to 4
//! again and again for one manual, and each time does only what changed; [`serve`] shows what it makes in a browser.
//!
//! The kinds' definitions in `model` are also a schema for editors ([`author::json_schema`]) and a chapter to be filled
//! in ([`author::blank`]); [`author::rename`] plans what another id changes.
//!
//! # Who may use whom
//!
//! ```text
//! main -> cli -> { load, write, stamp, external, serve, pipeline, render }
//!                  rebuild -> { pipeline, render }
//!                  serve -> render
//!                  pipeline -> { render, link, model }
//! render -> link -> model                                the core, one way
//! render, link -> { citation, language }                 which know nobody
//! all of it -> { diag -> files, par, hash } -> span      the base
//! ```
//!
//! # What is deliberately absent
//!
//! - `model` never sees another file, `link` never sees an address, `render` never sees a disk.
//! - Only `load`, `write`, `stamp` and `serve` touch a disk (`serve` sends films from it and hears of changes), only
//!   `external` and `serve` a network; only `cli` prints, reads the clock and the environment.
//! - No page's data holds the manual: what pages share is made once and handed on by reference.
//! - Templates choose nothing and compute nothing.
//!
//! # Where new things go
//!
//! | To add | Touch |
//! | --- | --- |
//! | a chapter kind | `model/kinds/`: its file and its line in the list; `templates/kinds/` of the theme; its words in `locales/` |
//! | a field | the kind's list of fields and the view beside it; its word in `locales/` |
//! | a directive | `model/directive.rs`: its line in the list and the view of its options; `render/directives.rs` |
//! | a check | `link/checks/`: its file and its line in the list; its code in `diag/codes.rs` with its page in `diag/explained/`; a case in `tests/cases/` |
//! | an interface text | `locales/en.yaml`, and the other languages beside it |
//! | a command | `cli/args.rs`, with its example; its file beside it |

#![forbid(unsafe_code)]
// Dead code is looked for with all features on: what only they use is not marked one by one.
#![cfg_attr(not(all(feature = "serve", feature = "external")), allow(dead_code, unused_imports))]

mod author;
pub mod citation;
pub mod cli;
pub mod diag;
#[cfg(feature = "external")]
mod external;
pub mod files;
mod hash;
pub mod language;
pub mod link;
pub mod load;
pub mod model;
mod par;
pub mod pipeline;
pub mod rebuild;
pub mod render;
#[cfg(feature = "serve")]
mod serve;
pub mod span;
mod stamp;
pub mod words;
mod write;
