//! Guesses about single characters: marks of conflicts, tabs, spaces that are none, and marks of lists that are none.

use std::ops::Range;

use crate::model::yaml::scene::{Guess, Scene, write_or};

/// Characters that look like a space, or like nothing, and are no space of YAML.
pub(in crate::model::yaml) const ODD_SPACES: &[char] = &[
    '\u{a0}', '\u{2000}', '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}', '\u{2007}',
    '\u{2008}', '\u{2009}', '\u{200a}', '\u{200b}', '\u{202f}', '\u{205f}', '\u{2060}', '\u{3000}', '\u{feff}',
];

/// What begins an item of a list elsewhere.
const OTHER_MARKS: &[char] = &['–', '—', '•', '·', '‣', '▪', '●', '*', '‐', '‑', '−', '+', '○', '◦'];

/// What needs no try: its place, what is wrong, and what to do.
pub(in crate::model::yaml) fn certain(scene: &Scene<'_>) -> Option<(Range<usize>, String, String)> {
    let is_conflict = |text: &str| {
        ["<<<<<<<", ">>>>>>>", "|||||||"]
            .iter()
            .any(|mark| text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
            || text == "======="
    };
    if let Some(line) = scene.lines.iter().find(|line| is_conflict(line.text.trim_end())) {
        let message = "two versions of this file were put together here, and nobody has chosen between them";
        let help = "keep the lines of one version; remove those of the other, and the lines of `<<<<<<<`, `=======` and `>>>>>>>`";
        return Some((line.start..line.end(), message.into(), help.into()));
    }
    let rule = scene
        .lines
        .iter()
        .enumerate()
        .skip(1)
        .find(|(at, line)| line.text.trim_end() == "---" && scene.lines[..*at].iter().any(|line| !line.is_blank()));
    let (_, line) = rule?;
    let message = "there is a second line `---`".to_owned();
    Some((line.start..line.end(), message, "remove this line: everything of this file belongs together".into()))
}

/// Comments as other languages write them.
pub(in crate::model::yaml) fn comments(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let words = line.words();
    let other = [("//", ""), ("/*", "*/"), ("<!--", "-->"), ("-- ", ""), ("; ", ""), ("% ", ""), ("\" ", "")];
    let Some((mark, end)) = other.into_iter().find(|(mark, end)| words.starts_with(mark) && words.ends_with(end))
    else {
        return Vec::new();
    };
    let comment = words[mark.len()..].strip_suffix(end).unwrap_or_default().trim();
    let mended = format!("# {comment}");
    vec![Guess {
        at: line.start + line.indent()..line.start + line.indent() + mark.trim_end().len(),
        message: format!("a comment begins with `#` here, not with `{}`", mark.trim_end()),
        help: write_or(&mended, "write `#` before it"),
        edit: (line.start + line.indent()..line.end(), mended),
        is_sure: true,
    }]
}

/// Tabs before the text of lines, or after a key or hyphen.
pub(in crate::model::yaml) fn tabs(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let Some(tab) = scene.lines[at].text.find('\t') else { return Vec::new() };
    let tab = scene.lines[at].start + tab;
    let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
    // All lines are mended alike, so that those that stand together stay together.
    let first = scene.lines.iter().find(|line| line.text[..blank(line.text)].contains('\t'));
    let mut guesses = Vec::new();
    for width in [2, 4, 1, 3, 8] {
        let (mut from, mut to, mut text) = (None, 0, String::new());
        for line in &scene.lines {
            let end = blank(line.text);
            if line.text[..end].contains('\t') {
                let begin = *from.get_or_insert(line.start);
                text.push_str(&scene.text[if to == 0 { begin } else { to }..line.start]);
                text.push_str(&line.text[..end].replace('\t', &" ".repeat(width)));
                to = line.start + end;
            }
        }
        let Some(from) = from else { break };
        guesses.push(Guess {
            at: first.map_or(tab..tab + 1, |line| {
                let tab = line.start + line.text.find('\t').unwrap_or(0);
                tab..tab + 1
            }),
            message: "there is a tab before this text, where spaces must stand".into(),
            help: format!("use spaces instead of tabs: {}", spaces(width)),
            edit: (from..to, text),
            is_sure: true,
        });
    }
    guesses.push(Guess {
        at: tab..tab + 1,
        message: "there is a tab here, where a space must stand".into(),
        help: "use spaces instead of tabs: one space here".into(),
        edit: (tab..tab + 1, " ".into()),
        is_sure: true,
    });
    guesses
}

fn spaces(count: usize) -> String {
    let words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];
    let word = words.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned());
    format!("{word} space{} for each", if count == 1 { "" } else { "s" })
}

/// Spaces that are none of YAML's: before the text of a line, after its key, after its hyphen.
pub(in crate::model::yaml) fn odd_spaces(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let Some(first) = line.text.find(ODD_SPACES) else { return Vec::new() };
    let place = |text: &str, at: usize| {
        let width = text[at..].chars().next().map_or(0, char::len_utf8);
        line.start + at..line.start + at + width
    };
    let invisible = |letter: char| matches!(letter, '\u{200b}' | '\u{2060}' | '\u{feff}');
    let as_spaces = |text: &str| -> String {
        text.chars()
            .filter(|letter| !invisible(*letter))
            .map(|letter| if ODD_SPACES.contains(&letter) { ' ' } else { letter })
            .collect()
    };
    let help = "remove it and type an ordinary space instead";
    let message = |letter: char| match letter {
        letter if invisible(letter) => "there is an invisible character here, which is read as part of the text",
        '\u{a0}' | '\u{202f}' => "this is a no-break space, which is not read as a space",
        _ => "this is not an ordinary space, and is not read as one",
    };
    let letter = line.text[first..].chars().next().unwrap_or(' ');
    let guess = |range: Range<usize>, instead: String| Guess {
        at: place(line.text, first),
        message: message(letter).to_owned(),
        help: if invisible(letter) { "remove it".to_owned() } else { help.to_owned() },
        edit: (range, instead),
        is_sure: true,
    };
    // All such spaces before the texts of lines at once.
    let blank = |text: &str| text.len() - text.trim_start_matches(|c: char| c == ' ' || ODD_SPACES.contains(&c)).len();
    let is_odd = |text: &str| text[..blank(text)].contains(ODD_SPACES);
    let mut guesses = vec![guess(line.start..line.start + line.text.len(), as_spaces(line.text))];
    let odd: Vec<usize> = (0..scene.lines.len()).filter(|at| is_odd(scene.lines[*at].text)).collect();
    if let (Some(from), Some(to)) = (odd.first(), odd.last()) {
        let (from, to) = (scene.lines[*from].start, scene.lines[*to].start + scene.lines[*to].text.len());
        guesses.push(guess(from..to, as_spaces(&scene.text[from..to])));
    }
    // All of them anywhere: the words of a text keep theirs only if that is enough.
    let from = scene.text.find(ODD_SPACES).unwrap_or(0);
    let to =
        scene.text.rfind(ODD_SPACES).map_or(from, |at| at + scene.text[at..].chars().next().map_or(0, char::len_utf8));
    guesses.push(guess(from..to, as_spaces(&scene.text[from..to])));
    guesses
}

/// Items of a list that begin with another mark than a hyphen and a space.
pub(in crate::model::yaml) fn list_marks(scene: &Scene<'_>, at: usize) -> Vec<Guess> {
    let line = scene.lines[at];
    let indent = line.indent();
    let words = &line.text[indent..];
    let Some(mark) = words.chars().next().filter(|mark| OTHER_MARKS.contains(mark) || *mark == '-') else {
        return Vec::new();
    };
    let rest = &words[mark.len_utf8()..];
    let is_glued = mark == '-' && !rest.starts_with([' ', '-']) && !rest.is_empty();
    if !(is_glued || mark != '-' && rest.starts_with([' ', '\t', '\u{a0}'])) {
        return Vec::new();
    }
    let mended = |line: &str| -> Option<String> {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let rest = line[indent..].strip_prefix(mark).filter(|rest| mark != '-' || !rest.starts_with([' ', '-']))?;
        Some(format!("{}- {}", &line[..indent], rest.trim_start_matches([' ', '\t', '\u{a0}'])))
    };
    let (message, help) = if mark == '-' {
        ("there is no space after this hyphen".to_owned(), "write a space after the hyphen: `- `".to_owned())
    } else {
        (format!("an item of a list begins with a hyphen, not with `{mark}`"), "write `- ` instead".to_owned())
    };
    let guess = |edit| Guess {
        at: line.start + indent..line.start + indent + mark.len_utf8(),
        message: message.clone(),
        help: help.clone(),
        edit,
        is_sure: true,
    };
    let own = mended(line.text).map(|text| guess((line.start..line.start + line.text.len(), text)));
    let from = scene.lines[..at].iter().rposition(|line| mended(line.text).is_none()).map_or(0, |before| before + 1);
    let to = scene.lines[at..]
        .iter()
        .position(|line| mended(line.text).is_none())
        .map_or(scene.lines.len(), |more| at + more);
    let all = |from: usize, to: usize| {
        let lines: Vec<String> = scene.lines[from..to]
            .iter()
            .map(|line| mended(line.text).unwrap_or_else(|| line.text.to_owned()))
            .collect();
        let last = scene.lines[to - 1];
        guess((scene.lines[from].start..last.start + last.text.len(), lines.join("\n")))
    };
    own.into_iter().chain([all(from, to), all(0, scene.lines.len())]).collect()
}
