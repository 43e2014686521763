//! Turns the text of a `.csl` file into one that can be parsed.
//!
//! It does not know CSL beyond the few attributes that it removes.

/// How deep the elements of an XML text are nested, roughly: the reader underneath would use up the stack on garbage.
pub(super) fn tag_depth(xml: &str) -> usize {
    let mut depth = 0_usize;
    let mut deepest = 0;
    for tag in xml.split('<').skip(1) {
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with(['!', '?']) && !tag.split('>').next().is_some_and(|inside| inside.ends_with('/')) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// Removes the attributes about second citations. `style_repair` does the same on a parsed style, but cannot reach the
/// attributes of a `cs:name`.
pub(super) fn without_subsequent_options(xml: &str) -> String {
    let mut kept = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(start) = rest.find(" et-al-subsequent-") {
        let attribute = &rest[start..];
        let quote = attribute.find(['"', '\'']);
        let end = quote.and_then(|open| {
            attribute[open + 1..].find(&attribute[open..=open]).map(|close| start + open + 1 + close + 1)
        });
        let Some(end) = end else { break };
        kept.push_str(&rest[..start]);
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}
