//! Lists the keys that every chapter may have, of whatever kind.

use crate::model::kind::Kind;
use crate::model::schema::view::view;
use crate::model::status::Status;

view! {
    /// The keys of every chapter.
    Common;
    title: Line, "title", "the chapter's title", required;
    id: Id, "id", "its name in links; if missing, made from the file name";
    kind: Choice(Kind::NAMES), "kind", "the kind of chapter, if it differs from the kind of its part";
    order: Integer, "order", "its position in its part";
    summary: Text, "summary", "one or two sentences for lists and previews";
    keywords: Lines, "keywords", "words that readers may search for";
    aliases: Lines, "aliases", "old ids or paths; they redirect here";
    status: Choice(Status::NAMES), "status", "how far the work on the chapter has come";
    replaced_by: AnyIds, "replaced-by", "what to read instead, if the chapter is withdrawn";
    owner: Line, "owner", "who is responsible for the chapter";
    version: Line, "version", "the version of the chapter";
    approved_by: Line, "approved-by", "who approved it";
    approved: Date, "approved", "when it was approved";
    reviewed: Date, "reviewed", "when it was last reviewed";
    review_due: Date, "review-due", "when the next review is due";
    related: AnyIds, "related", "chapters to read with this one; both show the link";
    glossary: Flag, "glossary", "write `false` to turn off links to glossary terms";

    /// Its place in the file; where the front matter begins, if there is none.
    title_span: Span of title;
    /// Whether it is written, even wrongly.
    is_summary_given: Given of summary;
    /// Whether it is written, even wrongly.
    is_approved_by_given: Given of approved_by;
    /// Whether it is written, even wrongly.
    is_approved_given: Given of approved;
    /// Its place in the file.
    status_span: Span of status;
    /// Its place in the file.
    reviewed_span: Span of reviewed;
    /// Its place in the file.
    review_due_span: Span of review_due;
}

/// Keys of other tools, and words that authors use for ours.
const OTHER_NAMES: [(&str, &str); 27] = [
    ("abstract", "summary"),
    ("approver", "approved-by"),
    ("author", "owner"),
    ("authors", "owner"),
    ("category", "kind"),
    ("date", "reviewed"),
    ("description", "summary"),
    ("editor", "owner"),
    ("excerpt", "summary"),
    ("heading", "title"),
    ("last-reviewed", "reviewed"),
    ("last-updated", "reviewed"),
    ("lastmod", "reviewed"),
    ("maintainer", "owner"),
    ("modified", "reviewed"),
    ("name", "title"),
    ("nav_order", "order"),
    ("next-review", "review-due"),
    ("permalink", "aliases"),
    ("position", "order"),
    ("redirect_from", "aliases"),
    ("reviewed-by", "approved-by"),
    ("reviewer", "approved-by"),
    ("sidebar_position", "order"),
    ("slug", "id"),
    ("tags", "keywords"),
    ("weight", "order"),
];

/// What to write instead of a key that another tool has.
pub(crate) fn explain_other(name: &str) -> Option<String> {
    if name == "draft" {
        return Some("write `status: draft`, if it is one".to_owned());
    }
    let lower = name.to_ascii_lowercase();
    let (_, ours) = OTHER_NAMES.into_iter().find(|(other, _)| *other == lower)?;
    Some(format!("write `{ours}`, if that is what you mean"))
}
