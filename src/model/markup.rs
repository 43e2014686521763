//! Reads which stretches of finished HTML are words: of what authors write in HTML, of formulas, citations and templates.
//!
//! What the Markdown writer makes is never read again: it notes its markup as it writes ([`crate::model::body::Markup`]).

use std::ops::Range;

/// A stretch of finished HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// Words, with the characters escaped that mean something in HTML.
    Words(Range<usize>),
    /// A tag or a comment; whether it parts the words on its two sides.
    Markup(Range<usize>, bool),
}

/// Elements within a line, whose tags part no words.
const WITHIN_A_LINE: [&str; 12] =
    ["a", "em", "strong", "b", "i", "span", "sup", "sub", "code", "button", "del", "abbr"];

/// The stretches of `html`, which follow each other without a gap.
pub(crate) fn stretches(html: &str) -> impl Iterator<Item = Stretch> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &html[at..];
        let from = at;
        if let Some(tag) = rest.strip_prefix('<').filter(|_| begins_tag(rest)) {
            at += end_of_tag(rest);
            let name = tag.trim_start_matches('/');
            let end = name.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
            return Some(Stretch::Markup(from..at, !WITHIN_A_LINE.contains(&&name[..end])));
        }
        at += rest.match_indices('<').map(|(at, _)| at).find(|at| begins_tag(&rest[*at..])).unwrap_or(rest.len());
        (from < at).then_some(Stretch::Words(from..at))
    })
}

/// Whether the `<` that `html` begins with is that of a tag or a comment, not one that was left among words.
fn begins_tag(html: &str) -> bool {
    html.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
}

/// Where the tag or comment ends that `html` begins with.
fn end_of_tag(html: &str) -> usize {
    if html.starts_with("<!--") {
        return html.find("-->").map_or(html.len(), |at| at + "-->".len());
    }
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (byte, quote) {
            (byte, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'>', None) => return at + 1,
            (b'"' | b'\'', None) => quote = Some(byte),
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of some HTML, with a bar where markup parts them.
    fn words(html: &str) -> String {
        let part = |stretch| match stretch {
            Stretch::Words(range) => html[range].to_owned(),
            Stretch::Markup(_, true) => "|".to_owned(),
            Stretch::Markup(_, false) => String::new(),
        };
        stretches(html).map(part).collect()
    }

    #[test]
    fn tags_within_a_line_join_and_others_part() {
        assert_eq!(words("a<b>b</b> c<p>d</p>e<br>f"), "ab c|d|e|f");
        assert_eq!(words("<ul><li>x</li><li>y</li></ul>"), "||x||y||");
    }

    #[test]
    fn what_stands_in_tags_and_comments_is_no_word() {
        assert_eq!(words("<b title=\"a > b\">x</b><!-- y > z -->w<span"), "x|w");
        assert_eq!(words(""), "");
        assert_eq!(words("<p>5 < 6, it's so</p> <"), "|5 < 6, it's so| <");
        assert_eq!(words("a &lt; b"), "a &lt; b");
    }
}
