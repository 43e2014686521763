//! Runs `iptbook serve`: shows a manual in the browser and updates it after each change.

use std::time::Instant;

use crate::cli::args::ServeArgs;
use crate::cli::failure::Failure;
use crate::cli::output::{answer, number, taken, tell};
use crate::cli::progress::Progress;
use crate::cli::report;
use crate::cli::run::today;
use crate::diag::Reports;
use crate::load;
use crate::load::LoadError;
use crate::serve::{PreviewOptions, PreviewSession, ReportPrinter, ServeError};

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Host(_) => Self::Usage(error.to_string()),
            ServeError::Listen { .. } | ServeError::System(_) => Self::Machine(error.to_string()),
        }
    }
}

/// Shows a manual until the user has enough.
pub(crate) fn run(args: &ServeArgs) -> Result<(), Failure> {
    // A folder that is none is said at once; later it may come back.
    match load::manual(&args.manual.manual, &mut Reports::new()) {
        Ok(_) | Err(LoadError::Read { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let mut session = PreviewSession::new(preview_options(args), PRINTER, &args.host, args.port)?;
    let address = session.address();
    if !address.ip().is_loopback() {
        tell(&format!(
            "warning: everyone who can reach {address} can read this manual, including its drafts and errors. Without --host, only this computer can read it"
        ));
    }
    let begin = Instant::now();
    let progress = Progress::begin("making the site");
    session.begin();
    drop(progress);
    say(&mut session, begin);
    let made = session.changed();
    let place = if address.ip().is_unspecified() {
        format!("http://127.0.0.1:{}/", address.port())
    } else {
        format!("http://{address}/")
    };
    let pages =
        if made.pages > 0 { format!(" ({}, {})", number(made.pages, "page"), taken(begin)) } else { String::new() };
    answer(&format!("{place} shows the manual{pages} and updates it when you change it. Ctrl-C stops it."))?;
    if args.open && open::that_detached(&place).is_err() {
        tell(&format!("the browser could not be opened: open {place} yourself"));
    }
    while let Some(begin) = session.next() {
        if !session.is_told() {
            say(&mut session, begin);
        }
        let changed = session.changed();
        if changed.any() {
            let beside = if changed.beside { " and other files" } else { "" };
            tell(&format!("rebuilt {}{beside}, {}", number(changed.pages, "page"), taken(begin)));
        }
    }
    answer("stopped")
}

/// How reports are drawn.
const PRINTER: ReportPrinter = ReportPrinter { all: report::drawn, each: report::each };

/// What to show.
fn preview_options(args: &ServeArgs) -> PreviewOptions {
    let args = &args.manual;
    let as_of = args.as_of;
    PreviewOptions {
        manual: args.manual.clone(),
        theme: args.theme.clone(),
        drafts: args.drafts,
        strict: args.strict,
        day: Box::new(move || as_of.unwrap_or_else(today)),
    }
}

/// Says what is wrong, or that everything is right again.
fn say(session: &mut PreviewSession, begin: Instant) {
    let lines = session.message().trim_end();
    if !lines.is_empty() {
        tell(lines);
    }
    if !session.is_sound() {
        tell(if session.has_site() {
            "the browser shows the last site without errors until you fix this"
        } else {
            "there is no site to show until you fix this"
        });
    } else if session.message().is_empty() && !session.told().is_empty() {
        tell(&format!("fixed: no errors or warnings, {}", taken(begin)));
    }
    session.note_told();
}
