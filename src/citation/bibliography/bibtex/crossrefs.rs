//! Reads which entries refer to which, and leaves out references that lead nowhere or never end.
//!
//! It looks at no other field.

use std::collections::BTreeMap;

use biblatex::{Pair, RawEntry, Spanned};

use crate::citation::bibliography::bibtex::alone::{parse_alone, reference_alias};
use crate::citation::bibliography::bibtex::limits::LONGEST_CHAIN;
use crate::citation::bibliography::mistakes::Mistakes;

/// Leaves out `crossref` and `xdata` that lead nowhere or in a circle: biblatex would follow a circle until the stack ends.
pub(super) fn sound_crossrefs<'t>(
    mut entries: Vec<Spanned<RawEntry<'t>>>,
    abbreviations: &[Pair<'t>],
    mistakes: &mut Mistakes<'_>,
) -> Vec<Spanned<RawEntry<'t>>> {
    let targets: BTreeMap<String, Vec<String>> = entries
        .iter()
        .map(|entry| {
            (
                entry.v.key.v.to_owned(),
                entry.v.fields.iter().flat_map(|pair| crossref_targets(&entry.v.key, pair, abbreviations)).collect(),
            )
        })
        .collect();
    let endless = |key: &str| chain_length(key, &targets, 0) > LONGEST_CHAIN;

    for entry in &mut entries {
        entry.v.fields.retain(|pair| {
            let wrong = crossref_targets(&entry.v.key, pair, abbreviations).into_iter().find_map(|target| {
                if !targets.contains_key(&target) {
                    Some(format!("`{target}` is not in the bibliography"))
                } else if endless(&target) {
                    Some(format!("`{target}` refers back to this entry, or refers to too many others"))
                } else {
                    None
                }
            });
            if let Some(sentence) = &wrong {
                mistakes.note(pair.value.span.clone(), sentence.as_str());
            }
            wrong.is_none()
        });
    }
    entries
}

fn crossref_targets<'t>(key: &Spanned<&'t str>, pair: &Pair<'t>, abbreviations: &[Pair<'t>]) -> Vec<String> {
    let Some(alias) = reference_alias(pair.key.v) else {
        return Vec::new();
    };
    let Ok(alone) = parse_alone(key, std::slice::from_ref(pair), abbreviations) else {
        return Vec::new();
    };
    if alias == "ipt-xdata" {
        alone.get_as::<Vec<String>>(alias).unwrap_or_default()
    } else {
        alone.get_as::<String>(alias).into_iter().collect()
    }
}

/// How many steps lead away from this entry at most; more than [`LONGEST_CHAIN`] if there is no end.
fn chain_length(key: &str, targets: &BTreeMap<String, Vec<String>>, steps: usize) -> usize {
    if steps > LONGEST_CHAIN {
        return steps;
    }
    let next = targets.get(key).into_iter().flatten();
    next.map(|target| chain_length(target, targets, steps + 1)).max().unwrap_or(steps)
}
