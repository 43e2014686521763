//! Turns settings into a table that compares them.

use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::model::kinds::protocol::Protocol;
use crate::model::kinds::setting::Setting;
use crate::render::text::piece::{chapter_link, chapter_links, list};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::finding::{certainty_html, condition_html, headline};
use crate::render::view::table::cell::{cell, columns};
use crate::render::view::types::{RowView, TableView};
use crate::words::{Word, Words};

/// Settings with the protocols delivered there, who meets, who delivers the usual one, and how sure
/// the evidence is.
pub(crate) fn settings(renderer: &Renderer<'_>, settings: &[ChapterIx], caption: Option<&str>) -> TableView {
    let (words, manual) = (renderer.context.words, renderer.context.manual);
    let names = [
        Kind::Setting.name(),
        Setting::KEYS.protocols,
        Setting::KEYS.format,
        Protocol::KEYS.who_delivers,
        Setting::KEYS.evidence,
    ];
    let rows = settings.iter().map(|ix| {
        let ix = *ix;
        let protocols: Vec<ChapterIx> = manual.named(ix, Kind::Protocol.plural()).collect();
        // Of several protocols the first is the usual one there.
        let usual = protocols.first().and_then(|protocol| manual.chapter(*protocol).protocol()?.who_delivers());
        let formats = manual.chapter(ix).setting().map(|setting| setting.format()).unwrap_or_default();
        let formats = words.list(formats.iter().map(|format| words.choice(Setting::KEYS.format, format)));
        let cells = [
            chapter_link(renderer, ix),
            chapter_links(renderer, &protocols),
            Rendered::of(&formats),
            usual.map(|line| Rendered::of(&line.value)).unwrap_or_default(),
            list(evidence_of(renderer, ix)),
        ];
        RowView { cells: names.iter().zip(cells).map(|(name, html)| cell(renderer, name, html)).collect() }
    });
    TableView {
        name: "setting-comparison".into(),
        caption: caption.unwrap_or_else(|| words.get(Word::SettingsCompared)).to_owned(),
        columns: columns(renderer, names),
        note: without_any(words, rows.len()),
        rows: rows.collect(),
        ..TableView::default()
    }
}

/// The text in place of a table without rows.
pub(crate) fn without_any(words: &Words, rows: usize) -> String {
    if rows == 0 { words.get(Word::NothingToShow).to_owned() } else { String::new() }
}

/// The evidence for a setting, each with the certainty of its first finding.
fn evidence_of(renderer: &Renderer<'_>, setting: ChapterIx) -> Vec<Rendered> {
    let manual = renderer.context.manual;
    // The tie may be declared on either side.
    let back = manual.naming(setting, Kind::Setting.plural()).filter(|ix| manual.chapter(*ix).kind == Kind::Evidence);
    let mut chapters: Vec<ChapterIx> = manual.named(setting, Kind::Evidence.plural()).chain(back).collect();
    let mut seen = std::collections::HashSet::new();
    chapters.retain(|ix| seen.insert(*ix));
    let item = |ix: ChapterIx| {
        let mut item = condition_html(renderer, ix);
        item.push_words(" ");
        if let Some(finding) = headline(manual.chapter(ix)) {
            item.push(&certainty_html(renderer.context.words, finding));
        }
        item
    };
    chapters.into_iter().map(item).collect()
}
