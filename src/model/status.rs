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
    /// Nothing says how far it has come.
    NotStated,
}

impl Status {
    /// The names that authors write, in their order.
    pub(crate) const NAMES: &[&str] = &["draft", "review", "approved", "withdrawn"];

    /// The status of a name, or of none.
    pub(crate) fn named(name: Option<&str>) -> Self {
        match name.and_then(|name| Self::NAMES.iter().position(|known| *known == name)) {
            Some(0) => Self::Draft,
            Some(1) => Self::Review,
            Some(2) => Self::Approved,
            Some(_) => Self::Withdrawn,
            // Nobody knows: the chapter is published, but not called approved.
            None => Self::NotStated,
        }
    }

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        Self::NAMES.get(self as usize).copied().unwrap_or("not-stated")
    }

    /// Whether readers must be told that the chapter is not valid, or not yet.
    pub(crate) fn is_shown(self) -> bool {
        !matches!(self, Self::Approved | Self::NotStated)
    }
}
