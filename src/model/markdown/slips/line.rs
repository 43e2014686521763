//! Finds what a line begins with and Markdown does not read: headings without a space, signs of other lists, the boxes
//! of other tools.

use std::ops::Range;

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::slips::alert;
use crate::model::markdown::slips::typed::TypedText;

/// A line of a paragraph.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ParagraphLine {
    /// Where its words begin.
    pub(crate) at: usize,
    /// Whether it is the first line of the paragraph.
    pub(crate) is_first: bool,
    /// Whether it is the only one.
    pub(crate) is_only: bool,
    /// Whether it is in a quotation.
    pub(crate) is_quoted: bool,
}

/// Signs that stand before the items of a list in word processors, and are no sign of a list in Markdown. The last two are
/// what Word's own fonts write.
const BULLETS: &[char] = &['•', '·', '●', '▪', '■', '◦', '‣', '⁃', '∙', '○', '❖', '➢', '✓', '\u{f0b7}', '\u{f0a7}'];

/// # Reports
/// `markdown/heading`, `markdown/list`, `markdown/unknown-alert`, `markdown/unclosed-fence` and
/// `markdown/foreign-syntax`.
pub(crate) fn check(typed: TypedText<'_>, line: ParagraphLine, reports: &mut Reports) {
    let words = typed.rest_of_line(line.at);
    let Some(first) = words.chars().next() else { return };
    if line.is_quoted && line.is_first && alert::check_nearly(typed, line.at, reports) {
        return;
    }
    match first {
        '#' => heading(typed, line, words, reports),
        '[' if !alert::check(typed, line.at, line.is_quoted, reports) && line.is_first => {
            contents(typed, line, words, reports);
        }
        ':' | '!' | '?' | '.' | '\\' | '%' => foreign(typed, line, words, reports),
        '`' => fence(typed, line, words, reports),
        '\'' | '´' | '‘' | '’' | 'ˋ' | '"' | '“' | '”' if words.trim_end().ends_with('}') => {
            quotes(typed, line, words, reports)
        }
        '0'..='9' => number(typed, line, words, reports),
        '-' | '+' | '*' => no_break_after_sign(typed, line, words, reports),
        'o' if words.starts_with("o\t") => bullet(typed, line, first, words, reports),
        _ if BULLETS.contains(&first) => bullet(typed, line, first, words, reports),
        _ => {}
    }
}

/// `##Title`, and `## Title` with a space that is no ordinary one.
fn heading(typed: TypedText<'_>, line: ParagraphLine, words: &str, reports: &mut Reports) {
    let title = words.trim_start_matches('#');
    let level = words.len() - title.len();
    if title.is_empty() {
        return;
    }
    if level > 6 {
        if title.starts_with(' ') && !title.trim().is_empty() {
            let range = line.at..line.at + level;
            let report =
                Diagnostic::new(&diag::HEADING, typed.span(range.clone()), "this is no heading: it has too many `#`")
                    .help("write six `#` at the most");
            reports.push(typed.fix(report, range, "######"));
        }
        return;
    }
    let range = line.at..line.at + level;
    let bare = title.trim_start_matches(['\u{a0}', '\u{2007}', '\u{202f}', '\u{3000}', '\u{200b}', '\u{feff}', ' ']);
    let signs = "#".repeat(level);
    let mended = format!("{signs} {bare}");
    let whole = line.at..line.at + words.trim_end().len();
    if bare.len() < title.len() {
        let report = Diagnostic::new(
            &diag::HEADING,
            typed.span(range),
            "this is no heading: the space after the `#` is not an ordinary one",
        )
        .help(format!("delete what is between `{signs}` and the words, and type a space"));
        reports.push(typed.fix(report, whole, mended.trim_end()));
        return;
    }
    // `#1` and `#word` may be a number or a tag.
    let is_title = title.starts_with(char::is_alphabetic)
        && (level > 1
            || (line.is_first && line.is_only && title.starts_with(char::is_uppercase) && !title.contains('#')));
    let is_numbered = level > 1 && title.starts_with(|letter: char| letter.is_numeric());
    let is_marked = level > 1 && title.starts_with(['*', '_', '"', '“', '«', '[', '(']);
    if is_title || is_numbered || is_marked {
        let report =
            Diagnostic::new(&diag::HEADING, typed.span(range), "this is no heading: a space is missing after the `#`")
                .help(format!("write `{}`", shortened(&mended)));
        let report = if level == 1 { report.into_warning() } else { report };
        reports.push(typed.fix(report, whole, mended.trim_end()));
    }
}

/// Checks what stands in braces at the end of a heading: only a name, `{#name}`, and classes, `{.name}`, are read there, and
/// all of it vanishes.
///
/// # Reports
/// `markdown/foreign-syntax`.
pub(crate) fn check_braces(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let heading = typed.slice(at.clone()).trim_end();
    // The line below it may make it one.
    let heading = if heading.starts_with('#') { heading } else { heading.trim_end_matches(['=', '-']).trim_end() };
    let Some(begin) = heading.strip_suffix('}').and_then(|heading| heading.rfind(['{', '}'])) else { return };
    let written = &heading[begin..];
    let Some(inner) = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return };
    // With these it is part of the title, as Markdown has it.
    if inner.contains(['<', '>', '\\', '\n']) {
        return;
    }
    let is_read = |part: &str| part.len() > 1 && part.starts_with(['#', '.']);
    let Some(other) = inner.split_ascii_whitespace().find(|part| !is_read(part)) else { return };
    let range = at.start + begin..at.start + heading.len();
    reports.push(if other.contains('=') || !other.contains(char::is_alphanumeric) {
        let report =
            Diagnostic::new(&diag::FOREIGN_SYNTAX, typed.span(range.clone()), format!("`{written}` is not read here"))
                .into_warning()
                .help("remove it");
        typed.fix(report, range, "")
    } else {
        let message = format!("`{written}` vanishes: in braces, a heading has its name for links, such as `{{#dose}}`");
        let report = Diagnostic::new(&diag::FOREIGN_SYNTAX, typed.span(range.clone()), message)
            .help(format!("write `{{{inner}\\}}`, or round brackets"));
        typed.fix(report, range.end - 1..range.end - 1, "\\")
    });
}

/// Not more of a line than a message can hold.
fn shortened(line: &str) -> String {
    const MOST: usize = 60;
    let line = line.trim_end();
    match line.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line.to_owned(),
    }
}

/// `[TOC]`.
fn contents(typed: TypedText<'_>, line: ParagraphLine, words: &str, reports: &mut Reports) {
    let word = words.trim().trim_matches(['[', ']', '_']).to_ascii_lowercase();
    if line.is_only && words.trim().ends_with(']') && matches!(word.as_str(), "toc" | "tableofcontents" | "contents") {
        reports.push(
            Diagnostic::new(
                &diag::FOREIGN_SYNTAX,
                typed.span(line.at..line.at + words.trim().len()),
                format!("`{}` does nothing here", words.trim()),
            )
            .into_warning()
            .help("remove it: every page has a list of its headings"),
        );
    }
}

/// Boxes and commands of other tools.
fn foreign(typed: TypedText<'_>, line: ParagraphLine, words: &str, reports: &mut Reports) {
    // Somebody may begin a line with three signs to make it urgent: a box has a type in small letters, and a title in quotes.
    let is_box = |mark: &str| {
        words.strip_prefix(mark).map(|rest| rest.trim_start_matches('+').trim()).is_some_and(|rest| {
            let kind = rest.split('"').next().unwrap_or_default();
            kind.starts_with(|letter: char| letter.is_ascii_lowercase())
                && kind.chars().all(|letter| letter.is_ascii_lowercase() || matches!(letter, '-' | ' '))
                && (rest.ends_with('"') || !rest.contains('"') && !rest.trim().contains(' '))
        })
    };
    let first = words.split_whitespace().next().unwrap_or_default();
    let alert = || {
        let kind = words.trim_start_matches([':', '!', '?', '+', ' ', '{', '.']);
        // `callout-warning`, `admonition danger`
        let mut words = kind.split(|letter: char| !letter.is_alphanumeric()).take(4);
        let name = words.find_map(|word| alert::meant_by(word).filter(|_| word != "admonition")).unwrap_or("NOTE");
        format!("write a quotation that begins with `> [!{name}]`, and `> ` before each of its lines")
    };
    let (length, message, help) = if words.starts_with(":::") {
        // The line that ends a box belongs to the one that begins it.
        let is_end = words.trim_matches([':', ' ']).is_empty();
        if is_end && begins_box(&typed.text[..line.at]) {
            return;
        }
        (words.trim_end().len(), "boxes between lines of `:::` are not read", alert())
    } else if is_box("!!!") || is_box("???") {
        (words.trim_end().len(), "boxes that begin with `!!!` or `???` are not read", alert())
    } else if words.strip_prefix(".. ").is_some_and(|rest| rest.trim_end().contains("::")) {
        (words.trim_end().len(), "reStructuredText is not read", alert())
    } else if words.starts_with("%%") {
        let help = "remove it, or write it between `<!--` and `-->`".to_owned();
        (2, "a note between `%%` is not hidden: readers see it", help)
    } else if matches!(first, "\\newpage" | "\\pagebreak" | "\\clearpage" | "\\tableofcontents") {
        (first.len(), "commands of LaTeX are not read", "remove it".to_owned())
    } else {
        return;
    };
    reports.push(Diagnostic::new(&diag::FOREIGN_SYNTAX, typed.span(line.at..line.at + length), message).help(help));
}

/// Whether a box of `:::` that has a name begins in a text.
fn begins_box(text: &str) -> bool {
    text.lines().rev().take(50).any(|line| {
        let words = line.trim_start_matches([' ', '>']);
        words.starts_with(":::") && !words.trim_matches([':', ' ']).is_empty()
    })
}

/// Three quotes or accents instead of backticks.
fn quotes(typed: TypedText<'_>, line: ParagraphLine, words: &str, reports: &mut Reports) {
    let info = words.trim_start_matches(['\'', '´', '‘', '’', 'ˋ', '"', '“', '”']).trim();
    if info.starts_with('{')
        && info[1..].trim_end_matches('}').bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
    {
        let range = line.at..line.at + words.trim_end().len();
        let message = "a block begins with three backticks, and these are none";
        reports.push(
            Diagnostic::new(&diag::UNCLOSED_FENCE, typed.span(range), message)
                .help(format!("write three backticks here, before `{info}`, and three below the last line")),
        );
    }
}

/// Two backticks that are not even code.
fn fence(typed: TypedText<'_>, line: ParagraphLine, words: &str, reports: &mut Reports) {
    let info = words.trim_start_matches('`');
    let length = words.len() - info.len();
    if length < 3 && info.starts_with('{') && info.trim_end().ends_with('}') {
        let range = line.at..line.at + words.trim_end().len();
        reports.push(
            Diagnostic::new(&diag::UNCLOSED_FENCE, typed.span(range), "a block begins with three backticks")
                .help(format!("write three backticks here, before `{}`, and three below the last line", info.trim())),
        );
    }
}

/// `1.one`, and `1. one` with a no-break space.
fn number(typed: TypedText<'_>, line: ParagraphLine, words: &str, reports: &mut Reports) {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let Some(item) = words[digits..].strip_prefix(['.', ')']).filter(|_| digits <= 3) else { return };
    let sign = &words[..=digits];
    let bare = item.trim_start_matches('\u{a0}');
    let is_word = bare.chars().take(2).filter(|letter| letter.is_alphabetic()).count() == 2;
    // A domain name, or the name of a file, may begin like this, too.
    let word = bare.split_whitespace().next().unwrap_or_default();
    let is_ending = word == bare.trim() && ["html", "htm", "md", "txt", "pdf", "docx", "png", "jpg"].contains(&word);
    let is_name = is_ending || word.trim_end_matches(['.', ',', ':', ';']).contains(['.', '/', '@']);
    if is_word && !is_name {
        let whole = line.at..line.at + words.trim_end().len();
        let mended = format!("{sign} {bare}");
        let message = format!("this is no list item: after `{sign}` there must be a space");
        let report = Diagnostic::new(&diag::LIST, typed.span(line.at..line.at + sign.len()), message).into_warning();
        reports.push(typed.fix(report.help(format!("write `{}`", shortened(&mended))), whole, mended.trim_end()));
    }
}

/// `- one` with a no-break space.
fn no_break_after_sign(typed: TypedText<'_>, line: ParagraphLine, words: &str, reports: &mut Reports) {
    let bare = words[1..].trim_start_matches('\u{a0}');
    if bare.len() < words.len() - 1 && !bare.trim().is_empty() {
        let sign = &words[..1];
        let end = line.at + words.len() - bare.len();
        let report = Diagnostic::new(
            &diag::LIST,
            typed.span(line.at..end),
            format!("this is no list item: the space after `{sign}` is not an ordinary one"),
        )
        .into_warning()
        .help(format!("delete what is between `{sign}` and the words, and type a space"));
        reports.push(typed.fix(report, line.at..end, format!("{sign} ")));
    }
}

/// `• one`.
fn bullet(typed: TypedText<'_>, line: ParagraphLine, sign: char, words: &str, reports: &mut Reports) {
    let bare = words[sign.len_utf8()..].trim_start();
    if bare.is_empty() {
        return;
    }
    let end = line.at + words.len() - bare.len();
    let report =
        Diagnostic::new(&diag::LIST, typed.span(line.at..line.at + sign.len_utf8()), format!("`{sign}` makes no list"))
            .into_warning()
            .help(format!("write `{}`", shortened(&format!("- {bare}"))));
    reports.push(typed.fix(report, line.at..end, "- "));
}

/// The first two labels of lists that Markdown does not know.
const FIRST_LABELS: [(&str, &str); 7] =
    [("a", "b"), ("A)", "B)"), ("i", "ii"), ("I", "II"), ("(1", "(2"), ("(a", "(b"), ("1 -", "2 -")];

/// What a line begins with that may be the label of an item: `a` of `a. one`, `(1` of `(1) one`, `1 -` of `1 - one`.
fn label(line: &str) -> Option<&str> {
    if !line.starts_with(['1', '2', '(', 'a', 'b', 'A', 'B', 'i', 'I']) {
        return None;
    }
    // Whoever breaks the line on purpose has made lines of it.
    if line.ends_with("  ") || line.ends_with('\\') {
        return None;
    }
    for (number, label) in [('1', "1 -"), ('2', "2 -")] {
        if line.strip_prefix(number).is_some_and(|rest| rest.starts_with(" - ") || rest.starts_with(" – ")) {
            return Some(label);
        }
    }
    let end = line.find([')', '.']).filter(|end| *end <= 3 && line[end + 1..].starts_with(' '))?;
    let is_bracket = line[end..].starts_with(')');
    match &line[..end] {
        // `A. Smith` may be a name.
        "A" | "B" => is_bracket.then(|| &line[..=end]),
        "1" | "2" => None,
        label => Some(label),
    }
}

/// Checks the lines of a paragraph for being meant as a list: all of them begin with the same sign.
///
/// # Reports
/// `markdown/list`.
pub(crate) fn check_lists(typed: TypedText<'_>, lines: &[usize], reports: &mut Reports) {
    let Some((&begin, more)) = lines.split_first().filter(|(_, more)| !more.is_empty()) else { return };
    let first = typed.rest_of_line(begin);
    let Some(sign) = first.chars().next() else { return };
    let after = |at: usize, sign: char| typed.rest_of_line(at).strip_prefix(sign);
    let is_item = |at: usize| match sign {
        // A hyphen, and at once a word.
        '-' => after(at, sign).is_some_and(|rest| {
            rest.starts_with(char::is_alphabetic) || rest.starts_with("[ ] ") || rest.starts_with("[x] ")
        }),
        '+' => after(at, sign).is_some_and(|rest| rest.starts_with(char::is_alphabetic)),
        // A second star would make the words italic.
        '*' => after(at, sign).is_some_and(|rest| rest.starts_with(char::is_alphabetic) && !rest.contains('*')),
        // What Word makes of a round bullet.
        'o' => after(at, sign).is_some_and(|rest| rest.starts_with(' ')),
        '→' | '⇒' | '►' | '➔' | '➤' => true,
        // What somebody says begins with a dash, too.
        '–' | '—' => after(at, sign).is_some_and(|rest| {
            rest.starts_with([' ', '\t', '\u{a0}']) && !rest.trim_end().ends_with(['?', '!', '…', '.', '»', '”', ','])
        }),
        _ => false,
    };
    let label_of = |at: usize| label(typed.rest_of_line(at));
    let (message, help) = if is_item(begin) && more.iter().all(|at| is_item(*at)) {
        (format!("`{sign}` makes no list here"), "write `- ` at the beginning of each item")
    } else if label_of(begin).zip(label_of(more[0])).is_some_and(|labels| FIRST_LABELS.contains(&labels)) {
        let message = if first.starts_with(char::is_alphabetic) {
            "letters make no list"
        } else {
            "numbers make a list only with a full stop and a space after them"
        };
        (message.to_owned(), "write `1. `, `2. ` and so on, or `- `, at the beginning of each item")
    } else {
        return;
    };
    let end = begin + sign.len_utf8();
    reports.push(Diagnostic::new(&diag::LIST, typed.span(begin..end), message).into_warning().help(help));
}

/// Checks a quotation for a `>` that was to say "greater than": `>20 points`.
///
/// # Reports
/// `markdown/foreign-syntax`.
pub(crate) fn check_greater(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let line = typed.rest_of_line(at.start);
    let Some(rest) = line.strip_prefix('>') else { return };
    let number = rest.trim_start_matches(['=', ' ']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let is_sum = rest.starts_with('=') || !rest.starts_with(' ');
    // `>1. one` is a list in a quotation.
    if digits == 0
        || !is_sum
        || number[digits..].starts_with(['.', ')']) && !number[digits + 1..].starts_with(char::is_numeric)
    {
        return;
    }
    let range = at.start..at.start + 1;
    let report = Diagnostic::new(
        &diag::FOREIGN_SYNTAX,
        typed.span(range.clone()),
        "this `>` makes a quotation of the line, and is not shown",
    )
    .help("write `\\>`");
    reports.push(typed.fix(report, range, "\\>"));
}

/// Checks the lines of a paragraph in a quotation for one that was to stand below it: it has no `>`, and what somebody
/// says ends above it.
///
/// # Reports
/// `markdown/list`.
pub(crate) fn check_swallowed(typed: TypedText<'_>, lines: &[usize], reports: &mut Reports) {
    for at in lines.iter().skip(1) {
        let is_edge = typed.text[..*at].ends_with('\n');
        let line = typed.rest_of_line(*at);
        let above = typed.text[..*at].trim_end().chars().next_back();
        let has_ended = above.is_some_and(|letter| matches!(letter, '"' | '”' | '»'));
        if is_edge && has_ended && line.starts_with(char::is_uppercase) {
            let span = typed.span(*at..*at + line.trim_end().len());
            let report = Diagnostic::new(&diag::LIST, span, "this line belongs to the quotation above it")
                .into_warning()
                .help("leave an empty line above it");
            reports.push(typed.fix(report, *at..*at, "\n"));
            return;
        }
    }
}

/// Checks a heading that is one by the line below it.
///
/// # Reports
/// `markdown/heading` if that line was meant to part two paragraphs.
pub(crate) fn check_underlined(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let heading = typed.slice(at.clone()).trim_end();
    if heading.starts_with('#') {
        return;
    }
    let Some((words, below)) = heading.rsplit_once('\n') else { return };
    let words = words.trim_end();
    let is_line = below.trim_start_matches(['>', ' ']).starts_with('-') && below.trim().len() >= 3;
    let is_text = words.contains('\n') || words.ends_with(['.', ';', ',']);
    if is_line && is_text {
        let begin = at.start + heading.len() - below.trim_start_matches(['>', ' ']).len();
        let report = Diagnostic::new(
            &diag::HEADING,
            typed.span(begin..at.start + heading.len()),
            "this line makes a heading of the text above it",
        )
        .into_warning()
        .help(
            "to part two paragraphs, leave an empty line above it. For a heading, write `## ` before the words instead",
        );
        let is_at_edge = typed.begins_line(begin) && !below.contains('>');
        reports.push(if is_at_edge { typed.fix(report, begin..begin, "\n") } else { report });
    }
}

/// Checks a line that makes a definition of what is above it, by the `:` that it begins with.
///
/// # Reports
/// `markdown/foreign-syntax` if no space follows the `:`.
pub(crate) fn check_definition(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let line = typed.rest_of_line(at.start);
    let Some(rest) = line.strip_prefix(':').filter(|rest| !rest.is_empty() && !rest.starts_with([' ', '\t'])) else {
        return;
    };
    if rest.starts_with("::") {
        let line = ParagraphLine { at: at.start, is_first: true, is_only: true, is_quoted: false };
        return foreign(typed, line, typed.rest_of_line(at.start), reports);
    }
    let report = Diagnostic::new(
        &diag::FOREIGN_SYNTAX,
        typed.span(at.start..at.start + 1),
        "this `:` makes a definition of the line, and a term of the text above it",
    )
    .help("write `\\:`. If you mean a definition, write a space after the `:`");
    reports.push(typed.fix(report, at.start..at.start + 1, "\\:"));
}
