//! A chapter to what its page shows.

use std::collections::BTreeMap;

use serde::Serialize;

use super::directives;
use super::fill::{Filler, Stand};
use super::forms::{FORM, FormView, form, sheet_link};
use super::locale::Words;
use super::session_table::SessionTable;
use super::tables::text as text_html;
use super::view::*;
use super::{evidence_tables, forest, tables, timeline};
use crate::link::checks::directives::is_about;
use crate::link::checks::review;
use crate::link::resolve::{self, Resolved};
use crate::link::{ChapterIx, Edge, MENTIONS, RELATED};
use crate::model::directive::Drawing;
use crate::model::schema::{Field, Record, Shape, Text, Value};
use crate::model::{Chapter, Kind};
use crate::render::templates::{Component, TemplateError, Templates};

/// What a kind's template gets.
#[derive(Debug, Serialize)]
pub struct ChapterView {
    /// The kind's name.
    pub kind: &'static str,
    /// The kind in the reader's language.
    pub kind_label: String,
    /// `kind/id`.
    pub key: String,
    /// What makes anchors unique.
    pub anchor: String,
    /// The title.
    pub title: String,
    /// The summary; may be empty.
    pub summary_html: String,
    /// Single values of the front matter.
    pub facts: Vec<FactView>,
    /// Lists of texts of the front matter.
    pub sections: Vec<SectionView>,
    /// Lists of mappings of the front matter, by their keys.
    pub tables: BTreeMap<&'static str, TableView>,
    /// The text.
    pub body_html: String,
    /// What the chapter names.
    pub relations: Vec<GroupView>,
    /// What names the chapter; empty on the page with all chapters.
    pub backlinks: Vec<GroupView>,
    /// Who answers for it, and when it is reviewed.
    pub control: Vec<FactView>,
    /// When it is to be reviewed, `YYYY-MM-DD`; may be empty.
    pub review_due: String,
    /// The session summary of a protocol or setting, or the effects of an evidence chapter, as a
    /// picture; may be empty.
    pub figure_html: String,
    /// The anchor and caption of that picture.
    #[serde(skip)]
    figure: Option<(String, String)>,
    /// The form of a worksheet.
    pub form: Option<FormView>,
    /// The anchor of the form's heading.
    pub form_anchor: String,
    /// The way to its blank sheet; none on the page with all chapters.
    pub sheet: Option<LinkView>,
    /// For a case, what it is made of, in a sentence; may be empty.
    pub banner: String,
    /// For a draft or a chapter under review, a word that says so; may be empty.
    pub status: String,
}

/// Makes what a kind's template gets.
///
/// # Errors
/// When a template that a directive needs fails.
pub fn chapter(filler: &Filler<'_>, templates: &Templates, ix: ChapterIx) -> Result<ChapterView, TemplateError> {
    let book = filler.book;
    let chapter = book.manual.chapter(ix);
    let words = book.words;
    let body_html = body(filler, templates, ix)?;
    let (figure, figure_html) = figure(filler, templates, ix)?.unzip();
    let status = chapter.front.choice("status").filter(|status| *status != "approved");
    Ok(ChapterView {
        kind: chapter.kind.name(),
        kind_label: words.get(&format!("kind-{}", chapter.kind.name())).to_owned(),
        key: chapter.key(),
        anchor: filler.prefix.clone(),
        title: chapter.title.clone(),
        summary_html: chapter.summary().map(|summary| filler.text(summary)).unwrap_or_default(),
        facts: facts(filler, chapter),
        sections: chapter.sections().map(|(field, texts)| section(filler, chapter, field, texts)).collect(),
        tables: record_tables(filler, ix),
        body_html,
        relations: relations(filler, ix),
        backlinks: if filler.stand == Stand::Print { Vec::new() } else { backlinks(filler, ix) },
        control: control(filler, chapter),
        review_due: review::due(chapter, &book.manual.settings).map(|due| due.to_string()).unwrap_or_default(),
        figure_html: figure_html.unwrap_or_default(),
        figure,
        form: form(chapter, &format!("{}{FORM}", filler.prefix)).filter(|_| !draws(filler, ix, Drawing::Worksheet)),
        form_anchor: format!("{}{}", filler.prefix, section_anchor(chapter, "fields")),
        sheet: match filler.stand {
            Stand::Page(root) => sheet_link(filler, ix, root),
            Stand::Print => None,
        },
        banner: if chapter.kind == Kind::Case {
            chapter
                .front
                .choice("basis")
                .map(|basis| words.get(&format!("banner-{basis}")).to_owned())
                .unwrap_or_default()
        } else {
            String::new()
        },
        status: status.map(|status| words.get(&format!("status-{status}")).to_owned()).unwrap_or_default(),
    })
}

fn body(filler: &Filler<'_>, templates: &Templates, ix: ChapterIx) -> Result<String, TemplateError> {
    let chapter = filler.book.manual.chapter(ix);
    let mut html = String::with_capacity(chapter.body.html.len() * 5 / 4);
    let mut failure = None;
    filler.fill(&chapter.body, &mut html, &mut |number, html| {
        let directive = &chapter.directives[number as usize];
        match directives::draw(filler, templates, ix, number, directive) {
            Ok(drawn) => html.push_str(&drawn),
            Err(error) => failure = failure.take().or(Some(error)),
        }
    });
    failure.map_or(Ok(html), Err)
}

/// A link to a chapter as lists show it.
pub fn link(filler: &Filler<'_>, ix: ChapterIx) -> LinkView {
    let book = filler.book;
    let chapter = book.manual.chapter(ix);
    let kind = chapter.kind.name();
    LinkView {
        title: chapter.title.clone(),
        url: filler.chapter_address(ix),
        summary: book.summary(ix).to_owned(),
        kind: kind.to_owned(),
        kind_label: book.words.get(&format!("kind-{kind}")).to_owned(),
        current: chapter.source == filler.source,
    }
}

/// Links to chapters in a table's cell.
pub fn links_html(filler: &Filler<'_>, chapters: &[ChapterIx]) -> String {
    tables::list_html(&chapters.iter().map(|ix| anchor_html(filler, *ix)).collect::<Vec<_>>())
}

/// A link to a chapter as HTML.
pub fn anchor_html(filler: &Filler<'_>, ix: ChapterIx) -> String {
    let mut html = String::from("<a href=\"");
    crate::model::markdown::escape(&mut html, &filler.chapter_address(ix));
    html.push_str("\">");
    crate::model::markdown::escape(&mut html, &filler.book.manual.chapter(ix).title);
    html.push_str("</a>");
    html
}

/// Texts in a table's cell.
pub fn texts_html(filler: &Filler<'_>, texts: &[Text]) -> String {
    tables::list_html(&texts.iter().map(|text| filler.text(text)).collect::<Vec<_>>())
}

/// The label of a key.
pub fn label(words: &Words, name: &str) -> String {
    words.get(&format!("field-{name}")).to_owned()
}

/// Keys that are shown elsewhere: common ones, and those that the template places itself.
fn is_plain_fact(chapter: &Chapter, field: &Field) -> bool {
    let common = crate::model::kinds::COMMON.iter().any(|common| common.name == field.name);
    let banner = chapter.kind == Kind::Case && field.name == "basis";
    !common && !banner
}

fn facts(filler: &Filler<'_>, chapter: &Chapter) -> Vec<FactView> {
    let own = chapter.front.iter().filter(|(field, _)| is_plain_fact(chapter, field));
    let fact = |(field, value): (&'static Field, &Value)| {
        let html = value_html(filler, field, value)?;
        Some(FactView { name: field.name.into(), label: label(filler.book.words, field.name), html })
    };
    let mut facts: Vec<FactView> =
        own.filter(|(field, _)| !matches!(field.shape, Shape::Texts)).filter_map(fact).collect();
    if chapter.kind == Kind::Evidence
        && let Some(finding) = evidence_tables::headline(chapter)
    {
        let words = filler.book.words;
        let html = evidence_tables::answer_html(words, finding);
        facts.push(FactView { name: "in-short".into(), label: label(words, "in-short"), html });
    }
    facts
}

/// A value as HTML; none for what is no single value.
pub fn value_html(filler: &Filler<'_>, field: &Field, value: &Value) -> Option<String> {
    let words = filler.book.words;
    let word = |value: &str| words.get(&format!("{}-{value}", field.name)).to_owned();
    Some(match value {
        Value::Line(line) => text_html(&line.value),
        Value::Text(text) => filler.text(text),
        Value::Texts(texts) => texts_html(filler, texts),
        Value::Lines(lines) => text_html(&words.list(lines.iter().map(|line| line.value.as_str()))),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Interval(low, high) => text_html(&words.fill("interval", &[&low.to_string(), &high.to_string()])),
        Value::Date(date) => format!("<time datetime=\"{}\">{}</time>", date.value, text_html(&words.date(date.value))),
        Value::Sessions(sessions) => text_html(&sessions_text(words, sessions.value)),
        Value::Choice(choice) => text_html(&word(choice)),
        Value::Choices(choices) => text_html(&words.list(choices.iter().map(|choice| word(choice)))),
        Value::Keys(keys) => citations_html(filler, keys),
        _ => return None,
    })
}

/// Sources as linked citations.
pub fn citations_html(filler: &Filler<'_>, keys: &[crate::span::Spanned<String>]) -> String {
    let mut html = String::new();
    for (at, key) in keys.iter().enumerate() {
        if at > 0 {
            html.push(' ');
        }
        filler.citation(&crate::link::source_cluster(&key.value), &mut html);
    }
    html
}

/// Session numbers in the reader's language.
pub fn sessions_text(words: &Words, sessions: crate::model::range::SessionRange) -> String {
    let text = sessions.to_string();
    words.find(&format!("sessions-{text}")).map_or(text, str::to_owned)
}

fn section(filler: &Filler<'_>, chapter: &Chapter, field: &Field, texts: &[Text]) -> SectionView {
    SectionView {
        name: field.name.into(),
        id: format!("{}{}", filler.prefix, section_anchor(chapter, field.name)),
        label: label(filler.book.words, field.name),
        ordered: matches!(field.name, "steps" | "strategies"),
        items_html: texts.iter().map(|text| filler.text(text)).collect(),
    }
}

/// The anchor of a list of the front matter: its key, unless a heading of the text has it.
pub fn section_anchor(chapter: &Chapter, name: &str) -> String {
    if chapter.body.headings.iter().any(|heading| heading.id == name) {
        format!("{name}-list")
    } else {
        name.to_owned()
    }
}

/// Every list of mappings as a table of its own; the sessions of protocols and settings and the
/// findings of evidence as the tables that are made for them.
fn record_tables(filler: &Filler<'_>, ix: ChapterIx) -> BTreeMap<&'static str, TableView> {
    let manual = filler.book.manual;
    let chapter = manual.chapter(ix);
    let mut made = BTreeMap::new();
    for (field, value) in chapter.front.iter() {
        if let Value::Records(records) = value
            && let Shape::Records(fields) = field.shape
            && !records.is_empty()
            && field.name != "fields"
        {
            made.insert(field.name, generic_table(filler, chapter, field, fields, records));
        }
    }
    if let Some(table) = SessionTable::new(manual, ix)
        && !draws(filler, ix, Drawing::SessionSummary)
    {
        let mut view = tables::session_summary(filler, &table, tables::USUAL_SESSION_COLUMNS, None);
        view.id = format!("{}{}", filler.prefix, section_anchor(chapter, "session-summary"));
        made.insert("session-summary", view);
    }
    if chapter.kind == Kind::Evidence && !chapter.front.records("findings").is_empty() {
        let mut view = evidence_tables::evidence(filler, &[ix], evidence_tables::CHAPTER_EVIDENCE_COLUMNS, None);
        view.id = format!("{}{}", filler.prefix, section_anchor(chapter, "findings"));
        made.insert("findings", view);
    }
    made
}

/// Whether a chapter's own text holds a drawing of the chapter itself, so that it is not shown
/// twice.
fn draws(filler: &Filler<'_>, ix: ChapterIx, drawing: Drawing) -> bool {
    let manual = filler.book.manual;
    let chapter = manual.chapter(ix);
    let shows_own = |options: &Record| match drawing {
        Drawing::Worksheet => options.id("worksheet").is_none_or(|id| id.value == chapter.id.value),
        Drawing::ForestPlot => options.line("condition").is_some_and(|condition| is_about(chapter, &condition.value)),
        _ => match (options.id("setting"), options.id("protocol")) {
            (None, None) => manual.default_protocol == Some(ix),
            (Some(setting), _) => chapter.kind == Kind::Setting && setting.value == chapter.id.value,
            (_, Some(protocol)) => chapter.kind == Kind::Protocol && protocol.value == chapter.id.value,
        },
    };
    chapter.directives.iter().any(|known| known.drawing == Some(drawing) && shows_own(&known.options))
}

/// The picture that a chapter has without asking: the stages of a protocol or setting, the effects
/// of evidence where there are several.
fn figure(filler: &Filler<'_>, templates: &Templates, ix: ChapterIx) -> Result<Option<Figure>, TemplateError> {
    let chapter = filler.book.manual.chapter(ix);
    match chapter.kind {
        Kind::Protocol | Kind::Setting if !draws(filler, ix, Drawing::SessionTimeline) => {
            let Some(mut view) = timeline::of(filler, ix, None) else { return Ok(None) };
            view.id = format!("{}{}", filler.prefix, section_anchor(chapter, "session-timeline"));
            let html = templates.component(Component::SessionTimeline, &view)?;
            Ok(Some(((view.id, view.caption), html)))
        }
        Kind::Evidence if forest::count(filler, &[ix]) > 1 && !draws(filler, ix, Drawing::ForestPlot) => {
            let mut view = forest::forest(filler, &[ix], None);
            view.id = format!("{}{}", filler.prefix, section_anchor(chapter, "forest-plot"));
            let html = templates.component(Component::ForestPlot, &view)?;
            Ok(Some(((view.id, view.caption), html)))
        }
        _ => Ok(None),
    }
}

/// A picture's anchor and caption, and the picture.
type Figure = ((String, String), String);

fn generic_table(
    filler: &Filler<'_>,
    chapter: &Chapter,
    field: &Field,
    fields: &'static [Field],
    records: &[Record],
) -> TableView {
    let words = filler.book.words;
    let used: Vec<&Field> =
        fields.iter().filter(|inner| records.iter().any(|record| record.get(inner.name).is_some())).collect();
    let columns =
        used.iter().map(|inner| ColumnView { name: inner.name.into(), label: label(words, inner.name) }).collect();
    let cell = |record: &Record, inner: &Field| {
        let html = match record.get(inner.name) {
            Some(Value::Id(id)) => {
                let kind = Kind::from_name(inner.name);
                match resolve::chapter_named(filler.book.manual, &id.value, kind) {
                    Ok(found) => anchor_html(filler, found),
                    Err(_) => text_html(&id.value),
                }
            }
            Some(value) => value_html(filler, inner, value).unwrap_or_default(),
            None => String::new(),
        };
        CellView { name: inner.name.into(), label: label(words, inner.name), html, ..CellView::default() }
    };
    TableView {
        name: field.name.into(),
        id: format!("{}{}", filler.prefix, section_anchor(chapter, field.name)),
        caption: label(words, field.name),
        columns,
        rows: records
            .iter()
            .map(|record| RowView { cells: used.iter().map(|inner| cell(record, inner)).collect() })
            .collect(),
        ..TableView::default()
    }
}

/// What the chapter names, in the order of its front matter; what is related in either direction
/// comes last.
fn relations(filler: &Filler<'_>, ix: ChapterIx) -> Vec<GroupView> {
    let manual = filler.book.manual;
    let mut groups: Vec<(&str, Vec<ChapterIx>)> = Vec::new();
    let outgoing = manual.outgoing[ix.0 as usize].iter().filter(|edge| edge.relation != MENTIONS);
    let related_back = manual.incoming[ix.0 as usize].iter().filter(|edge| edge.relation == RELATED);
    for Edge { chapter, relation } in outgoing.chain(related_back) {
        match groups.iter_mut().find(|(known, _)| known == relation) {
            Some((_, chapters)) if chapters.contains(chapter) => {}
            Some((_, chapters)) => chapters.push(*chapter),
            None => groups.push((relation, vec![*chapter])),
        }
    }
    groups.sort_by_key(|(relation, _)| *relation == RELATED);
    // Tables of the page show these already.
    let in_table = |relation: &str| {
        relation == "adaptations" || (relation == "stages" && manual.chapter(ix).kind == Kind::Protocol)
    };
    groups.retain(|(relation, _)| !in_table(relation));
    let view = |(relation, chapters): (&str, Vec<ChapterIx>)| GroupView {
        relation: relation.to_owned(),
        label: filler.book.words.get(&format!("relation-{relation}")).to_owned(),
        chapters: chapters.into_iter().map(|chapter| link(filler, chapter)).collect(),
    };
    groups.into_iter().map(view).collect()
}

/// What names the chapter, by kind and by relation, in the order of the kinds; a chapter that names
/// it under a relation is not shown again for mentioning it.
fn backlinks(filler: &Filler<'_>, ix: ChapterIx) -> Vec<GroupView> {
    let manual = filler.book.manual;
    let incoming = &manual.incoming[ix.0 as usize];
    let by_relation: std::collections::HashSet<ChapterIx> = incoming
        .iter()
        .chain(&manual.outgoing[ix.0 as usize])
        .filter(|edge| edge.relation != MENTIONS)
        .map(|edge| edge.chapter)
        .collect();
    let mut groups: BTreeMap<(bool, Kind, &str), Vec<ChapterIx>> = BTreeMap::new();
    for edge in incoming {
        let mention = edge.relation == MENTIONS;
        if edge.relation == RELATED || (mention && by_relation.contains(&edge.chapter)) {
            continue;
        }
        let kind = if mention { Kind::Page } else { manual.chapter(edge.chapter).kind };
        groups.entry((mention, kind, edge.relation)).or_default().push(edge.chapter);
    }
    let words = filler.book.words;
    let view = |((mention, kind, relation), chapters): ((bool, Kind, &str), Vec<ChapterIx>)| {
        let label = if mention {
            words.get("backlinks-mentions").to_owned()
        } else {
            let exact = words.find(&format!("backlinks-{}-{relation}", kind.name()));
            exact
                .or_else(|| words.find(&format!("backlinks-{relation}")))
                .unwrap_or_else(|| words.get(BACKLINKS[kind as usize]))
                .to_owned()
        };
        GroupView {
            relation: relation.to_owned(),
            label,
            chapters: chapters.into_iter().map(|chapter| link(filler, chapter)).collect(),
        }
    };
    groups.into_iter().map(view).collect()
}

/// The headings of backlinks from each kind, in the order of [`Kind::ALL`].
const BACKLINKS: [&str; 13] = [
    "backlinks-principle",
    "backlinks-role",
    "backlinks-problem-area",
    "backlinks-technique",
    "backlinks-stage",
    "backlinks-session",
    "backlinks-protocol",
    "backlinks-setting",
    "backlinks-evidence",
    "backlinks-measure",
    "backlinks-worksheet",
    "backlinks-case",
    "backlinks-page",
];

/// Who answers for a chapter, and when it is reviewed.
pub fn control(filler: &Filler<'_>, chapter: &Chapter) -> Vec<FactView> {
    let (words, settings) = (filler.book.words, &filler.book.manual.settings);
    let mut facts = Vec::new();
    let mut add =
        |name: &str, html: String| facts.push(FactView { name: name.into(), label: label(words, name), html });
    let line = |name: &str| chapter.front.line(name).map(|line| text_html(&line.value));
    let day = |date: jiff::civil::Date| format!("<time datetime=\"{date}\">{}</time>", text_html(&words.date(date)));
    let date = |name: &str| chapter.front.date(name).map(|date| day(date.value));
    if let Some(version) = line("version") {
        add("version", version);
    }
    if let Some(owner) = line("owner").or_else(|| settings.review_owner.as_deref().map(text_html)) {
        add("owner", owner);
    }
    if let Some(status) = chapter.front.choice("status") {
        add("status", text_html(words.get(&format!("status-{status}"))));
    }
    for (name, value) in
        [("approved-by", line("approved-by")), ("approved", date("approved")), ("reviewed", date("reviewed"))]
    {
        if let Some(value) = value {
            add(name, value);
        }
    }
    if let Some(due) = review::due(chapter, settings) {
        add("review-due", day(due));
    }
    facts
}

/// The contents list of a chapter's page: its pictures, tables and lists, and the headings of its
/// text, in the order in which the templates have them.
pub fn contents(filler: &Filler<'_>, chapter: &Chapter, view: &ChapterView) -> Vec<TocView> {
    let words = filler.book.words;
    let entry = |id: &str, text: &str| {
        let bare = id.strip_prefix(view.anchor.as_str()).unwrap_or(id);
        TocView { level: 2, id: bare.to_owned(), text: text.to_owned() }
    };
    // Protocols and settings show their stages and adaptations in the session summary.
    let shown = view.tables.values().filter(|table| table.name != "stages");
    let tables = shown.map(|table| entry(&table.id, &table.caption));
    let figure = view.figure.iter().map(|(id, caption)| entry(id, caption));
    let mut drawn: Vec<TocView> = figure.chain(tables).collect();
    // A setting says what it adapts before it shows the course.
    if let Some(at) =
        drawn.iter().position(|entry| chapter.kind == Kind::Setting && entry.id.starts_with("adaptations"))
    {
        let adaptations = drawn.remove(at);
        drawn.insert(0, adaptations);
    }
    let sections = view.sections.iter().map(|section| entry(&section.id, &section.label));
    let form = view.form.iter().map(|_| entry(&view.form_anchor, words.get("field-fields")));
    let headings = chapter.body.headings.iter().filter(|heading| heading.level <= 3).map(|heading| TocView {
        level: heading.level,
        id: heading.id.clone(),
        text: filler.heading(&chapter.body, heading),
    });
    // Evidence gives its answer in words first.
    let (before, after) = if chapter.kind == Kind::Evidence { (Vec::new(), drawn) } else { (drawn, Vec::new()) };
    let mut entries: Vec<TocView> =
        before.into_iter().chain(sections).chain(form).chain(headings).chain(after).collect();
    if !view.relations.is_empty() || !view.backlinks.is_empty() {
        entries.push(entry("connections", words.get("connections")));
    }
    entries
}

/// The address of the safety page with its title, where there is one.
pub fn safety(filler: &Filler<'_>) -> Option<LinkView> {
    let safety = filler.book.manual.safety?;
    let mut view = link(filler, safety);
    view.url = filler.address(&Resolved::Chapter(safety, None));
    Some(view)
}
