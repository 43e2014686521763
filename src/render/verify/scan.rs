//! Finds links and ids in finished pages.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use memchr::{memchr, memchr_iter, memrchr2};

/// What is looked for in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    Id,
    Link,
}

/// Finds ids and links in a page without comments whose attributes are in small letters and stand in `"`, as this
/// program and its templates write them. Ten times as fast as reading it as HTML.
pub(crate) fn scanned<'h>(html: &'h [u8], note: &mut impl FnMut(Attribute, Cow<'h, str>)) {
    for at in memchr_iter(b'=', html) {
        let (before, after) = (&html[..at], &html[at + 1..]);
        let Some(value) = after.strip_prefix(b"\"") else { continue };
        let (attribute, length) = match before {
            [.., b'i', b'd'] => (Attribute::Id, 2),
            [.., b'h', b'r', b'e', b'f'] => (Attribute::Link, 4),
            [.., b's', b'r', b'c'] => (Attribute::Link, 3),
            [.., b'p', b'o', b's', b't', b'e', b'r'] => (Attribute::Link, 6),
            _ => continue,
        };
        let before = &before[..before.len() - length];
        let is_in_tag = before.last().is_some_and(u8::is_ascii_whitespace)
            && memrchr2(b'<', b'>', before).is_some_and(|at| html[at] == b'<');
        let value = memchr(b'"', value).map(|end| &value[..end]).and_then(|value| std::str::from_utf8(value).ok());
        if let Some(value) = value.filter(|_| is_in_tag) {
            note(attribute, unescaped(value));
        }
    }
}

/// The value of an attribute as it is meant.
fn unescaped(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return value.into();
    }
    let mut meant = String::new();
    parsed(format!("<a href=\"{value}\">").as_bytes(), &mut |_, value| meant = value.into_owned());
    meant.into()
}

/// Finds ids and links in any HTML.
pub(crate) fn parsed(html: &[u8], note: &mut impl FnMut(Attribute, Cow<'static, str>)) {
    struct Sink<'n>(RefCell<&'n mut dyn FnMut(Attribute, Cow<'static, str>)>);

    impl TokenSink for Sink<'_> {
        type Handle = ();

        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            if let Token::TagToken(tag) = token
                && tag.kind == TagKind::StartTag
            {
                for attribute in tag.attrs {
                    let name = match &*attribute.name.local {
                        "id" => Attribute::Id,
                        "href" | "src" | "poster" => Attribute::Link,
                        _ => continue,
                    };
                    (self.0.borrow_mut())(name, attribute.value.to_string().into());
                }
                // What stands in these is no HTML.
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            TokenSinkResult::Continue
        }
    }

    let input = BufferQueue::default();
    input.push_back(String::from_utf8_lossy(html).as_ref().into());
    let tokenizer = Tokenizer::new(Sink(RefCell::new(note)), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}
