//! Runs `iptbook new`: starts a chapter.

use std::collections::BTreeMap;

use crate::author::new;
use crate::author::new::NewError;
use crate::cli::args::{NewArgs, title};
use crate::cli::failure::Failure;
use crate::cli::output::{answer, shown, tell};
use crate::cli::progress::Progress;
use crate::cli::report;
use crate::cli::run::today;
use crate::diag::Reports;
use crate::model::kinds::common::Common;
use crate::pipeline::CheckOptions;
use crate::{load, pipeline, write};

/// Writes a chapter and says where.
pub(crate) fn run(args: &NewArgs) -> Result<(), Failure> {
    let title = title(&args.title).map_err(Failure::Usage)?;
    let _progress = Progress::begin("reading and checking the manual");
    let mut reports = Reports::new();
    let mut loaded = load::manual(&args.manual, &mut reports)?;
    let wrong = new::wrong(&loaded, &reports, args.kind);
    if !wrong.is_empty() {
        report::text(&wrong, &loaded.sources);
        tell("nothing was written. Fix these errors first: they decide where the chapter goes");
        return Err(Failure::Mistakes);
    }
    let theme = load::theme(None, &mut loaded.sources)?;
    // What is wrong with the manual otherwise is for `check` to say.
    let options = CheckOptions { as_of: today(), drafts: true };
    let before = pipeline::check(&loaded, &theme, options, Reports::new());
    let manual = new::HostManual { loaded: &loaded, theme: &theme, options, checked: &before };
    let new = new::new_chapter(args.kind, &title, manual).map_err(|error| failure(args, &error))?;
    write::more_files(&args.manual, &BTreeMap::from([(new.path.clone(), new.text.into_bytes())]))?;
    let missing = args.kind.fields().iter().filter(|field| field.required && field.name != Common::KEYS.title);
    let missing: Vec<String> =
        missing.map(|field| field.name).chain([Common::KEYS.summary]).map(|name| format!("`{name}`")).collect();
    let mut said = format!(
        "{}\nIts id is `{}`. To link to it, write [[{}]]. {}Fill in {}. The other keys are listed as comments.\nIt is a draft: only `--drafts` shows it. Change its `status` when it is written.",
        shown(&args.manual.join(&new.path)),
        new.id,
        new.link,
        new.why,
        missing.join(" and ")
    );
    let (settings, folder) = (&before.manual.settings, &new.folder);
    if !settings.parts.is_empty() && settings.parts.iter().all(|part| part.folder.value != *folder) {
        said.push_str(&format!(
            "\nNo part in manual.yaml has this folder yet. Add this under `parts:`\n  - title: {}\n    folder: {folder}\n    kind: {}",
            new::titled(args.kind),
            args.kind.name()
        ));
    }
    answer(&said)
}

fn failure(args: &NewArgs, error: &NewError) -> Failure {
    Failure::Usage(match error {
        NewError::SameTitle { id, source } => format!(
            "there is already {} with this title and the id `{id}`: {}. Choose another title",
            args.kind.with_article(),
            shown(&args.manual.join(source))
        ),
        NewError::AllTaken(wanted) => format!("all ids like `{wanted}` are in use: choose another title"),
    })
}
