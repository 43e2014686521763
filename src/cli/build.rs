//! Runs `iptbook build`: turns a manual into a site.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Instant;

use crate::cli::args::BuildArgs;
use crate::cli::failure::Failure;
use crate::cli::output::{answer, number, taken, tell};
use crate::cli::report;
use crate::cli::run::{make, run, today};
use crate::diag::Severity;
use crate::model::settings::Settings;
use crate::render::address::made::MadePage;
use crate::render::verify::HtmlOrigin;
use crate::stamp::Stamp;
use crate::write::Staging;
use crate::{diag, write};

/// Checks a manual and writes its site, unless nothing changed.
pub(crate) fn build(args: &BuildArgs) -> Result<(), Failure> {
    let begin = Instant::now();
    let out = args.out.clone().unwrap_or_else(|| write::usual_site(&args.manual.manual));
    let done = |chapters: usize, what: &str| {
        let (chapters, place) = (number(chapters, "chapter"), out.join(MadePage::Home.path()));
        answer(&format!("{chapters}, {what}, {} -> {}", taken(begin), place.display()))
    };
    let site = out.display();
    write::wait_for_others(&out, || tell(&format!("waiting until another build into `{site}` has finished")));
    let as_run = (format!("{args:?}"), args.manual.as_of.unwrap_or_else(today));
    let stamp = cache_folder().and_then(|cache| Stamp::new(&cache, &args.manual.manual, &out, as_run));
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
            "warnings, and --strict treats them as errors"
        };
        tell(&format!("nothing was written: the manual has {why}"));
        return Err(Failure::Mistakes);
    }
    if run.html() == HtmlOrigin::Own {
        // A sixth of the memory that a large manual takes.
        run.loaded.sources.drop_chapters();
    }
    let staging = Staging::new(&out, &args.manual.manual)?;
    let (found, pages) = make(&run, &staging, &out)?;
    if !found.is_empty() {
        report::text(&found, &run.loaded.sources);
        let at_fault = if found.iter().all(|report| report.code.family() == "theme") { "theme" } else { "site" };
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
    tell_open_slots(&run.checked.manual.settings);
    // The program ends here: taking down a large manual piece by piece would only take time.
    std::mem::forget(run);
    answered
}

/// Reminds people of what they still have to fill in, where the manual leaves it open on purpose. Programs that look for
/// warnings get none.
fn tell_open_slots(settings: &Settings) {
    let open: Vec<&str> = settings
        .slots
        .iter()
        .filter(|slot| slot.value.is_none() && slot.is_left_open)
        .map(|slot| slot.label.as_str())
        .collect();
    if !open.is_empty() && std::io::stderr().is_terminal() {
        tell(&format!("not filled in yet: {} (see `slots` in manual.yaml)", open.join(", ")));
    }
}

/// The cache folder, whose files may be lost; none if the system has no such folder.
fn cache_folder() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let cache = named("XDG_CACHE_HOME").or_else(|| named("HOME").map(|home| home.join(".cache")));
    Some(cache.or_else(|| named("LOCALAPPDATA"))?.join("iptbook"))
}
