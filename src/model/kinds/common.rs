//! What every chapter may say of itself, whatever its kind.

use crate::model::kind::Kind;
use crate::model::schema::shape::{Field, Shape, field};
use crate::model::schema::view::view;
use crate::model::status::Status;

/// The keys of every chapter.
pub const FIELDS: &[Field] = &[
    field("title", Shape::Line, "the chapter's title").required(),
    field("id", Shape::Id, "its name in links; made from the file's name where it is missing"),
    field("kind", Shape::Choice(Kind::NAMES), "what it is about, if not what its part is about"),
    field("order", Shape::Integer, "its place within its part"),
    field("summary", Shape::Text, "one or two sentences for lists and previews"),
    field("keywords", Shape::Lines, "words that people may search for"),
    field("aliases", Shape::Lines, "old ids or paths, which lead here"),
    field("status", Shape::Choice(Status::NAMES), "how far it is"),
    field("replaced-by", Shape::AnyIds, "what to read instead of a withdrawn chapter"),
    field("owner", Shape::Line, "who answers for it"),
    field("version", Shape::Line, "its version"),
    field("approved-by", Shape::Line, "who approved it"),
    field("approved", Shape::Date, "when it was approved"),
    field("reviewed", Shape::Date, "when it was last reviewed"),
    field("review-due", Shape::Date, "when it is to be reviewed again"),
    field("related", Shape::AnyIds, "chapters to read with it; links both ways"),
    field("glossary", Shape::Flag, "`false` to link no glossary terms in it"),
];

view! {
    /// The keys of every chapter.
    Common of FIELDS;
    /// The chapter's title.
    title: Line, "title";
    /// Where that stands; where the front matter begins, if there is none.
    title_span: Span, "title";
    /// Its name in links; made from the file's name where it is missing.
    id: Id, "id";
    /// What it is about, if not what its part is about.
    kind: Choice, "kind";
    /// Its place within its part.
    order: Integer, "order";
    /// One or two sentences for lists and previews.
    summary: Text, "summary";
    /// Whether that is written, even wrongly.
    is_summary_given: Given, "summary";
    /// Words that people may search for.
    keywords: Lines, "keywords";
    /// Old ids or paths, which lead here.
    aliases: Lines, "aliases";
    /// How far it is.
    status: Choice, "status";
    /// Where that stands.
    status_span: Span, "status";
    /// What to read instead of a withdrawn chapter.
    replaced_by: AnyIds, "replaced-by";
    /// Who answers for it.
    owner: Line, "owner";
    /// Its version.
    version: Line, "version";
    /// Who approved it.
    approved_by: Line, "approved-by";
    /// When it was approved.
    approved: Date, "approved";
    /// When it was last reviewed.
    reviewed: Date, "reviewed";
    /// Where that stands.
    reviewed_span: Span, "reviewed";
    /// When it is to be reviewed again.
    review_due: Date, "review-due";
    /// Where that stands.
    review_due_span: Span, "review-due";
    /// Chapters to read with it; links both ways.
    related: AnyIds, "related";
    /// `false` to link no glossary terms in it.
    glossary: Flag, "glossary";
}
