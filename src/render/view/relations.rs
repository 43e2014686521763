//! Lists what a chapter names, and what names it.

use std::collections::BTreeMap;

use crate::link::place::ChapterIx;
use crate::link::relation::{Edge, MENTIONS, RELATED};
use crate::model::kind::Kind;
use crate::model::kinds::protocol::Protocol;
use crate::model::kinds::setting::Setting;
use crate::render::text::renderer::Renderer;
use crate::render::view::link::link;
use crate::render::view::types::*;
use crate::words::Word;

/// What the chapter names, in the order of its front matter; what is related in either direction
/// comes last.
pub(crate) fn relations(renderer: &Renderer<'_>, ix: ChapterIx) -> Vec<GroupView> {
    let manual = renderer.context.manual;
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
        relation == Setting::KEYS.adaptations
            || (relation == Protocol::KEYS.stages && manual.chapter(ix).kind == Kind::Protocol)
    };
    groups.retain(|(relation, _)| !in_table(relation));
    let view = |(relation, chapters): (&str, Vec<ChapterIx>)| GroupView {
        relation: relation.to_owned(),
        label: renderer.context.words.relation(relation).to_owned(),
        chapters: chapters.into_iter().map(|chapter| link(renderer, chapter)).collect(),
    };
    groups.into_iter().map(view).collect()
}

/// What names the chapter, by kind and by relation, in the order of the kinds; a chapter that names
/// it under a relation is not shown again for mentioning it.
pub(crate) fn backlinks(renderer: &Renderer<'_>, ix: ChapterIx) -> Vec<GroupView> {
    let manual = renderer.context.manual;
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
    let words = renderer.context.words;
    let view = |((mention, kind, relation), chapters): ((bool, Kind, &str), Vec<ChapterIx>)| {
        let label = if mention { words.get(Word::BacklinksMentions) } else { words.backlinks(kind, relation) };
        GroupView {
            relation: relation.to_owned(),
            label: label.to_owned(),
            chapters: chapters.into_iter().map(|chapter| link(renderer, chapter)).collect(),
        }
    };
    groups.into_iter().map(view).collect()
}
