//! Makes manuals as texts, and random edits of them, from fixed seeds.

use std::collections::BTreeMap;
use std::path::Path;

use iptbook::pipeline::CheckOptions;

use crate::support::tree;

/// A manual with its theme as texts.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) attachments: Vec<String>,
    pub(crate) theme: BTreeMap<String, String>,
    pub(crate) options: CheckOptions,
}

impl Desk {
    pub(crate) fn of(folder: &str) -> Self {
        let (mut texts, mut attachments) = (BTreeMap::new(), Vec::new());
        for (path, content) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            let is_text = [".md", ".yaml", ".bib", ".csl"].iter().any(|ending| path.ends_with(ending));
            if is_text && !path.starts_with("assets/") {
                texts.insert(path, String::from_utf8(content).expect("a text"));
            } else {
                attachments.push(path);
            }
        }
        let options = CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: false };
        Self { texts, attachments, theme: BTreeMap::new(), options }
    }

    /// A manual that says little in its manual.yaml: its parts are its folders. Two of its works can only
    /// be told apart by letters after the year.
    pub(crate) fn plain(parts: usize, chapters: usize) -> Self {
        let mut texts = BTreeMap::from([
            ("manual.yaml".to_owned(), "title: Plain\nsafety: page/risk\n".to_owned()),
            (
                "references.bib".to_owned(),
                ["x", "y"]
                    .map(|name| format!("@article{{twin{name}, author={{Doe, Ann}}, title={{On {name}}}, journal={{J}}, year={{2020}}}}\n"))
                    .concat(),
            ),
            ("glossary.yaml".to_owned(), "- term: Ending\n  definition: The last sessions, see [[p1]].\n  see: [page/p0]\n".to_owned()),
            ("risk.md".to_owned(), "---\ntitle: Risk\nsummary: What to do.\nkind: page\n---\n\nCall.\n".to_owned()),
        ]);
        for number in 0..parts * chapters {
            let text = format!(
                "---\ntitle: Page {number}\nsummary: On {number}.\nkind: page\nrelated: [p{}]\n---\n\nThe ending; see [[p{}]].\n",
                (number + 1) % (parts * chapters),
                (number + 3) % (parts * chapters)
            );
            texts.insert(format!("part-{:02}/p{number}.md", number / chapters), text);
        }
        let options = CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: false };
        Self { texts, attachments: Vec::new(), theme: BTreeMap::new(), options }
    }
}

/// Numbers that seem random and are the same each time (xorshift64*).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let at = self.below(all.len());
        &all[at]
    }
}

/// Changes something; says what.
pub(crate) fn edit(desk: &mut Desk, dice: &mut Dice, count: usize) -> String {
    let chapters: Vec<String> = desk.texts.keys().filter(|path| path.ends_with(".md")).cloned().collect();
    let path = dice.of(&chapters).clone();
    let other = dice.of(&chapters).clone();
    let id = |path: &str| path.rsplit('/').next().unwrap_or_default().trim_end_matches(".md").to_owned();
    let text = desk.texts[&path].clone();
    let end_of_front = text[4.min(text.len())..].find("\n---").map_or(text.len(), |at| at + 4);
    let (front, body) = text.split_at(end_of_front);
    let change_line = |text: &str, start: &str, line: &str| {
        let lines = text.lines().map(|old| if old.starts_with(start) { line } else { old });
        lines.collect::<Vec<_>>().join("\n")
    };
    let settings = "manual.yaml".to_owned();
    let works: Vec<String> = desk
        .texts
        .iter()
        .filter(|(path, _)| path.ends_with(".bib"))
        .flat_map(|(_, text)| text.split('@').skip(1))
        .filter_map(|entry| Some(entry.split_once('{')?.1.split_once(',')?.0.to_owned()))
        .collect();
    match dice.below(22) {
        20 => {
            let text =
                format!("---\ntitle: Alone {count}\nsummary: Apart.\nkind: page\n---\n\nTo [[{}]].\n", id(&other));
            desk.texts.insert(format!("extra-{}/alone-{count}.md", count % 3), text);
            "a chapter in a folder of its own".to_owned()
        }
        21 if !works.is_empty() => {
            desk.texts.insert(path.clone(), format!("{text}\n\nSaid by [@{}].\n", dice.of(&works)));
            format!("a citation in {path}")
        }
        0..=2 | 21 => {
            let words = ["grief", "ending", "a word", "session 3", "Wörter"];
            let text = format!("{text}\n\nEdit {count} on {} and [[{}]].\n", dice.of(&words), id(&other));
            desk.texts.insert(path.clone(), text);
            format!("a paragraph with a link in {path}")
        }
        3 => {
            desk.texts.insert(path.clone(), format!("{text}\n\n## Heading {count}\n\nUnder it.\n"));
            format!("a heading in {path}")
        }
        4 => {
            // The safety page is named on every page.
            let risk = chapters.iter().find(|path| path.ends_with("risk.md")).filter(|_| dice.below(3) == 0);
            let path = risk.cloned().unwrap_or(path);
            let text = desk.texts[&path].clone();
            let end_of_front = text[4.min(text.len())..].find("\n---").map_or(text.len(), |at| at + 4);
            let (front, body) = text.split_at(end_of_front);
            desk.texts.insert(path.clone(), change_line(front, "title:", &format!("title: Title {count}")) + body);
            format!("another title of {path}")
        }
        5 => {
            desk.texts
                .insert(path.clone(), change_line(front, "summary:", &format!("summary: Summed up {count}.")) + body);
            format!("another summary of {path}")
        }
        6 => {
            let front = format!("{front}\nrelated: [{}]", id(&other));
            desk.texts.insert(path.clone(), front + body);
            format!("{path} is related to {other}")
        }
        7 => {
            desk.texts.remove(&path);
            format!("{path} deleted")
        }
        8 => {
            let (old, new) = (id(&path), format!("{}-{count}", id(&path)));
            let moved = format!("{}{new}.md", path.strip_suffix(&format!("{old}.md")).unwrap_or_default());
            let text = desk.texts.remove(&path).unwrap_or_default();
            desk.texts.insert(moved.clone(), text);
            for text in desk.texts.values_mut() {
                *text = text.replace(&format!("[[{old}"), &format!("[[{new}"));
                *text = text.replace(&format!("/{old}.md"), &format!("/{new}.md"));
                for (open, close) in [("[", "]"), ("[", ","), (" ", ","), (" ", "]"), (" ", "\n")] {
                    *text = text.replace(&format!("{open}{old}{close}"), &format!("{open}{new}{close}"));
                }
            }
            format!("{path} renamed to {moved}")
        }
        9 => {
            let folder = other.rsplit_once('/').map_or("", |(folder, _)| folder);
            let moved = format!("{folder}/{}.md", id(&path));
            let text = desk.texts.remove(&path).unwrap_or_default();
            desk.texts.insert(moved.trim_start_matches('/').to_owned(), text);
            format!("{path} moved to {folder}")
        }
        10 => {
            let text = format!(
                "---\ntitle: New {count}\nsummary: Fresh.\norder: {}\n---\n\nTo [[{}]].\n",
                count % 7,
                id(&other)
            );
            let folder = other.rsplit_once('/').map_or("", |(folder, _)| folder);
            desk.texts.insert(format!("{folder}/new-{count}.md").trim_start_matches('/').to_owned(), text);
            format!("a new chapter beside {other}")
        }
        11 => {
            let glossary = desk.texts.entry("glossary.yaml".into()).or_default();
            glossary.push_str(&format!(
                "\n- term: {}\n  definition: See [[{}]].\n  see: [{}]\n",
                dice.of(&["Edit 7", "A word", "Wörter", "Session 3"]),
                id(&other),
                id(&path)
            ));
            "a new term".to_owned()
        }
        12 => {
            let glossary = desk.texts.entry("glossary.yaml".into()).or_default();
            *glossary = glossary.replacen("definition: ", &format!("definition: Edit {count}. "), 1);
            "another definition".to_owned()
        }
        13 => {
            let footer = format!("<footer>{count} {{{{ site.title }}}}</footer>");
            match dice.below(3) {
                0 => desk.theme.insert("templates/components/footer.html".into(), footer),
                1 => desk.theme.insert("static/css/own.css".into(), format!("p {{ margin: {count}px }}")),
                _ => desk.theme.pop_first().map(|(_, text)| text),
            };
            "another theme".to_owned()
        }
        14 => {
            let text = change_line(&desk.texts[&settings], "title:", &format!("title: Manual {count}"));
            desk.texts.insert(settings, text);
            "another title of the manual".to_owned()
        }
        15 => {
            if let Some((_, works)) = desk.texts.iter_mut().find(|(path, _)| path.ends_with(".bib")) {
                let from = works.find("title").unwrap_or(0);
                *works = works[..from].to_owned() + &works[from..].replacen('{', &format!("{{Edit {count}: "), 1);
            }
            "another work".to_owned()
        }
        16 => {
            desk.options.drafts = !desk.options.drafts;
            desk.texts
                .insert(path.clone(), format!("{front}\nstatus: {}{body}", dice.of(&["draft", "review", "withdrawn"])));
            format!("{path} has a status, and drafts are shown or not")
        }
        17 => {
            // Anything may happen to a line.
            let mut lines: Vec<&str> = text.lines().collect();
            let (one, two) = (dice.below(lines.len().max(1)), dice.below(lines.len().max(1)));
            if !lines.is_empty() {
                match dice.below(3) {
                    0 => drop(lines.remove(one)),
                    1 => lines.swap(one, two),
                    _ => lines.insert(one, lines[two]),
                }
            }
            desk.texts.insert(path.clone(), lines.join("\n") + "\n");
            format!("lines {one} and {two} of {path}")
        }
        18 => {
            desk.attachments.push(format!("assets/file-{count}.pdf"));
            desk.texts.insert(path.clone(), format!("{text}\n\nA [file](/assets/file-{count}.pdf).\n"));
            format!("a file for {path}")
        }
        _ => {
            desk.texts.insert(path.clone(), format!("{front}\norder: {}{body}", dice.below(20)));
            format!("another place of {path}")
        }
    }
}
