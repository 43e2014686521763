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

use crate::citation::Formatted;
use crate::files::{Output, ThemeFiles};
use crate::link::Manual;
use crate::model::directive::Drawing;
use crate::par;

use fill::Book;
use locale::Words;
use pages::Site;
use search::{Folding, Section};
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

/// How many chapters share a section of the search index, and are made by one thread. Each section
/// has a list of its words: with 64 chapters each, 10,000 chapters take 100 MB more.
const SECTION: usize = 256;

/// A file to be made.
enum Job<'a> {
    /// Chapters that follow each other: so many that they share a section of the search index.
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
    jobs.extend(chapters.chunks(SECTION).map(Job::Chapters));
    jobs.extend(
        theme.iter().filter(|(path, _)| path.starts_with("static/")).map(|(path, content)| Job::Static(path, content)),
    );
    let linked = linked_files(manual);
    jobs.extend(
        manual
            .attachments
            .iter()
            .filter(|path| path.starts_with("assets/") || linked.contains(*path))
            .map(Job::Attachment),
    );
    jobs.extend(data::files(&book).into_iter().map(Job::Data));
    let sections = par::try_map(&jobs, |job| match job {
        Job::Chapters(pages) => {
            // What the chapters say is taken down while their pages are made.
            let section = RefCell::new(Section::default());
            for page in *pages {
                let html = site.render(page, &|ix, view| section.borrow_mut().chapter(&book, &folding, ix, view))?;
                put(&page.path, html.as_bytes())?;
            }
            Ok(Some(section.into_inner().finished()))
        }
        Job::Page(page) => put(&page.path, site.render(page, &|_, _| {})?.as_bytes()).map(|()| None),
        Job::Static(path, content) => {
            let compact = std::str::from_utf8(content).ok().filter(|_| path.ends_with(".css")).map(css::compact);
            put(path, compact.as_deref().map_or(*content, str::as_bytes)).map(|()| None)
        }
        Job::Attachment(path) => {
            let copied = output.copy(path).map(|()| None);
            copied.map_err(|cause| RenderError::Write { path: (*path).to_owned(), cause })
        }
        Job::Data(file) => put(&file.path(&book), &file.content(&book)).map(|()| None),
    })?;
    let mut terms = Section::default();
    terms.terms(&book, &folding);
    let sections: Vec<_> = sections.into_iter().flatten().chain([terms.finished()]).collect();
    par::try_map(&search::files(&book, &folding, &sections), |file| put(&file.path, file.content.as_bytes())).map(drop)
}

/// The files outside of `assets/` that chapters link to or show.
fn linked_files(manual: &Manual) -> std::collections::HashSet<String> {
    use crate::link::resolve::{Resolved, resolve};
    let mut linked = std::collections::HashSet::new();
    let glossary = manual.lexicon.terms.iter().map(|term| ("glossary.yaml", &*term.definition.body));
    let chapters =
        manual.chapters.iter().flat_map(|chapter| chapter.bodies().map(|body| (chapter.source.as_str(), body)));
    for (source, body) in chapters.chain(glossary) {
        for link in &body.links {
            if let Ok(Resolved::File(path)) = resolve(manual, source, &link.target) {
                linked.insert(path);
            }
        }
        linked.extend(body.pictures.iter().filter_map(|picture| crate::files::resolve(source, &picture.path.value)));
    }
    for chapter in &manual.chapters {
        let films = chapter.directives.iter().filter(|directive| directive.drawing == Some(Drawing::Video));
        let files = films.flat_map(|film| ["file", "poster", "captions"].map(|name| film.options.line(name)));
        linked.extend(files.flatten().filter_map(|path| crate::files::resolve(&chapter.source, &path.value)));
    }
    linked
}
