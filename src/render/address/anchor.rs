//! Turns chapters, parts, works and lists into anchors.

use crate::model::chapter::Chapter;

/// A `kind/id` as an anchor.
pub(crate) fn anchor(key: &str) -> String {
    key.replace('/', "-")
}

/// The anchor of a part, on pages that list parts or contain their chapters.
pub(crate) fn part_anchor(folder: &str) -> String {
    format!("part-{}", folder.replace('/', "-"))
}

/// The anchor of a work in the reference list.
pub(crate) fn reference_anchor(key: &str) -> String {
    let safe: String = key
        .chars()
        .map(|letter| if letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.') { letter } else { '-' })
        .collect();
    format!("ref-{safe}")
}

/// The anchor of a list of the front matter: its key, unless a heading of the text has it.
pub(crate) fn section_anchor(chapter: &Chapter, name: &str) -> String {
    if chapter.body.headings.iter().any(|heading| heading.id == name) {
        format!("{name}-list")
    } else {
        name.to_owned()
    }
}

/// The anchor of a worksheet's own form. No heading's anchor begins like it.
pub(crate) const FORM: &str = "_form";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reference_anchors_are_safe() {
        assert_eq!(reference_anchor("DBLP:conf/x 2"), "ref-DBLP-conf-x-2");
    }
}
