//! Lists the keys of an evidence chapter: what research found on one condition.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of an evidence chapter beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Evidence;
    condition: Line, "condition", "the condition that the evidence is about", required;
    problem_areas: Ids(Kind::ProblemArea), "problem-areas", "problem areas that the evidence is about";
    techniques: Ids(Kind::Technique), "techniques", "techniques that the evidence is about";
    settings: Ids(Kind::Setting), "settings", "settings that the evidence comes from";
    protocols: Ids(Kind::Protocol), "protocols", "protocols that the evidence is about";
    measures: Ids(Kind::Measure), "measures", "measures that the studies used";
    findings: Records of Finding, "findings", "what the studies found";
}

/// How sure we can be, the surest first, in the words of GRADE.
pub(crate) const CERTAINTIES: &[&str] = &["high", "moderate", "low", "very-low", "not-rated"];

/// Which treatment a finding favours.
pub(crate) const DIRECTIONS: &[&str] = &[FAVOURS_IPT, NO_DIFFERENCE, FAVOURS_COMPARATOR, MIXED];

/// It favours IPT.
pub(crate) const FAVOURS_IPT: &str = "favours-ipt";

/// It favours neither.
pub(crate) const NO_DIFFERENCE: &str = "no-difference";

/// It favours what IPT was compared with.
pub(crate) const FAVOURS_COMPARATOR: &str = "favours-comparator";

/// It favours now the one, now the other.
pub(crate) const MIXED: &str = "mixed";

/// The sides of the value that means no effect.
pub const SIDES: &[&str] = &["above", "below"];

view! {
    /// A finding of an evidence chapter.
    Finding;
    statement: Text, "statement", "what was found, in one sentence", required;
    design: Line, "design", "the study design: meta-analysis, rct, open-trial, cohort, review, guideline …";
    population: Line, "population", "who was studied";
    n: Integer, "n", "the number of people";
    trials: Integer, "trials", "the number of trials";
    comparator: Line, "comparator", "what IPT was compared with";
    outcome: Line, "outcome", "what was measured";
    effect: Record of Effect, "effect", "the size of the effect";
    direction: Choice(DIRECTIONS), "direction", "which treatment it favours";
    certainty: Choice(CERTAINTIES), "certainty", "how sure we can be";
    sources: Keys, "sources", "where it was published";

    /// Its place in the file.
    statement_span: Span of statement;
    /// Its place in the file.
    direction_span: Span of direction;
}

view! {
    /// The size of a finding's effect.
    Effect;
    measure: Line, "measure", "the effect measure, such as `g` or `OR`", required;
    value: Number, "value", "the estimate", required;
    ci: Interval, "ci", "the 95 % confidence interval";
    favours_ipt: Choice(SIDES), "favours-ipt", "whether values above or below no effect are in favour of IPT";
    no_effect: Number, "no-effect", "the value that means no effect: 0, or 1 for a ratio";

    /// Its place in the file.
    value_span: Span of value;
    /// Its place in the file.
    ci_span: Span of ci;
    /// Its place in the file.
    favours_ipt_span: Span of favours_ipt;
    /// Its place in the file.
    no_effect_span: Span of no_effect;
}
