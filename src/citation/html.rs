//! Writes hayagriva's element trees as HTML without `style` attributes, and cleans up the punctuation in them.

use hayagriva::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, ElemMeta, Formatting};

use crate::citation::marks::{JOINER, OTHERS};

/// A stretch of text in one format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) formatting: Formatting,
    /// Where the text links to outside the manual.
    pub(super) link: Option<String>,
    /// Which part of a citation the run belongs to.
    pub(super) part: usize,
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Text,
    /// A person's name.
    Name,
    /// A date.
    Date,
    /// The number or label that numeric styles print before a reference.
    Label,
    /// A new line begins here.
    Break,
}

impl Run {
    pub(super) fn new(text: &str, part: usize) -> Self {
        Self { text: text.to_owned(), formatting: Formatting::default(), link: None, part, role: Role::Text }
    }
}

/// How "et al." is written in a style and language.
#[derive(Debug, Clone)]
pub(super) struct EtAlWords {
    pub(super) text: String,
    pub(super) formatting: hayagriva::citationberg::Formatting,
}

/// The runs of an element tree, in reading order.
pub(super) fn runs_of(children: &ElemChildren, part: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    children.0.iter().for_each(|child| collect(child, part, Role::Text, &mut runs));
    runs
}

/// The runs of one element, in reading order.
pub(super) fn runs_of_child(child: &ElemChild, part: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    collect(child, part, Role::Text, &mut runs);
    runs
}

fn collect(child: &ElemChild, part: usize, role: Role, runs: &mut Vec<Run>) {
    match child {
        ElemChild::Text(text) => {
            runs.push(Run { text: text.text.replace(JOINER, ""), formatting: text.formatting, link: None, part, role })
        }
        ElemChild::Markup(text) => runs.push(Run { role, ..Run::new(text, part) }),
        ElemChild::Link { text, url } => {
            runs.push(Run { text: text.text.clone(), formatting: text.formatting, link: web_address(url), part, role });
        }
        ElemChild::Elem(elem) => {
            let role = match elem.meta {
                Some(ElemMeta::Name(..)) => Role::Name,
                Some(ElemMeta::Date) => Role::Date,
                Some(ElemMeta::CitationNumber | ElemMeta::CitationLabel) => Role::Label,
                _ => role,
            };
            if matches!(elem.display, Some(Display::Block | Display::Indent)) && !runs.is_empty() {
                runs.push(Run { role: Role::Break, ..Run::new("", part) });
            }
            elem.children.0.iter().for_each(|child| collect(child, part, role, runs));
        }
        ElemChild::Transparent { .. } => {}
    }
}

/// An address that is safe in `href`; only the web, no `javascript:` and the like.
fn web_address(url: &str) -> Option<String> {
    let is_web = ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    if !is_web {
        return None;
    }
    // In a DOI even these are letters like any other.
    let strict = if url.starts_with("https://doi.org/") { "#?%" } else { "" };
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || "<>\"`{}|\\^".contains(c) || strict.contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        } else {
            safe.push(c);
        }
    }
    Some(safe)
}

/// Writes "et al." where the tree has [`OTHERS`], with the comma before it if the style put one before its last name.
pub(super) fn write_et_al(runs: &mut Vec<Run>, words: &EtAlWords) {
    let mut done: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.drain(..) {
        if run.text != OTHERS {
            let text = if run.role == Role::Label {
                run.text.replace(OTHERS, "+")
            } else {
                run.text.replace(OTHERS, &words.text)
            };
            done.push(Run { text, ..run });
            continue;
        }
        let mut between = String::new();
        while let Some(last) = done.pop_if(|last| last.role != Role::Name && last.part == run.part) {
            between.insert_str(0, &last.text);
        }
        let comma: String =
            between.trim_start().chars().take_while(|c| matches!(c, ',' | ';' | '、' | '،' | '/')).collect();
        done.push(Run { text: format!("{comma} "), role: Role::Text, ..run.clone() });
        done.push(Run {
            text: words.text.clone(),
            formatting: apply(run.formatting, words.formatting),
            role: Role::Text,
            ..run
        });
    }
    *runs = done;
}

fn apply(mut formatting: Formatting, over: hayagriva::citationberg::Formatting) -> Formatting {
    formatting.font_style = over.font_style.unwrap_or(formatting.font_style);
    formatting.font_variant = over.font_variant.unwrap_or(formatting.font_variant);
    formatting.font_weight = over.font_weight.unwrap_or(formatting.font_weight);
    formatting.text_decoration = over.text_decoration.unwrap_or(formatting.text_decoration);
    formatting.vertical_align = over.vertical_align.unwrap_or(formatting.vertical_align);
    formatting
}

/// Writes the letter of `2020a` behind the year, or `-a` behind the words for "no date".
pub(super) fn write_year_letter(runs: &mut [Run], year: Option<i32>, letter: &str, no_date: &[String]) {
    if let Some(year) = year.map(|year| year.to_string()) {
        let end_of_year = |run: &Run| {
            run.text
                .find(&year)
                .map(|at| at + year.len())
                .filter(|&end| !run.text[end..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let found =
            runs.iter_mut().filter(|run| run.role == Role::Date).find_map(|run| end_of_year(run).map(|end| (run, end)));
        if let Some((run, end)) = found {
            run.text.insert_str(end, letter);
        }
        return;
    }
    let found = runs.iter_mut().filter(|run| run.role == Role::Text && run.link.is_none()).find_map(|run| {
        let end = no_date.iter().find_map(|words| run.text.find(words.as_str()).map(|at| at + words.len()))?;
        Some((run, end))
    });
    if let Some((run, end)) = found {
        run.text.insert_str(end, &format!("-{letter}"));
    }
}

/// Removes doubled spaces and full stops, and other punctuation that comes to stand side by side when a style puts
/// fields together, across formats and parts. Links stay as they are.
pub(super) fn clean(runs: &mut Vec<Run>) {
    let whole: Vec<(usize, char)> =
        runs.iter().enumerate().flat_map(|(ix, run)| run.text.chars().map(move |c| (ix, c))).collect();
    let linked = |ix: usize| runs[ix].link.is_some();
    let mut kept = Kept { chars: Vec::with_capacity(whole.len()) };

    let mut position = 0;
    while let Some(&(run, c)) = whole.get(position) {
        let next = whole.get(position + 1).map(|&(_, c)| c);
        if linked(run) {
            kept.chars.push((run, c, true));
        } else if c.is_whitespace() && c != '\u{a0}' {
            let too_late = next.is_none_or(|next| next.is_whitespace() || matches!(next, ',' | ';' | ')' | ']'));
            // "8 : 83"; but a title may well have " : " in it.
            let before_colon = next == Some(':') && kept.last().is_some_and(|last| last.is_ascii_digit());
            let again = kept.last().is_none_or(|last| last.is_whitespace() || matches!(last, '(' | '['));
            if !(too_late || before_colon || again) {
                kept.chars.push((run, ' ', false));
            }
        } else if c == '.' {
            let dots = whole[position..].iter().take_while(|&&(run, c)| c == '.' && !linked(run)).count();
            let ends_here = whole.get(position + dots).is_none_or(|&(_, c)| c.is_whitespace());
            if dots >= 3 {
                // An ellipsis stays, and takes in the full stop that a style adds.
                kept.chars.extend(std::iter::repeat_n((run, '.', false), 3));
            } else {
                kept.drop_last(|last| matches!(last, ',' | ';') || (ends_here && last == ' '));
                if !kept.ends_a_sentence() {
                    kept.chars.push((run, '.', false));
                }
            }
            position += dots;
            continue;
        } else if c == ',' {
            kept.drop_last(|last| matches!(last, ',' | ':'));
            kept.chars.push((run, ',', false));
        } else {
            if c == ')' {
                // "(2017, )": hayagriva writes the comma before a month that is not there.
                while kept.drop_last(|last| matches!(last, ',' | ' ')) {}
            }
            kept.chars.push((run, c, false));
        }
        position += 1;
    }
    while kept.drop_last(|last| last.is_whitespace() || matches!(last, ',' | ';' | ':')) {}

    runs.iter_mut().for_each(|run| run.text.clear());
    for (run, c, _) in kept.chars {
        runs[run].text.push(c);
    }
    runs.retain(|run| !run.text.is_empty() || run.role == Role::Break);
}

/// The characters that stay, each with its run and whether it is part of a link.
struct Kept {
    chars: Vec<(usize, char, bool)>,
}

impl Kept {
    fn last(&self) -> Option<char> {
        self.chars.last().map(|&(_, c, _)| c)
    }

    fn drop_last(&mut self, unwanted: impl Fn(char) -> bool) -> bool {
        self.chars.pop_if(|(_, c, linked)| !*linked && unwanted(*c)).is_some()
    }

    /// Whether a full stop would be one too many.
    fn ends_a_sentence(&self) -> bool {
        let quoted =
            self.chars.iter().rev().skip_while(|(_, c, _)| matches!(c, '”' | '’' | '»')).map(|&(_, c, _)| c).next();
        let linked = self.chars.last().is_some_and(|&(.., linked)| linked);
        !linked && matches!(quoted, Some('.' | '?' | '!' | '…'))
    }
}

/// Takes the number or label off the front of a reference, with the brackets or the full stop around it.
pub(super) fn split_label(runs: &mut Vec<Run>) -> Option<Vec<Run>> {
    let first = runs.iter().position(|run| run.text.chars().any(char::is_alphanumeric))?;
    if runs[first].role != Role::Label {
        return None;
    }
    let end = runs[first..].iter().position(|run| run.role != Role::Label).map_or(runs.len(), |length| first + length);
    let mut rest = runs.split_off(end);
    let mut label = std::mem::take(runs);
    if let Some(next) = rest.first_mut() {
        let closing: usize = next
            .text
            .chars()
            .take_while(|c| matches!(c, ']' | ')' | '.' | ':') || c.is_whitespace())
            .map(char::len_utf8)
            .sum();
        let mut closed = next.clone();
        closed.text.truncate(closing);
        next.text.drain(..closing);
        label.push(closed);
    }
    *runs = rest;
    Some(label)
}

/// Gives brackets that enclose the whole of a part to parts of their own, `before` and `after`.
pub(super) fn split_brackets(runs: &mut Vec<Run>, before: usize, after: usize) {
    const PAIRS: [(char, char); 2] = [('[', ']'), ('(', ')')];
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let Some((open, close)) = PAIRS.into_iter().find(|&(open, close)| text.starts_with(open) && text.ends_with(close))
    else {
        return;
    };
    let inside = &text[open.len_utf8()..text.len() - close.len_utf8()];
    if inside.contains([open, close]) {
        return;
    }
    if let Some(first) = runs.first_mut() {
        first.text.remove(0);
        let bracket = Run { text: open.to_string(), part: before, role: Role::Text, ..first.clone() };
        runs.insert(0, bracket);
    }
    if let Some(last) = runs.last_mut() {
        last.text.pop();
        let bracket = Run { text: close.to_string(), part: after, role: Role::Text, ..last.clone() };
        runs.push(bracket);
    }
}

/// Writes runs as HTML.
pub(super) fn write(runs: &[Run], links: bool) -> String {
    let mut html = String::new();
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let alike = rest
            .iter()
            .take_while(|run| run.formatting == first.formatting && run.link == first.link && run.role != Role::Break)
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
pub(super) fn escape(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
}
