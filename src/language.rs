//! Turns a language tag into what a page needs to know about the language: its direction, its forms for numbers, and
//! the order of its words.
//!
//! No other file names a crate of ICU.

use std::cmp::Ordering;

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale::{Locale, LocaleDirectionality};
use icu_plurals::{PluralCategory, PluralRules};

/// The names of the forms that languages have for numbers, as in the Unicode plural rules.
pub(crate) const PLURAL_FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// A language, by its tag.
#[derive(Debug)]
pub(crate) struct Language {
    locale: Locale,
    direction: Direction,
    /// None if the data has no order at all, which happens for no tag.
    collator: Option<CollatorBorrowed<'static>>,
    /// Like `collator`, but without accents and case.
    letters: Option<CollatorBorrowed<'static>>,
}

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of the HTML attribute `dir`: `ltr` or `rtl`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl Default for Language {
    /// No language in particular: left to right, one form for all numbers, the order of Unicode's root.
    fn default() -> Self {
        Self::of(Locale::UNKNOWN)
    }
}

impl Language {
    /// The language of a tag (BCP 47), such as `en` or `pt-BR`. A tag that cannot be read is taken for no
    /// language in particular.
    pub(crate) fn new(tag: &str) -> Self {
        Self::of(Locale::try_from_str(tag).unwrap_or(Locale::UNKNOWN))
    }

    fn of(locale: Locale) -> Self {
        let script = LocaleDirectionality::new_extended().get(&locale.id);
        let direction = match script {
            Some(icu_locale::Direction::RightToLeft) => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        };
        let collator = |strength| {
            let mut preferences = CollatorPreferences::from(&locale);
            // Session 2 comes before session 10.
            preferences.numeric_ordering = Some(CollationNumericOrdering::True);
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            CollatorBorrowed::try_new(preferences, options).ok()
        };
        let (collator, letters) = (collator(Strength::Tertiary), collator(Strength::Primary));
        Self { locale, direction, collator, letters }
    }

    /// The direction of writing, by the usual script of the language or the script that its tag names.
    pub(crate) fn direction(&self) -> Direction {
        self.direction
    }

    /// Whether it is written from right to left.
    pub(crate) fn is_right_to_left(&self) -> bool {
        self.direction == Direction::RightToLeft
    }

    /// The name of the form that the language has for a number; one of [`PLURAL_FORMS`].
    pub(crate) fn plural_form(&self, number: usize) -> &'static str {
        // They cannot be kept, as threads may not share them; they are made fast.
        let rules = PluralRules::try_new_cardinal((&self.locale).into()).ok();
        match rules.map(|rules| rules.category_for(number)) {
            Some(PluralCategory::Zero) => "zero",
            Some(PluralCategory::One) => "one",
            Some(PluralCategory::Two) => "two",
            Some(PluralCategory::Few) => "few",
            Some(PluralCategory::Many) => "many",
            Some(PluralCategory::Other) | None => "other",
        }
    }

    /// The order of two texts in which readers of the language expect them, with numbers by their values. Different
    /// texts are never equal: if the language makes no difference, code points decide.
    pub(crate) fn compare(&self, one: &str, other: &str) -> Ordering {
        let by_language = self.collator.as_ref().map_or(Ordering::Equal, |collator| collator.compare(one, other));
        by_language.then_with(|| one.cmp(other))
    }

    /// The order of two texts without case, and without accents that do not make a separate letter in the language: a
    /// German ä is equal to an a, a Swedish ä is not.
    pub(crate) fn compare_letters(&self, one: &str, other: &str) -> Ordering {
        self.letters.as_ref().map_or_else(|| one.cmp(other), |collator| collator.compare(one, other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted<'a>(tag: &str, words: &[&'a str]) -> Vec<&'a str> {
        let language = Language::new(tag);
        let mut words = words.to_vec();
        words.sort_by(|one, other| language.compare(one, other));
        words
    }

    #[test]
    fn direction_is_that_of_the_script() {
        let right_to_left = [
            "ar", "ar-EG", "fa", "he", "ur", "ps", "dv", "yi", "sd", "ckb", "ug", "pa-Arab", "az-Arab", "ku-Arab",
            "ks", "syr", "nqo", "ff-Adlm", "AR",
        ];
        let left_to_right = ["en", "de", "sw", "pa", "az", "ku", "sd-Deva", "ar-Latn", "ja", "", "no language"];
        for tag in right_to_left {
            assert_eq!(Language::new(tag).direction().name(), "rtl", "{tag}");
        }
        for tag in left_to_right {
            assert_eq!(Language::new(tag).direction().name(), "ltr", "{tag}");
        }
    }

    #[test]
    fn numbers_have_the_forms_of_their_language() {
        let forms = |tag: &str, numbers: &[usize]| -> Vec<&str> {
            let language = Language::new(tag);
            numbers.iter().map(|number| language.plural_form(*number)).collect()
        };
        assert_eq!(forms("ar", &[0, 1, 2, 3, 11, 100]), PLURAL_FORMS);
        assert_eq!(forms("en", &[1, 2]), ["one", "other"]);
        assert_eq!(forms("no language", &[1, 2]), ["other", "other"]);
    }

    #[test]
    fn letters_with_signs_stand_where_the_language_has_them() {
        assert_eq!(
            sorted("de", &["Zorn", "Öl", "Angst", "Ärger", "Arzt", "Ohr"]),
            ["Angst", "Ärger", "Arzt", "Ohr", "Öl", "Zorn"]
        );
        assert_eq!(sorted("sv", &["Öl", "Zorn", "Ärger", "Åska", "Ohr"]), ["Ohr", "Zorn", "Åska", "Ärger", "Öl"]);
        assert_eq!(sorted("es", &["nube", "ñame", "oso", "nz"]), ["nube", "nz", "ñame", "oso"]);
    }

    #[test]
    fn arabic_is_sorted_letter_by_letter_with_the_article() {
        let words = ["بيت", "الحزن", "قلق", "اكتئاب", "حزن", "أسرة"];
        assert_eq!(sorted("ar", &words), ["أسرة", "اكتئاب", "الحزن", "بيت", "حزن", "قلق"]);
    }

    #[test]
    fn numbers_go_by_their_values_and_case_comes_last() {
        assert_eq!(
            sorted("en", &["Session 10", "Session 2", "session 2", "Session 1"]),
            ["Session 1", "session 2", "Session 2", "Session 10"]
        );
        assert_eq!(sorted("en", &["grief", "Role", "Grief work", "Loss"]), ["grief", "Grief work", "Loss", "Role"]);
    }

    #[test]
    fn texts_that_differ_are_never_equal() {
        let language = Language::new("en");
        // A word joiner and the two ways to write é make no difference to readers.
        for (one, other) in [("a\u{2060}b", "ab"), ("e\u{301}", "\u{e9}"), ("01", "1")] {
            assert_ne!(language.compare(one, other), Ordering::Equal, "{one:?}");
            assert_eq!(language.compare(one, other), language.compare(other, one).reverse(), "{one:?}");
        }
        assert_eq!(language.compare("a", "a"), Ordering::Equal);
    }

    #[test]
    fn an_accent_makes_a_letter_of_its_own_or_does_not() {
        assert_eq!(Language::new("de").compare_letters("Ä", "a"), Ordering::Equal);
        assert_eq!(Language::new("sv").compare_letters("Ä", "a"), Ordering::Greater);
    }
}
