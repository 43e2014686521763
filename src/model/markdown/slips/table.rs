//! Finds tables that lose cells, and tables that are none.

use std::ops::Range;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::slips::typed::TypedText;

/// Where the cells of a row begin and end: what stands between bars, without the bars at the edges.
fn cells(row: &str) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let mut begin = 0;
    let mut is_escaped = false;
    for (at, byte) in row.bytes().enumerate() {
        if byte == b'|' && !is_escaped {
            cells.push(begin..at);
            begin = at + 1;
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    let has_end = !row[begin..].trim().is_empty();
    if has_end {
        cells.push(begin..row.len());
    }
    if row.trim_start().starts_with('|') {
        cells.remove(0);
    }
    cells
}

/// Checks a row for cells that the head of its table has no column for.
///
/// # Reports
/// `markdown/lost-cell`.
pub(crate) fn check_row(typed: TypedText<'_>, at: &Range<usize>, columns: usize, reports: &mut Reports) {
    let row = typed.slice(at.clone()).trim_end();
    if columns > 1 && memchr::memchr(b'|', row.as_bytes()).is_none() && !row.trim().is_empty() {
        let begin = at.start + row.len() - row.trim_start().len();
        let span = typed.span(begin..at.start + row.len());
        let report = Diagnostic::new(&diag::NO_TABLE, span, "this line is read as a row of the table above it")
            .into_warning()
            .help("leave an empty line above it");
        let is_alone = typed.begins_line(begin);
        let line = typed.text[..begin].rfind('\n').map_or(0, |end| end + 1);
        reports.push(if is_alone { typed.fix(report, line..line, "\n") } else { report });
        return;
    }
    // Most rows are right, and then the bars need only be counted.
    let at_edges = usize::from(row.starts_with('|')) + usize::from(row.ends_with('|'));
    if memchr::memchr_iter(b'|', row.as_bytes()).count() < columns + at_edges {
        return;
    }
    let cells = cells(row);
    let Some(lost) = cells.iter().skip(columns).find(|cell| !row[(*cell).clone()].trim().is_empty()) else { return };
    // A link that a bar cuts in two has a report of its own, which says how to write it.
    if cells.iter().any(|cell| cuts_link(&row[cell.clone()])) {
        return;
    }
    let cell = &row[lost.clone()];
    let indent = cell.len() - cell.trim_start().len();
    let range = at.start + lost.start + indent..at.start + lost.start + indent + cell.trim().len();
    let message = format!("this cell is lost: the row has {} cells, and the table {columns} columns", cells.len());
    reports.push(
        Diagnostic::new(&diag::LOST_CELL, typed.span(range), message)
            .help("add a column to the head of the table and to the line below it, or write `\\|` for a bar that is part of a cell"),
    );
}

fn cuts_link(cell: &str) -> bool {
    cell.rfind("[[").is_some_and(|at| !cell[at..].contains("]]"))
}

/// Whether a line is the one that stands below the head of a table, or was meant to be.
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    line.contains('|')
        && line.contains(['-', '–', '—'])
        && line.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' ' | '\t' | '–' | '—'))
}

/// Checks the lines of a paragraph for being more rows of the table `before`, of which the end and the number of columns
/// are given: an empty line cuts it in two. Returns whether they are.
///
/// # Reports
/// `markdown/no-table`.
pub(crate) fn check_cut(
    typed: TypedText<'_>,
    lines: &[usize],
    (end, columns): (usize, usize),
    reports: &mut Reports,
) -> bool {
    let Some(&begin) = lines.first().filter(|begin| **begin >= end) else { return false };
    let gap = &typed.text[end..begin];
    let first = typed.rest_of_line(begin).trim_end();
    let is_row = |line: &str| line.starts_with('|') && cells(line).len() == columns;
    if !gap.chars().all(|letter| matches!(letter, ' ' | '\n' | '\r' | '>')) || !is_row(first) {
        return false;
    }
    // A line of hyphens below it would make it a table of its own.
    let report = Diagnostic::new(
        &diag::NO_TABLE,
        typed.span(begin..begin + first.len()),
        "this row is not in the table above it: an empty line parts them",
    )
    .help("remove the empty line above it");
    let from = typed.text[..end].trim_end().len();
    let line = typed.text[..begin].rfind('\n').map_or(0, |end| end + 1);
    reports.push(if typed.begins_line(begin) { typed.fix(report, from..line, "\n") } else { report });
    true
}

/// Checks the lines of a paragraph for being meant as a table. Returns whether they are.
///
/// # Reports
/// `markdown/no-table`, and `markdown/foreign-syntax` for tables that are drawn.
pub(crate) fn check_lines(typed: TypedText<'_>, lines: &[usize], reports: &mut Reports) -> bool {
    let Some(&begin) = lines.first() else { return false };
    let line = |number: usize| lines.get(number).map_or("", |at| typed.rest_of_line(*at).trim_end());
    let first = line(0);
    if is_drawn(first) {
        reports.push(
            Diagnostic::new(
                &diag::FOREIGN_SYNTAX,
                typed.span(begin..begin + first.len()),
                "tables that are drawn are not read",
            )
            .help("write each row as `| a | b |`, and a line `| --- | --- |` below the first row"),
        );
        return true;
    }
    if !first.contains('|') && !line(1).contains('|') {
        return false;
    }
    let separator = (0..lines.len().min(MOST_LINES)).find(|number| is_separator(line(*number)));
    if let Some(number) = separator {
        reports.push(with_separator(typed, lines, number));
        return true;
    }
    let counts: Vec<usize> = (0..lines.len().min(MOST_LINES)).map(|number| cells(line(number)).len()).collect();
    let is_framed = |number: usize| line(number).starts_with('|') && counts[number] >= 2;
    let is_split = |number: usize| line(number).contains(" | ") && counts[number] == counts[0];
    let is_row = match lines.len() {
        1 => is_framed(0) && first.ends_with('|') && !first.ends_with("\\|"),
        _ => (0..counts.len()).all(is_framed) || (0..counts.len()).all(is_split),
    };
    if !is_row {
        return false;
    }
    let below = format!("|{}", " --- |".repeat(counts[0]));
    let end = begin + first.len();
    let report = Diagnostic::new(
        &diag::NO_TABLE,
        typed.span(begin..end),
        "this is no table: the line below its head is missing",
    )
    .help(format!("write a line `{below}` below this one"));
    // Within a list or a quotation the line would have to begin as the others do.
    let is_at_edge = typed.text[..begin].is_empty() || typed.text[..begin].ends_with('\n');
    reports.push(if is_at_edge { typed.fix(report, end..end, format!("\n{below}")) } else { report });
    true
}

/// How many lines of a paragraph are looked at.
const MOST_LINES: usize = 200;

/// The report on a table whose line `number` is meant to be the one below its head.
fn with_separator(typed: TypedText<'_>, lines: &[usize], number: usize) -> Diagnostic {
    let at = lines[number];
    let line = typed.rest_of_line(at).trim_end();
    let range = at..at + line.len();
    let report = |message: String| Diagnostic::new(&diag::NO_TABLE, typed.span(range.clone()), message);
    let Some(head) = number.checked_sub(1).map(|head| typed.rest_of_line(lines[head]).trim_end()) else {
        return report("this is no table: there is no head above this line".to_owned())
            .help("write a row with the names of the columns above it");
    };
    let (columns, given) = (cells(head).len(), cells(line).len());
    let right = format!("|{}", " --- |".repeat(columns));
    if line.contains(['–', '—']) {
        let report = report("this is no table: this line has dashes instead of hyphens".to_owned());
        return typed.fix(report.help(format!("write `{right}`")), range.clone(), right);
    }
    if columns != given {
        let report = report(format!("this is no table: the row above has {columns} cells, and this line {given}"));
        return typed.fix(report.help(format!("write `{right}`")), range.clone(), right);
    }
    report("this is no table".to_owned()).help("leave an empty line above the head of the table")
}

/// Whether a line is the edge of a table that is drawn with `+`, `-` and `=`.
fn is_drawn(line: &str) -> bool {
    line.len() > 3
        && line.starts_with('+')
        && line.ends_with('+')
        && line.contains(['-', '='])
        && line.chars().all(|letter| matches!(letter, '+' | '-' | '=' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_what_stands_between_bars() {
        let of = |row: &str| cells(row).into_iter().map(|cell| row[cell].trim().to_owned()).collect::<Vec<_>>();
        assert_eq!(of("| a | b |"), ["a", "b"]);
        assert_eq!(of("a | b"), ["a", "b"]);
        assert_eq!(of("| a \\| b | c"), ["a \\| b", "c"]);
        assert_eq!(of("|||"), ["", ""]);
        assert_eq!(of("a"), ["a"]);
    }
}
