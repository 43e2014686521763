//! Turns lists of fields into JSON Schema (draft 2020-12), for editors: what the front matter of a chapter, manual.yaml
//! and glossary.yaml may contain.
//!
//! [`crate::model::schema`] reads with the same lists. A schema knows one file: only `check` can tell whether an id
//! exists, or which of two numbers is higher.

use serde_json::{Map, Value, json};

use crate::model::glossary::TermEntry;
use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape};
use crate::model::settings;

/// What a schema may be asked for, besides the kinds.
pub(crate) const OTHERS: &[&str] = &["manual", "glossary"];

/// The dialect.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Something in it.
const SOME_TEXT: &str = r"\S";

/// Like [`crate::model::schema::scalar::is_kebab_case`], but only for ASCII.
const KEBAB_CASE: &str = r"^[^\x00-/:-`{-\x7F]+(-[^\x00-/:-`{-\x7F]+)*$";

/// Like [`crate::model::schema::scalar::parse_date`], except for the length of months.
const DATE: &str = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

/// Like [`crate::model::range::SessionRange::parse`], but does not check which end is higher.
const SESSIONS: &str = r"^\s*(throughout|follow-up|0*[1-9][0-9]{0,2}(\s*[-–]\s*0*[1-9][0-9]{0,2})?)\s*$";

/// Like the reader of lengths of time, up to a hundred years.
const MONTHS: &str = r"^\s*0*([1-9][0-9]{0,2}|1[01][0-9]{2}|1200)\s+(months?|years?)\s*$";

/// Settings that must have a special form, as [`crate::model::settings`] reads them.
const SETTINGS: &[(&str, &str)] = &[
    ("language", r"^\s*[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*\s*$"),
    ("base-url", r"^\s*https?://"),
    ("feedback", r"^\s*(mailto:|https?://)"),
];

/// The JSON Schema of a kind's front matter, of manual.yaml or of glossary.yaml.
pub(crate) fn schema_named(name: &str) -> Value {
    match Kind::from_name(name) {
        Some(kind) => of_kind(kind),
        None if name == "glossary" => of_glossary(),
        None => of_manual(),
    }
}

/// The schema of a chapter's front matter.
pub(crate) fn of_kind(kind: Kind) -> Value {
    let mut schema = record(kind.fields());

    schema["title"] = json!(format!("iptbook: front matter of {}", kind.with_article()));

    schema["description"] = json!(kind.about());

    with_dialect(schema)
}

/// The schema of the front matter of chapters whose kind is known only from their folder.
pub(crate) fn of_any_kind() -> Value {
    let kinds: Map<String, Value> =
        Kind::ALL.iter().map(|kind| (kind.name().to_owned(), record(kind.fields()))).collect();
    let any: Vec<Value> = Kind::ALL.iter().map(|kind| json!({ "$ref": format!("#/$defs/{}", kind.name()) })).collect();
    with_dialect(json!({ "title": "iptbook: front matter of a chapter", "anyOf": any, "$defs": kinds }))
}

/// The schema of manual.yaml.
pub(crate) fn of_manual() -> Value {
    let mut schema = record(settings::FIELDS);
    schema["title"] = json!("iptbook: manual.yaml");
    for (key, pattern) in SETTINGS {
        schema["properties"][key]["pattern"] = json!(pattern);
        schema["properties"][key]["type"] = json!(["string", "null"]);
    }
    with_dialect(schema)
}

/// The schema of glossary.yaml.
pub(crate) fn of_glossary() -> Value {
    with_dialect(json!({
        "title": "iptbook: glossary.yaml",
        "type": ["array", "null"],
        "items": record(TermEntry::FIELDS),
    }))
}

fn with_dialect(mut schema: Value) -> Value {
    schema["$schema"] = json!(DIALECT);
    schema
}

/// A mapping.
fn record(fields: &[Field]) -> Value {
    let properties: Map<String, Value> = fields.iter().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// The value of a key. A key that is not required may also be empty.
fn property(field: &Field) -> Value {
    let mut schema = value(field.shape);
    if !field.required {
        if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            words.push(Value::Null);
        }
        schema["type"] = match schema["type"].take() {
            Value::Array(mut types) => {
                types.push(json!("null"));
                Value::Array(types)
            }
            one => json!([one, "null"]),
        };
    }
    schema["description"] = json!(field.note);
    schema
}

fn value(shape: Shape) -> Value {
    match shape {
        Shape::Line | Shape::Text => text(),
        // An id may be written under its kind.
        Shape::Lines | Shape::Texts | Shape::Ids(_) | Shape::AnyIds | Shape::Keys => list(text()),
        // YAML makes a number of what has digits only, and a truth value of `true`.
        Shape::Id => json!({ "type": ["string", "integer", "boolean"], "pattern": KEBAB_CASE, "minimum": 0 }),
        Shape::Integer => {
            json!({ "type": ["integer", "string"], "minimum": 0, "maximum": 1_000_000_000, "pattern": r"^\s*[0-9]{1,9}\s*$" })
        }
        Shape::Number => number(),
        Shape::Interval => json!({ "type": "array", "items": number(), "minItems": 2, "maxItems": 2 }),
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        Shape::Months => json!({ "type": "string", "pattern": MONTHS }),
        Shape::Sessions => json!({ "type": ["string", "integer"], "pattern": SESSIONS, "minimum": 1, "maximum": 999 }),
        Shape::Choice(words) => json!({ "type": "string", "enum": words }),
        Shape::Choices(words) => list(json!({ "type": "string", "enum": words })),
        Shape::Record(fields) => record(fields),
        Shape::Records(fields) => list(record(fields)),
        Shape::Named(fields) => json!({
            "type": "object",
            "propertyNames": { "pattern": KEBAB_CASE },
            "additionalProperties": record(fields),
        }),
        Shape::NamedLines => json!({ "type": "object", "additionalProperties": text() }),
    }
}

/// A text. A single value that YAML reads as something else is a text too.
fn text() -> Value {
    json!({ "type": ["string", "number", "boolean"], "pattern": SOME_TEXT })
}

fn number() -> Value {
    json!({ "type": ["number", "string"], "pattern": r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*$" })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_there_with_what_it_is_for() {
        for kind in Kind::ALL {
            let schema = of_kind(*kind);
            for field in kind.fields() {
                assert_eq!(schema["properties"][field.name]["description"], field.note, "{kind:?}");
            }
            assert_eq!(schema["additionalProperties"], false);
            assert_eq!(of_any_kind()["$defs"][kind.name()]["properties"], schema["properties"]);
        }
        assert_eq!(of_kind(Kind::Stage)["required"], json!(["activity", "title"]));
    }

    #[test]
    fn what_need_not_be_there_may_be_empty() {
        let stage = of_kind(Kind::Stage);
        assert_eq!(stage["properties"]["phase"]["type"], json!(["string", "null"]));
        assert_eq!(stage["properties"]["phase"]["enum"][5], Value::Null);
        assert_eq!(stage["properties"]["title"]["type"], json!(["string", "number", "boolean"]));
        // `true` is an id like any other.
        assert_eq!(stage["properties"]["id"]["type"], json!(["string", "integer", "boolean", "null"]));
        assert_eq!(of_manual()["properties"]["slots"]["additionalProperties"]["required"], json!(["label"]));
    }
}
