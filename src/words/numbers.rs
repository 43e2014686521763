//! Writes numbers and dates as the manual's language does.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::language::PLURAL_FORMS;
use crate::words::key::{self, Counted, Word};
use crate::words::texts::{Words, filled};

impl Words {
    /// A date in the order and words of the language.
    pub(crate) fn date(&self, date: Date) -> String {
        let month = self.named(&key::month(date.month()), "");
        self.fill(Word::Date, &[&date.day().to_string(), month, &date.year().to_string()])
    }

    /// A text with a number in it, in the form that the language has for that number: `{key}-one`, `{key}-few` and so
    /// on, as the Unicode plural rules distinguish them, or `{key}-other`.
    pub(crate) fn count(&self, counted: Counted, number: usize) -> String {
        let text = self.find(&key::form(counted, self.language.plural_form(number)));
        let text = text.unwrap_or_else(|| self.named(&key::form(counted, "other"), counted.key()));
        filled(text, &[&number.to_string()])
    }

    /// The forms of a text with a number in it, by their names.
    pub(crate) fn forms(&self, counted: Counted) -> BTreeMap<&'static str, &str> {
        PLURAL_FORMS.iter().filter_map(|form| Some((*form, self.find(&key::form(counted, form))?))).collect()
    }

    /// A number with the language's decimal mark and a minus sign instead of a hyphen.
    pub(crate) fn number(&self, number: f64) -> String {
        let mark = self.find(Word::DecimalMark.key()).unwrap_or(".");
        // Among words that run from right to left the sign would jump behind the number.
        let sign = if self.language.is_right_to_left() { "\u{200e}−" } else { "−" };
        number.to_string().replace('.', mark).replace('-', sign)
    }
}
