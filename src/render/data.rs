//! The manual as data: `data/manual.json` and the tables as CSV.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::{Value as Json, json};

use super::fill::{Book, Filler, Stand};
use super::session_data::{self, PlainTexts, csv_bytes};
use super::session_table::SessionTable;
use super::tables::session_csv;
use crate::link::ChapterIx;
use crate::model::Kind;
use crate::model::schema::Record;

/// A data file to be made.
#[derive(Debug, Clone, Copy)]
pub enum File {
    /// Everything.
    Manual,
    /// The findings.
    Evidence,
    /// The session summary of a protocol or setting.
    SessionSummary(ChapterIx),
}

/// The data files of a manual.
pub fn files(book: &Book<'_>) -> Vec<File> {
    let tables = session_tables(book);
    let summaries = tables.iter().filter(|table| !table.rows.is_empty()).map(|table| File::SessionSummary(table.of));
    [File::Manual, File::Evidence].into_iter().chain(summaries).collect()
}

impl File {
    /// Its path in the site.
    pub fn path(self, book: &Book<'_>) -> String {
        match self {
            Self::Manual => "data/manual.json".into(),
            Self::Evidence => "data/evidence.csv".into(),
            Self::SessionSummary(of) => {
                let table = SessionTable::new(book.manual, of).expect("only protocols and settings are asked for");
                session_csv(&table, &Filler::plain(book, Stand::Page(""), ""))
            }
        }
    }

    /// Its bytes.
    pub fn content(self, book: &Book<'_>) -> Vec<u8> {
        match self {
            Self::Manual => {
                // Room for all of it, since growing takes three times as much; what is not used costs nothing.
                let mut bytes = Vec::with_capacity(4096 * (book.manual.chapters.len() + 16));
                serde_json::to_writer_pretty(&mut bytes, &manual(book)).expect("texts are plain JSON");
                bytes.push(b'\n');
                bytes
            }
            Self::Evidence => evidence_csv(book),
            Self::SessionSummary(of) => {
                let table = SessionTable::new(book.manual, of).expect("only protocols and settings are asked for");
                session_data::csv(book, &table)
            }
        }
    }
}

fn session_tables<'a>(book: &Book<'a>) -> Vec<SessionTable<'a>> {
    let manual = book.manual;
    let chapters = manual.of_kind(Kind::Protocol).chain(manual.of_kind(Kind::Setting));
    chapters.filter_map(|(ix, _)| SessionTable::new(manual, ix)).collect()
}

/// The whole manual. Chapters are written as they are asked for: there may be very many.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ManualJson<'a> {
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
    book: &'a Book<'a>,
    keys: Vec<String>,
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

impl Serialize for Chapters<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let manual = self.book.manual;
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
                summary: self.book.summary(ix),
                title: &chapter.title,
                url: self.book.page(ix),
            }
        }))
    }
}

fn manual<'a>(book: &'a Book<'a>) -> ManualJson<'a> {
    let manual = book.manual;
    let texts = PlainTexts { book };
    let summaries: Vec<Json> = session_tables(book).iter().map(|table| session_data::json(book, table)).collect();
    let evidence: Vec<Json> = manual
        .of_kind(Kind::Evidence)
        .flat_map(|(_, chapter)| chapter.front.records("findings").iter().map(move |finding| (chapter, finding)))
        .map(|(chapter, finding)| {
            let statement = finding.text("statement").map(|statement| texts.text(statement, &chapter.source));
            let condition = chapter.front.line("condition").map(|condition| condition.value.clone());
            finding_json(&chapter.key(), condition, statement, finding)
        })
        .collect();
    ManualJson {
        chapters: Chapters { book, keys: manual.chapters.iter().map(crate::model::Chapter::key).collect() },
        edition: manual.settings.line("edition").unwrap_or_default(),
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
                url: super::paths::withdrawn(gone),
            })
            .collect(),
    }
}

fn finding_json(chapter: &str, condition: Option<String>, statement: Option<String>, finding: &Record) -> Json {
    let line = |name: &str| finding.line(name).map(|line| line.value.clone());
    let effect = finding.record("effect").map(|effect| {
        let mut json = json!({
            "measure": effect.line("measure").map(|measure| measure.value.clone()),
            "value": effect.number("value"),
            "ci": effect.interval("ci").map(|(low, high)| [low, high]),
        });
        if let Some(side) = effect.choice("favours-ipt") {
            json["favours-ipt"] = json!(side);
        }
        if let Some(none) = effect.number("no-effect") {
            json["no-effect"] = json!(none);
        }
        json
    });
    json!({
        "chapter": chapter,
        "condition": condition,
        "statement": statement,
        "design": line("design"),
        "population": line("population"),
        "n": finding.integer("n"),
        "trials": finding.integer("trials"),
        "comparator": line("comparator"),
        "outcome": line("outcome"),
        "effect": effect,
        "direction": finding.choice("direction"),
        "certainty": finding.choice("certainty"),
        "sources": finding.keys("sources").iter().map(|key| key.value.clone()).collect::<Vec<_>>(),
    })
}

fn evidence_csv(book: &Book<'_>) -> Vec<u8> {
    let manual = book.manual;
    let columns = [
        "chapter",
        "condition",
        "statement",
        "design",
        "population",
        "n",
        "trials",
        "comparator",
        "outcome",
        "effect-measure",
        "effect-value",
        "ci-low",
        "ci-high",
        "effect-favours-ipt",
        "direction",
        "certainty",
        "sources",
    ];
    let mut rows = vec![columns.map(str::to_owned).to_vec()];
    for (_, chapter) in manual.of_kind(Kind::Evidence) {
        for finding in chapter.front.records("findings") {
            let line = |name: &str| finding.line(name).map(|line| line.value.clone()).unwrap_or_default();
            let integer = |name: &str| finding.integer(name).map(|number| number.to_string()).unwrap_or_default();
            let effect = finding.record("effect");
            let ci = effect.and_then(|effect| effect.interval("ci"));
            let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
            rows.push(vec![
                chapter.title.clone(),
                chapter.front.line("condition").map(|condition| condition.value.clone()).unwrap_or_default(),
                finding
                    .text("statement")
                    .map(|statement| PlainTexts { book }.text(statement, &chapter.source))
                    .unwrap_or_default(),
                line("design"),
                line("population"),
                integer("n"),
                integer("trials"),
                line("comparator"),
                line("outcome"),
                effect
                    .and_then(|effect| effect.line("measure"))
                    .map(|measure| measure.value.clone())
                    .unwrap_or_default(),
                number(effect.and_then(|effect| effect.number("value"))),
                number(ci.map(|(low, _)| low)),
                number(ci.map(|(_, high)| high)),
                effect.and_then(|effect| effect.choice("favours-ipt")).unwrap_or_default().to_owned(),
                finding.choice("direction").unwrap_or_default().to_owned(),
                finding.choice("certainty").unwrap_or_default().to_owned(),
                finding.keys("sources").iter().map(|key| key.value.as_str()).collect::<Vec<_>>().join("; "),
            ]);
        }
    }
    csv_bytes(rows)
}
