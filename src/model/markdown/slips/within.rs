//! Finds what is left over among words: links and pictures that are none, footnotes that are missing, the marks of other
//! tools.

use std::ops::Range;

use memchr::{memchr, memchr2, memchr3};

use crate::diag::{self, Diagnostic, Reports};
use crate::model::markdown::pictures;
use crate::model::markdown::slips::cited;
use crate::model::markdown::slips::typed::{TypedText, beginning, ending};

/// How far from a sign is looked for what belongs to it, in bytes.
const FAR: usize = 500;

/// Checks a stretch of words, which may be those of a cell.
///
/// # Reports
/// `markdown/broken-link`, `markdown/broken-image`, `markdown/footnote` and `markdown/foreign-syntax`.
pub(crate) fn check(typed: TypedText<'_>, at: &Range<usize>, in_table: bool, reports: &mut Reports) {
    let words = typed.slice(at.clone());
    let bytes = words.as_bytes();
    if memchr2(b'[', b']', bytes).is_some() {
        brackets(typed, at, words, in_table, reports);
    }
    if memchr2(b'^', b'~', bytes).is_some() {
        raised(typed, at, words, reports);
    }
    if memchr3(b'{', b'=', b'%', bytes).is_some() {
        marks(typed, at, words, reports);
        cited::commands(typed, at, words, reports);
    }
}

/// Links, pictures and footnotes.
fn brackets(typed: TypedText<'_>, at: &Range<usize>, words: &str, in_table: bool, reports: &mut Reports) {
    let mut from = 0;
    while let Some(found) = words[from..].find(['[', ']']).map(|found| from + found) {
        from = found + 1;
        let rest = &words[found..];
        let before = &words[..found];
        // A backslash before it says that it means nothing.
        if typed.text[..at.start + found].ends_with('\\') {
            continue;
        }
        let taken = if rest.starts_with("[[") {
            open_wiki(typed, at.start + found, rest, in_table, reports)
        } else if rest.starts_with("[^") {
            footnote(typed, at.start + found, before, rest, reports)
        } else if rest.starts_with("[@") && !beginning(rest, FAR).contains(']') {
            let rest = beginning(rest, FAR);
            let end = rest.find(['\n', ';', '.']).unwrap_or(rest.len());
            let span = typed.span(at.start + found..at.start + found + end);
            let message = "this citation is not closed: its bracket is shown";
            reports.push(
                Diagnostic::new(&diag::UNREAD, span, message)
                    .help("close the bracket after the page, or after the key: `]`"),
            );
            1
        } else if rest.starts_with("]]") {
            half_wiki(typed, at.start + found, before, reports)
        } else if rest.starts_with("](") {
            split_link(typed, at.start + found, before, rest, reports)
        } else if rest.starts_with("] ") || rest.starts_with("]\n") {
            cited::named(typed, at.start + found, before, reports);
            apart(typed, at.start + found, before, rest, reports)
        } else if rest.starts_with("][") {
            reference(typed, at.start + found, before, rest, reports)
        } else if rest.starts_with(']') && !rest.starts_with("][") {
            cited::named(typed, at.start + found, before, reports);
            0
        } else if rest.starts_with('[') && before.ends_with(')') {
            turned(typed, at.start + found, before, rest, reports)
        } else if rest.starts_with('[') && before.ends_with('^') {
            let message = "footnotes within a sentence are not read";
            let help = "write `[^1]` here, and below the paragraph a line `[^1]: ` with the note";
            let span = typed.span(at.start + found - 1..at.start + found + 1);
            reports.push(Diagnostic::new(&diag::FOOTNOTE, span, message).help(help));
            1
        } else {
            0
        };
        from = from.max(found + taken).min(words.len());
        while !words.is_char_boundary(from) {
            from += 1;
        }
    }
}

/// `[[id`. Returns how much of the words it takes.
fn open_wiki(typed: TypedText<'_>, at: usize, rest: &str, in_table: bool, reports: &mut Reports) -> usize {
    let name = rest[2..].split([']', '[', '\n', '|']).next().unwrap_or_default();
    let bare: &str = name.split_whitespace().next().unwrap_or_default().trim_end_matches(['.', ',', ';', ':', ')']);
    // A bar in a table cuts it in two, which has a report of its own.
    if in_table && !rest.contains(']') && typed.text[at + rest.len()..].trim_start().starts_with('|') {
        return 2;
    }
    let is_closed_once = rest[2 + name.len()..].starts_with(']');
    // Words in two pairs of brackets, or an empty pair, are no link that broke.
    if bare.is_empty() || rest[2..].starts_with(char::is_whitespace) {
        return 2;
    }
    let name = if is_closed_once { name.trim() } else { bare };
    let end = at + 2 + name.len();
    let (end, written) = if is_closed_once { (end + 1, format!("[[{name}]")) } else { (end, format!("[[{name}")) };
    let report = Diagnostic::new(&diag::UNREAD_LINK, typed.span(at..end), "this link is not closed")
        .help(format!("write `[[{name}]]`"));
    reports.push(typed.fix(report, at..end, format!("[[{name}]]")));
    written.len()
}

/// `[id]]`. Returns how much of the words it takes.
fn half_wiki(typed: TypedText<'_>, at: usize, before: &str, reports: &mut Reports) -> usize {
    // A name is short: looking further back at each bracket would take long in a text of brackets.
    let before = ending(before, 200);
    let Some(open) = before.rfind('[') else { return 2 };
    let name = &before[open + 1..];
    let is_nested = before[..open].matches('[').count() > before[..open].matches(']').count();
    let is_name = name.starts_with(char::is_alphanumeric) && !name.contains(['\n', ']', '@']) && name.len() < 80;
    if is_nested || !is_name || before[..open].ends_with(['!', ']', '\\']) {
        return 2;
    }
    let range = at - name.len() - 1..at + 2;
    let mended = format!("[[{name}]]");
    let report =
        Diagnostic::new(&diag::UNREAD_LINK, typed.span(range.clone()), "this is no link: it begins with one bracket")
            .help(format!("write `{mended}`"));
    reports.push(typed.fix(report, range, mended));
    2
}

/// `[^1]` without a note.
fn footnote(typed: TypedText<'_>, at: usize, before: &str, rest: &str, reports: &mut Reports) -> usize {
    let Some((name, after)) = rest[2..].split_once(']') else { return 2 };
    if name.is_empty() || name.contains(char::is_whitespace) || after.starts_with('(') {
        return 2;
    }
    let end = at + 2 + name.len() + 1;
    if before.trim().is_empty()
        && after.starts_with([':', ' '])
        && typed.begins_line(at)
        && after.trim_start().starts_with(':')
    {
        reports.push(
            Diagnostic::new(&diag::FOOTNOTE, typed.span(at..end), format!("this is not read as the footnote `{name}`"))
                .help(format!("write `[^{name}]: ` without a space before the `:`, and leave an empty line above it")),
        );
    } else if before.trim().is_empty() && after.starts_with(' ') && typed.begins_line(at) {
        let message = format!("this is not read as the footnote `{name}`: a colon is missing");
        let report = Diagnostic::new(&diag::FOOTNOTE, typed.span(at..end), message)
            .help(format!("write `[^{name}]:`, and leave an empty line above it"));
        reports.push(typed.fix(report, end..end, ":"));
    } else if !stands_below(typed, end, name) {
        reports.push(
            Diagnostic::new(&diag::FOOTNOTE, typed.span(at..end), format!("there is no footnote `{name}`"))
                .help(format!("write a line `[^{name}]: ` with the note, below this paragraph")),
        );
    }
    end - at
}

/// Whether a note of this name without its colon, which has a report of its own, begins a line not far below.
fn stands_below(typed: TypedText<'_>, from: usize, name: &str) -> bool {
    // No further: a text may be full of references.
    beginning(&typed.text[from..], 4_000).contains(&format!("\n[^{name}] "))
}

/// `](` of a link or picture that is none.
fn split_link(typed: TypedText<'_>, at: usize, before: &str, rest: &str, reports: &mut Reports) -> usize {
    let is_picture = before.rfind('[').is_some_and(|open| before[..open].ends_with('!'));
    let (code, what) = if is_picture { (&diag::UNREAD_IMAGE, "picture") } else { (&diag::UNREAD_LINK, "link") };
    let inner = &rest[2..];
    let Some(end) = closing(inner) else {
        if let Some((address, length)) = over_lines(typed.text.get(at + 2..).unwrap_or_default()) {
            let range = at + 2..at + 2 + length;
            let report = Diagnostic::new(
                code,
                typed.span(range.clone()),
                format!("this is no {what}: its address goes over the end of a line"),
            )
            .help(format!("write it on one line: `{address}`"));
            reports.push(typed.fix(report, range, address));
            return 2;
        }
        let line = inner.split('\n').next().unwrap_or_default();
        let range = at + 1..at + 2 + line.trim_end().len();
        reports.push(
            Diagnostic::new(code, typed.span(range), format!("the address of this {what} is not closed"))
                .help("write `)` after the address"),
        );
        return 2;
    };
    // What stands for a value has a report of its own.
    if inner[..end].contains("{{") || inner[..end].contains("{%") {
        return 2;
    }
    let (address, title) = address_of(&inner[..end]);
    let lead = inner[..end].len() - inner[..end].trim_start().len();
    let range = at + 2 + lead..at + 2 + lead + address.len();
    let typed_address = address.trim_matches(['<', '>']);
    let report = if let Some(mended) = size(typed_address) {
        let written = format!("{}){{width={}}}", mended.0, mended.1);
        let range = range.start..at + 2 + end + 1;
        let report = Diagnostic::new(code, typed.span(range.clone()), "a size is not read in this place")
            .help(format!("write `{written}`"));
        if is_picture { typed.fix(report, range, written) } else { report }
    } else if let Some(mended) = phone(typed_address) {
        let report = Diagnostic::new(code, typed.span(range.clone()), "this is no link: its address has spaces")
            .help(format!("write `{mended}`"));
        typed.fix(report, range, mended)
    } else if let Some((path, words)) =
        typed_address.split_once(char::is_whitespace).filter(|(path, _)| names_file(path) && !names_file(typed_address))
    {
        let words = words.trim().trim_matches(['"', '“', '”', '\'']);
        let mended = format!("{path} \"{words}\"");
        let report = Diagnostic::new(
            code,
            typed.span(range.clone()),
            format!("this is no {what}: words stand behind its address"),
        )
        .help(format!("put them in quotes: `{mended}`"));
        if words.contains(['"', '\n']) { report } else { typed.fix(report, range, mended) }
    } else if typed_address.contains(char::is_whitespace) {
        let mended = format!("<{}>", typed_address.replace('\n', " "));
        let report =
            Diagnostic::new(code, typed.span(range.clone()), format!("this is no {what}: its address has spaces"))
                .help(format!("write `{mended}`"));
        if typed_address.contains(['<', '>', '\n']) { report } else { typed.fix(report, range, mended) }
    } else if before.rfind('[').is_none() {
        Diagnostic::new(
            code,
            typed.span(at..at + 2 + end + 1),
            "this is no link: there is another link among its words",
        )
        .help("write the two links one after the other")
    } else {
        let report = Diagnostic::new(code, typed.span(range), format!("this is no {what}"));
        match title {
            Some(_) => report.help("put the words after the address in straight quotes, `\"…\"`"),
            None => report.help(format!("write `{}[words](address)`", if is_picture { "!" } else { "" })),
        }
    };
    reports.push(report);
    2 + end
}

/// An address that a line end cuts, without that; and how long it is in the text.
fn over_lines(rest: &str) -> Option<(String, usize)> {
    let (first, more) = rest.split_once('\n')?;
    let begin = more.len() - more.trim_start_matches([' ', '>']).len();
    let second = more[begin..].split([')', ' ', '\n']).next()?;
    let end = first.len() + 1 + begin + second.len();
    let is_whole = rest[end..].starts_with(')') && !second.is_empty() && !first.contains([' ', '(', ')']);
    is_whole.then(|| (format!("{}{second}", first.trim_end()), end))
}

/// The path and the width in `../assets/x.png =300x200`.
fn size(address: &str) -> Option<(&str, &str)> {
    let (path, size) = address.rsplit_once(" =")?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!width.is_empty() && is_number(width) && is_number(height)).then(|| (path.trim_end(), width))
}

/// The address of a telephone: `tel: 020 7946 0000`, `020 7946 0000`.
fn phone(address: &str) -> Option<String> {
    let number = address.strip_prefix("tel:").unwrap_or(address).trim();
    let is_number = number.chars().all(|letter| letter.is_ascii_digit() || " +-()/.".contains(letter));
    let digits: String = number.chars().filter(|letter| letter.is_ascii_digit() || *letter == '+').collect();
    (is_number && digits.len() >= 3).then(|| format!("tel:{digits}"))
}

/// Where the `)` is that closes what was opened before `inner`.
fn closing(inner: &str) -> Option<usize> {
    let mut open = 0;
    for (at, byte) in inner.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(at),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

/// The address in what stands in the brackets of a link, and the title after it.
fn address_of(inner: &str) -> (&str, Option<&str>) {
    let inner = inner.trim();
    let quotes = [" \"", " '", " “", " „", " «"];
    let title = quotes.iter().filter_map(|quote| inner.find(quote)).min();
    match title.filter(|_| inner.ends_with(['"', '\'', '”', '“', '»'])) {
        Some(at) => (inner[..at].trim_end(), Some(inner[at..].trim_start())),
        None => (inner, None),
    }
}

/// Whether the last part of a path has an ending, as files have.
fn names_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty() && (2..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether somebody would call this an address, or the path of a file.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    !text.contains(char::is_whitespace)
        && (text.starts_with("http://")
            || text.starts_with("https://")
            || text.starts_with("mailto:")
            || text.starts_with("../")
            || text.starts_with("./")
            || names_file(text.split(['#', '?']).next().unwrap_or_default()))
}

/// `[words] (address)`.
fn apart(typed: TypedText<'_>, at: usize, before: &str, rest: &str, reports: &mut Reports) -> usize {
    let after = rest[1..].trim_start();
    let gap = rest.len() - 1 - after.len();
    let Some(inner) = after.strip_prefix('(') else { return 1 };
    let Some(open) = before.rfind('[') else { return 1 };
    let Some(end) = closing(inner).filter(|end| is_address(&inner[..*end])) else { return 1 };
    let is_picture = before[..open].ends_with('!');
    let code = if is_picture { &diag::UNREAD_IMAGE } else { &diag::UNREAD_LINK };
    let range = at..at + 1 + gap + 1;
    let report = Diagnostic::new(code, typed.span(range.clone()), "this is no link: the brackets stand apart")
        .help("write `](` without a space between");
    reports.push(typed.fix(report, range, "]("));
    1 + gap + 1 + end
}

/// `[words][name]` without an address for the name.
fn reference(typed: TypedText<'_>, at: usize, before: &str, rest: &str, reports: &mut Reports) -> usize {
    let Some(name) = rest[2..].split_once(']').map(|(name, _)| name) else { return 2 };
    let Some(open) = before.rfind('[') else { return 2 };
    let words = &before[open + 1..];
    let has_letters = |text: &str| text.chars().any(char::is_alphabetic);
    // Numbers in brackets one after the other are references of a list.
    if !has_letters(words) || words.contains('\n') || name.contains('\n') || words.starts_with(['@', '^', '!']) {
        return 2;
    }
    let name_or_words = if name.is_empty() { words } else { name };
    reports.push(
        Diagnostic::new(
            &diag::UNREAD_LINK,
            typed.span(at + 1..at + 3 + name.len()),
            format!("this is no link: there is no address for `{name_or_words}`"),
        )
        .help(format!("write the address here, `[{words}](…)`, or a line `[{name_or_words}]: …` with it")),
    );
    2 + name.len()
}

/// `(words)[address]`.
fn turned(typed: TypedText<'_>, at: usize, before: &str, rest: &str, reports: &mut Reports) -> usize {
    let Some(address) = rest[1..].split_once(']').map(|(address, _)| address) else { return 1 };
    let Some(open) = before.rfind('(') else { return 1 };
    if !is_address(address) {
        return 1;
    }
    let words = &before[open + 1..before.len() - 1];
    let range = at - (before.len() - open)..at + 1 + address.len() + 1;
    let mended = format!("[{words}]({address})");
    let report =
        Diagnostic::new(&diag::UNREAD_LINK, typed.span(range.clone()), "this is no link: its brackets are exchanged")
            .help(format!("write `{mended}`"));
    reports.push(typed.fix(report, range, mended));
    1 + address.len()
}

/// `m^2^`, `5^th^` and `H~2~O`, as Pandoc reads them.
fn raised(typed: TypedText<'_>, at: &Range<usize>, words: &str, reports: &mut Reports) {
    const HIGH: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const LOW: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    for (mark, tag, digits) in [('^', "sup", HIGH), ('~', "sub", LOW)] {
        let mut from = 0;
        while let Some(found) = words[from..].find(mark).map(|found| from + found) {
            from = found + 1;
            let Some(length) = words[from..].find(mark) else { break };
            let inner = &words[from..from + length];
            let is_after =
                |letter: char| letter.is_alphabetic() || mark == '^' && (letter.is_numeric() || letter == ')');
            let is_short = (1..=if mark == '^' { 6 } else { 2 }).contains(&inner.len());
            if !is_short
                || !inner.chars().all(|letter| letter.is_alphanumeric() || "+-−".contains(letter))
                || !words[..found].ends_with(is_after)
            {
                continue;
            }
            let sign = |letter: char| letter.to_digit(10).map(|digit| digits[digit as usize]);
            let signs: Option<String> = inner.chars().map(sign).collect();
            let range = at.start + found..at.start + from + length + 1;
            let shown = signs.clone().unwrap_or_else(|| format!("<{tag}>{inner}</{tag}>"));
            let message = format!("`{mark}{inner}{mark}` is shown as it is typed");
            let report = Diagnostic::new(&diag::FOREIGN_SYNTAX, typed.span(range.clone()), message)
                .into_warning()
                .help(format!("write `{shown}`"));
            reports.push(if signs.is_some() { typed.fix(report, range, shown) } else { report });
            from += length + 1;
        }
    }
}

/// Attributes, values of templates, marked words, hidden notes.
fn marks(typed: TypedText<'_>, at: &Range<usize>, words: &str, reports: &mut Reports) {
    let mut from = 0;
    while let Some(found) = memchr(b'{', &words.as_bytes()[from..]).map(|found| from + found) {
        let rest = &words[found..];
        from = found + 1;
        // A box of another tool has a report of its own.
        if typed.text[..at.start + found].ends_with('\\') || words.starts_with(":::") {
            continue;
        }
        let place = |end: usize| typed.span(at.start + found..at.start + found + end);
        if let Some(end) = template(rest) {
            reports.push(
                Diagnostic::new(&diag::FOREIGN_SYNTAX, place(end), format!("`{}` is not filled in", &rest[..end]))
                    .help("write the value itself. For what each service fills in, write `[[slot/…]]`"),
            );
            from = found + end;
        } else if typed.text[..at.start + found].ends_with(") ")
            && let Some((_, end)) = pictures::width_in_braces(rest)
        {
            let gap = at.start + found - 1..at.start + found;
            let report = Diagnostic::new(&diag::FOREIGN_SYNTAX, place(end), "a width stands right behind its picture")
                .into_warning()
                .help("remove the space before it");
            reports.push(typed.fix(report, gap, ""));
            from = found + end;
        } else if let Some(end) = attributes(rest) {
            let report =
                Diagnostic::new(&diag::FOREIGN_SYNTAX, place(end), format!("`{}` is not read here", &rest[..end]))
                    .into_warning()
                    .help("remove it");
            reports.push(typed.fix(report, at.start + found..at.start + found + end, ""));
            from = found + end;
        }
    }
    for (mark, message, help) in [
        ("==", "words between `==` are not marked", "write them between `**`"),
        ("%%", "a note between `%%` is not hidden: readers see it", "remove it, or write it between `<!--` and `-->`"),
    ] {
        if let Some((begin, end)) = pair(words, mark) {
            let span = typed.span(at.start + begin..at.start + end);
            let report = Diagnostic::new(&diag::FOREIGN_SYNTAX, span, message).help(help);
            // The words are there, only not marked.
            reports.push(if mark == "==" { report.into_warning() } else { report });
        }
    }
}

/// The length of `{{ … }}` or `{% … %}`.
fn template(rest: &str) -> Option<usize> {
    let rest = beginning(rest, FAR);
    let close = match rest.as_bytes().get(1)? {
        b'{' => "}}",
        b'%' => "%}",
        _ => return None,
    };
    rest.find(close).map(|at| at + close.len()).filter(|end| !rest[..*end].contains('\n'))
}

/// The length of `{.class}`, `{#id}`, `{width=50%}`.
fn attributes(rest: &str) -> Option<usize> {
    let rest = beginning(rest, FAR);
    let end = rest.find('}')?;
    let inner = rest[1..end].strip_prefix(':').unwrap_or(&rest[1..end]).trim();
    let is_one = |word: &str| {
        let name = |name: &str| {
            name.starts_with(|letter: char| letter.is_ascii_alphabetic())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':'))
        };
        match word.strip_prefix(['.', '#']) {
            Some(bare) => name(bare),
            None => word.split_once('=').is_some_and(|(key, value)| name(key) && !value.is_empty()),
        }
    };
    let mut words = inner.split_whitespace().peekable();
    words.peek().is_some_and(|first| is_one(first)).then_some(end + 1)
}

/// Two marks with words between them.
fn pair(words: &str, mark: &str) -> Option<(usize, usize)> {
    let begin = words.find(mark)?;
    let inner = &words[begin + mark.len()..];
    let end = inner.find(mark)?;
    let is_marked = inner.starts_with(char::is_alphanumeric) || mark == "%%";
    (is_marked && end > 0 && !inner[..end].ends_with(char::is_whitespace) || mark == "%%" && end > 0)
        .then_some((begin, begin + mark.len() + end + mark.len()))
}

/// Checks a stretch of words for `www.example.org`: whether it begins with `http:` or `https:` is not known.
///
/// # Reports
/// `markdown/bare-address`.
pub(crate) fn check_addresses(typed: TypedText<'_>, at: &Range<usize>, reports: &mut Reports) {
    let words = typed.slice(at.clone());
    for (found, _) in words.match_indices("www.") {
        let before = words[..found].chars().next_back();
        if before.is_some_and(|letter| letter.is_alphanumeric() || matches!(letter, '/' | '.' | '@' | '-')) {
            continue;
        }
        let address = words[found..]
            .split(|letter: char| letter.is_whitespace() || matches!(letter, '<' | '>' | '"' | '|'))
            .next();
        let address = address
            .unwrap_or_default()
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', '_', ']', '”', '’']);
        if address.len() <= "www.".len() || !address["www.".len()..].contains('.') {
            continue;
        }
        let range = at.start + found..at.start + found + address.len();
        let is_framed = words[..found].ends_with('<') && words[found + address.len()..].starts_with('>');
        let range = if is_framed { range.start - 1..range.end + 1 } else { range };
        let report = Diagnostic::new(&diag::BARE_ADDRESS, typed.span(range.clone()), "this address is no link")
            .into_warning()
            .help(format!("write `<https://{address}>`"));
        reports.push(typed.fix(report, range, format!("<https://{address}>")));
    }
}

/// The report on a link that readers cannot see: nothing stands in its brackets.
///
/// # Reports
/// `markdown/broken-link`.
pub(crate) fn link_without_words(typed: TypedText<'_>, at: &Range<usize>, is_wiki: bool, reports: &mut Reports) {
    let link = typed.slice(at.clone());
    let report = Diagnostic::new(&diag::UNREAD_LINK, typed.span(at.clone()), "this link has no words");
    let name = link.trim_start_matches('[').split('|').next().unwrap_or_default().trim_end_matches('\\').trim();
    reports.push(if is_wiki && !name.is_empty() {
        let mended = format!("[[{name}]]");
        typed.fix(
            report.help(format!("write `{mended}`: the link then has the title of the chapter")),
            at.clone(),
            mended,
        )
    } else {
        report.help("write in the square brackets what readers see: `[words](…)`")
    });
}
