//! The pages of a site: which there are, and what each shows.

use std::collections::HashSet;
use std::sync::OnceLock;

use memchr::memmem;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::chapter_view::{self, ChapterView, link};
use super::fill::{Book, Filler, Stand, anchor};
use super::forms::{self, Sheet};
use super::print::{Sections, without_part};
use super::session_table::SessionTable;
use super::templates::{Component, Shared, TemplateError, Templates, Values, escaped};
use super::timeline::{self, TimelineView};
use super::view::*;
use super::{evidence_tables, index, lists, matrices, paths, phases, tables};
use crate::link::resolve::Resolved;
use crate::link::{ChapterIx, Manual, Part};
use crate::model::directive::Drawing;
use crate::model::{Chapter, Kind};

/// A page to be made.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its path in the site.
    pub path: String,
    pub(super) what: What,
}

impl Page {
    /// Whether it is the page of a chapter.
    pub fn is_chapter(&self) -> bool {
        matches!(self.what, What::Chapter(_))
    }
}

#[derive(Debug, Clone)]
pub(super) enum What {
    Chapter(ChapterIx),
    Sheet(ChapterIx, Sheet),
    Part(usize),
    Home,
    SessionSummary,
    Evidence,
    Glossary,
    References,
    ReferencesToCheck,
    Contents,
    Search,
    DocumentControl,
    NotFound,
    /// The whole manual on one page, or the way to its parts.
    Print,
    /// A part of a large manual, all its chapters on one page.
    PrintedPart(usize),
    PrintedGlossary,
    PrintedReferences,
    /// What stands where a chapter was that was withdrawn.
    Withdrawn(usize),
    Redirect(Resolved),
    /// Where a chapter's blank sheet was.
    SheetRedirect(ChapterIx, Sheet),
    Sitemap,
}

/// Is shown what a chapter's page holds, for the search.
type Said<'a> = &'a dyn Fn(ChapterIx, &ChapterView);

/// The most chapters of a part that a page lists beside itself. A page must not grow with the
/// manual: of a larger part it lists the neighbours, and leads to the part's own page for the rest.
const MOST_SIBLINGS: usize = 40;

/// The most chapters that a home page lists, if no chapter takes its place.
const MOST_ON_HOME: usize = 300;

/// The most chapters that a page lists which is there to list them all. In a larger manual the pages of
/// its parts list them, and this one leads to those.
pub(super) const MOST_LISTED: usize = 1000;

/// How many neighbours on each side are listed of a larger part.
const NEIGHBOURS: usize = 12;

/// Makes pages.
pub struct Site<'a> {
    pub(super) book: &'a Book<'a>,
    pub(super) templates: &'a Templates,
    site: Shared,
    /// The parts, where there are few enough for every page.
    parts: Option<Shared>,
    made: Shared,
    /// For each part, the navigation of its chapters' pages, once the first of them is made: it takes
    /// as long as the rest of a page. None where a part is so large that each page lists its neighbours.
    navigations: Vec<OnceLock<String>>,
    /// How the manual is laid out on paper.
    pub(super) sections: Sections<'a>,
}

#[derive(Serialize)]
struct SiteView {
    title: String,
    subtitle: String,
    edition: String,
    date: String,
    date_iso: String,
    language: String,
    direction: &'static str,
    authors: String,
    publisher: String,
    license: String,
    notice: String,
    /// Whether the theme has a style sheet of its own.
    own_css: bool,
}

#[derive(Serialize)]
pub(super) struct PageView {
    title: String,
    description: String,
    path: String,
    kind: &'static str,
    kind_label: String,
    /// What kind of blank sheet it is; empty for other pages.
    sheet: &'static str,
    /// Whether there is a blank form on it.
    pub(super) forms: bool,
    home: bool,
    review_due: String,
    /// Its address on the web; empty where the manual has none.
    canonical: String,
    feedback: String,
}

#[derive(Serialize)]
struct PartNavView {
    title: String,
    url: String,
    chapters_before: bool,
    chapters_after: bool,
    count: usize,
}

/// Whether a chapter's page shows a worksheet: it is one, or its text asks for one.
pub(super) fn has_form(chapter: &Chapter) -> bool {
    chapter.kind == Kind::Worksheet
        || chapter.directives.iter().any(|directive| directive.drawing == Some(Drawing::Worksheet))
}

impl<'a> Site<'a> {
    /// Prepares what all pages share.
    pub fn new(book: &'a Book<'a>, templates: &'a Templates) -> Self {
        let (manual, words) = (book.manual, book.words);
        let settings = &manual.settings;
        let line = |name: &str| settings.line(name).unwrap_or_default().to_owned();
        let authors: Vec<&str> = settings.record.lines("authors").iter().map(|author| author.value.as_str()).collect();
        let site = SiteView {
            title: settings.title.clone(),
            subtitle: line("subtitle"),
            edition: line("edition"),
            date: settings.date().map(|date| words.date(date)).unwrap_or_default(),
            date_iso: settings.date().map(|date| date.to_string()).unwrap_or_default(),
            language: settings.language.clone(),
            direction: words.direction(),
            authors: words.list(authors),
            publisher: line("publisher"),
            license: line("license"),
            notice: line("notice"),
            own_css: templates.has_own_css(),
        };
        Self {
            site: Shared::new(&site),
            parts: (manual.parts.len() <= MOST_SIBLINGS)
                .then(|| Shared::new(&parts_from_root(manual, 0..manual.parts.len()))),
            made: Shared::new(&made_pages(book)),
            navigations: vec![OnceLock::new(); manual.parts.len()],
            sections: Sections::of(manual),
            book,
            templates,
        }
    }

    /// All pages, in the order of the site.
    pub fn pages(&self) -> Vec<Page> {
        let manual = self.book.manual;
        let page = |path: &str, what: What| Page { path: path.to_owned(), what };
        let mut pages = Vec::new();
        if manual.home.is_none() {
            pages.push(page("index.html", What::Home));
        }
        pages.extend(manual.iter().map(|(ix, _)| page(self.book.page(ix), What::Chapter(ix))));
        pages
            .extend(manual.parts.iter().enumerate().map(|(at, part)| page(&paths::part(&part.folder), What::Part(at))));
        pages.extend(manual.iter().filter_map(|(ix, chapter)| {
            let sheet = Sheet::of(chapter)?;
            Some(page(&paths::sheet(self.book.page(ix), sheet.name()), What::Sheet(ix, sheet)))
        }));
        let withdrawn: Vec<String> = manual.withdrawn.iter().map(paths::withdrawn).collect();
        pages.extend(withdrawn.iter().enumerate().map(|(at, path)| page(path, What::Withdrawn(at))));
        let redirects = |chapter: &Chapter, path: &str, to: Resolved| -> Vec<Page> {
            let aliases = chapter.front.lines("aliases").iter();
            aliases
                .filter_map(|alias| Some(page(&paths::alias(path, &alias.value)?, What::Redirect(to.clone()))))
                .collect()
        };
        for (ix, chapter) in manual.iter() {
            let redirects = redirects(chapter, self.book.page(ix), Resolved::Chapter(ix, None));
            let sheets = Sheet::of(chapter).into_iter().flat_map(|sheet| {
                let old = |old: &Page| page(&paths::sheet(&old.path, sheet.name()), What::SheetRedirect(ix, sheet));
                redirects.iter().map(old).collect::<Vec<_>>()
            });
            pages.extend(sheets);
            pages.extend(redirects);
        }
        for (at, gone) in manual.withdrawn.iter().enumerate() {
            pages.extend(redirects(&gone.chapter, &withdrawn[at], Resolved::Withdrawn(at)));
        }
        pages.extend([
            page("session-summary.html", What::SessionSummary),
            page("evidence.html", What::Evidence),
            page("glossary.html", What::Glossary),
            page("references.html", What::References),
            page("references-to-check.html", What::ReferencesToCheck),
            page("contents.html", What::Contents),
            page("search.html", What::Search),
            page("document-control.html", What::DocumentControl),
            page("404.html", What::NotFound),
            page(paths::PRINT, What::Print),
        ]);
        if self.sections.are_apart() {
            let parts = (0..self.sections.parts.len()).map(|at| page(&paths::printed(at + 1), What::PrintedPart(at)));
            pages.extend(parts);
            pages.push(page(paths::PRINTED_GLOSSARY, What::PrintedGlossary));
            pages.push(page(paths::PRINTED_REFERENCES, What::PrintedReferences));
        }
        if manual.settings.line("base-url").is_some() {
            pages.push(page("sitemap.xml", What::Sitemap));
        }
        pages
    }

    /// Renders a page. `said` is shown what a chapter's page holds.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(&self, page: &Page, said: Said<'_>) -> Result<String, TemplateError> {
        let root = match page.what {
            What::NotFound => self.root_of_not_found(),
            _ => paths::root(&page.path),
        };
        match &page.what {
            What::Chapter(ix) => self.chapter(page, *ix, &root, said),
            What::Sheet(ix, sheet) => self.sheet(page, *ix, *sheet, &root),
            What::Part(part) => self.part(page, *part, &root),
            What::Redirect(to) => self.redirect(page, &root, |filler| match to {
                Resolved::Chapter(ix, _) => bare_link(filler, *ix),
                to => LinkView { url: filler.address(to), ..blank(&filler.title(to)) },
            }),
            What::SheetRedirect(ix, sheet) => self.redirect(page, &root, |filler| {
                let sheet = paths::sheet(self.book.page(*ix), sheet.name());
                LinkView { url: format!("{root}{}", paths::address(&sheet)), ..bare_link(filler, *ix) }
            }),
            What::Print => self.print(page),
            What::PrintedPart(at) => self.print_part(page, *at),
            What::PrintedGlossary => self.print_glossary(page),
            What::PrintedReferences => self.print_references(page),
            What::Sitemap => Ok(self.sitemap()),
            what => {
                let (name, content, contents) = self.made(what, &root)?;
                let title = match what {
                    What::Home => self.book.manual.settings.title.clone(),
                    What::Withdrawn(at) => self.book.manual.withdrawn[*at].chapter.title.clone(),
                    _ => self.book.words.get(&format!("page-{name}")).to_owned(),
                };
                self.layout(page, &root, &title, content, contents)
            }
        }
    }

    /// Whether the manual has more chapters than a page lists.
    fn is_large(&self) -> bool {
        self.book.manual.chapters.len() > MOST_LISTED
    }

    /// The neighbours of a page's part, in a manual of very many; the contents page has them all.
    fn parts_around(&self, what: &What) -> Vec<PartView> {
        let manual = self.book.manual;
        let own = match what {
            What::Chapter(ix) => manual.part_of[ix.0 as usize].unwrap_or(0),
            What::Part(part) => *part,
            _ => 0,
        };
        parts_from_root(manual, own.saturating_sub(NEIGHBOURS)..(own + NEIGHBOURS + 1).min(manual.parts.len()))
    }

    pub(super) fn words(&self, key: &str) -> String {
        self.book.words.get(key).to_owned()
    }

    /// What pages of all sorts get.
    ///
    /// # Errors
    /// When the template of the navigation fails.
    pub(super) fn values(&self, page: &Page, root: &str, filler: &Filler<'_>) -> Result<Values, TemplateError> {
        let mut values = self.templates.values();
        values.share("site", &self.site);
        values.insert("root", root);
        let home = LinkView { url: format!("{root}index.html"), ..blank(&self.words("home")) };
        values.insert("home", &LinkView { current: page.path == "index.html", ..home });
        values.insert("safety", &chapter_view::safety(filler));
        values.insert("navigation_html", &self.navigation(page, root)?);
        Ok(values)
    }

    /// The navigation, with the link to the page itself marked.
    fn navigation(&self, page: &Page, root: &str) -> Result<String, TemplateError> {
        let own = match &page.what {
            What::Chapter(ix) | What::Sheet(ix, _) => Some(*ix),
            _ => None,
        };
        let part = own.and_then(|ix| self.book.manual.part_of[ix.0 as usize]);
        let shared = part.filter(|at| self.book.manual.parts[*at].chapters.len() <= MOST_SIBLINGS);
        let Some(shared) = shared.map(|at| &self.navigations[at]) else {
            return Ok(with_current(&self.navigation_of(page, own, root)?, root, &page.path));
        };
        let html = match shared.get() {
            Some(html) => html,
            None => {
                let html = self.navigation_of(page, own, root)?;
                shared.get_or_init(|| html)
            }
        };
        Ok(with_current(html, root, &page.path))
    }

    fn navigation_of(&self, page: &Page, own: Option<ChapterIx>, root: &str) -> Result<String, TemplateError> {
        let mut values = self.templates.values();
        values.share("site", &self.site);
        values.insert("root", root);
        match &self.parts {
            Some(parts) => values.share("parts", parts),
            None => values.insert("parts", &self.parts_around(&page.what)),
        }
        values.share("made", &self.made);
        self.insert_siblings(&mut values, own);
        self.templates.render("components/navigation.html", &values)
    }

    fn layout(
        &self,
        page: &Page,
        root: &str,
        title: &str,
        content: String,
        contents: Vec<TocView>,
    ) -> Result<String, TemplateError> {
        let filler = Filler::page(self.book, root, "");
        let mut values = self.values(page, root, &filler)?;
        values.insert("page", &self.page_view(page, title, String::new(), None));
        values.insert("content_html", &content);
        values.insert("breadcrumb", &Vec::<LinkView>::new());
        values.insert("contents", &contents);
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &None::<LinkView>);
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page.html", &values)
    }

    pub(super) fn page_view(
        &self,
        page: &Page,
        title: &str,
        description: String,
        chapter: Option<&Chapter>,
    ) -> PageView {
        let settings = &self.book.manual.settings;
        let canonical = settings
            .line("base-url")
            .map(|base| format!("{}/{}", base.trim_end_matches('/'), paths::address(&page.path)));
        let kind = chapter.map_or("", |chapter| chapter.kind.name());
        PageView {
            title: title.to_owned(),
            description,
            path: page.path.clone(),
            kind,
            // "Page" tells a reader nothing.
            kind_label: match chapter {
                Some(chapter) if chapter.kind != Kind::Page => self.words(&format!("kind-{kind}")),
                _ => String::new(),
            },
            sheet: "",
            forms: chapter.is_some_and(has_form),
            home: page.path == "index.html",
            review_due: String::new(),
            canonical: canonical.unwrap_or_default(),
            feedback: settings.line("feedback").map(|address| feedback(address, &page.path, title)).unwrap_or_default(),
        }
    }

    fn chapter(&self, page: &Page, ix: ChapterIx, root: &str, said: Said<'_>) -> Result<String, TemplateError> {
        let manual = self.book.manual;
        let chapter = manual.chapter(ix);
        let filler = Filler::page(self.book, root, &chapter.source);
        let view = chapter_view::chapter(&filler, self.templates, ix)?;
        said(ix, &view);
        let content = self.content(&view)?;
        let mut values = self.values(page, root, &filler)?;
        let mut page_view = self.page_view(page, &chapter.title, self.book.summary(ix).to_owned(), Some(chapter));
        page_view.review_due.clone_from(&view.review_due);
        values.insert("page", &page_view);
        values.insert("content_html", &content);
        values.insert("breadcrumb", &self.breadcrumb(ix, root));
        // The home page shows the way to other pages, not to its own headings.
        let is_home = manual.home == Some(ix);
        let mut contents = if is_home { Vec::new() } else { chapter_view::contents(&filler, chapter, &view) };
        if self.templates.are_own() {
            // Such a template may leave sections out.
            contents.retain(|entry| content.contains(&format!("id=\"{}\"", escaped(&entry.id))));
        }
        values.insert("contents", &contents);
        let neighbour = |ix: Option<u32>| {
            ix.filter(|ix| (*ix as usize) < manual.chapters.len()).map(|ix| bare_link(&filler, ChapterIx(ix)))
        };
        values.insert("previous", &neighbour(ix.0.checked_sub(1)));
        values.insert("next", &neighbour(ix.0.checked_add(1)));
        let terms: Vec<TermView> = filler.terms().into_iter().map(|term| lists::term(&filler, term)).collect();
        values.insert("terms", &terms);
        self.templates.render("page.html", &values)
    }

    /// A blank sheet of a chapter: a page for paper.
    fn sheet(&self, page: &Page, ix: ChapterIx, sheet: Sheet, root: &str) -> Result<String, TemplateError> {
        let chapter = self.book.manual.chapter(ix);
        let mut filler = Filler::plain(self.book, Stand::Page(root), &chapter.source);
        filler.elsewhere = true;
        let view = forms::sheet(&filler, ix, sheet);
        let mut values = self.templates.values();
        values.insert("sheet", &view);
        values.insert("safety", &chapter_view::safety(&filler));
        let content = self.templates.render(&format!("pages/{}.html", sheet.name()), &values)?;
        let mut values = self.values(page, root, &filler)?;
        let page_view = self.page_view(page, &chapter.title, String::new(), None);
        let page_view = PageView { sheet: sheet.name(), forms: true, kind_label: view.label.clone(), ..page_view };
        values.insert("page", &page_view);
        values.insert("content_html", &content);
        let mut breadcrumb = self.breadcrumb(ix, root);
        breadcrumb.push(bare_link(&filler, ix));
        values.insert("breadcrumb", &breadcrumb);
        values.insert("contents", &Vec::<TocView>::new());
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &None::<LinkView>);
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page.html", &values)
    }

    /// What a chapter's page shows between the navigation above and below.
    pub(super) fn content(&self, view: &ChapterView) -> Result<String, TemplateError> {
        let mut values = self.templates.values();
        values.insert("chapter", view);
        self.templates.render(&format!("kinds/{}.html", view.kind), &values)
    }

    /// Which of a part's chapters the navigation of one of them lists.
    pub(super) fn siblings_of(chapters: &[ChapterIx], ix: ChapterIx) -> std::ops::Range<usize> {
        // The chapters of a part stand in reading order, so this one's place is its distance from the
        // first.
        let place = (ix.0 - chapters[0].0) as usize;
        match chapters.len() {
            count if count <= MOST_SIBLINGS => 0..count,
            count => place.saturating_sub(NEIGHBOURS)..(place + NEIGHBOURS + 1).min(count),
        }
    }

    /// The pages that every page leads to.
    pub(super) fn made_names(&self) -> Vec<&'static str> {
        made_names(self.book)
    }

    fn insert_siblings(&self, values: &mut Values, own: Option<ChapterIx>) {
        let manual = self.book.manual;
        let Some((ix, at)) = own.and_then(|ix| Some((ix, manual.part_of[ix.0 as usize]?))) else {
            values.insert("part", &None::<PartNavView>);
            values.insert("siblings", &Vec::<LinkView>::new());
            return;
        };
        let part = &manual.parts[at];
        let mut nav = PartNavView {
            title: part.title.clone(),
            url: paths::part_address(&part.folder),
            chapters_before: false,
            chapters_after: false,
            count: part.chapters.len(),
        };
        let shown = Self::siblings_of(&part.chapters, ix);
        nav.chapters_before = shown.start > 0;
        nav.chapters_after = shown.end < part.chapters.len();
        let from_root = Filler::plain(self.book, Stand::Page(""), "");
        let siblings: Vec<LinkView> = part.chapters[shown].iter().map(|ix| bare_link(&from_root, *ix)).collect();
        values.insert("siblings", &siblings);
        values.insert("part", &Some(nav));
    }

    fn breadcrumb(&self, ix: ChapterIx, root: &str) -> Vec<LinkView> {
        let manual = self.book.manual;
        if manual.home == Some(ix) {
            return Vec::new();
        }
        let home = LinkView { url: format!("{root}index.html"), ..blank(&self.words("home")) };
        let part = manual.part_of[ix.0 as usize].map(|at| {
            let part = &manual.parts[at];
            LinkView { url: format!("{root}{}", paths::part_address(&part.folder)), ..blank(&part.title) }
        });
        std::iter::once(home).chain(part).collect()
    }

    fn part(&self, page: &Page, at: usize, root: &str) -> Result<String, TemplateError> {
        let part = &self.book.manual.parts[at];
        let filler = Filler::plain(self.book, Stand::Page(root), "");
        let chapters: Vec<LinkView> = part.chapters.iter().map(|ix| link(&filler, *ix)).collect();
        let mut values = self.templates.values();
        let summary = part.summary.clone().unwrap_or_default();
        values.insert("title", &part.title);
        values.insert("summary", &summary);
        values.insert("chapters", &chapters);
        values.insert("count", &self.book.words.count("chapters", chapters.len()));
        let mut tables = part_tables(&filler, part);
        if self.is_large() {
            let control = tables::document_control(&filler, &part.chapters, &[]);
            tables.push(TableView { id: format!("table-{}", tables.len() + 1), ..control });
        }
        values.insert("tables", &tables);
        let content = self.templates.render("pages/part.html", &values)?;
        let mut values = self.values(page, root, &filler)?;
        values.insert("page", &self.page_view(page, &part.title, summary, None));
        values.insert("content_html", &content);
        values.insert("breadcrumb", &vec![LinkView { url: format!("{root}index.html"), ..blank(&self.words("home")) }]);
        values.insert("contents", &Vec::<TocView>::new());
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &part.chapters.first().map(|ix| bare_link(&filler, *ix)));
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page.html", &values)
    }

    /// The pages that every manual gets, but for the one with all chapters.
    fn made(&self, what: &What, root: &str) -> Result<(&'static str, String, Vec<TocView>), TemplateError> {
        let (book, manual) = (self.book, self.book.manual);
        let filler = Filler::plain(book, Stand::Page(root), "");
        let mut values = self.templates.values();
        let mut contents = Vec::new();
        let entry = |id: &str, text: &str| TocView { level: 2, id: id.to_owned(), text: text.to_owned() };
        let name = match what {
            What::Home => {
                values.insert("title", &manual.settings.title);
                values.insert("subtitle", manual.settings.line("subtitle").unwrap_or_default());
                let mut parts = self.parts_with_chapters(&filler, false);
                if manual.chapters.len() > MOST_ON_HOME {
                    // Their own pages list them; the home page stays as small as it is.
                    parts.iter_mut().for_each(|part| part.chapters.clear());
                }
                values.insert("parts", &parts);
                let protocol = manual.default_protocol;
                let timeline = protocol.and_then(|protocol| timeline::of(&filler, protocol, None));
                let timeline = timeline.map(|view| TimelineView { id: "course".into(), ..view });
                values.insert("timeline", &timeline);
                values.insert("phases", &protocol.map(|ix| phases::phases(&filler, ix)).unwrap_or_default());
                "home"
            }
            What::SessionSummary => {
                let of = |kind: Kind| -> Vec<TableView> {
                    let table = |ix: ChapterIx| {
                        let table = SessionTable::new(manual, ix)?;
                        let mut view = tables::session_summary(&filler, &table, tables::USUAL_SESSION_COLUMNS, None);
                        view.caption = manual.chapter(ix).title.clone();
                        view.id = anchor(&manual.chapter(ix).key());
                        Some(view)
                    };
                    manual.of_kind(kind).filter_map(|(ix, _)| table(ix)).collect()
                };
                let (protocols, settings) = (of(Kind::Protocol), of(Kind::Setting));
                contents.extend(protocols.iter().chain(&settings).map(|table| entry(&table.id, &table.caption)));
                values.insert("protocols", &protocols);
                values.insert("settings", &settings);
                "session-summary"
            }
            What::Evidence => {
                let chapters: Vec<ChapterIx> = manual.of_kind(Kind::Evidence).map(|(ix, _)| ix).collect();
                let mut overview = evidence_tables::overview(&filler, &chapters, None);
                overview.id = "overview".into();
                values.insert("overview", &overview);
                let columns = evidence_tables::USUAL_EVIDENCE_COLUMNS;
                let mut table = evidence_tables::evidence(&filler, &chapters, columns, None);
                table.id = "findings".into();
                values.insert("findings", &table);
                contents.extend([&overview, &table].map(|table| entry(&table.id, &table.caption)));
                "evidence"
            }
            What::Glossary => {
                values.insert("list_html", &self.templates.component(Component::Glossary, &lists::glossary(&filler))?);
                "glossary"
            }
            What::References => {
                let references = lists::references(&filler);
                let to_check = references.iter().filter(|reference| !reference.to_check.is_empty()).count();
                values.insert("to_check", &to_check);
                values.insert("list_html", &self.templates.component(Component::References, &references)?);
                "references"
            }
            What::ReferencesToCheck => {
                let mut references = lists::references(&filler);
                references.retain(|reference| !reference.to_check.is_empty());
                values.insert("references", &references);
                "references-to-check"
            }
            What::Contents => {
                let mut parts = self.parts_with_chapters(&filler, true);
                if self.is_large() {
                    let own = parts.iter_mut().filter(|part| !part.url.is_empty());
                    own.for_each(|part| part.chapters.clear());
                }
                contents.extend(parts.iter().map(|part| entry(&part.id, &part.title)));
                values.insert("parts", &parts);
                "contents"
            }
            What::Search => {
                values.insert("letters", &index::letters(&filler, !self.is_large()));
                "search"
            }
            What::DocumentControl => {
                let large = self.is_large();
                let chapters = manual.iter().map(|(ix, _)| ix);
                let chapters: Vec<ChapterIx> =
                    chapters.filter(|ix| !large || manual.part_of[ix.0 as usize].is_none()).collect();
                let withdrawn: Vec<usize> = (0..manual.withdrawn.len()).collect();
                let mut table = tables::document_control(&filler, &chapters, &withdrawn);
                table.id = "chapters".into();
                let parts = if large { parts_from_root(manual, 0..manual.parts.len()) } else { Vec::new() };
                values.insert("table", &table);
                values.insert("parts", &parts);
                values.share("site", &self.site);
                "document-control"
            }
            What::Withdrawn(at) => {
                let instead = manual.withdrawn[*at].replaced_by.iter();
                let instead: Vec<LinkView> = instead.map(|ix| link(&filler, *ix)).collect();
                values.insert("replaced_by", &instead);
                values.insert("contents_url", &format!("{root}contents.html"));
                "withdrawn"
            }
            _ => {
                let home = format!("{root}index.html");
                let contents = format!("{root}contents.html");
                values.insert("home_url", &home);
                values.insert("contents_url", &contents);
                "404"
            }
        };
        values.insert("root", root);
        let content = self.templates.render(&format!("pages/{name}.html"), &values)?;
        Ok((name, content, contents))
    }

    /// The parts with their chapters; what belongs to no part comes last, under a title of its own.
    fn parts_with_chapters(&self, filler: &Filler<'_>, with_rest: bool) -> Vec<PartView> {
        let manual = self.book.manual;
        let view = |title: String, url: String, id: String, summary: String, chapters: &[ChapterIx]| PartView {
            title,
            url,
            id,
            summary,
            chapters: chapters.iter().map(|ix| link(filler, *ix)).collect(),
        };
        let root = match filler.stand {
            Stand::Page(root) => root,
            Stand::Print => "",
        };
        let mut parts: Vec<PartView> = manual
            .parts
            .iter()
            .map(|part| {
                let url = format!("{root}{}", paths::part_address(&part.folder));
                let id = format!("part-{}", part.folder.replace('/', "-"));
                view(part.title.clone(), url, id, part.summary.clone().unwrap_or_default(), &part.chapters)
            })
            .collect();
        let rest = without_part(manual);
        if with_rest && !rest.is_empty() {
            parts.push(view(self.words("other-pages"), String::new(), "part-other".into(), String::new(), &rest));
        }
        parts
    }

    fn redirect(
        &self,
        page: &Page,
        root: &str,
        target: impl FnOnce(&Filler<'_>) -> LinkView,
    ) -> Result<String, TemplateError> {
        let filler = Filler::plain(self.book, Stand::Page(root), "");
        let mut values = self.templates.values();
        values.share("site", &self.site);
        values.insert("root", root);
        values.insert("target", &target(&filler));
        values.insert("path", &page.path);
        self.templates.render("pages/redirect.html", &values)
    }

    /// A page for what is not found may be shown at any depth: where the site's address is known,
    /// its links begin there.
    fn root_of_not_found(&self) -> String {
        let base = self.book.manual.settings.line("base-url").and_then(|base| base.split_once("://"));
        base.map(|(_, rest)| rest.find('/').map_or("/", |at| &rest[at..]))
            .map(|path| format!("{}/", path.trim_end_matches('/')))
            .unwrap_or_default()
    }

    fn sitemap(&self) -> String {
        let base = self.book.manual.settings.line("base-url").unwrap_or_default().trim_end_matches('/').to_owned();
        let left_out: HashSet<&str> =
            HashSet::from(["404.html", "search.html", "print.html", "references-to-check.html", "sitemap.xml"]);
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for page in self.pages() {
            let for_paper = matches!(
                page.what,
                What::Sheet(..) | What::PrintedPart(_) | What::PrintedGlossary | What::PrintedReferences
            );
            if for_paper
                || matches!(page.what, What::Redirect(_) | What::SheetRedirect(..) | What::Withdrawn(_))
                || left_out.contains(page.path.as_str())
            {
                continue;
            }
            xml.push_str("<url><loc>");
            crate::model::markdown::escape(&mut xml, &format!("{base}/{}", paths::address(&page.path)));
            xml.push_str("</loc></url>\n");
        }
        xml.push_str("</urlset>\n");
        xml
    }
}

/// The tables that a part of some kind is best looked at with.
fn part_tables(filler: &Filler<'_>, part: &Part) -> Vec<TableView> {
    let chapters: Vec<ChapterIx> =
        part.chapters.iter().copied().filter(|ix| filler.book.manual.chapter(*ix).kind == part.kind).collect();
    let across = |what| matrices::techniques(filler, &chapters, what, None, None);
    let tables = match part.kind {
        Kind::Technique => vec![across("stages"), across("problem-areas")],
        Kind::Measure => vec![matrices::measures(filler, &chapters, None, None)],
        Kind::Setting => vec![tables::settings(filler, &chapters, None)],
        Kind::Evidence => vec![evidence_tables::overview(filler, &chapters, None)],
        _ => Vec::new(),
    };
    let shown = tables.into_iter().filter(|table| !table.rows.is_empty());
    (1..).zip(shown).map(|(number, table)| TableView { id: format!("table-{number}"), ..table }).collect()
}

/// Parts without their chapters, with addresses from the root.
fn parts_from_root(manual: &Manual, which: std::ops::Range<usize>) -> Vec<PartView> {
    let view = |part: &Part| PartView {
        title: part.title.clone(),
        url: paths::part_address(&part.folder),
        id: format!("part-{}", part.folder.replace('/', "-")),
        summary: part.summary.clone().unwrap_or_default(),
        chapters: Vec::new(),
    };
    manual.parts[which].iter().map(view).collect()
}

/// The pages that every manual gets and that navigation leads to.
fn made_names(book: &Book<'_>) -> Vec<&'static str> {
    let manual: &Manual = book.manual;
    let wanted = [
        ("search", true),
        ("contents", true),
        ("session-summary", manual.of_kind(Kind::Protocol).next().is_some()),
        ("evidence", manual.of_kind(Kind::Evidence).next().is_some()),
        ("glossary", !manual.lexicon.terms.is_empty()),
        ("references", !book.formatted.references.is_empty()),
        ("document-control", true),
        ("print", true),
    ];
    wanted.into_iter().filter(|(_, shown)| *shown).map(|(name, _)| name).collect()
}

/// The same as links.
fn made_pages(book: &Book<'_>) -> Vec<LinkView> {
    let link = |name| LinkView { url: format!("{name}.html"), ..blank(book.words.get(&format!("page-{name}"))) };
    made_names(book).into_iter().map(link).collect()
}

fn blank(title: &str) -> LinkView {
    LinkView {
        title: title.to_owned(),
        url: String::new(),
        summary: String::new(),
        kind: String::new(),
        kind_label: String::new(),
        current: false,
    }
}

/// A link without its summary.
pub(super) fn bare_link(filler: &Filler<'_>, ix: ChapterIx) -> LinkView {
    let chapter = filler.book.manual.chapter(ix);
    LinkView { url: filler.chapter_address(ix), kind: chapter.kind.name().to_owned(), ..blank(&chapter.title) }
}

/// Navigation with the links to a page marked as those to the page itself.
fn with_current(navigation: &str, root: &str, path: &str) -> String {
    let link = format!("href=\"{}\"", escaped(&format!("{root}{}", paths::address(path))));
    let mut marked = String::with_capacity(navigation.len() + 64);
    let mut written = 0;
    for at in memmem::find_iter(navigation.as_bytes(), &link) {
        let end = at + link.len();
        marked.push_str(&navigation[written..end]);
        marked.push_str(" aria-current=\"page\"");
        written = end;
    }
    marked.push_str(&navigation[written..]);
    marked
}

/// The feedback address with the page and its title filled in.
fn feedback(address: &str, path: &str, title: &str) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let filled = address.replace("{page}", &encode(path)).replace("{title}", &encode(title));
    match filled.strip_prefix("mailto:") {
        Some(_) if !filled.contains("subject=") => {
            let join = if filled.contains('?') { '&' } else { '?' };
            format!("{filled}{join}subject={}", encode(&format!("{title} ({path})")))
        }
        _ => filled,
    }
}
