//! Recognises national numbers of persons, by their shape and their check digits.
//!
//! It knows only numbers that are not easily mistaken for anything else: those with a check digit, or with an unusual
//! shape.

/// A sort of number: its name, a regular expression, and a test whether a match really is one.
pub(crate) struct NationalNumber {
    /// What it is, with an article.
    pub(crate) what: &'static str,
    /// What it looks like.
    pub(crate) pattern: &'static str,
    /// How many digits it has at the least one after the other, not counting spaces and marks between them.
    pub(crate) digits: usize,
    /// Whether it is correct.
    pub(crate) holds: fn(&str) -> bool,
}

const fn sort(what: &'static str, pattern: &'static str, holds: fn(&str) -> bool) -> NationalNumber {
    NationalNumber { what, pattern, digits: 6, holds }
}

/// All sorts.
pub(crate) const SORTS: &[NationalNumber] = &[
    // NHS Data Model and Dictionary, "NHS number".
    sort("an NHS number", r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", is_nhs_number),
    // Social Security Administration, "Randomization": neither 000, 666 nor 900 and above begin one.
    sort("a social security number", r"\b\d{3}-\d{2}-\d{4}\b", |text| {
        !["000", "666", "9"].iter().any(|begin| text.starts_with(begin))
    }),
    // INSEE, "Numéro d'inscription au répertoire": 97 less the rest by 97.
    sort(
        "a French social security number",
        r"\b[1-478][ ]?\d{2}[ ]?\d{2}[ ]?(?:\d{2}|2[AB])[ ]?\d{3}[ ]?\d{3}[ ]?\d{2}\b",
        |text| {
            let digits = compact(text).replace("2A", "19").replace("2B", "18");
            digits.len() == 15 && number(&digits[..13]) % 97 + number(&digits[13..]) == 97
        },
    ),
    // Ministerio del Interior, "Cálculo del dígito de control del NIF/NIE".
    sort("a Spanish identity number", r"\b(?:\d{8}|[XYZ]-?\d{7})[ -]?[A-Z]\b", |text| {
        let text = compact(text).replace('X', "0").replace('Y', "1").replace('Z', "2");
        // The letters that stand for digits may be the check letter, too.
        let (digits, check) = text.split_at(8);
        let wanted = letter(b"TRWAGMYFPDXBNJZSQVHLCKE", number(digits) % 23);
        check == wanted.replace('X', "0").replace('Y', "1").replace('Z', "2")
    }),
    // Zentrale Ausgleichsstelle, "AHV-Nummer": that of an EAN-13.
    sort("a Swiss social security number", r"\b756[. ]?\d{4}[. ]?\d{4}[. ]?\d{2}\b", |text| {
        let sum: u32 = digits(text).iter().zip([1, 3].iter().cycle()).map(|(digit, weight)| digit * weight).sum();
        sum.is_multiple_of(10)
    }),
    // Digital and Population Data Services Agency, "The personal identity code": the rest by 31.
    sort("a Finnish identity code", r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y]\b", |text| {
        let of = format!("{}{}", &text[..6], &text[7..10]);
        is_day(&text[..6]) && text[10..] == *letter(b"0123456789ABCDEFHJKLMNPRSTUVWXY", number(&of) % 31)
    }),
    // Skatteverket, "Personnummer" (the method of Luhn), and CPR-kontoret, "Personnummeret i CPR" (a day, and
    // since 2007 no check digit).
    sort("a national number", r"\b(?:\d{2})?\d{6}[-+]\d{4}\b", |text| {
        let bare = compact(text);
        let ten = &bare[bare.len() - 10..];
        is_luhn(ten) || (bare.len() == 10 && is_day(&ten[..6]))
    }),
    // Skatteetaten, "Norwegian national identity number": two check digits by 11.
    sort("a Norwegian identity number", r"\b\d{6} ?\d{5}\b", |text| {
        let digits = digits(text);
        let weighed = |weights: &[u32]| digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>();
        weighed(&[3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0 && weighed(&[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
    }),
    // Rijksregister, "Samenstelling van het rijksregisternummer": 97 less the rest by 97, after 2000 with a 2 before.
    sort("a Belgian national number", r"\b\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}\b", |text| {
        let digits = compact(text);
        let (of, check) = (number(&digits[..9]), number(&digits[9..]));
        [of, of + 2_000_000_000].iter().any(|of| 97 - of % 97 == check)
    }),
    // Agenzia delle Entrate, "Codice fiscale": its shape is its own.
    NationalNumber {
        digits: 3,
        ..sort("an Italian tax code", r"\b[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b", |_| true)
    },
    // Department of Social Protection, "Personal Public Service number": the rest by 23 as a letter.
    sort("an Irish PPS number", r"\b\d{7}[A-W][A-IW]?\b", |text| {
        let second =
            text.as_bytes().get(8).filter(|letter| **letter != b'W').map_or(0, |letter| u32::from(letter - b'@'));
        let sum = digits(&text[..7]).iter().zip((2..=8).rev()).map(|(digit, weight)| digit * weight).sum::<u32>();
        text[7..8] == *letter(b"WABCDEFGHIJKLMNOPQRSTUV", u64::from(sum + 9 * second) % 23)
    }),
];

/// Ten digits; the last one checks the others, with weights 10 to 2, modulo 11.
fn is_nhs_number(text: &str) -> bool {
    let digits = digits(text);
    let [first @ .., check] = digits.as_slice() else { return false };
    let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    first.len() == 9 && (11 - sum % 11) % 11 == *check
}

fn is_luhn(text: &str) -> bool {
    let doubled = |digit: u32| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let digits = digits(text).into_iter().rev().enumerate();
    digits.map(|(at, digit)| if at % 2 == 1 { doubled(digit) } else { digit }).sum::<u32>() % 10 == 0
}

/// Whether six digits may be a day, month and year.
fn is_day(text: &str) -> bool {
    (1..=31).contains(&number(&text[..2])) && (1..=12).contains(&number(&text[2..4]))
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|letter| letter.to_digit(10)).collect()
}

fn compact(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

fn number(digits: &str) -> u64 {
    digits.parse().unwrap_or(0)
}

fn letter(letters: &[u8], at: u64) -> String {
    letters
        .get(usize::try_from(at).unwrap_or(usize::MAX))
        .map(|letter| char::from(*letter).to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn numbers_hold_and_those_beside_them_do_not() {
        let found = |text: &str| {
            let sort = SORTS.iter().find(|sort| {
                let pattern = Regex::new(sort.pattern).expect("the pattern is well formed");
                pattern.find_iter(text).any(|found| (sort.holds)(found.as_str()))
            });
            sort.map(|sort| sort.what)
        };
        // Numbers that the offices themselves give as examples, or that are made up by their rules.
        for (text, wanted, beside) in [
            ("943 476 5919", "an NHS number", "943 476 5918"),
            ("078-05-1120", "a social security number", "978-05-1120"),
            ("2 55 08 14 168 025 38", "a French social security number", "2 55 08 14 168 025 39"),
            ("12345678Z", "a Spanish identity number", "12345678A"),
            ("X1234567L", "a Spanish identity number", "X1234567M"),
            ("756.9217.0769.85", "a Swiss social security number", "756.9217.0769.84"),
            ("131052-308T", "a Finnish identity code", "131052-308U"),
            ("811228-9874", "a national number", "811278-9875"),
            ("070761-4285", "a national number", "991361-4284"),
            ("01010750160", "a Norwegian identity number", "01010750161"),
            ("85.07.30-033.28", "a Belgian national number", "85.07.30-033.29"),
            ("RSSMRA80A01H501U", "an Italian tax code", "RSSMRA80F01H501U"),
            ("1234567TW", "an Irish PPS number", "1234567SW"),
        ] {
            assert_eq!(found(text), Some(wanted), "{text}");
            assert_eq!(found(beside), None, "{beside}");
        }
        for text in ["12345678901", "2019-2020", "sessions 12-16 of 20", "PHQ-9 18", "10.1001/jama.2020.12345678"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
