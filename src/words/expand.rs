//! Puts texts into the texts that name them.

use std::collections::BTreeMap;

/// How long a text with other texts in it may grow, in bytes.
const LONGEST_TEXT: usize = 4_000;

/// Replaces `{key}` by the text of the key; a circle of keys ends after a few rounds.
pub(in crate::words) fn expand(
    text: &str,
    texts: &BTreeMap<String, String>,
    capital_nouns: bool,
    depth: usize,
) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('{').filter(|_| expanded.len() < LONGEST_TEXT) {
        expanded.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let close = inner.find('}');
        let found = close.and_then(|close| texts.get(&inner[..close]).map(|text| (close, text)));
        match found {
            Some((close, found)) if depth < 4 => {
                let found = expand(found, texts, capital_nouns, depth + 1);
                // In the middle of a sentence the word begins in lower case.
                if expanded.is_empty() || capital_nouns {
                    expanded.push_str(&found)
                } else {
                    expanded.push_str(&lower_first(&found))
                }
                rest = &inner[close + 1..];
            }
            _ => {
                expanded.push('{');
                rest = inner;
            }
        }
    }
    expanded.push_str(rest);
    expanded
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
