//! Makes tables of marks: what is used where.

use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::render::text::piece::{chapter_link, span};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::table::settings::without_any;
use crate::render::view::types::{CellView, ColumnView, RowView, TableView};
use crate::words::Word;

/// Techniques down, stages or problem areas across, a mark where used.
pub(crate) fn techniques(
    renderer: &Renderer<'_>,
    techniques: &[ChapterIx],
    across: Kind,
    protocol: Option<ChapterIx>,
    caption: Option<&str>,
) -> TableView {
    let manual = renderer.context.manual;
    if across == Kind::ProblemArea {
        let matrix = Matrix { name: "technique-matrix", down: Kind::Technique, caption: Word::TechniquesByProblemArea };
        let heads = manual.of_kind(Kind::ProblemArea).map(|(ix, _)| ix).collect();
        let used = |technique, area| manual.named(technique, Kind::ProblemArea.plural()).any(|named| named == area);
        return matrix.table(renderer, techniques, heads, &used, caption);
    }
    let own = protocol.and_then(|protocol| SessionTable::new(manual, protocol));
    let used = |technique, stage| match &own {
        // A protocol may use other techniques in a stage than the stage itself names.
        Some(table) => table.rows.iter().any(|row| row.stage == stage && row.techniques.contains(&technique)),
        None => manual.named(stage, Kind::Technique.plural()).any(|named| named == technique),
    };
    let matrix = Matrix { name: "technique-matrix", down: Kind::Technique, caption: Word::TechniquesByStage };
    matrix.table(renderer, techniques, stages(renderer, protocol), &used, caption)
}

/// Measures down, stages across, a mark where used.
pub(crate) fn measures(
    renderer: &Renderer<'_>,
    measures: &[ChapterIx],
    protocol: Option<ChapterIx>,
    caption: Option<&str>,
) -> TableView {
    let manual = renderer.context.manual;
    let used = |measure, stage| manual.named(stage, Kind::Measure.plural()).any(|named| named == measure);
    let matrix = Matrix { name: "measure-matrix", down: Kind::Measure, caption: Word::MeasuresByStage };
    matrix.table(renderer, measures, stages(renderer, protocol), &used, caption)
}

/// The stages of a protocol, or all.
fn stages(renderer: &Renderer<'_>, protocol: Option<ChapterIx>) -> Vec<ChapterIx> {
    let manual = renderer.context.manual;
    match protocol {
        Some(protocol) => manual.named(protocol, Kind::Stage.plural()).collect(),
        None => manual.of_kind(Kind::Stage).map(|(ix, _)| ix).collect(),
    }
}

/// What a table of marks is about.
struct Matrix {
    /// Its name, for its looks.
    name: &'static str,
    /// What goes down.
    down: Kind,
    /// Its caption where none is chosen.
    caption: Word,
}

impl Matrix {
    fn table(
        &self,
        renderer: &Renderer<'_>,
        rows: &[ChapterIx],
        heads: Vec<ChapterIx>,
        used: &dyn Fn(ChapterIx, ChapterIx) -> bool,
        caption: Option<&str>,
    ) -> TableView {
        let (words, manual) = (renderer.context.words, renderer.context.manual);
        let title = |ix: &ChapterIx| manual.chapter(*ix).title.clone();
        let down = words.kind(self.down).to_owned();
        let mut columns = vec![ColumnView { name: self.down.name().into(), label: down.clone() }];
        columns.extend(heads.iter().map(|head| ColumnView { name: "use".into(), label: title(head) }));
        let rows = rows.iter().map(|ix| {
            let mut cells = vec![CellView {
                name: self.down.name().into(),
                label: down.clone(),
                html: chapter_link(renderer, *ix),
                ..CellView::default()
            }];
            cells.extend(heads.iter().map(|head| CellView {
                name: "use".into(),
                label: title(head),
                html: mark(renderer, used(*ix, *head)),
                ..CellView::default()
            }));
            RowView { cells }
        });
        TableView {
            name: self.name.into(),
            caption: caption.unwrap_or_else(|| words.get(self.caption)).to_owned(),
            columns,
            note: without_any(words, rows.len()),
            rows: rows.collect(),
            ..TableView::default()
        }
    }
}

fn mark(renderer: &Renderer<'_>, used: bool) -> Rendered {
    let mut mark = Rendered::default();
    if used {
        mark.push_inline("<span class=\"ipt-mark\" aria-hidden=\"true\">●</span>");
    }
    mark.push(&span("ipt-hidden", renderer.context.words.get(if used { Word::Used } else { Word::NotUsed })));
    mark
}
