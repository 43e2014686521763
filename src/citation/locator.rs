//! Reads the place in a work that a citation names: `p. 682`, `pp. 3-9`, `ch. 2`, `Table 2`, or only `682`.
//!
//! It knows neither the work nor the style.

use std::str::FromStr;

use hayagriva::citationberg::taxonomy::{Locator, Term};
use hayagriva::citationberg::{Locale, TermForm};
use hayagriva::types::Numeric;

/// A place in a work, as hayagriva wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CitedPlace {
    pub(super) kind: Locator,
    /// Without the word before it; with that word if the kind is [`Locator::Custom`], which styles print as it is.
    pub(super) text: String,
    /// If `text` has `&` for another word, because styles know no other for several numbers: the text as it is written.
    pub(super) said: Option<String>,
}

/// Which styles have words for; the others are printed as the author wrote them.
const WITH_WORDS: [Locator; 4] = [Locator::Page, Locator::Chapter, Locator::Paragraph, Locator::Section];

/// English words that authors use and that CSL's English locale does not have, or not in this form.
const ENGLISH: [(&str, Locator); 14] = [
    ("p", Locator::Page),
    ("pp", Locator::Page),
    ("pg", Locator::Page),
    ("pgs", Locator::Page),
    ("page", Locator::Page),
    ("pages", Locator::Page),
    ("ch", Locator::Chapter),
    ("chs", Locator::Chapter),
    ("chap", Locator::Chapter),
    ("chapter", Locator::Chapter),
    ("chapters", Locator::Chapter),
    ("para", Locator::Paragraph),
    ("sec", Locator::Section),
    ("section", Locator::Section),
];

/// Reads a locator with the words of these locales, first the manual's own: the place, and the words after it.
pub(super) fn read_place(written: &str, locales: &[Locale]) -> (Option<CitedPlace>, String) {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    // Braces say where the place ends.
    if let Some((inside, after)) = written.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
        let inside = inside.trim();
        let (place, rest) = if inside.is_empty() { (None, "") } else { place_of(inside, locales) };
        return (place, format!("{rest}{after}"));
    }
    let (place, after) = place_of(&written, locales);
    (place, after.to_owned())
}

fn place_of<'w>(written: &'w str, locales: &[Locale]) -> (Option<CitedPlace>, &'w str) {
    let digits = written.find(|c: char| c.is_numeric()).unwrap_or(written.len());
    if digits == 0 {
        return place(Locator::Page, false, written, locales);
    }
    let word_end = written.find(|c: char| c.is_whitespace() || c.is_numeric()).unwrap_or(written.len());
    let (word, value) = (written[..word_end].trim_end_matches('.'), written[word_end..].trim_start());
    match kind_of(word, locales) {
        Some((kind, is_plural)) if !value.is_empty() => place(kind, is_plural, value, locales),
        // Roman numbers are pages too.
        None if is_roman(written) => place(Locator::Page, false, written, locales),
        _ => (Some(as_it_is(Locator::Custom, with_dashes(written))), ""),
    }
}

fn as_it_is(kind: Locator, text: String) -> CitedPlace {
    CitedPlace { kind, text, said: None }
}

fn place<'w>(kind: Locator, is_plural: bool, value: &'w str, locales: &[Locale]) -> (Option<CitedPlace>, &'w str) {
    let (value, after) = value.split_at(end_of_numbers(value, locales));
    let value = with_dashes(value);
    // Styles choose between "p." and "pp." by the number alone, and know only arabic ones, and no word between them.
    let joined = joined(&value);
    if joined != value && Numeric::from_str(&joined).is_ok() {
        return (Some(CitedPlace { kind, text: joined, said: Some(value) }), after);
    }
    let is_known = Numeric::from_str(&value).is_ok();
    let several = value.contains(['–', ',', '&']) && is_roman(&value) && !is_known;
    // "pp. 3 ff."
    let goes_on = is_plural && (!is_known || value.trim_end_matches('.').ends_with('f'));
    if several || goes_on {
        let word = locales.iter().find_map(|locale| {
            locale
                .term(Term::Locator(kind), TermForm::Short)
                .or_else(|| locale.term(Term::Locator(kind), TermForm::Long))
        });
        if let Some(word) = word.and_then(|term| term.multiple()) {
            return (Some(as_it_is(Locator::Custom, format!("{word} {value}"))), after);
        }
    }
    (Some(as_it_is(kind, value)), after)
}

/// Where the numbers at the beginning of a text end, and words begin that are not part of the place: `3-9, 12 and 14, my
/// emphasis`. The end of the text, if that is not certain.
fn end_of_numbers(text: &str, locales: &[Locale]) -> usize {
    let mut end = 0;
    let mut at = 0;
    loop {
        let length = number_length(&text[at..]);
        if length == 0 {
            break;
        }
        end = at + length;
        let rest = text[end..].trim_start();
        let lead = text.len() - end - rest.len();
        let gap = match rest.chars().next() {
            Some(mark @ (',' | '-' | '–' | '—' | '&')) => rest.len() - rest.trim_start_matches(mark).len(),
            _ if lead > 0 => conjunction(rest).filter(|word| kind_of(word, locales).is_none()).map_or(0, str::len),
            _ => 0,
        };
        if gap == 0 {
            break;
        }
        let next = rest[gap..].trim_start();
        at = text.len() - next.len();
    }
    let after = &text[end..];
    let is_words = after.starts_with([' ', ',', '(', '[']) && after.contains(char::is_alphabetic);
    if end > 0 && is_words { end } else { text.len() }
}

/// How long the number is that a text begins with: `12`, `4.1`, `3a`, `xii`, `3 ff.`; 0 if there is none.
fn number_length(text: &str) -> usize {
    let length = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ':' | '/')).unwrap_or(text.len());
    let token = text[..length].trim_end_matches(['.', ':', '/']);
    if !token.contains(|c: char| c.is_numeric()) && !is_roman(token) {
        return 0;
    }
    let rest = &text[token.len()..];
    let word = rest.trim_start();
    let further = ["ff.", "ff", "f.", "f"]
        .into_iter()
        .find(|further| word.strip_prefix(further).is_some_and(|after| !after.starts_with(char::is_alphanumeric)));
    match further {
        Some(further) => token.len() + (rest.len() - word.len()) + further.len(),
        None if token.ends_with('f') && rest.starts_with('.') => token.len() + 1,
        None => token.len(),
    }
}

/// The short word that a text begins with, if a digit comes after it: `and 7`.
fn conjunction(text: &str) -> Option<&str> {
    let (word, rest) = text.split_once(' ')?;
    let is_word = word.chars().count() <= 4 && word.chars().all(char::is_alphabetic);
    (is_word && rest.starts_with(|c: char| c.is_numeric())).then_some(word)
}

/// The same with `&` for words between numbers.
fn joined(value: &str) -> String {
    let words =
        value.split(' ').map(|word| if word.chars().all(char::is_alphabetic) && !is_roman(word) { "&" } else { word });
    let joined = words.collect::<Vec<_>>().join(" ");
    if joined.ends_with('&') || joined.starts_with('&') { value.to_owned() } else { joined }
}

/// What a word before a number means, and whether it means several.
fn kind_of(word: &str, locales: &[Locale]) -> Option<(Locator, bool)> {
    let word = word.to_lowercase();
    let same = |known: &str| known.trim_end_matches('.').to_lowercase() == word;
    let in_locale = |locale: &Locale, kind: Locator| {
        [TermForm::Long, TermForm::Short, TermForm::Symbol]
            .into_iter()
            .filter_map(|form| locale.term(Term::Locator(kind), form))
            .find_map(|term| match (term.single().is_some_and(same), term.multiple().is_some_and(same)) {
                (true, _) => Some((kind, false)),
                (false, true) => Some((kind, true)),
                (false, false) => None,
            })
    };
    let local = locales.iter().find_map(|locale| WITH_WORDS.into_iter().find_map(|kind| in_locale(locale, kind)));
    let is_plural = matches!(word.as_str(), "pp" | "pgs" | "pages" | "chs" | "chapters");
    local.or_else(|| ENGLISH.iter().find(|(known, _)| *known == word).map(|&(_, kind)| (kind, is_plural)))
}

/// Writes ranges such as `3-9` or `ii--iv` with an en dash.
fn with_dashes(text: &str) -> String {
    let text = text.replace("--", "-");
    let chars: Vec<char> = text.chars().collect();
    let mut dashed = String::with_capacity(text.len());
    for (ix, &c) in chars.iter().enumerate() {
        let before = chars[..ix].iter().rev().find(|c| !c.is_whitespace());
        let after = chars[ix + 1..].iter().find(|c| !c.is_whitespace());
        let between = |holds: fn(&char) -> bool| before.is_some_and(holds) && after.is_some_and(holds);
        let is_range = c == '-' && (between(|c| c.is_ascii_digit()) || (between(is_roman_letter) && is_roman(&text)));
        if is_range || c == '–' {
            dashed.truncate(dashed.trim_end().len());
            dashed.push('–');
        } else if !(c.is_whitespace() && dashed.ends_with('–')) {
            dashed.push(c);
        }
    }
    dashed
}

fn is_roman_letter(c: &char) -> bool {
    matches!(c.to_ascii_lowercase(), 'i' | 'v' | 'x' | 'l' | 'c' | 'd' | 'm')
}

fn is_roman(text: &str) -> bool {
    text.chars().any(|c| is_roman_letter(&c))
        && text.chars().all(|c| is_roman_letter(&c) || matches!(c, '-' | '–' | ',' | ' '))
}
