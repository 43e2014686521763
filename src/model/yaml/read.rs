//! Reads YAML text into a tree of nodes with the YAML crate.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::model::yaml::errors::{self, Stop};
use crate::model::yaml::node::{Slip, YamlNode, YamlValue};
use crate::model::yaml::{quoting, slips};
use crate::span::{FileId, Span};

/// How deep lists and maps may be nested. Nothing that iptbook reads needs half of that. Twice as much would use up the
/// stack of a thread in a debug build.
pub(in crate::model::yaml) const DEEPEST: usize = 32;

/// How much aliases (`*name`) may add in total, in steps of the crate: a value is one step, a list or map is two more
/// than its content.
const MOST_BY_ALIASES: usize = 1_000_000;

/// Reads `text`, which begins in `file` at byte `base`.
pub(in crate::model::yaml) fn tree(text: &str, file: FileId, base: usize) -> Result<YamlNode, Box<Stop>> {
    tree_within(MOST_BY_ALIASES, text, file, base)
}

/// As [`tree`], with a limit on how much aliases may add.
pub(in crate::model::yaml) fn tree_within(
    most_by_aliases: usize,
    text: &str,
    file: FileId,
    base: usize,
) -> Result<YamlNode, Box<Stop>> {
    let mut options = serde_yaml::Options::default();
    options.budget = serde_yaml::budget! { max_depth: DEEPEST };
    options.alias_limits.max_total_replayed_events = most_by_aliases;
    options.duplicate_keys = serde_yaml::DuplicateKeyPolicy::PassThrough;
    options.non_finite_float_policy = serde_yaml::NonFiniteFloatPolicy::PassThrough;
    let raw = serde_yaml::from_str_with_options::<Raw>(text, options)
        .map_err(|error| Box::new(errors::stop(&error, text)))?;
    let mut placing =
        Placing { source: text, file, base, has_hash: memchr::memchr(b'#', text.as_bytes()).is_some(), slip: None };
    let node = placing.place(raw);
    match placing.slip {
        Some(stop) => Err(stop),
        None => Ok(node),
    }
}

/// A node as the YAML crate gives it: offsets within the text only.
#[derive(Debug)]
struct Raw {
    start: usize,
    end: usize,
    defined: (usize, usize),
    value: RawValue,
}

#[derive(Debug)]
enum RawValue {
    Null,
    /// A scalar that the crate read as another type than text: its source shows what was typed.
    Typed,
    Text(String),
    List(Vec<Raw>),
    Map(Vec<(Raw, Raw)>),
}

/// Gives nodes their places, and looks for what was read otherwise than it was meant.
struct Placing<'a> {
    source: &'a str,
    file: FileId,
    base: usize,
    /// Whether there is a `#` at all.
    has_hash: bool,
    slip: Option<Box<Stop>>,
}

impl Placing<'_> {
    fn place(&mut self, raw: Raw) -> YamlNode {
        let mut span = Span::new(self.file, self.base + raw.start, self.base + raw.end);
        let slice = self.source.get(raw.start..raw.end).unwrap_or_default();
        let in_quotes = slice.starts_with(['"', '\'']);
        let mut part = None;
        let value = match raw.value {
            RawValue::Null => {
                part = self.cut(raw.start, raw.end);
                if self.slip.is_none() && slice.is_empty() {
                    self.slip = slips::name_alone(self.source, raw.start);
                }
                YamlValue::Null
            }
            RawValue::Typed => {
                let (start, end) = raw.defined;
                let text = self.source.get(start..end).unwrap_or_default().to_owned();
                part = self.cut(raw.start, raw.end);
                YamlValue::Scalar { verbatim: text == slice, text, in_quotes }
            }
            RawValue::Text(text) => {
                part = self.cut(raw.start, raw.end);
                let verbatim = text == slice;
                if self.slip.is_none() {
                    self.slip = slips::slip(self.source, raw.start, slice, verbatim);
                }
                YamlValue::Scalar { verbatim, text, in_quotes }
            }
            RawValue::List(items) => {
                let items: Vec<YamlNode> = items.into_iter().map(|item| self.place(item)).collect();
                span = opened(self.source, span, self.base, items.first(), '[');
                YamlValue::List(items)
            }
            RawValue::Map(entries) => {
                let mut entries: Vec<(YamlNode, YamlNode)> =
                    entries.into_iter().map(|(key, value)| (self.place(key), self.place(value))).collect();
                span = opened(self.source, span, self.base, entries.first().map(|(key, _)| key), '{');
                if self.has_hash {
                    entries.iter_mut().for_each(|(key, value)| self.cut_to_nothing(key, value));
                }
                if entries.len() > 1 && entries.iter().any(|(_, value)| matches!(value.value, YamlValue::Null)) {
                    quoting::commas(&mut entries, self.source, self.base);
                }
                YamlValue::Map(entries)
            }
        };
        YamlNode { span, value, slip: part }
    }

    /// Notes what a `#` takes away if nothing is left of a value.
    fn cut_to_nothing(&self, key: &YamlNode, value: &mut YamlNode) {
        let end = (key.span.end as usize).saturating_sub(self.base);
        let after = self.source.get(end..).unwrap_or_default();
        let colon = after.len() - after.trim_start_matches(' ').len();
        if matches!(value.value, YamlValue::Null) && after[colon..].starts_with(':') {
            value.slip = self.cut(end + colon + 1, end + colon + 1);
        }
    }

    fn cut(&self, start: usize, end: usize) -> Option<Box<Slip>> {
        if !self.has_hash {
            return None;
        }
        quoting::cut(self.source, start, end, self.file, self.base)
    }
}

/// The place of a list or map whose first entry is known: it begins with its bracket, if it has one, or
/// else with that.
fn opened(source: &str, span: Span, base: usize, first: Option<&YamlNode>, bracket: char) -> Span {
    let start = first.map_or(span.start, |first| first.span.start.min(span.start)) as usize;
    let own = (span.start as usize).saturating_sub(base);
    let is_before = first.is_none_or(|first| first.span.start > span.start);
    if is_before && source.get(own..).is_some_and(|text| text.starts_with(bracket)) {
        // Nothing stands in it: then its end is known, too.
        let inner = source[own + 1..].trim_start();
        if first.is_none() && inner.starts_with([']', '}']) {
            return Span::new(span.file, base + own, base + source.len() - inner.len() + 1);
        }
        return Span::new(span.file, base + own, (span.end as usize).max(base + own + 1));
    }
    let before = source.get(..start.saturating_sub(base)).unwrap_or_default().trim_end();
    match before.strip_suffix(bracket) {
        Some(before) => Span::new(span.file, base + before.len(), (span.end as usize).max(base + before.len() + 1)),
        None if first.is_some() => Span::new(span.file, start, (span.end as usize).max(start)),
        None => span,
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = serde_yaml::Spanned::<RawValue>::deserialize(deserializer)?;
        let range = |location: serde_yaml::Location| {
            let span = location.span();
            let start = span.byte_offset().unwrap_or(0) as usize;
            (start, start + span.byte_len().unwrap_or(0) as usize)
        };
        let (start, end) = range(spanned.referenced);
        Ok(Self { start, end, defined: range(spanned.defined), value: spanned.value })
    }
}

impl<'de> Deserialize<'de> for RawValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RawVisitor;
        impl<'de> Visitor<'de> for RawVisitor {
            type Value = RawValue;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("YAML")
            }
            fn visit_unit<E>(self) -> Result<RawValue, E> {
                Ok(RawValue::Null)
            }
            fn visit_none<E>(self) -> Result<RawValue, E> {
                Ok(RawValue::Null)
            }
            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<RawValue, D::Error> {
                RawValue::deserialize(deserializer)
            }
            fn visit_bool<E>(self, _: bool) -> Result<RawValue, E> {
                Ok(RawValue::Typed)
            }
            fn visit_i64<E>(self, _: i64) -> Result<RawValue, E> {
                Ok(RawValue::Typed)
            }
            fn visit_u64<E>(self, _: u64) -> Result<RawValue, E> {
                Ok(RawValue::Typed)
            }
            fn visit_i128<E>(self, _: i128) -> Result<RawValue, E> {
                Ok(RawValue::Typed)
            }
            fn visit_u128<E>(self, _: u128) -> Result<RawValue, E> {
                Ok(RawValue::Typed)
            }
            fn visit_f64<E>(self, _: f64) -> Result<RawValue, E> {
                Ok(RawValue::Typed)
            }
            fn visit_str<E>(self, text: &str) -> Result<RawValue, E> {
                Ok(RawValue::Text(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<RawValue, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = access.next_element()? {
                    items.push(item);
                }
                Ok(RawValue::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<RawValue, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = access.next_entry()? {
                    entries.push(entry);
                }
                Ok(RawValue::Map(entries))
            }
        }
        deserializer.deserialize_any(RawVisitor)
    }
}
