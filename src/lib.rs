//! iptbook turns a folder of Markdown chapters on interpersonal psychotherapy into a cross-linked,
//! checked HTML manual.
//!
//! # The house in five minutes
//!
//! Input is a set of named texts; output is a set of named bytes. In between, nothing reads a disk, a clock or an
//! environment variable. Errors of authors are values that every stage collects ([`diag`]).
//!
//! 1. [`load`] reads a manual's folder and a theme into values of [`files`].
//! 2. [`model`] turns each file into a typed value, without looking at any other chapter: what manual.yaml says, the
//!    glossary, a [`Chapter`](model::chapter::Chapter) of a [`Kind`](model::kind::Kind). Markdown becomes HTML with holes
//!    ([`Body`](model::body::Body)).
//! 3. [`link`] puts the chapters in order and joins them into a [`Manual`](link::manual::Manual): it finds once what every
//!    link and relation means, and keeps it in both directions. [`link::checks`] check the whole.
//! 4. [`words`] reads the interface texts of the manual's language, [`citation`] formats citations and references.
//! 5. [`render`] fills the holes: a text becomes HTML, with its words and headings beside it
//!    ([`Rendered`](render::text::rendered::Rendered)). It lays out pages with the theme's templates, and makes the data
//!    files and the search from the same words. It passes each file on as it is made; [`render::verify`] can be put in
//!    between, and checks finished pages on their way.
//! 6. [`write`](mod@write) takes the files into a folder that replaces the old site as a whole.
//!
//! [`pipeline`] runs stages 2 to 4, tries the theme's templates, and checks whether two things want the same path of
//! the site; citations are formatted only when somebody asks for them. [`cli`] runs everything and draws reports,
//! unless [`stamp`] says that a build would change nothing. [`rebuild`] runs stages 2 to 5 again and again for one
//! manual, and each time does only what changed; [`serve`] shows the result in a browser. [`external`] tests links to
//! the web, if that is asked for. [`author`] helps authors write: new chapters, schemas for editors, another id for a
//! chapter, who reviews which chapter when.
//!
//! Each kind has a list of fields ([`model::kinds`]): with it chapters are read, editors check, and `iptbook new` writes.
//! The list is also a view with a method for each key; no other code reads a key by its name.
//!
//! # Who may use whom
//!
//! Each folder has such a table for its own files in the documentation of its `mod.rs`. An arrow means "may use", and
//! reaches to the end of its line. A test checks the code against the tables, finds circles among files and folders, and
//! finds arrows of this table that nothing needs any more.
//!
//! ```text
//! main -> cli
//! cli -> { author, external, load, serve, stamp, write }
//! serve -> { load, rebuild, stamp }
//! { author, cli, rebuild, serve } -> pipeline -> render -> { link, words } -> model -> diag -> files -> span
//! load -> model -> diag -> files -> span
//! { stamp, write } -> files
//! load -> stamp
//! { author, pipeline, render, link } -> citation
//! { author, pipeline, render, link, words } -> language
//! { rebuild, render, model, stamp } -> hash
//! { load, stamp, write, pipeline, render, link } -> par
//! ```
//!
//! # What is deliberately absent
//!
//! - `model` never sees another chapter, for `link` the pages of the site are only names, `render` never sees a disk.
//! - Only `load`, `write` and `stamp` read and write files; `serve` watches folders, and sends files of the manual as they
//!   are. Only `external` and `serve` touch a network. Only `cli` prints. Only `cli` and `stamp` read the environment,
//!   and only they and `serve` the clock.
//! - Nothing that makes pages resolves a link: what it means is kept in the `Manual`.
//! - No page's data contains the manual: what pages share is made once and passed on by reference.
//! - Templates know only the views that they get: they lay them out, and choose by a name in them, by how much there is,
//!   or by something that is missing.
//! - Nobody looks for words in HTML that the Markdown writer made: it hands them out. For HTML of others (authors,
//!   formulas, citations, and what templates draw for a directive), `model::markup` finds the words. Three things are done
//!   with what templates made of a page, and each module says why: headings for paper (`render::page::print`), numbers of
//!   sections (`render::text::numbering`), and the mark of the current page (`render::page::frame`).
//! - Only `language` names ICU, only `model::markdown` pulldown-cmark, only `model::yaml` the YAML reader, only
//!   `render::template` Tera, only `citation` hayagriva: each could be replaced in one place.
//!
//! # Where new things go
//!
//! All paths are in `src/`, except `themes/`, `tests/` and the README; `locales/` is `themes/default/locales/`. "Its lines"
//! in a `mod.rs` are `mod`, the list, and the table of who may use whom. What authors write is described in `README.md`,
//! what templates get in `themes/README.md`. After a new file in `themes/`, `src/starter/` or `manual/`, run
//! `touch src/load/embedded.rs`, which has no need to change. Authors read of every change in `CHANGELOG.md`.
//!
//! | To add | Touch |
//! | --- | --- |
//! | a kind of chapter | `model/kind.rs`: its line in the list, and its article if that is not `a`; its file in `model/kinds/`, and in `model/kinds/mod.rs` its `mod` and the table; `themes/default/templates/kinds/`; `kind-…` and `backlinks-…` in `locales/`; both READMEs; `tests/kitchen-sink`, `starter/`. Nothing reminds you of what holds for some kinds only (look for `Kind::`): that the texts of cases are searched for what identifies a patient (`model/chapter.rs`, `link/checks/privacy.rs`), `is_sequence` in `model/kinds/mod.rs`, `link/course.rs`, `link/checks/safety.rs`, `render/page/part.rs` (its tables), `render/address/sheet.rs`, `render/view/` (chapter, contents, relations, sheet), `reaches_far` in `render/site/fingerprint.rs`, `render/data/manual_json.rs`, `themes/default/static/js/search.js` |
//! | a field | its line in the kind's list in `model/kinds/` (of every kind: `common.rs`); `field-…` in `locales/`, and `<field>-<word>` for each choice; README; `tests/kitchen-sink`. `is_sequence` in `model/kinds/mod.rs` if the order of its items matters. The page, the schema, `new` and the search show it automatically, but a list of mappings is a table that `templates/kinds/` must place |
//! | a relation | as a field, with `relation-…` instead of `field-…`, and `backlinks-<kind>-…` for the other side if `backlinks-<kind>` does not say enough; `fields` in `tests/browser/files/relations.test.mjs`. Links, the other side and `mv` follow automatically. In a list of mappings, call a key with one id as its kind (`stage: Id`) |
//! | a directive | `model/directive.rs`: its line, and its options as a view; `render/view/directive.rs`: its arm in `draw`, for a table in `table`, too; what draws it in `render/view/table/`, `chart/` or beside them. A table needs no template; others have one in `themes/default/templates/components/` and a line in `Component` (`render/template/mod.rs`). Words of its own: `words/key.rs` and `locales/`; columns that can be chosen: `model/column.rs`. README, and `themes/README.md` if it has a template; `tests/kitchen-sink/writing/`; `tests/cases/directives.md`. An option `Id` with the name of a kind (`setting: Id, "setting"`) needs nothing more; one that names a chapter, a file or an address in another way must be added to `link/edges.rs`, `link/checks/directives.rs`, `link/external.rs` and `author/rename/edits.rs`. Nothing reminds you of `draws` in `render/view/chapter.rs`, if a chapter has the same drawing already |
//! | a check | of the whole: its file and its lines in `link/checks/`. Of one file: `model/`; of what Markdown reads otherwise than meant: `model/markdown/slips/`; of YAML: `model/yaml/` and `model/schema/advice.rs`; of a link: `link/edges.rs`; of paths: `render/address/taken.rs`; of finished pages: `render/verify/` |
//! | a code of a report | `diag/codes.rs`; `diag/explained/<family>/<fault>.md` with `## Wrong` and `## Right`; a case with an `expect` and a `text` block in `tests/cases/` (a new file: also in `families!` of `tests/suite/cases.rs`); a way in `tests/suite/mutations.rs` |
//! | a page that the tool makes | `render/address/made.rs`: its name and, at the same position in the table, its row, which says whether navigation, sitemap and authors may lead to it; `render/page/made.rs`: its arm and its function; its template in `themes/default/templates/pages/`; its title in `words/key.rs` and `locales/`; both READMEs; the list in `tests/browser/lib/site.mjs`. If it shows texts of chapters: `render/site/fingerprint.rs` |
//! | a data file | its file in `render/data/`, and in `render/data/mod.rs` its lines, its variant, path and content; one for each chapter has its path in `render/address/paths.rs`; the field `csv` of the view of the table that links to it, in `render/view/table/`; README; `tests/suite/golden/`; if every manual gets it, the list in `tests/browser/lib/site.mjs` |
//! | an export that is not part of the site (EPUB, PDF) | a folder beside `render/site/` that makes its parts and hands them to an `Output` (`files/output.rs`); where its links lead: a `Medium` in `render/text/renderer.rs`, and every place that asks for `Medium::Print`; its templates in the theme, and how they are tried in `tests/suite/themes.rs`. What packs the parts needs the bytes of pictures, and belongs at the edge, beside `write/`; in `tests/suite/tidy/mod.rs`, its crate in `NAMED_ONCE` and its files in `OUTSIDE`; `Cargo.toml`, `fuzz/Cargo.lock`, `.cargo/deny.toml`; a command |
//! | an interface text | `locales/en.yaml` and the languages beside it; its name in `words/key.rs` |
//! | a command | `cli/args.rs`, with its example; its file beside it, its arm and its lines in `cli/mod.rs`; README |
//! | a test | `tests/suite/`: a file or folder for each feature; small ones are beside the code |

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
