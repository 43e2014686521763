//! A report without a fix: what it marks, and what its help says to do.

use std::fs;
use std::path::Path;

use crate::support::fixes::offset;
use crate::support::{TODAY, TestManual};
use serde_json::Value;

/// A report without a fix, and what it marks.
pub(crate) struct Told<'a> {
    manual: &'a TestManual,
    code: &'a str,
    message: &'a str,
    pub(crate) help: &'a str,
    /// The path of its file, from the folder in which the program runs.
    file: &'a str,
    pub(crate) text: String,
    start: usize,
    end: usize,
}

/// What an author does: the new texts of files, `None` for one that is removed.
pub(crate) type Deed = Vec<(String, Option<String>)>;

impl<'a> Told<'a> {
    /// A report, unless its file is none that an author writes.
    pub(crate) fn of(manual: &'a TestManual, report: &'a Value) -> Option<Self> {
        let word = |key: &str| report[key].as_str();
        let file = word("file")?;
        if !manual.path(file).is_file() {
            return None;
        }
        let text = manual.read(file);
        let start = offset(&text, &report["line"], &report["column"]);
        let end = offset(&text, &report["end-line"], &report["end-column"]);
        Some(Self {
            manual,
            code: word("code")?,
            message: word("message")?,
            help: word("help")?,
            file,
            text,
            start,
            end,
        })
    }

    fn marked(&self) -> &str {
        &self.text[self.start..self.end]
    }

    /// The words of the help between backticks, from the first.
    fn quoted(&self) -> Vec<&str> {
        self.help.split('`').skip(1).step_by(2).collect()
    }

    /// From the first to behind the last byte of the marked lines.
    fn lines(&self) -> std::ops::Range<usize> {
        let start = self.text[..self.start].rfind('\n').map_or(0, |at| at + 1);
        let last = if self.marked().ends_with('\n') { self.end - 1 } else { self.end };
        let end = self.text[last..].find('\n').map_or(self.text.len(), |at| last + at + 1);
        start..end
    }

    fn change(&self, range: std::ops::Range<usize>, new: &str) -> Deed {
        vec![(self.file.to_owned(), Some(format!("{}{new}{}", &self.text[..range.start], &self.text[range.end..])))]
    }

    /// Writes this instead of what is marked.
    fn write(&self, new: &str) -> Deed {
        self.change(self.start..self.end, new)
    }

    /// Writes this instead of the marked lines.
    fn write_lines(&self, new: &str) -> Deed {
        self.change(self.lines(), new)
    }

    /// Writes this below the marked lines.
    fn below(&self, new: &str) -> Deed {
        let end = self.lines().end;
        let before = if self.text[..end].ends_with('\n') { "" } else { "\n" };
        self.change(end..end, &format!("{before}{new}\n"))
    }

    /// Writes this line into the front matter.
    fn in_front(&self, file: &str, line: &str) -> Deed {
        let text = self.manual.read(file);
        let new = match text.trim_start_matches('\u{FEFF}').split_once('\n') {
            Some((dashes, rest)) if dashes.trim_end() == "---" => format!("---\n{line}\n{rest}"),
            _ => format!("---\ntitle: A title\n{line}\n---\n{text}"),
        };
        vec![(file.to_owned(), Some(new))]
    }

    /// Writes a key beside what is marked: within its braces, or on a line above it.
    fn beside(&self, key: &str) -> Deed {
        let line = self.lines().start;
        let before = self.text[line..self.start].trim_start_matches('\u{FEFF}');
        if before.contains('{') {
            let brace = line + before.rfind('{').expect("it is there") + 2;
            return self.change(brace..brace, &format!("{key}, "));
        }
        let indent: String = before.chars().map(|_| ' ').collect();
        self.change(self.start..self.start, &format!("{key}\n{indent}"))
    }

    /// Removes what is marked: a key with all that belongs to it, an item of a list, the words, or the file's line.
    fn remove(&self) -> Deed {
        let lines = self.lines();
        let indent = self.start - lines.start;
        let before = &self.text[lines.start..self.start];
        if before.contains("{ ") || before.contains('[') {
            // Between braces or brackets: up to the next comma, or from the one before.
            let rest = &self.text[self.end..];
            let stop = self.end + rest.find([',', '}', ']', '\n']).unwrap_or(rest.len());
            if self.text[stop..].starts_with(',') {
                return self.change(self.start..stop + 2, "");
            }
            let comma = self.text[..self.start].rfind([',', '[', '{']).expect("one begins it");
            let from = if self.text[comma..].starts_with(',') { comma } else { comma + 1 };
            return self.change(from..stop, "");
        }
        // The lines below that are indented further belong to it.
        let more: usize = self.text[lines.end..]
            .split_inclusive('\n')
            .take_while(|line| line.len() - line.trim_start().len() > indent)
            .map(str::len)
            .sum();
        self.change(lines.start..lines.end + more, "")
    }

    /// Writes another id, or another alias, where one is marked.
    fn rename(&self) -> Deed {
        if self.start == self.end { self.in_front(self.file, "id: another-name") } else { self.write("another-name") }
    }

    /// Gives the file another name, or puts it in another folder.
    fn move_to(&self, path: &str) -> Deed {
        vec![(self.file.to_owned(), None), (path.to_owned(), Some(self.text.clone()))]
    }
}

/// A value for a key that is missing.
fn sample(key: &str) -> &str {
    match key {
        "from" => "1",
        "minutes" => "5",
        "value" => "0.3",
        "measure" => "g",
        "type" => "text",
        "basis" => "composite",
        "folder" => "techniques",
        "change" => "Shorter.",
        "stage" => "some-stage",
        _ => "Some words",
    }
}

/// A help that names a key to add.
fn add(told: &Told<'_>) -> Option<Deed> {
    if told.code == "evidence/unsourced" {
        return Some(add_source(told));
    }
    let quoted = told.quoted();
    let (key, _) = quoted.first()?.split_once(':')?;
    let example = told.help.split_once(", such as `").map(|(_, rest)| rest);
    Some(match (told.code, key) {
        ("directive/bad-option", "kind") => told.below("kind: technique"),
        ("directive/bad-option", "fields") => {
            let file = told.help.rsplit(' ').next()?;
            told.in_front(&format!("manual/{file}"), "fields: [{ label: Mood, type: text }]")
        }
        ("directive/bad-option", "worksheet") => {
            let form = "---\ntitle: Form\nsummary: One.\nfields: [{ label: Mood, type: text }]\n---\n";
            let mut deed = told.below("worksheet: some-form");
            deed.push(("manual/worksheets/some-form.md".to_owned(), Some(form.to_owned())));
            deed
        }
        ("directive/bad-option", "protocol") => {
            let mut deed = told.below("protocol: some-protocol");
            let protocol = "---\ntitle: P\nsummary: One.\nsessions: 4\nstages: [{ stage: all, sessions: 1-4 }]\n---\n";
            let stage = "---\ntitle: All\nsummary: One.\nactivity: Talk.\n---\n";
            deed.push(("manual/protocols/some-protocol.md".to_owned(), Some(protocol.to_owned())));
            deed.push(("manual/stages/all.md".to_owned(), Some(stage.to_owned())));
            deed
        }
        ("review/unsigned", "approved-by") => {
            told.in_front(told.file, &format!("approved-by: A. Person\napproved: {TODAY}"))
        }
        ("review/unsigned", _) => told.in_front(told.file, &format!("approved: {TODAY}")),
        ("page/no-summary", _) => {
            let without = told.text.split_inclusive('\n').filter(|line| !line.starts_with("summary:"));
            let text: String = without.collect();
            let (dashes, rest) = text.split_once('\n')?;
            vec![(told.file.to_owned(), Some(format!("{dashes}\nsummary: What it is.\n{rest}")))]
        }
        ("media/no-transcript", _) => {
            let end = told.lines().end + told.text[told.lines().end..].find("```")?;
            told.change(end..end, "transcript: |\n  Two people talk.\n")
        }
        (_, "stage") => {
            let mut deed = told.beside("stage: some-stage");
            let stage = "---\ntitle: Some\nsummary: One.\nactivity: Talk.\n---\n";
            deed.push(("manual/stages/some-stage.md".to_owned(), Some(stage.to_owned())));
            deed
        }
        _ => match example.and_then(|rest| rest.split_once('`')) {
            Some((example, more)) if more.starts_with(" and `") => {
                let second = more.split('`').nth(1)?;
                told.beside(&format!("{example}, {second}"))
            }
            Some((example, _)) if example.contains(": ") => told.beside(example),
            _ => told.beside(&format!("{key}: {}", sample(key))),
        },
    })
}

/// Names a source in the finding whose statement is marked, or at whose beginning it would stand.
fn add_source(told: &Told<'_>) -> Deed {
    let lines = told.lines();
    let line = &told.text[lines.clone()];
    let indent = line.find(|letter| !" -".contains(letter)).unwrap_or(0);
    let end = told.text[lines.end..].find("\n  - ").or(told.text[lines.end..].find("---")).unwrap_or(0) + lines.end;
    let finding = &told.text[lines.start..end];
    let mut deed = if finding.contains("sources: []") {
        told.change(lines.start..end, &finding.replacen("sources: []", "sources: [somebody2001]", 1))
    } else {
        told.below(&format!("{}sources: [somebody2001]", " ".repeat(indent)))
    };
    deed.extend(in_bibliography(told, "somebody2001"));
    deed
}

/// Adds a work to the bibliography, and mends nothing else there.
fn in_bibliography(told: &Told<'_>, key: &str) -> Deed {
    let path = "manual/references.bib";
    let old = if told.manual.path(path).exists() { told.manual.read(path) } else { String::new() };
    let work = format!("@book{{{key},\n  author = {{Body, Some}},\n  title = {{A book}},\n  date = {{2001}},\n}}\n");
    vec![(path.to_owned(), Some(format!("{old}\n{work}")))]
}

/// A picture that may be written where one is missing.
const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'><path d='M0 0h1'/></svg>\n";

/// The number that stands first in these words.
fn number(words: &str) -> Option<i64> {
    let digits = words.split(|letter: char| !letter.is_ascii_digit()).find(|digits| !digits.is_empty())?;
    digits.parse().ok()
}

/// What an author does who reads a help with other words than "write `X`".
pub(crate) fn as_told(told: &Told<'_>) -> Option<Deed> {
    let steps: [fn(&Told<'_>) -> Option<Deed>; 7] =
        [in_any_file, in_front_matter, in_lists, in_text, in_html, with_files, in_sessions];
    steps.iter().find_map(|step| step(told))
}

/// Helps that many codes have.
fn in_any_file(told: &Told<'_>) -> Option<Deed> {
    let help = told.help;
    let begins = |words: &str| help.starts_with(words);
    Some(
        if begins("add `") && help.contains(": …`")
            || begins("name its work from the bibliography")
            || begins("add `transcript:")
            || begins("add `fields:")
        {
            return add(told);
        } else if begins("add the work to the bibliography") && told.code == "citation/unread" {
            in_bibliography(told, told.marked().trim_start_matches('@'))
        } else if begins("add the work to the bibliography") {
            in_bibliography(told, told.marked())
        } else if begins("remove it: delete the text around it") {
            told.write("")
        } else if begins("remove it: colours and other styles") {
            let marked = told.marked();
            let from = marked.find("style=").or(marked.find("onclick="))?;
            let value = from + marked[from..].find('"')? + 1;
            let to = value + marked[value..].find('"')? + 1;
            told.write(&format!("{}{}", &marked[..from], &marked[to..]))
        } else if begins("remove it, or change it so that it belongs to nobody") {
            told.write("somebody")
        } else if ["remove one of them", "remove it", "the keys here are", "use a key from"]
            .iter()
            .any(|words| begins(words))
            || help.contains("That is given already")
        {
            told.remove()
        } else if begins("give one of them another `id`") || begins("give the chapter another `id`") {
            told.rename()
        } else if begins("name ") && help.ends_with(" instead") && told.marked().ends_with(".md") {
            // A link in Markdown becomes one by name.
            let open = told.text[..told.start].rfind('[')?;
            told.change(open..told.end + 1, &format!("[[{}]]", told.quoted().first()?))
        } else if begins("remove this link, or the entry that names it") || begins("remove this entry") {
            told.write_lines("")
        } else if begins("name ") && help.ends_with(" instead")
            || begins("there is a ") && help.contains("with that id")
        {
            told.write(told.quoted().first()?)
        } else {
            return None;
        },
    )
}

/// Helps for single values of a front matter, `manual.yaml` or the glossary.
fn in_front_matter(told: &Told<'_>) -> Option<Deed> {
    let help = told.help;
    let quoted = told.quoted();
    let begins = |words: &str| help.starts_with(words);
    let line = &told.text[told.lines()];
    Some(if begins("write year-month-day") || begins("write the year, then the month") || begins("write the day on") {
        told.write("2026-05-05")
    } else if begins("write the day that is meant") {
        told.write("2027-05-05")
    } else if begins("write a day after") || help.ends_with("to the day of the next review") {
        told.write("2028-05-05")
    } else if begins("review the chapter, then set `reviewed`") {
        told.write(TODAY)
    } else if begins("write one value, without brackets or dashes") {
        if told.marked().starts_with('[') {
            let end = told.start + told.text[told.start..].find(']')? + 1;
            told.change(told.start..end, "1-2")
        } else {
            // A list of lines: its first item goes beside the key.
            let end = told.text[told.start..].find("\n---").map_or(told.text.len(), |at| told.start + at);
            let key = told.text[..told.start].trim_end().len();
            told.change(key..end, " One thing")
        }
    } else if begins("write a value of your own") || begins("write a value (") {
        told.write_lines(&format!("{}: Words of our own\n", line.split_once(':')?.0))
    } else if begins("write what it is in your service") {
        // Of a list only its beginning is marked.
        let list = told.text[told.start..].starts_with('[').then(|| told.text[told.start..].find(']')).flatten();
        let end = list.map_or(told.end, |length| told.start + length + 1);
        told.change(told.start..end, "Ward 3")
    } else if begins("give it a `value`") && line.contains("value:") {
        told.change(told.lines(), &line.replacen("value:", "value: Ward 3", 1))
    } else if begins("give it a `value`") {
        told.change(told.lines(), &line.replacen("{ ", "{ value: Ward 3, ", 1))
    } else if begins("begin it with ") {
        told.write(&format!("{}{}", quoted.first()?, told.marked()))
    } else if begins("swap the values of `min` and `max`") {
        told.write_lines(&line.replace("min:", "m:").replace("max:", "min:").replace(" m:", " max:"))
    } else if begins("write a higher number for") {
        let (before, after) = line.split_once(&format!("{}: ", quoted.first()?))?;
        let rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
        told.write_lines(&format!("{before}{}: 99{rest}", quoted.first()?))
    } else if begins("write a number from 0 to ") {
        told.write(&number(help.split(" to ").nth(1)?)?.to_string())
    } else if begins("write the lowest score first") || begins("correct one of the numbers") {
        told.write_lines("")
    } else if begins("write the number as it is published") {
        let list = told.marked().starts_with('[');
        let end = if list { told.start + told.text[told.start..].find(']')? + 1 } else { told.end };
        told.change(told.start..end, if list { "[0.1, 0.9]" } else { "0.3" })
    } else if begins("compare `value` and `ci`") {
        let (_, ci) = line.split_once("ci: [")?;
        let low = ci.split(',').next()?;
        told.write_lines(&line.replacen(&format!("value: {}", told.marked()), &format!("value: {low}"), 1))
    } else if begins("put the text in quotes") {
        let end = told.lines().end - 1;
        told.change(told.start..end, &format!("\"{}\"", told.text[told.start..end].replace('"', "'")))
    } else if begins("write a line `---` after its last key") {
        let at = told.text.find("\n\n").map_or(told.text.len(), |at| at + 1);
        told.change(at..at, "---\n")
    } else if begins("put `---` in place of the lines above and below it") {
        vec![(told.file.to_owned(), Some(told.text.replace("+++", "---").replace(" = ", ": ")))]
    } else if begins("write `value` instead of `left-open`") {
        told.write_lines(&line.replace("left-open:", "value:"))
    } else if help.contains("or give the field the type") {
        let (before, _) = line.split_once(&format!(", {}: ", quoted.first()?))?;
        told.write_lines(&format!("{before} }}\n"))
    } else if begins("say how many sessions it has") {
        told.write("3")
    } else if begins("write what it is to have, such as") {
        told.write(quoted.first()?)
    } else if begins("begin the file with three lines") {
        told.change(0..0, "---\ntitle: A title\n---\n")
    } else if begins("the three hyphens must be the very first line") {
        told.change(0..told.text.find("---")?, "")
    } else {
        return None;
    })
}

/// Helps for lists, for keys with values, and for what names another chapter.
fn in_lists(told: &Told<'_>) -> Option<Deed> {
    let help = told.help;
    let quoted = told.quoted();
    let begins = |words: &str| help.starts_with(words);
    let line = &told.text[told.lines()];
    let key = line.split(':').next()?;
    Some(if begins("write `- { ") {
        let filled = quoted.first()?.replace("from: …", "from: 5").replace('…', "Words");
        if line.trim_start().starts_with("- ") {
            told.write_lines(&format!("  {filled}\n"))
        } else {
            told.write_lines(&format!("{key}:\n  {filled}\n"))
        }
    } else if begins("write `key: value`, one on each line") && line.starts_with("- ") {
        vec![(told.file.to_owned(), Some(told.text.replace("\n- ", "\n")))]
    } else if begins("write `key: value`, one on each line") && !line.contains(':') {
        told.write("caption: Words")
    } else if begins("write `key: value`, one on each line") || begins("write `name: value`, one on each line") {
        let pair = match key {
            "review" => "interval: 12 months",
            "labels" => "patient: Client",
            _ => "crisis-line: { label: Crisis line, value: Ward 3 }",
        };
        told.write_lines(&format!("{key}:\n  {pair}\n"))
    } else if begins("write the answers with a comma") {
        told.write("Yes, No")
    } else if begins("write the definition, or remove the entry") {
        told.write("What it is.")
    } else if begins("write each item on a line of its own") {
        told.change(told.start..told.start, "- ")
    } else if begins("begin each entry with `- term: …`") {
        vec![(told.file.to_owned(), Some("- term: Role\n  definition: Words.\n".to_owned()))]
    } else if begins("write the whole phrase in which") {
        told.write(&format!("{} of Complicated Grief", quoted.first()?))
    } else if begins("write each word in only one entry") {
        told.write("Another word")
    } else if begins("add the words that your chapters use under `also`") {
        let from = told.lines();
        let entry = told.text[from.end..].split_inclusive('\n').take_while(|line| line.starts_with(' ')).map(str::len);
        told.change(from.start..from.end + entry.sum::<usize>(), "")
    } else if begins("write the words alone") {
        told.write("Words")
    } else if begins("name each folder in only one part") || begins("make the folder, or remove the part") {
        told.write_lines("")
    } else if begins("write this relation on the other side") {
        on_the_other_side(told)?
    } else if begins("write the name of who approved") {
        told.write("Ann Person")
    } else if begins("write two numbers, the lower one first") || begins("write the two numbers in brackets") {
        let end = told.text[told.start..].find([']', '}']).map_or(told.end, |at| told.start + at);
        let end = if told.text[end..].starts_with(']') { end + 1 } else { told.end };
        told.change(told.start..end, "[-0.4, -0.1]")
    } else if begins("write each id alone") {
        let (one, mut deed) = some_chapter("technique");
        deed.extend(told.write(&one));
        deed
    } else if begins("write the id of a") {
        let kind =
            help.split("write the id of a").nth(1)?.trim_start_matches('n').trim_start().split(" that").next()?;
        let (id, mut deed) = some_chapter(if kind == "chapter" { "technique" } else { kind });
        let marked = told.marked().trim_matches('"');
        // The mark of a folded or quoted text is all of it.
        let name = told.message.split('`').nth(1)?;
        let new = if marked == name { id } else { marked.replacen(name, &id, 1) };
        deed.extend(told.write(&new));
        deed
    } else if begins("name a ") && help.ends_with(" here") {
        let kind = help.strip_prefix("name a ")?.strip_suffix(" here")?;
        let (id, mut deed) = some_chapter(kind);
        deed.extend(told.write(&id));
        deed
    } else if begins("add it to manual.yaml: under `slots:`") {
        let filled = quoted.get(1)?.replace('…', "Words");
        let path = "manual/manual.yaml";
        let old = told.manual.read(path);
        let new = if old.contains("slots: { ") {
            old.replacen("slots: { ", &format!("slots: {{ {filled}, "), 1)
        } else {
            format!("{old}slots:\n  {filled}\n")
        };
        vec![(path.to_owned(), Some(new))]
    } else if begins("write a page on what to do when somebody is at risk") {
        let page = "---\ntitle: Risk\nsummary: One.\n---\n\nCall.\n".to_owned();
        let mut deed = in_manual(told, "safety", "safety: page/at-risk\n");
        deed.push(("manual/pages/at-risk.md".to_owned(), Some(page)));
        deed
    } else {
        return None;
    })
}

/// Writes a key into `manual.yaml`, instead of the one that stands there.
fn in_manual(told: &Told<'_>, key: &str, new: &str) -> Deed {
    let old = told.manual.read("manual/manual.yaml");
    let is_kept = |line: &&str| !line.starts_with(&format!("{key}:"));
    let kept: String = old.split_inclusive('\n').filter(is_kept).collect();
    vec![("manual/manual.yaml".to_owned(), Some(format!("{kept}{new}")))]
}

/// The id of a chapter of this kind, and the chapter if it is to be written first.
fn some_chapter(kind: &str) -> (String, Deed) {
    let (kind, folder, more) = match kind {
        "evidence chapter" => ("evidence", "evidence".to_owned(), "condition: Depression\nfindings: []\n"),
        "stage" => (kind, "stages".to_owned(), "activity: Talk.\n"),
        "protocol" => (kind, "protocols".to_owned(), "sessions: 4\n"),
        _ => (kind, format!("{}s", kind.replace(' ', "-")), ""),
    };
    let id = format!("some-{}", kind.replace(' ', "-"));
    let chapter = format!("---\ntitle: Some {kind}\nsummary: One.\n{more}---\n");
    (id.clone(), vec![(format!("manual/{folder}/{id}.md"), Some(chapter))])
}

/// Removes a relation here, and names this chapter in each chapter that it named.
fn on_the_other_side(told: &Told<'_>) -> Option<Deed> {
    let quoted = told.quoted();
    let key = quoted.first()?;
    let id = Path::new(told.file).file_stem()?.to_str()?;
    let value = if *key == "adaptations" {
        format!("adaptations: [{{ stage: {id}, change: Shorter. }}]")
    } else if *key == "stages" && told.help.contains("in the protocol") {
        format!("stages: [{{ stage: {id}, sessions: 1-2 }}]")
    } else {
        format!("{key}: [{id}]")
    };
    let mut deed = told.remove();
    let named = told.text[told.lines()].split_once(':')?.1;
    for name in named.split(|letter: char| !(letter.is_alphanumeric() || letter == '-')).filter(|name| !name.is_empty())
    {
        let folders = fs::read_dir(told.manual.path("manual")).ok()?.flatten().map(|entry| entry.path());
        for folder in folders.filter(|folder| folder.join(format!("{name}.md")).is_file()) {
            let path = format!("manual/{}/{name}.md", folder.file_name()?.to_str()?);
            if !told.manual.read(&path).contains(&format!("\n{key}:")) {
                deed.extend(told.in_front(&path, &value));
            }
        }
    }
    Some(deed)
}

/// Helps for Markdown.
fn in_text(told: &Told<'_>) -> Option<Deed> {
    let help = told.help;
    let quoted = told.quoted();
    let begins = |words: &str| help.starts_with(words);
    let whole = |text: String| vec![(told.file.to_owned(), Some(text))];
    Some(if begins("put a `;` before `") {
        let key = quoted.get(1)?;
        let at = told.text.find(key)?;
        let before = told.text[..at].trim_end().trim_end_matches([',', ';']).trim_end_matches(" and");
        whole(format!("{before}; {}", &told.text[at..]))
    } else if begins("if the dollar sign does not begin a formula") {
        told.change(told.start..told.start, "\\")
    } else if begins("write the words between the two lines of backticks") {
        told.below("Say it.")
    } else if begins("write it after the end of the other directive") {
        let from = told.start + told.text[told.start..].find("```{")?;
        let from = told.text[..from].rfind('\n')? + 1;
        let to = from + told.text[from..].match_indices("```\n").next()?.0 + 4;
        let inner: String = told.text[from..to].lines().map(|line| format!("{}\n", line.trim_start())).collect();
        whole(format!("{}{}\n{inner}", &told.text[..from], &told.text[to..]))
    } else if begins("write `\\|` inside the link") {
        told.change(told.end..told.end + 1, "\\|")
    } else if begins("add a column to the head of the table") {
        let bar = told.text[..told.start].rfind('|')?;
        told.change(bar..bar, "\\")
    } else if begins("give one of them another name, here and where") {
        let mut text = told.text.clone();
        text.replace_range(told.start..told.end, "[^another]");
        whole(format!("{text}\nMore.[^another]\n"))
    } else if begins("write `[^") {
        let note = told.lines().start;
        told.change(note..note, &format!("Said here.{}\n\n", quoted.first()?))
    } else if begins("write a line `[^") {
        told.below(&format!("\n{}The note.", quoted.first()?))
    } else if help.ends_with("is a citation: it has one pair of brackets") {
        told.change(told.start - 2..told.end + 2, quoted.first()?)
    } else if begins("close the bracket after the page, or after the key") {
        told.change(told.end..told.end, "]")
    } else if begins("write a note between `<!--` and `-->`") {
        let whole = told.text.replace("<!— ", "<!-- ").replace(" —>", " -->");
        whole_file(told, whole)
    } else if begins("write three backticks here, before") {
        let text = told.text.replace("'''", "```");
        whole_file(told, text)
    } else if begins("write `> ` at the beginning of each line that belongs to it") {
        let from = told.text[told.end..].find("\n\n")? + told.end;
        told.change(from..from + 2, "\n> ")
    } else if begins("write a quotation that begins with `> [!") {
        let from = told.text.find(":::")?;
        let to = from + told.text[from..].rfind(":::")? + 3;
        let inner = told.text[from..to].lines().skip(1).filter(|line| !line.starts_with(":::"));
        let inner: String = inner.map(|line| format!("> {line}\n")).collect();
        told.change(from..to, &format!("{}\n{inner}", quoted.first()?))
    } else if begins("keep the lines of one version") {
        let from = told.text.find("\n=======\n")?;
        let to = told.text.find("\n>>>>>>>")? + 1;
        let to = to + told.text[to..].find('\n')?;
        whole(format!("{}{}", &told.text[..from], &told.text[to..]).replace("<<<<<<< HEAD\n", ""))
    } else if begins("the directives are `{") {
        told.write("glossary")
    } else if begins("write `> [!") && help.contains("and the words on the next line") {
        told.write(&told.marked().replacen("]: ", "]\n> ", 1))
    } else if begins("write a line of three backticks below its last line") {
        let at = told.text[told.end..].find("\n\n").map_or(told.text.len(), |at| told.end + at + 1);
        told.change(at..at, "```\n")
    } else if begins("write in the square brackets what it shows") {
        let path = told.marked().trim_start_matches(['!', '[', ']', '(', ' ']);
        let path = path.trim_end_matches([']', ')']).split(['|', ' ']).next()?;
        told.write(&format!("![what it shows]({path})"))
    } else if begins("it has no headings") {
        told.write(told.marked().split('#').next()?)
    } else if begins("you can link to `#") {
        told.write(&format!("{}{}", told.marked().split('#').next()?, quoted.first()?))
    } else if begins("use fewer levels") {
        told.change(told.lines().start..told.text.len(), "Less.\n")
    } else if begins("type this word again, and look for others") {
        told.write("é")
    } else if begins("write the chapter, or what belongs in this place") {
        told.write("Words of our own.")
    } else {
        return None;
    })
}

/// Another text for the file.
fn whole_file(told: &Told<'_>, text: String) -> Deed {
    vec![(told.file.to_owned(), Some(text))]
}

/// Helps for HTML.
fn in_html(told: &Told<'_>) -> Option<Deed> {
    let help = told.help;
    let begins = |words: &str| help.starts_with(words);
    Some(if begins("close it with `</") {
        told.change(told.end..told.end, &format!("words{}", told.quoted().first()?))
    } else if begins("remove it: readers see what is in it") {
        told.write(&told.marked().replace(" hidden", ""))
    } else if begins("close it with `-->`") {
        told.change(told.end..told.end, " -->")
    } else if begins("close it with `\"`") {
        told.write(&format!("{}\"></div>", told.marked()))
    } else if begins("link to a chapter, to a file of the manual, or to an address") {
        told.write("https://example.org/")
    } else if begins("write `[text](file.md)`, `[[chapter]]`") {
        told.write_lines("See [this](#heading).\n\n## Heading\n")
    } else if begins("write it in Markdown, or remove it") {
        told.write("")
    } else if begins("write it in Markdown, or set `raw-html: sanitize`") {
        in_manual(told, "raw-html", "raw-html: sanitize\n")
    } else if begins("fix the HTML here") && told.code == "page/duplicate-id" {
        told.write("another-id")
    } else if begins("fix the HTML here") {
        told.write("https://example.org/")
    } else {
        return None;
    })
}

/// Helps that need another file, or another place for this one.
fn with_files(told: &Told<'_>) -> Option<Deed> {
    let help = told.help;
    let quoted = told.quoted();
    let begins = |words: &str| help.starts_with(words);
    let folder = Path::new(told.file).parent()?.to_str()?;
    let name = Path::new(told.file).file_name()?.to_str()?;
    Some(if begins("rename it, with small letters") {
        // Where there is one already, the other one goes.
        let right = told.message.split('`').nth(1)?;
        let is_there = told.manual.path(&format!("manual/{right}")).exists();
        if is_there { vec![(told.file.to_owned(), None)] } else { told.move_to(&format!("manual/{right}")) }
    } else if begins("rename it so that its name ends with `.md`") {
        told.move_to(&format!("{folder}/{}.md", name.split('.').next()?))
    } else if begins("rename the file, such as") {
        told.move_to(&format!("{folder}/{}", quoted.first()?))
    } else if begins("rename the file, or give the chapter an `id`") {
        told.in_front(told.file, "id: a-name")
    } else if begins("move its file into the folder of a part") {
        told.move_to(&format!("manual/pages/{name}"))
    } else if begins("move it out of this manual")
        || begins("remove the file, and iptbook makes a home page")
        || begins("remove one of the two; or, if this is another chapter")
        || begins("save its text as a file whose name ends with `.md`")
    {
        vec![(told.file.to_owned(), None)]
    } else if help.contains("is a draft and is left out: approve it") {
        let path = format!("manual/{}", help.split(' ').next()?);
        let approved = format!("status: approved\napproved-by: A. Person\napproved: {TODAY}");
        vec![(path.clone(), Some(told.manual.read(&path).replace("status: draft", &approved)))]
    } else if begins("save it in `assets/` and write") {
        let mut deed = told.write("![what it shows](../assets/picture.svg)");
        deed.push(("manual/assets/picture.svg".to_owned(), Some(PICTURE.to_owned())));
        deed
    } else if begins("save it without scripts") {
        let path = told.message.strip_prefix("the picture ")?.split(' ').next()?;
        vec![(format!("manual/{path}"), Some(PICTURE.to_owned()))]
    } else if begins("if the video is on another website") {
        told.write_lines("address: https://example.org/film\n")
    } else if begins("write the whole address, beginning with `https://`") {
        told.write("https://example.org/film")
    } else if begins("put the file in this place") && told.marked().ends_with(".csl") {
        told.write("apa")
    } else if begins("put the file in this place") {
        let named = told.message.split('`').nth(1)?;
        // From the folder of the file that names it, unless that is manual.yaml.
        let place = named.trim_start_matches("../");
        let from_root = named.len() > place.len() || told.file == "manual/manual.yaml";
        let path = if from_root { format!("manual/{place}") } else { format!("{folder}/{place}") };
        let content = if place.ends_with("svg") { PICTURE } else { "" };
        vec![(path, Some(content.to_owned()))]
    } else if begins("copy the file into the manual") {
        told.write("https://example.org/")
    } else if begins("copy the") || begins("save it in `assets/`") || begins("save the picture as PNG or JPEG") {
        let (name, content) = if told.marked().ends_with("vtt") { ("a.vtt", "WEBVTT\n") } else { ("a.svg", PICTURE) };
        let mut deed = told.write(&format!("../assets/{name}"));
        deed.push((format!("manual/assets/{name}"), Some(content.to_owned())));
        deed
    } else if begins("write locales/tlh.yaml in your own theme") {
        let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/locales/en.yaml");
        let mut deed = in_manual(told, "theme", "theme: themes/own\n");
        deed.push(("manual/themes/own/theme.yaml".to_owned(), Some("name: Own\n".to_owned())));
        deed.push(("manual/themes/own/locales/tlh.yaml".to_owned(), fs::read_to_string(english).ok()));
        deed
    } else {
        return None;
    })
}

/// Helps for sessions and stages.
fn in_sessions(told: &Told<'_>) -> Option<Deed> {
    let help = told.help;
    let quoted = told.quoted();
    let begins = |words: &str| help.starts_with(words);
    let line = &told.text[told.lines()];
    Some(if begins("shorten the agenda by ") {
        told.write(&(number(told.marked())? + number(help)?).to_string())
    } else if begins("end the plan with session") || begins("end the stage with session") || begins("end with session")
    {
        let last = number(help)?;
        match told.marked().split_once('-') {
            Some((first, _)) => told.write(&format!("{first}-{last}")),
            None if number(told.marked()).is_some() => told.write(&last.to_string()),
            None => told.write_lines(&format!("  - {{ stage: {}, sessions: {last} }}\n", told.marked())),
        }
    } else if begins("lengthen a stage, or add one") {
        // A new stage for each hole.
        let sessions = told.message.split_once("sessions ").or(told.message.split_once("session "))?.1;
        let mut text = told.text.clone();
        let mut deed = Deed::new();
        for (at, hole) in sessions.split(", ").enumerate() {
            let entry = format!("stages:\n  - {{ stage: new-{at}, sessions: {hole} }}\n");
            text = text.replacen("stages:\n", &entry, 1);
            let stage = "---\ntitle: New\nsummary: One.\nactivity: Talk.\n---\n".to_owned();
            deed.push((format!("manual/stages/new-{at}.md"), Some(stage)));
        }
        deed.push((told.file.to_owned(), Some(text)));
        deed
    } else if begins("correct these sessions, or give the stages") {
        let without = |line: &str| match line.split_once(", sessions: ") {
            Some((before, rest)) => format!("{before}{}", &rest[rest.find(',').unwrap_or(0)..]),
            None => line.to_owned(),
        };
        let text: String = told.text.split_inclusive('\n').map(without).collect();
        vec![(told.file.to_owned(), Some(text))]
    } else if begins("adapt a stage of that protocol") {
        told.write("initial")
    } else if begins("correct the sessions, or name under `stages`") {
        let text = told.text.split_inclusive('\n').filter(|line| !line.starts_with("stages:"));
        vec![(told.file.to_owned(), Some(text.collect()))]
    } else if begins("remove `sessions` from one of the two") {
        told.write_lines(&line.replace(&format!("sessions: {}, ", told.marked()), ""))
    } else if begins("remove one of the two, or give one of them another `stage`") {
        let stage = "---\ntitle: Some\nsummary: One.\nactivity: Talk.\n---\n";
        let mut deed = told.write("some-stage");
        deed.push(("manual/stages/some-stage.md".to_owned(), Some(stage.to_owned())));
        deed
    } else if begins("remove one of the two, and give the other one `sessions") {
        let mut text = told.text.clone();
        text.replace_range(told.lines(), "");
        let other = format!("- stage: {}\n", told.marked());
        let whole = format!("- {{ stage: {}, {} }}\n", told.marked(), quoted.first()?);
        vec![(told.file.to_owned(), Some(text.replacen(&other, &whole, 1)))]
    } else if begins("write `") && help.contains("` above `") {
        let mut text = told.text.clone();
        text.replace_range(told.lines(), "");
        let above = text.find(&format!("- stage: {}\n", quoted.get(1)?))?;
        text.insert_str(above, &format!("{}  ", line.trim_start()));
        vec![(told.file.to_owned(), Some(text))]
    } else if begins("name it in a protocol: under `stages:`") {
        let entry = quoted.get(1)?.replace('…', "1-2");
        let protocol = format!("---\ntitle: P\nsummary: One.\nsessions: 2\nstages:\n  {entry}\n---\n");
        vec![("manual/protocols/another.md".to_owned(), Some(protocol))]
    } else {
        return None;
    })
}
