//! Does what several commands begin with: reads and checks a manual, makes its pages, and finds out the day.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::cli::args::ManualArgs;
use crate::cli::failure::Failure;
use crate::cli::output::tell;
use crate::cli::progress::Progress;
use crate::cli::report;
use crate::diag::{Diagnostic, Reports, Severity};
use crate::files::cause;
use crate::files::output::Output;
use crate::files::source::Loaded;
use crate::files::theme::ThemeFiles;
use crate::pipeline::{CheckOptions, Checked};
use crate::render::site::build::{self, RenderError};
use crate::render::text::context::RenderContext;
use crate::render::verify::{self, HtmlOrigin, VerifyingOutput};
use crate::{diag, load, pipeline};

/// A manual, read and checked, with its folder and theme.
pub(crate) struct Run {
    pub(crate) loaded: Loaded,
    pub(crate) theme: ThemeFiles,
    /// Where the theme is; none for the default theme.
    pub(crate) theme_folder: Option<PathBuf>,
    pub(crate) checked: Checked,
}

/// Reads and checks the manual that was asked for.
///
/// # Errors
/// When the manual or its theme cannot be read.
pub(crate) fn run(args: &ManualArgs) -> Result<Run, Failure> {
    let _progress = Progress::begin("reading and checking the manual");
    let mut reports = Reports::new();
    let mut loaded = load::manual(&args.manual, &mut reports)?;
    let folder = load::theme_folder(&args.manual, args.theme.as_deref(), &loaded, &mut reports);
    let theme = load::theme(folder.as_deref(), &mut loaded.sources)?;
    let options = CheckOptions { as_of: args.as_of.unwrap_or_else(today), drafts: args.drafts };
    let checked = pipeline::check(&loaded, &theme, options, reports);
    Ok(Run { loaded, theme, theme_folder: folder, checked })
}

impl Run {
    /// Whose HTML may be in pages.
    pub(crate) fn html(&self) -> HtmlOrigin {
        HtmlOrigin::of(&self.checked.manual, &self.theme)
    }
}

/// Fails if the manual has errors, or warnings that are not allowed, so that no table is printed.
pub(crate) fn only_sound(args: &ManualArgs, run: &Run) -> Result<(), Failure> {
    let errors: Vec<Diagnostic> =
        run.checked.reports.iter().filter(|report| report.severity == Severity::Error).cloned().collect();
    if !errors.is_empty() {
        report::text(&errors, &run.loaded.sources);
        tell("nothing was printed: the manual has errors");
        return Err(Failure::Mistakes);
    }
    if args.strict && diag::count(&run.checked.reports, Severity::Warning) > 0 {
        report::text(&run.checked.reports, &run.loaded.sources);
        tell("nothing was printed: the manual has warnings, and --strict treats them as errors");
        return Err(Failure::Mistakes);
    }
    Ok(())
}

/// Makes the files of a site, and checks the finished pages. Returns what is wrong with the templates or the pages (if
/// anything is, the site must not be published), and how many pages were made. `place` is where the site will be.
pub(crate) fn make(run: &Run, output: &dyn Output, place: &Path) -> Result<(Reports, usize), Failure> {
    let Checked { manual, words, .. } = &run.checked;
    let progress = Progress::begin("making pages");
    let citations = run.checked.citations();
    let counting = progress.counting(output);
    let examined = VerifyingOutput::new(&counting, run.html());
    match build::site(manual, words, &citations, &run.theme, &examined) {
        // A template that can be read may still name a value that it does not get.
        Err(RenderError::Template(error)) => return Ok((vec![error.report(&run.theme, manual.settings.file)], 0)),
        Err(RenderError::Write { path, cause }) => {
            return Err(Failure::Machine(format!(
                "cannot write {}: {}",
                place.join(path).display(),
                cause::in_words(&cause)
            )));
        }
        Ok(()) => {}
    }
    let faults = examined.faults();
    let mut reports = Reports::new();
    if !faults.is_empty() {
        let context = RenderContext::new(manual, words, &citations);
        verify::report(&faults, &context, &run.loaded.sources, run.theme.has_own_templates(), &mut reports);
        diag::sort(&mut reports, &run.loaded.sources);
    }
    Ok((reports, progress.count()))
}

/// Whether `SOURCE_DATE_EPOCH`, if it is set, says a day.
///
/// # Errors
/// When it does not: nobody would notice that another day is taken.
pub(crate) fn check_clock() -> Result<(), Failure> {
    match std::env::var_os("SOURCE_DATE_EPOCH") {
        Some(seconds) if epoch_of(&seconds).is_none() => Err(Failure::Usage(format!(
            "SOURCE_DATE_EPOCH is `{}`: it must be the number of seconds since the beginning of 1970, such as 1795392000",
            seconds.to_string_lossy()
        ))),
        _ => Ok(()),
    }
}

/// The time that `SOURCE_DATE_EPOCH` says.
fn epoch_of(seconds: &std::ffi::OsStr) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_second(seconds.to_str()?.trim().parse().ok()?).ok()
}

/// The day of the run: that of `SOURCE_DATE_EPOCH`, if it is set, or of the clock, in UTC.
pub(crate) fn today() -> Date {
    let set = std::env::var_os("SOURCE_DATE_EPOCH").and_then(|seconds| epoch_of(&seconds));
    let now = || jiff::Timestamp::try_from(std::time::SystemTime::now()).unwrap_or_default();
    set.unwrap_or_else(now).to_zoned(jiff::tz::TimeZone::UTC).date()
}
