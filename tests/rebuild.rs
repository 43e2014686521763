//! However a manual is changed, what is built from its last state is what is built from nothing.
//!
//! Manuals are edited at random, from fixed seeds, and after each edit the site and the reports are
//! compared with those of a build from nothing, byte for byte.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use iptbook::diag::{self, Reports, Severity};
use iptbook::files::{Attachments, Loaded, Output, SourceFile, Sources, ThemeFile, ThemeFiles};
use iptbook::pipeline::{self, Options};
use iptbook::rebuild::Rebuild;
use iptbook::{load, render};
use support::tree;

/// A site in memory.
#[derive(Default)]
struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    /// The paths that were written since this was last emptied.
    written: Mutex<Vec<String>>,
}

impl Output for Memory {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        self.files.lock().expect("no test panics in here").insert(path.to_owned(), content.to_vec());
        self.written.lock().expect("no test panics in here").push(path.to_owned());
        Ok(())
    }

    fn copy(&self, path: &str) -> std::io::Result<()> {
        self.files.lock().expect("no test panics in here").insert(path.to_owned(), b"a copy".to_vec());
        Ok(())
    }
}

/// A manual with its theme as texts.
#[derive(Clone)]
struct Desk {
    texts: BTreeMap<String, String>,
    attachments: Vec<String>,
    theme: BTreeMap<String, String>,
    options: Options,
}

impl Desk {
    fn of(folder: &str) -> Self {
        let (mut texts, mut attachments) = (BTreeMap::new(), Vec::new());
        for (path, content) in tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            let is_text = [".md", ".yaml", ".bib", ".csl"].iter().any(|ending| path.ends_with(ending));
            if is_text && !path.starts_with("assets/") {
                texts.insert(path, String::from_utf8(content).expect("a text"));
            } else {
                attachments.push(path);
            }
        }
        let options = Options { as_of: jiff::civil::date(2026, 11, 23), drafts: false };
        Self { texts, attachments, theme: BTreeMap::new(), options }
    }

    /// A manual that says little in its manual.yaml: its parts are its folders. Two of its works can only
    /// be told apart by letters after the year.
    fn plain(parts: usize, chapters: usize) -> Self {
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
        let options = Options { as_of: jiff::civil::date(2026, 11, 23), drafts: false };
        Self { texts, attachments: Vec::new(), theme: BTreeMap::new(), options }
    }

    fn loaded(&self) -> (Loaded, ThemeFiles) {
        let file = |(path, text): (&String, &String)| SourceFile {
            path: path.clone(),
            shown: path.clone(),
            text: text.clone(),
        };
        let mut sources = Sources::new(self.texts.iter().map(file).collect());
        let mut theme = ThemeFiles { default: load::default_theme(), ..ThemeFiles::default() };
        for (path, text) in &self.theme {
            let file = sources.append(file((path, text)));
            theme.own.insert(path.clone(), ThemeFile { content: text.clone().into(), file: Some(file) });
        }
        (Loaded { sources, attachments: Attachments::new(self.attachments.iter().cloned()) }, theme)
    }

    /// The reports, and the site if there may be one, from nothing.
    fn built_from_nothing(&self) -> (Reports, Option<BTreeMap<String, Vec<u8>>>) {
        let (loaded, theme) = self.loaded();
        let checked = pipeline::check(&loaded, &theme, self.options, Reports::new());
        let site = checked.is_publishable(false).then(|| {
            let memory = Memory::default();
            let made = render::site(&checked.manual, &checked.words, &checked.citations(), &theme, &memory);
            made.map(|()| memory.files.into_inner().expect("no test panics in here"))
        });
        (checked.reports, site.transpose().ok().flatten())
    }
}

/// Numbers that seem random and are the same each time (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let at = self.below(all.len());
        &all[at]
    }
}

/// Changes something; says what.
fn edit(desk: &mut Desk, dice: &mut Dice, count: usize) -> String {
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

/// Edits a manual so many times. Returns how often there was a site.
fn edited(name: &str, mut desk: Desk, seed: u64, edits: usize) -> usize {
    let mut dice = Dice(seed);
    let mut rebuild = Rebuild::default();
    let memory = Memory::default();
    let mut sites = 0;
    let mut done = "nothing yet".to_owned();
    let mut last_good = desk.clone();
    for count in 0..=edits {
        let (loaded, theme) = desk.loaded();
        let built = rebuild.build(loaded, &theme, desk.options, false, Reports::new(), &memory);
        let (reports, site) = desk.built_from_nothing();
        let place = format!("{name}, seed {seed}, edit {count}: {done}");
        let Ok(built) = built else {
            assert!(site.is_none(), "{place}: no site where there is one");
            desk = last_good.clone();
            done = "undone".to_owned();
            continue;
        };
        assert_eq!(format!("{:#?}", built.checked.reports), format!("{reports:#?}"), "{place}: reports");
        match (built.gone, site) {
            (Some(gone), Some(site)) => {
                let mut files = memory.files.lock().expect("no test panics in here");
                gone.iter().for_each(|path| drop(files.remove(path)));
                let paths = |site: &BTreeMap<String, Vec<u8>>| site.keys().cloned().collect::<Vec<_>>();
                assert_eq!(paths(&files), paths(&site), "{place}: the files");
                for (path, content) in &site {
                    let text = |content: &[u8]| String::from_utf8_lossy(content).into_owned();
                    assert!(
                        files[path] == *content,
                        "{place}: {path}\n{}",
                        first_difference(&text(&files[path]), &text(content))
                    );
                }
                sites += 1;
                last_good = desk.clone();
                done = edit(&mut desk, &mut dice, count);
            }
            (None, None) => {
                assert!(diag::count(&reports, Severity::Error) > 0, "{place}: no site without a reason");
                // Most mistakes are mended at once; some stay for a while.
                if dice.below(4) == 0 {
                    done = edit(&mut desk, &mut dice, count);
                } else {
                    desk = last_good.clone();
                    done = "undone".to_owned();
                }
            }
            (gone, site) => panic!("{place}: a site {} and {}", gone.is_some(), site.is_some()),
        }
    }
    sites
}

fn first_difference(one: &str, other: &str) -> String {
    let at = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let near = |text: &str| {
        let bytes = text.as_bytes();
        String::from_utf8_lossy(&bytes[at.saturating_sub(200)..(at + 200).min(bytes.len())]).into_owned()
    };
    format!("built again: {}\nfrom nothing: {}", near(one), near(other))
}

#[test]
fn a_small_manual_is_built_again_as_from_nothing() {
    let desk = Desk::of("tests/golden/small/manual");
    let sites: usize = (1..=5).map(|seed| edited("small", desk.clone(), seed, 50)).sum();
    assert!(sites > 125, "only {sites} sites were compared");
}

#[test]
fn a_plain_manual_is_built_again_as_from_nothing() {
    let sites: usize = (1..=8).map(|seed| edited("plain", Desk::plain(2, 3), seed, 40)).sum();
    assert!(sites > 160, "only {sites} sites were compared");
}

/// Its parts have pages of their own for paper.
#[test]
fn a_large_manual_is_built_again_as_from_nothing() {
    let sites = edited("large", Desk::plain(26, 20), 1, 30);
    assert!(sites > 15, "only {sites} sites were compared");
}

#[test]
fn the_kitchen_sink_is_built_again_as_from_nothing() {
    let desk = Desk::of("tests/kitchen-sink");
    let sites: usize = (1..=2).map(|seed| edited("kitchen sink", desk.clone(), seed, 40)).sum();
    assert!(sites > 40, "only {sites} sites were compared");
}

#[test]
fn the_shipped_manual_is_built_again_as_from_nothing() {
    let sites = edited("shipped", Desk::of("manual"), 1, 15);
    assert!(sites > 6, "only {sites} sites were compared");
}

/// A change of a text alone concerns the page, the page for paper and the search; of a title, the pages
/// that show it.
#[test]
fn only_what_changed_is_made() {
    let mut desk = Desk {
        texts: BTreeMap::from([("manual.yaml".to_owned(), "title: Large\n".to_owned())]),
        attachments: Vec::new(),
        theme: BTreeMap::new(),
        options: Options { as_of: jiff::civil::date(2026, 11, 23), drafts: false },
    };
    for number in 0..1200 {
        let (part, next) = (number / 20, (number + 30) % 1200);
        let text =
            format!("---\ntitle: Page {number}\nsummary: On {number}.\nkind: page\nrelated: [p{next}]\n---\n\nText.\n");
        desk.texts.insert(format!("part-{part:02}/p{number}.md"), text);
    }
    let memory = Memory::default();
    let mut rebuild = Rebuild::default();
    let mut written = |desk: &Desk| {
        memory.written.lock().expect("no test panics in here").clear();
        let (loaded, theme) = desk.loaded();
        let built = rebuild.build(loaded, &theme, desk.options, true, Reports::new(), &memory).expect("templates");
        assert_eq!(built.gone.as_deref(), Some(&[][..]), "{:?}", built.checked.reports);
        let mut written = memory.written.lock().expect("no test panics in here").clone();
        written.sort();
        written
    };
    assert!(written(&desk).len() > 1200);
    assert_eq!(written(&desk), [""; 0], "nothing changed");
    let path = "part-03/p70.md";
    desk.texts.insert(path.into(), desk.texts[path].replace("Text.", "Another text."));
    let made = written(&desk);
    assert_eq!(
        made.iter().filter(|path| !path.starts_with("search/")).collect::<Vec<_>>(),
        ["part-03/p70.html", "print-4.html"]
    );
    desk.texts.insert(path.into(), desk.texts[path].replace("title: Page 70", "title: Page 70 again"));
    let made = written(&desk);
    let of_chapters = made.iter().filter(|path| path.contains("/p")).count();
    assert!(made.contains(&"part-02/p40.html".to_owned()), "it links the chapter: {made:?}");
    assert!(made.contains(&"part-05/p100.html".to_owned()), "the chapter links it");
    assert!(made.contains(&"print-6.html".to_owned()), "which is also said on paper");
    assert!(of_chapters < 30, "{of_chapters} pages of chapters for one title");
}
