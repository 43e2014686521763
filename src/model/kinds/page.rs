//! Lists the keys of any other page, such as an introduction or a policy.

use crate::model::schema::view::view;

view! {
    /// The keys of a page beside those of every chapter ([`Common`](crate::model::kinds::common::Common)).
    Page;
    applies_to: AnyIds, "applies-to", "chapters that this page applies to";
}
