//! Names what kind of fault a report is about, and how serious it is.

/// How grave a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The manual cannot be published as it is.
    Error,
    /// The manual can be published, except under `--strict`.
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

/// A kind of fault. The codes are constants: compare them with `==`, or `match` on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The code as printed, `family/fault`.
    pub name: &'static str,
    /// How serious it is, unless a report says something else.
    pub severity: Severity,
    /// The fault in one sentence.
    pub summary: &'static str,
    /// A page about it in Markdown, with an example of what is wrong and what is right.
    pub explanation: &'static str,
}

impl Code {
    /// The part before the slash: `link` of `link/unknown-target`.
    pub(crate) fn family(&self) -> &'static str {
        self.name.split('/').next().unwrap_or(self.name)
    }
}
