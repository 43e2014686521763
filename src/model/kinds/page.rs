//! Any other page: an introduction, a policy, questions and answers.

use crate::model::schema::view::view;

view! {
    /// The keys of a page beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Page;
    applies_to: AnyIds, "applies-to", "chapters that this page applies to";
}
