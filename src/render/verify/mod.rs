//! Checks finished pages on their way out: every link leads somewhere, every id occurs only once.
//!
//! [`VerifyingOutput`] is put before an [`Output`] and sees each file that passes. It finds what the manual's own
//! checks cannot see: links in a theme's templates, trusted HTML, and bugs of this program. Of most things it keeps
//! only hashes: a link that occurs a thousand times is resolved once, and a large manual has hundreds of thousands of
//! ids.
//!
//! # Who may use whom
//!
//! ```text
//! verify -> notes
//! notes -> scan
//! ```

pub mod notes;
pub(crate) mod scan;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::files::output::Output;
use crate::files::source::Sources;
use crate::files::theme::ThemeFiles;
use crate::link::manual::Manual;
use crate::model::raw_html::RawHtml;
use crate::render::address::made::is_page;
use crate::render::address::paths;
use crate::render::text::context::RenderContext;
use crate::render::verify::notes::{Notes, PageFault, PageFaultKind, PageLink, hash};
use crate::span::Span;

/// Whose HTML may be in pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HtmlOrigin {
    /// This program's.
    Own,
    /// That of templates, too: pages are read with a parser.
    OfTemplates,
    /// That of chapters, too. Its links are right on the chapter's own page, so pages for paper, where it is among
    /// others, are not checked.
    OfChapters,
}

impl HtmlOrigin {
    /// Whose HTML may be in the pages of a manual with this theme.
    pub(crate) fn of(manual: &Manual, theme: &ThemeFiles) -> Self {
        if manual.settings.raw_html == RawHtml::Trust {
            Self::OfChapters
        } else if theme.has_own_templates() {
            Self::OfTemplates
        } else {
            Self::Own
        }
    }
}

/// An [`Output`] that checks the pages before it passes them on.
pub struct VerifyingOutput<'a> {
    pub(crate) output: &'a dyn Output,
    pub(crate) html: HtmlOrigin,
    /// What threads have noted; each takes one of them, or begins a new one.
    pub(crate) notes: Mutex<Vec<Box<Notes>>>,
}

impl<'a> VerifyingOutput<'a> {
    /// Stands before `output`.
    pub fn new(output: &'a dyn Output, html: HtmlOrigin) -> Self {
        Self { output, html, notes: Mutex::default() }
    }

    /// What is wrong with the pages that were passed on, sorted; for each broken link only the first page.
    pub fn faults(self) -> Vec<PageFault> {
        let mut all = self.notes.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut wanted: FxHashMap<u64, PageLink> = FxHashMap::default();
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
        let mut faults: BTreeSet<PageFault> = all.into_iter().flat_map(|notes| notes.faults).collect();
        // Where the file is not there, that is said already.
        let is_said = |link: &PageLink| link.within.is_some_and(|file| wanted.contains_key(&file));
        faults.extend(wanted.values().filter(|link| !is_said(link)).map(|link| {
            let address = link.address.to_string();
            let kind =
                if link.within.is_some() { PageFaultKind::NoPlace(address) } else { PageFaultKind::NoFile(address) };
            PageFault { page: link.page.to_string(), kind }
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

impl Output for VerifyingOutput<'_> {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        self.note(|notes| {
            notes.files.push(hash(path, ""));
            let is_left_out = self.html == HtmlOrigin::OfChapters && paths::is_printed(path);
            if is_page(path) && !is_left_out {
                notes.page(path, content, self.html != HtmlOrigin::Own);
            }
        });
        self.output.put(path, content)
    }

    fn copy(&self, path: &str) -> std::io::Result<()> {
        self.note(|notes| notes.files.push(hash(path, "")));
        self.output.copy(path)
    }
}

/// Says what an author can do about faults. `sources` are the texts, as far as they are still there: if a link is
/// written in a chapter in the same way as on the page, its place is marked.
///
/// # Reports
/// `page/broken-link`, `page/duplicate-id`.
pub(crate) fn report(
    faults: &[PageFault],
    context: &RenderContext<'_>,
    sources: &Sources,
    own_theme: bool,
    reports: &mut Reports,
) {
    let manual = context.manual;
    let trusts = manual.settings.raw_html == RawHtml::Trust;
    for PageFault { page, kind } in faults {
        let (code, written, message) = match kind {
            PageFaultKind::NoFile(address) => (
                &diag::BROKEN_LINK,
                address,
                format!("the finished page `{page}` links to `{address}`, which is not in the site"),
            ),
            PageFaultKind::NoPlace(address) => (
                &diag::BROKEN_LINK,
                address,
                format!("the finished page `{page}` links to `{address}`, but there is no such place on the page"),
            ),
            PageFaultKind::Twice(id) => {
                (&diag::REPEATED_ID, id, format!("the finished page `{page}` has the id `{id}` more than once"))
            }
        };
        let of_page = manual.iter().find(|(ix, _)| context.page(*ix) == page).map(|(_, chapter)| chapter.file);
        let file = of_page.unwrap_or(manual.settings.file);
        let quoted = ['"', '\''].into_iter().find_map(|quote| {
            let at = sources.get(file).text.find(&format!("={quote}{written}{quote}"))? + 2;
            Some(Span::new(file, at, at + written.len()))
        });
        let help = match (quoted, trusts, own_theme) {
            (Some(_), ..) => "fix the HTML here: with `raw-html: trust`, iptbook does not change it",
            (None, true, _) => {
                "look for it in the HTML of the chapter: with `raw-html: trust`, iptbook does not change it"
            }
            (None, false, true) => "look for it in the templates of your theme",
            (None, false, false) => "this is an error in iptbook, not yours: please report it",
        };
        reports.push(Diagnostic::new(code, quoted.unwrap_or(Span::top(file)), message).help(help));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::output::NullOutput;
    use crate::files::relpath;
    use crate::render::verify::notes::{folder, usual};

    fn faults(html: HtmlOrigin, pages: &[(&str, &str)]) -> Vec<(String, PageFaultKind)> {
        let examined = VerifyingOutput::new(&NullOutput, html);
        pages.iter().for_each(|(path, html)| examined.put(path, html.as_bytes()).expect("nothing fails nowhere"));
        examined.copy("assets/a b.pdf").expect("nothing fails nowhere");
        examined.faults().into_iter().map(|fault| (fault.page, fault.kind)).collect()
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
            let file = relpath::resolve(page, path).expect("within the site");
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
            ("404.html", "<a href=\"/anything/b.html\">"),
        ];
        for whose in [HtmlOrigin::Own, HtmlOrigin::OfTemplates, HtmlOrigin::OfChapters] {
            assert_eq!(faults(whose, &sound), [], "{whose:?}");
            let no_file = |address: &str| PageFaultKind::NoFile(address.into());
            let no_place = |address: &str| PageFaultKind::NoPlace(address.into());
            for (html, kind) in [
                ("<a href=\"b.html\">", no_file("b.html")),
                ("<a\nhref=\"a/c.html#x\">", no_file("a/c.html#x")),
                ("<img alt=\"\" src=\"assets/b.pdf\">", no_file("assets/b.pdf")),
                ("<a href=\"../index.html\">", no_file("../index.html")),
                ("<a href=\"/index.html\">", no_file("/index.html")),
                ("<a href=\"a/b.html?a=1&amp;b=%31#y\">", no_place("a/b.html?a=1&b=%31#y")),
                ("<a href=\"#y\">", no_place("#y")),
                ("<p id=\"z\"><i id=\"z\">", PageFaultKind::Twice("z".into())),
            ] {
                let page = format!("{}{html}", sound[0].1);
                let pages = [("index.html", page.as_str()), sound[1]];
                assert_eq!(faults(whose, &pages), [("index.html".to_owned(), kind)], "{html}, {whose:?}");
            }
        }
        let odd = "<!-- <a href=\"none.html\"> --><A HREF='none.html' ID=a><script>'<a href=\"no.html\">'</script>";
        let found = vec![("i.html".to_owned(), PageFaultKind::NoFile("none.html".into()))];
        let both = [HtmlOrigin::Own, HtmlOrigin::OfTemplates].map(|whose| faults(whose, &[("i.html", odd)]));
        assert_eq!(both, [found.clone(), found]);
        let printed = [("print.html", odd), ("print-2.html", odd)];
        assert_eq!((faults(HtmlOrigin::Own, &printed).len(), faults(HtmlOrigin::OfChapters, &printed).len()), (1, 0));
    }
}
