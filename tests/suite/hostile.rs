//! Tests that nothing panics, whatever is in the files of a manual, and that what is accepted becomes a site whose
//! links lead somewhere and whose ids occur only once.
//!
//! `EDITS=5000 cargo test --release --test suite hostile::` tries more than the suite does.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;

use crate::support::tree;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use iptbook::diag::Reports;
use iptbook::files;
use iptbook::files::attachments::Attachments;
use iptbook::files::output::Output;
use iptbook::files::source::{Loaded, SourceFile, Sources};
use iptbook::files::theme::ThemeFiles;
use iptbook::pipeline::{self, CheckOptions};
use iptbook::{load, render};
use percent_encoding::percent_decode_str;

/// How many manuals are tried, where `EDITS` does not say.
const EDITS: u64 = 300;

/// A source of numbers that look like chance and are always the same (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).expect("a small number")
    }
}

/// Pieces that mean something to somebody on the way.
const PIECES: &[&str] = &[
    "---\n",
    "\n---\n",
    "- ",
    ": ",
    "[",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "|",
    ">",
    "&a ",
    "*a",
    "!!binary ",
    "#",
    "\t",
    "\r\n",
    "\u{feff}",
    "[[",
    "]]",
    "[@",
    "@",
    "[^1]",
    "[^1]: ",
    "```",
    "```{say}\n",
    "````",
    "$",
    "$$",
    "\\",
    "<",
    "</",
    "<!--",
    "-->",
    "<div>",
    "<a id=\"x\">",
    "&amp;",
    "&#0;",
    "\0",
    "\u{202e}",
    "\u{301}",
    "ﷺ",
    "😀",
    "ß",
    "İ",
    "%00",
    "../",
    "./",
    "//",
    "javascript:",
    "{#x}",
    "{{",
    "{%",
    "~~",
    "**",
    "==",
    "1-3",
    "0",
    "-1",
    "99999999999999999999",
    "1e999",
    "2026-02-30",
    "null",
    "~",
    "true",
    "term/",
    "slot/",
    "technique/",
    "![](",
    "](",
    ")",
    "| a | b |\n|---|---|\n",
    "# ",
    "###### ",
    "> [!NOTE]\n> ",
    "1. ",
    "- [ ] ",
    "***\n",
    "title: ",
    "summary: ",
    "id: ",
    "stages: ",
    "<<: *a\n",
    "? ",
    "%YAML 1.2\n",
];

fn edit(text: &str, chance: &mut Chance) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=chance.below(2) {
        let at = chance.below(bytes.len() + 1);
        let length = chance.below(40).min(bytes.len() - at);
        match chance.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..at + length)),
            2 => {
                let piece = bytes[at..at + length].to_vec();
                let to = chance.below(bytes.len() + 1);
                bytes.splice(to..to, piece);
            }
            3 if at < bytes.len() => bytes[at] = u8::try_from(chance.below(256)).expect("a byte"),
            4 => {
                let piece = PIECES[chance.below(PIECES.len())].repeat(1 + chance.below(50));
                bytes.splice(at..at, piece.into_bytes());
            }
            _ => {
                let piece = PIECES[chance.below(PIECES.len())];
                bytes.splice(at..at + length.min(3), piece.bytes());
            }
        }
    }
    // What is no UTF-8 is reported when it is read from a disk.
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A site in memory.
#[derive(Default)]
struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Output for Memory {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        let before = self.0.lock().expect("nobody panics in here").insert(path.to_owned(), content.to_vec());
        assert!(before.is_none(), "{path} is written twice");
        Ok(())
    }

    fn copy(&self, path: &str) -> std::io::Result<()> {
        self.put(path, b"a copy")
    }
}

/// What a page links to, and the ids that it has.
#[derive(Default)]
struct Seen {
    links: Mutex<Vec<String>>,
    ids: Mutex<Vec<String>>,
}

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            for attribute in &tag.attrs {
                let gathered = match &*attribute.name.local {
                    "href" | "src" => &self.links,
                    "id" => &self.ids,
                    _ => continue,
                };
                gathered.lock().expect("nobody panics in here").push(attribute.value.to_string());
            }
        }
        TokenSinkResult::Continue
    }
}

/// The faults of a site.
fn faults(site: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut pages: BTreeMap<&str, (Vec<String>, BTreeSet<String>)> = BTreeMap::new();
    for (path, content) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(content).expect("pages are UTF-8");
        let input = BufferQueue::default();
        input.push_back(html.into());
        let tokenizer = Tokenizer::new(Seen::default(), Default::default());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        let ids = tokenizer.sink.ids.into_inner().expect("nobody panics in here");
        let mut once = BTreeSet::new();
        for id in ids {
            if !once.insert(id.clone()) {
                faults.push(format!("{path}: the id `{id}` twice"));
            }
        }
        pages.insert(path, (tokenizer.sink.links.into_inner().expect("nobody panics in here"), once));
    }
    for (path, (links, _)) in &pages {
        for link in links {
            if ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| link.starts_with(scheme)) {
                continue;
            }
            // A page that is not found is shown at any address, and so has addresses from the root on.
            if *path == "404.html" && link.starts_with('/') {
                continue;
            }
            let (file, fragment) =
                link.split_once('#').map_or((link.as_str(), None), |(file, part)| (file, Some(part)));
            let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            let file = file.split('?').next().unwrap_or_default();
            let target =
                if file.is_empty() { Some((*path).to_owned()) } else { files::relpath::resolve(path, &decode(file)) };
            let Some(target) = target.filter(|target| site.contains_key(target)) else {
                faults.push(format!("{path}: a link to `{link}`"));
                continue;
            };
            let known = pages.get(target.as_str()).map(|(_, ids)| ids);
            if let (Some(ids), Some(fragment)) = (known, fragment.filter(|fragment| !fragment.is_empty()))
                && !ids.contains(fragment)
                && !ids.contains(&decode(fragment))
            {
                faults.push(format!("{path}: a link to `{link}`, which has no such id"));
            }
        }
    }
    faults
}

#[test]
fn whatever_stands_in_a_manual() {
    let edits: u64 = std::env::var("EDITS").ok().and_then(|edits| edits.parse().ok()).unwrap_or(EDITS);
    let theme = load::theme(None, &mut Sources::default()).expect("the default theme");
    let manuals = ["tests/kitchen-sink", "tests/arabic"].map(|folder| {
        let mut reports = Reports::new();
        let loaded = load::manual(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut reports).expect("a manual");
        let files: Vec<SourceFile> = loaded.sources.iter().map(|(_, source)| source.clone()).collect();
        let attachments: Vec<String> = loaded.attachments.iter().map(str::to_owned).collect();
        (files, attachments)
    });
    let (mut accepted, mut wrong) = (0, String::new());
    for number in 0..edits {
        let chance = &mut Chance(number);
        let (files, attachments) = &manuals[chance.below(manuals.len())];
        let mut files = files.clone();
        let mut edited = Vec::new();
        for _ in 0..=chance.below(4) / 3 {
            let file = chance.below(files.len());
            files[file].text = std::sync::Arc::new(edit(&files[file].text, chance));
            edited.push(files[file].path.clone());
        }
        let tried = catch_unwind(AssertUnwindSafe(|| tried(files, attachments, &theme)));
        let tried = tried.unwrap_or_else(|_| Some(vec!["it panics".into()]));
        accepted += usize::from(tried.is_some());
        for fault in tried.unwrap_or_default().iter().take(3) {
            wrong.push_str(&format!("edit {number} of {edited:?}: {fault}\n"));
        }
    }
    let told = format!("{edits} manuals with edits by chance, {accepted} of them accepted\n");
    std::io::stderr().write_all(told.as_bytes()).expect("somebody reads this");
    assert!(wrong.is_empty(), "{wrong}");
    assert!(accepted > usize::try_from(edits).expect("a small number") / 20, "enough are accepted to say anything");
}

/// The faults of the site, if the manual is accepted.
fn tried(files: Vec<SourceFile>, attachments: &[String], theme: &ThemeFiles) -> Option<Vec<String>> {
    let loaded = Loaded { sources: Sources::new(files), attachments: Attachments::new(attachments.to_vec()) };
    let options = CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: true };
    let checked = pipeline::check(&loaded, theme, options, Reports::new());
    for report in &checked.reports {
        let text = &loaded.sources.get(report.span().file).text;
        assert!(report.span().start as usize <= text.len(), "{report:?} is in its file");
    }
    if !checked.is_publishable(false) {
        return None;
    }
    let site = Memory::default();
    let made = render::site(&checked.manual, &checked.words, &checked.citations(), theme, &site);
    Some(match made {
        Ok(()) => faults(&site.0.into_inner().expect("nobody panics in here")),
        Err(error) => vec![error.to_string()],
    })
}

#[test]
fn a_file_that_cannot_be_read_is_reported_where_readers_would_miss_it() {
    // Nothing keeps root from reading, so the disk is left out of this.
    let file = |path: &str, text: &str| SourceFile {
        path: path.into(),
        shown: path.into(),
        text: std::sync::Arc::new(text.into()),
    };
    let sources = Sources::new(vec![
        file("manual.yaml", "title: T\n"),
        file("pages/a.md", "---\ntitle: A\nsummary: B.\n---\n\n[Linked](linked.pdf)\n"),
    ]);
    let paths = ["assets/a.pdf", "pages/linked.pdf", "pages/nobodys.pdf"].map(str::to_owned);
    let unreadable = paths.iter().map(|path| (path.clone(), "Permission denied".to_owned())).collect();
    let loaded = Loaded { sources, attachments: Attachments::new(paths).unreadable(unreadable) };
    let theme = load::theme(None, &mut Sources::default()).expect("the default theme");
    let options = CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: true };
    let reports = pipeline::check(&loaded, &theme, options, Reports::new()).reports;
    let found: Vec<(&str, &str)> = reports.iter().map(|report| (report.code.name, report.message.as_str())).collect();
    let report = |path| ("file/unreadable", path);
    assert_eq!(
        found,
        [
            report("assets/a.pdf cannot be read: Permission denied"),
            report("pages/linked.pdf cannot be read: Permission denied")
        ]
    );
}

#[test]
fn the_sample_manuals_have_no_faults() {
    for folder in ["tests/kitchen-sink", "tests/arabic", "manual"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        assert!(!tree(&folder).is_empty());
        let loaded = load::manual(&folder, &mut Reports::new()).expect("a manual");
        let theme = load::theme(None, &mut Sources::default()).expect("the default theme");
        let files = loaded.sources.iter().map(|(_, source)| source.clone()).collect();
        let attachments: Vec<String> = loaded.attachments.iter().map(str::to_owned).collect();
        assert_eq!(tried(files, &attachments, &theme), Some(Vec::new()), "{}", folder.display());
    }
}
