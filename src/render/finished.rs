//! Finished pages, looked at once more on their way out: every link leads somewhere, every id is there once.
//!
//! [`Examined`] stands before an [`Output`] and sees each file as it is handed on. What the manual's own
//! checks cannot see is found here: links of a theme's templates, HTML that is trusted, and faults
//! of this program. Only hashes are kept of most things: a link that is there a thousand times is resolved
//! once, and a large manual has hundreds of thousands of ids.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::Hasher as _;
use std::sync::{Mutex, PoisonError};

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use memchr::{memchr, memchr_iter, memmem, memrchr2};
use percent_encoding::percent_decode_str;
use rustc_hash::{FxHashMap, FxHasher};

use super::fill::Book;
use super::paths;
use crate::diag::{self, Diagnostic, Reports};
use crate::files::{self, Output, Sources};
use crate::model::raw_html::RawHtml;
use crate::span::Span;

/// The page that is shown at addresses that lead nowhere: its links begin at the root of where the site is.
const NOWHERE: &str = "404.html";

/// Whose HTML may stand in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Html {
    /// This program's.
    Own,
    /// That of templates, too: pages are read with a parser.
    OfTemplates,
    /// That of chapters, too. Its links are right on the chapter's own page, so that pages for paper, where it
    /// stands among others, are not looked at.
    OfChapters,
}

/// An [`Output`] that looks at the pages before it hands them on.
pub struct Examined<'a> {
    output: &'a dyn Output,
    html: Html,
    /// What threads have noted; each takes one of them, or begins a new one.
    notes: Mutex<Vec<Box<Notes>>>,
}

/// What has been seen.
#[derive(Default)]
struct Notes {
    /// The paths of files.
    files: Vec<u64>,
    /// Ids with their page.
    ids: Vec<u64>,
    /// Some of the last things that were linked to.
    last: Last,
    /// What is linked to, and where that was first seen. A file has its path, a place in it its id too.
    links: FxHashMap<u64, Link>,
    faults: BTreeSet<Fault>,
}

#[derive(Debug, Clone)]
struct Link {
    page: Box<str>,
    address: Box<str>,
    /// The file, where a place in it is meant: ids are noted of pages only.
    within: Option<u64>,
}

/// What is wrong with a finished page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The page, relative to the site.
    pub page: String,
    /// What is wrong.
    pub what: What,
}

/// What may be wrong with a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A link to a file that the site does not have.
    NoFile(String),
    /// A link to a place that its page does not have.
    NoPlace(String),
    /// An id that stands there twice.
    Twice(String),
}

impl<'a> Examined<'a> {
    /// Stands before `output`.
    pub fn new(output: &'a dyn Output, html: Html) -> Self {
        Self { output, html, notes: Mutex::default() }
    }

    /// What is wrong with the pages that were handed on, sorted; of each fault of links the first page.
    pub fn faults(self) -> Vec<Fault> {
        let mut all = self.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut wanted: FxHashMap<u64, Link> = FxHashMap::default();
        for (target, link) in all.iter_mut().flat_map(|notes| notes.links.drain()) {
            let known = wanted.entry(target).or_insert_with(|| link.clone());
            if (&link.page, &link.address) < (&known.page, &known.address) {
                *known = link;
            }
        }
        for notes in &all {
            for target in notes.files.iter().chain(&notes.ids) {
                wanted.remove(target);
            }
        }
        let mut faults: BTreeSet<Fault> = all.into_iter().flat_map(|notes| notes.faults).collect();
        // Where the file is not there, that is said already.
        let is_said = |link: &Link| link.within.is_some_and(|file| wanted.contains_key(&file));
        faults.extend(wanted.values().filter(|link| !is_said(link)).map(|link| {
            let address = link.address.to_string();
            let what = if link.within.is_some() { What::NoPlace(address) } else { What::NoFile(address) };
            Fault { page: link.page.to_string(), what }
        }));
        faults.into_iter().collect()
    }

    fn note(&self, note: impl FnOnce(&mut Notes)) {
        let free = self.notes.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut notes = free.unwrap_or_default();
        note(&mut notes);
        self.notes.lock().unwrap_or_else(PoisonError::into_inner).push(notes);
    }
}

impl Output for Examined<'_> {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        self.note(|notes| {
            notes.files.push(hash(path, ""));
            let is_left_out = self.html == Html::OfChapters && paths::is_printed(path);
            if path.ends_with(".html") && !is_left_out {
                notes.page(path, content, self.html != Html::Own);
            }
        });
        self.output.put(path, content)
    }

    fn copy(&self, path: &str) -> std::io::Result<()> {
        self.note(|notes| notes.files.push(hash(path, "")));
        self.output.copy(path)
    }
}

impl Notes {
    fn page<'h>(&mut self, page: &str, html: &'h [u8], foreign: bool) {
        let mut own: Vec<(u64, Cow<'h, str>)> = Vec::new();
        // Most links are to headings of the same page.
        let mut to_own: Vec<Cow<'h, str>> = Vec::new();
        let here = folder(page);
        let mut note = |attribute: Attribute, value: Cow<'h, str>| match attribute {
            Attribute::Id => own.push((hash("", &value), value)),
            Attribute::Link if value.starts_with('#') => to_own.push(value),
            Attribute::Link => {
                // Most links are usual ones, to what was linked to before.
                let is_known = |target| self.last.has(target) || self.links.contains_key(&target);
                // In foreign HTML there may be mistakes, of which always the same page is named.
                if foreign || !usual(here, &value).is_some_and(is_known) {
                    self.follow(page, &value);
                }
            }
        };
        // A comment may hold tags, too.
        if foreign || memmem::find(html, b"<!--").is_some() {
            parsed(html, &mut |attribute, value| note(attribute, value));
        } else {
            scanned(html, &mut note);
        }
        own.sort_unstable();
        for pair in own.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
            let what = What::Twice(pair[0].1.to_string());
            self.faults.insert(Fault { page: page.to_owned(), what });
        }
        self.ids.extend(own.iter().map(|(_, id)| hash(page, id)));
        for address in to_own {
            let id = decoded(&address[1..]);
            if !is_top(&id) && own.binary_search_by_key(&hash("", &id), |(hash, _)| *hash).is_err() {
                let what = What::NoPlace(address.into_owned());
                self.faults.insert(Fault { page: page.to_owned(), what });
            }
        }
    }

    /// Notes what a link leads to.
    fn follow(&mut self, page: &str, address: &str) {
        let is_elsewhere = address.starts_with("//") || has_scheme(address);
        if is_elsewhere || (page == NOWHERE && address.starts_with('/')) {
            return;
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let path = decoded(path.split_once('?').map_or(path, |(path, _)| path));
        // From the root on, a site works neither from a disk nor within another.
        let file = if path.is_empty() { Some(page.to_owned()) } else { files::resolve(page, &path) };
        let Some(file) = file.filter(|_| !path.starts_with('/')) else {
            self.faults.insert(Fault { page: page.to_owned(), what: What::NoFile(address.to_owned()) });
            return;
        };
        let of_file = hash(&file, "");
        let mut link = |target, within| {
            let new = || Link { page: page.into(), address: address.into(), within };
            let known = self.links.entry(target).or_insert_with(new);
            if (page, address) < (&*known.page, &*known.address) {
                *known = new();
            }
        };
        link(of_file, None);
        let id = decoded(fragment);
        if file.ends_with(".html") && !is_top(&id) {
            link(hash(&file, &id), Some(of_file));
        }
    }
}

/// Some of the last things that were linked to: most links are in the heads of all pages, or on pages of one part.
struct Last([u64; 1024]);

impl Default for Last {
    fn default() -> Self {
        Self([0; 1024])
    }
}

impl Last {
    /// Whether it has this, which it has from now on.
    fn has(&mut self, target: u64) -> bool {
        std::mem::replace(&mut self.0[(target % 1024) as usize], target) == target
    }
}

/// What an address leads to that needs no decoding and stays close, as most do: folders upwards first, then a name, or
/// from the root on.
fn usual(here: &str, address: &str) -> Option<u64> {
    let (mut folder, mut rest) = (here, address);
    while let Some(onward) = rest.strip_prefix("../") {
        if folder.is_empty() {
            return None;
        }
        folder = self::folder(folder);
        rest = onward;
    }
    let (mut slash, mut end) = (None, rest.len());
    for (at, byte) in rest.bytes().enumerate() {
        match byte {
            b'/' => slash = Some(at),
            b'#' => {
                end = at;
                break;
            }
            b'.' if rest[at + 1..].starts_with(['.', '/']) => return None,
            b':' | b'?' | b'%' => return None,
            _ => {}
        }
    }
    let id = rest.get(end + 1..).unwrap_or_default();
    if end == 0 || id.contains('%') {
        return None;
    }
    let (folder, name) = match slash {
        None => (folder, &rest[..end]),
        // A second slash side by side means something else.
        Some(slash) if folder.is_empty() && slash > 0 && !rest[..slash].contains("//") => {
            (&rest[..slash], &rest[slash + 1..end])
        }
        Some(_) => return None,
    };
    (!name.is_empty()).then(|| hash_of(folder, name, if is_top(id) { "" } else { id }))
}

/// Whether a fragment means the page itself.
fn is_top(fragment: &str) -> bool {
    fragment.is_empty() || fragment == "top"
}

fn folder(page: &str) -> &str {
    page.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The hash of a file, or of a place in it.
fn hash(path: &str, id: &str) -> u64 {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    hash_of(folder, name, id)
}

fn hash_of(folder: &str, name: &str, id: &str) -> u64 {
    let mut state = FxHasher::default();
    for part in [folder, name, id] {
        state.write(part.as_bytes());
        state.write_u8(0xff);
    }
    state.finish()
}

fn decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'%', text.as_bytes()).is_none() { text.into() } else { percent_decode_str(text).decode_utf8_lossy() }
}

fn has_scheme(address: &str) -> bool {
    let is_in_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let length = address.bytes().take_while(is_in_scheme).count();
    address.as_bytes().get(length) == Some(&b':') && address.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// What is looked for in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Id,
    Link,
}

/// Finds ids and links in a page without comments whose attributes are in small letters and stand in `"`, as this
/// program and its templates write them. Ten times as fast as reading it as HTML.
fn scanned<'h>(html: &'h [u8], note: &mut impl FnMut(Attribute, Cow<'h, str>)) {
    for at in memchr_iter(b'=', html) {
        let (before, after) = (&html[..at], &html[at + 1..]);
        let Some(value) = after.strip_prefix(b"\"") else { continue };
        let (attribute, length) = match before {
            [.., b'i', b'd'] => (Attribute::Id, 2),
            [.., b'h', b'r', b'e', b'f'] => (Attribute::Link, 4),
            [.., b's', b'r', b'c'] => (Attribute::Link, 3),
            [.., b'p', b'o', b's', b't', b'e', b'r'] => (Attribute::Link, 6),
            _ => continue,
        };
        let before = &before[..before.len() - length];
        let is_in_tag = before.last().is_some_and(u8::is_ascii_whitespace)
            && memrchr2(b'<', b'>', before).is_some_and(|at| html[at] == b'<');
        let value = memchr(b'"', value).map(|end| &value[..end]).and_then(|value| std::str::from_utf8(value).ok());
        if let Some(value) = value.filter(|_| is_in_tag) {
            note(attribute, unescaped(value));
        }
    }
}

/// The value of an attribute as it is meant.
fn unescaped(value: &str) -> Cow<'_, str> {
    if memchr(b'&', value.as_bytes()).is_none() {
        return value.into();
    }
    let mut meant = String::new();
    parsed(format!("<a href=\"{value}\">").as_bytes(), &mut |_, value| meant = value.into_owned());
    meant.into()
}

/// Finds ids and links in any HTML.
fn parsed(html: &[u8], note: &mut impl FnMut(Attribute, Cow<'static, str>)) {
    struct Sink<'n>(RefCell<&'n mut dyn FnMut(Attribute, Cow<'static, str>)>);

    impl TokenSink for Sink<'_> {
        type Handle = ();

        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            if let Token::TagToken(tag) = token
                && tag.kind == TagKind::StartTag
            {
                for attribute in tag.attrs {
                    let name = match &*attribute.name.local {
                        "id" => Attribute::Id,
                        "href" | "src" | "poster" => Attribute::Link,
                        _ => continue,
                    };
                    (self.0.borrow_mut())(name, attribute.value.to_string().into());
                }
                // What stands in these is no HTML.
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(RawKind::ScriptData),
                    "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            TokenSinkResult::Continue
        }
    }

    let input = BufferQueue::default();
    input.push_back(String::from_utf8_lossy(html).as_ref().into());
    let tokenizer = Tokenizer::new(Sink(RefCell::new(note)), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
}

/// Says of faults what an author can do. `sources` are the texts, as far as they are still there: the place of
/// a link that stands in a chapter as it is in the page is marked.
///
/// # Reports
/// `page/broken-link`, `page/duplicate-id`.
pub fn report(faults: &[Fault], book: &Book<'_>, sources: &Sources, own_theme: bool, reports: &mut Reports) {
    let manual = book.manual;
    let trusts = manual.settings.raw_html == RawHtml::Trust;
    for Fault { page, what } in faults {
        let (code, written, message) = match what {
            What::NoFile(address) => (
                &diag::BROKEN_LINK,
                address,
                format!("the finished page `{page}` links to `{address}`, which the site does not have"),
            ),
            What::NoPlace(address) => (
                &diag::BROKEN_LINK,
                address,
                format!("the finished page `{page}` links to `{address}`, a place that is not there"),
            ),
            What::Twice(id) => {
                (&diag::REPEATED_ID, id, format!("the finished page `{page}` has the id `{id}` more than once"))
            }
        };
        let of_page = manual.iter().find(|(ix, _)| book.page(*ix) == page).map(|(_, chapter)| chapter.file);
        let file = of_page.unwrap_or(manual.settings.file);
        let quoted = ['"', '\''].into_iter().find_map(|quote| {
            let at = sources.get(file).text.find(&format!("={quote}{written}{quote}"))? + 2;
            Some(Span::new(file, at, at + written.len()))
        });
        let help = match (quoted, trusts, own_theme) {
            (Some(_), ..) => "mend the HTML here: `raw-html: trust` takes it as it is",
            (None, true, _) => "look for it in the HTML of the chapter, which `raw-html: trust` takes as it is",
            (None, false, true) => "look for it in the templates of your theme",
            (None, false, false) => "this is a fault of iptbook and not yours: please report it",
        };
        reports.push(Diagnostic::new(code, quoted.unwrap_or(Span::top(file)), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Nowhere;

    fn faults(html: Html, pages: &[(&str, &str)]) -> Vec<(String, What)> {
        let examined = Examined::new(&Nowhere, html);
        pages.iter().for_each(|(path, html)| examined.put(path, html.as_bytes()).expect("nothing fails nowhere"));
        examined.copy("assets/a b.pdf").expect("nothing fails nowhere");
        examined.faults().into_iter().map(|fault| (fault.page, fault.what)).collect()
    }

    #[test]
    fn usual_links_are_what_they_are_resolved_to() {
        for (page, address) in [
            ("a/b.html", "c.html"),
            ("a/b.html", "../index.html"),
            ("a/b.html", "../c/d.html#e"),
            ("a/b/c.html", "../../x.html"),
            ("index.html", "a/b/c.html#d"),
        ] {
            let (path, id) = address.split_once('#').unwrap_or((address, ""));
            let file = files::resolve(page, path).expect("within the site");
            assert_eq!(usual(folder(page), address), Some(hash(&file, id)), "{page} {address}");
        }
        let unusual = [
            "../../a.html",
            "https://a.b/c",
            "mailto:a@b",
            "/a.html",
            "//a.b/c",
            "./a.html",
            "a/../b.html",
            "a//b.html",
            "#a",
            "",
            "a%20b",
            "?a",
            "c/",
            "d/e.html",
        ];
        for address in unusual {
            assert_eq!(usual("a", address), None, "{address}");
        }
    }

    #[test]
    fn links_lead_somewhere_and_ids_are_there_once() {
        let sound = [
            (
                "index.html",
                "<p id=\"top-1\"><a href=\"a/b.html#x\">b</a> <a href=\"#top-1\">u</a> <a href=\"#\">t</a></p>",
            ),
            (
                "a/b.html",
                "<h2 id=\"x\"><a class=\"c\" href=\"../index.html#top-1\">i</a></h2><img src=\"../assets/a%20b.pdf\">\
                 <a href=\"https://example.org/none\"> <a href=\"mailto:a@b.c\"> <a href=\"../assets/a%20b.pdf#page=2\">\
                 <p>href=\"nowhere.html\" id=\"x\" is no tag</p><a href=\"?q=1#x\">",
            ),
            (NOWHERE, "<a href=\"/anything/b.html\">"),
        ];
        for whose in [Html::Own, Html::OfTemplates, Html::OfChapters] {
            assert_eq!(faults(whose, &sound), [], "{whose:?}");
            let no_file = |address: &str| What::NoFile(address.into());
            let no_place = |address: &str| What::NoPlace(address.into());
            for (html, what) in [
                ("<a href=\"b.html\">", no_file("b.html")),
                ("<a\nhref=\"a/c.html#x\">", no_file("a/c.html#x")),
                ("<img alt=\"\" src=\"assets/b.pdf\">", no_file("assets/b.pdf")),
                ("<a href=\"../index.html\">", no_file("../index.html")),
                ("<a href=\"/index.html\">", no_file("/index.html")),
                ("<a href=\"a/b.html?a=1&amp;b=%31#y\">", no_place("a/b.html?a=1&b=%31#y")),
                ("<a href=\"#y\">", no_place("#y")),
                ("<p id=\"z\"><i id=\"z\">", What::Twice("z".into())),
            ] {
                let page = format!("{}{html}", sound[0].1);
                let pages = [("index.html", page.as_str()), sound[1]];
                assert_eq!(faults(whose, &pages), [("index.html".to_owned(), what)], "{html}, {whose:?}");
            }
        }
        let odd = "<!-- <a href=\"none.html\"> --><A HREF='none.html' ID=a><script>'<a href=\"no.html\">'</script>";
        let found = vec![("i.html".to_owned(), What::NoFile("none.html".into()))];
        let both = [Html::Own, Html::OfTemplates].map(|whose| faults(whose, &[("i.html", odd)]));
        assert_eq!(both, [found.clone(), found]);
        let printed = [("print.html", odd), ("print-2.html", odd)];
        assert_eq!((faults(Html::Own, &printed).len(), faults(Html::OfChapters, &printed).len()), (1, 0));
    }
}
