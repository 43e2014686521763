//! Runs `iptbook mv`: gives a chapter another id everywhere, or changes nothing.

use crate::author::rename;
use crate::author::rename::MeaningChange;
use crate::cli::args::MvArgs;
use crate::cli::failure::Failure;
use crate::cli::output::{answer, number, shown, tell};
use crate::cli::progress::Progress;
use crate::cli::report;
use crate::cli::run::today;
use crate::diag::Reports;
use crate::files::source::Loaded;
use crate::files::theme::ThemeFiles;
use crate::pipeline::{CheckOptions, Checked};
use crate::write::Rewrite;
use crate::{load, pipeline, write};

/// Gives a chapter another id and says what was changed.
pub(crate) fn run(args: &MvArgs) -> Result<(), Failure> {
    let _progress = Progress::begin("reading and checking the manual");
    let mut reports = Reports::new();
    let mut loaded = load::manual(&args.manual, &mut reports)?;
    let theme = load::theme(None, &mut loaded.sources)?;
    if !reports.is_empty() {
        report::text(&reports, &loaded.sources);
        tell("nothing was changed. Fix this first: a file that cannot be read may name the chapter");
        return Err(Failure::Mistakes);
    }
    let before = check(&loaded, &theme);
    let unread = rename::unread(&before.manual, &loaded.sources, &before.reports);
    if !unread.is_empty() {
        report::text(&unread, &loaded.sources);
        tell("nothing was changed. Fix this first: it may hide places that name the chapter");
        return Err(Failure::Mistakes);
    }
    let plan = rename::plan(&before.manual, &loaded.sources, &args.id, &args.new_id)
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let edited = rename::edited(&plan, &loaded);
    let after = check(&edited, &theme);
    let changes = rename::changes(&before.manual, &after.manual, &plan);
    let (found, astray): (Vec<&MeaningChange>, Vec<&MeaningChange>) =
        changes.iter().partition(|change| change.before.is_none());
    let new = rename::new_reports(&before.reports, &after.reports, &plan, &astray);
    if !new.is_empty() {
        report::text(&new, &edited.sources);
        tell("nothing was changed, because the new id would cause these problems");
        return Err(Failure::Mistakes);
    }
    let place = |change: &MeaningChange| {
        format!("{}: `{}`", rename::file_and_line(&loaded.sources, change.span), change.written)
    };
    let name = |name: &Option<String>| name.as_ref().map_or("nothing".to_owned(), |name| format!("`{name}`"));
    if !astray.is_empty() {
        for change in astray {
            let (before, after) = (name(&change.before), name(&change.after));
            tell(&format!("{} leads to {before}, but would then lead to {after}", place(change)));
        }
        tell("nothing was changed, because what is written there would then mean something else");
        return Err(Failure::Mistakes);
    }
    if rename::order(&before.manual, Some(&plan)) != rename::order(&after.manual, None) {
        tell("nothing was changed, because the order of the chapters would change");
        return Err(Failure::Mistakes);
    }
    let mut rewrites = Vec::new();
    for (file, source) in loaded.sources.iter() {
        let is_own = source.path == plan.file.0;
        if is_own || plan.edits.iter().any(|(of, ..)| *of == file) {
            rewrites.push(Rewrite {
                path: source.path.clone(),
                new_path: if is_own { plan.file.1.clone() } else { source.path.clone() },
                old: source.text.to_string(),
                new: plan.edited(file, &source.text),
            });
        }
    }
    let all = loaded.sources.iter().map(|(_, source)| source.path.as_str()).chain(loaded.attachments.iter());
    write::rewrite(&args.manual, &rewrites, all)?;
    let elsewhere = match plan.places {
        0 => "no other place names it".to_owned(),
        places => format!("{} changed in {}", number(places, "place"), number(rewrites.len(), "file")),
    };
    // What meant several chapters, or none, before.
    let found = found.iter().map(|change| format!("\n{} now leads to {}", place(change), name(&change.after)));
    answer(&format!(
        "Renamed `{}` to `{}` -> {}\n{elsewhere}; the old address redirects to the new one{}",
        plan.old,
        plan.new,
        shown(&args.manual.join(&plan.file.1)),
        found.collect::<String>(),
    ))
}

fn check(loaded: &Loaded, theme: &ThemeFiles) -> Checked {
    pipeline::check(loaded, theme, CheckOptions { as_of: today(), drafts: true }, Reports::new())
}
