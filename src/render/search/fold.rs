//! Splits a text into words without case and accents.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How words become comparable.
#[derive(Debug, Clone)]
pub struct Folding {
    pub(crate) special: Vec<(char, &'static str)>,
}

impl Folding {
    /// The folding of a language. Accents are removed; where a language writes a letter in two ways, both become one.
    pub fn new(language: &str) -> Self {
        let own: &[(char, &str)] = match language.split('-').next().unwrap_or_default().to_lowercase().as_str() {
            "de" => &[('ä', "ae"), ('ö', "oe"), ('ü', "ue")],
            "da" | "nb" | "nn" | "no" => &[('å', "aa"), ('ø', "oe"), ('æ', "ae")],
            "sv" => &[('å', "aa")],
            _ => &[],
        };
        let all = [
            ('ß', "ss"),
            ('ø', "o"),
            ('æ', "ae"),
            ('œ', "oe"),
            ('ł', "l"),
            ('đ', "d"),
            ('ı', "i"),
            ('ς', "σ"),
            ('\u{640}', ""),
            ('ى', "ي"),
            ('ة', "ه"),
        ];
        let others = all.into_iter().filter(|(letter, _)| own.iter().all(|(known, _)| known != letter));
        Self { special: own.iter().copied().chain(others).collect() }
    }

    /// A word without case and accents.
    fn fold(&self, word: &str) -> String {
        let mut folded = String::with_capacity(word.len());
        for letter in word.nfc().flat_map(char::to_lowercase) {
            match self.special.iter().find(|(known, _)| *known == letter) {
                Some((_, plain)) => folded.push_str(plain),
                None => folded.extend(std::iter::once(letter).nfkd().filter(|letter| !falls_away(*letter))),
            }
        }
        without_article(&folded).map(str::to_owned).unwrap_or(folded)
    }

    /// Calls `found` with each word of a text: the word whole, without its hyphens, and the parts that
    /// they join, of which there are none or several.
    pub(crate) fn each(&self, text: &str, found: &mut impl FnMut(Folded<'_>, &[String])) {
        let is_word = |letter: char| letter.is_alphanumeric() || is_combining_mark(letter);
        let is_hyphen = |letter: char| matches!(letter, '-' | '\u{2010}' | '\u{2011}');
        let worth = |part: &str| part.chars().nth(1).is_some() || part.chars().all(char::is_numeric);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            // Most words are plain letters and short, for which there is a short way: a third less time for the whole index.
            let mut word = [0; SHORT];
            let mut length = 0;
            while let Some(letter) = bytes.get(at + length).map(|byte| PLAIN[*byte as usize])
                && letter != 0
                && length < SHORT
            {
                word[length] = letter;
                length += 1;
            }
            let next = bytes.get(at + length).copied().unwrap_or(b' ');
            if next.is_ascii() && next != b'-' && length < SHORT {
                if length > 1 || (length == 1 && word[0].is_ascii_digit()) {
                    found(Folded::Plain(&word, length), &[]);
                }
                at += length + 1;
                continue;
            }
            let rest = &text[at..];
            let end = rest.find(|letter| !is_word(letter) && !is_hyphen(letter)).unwrap_or(rest.len());
            let mut parts: Vec<String> =
                rest[..end].split(is_hyphen).map(|part| self.fold(part)).filter(|part| !part.is_empty()).collect();
            let whole = parts.concat();
            if !whole.is_empty() && worth(&whole) {
                if parts.len() == 1 {
                    parts.clear();
                }
                parts.retain(|part| worth(part));
                found(Folded::Other(&whole), &parts);
            }
            // On to what follows the letter that ended it.
            at += end + rest[end..].chars().next().map_or(0, char::len_utf8);
        }
    }

    /// The words of a text, whole, with a space between them.
    pub(crate) fn joined(&self, text: &str) -> String {
        let mut joined = String::new();
        self.each(text, &mut |whole, _| {
            if !joined.is_empty() {
                joined.push(' ');
            }
            joined.push_str(&whole.text());
        });
        joined
    }
}

/// A word without case and accents.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Folded<'a> {
    /// Plain letters, so many of these. Zeros follow.
    Plain(&'a [u8; SHORT], usize),
    Other(&'a str),
    /// Eight bytes at most, as [`Self::packed`] gives them.
    Packed(u64),
}

impl<'a> Folded<'a> {
    pub(crate) fn text(self) -> Cow<'a, str> {
        match self {
            Self::Plain(bytes, length) => String::from_utf8_lossy(&bytes[..length]),
            Self::Other(text) => text.into(),
            Self::Packed(packed) => {
                String::from_utf8_lossy(&packed.to_be_bytes()).trim_end_matches('\0').to_owned().into()
            }
        }
    }

    /// The word with zeros after it, if it has at most `N` bytes. No word contains a zero.
    pub(crate) fn packed<const N: usize>(self) -> Option<[u8; N]> {
        match self {
            Self::Plain(bytes, length) => bytes.first_chunk().filter(|_| length <= N).copied(),
            Self::Other(text) => {
                let mut bytes = [0; N];
                bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
                Some(bytes)
            }
            Self::Packed(packed) => packed.to_be_bytes().first_chunk().copied(),
        }
    }
}

/// Words shorter than this, in bytes, are folded in a faster way.
const SHORT: usize = 24;

/// For each byte that is a plain letter or a digit, the same in lower case; for others zero.
const PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            plain[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    plain
};

/// Whether to leave out a part of a letter that was split: accents, and the spaces in letters that are a whole phrase,
/// such as `ﷺ`. In the files of the index a space ends a word.
fn falls_away(letter: char) -> bool {
    letter == ' ' || is_combining_mark(letter)
}

/// The Arabic article, alone or after a word of one letter that is written together with it.
pub(crate) const ARTICLES: [&str; 6] = ["وال", "بال", "كال", "فال", "ال", "لل"];

/// A word without the Arabic article, where three letters or more are left.
fn without_article(word: &str) -> Option<&str> {
    let rest = ARTICLES.iter().find_map(|article| word.strip_prefix(article))?;
    rest.chars().nth(2).is_some().then_some(rest)
}
