//! Tests that, however a manual is changed, a build from its last state gives the same as a build from nothing.
//!
//! Manuals are edited at random, from fixed seeds. After each edit, the site and the reports are compared with those of
//! a build from nothing, byte for byte.

use std::collections::BTreeMap;
use std::sync::Mutex;

use crate::support::edits::{Desk, Dice, edit};
use iptbook::diag::{self, Reports, Severity};
use iptbook::files::attachments::Attachments;
use iptbook::files::output::Output;
use iptbook::files::source::{Loaded, SourceFile, Sources};
use iptbook::files::theme::{ThemeFile, ThemeFiles};
use iptbook::load;
use iptbook::pipeline::{self, CheckOptions};
use iptbook::rebuild::Rebuild;
use iptbook::render;
use iptbook::render::site::build::RenderError;

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
        self.written.lock().expect("no test panics in here").push(path.to_owned());
        Ok(())
    }
}

impl Desk {
    fn loaded(&self) -> (Loaded, ThemeFiles) {
        let file = |(path, text): (&String, &String)| SourceFile {
            path: path.clone(),
            shown: path.clone(),
            text: std::sync::Arc::new(text.clone()),
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
        let mut reports = checked.reports.clone();
        let mut site = None;
        if checked.is_publishable(false) {
            let memory = Memory::default();
            match render::site(&checked.manual, &checked.words, &checked.citations(), &theme, &memory) {
                Ok(()) => site = Some(memory.files.into_inner().expect("no test panics in here")),
                Err(RenderError::Template(error)) => reports.push(error.report(&theme, checked.manual.settings.file)),
                Err(error) => panic!("memory does not fail: {error}"),
            }
        }
        (reports, site)
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
        memory.written.lock().expect("no test panics in here").clear();
        let built = rebuild.build(loaded, &theme, desk.options, false, Reports::new(), &memory).expect("memory");
        let (reports, site) = desk.built_from_nothing();
        let place = format!("{name}, seed {seed}, edit {count}: {done}");
        assert_eq!(format!("{:#?}", built.checked.reports), format!("{reports:#?}"), "{place}: reports");
        match (built.gone, site) {
            (Some(gone), Some(site)) => {
                let mut files = memory.files.lock().expect("no test panics in here");
                gone.iter().for_each(|path| drop(files.remove(path)));
                if built.whole {
                    let written = memory.written.lock().expect("no test panics in here");
                    files.retain(|path, _| written.contains(path));
                }
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
        options: CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: false },
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
