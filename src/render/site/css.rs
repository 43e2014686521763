//! Turns a theme's style sheet into the site's: without the parts that only people read.
//!
//! Comments and unnecessary white space are a fifth of our style sheet, which every page loads before it shows
//! anything. Nothing else is changed: rules and declarations stay as they were written.

/// A style sheet without comments, indents and line ends. Strings stay as they are, as does a
/// comment that begins with `/*!`.
pub(crate) fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    // Whether white space was passed that may keep two words apart.
    let mut space = false;
    while let Some(first) = rest.chars().next() {
        let token = match first {
            '/' if rest.starts_with("/*") => {
                let end = rest[2..].find("*/").map_or(rest.len(), |at| at + 4);
                if !rest.starts_with("/*!") {
                    // In place of a comment two words stay apart.
                    space = true;
                    rest = &rest[end..];
                    continue;
                }
                end
            }
            '"' | '\'' => string_end(rest, first),
            '\\' => escape_end(rest),
            _ if first.is_ascii_whitespace() => {
                space = true;
                rest = &rest[1..];
                continue;
            }
            _ => first.len_utf8(),
        };
        let last = out.bytes().last();
        if first == '}' && last == Some(b';') {
            out.pop();
        }
        let needless =
            matches!(first, '{' | '}' | ';' | ',') || matches!(last, None | Some(b'{' | b'}' | b';' | b',' | b':'));
        if space && !needless {
            out.push(' ');
        }
        space = false;
        out.push_str(&rest[..token]);
        rest = &rest[token..];
    }
    out
}

/// Where an escaped letter ends. One space after a letter's number belongs to it.
fn escape_end(text: &str) -> usize {
    let digits = text.bytes().skip(1).take(6).take_while(u8::is_ascii_hexdigit).count();
    match text[1 + digits..].chars().next() {
        Some(letter) if digits == 0 || letter.is_ascii_whitespace() => 1 + digits + letter.len_utf8(),
        _ => 1 + digits,
    }
}

/// Where a string ends, with its second quotation mark.
fn string_end(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::compact;

    #[test]
    fn only_what_people_read_is_left_out() {
        for (css, expected) in [
            ("a {\n  color: red;\n}\n", "a{color:red}"),
            ("/* why */\n.a :is(b, c) > d + e::before { margin: 0 1em; }", ".a :is(b,c) > d + e::before{margin:0 1em}"),
            (
                "@media (min-width: 2em) and (min-height: 1em) { a { b: c } }",
                "@media (min-width:2em) and (min-height:1em){a{b:c}}",
            ),
            (
                "a { width: calc(1px + 2px); font: 1rem/1.2 \"A  B\", serif }",
                "a{width:calc(1px + 2px);font:1rem/1.2 \"A  B\",serif}",
            ),
            ("a::after { content: \"/* no comment; }\" / \"\"; }", "a::after{content:\"/* no comment; }\" / \"\"}"),
            ("a { content: 'it\\'s  so' }", "a{content:'it\\'s  so'}"),
            ("/*! licence */ a{}", "/*! licence */ a{}"),
            ("a/* b */c d{}", "a c d{}"),
            ("@layer a, b;\n@layer a { x { y: z } }", "@layer a,b;@layer a{x{y:z}}"),
            (".\\31  a { b: c }", ".\\31  a{b:c}"),
        ] {
            assert_eq!(compact(css), expected, "{css}");
        }
    }

    #[test]
    fn what_is_broken_off_stays_as_it_is() {
        for css in ["a { b: \"c", "a /* b", "a { b: c", "\\", "é{}", "'\\"] {
            compact(css);
        }
        assert_eq!(compact("a { b: \"c  d"), "a{b:\"c  d");
    }

    #[test]
    fn twice_is_the_same_as_once() {
        let css = include_str!("../../../themes/default/static/css/style.css");
        let once = compact(css);
        assert!(once.len() * 10 < css.len() * 9);
        assert_eq!(compact(&once), once);
    }
}
