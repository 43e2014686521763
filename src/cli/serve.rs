//! `iptbook serve`: a manual in the browser, followed as it is written.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::cli::args::Serve;
use crate::cli::progress::Progress;
use crate::cli::{Failure, answer, html, named_theme, number, report, taken, tell, theme_folder, today};
use crate::diag::{Reports, Severity};
use crate::files::output::{Nowhere, Output as _};
use crate::files::source::Sources;
use crate::files::theme::ThemeFiles;
use crate::load::{LoadError, Marks};
use crate::pipeline::{Checked, Options};
use crate::rebuild::{Rebuild, Rebuilt};
use crate::render::text::book::Book;
use crate::render::verify::{self, Examined, Html};
use crate::serve::watch::Watch;
use crate::serve::{Changed, Changes, Mistake, ServeError, Server, Shown, Signal, Site};
use crate::{diag, load, stamp};

/// How long it is quiet after a change before it is looked at: many come in twos and threes.
const QUIET: Duration = Duration::from_millis(2);

/// How long changes may go on until they are looked at all the same.
const LONGEST: Duration = Duration::from_millis(200);

/// How long a mistake stands until it is shown: a file half written is none.
const SETTLED: Duration = Duration::from_millis(150);

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Host(_) => Self::Usage(error.to_string()),
            ServeError::Listen { .. } | ServeError::System(_) => Self::Machine(error.to_string()),
        }
    }
}

/// Shows a manual until the user has enough.
pub(crate) fn run(args: &Serve) -> Result<(), Failure> {
    // A folder that is none is said at once; later it may come back.
    if let Err(error @ (LoadError::NoFolder(_) | LoadError::NoManual(_))) =
        load::manual(&args.manual.manual, &mut Reports::new())
    {
        return Err(error.into());
    }
    let (send, signals) = mpsc::channel();
    let server = Server::new(&args.host, args.port, send.clone())?;
    let address = server.address();
    if !address.ip().is_loopback() {
        tell(&format!(
            "warning: everyone who can reach {address} can read this manual, drafts and mistakes included; leave out --host to keep it to this computer"
        ));
    }
    let mut desk = Desk::new(args);
    let mut watch = Watch::new(send);
    watch.follow(&desk.folders());
    let begin = Instant::now();
    let progress = Progress::begin("making the site");
    desk.look();
    drop(progress);
    desk.tell(begin);
    let made = desk.changed();
    server.show(desk.shown.clone());
    watch.follow(&desk.folders());
    let place = if address.ip().is_unspecified() {
        format!("http://127.0.0.1:{}/", address.port())
    } else {
        format!("http://{address}/")
    };
    let pages =
        if made.pages > 0 { format!(" ({}, {})", number(made.pages, "page"), taken(begin)) } else { String::new() };
    answer(&format!("{place} shows the manual{pages} and follows its changes. Ctrl-C ends it."))?;
    if args.open && open::that_detached(&place).is_err() {
        tell(&format!("the browser could not be opened: open {place} in it yourself"));
    }
    while wait(&signals) {
        let begin = Instant::now();
        watch.follow(&desk.folders());
        desk.look();
        // What is no mistake for long was a file half written.
        while !desk.is_sound() && !desk.is_told() {
            match signals.recv_timeout(SETTLED) {
                Ok(Signal::Changed) if gather(&signals) => {
                    watch.follow(&desk.folders());
                    desk.look();
                }
                Ok(_) => return answer("ended"),
                Err(_) => break,
            }
        }
        server.show(desk.shown.clone());
        if !desk.is_told() {
            desk.tell(begin);
        }
        let changed = desk.changed();
        if changed.any() {
            let beside = if changed.beside { " and what they are shown with" } else { "" };
            tell(&format!("{}{beside} made again, {}", number(changed.pages, "page"), taken(begin)));
        }
        // A theme may have been named only now.
        watch.follow(&desk.folders());
    }
    answer("ended")
}

/// Waits for a change, and for the end of a run of changes. Whether to go on.
fn wait(signals: &Receiver<Signal>) -> bool {
    matches!(signals.recv(), Ok(Signal::Changed)) && gather(signals)
}

/// Waits for the end of a run of changes. Whether to go on.
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

/// What is worked on.
struct Desk<'a> {
    args: &'a Serve,
    rebuild: Rebuild,
    /// Of the texts of the last build.
    marks: Marks,
    /// The default theme; another one is read each time.
    default_theme: ThemeFiles,
    /// The folder of another one, whether it is there or not: it may come back.
    theme_folder: Option<PathBuf>,
    /// As it was made last, which may be newer than what is shown.
    site: Site,
    /// Changes of it that are not shown yet.
    waiting: Changed,
    /// What the files look like that come from the manual as they are.
    as_they_are: BTreeMap<String, Option<u64>>,
    shown: Shown,
    /// What there is to be said of the manual, and what was said.
    words: String,
    said: String,
}

impl<'a> Desk<'a> {
    fn new(args: &'a Serve) -> Self {
        Self {
            args,
            rebuild: Rebuild::default(),
            marks: Marks::default(),
            default_theme: ThemeFiles { default: load::default_theme(), ..ThemeFiles::default() },
            theme_folder: None,
            site: Site::default(),
            waiting: Changed::default(),
            as_they_are: BTreeMap::new(),
            shown: Shown::default(),
            words: String::new(),
            said: String::new(),
        }
    }

    /// What to watch.
    fn folders(&self) -> Vec<PathBuf> {
        std::iter::once(&self.args.manual.manual).chain(&self.theme_folder).cloned().collect()
    }

    /// Whether what is shown is the manual as it is.
    fn is_sound(&self) -> bool {
        self.shown.mistakes.is_empty()
    }

    /// Whether everything was said that is to be said.
    fn is_told(&self) -> bool {
        self.words == self.said
    }

    /// Says what is wrong, or that nothing is any more.
    fn tell(&mut self, begin: Instant) {
        let lines = self.words.trim_end();
        if !lines.is_empty() {
            tell(lines);
        }
        if !self.is_sound() {
            tell(if self.shown.site.is_some() {
                "the last good site stays until this is mended"
            } else {
                "there is no site until this is mended"
            });
        } else if self.words.is_empty() && !self.said.is_empty() {
            tell(&format!("mended: no mistakes, {}", taken(begin)));
        }
        self.said.clone_from(&self.words);
    }

    /// Reads the manual again and makes what changed; [`Self::shown`] is what to show then.
    fn look(&mut self) {
        if let Err(why) = self.try_look() {
            let (Failure::Usage(why) | Failure::Machine(why)) = why else { return };
            self.words = format!("error: {why}");
            self.shown.mistakes = Arc::new([Mistake { severity: "error", text: self.words.clone() }]);
        }
    }

    fn try_look(&mut self) -> Result<(), Failure> {
        let args = &self.args.manual;
        let mut reports = Reports::new();
        let before = self.rebuild.sources().map(|sources| (sources, &self.marks));
        let (mut loaded, marks) = load::manual_again(&args.manual, before, &mut reports)?;
        let own_theme;
        self.theme_folder = named_theme(args, &loaded).map(|(folder, _)| folder);
        let theme = match theme_folder(args, &loaded, &mut reports) {
            None => &self.default_theme,
            Some(folder) => {
                own_theme = load::theme(Some(&folder), &mut loaded.sources)?;
                &own_theme
            }
        };
        let options = Options { as_of: args.as_of.unwrap_or_else(today), drafts: args.drafts };
        let changes = Changes::new(args.manual.clone());
        let built = self.rebuild.build(loaded, theme, options, args.strict, reports, &changes);
        // Memory does not fail.
        let Ok(Rebuilt { checked, sources, gone, whole }) = built else { return Ok(()) };
        let mut reports = checked.reports.clone();
        let mut is_sound = false;
        if let Some(gone) = gone {
            self.waiting.add(self.site.take(changes, &gone, whole));
            let of_manual = self
                .site
                .of_manual()
                .map(|path| (path.to_owned(), stamp::mark(&args.manual.join(path)).map(|mark| mark.hash)));
            let of_manual: BTreeMap<String, Option<u64>> = of_manual.collect();
            self.waiting.beside |= of_manual != self.as_they_are;
            self.as_they_are = of_manual;
            let found = self.waiting.any().then(|| examined(&self.site, checked, sources, theme));
            let found = found.unwrap_or_default();
            is_sound = found.is_empty();
            reports.extend(found);
            diag::sort(&mut reports, sources);
        }
        self.words = report::drawn(&reports, sources);
        let mistakes = report::each(&reports, sources).into_iter();
        let mistakes = mistakes.filter(|(severity, _)| !is_sound && (args.strict || *severity == Severity::Error));
        let mistakes = mistakes.map(|(severity, text)| Mistake { severity: severity.name(), text });
        self.shown.mistakes = mistakes.collect();
        if is_sound && (self.waiting.any() || self.shown.site.is_none()) {
            self.shown.version += 1;
            if self.waiting.beside {
                self.shown.beside = self.shown.version;
            }
            self.shown.site = Some(Arc::new(self.site.clone()));
            self.shown.base = base(checked);
        }
        self.marks = marks;
        Ok(())
    }

    /// What changed for readers since this was last asked.
    fn changed(&mut self) -> Changed {
        if self.is_sound() { std::mem::take(&mut self.waiting) } else { Changed::default() }
    }
}

/// What only the finished pages show, where others than iptbook have written HTML in them. Our own is looked at
/// by `build`: it has the same faults on every computer.
fn examined(site: &Site, checked: &Checked, sources: &Sources, theme: &ThemeFiles) -> Reports {
    let html = html(checked, theme);
    let mut reports = Reports::new();
    if html == Html::Own {
        return reports;
    }
    let examined = Examined::new(&Nowhere, html);
    let pages = site.pages().try_for_each(|(path, content)| examined.put(path, content));
    let others = site.of_manual().try_for_each(|path| examined.copy(path));
    // Nowhere takes everything.
    debug_assert!(pages.is_ok() && others.is_ok());
    let faults = examined.faults();
    if !faults.is_empty() {
        let citations = checked.citations();
        let book = Book::new(&checked.manual, &checked.words, &citations);
        verify::report(&faults, &book, sources, theme.has_own_templates(), &mut reports);
    }
    reports
}

/// The path at which the manual is to be published.
fn base(checked: &Checked) -> Arc<str> {
    let address = checked.manual.settings.line("base-url").and_then(|address| url::Url::parse(address).ok());
    address.map_or_else(|| "".into(), |address| address.path().trim_end_matches('/').into())
}
