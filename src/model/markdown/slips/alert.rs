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

/// The name of the alert that is meant by a name in use elsewhere, or that is this name in other letters.
pub(crate) fn meant_by(name: &str) -> Option<&'static str> {
    let upper = name.trim().to_uppercase();
    let known = NAMES.into_iter().find(|known| *known == upper);
    known.or_else(|| OTHERS.iter().find(|(other, _)| *other == upper).map(|(_, meant)| *meant))
}

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
    if line == format!("[!{name}]") && is_quoted && NAMES.contains(&name) {
        // It is written as it must be, so its place is wrong.
        let begin = typed.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let range = at..at + line.len();
        let message = "an alert begins a quotation: nothing may stand above it there";
        let report = Diagnostic::new(&diag::UNKNOWN_ALERT, typed.span(range), message)
            .help("leave an empty line above it, without a `>`");
        let is_edge = typed.text[begin..at].chars().all(|letter| matches!(letter, '>' | ' '));
        reports.push(if is_edge { typed.fix(report, begin..begin, "\n") } else { report });
        return true;
    }
    let is_name =
        !name.is_empty() && name.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '_' | ' '));
    // A link or picture may begin like this, too.
    if !is_name || after.starts_with(['(', '[']) {
        return false;
    }
    let upper = name.trim().to_uppercase();
    let known = NAMES.into_iter().find(|known| *known == upper);
    let instead = meant_by(name).or_else(|| diag::nearest(&upper, NAMES));
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

/// Reports the first line of a quotation that has nothing but the name of an alert, with other signs around it than those
/// of an alert: `![WARNING]`, `{!NOTE}`, `[!TIP`. Returns whether it is one.
///
/// # Reports
/// `markdown/unknown-alert`.
pub(crate) fn check_nearly(typed: TypedText<'_>, at: usize, reports: &mut Reports) -> bool {
    let line = typed.rest_of_line(at).trim_end();
    let name = line.trim_matches(|letter: char| !letter.is_alphanumeric());
    let has_signs = line.contains('!') && line.contains(['[', '{', '(']) || line.starts_with('!');
    if !has_signs || name.is_empty() || name.to_uppercase() != name || line == format!("[!{name}]") {
        return false;
    }
    // With both brackets it is an alert of another name.
    let Some(known) = meant_by(name).filter(|_| !line.starts_with("[!") || !line.ends_with(']')) else { return false };
    let range = at..at + line.len();
    let report =
        Diagnostic::new(&diag::UNKNOWN_ALERT, typed.span(range.clone()), "this is no alert: its signs are other ones")
            .help(format!("write `[!{known}]`"));
    reports.push(typed.fix(report, range, format!("[!{known}]")));
    true
}

/// Checks an alert for having a text.
///
/// # Reports
/// `markdown/unknown-alert`.
pub(crate) fn check_empty(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let alert = typed.slice(at.clone());
    // Nothing but its name, and lines that are empty.
    let mut lines = alert.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    let name = lines.next().unwrap_or_default();
    if !name.ends_with(']') || lines.any(|line| !line.is_empty()) {
        return;
    }
    let begin = at.start + alert.find('[').unwrap_or(0);
    let report = Diagnostic::new(&diag::UNKNOWN_ALERT, typed.span(begin..begin + name.len()), "this alert has no text")
        .help("write `> ` at the beginning of each line that belongs to it, without an empty line between");
    let rest = &typed.text[at.end..];
    let text = rest.trim_start_matches(['\n', '\r']);
    let from = at.end + rest.len() - text.len();
    let paragraph = text.split("\n\n").next().unwrap_or_default().trim_end();
    let is_alone = typed.begins_line(at.start) && !paragraph.is_empty() && !alert.starts_with(' ');
    let is_text = !paragraph.starts_with(['#', '>', '|', '`', '<']);
    reports.push(if is_alone && is_text {
        let lines: Vec<String> = paragraph.lines().map(|line| format!("> {line}")).collect();
        let name_end = begin + name.len();
        typed.fix(report, name_end..from + paragraph.len(), format!("\n{}", lines.join("\n")))
    } else {
        report
    });
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
