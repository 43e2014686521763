//! `iptbook sessions`: the session summary in the terminal.

use comfy_table::{ContentArrangement, Table, presets};

use crate::cli::args::{ManualArgs, Sessions, TableFormat};
use crate::cli::{Failure, Run, answer, answer_exactly, report, tell};
use crate::diag::{self, Diagnostic, Severity, nearest};
use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::render::data::session;
use crate::render::text::book::Book;
use crate::render::view::table::session::USUAL_SESSION_COLUMNS;

/// How wide a table is drawn where there is no terminal, in letters.
const WIDTH: usize = 100;

/// The narrowest that a table is drawn, in letters.
const NARROWEST: usize = 40;

/// Prints the session summary that is asked for.
pub(crate) fn print(args: &Sessions) -> Result<(), Failure> {
    let run = crate::cli::run(&args.manual)?;
    only_sound(&args.manual, &run)?;
    let of = meant(args, &run)?;
    let formatted = run.checked.citations();
    let book = Book::new(&run.checked.manual, &run.checked.words, &formatted);
    let Some(table) = SessionTable::new(book.manual, of) else {
        return Err(Failure::Usage("only protocols and settings have sessions".into()));
    };
    if let TableFormat::Csv = args.format {
        return answer_exactly(&session::csv(&book, &table));
    }
    answer(drawn(args, &book, &table).trim_end())
}

/// Prints no table of a manual with errors, or with warnings where none are allowed.
pub(crate) fn only_sound(args: &ManualArgs, run: &Run) -> Result<(), Failure> {
    let errors: Vec<Diagnostic> =
        run.checked.reports.iter().filter(|report| report.code.severity == Severity::Error).cloned().collect();
    if !errors.is_empty() {
        report::text(&errors, &run.loaded.sources);
        tell("nothing was printed: the manual has errors");
        return Err(Failure::Mistakes);
    }
    if args.strict && diag::count(&run.checked.reports, Severity::Warning) > 0 {
        report::text(&run.checked.reports, &run.loaded.sources);
        tell("nothing was printed: the manual has warnings, and --strict allows none");
        return Err(Failure::Mistakes);
    }
    Ok(())
}

/// The protocol or setting that is meant.
fn meant(args: &Sessions, run: &Run) -> Result<ChapterIx, Failure> {
    let manual = &run.checked.manual;
    let (kind, id) = match (&args.protocol, &args.setting) {
        (Some(id), _) => (Kind::Protocol, id),
        (_, Some(id)) => (Kind::Setting, id),
        _ => {
            return manual.default_protocol.ok_or_else(|| {
                Failure::Usage("the manual has no protocol to begin with: name one with --protocol".into())
            });
        }
    };
    let bare = id.strip_prefix(kind.name()).and_then(|rest| rest.strip_prefix('/')).unwrap_or(id);
    manual.find(kind, bare).ok_or_else(|| {
        let ids: Vec<&str> = manual.of_kind(kind).map(|(_, chapter)| chapter.id.value.as_str()).collect();
        let help = match nearest(bare, ids.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids.is_empty() => "the manual has none".to_owned(),
            None => format!("there are {}", ids.join(", ")),
        };
        Failure::Usage(format!("no {} has the id `{bare}`: {help}", kind.words()))
    })
}

fn drawn(args: &Sessions, book: &Book<'_>, table: &SessionTable<'_>) -> String {
    match args.format {
        TableFormat::Json => serde_json::to_string_pretty(&session::json(book, table)).unwrap_or_default(),
        _ => {
            let title = book.words.fill("session-summary-of", &[&book.manual.chapter(table.of).title]);
            if table.rows.is_empty() {
                let why = crate::render::view::table::session::without_rows(book, table);
                return format!("{title}\n\n{why}");
            }
            let mut columns: Vec<&str> = args.columns.iter().map(String::as_str).collect();
            if columns.is_empty() {
                columns = USUAL_SESSION_COLUMNS.to_vec();
            }
            if table.has_changes() {
                columns.push("change");
            }
            let head: Vec<String> =
                columns.iter().map(|name| book.words.get(&format!("field-{name}")).to_owned()).collect();
            let rows = session::rows(book, table, &columns);
            match args.format {
                TableFormat::Markdown => markdown(&title, &head, &rows),
                _ => text(&title, &head, &rows),
            }
        }
    }
}

/// A table as wide as the terminal, under its title.
pub(crate) fn text(title: &str, head: &[String], rows: &[Vec<Vec<String>>]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width().max(NARROWEST)).unwrap_or(u16::MAX));
    table.set_header(head);
    for row in rows {
        table.add_row(row.iter().map(|cell| cell.join("\n")));
    }
    format!("{title}\n{table}")
}

fn markdown(title: &str, head: &[String], rows: &[Vec<Vec<String>>]) -> String {
    // Nothing in a cell ends the cell or the row, and nothing becomes markup.
    let escaped = |text: &str| {
        let mut escaped = String::with_capacity(text.len());
        for letter in text.chars() {
            if "\\|<*_`[]".contains(letter) {
                escaped.push('\\');
            }
            escaped.push(if letter == '\n' { ' ' } else { letter });
        }
        escaped
    };
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut text = format!("**{}**\n\n", escaped(title));
    text.push_str(&line(head.iter().map(|name| escaped(name)).collect()));
    text.push_str(&line(head.iter().map(|_| "---".to_owned()).collect()));
    for row in rows {
        text.push_str(&line(row.iter().map(|cell| escaped(&cell.join("; "))).collect()));
    }
    text
}

/// How many letters fit on a line: of the terminal, or as `COLUMNS` says.
fn width() -> usize {
    let given = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    given.or_else(terminal).unwrap_or(WIDTH)
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn nothing_in_a_markdown_cell_ends_it() {
        let rows = vec![vec![vec!["a | b".to_owned(), "c".to_owned()], vec!["<b>\n*x*".to_owned()]]];
        assert_eq!(
            markdown("T", &["One".to_owned(), "Two".to_owned()], &rows),
            "**T**\n\n| One | Two |\n| --- | --- |\n| a \\| b; c | \\<b> \\*x\\* |\n"
        );
    }
}
