//! Writes the findings as CSV.

use crate::model::kind::Kind;
use crate::render::data::csv::csv_bytes;
use crate::render::text::book::Book;
use crate::render::text::plain_texts::PlainTexts;

pub(crate) fn evidence_csv(book: &Book<'_>) -> Vec<u8> {
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
