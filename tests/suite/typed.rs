//! Tests that what an author types is what readers get: the pages of a manual that uses what Markdown leaves open.

use crate::support::{TODAY, TestManual};

/// The page of a chapter with this text.
fn page(text: &str) -> String {
    let manual = TestManual::new(&[("pages/a.md", format!("---\ntitle: A\nsummary: One.\n---\n\n{text}\n"))]);
    manual.write("assets/x.pdf", "a document");
    manual.write("assets/y.png", "a picture");
    let ran = manual.run(&["build", "--as-of", TODAY, "--strict"]);
    assert_eq!(ran.code, 0, "{text}: {}", ran.stderr);
    manual.read("site/pages/a.html")
}

fn has(page: &str, html: &str) {
    let main = page.split_once("<main").map_or(page, |(_, main)| main);
    assert!(main.contains(html), "no {html} in {main}");
}

#[test]
fn a_link_to_a_place_in_a_document_keeps_it() {
    has(&page("[p](../assets/x.pdf#page=3)"), "<a href=\"../assets/x.pdf#page=3\">p</a>");
    has(&page("[p](../assets/x.pdf)"), "<a href=\"../assets/x.pdf\">p</a>");
}

#[test]
fn a_footnote_and_a_heading_have_anchors_of_their_own() {
    let page = page("## Fn 1\n\nA[^1].\n\n## Fnref 1\n\n[^1]: B.");
    for id in ["fn-1", "fn:1", "fnref-1", "fnref:1"] {
        assert_eq!(page.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
}

#[test]
fn pictures_have_widths_and_captions() {
    has(&page("![A](../assets/y.png){width=50%}"), "alt=\"A\" width=\"320\" loading=\"lazy\">");
    has(&page("![A](../assets/y.png){width=300px} b"), "alt=\"A\" width=\"300\" loading=\"lazy\"> b");
    has(&page("<img src=\"../assets/y.png\" alt=\"A\" width=\"40\">"), "alt=\"A\" width=\"40\" loading=\"lazy\">");
    let page = page("![A](../assets/y.png \"What it shows\")");
    has(&page, "<span class=\"ipt-caption\">What it shows</span>");
    assert!(!page.contains("title=\"What it shows\""));
}

#[test]
fn addresses_are_links_and_sums_of_money_are_no_formulas() {
    let page = page(
        "See https://example.org/a_b. It costs $20-$30, ~$14 … ~$21, US$20 and AU$35, $x$.\n\n`https://example.org/`",
    );
    has(&page, "rel=\"external noopener\" class=\"ipt-external\">https://example.org/a_b</a>.");
    has(&page, "It costs $20-$30, ~$14 … ~$21, US$20 and AU$35, <math");
    has(&page, "<code>https://example.org/</code>");
}

#[test]
fn headings_of_the_first_level_stay_above_those_of_the_second() {
    let page = page("# One\n\n## Two\n\n# Three");
    for html in ["<h2 id=\"one\">", "<h3 id=\"two\">", "<h2 id=\"three\">"] {
        has(&page, html);
    }
}

#[test]
fn what_is_not_said_is_not_made_up() {
    let manual = TestManual::new(&[
        (
            "manual.yaml",
            "title: T\nsafety: page/a\nslots: { crisis: { label: Crisis line, value: \"[to be filled in]\", on-sheets: true } }\n",
        ),
        ("pages/a.md", "---\ntitle: A\nsummary: One.\nversion: \"1\"\n---\n\nCall [[slot/crisis]].\n"),
        ("sessions/b.md", "---\ntitle: B\nsummary: One.\nsessions: 1\n---\n"),
        ("pages/c.md", "---\ntitle: C\nstatus: draft\norder: tenth\n---\n\n[[nothing]]\n"),
    ]);
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "a draft stops nobody: {}", ran.stderr);
    assert!(ran.stderr.contains("slot/unfilled") && !ran.stderr.contains("pages/c.md"), "{}", ran.stderr);
    let read = |path: &str| manual.read(&format!("site/{path}"));
    has(&read("pages/a.html"), "To be filled in: Crisis line");
    has(&read("pages/a.html"), "<dt>Status</dt><dd>Not stated</dd>");
    assert!(!read("document-control.html").contains("Approved"));
    assert!(read("data/manual.json").contains("\"status\": \"not-stated\""));
    assert!(read("sessions/b.sheet.html").contains("<strong>Crisis line:</strong> <span class=\"ipt-sheet__blank\">"));
    let ran = manual.run(&["build", "--as-of", TODAY, "--drafts"]);
    assert!(ran.code == 1 && ran.stderr.contains("pages/c.md"), "{}", ran.stderr);
}
