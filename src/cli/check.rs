//! Runs `iptbook check`: shows what is wrong with a manual.

use std::path::Path;
use std::time::Instant;

use crate::cli::args::{CheckArgs, DiagnosticFormat, ManualArgs};
use crate::cli::failure::Failure;
use crate::cli::output::{answer, answer_exactly, number, taken, tell};
use crate::cli::report;
use crate::cli::run::{make, run};
use crate::diag::Diagnostic;
use crate::files::output::NullOutput;
use crate::load;
use crate::render::verify::HtmlOrigin;

/// Checks a manual and prints what is wrong with it.
pub(crate) fn check(args: &CheckArgs) -> Result<(), Failure> {
    #[cfg(not(feature = "external"))]
    if args.external {
        return Err(Failure::left_out("`iptbook check --external`", "external"));
    }
    let begin = Instant::now();
    // A file of a manual: all is checked, since much depends on other files, and only what is wrong there is shown.
    let one = load::file_in_manual(&args.manual.manual);
    let manual = match &one {
        // Who names a draft wants to know what is wrong with it.
        Some((manual, _)) => ManualArgs { manual: manual.clone(), drafts: true, ..args.manual.clone() },
        None => args.manual.clone(),
    };
    let mut run = run(&manual)?;
    if let Some((_, path)) = &one {
        let sources = &run.loaded.sources;
        let is_there = |report: &Diagnostic| is_within(&sources.get(report.span().file).path, path);
        let (here, elsewhere): (Vec<_>, Vec<_>) = run.checked.reports.drain(..).partition(is_there);
        run.checked.reports = here;
        if !elsewhere.is_empty() {
            tell(&format!("elsewhere in the manual: {}", report::sum(&elsewhere)));
        }
    }
    let mut sound = run.checked.is_publishable(args.manual.strict);
    if sound && run.html() != HtmlOrigin::Own {
        // Only the finished pages show what there is in them.
        let (found, _) = make(&run, &NullOutput, Path::new(""))?;
        sound = found.is_empty();
        run.checked.reports.extend(found);
    }
    #[cfg(feature = "external")]
    if args.external {
        let found = crate::cli::external::check(&run)?;
        sound &= !args.manual.strict || found.is_empty();
        run.checked.reports.extend(found);
        crate::diag::sort(&mut run.checked.reports, &run.loaded.sources);
    }
    let reports = &run.checked.reports;
    match args.format {
        DiagnosticFormat::Text => {
            report::text(reports, &run.loaded.sources);
            if sound {
                let chapters = match &one {
                    Some((_, path)) => path.clone(),
                    None => number(run.checked.manual.chapters.len(), "chapter"),
                };
                let found = if reports.is_empty() { "no errors or warnings".to_owned() } else { report::sum(reports) };
                answer(&format!("{chapters}, {found}, {}", taken(begin)))?;
            }
        }
        DiagnosticFormat::Json => answer_exactly(report::json(reports, &run.loaded.sources).as_bytes())?,
        DiagnosticFormat::Github => answer_exactly(report::github(reports, &run.loaded.sources).as_bytes())?,
        DiagnosticFormat::Sarif => answer_exactly(report::sarif(reports, &run.loaded.sources).as_bytes())?,
    }
    if sound { Ok(()) } else { Err(Failure::Mistakes) }
}

/// Whether a path is that of a file or folder, or of something in it.
fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
