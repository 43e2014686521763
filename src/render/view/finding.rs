//! Puts a finding into words: its direction, certainty and interval.

use crate::link::place::ChapterIx;
use crate::model::chapter::Chapter;
use crate::model::kinds::evidence::{CERTAINTIES, FAVOURS_COMPARATOR, FAVOURS_IPT, Finding, MIXED, NO_DIFFERENCE};
use crate::render::text::piece::{link_to, span};
use crate::render::text::rendered::Rendered;
use crate::render::text::renderer::Renderer;
use crate::span::Spanned;
use crate::words::{Word, Words};

/// The condition of an evidence chapter, linked to it.
pub(crate) fn condition_html(renderer: &Renderer<'_>, ix: ChapterIx) -> Rendered {
    link_to(&renderer.chapter_address(ix), condition(renderer.context.manual.chapter(ix)))
}

/// The condition of an evidence chapter, or its title.
pub(crate) fn condition(chapter: &Chapter) -> &str {
    chapter.evidence().and_then(|evidence| evidence.condition()).map_or(chapter.title.as_str(), Spanned::as_str)
}

pub(crate) fn direction_html(words: &Words, finding: Finding<'_>) -> Rendered {
    let Some(direction) = finding.direction() else { return Rendered::default() };
    span(&format!("ipt-direction ipt-direction--{direction}"), words.direction(direction))
}

/// The certainty of a finding, as words with a mark.
pub(crate) fn certainty_html(words: &Words, finding: Finding<'_>) -> Rendered {
    let certainty = certainty(finding);
    span(&format!("ipt-certainty ipt-certainty--{certainty}"), words.certainty(certainty))
}

/// How sure one can be of a finding.
pub(crate) fn certainty(finding: Finding<'_>) -> &'static str {
    finding.certainty().unwrap_or("not-rated")
}

pub(crate) fn certainty_rank(finding: Finding<'_>) -> usize {
    CERTAINTIES.iter().position(|known| *known == certainty(finding)).unwrap_or(0)
}

pub(crate) fn direction_rank(finding: Finding<'_>) -> usize {
    let direction = finding.direction();
    BEST_FIRST.iter().position(|known| Some(*known) == direction).unwrap_or(BEST_FIRST.len())
}

/// Directions, those in favour of IPT first.
const BEST_FIRST: [&str; 4] = [FAVOURS_IPT, MIXED, NO_DIFFERENCE, FAVOURS_COMPARATOR];

/// The finding that represents an evidence chapter: its first.
pub(crate) fn headline(chapter: &Chapter) -> Option<Finding<'_>> {
    chapter.evidence()?.findings().next()
}

/// Which treatment a finding favours, compared with what, and how sure we can be.
pub(crate) fn answer_html(words: &Words, finding: Finding<'_>) -> Rendered {
    let mut html = compared_html(words, finding);
    html.push_words(" ");
    html.push_inline("<span class=\"ipt-answer__certainty\">");
    html.push_words(words.field(Finding::KEYS.certainty));
    html.push_words(": ");
    html.push(&certainty_html(words, finding));
    html.push_inline("</span>");
    html
}

/// Which treatment a finding favours, and compared with what.
pub(crate) fn compared_html(words: &Words, finding: Finding<'_>) -> Rendered {
    let mut html = direction_html(words, finding);
    if let Some(comparator) = finding.comparator() {
        let compared = words.fill(Word::ComparedWith, &[&comparator.value]);
        html.push_words(" ");
        html.push(&span("ipt-ci", &compared));
    }
    html
}

/// A confidence interval in words.
pub(crate) fn interval_text(words: &Words, (low, high): (f64, f64)) -> String {
    words.fill(Word::ConfidenceInterval, &[&words.number(low), &words.number(high)])
}

/// A whole number with its thousands separated.
pub(crate) fn grouped(words: &Words, number: i64) -> String {
    let digits = number.to_string();
    if digits.len() < 5 {
        return digits;
    }
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push_str(words.get(Word::Thousands));
        }
        grouped.push(digit);
    }
    grouped
}
