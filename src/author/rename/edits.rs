//! Plans the edits that a new id of a chapter needs in the texts of a manual.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::files::source::{SourceFile, Sources};
use crate::link::manual::Manual;
use crate::link::place::ChapterIx;
use crate::link::resolve;
use crate::link::targets::Resolved;
use crate::model::body::{Body, Link, Target};
use crate::model::chapter::{Chapter, FileName, named_by};
use crate::model::directive::{Directive, DirectiveOptions};
use crate::model::kind::Kind;
use crate::model::kinds::common::Common;
use crate::model::reading::Reading;
use crate::model::schema::scalar::is_kebab_case;
use crate::model::yaml::{YamlNode, YamlValue};
use crate::model::{chapter, markdown, reading, schema};
use crate::span::{FileId, Span, Spanned};

/// Why a chapter cannot be given another id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RenameError {
    /// There is no such chapter, or several.
    #[error("{message}{}", help.as_ref().map(|help| format!(": {help}")).unwrap_or_default())]
    Unknown {
        /// What is wrong with the name.
        message: String,
        /// What to write instead.
        help: Option<String>,
    },
    /// A term, which has no file of its own.
    #[error("`{0}` is a glossary term: change its `id` in glossary.yaml")]
    Term(String),
    /// The home page, which keeps its place whatever its id.
    #[error("index.md is the home page: you can change its `title`, but not its id")]
    Home,
    /// The new name is no id.
    #[error("`{0}` is not a valid id: use only lower-case letters, digits and hyphens")]
    NotAnId(String),
    /// A chapter of the same kind has the new id.
    #[error("there is already {} with the id `{id}`", kind.with_article())]
    Taken {
        /// The kind.
        kind: Kind,
        /// The id.
        id: String,
    },
    /// The chapter has that id.
    #[error("the id is already `{0}`")]
    Same(String),
    /// A file of the new name is there.
    #[error("there is already a file `{0}`")]
    FileThere(String),
    /// A place names the chapter in a way that iptbook cannot change safely.
    #[error(
        "{place} names the chapter in a way that iptbook cannot change safely: write it there as `{usual}`, then try again"
    )]
    Unclear {
        /// The place.
        place: String,
        /// How it is usually written.
        usual: String,
    },
}

/// What has to change.
#[derive(Debug, Clone)]
pub(crate) struct RenamePlan {
    /// The chapter, as `kind/id`.
    pub(crate) old: String,
    /// The same with the new id.
    pub(crate) new: String,
    /// The chapter's file, relative to the manual, and its new name.
    pub(crate) file: (String, String),
    /// Ranges of texts, sorted, and their new content.
    pub(crate) edits: Vec<(FileId, Range<usize>, String)>,
    /// In how many places the chapter is named.
    pub(crate) places: usize,
}

impl RenamePlan {
    /// A text after the edits.
    pub(crate) fn edited(&self, file: FileId, text: &str) -> String {
        let mut edited = String::with_capacity(text.len() + 64);
        let mut at = 0;
        for (_, range, new) in self.edits.iter().filter(|(of, ..)| *of == file) {
            edited.push_str(&text[at..range.start]);
            edited.push_str(new);
            at = range.end;
        }
        edited.push_str(&text[at..]);
        edited
    }
}

/// The reports on what could not be read, or has no meaning in its place: it may name any chapter.
pub(crate) fn unread(manual: &Manual, sources: &Sources, reports: &[Diagnostic]) -> Vec<Diagnostic> {
    let unread = [
        &diag::SYNTAX,
        &diag::DUPLICATE_FIELD,
        &diag::UNKNOWN_FIELD,
        &diag::WRONG_TYPE,
        &diag::UNKNOWN_DIRECTIVE,
        &diag::BAD_OPTION,
        &diag::CUT_BY_TABLE,
    ];
    let broken = manual.chapters.iter().filter(|chapter| chapter.broken).map(|chapter| chapter.file);
    // A term without its word or its definition is left out whole.
    let whole: BTreeSet<FileId> = broken.chain(sources.find("glossary.yaml").map(|(file, _)| file)).collect();
    let is_left_out = |report: &Diagnostic| {
        let of_all = [&diag::MISSING_FIELD, &diag::BAD_VALUE];
        whole.contains(&report.span().file) && of_all.contains(&report.code)
    };
    let is_unread = |report: &&Diagnostic| unread.contains(&report.code) || is_left_out(report);
    reports.iter().filter(is_unread).cloned().collect()
}

/// Finds everything that must change so that the chapter `name` (its id, or its kind and id) has the id `new`.
///
/// # Errors
/// When it cannot have that id, or a place cannot be changed safely.
pub(crate) fn plan(manual: &Manual, sources: &Sources, name: &str, new: &str) -> Result<RenamePlan, RenameError> {
    if name.starts_with("term/") {
        return Err(RenameError::Term(name.to_owned()));
    }
    let ix = resolve::chapter_named(manual, name, None)
        .map_err(|problem| RenameError::Unknown { message: problem.message, help: problem.help })?;
    if manual.home == Some(ix) {
        return Err(RenameError::Home);
    }
    let chapter = manual.chapter(ix);
    let kind = chapter.kind;
    // As it was named, so may it be given: by its kind.
    let new = new.strip_prefix(&format!("{}/", kind.name())).unwrap_or(new);
    let old = chapter.id.value.as_str();
    if !is_kebab_case(new) {
        return Err(RenameError::NotAnId(new.to_owned()));
    }
    if new == old {
        return Err(RenameError::Same(new.to_owned()));
    }
    let all = || manual.chapters.iter().chain(manual.withdrawn.iter().map(|withdrawn| &withdrawn.chapter));
    if all().any(|other| other.kind == kind && other.id.value == new) {
        return Err(RenameError::Taken { kind, id: new.to_owned() });
    }
    let path = renamed(&chapter.source, old, new);
    if path != chapter.source && (sources.find(&path).is_some() || manual.attachments.contains(&path)) {
        return Err(RenameError::FileThere(path));
    }
    let mut edits = PlanBuilder {
        manual,
        sources,
        ix,
        old,
        new,
        // Where another kind has the id too, the short name would mean both.
        is_shared: all().any(|other| other.id.value == new),
        names: [&chapter.source, &path].map(|path| path.rsplit('/').next().unwrap_or(path).to_owned()),
        found: BTreeSet::new(),
    };
    for place in places(manual) {
        match place {
            NamingPlace::Name(name, kind, _) => edits.name(name, kind)?,
            NamingPlace::Link(body, link, source) => edits.link(source, body, link)?,
        }
    }
    let places = edits.found.len();
    edits.own(chapter, &path)?;
    let edits = edits.found.into_iter().map(|(file, start, end, new)| (file, start..end, new)).collect();
    Ok(RenamePlan {
        old: chapter.key(),
        new: crate::model::chapter::key(kind, new),
        file: (chapter.source.clone(), path),
        edits,
        places,
    })
}

/// A file's path with the new id, if its name was made from the old one and nothing but the id changes: `16-sessions`
/// would be the sixteenth chapter, `sessions`.
fn renamed(path: &str, old: &str, new: &str) -> String {
    let name = named_by(path);
    let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
    let Some(before) = stem.strip_suffix(old).filter(|_| name.id == old) else { return path.to_owned() };
    let renamed = format!("{before}{new}.{ending}");
    if named_by(&renamed) == (FileName { id: new.into(), ..name }) { renamed } else { path.to_owned() }
}

/// How the lines of a text end.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The edits so far.
struct PlanBuilder<'a> {
    manual: &'a Manual,
    sources: &'a Sources,
    ix: ChapterIx,
    old: &'a str,
    new: &'a str,
    is_shared: bool,
    /// The names of its file, before and after.
    names: [String; 2],
    found: BTreeSet<(FileId, usize, usize, String)>,
}

impl<'a> PlanBuilder<'a> {
    /// The chapter's own id and aliases. `path` is the new name of its file.
    fn own(&mut self, chapter: &Chapter, path: &str) -> Result<(), RenameError> {
        let file = chapter.file;
        let text = self.text(file);
        let front = chapter::front_matter(text, file).ok_or_else(|| self.unclear(Span::top(file), "---".into()))?;
        if let Some(id) = chapter.common().id() {
            let range =
                word(text, id.span, self.old).ok_or_else(|| self.unclear(id.span, format!("id: {}", self.old)))?;
            self.add(file, range, self.new.to_owned());
        } else if named_by(path).id != self.new {
            self.key(&front, Common::KEYS.id, self.new)?;
        }
        let newline = newline(text);
        let aliases = chapter.common().aliases();
        let Some(last) = aliases.last() else {
            return self.key(&front, Common::KEYS.aliases, &format!("[{}]", self.old));
        };
        // It may have had the new id before: then that leads to itself.
        let again = aliases.iter().find(|alias| alias.value == self.new);
        if let Some(again) = again {
            let range = word(text, again.span, self.new)
                .ok_or_else(|| self.unclear(again.span, format!("aliases: [{}]", self.new)))?;
            self.add(file, range, self.old.to_owned());
            return Ok(());
        }
        let (begin, end) = (last.span.start as usize, last.span.end as usize);
        let line = text[..begin].rfind('\n').map_or(0, |at| at + 1);
        let before = &text[line..begin];
        if before.trim_start().starts_with("- ") && before.trim() == "-" {
            // Quotes and comments may follow.
            let next = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
            self.add(file, next..next, format!("{before}{}{newline}", self.old));
        } else {
            let quote =
                text[end..].chars().next().filter(|letter| matches!(letter, '"' | '\'')).map_or(0, char::len_utf8);
            self.add(file, end + quote..end + quote, format!(", {}", self.old));
        }
        Ok(())
    }

    /// Gives a key of its front matter a value, if it has none.
    fn key(&mut self, front: &YamlNode, name: &str, value: &str) -> Result<(), RenameError> {
        let file = front.span.file;
        let text = self.text(file);
        let keys = match &front.value {
            YamlValue::Map(keys) => keys.as_slice(),
            _ => &[],
        };
        let find = |name| keys.iter().find(|(key, _)| key.as_text() == Some(name));
        let unclear = |key: &YamlNode| self.unclear(key.span, format!("{name}: {value}"));
        if let Some((key, given)) = find(name) {
            let (start, end) = (given.span.start as usize, given.span.end as usize);
            let written = text.get(start..end).unwrap_or_default();
            let after_key = key.span.end as usize;
            let (range, new) = match &given.value {
                YamlValue::List(items) if items.is_empty() && text[start..].starts_with('[') => {
                    let end = text[start..].find(']').ok_or_else(|| unclear(key))?;
                    (start..start + end + 1, value.to_owned())
                }
                YamlValue::Null if ["~", "null", "Null", "NULL"].contains(&written) => (start..end, value.to_owned()),
                YamlValue::Null => {
                    let colon = text[after_key..].find(':').ok_or_else(|| unclear(key))?;
                    (after_key + colon + 1..after_key + colon + 1, format!(" {value}"))
                }
                _ => return Err(unclear(key)),
            };
            self.add(file, range, new);
            return Ok(());
        }
        if let Some((first, _)) = keys.first().filter(|_| text[front.span.start as usize..].starts_with('{')) {
            let at = first.span.start as usize;
            self.add(file, at..at, format!("{name}: {value}, "));
            return Ok(());
        }
        let next_line = |at: usize| text[at..].find('\n').map_or(text.len(), |end| at + end + 1);
        // After the title, which every chapter has, or before it where it takes several lines.
        let (at, indent) = match find(Common::KEYS.title).or(keys.first()) {
            Some((key, title)) => {
                let (start, end) = (key.span.start as usize, key.span.end as usize);
                let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
                let indent = text[line..start].trim_end_matches(['"', '\'']);
                if !indent.trim().is_empty() {
                    return Err(unclear(key));
                }
                let end = if matches!(title.value, YamlValue::Null) { end } else { end.max(title.span.end as usize) };
                let is_long = text[start..end].trim_end().contains('\n');
                (if is_long { line } else { next_line(end) }, indent)
            }
            None => (next_line(0), ""),
        };
        self.add(file, at..at, format!("{indent}{name}: {value}{}", newline(text)));
        Ok(())
    }

    /// A name that may mean the chapter.
    fn name(&mut self, name: &Spanned<String>, kind: Option<Kind>) -> Result<(), RenameError> {
        if resolve::chapter_named(self.manual, &name.value, kind) != Ok(self.ix) {
            return Ok(());
        }
        let text = self.text(name.span.file);
        let range = word(text, name.span, &name.value).ok_or_else(|| self.unclear(name.span, name.value.clone()))?;
        let new = self.named(&name.value, kind.is_some());
        self.add(name.span.file, range, new);
        Ok(())
    }

    /// The new name of the chapter in a place where it had this name.
    fn named(&self, before: &str, is_of_kind: bool) -> String {
        if before.contains('/') || (self.is_shared && !is_of_kind) {
            chapter::key(self.manual.chapter(self.ix).kind, self.new)
        } else {
            self.new.to_owned()
        }
    }

    /// A link that may lead to the chapter.
    fn link(&mut self, source: &str, body: &Body, link: &Link) -> Result<(), RenameError> {
        let found = resolve::resolve(self.manual, source, &link.target, false);
        if !matches!(found, Ok(Resolved::Chapter(to, _)) if to == self.ix) {
            return Ok(());
        }
        match &link.target {
            // `[[#heading]]` names no chapter.
            Target::Wiki { name, .. } if name.is_empty() => Ok(()),
            Target::Wiki { name, .. } => {
                let new = self.named(name, false);
                self.wiki(body, link, name, &new)
            }
            Target::Path { path, .. } if path.is_empty() => Ok(()),
            Target::Path { .. } => self.path(body, link),
            Target::External(_) => Ok(()),
        }
    }

    fn wiki(&mut self, body: &Body, link: &Link, name: &str, new: &str) -> Result<(), RenameError> {
        let unclear = self.unclear(link.span, format!("[[{name}]]"));
        for span in self.written(body, link).ok_or_else(|| unclear.clone())? {
            let start = span.start as usize;
            if !self.text(span.file)[start..].starts_with(name) {
                return Err(unclear);
            }
            self.add(span.file, start..start + name.len(), new.to_owned());
        }
        Ok(())
    }

    /// Where a link's target is written. If YAML folds or quotes the text, only the place of the whole text is known:
    /// it is then read once more, as it is in the file. None if that gives other links.
    fn written(&self, body: &Body, link: &Link) -> Option<Vec<Span>> {
        let Span { file, start, end } = link.span;
        let (mut start, end) = (start as usize, end as usize);
        let text = self.text(file);
        let mut whole = text[start..end].trim_end();
        if !whole.contains("[[") && !whole.contains("](") {
            return Some(vec![link.span]);
        }
        if whole.starts_with("```") || whole.starts_with("~~~") {
            // A directive within a list.
            let first = whole.find('\n')?;
            whole = &whole[first..whole.rfind('\n')?];
            start += first;
        }
        let bare = whole.trim_start_matches(|letter: char| letter.is_whitespace() || ">|+-".contains(letter));
        start += whole.len() - bare.len();
        let reading = Reading {
            place: reading::SourceMap::At(Span::new(file, start, end)),
            raw_html: self.manual.settings.raw_html,
            mentions: None,
            own: "",
            title: "",
            directives: &[],
        };
        let again = markdown::inline(&bare.replace(['\n', '\r'], " "), reading, &mut Reports::new());
        let to_it = |body: &Body| -> Vec<Span> {
            body.links.iter().filter(|other| other.target == link.target).map(|other| other.span).collect()
        };
        let spans = to_it(&again);
        (spans.len() == to_it(body).len()).then_some(spans)
    }

    /// A link to the chapter's file, which may get another name.
    fn path(&mut self, body: &Body, link: &Link) -> Result<(), RenameError> {
        let file = link.span.file;
        let [old, new] = self.names.clone();
        if old == new {
            return Ok(());
        }
        let text = self.text(file);
        let spans = self.written(body, link).ok_or_else(|| self.unclear(link.span, old.clone()))?;
        let named = |span: &Span| named_files(&text[span.start as usize..span.end as usize], &old, span.start as usize);
        let mut found: Vec<Range<usize>> = spans.iter().flat_map(named).collect();
        if found.is_empty() {
            // The address stands elsewhere: `[text][label]`, and a line `[label]: address`.
            let mut at = 0;
            for line in text.split_inclusive('\n') {
                let is_definition = line.trim_start().starts_with('[') && line.contains("]:");
                if is_definition {
                    found.extend(named_files(line, &old, at));
                }
                at += line.len();
            }
        }
        if found.is_empty() {
            return Err(self.unclear(link.span, old));
        }
        for range in found {
            self.add(file, range, new.clone());
        }
        Ok(())
    }

    fn add(&mut self, file: FileId, range: Range<usize>, new: String) {
        self.found.insert((file, range.start, range.end, new));
    }

    fn text(&self, file: FileId) -> &'a str {
        &self.sources.get(file).text
    }

    fn unclear(&self, span: Span, usual: String) -> RenameError {
        RenameError::Unclear { place: file_and_line(self.sources, span), usual }
    }
}

/// A place that may name a chapter, and its file's path.
#[derive(Clone, Copy)]
enum NamingPlace<'a> {
    /// A name, of a chapter of one kind or of any.
    Name(&'a Spanned<String>, Option<Kind>, &'a str),
    /// A link in a text.
    Link(&'a Body, &'a Link, &'a str),
}

/// All places that may name a chapter, those of a file in their order.
fn places(manual: &Manual) -> Vec<NamingPlace<'_>> {
    let mut places = Vec::new();
    for chapter in manual.chapters.iter().chain(manual.withdrawn.iter().map(|withdrawn| &withdrawn.chapter)) {
        let source = chapter.source.as_str();
        places.extend(
            chapter.references.iter().map(|reference| NamingPlace::Name(&reference.target, reference.kind, source)),
        );
        places.extend(chapter.bodies().flat_map(|body| in_body(body, source)));
        places.extend(chapter.directives.iter().flat_map(|directive| in_options(directive, source)));
    }
    let yaml = manual.settings.yaml();
    let safety = yaml.safety().map(|name| (name, None));
    let protocol = yaml.default_protocol().map(|name| (name, Some(Kind::Protocol)));
    places.extend(safety.into_iter().chain(protocol).map(|(name, kind)| NamingPlace::Name(name, kind, "manual.yaml")));
    for term in &manual.lexicon.terms {
        places.extend(term.see.iter().map(|name| NamingPlace::Name(name, None, "glossary.yaml")));
        places.extend(in_body(&term.definition.body, "glossary.yaml"));
    }
    places
}

/// The links of a text.
fn in_body<'a>(body: &'a Body, source: &'a str) -> impl Iterator<Item = NamingPlace<'a>> {
    body.links.iter().map(move |link| NamingPlace::Link(body, link, source))
}

/// The options of a directive that may name a chapter.
fn in_options<'a>(directive: &'a Directive, source: &'a str) -> impl Iterator<Item = NamingPlace<'a>> {
    // A condition may also be an evidence chapter's id.
    let evidence = |condition: Option<&'a Spanned<String>>| {
        condition.filter(|condition| is_kebab_case(&condition.value)).map(|id| (id, Some(Kind::Evidence)))
    };
    let line = match directive.read() {
        Some(DirectiveOptions::Chapters(options)) => options.of().map(|of| (of, None)),
        Some(DirectiveOptions::EvidenceSummary(options)) => evidence(options.condition()),
        Some(DirectiveOptions::ForestPlot(options)) => evidence(options.condition()),
        _ => None,
    };
    let ids = directive.options.iter().filter_map(|(field, value)| match value {
        schema::record::FieldValue::Id(id) => Some((id, Kind::from_name(field.name))),
        _ => None,
    });
    line.into_iter().chain(ids).map(move |(name, kind)| NamingPlace::Name(name, kind, source))
}

/// A place whose meaning a plan changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MeaningChange {
    /// The place, in the manual before.
    pub(crate) span: Span,
    /// What is written there before.
    pub(crate) written: String,
    /// What it means then, if anything.
    pub(crate) before: Option<String>,
    /// What it means after the plan, by its name before.
    pub(crate) after: Option<String>,
    /// The place after the plan.
    pub(crate) there: Option<Span>,
}

/// The places that lead somewhere else `after` a plan than `before`, except those that follow the chapter.
pub(crate) fn changes(before: &Manual, after: &Manual, plan: &RenamePlan) -> Vec<MeaningChange> {
    let mut new = meanings(after, Some(plan));
    let mut changes = Vec::new();
    for (file, old) in meanings(before, None) {
        let new = new.remove(&file).unwrap_or_default();
        let new = new.into_iter().map(|(span, _, after)| (after, Some(span))).chain(std::iter::repeat((None, None)));
        let both = old.into_iter().zip(new).filter(|((.., before), (after, _))| before != after);
        changes.extend(both.map(|((span, written, before), (after, there))| MeaningChange {
            span,
            written,
            before,
            after,
            there,
        }));
    }
    changes
}

type Meanings = BTreeMap<String, Vec<(Span, String, Option<String>)>>;

/// By file, what is written at each place that may name something, and what that means; after a plan, by the names
/// before it.
fn meanings(manual: &Manual, plan: Option<&RenamePlan>) -> Meanings {
    let back = |text: &str, [old, new]: [&String; 2]| if text == new { old.clone() } else { text.to_owned() };
    let source_of =
        |source: &str| plan.map_or_else(|| source.to_owned(), |plan| back(source, [&plan.file.0, &plan.file.1]));
    let named = |chapter: &Chapter| {
        let key = chapter.key();
        plan.map_or_else(|| key.clone(), |plan| back(&key, [&plan.old, &plan.new]))
    };
    let mut meanings = Meanings::new();
    for place in places(manual) {
        let (source, span, written, found) = match place {
            NamingPlace::Name(name, kind, source) => {
                let found = resolve::chapter_named(manual, &name.value, kind).ok();
                (source, name.span, name.value.clone(), found.map(|ix| named(manual.chapter(ix))))
            }
            NamingPlace::Link(_, link, source) => {
                let found = resolve::resolve(manual, source, &link.target, false).ok();
                let found = found.map(|found| match found {
                    Resolved::Chapter(ix, None) => named(manual.chapter(ix)),
                    Resolved::Chapter(ix, Some(heading)) => format!("{}#{heading}", named(manual.chapter(ix))),
                    Resolved::Withdrawn(at) => named(&manual.withdrawn[at].chapter),
                    Resolved::Term(at) => format!("term/{}", manual.lexicon.terms[at as usize].id.value),
                    Resolved::Part(at) => manual.parts[at].folder.clone(),
                    Resolved::Made(path, _) => path.to_owned(),
                    Resolved::File(path) | Resolved::External(path) => path,
                });
                let written = match &link.target {
                    Target::Wiki { name, .. } => format!("[[{name}]]"),
                    Target::Path { path, .. } => path.clone(),
                    Target::External(address) => address.clone(),
                };
                (source, link.span, written, found)
            }
        };
        meanings.entry(source_of(source)).or_default().push((span, written, found));
    }
    meanings
}

/// A place as `file:line`.
pub(crate) fn file_and_line(sources: &Sources, span: Span) -> String {
    let SourceFile { shown, text, .. } = sources.get(span.file);
    let line = text[..crate::files::position::boundary(text, span.start as usize)].matches('\n').count() + 1;
    format!("{shown}:{line}")
}

/// Where a word is in a span, alone.
fn word(text: &str, span: Span, word: &str) -> Option<Range<usize>> {
    let (start, end) = (span.start as usize, span.end as usize);
    let quoted = text.get(start..end)?.trim_matches(['"', '\'', ' ']);
    // Some YAML writes the same in other letters.
    if quoted != word {
        return None;
    }
    let at = start + text[start..end].find(word)?;
    Some(at..at + word.len())
}

/// Where a file is named in a text that begins at `base`.
fn named_files(text: &str, name: &str, base: usize) -> Vec<Range<usize>> {
    let is_whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        before.is_none_or(|letter| matches!(letter, '/' | '(' | '<' | ' ' | ':'))
            && after.is_none_or(|letter| matches!(letter, ')' | '#' | '>' | ' ' | '"' | '\r' | '\n'))
    };
    let found = text.match_indices(name).filter(|(at, _)| is_whole(*at));
    found.map(|(at, _)| base + at..base + at + name.len()).collect()
}
