//! Runs `iptbook report review`: shows who reviews which chapter when.

use crate::author::reviews;
use crate::cli::args::{ReviewArgs, ReviewFormat};
use crate::cli::failure::Failure;
use crate::cli::output::{answer, answer_exactly};
use crate::cli::run::{only_sound, run, today};
use crate::cli::table;
use crate::render::address::made::MadePage;
use crate::render::text::context::RenderContext;

/// Prints the list that is asked for.
pub(crate) fn print(args: &ReviewArgs) -> Result<(), Failure> {
    let run = run(&args.manual)?;
    only_sound(&args.manual, &run)?;
    let as_of = args.manual.as_of.unwrap_or_else(today);
    let formatted = run.checked.citations();
    let context = RenderContext::new(&run.checked.manual, &run.checked.words, &formatted);
    match args.format {
        ReviewFormat::Csv => answer_exactly(&reviews::csv(context.manual, as_of)),
        ReviewFormat::Ics => answer_exactly(reviews::ics(&context, as_of).as_bytes()),
        ReviewFormat::Text => {
            let (head, rows) = reviews::table(&context, as_of);
            let title = context.words.get(MadePage::DocumentControl.word());
            answer(table::text(title, &head, &rows).trim_end())
        }
    }
}
