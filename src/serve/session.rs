//! Follows a manual while it is being written: reads it again after each change, and shows the result.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::diag::{Diagnostic, Reports, Severity};
use crate::files::output::{NullOutput, Output as _};
use crate::files::source::Sources;
use crate::files::theme::ThemeFiles;
use crate::load::{FileStates, LoadError};
use crate::pipeline::{CheckOptions, Checked};
use crate::rebuild::{Rebuild, Rebuilt};
use crate::render::text::context::RenderContext;
use crate::render::verify::{self, HtmlOrigin, VerifyingOutput};
use crate::serve::server::{ServeError, Server};
use crate::serve::signal::Signal;
use crate::serve::site::{BrowserReport, ChangeCount, ChangedFiles, Preview, Site};
use crate::serve::watch::Watch;
use crate::{diag, load, stamp};

/// How long it must be quiet after a change before the manual is read: changes often come in twos and threes.
const QUIET: Duration = Duration::from_millis(2);

/// After how long the manual is read even if changes continue.
const LONGEST: Duration = Duration::from_millis(200);

/// How long a mistake must be there before it is shown: a half-written file is not a mistake.
const SETTLED: Duration = Duration::from_millis(150);

/// Which manual is shown, and how.
pub(crate) struct PreviewOptions {
    /// The manual's folder.
    pub(crate) manual: PathBuf,
    /// The folder of a theme, if one is asked for.
    pub(crate) theme: Option<PathBuf>,
    /// Whether drafts are part of the manual.
    pub(crate) drafts: bool,
    /// Whether warnings are treated as errors.
    pub(crate) strict: bool,
    /// The day on which review dates are judged, asked for each time.
    pub(crate) day: Box<dyn Fn() -> Date>,
}

/// A report as text, with its severity.
pub(crate) type PrintedReport = (Severity, String);

/// How reports become texts.
#[derive(Clone, Copy)]
pub(crate) struct ReportPrinter {
    /// All of them, for the terminal.
    pub(crate) all: fn(&[Diagnostic], &Sources) -> String,
    /// Each report as its own text, with its severity, for the browser.
    pub(crate) each: fn(&[Diagnostic], &Sources) -> Vec<PrintedReport>,
}

/// A manual that somebody works on, with the browsers that follow it.
pub(crate) struct PreviewSession {
    options: PreviewOptions,
    printer: ReportPrinter,
    server: Server,
    watch: Watch,
    signals: Receiver<Signal>,
    rebuild: Rebuild,
    /// Of the texts of the last build.
    file_states: FileStates,
    /// The default theme; another one is read each time.
    default_theme: ThemeFiles,
    /// The folder of another theme, whether it exists or not: it may come back.
    theme_folder: Option<PathBuf>,
    /// The site as it was last made, which may be newer than what is shown.
    site: Site,
    /// Changes of it that are not shown yet.
    waiting: ChangeCount,
    /// The state of the files that come from the manual as they are.
    as_they_are: BTreeMap<String, Option<u64>>,
    preview: Preview,
    /// What must be said about the manual, and what was already said.
    message: String,
    told: String,
}

impl PreviewSession {
    /// Listens on `host` and `port`, as [`Server::new`]. Nothing is shown yet.
    ///
    /// # Errors
    /// When nothing can be served there.
    pub(crate) fn new(
        options: PreviewOptions,
        printer: ReportPrinter,
        host: &str,
        port: Option<u16>,
    ) -> Result<Self, ServeError> {
        let (send, signals) = mpsc::channel();
        let server = Server::new(host, port, send.clone())?;
        Ok(Self {
            options,
            printer,
            server,
            watch: Watch::new(send),
            signals,
            rebuild: Rebuild::default(),
            file_states: FileStates::default(),
            default_theme: ThemeFiles { default: load::default_theme(), ..ThemeFiles::default() },
            theme_folder: None,
            site: Site::default(),
            waiting: ChangeCount::default(),
            as_they_are: BTreeMap::new(),
            preview: Preview::default(),
            message: String::new(),
            told: String::new(),
        })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// Reads the manual for the first time and shows it.
    pub(crate) fn begin(&mut self) {
        self.look();
        self.show();
    }

    /// Waits for a change, reads the manual again and shows the result. Returns when the change was seen; none when the
    /// user wants an end.
    pub(crate) fn next(&mut self) -> Option<Instant> {
        if !wait(&self.signals) {
            return None;
        }
        let begin = Instant::now();
        self.look();
        // What is no mistake for long was a file half written.
        while !self.is_sound() && !self.is_told() {
            match self.signals.recv_timeout(SETTLED) {
                Ok(Signal::Changed) if gather(&self.signals) => self.look(),
                Ok(_) => return None,
                Err(_) => break,
            }
        }
        self.show();
        Some(begin)
    }

    /// Whether what is shown is the manual as it is.
    pub(crate) fn is_sound(&self) -> bool {
        self.preview.mistakes.is_empty()
    }

    /// Whether there is a site to show.
    pub(crate) fn has_site(&self) -> bool {
        self.preview.site.is_some()
    }

    /// What must be said about the manual; empty if nothing is wrong.
    pub(crate) fn message(&self) -> &str {
        &self.message
    }

    /// What was last said about it; empty if that was nothing.
    pub(crate) fn told(&self) -> &str {
        &self.told
    }

    /// Whether everything has been said.
    pub(crate) fn is_told(&self) -> bool {
        self.message == self.told
    }

    /// Notes that the message was said.
    pub(crate) fn note_told(&mut self) {
        self.told.clone_from(&self.message);
    }

    /// What changed for readers since this was last asked.
    pub(crate) fn changed(&mut self) -> ChangeCount {
        if self.is_sound() { std::mem::take(&mut self.waiting) } else { ChangeCount::default() }
    }

    /// Sends browsers what to show.
    fn show(&mut self) {
        self.server.show(self.preview.clone());
        // A theme may have been named only now.
        self.follow();
    }

    /// Watches the folders of the manual as it is now.
    fn follow(&mut self) {
        let folders: Vec<PathBuf> = std::iter::once(&self.options.manual).chain(&self.theme_folder).cloned().collect();
        self.watch.follow(&folders);
    }

    /// Reads the manual again and makes what changed; [`Self::preview`] is what to show then.
    fn look(&mut self) {
        self.follow();
        if let Err(why) = self.try_look() {
            self.message = format!("error: {why}");
            self.preview.mistakes = Arc::new([BrowserReport { severity: "error", text: self.message.clone() }]);
        }
    }

    fn try_look(&mut self) -> Result<(), LoadError> {
        let PreviewOptions { manual, theme, drafts, strict, day } = &self.options;
        let asked = theme.as_deref();
        let mut reports = Reports::new();
        let before = self.rebuild.sources().map(|sources| (sources, &self.file_states));
        let (mut loaded, file_states) = load::manual_again(manual, before, &mut reports)?;
        let own_theme;
        self.theme_folder = load::named_theme(manual, asked, &loaded).map(|(folder, _)| folder);
        let theme = match load::theme_folder(manual, asked, &loaded, &mut reports) {
            None => &self.default_theme,
            Some(folder) => {
                own_theme = load::theme(Some(&folder), &mut loaded.sources)?;
                &own_theme
            }
        };
        let options = CheckOptions { as_of: day(), drafts: *drafts };
        let changes = ChangedFiles::new(manual.clone());
        let built = self.rebuild.build(loaded, theme, options, *strict, reports, &changes);
        // Memory does not fail.
        let Ok(Rebuilt { checked, sources, gone, whole }) = built else { return Ok(()) };
        let mut reports = checked.reports.clone();
        let mut is_sound = false;
        if let Some(gone) = gone {
            self.waiting.add(self.site.take(changes, &gone, whole));
            let of_manual = as_they_are(&self.site, manual);
            self.waiting.beside |= of_manual != self.as_they_are;
            self.as_they_are = of_manual;
            let found = self.waiting.any().then(|| examined(&self.site, checked, sources, theme));
            let found = found.unwrap_or_default();
            is_sound = found.is_empty();
            reports.extend(found);
            diag::sort(&mut reports, sources);
        }
        self.message = (self.printer.all)(&reports, sources);
        let mistakes = (self.printer.each)(&reports, sources).into_iter();
        let mistakes = mistakes.filter(|(severity, _)| !is_sound && (*strict || *severity == Severity::Error));
        let mistakes = mistakes.map(|(severity, text)| BrowserReport { severity: severity.name(), text });
        self.preview.mistakes = mistakes.collect();
        if is_sound && (self.waiting.any() || self.preview.site.is_none()) {
            self.preview.version += 1;
            if self.waiting.beside {
                self.preview.beside = self.preview.version;
            }
            self.preview.site = Some(Arc::new(self.site.clone()));
            self.preview.base = base(checked);
        }
        self.file_states = file_states;
        Ok(())
    }
}

/// Waits for a change, and for the end of a run of changes. Returns whether to continue.
fn wait(signals: &Receiver<Signal>) -> bool {
    matches!(signals.recv(), Ok(Signal::Changed)) && gather(signals)
}

/// Waits for the end of a run of changes. Returns whether to continue.
fn gather(signals: &Receiver<Signal>) -> bool {
    let begin = Instant::now();
    loop {
        match signals.recv_timeout(QUIET) {
            Ok(Signal::Changed) if begin.elapsed() < LONGEST => {}
            Ok(Signal::Stop) => return false,
            Ok(Signal::Changed) | Err(_) => return true,
        }
    }
}

/// What shows, by their paths, whether the files that come from the `manual` as they are have changed.
fn as_they_are(site: &Site, manual: &Path) -> BTreeMap<String, Option<u64>> {
    let state = |path: &str| stamp::file_state(&manual.join(path)).map(|state| state.hash);
    site.of_manual().map(|path| (path.to_owned(), state(path))).collect()
}

/// What only the finished pages show, if anyone but iptbook wrote HTML in them. Our own HTML is checked by `build`: it
/// has the same faults on every computer.
fn examined(site: &Site, checked: &Checked, sources: &Sources, theme: &ThemeFiles) -> Reports {
    let html = HtmlOrigin::of(&checked.manual, theme);
    let mut reports = Reports::new();
    if html == HtmlOrigin::Own {
        return reports;
    }
    let examined = VerifyingOutput::new(&NullOutput, html);
    let pages = site.pages().try_for_each(|(path, content)| examined.put(path, content));
    let others = site.of_manual().try_for_each(|path| examined.copy(path));
    // Nothing fails there.
    debug_assert!(pages.is_ok() && others.is_ok());
    let faults = examined.faults();
    if !faults.is_empty() {
        let citations = checked.citations();
        let context = RenderContext::new(&checked.manual, &checked.words, &citations);
        verify::report(&faults, &context, sources, theme.has_own_templates(), &mut reports);
    }
    reports
}

/// The path at which the manual will be published.
fn base(checked: &Checked) -> Arc<str> {
    let address = checked.manual.settings.base_url().and_then(|address| url::Url::parse(address).ok());
    address.map_or_else(|| "".into(), |address| address.path().trim_end_matches('/').into())
}
