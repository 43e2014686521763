//! Names the reasons why a run ends without a result, each with its exit code.

use crate::load::LoadError;
use crate::write::WriteError;

/// The manual has errors, or warnings that are not allowed.
const MISTAKES: u8 = 1;

/// Wrong usage: the command makes no sense as it was typed.
const MISUSED: u8 = 2;

/// The machine failed.
const FAILED: u8 = 3;

/// Why a run ended without a result.
pub(crate) enum Failure {
    /// The manual's mistakes, already shown.
    Mistakes,
    /// A folder was named that cannot be meant.
    Usage(String),
    /// The machine failed.
    Machine(String),
}

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Mistakes => MISTAKES,
            Self::Usage(_) => MISUSED,
            Self::Machine(_) => FAILED,
        }
    }

    /// `what` needs a feature that the program was built without.
    #[cfg(not(all(feature = "serve", feature = "external")))]
    pub(crate) fn left_out(what: &str, feature: &str) -> Self {
        Self::Usage(format!(
            "this iptbook was built without {what}. To use it, build iptbook with the Cargo feature `{feature}`"
        ))
    }

    /// What is still to be said of it.
    pub(crate) fn message(&self) -> Option<&str> {
        match self {
            Self::Mistakes => None,
            Self::Usage(message) | Self::Machine(message) => Some(message),
        }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::NoFolder(_) | LoadError::NoManual(_) => Self::Usage(error.to_string()),
            LoadError::Read { .. } => Self::Machine(error.to_string()),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Machine { .. } => Self::Machine(error.to_string()),
            _ => Self::Usage(error.to_string()),
        }
    }
}
