//! Draws tables for the terminal and as Markdown.

use comfy_table::{ContentArrangement, Table, presets};

/// The width of a table if there is no terminal, in letters.
const WIDTH: usize = 100;

/// The smallest width of a table, in letters.
const NARROWEST: usize = 40;

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

/// A Markdown table under its title.
pub(crate) fn markdown(title: &str, head: &[String], rows: &[Vec<Vec<String>>]) -> String {
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
