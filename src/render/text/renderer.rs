//! Fills the holes of a text, for the place where the text will appear.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::citation::Cluster;
use crate::link::citations;
use crate::link::place::ChapterIx;
use crate::link::targets::Resolved;
use crate::model::body::{Body, Fill, Heading, Target};
use crate::model::schema::record::Text;
use crate::render::address::anchor::{anchor, part_anchor, reference_anchor};
use crate::render::address::made::MadePage;
use crate::render::address::paths;
use crate::render::text::context::RenderContext;
use crate::render::text::rendered::{Copier, Rendered};
use crate::words::Word;

/// Where a text will appear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Medium<'a> {
    /// On its own page: the path from the page to the site's root.
    Page(&'a str),
    /// Among all chapters on one page, where links lead within the page.
    Print,
}

/// Fills the holes of the texts of one page.
pub struct Renderer<'a> {
    /// What every page draws on.
    pub(crate) context: &'a RenderContext<'a>,
    /// Where the text will appear.
    pub(crate) medium: Medium<'a>,
    /// The prefix that makes anchors unique: empty on its own page.
    pub(crate) prefix: String,
    /// The file whose page this is: links to its own headings and chapter need no path.
    pub(crate) source: &'a str,
    /// Whether the text's own chapter is on another page, so that links to its headings lead there.
    pub(crate) elsewhere: bool,
    /// Whether terms open popovers here, and which have.
    pub(crate) terms: Option<RefCell<BTreeSet<u32>>>,
}

impl<'a> Renderer<'a> {
    /// For a text of `source` on a page at `root` from the site's root, with popovers.
    pub fn page(context: &'a RenderContext<'a>, root: &'a str, source: &'a str) -> Self {
        Self {
            context,
            medium: Medium::Page(root),
            prefix: String::new(),
            source,
            elsewhere: false,
            terms: Some(RefCell::default()),
        }
    }

    /// The same without popovers: for lists, and for the glossary's own definitions.
    pub(crate) fn plain(context: &'a RenderContext<'a>, medium: Medium<'a>, source: &'a str) -> Self {
        Self { context, medium, prefix: String::new(), source, elsewhere: false, terms: None }
    }

    /// For a chapter on the page with all chapters.
    pub(crate) fn print(context: &'a RenderContext<'a>, ix: ChapterIx) -> Self {
        let chapter = context.manual.chapter(ix);
        let prefix = format!("{}--", anchor(&chapter.key()));
        Self { context, medium: Medium::Print, prefix, source: &chapter.source, elsewhere: false, terms: None }
    }

    /// For a text inside the text, with its own anchors.
    pub(crate) fn within(&self, name: &str) -> Self {
        let prefix = format!("{}{name}-", self.prefix);
        Self {
            context: self.context,
            medium: self.medium,
            prefix,
            source: self.source,
            elsewhere: self.elsewhere,
            terms: None,
        }
    }

    /// The terms that have a popover so far.
    pub(crate) fn terms(&self) -> Vec<u32> {
        self.terms.as_ref().map(|terms| terms.borrow().iter().copied().collect()).unwrap_or_default()
    }

    /// The words of a heading, with the titles of the chapters that it links to.
    pub(crate) fn heading(&self, body: &Body, heading: &Heading) -> String {
        let mut text = heading.text.clone();
        for (at, link) in heading.titles.iter().rev() {
            if let Some(resolved) = self.context.manual.link(body, *link) {
                text.insert_str(*at, &self.title(resolved));
            }
        }
        text
    }

    /// A short text.
    pub(crate) fn text(&self, text: &Text) -> Rendered {
        let mut rendered = self.empty(text.body.html.len());
        self.fill(&text.body, &mut rendered, &mut |_, _| {});
        rendered
    }

    /// A text without anything yet, with room for HTML of so many bytes. What is for paper is not searched.
    pub(crate) fn empty(&self, bytes: usize) -> Rendered {
        let empty = Rendered::with_capacity(bytes);
        if self.medium == Medium::Print { empty.without_words() } else { empty }
    }

    /// Adds a text, its holes filled; `directive` draws the directive of a number.
    pub(crate) fn fill(&self, body: &Body, text: &mut Rendered, directive: &mut dyn FnMut(u32, &mut Rendered)) {
        let links = self.context.manual.links(body);
        let mut copier = Copier::new(body);
        for hole in &body.holes {
            let in_tag = copier.copy(hole.at as usize, text);
            let (Fill::LinkOpen(number) | Fill::LinkText(number) | Fill::LinkClose(number)) = hole.fill else {
                self.fill_hole(body, hole.fill, in_tag, text, directive);
                continue;
            };
            match (hole.fill, links.get(number as usize).and_then(Option::as_ref)) {
                (_, None) => {}
                (Fill::LinkText(_), Some(resolved)) => text.push_words(&self.title(resolved)),
                (Fill::LinkOpen(_), Some(Resolved::Term(term))) => self.open_term(*term, text),
                (Fill::LinkOpen(number), Some(Resolved::File(path))) => {
                    let place = match &body.links[number as usize].target {
                        Target::Path { heading: Some(heading), .. } => format!("#{}", paths::address(heading)),
                        _ => String::new(),
                    };
                    self.open_link_to(&format!("{}{place}", self.address(&Resolved::File(path.clone()))), false, text);
                }
                (Fill::LinkOpen(_), Some(resolved)) => self.open_link(resolved, text),
                (_, Some(Resolved::Term(_))) => self.close_term(text),
                (_, Some(_)) => text.push_inline("</a>"),
            }
        }
        copier.copy(body.html.len(), text);
    }

    /// Fills a hole that is not part of a link.
    fn fill_hole(
        &self,
        body: &Body,
        fill: Fill,
        in_tag: bool,
        text: &mut Rendered,
        directive: &mut dyn FnMut(u32, &mut Rendered),
    ) {
        match fill {
            Fill::LinkOpen(_) | Fill::LinkText(_) | Fill::LinkClose(_) => {}
            Fill::Prefix => text.push_attribute(&self.prefix),
            Fill::HeadingOpen(number) => {
                let heading = &body.headings[number as usize];
                text.open_heading(heading.level, format!("{}{}", self.prefix, heading.id));
            }
            Fill::HeadingClose => text.close_heading(),
            Fill::Picture(number) => self.picture(body, number, text),
            Fill::Citation(number) => {
                let citation = &body.citations[number as usize];
                let is_shown = self.citation(&citations::cluster(citation), text);
                if let Some(written) = citation.written.as_ref().filter(|_| !is_shown) {
                    text.push_words(written);
                }
            }
            Fill::Slot(number) => self.slot(&body.slots[number as usize].value, text),
            Fill::TermOpen(term) => self.open_term(term, text),
            Fill::TermClose => self.close_term(text),
            Fill::Directive(number) => directive(number, text),
            Fill::Word(word) if in_tag => text.push_attribute(self.context.words.of_body(word)),
            Fill::Word(word) => text.push_words(self.context.words.of_body(word)),
            Fill::Finished(number) => text.push_foreign(&body.finished[number as usize]),
        }
    }

    /// The title of what a link leads to.
    pub(crate) fn title(&self, resolved: &Resolved) -> Cow<'a, str> {
        let manual = self.context.manual;
        Cow::Owned(match resolved {
            Resolved::Chapter(ix, None) => return Cow::Borrowed(&manual.chapter(*ix).title),
            Resolved::Chapter(ix, Some(heading)) => {
                let chapter = manual.chapter(*ix);
                let own = chapter.source == self.source;
                let text =
                    chapter.body.headings.iter().find(|known| known.id == *heading).map(|known| known.text.clone());
                let text = text.unwrap_or_else(|| self.context.words.section(heading).to_owned());
                if own { text } else { format!("{}: {text}", chapter.title) }
            }
            Resolved::Withdrawn(at) => manual.withdrawn[*at].chapter.title.clone(),
            Resolved::Term(term) => manual.lexicon.terms[*term as usize].term.value.clone(),
            Resolved::Part(part) => manual.parts[*part].title.clone(),
            Resolved::Made(path, _) => match MadePage::at(path) {
                Some(page) => self.context.words.get(page.word()).to_owned(),
                None => (*path).to_owned(),
            },
            Resolved::File(path) => path.rsplit('/').next().unwrap_or_default().to_owned(),
            Resolved::External(address) => address.clone(),
        })
    }

    /// The address of what a link leads to, from the place of the text.
    pub(crate) fn address(&self, resolved: &Resolved) -> String {
        let manual = self.context.manual;
        let with = |path: &str, heading: Option<&str>| {
            let root = match self.medium {
                Medium::Page(root) => root,
                Medium::Print => "",
            };
            match heading {
                Some(heading) => format!("{root}{}#{}", paths::address(path), paths::address(heading)),
                None => format!("{root}{}", paths::address(path)),
            }
        };
        match (resolved, self.medium) {
            (Resolved::Chapter(ix, heading), Medium::Print) => match heading {
                Some(heading) => format!("#{}--{}", anchor(&manual.chapter(*ix).key()), paths::address(heading)),
                None => ["#", &anchor(&manual.chapter(*ix).key())].concat(),
            },
            (Resolved::Chapter(ix, heading), Medium::Page(root)) => {
                let chapter = manual.chapter(*ix);
                match heading {
                    Some(heading) if chapter.source == self.source && !self.elsewhere => {
                        format!("#{}", paths::address(heading))
                    }
                    None => [root, &self.context.addresses[ix.0 as usize]].concat(),
                    heading => with(self.context.page(*ix), heading.as_deref()),
                }
            }
            (Resolved::Withdrawn(at), _) => with(&paths::withdrawn(&manual.withdrawn[*at]), None),
            (Resolved::Term(term), Medium::Print) => format!("#term-{}", manual.lexicon.terms[*term as usize].id.value),
            (Resolved::Term(term), Medium::Page(_)) => with(
                MadePage::Glossary.path(),
                Some(&format!("term-{}", manual.lexicon.terms[*term as usize].id.value)),
            ),
            (Resolved::Made(path, heading), _) => with(path, heading.as_deref()),
            (Resolved::Part(part), Medium::Print) => format!("#{}", part_anchor(&manual.parts[*part].folder)),
            (Resolved::Part(part), Medium::Page(_)) => with(&paths::part(&manual.parts[*part].folder), None),
            (Resolved::File(path), _) => with(path, None),
            (Resolved::External(address), _) => address.clone(),
        }
    }

    /// The address of a chapter.
    pub(crate) fn chapter_address(&self, ix: ChapterIx) -> String {
        self.address(&Resolved::Chapter(ix, None))
    }

    fn open_link(&self, resolved: &Resolved, text: &mut Rendered) {
        let is_outside = matches!(resolved, Resolved::External(address) if address.starts_with("http"));
        self.open_link_to(&self.address(resolved), is_outside, text);
    }

    fn open_link_to(&self, address: &str, is_outside: bool, text: &mut Rendered) {
        text.push_inline("<a href=\"");
        text.push_attribute(address);
        text.push_inline(if is_outside { "\" rel=\"external noopener\" class=\"ipt-external\">" } else { "\">" });
    }

    /// Opens a button for a term's popover, or a link to the glossary where there are no popovers.
    fn open_term(&self, term: u32, text: &mut Rendered) {
        match &self.terms {
            Some(terms) => {
                terms.borrow_mut().insert(term);
                text.push_inline("<button type=\"button\" class=\"ipt-term\" popovertarget=\"popover-");
                text.push_attribute(&self.context.manual.lexicon.terms[term as usize].id.value);
                text.push_inline("\">");
            }
            None => self.open_link(&Resolved::Term(term), text),
        }
    }

    fn close_term(&self, text: &mut Rendered) {
        text.push_inline(if self.terms.is_some() { "</button>" } else { "</a>" });
    }

    fn picture(&self, body: &Body, number: u32, text: &mut Rendered) {
        let picture = &body.pictures[number as usize];
        let Some(path) = self.context.manual.picture(body, number) else { return };
        if !picture.title.is_empty() {
            text.push_block("<span role=\"figure\" aria-label=\"");
            text.push_attribute(&picture.title);
            text.push_inline("\">");
        }
        text.push_block("<img src=\"");
        text.push_attribute(&self.address(&Resolved::File(path.to_owned())));
        text.push_inline("\" alt=\"");
        text.push_attribute(&picture.alternative);
        if let Some(pixels) = picture.width {
            text.push_inline(&format!("\" width=\"{pixels}"));
        }
        text.push_inline("\" loading=\"lazy\">");
        if !picture.title.is_empty() {
            text.push_block("<span class=\"ipt-caption\">");
            text.push_words(&picture.title);
            text.push_block("</span></span>");
        }
    }

    /// A citation, each of its works linked to the reference list. Says whether there is any such work.
    pub(crate) fn citation(&self, cluster: &Cluster, text: &mut Rendered) -> bool {
        let parts = self.context.citation(cluster).unwrap_or_default();
        for part in parts {
            match &part.key {
                Some(key) => {
                    text.push_inline("<a class=\"ipt-citation\" href=\"");
                    text.push_attribute(&self.reference_address(key));
                    text.push_inline("\">");
                    text.push_foreign(&part.html);
                    text.push_inline("</a>");
                }
                None => text.push_foreign(&part.html),
            }
        }
        !parts.is_empty()
    }

    /// The address of a work in the reference list.
    pub(crate) fn reference_address(&self, key: &str) -> String {
        let anchor = reference_anchor(key);
        match self.medium {
            Medium::Page(root) => format!("{}#{anchor}", MadePage::References.address(root)),
            Medium::Print => format!("#{anchor}"),
        }
    }

    fn slot(&self, name: &str, text: &mut Rendered) {
        let Some(slot) = self.context.manual.settings.slot(name) else { return };
        match &slot.value {
            Some(value) => {
                text.push_inline("<span class=\"ipt-slot\">");
                text.push_words(value);
            }
            None => {
                text.push_inline("<span class=\"ipt-slot ipt-slot--empty\">");
                text.push_words(&self.context.words.fill(Word::SlotEmpty, &[&slot.label]));
            }
        }
        text.push_inline("</span>");
    }
}
