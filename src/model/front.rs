//! Finds the front matter of a chapter: what stands between two lines of three hyphens at its beginning.

use std::ops::Range;

use crate::diag::{self, Diagnostic};
use crate::model::kind::Kind;
use crate::model::yaml::{self, YamlNode};
use crate::span::{FileId, Span};

/// Where the front matter and the text of a file are.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ChapterParts<'a> {
    /// The front matter, without the lines around it.
    pub(crate) front: &'a str,
    /// The byte at which it begins.
    pub(crate) front_at: usize,
    /// The text below it.
    pub(crate) text: &'a str,
    /// The byte at which that begins.
    pub(crate) text_at: usize,
}

/// The front matter of a chapter, and where it stands. What cannot be read is one report.
pub(crate) fn read(text: &str, file: FileId) -> (ChapterParts<'_>, Result<YamlNode, Box<Diagnostic>>) {
    let parts = match split(text, file) {
        Ok(parts) => parts,
        Err(report) => return (ChapterParts::default(), Err(report)),
    };
    let node = yaml::parse(parts.front, file, parts.front_at).map_err(|report| {
        let entries = Entries::of(parts.front);
        // A rule of the text has an empty line above it. A last key without its colon has not.
        let has_gap = parts.front.trim_end_matches([' ', '\r']).ends_with("\n\n") || parts.front.ends_with("\n\r\n");
        match entries.body.clone() {
            // The text of the chapter cannot be read as keys.
            Some(body) if entries.end > 0 && (has_gap || parts.front[body.start..].starts_with("##")) => {
                Box::new(not_closed(file, parts.front_at, &entries, Some(body)))
            }
            _ => report,
        }
    });
    (parts, node)
}

/// Finds the front matter between two lines of three hyphens.
fn split(text: &str, file: FileId) -> Result<ChapterParts<'_>, Box<Diagnostic>> {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if let Some(report) = other_rule(first, 0, file) {
        return Err(Box::new(both_rules(report, text, file)));
    }
    if first.trim_end() != "---" {
        return Err(Box::new(not_begun(text, first, file)));
    }
    let front_at = first.len();
    let mut at = front_at;
    for line in text[front_at..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let text_at = at + line.len();
            if let Some(report) = parted(text, front_at, at, file).or_else(|| goes_on(text, front_at, at, file)) {
                return Err(Box::new(report));
            }
            let front = &text[front_at..at];
            if let Some(report) = with_heading(front, front_at, file) {
                return Err(Box::new(report));
            }
            return Ok(ChapterParts { front, front_at, text: &text[text_at..], text_at });
        }
        at += line.len();
    }
    let mut at = front_at;
    for line in text[front_at..].split_inclusive('\n') {
        if let Some(report) = other_rule(line, at, file) {
            return Err(Box::new(report));
        }
        at += line.len();
    }
    Err(Box::new(not_closed(file, front_at, &Entries::of(&text[front_at..]), None)))
}

/// The report on front matter that begins at byte `front_at` and does not end where its last key ends. `body` is what it
/// takes in then.
fn not_closed(file: FileId, front_at: usize, entries: &Entries, body: Option<Range<usize>>) -> Diagnostic {
    let place = |at: usize| Span::new(file, front_at + at, front_at + at);
    let report = Diagnostic::new(&diag::SYNTAX, Span::new(file, 0, 3), "the front matter is not closed")
        .label("it begins here")
        .help("write a line `---` after its last key");
    let report = match body {
        Some(body) => report.other(
            Span::new(file, front_at + body.start, front_at + body.end),
            "this would belong to it, and is no key with a value",
        ),
        None => report,
    };
    if entries.end == 0 { report } else { report.fix(place(entries.end), "---\n") }
}

/// The report on front matter with a heading in it: for YAML a heading is a comment, and so it would vanish.
fn with_heading(front: &str, front_at: usize, file: FileId) -> Option<Diagnostic> {
    memchr::memmem::find(front.as_bytes(), b"\n##")?;
    let entries = Entries::of(front);
    let heading = entries.body.clone().filter(|body| front[body.start..].starts_with("##") && entries.end > 0)?;
    Some(not_closed(file, front_at, &entries, Some(heading)))
}

/// What can be told of front matter without reading it.
struct Entries {
    /// The byte after the last line that belongs to a key.
    end: usize,
    /// The first line below that, after an empty one, which is no key, no value and no comment.
    body: Option<Range<usize>>,
}

impl Entries {
    fn of(front: &str) -> Self {
        let mut entries = Self { end: 0, body: None };
        let (mut at, mut is_list, mut is_apart) = (0, false, false);
        for line in front.split_inclusive('\n') {
            let words = line.trim_end();
            let range = at..at + words.len();
            at += line.len();
            if words.is_empty() {
                is_apart = true;
                continue;
            }
            let key = key_of(words);
            // Keys further below say that what stands between them is a mistake of another kind.
            let is_entry = if key.is_some_and(is_known) {
                entries.body = None;
                true
            } else if words.starts_with("- ") || words == "-" {
                is_list && entries.body.is_none()
            } else {
                let goes_on = words.starts_with([' ', '\t', ']', '}']) || key.is_some() && !is_apart;
                goes_on && entries.body.is_none()
            };
            if key.is_some() {
                is_list = words.ends_with(':');
            }
            let is_comment = words.starts_with('#') && !is_heading(words);
            if is_entry {
                entries.end = at;
            } else if is_apart && !is_comment && entries.body.is_none() {
                entries.body = Some(range);
            }
            is_apart = false;
        }
        entries
    }
}

/// Whether a line is a heading of the second level or below. One `#` begins comments, too.
fn is_heading(line: &str) -> bool {
    let title = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - title.len())) && title.starts_with(' ') && !title.contains(": ")
}

/// The report on front matter without the line `---` above it; the first line of the file is so wide.
fn with_keys(text: &str, entries: &Entries, file: FileId, width: usize) -> Diagnostic {
    let end = entries.end;
    let is_closed =
        text[end..].lines().find(|line| !line.trim().is_empty()).is_some_and(|line| line.trim_end() == "---");
    let message = "the line `---` above the front matter is missing";
    let report = Diagnostic::new(&diag::MISSING_FIELD, Span::new(file, 0, width), message);
    if is_closed {
        report.help("write a line `---` above this one").fix(Span::new(file, 0, 0), "---\n")
    } else {
        let mended = format!("---\n{}\n---\n", text[..end].trim_end());
        report
            .help("write a line `---` above this one, and another below the last key")
            .fix(Span::new(file, 0, end), mended)
    }
}

/// The report on a file whose first line is not `---`.
fn not_begun(text: &str, first: &str, file: FileId) -> Diagnostic {
    let width = first.trim_end().len();
    let report = |message| Diagnostic::new(&diag::MISSING_FIELD, Span::new(file, 0, width), message);
    let without = "the file has no front matter";
    let blank = text.len() - text.trim_start().len();
    let is_rule = |line: &str| line.trim_end() == "---";
    if text[blank..].starts_with("---") && blank > 0 {
        return report(without).help("the three hyphens must be the very first line: remove everything before them");
    }
    // The lines that end what begins with the first one.
    let closed_by = |mark: &str| {
        let mut at = first.len();
        text[at..].split_inclusive('\n').find_map(|line| {
            let begin = at;
            at += line.len();
            (line.trim_end() == mark).then_some(begin..begin + line.trim_end().len())
        })
    };
    if key_of(first).is_some_and(is_known) {
        return with_keys(text, &Entries::of(text), file, width);
    }
    match first.trim_end() {
        "+++" | "---toml" | "--- toml" => report("front matter in TOML is not read").help(
            "put `---` in place of the lines above and below it, and write each key as `title: Grief`, with a colon",
        ),
        "{" => {
            let report = report("there must be a line `---` above front matter, and another below it")
                .help("write a line `---` above this one, and another below the `}` that closes it");
            match closed_by("}") {
                Some(end) => {
                    let mended = format!("---\n{}\n---", &text[..end.end]);
                    report.fix(Span::new(file, 0, end.end), mended)
                }
                None => report,
            }
        }
        line if line.starts_with("```y")
            || line == "```" && text[first.len()..].split('\n').next().and_then(key_of).is_some_and(is_known) =>
        {
            let report = report("front matter stands between two lines `---`, without backticks")
                .help("write `---` instead of this line, and instead of the one below the last key");
            match closed_by("```") {
                Some(end) => {
                    let mended = format!("---\n{}---", &text[first.len()..end.start]);
                    report.fix(Span::new(file, 0, end.end), mended)
                }
                None => report,
            }
        }
        line if line.starts_with("---") => {
            Diagnostic::new(&diag::SYNTAX, Span::new(file, 0, width), "this line must be three hyphens")
                .help("write `---`, and nothing before or after it")
                .fix(Span::new(file, 0, width), "---")
        }
        _ => {
            // What stands first may be a note or a heading.
            let is_key = |line: &str| key_of(line).is_some_and(is_known);
            let is_note = |line: &&str| line.trim().is_empty() || line.starts_with('#');
            let mut lines = text.lines().take(60).skip_while(|line| !is_rule(line)).skip(1).skip_while(is_note);
            let is_below = lines.next().is_some_and(is_key);
            // Comments may stand above the first key.
            let entries = Entries::of(text);
            if !is_below && text.lines().take(30).find(|line| !is_note(line)).is_some_and(is_key) && entries.end > 0 {
                return with_keys(text, &entries, file, width);
            }
            report(without).help(if is_below {
                "the three hyphens must be the very first line: remove everything before them"
            } else {
                "begin the file with three lines: `---`, then `title: …`, then `---`"
            })
        }
    }
}

/// The report on a line at byte `at` that was meant for three hyphens: a word processor makes dashes of them.
fn other_rule(line: &str, at: usize, file: FileId) -> Option<Diagnostic> {
    let words = line.trim();
    let is_rule =
        !words.is_empty() && words.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '−' | '‐' | '‑' | '…'));
    // A line of many hyphens stands under a heading.
    let is_long = words.bytes().all(|byte| byte == b'-') && !matches!(words.len(), 2..=4);
    if !is_rule || is_long || words == "---" && line.trim_end() == "---" || words == "-" {
        return None;
    }
    let place = Span::new(file, at, at + line.trim_end().len());
    let report = Diagnostic::new(&diag::SYNTAX, place, "this line must be three hyphens");
    Some(report.help("write `---`, and nothing before or after it").fix(place, "---"))
}

/// A report on the line that begins front matter, with a fix for the line that ends it, too, if that is as wrong.
fn both_rules(report: Diagnostic, text: &str, file: FileId) -> Diagnostic {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return report;
        }
        if other_rule(line, at, file).is_some() {
            let front = &text[first.len()..at];
            let place = Span::new(file, 0, at + line.trim_end().len());
            return report.help("write `---` here and below the last key").fix(place, format!("---\n{front}---"));
        }
        at += line.len();
    }
    report
}

/// The key that a line of front matter begins with.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once(':')?;
    (!key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')).then_some(key)
}

/// Whether any kind of chapter has this key.
fn is_known(key: &str) -> bool {
    Kind::ALL.iter().any(|kind| kind.fields().iter().any(|field| field.name == key))
}

/// The report on a line at byte `end` that was to part two groups of keys, and so ends the front matter above the second.
fn parted(text: &str, begin: usize, end: usize, file: FileId) -> Option<Diagnostic> {
    let line_end = end + text[end..].find('\n')? + 1;
    let mut at = line_end;
    let mut lines = text[line_end..].split_inclusive('\n');
    // Most texts begin with other words.
    let first = lines.by_ref().find(|line| !line.trim().is_empty() && !line.starts_with('#'))?;
    let key = key_of(first).filter(|key| is_known(key))?;
    let rule = text[line_end..].split_inclusive('\n').find_map(|line| {
        let start = at;
        at += line.len();
        (line.trim_end() == "---").then_some(start)
    })?;
    let is_entry = |line: &str| {
        line.trim().is_empty()
            || line.starts_with([' ', '\t', '-', '#', ']', '}'])
            || key_of(line).is_some_and(is_known)
    };
    // One alone may be a sentence of the text.
    let keys = text[line_end..rule].lines().filter(|line| key_of(line).is_some_and(is_known)).count();
    if keys < 2 || !text[line_end..rule].lines().all(is_entry) || text[begin..end].trim().is_empty() {
        return None;
    }
    let place = Span::new(file, end, end + text[end..line_end].trim_end().len());
    let message = format!("the front matter ends here, above its key `{key}`");
    let report = Diagnostic::new(&diag::SYNTAX, place, message);
    Some(report.help("remove this line, so that all keys stand together").fix(Span::new(file, end, line_end), ""))
}

/// The report on a line at byte `end` that ends the front matter, which begins at `begin`, too early: keys stand below it.
fn goes_on(text: &str, begin: usize, end: usize, file: FileId) -> Option<Diagnostic> {
    let is_rule = |line: &str| matches!(line.trim_end(), "---" | "...");
    let line_end = end + text[end..].find('\n')? + 1;
    let mut keys = line_end;
    let mut lines = text[line_end..].split_inclusive('\n').skip_while(|line| {
        let is_skipped = line.trim().is_empty() || is_rule(line);
        keys += if is_skipped { line.len() } else { 0 };
        is_skipped
    });
    let first = lines.next()?;
    // Most texts begin with no key: only then are the names looked through.
    let key = key_of(first).filter(|key| is_known(key))?;
    let below: Vec<&str> = lines.take_while(|line| !line.trim().is_empty() && !is_rule(line)).collect();
    let keys_end = keys + first.len() + below.iter().map(|line| line.len()).sum::<usize>();
    let are_entries = below.iter().all(|line| line.starts_with([' ', '-', '#']) || key_of(line).is_some());
    let is_closed = text[keys_end..].lines().find(|line| !line.trim().is_empty()).is_some_and(is_rule);
    let has_more = below.iter().any(|line| key_of(line).is_some_and(is_known))
        || first.trim_end().ends_with(':') && below.first().is_some_and(|line| line.starts_with([' ', '-']));
    if !are_entries || !is_closed && !has_more {
        return None;
    }
    let place = Span::new(file, end, end + text[end..line_end].trim_end().len());
    let message = if text[begin..end].trim().is_empty() {
        "the line `---` stands twice here".to_owned()
    } else {
        format!("the front matter ends here, above its key `{key}`")
    };
    let report = Diagnostic::new(&diag::SYNTAX, place, message);
    Some(if is_closed {
        report.help("remove this line, so that all keys stand together").fix(Span::new(file, end, keys), "")
    } else {
        let moved = format!("{}\n---\n", text[keys..keys_end].trim_end());
        report.help("move this line below the last key").fix(Span::new(file, end, keys_end), moved)
    })
}
