//! Names how far the work on a chapter has come.

/// How far the work on a chapter has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// It is being written, and is left out unless drafts are asked for.
    Draft,
    /// Others are reviewing it.
    Review,
    /// It is valid.
    Approved,
    /// It is no longer valid: nothing of it is shown, and its page says so.
    Withdrawn,
}

impl Status {
    /// The names, in their order.
    pub(crate) const NAMES: &[&str] = &["draft", "review", "approved", "withdrawn"];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}
