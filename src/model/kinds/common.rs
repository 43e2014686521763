//! What every chapter may say of itself, whatever its kind.

use crate::model::kind::Kind;
use crate::model::schema::view::view;
use crate::model::status::Status;

view! {
    /// The keys of every chapter.
    Common;
    title: Line, "title", "the chapter's title", required;
    id: Id, "id", "its name in links; made from the file's name where it is missing";
    kind: Choice(Kind::NAMES), "kind", "what it is about, if not what its part is about";
    order: Integer, "order", "its place within its part";
    summary: Text, "summary", "one or two sentences for lists and previews";
    keywords: Lines, "keywords", "words that people may search for";
    aliases: Lines, "aliases", "old ids or paths, which lead here";
    status: Choice(Status::NAMES), "status", "how far it is";
    replaced_by: AnyIds, "replaced-by", "what to read instead of a withdrawn chapter";
    owner: Line, "owner", "who answers for it";
    version: Line, "version", "its version";
    approved_by: Line, "approved-by", "who approved it";
    approved: Date, "approved", "when it was approved";
    reviewed: Date, "reviewed", "when it was last reviewed";
    review_due: Date, "review-due", "when it is to be reviewed again";
    related: AnyIds, "related", "chapters to read with it; links both ways";
    glossary: Flag, "glossary", "`false` to link no glossary terms in it";

    /// Where that stands; where the front matter begins, if there is none.
    title_span: Span of title;
    /// Whether that is written, even wrongly.
    is_summary_given: Given of summary;
    /// Where that stands.
    status_span: Span of status;
    /// Where that stands.
    reviewed_span: Span of reviewed;
    /// Where that stands.
    review_due_span: Span of review_due;
}
