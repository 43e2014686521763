//! Runs `iptbook explain`: says what codes mean.

use std::fmt::Write as _;

use crate::cli::args;
use crate::cli::failure::Failure;
use crate::cli::output::answer_exactly;
use crate::diag::{self, Code};

/// Prints the page of a code, or a list of codes.
pub(crate) fn print(args: &args::ExplainArgs) -> Result<(), Failure> {
    let Some(typed) = &args.code else { return answer_exactly(list(diag::ALL).as_bytes()) };
    match diag::codes_named(typed).as_deref() {
        Ok([code]) => answer_exactly(page(code.explanation).as_bytes()),
        Ok(codes) => answer_exactly(list(codes).as_bytes()),
        Err(near) => {
            let near: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            let help = match near.as_slice() {
                [] => "`iptbook explain` lists all codes".to_owned(),
                near => format!("did you mean {}?", near.join(" or ")),
            };
            Err(Failure::Usage(format!("there is no code `{typed}`: {help}")))
        }
    }
}

/// Codes, a line each.
fn list(codes: &[&Code]) -> String {
    let mut list = String::new();
    for code in codes {
        let _ = writeln!(list, "{:<30} {:<8} {}", code.name, code.severity.name(), code.summary);
    }
    list
}

/// A page as a terminal shows it: examples are indented, with the name of their file above them if they have one.
fn page(markdown: &str) -> String {
    let mut shown = String::new();
    let mut fence = None;
    for line in markdown.lines() {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        match fence {
            Some(open) if ticks >= open && line.len() == ticks => fence = None,
            Some(_) if line.is_empty() => shown.push('\n'),
            Some(_) => {
                let _ = writeln!(shown, "    {line}");
            }
            None if ticks >= 3 => {
                fence = Some(ticks);
                if let Some((_, file)) = line[ticks..].split_once(' ') {
                    let _ = writeln!(shown, "{file}:\n");
                }
            }
            None => {
                let _ = writeln!(shown, "{}", line.trim_start_matches('#').trim_start());
            }
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_indented_under_their_files() {
        let markdown = "# a/b\n\nText.\n\n## Wrong\n\n````md x/y.md\n---\n\n```\n````\n\nEnd.\n";
        assert_eq!(page(markdown), "a/b\n\nText.\n\nWrong\n\nx/y.md:\n\n    ---\n\n    ```\n\nEnd.\n");
    }

    #[test]
    fn an_example_without_a_file_has_no_line_above_it() {
        assert_eq!(page("## Example\n\n```md\nText.\n```\n"), "Example\n\n    Text.\n");
        let is_lone = |line: &str| line.trim() == ":";
        let lone: Vec<_> = diag::ALL.iter().filter(|code| page(code.explanation).lines().any(is_lone)).collect();
        assert!(lone.is_empty(), "a colon without a file: {:?}", lone.iter().map(|code| code.name).collect::<Vec<_>>());
    }
}
