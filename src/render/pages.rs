//! The pages of a site: which there are, and what each shows.

use std::collections::{HashMap, HashSet};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::chapter_view::{self, ChapterView, link};
use super::fill::{Book, Filler, Stand, anchor, plain};
use super::forms::{self, Sheet};
use super::session_table::SessionTable;
use super::templates::{Shared, TemplateError, Templates, Values};
use super::timeline::{self, TimelineView};
use super::view::*;
use super::{evidence_tables, index, lists, matrices, paths, phases, tables};
use crate::link::{ChapterIx, Manual, Part};
use crate::model::directive::Drawing;
use crate::model::{Chapter, Kind};
use crate::par;

/// A page to be made.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its path in the site.
    pub path: String,
    what: What,
}

impl Page {
    /// Whether it is the page of a chapter.
    pub fn is_chapter(&self) -> bool {
        matches!(self.what, What::Chapter(_))
    }
}

#[derive(Debug, Clone)]
enum What {
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
    Print,
    Redirect(ChapterIx),
    Sitemap,
}

/// Is shown what a chapter's page holds, for the search.
type Said<'a> = &'a dyn Fn(ChapterIx, &ChapterView);

/// The most chapters of a part that a page lists beside itself. A page must not grow with the
/// manual: of a larger part it lists the neighbours, and leads to the part's own page for the rest.
const MOST_SIBLINGS: usize = 40;

/// How many neighbours on each side are listed of a larger part.
const NEIGHBOURS: usize = 12;

/// Makes pages.
pub struct Site<'a> {
    book: &'a Book<'a>,
    templates: &'a Templates,
    site: Shared,
    /// The parts, where there are few enough for every page.
    parts: Option<Shared>,
    made: Shared,
    /// For each part small enough, its chapters with addresses from the root.
    siblings: Vec<Option<Shared>>,
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
struct PageView {
    title: String,
    description: String,
    path: String,
    kind: &'static str,
    kind_label: String,
    /// What kind of blank sheet it is; empty for other pages.
    sheet: &'static str,
    /// Whether there is a blank form on it.
    forms: bool,
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
fn has_form(chapter: &Chapter) -> bool {
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
        let from_root = Filler::plain(book, Stand::Page(""), "");
        let siblings = manual.parts.iter().map(|part| {
            let list =
                |chapters: &[ChapterIx]| chapters.iter().map(|ix| bare_link(&from_root, *ix)).collect::<Vec<_>>();
            (part.chapters.len() <= MOST_SIBLINGS).then(|| Shared::new(&list(&part.chapters)))
        });
        Self {
            site: Shared::new(&site),
            parts: (manual.parts.len() <= MOST_SIBLINGS)
                .then(|| Shared::new(&parts_from_root(manual, 0..manual.parts.len()))),
            made: Shared::new(&made_pages(book)),
            siblings: siblings.collect(),
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
        for (ix, chapter) in manual.iter() {
            let aliases = chapter.front.lines("aliases").iter();
            pages.extend(
                aliases.filter_map(|alias| {
                    Some(page(&paths::alias(self.book.page(ix), &alias.value)?, What::Redirect(ix)))
                }),
            );
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
            page("print.html", What::Print),
        ]);
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
            What::Redirect(ix) => self.redirect(page, *ix, &root),
            What::Print => self.print(page),
            What::Sitemap => Ok(self.sitemap()),
            what => {
                let (name, content, contents) = self.made(what, &root)?;
                let title = match what {
                    What::Home => self.book.manual.settings.title.clone(),
                    _ => self.book.words.get(&format!("page-{name}")).to_owned(),
                };
                self.layout(page, &root, &title, content, contents)
            }
        }
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

    fn words(&self, key: &str) -> String {
        self.book.words.get(key).to_owned()
    }

    /// What pages of all sorts get.
    fn values(&self, page: &Page, root: &str, filler: &Filler<'_>) -> Values {
        let mut values = self.templates.values();
        values.share("site", &self.site);
        match &self.parts {
            Some(parts) => values.share("parts", parts),
            None => values.insert("parts", &self.parts_around(&page.what)),
        }
        values.share("made", &self.made);
        values.insert("root", root);
        let home = LinkView { url: format!("{root}index.html"), ..blank(&self.words("home")) };
        values.insert("home", &LinkView { current: page.path == "index.html", ..home });
        values.insert("safety", &chapter_view::safety(filler));
        values
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
        let mut values = self.values(page, root, &filler);
        values.insert("page", &self.page_view(page, title, String::new(), None));
        values.insert("content_html", &content);
        values.insert("breadcrumb", &Vec::<LinkView>::new());
        values.insert("contents", &contents);
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &None::<LinkView>);
        values.insert("part", &None::<PartNavView>);
        values.insert("siblings", &Vec::<LinkView>::new());
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page.html", &values)
    }

    fn page_view(&self, page: &Page, title: &str, description: String, chapter: Option<&Chapter>) -> PageView {
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
        let mut values = self.values(page, root, &filler);
        let mut page_view = self.page_view(page, &chapter.title, plain(&view.summary_html), Some(chapter));
        page_view.review_due.clone_from(&view.review_due);
        values.insert("page", &page_view);
        values.insert("content_html", &content);
        values.insert("breadcrumb", &self.breadcrumb(ix, root));
        // The home page shows the way to other pages, not to its own headings.
        let is_home = manual.home == Some(ix);
        let contents = if is_home { Vec::new() } else { chapter_view::contents(&filler, chapter, &view) };
        values.insert("contents", &contents);
        let neighbour = |ix: Option<u32>| {
            ix.filter(|ix| (*ix as usize) < manual.chapters.len()).map(|ix| bare_link(&filler, ChapterIx(ix)))
        };
        values.insert("previous", &neighbour(ix.0.checked_sub(1)));
        values.insert("next", &neighbour(ix.0.checked_add(1)));
        self.insert_siblings(&mut values, ix);
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
        let mut values = self.values(page, root, &filler);
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
        self.insert_siblings(&mut values, ix);
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page.html", &values)
    }

    /// What a chapter's page shows between the navigation above and below.
    fn content(&self, view: &ChapterView) -> Result<String, TemplateError> {
        let mut values = self.templates.values();
        values.insert("chapter", view);
        self.templates.render(&format!("kinds/{}.html", view.kind), &values)
    }

    fn insert_siblings(&self, values: &mut Values, ix: ChapterIx) {
        let manual = self.book.manual;
        let Some(at) = manual.part_of[ix.0 as usize] else {
            values.insert("part", &None::<PartNavView>);
            values.insert("siblings", &Vec::<LinkView>::new());
            return;
        };
        let part = &manual.parts[at];
        let mut nav = PartNavView {
            title: part.title.clone(),
            url: paths::part(&part.folder),
            chapters_before: false,
            chapters_after: false,
            count: part.chapters.len(),
        };
        match &self.siblings[at] {
            Some(shared) => values.share("siblings", shared),
            None => {
                // The chapters of a part stand in reading order, so this one's place is its distance
                // from the first.
                let place = (ix.0 - part.chapters[0].0) as usize;
                let (from, to) = (place.saturating_sub(NEIGHBOURS), (place + NEIGHBOURS + 1).min(part.chapters.len()));
                let from_root = Filler::plain(self.book, Stand::Page(""), "");
                let window: Vec<LinkView> =
                    part.chapters[from..to].iter().map(|ix| bare_link(&from_root, *ix)).collect();
                nav.chapters_before = from > 0;
                nav.chapters_after = to < part.chapters.len();
                values.insert("siblings", &window);
            }
        }
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
            LinkView { url: format!("{root}{}", paths::part(&part.folder)), ..blank(&part.title) }
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
        values.insert("tables", &part_tables(&filler, part));
        let content = self.templates.render("pages/part.html", &values)?;
        let mut values = self.values(page, root, &filler);
        values.insert("page", &self.page_view(page, &part.title, summary, None));
        values.insert("content_html", &content);
        values.insert("breadcrumb", &vec![LinkView { url: format!("{root}index.html"), ..blank(&self.words("home")) }]);
        values.insert("contents", &Vec::<TocView>::new());
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &part.chapters.first().map(|ix| bare_link(&filler, *ix)));
        values.insert("part", &None::<PartNavView>);
        values.insert("siblings", &Vec::<LinkView>::new());
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
                values.insert("parts", &self.parts_with_chapters(&filler, false));
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
                values.insert("list_html", &self.templates.glossary(&lists::glossary(&filler))?);
                "glossary"
            }
            What::References => {
                let references = lists::references(&filler);
                let to_check = references.iter().filter(|reference| !reference.to_check.is_empty()).count();
                values.insert("to_check", &to_check);
                values.insert("list_html", &self.templates.references(&references)?);
                "references"
            }
            What::ReferencesToCheck => {
                let mut references = lists::references(&filler);
                references.retain(|reference| !reference.to_check.is_empty());
                values.insert("references", &references);
                "references-to-check"
            }
            What::Contents => {
                let parts = self.parts_with_chapters(&filler, true);
                contents.extend(parts.iter().map(|part| entry(&part.id, &part.title)));
                values.insert("parts", &parts);
                "contents"
            }
            What::Search => {
                values.insert("letters", &index::letters(&filler));
                "search"
            }
            What::DocumentControl => {
                let mut table = tables::document_control(&filler);
                table.id = "chapters".into();
                values.insert("table", &table);
                values.share("site", &self.site);
                "document-control"
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
                let url = format!("{root}{}", paths::part(&part.folder));
                let id = format!("part-{}", part.folder.replace('/', "-"));
                view(part.title.clone(), url, id, part.summary.clone().unwrap_or_default(), &part.chapters)
            })
            .collect();
        let rest = self.without_part();
        if with_rest && !rest.is_empty() {
            parts.push(view(self.words("other-pages"), String::new(), "part-other".into(), String::new(), &rest));
        }
        parts
    }

    fn without_part(&self) -> Vec<ChapterIx> {
        let manual = self.book.manual;
        manual
            .iter()
            .map(|(ix, _)| ix)
            .filter(|ix| manual.part_of[ix.0 as usize].is_none() && manual.home != Some(*ix))
            .collect()
    }

    fn redirect(&self, page: &Page, ix: ChapterIx, root: &str) -> Result<String, TemplateError> {
        let filler = Filler::plain(self.book, Stand::Page(root), "");
        let mut values = self.templates.values();
        values.share("site", &self.site);
        values.insert("root", root);
        values.insert("target", &bare_link(&filler, ix));
        values.insert("path", &page.path);
        self.templates.render("pages/redirect.html", &values)
    }

    /// The whole manual on one page.
    fn print(&self, page: &Page) -> Result<String, TemplateError> {
        let (book, manual) = (self.book, self.book.manual);
        let sections = Sections::of(manual, self.without_part());
        let render = |ix: &ChapterIx| -> Result<String, TemplateError> {
            let filler = Filler::print(book, *ix);
            let view = chapter_view::chapter(&filler, self.templates, *ix)?;
            // Under the titles of the manual, the part and the chapter.
            let content = demoted(&self.content(&view)?, 2);
            let mut values = self.templates.values();
            values.insert("id", &anchor(&view.key));
            values.insert("number", sections.number(*ix));
            values.insert("title", &view.title);
            values.insert("kind_label", if manual.chapter(*ix).kind == Kind::Page { "" } else { &view.kind_label });
            values.insert("content_html", &sections.named(&content));
            self.templates.render("components/print-chapter.html", &values)
        };
        let all = |chapters: &[ChapterIx]| -> Result<String, TemplateError> {
            par::map(chapters, render).into_iter().collect()
        };
        #[derive(Serialize)]
        struct PrintedPart<'a> {
            number: String,
            title: String,
            id: &'a str,
            chapters: Vec<PrintedChapter<'a>>,
            html: String,
        }
        #[derive(Serialize)]
        struct PrintedChapter<'a> {
            number: &'a str,
            title: &'a str,
            id: String,
        }
        let mut parts = Vec::new();
        for (at, section) in sections.parts.iter().enumerate() {
            let chapters = section.chapters.iter().map(|ix| PrintedChapter {
                number: sections.number(*ix),
                title: &manual.chapter(*ix).title,
                id: anchor(&manual.chapter(*ix).key()),
            });
            parts.push(PrintedPart {
                number: (at + 1).to_string(),
                title: section.title.map_or_else(|| self.words("other-pages"), str::to_owned),
                id: &section.id,
                chapters: chapters.collect(),
                html: all(&section.chapters)?,
            });
        }
        let filler = Filler::plain(book, Stand::Print, "");
        let mut values = self.values(page, "", &filler);
        let home = manual.home.map(|home| all(&[home])).transpose()?.unwrap_or_default();
        let page_view = self.page_view(page, &self.words("page-print"), String::new(), None);
        values.insert("page", &PageView { forms: manual.chapters.iter().any(has_form), ..page_view });
        values.insert("home_html", &home);
        values.insert("printed", &parts);
        values.insert("glossary_html", &self.templates.glossary(&lists::glossary(&filler))?);
        values.insert("references_html", &self.templates.references(&lists::references(&filler))?);
        self.templates.render("pages/print.html", &values)
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
            if matches!(page.what, What::Redirect(_) | What::Sheet(..)) || left_out.contains(page.path.as_str()) {
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
        url: paths::address(&paths::part(&part.folder)).into_owned(),
        id: format!("part-{}", part.folder.replace('/', "-")),
        summary: part.summary.clone().unwrap_or_default(),
        chapters: Vec::new(),
    };
    manual.parts[which].iter().map(view).collect()
}

/// The pages that every manual gets and that navigation leads to.
fn made_pages(book: &Book<'_>) -> Vec<LinkView> {
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
    let shown = wanted.into_iter().filter(|(_, shown)| *shown);
    shown
        .map(|(name, _)| LinkView { url: format!("{name}.html"), ..blank(book.words.get(&format!("page-{name}"))) })
        .collect()
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

/// The numbers of the sections on the page with all chapters: 3 for a part, 3.2 for a chapter. Paper
/// has no links, so a link names the section that it leads to.
struct Sections<'a> {
    parts: Vec<Section<'a>>,
    /// By chapter; empty for the home page.
    numbers: Vec<String>,
    /// By anchor.
    by_anchor: HashMap<String, String>,
}

struct Section<'a> {
    /// None for what belongs to no part.
    title: Option<&'a str>,
    id: String,
    chapters: Vec<ChapterIx>,
}

impl<'a> Sections<'a> {
    fn of(manual: &'a Manual, rest: Vec<ChapterIx>) -> Self {
        let mut parts: Vec<Section<'a>> = manual
            .parts
            .iter()
            .map(|part| Section {
                title: Some(&part.title),
                id: format!("part-{}", part.folder.replace('/', "-")),
                chapters: part.chapters.clone(),
            })
            .collect();
        if !rest.is_empty() {
            parts.push(Section { title: None, id: "part-other".into(), chapters: rest });
        }
        let mut numbers = vec![String::new(); manual.chapters.len()];
        let mut by_anchor = HashMap::new();
        for (at, part) in parts.iter().enumerate() {
            by_anchor.insert(part.id.clone(), (at + 1).to_string());
            for (place, ix) in part.chapters.iter().enumerate() {
                let number = format!("{}.{}", at + 1, place + 1);
                by_anchor.insert(anchor(&manual.chapter(*ix).key()), number.clone());
                numbers[ix.0 as usize] = number;
            }
        }
        Self { parts, numbers, by_anchor }
    }

    fn number(&self, ix: ChapterIx) -> &str {
        &self.numbers[ix.0 as usize]
    }

    /// HTML that this program made, with the number of its section at each link to another one.
    fn named(&self, html: &str) -> String {
        const LINK: &str = "href=\"#";
        let mut named = String::with_capacity(html.len() + html.len() / 16);
        let mut rest = html;
        while let Some(at) = rest.find(LINK) {
            let fragment = &rest[at + LINK.len()..];
            let fragment = &fragment[..fragment.find('"').unwrap_or(fragment.len())];
            // The anchor of a chapter, or of a heading in it.
            let chapter = fragment.split_once("--").map_or(fragment, |(chapter, _)| chapter);
            named.push_str(&rest[..at]);
            if let Some(number) = self.by_anchor.get(chapter) {
                named.push_str("data-section=\"");
                named.push_str(number);
                named.push_str("\" ");
            }
            named.push_str(LINK);
            rest = &rest[at + LINK.len()..];
        }
        named.push_str(rest);
        named
    }
}

/// HTML that this program made, with every heading some levels lower.
fn demoted(html: &str, levels: u8) -> String {
    let mut lower = String::with_capacity(html.len() + 16);
    let mut rest = html;
    while let Some(at) = rest.find("<h").into_iter().chain(rest.find("</h")).min() {
        let name = at + if rest[at..].starts_with("</") { 3 } else { 2 };
        let digit = rest.as_bytes().get(name).filter(|byte| (b'1'..=b'6').contains(byte));
        let ends = rest.as_bytes().get(name + 1).is_some_and(|byte| matches!(byte, b' ' | b'>'));
        lower.push_str(&rest[..name]);
        rest = &rest[name..];
        if let Some(digit) = digit.filter(|_| ends) {
            lower.push(char::from((digit + levels).min(b'6')));
            rest = &rest[1..];
        }
    }
    lower.push_str(rest);
    lower
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

#[cfg(test)]
mod tests {
    use super::demoted;

    #[test]
    fn headings_go_down_and_nothing_else_changes() {
        assert_eq!(
            demoted("<h2 id=\"a\">x</h2><hr><h5>y</h5><header>", 2),
            "<h4 id=\"a\">x</h4><hr><h6>y</h6><header>"
        );
    }
}
