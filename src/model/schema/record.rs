//! Describes a mapping that was read against a list of keys.

use jiff::civil::Date;

use crate::model::body::Body;
use crate::model::range::SessionRange;
use crate::model::schema::shape::Field;
use crate::span::{Span, Spanned};

/// A text with inline Markdown, as written and as read.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    /// As HTML with holes.
    pub(crate) body: Box<Body>,
}

/// A value read.
#[derive(Debug, Clone)]
pub(crate) enum FieldValue {
    /// See `Shape::Line`.
    Line(Spanned<String>),
    /// See `Shape::Text`.
    Text(Text),
    /// See `Shape::Lines`.
    Lines(Vec<Spanned<String>>),
    /// See `Shape::Texts`.
    Texts(Vec<Text>),
    /// See `Shape::Id`.
    Id(Spanned<String>),
    /// See `Shape::Ids` and `Shape::AnyIds`.
    Ids(Vec<Spanned<String>>),
    /// See `Shape::Keys`.
    Keys(Vec<Spanned<String>>),
    /// See `Shape::Integer`.
    Integer(i64),
    /// See `Shape::Number`.
    Number(f64),
    /// See `Shape::Interval`.
    Interval(f64, f64),
    /// See `Shape::Flag`.
    Flag(bool),
    /// See `Shape::Date`.
    Date(Spanned<Date>),
    /// See `Shape::Months`.
    Months(i32),
    /// See `Shape::Sessions`.
    Sessions(Spanned<SessionRange>),
    /// See `Shape::Choice`.
    Choice(&'static str),
    /// See `Shape::Choices`.
    Choices(Vec<&'static str>),
    /// See `Shape::Record`.
    Record(Record),
    /// See `Shape::Records`.
    Records(Vec<Record>),
    /// See `Shape::Named`.
    Named(Vec<(Spanned<String>, Record)>),
    /// See `Shape::NamedLines`.
    NamedLines(Vec<(Spanned<String>, String)>),
}

macro_rules! getters {
    ($($(#[$doc:meta])* $name:ident, $variant:ident, $type:ty;)*) => {
        $($(#[$doc])* pub(in crate::model) fn $name(&self, name: &str) -> Option<&$type> {
            match self.get(name) {
                Some(FieldValue::$variant(value)) => Some(value),
                _ => None,
            }
        })*
    };
}

macro_rules! list_getters {
    ($($(#[$doc:meta])* $name:ident, $variant:ident, $type:ty;)*) => {
        $($(#[$doc])* pub(in crate::model) fn $name(&self, name: &str) -> &[$type] {
            match self.get(name) {
                Some(FieldValue::$variant(values)) => values,
                _ => &[],
            }
        })*
    };
}

/// A mapping read against its schema.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    /// The schema it was read against.
    pub(crate) fields: &'static [Field],
    /// Where it begins.
    pub(crate) span: Span,
    /// The keys that were given with a value, whether it fits or not.
    pub(crate) given: Vec<&'static str>,
    /// Whether an unknown key was given: it may have been meant for one that seems to be missing.
    pub(crate) has_unknown: bool,
    pub(crate) values: Vec<(&'static str, Span, FieldValue)>,
}

impl Record {
    /// A mapping without any value.
    pub(crate) fn empty(fields: &'static [Field], span: Span) -> Self {
        Self { fields, span, given: Vec::new(), has_unknown: false, values: Vec::new() }
    }

    /// The value of a key, if it was given and fits.
    pub(in crate::model) fn get(&self, name: &str) -> Option<&FieldValue> {
        debug_assert!(self.fields.iter().any(|field| field.name == name), "`{name}` is in no schema");
        self.values.iter().find(|(key, ..)| *key == name).map(|(_, _, value)| value)
    }

    /// The value of a key of its schema, if it was given and fits.
    pub(crate) fn value(&self, field: &Field) -> Option<&FieldValue> {
        self.get(field.name)
    }

    /// Whether a key was given with a value, even one that does not fit.
    pub(in crate::model) fn is_given(&self, name: &str) -> bool {
        self.given.contains(&name)
    }

    /// The place of a key's value, if the key was given and fits; otherwise of the whole mapping.
    pub(in crate::model) fn span_of(&self, name: &str) -> Span {
        self.values.iter().find(|(key, ..)| *key == name).map_or(self.span, |(_, span, _)| *span)
    }

    /// Keys, places and values, in the order of the schema.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static Field, &FieldValue)> {
        self.fields.iter().filter_map(|field| Some((field, self.get(field.name)?)))
    }

    /// All texts with markup in it, at any depth.
    pub(crate) fn texts_within<'a>(&'a self, found: &mut Vec<&'a Text>) {
        for (_, _, value) in &self.values {
            match value {
                FieldValue::Text(text) => found.push(text),
                FieldValue::Texts(texts) => found.extend(texts),
                FieldValue::Record(record) => record.texts_within(found),
                FieldValue::Records(records) => records.iter().for_each(|record| record.texts_within(found)),
                FieldValue::Named(records) => records.iter().for_each(|(_, record)| record.texts_within(found)),
                _ => {}
            }
        }
    }

    /// All citation keys in it, at any depth.
    pub(crate) fn keys_within<'a>(&'a self, found: &mut Vec<&'a Spanned<String>>) {
        for (_, _, value) in &self.values {
            match value {
                FieldValue::Keys(keys) => found.extend(keys),
                FieldValue::Record(record) => record.keys_within(found),
                FieldValue::Records(records) => records.iter().for_each(|record| record.keys_within(found)),
                _ => {}
            }
        }
    }

    getters! {
        /// A text without markup.
        line, Line, Spanned<String>;
        /// A text with markup.
        text, Text, Text;
        /// A name in kebab-case.
        id, Id, Spanned<String>;
        /// A date.
        date, Date, Spanned<Date>;
        /// Session numbers.
        sessions, Sessions, Spanned<SessionRange>;
        /// A mapping.
        record, Record, Record;
    }

    list_getters! {
        /// A list of texts without markup; empty when there is none.
        lines, Lines, Spanned<String>;
        /// A list of texts with markup; empty when there is none.
        texts, Texts, Text;
        /// Ids of chapters; empty when there are none.
        ids, Ids, Spanned<String>;
        /// Keys of the bibliography; empty when there are none.
        keys, Keys, Spanned<String>;
        /// Mappings; empty when there are none.
        records, Records, Record;
        /// Names with a mapping each; empty when there are none.
        named, Named, (Spanned<String>, Record);
        /// Names with a text each; empty when there are none.
        named_lines, NamedLines, (Spanned<String>, String);
        /// Several of some words; empty when there are none.
        choices, Choices, &'static str;
    }

    /// A whole number.
    pub(in crate::model) fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(FieldValue::Integer(value)) => Some(*value),
            _ => None,
        }
    }

    /// A number.
    pub(in crate::model) fn number(&self, name: &str) -> Option<f64> {
        match self.get(name) {
            Some(FieldValue::Number(value)) => Some(*value),
            _ => None,
        }
    }

    /// Two numbers.
    pub(in crate::model) fn interval(&self, name: &str) -> Option<(f64, f64)> {
        match self.get(name) {
            Some(FieldValue::Interval(low, high)) => Some((*low, *high)),
            _ => None,
        }
    }

    /// `true` or `false`.
    pub(in crate::model) fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(FieldValue::Flag(value)) => Some(*value),
            _ => None,
        }
    }

    /// A length of time in months.
    pub(in crate::model) fn months(&self, name: &str) -> Option<i32> {
        match self.get(name) {
            Some(FieldValue::Months(value)) => Some(*value),
            _ => None,
        }
    }

    /// One of some words.
    pub(in crate::model) fn choice(&self, name: &str) -> Option<&'static str> {
        match self.get(name) {
            Some(FieldValue::Choice(value)) => Some(value),
            _ => None,
        }
    }
}
