//! Turns runs into HTML that a strict Content-Security-Policy allows.
//!
//! It changes no word of the text.

use hayagriva::Formatting;
use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};

use crate::citation::html::runs::{RunRole, TextRun};

/// Writes runs as HTML.
pub(in crate::citation) fn write(runs: &[TextRun], links: bool) -> String {
    let mut html = String::new();
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let alike = rest
            .iter()
            .take_while(|run| {
                run.formatting == first.formatting && run.link == first.link && run.role != RunRole::Break
            })
            .count();
        if alike == 0 {
            html.push_str("<br>");
            rest = &rest[1..];
            continue;
        }
        let text: String = rest[..alike].iter().map(|run| run.text.as_str()).collect();
        write_run(&text, first.formatting, first.link.as_deref().filter(|_| links), &mut html);
        rest = &rest[alike..];
    }
    html
}

fn write_run(text: &str, formatting: Formatting, link: Option<&str>, html: &mut String) {
    if text.is_empty() {
        return;
    }
    let mut ends = Vec::new();
    let mut open = |start: &str, end: &'static str, html: &mut String| {
        html.push_str(start);
        ends.push(end);
    };
    if let Some(address) = link {
        html.push_str("<a href=\"");
        escape(address, html);
        open("\">", "</a>", html);
    }
    if formatting.font_style == FontStyle::Italic {
        open("<i>", "</i>", html);
    }
    if formatting.font_weight == FontWeight::Bold {
        open("<b>", "</b>", html);
    }
    if formatting.font_variant == FontVariant::SmallCaps {
        open("<span class=\"ipt-small-caps\">", "</span>", html);
    }
    if formatting.text_decoration == TextDecoration::Underline {
        open("<span class=\"ipt-underline\">", "</span>", html);
    }
    match formatting.vertical_align {
        VerticalAlign::Sup => open("<sup>", "</sup>", html),
        VerticalAlign::Sub => open("<sub>", "</sub>", html),
        VerticalAlign::None | VerticalAlign::Baseline => {}
    }
    escape(text, html);
    ends.into_iter().rev().for_each(|end| html.push_str(end));
}

/// Appends a text so that it is safe between tags and in attributes.
pub(in crate::citation) fn escape(text: &str, html: &mut String) {
    pulldown_cmark_escape::escape_html(html, text).expect("a string takes everything");
}
