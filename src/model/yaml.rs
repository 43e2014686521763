//! Turns YAML text into a tree of nodes with their places: the only file that names the YAML crate.
//!
//! Scalars keep the text that the author wrote (`1.0` stays `1.0`): the field that takes a value decides what the value
//! means, in [`super::schema`].

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::diag;
use crate::diag::Diagnostic;
use crate::span::{FileId, Span};

/// A value with its place.
#[derive(Debug, Clone)]
pub(crate) struct YamlNode {
    /// Its place. Of lists and maps only the beginning is known.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) value: YamlValue,
}

/// What YAML can say.
#[derive(Debug, Clone)]
pub(crate) enum YamlValue {
    /// Nothing, or `null`, or `~`.
    Null,
    /// A text, number, date or truth value.
    Scalar {
        /// As written, quotes and escapes resolved.
        text: String,
        /// Whether the bytes at the span are exactly `text`.
        verbatim: bool,
    },
    /// A list.
    List(Vec<YamlNode>),
    /// Keys and values in the order written, repetitions included.
    Map(Vec<(YamlNode, YamlNode)>),
}

impl YamlNode {
    /// The text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            YamlValue::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// What the value is, for messages.
    pub(crate) fn describe(&self) -> &'static str {
        match &self.value {
            YamlValue::Null => "nothing",
            YamlValue::Scalar { .. } => "a single value",
            YamlValue::List(_) => "a list",
            YamlValue::Map(_) => "keys with values",
        }
    }
}

/// How deep lists and maps may be nested. Nothing that iptbook reads needs half of that. Twice as much would use up the
/// stack of a thread in a debug build.
const DEEPEST: usize = 32;

/// How much aliases (`*name`) may add in total, in steps of the crate: a value is one step, a list or map is two more
/// than its content.
const MOST_BY_ALIASES: usize = 1_000_000;

/// Reads `text`, which begins in `file` at byte `base`.
///
/// # Errors
/// One report of `front-matter/syntax` at the place where the text stops being YAML.
pub(crate) fn parse(text: &str, file: FileId, base: usize) -> Result<YamlNode, Box<Diagnostic>> {
    parse_within(MOST_BY_ALIASES, text, file, base)
}

/// As [`parse`], with a limit on how much aliases may add.
fn parse_within(most_by_aliases: usize, text: &str, file: FileId, base: usize) -> Result<YamlNode, Box<Diagnostic>> {
    let mut options = serde_yaml::Options::default();
    options.budget = serde_yaml::budget! { max_depth: DEEPEST };
    options.alias_limits.max_total_replayed_events = most_by_aliases;
    options.duplicate_keys = serde_yaml::DuplicateKeyPolicy::PassThrough;
    match serde_yaml::from_str_with_options::<Raw>(text, options) {
        Ok(raw) => Ok(raw.place(text, file, base)),
        Err(error) => {
            let (line, column) = error.location().map_or((1, 1), |at| (at.line() as usize, at.column() as usize));
            let mut offset = offset_of(text, line, column);
            let line_start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            if let Some(tab) = text[line_start..].split('\n').next().and_then(|line| line.find('\t')) {
                offset = line_start + tab;
            }
            if let Some(quote) = open_quote(text, offset) {
                return Err(Box::new(
                    Diagnostic::new(
                        &diag::SYNTAX,
                        Span::new(file, base + quote, base + quote + 1),
                        "this YAML cannot be read: the quotes that begin here end on another line",
                    )
                    .help("close the quotes at the end of the text, or remove them"),
                ));
            }
            let width = text[offset..].chars().next().map_or(0, |c| if c == '\n' { 0 } else { c.len_utf8() });
            let said = error.without_snippet().to_string();
            let said = said.split(" at line ").next().unwrap_or(&said).trim_end_matches('.');
            let Explained { why, help, is_sure } = explained(said);
            let usual = syntax_help(text, offset).filter(|_| !is_sure);
            Err(Box::new(
                Diagnostic::new(
                    &diag::SYNTAX,
                    Span::new(file, base + offset, base + offset + width),
                    format!("this YAML cannot be read: {why}"),
                )
                .maybe_help(usual.or(help.map(str::to_owned))),
            ))
        }
    }
}

/// What is wrong with some YAML, in everyday words.
struct Explained {
    why: String,
    /// What to do, where that is known.
    help: Option<&'static str>,
    /// Whether that is surer than what a look at the line tells.
    is_sure: bool,
}

/// What the crate means by what it `said`.
fn explained(said: &str) -> Explained {
    let keys = "write `key: value`, one on each line, with the same number of spaces before each key";
    let (why, help, is_sure) = if said.contains("mapping values are not allowed") {
        ("there is a colon in an unexpected place", Some(keys), false)
    } else if said.contains("simple key expected") {
        ("a colon is missing after a key", Some(keys), false)
    } else if said.contains("did not find expected key") {
        ("this is not a key with a value", Some(keys), false)
    } else if said.contains("found a tab") {
        ("there is a tab", Some("use spaces instead of tabs"), true)
    } else if said.contains("unclosed quote") {
        ("a quote is not closed", None, false)
    } else if said.contains("unclosed bracket") {
        ("a bracket is not closed", None, false)
    } else if said.contains("misplaced bracket") {
        ("this bracket does not belong here", None, false)
    } else if said.contains("did not find expected ','") {
        ("a comma or a closing bracket is missing", None, false)
    } else if said.contains("trailing content") {
        let help = "put the whole text in quotes of the other kind, such as `'\"One\" and two'`";
        ("there is text after the closing quote", Some(help), true)
    } else if said.contains("unknown anchor") {
        ("in YAML, a text that begins with `*` has a special meaning", None, false)
    } else if said.contains("unknown escape character") {
        let help = "write `\\\\` for `\\`, or use single quotes";
        ("in double quotes, a `\\` has a special meaning", Some(help), true)
    } else if let Some(character) = said.strip_prefix("unexpected character: ") {
        let why = format!("a text cannot begin with `{}`", character.trim_matches(['`', '\'']));
        return Explained { why, help: None, is_sure: false };
    } else {
        return Explained { why: said.to_owned(), help: None, is_sure: false };
    };
    Explained { why: why.to_owned(), help, is_sure }
}

/// Where quotes begin that were not closed on their line, if they are the cause of the error at `offset`: they end at
/// the next quote, which was meant to open others, or at the end of the text.
fn open_quote(text: &str, offset: usize) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    let mut runs_on = None;
    let mut before = '\n';
    let mut letters = text.char_indices().take_while(|(at, _)| *at < offset).peekable();
    while let Some((at, letter)) = letters.next() {
        match open {
            Some((_, '"')) if letter == '\\' => drop(letters.next()),
            // Two single quotes are one within such quotes.
            Some((_, '\'')) if letter == '\'' && letters.peek().is_some_and(|(_, next)| *next == '\'') => {
                letters.next();
            }
            Some((begin, quote)) if letter == quote => {
                let ends_here = text[at..offset].trim_matches([quote, ' ', '\t']).is_empty();
                runs_on = (ends_here && text[begin..at].contains('\n')).then_some(begin);
                open = None;
            }
            None if matches!(letter, '"' | '\'') && matches!(before, '\n' | ' ' | '[' | '{' | ',') => {
                let line = text[..at].rsplit('\n').next().unwrap_or_default().trim_end();
                if line.is_empty() || line.ends_with([':', '-', '[', '{', ',']) {
                    open = Some((at, letter));
                }
            }
            None if letter == '#' && matches!(before, '\n' | ' ') => {
                // A comment, to the end of its line.
                while letters.next_if(|(_, next)| *next != '\n').is_some() {}
            }
            _ => {}
        }
        before = letter;
    }
    runs_on.or(open.map(|(begin, _)| begin).filter(|begin| text[*begin..offset].contains('\n')))
}

/// The usual mistakes of people who do not write YAML every day.
fn syntax_help(text: &str, offset: usize) -> Option<String> {
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at);
    let line = &text[start..end];
    if line.contains('\t') {
        return Some("use spaces instead of tabs".into());
    }
    let value = line.split_once(": ").map(|(_, value)| value.trim());
    match value {
        Some(value) if value.contains(": ") => {
            Some(format!("put the text in quotes: \"{}\"", value.replace('"', "\\\"")))
        }
        Some(value) if value.starts_with(['[', '{', '"', '\'', '*', '&', '!', '@', '`', '%', '|', '>']) => {
            Some("put the text in quotes, or close the quotes or brackets that it opens".into())
        }
        _ => None,
    }
}

/// The byte offset of a line and column, both from 1, the column in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match text[start..].find('\n') {
            Some(at) => start += at + 1,
            None => return text.len(),
        }
    }
    let line = text[start..].split('\n').next().unwrap_or_default();
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
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

impl Raw {
    fn place(self, source: &str, file: FileId, base: usize) -> YamlNode {
        let mut span = Span::new(file, base + self.start, base + self.end);
        let slice = source.get(self.start..self.end).unwrap_or_default();
        let value = match self.value {
            RawValue::Null => YamlValue::Null,
            RawValue::Typed => {
                let (start, end) = self.defined;
                let text = source.get(start..end).unwrap_or_default().to_owned();
                YamlValue::Scalar { verbatim: text == slice, text }
            }
            RawValue::Text(text) => YamlValue::Scalar { verbatim: text == slice, text },
            RawValue::List(items) => {
                let items: Vec<YamlNode> = items.into_iter().map(|item| item.place(source, file, base)).collect();
                span = opened(source, span, base, items.first(), '[');
                YamlValue::List(items)
            }
            RawValue::Map(entries) => {
                let entries: Vec<(YamlNode, YamlNode)> = entries
                    .into_iter()
                    .map(|(key, value)| (key.place(source, file, base), value.place(source, file, base)))
                    .collect();
                span = opened(source, span, base, entries.first().map(|(key, _)| key), '{');
                YamlValue::Map(entries)
            }
        };
        YamlNode { span, value }
    }
}

/// The place of a list or map whose first entry is known: it begins with its bracket, if it has one, or
/// else with that.
fn opened(source: &str, span: Span, base: usize, first: Option<&YamlNode>, bracket: char) -> Span {
    let start = first.map_or(span.start, |first| first.span.start.min(span.start)) as usize;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn scalar<'a>(node: &'a YamlNode, key: &str) -> (&'a str, Span, bool) {
        let YamlValue::Map(entries) = &node.value else { panic!("a map") };
        let (_, value) = entries.iter().find(|(name, _)| name.as_text() == Some(key)).expect("the key");
        let YamlValue::Scalar { text, verbatim } = &value.value else { panic!("a scalar") };
        (text, value.span, *verbatim)
    }

    #[test]
    fn scalars_keep_their_text_and_place() {
        let text = "title: Rôle\nversion: 1.0\nquoted: \"a \\u00e9\"\nyes: yes\nsessions: 1-3\n";
        let node = parse(text, FileId(0), 100).expect("YAML");
        assert_eq!(scalar(&node, "title"), ("Rôle", Span::new(FileId(0), 107, 112), true));
        assert_eq!(scalar(&node, "version").0, "1.0");
        assert_eq!(scalar(&node, "quoted").0, "a é");
        assert!(!scalar(&node, "quoted").2);
        assert_eq!(scalar(&node, "sessions").0, "1-3");
    }

    #[test]
    fn mistakes_have_a_place_and_the_remedy() {
        let report = parse("title: IPT: a guide\n", FileId(0), 4).expect_err("not YAML");
        assert_eq!(report.code.name, "front-matter/syntax");
        assert!(report.help.as_deref().unwrap_or_default().contains("\"IPT: a guide\""));
        assert!(report.span().start >= 4);
    }

    #[test]
    fn open_quotes_are_marked_where_they_open() {
        let place = |text: &str| {
            let report = parse(text, FileId(0), 0).expect_err("not YAML");
            (report.span().start as usize, report.message)
        };
        for text in [
            "title: \"One\nsummary: Two\nphrases:\n  - \"Say this\"\n",
            "title: 'One\nsummary: It''s two\nkeywords: ['a', b]\n",
            "a: \"one\" # it's\ntitle: \"One\nsummary: Two\n",
        ] {
            let (at, message) = place(text);
            assert_eq!(at, text.find("title: ").unwrap_or(0) + 7, "{text}: {message}");
            assert!(message.contains("another line") || message.contains("quote is not closed"), "{message}");
        }
        let other = "summary: It's one\ntitle: \"a\nb\"\nx: IPT: a guide\n";
        assert_eq!(
            place(other).0,
            other.find(": a guide").unwrap_or(0),
            "quotes over two lines are none of its reasons"
        );
    }

    #[test]
    fn lists_and_maps_begin_with_their_brackets() {
        let text = "a: [b, c]\nd: { e: f }\ng: [{ h: i }]\nk: []\nl:\n  - m\n";
        let node = parse(text, FileId(0), 0).expect("YAML");
        let YamlValue::Map(entries) = &node.value else { panic!("a map") };
        let begin: Vec<&str> = entries.iter().map(|(_, value)| &text[value.span.start as usize..][..1]).collect();
        assert_eq!(begin[..3], ["[", "{", "["]);
        let YamlValue::List(items) = &entries[2].1.value else { panic!("a list") };
        assert_eq!(&text[items[0].span.start as usize..][..1], "{");
    }

    #[test]
    fn what_is_nested_too_deeply_is_a_mistake() {
        let nested = |depth: usize| format!("a: {}{}", "[".repeat(depth), "]".repeat(depth));
        // The map around them is one level, too.
        assert!(parse(&nested(DEEPEST - 1), FileId(0), 0).is_ok());
        let report = parse(&nested(DEEPEST), FileId(0), 0).expect_err("one level more");
        assert_eq!(report.code.name, "front-matter/syntax");
        assert!(report.message.contains("depth"), "{}", report.message);
    }

    #[test]
    fn aliases_bring_no_more_than_they_may() {
        // A list of two values, brought twice.
        let text = "a: &a [x, y]\nb: [*a, *a]\n";
        assert!(parse_within(8, text, FileId(0), 0).is_ok());
        let report = parse_within(7, text, FileId(0), 0).expect_err("one step less");
        assert_eq!(report.code.name, "front-matter/syntax");
        assert!(report.message.contains("alias"), "{}", report.message);
    }
}
