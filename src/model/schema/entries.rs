//! Finds hyphens that are missing in a list of entries with keys.

use crate::diag::{self, Diagnostic};
use crate::model::yaml::{YamlNode, YamlValue};
use crate::span::Span;

/// The list as it was meant, if hyphens are missing in it, and where they are.
pub(in crate::model::schema) fn mended(node: &YamlNode) -> (Option<YamlNode>, Vec<Diagnostic>) {
    let YamlValue::List(items) = &node.value else { return (None, Vec::new()) };
    if !items.iter().any(has_next) {
        return (None, Vec::new());
    }
    let mut reports = Vec::new();
    let right = items.iter().flat_map(|item| parted(item, &mut reports)).collect();
    (Some(YamlNode { value: YamlValue::List(right), ..node.clone() }), reports)
}

fn keys(item: &YamlNode) -> &[(YamlNode, YamlNode)] {
    if let YamlValue::Map(entries) = &item.value { entries } else { &[] }
}

/// Where the first key of an entry comes again, since the next entry has no hyphen.
fn next_in(entries: &[(YamlNode, YamlNode)]) -> Option<usize> {
    let first = entries.first()?.0.as_text()?;
    let at = 1 + entries[1..].iter().position(|(key, _)| key.as_text() == Some(first))?;
    // One key alone may be written twice by mistake.
    (at > 1 || entries.len() > 2).then_some(at)
}

fn has_next(item: &YamlNode) -> bool {
    next_in(keys(item)).is_some()
}

/// The entries of an item in which the hyphens of others are missing.
fn parted(item: &YamlNode, reports: &mut Vec<Diagnostic>) -> Vec<YamlNode> {
    let mut rest = keys(item);
    let mut parts = Vec::new();
    while let Some(at) = next_in(rest) {
        let key = &rest[at].0;
        let name = key.as_text().unwrap_or_default();
        let before = Span { start: key.span.start.saturating_sub(2), end: key.span.start, ..key.span };
        reports.push(
            Diagnostic::new(
                &diag::DUPLICATE_FIELD,
                key.span,
                format!("`{name}` is given twice: a hyphen is missing here"),
            )
            .other(rest[0].0.span, "the first one is here")
            .help(format!("the next entry of the list begins with it: write `- {name}`"))
            .fix(before, "- "),
        );
        parts.push(YamlNode { value: YamlValue::Map(rest[..at].to_vec()), ..item.clone() });
        rest = &rest[at..];
    }
    if parts.is_empty() {
        return vec![item.clone()];
    }
    parts.push(YamlNode { value: YamlValue::Map(rest.to_vec()), span: rest[0].0.span, ..item.clone() });
    parts
}
