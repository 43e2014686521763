//! Turns effects with their intervals into a picture: one row for each finding.
//!
//! Findings are grouped by their effect measure, because only effects of one measure share a scale. A ratio is drawn on
//! a logarithmic scale, so that a half and a double are equally far from no effect. Positions across are percentages of
//! the picture's width.

use serde::Serialize;

use crate::link::place::ChapterIx;
use crate::model::effect::{is_ratio, no_effect, sides};
use crate::model::kinds::evidence::{CERTAINTIES, Finding};
use crate::render::text::piece::citations;
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::render::view::chart::number::number;
use crate::render::view::finding::{certainty, condition_html};
use crate::words::{Word, Words};

/// How much of the width is left free at either end, in percent.
const MARGIN: f64 = 6.0;

/// The largest number that is drawn. No effect is as large, and sums of larger numbers overflow.
const LARGEST: f64 = 1e12;

/// A picture of effects.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ForestView {
    /// The anchor.
    pub(crate) id: String,
    /// The caption.
    pub(crate) caption: String,
    /// One for each effect measure, in the order of the findings.
    pub(crate) panels: Vec<PanelView>,
    /// The certainties that appear, with their names, surest first.
    pub(crate) certainties: Vec<CertaintyView>,
    /// The text in place of a picture without rows; may be empty.
    pub(crate) note: String,
}

/// What a shape means.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct CertaintyView {
    /// The key.
    pub(crate) name: &'static str,
    /// In words.
    pub(crate) label: String,
}

/// Effects of one measure.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PanelView {
    /// The measure, and which side of no effect favours IPT.
    pub(crate) measure: String,
    /// What the sides of no effect mean, from left to right; empty where that is not known.
    pub(crate) sides: Vec<String>,
    /// The position of no effect, in percent.
    pub(crate) no_effect: String,
    /// The numbers under the picture.
    pub(crate) ticks: Vec<TickView>,
    /// The effects, those most in favour of IPT first.
    pub(crate) rows: Vec<EffectView>,
}

/// A number of the scale.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct TickView {
    /// The number.
    pub(crate) text: String,
    /// Its position, in percent.
    pub(crate) x: String,
}

/// The effect of a finding.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct EffectView {
    /// The condition, as a link; empty if all have the same.
    pub(crate) condition_html: Rendered,
    /// What it was compared with, and what was measured.
    pub(crate) what: String,
    /// The estimate in words.
    pub(crate) effect: String,
    /// The interval in words; may be empty.
    pub(crate) interval_text: String,
    /// The estimate.
    pub(crate) value: f64,
    /// The interval; empty if there is none.
    pub(crate) interval: Vec<f64>,
    /// The position of the estimate, in percent.
    pub(crate) x: String,
    /// The beginning and end of the interval, in percent; empty if there is none.
    pub(crate) from: String,
    /// See `from`.
    pub(crate) to: String,
    /// How sure one can be.
    pub(crate) certainty: &'static str,
    /// The same in words.
    pub(crate) certainty_label: String,
    /// Where it is published, linked.
    pub(crate) sources_html: Rendered,
}

/// A finding with an effect.
struct DrawnEffect<'a> {
    chapter: ChapterIx,
    finding: Finding<'a>,
    measure: &'a str,
    value: f64,
    interval: Option<(f64, f64)>,
    no_effect: f64,
    favours_ipt: Option<&'static str>,
}

impl<'a> DrawnEffect<'a> {
    fn new(chapter: ChapterIx, finding: Finding<'a>) -> Option<Self> {
        let effect = finding.effect()?;
        let measure = effect.measure()?.value.as_str();
        let effect = Self {
            chapter,
            finding,
            measure,
            value: effect.value()?,
            interval: effect.ci(),
            no_effect: no_effect(effect),
            favours_ipt: effect.favours_ipt(),
        };
        let drawable = |number: f64| number.abs() < LARGEST;
        let all = effect.numbers().chain([effect.no_effect]).all(drawable);
        all.then_some(effect)
    }

    fn same_scale(&self, other: &Self) -> bool {
        self.measure == other.measure && self.no_effect == other.no_effect && self.favours_ipt == other.favours_ipt
    }

    fn numbers(&self) -> impl Iterator<Item = f64> {
        [Some(self.value), self.interval.map(|ci| ci.0), self.interval.map(|ci| ci.1)].into_iter().flatten()
    }
}

/// How many findings of some chapters have an effect that can be drawn.
pub(crate) fn count(renderer: &Renderer<'_>, chapters: &[ChapterIx]) -> usize {
    effects(renderer, chapters).count()
}

fn effects<'a>(renderer: &Renderer<'a>, chapters: &[ChapterIx]) -> impl Iterator<Item = DrawnEffect<'a>> {
    let manual = renderer.context.manual;
    chapters.iter().flat_map(move |ix| {
        let findings = manual.chapter(*ix).evidence().map(|evidence| evidence.findings());
        findings.into_iter().flatten().filter_map(|finding| DrawnEffect::new(*ix, finding))
    })
}

/// Draws the effects of some evidence chapters.
pub(crate) fn forest(renderer: &Renderer<'_>, chapters: &[ChapterIx], caption: Option<&str>) -> ForestView {
    let words = renderer.context.words;
    let mut groups: Vec<Vec<DrawnEffect<'_>>> = Vec::new();
    for effect in effects(renderer, chapters) {
        match groups.iter_mut().find(|group| group[0].same_scale(&effect)) {
            Some(group) => group.push(effect),
            None => groups.push(vec![effect]),
        }
    }
    let one_condition = chapters.len() == 1;
    let panels: Vec<PanelView> = groups.into_iter().map(|group| panel(renderer, group, one_condition)).collect();
    let appears = |certainty: &str| panels.iter().flat_map(|panel| &panel.rows).any(|row| row.certainty == certainty);
    let certainties = CERTAINTIES
        .iter()
        .filter(|name| appears(name))
        .map(|name| CertaintyView { name, label: words.certainty(name).to_owned() });
    ForestView {
        id: String::new(),
        caption: caption.unwrap_or_else(|| words.get(Word::ForestPlot)).to_owned(),
        certainties: certainties.collect(),
        note: if panels.is_empty() { words.get(Word::NoEffects).to_owned() } else { String::new() },
        panels,
    }
}

fn panel(renderer: &Renderer<'_>, mut group: Vec<DrawnEffect<'_>>, one_condition: bool) -> PanelView {
    let words = renderer.context.words;
    let first = &group[0];
    let no_effect = first.no_effect;
    let side = first.favours_ipt.map(|side| words.side(side, &words.number(no_effect)));
    let measure = [Some(first.measure.to_owned()), side].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let numbers = || group.iter().flat_map(DrawnEffect::numbers).chain([no_effect]);
    let axis = Axis::new(numbers(), is_ratio(first.measure) && numbers().all(|number| number > 0.0));
    let sides =
        first.favours_ipt.map(|side| sides(side).map(|direction| words.direction(direction).to_owned()).to_vec());
    let below = first.favours_ipt == Some("below");
    group.sort_by(|a, b| if below { a.value.total_cmp(&b.value) } else { b.value.total_cmp(&a.value) });
    PanelView {
        measure,
        sides: sides.unwrap_or_default(),
        no_effect: axis.place(no_effect),
        ticks: axis.ticks(words),
        rows: group.iter().map(|effect| row(renderer, effect, &axis, one_condition)).collect(),
    }
}

fn row(renderer: &Renderer<'_>, effect: &DrawnEffect<'_>, axis: &Axis, one_condition: bool) -> EffectView {
    let words = renderer.context.words;
    let compared = effect.finding.comparator().map(|comparator| words.fill(Word::ComparedWith, &[&comparator.value]));
    let outcome = effect.finding.outcome().map(|outcome| outcome.value.clone());
    let what: Vec<String> = compared.into_iter().chain(outcome).collect();
    let certainty = certainty(effect.finding);
    // The column's heading says what the brackets are.
    let interval =
        effect.interval.map(|(low, high)| words.fill(Word::Interval, &[&words.number(low), &words.number(high)]));
    EffectView {
        condition_html: if one_condition { Rendered::default() } else { condition_html(renderer, effect.chapter) },
        what: what.join(" · "),
        effect: words.number(effect.value),
        interval_text: interval.unwrap_or_default(),
        value: effect.value,
        interval: effect.interval.map(|(low, high)| vec![low, high]).unwrap_or_default(),
        x: axis.place(effect.value),
        from: effect.interval.map(|(low, _)| axis.place(low)).unwrap_or_default(),
        to: effect.interval.map(|(_, high)| axis.place(high)).unwrap_or_default(),
        certainty,
        certainty_label: words.certainty(certainty).to_owned(),
        sources_html: citations(renderer, effect.finding.sources()),
    }
}

/// Numbers to places across.
struct Axis {
    low: f64,
    high: f64,
    logarithmic: bool,
}

impl Axis {
    fn new(numbers: impl Iterator<Item = f64>, logarithmic: bool) -> Self {
        let (low, high) = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
            let number = if logarithmic { number.ln() } else { number };
            (low.min(number), high.max(number))
        });
        // One number alone has a place in the middle.
        let (low, high) = if high > low { (low, high) } else { (low - 1.0, high + 1.0) };
        Self { low, high, logarithmic }
    }

    fn place(&self, value: f64) -> String {
        let value = if self.logarithmic { value.ln() } else { value };
        number(MARGIN + (value - self.low) / (self.high - self.low) * (100.0 - 2.0 * MARGIN))
    }

    fn ticks(&self, words: &Words) -> Vec<TickView> {
        let values = if self.logarithmic { self.powers() } else { Self::steps(self.low, self.high) };
        values.into_iter().map(|value| TickView { text: words.number(value), x: self.place(value) }).collect()
    }

    /// Round numbers in equal steps, about four of them.
    fn steps(low: f64, high: f64) -> Vec<f64> {
        let rough = (high - low) / 4.0;
        let magnitude = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * magnitude)
            .find(|step| *step >= rough * 0.99)
            .unwrap_or(10.0 * magnitude);
        let first = (low / step).ceil();
        // Multiples of a tenth are not exact: as many decimals as the step has are.
        let decimals = usize::try_from(-(magnitude.log10().round() as i32)).unwrap_or(0);
        (0..=8)
            .map(|at| (first + f64::from(at)) * step)
            .take_while(|value| *value <= high + step * 1e-9)
            .filter_map(|value| format!("{value:.decimals$}").parse::<f64>().ok())
            // No minus sign before a zero.
            .map(|value| value + 0.0)
            .collect()
    }

    /// 1, 2 and 5 times the powers of ten; only the powers if those are many.
    fn powers(&self) -> Vec<f64> {
        // The numbers are above nothing and below the largest that is drawn.
        let exponent = |natural: f64| (natural / std::f64::consts::LN_10).clamp(-12.0, 12.0);
        let exponents = exponent(self.low).floor() as i32..=exponent(self.high).ceil() as i32;
        let within = |value: &f64| (self.low - 1e-9..=self.high + 1e-9).contains(&value.ln());
        let of = |factors: &[f64]| -> Vec<f64> {
            let all = exponents.clone().flat_map(|exponent| {
                factors.iter().map(move |factor| (factor * 10f64.powi(exponent) * 1e9).round() / 1e9)
            });
            all.filter(within).collect()
        };
        let fine = of(&[1.0, 2.0, 5.0]);
        match fine.len() {
            // Within less than a double even steps tell more.
            0..=2 => Self::steps(self.low.exp(), self.high.exp()),
            3..=7 => fine,
            _ => of(&[1.0]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(axis: &Axis) -> Vec<String> {
        axis.ticks(&Words::default()).into_iter().map(|tick| tick.text).collect()
    }

    #[test]
    fn differences_lie_on_an_even_scale() {
        let axis = Axis::new([-0.5, 1.5, 0.0].into_iter(), false);
        assert_eq!(axis.place(-0.5), "6");
        assert_eq!(axis.place(0.5), "50");
        assert_eq!(axis.place(1.5), "94");
        assert_eq!(texts(&axis), ["−0.5", "0", "0.5", "1", "1.5"]);
    }

    #[test]
    fn ratios_lie_on_a_logarithmic_scale() {
        let axis = Axis::new([0.25, 4.0, 1.0].into_iter(), true);
        assert_eq!(axis.place(1.0), "50");
        assert_eq!(axis.place(0.5), "28");
        assert_eq!(axis.place(2.0), "72");
        assert_eq!(texts(&axis), ["0.5", "1", "2"]);
        let narrow = Axis::new([1.2, 1.1, 1.4, 1.0].into_iter(), true);
        assert_eq!(texts(&narrow), ["1", "1.1", "1.2", "1.3", "1.4"]);
        let wide = Axis::new([1e-9, 1e9, 1.0].into_iter(), true);
        assert!(wide.ticks(&Words::default()).len() < 25);
    }

    #[test]
    fn small_numbers_have_ticks_of_their_own() {
        assert_eq!(texts(&Axis::new([-0.00002, 0.00002, 0.0].into_iter(), false))[2], "0");
        assert_eq!(texts(&Axis::new([0.0, 0.0004].into_iter(), false)), ["0", "0.0001", "0.0002", "0.0003", "0.0004"]);
    }

    #[test]
    fn one_number_alone_stands_in_the_middle() {
        let axis = Axis::new([0.0].into_iter(), false);
        assert_eq!(axis.place(0.0), "50");
    }
}
