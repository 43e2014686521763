//! Names the characters that this folder puts into a text before hayagriva works on it, and takes out again afterwards.
//!
//! It does not know who puts them in or takes them out. Readers of the manual never see them.

/// A person that means "and others". hayagriva knows no such thing: it treats it as one more author, which makes it
/// count the names correctly, and `html` then writes "et al." in its place. A private character, because no style can
/// change its case or cut it to an initial that looks like a letter.
pub(super) const OTHERS: &str = "\u{F8FE}";

/// Marks the front of a text that continues a protected word. Without it hayagriva drops the space there, or takes the
/// next word for the rest of the last. Invisible and ignored in sorting; `html` removes it.
pub(super) const JOINER: char = '\u{2060}';

/// Marks the key of the work that a citation prints first.
pub(super) const MARK_START: char = '\u{F8FC}';
/// Stands behind that key.
pub(super) const MARK_END: char = '\u{F8FD}';

/// A text without the key between two marks.
pub(super) fn without_mark(text: &str) -> String {
    match (text.find(MARK_START), text.rfind(MARK_END)) {
        (Some(start), Some(end)) if start < end => {
            format!("{}{}", &text[..start], &text[end + MARK_END.len_utf8()..])
        }
        _ => text.to_owned(),
    }
}
