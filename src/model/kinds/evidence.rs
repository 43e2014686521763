//! Evidence on one condition.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;

/// The keys of its front matter beside those that every chapter has.
pub(crate) const FIELDS: &[Field] = &[
    field("condition", Shape::Line, "the condition").required(),
    field("problem-areas", Shape::Ids(Kind::ProblemArea), "problem areas it bears on"),
    field("techniques", Shape::Ids(Kind::Technique), "techniques it bears on"),
    field("settings", Shape::Ids(Kind::Setting), "settings it comes from"),
    field("protocols", Shape::Ids(Kind::Protocol), "protocols it bears on"),
    field("measures", Shape::Ids(Kind::Measure), "measures it used"),
    field("findings", Shape::Records(FINDINGS), "what was found"),
];

view! {
    /// The keys of an evidence chapter beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Evidence of FIELDS;
    /// The condition.
    condition: Line, "condition";
    /// Problem areas it bears on.
    problem_areas: Ids, "problem-areas";
    /// Techniques it bears on.
    techniques: Ids, "techniques";
    /// Settings it comes from.
    settings: Ids, "settings";
    /// Protocols it bears on.
    protocols: Ids, "protocols";
    /// Measures it used.
    measures: Ids, "measures";
    /// What was found.
    findings: Records of Finding, "findings";
}

/// How sure one can be, from the surest down, in the words of GRADE.
pub(crate) const CERTAINTIES: &[&str] = &["high", "moderate", "low", "very-low", "not-rated"];

/// Whom a finding favours.
pub(crate) const DIRECTIONS: &[&str] = &["favours-ipt", "no-difference", "favours-comparator", "mixed"];

/// The sides of no effect.
pub const SIDES: &[&str] = &["above", "below"];

/// A finding.
pub(crate) const FINDINGS: &[Field] = &[
    field("statement", Shape::Text, "what was found, in one sentence").required(),
    field("design", Shape::Line, "the design: meta-analysis, rct, open-trial, cohort, review, guideline …"),
    field("population", Shape::Line, "who was studied"),
    field("n", Shape::Integer, "how many people"),
    field("trials", Shape::Integer, "how many trials"),
    field("comparator", Shape::Line, "with what it was compared"),
    field("outcome", Shape::Line, "what was measured"),
    field("effect", Shape::Record(EFFECT), "the size of the effect"),
    field("direction", Shape::Choice(DIRECTIONS), "whom it favours"),
    field("certainty", Shape::Choice(CERTAINTIES), "how sure one can be"),
    field("sources", Shape::Keys, "where it is published"),
];

view! {
    /// A finding of an evidence chapter.
    Finding of FINDINGS;
    /// What was found, in one sentence.
    statement: Text, "statement";
    /// Where that stands.
    statement_span: Span, "statement";
    /// The design: meta-analysis, rct, open-trial, cohort, review, guideline …
    design: Line, "design";
    /// Who was studied.
    population: Line, "population";
    /// How many people.
    n: Integer, "n";
    /// How many trials.
    trials: Integer, "trials";
    /// With what it was compared.
    comparator: Line, "comparator";
    /// What was measured.
    outcome: Line, "outcome";
    /// The size of the effect.
    effect: Record of Effect, "effect";
    /// Whom it favours.
    direction: Choice, "direction";
    /// How sure one can be.
    certainty: Choice, "certainty";
    /// Where it is published.
    sources: Keys, "sources";
}

/// The size of an effect.
const EFFECT: &[Field] = &[
    field("measure", Shape::Line, "the effect measure, such as `g` or `OR`").required(),
    field("value", Shape::Number, "the estimate").required(),
    field("ci", Shape::Interval, "the 95 % confidence interval"),
    field("favours-ipt", Shape::Choice(SIDES), "which side of no effect is in favour of IPT"),
    field("no-effect", Shape::Number, "the value that means no effect: 0, or 1 for a ratio"),
];

view! {
    /// The size of a finding's effect.
    Effect of EFFECT;
    /// The effect measure, such as `g` or `OR`.
    measure: Line, "measure";
    /// The estimate.
    value: Number, "value";
    /// The 95 % confidence interval.
    ci: Interval, "ci";
    /// Which side of no effect is in favour of IPT.
    favours_ipt: Choice, "favours-ipt";
    /// The value that means no effect: 0, or 1 for a ratio.
    no_effect: Number, "no-effect";
}
