//! Reads how wide a picture is shown: `![words](picture.png){width=50%}`, `<img width="300">`, `![[picture.png|300]]`.

/// How wide the text is on a wide screen, in pixels: of this, percents are taken, since pages have no styles of their own.
const TEXT: f32 = 640.0;

/// The width that a value says, in pixels: `50%`, `300` or `300px`.
pub(crate) fn width_of(value: &str) -> Option<u16> {
    let value = value.trim();
    if let Some(percent) = value.strip_suffix('%') {
        let percent: f32 = percent.trim().parse().ok()?;
        let is_possible = (1.0..=100.0).contains(&percent);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 6 to 640")]
        return is_possible.then(|| (percent / 100.0 * TEXT).round() as u16);
    }
    let pixels: u16 = value.strip_suffix("px").unwrap_or(value).trim().parse().ok()?;
    (1..=9999).contains(&pixels).then_some(pixels)
}

/// The width in braces that `after`, what follows a picture, begins with, and how long these braces are.
pub(crate) fn width_in_braces(after: &str) -> Option<(u16, usize)> {
    let inner = after.strip_prefix('{')?;
    let end = inner.find('}')?;
    let value = inner[..end].trim().strip_prefix("width")?.trim_start().strip_prefix('=')?;
    let width = width_of(value.trim().trim_matches(['"', '\'']))?;
    Some((width, end + 2))
}

/// The width that stands instead of words, as Obsidian has it: `300` or `300x200`.
pub(crate) fn width_as_words(words: &str) -> Option<u16> {
    let digits = words.split('x').next().unwrap_or_default();
    let is_size = !words.is_empty() && words.chars().all(|letter| letter.is_ascii_digit() || letter == 'x');
    is_size.then(|| width_of(digits)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_read_in_all_their_forms() {
        for (after, width) in [
            ("{width=50%} and", Some((320, 11))),
            ("{ width=\"33.3%\" }", Some((213, 17))),
            ("{width=300px}", Some((300, 13))),
            ("{width=300}", Some((300, 11))),
            ("{width=0}", None),
            ("{width=200%}", None),
            ("{height=3}", None),
            (" {width=3}", None),
            ("{width=3", None),
        ] {
            assert_eq!(width_in_braces(after), width, "{after}");
        }
        assert_eq!(width_as_words("300x200"), Some(300));
        assert_eq!(width_as_words("300 people"), None);
    }
}
