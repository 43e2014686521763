//! Lists the pages that the tool itself adds to every manual: one table with everything that is known about them.
//!
//! No other file writes down the path of such a page, or how the path of a page ends.

use crate::citation::Formatted;
use crate::link::manual::Manual;
use crate::link::site_page::SitePage;
use crate::model::kind::Kind;
use crate::words::Word;

/// How the path of every page ends.
pub(crate) const ENDING: &str = ".html";

/// The path of the sitemap. It is not a page: readers never see it.
pub(crate) const SITEMAP: &str = "sitemap.xml";

/// In a manual of more chapters, paper has a page for each part: no browser prints more on one page
/// without trouble.
pub(crate) const MOST_CHAPTERS: usize = 500;

/// A page that the tool itself adds, in the order of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum MadePage {
    /// The home page, where no chapter is the home page.
    Home,
    /// The session summaries of all protocols and settings.
    SessionSummary,
    /// All evidence chapters and their findings.
    Evidence,
    /// The glossary.
    Glossary,
    /// The reference list.
    References,
    /// The references that somebody must check before the manual is printed.
    ReferencesToCheck,
    /// All parts with their chapters.
    Contents,
    /// The search, with an index of letters.
    Search,
    /// Owner, version and review of each chapter.
    DocumentControl,
    /// What readers see at an address that the site does not have.
    NotFound,
    /// The whole manual for paper or, in a large manual, links to its parts.
    Print,
    /// The glossary of a large manual, for paper.
    PrintedGlossary,
    /// The references of a large manual, for paper.
    PrintedReferences,
}

/// Everything that is known about each page, in the order of [`MadePage`].
const TABLE: &[PageRow] = &[
    PageRow::new(MadePage::Home, "index.html", Word::PageHome, "pages/home")
        .only(PageCondition::WithoutHomeChapter)
        .in_sitemap(),
    PageRow::new(MadePage::SessionSummary, "session-summary.html", Word::PageSessionSummary, "pages/session-summary")
        .navigation(3, LinkCondition::Any(Kind::Protocol))
        .in_sitemap()
        .linkable(),
    PageRow::new(MadePage::Evidence, "evidence.html", Word::PageEvidence, "pages/evidence")
        .navigation(4, LinkCondition::Any(Kind::Evidence))
        .in_sitemap()
        .linkable(),
    PageRow::new(MadePage::Glossary, "glossary.html", Word::PageGlossary, "pages/glossary")
        .navigation(5, LinkCondition::Terms)
        .in_sitemap()
        .linkable(),
    PageRow::new(MadePage::References, "references.html", Word::PageReferences, "pages/references")
        .navigation(6, LinkCondition::References)
        .in_sitemap()
        .linkable(),
    PageRow::new(
        MadePage::ReferencesToCheck,
        "references-to-check.html",
        Word::PageReferencesToCheck,
        "pages/references-to-check",
    )
    .linkable(),
    PageRow::new(MadePage::Contents, "contents.html", Word::PageContents, "pages/contents")
        .navigation(2, LinkCondition::Always)
        .in_sitemap()
        .linkable(),
    PageRow::new(MadePage::Search, "search.html", Word::PageSearch, "pages/search")
        .navigation(1, LinkCondition::Always)
        .linkable(),
    PageRow::new(
        MadePage::DocumentControl,
        "document-control.html",
        Word::PageDocumentControl,
        "pages/document-control",
    )
    .navigation(7, LinkCondition::Always)
    .in_sitemap()
    .linkable(),
    PageRow::new(MadePage::NotFound, "404.html", Word::PageNotFound, "pages/404"),
    PageRow::new(MadePage::Print, "print.html", Word::PagePrint, "pages/print")
        .navigation(8, LinkCondition::Always)
        .linkable(),
    PageRow::new(MadePage::PrintedGlossary, "print-glossary.html", Word::PagePrint, "pages/print")
        .only(PageCondition::WhereLarge),
    PageRow::new(MadePage::PrintedReferences, "print-references.html", Word::PagePrint, "pages/print")
        .only(PageCondition::WhereLarge),
];

/// What is known of a page.
#[derive(Clone, Copy)]
struct PageRow {
    page: MadePage,
    path: &'static str,
    word: Word,
    template: &'static str,
    condition: PageCondition,
    /// Its place in navigation, and when navigation links to it.
    navigation: Option<(u8, LinkCondition)>,
    is_in_sitemap: bool,
    /// Whether an author may link to it by its path.
    is_linkable: bool,
}

/// Which manuals get a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageCondition {
    /// Every manual.
    Always,
    /// Those in which no chapter is the home page.
    WithoutHomeChapter,
    /// Those with more than [`MOST_CHAPTERS`] chapters.
    WhereLarge,
}

/// When navigation leads to a page.
#[derive(Clone, Copy)]
enum LinkCondition {
    Always,
    /// The manual has a chapter of the kind.
    Any(Kind),
    /// The glossary has terms.
    Terms,
    /// A text cites a work.
    References,
}

impl PageRow {
    const fn new(page: MadePage, path: &'static str, word: Word, template: &'static str) -> Self {
        Self {
            page,
            path,
            word,
            template,
            condition: PageCondition::Always,
            navigation: None,
            is_in_sitemap: false,
            is_linkable: false,
        }
    }

    const fn only(self, condition: PageCondition) -> Self {
        Self { condition, ..self }
    }

    const fn navigation(self, place: u8, when: LinkCondition) -> Self {
        Self { navigation: Some((place, when)), ..self }
    }

    const fn in_sitemap(self) -> Self {
        Self { is_in_sitemap: true, ..self }
    }

    const fn linkable(self) -> Self {
        Self { is_linkable: true, ..self }
    }
}

impl MadePage {
    /// Those that a manual gets, in the order of the site.
    pub(crate) fn of(manual: &Manual) -> impl Iterator<Item = Self> {
        let is_there = |condition| match condition {
            PageCondition::Always => true,
            PageCondition::WithoutHomeChapter => manual.home.is_none(),
            PageCondition::WhereLarge => manual.chapters.len() > MOST_CHAPTERS,
        };
        TABLE.iter().filter(move |row| is_there(row.condition)).map(|row| row.page)
    }

    /// Those that the navigation of a manual links to, in its order.
    pub(crate) fn in_navigation(manual: &Manual, formatted: &Formatted) -> Vec<Self> {
        let is_wanted = |when| match when {
            LinkCondition::Always => true,
            LinkCondition::Any(kind) => manual.of_kind(kind).next().is_some(),
            LinkCondition::Terms => !manual.lexicon.terms.is_empty(),
            LinkCondition::References => !formatted.references.is_empty(),
        };
        let wanted = TABLE.iter().filter_map(|row| Some((row.navigation?, row.page)));
        let mut wanted: Vec<(u8, Self)> =
            wanted.filter(|((_, when), _)| is_wanted(*when)).map(|((place, _), page)| (place, page)).collect();
        wanted.sort_unstable_by_key(|(place, _)| *place);
        wanted.into_iter().map(|(_, page)| page).collect()
    }

    /// The page at a path of the site.
    pub(crate) fn at(path: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.path == path).map(|row| row.page)
    }

    /// Its path in the site. All its letters may be in an address.
    pub(crate) fn path(self) -> &'static str {
        self.row().path
    }

    /// Its address on a page at `root` from the site's root.
    pub(crate) fn address(self, root: &str) -> String {
        [root, self.path()].concat()
    }

    /// Its title.
    pub(crate) fn word(self) -> Word {
        self.row().word
    }

    /// The name of its template.
    pub(crate) fn template(self) -> &'static str {
        self.row().template
    }

    /// Which manuals get it.
    pub(crate) fn condition(self) -> PageCondition {
        self.row().condition
    }

    /// Whether the sitemap has it.
    pub(crate) fn is_in_sitemap(self) -> bool {
        self.row().is_in_sitemap
    }

    fn row(self) -> PageRow {
        TABLE[self as usize]
    }
}

/// The page of the site that an author's path means: one of these, or the page of a part.
pub(crate) fn linkable(path: &str) -> Option<SitePage<'_>> {
    match TABLE.iter().find(|row| row.is_linkable && row.path == path) {
        Some(row) => Some(SitePage::Made(row.path)),
        None => path.strip_suffix(MadePage::Home.path())?.strip_suffix('/').map(SitePage::Part),
    }
}

/// Whether a file of the site is a page.
pub(crate) fn is_page(path: &str) -> bool {
    path.ends_with(ENDING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_row() {
        for (at, row) in TABLE.iter().enumerate() {
            assert_eq!(row.page as usize, at, "{:?}", row.page);
            assert_eq!(MadePage::at(row.path), Some(row.page));
            assert!(is_page(row.path));
        }
        assert_eq!(MadePage::PrintedReferences as usize, TABLE.len() - 1);
    }

    #[test]
    fn authors_may_link_to_some_pages() {
        assert_eq!(linkable("glossary.html"), Some(SitePage::Made("glossary.html")));
        assert_eq!(linkable("a/b/index.html"), Some(SitePage::Part("a/b")));
        for path in ["404.html", "index.html", "print-glossary.html", "a/glossary.html", "a", "aindex.html"] {
            assert_eq!(linkable(path), None, "{path}");
        }
    }
}
