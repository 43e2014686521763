//! Turns one file's text into one typed chapter.

use std::borrow::Cow;
use std::hash::Hash as _;
use std::sync::Arc;

use crate::diag;
use crate::diag::{Diagnostic, Reports};
use crate::files::source::SourceFile;
use crate::hash;
use crate::model::body::Body;
use crate::model::directive::{Directive, DirectiveKind};
use crate::model::front::ChapterParts;
use crate::model::kind::{Kind, with_kinds};
use crate::model::kinds::common::Common;
use crate::model::reading::{Conditions, Reading, SourceMap};
use crate::model::schema::read::Reader;
use crate::model::schema::record::{FieldValue, Record, Text};
use crate::model::schema::shape::{Field, Shape};
use crate::model::schema::{read, scalar};
use crate::model::status::Status;
use crate::model::yaml::{YamlNode, YamlValue};
use crate::model::{directive, front, kinds, markdown, unwritten};
use crate::span::{FileId, Span, Spanned};

/// A chapter, as far as its own file describes it.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its file.
    pub(crate) file: FileId,
    /// Its file's path relative to the manual folder.
    pub source: String,
    /// What it is about.
    pub(crate) kind: Kind,
    /// Its name in links, unique within its kind.
    pub(crate) id: Spanned<String>,
    /// Its title.
    pub(crate) title: String,
    /// Its position in its part, if one is given.
    pub(crate) order: Option<i64>,
    /// Its position among those with the same one.
    pub(crate) suborder: i64,
    /// How far the work on it has come.
    pub(crate) status: Status,
    /// Its front matter.
    pub(crate) front: Record,
    /// The text of its file as written. It is kept for cases only, to search it for identifiers.
    pub(crate) text: Arc<String>,
    /// Its text.
    pub(crate) body: Body,
    /// Its directives, in the order of [`Body::directives`].
    pub(crate) directives: Vec<Directive>,
    /// The relations that it declares.
    pub(crate) references: Vec<Reference>,
    /// Whether its front matter could not be read at all: then missing keys are not reported.
    pub(crate) broken: bool,
    /// What shows whether it changed.
    pub(crate) hashes: ChapterHashes,
}

/// Hashes of a chapter: equal ones mean that nothing changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ChapterHashes {
    /// Of its file.
    pub(crate) file: u64,
    /// Of what other pages may show of it: its place, its front matter and its headings, but not its
    /// text.
    pub(crate) face: u64,
}

impl ChapterHashes {
    fn new(source: &SourceFile, kind: Kind, front: &str, body: &Body) -> Self {
        Self {
            file: hash::quick(|state| (&source.path, &source.text).hash(state)),
            face: hash::quick(|state| {
                (&source.path, kind, front).hash(state);
                body.headings.iter().for_each(|heading| (&heading.id, &heading.text).hash(state));
            }),
        }
    }
}

/// A relation to another chapter, as declared.
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// The key under which it is written.
    pub(crate) relation: &'static str,
    /// The id as written.
    pub(crate) target: Spanned<String>,
    /// The kind that it must have; none for any kind.
    pub(crate) kind: Option<Kind>,
    /// Whether it is in a list of records, which a table shows.
    pub(crate) in_table: bool,
}

impl Chapter {
    /// `kind/id`.
    pub(crate) fn key(&self) -> String {
        key(self.kind, &self.id.value)
    }

    /// The part of its front matter that every chapter has.
    pub(crate) fn common(&self) -> Common<'_> {
        Common::new(&self.front)
    }

    /// Its summary.
    pub(crate) fn summary(&self) -> Option<&Text> {
        self.common().summary()
    }

    /// Every text of the chapter: its own first, then those of its front matter.
    pub(crate) fn bodies(&self) -> impl Iterator<Item = &Body> {
        let mut texts = Vec::new();
        self.front.texts_within(&mut texts);
        std::iter::once(&self.body)
            .chain(self.directives.iter().map(|directive| &directive.wording))
            .chain(texts.into_iter().map(|text| &*text.body))
    }

    /// The anchors that links may name: its headings, and the lists and tables of its front matter.
    pub(crate) fn anchors(&self) -> impl Iterator<Item = &str> {
        let headings = self.body.headings.iter().map(|heading| heading.id.as_str());
        let lists = self.front.iter().filter_map(|(field, value)| match value {
            FieldValue::Texts(texts) => (!texts.is_empty()).then_some(field.name),
            FieldValue::Records(records) => (!records.is_empty()).then_some(field.name),
            _ => None,
        });
        headings.chain(lists)
    }

    /// Whether it may have the list or table of this name: somebody wrote it, in a way that does not fit, or wrote a key
    /// that nobody knows. That is reported there.
    pub(crate) fn may_have_list(&self, name: &str) -> bool {
        let is_list = |field: &Field| field.name == name && matches!(field.shape, Shape::Texts | Shape::Records(_));
        (self.front.has_unknown || self.front.is_given(name)) && self.kind.fields().iter().any(is_list)
    }

    /// The lists of texts in its front matter, which are sections of its page.
    pub(crate) fn sections(&self) -> impl Iterator<Item = (&'static Field, &[Text])> {
        self.front.iter().filter_map(|(field, value)| match value {
            FieldValue::Texts(texts) if !texts.is_empty() => Some((field, texts.as_slice())),
            _ => None,
        })
    }
}

macro_rules! views_of_kinds {
    ($(#[doc = $doc:literal] $kind:ident, $module:ident, $name:literal, $plural:literal;)*) => {
        #[allow(dead_code, reason = "every kind has a view, whether or not it is read by itself")]
        impl Chapter {
            $(#[doc = concat!("Its front matter as that of the kind `", $name, "`; none for a chapter of another kind.")]
            pub(crate) fn $module(&self) -> Option<kinds::$module::$kind<'_>> {
                (self.kind == Kind::$kind).then(|| kinds::$module::$kind::new(&self.front))
            })*
        }
    };
}

with_kinds!(views_of_kinds);

/// `kind/id`.
pub(crate) fn key(kind: Kind, id: &str) -> String {
    format!("{}/{id}", kind.name())
}

/// Reads a chapter. Whatever is wrong with it, the result is a chapter, so that links to it still work.
///
/// # Reports
/// Everything that can be known from this file alone.
pub fn parse(
    file: FileId,
    source: &SourceFile,
    default_kind: Kind,
    conditions: Conditions<'_>,
    reports: &mut Reports,
) -> Chapter {
    let name = named_by(&source.path);
    let bare = &*name.id;
    let (parts, node) = front::read(&source.text, file);
    let broken = !matches!(&node, Ok(YamlNode { value: YamlValue::Map(_) | YamlValue::Null, .. }));
    let node = node.map_err(|report| reports.push(*report)).ok();
    // What can be told of front matter that cannot be read is taken as it stands, so that links to the chapter hold.
    let declared = |key| match &node {
        Some(node) => text_of(node, key),
        None => line_of(parts.front, key),
    };
    let kind = declared(Common::KEYS.kind).and_then(Kind::from_name).unwrap_or(default_kind);
    let declared_id = declared(Common::KEYS.id);
    let own = key(kind, declared_id.filter(|id| scalar::is_kebab_case(id)).unwrap_or(bare));
    let explain = |name: &str| kinds::explain_unknown(kind, name);
    let reader = Reader {
        raw_html: conditions.raw_html,
        own: &own,
        mentions: Some(conditions.mentions),
        misfit: None,
        explain: &explain,
    };
    let top = Span::top(file);
    let front = match &node {
        Some(node) => read::read(node, kind.fields(), &reader, reports),
        None => Record::empty(kind.fields(), top),
    };
    let common = Common::new(&front);
    let rescued = declared_id.filter(|id| node.is_none() && scalar::is_kebab_case(id));
    let id = common.id().cloned().unwrap_or_else(|| Spanned::new(rescued.unwrap_or(bare).to_owned(), top));
    if common.id().is_none() && declared_id.is_none() {
        check_file_name(bare, top, reports);
    }
    let mentions = common.glossary().unwrap_or(true).then_some(conditions.mentions);
    let text_end = parts.text_at + parts.text.len();
    let reading = Reading {
        place: SourceMap::At(Span::new(file, parts.text_at, text_end)),
        raw_html: conditions.raw_html,
        mentions,
        own: &own,
        title: common.title().map_or("", |title| title.value.as_str()),
        directives: DirectiveKind::NAMES,
    };
    let body = markdown::chapter(parts.text, reading, reports);
    let hashes = ChapterHashes::new(source, kind, parts.front, &body);
    let status = Status::named(common.status());
    if status != Status::Draft {
        check_unwritten(&parts, file, reports);
    }
    let directives = directives(&body, &own, conditions, reports);
    let text = if kind == Kind::Case { Arc::clone(&source.text) } else { Arc::default() };
    Chapter {
        file,
        text,
        source: source.path.clone(),
        kind,
        title: common.title().map_or_else(|| bare.replace('-', " "), |title| title.value.clone()),
        order: common.order().or(name.order),
        suborder: if common.order().is_none() { name.suborder } else { 0 },
        status,
        references: references(&front),
        id,
        front,
        body,
        directives,
        broken,
        hashes,
    }
}

/// The directives of a text. What one took in that is not closed says nothing about the blocks in it.
fn directives(body: &Body, own: &str, conditions: Conditions<'_>, reports: &mut Reports) -> Vec<Directive> {
    let is_open = |report: &Diagnostic| *report.code == diag::UNCLOSED_FENCE;
    let has_open = reports.iter().any(is_open);
    let mut within = Reports::new();
    let directives =
        body.directives.iter().map(|block| directive::parse(block, own, conditions, &mut within)).collect();
    within.retain(|report| !has_open || !is_open(report));
    reports.append(&mut within);
    directives
}

/// Checks whether an id can be made of a file's name.
///
/// # Reports
/// `id/invalid`.
fn check_file_name(bare: &str, top: Span, reports: &mut Reports) {
    if scalar::is_kebab_case(bare) {
        return;
    }
    let help = "rename the file, or give the chapter an `id`";
    let report = scalar::invalid_id(bare, top);
    reports.push(match report.help.clone() {
        Some(mended) => report.help(format!("{mended}: {help}")),
        None => report.help(help),
    });
}

/// Looks for words of a template that should have been replaced.
///
/// # Reports
/// `page/unwritten`.
fn check_unwritten(parts: &ChapterParts<'_>, file: FileId, reports: &mut Reports) {
    let mut report = |from: usize, range: std::ops::Range<usize>, help: &str| {
        let span = Span::new(file, from + range.start, from + range.end);
        let message = "these words of a template are still here";
        let help = format!("{help}. Until then, set `status: draft`");
        reports.push(Diagnostic::new(&diag::UNWRITTEN, span, message).help(help));
    };
    if let Some(range) = unwritten::template_words(parts.text) {
        report(parts.text_at, range, "write the chapter, or what belongs in this place");
    }
    if let Some(range) = unwritten::template_words(parts.front).or_else(|| unwritten::template_value(parts.front)) {
        report(parts.front_at, range, "write a value of your own");
    }
}

/// The value of a key in front matter that cannot be read as a whole.
fn line_of<'a>(front: &'a str, key: &str) -> Option<&'a str> {
    let value = front.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(':'))?;
    Some(value.trim().trim_matches(['"', '\'']))
}

fn text_of<'a>(node: &'a YamlNode, name: &str) -> Option<&'a str> {
    let YamlValue::Map(entries) = &node.value else { return None };
    entries.iter().find(|(key, _)| key.as_text() == Some(name))?.1.as_text()
}

/// The front matter of a chapter as it is written; none where it cannot be read.
pub(crate) fn front_matter(text: &str, file: FileId) -> Option<YamlNode> {
    front::read(text, file).1.ok()
}

/// What the file name of a chapter says where its front matter does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileName<'a> {
    /// Its order: the number that the name begins with.
    pub(crate) order: Option<i64>,
    /// Its order among those with the same number: the second number of `1.2 Grief`.
    pub(crate) suborder: i64,
    /// The rest as an id. Names as people have them, such as `Patient transport`, are put into the letters of ids.
    pub(crate) id: Cow<'a, str>,
}

/// Reads the file name of a chapter.
pub(crate) fn named_by(path: &str) -> FileName<'_> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let (numbers, bare) = leading_numbers(stem);
    let id = if scalar::is_kebab_case(bare) { None } else { scalar::kebab_case(bare) };
    FileName {
        order: numbers.first().copied(),
        suborder: numbers.get(1).copied().unwrap_or_default(),
        id: id.map_or(Cow::Borrowed(bare), Cow::Owned),
    }
}

/// The numbers at the beginning of `1-grief`, `1.2 Grief` or `03_grief`, and the rest.
fn leading_numbers(stem: &str) -> (Vec<i64>, &str) {
    let mut numbers = Vec::new();
    let mut rest = stem;
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = &rest[digits..];
        let bare = after.trim_start_matches(['-', '_', '.', ')', ' ']);
        let is_number = (1..=9).contains(&digits) && bare.len() < after.len() && !bare.is_empty();
        let Some(number) = rest[..digits].parse().ok().filter(|_| is_number) else { return (numbers, rest) };
        numbers.push(number);
        rest = bare;
        // `3-7-sessions` is about seven sessions, and not the seventh part of the third.
        if !after.starts_with('.') || !rest.starts_with(|letter: char| letter.is_ascii_digit()) {
            return (numbers, rest);
        }
    }
}

/// The relations that a record declares, in the order of the schema.
fn references(front: &Record) -> Vec<Reference> {
    let mut found = Vec::new();
    for (field, value) in front.iter() {
        match (field.shape, value) {
            (Shape::Ids(kind), FieldValue::Ids(ids)) => found.extend(ids.iter().map(|target| Reference {
                relation: field.name,
                target: target.clone(),
                kind: Some(kind),
                in_table: false,
            })),
            (Shape::AnyIds, FieldValue::Ids(ids)) => found.extend(ids.iter().map(|target| Reference {
                relation: field.name,
                target: target.clone(),
                kind: None,
                in_table: false,
            })),
            // The items of a list may each name a stage, and techniques of their own.
            (Shape::Records(_), FieldValue::Records(records)) => {
                for record in records {
                    found.extend(record.iter().filter_map(|(inner, value)| match (inner.shape, value) {
                        (Shape::Id, FieldValue::Id(target)) => Some(Reference {
                            relation: field.name,
                            target: target.clone(),
                            kind: Kind::from_name(inner.name),
                            in_table: true,
                        }),
                        _ => None,
                    }));
                    found.extend(references(record));
                }
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mentions::Mentions;
    use crate::model::raw_html::RawHtml;

    fn read(text: &str) -> (Chapter, Reports) {
        let mentions = Mentions::default();
        let conditions = Conditions { raw_html: RawHtml::Sanitize, mentions: &mentions };
        let source =
            SourceFile { path: "techniques/02-role-play.md".into(), shown: String::new(), text: Arc::new(text.into()) };
        let mut reports = Reports::new();
        let chapter = parse(FileId(0), &source, Kind::Technique, conditions, &mut reports);
        (chapter, reports)
    }

    fn codes(reports: &Reports) -> Vec<&str> {
        reports.iter().map(|report| report.code.name).collect()
    }

    #[test]
    fn a_chapter_takes_id_order_and_kind_from_its_place() {
        let (chapter, reports) = read("---\ntitle: Role play\nproblem-areas: [grief]\n---\n\nText.\n");
        assert!(reports.is_empty(), "{reports:?}");
        assert_eq!((chapter.id.value.as_str(), chapter.order, chapter.kind), ("role-play", Some(2), Kind::Technique));
        assert_eq!(chapter.references[0].relation, "problem-areas");
        assert_eq!(chapter.references[0].kind, Some(Kind::ProblemArea));
    }

    #[test]
    fn all_mistakes_of_the_front_matter_are_reported() {
        let (_, reports) =
            read("---\ntechnques: [x]\nsteps: one\norder: x\nstages: [a]\nstatus: donne\nreviewed: 2020-13-45\n---\n");
        assert_eq!(
            codes(&reports),
            [
                "front-matter/unknown-field",
                "front-matter/wrong-type",
                "front-matter/wrong-type",
                "front-matter/unknown-field",
                "front-matter/bad-value",
                "front-matter/bad-value",
                "front-matter/missing-field",
            ]
        );
        assert!(reports[3].help.as_deref().unwrap_or_default().contains("other side"));
    }

    #[test]
    fn front_matter_that_is_none_is_one_mistake() {
        for (text, code) in [
            ("", "front-matter/missing-field"),
            ("Just text", "front-matter/missing-field"),
            ("\n---\ntitle: x\n---\n", "front-matter/missing-field"),
            ("---\ntitle: x\n", "front-matter/syntax"),
            ("---\ntitle: a: b\n---\n", "front-matter/syntax"),
        ] {
            let (chapter, reports) = read(text);
            assert_eq!(codes(&reports), [code], "{text:?}");
            assert!(chapter.broken);
            assert_eq!(chapter.id.value, "role-play");
        }
        let (chapter, reports) = read("---\r\ntitle: Rôle\r\n---\r\nText\r\n");
        assert!(reports.is_empty());
        assert_eq!(chapter.title, "Rôle");
    }
}
