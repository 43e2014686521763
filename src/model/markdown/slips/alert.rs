//! Finds alerts that Markdown does not read as alerts: another name, another language, words after the name.

use std::ops::Range;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::slips::typed::TypedText;

/// The names that are read.
const NAMES: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Names in use elsewhere, in other tools and other languages, and the alert to write instead.
const OTHERS: [(&str, &str); 83] = [
    ("ABSTRACT", "NOTE"),
    ("ACHTUNG", "WARNING"),
    ("ADMONITION", "NOTE"),
    ("ADVARSEL", "WARNING"),
    ("ADVERTENCIA", "WARNING"),
    ("AJUDA", "TIP"),
    ("ANMERKUNG", "NOTE"),
    ("ASTUCE", "TIP"),
    ("ATENCION", "WARNING"),
    ("ATENCIÓN", "WARNING"),
    ("ATTENTION", "WARNING"),
    ("ATTENZIONE", "WARNING"),
    ("AVERTISSEMENT", "WARNING"),
    ("AVVERTENZA", "WARNING"),
    ("AVVISO", "WARNING"),
    ("AVISO", "WARNING"),
    ("BEISPIEL", "NOTE"),
    ("BUG", "CAUTION"),
    ("CAREFUL", "CAUTION"),
    ("CAUTELA", "CAUTION"),
    ("CHECK", "TIP"),
    ("CHECKLIST", "NOTE"),
    ("CITE", "NOTE"),
    ("CONSEIL", "TIP"),
    ("CONSEJO", "TIP"),
    ("CONSIGLIO", "TIP"),
    ("CRITICAL", "CAUTION"),
    ("CUIDADO", "CAUTION"),
    ("DANGER", "CAUTION"),
    ("DEFINITION", "NOTE"),
    ("DICA", "TIP"),
    ("DONE", "NOTE"),
    ("ERROR", "CAUTION"),
    ("EXAMPLE", "NOTE"),
    ("EXEMPLE", "NOTE"),
    ("FAIL", "CAUTION"),
    ("FAILURE", "CAUTION"),
    ("FAQ", "NOTE"),
    ("FARA", "CAUTION"),
    ("FARE", "CAUTION"),
    ("GEFAHR", "CAUTION"),
    ("GEVAAR", "CAUTION"),
    ("HELP", "TIP"),
    ("HINT", "TIP"),
    ("HINWEIS", "NOTE"),
    ("IMPORTANTE", "IMPORTANT"),
    ("INFO", "NOTE"),
    ("INFORMATION", "NOTE"),
    ("LET OP", "WARNING"),
    ("MERKE", "IMPORTANT"),
    ("MISSING", "CAUTION"),
    ("MUST", "IMPORTANT"),
    ("NB", "NOTE"),
    ("NOTA", "NOTE"),
    ("NOTES", "NOTE"),
    ("NOTICE", "NOTE"),
    ("NOTIZ", "NOTE"),
    ("OBS", "NOTE"),
    ("OPMERKING", "NOTE"),
    ("OPGELET", "WARNING"),
    ("PELIGRO", "CAUTION"),
    ("PERICOLO", "CAUTION"),
    ("PERIGO", "CAUTION"),
    ("QUESTION", "NOTE"),
    ("QUOTE", "NOTE"),
    ("REMARK", "NOTE"),
    ("REMARQUE", "NOTE"),
    ("REMEMBER", "IMPORTANT"),
    ("RISK", "CAUTION"),
    ("SAFETY", "CAUTION"),
    ("SEE", "NOTE"),
    ("SEEALSO", "NOTE"),
    ("SUCCESS", "TIP"),
    ("SUMMARY", "NOTE"),
    ("TIPP", "TIP"),
    ("TIPS", "TIP"),
    ("TODO", "NOTE"),
    ("VARNING", "WARNING"),
    ("VORSICHT", "CAUTION"),
    ("WARN", "WARNING"),
    ("WARNUNG", "WARNING"),
    ("WAARSCHUWING", "WARNING"),
    ("WICHTIG", "IMPORTANT"),
];

/// Reports a line at `at` that begins with `[!NAME]`, since no alert was made of it. Returns whether it is one.
///
/// # Reports
/// `markdown/unknown-alert`.
pub(crate) fn check(typed: TypedText<'_>, at: usize, is_quoted: bool, reports: &mut Reports) -> bool {
    let line = typed.rest_of_line(at).trim_end();
    if let Some(known) = NAMES.into_iter().find(|known| line == format!("[{known}]")).filter(|_| is_quoted) {
        let range = at..at + line.len();
        let report =
            Diagnostic::new(&diag::UNKNOWN_ALERT, typed.span(range.clone()), "this is no alert: a `!` is missing")
                .help(format!("write `[!{known}]`"));
        reports.push(typed.fix(report, range, format!("[!{known}]")));
        return true;
    }
    let Some((name, after)) = line.strip_prefix("[!").and_then(|rest| rest.split_once(']')) else { return false };
    let is_name =
        !name.is_empty() && name.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '_' | ' '));
    // A link or picture may begin like this, too.
    if !is_name || after.starts_with(['(', '[']) {
        return false;
    }
    let upper = name.trim().to_uppercase();
    let known = NAMES.into_iter().find(|known| *known == upper);
    let meant = known.or_else(|| OTHERS.iter().find(|(other, _)| *other == upper).map(|(_, meant)| *meant));
    let instead = meant.or_else(|| diag::nearest(&upper, NAMES));
    let mark_end = at + "[!".len() + name.len() + "]".len();
    // Obsidian folds an alert whose name has a sign after it.
    let title = after.trim_start_matches(['-', '+']).trim();
    let report = |end: usize, message: String| Diagnostic::new(&diag::UNKNOWN_ALERT, typed.span(at..end), message);
    reports.push(match (known, instead) {
        (Some(known), _) if !is_quoted => report(mark_end, format!("`[!{known}]` makes an alert only in a quotation"))
            .help("write `> ` at the beginning of this line and of each line of the alert"),
        (Some(known), _) => {
            let report = report(at + line.len(), format!("after `[!{known}]`, nothing may follow on the same line"));
            if title.is_empty() {
                typed.fix(report.help(format!("write `[!{known}]` alone")), at..at + line.len(), format!("[!{known}]"))
            } else {
                with_title(typed, report, at..at + line.len(), known, title)
            }
        }
        (None, Some(meant)) => {
            let report = report(mark_end, format!("there is no alert `[!{name}]`"));
            if title.is_empty() {
                typed.fix(report.help(format!("write `[!{meant}]`")), at..at + line.len(), format!("[!{meant}]"))
            } else {
                with_title(typed, report, at..at + line.len(), meant, title)
            }
        }
        (None, None) => report(mark_end, format!("there is no alert `[!{name}]`"))
            .help("write one of `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`"),
    });
    true
}

/// The report on an alert whose first line `at` has a title: the title belongs on a line of its own.
fn with_title(typed: TypedText<'_>, report: Diagnostic, at: Range<usize>, name: &str, title: &str) -> Diagnostic {
    let before = &typed.text[..at.start];
    // The next line begins as this one does.
    let begin = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    let report = report.help(format!("write `> [!{name}]`, and on the next line `> **{title}**`"));
    if begin.chars().all(|letter| matches!(letter, '>' | ' ')) {
        typed.fix(report, at, format!("[!{name}]\n{begin}**{title}**"))
    } else {
        report
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_other_name_leads_to_one_that_is_read() {
        for (other, meant) in OTHERS {
            assert!(NAMES.contains(&meant) && !NAMES.contains(&other), "{other}");
            assert_eq!(other.to_uppercase(), other);
        }
    }
}
