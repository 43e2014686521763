//! Writes the findings as CSV.

use crate::model::kind::Kind;
use crate::model::kinds::evidence::{Evidence, Finding};
use crate::render::data::csv::csv_bytes;
use crate::render::text::context::RenderContext;
use crate::render::text::plain_texts::PlainTexts;
use crate::span::Spanned;

pub(crate) fn evidence_csv(context: &RenderContext<'_>) -> Vec<u8> {
    let manual = context.manual;
    let (condition, keys) = (Evidence::KEYS.condition, Finding::KEYS);
    let columns = [
        "chapter",
        condition,
        keys.statement,
        keys.design,
        keys.population,
        keys.n,
        keys.trials,
        keys.comparator,
        keys.outcome,
        "effect-measure",
        "effect-value",
        "ci-low",
        "ci-high",
        "effect-favours-ipt",
        keys.direction,
        keys.certainty,
        keys.sources,
    ];
    let mut rows = vec![columns.map(str::to_owned).to_vec()];
    for (_, chapter) in manual.of_kind(Kind::Evidence) {
        let Some(evidence) = chapter.evidence() else { continue };
        for finding in evidence.findings() {
            let line = |line: Option<&Spanned<String>>| line.map(|line| line.value.clone()).unwrap_or_default();
            let integer = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
            let effect = finding.effect();
            let ci = effect.and_then(|effect| effect.ci());
            let number = |number: Option<f64>| number.map(|number| number.to_string()).unwrap_or_default();
            rows.push(vec![
                chapter.title.clone(),
                line(evidence.condition()),
                finding
                    .statement()
                    .map(|statement| PlainTexts { context }.text(statement, &chapter.source))
                    .unwrap_or_default(),
                line(finding.design()),
                line(finding.population()),
                integer(finding.n()),
                integer(finding.trials()),
                line(finding.comparator()),
                line(finding.outcome()),
                line(effect.and_then(|effect| effect.measure())),
                number(effect.and_then(|effect| effect.value())),
                number(ci.map(|(low, _)| low)),
                number(ci.map(|(_, high)| high)),
                effect.and_then(|effect| effect.favours_ipt()).unwrap_or_default().to_owned(),
                finding.direction().unwrap_or_default().to_owned(),
                finding.certainty().unwrap_or_default().to_owned(),
                finding.sources().iter().map(|key| key.value.as_str()).collect::<Vec<_>>().join("; "),
            ]);
        }
    }
    csv_bytes(rows)
}
