//! Reads a YAML node against a list of keys.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::diag::{self, Diagnostic, Fix, Reports, nearest};
use crate::model::markdown;
use crate::model::mentions::Mentions;
use crate::model::range::SessionRange;
use crate::model::raw_html::RawHtml;
use crate::model::reading::{Reading, SourceMap};
use crate::model::schema::advice::{self, Advice, cut};
use crate::model::schema::entries;
use crate::model::schema::markup::shown_as_typed;
use crate::model::schema::record::{FieldValue, Record, Text};
use crate::model::schema::scalar::{invalid_id, is_kebab_case, parse_date, parse_months};
use crate::model::schema::shape::{Field, Shape};
use crate::model::yaml::{Slip, YamlNode, YamlValue, quoted};
use crate::span::{Span, Spanned};

/// What the reading of a mapping depends on.
pub(crate) struct Reader<'a> {
    /// What to do with HTML in texts.
    pub(crate) raw_html: RawHtml,
    /// The chapter, as `kind/id`; empty elsewhere.
    pub(crate) own: &'a str,
    /// The glossary, to note which terms short texts mention.
    pub(crate) mentions: Option<&'a Mentions>,
    /// The code for what does not fit: a field of front matter or an option of a directive.
    pub(crate) misfit: Option<&'static diag::Code>,
    /// What to say about a key that is not in the schema, if more is known than its spelling.
    pub(crate) explain: &'a dyn Fn(&str) -> Option<String>,
}

impl Default for Reader<'_> {
    fn default() -> Self {
        Self { raw_html: RawHtml::default(), own: "", mentions: None, misfit: None, explain: &unexplained }
    }
}

impl Reader<'_> {
    pub(crate) fn code(&self, code: &'static diag::Code) -> &'static diag::Code {
        self.misfit.unwrap_or(code)
    }

    pub(crate) fn record(
        &self,
        node: &YamlNode,
        fields: &'static [Field],
        explain: &dyn Fn(&str) -> Option<String>,
        reports: &mut Reports,
    ) -> Record {
        let mut record = Record::empty(fields, node.span);
        let entries = match &node.value {
            YamlValue::Map(entries) => entries.as_slice(),
            YamlValue::Null => &[],
            _ => {
                let report = self.wrong(node, "keys with values", "write `key: value`, one on each line");
                let names = || fields.iter().map(|field| field.name);
                reports.push(match node.as_text().and_then(|text| advice::keys(node.span, text, names)) {
                    Some((_, advice)) => advised(report, advice),
                    None => report,
                });
                return record;
            }
        };
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for (at, (key, value)) in entries.iter().enumerate() {
            let name = key.as_text().unwrap_or_default();
            if let Some(first) = seen.get(name) {
                reports.push(
                    Diagnostic::new(self.code(&diag::DUPLICATE_FIELD), key.span, format!("`{name}` is given twice"))
                        .other(*first, "the first one is here")
                        .help("remove one of them"),
                );
                continue;
            }
            seen.insert(name, key.span);
            let Some(field) = fields.iter().find(|field| field.name == name) else {
                record.has_unknown = true;
                if let Some(slip) = &key.slip {
                    reports.extend(self.of_comma(name, key.span, slip));
                    continue;
                }
                if let Some((field, report)) = self.of_no_colon(name, key.span, value, fields) {
                    seen.insert(field, key.span);
                    reports.push(report);
                    continue;
                }
                let is_given = |name: &str| entries.iter().any(|(key, _)| key.as_text() == Some(name));
                let explained = explain(name);
                let meant = advice::meant(name, explained.as_deref(), fields).filter(|field| !is_given(field.name));
                seen.extend(meant.filter(|field| field.required).map(|field| (field.name, key.span)));
                record.given.extend(meant.map(|field| field.name));
                let before = at.checked_sub(1).map(|before| &entries[before]);
                reports.push(match before.and_then(|before| advice::more_text(name, key.span, before)) {
                    Some(report) => report.under(self.code(&diag::UNKNOWN_FIELD)),
                    None => self.unknown(name, key.span, fields, explained, is_given),
                });
                continue;
            };
            if !matches!(value.value, YamlValue::Null) || value.slip.is_some() {
                record.given.push(field.name);
            }
            // Half of a value says nothing: the report is on the other half.
            if entries.get(at + 1).is_some_and(|(key, _)| matches!(key.slip.as_deref(), Some(Slip::Comma { .. }))) {
                continue;
            }
            if let Some(read) = self.value(value, key.span, field, reports) {
                record.values.push((field.name, place(value), read));
            }
        }
        for field in fields.iter().filter(|field| field.required) {
            if !seen.contains_key(field.name) {
                reports.push(self.missing(field, entries, node.span));
            }
        }
        record
    }

    /// The report on a key and its value that are read as one key, since there is no colon and space between them.
    fn of_no_colon(
        &self,
        name: &str,
        span: Span,
        value: &YamlNode,
        fields: &'static [Field],
    ) -> Option<(&'static str, Diagnostic)> {
        if !matches!(value.value, YamlValue::Null) {
            return None;
        }
        let (field, advice) = advice::keys(span, name, || fields.iter().map(|field| field.name))?;
        let message = format!("there is no colon and space after `{field}`");
        Some((field, advised(Diagnostic::new(self.code(&diag::UNKNOWN_FIELD), span, message), advice)))
    }

    /// The report on what is read as a key because of a comma within braces; none if it has been given with another.
    fn of_comma(&self, name: &str, span: Span, slip: &Slip) -> Option<Diagnostic> {
        let Slip::Comma { place, text, is_first: true } = slip else { return None };
        let interval = text.starts_with('(').then(|| advice::two_numbers(text)).flatten();
        let (what, written) = match (advice::decimal(text), interval) {
            (Some(number), _) => ("write a decimal point", number),
            (None, Some((low, high))) => ("write square brackets", format!("[{low}, {high}]")),
            (None, None) => ("put the whole text in quotes", quoted(text)),
        };
        let message = format!("within `{{ }}` a comma ends a value, so `{name}` is read as a key");
        let report = Diagnostic::new(self.code(&diag::UNKNOWN_FIELD), span, message);
        Some(report.help(format!("{what}: `{written}`")).fix(*place, written))
    }

    pub(crate) fn unknown(
        &self,
        name: &str,
        span: Span,
        fields: &'static [Field],
        explained: Option<String>,
        is_given: impl Fn(&str) -> bool,
    ) -> Diagnostic {
        if let Some(report) = advice::odd_key(name, span, &is_given) {
            return report.under(self.code(&diag::UNKNOWN_FIELD));
        }
        if name.is_empty() {
            let report = Diagnostic::new(self.code(&diag::UNKNOWN_FIELD), span, "there is no key before this colon");
            return report.help("write a key before it, or remove the line");
        }
        let near = nearest(name, fields.iter().map(|field| field.name)).filter(|_| explained.is_none());
        // A key that is there already would then be given twice.
        let fix = near.filter(|near| !is_given(near)).and_then(|near| Fix::of_name(span, name, near));
        let given = |near| if is_given(near) { " That is given already: keep one of the two" } else { "" };
        let help = explained.or_else(|| near.map(|near| format!("did you mean `{near}`?{}", given(near))));
        let help = help.unwrap_or_else(|| {
            if fields.is_empty() {
                return "remove it: this directive takes no options".into();
            }
            let names: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
            format!("the keys here are {}", names.join(", "))
        });
        let message = format!("there is no key `{name}` here");
        Diagnostic::new(self.code(&diag::UNKNOWN_FIELD), span, message).help(help).maybe_fix(fix)
    }

    pub(crate) fn missing(&self, field: &Field, entries: &[(YamlNode, YamlNode)], span: Span) -> Diagnostic {
        let span = entries.first().map_or(span, |(key, _)| key.span);
        Diagnostic::new(self.code(&diag::MISSING_FIELD), span, format!("`{}` is missing", field.name))
            .label("in this block")
            .help(format!("add `{}: …` ({})", field.name, field.note))
    }

    pub(crate) fn wrong(&self, node: &YamlNode, expected: &str, help: &str) -> Diagnostic {
        let message = format!("this must be {expected}, not {}", node.describe());
        Diagnostic::new(self.code(&diag::WRONG_TYPE), place(node), message).help(help)
    }

    pub(crate) fn wrong_field(&self, node: &YamlNode, field: &Field, expected: &str, help: &str) -> Diagnostic {
        let message = format!("`{}` takes {expected}, not {}", field.name, node.describe());
        Diagnostic::new(self.code(&diag::WRONG_TYPE), place(node), message).help(help)
    }

    pub(crate) fn bad(&self, span: Span, message: String, help: String) -> Diagnostic {
        Diagnostic::new(self.code(&diag::BAD_VALUE), span, message).help(help)
    }

    /// Reads the value of one key; `None` when it is empty or does not fit.
    pub(crate) fn value(
        &self,
        node: &YamlNode,
        key: Span,
        field: &'static Field,
        reports: &mut Reports,
    ) -> Option<FieldValue> {
        if matches!(node.value, YamlValue::Null) {
            if let Some(report) = cut(node).filter(|_| is_free(field.shape)) {
                reports.push(report);
            } else if field.required {
                reports.push(
                    Diagnostic::new(self.code(&diag::MISSING_FIELD), key, format!("`{}` is empty", field.name))
                        .help(format!("write a value ({})", field.note)),
                );
            }
            return None;
        }
        Some(match field.shape {
            Shape::Line => FieldValue::Line(self.line(node, field, reports)?),
            Shape::Text => FieldValue::Text(self.text(node, field, reports)?),
            Shape::Lines => FieldValue::Lines(self.list(node, field, reports, Self::line)?),
            Shape::Texts => FieldValue::Texts(self.list(node, field, reports, Self::text)?),
            Shape::Id => FieldValue::Id(self.id(node, field, reports)?),
            Shape::Ids(_) | Shape::AnyIds => FieldValue::Ids(self.list(node, field, reports, Self::line)?),
            Shape::Keys => FieldValue::Keys(self.list(node, field, reports, Self::key)?),
            Shape::Integer => FieldValue::Integer(self.integer(node, field, reports)?),
            Shape::Number => FieldValue::Number(self.number(node, field, reports)?),
            Shape::Interval => {
                let (low, high) = self.interval(node, field, reports)?;
                FieldValue::Interval(low, high)
            }
            Shape::Flag => FieldValue::Flag(self.flag(node, field, reports)?),
            Shape::Date => FieldValue::Date(self.date(node, field, reports)?),
            Shape::Months => FieldValue::Months(self.months(node, field, reports)?),
            Shape::Sessions => FieldValue::Sessions(self.sessions(node, field, reports)?),
            Shape::Choice(words) => FieldValue::Choice(self.choice(node, field, words, reports)?),
            Shape::Choices(words) => {
                FieldValue::Choices(self.list(node, field, reports, |reader, node, field, reports| {
                    reader.choice(node, field, words, reports)
                })?)
            }
            Shape::Record(fields) => FieldValue::Record(self.record(node, fields, &unexplained, reports)),
            Shape::Records(fields) => {
                let (mended, found) = entries::mended(node);
                reports.extend(found.into_iter().map(|found| Diagnostic { code: self.code(found.code), ..found }));
                let node = mended.as_ref().unwrap_or(node);
                FieldValue::Records(
                    self.list(node, field, reports, |reader, node, _, reports| reader.item(node, fields, reports))?,
                )
            }
            Shape::Named(fields) => FieldValue::Named(self.named(node, field, reports, |reader, node, reports| {
                Some(reader.record(node, fields, &unexplained, reports))
            })?),
            Shape::NamedLines => {
                FieldValue::NamedLines(self.named(node, field, reports, |reader, node, reports| {
                    reader.line(node, field, reports).map(|line| line.value)
                })?)
            }
        })
    }

    fn id(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<Spanned<String>> {
        let id = self.line(node, field, reports)?;
        if !is_kebab_case(&id.value) {
            reports.push(invalid_id(&id.value, id.span));
            return None;
        }
        Some(id)
    }

    /// The key of a work.
    fn key(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<Spanned<String>> {
        let mut key = self.line(node, field, reports)?;
        // Some write the key as it stands in the text.
        if let Some(bare) = key.value.strip_prefix('@') {
            key.value = bare.to_owned();
        }
        Some(key)
    }

    fn integer(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<i64> {
        let line = self.line(node, field, reports)?;
        let number = line.value.parse::<i64>().ok().filter(|number| (0..=1_000_000_000).contains(number));
        if number.is_none() {
            let message = format!("`{}` takes a whole number, not `{}`", field.name, line.value);
            let report = Diagnostic::new(self.code(&diag::WRONG_TYPE), line.span, message);
            reports.push(advised(report, advice::number(line.span, &line.value, true)));
        }
        number
    }

    /// The lower and the higher end.
    fn interval(&self, node: &YamlNode, field: &'static Field, reports: &mut Reports) -> Option<(f64, f64)> {
        let items = if let YamlValue::List(items) = &node.value { items.as_slice() } else { &[] };
        if let Some(advice) = (!items.is_empty() && items.len() != 2).then(|| advice::interval(items)).flatten() {
            let message = format!("`{}` takes two numbers", field.name);
            reports.push(advised(Diagnostic::new(self.code(&diag::BAD_VALUE), place(node), message), advice));
            return None;
        }
        let numbers =
            self.list(node, field, reports, |reader, node, field, reports| reader.number(node, field, reports))?;
        let name = field.name;
        let (message, advice) = match numbers[..] {
            [low, high] if low <= high => return Some((low, high)),
            [low, high] => {
                let message = format!("`{name}` must begin with the lower number, but {low} is higher than {high}");
                let advice = Advice { help: format!("write `[{high}, {low}]`"), fix: advice::swapped(items) };
                (message, advice)
            }
            // Items that are no numbers are reported already.
            _ if items.len() != numbers.len() => return None,
            _ => {
                let help = "write two numbers, the lower one first, such as `[0, 27]`".into();
                (format!("`{name}` takes two numbers"), Advice { help, fix: None })
            }
        };
        reports.push(advised(Diagnostic::new(self.code(&diag::BAD_VALUE), place(node), message), advice));
        None
    }

    fn flag(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<bool> {
        match node.as_text() {
            Some("true" | "True" | "TRUE") => Some(true),
            Some("false" | "False" | "FALSE") => Some(false),
            _ => {
                let meant =
                    node.as_text().and_then(|text| match text.to_lowercase().trim_matches(['“', '”', '‘', '’'])
                    {
                        "yes" | "y" | "on" | "true" => Fix::of_name(node.span, text, "true"),
                        "no" | "n" | "off" | "false" => Fix::of_name(node.span, text, "false"),
                        _ => None,
                    });
                let report = match node.as_text() {
                    Some(text) => {
                        let message = format!("`{}` takes `true` or `false`, not `{text}`", field.name);
                        Diagnostic::new(self.code(&diag::WRONG_TYPE), node.span, message)
                            .help("write `true` or `false`")
                    }
                    None => self.wrong_field(node, field, "`true` or `false`", "write `true` or `false`"),
                };
                reports.push(report.maybe_fix(meant));
                None
            }
        }
    }

    fn date(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<Spanned<Date>> {
        let line = self.line(node, field, reports)?;
        let date = parse_date(&line.value);
        if date.is_none() {
            let (why, advice) = advice::date(line.span, &line.value);
            let why = why.map(|why| format!(": {why}")).unwrap_or_default();
            let message = format!("`{}` is not a date{why}", line.value);
            reports.push(advised(Diagnostic::new(self.code(&diag::BAD_VALUE), line.span, message), advice));
        }
        Some(Spanned::new(date?, line.span))
    }

    fn months(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<i32> {
        let line = self.line(node, field, reports)?;
        let months = parse_months(&line.value);
        if months.is_none() {
            let message = format!("`{}` is not a length of time", line.value);
            reports.push(self.bad(line.span, message, "write `24 months` or `2 years`".into()));
        }
        months
    }

    fn sessions(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<Spanned<SessionRange>> {
        let line = self.line(node, field, reports)?;
        let range = SessionRange::parse(&line.value);
        if range.is_none() {
            let message = format!("`{}` does not say which sessions", line.value);
            let report = Diagnostic::new(self.code(&diag::BAD_VALUE), line.span, message);
            reports.push(advised(report, advice::sessions(line.span, &line.value)));
        }
        Some(Spanned::new(range?, line.span))
    }

    /// A record as an item of a list.
    fn item(&self, node: &YamlNode, fields: &'static [Field], reports: &mut Reports) -> Option<Record> {
        if matches!(node.value, YamlValue::Map(_)) {
            return Some(self.record(node, fields, &unexplained, reports));
        }
        reports.push(self.wrong(node, "keys with values", &shape_of(fields)));
        None
    }

    pub(crate) fn line(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<Spanned<String>> {
        if let Some(report) = cut(node).filter(|_| is_free(field.shape)) {
            reports.push(report);
            if matches!(node.value, YamlValue::Null) {
                return None;
            }
        }
        match node.as_text() {
            Some(text) if text.trim().is_empty() => {
                let message = format!("`{}` is empty", field.name);
                reports.push(self.bad(
                    node.span,
                    message,
                    format!("write a value ({}), or remove the key", field.note),
                ));
                None
            }
            Some(text) => {
                reports.extend(shown_as_typed(text.trim(), node.span, field));
                Some(Spanned::new(text.trim().to_owned(), node.span))
            }
            None if advice::to_fill_in(node) => Some(Spanned::new("[to be filled in]".to_owned(), node.span)),
            None => {
                let help = match &node.value {
                    YamlValue::Map(_) => {
                        "put the text in quotes: without them, a colon and a space, or a brace, make keys of it"
                    }
                    YamlValue::Null => "write a text here, or remove what stands before it",
                    _ => "write one value, without brackets or dashes",
                };
                let report = self.wrong_field(node, field, "one text", help);
                reports.push(match advice::pair(node).or_else(|| advice::link(node, field)) {
                    Some(advice) => advised(report, advice),
                    None => report,
                });
                None
            }
        }
    }

    pub(crate) fn text(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<Text> {
        let line = self.line(node, field, reports)?;
        let verbatim = matches!(&node.value, YamlValue::Scalar { verbatim: true, text, .. } if *text == line.value);
        let place = if verbatim { SourceMap::At(line.span) } else { SourceMap::Whole(line.span) };
        let reading = Reading {
            place,
            raw_html: self.raw_html,
            mentions: self.mentions,
            own: self.own,
            title: "",
            directives: &[],
        };
        let body = markdown::inline(&line.value, reading, reports);
        for block in &body.directives {
            reports.push(
                Diagnostic::new(self.code(&diag::BAD_VALUE), block.span, "a directive cannot be used in a short text")
                    .help("write it in the text of the chapter, below the front matter"),
            );
        }
        Some(Text { body: Box::new(body) })
    }

    pub(crate) fn number(&self, node: &YamlNode, field: &Field, reports: &mut Reports) -> Option<f64> {
        let line = self.line(node, field, reports)?;
        let number = line.value.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() {
            let message = format!("`{}` takes a number, not `{}`", field.name, line.value);
            let report = Diagnostic::new(self.code(&diag::WRONG_TYPE), line.span, message);
            reports.push(advised(report, advice::number(line.span, &line.value, false)));
        }
        number
    }

    pub(crate) fn choice(
        &self,
        node: &YamlNode,
        field: &Field,
        words: &'static [&'static str],
        reports: &mut Reports,
    ) -> Option<&'static str> {
        let line = self.line(node, field, reports)?;
        let found = words.iter().find(|word| **word == line.value).copied();
        if found.is_none() {
            let all: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
            let near = nearest(&line.value, words.iter().copied());
            let fix = near.and_then(|near| Fix::of_name(line.span, &line.value, near));
            let help = match near {
                Some(near) => format!("did you mean `{near}`? Possible values: {}", all.join(", ")),
                None => format!("possible values: {}", all.join(", ")),
            };
            let message = format!("`{}` is not allowed for `{}`", line.value, field.name);
            reports.push(self.bad(line.span, message, help).maybe_fix(fix));
        }
        found
    }

    pub(crate) fn list<T>(
        &self,
        node: &YamlNode,
        field: &'static Field,
        reports: &mut Reports,
        item: impl Fn(&Self, &YamlNode, &'static Field, &mut Reports) -> Option<T>,
    ) -> Option<Vec<T>> {
        match &node.value {
            YamlValue::List(items) => {
                if is_free(field.shape)
                    && let Some((one, advice)) =
                        items.windows(2).find_map(|pair| Some((&pair[0], advice::curly(&pair[0], &pair[1])?)))
                {
                    let message = "curly quotes do not hold a text together: a comma ends it here";
                    reports.push(advised(Diagnostic::new(self.code(&diag::BAD_VALUE), one.span, message), advice));
                }
                if let Shape::Lines = field.shape {
                    reports.extend(advice::semicolons(node, items).map(|report| report.into_warning()));
                }
                Some(items.iter().filter_map(|node| item(self, node, field, reports)).collect())
            }
            YamlValue::Scalar { .. } => {
                let report = self.wrong_field(node, field, "a list", "");
                let advice = match field.shape {
                    Shape::Records(fields) => Advice { help: shape_of(fields), fix: None },
                    _ => advice::list(node, field),
                };
                reports.push(advised(report, advice));
                None
            }
            _ => {
                let help = match field.shape {
                    Shape::Interval => "write the two numbers in brackets, such as `[0, 27]`",
                    _ => "write each item on a line of its own, and begin it with `- `",
                };
                reports.push(self.wrong_field(node, field, "a list", help));
                None
            }
        }
    }

    pub(crate) fn named<T>(
        &self,
        node: &YamlNode,
        field: &Field,
        reports: &mut Reports,
        item: impl Fn(&Self, &YamlNode, &mut Reports) -> Option<T>,
    ) -> Option<Vec<(Spanned<String>, T)>> {
        let YamlValue::Map(entries) = &node.value else {
            reports.push(self.wrong_field(node, field, "names with values", "write `name: value`, one on each line"));
            return None;
        };
        let mut named: Vec<(Spanned<String>, T)> = Vec::new();
        for (key, value) in entries {
            let name = key.as_text().unwrap_or_default().to_owned();
            if let Some((first, _)) = named.iter().find(|(first, _)| first.value == name) {
                reports.push(
                    Diagnostic::new(self.code(&diag::DUPLICATE_FIELD), key.span, format!("`{name}` is given twice"))
                        .other(first.span, "the first one is here")
                        .help("remove one of them"),
                );
            } else if let Some(value) = item(self, value, reports) {
                named.push((Spanned::new(name, key.span), value));
            }
        }
        Some(named)
    }
}

/// A report with advice.
fn advised(report: Diagnostic, advice: Advice) -> Diagnostic {
    let fix = advice.fix.map(|(span, text)| Fix { span, text });
    report.help(advice.help).maybe_fix(fix)
}

/// Whether a value is free text, so that a `#` may belong to it.
fn is_free(shape: Shape) -> bool {
    matches!(shape, Shape::Line | Shape::Text | Shape::Lines | Shape::Texts | Shape::NamedLines)
}

/// Explains nothing.
pub(crate) fn unexplained(_: &str) -> Option<String> {
    None
}

/// Reads a mapping against its schema. A node that is not a mapping gives an empty record.
///
/// # Reports
/// The family `front-matter/…`, or [`Reader::misfit`] for all of it.
pub(crate) fn read(node: &YamlNode, fields: &'static [Field], reader: &Reader<'_>, reports: &mut Reports) -> Record {
    reader.record(node, fields, reader.explain, reports)
}

/// The place to point at for a node. Of a list or map only the beginning is known, so this is the beginning and its
/// first item.
pub(crate) fn place(node: &YamlNode) -> Span {
    let first = match &node.value {
        YamlValue::List(items) => items.first().map(place),
        YamlValue::Map(entries) => entries.first().map(|(key, _)| key.span),
        _ => None,
    };
    first.map_or(node.span, |first| Span { start: node.span.start.min(first.start), ..first })
}

fn shape_of(fields: &[Field]) -> String {
    let names: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    let names = if names.is_empty() { vec![fields[0].name] } else { names };
    let pairs: Vec<String> = names.iter().map(|name| format!("{name}: …")).collect();
    format!("write `- {{ {} }}`", pairs.join(", "))
}
