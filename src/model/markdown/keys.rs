//! Finds the keys of works in a text: `@key`, `-@key`, `@{odd key}`.

use std::ops::Range;

/// How far the citations of a text are read.
#[derive(Debug, Default)]
pub(crate) struct CitationReading {
    /// Whether the text has an `@` at all.
    pub(crate) is_possible: bool,
    /// Whether what is being read is code.
    pub(crate) in_code: bool,
    /// Where the last key in a sentence ends; its letters may come in several events.
    pub(crate) read_to: usize,
    /// The last citation in a sentence: its beginning and end, and the length of the HTML behind it.
    pub(crate) in_text: Option<(usize, usize, usize)>,
}

/// A key in a text: `@key`, `-@key` or `@{key}`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct KeyMark {
    /// Where it begins, with the hyphen.
    pub(crate) from: usize,
    /// The key alone.
    pub(crate) name: Range<usize>,
    /// Where it ends.
    pub(crate) end: usize,
    /// Whether there is a hyphen before it: without the author.
    pub(crate) without_author: bool,
}

/// The keys in a text. In brackets a key may have more characters than in a sentence.
pub(crate) fn keys(text: &str, in_brackets: bool) -> impl Iterator<Item = KeyMark> + '_ {
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let at = next + text.get(next..)?.find('@')?;
            next = at + 1;
            if let Some(key) = key_at(text, at, in_brackets) {
                next = key.end;
                return Some(key);
            }
        }
    })
}

/// The key that an `@` begins; none if it stands within a word or an address, or if no key follows.
pub(crate) fn key_at(text: &str, at: usize, in_brackets: bool) -> Option<KeyMark> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut before = text[..at].chars().rev();
    let last = before.next();
    let without_author =
        last == Some('-') && before.next().is_none_or(|letter| letter.is_whitespace() || "([;".contains(letter));
    if !without_author && last.is_some_and(|letter| letter.is_alphanumeric() || "/.@\\-=?&#+%$".contains(letter)) {
        return None;
    }
    let from = if without_author { at - 1 } else { at };
    let rest = &text[at + 1..];
    if let Some(braced) = rest.strip_prefix('{') {
        let length = braced.find(['}', '\n', '`', '@']).filter(|end| *end > 0 && braced[*end..].starts_with('}'))?;
        return Some(KeyMark { from, name: at + 2..at + 2 + length, end: at + 3 + length, without_author });
    }
    if !rest.starts_with(is_letter) {
        return None;
    }
    let length = if in_brackets {
        let stop = |letter: char| letter.is_whitespace() || ",;{}@\"“”’'()[]*`<".contains(letter);
        let whole = &rest[..rest.find(stop).unwrap_or(rest.len())];
        whole.trim_end_matches(['.', ':', '!', '?']).len()
    } else {
        let mut letters = rest.char_indices().peekable();
        let mut length = 0;
        while let Some((at, letter)) = letters.next() {
            let is_within = ":.-+/".contains(letter) && letters.peek().is_some_and(|(_, next)| is_letter(*next));
            if !is_letter(letter) && !is_within {
                break;
            }
            length = at + letter.len_utf8();
        }
        length
    };
    Some(KeyMark { from, name: at + 1..at + 1 + length, end: at + 1 + length, without_author })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str, in_brackets: bool) -> Vec<&str> {
        keys(text, in_brackets).map(|key| &text[key.name]).collect()
    }

    #[test]
    fn keys_are_told_from_addresses() {
        for (text, found) in [
            ("@elkin1989 says", vec!["elkin1989"]),
            ("As @elkin1989, @a_b-c: and @x.", vec!["elkin1989", "a_b-c", "x"]),
            ("(-@elkin1989) and -@a", vec!["elkin1989", "a"]),
            ("@{odd key}", vec!["odd key"]),
            ("@elkin1989's", vec!["elkin1989"]),
            ("DBLP @DBLP:conf/x.y+z", vec!["DBLP:conf/x.y+z"]),
            ("name@example.org, a.b@c.de, https://x.org/@who, \\@no, @ 3 pm, @, a-@b, x@", vec![]),
        ] {
            assert_eq!(names(text, false), found, "{text}");
        }
        assert_eq!(names("see @a&b, p. 3; @c.", true), ["a&b", "c"]);
    }
}
