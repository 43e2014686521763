//! Notes what pages link to, and which ids they have.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::Hasher as _;

use memchr::{memchr, memmem};
use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use crate::files::relpath;
use crate::hash;
use crate::render::address::made::{MadePage, is_page};
use crate::render::verify::scan::{Attribute, parsed, scanned};

/// What has been seen.
#[derive(Default)]
pub(crate) struct Notes {
    /// The paths of files.
    pub(crate) files: Vec<u64>,
    /// Ids with their page.
    pub(crate) ids: Vec<u64>,
    /// Some of the last things that were linked to.
    pub(crate) recent: RecentTargets,
    /// What is linked to, and where that was first seen. A file has its path, a place in it its id too.
    pub(crate) links: FxHashMap<u64, PageLink>,
    pub(crate) faults: BTreeSet<PageFault>,
}

impl Notes {
    pub(crate) fn page<'h>(&mut self, page: &str, html: &'h [u8], foreign: bool) {
        let mut own: Vec<(u64, Cow<'h, str>)> = Vec::new();
        // Most links are to headings of the same page.
        let mut to_own: Vec<Cow<'h, str>> = Vec::new();
        let here = folder(page);
        let mut note = |attribute: Attribute, value: Cow<'h, str>| match attribute {
            Attribute::Id => own.push((hash("", &value), value)),
            Attribute::Link if value.starts_with('#') => to_own.push(value),
            Attribute::Link => {
                // Most links are usual ones, to what was linked to before.
                let is_known = |target| self.recent.has(target) || self.links.contains_key(&target);
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
            let kind = PageFaultKind::Twice(pair[0].1.to_string());
            self.faults.insert(PageFault { page: page.to_owned(), kind });
        }
        self.ids.extend(own.iter().map(|(_, id)| hash(page, id)));
        for address in to_own {
            let id = decoded(&address[1..]);
            if !is_top(&id) && own.binary_search_by_key(&hash("", &id), |(hash, _)| *hash).is_err() {
                let kind = PageFaultKind::NoPlace(address.into_owned());
                self.faults.insert(PageFault { page: page.to_owned(), kind });
            }
        }
    }

    /// Notes what a link leads to.
    fn follow(&mut self, page: &str, address: &str) {
        let is_elsewhere = address.starts_with("//") || has_scheme(address);
        // At addresses that lead nowhere links begin at the root of where the site is.
        if is_elsewhere || (page == MadePage::NotFound.path() && address.starts_with('/')) {
            return;
        }
        let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
        let path = decoded(path.split_once('?').map_or(path, |(path, _)| path));
        // From the root on, a site works neither from a disk nor within another.
        let file = if path.is_empty() { Some(page.to_owned()) } else { relpath::resolve(page, &path) };
        let Some(file) = file.filter(|_| !path.starts_with('/')) else {
            self.faults.insert(PageFault { page: page.to_owned(), kind: PageFaultKind::NoFile(address.to_owned()) });
            return;
        };
        let of_file = hash(&file, "");
        let mut link = |target, within| {
            let new = || PageLink { page: page.into(), address: address.into(), within };
            let known = self.links.entry(target).or_insert_with(new);
            if (page, address) < (&*known.page, &*known.address) {
                *known = new();
            }
        };
        link(of_file, None);
        let id = decoded(fragment);
        if is_page(&file) && !is_top(&id) {
            link(hash(&file, &id), Some(of_file));
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct PageLink {
    pub(crate) page: Box<str>,
    pub(crate) address: Box<str>,
    /// The file, if a place in it is meant: ids are noted for pages only.
    pub(crate) within: Option<u64>,
}

/// Some of the last things that were linked to: most links are in the heads of all pages, or on pages of one part.
pub(crate) struct RecentTargets([u64; 1024]);

impl Default for RecentTargets {
    fn default() -> Self {
        Self([0; 1024])
    }
}

impl RecentTargets {
    /// Adds this, and says whether it was there already.
    fn has(&mut self, target: u64) -> bool {
        std::mem::replace(&mut self.0[(target % 1024) as usize], target) == target
    }
}

/// What an address leads to that needs no decoding and stays close, as most do: folders upwards first, then a name, or
/// from the root on.
pub(crate) fn usual(here: &str, address: &str) -> Option<u64> {
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

pub(crate) fn folder(page: &str) -> &str {
    page.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The hash of a file, or of a place in it.
pub(crate) fn hash(path: &str, id: &str) -> u64 {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    hash_of(folder, name, id)
}

fn hash_of(folder: &str, name: &str, id: &str) -> u64 {
    hash::quick(|state| {
        for part in [folder, name, id] {
            state.write(part.as_bytes());
            state.write_u8(0xff);
        }
    })
}

fn decoded(text: &str) -> Cow<'_, str> {
    if memchr(b'%', text.as_bytes()).is_none() { text.into() } else { percent_decode_str(text).decode_utf8_lossy() }
}

fn has_scheme(address: &str) -> bool {
    let is_in_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let length = address.bytes().take_while(is_in_scheme).count();
    address.as_bytes().get(length) == Some(&b':') && address.starts_with(|letter: char| letter.is_ascii_alphabetic())
}

/// What is wrong with a finished page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageFault {
    /// The page, relative to the site.
    pub page: String,
    /// What is wrong.
    pub kind: PageFaultKind,
}

/// What may be wrong with a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PageFaultKind {
    /// A link to a file that the site does not have.
    NoFile(String),
    /// A link to a place that its page does not have.
    NoPlace(String),
    /// An id that occurs there twice.
    Twice(String),
}
