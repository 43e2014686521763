//! A checked manual to the files of a site.
//!
//! [`site`] makes each page and hands it to an [`Output`] at once; nothing keeps all pages. In
//! reading order: addresses ([`paths`]), texts with their holes filled ([`fill`]), plain data for
//! templates ([`view`], [`chapter_view`], [`lists`]), tables ([`session_table`], [`session_data`], [`tables`],
//! [`evidence_tables`], [`matrices`], [`phases`]), pictures ([`timeline`], [`forest`]), blank forms
//! ([`forms`]), what directives draw ([`directives`]), the templates ([`templates`]), the pages
//! ([`pages`]), the data files ([`data`]) and the search index ([`search`]). Nothing here touches a disk or a clock.

pub mod chapter_view;
pub mod css;
pub mod data;
pub mod directives;
pub mod evidence_tables;
pub mod fill;
pub mod forest;
pub mod forms;
pub mod index;
pub mod lists;
pub mod locale;
pub mod matrices;
pub mod pages;
pub mod paths;
pub mod phases;
pub mod print;
pub mod search;
pub mod session_data;
pub mod session_table;
pub mod tables;
mod template_mistake;
pub mod templates;
pub mod timeline;
pub mod view;

use std::cell::RefCell;
use std::sync::{Mutex, PoisonError};

use crate::citation::Formatted;
use crate::files::{Output, ThemeFiles};
use crate::link::Manual;
use crate::par;

use fill::Book;
use locale::Words;
use pages::Site;
use search::{Folding, Index, Listener, Vocabulary};
use templates::{TemplateError, Templates};

/// Why a site could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template is at fault.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The machine is at fault.
    #[error("cannot write {path}: {cause}")]
    Write {
        /// The file, relative to the site.
        path: String,
        /// Why.
        cause: std::io::Error,
    },
}

/// How many chapters that follow each other are made by one thread, before it looks for others.
const RUN: usize = 32;

/// A file to be made.
enum Job<'a> {
    /// Chapters that follow each other.
    Chapters(&'a [pages::Page]),
    Page(&'a pages::Page),
    Static(&'a str, &'a [u8]),
    Attachment(&'a str),
    Data(data::File),
}

/// Makes all files of a site and hands them to `output`.
///
/// # Errors
/// The first template or file that fails, in the order of the site.
pub fn site(
    manual: &Manual,
    words: &Words,
    formatted: &Formatted,
    theme: &ThemeFiles,
    output: &dyn Output,
) -> Result<(), RenderError> {
    let templates = Templates::new(theme, words)?;
    let book = Book::new(manual, words, formatted);
    let site = Site::new(&book, &templates);
    let folding = Folding::new(&manual.settings.language);
    let put = |path: &str, content: &[u8]| {
        output.put(path, content).map_err(|cause| RenderError::Write { path: path.to_owned(), cause })
    };
    let pages = site.pages();
    let (chapters, others): (Vec<_>, Vec<_>) = pages.into_iter().partition(pages::Page::is_chapter);
    let mut jobs: Vec<Job<'_>> = others.iter().map(Job::Page).collect();
    jobs.extend(chapters.chunks(RUN).map(Job::Chapters));
    jobs.extend(
        theme.iter().filter(|(path, _)| path.starts_with("static/")).map(|(path, content)| Job::Static(path, content)),
    );
    jobs.extend(
        manual
            .attachments
            .iter()
            .filter(|path| path.starts_with("assets/") || manual.linked_files.contains(*path))
            .map(Job::Attachment),
    );
    jobs.extend(data::files(&book).into_iter().map(Job::Data));
    let vocabulary = Vocabulary::default();
    // Those who know many words already go from thread to thread.
    let idle = Mutex::new(Vec::new());
    let said = par::try_map(&jobs, |job| match job {
        Job::Chapters(pages) => {
            // What the chapters say is taken down while their pages are made.
            let known = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let listener = RefCell::new(known.unwrap_or_else(|| Listener::new(&book, &folding, &vocabulary)));
            let said = RefCell::new(Vec::with_capacity(pages.len()));
            for page in *pages {
                let listen = |ix, view: &_| said.borrow_mut().push(listener.borrow_mut().chapter(ix, view));
                let html = site.render(page, &listen)?;
                put(&page.path, html.as_bytes())?;
            }
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(listener.into_inner());
            Ok(said.into_inner())
        }
        Job::Page(page) => put(&page.path, site.render(page, &|_, _| {})?.as_bytes()).map(|()| Vec::new()),
        Job::Static(path, content) => {
            let compact = std::str::from_utf8(content).ok().filter(|_| path.ends_with(".css")).map(css::compact);
            put(path, compact.as_deref().map_or(*content, str::as_bytes)).map(|()| Vec::new())
        }
        Job::Attachment(path) => {
            let copied = output.copy(path).map(|()| Vec::new());
            copied.map_err(|cause| RenderError::Write { path: (*path).to_owned(), cause })
        }
        Job::Data(file) => put(&file.path(&book), &file.content(&book)).map(|()| Vec::new()),
    })?;
    let terms = Listener::new(&book, &folding, &vocabulary).terms();
    let said: Vec<_> = said.into_iter().flatten().chain(terms).collect();
    let index = Index::new(&book, &folding, &vocabulary, said);
    par::try_map(&index.files(), |file| put(&file.path(), index.content(*file).as_bytes())).map(drop)
}
