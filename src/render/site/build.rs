//! Makes the files of a site or, if they were made before, only those that changed.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash as _;
use std::sync::{Arc, Mutex, PoisonError};

use crate::citation::Formatted;
use crate::files::output::Output;
use crate::files::theme::ThemeFiles;
use crate::hash;
use crate::link::manual::Manual;
use crate::par;
use crate::render::data;
use crate::render::page::frame::PageMaker;
use crate::render::page::kind::PlannedPage;
use crate::render::search::fold::Folding;
use crate::render::search::index::{self, SearchIndex};
use crate::render::search::lines::IndexLines;
use crate::render::search::listener::Listener;
use crate::render::search::places::PageText;
use crate::render::search::vocabulary::Vocabulary;
use crate::render::site::css;
use crate::render::site::fingerprint::Fingerprints;
use crate::render::template::Templates;
use crate::render::template::error::TemplateError;
use crate::render::text::context::RenderContext;
use crate::words::Words;

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

/// How many consecutive chapters one thread makes before it looks for more.
const RUN: usize = 32;

/// A file to be made, or several.
enum Job<'a> {
    /// Chapters that follow each other.
    Chapters(&'a [PlannedPage]),
    Page(&'a PlannedPage),
    Static(&'a str, &'a [u8]),
    Attachment(&'a str),
    Data(data::DataFile),
}

/// What is kept of a finished site, so that the next build makes only what changed.
#[derive(Default)]
pub(crate) struct Cache {
    /// What its manual was read with, and the templates of that.
    grounds: Option<(u64, Templates)>,
    /// What each file shows.
    files: HashMap<String, u64>,
    /// What each chapter's page says.
    texts: HashMap<String, Arc<PageText>>,
    /// What the search index was made of, and its lines.
    index: u64,
    lines: IndexLines,
    /// What the glossary's entries say, and what they show.
    terms: (u64, Vec<Arc<PageText>>),
    vocabulary: Vocabulary,
}

impl Cache {
    /// Whether everything must be made again.
    pub(crate) fn is_empty(&self) -> bool {
        self.grounds.is_none()
    }
}

/// Makes all files of a site and hands them to `output`.
///
/// # Errors
/// The first template or file that failed, in the order of the site.
pub fn site(
    manual: &Manual,
    words: &Words,
    formatted: &Formatted,
    theme: &ThemeFiles,
    output: &dyn Output,
) -> Result<(), RenderError> {
    let templates = Templates::new(theme, words)?;
    let context = RenderContext::new(manual, words, formatted);
    let maker = PageMaker::new(&context, &templates);
    let build = SiteBuild { maker: &maker, theme, output, fingerprints: None, before: &Cache::default() };
    build.files(&Vocabulary::default(), IndexLines::default()).map(drop)
}

/// As [`site`], but makes only the files that are different from those in `kept`. `grounds` is a hash of everything
/// besides its chapters that the manual is read with. Returns the paths of files that the site has no more.
///
/// # Errors
/// As [`site`]; then nothing is kept.
pub(crate) fn site_again(
    manual: &Manual,
    words: &Words,
    formatted: &Formatted,
    theme: &ThemeFiles,
    grounds: u64,
    output: &dyn Output,
    kept: &mut Cache,
) -> Result<Vec<String>, RenderError> {
    let mut before = std::mem::take(kept);
    let templates = match before.grounds.take().filter(|(known, _)| *known == grounds) {
        Some((_, templates)) => templates,
        None => {
            // Another theme or glossary changes every page.
            before.texts.clear();
            Templates::new(theme, words)?
        }
    };
    let context = RenderContext::new(manual, words, formatted);
    let maker = PageMaker::new(&context, &templates);
    let fingerprints = Fingerprints::new(&maker, grounds);
    let (vocabulary, lines) = (std::mem::take(&mut before.vocabulary), std::mem::take(&mut before.lines));
    let build = SiteBuild { maker: &maker, theme, output, fingerprints: Some(&fingerprints), before: &before };
    let made = build.files(&vocabulary, lines)?;
    let gone = before.files.keys().filter(|path| !made.files.contains_key(*path)).cloned().collect::<BTreeSet<_>>();
    *kept = Cache { grounds: Some((grounds, templates)), vocabulary, ..made };
    Ok(gone.into_iter().collect())
}

/// A site in the making.
struct SiteBuild<'a> {
    maker: &'a PageMaker<'a>,
    theme: &'a ThemeFiles,
    output: &'a dyn Output,
    /// What files show; none if nothing is kept.
    fingerprints: Option<&'a Fingerprints<'a>>,
    before: &'a Cache,
}

impl SiteBuild<'_> {
    fn files(&self, vocabulary: &Vocabulary, lines: IndexLines) -> Result<Cache, RenderError> {
        let (maker, context) = (self.maker, self.maker.context);
        let manual = context.manual;
        let (chapters, others): (Vec<_>, Vec<_>) = maker.pages().into_iter().partition(PlannedPage::is_chapter);
        // What takes long comes first, so that it is not waited for in the end.
        let mut jobs: Vec<Job<'_>> = data::files(context).into_iter().map(Job::Data).collect();
        jobs.extend(others.iter().map(Job::Page));
        jobs.extend(chapters.chunks(RUN).map(Job::Chapters));
        let files = self.theme.iter().filter(|(path, _)| path.starts_with("static/"));
        jobs.extend(files.map(|(path, content)| Job::Static(path, content)));
        jobs.extend(manual.attachments.iter().filter(|path| manual.is_published(path)).map(Job::Attachment));

        let folding = Folding::new(&manual.settings.language);
        // Those who know many words already go from thread to thread.
        let idle = Mutex::new(Vec::new());
        let made = par::try_map(&jobs, |job| match job {
            Job::Chapters(pages) => {
                let known = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
                let mut listener = known.unwrap_or_else(|| Listener::new(context, &folding, vocabulary));
                let made = self.chapters(pages, &mut listener);
                idle.lock().unwrap_or_else(PoisonError::into_inner).push(listener);
                made
            }
            Job::Page(page) => {
                self.file(&page.path, self.fingerprints.map(|fingerprints| fingerprints.page(page)), || {
                    Ok(maker.render(page, &|_, _| {})?.into())
                })
            }
            Job::Static(path, content) => self.file(path, self.fingerprints.map(Fingerprints::fixed), || {
                let compact = std::str::from_utf8(content).ok().filter(|_| path.ends_with(".css")).map(css::compact);
                Ok(compact.map_or(content.to_vec(), Into::into))
            }),
            Job::Attachment(path) => {
                let copied = self.output.copy(path).map(|()| (vec![((*path).to_owned(), 0)], Vec::new()));
                copied.map_err(|cause| RenderError::Write { path: (*path).to_owned(), cause })
            }
            Job::Data(file) => {
                self.file(&file.path(context), self.fingerprints.map(Fingerprints::data), || Ok(file.content(context)))
            }
        })?;
        let mut kept = Cache::default();
        let mut texts = Vec::with_capacity(chapters.len());
        for (files, of_chapters) in made {
            if self.fingerprints.is_some() {
                let paths = files.iter().map(|(path, _)| path.clone());
                kept.texts.extend(paths.zip(of_chapters.iter().cloned()));
                kept.files.extend(files);
            }
            texts.extend(of_chapters);
        }
        self.index(texts, &folding, vocabulary, lines, &chapters, &mut kept)?;
        Ok(kept)
    }

    /// Makes pages of chapters, and notes what they say.
    fn chapters(&self, pages: &[PlannedPage], listener: &mut Listener<'_>) -> Result<MadeFiles, RenderError> {
        let listener = RefCell::new(listener);
        let texts = RefCell::new(Vec::with_capacity(pages.len()));
        let mut files = Vec::new();
        for page in pages {
            let fingerprint = self.fingerprints.map(|fingerprints| fingerprints.page(page));
            if let Some(fingerprint) = fingerprint {
                files.push((page.path.clone(), fingerprint));
                if let Some(kept) = self.before.texts.get(&page.path)
                    && self.before.files.get(&page.path) == Some(&fingerprint)
                {
                    texts.borrow_mut().push(Arc::clone(kept));
                    continue;
                }
            }
            let listen = |ix, view: &_| texts.borrow_mut().push(Arc::new(listener.borrow_mut().chapter(ix, view)));
            let html = self.maker.render(page, &listen)?;
            self.put(&page.path, html.as_bytes())?;
        }
        Ok((files, texts.into_inner()))
    }

    /// Makes a file, unless there is one that shows the same.
    fn file(
        &self,
        path: &str,
        fingerprint: Option<u64>,
        content: impl FnOnce() -> Result<Vec<u8>, RenderError>,
    ) -> Result<MadeFiles, RenderError> {
        if fingerprint.is_none_or(|fingerprint| self.before.files.get(path) != Some(&fingerprint)) {
            self.put(path, &content()?)?;
        }
        Ok((fingerprint.map(|fingerprint| (path.to_owned(), fingerprint)).into_iter().collect(), Vec::new()))
    }

    /// Makes the search index.
    fn index(
        &self,
        mut texts: Vec<Arc<PageText>>,
        folding: &Folding,
        vocabulary: &Vocabulary,
        lines: IndexLines,
        chapters: &[PlannedPage],
        kept: &mut Cache,
    ) -> Result<(), RenderError> {
        if let Some(fingerprints) = self.fingerprints {
            kept.index = hash::of_written(|state| {
                fingerprints.fixed().hash(state);
                chapters.iter().for_each(|page| kept.files[&page.path].hash(state));
            });
            if kept.index == self.before.index {
                let files = self.before.files.iter().filter(|(path, _)| path.starts_with(index::FOLDER));
                kept.files.extend(files.map(|(path, fingerprint)| (path.clone(), *fingerprint)));
                (kept.lines, kept.terms) = (lines, self.before.terms.clone());
                return Ok(());
            }
        }
        let terms = || Listener::new(self.maker.context, folding, vocabulary).terms();
        let lines = match self.fingerprints {
            None => {
                texts.extend(terms());
                IndexLines::new(vocabulary, &texts)
            }
            Some(fingerprints) => {
                let fingerprint = fingerprints.fixed();
                let known = (self.before.terms.0 == fingerprint).then(|| self.before.terms.1.clone());
                kept.terms = (fingerprint, known.unwrap_or_else(terms));
                texts.extend(kept.terms.1.iter().cloned());
                lines.again(vocabulary, texts.clone())
            }
        };
        let pages = texts.iter().map(|text| text.page()).collect();
        // What is not kept gives its place to the files.
        drop(texts);
        let index = SearchIndex::new(self.maker.context, folding, pages, lines);
        let made = par::try_map(&index.files(), |file| {
            let content = index.content(*file);
            let fingerprint = self.fingerprints.map(|_| hash::of_written(|state| content.hash(state)));
            self.file(&file.path(), fingerprint, || Ok(content.into()))
        })?;
        kept.files.extend(made.into_iter().flat_map(|(files, _)| files));
        if self.fingerprints.is_some() {
            kept.lines = index.into_lines();
        }
        Ok(())
    }

    fn put(&self, path: &str, content: &[u8]) -> Result<(), RenderError> {
        self.output.put(path, content).map_err(|cause| RenderError::Write { path: path.to_owned(), cause })
    }
}

/// The paths of files that were made or kept with what they show, and what pages of chapters say.
type MadeFiles = (Vec<(String, u64)>, Vec<Arc<PageText>>);
