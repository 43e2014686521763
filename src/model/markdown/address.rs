//! Finds addresses of the web among words, and makes links of them.
//!
//! The rule is that of GitHub's Markdown (its specification, "Autolinks (extension)"), for `http://` and `https://` only.

use memchr::memmem;

use crate::model::body::Target;
use crate::model::markdown::writer::Writer;
use crate::model::text::{escape, unescape};

/// The first address in `text`: where it begins and ends.
pub(crate) fn find(text: &str) -> Option<(usize, usize)> {
    let mut from = 0;
    while let Some(colon) = memmem::find(&text.as_bytes()[from..], b"://").map(|at| from + at) {
        from = colon + 3;
        let scheme = text[..colon]
            .rfind(|letter: char| !letter.is_ascii_alphabetic())
            .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let before = text[..scheme].chars().next_back();
        let is_scheme = matches!(text[scheme..colon].to_ascii_lowercase().as_str(), "http" | "https");
        if !is_scheme || before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_') {
            continue;
        }
        let end = from + length(&text[from..]);
        let host = text[from..end].split(['/', '?', '#']).next().unwrap_or_default();
        if host.starts_with(char::is_alphanumeric) && host.contains('.') {
            return Some((scheme, end));
        }
    }
    None
}

/// How much of what stands after `://` belongs to the address.
fn length(rest: &str) -> usize {
    let is_end = |letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '<' | '>' | '"' | '`' | '*' | '|' | '\\' | '^' | '{' | '}' | '[' | ']')
            || matches!(letter, '“' | '”' | '„' | '«' | '»' | '‘' | '…' | '—' | '–')
            || ('\u{3000}'..='\u{303f}').contains(&letter)
            || ('\u{ff00}'..='\u{ff65}').contains(&letter)
    };
    let mut end = rest.find(is_end).unwrap_or(rest.len());
    loop {
        let address = &rest[..end];
        let Some(last) = address.chars().next_back() else { return end };
        let count = |letter| address.matches(letter).count();
        match last {
            '?' | '!' | '.' | ',' | ':' | ';' | '_' | '~' | '\'' | '’' => end -= last.len_utf8(),
            ')' if count(')') > count('(') => end -= 1,
            _ => return end,
        }
    }
}

impl Writer<'_, '_> {
    /// Writes words in which an address may stand. `start` is where they are in the text.
    pub(crate) fn write_typed(&mut self, words: &str, start: usize, end: usize) {
        let is_free = self.has_addresses && self.links_open.is_empty() && self.html_links == 0 && !self.citing.in_code;
        let found = if is_free { find(words) } else { None };
        // Where the words are not as they are typed, the address may not be, either.
        let Some((begin, _)) = found.filter(|_| self.text.get(start..end) == Some(words)) else {
            return self.write_sentence(words, start, end);
        };
        // Punctuation that would be changed parts the words of an address: it is read as it is typed.
        let typed = &self.text[start + begin..];
        let line = typed.split('\n').next().unwrap_or_default();
        let Some((0, length)) = find(line) else {
            return self.write_sentence(words, start, end);
        };
        self.write_sentence(&words[..begin], start, start + begin);
        self.write_waiting(true);
        let mut address = String::new();
        unescape(&mut address, &line[..length]);
        self.open_link(Target::External(address.clone()), start + begin, start + begin + length);
        self.heading_text(&address);
        escape(&mut self.body.html, &address);
        self.close_link();
        self.skip = start + begin..start + begin + length;
        if self.skip.end < end {
            let rest = self.skip.end;
            self.write_typed(&words[rest - start..], rest, end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_before_the_punctuation_of_the_sentence() {
        for (text, address) in [
            ("See https://example.org/a.", "https://example.org/a"),
            ("(https://example.org/a_(b))", "https://example.org/a_(b)"),
            ("see http://example.org/a?b=c&d=e#f, or", "http://example.org/a?b=c&d=e#f"),
            ("\"https://example.org/\"", "https://example.org/"),
            ("a https://1.2.3.4/x--y b", "https://1.2.3.4/x--y"),
            ("见https://example.org/路。", ""),
            ("见 https://example.org/路。", "https://example.org/路"),
            ("https:// a", ""),
            ("https://word", ""),
            ("ftp://example.org", ""),
            ("xhttps://example.org", ""),
        ] {
            let found = find(text).map_or("", |(begin, end)| &text[begin..end]);
            assert_eq!(found, address, "{text}");
        }
    }
}
