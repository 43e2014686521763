//! Checks a manual again, and makes those files of its site that changed.

use std::hash::Hash as _;

use crate::diag::Reports;
use crate::files::output::Output;
use crate::files::source::{Loaded, Sources};
use crate::files::theme::ThemeFiles;
use crate::hash;
use crate::pipeline::{CheckOptions, Checked};
use crate::rebuild::before::EarlierState;
use crate::rebuild::check::check_again;
use crate::render::site::build::{self, Cache, RenderError};

/// What earlier builds of a manual leave for the next one.
#[derive(Default)]
pub struct Rebuild {
    before: Option<EarlierState>,
    /// The theme and the options that it was checked with.
    under: u64,
    kept: Cache,
}

/// What came of a build.
#[derive(Debug)]
pub struct Rebuilt<'a> {
    /// The manual and what is wrong with it.
    pub checked: &'a Checked,
    /// The texts that it was read from.
    pub(crate) sources: &'a Sources,
    /// The paths of files that the site no longer has; none if nothing was made because of mistakes.
    pub gone: Option<Vec<String>>,
    /// Whether every file of the site was passed on: then all other old files are gone too.
    pub whole: bool,
}

impl Rebuild {
    /// The texts of the last build.
    pub(crate) fn sources(&self) -> Option<&Sources> {
        self.before.as_ref().map(|before| &before.sources)
    }

    /// Checks a manual and, if it may be published, hands those files of its site to `output` that changed since this
    /// was last done. `reports` are those from loading it. A template that fails is one more report; then the files
    /// that were passed on are useless, and the next build makes everything.
    ///
    /// # Errors
    /// When the output fails. Then the next build begins from nothing.
    pub fn build(
        &mut self,
        loaded: Loaded,
        theme: &ThemeFiles,
        options: CheckOptions,
        strict: bool,
        reports: Reports,
        output: &dyn Output,
    ) -> Result<Rebuilt<'_>, RenderError> {
        let under = under(theme, options);
        let before = self.before.take().filter(|_| self.under == under);
        self.under = under;
        let mut checked = check_again(&loaded, theme, options, reports, before);
        let whole = self.kept.is_empty();
        let mut gone = None;
        if checked.is_publishable(strict) {
            let formatted = checked.citations();
            let grounds = grounds(&loaded, under);
            let (manual, words) = (&checked.manual, &checked.words);
            match build::site_again(manual, words, &formatted, theme, grounds, output, &mut self.kept) {
                Ok(files) => gone = Some(files),
                Err(RenderError::Template(error)) => {
                    let report = error.report(theme, manual.settings.file);
                    checked.reports.push(report);
                }
                Err(error) => return Err(error),
            }
            checked.keep_citations(formatted);
        }
        let before = self.before.insert(EarlierState { sources: loaded.sources, checked });
        Ok(Rebuilt { checked: &before.checked, sources: &before.sources, gone, whole })
    }
}

/// A hash of theme and options.
fn under(theme: &ThemeFiles, options: CheckOptions) -> u64 {
    hash::of_written(|state| {
        theme.iter().for_each(|file| file.hash(state));
        (options.as_of, options.drafts).hash(state);
    })
}

/// A hash of everything that chapters are read with.
fn grounds(loaded: &Loaded, under: u64) -> u64 {
    let others = loaded.sources.iter().filter(|(_, source)| !crate::files::source::is_chapter(&source.path));
    hash::of_written(|state| {
        under.hash(state);
        others.for_each(|(_, source)| (&source.path, &source.text).hash(state));
    })
}
