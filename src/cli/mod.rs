//! The command line: arguments to a run, and what came of it to the terminal and an exit code.
//!
//! The only part that prints, and that reads the clock and the environment.

mod args;
mod explain;
mod external;
mod help;
mod init;
mod new;
mod progress;
mod rename;
mod report;
mod reviews;
mod serve;
mod sessions;
mod theme;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser as _;
use jiff::civil::Date;

use crate::cli::args::{Args, Command, Format, ManualArgs};
use crate::cli::progress::Progress;
use crate::diag::{Diagnostic, Reports, Severity};
use crate::files::output::{Nowhere, Output};
use crate::files::source::Loaded;
use crate::files::theme::ThemeFiles;
use crate::load::LoadError;
use crate::model::raw_html::RawHtml;
use crate::pipeline::{Checked, Options};
use crate::render::site::build::{self, RenderError};
use crate::render::text::book::Book;
use crate::render::verify::{self, Examined, Html};
use crate::span::Spanned;
use crate::stamp::Stamp;
use crate::write::{Staging, WriteError};
use crate::{diag, load, pipeline, write};

/// The manual has errors, or warnings where none are allowed.
const MISTAKES: u8 = 1;

/// Wrong usage: what was asked for cannot be meant.
const MISUSED: u8 = 2;

/// The machine failed.
const FAILED: u8 = 3;

/// Why a run ended without a result.
pub(crate) enum Failure {
    /// The manual's mistakes, already shown.
    Mistakes,
    /// A folder was named that cannot be meant.
    Usage(String),
    /// The machine failed.
    Machine(String),
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::NoFolder(folder) if folder == Path::new("manual") && Path::new("manual.yaml").is_file() => {
                Self::Usage(
                    "there is no folder `manual` here: this folder is a manual itself. Name it with a full stop, as in \
                     `iptbook serve .`; after `new` and `mv` it is `--manual .`"
                        .into(),
                )
            }
            LoadError::NoFolder(_) | LoadError::NoManual(_) => Self::Usage(error.to_string()),
            LoadError::Read { .. } => Self::Machine(error.to_string()),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Machine { .. } => Self::Machine(error.to_string()),
            _ => Self::Usage(error.to_string()),
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    let args = Args::parse();
    let done = match &args.command {
        Command::Init(init) => init::run(init),
        Command::New(new) => new::run(new),
        Command::Serve(serve) => serve::run(serve),
        Command::Build(build) => self::build(build),
        Command::Check(check) => self::check(check),
        Command::Explain(explain) => explain::print(explain),
        Command::Mv(mv) => rename::run(mv),
        Command::Report(report) => match &report.command {
            args::ReportCommand::Review(review) => reviews::print(review),
        },
        Command::Schema(schema) => help::schema(schema),
        Command::Completions(completions) => help::completions(completions),
        Command::Man(man) => help::man(man),
        Command::Sessions(sessions) => sessions::print(sessions),
        Command::Theme(theme) => theme::run(&theme.command),
    };
    let code = match done {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Mistakes) => MISTAKES,
        Err(Failure::Usage(message)) => {
            tell(&format!("error: {message}"));
            MISUSED
        }
        Err(Failure::Machine(message)) => {
            tell(&format!("error: {message}"));
            FAILED
        }
    };
    ExitCode::from(code)
}

/// Writes a result and ends its line.
pub(crate) fn answer(line: &str) -> Result<(), Failure> {
    answer_exactly(format!("{line}\n").as_bytes())
}

/// Writes a result byte by byte; a reader who went away is no failure.
pub(crate) fn answer_exactly(bytes: &[u8]) -> Result<(), Failure> {
    progress::end();
    match std::io::stdout().write_all(bytes) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::Machine(format!("cannot write the result: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a message; where nobody can read it, it is lost.
pub(crate) fn tell(line: &str) {
    progress::end();
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// A number of things: "1 page", "12 pages".
pub(crate) fn number(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// A path as it may be typed anywhere, and in manual.yaml.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    let bare = path.strip_prefix("./").unwrap_or(&path).trim_end_matches('/');
    if bare.is_empty() { path } else { bare.to_owned() }
}

/// A manual, read and checked, with its folder and theme.
pub(crate) struct Run {
    loaded: Loaded,
    theme: ThemeFiles,
    /// Where the theme is; none for the default theme.
    theme_folder: Option<PathBuf>,
    checked: Checked,
}

pub(crate) fn run(args: &ManualArgs) -> Result<Run, Failure> {
    let _progress = Progress::begin("reading and checking the manual");
    let mut reports = Reports::new();
    let mut loaded = load::manual(&args.manual, &mut reports)?;
    let folder = theme_folder(args, &loaded, &mut reports);
    let theme = load::theme(folder.as_deref(), &mut loaded.sources)?;
    let options = Options { as_of: args.as_of.unwrap_or_else(today), drafts: args.drafts };
    let checked = pipeline::check(&loaded, &theme, options, reports);
    Ok(Run { loaded, theme, theme_folder: folder, checked })
}

/// The theme's folder: as asked for, or as manual.yaml says; none for the default theme.
///
/// # Reports
/// A theme that manual.yaml names and that does not exist.
pub(crate) fn theme_folder(args: &ManualArgs, loaded: &Loaded, reports: &mut Reports) -> Option<PathBuf> {
    let (folder, named) = named_theme(args, loaded)?;
    let Some(named) = named.filter(|_| !folder.is_dir()) else { return Some(folder) };
    let message = format!("there is no folder `{}` with a theme", named.value);
    reports.push(
        Diagnostic::new(&diag::BAD_VALUE, named.span, message)
            .help("name a folder, seen from manual.yaml, or `default`"),
    );
    None
}

/// The theme's folder, whether it is there or not, with what names it in manual.yaml; none for the default theme.
pub(crate) fn named_theme(args: &ManualArgs, loaded: &Loaded) -> Option<(PathBuf, Option<Spanned<String>>)> {
    if let Some(theme) = &args.theme {
        return (theme != Path::new("default")).then(|| (theme.clone(), None));
    }
    // Most name none, and need not be read twice.
    let (file, source) = loaded.sources.find("manual.yaml").filter(|(_, source)| source.text.contains("theme"))?;
    let settings = crate::model::settings::parse(file, &source.text, &mut Reports::new());
    let named = settings.record.line("theme").filter(|named| named.value != "default")?;
    Some((args.manual.join(&named.value), Some(named.clone())))
}

impl Run {
    /// Whose HTML may stand in pages.
    fn html(&self) -> Html {
        html(&self.checked, &self.theme)
    }
}

/// Whose HTML may stand in the pages of a manual.
pub(crate) fn html(checked: &Checked, theme: &ThemeFiles) -> Html {
    if checked.manual.settings.raw_html == RawHtml::Trust {
        Html::OfChapters
    } else if theme.has_own_templates() {
        Html::OfTemplates
    } else {
        Html::Own
    }
}

/// Makes the files of a site, and looks at the finished pages. Returns what is wrong with the templates or
/// the pages: such a site is not to be published; and how many pages were made. `place` is where the site is to be.
fn make(run: &Run, output: &dyn Output, place: &Path) -> Result<(Reports, usize), Failure> {
    let Checked { manual, words, .. } = &run.checked;
    let progress = Progress::begin("making pages");
    let citations = run.checked.citations();
    let counting = progress.counting(output);
    let examined = Examined::new(&counting, run.html());
    match build::site(manual, words, &citations, &run.theme, &examined) {
        // A template that can be read may still name a value that it does not get.
        Err(RenderError::Template(error)) => return Ok((vec![error.report(&run.theme, manual.settings.file)], 0)),
        Err(RenderError::Write { path, cause }) => {
            return Err(Failure::Machine(format!("cannot write {}: {cause}", place.join(path).display())));
        }
        Ok(()) => {}
    }
    let faults = examined.faults();
    let mut reports = Reports::new();
    if !faults.is_empty() {
        let book = Book::new(manual, words, &citations);
        verify::report(&faults, &book, &run.loaded.sources, run.theme.has_own_templates(), &mut reports);
        diag::sort(&mut reports, &run.loaded.sources);
    }
    Ok((reports, progress.count()))
}

fn check(args: &args::Check) -> Result<(), Failure> {
    let begin = Instant::now();
    let mut run = run(&args.manual)?;
    let mut sound = run.checked.is_publishable(args.manual.strict);
    if sound && run.html() != Html::Own {
        // Only the finished pages show what there is in them.
        let (found, _) = make(&run, &Nowhere, Path::new(""))?;
        sound = found.is_empty();
        run.checked.reports.extend(found);
    }
    if args.external {
        let found = external::check(&run)?;
        sound &= !args.manual.strict || found.is_empty();
        run.checked.reports.extend(found);
        diag::sort(&mut run.checked.reports, &run.loaded.sources);
    }
    let reports = &run.checked.reports;
    match args.format {
        Format::Text => {
            report::text(reports, &run.loaded.sources);
            if sound {
                let chapters = number(run.checked.manual.chapters.len(), "chapter");
                let found = if reports.is_empty() { "no mistakes".to_owned() } else { report::sum(reports) };
                answer(&format!("{chapters}, {found}, {}", taken(begin)))?;
            }
        }
        Format::Json => answer_exactly(report::json(reports, &run.loaded.sources).as_bytes())?,
        Format::Github => answer_exactly(report::github(reports, &run.loaded.sources).as_bytes())?,
        Format::Sarif => answer_exactly(report::sarif(reports, &run.loaded.sources).as_bytes())?,
    }
    if sound { Ok(()) } else { Err(Failure::Mistakes) }
}

fn build(args: &args::Build) -> Result<(), Failure> {
    let begin = Instant::now();
    let done = |chapters: usize, what: &str| {
        let (chapters, place) = (number(chapters, "chapter"), args.out.join("index.html"));
        answer(&format!("{chapters}, {what}, {} -> {}", taken(begin), place.display()))
    };
    let site = args.out.display();
    write::wait_for_others(&args.out, || tell(&format!("waiting for another build into `{site}` to end")));
    let as_run = (format!("{args:?}"), args.manual.as_of.unwrap_or_else(today));
    let stamp = cache_folder().and_then(|cache| Stamp::new(&cache, &args.manual.manual, &args.out, as_run));
    if let Some(chapters) = stamp.as_ref().and_then(Stamp::holds) {
        return done(chapters, "nothing changed");
    }
    let mut run = run(&args.manual)?;
    let checked = &run.checked;
    report::text(&checked.reports, &run.loaded.sources);
    if !checked.is_publishable(args.manual.strict) {
        let why = if diag::count(&checked.reports, Severity::Error) > 0 {
            "errors"
        } else {
            "warnings, and --strict allows none"
        };
        tell(&format!("nothing was written: the manual has {why}"));
        return Err(Failure::Mistakes);
    }
    if run.html() == Html::Own {
        // A sixth of the memory that a large manual takes.
        run.loaded.sources.drop_chapters();
    }
    let staging = Staging::new(&args.out, &args.manual.manual)?;
    let (found, pages) = make(&run, &staging, &args.out)?;
    if !found.is_empty() {
        report::text(&found, &run.loaded.sources);
        let at_fault = if found.iter().all(|report| report.code.name.starts_with("theme/")) { "theme" } else { "site" };
        tell(&format!("nothing was written: the {at_fault} has errors"));
        return Err(Failure::Mistakes);
    }
    staging.publish()?;
    if let Some(stamp) = stamp.filter(|_| run.checked.reports.is_empty()) {
        stamp.write(run.checked.manual.chapters.len(), run.theme_folder.as_deref());
    }
    let warnings = match run.checked.reports.len() {
        0 => "no warnings".to_owned(),
        warnings => number(warnings, "warning"),
    };
    let answered = done(run.checked.manual.chapters.len(), &format!("{}, {warnings}", number(pages, "page")));
    // The program ends here: taking down a large manual piece by piece would only take time.
    std::mem::forget(run);
    answered
}

/// The time since, in words.
pub(crate) fn taken(begin: Instant) -> String {
    format!("{:.2} s", begin.elapsed().as_secs_f64())
}

/// Where what may be lost is kept; none where the system has no such place.
fn cache_folder() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let cache = named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")));
    Some(cache.or_else(|| named("LOCALAPPDATA"))?.join("iptbook"))
}

/// The day of the run: that of `SOURCE_DATE_EPOCH`, if it is set, or of the clock, in UTC.
pub(crate) fn today() -> Date {
    let seconds =
        std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse::<i64>().ok()).unwrap_or_else(|| {
            let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            i64::try_from(now.as_secs()).unwrap_or(i64::MAX)
        });
    let timestamp = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    timestamp.to_zoned(jiff::tz::TimeZone::UTC).date()
}
