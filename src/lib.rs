//! iptbook turns a folder of Markdown chapters on interpersonal psychotherapy into a cross-linked,
//! checked HTML manual.
//!
//! # The house in five minutes
//!
//! Input is a set of named texts; output is a set of named bytes. In between, nothing reads a disk, a clock or an
//! environment variable. Errors of authors are values that every stage gathers ([`diag`]).
//!
//! 1. [`load`] reads a manual's folder and a theme: [`files`].
//! 2. [`model`] turns each file, alone, into a typed value: a [`Chapter`](model::chapter::Chapter) of a
//!    [`Kind`](model::kind::Kind), the settings, the glossary. Markdown becomes HTML with holes
//!    ([`Body`](model::body::Body)).
//! 3. [`link`] puts the chapters in order and joins them to a [`Manual`](link::manual::Manual): it finds once what every
//!    link and relation means, and keeps it in both directions. [`link::checks`] look at the whole.
//! 4. [`words`] reads the interface texts of the manual's language, [`citation`] formats citations and references.
//! 5. [`render`] fills the holes, lays out pages with the theme's templates, and makes the data files. It hands each file
//!    on as it is made; [`render::verify`] looks at finished pages on their way.
//! 6. [`write`](mod@write) takes the files into a folder that replaces the old site as a whole.
//!
//! [`pipeline`] runs stages 2 to 4; [`cli`] runs all and draws reports, unless [`stamp`] says that the site is as it would
//! be. [`rebuild`] runs stages 2 to 5 again and again for one manual, and each time does only what changed; [`serve`] shows
//! what it makes in a browser. [`external`] tries links to the web, where that is asked for. [`author`] helps to write: new
//! chapters, schemas for editors, another id for a chapter, who reviews what when.
//!
//! The kinds' lists of fields ([`model::kinds`]) are what chapters are read with, what editors check with and what
//! `iptbook new` writes: a field is declared once.
//!
//! # Who may use whom
//!
//! Each folder has such a table for its own files in the documentation of its `mod.rs`. An arrow means "may use", and
//! reaches to the end of its line. A test holds the code to the tables, and finds circles among files and folders.
//!
//! ```text
//! main -> cli
//! cli -> { author, serve } -> rebuild -> pipeline -> render -> { link, words } -> model -> { diag, hash, par } -> files -> span
//! { cli, author, pipeline, render, link } -> citation
//! { author, pipeline, render, link, words } -> language
//! { cli, serve } -> { external, load, stamp, write }
//! load -> { model, stamp } -> { diag, hash, par } -> files -> span
//! write -> { files, par }
//! ```
//!
//! # What is deliberately absent
//!
//! - `model` never sees another file, `link` never sees the address of a page, `render` never sees a disk.
//! - Only `load`, `write` and `stamp` touch a disk; `serve` watches it, and sends films from it. Only `external` and
//!   `serve` touch a network. Only `cli` prints. Only `cli` and `stamp` read the clock and the environment, and `serve`
//!   measures how long it has been quiet.
//! - Nothing resolves a link twice: what it means is kept in the `Manual`.
//! - No page's data holds the manual: what pages share is made once and handed on by reference.
//! - Templates decide nothing: they lay out the views that they get, and at most ask how long a list is.
//! - Only `language` names ICU, only `model::markdown` pulldown-cmark, only `model::yaml` the YAML reader, only
//!   `render::template` Tera, only `citation` hayagriva: each could be exchanged in one place.
//!
//! # Where new things go
//!
//! | To add | Touch |
//! | --- | --- |
//! | a kind of chapter | its line in `model/kind.rs` and in `model/chapter.rs`; its file and its line in `model/kinds/`; `templates/kinds/` of the theme; its words in `locales/`; `tests/kitchen-sink` |
//! | a field | the kind's list of fields and its getter in `model/kinds/`; its word in `locales/`; `tests/kitchen-sink`. A relation needs a word for each side |
//! | a directive | `model/directive.rs`: its line in the list and its options; `render/view/directive.rs`: what draws it; `themes/default/templates/components/` for its template |
//! | a check | `link/checks/`: its file and its line in the list; its code in `diag/codes.rs` with its page in `diag/explained/`; a case in `tests/cases/` |
//! | a page that the tool makes | `render/address/made.rs`: its line; `render/page/made.rs`: its function; its template in `themes/default/templates/pages/`; its word in `locales/` |
//! | a data file or an export format | a file in `render/data/` beside the others, and its line in `render/data/mod.rs`; a format that is not part of the site (EPUB, PDF) is a folder beside `render/site/`, fed by `render/view/` |
//! | an interface text | `locales/en.yaml` and the languages beside it; its name in `words/` |
//! | a command | `cli/args.rs`, with its example; its file beside it |
//! | a test | `tests/suite/`: a file or folder for each feature; small ones stand beside the code |

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
