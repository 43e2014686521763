//! `iptbook report review`: who reviews which chapter when.

use super::args::{Review, ReviewFormat};
use super::{Failure, answer, answer_exactly, sessions, today};
use crate::render::fill::Book;
use crate::render::review_data;

/// Prints the list that is asked for.
pub(super) fn print(args: &Review) -> Result<(), Failure> {
    let run = super::run(&args.manual)?;
    sessions::only_sound(&args.manual, &run)?;
    let as_of = args.manual.as_of.unwrap_or_else(today);
    let formatted = run.checked.citations();
    let book = Book::new(&run.checked.manual, &run.checked.words, &formatted);
    match args.format {
        ReviewFormat::Csv => answer_exactly(&review_data::csv(book.manual, as_of)),
        ReviewFormat::Ics => answer_exactly(review_data::ics(&book, as_of).as_bytes()),
        ReviewFormat::Text => {
            let (head, rows) = review_data::table(&book, as_of);
            let title = book.words.get("page-document-control");
            answer(sessions::text(title, &head, &rows).trim_end())
        }
    }
}
