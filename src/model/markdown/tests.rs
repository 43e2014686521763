//! Tests how texts are read.

use super::*;
use crate::model::body::{Fill, Target};
use crate::model::markdown::writer::DEEPEST;
use crate::model::markup::{Stretch, stretches};
use crate::model::raw_html::RawHtml;
use crate::model::reading::SourceMap;
use crate::span::FileId;
use crate::span::Span;

fn reading() -> Reading<'static> {
    Reading {
        place: SourceMap::At(Span::new(FileId(0), 0, 0)),
        raw_html: RawHtml::Sanitize,
        mentions: None,
        own: "",
        title: "Own title",
        directives: &["say"],
    }
}

fn body(text: &str) -> (Body, Reports) {
    let mut reports = Reports::new();
    let body = chapter(text, reading(), &mut reports);
    (body, reports)
}

#[test]
fn wiki_links_keep_target_heading_and_place() {
    let (read, reports) = body("See [[role-play]] and [[technique/role-play#steps|practise]].\n");
    assert!(reports.is_empty());
    assert_eq!(read.links[0].target, Target::Wiki { name: "role-play".into(), heading: None });
    assert_eq!((read.links[0].span.start, read.links[0].span.end), (6, 15));
    assert_eq!(
        read.links[1].target,
        Target::Wiki { name: "technique/role-play".into(), heading: Some("steps".into()) }
    );
    assert!(read.html.contains("practise") && !read.html.contains("role-play"));
}

#[test]
fn citations_keep_keys_locators_and_places() {
    let text = "So it is [@elkin1989; @cuijpers2016, p. 682]. See [@a].";
    let (read, reports) = body(text);
    assert!(reports.is_empty(), "{reports:?}");
    let works = &read.citations[0].works;
    assert_eq!(works[0].key.value, "elkin1989");
    assert_eq!(works[1].locator.as_deref(), Some("p. 682"));
    let span = works[1].key.span;
    assert_eq!(&text[span.start as usize..span.end as usize], "cuijpers2016");
    assert!(!read.html.contains('@'));
    assert_eq!(read.citations.len(), 2);
}

#[test]
fn citations_in_sentences_keep_the_words_written() {
    let text = "As @a_b says, @c\n[p. 3; see @d], -@e and **@f**. [see @g, p. 4] x@y @ 3\n";
    let (read, reports) = body(text);
    assert!(reports.is_empty(), "{reports:?}");
    let got: Vec<(Option<&str>, Vec<&str>)> = read
        .citations
        .iter()
        .map(|one| (one.written.as_deref(), one.works.iter().map(|work| work.key.value.as_str()).collect()))
        .collect();
    assert_eq!(
        got,
        [
            (Some("@a_b"), vec!["a_b"]),
            (Some("@c [p. 3; see @d]"), vec!["c", "d"]),
            (Some("-@e"), vec!["e"]),
            (Some("@f"), vec!["f"]),
            (Some("[see @g, p. 4]"), vec!["g"]),
        ]
    );
    assert_eq!(read.citations[1].works[0].locator.as_deref(), Some("p. 3"));
    assert_eq!(read.citations[1].works[1].before.as_deref(), Some("see"));
    assert!(read.citations[0].works[0].in_text && read.citations[2].works[0].without_author);
    assert_eq!(read.html, "<p>As  says, ,  and <strong></strong>.  x@y @ 3</p>\n");
    let code = body("`@a` and\n\n    @b\n\n```text\n@c\n```\n\n\\@d [a@b](https://x.org) ![@e](x.png)\n").0;
    assert!(code.citations.is_empty(), "{:?}", code.citations);
}

#[test]
fn a_citation_over_lines_of_a_quotation_has_no_marks() {
    let (read, reports) = body("> [@a,\n> pp. 3-9; see\n> @b] and @c\n> [p. 5].\n");
    assert!(reports.is_empty(), "{reports:?}");
    let works: Vec<_> = read.citations.iter().flat_map(|one| &one.works).collect();
    assert_eq!(works[0].locator.as_deref(), Some("pp. 3-9"));
    assert_eq!((works[1].before.as_deref(), works[1].key.value.as_str()), (Some("see"), "b"));
    assert_eq!((works[2].key.value.as_str(), works[2].locator.as_deref()), ("c", Some("p. 5")));
    assert_eq!(read.citations.len(), 2);
}

#[test]
fn addresses_are_links_as_they_are_typed() {
    for (text, html) in [
        ("https://example.org/a--b_c_d", "<p>https://example.org/a--b_c_d</p>\n"),
        ("See https://example.org/_x_/y's.\n", "<p>See https://example.org/_x_/y's.</p>\n"),
        (
            "*https://example.org/* and **https://example.org**",
            "<p><em>https://example.org/</em> and <strong>https://example.org</strong></p>\n",
        ),
        ("- https://example.org/a?b&amp;c=d\n", "<ul>\n<li>https://example.org/a?b&amp;c=d</li>\n</ul>\n"),
        ("| a |\n|---|\n| https://example.org/|\n", ""),
    ] {
        let (read, reports) = body(text);
        assert!(reports.is_empty(), "{text}: {reports:?}");
        assert!(
            read.links
                .iter()
                .all(|link| matches!(&link.target, Target::External(to) if to.starts_with("https://example.org")))
        );
        assert_eq!(read.links.len(), text.matches("https").count(), "{text}");
        assert!(html.is_empty() || read.html == html, "{}", read.html);
    }
    for text in [
        "[https://example.org/](https://example.org/)",
        "`https://example.org/`",
        "```\nhttps://example.org/\n```\n\n    https://example.org/\n\n[x](https://example.org/)",
        "<a href=\"https://example.org/\">https://example.org/</a>",
    ] {
        assert!(body(text).0.links.len() <= 1, "{text}");
    }
    assert_eq!(inline("At https://example.org/a.", reading(), &mut Reports::new()).links.len(), 1);
}

#[test]
fn headings_start_at_two_skip_no_level_and_have_unique_anchors() {
    let (read, _) = body("# One\n\n#### Four\n\n## One\n\n## Named {#x}\n");
    let got: Vec<_> = read.headings.iter().map(|h| (h.level, h.id.as_str())).collect();
    assert_eq!(got, [(2, "one"), (3, "four"), (3, "one-1"), (3, "x")]);
}

#[test]
fn a_first_heading_that_repeats_the_title_is_left_out() {
    assert_eq!(body("# Own title\n\nText\n").0.html, "<p>Text</p>\n");
    assert_eq!(body("Text\n\n# Own title\n").0.headings.len(), 1);
    assert_eq!(body("# Another\n").0.headings.len(), 1);
}

#[test]
fn the_space_before_a_link_at_the_end_of_a_short_text_stays() {
    let mut reports = Reports::new();
    let read = inline("See [[risk]]", reading(), &mut reports);
    assert_eq!(read.html, "See ");
    assert_eq!(inline("Plain *text* ", reading(), &mut reports).html, "Plain <em>text</em>");
}

#[test]
fn directives_are_taken_out_with_their_text_and_place() {
    let text = "A\n\n```{session-summary}\nprotocol: x\n```\n\n```rust\nfn x() {}\n```\n";
    let (read, _) = body(text);
    assert_eq!(read.directives.len(), 1);
    let block = &read.directives[0];
    assert_eq!(block.name.value, "session-summary");
    let span = block.text.span;
    assert_eq!(&text[span.start as usize..span.end as usize], "protocol: x\n");
    assert!(read.html.contains("language-rust"));
}

#[test]
fn scripts_never_come_through() {
    for text in [
        "<script>alert(1)</script>\n",
        "a <img src=x onerror=alert(1)> b",
        "[x](javascript:alert(1))",
        "<a href=\"javascript:x\">x</a>",
        "<style>p { color: red }</style>\n",
        "<b onclick=x>bold</b>",
    ] {
        let (read, reports) = body(text);
        for bad in ["<script", "onerror", "javascript:", "onclick", "<style"] {
            assert!(!read.html.contains(bad), "{text}: {}", read.html);
        }
        assert!(!reports.is_empty(), "{text}");
    }
}

#[test]
fn harmless_html_stays_and_holes_stay_in_place() {
    let (read, reports) = body("<details><summary>More</summary>\n\nSee [[x]].\n\n</details>\n\nE<sub>2</sub>\n");
    assert!(reports.is_empty(), "{reports:?}");
    assert!(read.html.contains("<details><summary>More</summary>"), "{}", read.html);
    assert!(read.html.contains("E<sub>2</sub>"));
    let at = read.holes.iter().find(|h| h.fill == Fill::LinkOpen(0)).expect("the link").at as usize;
    assert!(read.html[..at].ends_with("See "), "{}", read.html);
}

#[test]
fn footnotes_stand_at_the_end_in_order_of_use() {
    let (read, _) = body("One[^b] two[^a].\n\n[^a]: First written.\n\n[^b]: Second [[x]].\n");
    let second = read.html.find("Second").expect("b");
    let first = read.html.find("First").expect("a");
    assert!(second < first);
    assert!(read.html.find("two").expect("two") < second);
    let link = read.holes.iter().find(|h| h.fill == Fill::LinkOpen(0)).expect("the link");
    assert!(read.html[..link.at as usize].ends_with("Second "));
}

#[test]
fn what_is_nested_too_deeply_is_a_mistake() {
    // The paragraph within is one, too.
    let nested = |depth: usize| ">".repeat(depth - 1) + " deep\n";
    assert!(body(&nested(DEEPEST)).1.is_empty());
    let (_, reports) = body(&nested(DEEPEST + 1));
    assert_eq!(reports.iter().map(|report| report.code.name).collect::<Vec<_>>(), ["text/nesting"]);
}

#[test]
fn any_text_is_read_without_panic() {
    for text in [
        "[[",
        "[[]]",
        "[[|x]]",
        "[@]",
        "[@;@]",
        "![[",
        "```{",
        "```{x",
        "[^",
        "[^a]: [^a]",
        "$$",
        "$\\frac$",
        "<",
        "<!--",
        "\u{0}",
        "# {#}",
    ] {
        let _ = body(text);
        let mut reports = Reports::new();
        let _ = inline(text, reading(), &mut reports);
    }
}

/// The words of a text, with a bar where its markup parts them: as the writer noted it, and as a reader of HTML finds it.
fn words(body: &Body) -> [String; 2] {
    let text = |markup: Vec<(usize, usize, bool)>| {
        let (mut words, mut from) = (String::new(), 0);
        for (start, end, parts) in markup {
            words.push_str(&body.html[from..start]);
            words.push_str(if parts { "|" } else { "" });
            from = end;
        }
        words.push_str(&body.html[from..]);
        words.split(['|', '\n']).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("|")
    };
    let noted = body.markup.iter().map(|part| (part.from as usize, part.end() as usize, part.parts()));
    let read = stretches(&body.html).filter_map(|stretch| match stretch {
        Stretch::Markup(range, parts) => Some((range.start, range.end, parts)),
        Stretch::Words(_) => None,
    });
    [text(noted.collect()), text(read.collect())]
}

#[test]
fn markup_is_noted_while_it_is_written() {
    let text = "# Own title\n\nA *b* **c** ~~d~~ `e < f` & g  \nh[[i]] [j](k.md) [@l] $x$\n\n> [!TIP]\n> m\n\n\
        ## *N* o {#p .q}\n\n- [ ] r\n- s\n\n1. t\n\n   u\n\n| v | w |\n|---|:-:|\n| x | y *z* |\n\n\
        ```{say}\naa\n```\n\n```text\nbb <cc>\n```\n\nDd\n: ee\n\n---\n\n### Ff <b title=\"a > b\">gg</b>\n\n\
        <div>hh</div>\n\n![ii](jj.png) kk\n";
    for raw_html in [RawHtml::Sanitize, RawHtml::Trust] {
        let body = chapter(text, Reading { raw_html, ..reading() }, &mut Reports::new());
        let [noted, read] = words(&body);
        assert_eq!(noted, read, "{}", body.html);
        assert!(noted.contains("A b c d e &lt; f &amp; g|h"), "{noted}");
        // A hole stands in a tag or at the edge of one.
        for hole in &body.holes {
            let in_tag = body.markup.iter().any(|part| part.from < hole.at && hole.at < part.end());
            let has_open_tag = body.html[..hole.at as usize].rfind('<') > body.html[..hole.at as usize].rfind('>');
            assert_eq!(in_tag, has_open_tag, "{hole:?}");
        }
    }
}

#[test]
fn the_number_of_a_footnote_is_no_word() {
    let (body, _) = body("A word[^n] and more[^n].\n\n[^n]: The *note*.\n");
    let [noted, _] = words(&body);
    assert_eq!(noted, "A word and more.|The note.");
}

#[test]
fn short_texts_end_with_their_words() {
    for text in ["a *b*", "a\n", "*a*  \nb", "`a` [@b]", "<b>a</b>"] {
        let body = inline(text, reading(), &mut Reports::new());
        let [noted, read] = words(&body);
        assert_eq!(noted, read, "{text}");
        assert!(body.markup.iter().all(|part| part.end() as usize <= body.html.len()), "{text}");
    }
}

#[test]
fn headings_have_holes_at_their_words() {
    let (body, _) = body("## A *b*\n\nc\n\n### D [[e]]\n");
    let at = |wanted: fn(&Fill) -> bool| -> Vec<usize> {
        body.holes.iter().filter(|hole| wanted(&hole.fill)).map(|hole| hole.at as usize).collect()
    };
    let opened = at(|fill| matches!(fill, Fill::HeadingOpen(_)));
    let closed = at(|fill| matches!(fill, Fill::HeadingClose));
    let inner: Vec<&str> = opened.iter().zip(&closed).map(|(open, close)| &body.html[*open..*close]).collect();
    assert_eq!(inner, ["A <em>b</em>", "D "]);
}
