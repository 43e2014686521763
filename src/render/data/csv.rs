//! Writes rows as CSV, without anything that a spreadsheet would run.

/// Rows as CSV.
pub(crate) fn csv_bytes(rows: Vec<Vec<String>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row.iter().map(|cell| defused(cell))).expect("writing to memory does not fail");
    }
    writer.into_inner().expect("writing to memory does not fail")
}

/// A cell that no spreadsheet runs: what would begin a formula gets an apostrophe before it (the letters are those
/// of the OWASP page on CSV injection, with their wide forms). A plain number, such as `-0.13`, is no formula.
fn defused(cell: &str) -> String {
    const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let number = cell.parse::<f64>().is_ok() && cell.ends_with(|letter: char| letter.is_ascii_digit());
    let formula = cell.starts_with(BEGINNINGS) && !number;
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::defused;

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused("@cmd"), "'@cmd");
        assert_eq!(defused("-0.13"), "-0.13");
        assert_eq!(defused("- item"), "'- item");
        assert_eq!(defused("＝1+1"), "'＝1+1");
        assert_eq!(defused("-inf"), "'-inf");
        assert_eq!(defused("plain"), "plain");
    }
}
