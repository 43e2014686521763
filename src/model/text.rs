//! Turns a text into HTML, and into a name for addresses.

/// Writes `text`, and escapes the characters that have a meaning in HTML.
pub(crate) fn escape(html: &mut String, text: &str) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[written..at]);
        html.push_str(entity);
        written = at + 1;
    }
    html.push_str(&text[written..]);
}

/// Writes the text that `html`, words without tags, stands for: the other way round than [`escape`], and with the
/// entities that templates and the sanitiser write.
pub(crate) fn unescape(text: &mut String, html: &str) {
    const ENTITIES: [(&str, &str); 7] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", "\u{a0}"),
    ];
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (entity, letter) = ENTITIES.into_iter().find(|(entity, _)| rest.starts_with(entity)).unwrap_or(("&", "&"));
        text.push_str(letter);
        rest = &rest[entity.len()..];
    }
    text.push_str(rest);
}

/// The anchor of a heading: its words in lower case, joined by hyphens, as GitHub and similar sites make them.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            ' ' | '-' | '\t' | '\n' => slug.push('-'),
            '_' => slug.push('_'),
            letter if letter.is_alphanumeric() => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    slug.trim_matches('-').to_owned()
}

pub(crate) fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_escaped_can_be_read_again() {
        let text = "a <b> & \"c\" &amp; d";
        let (mut html, mut again) = (String::new(), String::new());
        escape(&mut html, text);
        unescape(&mut again, &html);
        assert_eq!((html.as_str(), again.as_str()), ("a &lt;b&gt; &amp; &quot;c&quot; &amp;amp; d", text));
        again.clear();
        unescape(&mut again, "R&D &#39;x&#x27;&nbsp;y");
        assert_eq!(again, "R&D 'x'\u{a0}y");
    }
}
