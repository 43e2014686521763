//! Lists the kinds of chapters: one file for each, and the list.
//!
//! The documentation of the crate says what a new kind needs.
//!
//! # Who may use whom
//!
//! ```text
//! kinds -> { case, common, evidence, measure, page, principle, problem_area, protocol, role, session, setting, stage, technique, worksheet }
//! setting -> protocol
//! ```

pub(crate) mod case;
pub mod common;
pub mod evidence;
pub(crate) mod measure;
pub(crate) mod page;
pub(crate) mod principle;
pub(crate) mod problem_area;
pub(crate) mod protocol;
pub(crate) mod role;
pub(crate) mod session;
pub(crate) mod setting;
pub mod stage;
pub(crate) mod technique;
pub(crate) mod worksheet;

use crate::model::kind::{Kind, with_kinds};
use crate::model::kinds::common::Common;
use crate::model::kinds::problem_area::ProblemArea;
use crate::model::kinds::technique::Technique;
use crate::model::schema::shape::{Field, Shape};

/// The keys of every chapter.
pub const COMMON: &[Field] = Common::FIELDS;

macro_rules! fields_of_kinds {
    ($(#[doc = $doc:literal] $kind:ident, $module:ident, $name:literal, $plural:literal;)*) => {
        impl Kind {
            /// The keys of the kind's front matter, then those of every chapter.
            pub fn fields(self) -> &'static [Field] {
                match self { $(Self::$kind => {
                    const ALL: &[Field] = &joined::<{ $module::$kind::FIELDS.len() + COMMON.len() }>($module::$kind::FIELDS);
                    ALL
                }),* }
            }
        }
    };
}

with_kinds!(fields_of_kinds);

const fn joined<const N: usize>(own: &'static [Field]) -> [Field; N] {
    let mut all = [COMMON[0]; N];
    let mut at = 0;
    while at < own.len() {
        all[at] = own[at];
        at += 1;
    }
    while at < N {
        all[at] = COMMON[at - own.len()];
        at += 1;
    }
    all
}

/// Whether the texts of a list follow one another, as steps do.
pub(crate) fn is_sequence(field: &Field) -> bool {
    [Technique::KEYS.steps, ProblemArea::KEYS.strategies].contains(&field.name)
}

/// The kinds whose chapters name chapters of `kind` under its plural, and so are the home of that
/// relation: for a technique, the principles, roles, stages, sessions, evidence and cases.
pub(crate) fn homes_of_relations_to(kind: Kind) -> impl Iterator<Item = (Kind, &'static str)> {
    Kind::ALL.iter().flat_map(move |home| {
        home.fields().iter().filter_map(move |field| {
            let takes = match field.shape {
                Shape::Ids(taken) => taken == kind,
                // A relation to chapters of any kind that only one kind has.
                Shape::AnyIds => !COMMON.iter().any(|common| common.name == field.name),
                Shape::Records(fields) => fields.iter().any(|inner| inner.name == kind.name()),
                _ => false,
            };
            takes.then_some((*home, field.name))
        })
    })
}

/// What to say of an unknown key of a chapter of `kind`: a relation that has its home on the other
/// side, or a key of another tool.
pub(crate) fn explain_unknown(kind: Kind, name: &str) -> Option<String> {
    on_the_other_side(kind, name).or_else(|| common::explain_other(name))
}

fn on_the_other_side(kind: Kind, name: &str) -> Option<String> {
    let other = Kind::from_plural(name).or_else(|| Kind::from_name(name))?;
    let (_, relation) = homes_of_relations_to(kind).find(|(home, _)| *home == other)?;
    Some(format!(
        "write this relation on the other side: name this chapter under `{relation}` in the {}. It then appears here automatically",
        other.words()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_own_keys_and_the_common_ones_once() {
        for kind in Kind::ALL {
            let mut names: Vec<_> = kind.fields().iter().map(|field| field.name).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{kind:?}");
            assert!(names.contains(&"title"));
        }
    }

    #[test]
    fn a_relation_on_the_wrong_side_is_explained() {
        let help = explain_unknown(Kind::Technique, "stages").expect("explained");
        assert!(help.contains("`techniques` in the stage"), "{help}");
        assert!(explain_unknown(Kind::Stage, "protocols").expect("explained").contains("`stages` in the protocol"));
        assert_eq!(explain_unknown(Kind::Technique, "colour"), None);
    }
}
