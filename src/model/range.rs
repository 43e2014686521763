//! Reads session numbers as authors write them: `3`, `1-3`, `throughout`, `follow-up`.

use std::fmt;

/// The sessions of a treatment that something takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SessionRange {
    /// From the first to the last session, both included, numbered from 1.
    Numbers {
        /// The first.
        first: u16,
        /// The last, not before the first.
        last: u16,
    },
    /// In every session.
    Throughout,
    /// After the last session.
    FollowUp,
}

/// The highest session number that is accepted.
const MOST: u16 = 999;

impl SessionRange {
    /// Reads a range; `None` if the text is not a range. The hyphen may be an en dash, with spaces or without.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "throughout" => return Some(Self::Throughout),
            "follow-up" => return Some(Self::FollowUp),
            _ => {}
        }
        let mut ends = text.split(['-', '–']).map(|end| end.trim().parse::<u16>().ok());
        let first = ends.next()??;
        let last = match ends.next() {
            Some(last) => last?,
            None => first,
        };
        (ends.next().is_none() && first >= 1 && first <= last && last <= MOST).then_some(Self::Numbers { first, last })
    }

    /// The first and last session, where they have numbers.
    pub(crate) fn numbers(self) -> Option<(u16, u16)> {
        match self {
            Self::Numbers { first, last } => Some((first, last)),
            Self::Throughout | Self::FollowUp => None,
        }
    }
}

impl fmt::Display for SessionRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbers { first, last } if first == last => write!(f, "{first}"),
            Self::Numbers { first, last } => write!(f, "{first}-{last}"),
            Self::Throughout => f.write_str("throughout"),
            Self::FollowUp => f.write_str("follow-up"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_read_and_print() {
        for (text, printed) in [
            ("3", "3"),
            ("1-3", "1-3"),
            ("4 – 8", "4-8"),
            ("throughout", "throughout"),
            ("follow-up", "follow-up"),
            ("2-2", "2"),
        ] {
            assert_eq!(SessionRange::parse(text).map(|range| range.to_string()).as_deref(), Some(printed));
        }
        for text in ["", "0", "3-1", "a", "1-2-3", "-1", "1-", "99999", "1.5"] {
            assert_eq!(SessionRange::parse(text), None, "{text}");
        }
    }
}
