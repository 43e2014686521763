//! Writes the manual as JSON.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use crate::link::course::SessionTable;
use crate::link::place::ChapterIx;
use crate::model::kind::Kind;
use crate::model::kinds::evidence::{Effect, Evidence, Finding};
use crate::render::data::session;
use crate::render::text::context::RenderContext;
use crate::render::text::plain_texts::PlainTexts;
use crate::span::Spanned;

/// The whole manual. Chapters are written as they are asked for: there may be very many.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct ManualJson<'a> {
    chapters: Chapters<'a>,
    edition: &'a str,
    evidence: Vec<Json>,
    language: &'a str,
    session_summaries: Vec<Json>,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    withdrawn: Vec<WithdrawnJson<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WithdrawnJson<'a> {
    id: &'a str,
    kind: &'static str,
    replaced_by: Vec<String>,
    source: &'a str,
    title: &'a str,
    url: String,
}

struct Chapters<'a> {
    context: &'a RenderContext<'a>,
    keys: Vec<String>,
}

impl Serialize for Chapters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let manual = self.context.manual;
        let key = |ix: ChapterIx| self.keys[ix.0 as usize].as_str();
        serializer.collect_seq(manual.iter().map(|(ix, chapter)| {
            let mut relations: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for edge in &manual.outgoing[ix.0 as usize] {
                relations.entry(edge.relation).or_default().push(key(edge.chapter));
            }
            let backlinks = manual.incoming[ix.0 as usize].iter();
            ChapterJson {
                backlinks: backlinks
                    .map(|edge| BacklinkJson { from: key(edge.chapter), relation: edge.relation })
                    .collect(),
                id: &chapter.id.value,
                kind: chapter.kind.name(),
                relations,
                source: &chapter.source,
                status: chapter.status.name(),
                summary: self.context.summary(ix),
                title: &chapter.title,
                url: self.context.page(ix),
            }
        }))
    }
}

#[derive(Serialize)]
struct ChapterJson<'a> {
    backlinks: Vec<BacklinkJson<'a>>,
    id: &'a str,
    kind: &'static str,
    relations: BTreeMap<&'static str, Vec<&'a str>>,
    source: &'a str,
    status: &'a str,
    summary: &'a str,
    title: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct BacklinkJson<'a> {
    from: &'a str,
    relation: &'static str,
}

pub(crate) fn manual<'a>(context: &'a RenderContext<'a>) -> ManualJson<'a> {
    let manual = context.manual;
    let texts = PlainTexts { context };
    let summaries: Vec<Json> = session_tables(context).iter().map(|table| session::json(context, table)).collect();
    let evidence: Vec<Json> = manual
        .of_kind(Kind::Evidence)
        .filter_map(|(_, chapter)| Some((chapter, chapter.evidence()?)))
        .flat_map(|(chapter, evidence)| evidence.findings().map(move |finding| (chapter, evidence, finding)))
        .map(|(chapter, evidence, finding)| {
            let statement = finding.statement().map(|statement| texts.text(statement, &chapter.source));
            let condition = evidence.condition().map(|condition| condition.value.clone());
            finding_json(&chapter.key(), condition, statement, finding)
        })
        .collect();
    ManualJson {
        chapters: Chapters { context, keys: manual.chapters.iter().map(crate::model::chapter::Chapter::key).collect() },
        edition: manual.settings.yaml().edition().map_or("", Spanned::as_str),
        evidence,
        language: &manual.settings.language,
        session_summaries: summaries,
        title: &manual.settings.title,
        withdrawn: manual
            .withdrawn
            .iter()
            .map(|gone| WithdrawnJson {
                id: &gone.chapter.id.value,
                kind: gone.chapter.kind.name(),
                replaced_by: gone.replaced_by.iter().map(|ix| manual.chapter(*ix).key()).collect(),
                source: &gone.chapter.source,
                title: &gone.chapter.title,
                url: crate::render::address::paths::withdrawn(gone),
            })
            .collect(),
    }
}

fn finding_json(chapter: &str, condition: Option<String>, statement: Option<String>, finding: Finding<'_>) -> Json {
    let line = |line: Option<&Spanned<String>>| line.map(|line| line.value.clone());
    let effect = finding.effect().map(|effect| {
        let keys = Effect::KEYS;
        let mut json = json!({
            keys.measure: line(effect.measure()),
            keys.value: effect.value(),
            keys.ci: effect.ci().map(|(low, high)| [low, high]),
        });
        if let Some(side) = effect.favours_ipt() {
            json[keys.favours_ipt] = json!(side);
        }
        if let Some(none) = effect.no_effect() {
            json[keys.no_effect] = json!(none);
        }
        json
    });
    let keys = Finding::KEYS;
    json!({
        "chapter": chapter,
        Evidence::KEYS.condition: condition,
        keys.statement: statement,
        keys.design: line(finding.design()),
        keys.population: line(finding.population()),
        keys.n: finding.n(),
        keys.trials: finding.trials(),
        keys.comparator: line(finding.comparator()),
        keys.outcome: line(finding.outcome()),
        keys.effect: effect,
        keys.direction: finding.direction(),
        keys.certainty: finding.certainty(),
        keys.sources: finding.sources().iter().map(|key| key.value.clone()).collect::<Vec<_>>(),
    })
}

pub(crate) fn session_tables<'a>(context: &RenderContext<'a>) -> Vec<SessionTable<'a>> {
    let manual = context.manual;
    let chapters = manual.of_kind(Kind::Protocol).chain(manual.of_kind(Kind::Setting));
    chapters.filter_map(|(ix, _)| SessionTable::new(manual, ix)).collect()
}
