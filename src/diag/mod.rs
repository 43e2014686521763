//! Mistakes in a manual as plain values: gathered by every stage, drawn at the edge.
//!
//! A stage never prints and never stops at the first mistake. It pushes [`Diagnostic`]s and goes
//! on; `cli/report.rs` draws them for people and for machines from the same values.

mod codes;
mod named;

pub use codes::*;
pub use named::named;

use crate::files::Sources;
use crate::span::Span;

/// How grave a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The manual cannot be published as it is.
    Error,
    /// The manual can be published; `--strict` says otherwise.
    Warning,
}

impl Severity {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// What is known of a kind of report: its code, how grave it is, and one sentence on the fault.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The code as printed, `family/fault`.
    pub name: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The fault in one sentence.
    pub summary: &'static str,
    /// A page on it in Markdown, with an example of what is wrong and what is right.
    pub explanation: &'static str,
}

/// A further place that a report points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is said of it.
    pub text: String,
}

/// One report on a manual.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: &'static Code,
    /// What is wrong, with the name, without a full stop.
    pub message: String,
    /// The place.
    pub span: Span,
    /// Why this place, in a few words; may be empty.
    pub label: String,
    /// Other places that belong to it.
    pub others: Vec<Label>,
    /// What to type instead, where that is known.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A report of `code` at `span`.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span, label: String::new(), others: Vec::new(), help: None }
    }

    /// Says why the place is marked.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Points at another place too.
    #[must_use]
    pub fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do, where anything is known.
    #[must_use]
    pub fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = self.help.or(text);
        self
    }
}

/// Where a stage puts its reports.
pub type Reports = Vec<Diagnostic>;

/// Sorts reports by file, place and code, and drops exact repetitions.
pub fn sort(reports: &mut Reports, sources: &Sources) {
    let key = |report: &Diagnostic| (sources.get(report.span.file).path.clone(), report.span.start, report.span.end);
    reports.sort_by(|a, b| {
        key(a).cmp(&key(b)).then_with(|| a.code.name.cmp(b.code.name)).then_with(|| a.message.cmp(&b.message))
    });
    reports.dedup();
}

/// How many reports of a severity there are.
pub fn count(reports: &[Diagnostic], severity: Severity) -> usize {
    reports.iter().filter(|report| report.code.severity == severity).count()
}

/// The name among `candidates` that was probably meant by `typed`, if one is near.
///
/// Near means: equal but for case and hyphens, or at most a third of the letters (at least one)
/// changed, or the one a clear beginning of the other.
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(typed, candidates, 1).into_iter().next()
}

/// Up to `most` names among `candidates` near to `typed`, the nearest first.
pub fn nearest_few<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    fn letters_of(text: &str) -> impl Iterator<Item = char> {
        let letters = text.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
        letters.flat_map(char::to_lowercase).take(80)
    }
    let fold = |text: &str| -> String { letters_of(text).collect() };
    // Which letters there are, a bit for each: most candidates have too many others to be near, and so
    // need not be compared letter by letter. Thousands of broken links are compared with thousands of ids.
    let set = |text: &str| letters_of(text).fold(0u64, |set, letter| set | 1 << (u32::from(letter) % 64));
    let typed_set = set(typed);
    let typed = fold(typed);
    let letters = typed.chars().count();
    let allowed = (letters / 3).max(1);
    let is_possible = |candidate: &&str| {
        let set = set(candidate);
        let (more, less) = ((set & !typed_set).count_ones(), (typed_set & !set).count_ones());
        // Each change takes one letter away at most, and adds one; or the one begins with the other.
        more == 0 || less == 0 || (more + less) as usize <= 2 * allowed
    };
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter(is_possible)
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let length = folded.chars().count();
            if length.abs_diff(letters) > allowed {
                let begins = letters >= 4 && (folded.starts_with(&typed) || typed.starts_with(&folded));
                return (begins && length >= 3).then_some((allowed + 1, candidate));
            }
            let distance = strsim::osa_distance(&typed, &folded);
            (distance <= allowed && distance < letters.max(1)).then_some((distance, candidate))
        })
        .collect();
    near.sort();
    near.dedup();
    // What is much farther than the nearest was not meant.
    let nearest = near.first().map_or(0, |(distance, _)| *distance);
    near.retain(|(distance, _)| *distance <= nearest + 1);
    near.into_iter().take(most).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_what_was_meant_and_nothing_far() {
        let fields = ["techniques", "title", "summary", "problem-areas"];
        assert_eq!(nearest("technques", fields), Some("techniques"));
        assert_eq!(nearest("problem_areas", fields), Some("problem-areas"));
        assert_eq!(nearest("Title", fields), Some("title"));
        assert_eq!(nearest("agenda", fields), None);
        assert_eq!(nearest("xy", fields), None);
    }

    #[test]
    fn codes_are_unique_and_well_formed() {
        let mut names: Vec<_> = ALL.iter().map(|code| (code.name, code.severity)).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|(name, _)| name.split('/').count() == 2));
        assert!(ALL.iter().all(|code| !code.summary.is_empty()));
        for code in ALL {
            assert!(code.explanation.starts_with(&format!("# {}\n\n", code.name)), "{}: another page", code.name);
            let examples = ["\n## Wrong\n", "\n## Right\n"].map(|heading| code.explanation.contains(heading));
            assert_eq!(examples[0], examples[1], "{}: half an example", code.name);
        }
    }
}
