//! Guesses about what stands where: spaces before keys and items, hyphens and colons that are missing.

use crate::model::yaml::quoting::quoted;
use crate::model::yaml::scene::{Guess, Scene, is_name, write_or};

/// A key and its value without a space between them.
pub(in crate::model::yaml) fn no_space(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let glued = |at: usize| {
        let line = scene.lines[at];
        let parts = line.parts();
        let words = &line.text[parts.at - line.start..];
        let (key, value) = words.split_once(':')?;
        let is_glued = is_name(key) && !value.is_empty() && !value.starts_with([' ', '\t']) && !value.starts_with("//");
        is_glued.then(|| (parts.at + key.len(), format!("{key}: {}", value.trim_end())))
    };
    let Some((colon, mended)) = glued(at) else { return Vec::new() };
    let guess = |edit| Guess {
        at: colon..colon + 1,
        message: "there is no space after this colon".into(),
        help: format!("write a space after the colon: `{mended}`"),
        edit,
        is_sure: true,
    };
    let mut guesses = vec![guess((colon..colon + 1, ": ".to_owned()))];
    // Whoever leaves it out once leaves it out again.
    let all: Vec<usize> = (0..scene.lines.len()).filter_map(|at| Some(glued(at)?.0)).collect();
    if let [first, .., last] = all[..] {
        let mut text = String::new();
        let mut from = first;
        for colon in &all {
            text.push_str(&scene.text[from..*colon]);
            text.push_str(": ");
            from = colon + 1;
        }
        guesses.push(guess((first..last + 1, text)));
    }
    guesses
}

/// A comment between two lines of a text.
pub(in crate::model::yaml) fn comment_within(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let Some(comment) = at.checked_sub(1).map(|at| scene.lines[at]).filter(|line| line.words().starts_with('#')) else {
        return Vec::new();
    };
    let Some(head) = scene.head_of(at).map(|head| scene.lines[head]) else { return Vec::new() };
    if head.start >= comment.start {
        return Vec::new();
    }
    let indent = " ".repeat(head.indent());
    let text = &scene.text[head.start..comment.start];
    vec![Guess {
        at: comment.start + comment.indent()..comment.end(),
        message: "a comment cannot stand between two lines of a text".into(),
        help: "move it above the key of the text".into(),
        edit: (head.start..comment.end(), format!("{indent}{}\n{}", comment.words(), text.trim_end())),
        is_sure: true,
    }]
}

/// An item of a list without its hyphen.
pub(in crate::model::yaml) fn item(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let Some(before) = scene.before(at) else { return Vec::new() };
    let other = scene.lines[before];
    let is_item = |text: &str| text.starts_with("- ");
    if line.words().is_empty() || is_item(line.words()) || !is_item(other.words()) || line.indent() != other.indent() {
        return Vec::new();
    }
    // A key below the first key of an item stands too far to the left.
    if line.parts().key.is_some_and(is_name) && other.parts().key.is_some_and(is_name) {
        return Vec::new();
    }
    let place = line.start + line.indent();
    let is_more = line.words().starts_with(|letter: char| letter.is_lowercase() || letter == '(')
        && !other.words().ends_with(['.', '!', '?'])
        && line.parts().key.is_none();
    if is_more {
        return vec![Guess {
            at: place..line.end(),
            message: "this line begins where an item begins, and has no hyphen".into(),
            help: "put two spaces before it, if the item above goes on here; or begin it with `- `".into(),
            edit: (place..place, "  ".into()),
            is_sure: true,
        }];
    }
    vec![Guess {
        at: place..line.end(),
        message: "this item of the list has no hyphen".into(),
        help: "begin it with `- `".into(),
        edit: (place..place, "- ".into()),
        is_sure: true,
    }]
}

/// A line, alone or with those that belong to it, in another column.
pub(in crate::model::yaml) fn indent(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let words = line.words();
    let parts = line.parts();
    let is_item = words.starts_with("- ");
    let own = line.indent();
    if let Some(guess) = block_text(scene, at) {
        return vec![guess];
    }
    if !is_item && !parts.key.is_some_and(is_name) || is_wrapped(scene, at) || is_after_words(scene, at) {
        return Vec::new();
    }
    // A key at the left margin is right: if anything, the first key is not.
    if own == 0 && !is_item {
        return Vec::new();
    }
    let mut columns: Vec<usize> = Vec::new();
    for (other, near) in scene.lines.iter().enumerate().filter(|(other, line)| *other != at && !line.is_blank()) {
        if other.abs_diff(at) > 12 {
            continue;
        }
        columns.push(near.indent());
        columns.push(near.parts().at - near.start);
        if near.words().ends_with(':') {
            columns.push(near.parts().at - near.start + 2);
        }
    }
    columns.retain(|column| *column != own);
    // Of two columns that are as near, that of the line before.
    let before = scene.before(at).map(|before| scene.lines[before]);
    let usual = before.map_or(0, |before| if is_item { before.indent() } else { before.parts().at - before.start });
    // Whoever types a space before a key in a group means it to be in the group.
    columns.sort_by_key(|column| (*column == 0 && usual > 0, column.abs_diff(own), *column != usual, *column));
    columns.dedup();
    let mut guesses = Vec::new();
    for column in columns {
        // With all lines that follow in its group, and alone.
        let group = scene.lines[at..].iter().position(|line| !line.is_blank() && line.indent() < own);
        let group = group.map_or(scene.lines.len(), |more| at + more);
        for end in [at + 1, group] {
            let mended = shifted(scene, at, end, own, column);
            guesses.push(Guess {
                at: line.start + own..line.end(),
                message: message(is_item, own, column),
                help: help(is_item, own, column),
                edit: (line.start..scene.lines[end - 1].start + scene.lines[end - 1].text.len(), mended),
                is_sure: true,
            });
        }
    }
    guesses
}

/// A line of a text below `|` or `>` that does not begin as far right as the others.
fn block_text(scene: &Scene<'_>, at: usize) -> Option<Guess> {
    let line = scene.lines[at];
    let before = scene.lines[scene.before(at)?];
    let head = scene.lines[scene.head_of(scene.before(at)?)?];
    let (own, usual) = (line.indent(), before.indent());
    let is_below = head.words().rsplit(' ').next().is_some_and(|word| word.starts_with(['|', '>']));
    if !is_below || own >= usual || line.words().is_empty() {
        return None;
    }
    let by = usual - own;
    Some(Guess {
        at: line.start + own..line.end(),
        message: "this line does not begin as far right as the text above it".to_owned(),
        help: format!("add {by} space{} before it", if by == 1 { "" } else { "s" }),
        edit: (line.start + own..line.start + own, " ".repeat(by)),
        is_sure: true,
    })
}

/// The lines from `at` to `end` as far to the right or left of where they are as `column` is of `own`.
fn shifted(scene: &Scene<'_>, at: usize, end: usize, own: usize, column: usize) -> String {
    let lines = scene.lines[at..end].iter().map(|line| {
        if line.is_blank() {
            return line.text.to_owned();
        }
        let spaces =
            if column > own { line.indent() + (column - own) } else { line.indent().saturating_sub(own - column) };
        format!("{}{}", " ".repeat(spaces), &line.text[line.indent()..])
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn message(is_item: bool, own: usize, column: usize) -> String {
    let what = if is_item { "this item of a list" } else { "this key" };
    let by = own.abs_diff(column);
    let side = if own > column { "right" } else { "left" };
    format!("{what} stands {by} space{} too far to the {side}", if by == 1 { "" } else { "s" })
}

fn help(is_item: bool, own: usize, column: usize) -> String {
    let before = if is_item { "its hyphen" } else { "it" };
    let by = own.abs_diff(column);
    let spaces = if by == 1 { "1 space".to_owned() } else { format!("{by} spaces") };
    if own > column { format!("remove {spaces} before {before}") } else { format!("add {spaces} before {before}") }
}

/// Whether the line before, in the same column, is neither a key nor an item: then that line is wrong.
fn is_after_words(scene: &Scene<'_>, at: usize) -> bool {
    let Some(before) = scene.before(at).map(|before| scene.lines[before]) else { return false };
    before.indent() == scene.lines[at].indent() && before.parts().key.is_none() && !before.words().starts_with("- ")
}

/// Whether a line is more of a long text above it, rather than a key.
fn is_wrapped(scene: &Scene<'_>, at: usize) -> bool {
    let Some(head) = scene.head_of(at) else { return false };
    let before = scene.lines[at - 1].text.trim_end();
    let is_text = !scene.lines[head].parts().value.is_empty();
    is_text && before.chars().count() >= 50 && !before.ends_with(['.', '!', '?', ':'])
}

/// Lines with which the text of the key above goes on, and which do not begin further right than the key.
pub(in crate::model::yaml) fn wrapped(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let is_words = |at: usize| {
        let line = scene.lines[at];
        !line.is_blank() && line.parts().key.is_none() && !line.words().starts_with("- ") && line.words().contains(' ')
    };
    if !is_words(at) {
        return Vec::new();
    }
    let own = scene.lines[at].indent();
    let Some(head) = (0..at).rev().find(|before| !is_words(*before)) else { return Vec::new() };
    let above = scene.lines[head];
    let parts = above.parts();
    let column = parts.at - above.start;
    let is_text =
        parts.key.is_some() && !parts.value.is_empty() && !parts.value.starts_with(['"', '\'', '[', '{', '|', '>']);
    let last = scene.lines[at - 1].text.trim_end();
    // A word that may be a key, below a text that is complete, rather lacks its colon.
    let mut words = scene.lines[at].words().split(' ');
    let may_be_key = words.next().is_some_and(is_name);
    // A value mostly begins with a capital letter, a digit or a bracket; the second word of a sentence does not.
    let goes_on = words.next().is_some_and(|word| word.starts_with(char::is_lowercase)) && last.contains(' ');
    if !is_text || own > column || may_be_key && (last.ends_with(['.', '!', '?']) || last.len() < 40 && !goes_on) {
        return Vec::new();
    }
    let end = (at..scene.lines.len()).find(|at| !is_words(*at)).unwrap_or(scene.lines.len());
    let lines: Vec<String> =
        scene.lines[head + 1..end].iter().map(|line| format!("{}{}", " ".repeat(column + 2), line.words())).collect();
    let (first, last) = (scene.lines[head + 1], scene.lines[end - 1]);
    let before = if column == 0 { "two spaces".to_owned() } else { format!("{} spaces", column + 2) };
    vec![Guess {
        at: first.start + first.indent()..first.end(),
        message: "this line begins as far left as a key, and is none".into(),
        help: format!("if the text above goes on here, put {before} before each of its further lines"),
        edit: (first.start..last.start + last.text.len(), lines.join("\n")),
        is_sure: true,
    }]
}

/// Two keys on one line.
pub(in crate::model::yaml) fn two_keys(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    let column = parts.at - line.start;
    if !parts.key.is_some_and(is_name) || parts.value.starts_with(['"', '\'', '[', '{', '|', '>']) {
        return Vec::new();
    }
    let second = parts.value.match_indices([',', ';']).find_map(|(sign, _)| {
        let rest = &parts.value[sign + 1..];
        let words = rest.trim_start();
        let (name, _) = words.split_once(": ")?;
        is_name(name).then_some((sign, sign + 1 + rest.len() - words.len(), name))
    });
    let Some((sign, next, name)) = second else { return Vec::new() };
    let place = parts.value_at + next;
    let whole = quoted(parts.value);
    vec![Guess {
        at: place..place + name.len(),
        message: format!("`{name}` is a second key on this line, or a colon stands within the text"),
        help: write_or(&whole, "write each key on a line of its own; or, if it is one text, put it in quotes"),
        edit: (parts.value_at + sign..place, format!("\n{}", " ".repeat(column))),
        is_sure: false,
    }]
}

/// The items of a list below its key, without their hyphens.
pub(in crate::model::yaml) fn items(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let Some(head) = scene.head_of(at).filter(|head| scene.lines[*head].words().ends_with(':')) else {
        return Vec::new();
    };
    let column = scene.lines[head].parts().at - scene.lines[head].start;
    let lines = &scene.lines[head + 1..scene.end_of(head, column)];
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    if lines.iter().any(|line| line.is_blank() || line.words().starts_with("- ") || line.parts().key.is_some()) {
        return Vec::new();
    }
    let mended: Vec<String> =
        lines.iter().map(|line| format!("{}- {}", " ".repeat(line.indent()), line.words())).collect();
    vec![Guess {
        at: first.start + first.indent()..first.end(),
        message: "the items of this list have no hyphens".into(),
        help: "begin each of them with `- `".into(),
        edit: (first.start..last.start + last.text.len(), mended.join("\n")),
        is_sure: true,
    }]
}

/// A key without its colon.
pub(in crate::model::yaml) fn colon_missing(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let parts = line.parts();
    let words = &line.text[parts.at - line.start..].trim_end();
    let key = words.split([' ', '=', ';']).next().unwrap_or_default();
    if parts.key.is_some() || !is_name(key) {
        return Vec::new();
    }
    let rest = words[key.len()..].trim_start_matches([' ', '=', ';']);
    let rest = ["- ", "– ", "— ", "→ "].iter().find_map(|sign| rest.strip_prefix(sign)).unwrap_or(rest);
    let mended = if rest.is_empty() { format!("{key}:") } else { format!("{key}: {rest}") };
    vec![Guess {
        at: parts.at..parts.at + key.len(),
        message: format!("there is no colon after `{key}`"),
        help: format!("write a colon and a space after it: `{mended}`"),
        edit: (parts.at..line.end(), mended),
        is_sure: true,
    }]
}
