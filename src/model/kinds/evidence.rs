//! Evidence on one condition.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of an evidence chapter beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Evidence;
    condition: Line, "condition", "the condition", required;
    problem_areas: Ids(Kind::ProblemArea), "problem-areas", "problem areas it bears on";
    techniques: Ids(Kind::Technique), "techniques", "techniques it bears on";
    settings: Ids(Kind::Setting), "settings", "settings it comes from";
    protocols: Ids(Kind::Protocol), "protocols", "protocols it bears on";
    measures: Ids(Kind::Measure), "measures", "measures it used";
    findings: Records of Finding, "findings", "what was found";
}

/// How sure one can be, from the surest down, in the words of GRADE.
pub(crate) const CERTAINTIES: &[&str] = &["high", "moderate", "low", "very-low", "not-rated"];

/// Whom a finding favours.
pub(crate) const DIRECTIONS: &[&str] = &[FAVOURS_IPT, NO_DIFFERENCE, FAVOURS_COMPARATOR, MIXED];

/// It favours IPT.
pub(crate) const FAVOURS_IPT: &str = "favours-ipt";

/// It favours neither.
pub(crate) const NO_DIFFERENCE: &str = "no-difference";

/// It favours what IPT was compared with.
pub(crate) const FAVOURS_COMPARATOR: &str = "favours-comparator";

/// It favours now the one, now the other.
pub(crate) const MIXED: &str = "mixed";

/// The sides of no effect.
pub const SIDES: &[&str] = &["above", "below"];

view! {
    /// A finding of an evidence chapter.
    Finding;
    statement: Text, "statement", "what was found, in one sentence", required;
    design: Line, "design", "the design: meta-analysis, rct, open-trial, cohort, review, guideline …";
    population: Line, "population", "who was studied";
    n: Integer, "n", "how many people";
    trials: Integer, "trials", "how many trials";
    comparator: Line, "comparator", "with what it was compared";
    outcome: Line, "outcome", "what was measured";
    effect: Record of Effect, "effect", "the size of the effect";
    direction: Choice(DIRECTIONS), "direction", "whom it favours";
    certainty: Choice(CERTAINTIES), "certainty", "how sure one can be";
    sources: Keys, "sources", "where it is published";

    /// Where that stands.
    statement_span: Span of statement;
}

view! {
    /// The size of a finding's effect.
    Effect;
    measure: Line, "measure", "the effect measure, such as `g` or `OR`", required;
    value: Number, "value", "the estimate", required;
    ci: Interval, "ci", "the 95 % confidence interval";
    favours_ipt: Choice(SIDES), "favours-ipt", "which side of no effect is in favour of IPT";
    no_effect: Number, "no-effect", "the value that means no effect: 0, or 1 for a ratio";
}
