//! Tests how YAML is read, and where mistakes are found.

use super::*;
use crate::model::yaml::read::{DEEPEST, tree_within};
use crate::span::Span;

fn scalar<'a>(node: &'a YamlNode, key: &str) -> (&'a str, Span, bool) {
    let YamlValue::Map(entries) = &node.value else { panic!("a map") };
    let (_, value) = entries.iter().find(|(name, _)| name.as_text() == Some(key)).expect("the key");
    let YamlValue::Scalar { text, verbatim, .. } = &value.value else { panic!("a scalar") };
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
        assert!(message.contains("not closed"), "{message}");
    }
    let other = "summary: It's one\ntitle: \"a\nb\"\nx: IPT: a guide\n";
    assert_eq!(place(other).0, other.find(": a guide").unwrap_or(0), "quotes over two lines are none of its reasons");
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
    assert!(report.message.contains("too deep"), "{}", report.message);
}

#[test]
fn aliases_bring_no_more_than_they_may() {
    // A list of two values, brought twice.
    let text = "a: &a [x, y]\nb: [*a, *a]\n";
    assert!(tree_within(8, text, FileId(0), 0).is_ok());
    let stop = tree_within(7, text, FileId(0), 0).expect_err("one step less");
    assert!(stop.why.contains("alias"), "{}", stop.why);
}

#[test]
fn long_lines_and_many_names_take_no_long_time() {
    let items = "&a x, ".repeat(10_000);
    for text in [
        format!("# c\na: [{}]\n", "x, ".repeat(10_000)),
        format!("a: [{items}]\n"),
        format!("a: [{}\n", "x], ".repeat(30_000)),
        format!("a: {}{}\n", "[".repeat(20), "]".repeat(10_000)),
        format!("a: b\n{}", "  - \"c\n".repeat(10_000)),
        format!("{}\tb: c\n", "a: b\n".repeat(10_000)),
    ] {
        drop(parse(&text, FileId(0), 0));
    }
}
