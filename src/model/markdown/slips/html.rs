//! Finds Markdown between the tags of a block of HTML, where it is not read, and comments that do not end.

use std::ops::Range;

use memchr::memmem;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::slips::typed::TypedText;
use crate::model::raw_html;

/// Checks a block of HTML for links, citations and bold words as Markdown has them.
///
/// # Reports
/// `markdown/foreign-syntax`.
pub(crate) fn check_block(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let html = typed.slice(at.clone());
    if html.trim_start().starts_with("<!--") {
        return check_after_comment(typed, at, reports);
    }
    let verbatim = ["<pre", "<script", "<style", "<textarea", "<code", "<?", "<!"];
    let begin = html.trim_start().get(..9).unwrap_or(html).to_ascii_lowercase();
    if verbatim.iter().any(|tag| begin.starts_with(tag)) {
        return;
    }
    let Some((found, is_link)) = first_mark(html) else { return };
    let range = at.start + found.start..at.start + found.end;
    let what = html[found.clone()].trim();
    let message = format!("`{what}` is shown as it is typed: between tags, Markdown is not read");
    let report = Diagnostic::new(&diag::FOREIGN_SYNTAX, typed.span(range), message)
        .help("leave an empty line below the tag before it, and one above the tag after it; or leave out the tags");
    let report = if is_link { report } else { report.into_warning() };
    // Between the two tags around it.
    let begin = html[..found.start].rfind('>').map(|end| end + 1);
    let end = html[found.end..].find('<').map(|more| found.end + more);
    reports.push(match (begin, end) {
        (Some(begin), Some(end)) if typed.begins_line(at.start) => {
            let words = html[begin..end].trim();
            typed.fix(report, at.start + begin..at.start + end, format!("\n\n{words}\n\n"))
        }
        _ => report,
    });
}

/// Checks what follows a comment on the line where it ends.
///
/// # Reports
/// `markdown/foreign-syntax`.
fn check_after_comment(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let html = typed.slice(at.clone());
    let Some(end) = html.find("-->").map(|end| end + "-->".len()) else { return };
    let rest = html[end..].trim();
    if rest.is_empty() || rest.starts_with('<') {
        return;
    }
    let begin = end + html[end..].find(rest).unwrap_or(0);
    let range = at.start + begin..at.start + begin + rest.lines().next().unwrap_or_default().trim_end().len();
    let report = Diagnostic::new(
        &diag::FOREIGN_SYNTAX,
        typed.span(range),
        "this is shown as it is typed: on the line where a note ends, Markdown is not read",
    )
    .help("leave an empty line between the note and these words");
    let gap = at.start + end..at.start + begin;
    reports.push(if typed.begins_line(at.start) { typed.fix(report, gap, "\n\n") } else { report });
}

/// The first mark of Markdown outside tags and comments, and whether it is that of a link or citation.
fn first_mark(html: &str) -> Option<(Range<usize>, bool)> {
    let mut at = 0;
    while at < html.len() {
        let open = html[at..].find('<').map_or(html.len(), |open| at + open);
        let words = &html[at..open];
        let found = [("[[", "]]", true), ("[@", "]", true), ("](", ")", true), ("**", "**", false)]
            .into_iter()
            .filter_map(|(begin, end, is_link)| {
                let from = words.find(begin)?;
                let to = from + begin.len() + words[from + begin.len()..].find(end)? + end.len();
                let from = if begin == "](" { words[..from].rfind('[')? } else { from };
                Some((at + from..at + to, is_link))
            })
            .min_by_key(|(range, _)| range.start);
        if found.is_some() {
            return found;
        }
        // Marks that begin a line.
        let begins = ["- ", "* ", "# ", "## ", "### ", "> [!", "```", "1. "];
        let mut from = 0;
        for line in words.split_inclusive('\n') {
            let text = line.trim_start();
            if from > 0 && begins.iter().any(|mark| text.starts_with(mark)) {
                let begin = at + from + line.len() - text.len();
                return Some((begin..begin + text.trim_end().len(), text.starts_with("```") || text.starts_with("> ")));
            }
            from += line.len();
        }
        let rest = &html[open..];
        let close = if rest.starts_with("<!--") { "-->" } else { ">" };
        at = open + rest.find(close).map_or(rest.len(), |end| end + close.len());
    }
    None
}

/// Checks a stretch of words for a comment that an empty line cuts, so that readers see it.
///
/// # Reports
/// `markdown/foreign-syntax`.
pub(crate) fn check_comment(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let words = typed.slice(at.clone());
    let others = ["<!-", "<!—", "<!–", "< !--"];
    if let Some((begin, mark)) = others.iter().find_map(|mark| Some((words.find(mark)?, *mark)))
        && memmem::find(words.as_bytes(), b"<!--").is_none()
        && !typed.text[..at.start + begin].ends_with('\\')
    {
        let range = at.start + begin..at.start + begin + mark.len();
        let report = Diagnostic::new(&diag::FOREIGN_SYNTAX, typed.span(range), "readers see this note")
            .help("write a note between `<!--` and `-->`, with two hyphens each");
        reports.push(report);
        return;
    }
    let Some(found) = memmem::find(words.as_bytes(), b"<!--") else { return };
    let begin = at.start + found;
    if typed.text[..begin].ends_with('\\') {
        return;
    }
    let span = typed.span(begin..begin + "<!--".len());
    let report =
        Diagnostic::new(&diag::FOREIGN_SYNTAX, span, "readers see this note: it is not closed in its paragraph");
    // A note is not that long.
    let rest = &typed.text.as_bytes()[begin..];
    reports.push(match memmem::find(&rest[..rest.len().min(10_000)], b"-->") {
        Some(length) => {
            // On a line of its own, it may have empty lines.
            let note = &typed.text[begin..begin + length + "-->".len()];
            let report = report.help("put the note on lines of its own, with an empty line above it");
            if typed.text[..begin]
                .rsplit('\n')
                .next()
                .is_some_and(|before| !before.trim_start().starts_with(['>', '-', '*', '|']))
            {
                typed.fix(report, begin..begin + note.len(), format!("\n\n{note}\n"))
            } else {
                report
            }
        }
        None => report.help("write `-->` after the note"),
    });
}

/// The tags that are open: their names, and where they begin and end.
#[derive(Default)]
pub(crate) struct OpenTags(Vec<(String, Range<usize>)>);

impl OpenTags {
    /// Takes a piece of HTML that begins at an offset.
    pub(crate) fn take(&mut self, html: &str, start: usize) {
        // Nobody opens more by hand.
        const MOST: usize = 100;
        let mut at = 0;
        while let Some(begin) = html[at..].find('<').map(|begin| at + begin) {
            let rest = &html[begin..];
            let length = match rest.strip_prefix("<!--") {
                Some(note) => note.find("-->").map(|end| "<!--".len() + end + "-->".len()),
                None => raw_html::tag_end(rest),
            };
            let Some(length) = length else { break };
            at = begin + length;
            let tag = &rest[1..length - 1];
            let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
            let name: String =
                tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
            if is_end {
                if let Some(open) = self.0.iter().rposition(|(open, _)| *open == name) {
                    self.0.truncate(open);
                }
                continue;
            }
            // Words between the signs of a tag have a report of their own.
            let are_words = tag.trim().contains(' ') && !tag.contains('=') && !tag.ends_with("open");
            if !name.is_empty()
                && !tag.ends_with('/')
                && !are_words
                && raw_html::needs_end(&name)
                && self.0.len() < MOST
            {
                self.0.push((name, start + begin..start + begin + length));
            }
        }
    }

    /// Reports those that are open still.
    ///
    /// # Reports
    /// `html/unsafe`.
    pub(crate) fn finish(&mut self, typed: TypedText<'_>, reports: &mut Reports) {
        for (name, range) in self.0.drain(..) {
            let written = typed.slice(range.clone());
            let short = format!("<{name}>");
            let written = if written.len() > 40 || written.contains('\n') { short.as_str() } else { written };
            let message = format!("`{written}` is not closed, so what follows belongs to it");
            let help =
                format!("close it with `</{name}>` where it ends; or, if readers are to see it, write `\\{written}`");
            reports.push(Diagnostic::new(&diag::UNSAFE_HTML, typed.span(range), message).help(help));
        }
    }
}
