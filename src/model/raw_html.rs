//! Checks the HTML in chapters, and removes what is not allowed.
//!
//! The sanitiser is ammonia. This file only carries the holes of a [`Body`] through it, and says in the author's words
//! what it will remove.

use std::cell::RefCell;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::Builder;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

use crate::model::body::{Body, Fill, Hole};

/// What happens to HTML in chapters (`raw-html` in manual.yaml).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RawHtml {
    /// Harmless HTML stays, the rest is removed with a warning.
    #[default]
    Sanitize,
    /// Any HTML is an error.
    Deny,
    /// HTML stays as it is.
    Trust,
}

/// Something in a piece of HTML that will be removed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct HtmlFault {
    /// What is wrong.
    pub(crate) message: String,
    /// What to write instead.
    pub(crate) help: String,
    /// Whether words are lost.
    pub(crate) is_loss: bool,
    /// The line in the piece, from 0.
    pub(crate) line: usize,
}

/// Attributes any element may have.
const GENERIC: [&str; 9] = ["class", "id", "lang", "dir", "title", "role", "aria-label", "tabindex", "open"];

/// Elements that the Markdown writer makes, besides those that ammonia knows as harmless.
const WRITTEN: [&str; 4] = ["section", "input", "figure", "figcaption"];

static SANITIZER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .add_tags(WRITTEN)
        .rm_tags(["img"])
        .rm_tag_attributes("a", ["hreflang"])
        .add_generic_attributes(GENERIC)
        .add_tag_attributes("input", ["type", "disabled", "checked"])
        .add_tag_attributes("th", ["scope"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(ammonia::UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

static TAGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| SANITIZER.clone_tags());

/// Whether an element that stays needs a tag that closes it: HTML closes the others by itself.
pub(crate) fn needs_end(name: &str) -> bool {
    const WITHOUT: &str =
        " area br col hr img input wbr p li dt dd td th tr thead tbody tfoot colgroup rp rt rtc caption ";
    TAGS.contains(name) && !WITHOUT.contains(&format!(" {name} "))
}

/// What the sanitiser will remove from `html`, a piece of a chapter.
pub(crate) fn faults(html: &str) -> Vec<HtmlFault> {
    let tokenizer = Tokenizer::new(HtmlFaults::default(), Default::default());
    let input = BufferQueue::default();
    input.push_back(html.into());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut faults = tokenizer.sink.0.into_inner();
    // A comment is told at its end, and its beginning is where something is missing.
    for fault in faults.iter_mut().filter(|fault| fault.message.starts_with(OPEN_COMMENT)) {
        let begin = html.rfind("<!--").unwrap_or_default();
        fault.line = html[..begin].matches('\n').count();
    }
    // A note that is not closed goes on to the end of the next one.
    for (begin, _) in html.match_indices("<!--") {
        let inner = &html[begin + "<!--".len()..];
        let Some(end) = inner.find("-->") else { break };
        if inner[..end].contains("<!--") {
            let message = format!("{OPEN_COMMENT}, to the end of the next comment");
            let line = html[..begin].matches('\n').count();
            faults.push(HtmlFault { message, help: "close it with `-->`".to_owned(), is_loss: true, line });
            break;
        }
    }
    faults
}

/// A picture as a tag says it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ImgTag {
    /// Where the tag is in the piece.
    pub(crate) range: Range<usize>,
    /// The file.
    pub(crate) src: String,
    /// The text alternative.
    pub(crate) alt: String,
    /// The title.
    pub(crate) title: String,
    /// The width.
    pub(crate) width: String,
}

/// The tags in a piece of HTML that show a picture of the manual.
pub(crate) fn img_tags(html: &str) -> Vec<ImgTag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = html[at..].find('<').map(|begin| at + begin) {
        at = begin + 1;
        let rest = &html[begin..];
        if rest.starts_with("<!--") {
            at = rest.find("-->").map_or(html.len(), |end| begin + end);
            continue;
        }
        if !rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/') {
            continue;
        }
        let Some(end) = tag_end(rest) else { break };
        let is_img = rest.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("<img"))
            && rest[4..].starts_with(|letter: char| letter.is_whitespace() || letter == '/');
        if !is_img {
            at = begin + end;
            continue;
        }
        let tag = ImgTags::default();
        let tokenizer = Tokenizer::new(tag, Default::default());
        let input = BufferQueue::default();
        input.push_back(rest[..end].into());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let tag = tokenizer.sink.0.into_inner();
        if is_of_manual(&tag.src) {
            found.push(ImgTag { range: begin..begin + end, ..tag });
        }
        at = begin + end;
    }
    found
}

/// Whether the address of a picture is a path, and not an address on the web or the picture itself.
fn is_of_manual(src: &str) -> bool {
    let src = src.trim();
    let has_scheme = src.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':'));
    !src.is_empty() && !has_scheme && !src.starts_with("//") && !src.starts_with('\\')
}

/// Where a tag ends: at the first `>` outside quotes.
pub(crate) fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some(at + 1),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct ImgTags(RefCell<ImgTag>);

impl TokenSink for ImgTags {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token {
            let mut img = self.0.borrow_mut();
            for attribute in &tag.attrs {
                let value = attribute.value.to_string();
                match &*attribute.name.local {
                    "src" => img.src = value,
                    "alt" => img.alt = value,
                    "title" => img.title = value,
                    "width" => img.width = value,
                    _ => {}
                }
            }
        }
        TokenSinkResult::Continue
    }
}

/// The beginnings of links that lead out of the manual. Other links must be written in Markdown, where they are
/// checked.
const OUT: [&str; 4] = ["http://", "https://", "mailto:", "tel:"];

/// A piece of HTML whose ids and links within the manual have got another name, so that the sanitiser removes them. The
/// ids that stay are made for the page, where each occurs only once, and links are checked.
pub(crate) fn without_names(html: &str) -> String {
    let bytes = html.as_bytes();
    let mut kept = String::with_capacity(html.len());
    let (mut in_tag, mut quote, mut written) = (false, None, 0);
    for at in 0..bytes.len() {
        match (bytes[at], quote) {
            (byte, Some(open)) if byte == open => quote = None,
            (_, Some(_)) => {}
            (b'<', None) => in_tag = in_tag || bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic),
            (b'>', None) => in_tag = false,
            (byte @ (b'"' | b'\''), None) if in_tag && bytes[..at].trim_ascii_end().ends_with(b"=") => {
                quote = Some(byte)
            }
            (b'i' | b'I' | b'h' | b'H', None)
                if in_tag && !bytes[at - 1].is_ascii_alphanumeric() && !matches!(bytes[at - 1], b'-' | b'_') =>
            {
                let name = bytes[at..]
                    .iter()
                    .take_while(|byte| !matches!(byte, b'=' | b'>' | b'/') && !byte.is_ascii_whitespace());
                let name = &bytes[at..at + name.count()];
                let is_within = || !leads_out(bytes[at + name.len()..].trim_ascii_start());
                if name.eq_ignore_ascii_case(b"id") || name.eq_ignore_ascii_case(b"href") && is_within() {
                    kept.push_str(&html[written..at]);
                    kept.push_str("data-");
                    written = at;
                }
            }
            _ => {}
        }
    }
    kept.push_str(&html[written..]);
    kept
}

/// Whether the value of an attribute, with its `=`, leads out of the manual.
fn leads_out(value: &[u8]) -> bool {
    let Some(value) = value.strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else { return false };
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    OUT.iter().any(|start| value.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start.as_bytes())))
}

/// Whether a piece of HTML consists only of comments, so that nothing of it is left in a page.
pub(crate) fn is_only_comments(html: &str) -> bool {
    let mut rest = html.trim();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->").map_or("", |(_, rest)| rest.trim_start());
    }
    rest.is_empty()
}

#[derive(Default)]
struct HtmlFaults(RefCell<Vec<HtmlFault>>);

const OPEN_COMMENT: &str = "a comment is not closed, so what follows is lost";

/// What the end of a piece cuts off, by what the tokenizer says of it.
fn left_open(error: &str) -> Option<(&'static str, &'static str)> {
    if !error.contains("EOF") {
        return None;
    }
    Some(if error.contains("Comment") || error.contains("Markup") {
        (OPEN_COMMENT, "close it with `-->`")
    } else if error.contains("AttributeValue") {
        ("a quote is not closed, so what follows is lost", "close it with `\"`")
    } else {
        ("a tag is not closed, so what follows is lost", "close it with `>`")
    })
}

impl TokenSink for HtmlFaults {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let fault = match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                no_tag(&tag).or_else(|| fault(&tag).map(|(message, help)| (message, help.to_owned(), false)))
            }
            Token::ParseError(error) => {
                left_open(&error).map(|(message, help)| (message.to_owned(), help.to_owned(), true))
            }
            _ => None,
        };
        let line = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        self.0.borrow_mut().extend(fault.map(|(message, help, is_loss)| HtmlFault { message, help, is_loss, line }));
        TokenSinkResult::Continue
    }
}

/// Elements of HTML that the sanitiser removes: with those that it keeps, all of HTML, its older versions included.
const OTHER_ELEMENTS: &str = " applet audio base basefont body button canvas datalist dialog embed fieldset font form frame \
    frameset head html iframe img isindex keygen label legend link main map marquee math menu meta meter noembed noframes \
    noscript object optgroup option output param picture plaintext portal progress script search select selectedcontent \
    slot source style svg template textarea title track video xmp path rect circle line g text use defs blink big \
    command image listing nextid spacer dir multicol nobr content shadow address ";

/// What stands between `<` and `>` and was meant to be read, such as `<name>`: it has no value, and HTML has no such tag.
fn no_tag(tag: &Tag) -> Option<(String, String, bool)> {
    let name: &str = &tag.name;
    let is_word = !name.contains(':') && tag.attrs.iter().all(|attribute| attribute.value.is_empty());
    // An attribute of HTML that needs no value is one of these.
    const ALONE: &str = " open checked disabled hidden reversed controls autoplay loop muted required async defer nowrap \
        border noshade compact ismap selected multiple readonly novalidate itemscope allowfullscreen default playsinline \
        inert download ";
    let has_words = tag.attrs.iter().any(|attribute| {
        let attribute: &str = &attribute.name.local;
        attribute.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !ALONE.contains(&format!(" {attribute} "))
            && !GENERIC.contains(&attribute)
    });
    if is_word && has_words {
        return Some(vanishing(tag));
    }
    if !is_word || TAGS.contains(name) || OTHER_ELEMENTS.contains(&format!(" {name} ")) {
        return None;
    }
    Some(vanishing(tag))
}

/// What is said of words between `<` and `>`.
fn vanishing(tag: &Tag) -> (String, String, bool) {
    let words: Vec<&str> =
        std::iter::once(&*tag.name).chain(tag.attrs.iter().map(|attribute| &*attribute.name.local)).collect();
    let words = words.join(" ");
    let message = format!("`<{words}>` vanishes: what stands between `<` and `>` is taken for HTML");
    (message, format!("write `\\<{words}>`, or other brackets"), true)
}

/// What is wrong with a tag, and what to write instead.
fn fault(tag: &Tag) -> Option<(String, &'static str)> {
    let name: &str = &tag.name;
    let attribute = |wanted: &str| tag.attrs.iter().find(|attribute| &*attribute.name.local == wanted);
    if name == "img" && !attribute("src").is_some_and(|src| is_of_manual(&src.value)) {
        let message = "a picture written in HTML is removed, because it is not a file of the manual".into();
        return Some((message, "save it in `assets/` and write `![what it shows](../assets/picture.png)`"));
    }
    if name != "img" && !TAGS.contains(name) {
        let message = format!("`<{name}>` is not allowed in a chapter and is removed");
        return Some((message, "write it in Markdown, or remove it"));
    }
    if name == "a"
        && let Some(href) = attribute("href")
        && !OUT.iter().any(|start| href.value.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))
    {
        let message = format!("the link to `{}` is written in HTML and is removed", &*href.value);
        return Some((message, "write `[text](file.md)`, `[[chapter]]` or `[text](#heading)`: iptbook checks these"));
    }
    if attribute("id").is_some() {
        let message = format!("the `id` of `<{name}>` is removed: another part of the page may have the same id");
        return Some((message, "give a heading its own name, such as `## Words {#words}`, and link to that name"));
    }
    let unknown = tag.attrs.iter().find(|attribute| {
        let attribute: &str = &attribute.name.local;
        attribute.starts_with("on") || matches!(attribute, "style" | "srcdoc" | "hidden")
    })?;
    let message = format!("`{}` on `<{name}>` is not allowed in a chapter and is removed", &*unknown.name.local);
    let help = if &*unknown.name.local == "hidden" {
        "remove it: readers see what is in it. Hide a note between `<!--` and `-->`"
    } else {
        "remove it: colours and other styles belong in a theme"
    };
    Some((message, help))
}

/// Two characters of the private use area, which mark a hole while the sanitiser works.
const OPEN: char = '\u{F8F0}';

const CLOSE: char = '\u{F8F1}';

/// Removes from a body what is not harmless, and keeps its holes where they are.
pub(crate) fn sanitize(mut body: Body) -> Body {
    let mut marked = String::with_capacity(body.html.len() + body.holes.len() * 8);
    let mut written = 0;
    let clean = |text: &str| text.replace([OPEN, CLOSE], "");
    for (number, hole) in body.holes.iter().enumerate() {
        let at = hole.at as usize;
        marked.push_str(&clean(&body.html[written..at]));
        marked.push_str(&format!("{OPEN}{number}{CLOSE}"));
        written = at;
    }
    marked.push_str(&clean(&body.html[written..]));
    let safe = SANITIZER.clean(&marked).to_string();
    let mut html = String::with_capacity(safe.len());
    let mut holes = Vec::with_capacity(body.holes.len());
    let mut rest = safe.as_str();
    // Within a tag only what is nothing but escaped text may be filled in: a marker that an author
    // smuggled into an attribute must not open an element there.
    let (mut in_tag, mut in_quotes) = (false, false);
    let mut used = vec![false; body.holes.len()];
    while let Some(open) = rest.find(OPEN) {
        let before = &rest[..open];
        for letter in before.chars() {
            match letter {
                '"' if in_tag => in_quotes = !in_quotes,
                '<' if !in_tag => in_tag = true,
                '>' if in_tag && !in_quotes => in_tag = false,
                _ => {}
            }
        }
        html.push_str(before);
        let after = &rest[open + OPEN.len_utf8()..];
        let number = after.chars().take_while(char::is_ascii_digit).count();
        rest = after[number..].strip_prefix(CLOSE).unwrap_or(&after[number..]);
        let Some(at) = after[..number].parse::<usize>().ok().filter(|at| *at < body.holes.len() && !used[*at]) else {
            continue;
        };
        used[at] = true;
        let fill = body.holes[at].fill;
        if !in_tag || matches!(fill, Fill::Prefix | Fill::Word(_)) {
            let at = u32::try_from(html.len()).expect("a chapter is limited to far less than 2^32 bytes");
            holes.push(Hole { at, fill });
        }
    }
    html.push_str(&rest.replace([OPEN, CLOSE], ""));
    body.html = html;
    body.holes = holes;
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hole_never_opens_within_an_attribute() {
        let html = format!("<p>x</p><b title=\"{OPEN}0{CLOSE}\">hi</b> &#xF8F0;0&#xF8F1;");
        let holes = vec![Hole { at: 3, fill: Fill::LinkOpen(0) }, Hole { at: 4, fill: Fill::LinkClose(0) }];
        let safe = sanitize(Body { html, holes, ..Body::default() });
        assert_eq!(safe.holes.len(), 2);
        assert!(safe.holes.iter().all(|hole| hole.at <= 4), "{safe:?}");
        let html = "<b title=\"&#xF8F0;0&#xF8F1;\">hi</b><p>x</p>".to_owned();
        let safe = sanitize(Body { html, holes: vec![Hole { at: 41, fill: Fill::LinkOpen(0) }], ..Body::default() });
        assert!(safe.holes.is_empty(), "{safe:?}");
    }

    #[test]
    fn faults_name_the_thing() {
        assert!(faults("<b>x</b> <!-- note -->").is_empty());
        assert!(faults("<script>")[0].message.contains("<script>"));
        assert!(faults("<b onclick='x'>")[0].message.contains("onclick"));
        assert!(faults("<a href='x.html'>")[0].message.contains("x.html"));
        assert!(faults("<div style='color:red'>")[0].message.contains("style"));
    }

    #[test]
    fn ids_get_another_name_in_tags_only() {
        let html =
            "<a id=\"x\" title=\"id='y' >\" ID = z class='id' data-id=q>id=1 <b\nid>x</b> <i x='1'id=w> a < id=2";
        let kept = "<a data-id=\"x\" title=\"id='y' >\" data-ID = z class='id' data-id=q>id=1 <b\ndata-id>x</b> <i x='1'data-id=w> a < id=2";
        assert_eq!(without_names(html), kept);
    }

    #[test]
    fn links_within_the_manual_get_another_name() {
        let out = "<a href=\"https://example.org\">a</a> <a HREF='MAILTO:a@example.org'>b</a> <a href = tel:1>c</a>";
        assert_eq!(without_names(out), out);
        let within = "<a href=\"x.md\">href=\"x\"</a> <a title='href=\"x\"' href='#b'>c</a> <a href=//d>d</a> <a href>";
        let kept = "<a data-href=\"x.md\">href=\"x\"</a> <a title='href=\"x\"' data-href='#b'>c</a> <a data-href=//d>d</a> <a data-href>";
        assert_eq!(without_names(within), kept);
        for (html, faults_in_it) in [(out, 0), (within, 4)] {
            assert_eq!(faults(html).len(), faults_in_it, "{:?}", faults(html));
        }
    }

    #[test]
    fn what_stays_open_is_told_and_what_only_looks_so_is_not() {
        for html in ["<!--\none\n\"two\n-->\n", "<b>5\" wide</b>", "<p>5 < 6</p>", "<div\ntitle=\"a\nb\">"] {
            assert!(faults(html).is_empty(), "{html}: {:?}", faults(html));
        }
        for (html, what) in [("<!-- one\ntwo", "comment"), ("<b title=\"x>\ny", "quote"), ("<div\nclass", "tag")] {
            assert!(faults(html).iter().any(|fault| fault.message.starts_with(&format!("a {what} "))), "{html}");
        }
        assert_eq!(faults("<div\nstyle=\"color: red\">").first().map(|fault| fault.line), Some(1));
        assert!(is_only_comments(" <!-- a -->\n<!-- <b> --> ") && !is_only_comments("<!-- a --> b"));
    }
}
