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

/// Reads a locator with the words of these locales, first the manual's own.
pub(super) fn read_place(written: &str, locales: &[Locale]) -> CitedPlace {
    let written = written.split_whitespace().collect::<Vec<_>>().join(" ");
    let as_written = || CitedPlace { kind: Locator::Custom, text: with_dashes(&written) };

    let digits = written.find(|c: char| c.is_numeric()).unwrap_or(written.len());
    if digits == 0 {
        return place(Locator::Page, &written, locales);
    }
    let word_end = written.find(|c: char| c.is_whitespace() || c.is_numeric()).unwrap_or(written.len());
    let (word, value) = (written[..word_end].trim_end_matches('.'), written[word_end..].trim_start());
    match kind_of(word, locales) {
        Some(kind) if !value.is_empty() => place(kind, value, locales),
        // Roman numbers are pages too.
        None if is_roman(&written) => place(Locator::Page, &written, locales),
        _ => as_written(),
    }
}

fn place(kind: Locator, value: &str, locales: &[Locale]) -> CitedPlace {
    let value = with_dashes(value);
    // Styles choose between "p." and "pp." by the number alone, and know only arabic ones.
    let plural = value.contains(['–', ',', '&']);
    if plural && Numeric::from_str(&value).is_err() {
        let word = locales.iter().find_map(|locale| {
            locale
                .term(Term::Locator(kind), TermForm::Short)
                .or_else(|| locale.term(Term::Locator(kind), TermForm::Long))
        });
        if let Some(word) = word.and_then(|term| term.multiple()).filter(|_| is_roman(&value)) {
            return CitedPlace { kind: Locator::Custom, text: format!("{word} {value}") };
        }
    }
    CitedPlace { kind, text: value }
}

fn kind_of(word: &str, locales: &[Locale]) -> Option<Locator> {
    let word = word.to_lowercase();
    let in_locale = |locale: &Locale, kind: Locator| {
        [TermForm::Long, TermForm::Short, TermForm::Symbol]
            .into_iter()
            .filter_map(|form| locale.term(Term::Locator(kind), form))
            .flat_map(|term| [term.single(), term.multiple()])
            .flatten()
            .any(|known| known.trim_end_matches('.').to_lowercase() == word)
    };
    let local = locales.iter().find_map(|locale| WITH_WORDS.into_iter().find(|&kind| in_locale(locale, kind)));
    local.or_else(|| ENGLISH.iter().find(|(known, _)| *known == word).map(|&(_, kind)| kind))
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
