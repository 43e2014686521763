//! Names how far the work on a chapter has come.

/// How far a chapter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Being written: it is left out unless drafts are asked for.
    Draft,
    /// Being looked at by others.
    Review,
    /// What holds.
    Approved,
    /// What holds no more: nothing of it is shown, and its page says so.
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
