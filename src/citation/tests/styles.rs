//! Reads citation styles, by name and as CSL.

use crate::citation::style::MOST_NESTED_ELEMENTS;
use crate::citation::style::macros::LONGEST_CALL;
use crate::citation::tests::kit::{BIB, bibliography, cluster, shown, style};
use crate::citation::{format, style_by_name, style_from_csl};

#[test]
fn an_unknown_style_is_answered_with_names_like_it() {
    let nearest =
        |name: &str| style_by_name(name).map_err(|unknown| unknown.nearest).expect_err("no style has this name");
    assert_eq!(nearest("american-psycological-asociation")[0], "american-psychological-association");
    assert_eq!(nearest("vancuver")[0], "vancouver");
    assert!(nearest("chicago").iter().all(|name| name.starts_with("chicago")));
    assert!(nearest("chicago").len() <= 3);
    assert!(nearest("").is_empty() && nearest("zzzz").is_empty());
    let unknown = style_by_name("harvrd").expect_err("no style has this name");
    assert_eq!(unknown.message, "there is no citation style `harvrd`");
}

#[test]
fn styles_are_found_by_all_their_names() {
    let apa = style("american-psychological-association");
    assert_eq!(style("apa"), apa);
    assert_eq!(style(" APA "), apa);
    assert_eq!(style("ieee"), style("institute-of-electrical-and-electronics-engineers"));
    assert_eq!(style("mhra-notes"), style("modern-humanities-research-association-notes"));
}

#[test]
fn a_style_without_a_reference_list_is_refused() {
    let unknown = style_by_name("alphanumeric").expect_err("the style has no list");
    assert!(unknown.message.contains("no reference list"));
}

/// A style with the given layouts and macros.
fn csl(macros: &str, citation: &str, list: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Test</title><id>http://example.org/test</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  {macros}
  <citation><layout prefix="(" suffix=")" delimiter="; ">{citation}</layout></citation>
  <bibliography><layout suffix=".">{list}</layout></bibliography>
</style>"#
    )
}

#[test]
fn a_style_can_be_given_as_csl() {
    let text = csl(
        r#"<macro name="who"><names variable="author"><name form="short" et-al-min="3" et-al-use-first="2" et-al-subsequent-min="2" et-al-subsequent-use-first="1"/></names></macro>"#,
        r#"<text macro="who"/><choose><if position="ibid"><text value="IBID"/></if><else-if position="first"><text value=" first"/></else-if></choose>"#,
        r#"<text variable="title" font-weight="bold" font-variant="small-caps" text-decoration="underline"/>"#,
    );
    let style = style_from_csl(&text).unwrap_or_else(|error| panic!("{error}"));
    let got = format(&bibliography(BIB), &style, "en", &[cluster("elkin1989"), cluster("elkin1989, p. 2")]);
    assert_eq!(
        got.citations.iter().map(|citation| shown(citation)).collect::<Vec<_>>(),
        ["(<elkin1989|Elkin, van Oppen first>)", "(<elkin1989|Elkin, van Oppen first, p. 2>)"]
    );
    assert_eq!(
        got.references[0].html,
        "<b><span class=\"ipt-small-caps\"><span class=\"ipt-underline\">General Effectiveness of Treatments</span></span></b>."
    );
}

#[test]
fn a_dependent_style_is_an_error_that_names_its_parent() {
    let text = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="en-US">
  <info><title>Some Journal</title><id>http://www.zotero.org/styles/some</id>
  <link href="http://www.zotero.org/styles/apa" rel="independent-parent"/><updated>2020-01-01T00:00:00+00:00</updated></info>
</style>"#;
    let error = style_from_csl(text).expect_err("the style is dependent");
    assert!(error.contains("dependent") && error.contains("american-psychological-association"), "{error}");
}

#[test]
fn text_that_is_no_style_is_an_error() {
    for text in ["", "no xml", "<style/>", "<html></html>", "<style><citation>"] {
        assert!(style_from_csl(text).is_err());
    }
    let whole = csl("", r#"<text variable="title"/>"#, r#"<text variable="title"/>"#);
    for end in (0..whole.len()).step_by(7) {
        let _ = style_from_csl(&whole[..end]);
    }
}

#[test]
fn a_style_that_is_nested_too_deeply_is_an_error() {
    // A group in a layout stands within three elements.
    let nested = |depth: usize| {
        let groups = depth - 3;
        let title = r#"<text variable="title"/>"#;
        csl("", &format!("{}{title}{}", "<group>".repeat(groups), "</group>".repeat(groups)), title)
    };
    assert!(style_from_csl(&nested(MOST_NESTED_ELEMENTS)).is_ok());
    let error = style_from_csl(&nested(MOST_NESTED_ELEMENTS + 1));
    assert_eq!(error, Err("the file has more elements inside each other than a CSL style".to_owned()));
}

#[test]
fn macros_that_lead_through_too_many_others_or_back_are_an_error() {
    let title = r#"<text variable="title"/>"#;
    let circle =
        csl(r#"<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>"#, title, title);
    assert_eq!(style_from_csl(&circle), Err("the macro `a` of the citation style refers back to itself".to_owned()));
    // Each calls the next, the last one none.
    let chain = |length: usize| {
        let calls = (1..length).map(|at| format!(r#"<macro name="{at:03}"><text macro="{:03}"/></macro>"#, at + 1));
        csl(&(calls.collect::<String>() + &format!(r#"<macro name="{length:03}">{title}</macro>"#)), title, title)
    };
    assert!(style_from_csl(&chain(LONGEST_CALL + 1)).is_ok());
    assert!(style_from_csl(&chain(LONGEST_CALL + 2)).is_err());
}
