//! Describes one report with everything that belongs to it, and lists of reports.

use crate::diag::code::{Code, Severity};
use crate::files::source::Sources;
use crate::span::Span;

/// A place that a report points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub(crate) span: Span,
    /// Why it is marked, in a few words; may be empty.
    pub(crate) text: String,
}

/// What to type instead: a stretch of a file, and the text that belongs there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub(crate) span: Span,
    /// What takes its place.
    pub(crate) text: String,
}

impl Fix {
    /// Writes the name `instead` in place of `written`.
    ///
    /// `None` if that is not certain: when `span` covers more than the name and a pair of quotation marks around it, or
    /// when `instead` has a character that YAML or Markdown may read in a special way.
    pub(crate) fn of_name(span: Span, written: &str, instead: &str) -> Option<Self> {
        let quotes = span.len().checked_sub(written.len())?;
        let is_plain = |letter: char| letter.is_alphanumeric() || "-_./# ".contains(letter);
        let is_whole = instead.trim() == instead && !instead.is_empty() && !instead.starts_with('-');
        let is_certain = (quotes == 0 || quotes == 2) && is_whole && instead.chars().all(is_plain);
        (is_certain && !instead.contains(" #")).then(|| Self { span, text: instead.to_owned() })
    }
}

/// One report on a manual.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// What kind of fault it is.
    pub code: &'static Code,
    /// How serious it is here.
    pub(crate) severity: Severity,
    /// What is wrong, with the name, without a full stop.
    pub message: String,
    /// The place.
    pub(crate) primary: Label,
    /// Other places that belong to it.
    pub(crate) others: Vec<Label>,
    /// What else there is to know.
    pub(crate) notes: Vec<String>,
    /// What to do, where that is known.
    pub(crate) help: Option<String>,
    /// The same as a replacement that a program can make, if it is certain.
    pub(crate) fix: Option<Fix>,
}

impl Diagnostic {
    /// A report of `code` at `span`, as serious as the code is.
    pub(crate) fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            primary: Label { span, text: String::new() },
            others: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Makes it a warning, whatever the code usually is.
    #[must_use]
    pub(crate) fn into_warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }

    /// Reports the same under another code, as serious as that code is.
    #[must_use]
    pub(crate) fn under(mut self, code: &'static Code) -> Self {
        (self.code, self.severity) = (code, code.severity);
        self
    }

    /// Says why the place is marked.
    #[must_use]
    pub(crate) fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Points at another place too.
    #[must_use]
    pub(crate) fn other(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    /// Adds what else there is to know.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub(crate) fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Says what to do, where anything is known.
    #[must_use]
    pub(crate) fn maybe_help(mut self, text: Option<String>) -> Self {
        self.help = self.help.or(text);
        self
    }

    /// Says what to type at a place instead.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { span, text: text.into() });
        self
    }

    /// Says what to type instead, if that is certain.
    #[must_use]
    pub(crate) fn maybe_fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = self.fix.or(fix);
        self
    }

    /// The place.
    pub fn span(&self) -> Span {
        self.primary.span
    }

    /// All places, that of the fault first.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &Label> {
        std::iter::once(&self.primary).chain(&self.others)
    }
}

/// Where a stage puts its reports.
pub type Reports = Vec<Diagnostic>;

/// Sorts reports by file, place and code, and drops exact repetitions.
pub fn sort(reports: &mut Reports, sources: &Sources) {
    let key = |report: &Diagnostic| {
        let span = report.span();
        (sources.get(span.file).path.clone(), span.start, span.end)
    };
    reports.sort_by(|a, b| {
        key(a).cmp(&key(b)).then_with(|| a.code.name.cmp(b.code.name)).then_with(|| a.message.cmp(&b.message))
    });
    reports.dedup();
}

/// How many reports of a severity there are.
pub fn count(reports: &[Diagnostic], severity: Severity) -> usize {
    reports.iter().filter(|report| report.severity == severity).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::FileId;

    #[test]
    fn a_name_is_replaced_where_it_stands_alone() {
        let fix = |length: usize, written: &str, instead: &str| {
            Fix::of_name(Span::new(FileId(0), 10, 10 + length), written, instead).map(|fix| fix.text)
        };
        assert_eq!(fix(9, "role-paly", "role-play").as_deref(), Some("role-play"));
        assert_eq!(fix(11, "role-paly", "role-play").as_deref(), Some("role-play"), "in quotation marks");
        assert_eq!(fix(12, "role-paly", "role-play"), None, "more than the name");
        assert_eq!(fix(4, "role-paly", "role-play"), None, "less than the name");
        assert_eq!(fix(1, "a", "b: c"), None, "YAML reads this as a key");
        assert_eq!(fix(1, "a", ""), None);
    }
}
