//! Makes what is around the content of every page: title, navigation, breadcrumb.
//!
//! The navigation is made once for all pages of a part. The link to the page itself is marked afterwards, in the
//! finished HTML: running the template for each page takes as long as the rest of the page.

use std::sync::OnceLock;

use memchr::memmem;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::link::manual::Manual;
use crate::link::part::Part;
use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kind::Kind;
use crate::render::address::anchor::part_anchor;
use crate::render::address::made::MadePage;
use crate::render::address::paths;
use crate::render::page::kind::{PageKind, PlannedPage};
use crate::render::template::error::TemplateError;
use crate::render::template::{PageValues, SharedValue, Templates, escaped};
use crate::render::text::context::RenderContext;
use crate::render::text::numbering::Sections;
use crate::render::text::renderer::{Medium, Renderer};
use crate::render::view::chapter::ChapterView;
use crate::render::view::form::has_form;
use crate::render::view::link::{self, bare_link, blank};
use crate::render::view::types::*;
use crate::span::Spanned;
use crate::words::Word;

/// Notes what a chapter's page says, for the search.
pub(crate) type ChapterListener<'a> = &'a dyn Fn(ChapterIx, &ChapterView);

/// The most chapters of a part that a page lists beside itself. A page must not grow with the manual: of a larger part
/// it lists the neighbours, and links to the part's own page for the rest.
const MOST_SIBLINGS: usize = 40;

/// The most chapters on a page that lists all chapters. In a larger manual the pages of its parts list them, and this
/// one links to those.
pub(crate) const MOST_LISTED: usize = 1000;

/// How many neighbours on each side are listed of a larger part.
const NEIGHBOURS: usize = 12;

/// Makes pages.
pub(crate) struct PageMaker<'a> {
    pub(crate) context: &'a RenderContext<'a>,
    pub(crate) templates: &'a Templates,
    pub(crate) site: SharedValue,
    /// The parts, if there are few enough for every page.
    pub(crate) parts: Option<SharedValue>,
    pub(crate) made: SharedValue,
    /// For each part, the navigation of its chapters' pages, once the first of them is made: it takes
    /// as long as the rest of a page. None where a part is so large that each page lists its neighbours.
    pub(crate) navigations: Vec<OnceLock<String>>,
    /// How the manual is laid out on paper.
    pub(crate) sections: Sections<'a>,
}

impl<'a> PageMaker<'a> {
    /// Prepares what all pages share.
    pub(crate) fn new(context: &'a RenderContext<'a>, templates: &'a Templates) -> Self {
        let (manual, words) = (context.manual, context.words);
        let settings = &manual.settings;
        let yaml = settings.yaml();
        let line = |line: Option<&Spanned<String>>| line.map_or_else(String::new, |line| line.value.clone());
        let authors: Vec<&str> = yaml.authors().iter().map(Spanned::as_str).collect();
        let site = SiteView {
            title: settings.title.clone(),
            subtitle: line(yaml.subtitle()),
            edition: line(yaml.edition()),
            date: settings.date().map(|date| words.date(date)).unwrap_or_default(),
            date_iso: settings.date().map(|date| date.to_string()).unwrap_or_default(),
            language: settings.language.clone(),
            direction: words.language.direction().name(),
            authors: words.list(authors),
            publisher: line(yaml.publisher()),
            license: line(yaml.license()),
            notice: line(yaml.notice()),
            own_css: templates.has_own_css(),
        };
        Self {
            site: SharedValue::new(&site),
            parts: (manual.parts.len() <= MOST_SIBLINGS)
                .then(|| SharedValue::new(&parts_from_root(manual, 0..manual.parts.len()))),
            made: SharedValue::new(&made_links(context)),
            navigations: vec![OnceLock::new(); manual.parts.len()],
            sections: Sections::of(manual),
            context,
            templates,
        }
    }

    /// Whether the manual has more chapters than a page lists.
    pub(crate) fn is_large(&self) -> bool {
        self.context.manual.chapters.len() > MOST_LISTED
    }

    /// The neighbours of a page's part, in a manual of very many; the contents page has them all.
    pub(crate) fn parts_around(&self, kind: &PageKind) -> Vec<PartView> {
        let manual = self.context.manual;
        let own = match kind {
            PageKind::Chapter(ix) => manual.part_of[ix.0 as usize].unwrap_or(0),
            PageKind::Part(part) => *part,
            _ => 0,
        };
        parts_from_root(manual, own.saturating_sub(NEIGHBOURS)..(own + NEIGHBOURS + 1).min(manual.parts.len()))
    }

    /// An interface text.
    pub(crate) fn word(&self, word: Word) -> String {
        self.context.words.get(word).to_owned()
    }

    /// What pages of all sorts get.
    ///
    /// # Errors
    /// When the template of the navigation fails.
    pub(crate) fn values(
        &self,
        page: &PlannedPage,
        root: &str,
        renderer: &Renderer<'_>,
    ) -> Result<PageValues, TemplateError> {
        let mut values = self.templates.values();
        values.share("site", &self.site);
        values.insert("root", root);
        values.insert("home", &LinkView { current: page.path == MadePage::Home.path(), ..self.home_link(root) });
        values.insert("safety", &link::safety(renderer));
        values.insert("navigation_html", &self.navigation(page, root)?);
        Ok(values)
    }

    /// The navigation, with the link to the page itself marked.
    pub(crate) fn navigation(&self, page: &PlannedPage, root: &str) -> Result<String, TemplateError> {
        let own = match &page.kind {
            PageKind::Chapter(ix) | PageKind::Sheet(ix, _) => Some(*ix),
            _ => None,
        };
        let part = own.and_then(|ix| self.context.manual.part_of[ix.0 as usize]);
        let shared = part.filter(|at| self.context.manual.parts[*at].chapters.len() <= MOST_SIBLINGS);
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

    /// The navigation of a page, or of all pages of a part: no link in it is marked. `own` is the chapter whose part
    /// it lists.
    ///
    /// # Errors
    /// When the template fails.
    pub(crate) fn navigation_of(
        &self,
        page: &PlannedPage,
        own: Option<ChapterIx>,
        root: &str,
    ) -> Result<String, TemplateError> {
        let mut values = self.templates.values();
        values.share("site", &self.site);
        values.insert("root", root);
        match &self.parts {
            Some(parts) => values.share("parts", parts),
            None => values.insert("parts", &self.parts_around(&page.kind)),
        }
        values.share("made", &self.made);
        self.insert_siblings(&mut values, own);
        self.templates.render("components/navigation", &values)
    }

    /// A whole page of some content, with `contents` beside it.
    ///
    /// # Errors
    /// When a template fails.
    pub(crate) fn layout(
        &self,
        page: &PlannedPage,
        root: &str,
        title: &str,
        content: String,
        contents: Vec<TocView>,
    ) -> Result<String, TemplateError> {
        let renderer = Renderer::page(self.context, root, "");
        let mut values = self.values(page, root, &renderer)?;
        values.insert("page", &self.page_view(page, title, String::new(), None));
        values.insert("content_html", &content);
        values.insert("breadcrumb", &Vec::<LinkView>::new());
        values.insert("contents", &contents);
        values.insert("previous", &None::<LinkView>);
        values.insert("next", &None::<LinkView>);
        values.insert("terms", &Vec::<TermView>::new());
        self.templates.render("page", &values)
    }

    /// What templates get about the page itself. `chapter` is the one that it shows.
    pub(crate) fn page_view(
        &self,
        page: &PlannedPage,
        title: &str,
        description: String,
        chapter: Option<&Chapter>,
    ) -> PageView {
        let settings = &self.context.manual.settings;
        let canonical =
            settings.base_url().map(|base| format!("{}/{}", base.trim_end_matches('/'), paths::address(&page.path)));
        let kind = chapter.map_or("", |chapter| chapter.kind.name());
        PageView {
            title: title.to_owned(),
            description,
            path: page.path.clone(),
            kind,
            // "Page" tells a reader nothing.
            kind_label: match chapter {
                Some(chapter) if chapter.kind != Kind::Page => self.context.words.kind(chapter.kind).to_owned(),
                _ => String::new(),
            },
            sheet: "",
            forms: chapter.is_some_and(has_form),
            home: page.path == MadePage::Home.path(),
            review_due: String::new(),
            canonical: canonical.unwrap_or_default(),
            feedback: settings
                .yaml()
                .feedback()
                .map(|address| feedback(&address.value, &page.path, title))
                .unwrap_or_default(),
        }
    }

    /// Which of a part's chapters the navigation of one of them lists.
    pub(crate) fn siblings_of(chapters: &[ChapterIx], ix: ChapterIx) -> std::ops::Range<usize> {
        // The chapters of a part stand in reading order, so this one's place is its distance from the
        // first.
        let place = (ix.0 - chapters[0].0) as usize;
        match chapters.len() {
            count if count <= MOST_SIBLINGS => 0..count,
            count => place.saturating_sub(NEIGHBOURS)..(place + NEIGHBOURS + 1).min(count),
        }
    }

    /// The tool's own pages that every page links to.
    pub(crate) fn made_pages(&self) -> Vec<MadePage> {
        MadePage::in_navigation(self.context.manual, self.context.formatted)
    }

    /// The link to the home page, on a page at `root` from the site's root.
    pub(crate) fn home_link(&self, root: &str) -> LinkView {
        LinkView { url: MadePage::Home.address(root), ..blank(&self.word(Word::Home)) }
    }

    /// Adds the part of the chapter `own`, and the chapters of it that navigation lists; none without a part.
    pub(crate) fn insert_siblings(&self, values: &mut PageValues, own: Option<ChapterIx>) {
        let manual = self.context.manual;
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
        let from_root = Renderer::plain(self.context, Medium::Page(""), "");
        let siblings: Vec<LinkView> = part.chapters[shown].iter().map(|ix| bare_link(&from_root, *ix)).collect();
        values.insert("siblings", &siblings);
        values.insert("part", &Some(nav));
    }

    /// The path from the home page to a chapter, without the chapter itself.
    pub(crate) fn breadcrumb(&self, ix: ChapterIx, root: &str) -> Vec<LinkView> {
        let manual = self.context.manual;
        if manual.home == Some(ix) {
            return Vec::new();
        }
        let part = manual.part_of[ix.0 as usize].map(|at| {
            let part = &manual.parts[at];
            LinkView { url: format!("{root}{}", paths::part_address(&part.folder)), ..blank(&part.title) }
        });
        std::iter::once(self.home_link(root)).chain(part).collect()
    }
}

#[derive(Serialize)]
struct SiteView {
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) edition: String,
    pub(crate) date: String,
    pub(crate) date_iso: String,
    pub(crate) language: String,
    pub(crate) direction: &'static str,
    pub(crate) authors: String,
    publisher: String,
    pub(crate) license: String,
    pub(crate) notice: String,
    /// Whether the theme has a style sheet of its own.
    pub(crate) own_css: bool,
}

#[derive(Serialize)]
pub(crate) struct PageView {
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) path: String,
    pub(crate) kind: &'static str,
    pub(crate) kind_label: String,
    /// What kind of blank sheet it is; empty for other pages.
    pub(crate) sheet: &'static str,
    /// Whether there is a blank form on it.
    pub(crate) forms: bool,
    pub(crate) home: bool,
    pub(crate) review_due: String,
    /// Its address on the web; empty where the manual has none.
    pub(crate) canonical: String,
    pub(crate) feedback: String,
}

#[derive(Serialize)]
struct PartNavView {
    title: String,
    url: String,
    chapters_before: bool,
    chapters_after: bool,
    count: usize,
}

/// Parts without their chapters, with addresses from the root.
pub(crate) fn parts_from_root(manual: &Manual, which: std::ops::Range<usize>) -> Vec<PartView> {
    let view = |part: &Part| PartView {
        title: part.title.clone(),
        url: paths::part_address(&part.folder),
        id: part_anchor(&part.folder),
        summary: part.summary.clone().unwrap_or_default(),
        chapters: Vec::new(),
    };
    manual.parts[which].iter().map(view).collect()
}

/// The links of navigation to pages that the tool makes, with addresses from the root.
fn made_links(context: &RenderContext<'_>) -> Vec<LinkView> {
    let link = |page: MadePage| LinkView { url: page.address(""), ..blank(context.words.get(page.word())) };
    MadePage::in_navigation(context.manual, context.formatted).into_iter().map(link).collect()
}

/// Navigation in which the links to a page are marked as links to the page itself.
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
