//! Turns findings into tables: each with its size and certainty, and an overview across conditions.

use crate::link::place::ChapterIx;
use crate::model::column::EvidenceColumn;
use crate::model::kinds::evidence::{Effect, Finding};
use crate::render::address::paths::EVIDENCE_CSV;
use crate::render::text::piece::{citations, from_root, span};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::finding::{
    certainty_html, certainty_rank, compared_html, condition_html, direction_html, direction_rank, grouped, headline,
    interval_text,
};
use crate::render::view::table::cell::{cell, columns};
use crate::render::view::types::{CellView, RowView, TableView};
use crate::span::Spanned;
use crate::words::Word;

/// The columns of an evidence summary if none are chosen.
pub(crate) const USUAL_EVIDENCE_COLUMNS: &[EvidenceColumn] = &[
    EvidenceColumn::Condition,
    EvidenceColumn::Finding,
    EvidenceColumn::Design,
    EvidenceColumn::N,
    EvidenceColumn::Comparator,
    EvidenceColumn::Effect,
    EvidenceColumn::Direction,
    EvidenceColumn::Certainty,
    EvidenceColumn::Sources,
];

/// The columns of the findings on their own chapter's page.
pub(crate) const CHAPTER_EVIDENCE_COLUMNS: &[EvidenceColumn] = USUAL_EVIDENCE_COLUMNS.split_at(1).1;

/// Findings of evidence chapters.
pub(crate) fn evidence(
    renderer: &Renderer<'_>,
    chapters: &[ChapterIx],
    chosen: &[EvidenceColumn],
    caption: Option<&str>,
) -> TableView {
    let (words, manual) = (renderer.context.words, renderer.context.manual);
    let rows = chapters.iter().flat_map(|ix| {
        let findings = manual.chapter(*ix).evidence().map(|evidence| evidence.findings());
        findings.into_iter().flatten().map(|finding| RowView {
            cells: chosen.iter().map(|column| evidence_cell(renderer, *ix, finding, *column)).collect(),
        })
    });
    let rows: Vec<RowView> = rows.collect();
    TableView {
        name: "evidence-summary".into(),
        id: String::new(),
        caption: caption.map_or_else(|| words.get(Word::Findings).to_owned(), str::to_owned),
        columns: columns(renderer, chosen.iter().map(|column| column.name())),
        csv: from_root(renderer, EVIDENCE_CSV),
        note: if rows.is_empty() { words.get(Word::NoFindings).to_owned() } else { String::new() },
        rows,
        sortable: true,
    }
}

fn evidence_cell(renderer: &Renderer<'_>, ix: ChapterIx, finding: Finding<'_>, column: EvidenceColumn) -> CellView {
    let words = renderer.context.words;
    let line = |line: Option<&Spanned<String>>| line.map(|line| Rendered::of(&line.value)).unwrap_or_default();
    let mut sort = String::new();
    let mut number = |number: Option<i64>| {
        sort = number.map(|number| number.to_string()).unwrap_or_default();
        number.map(|number| Rendered::of(&grouped(words, number))).unwrap_or_default()
    };
    let html = match column {
        EvidenceColumn::Condition => condition_html(renderer, ix),
        EvidenceColumn::Finding => finding.statement().map(|statement| renderer.text(statement)).unwrap_or_default(),
        EvidenceColumn::Design => {
            let design = finding.design().map_or("", Spanned::as_str);
            Rendered::of(words.design(design))
        }
        EvidenceColumn::Population => line(finding.population()),
        EvidenceColumn::N => number(finding.n()),
        EvidenceColumn::Trials => number(finding.trials()),
        EvidenceColumn::Comparator => line(finding.comparator()),
        EvidenceColumn::Outcome => line(finding.outcome()),
        EvidenceColumn::Effect => {
            let effect = finding.effect();
            sort = effect.and_then(|effect| effect.value()).map(|value| value.to_string()).unwrap_or_default();
            effect.map(|effect| effect_html(renderer, effect)).unwrap_or_default()
        }
        EvidenceColumn::Direction => {
            sort = direction_rank(finding).to_string();
            direction_html(words, finding)
        }
        EvidenceColumn::Certainty => {
            sort = certainty_rank(finding).to_string();
            certainty_html(words, finding)
        }
        EvidenceColumn::Sources => sources_html(renderer, finding),
    };
    CellView { sort, ..cell(renderer, column.name(), html) }
}

fn sources_html(renderer: &Renderer<'_>, finding: Finding<'_>) -> Rendered {
    let keys = finding.sources();
    if keys.is_empty() {
        return span("ipt-unsourced", renderer.context.words.get(Word::NoSource));
    }
    citations(renderer, keys)
}

fn effect_html(renderer: &Renderer<'_>, effect: Effect<'_>) -> Rendered {
    let words = renderer.context.words;
    let measure = effect.measure().map_or("", Spanned::as_str);
    let value = effect.value().map(|value| words.number(value)).unwrap_or_default();
    let mut html = Rendered::of(&format!("{measure} = {value}"));
    let mut quiet = |said: &str| {
        html.push_words(" ");
        html.push(&span("ipt-ci", said));
    };
    if let Some(ci) = effect.ci() {
        quiet(&interval_text(words, ci));
    }
    if let Some(side) = effect.favours_ipt() {
        let no_effect = crate::model::effect::no_effect(effect);
        quiet(&words.side(side, &words.number(no_effect)));
    }
    html
}

/// An overview across conditions: the first finding of each evidence chapter, in favour of IPT first, and the surest
/// first among equals.
pub(crate) fn overview(renderer: &Renderer<'_>, chapters: &[ChapterIx], caption: Option<&str>) -> TableView {
    let (words, manual) = (renderer.context.words, renderer.context.manual);
    let (condition, direction) = (EvidenceColumn::Condition.name(), EvidenceColumn::Direction.name());
    let (certainty, source) = (EvidenceColumn::Certainty.name(), "best-source");
    let mut chapters: Vec<(ChapterIx, Finding<'_>)> =
        chapters.iter().filter_map(|ix| Some((*ix, headline(manual.chapter(*ix))?))).collect();
    chapters.sort_by_key(|(_, finding)| (direction_rank(*finding), certainty_rank(*finding)));
    let rows = chapters.into_iter().map(|(ix, finding)| {
        let cells = [
            cell(renderer, condition, condition_html(renderer, ix)),
            CellView {
                sort: direction_rank(finding).to_string(),
                ..cell(renderer, direction, compared_html(words, finding))
            },
            CellView {
                sort: certainty_rank(finding).to_string(),
                ..cell(renderer, certainty, certainty_html(words, finding))
            },
            cell(renderer, source, sources_html(renderer, finding)),
        ];
        RowView { cells: cells.into() }
    });
    let rows: Vec<RowView> = rows.collect();
    TableView {
        name: "evidence-overview".into(),
        caption: caption.unwrap_or_else(|| words.get(Word::EvidenceOverview)).to_owned(),
        columns: columns(renderer, [condition, direction, certainty, source]),
        note: words.get(if rows.is_empty() { Word::NoFindings } else { Word::EvidenceOverviewNote }).to_owned(),
        rows,
        sortable: true,
        ..TableView::default()
    }
}
