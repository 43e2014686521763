//! Checks whether an SVG picture does anything besides showing itself.
//!
//! A picture in a page runs no script, but a picture that is opened at its own address does.

use std::cell::RefCell;

use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};

/// What a picture would do, as it is written: run a script, show another document, react to an event, or open an
/// address that is a script. Entities could hide any of these.
pub(crate) fn act(svg: &str) -> Option<String> {
    struct ActiveMarkup(RefCell<Option<String>>);

    impl TokenSink for ActiveMarkup {
        type Handle = ();

        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            if let Token::TagToken(tag) = token
                && tag.kind == TagKind::StartTag
                && self.0.borrow().is_none()
            {
                let name = tag.name.rsplit(':').next().unwrap_or_default();
                let is_active = ["script", "iframe", "embed", "object", "handler", "foreignobject"].contains(&name);
                let act = is_active.then(|| format!("<{}>", tag.name)).or_else(|| {
                    let mut attributes = tag.attrs.iter();
                    let active = attributes.find(|attribute| {
                        let compact =
                            attribute.value.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control());
                        let value: String = compact.take(20).collect::<String>().to_ascii_lowercase();
                        attribute.name.local.starts_with("on")
                            || ["javascript:", "vbscript:", "data:text/", "data:image/svg"]
                                .iter()
                                .any(|begin| value.starts_with(begin))
                    });
                    active.map(|attribute| format!("{}=\"…\"", attribute.name.local))
                });
                *self.0.borrow_mut() = act;
            }
            TokenSinkResult::Continue
        }
    }

    if svg.contains("<!ENTITY") {
        return Some("<!ENTITY>".into());
    }
    let input = BufferQueue::default();
    input.push_back(svg.into());
    let tokenizer = Tokenizer::new(ActiveMarkup(RefCell::new(None)), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[cfg(test)]
mod tests {
    use super::act;

    #[test]
    fn what_acts_is_found() {
        for (svg, found) in [
            ("<svg><path d=\"M0 0\"/><a href=\"https://example.org\"><text>one</text></a></svg>", None),
            ("<svg><style>p { color: red }</style><image href=\"data:image/png;base64,xx\"/></svg>", None),
            ("<svg><!-- <script> --></svg>", None),
            ("<svg><script>1</script></svg>", Some("<script>")),
            ("<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:SCRIPT/></s:svg>", Some("<s:script>")),
            ("<svg onload='1'/>", Some("onload=\"…\"")),
            ("<svg><a xlink:href=\" JavaScript:1\"/></svg>", Some("xlink:href=\"…\"")),
            ("<svg><foreignObject/></svg>", Some("<foreignobject>")),
            ("<!DOCTYPE svg [<!ENTITY a '<script/>'>]><svg>&a;</svg>", Some("<!ENTITY>")),
        ] {
            assert_eq!(act(svg).as_deref(), found, "{svg}");
        }
    }
}
