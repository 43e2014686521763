//! Finds the dollar signs that stand before sums of money and begin no formula.
//!
//! The rule is Pandoc's (its manual, "Math"): a formula begins with a `$` that no space follows, and ends with the next
//! `$`, which no space precedes and no digit follows. So `$20-$30` is no formula. Beyond that rule, a part of a sentence
//! between two dollars is none: `$5, or 20 €, about US$`.

use pulldown_cmark::{CowStr, Event, Tag};

use crate::model::markdown::code::code_of;

/// Whether a formula that ends at `end` is none: a digit follows it.
pub(crate) fn is_price(text: &str, end: usize) -> bool {
    text.as_bytes().get(end).is_some_and(u8::is_ascii_digit)
}

/// Whether what stands between two dollars is a part of a sentence: two words or more, and no sign of a formula.
pub(crate) fn has_words(tex: &str) -> bool {
    if tex.contains(['\\', '^', '_', '=', '{']) {
        return false;
    }
    let is_word = |word: &&str| {
        let word = word.trim_matches([',', '.', ';', ':', '(', ')']);
        word.chars().count() > 1 && word.chars().all(char::is_alphabetic)
    };
    tex.split_whitespace().filter(is_word).count() > 1
}

/// A text whose sums of money have another sign than the dollar, and that sign: one byte, as the dollar is, so that all
/// else stays in its place. `None` if the text has all the signs that could be taken.
pub(crate) fn without_prices(text: &str) -> Option<(String, char)> {
    let sign = ('\u{1}'..='\u{8}').find(|sign| !text.contains(*sign))?;
    let mut changed = text.to_owned();
    for at in prices(text).into_iter().rev() {
        changed.replace_range(at..=at, sign.encode_utf8(&mut [0; 4]));
    }
    Some((changed, sign))
}

/// Where the dollar signs are that begin no formula and end none.
fn prices(text: &str) -> Vec<usize> {
    let code = code_of(text);
    let mut code = code.iter().peekable();
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut at = 0;
    while at < bytes.len() {
        while code.next_if(|range| range.end <= at).is_some() {}
        if let Some(range) = code.peek().filter(|range| range.start <= at) {
            at = range.end;
            continue;
        }
        match bytes[at] {
            b'\\' => at += 1,
            // A formula does not reach beyond its paragraph.
            b'\n' if text[at + 1..].split('\n').next().is_some_and(|line| line.trim().is_empty()) => {
                found.extend(open.take());
            }
            b'$' if bytes.get(at + 1) == Some(&b'$') => {
                let end = text[at + 2..].find("$$").map(|end| at + 2 + end);
                at = end.filter(|end| !text[at..*end].contains("\n\n")).unwrap_or(at) + 1;
            }
            b'$' => {
                let is_end = at > 0 && !bytes[at - 1].is_ascii_whitespace() && !is_price(text, at + 1);
                let is_begin = bytes.get(at + 1).is_some_and(|next| !next.is_ascii_whitespace());
                match open {
                    Some(begin) if is_end => {
                        if has_words(&text[begin + 1..at]) {
                            found.extend([begin, at]);
                        }
                        open = None;
                    }
                    _ => {
                        found.extend(open.take());
                        if is_begin {
                            open = Some(at);
                        } else {
                            found.push(at);
                        }
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
    found.extend(open);
    found
}

/// The event as it would be with dollars instead of `sign`.
pub(crate) fn with_dollars(event: Event<'_>, sign: char) -> Event<'_> {
    let restored = |text: CowStr<'_>| CowStr::from(text.replace(sign, "$"));
    match event {
        Event::Text(text) if text.contains(sign) => Event::Text(restored(text)),
        Event::Code(text) if text.contains(sign) => Event::Code(restored(text)),
        Event::Html(text) if text.contains(sign) => Event::Html(restored(text)),
        Event::InlineHtml(text) if text.contains(sign) => Event::InlineHtml(restored(text)),
        Event::InlineMath(text) => Event::InlineMath(restored(text)),
        Event::DisplayMath(text) => Event::DisplayMath(restored(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: restored(dest_url), title: restored(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: restored(dest_url), title: restored(title), id })
        }
        event => event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_money_are_no_formulas() {
        let marked = |text: &str| without_prices(text).map(|(text, sign)| text.replace(sign, "¤")).unwrap_or_default();
        for (text, expected) in [
            ("$20-$30", "¤20-¤30"),
            ("~$14 or ~$21", "~¤14 or ~¤21"),
            ("US$20 and AU$35", "US¤20 and AU¤35"),
            ("$20-$30, and $x$", "¤20-¤30, and $x$"),
            ("$x$ and $20", "$x$ and ¤20"),
            ("a `$5` costs $6-$7 `$`", "a `$5` costs ¤6-¤7 `$`"),
            ("$$a$$ for $5", "$$a$$ for ¤5"),
            ("$5\n\n5$", "¤5\n\n5¤"),
            ("\\$5 and $6", "\\$5 and ¤6"),
            ("5 $ and 6 $", "5 ¤ and 6 ¤"),
        ] {
            assert_eq!(marked(text), expected, "{text}");
        }
    }
}
