//! Lists the keys of a technique: something the therapist does.

use crate::model::kind::Kind;
use crate::model::schema::view::view;

view! {
    /// The keys of a technique beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Technique;
    problem_areas: Ids(Kind::ProblemArea), "problem-areas", "problem areas that the technique is used for";
    worksheets: Ids(Kind::Worksheet), "worksheets", "worksheets that go with it";
    goal: Text, "goal", "what it is for, in one sentence";
    steps: Texts, "steps", "what to do, in order";
    phrases: Texts, "phrases", "examples of what to say";
    pitfalls: Texts, "pitfalls", "what can go wrong";
}
