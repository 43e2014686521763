//! Writes and reads the numbers of the index.

/// How many words of a text share a position: near enough to see which words are close together.
pub(crate) const STRIDE: u32 = 4;

/// Where the positions of titles and headings begin.
pub(crate) const HEADS: u32 = 512;

/// Where the positions of keywords begin.
pub(crate) const KEYWORDS: u32 = HEADS + 24;

/// Where the positions of keywords end.
pub(crate) const END: u32 = HEADS + 64;

/// Numbers are written in a place-value system of this base.
const BASE: u32 = 45;

/// The digits of numbers: every visible character of ASCII except those with a meaning in a text of JavaScript or JSON.
/// Those from `BASE` on say that more follow.
pub(crate) const DIGITS: [u8; 2 * BASE as usize] = {
    let mut digits = [0; 2 * BASE as usize];
    let (mut letter, mut at) = (b'!', 0);
    while letter <= b'~' {
        if !matches!(letter, b'"' | b'$' | b'\\' | b'`') {
            digits[at] = letter;
            at += 1;
        }
        letter += 1;
    }
    digits
};

/// Writes a number, its lowest place first.
pub(crate) fn push_number(text: &mut String, mut number: u32) {
    loop {
        let more = number >= BASE;
        text.push(char::from(DIGITS[(number % BASE + if more { BASE } else { 0 }) as usize]));
        if !more {
            return;
        }
        number /= BASE;
    }
}

/// Takes the positions of a word in a unit from the beginning of a text.
pub(crate) fn take_positions(text: &mut &str, several: bool) {
    let count = if several { take_number(text) + 2 } else { 1 };
    for _ in 0..count {
        take_number(text);
    }
}

/// Takes a number from the beginning of a text.
pub(crate) fn take_number(text: &mut &str) -> u32 {
    let (mut number, mut place) = (0, 1);
    for (at, letter) in text.bytes().enumerate() {
        let digit = VALUES[letter as usize];
        number += digit % BASE * place;
        if digit < BASE {
            *text = &text[at + 1..];
            return number;
        }
        place *= BASE;
    }
    *text = "";
    number
}

/// For each of the `DIGITS` its place among them.
const VALUES: [u32; 256] = {
    let mut values = [0; 256];
    let mut at = 0;
    while at < DIGITS.len() {
        values[DIGITS[at] as usize] = at as u32;
        at += 1;
    }
    values
};
