//! Finds hyphens that are missing, or too many, in a list of entries with keys.

use crate::diag::{self, Diagnostic};
use crate::model::schema::shape::Field;
use crate::model::yaml::{YamlNode, YamlValue};
use crate::span::Span;

/// The list as it was meant, if hyphens make another one of it, and what is wrong with them.
pub(in crate::model::schema) fn mended(
    node: &YamlNode,
    fields: &'static [Field],
) -> (Option<YamlNode>, Vec<Diagnostic>) {
    let YamlValue::List(items) = &node.value else { return (None, Vec::new()) };
    if !items.iter().any(has_next) && !(1..items.len()).any(|at| is_more(&items[at - 1], &items[at], fields)) {
        return (None, Vec::new());
    }
    let mut reports = Vec::new();
    let mut right: Vec<YamlNode> = Vec::new();
    for item in items {
        match right.last_mut() {
            Some(last) if is_more(last, item, fields) => {
                reports.push(with_hyphen(item));
                let (YamlValue::Map(all), YamlValue::Map(more)) = (&mut last.value, &item.value) else { continue };
                all.extend(more.iter().cloned());
            }
            _ => right.extend(parted(item, &mut reports)),
        }
    }
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

/// Whether an item has only keys that belong to the one above it, which begins an entry and has none of them.
fn is_more(above: &YamlNode, item: &YamlNode, fields: &[Field]) -> bool {
    let Some(first) = fields.iter().find(|field| field.required).map(|field| field.name) else { return false };
    let has = |item: &YamlNode, name: &str| keys(item).iter().any(|(key, _)| key.as_text() == Some(name));
    // What every entry needs begins one.
    let is_known = |name: &str| fields.iter().any(|field| field.name == name && !field.required);
    !keys(item).is_empty()
        && has(above, first)
        && keys(item)
            .iter()
            .all(|(key, _)| key.as_text().is_some_and(|name| name != first && is_known(name) && !has(above, name)))
}

fn with_hyphen(item: &YamlNode) -> Diagnostic {
    let key = &keys(item)[0].0;
    let name = key.as_text().unwrap_or_default();
    let before = Span { start: key.span.start.saturating_sub(2), end: key.span.start, ..key.span };
    Diagnostic::new(
        &diag::MISSING_FIELD,
        key.span,
        format!("`{name}` belongs to the entry above it, and has a hyphen of its own"),
    )
    .help("put two spaces in place of its hyphen")
    .fix(before, "  ")
}
