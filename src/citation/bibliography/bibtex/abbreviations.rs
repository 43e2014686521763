//! Reads the `@string` abbreviations of a file.
//!
//! It does not know where they are used.

use std::collections::BTreeMap;

use biblatex::{Field, Pair, RawChunk};

use crate::citation::bibliography::bibtex::limits::{
    LONGEST_ABBREVIATION, LONGEST_CHAIN, MOST_NESTED_BRACES, nesting_depth,
};
use crate::citation::bibliography::mistakes::Mistakes;

/// Leaves out `@string` abbreviations that lead back to themselves or grow without measure.
pub(super) fn sound_abbreviations<'t>(abbreviations: Vec<Pair<'t>>, mistakes: &mut Mistakes<'_>) -> Vec<Pair<'t>> {
    let by_name: BTreeMap<&str, &Field<'_>> = abbreviations.iter().map(|pair| (pair.key.v, &pair.value.v)).collect();
    let mut lengths = BTreeMap::new();
    let sound: Vec<bool> = abbreviations
        .iter()
        .map(|pair| {
            nesting_depth(&pair.value.v) <= MOST_NESTED_BRACES
                && expanded_length(pair.key.v, &by_name, &mut lengths, 0).is_some()
        })
        .collect();
    abbreviations
        .into_iter()
        .zip(sound)
        .filter_map(|(pair, sound)| {
            if !sound {
                mistakes.note(
                    pair.key.span.clone(),
                    format!("the abbreviation `{}` refers back to itself, or becomes too long", pair.key.v),
                );
            }
            sound.then_some(pair)
        })
        .collect()
}

/// The length of an abbreviation when all abbreviations in it are written out; `None` if there is no end to it.
fn expanded_length<'t>(
    name: &'t str,
    by_name: &BTreeMap<&'t str, &Field<'t>>,
    lengths: &mut BTreeMap<&'t str, Option<usize>>,
    depth: usize,
) -> Option<usize> {
    if let Some(known) = lengths.get(name) {
        return *known;
    }
    let length = if depth > LONGEST_CHAIN {
        None
    } else {
        by_name.get(name).map_or(Some(0), |field| {
            field.iter().try_fold(0, |sum: usize, chunk| {
                let length = match chunk.v {
                    RawChunk::Normal(text) => Some(text.len()),
                    RawChunk::Abbreviation(inner) => expanded_length(inner, by_name, lengths, depth + 1),
                };
                length.map(|length| sum + length).filter(|&sum| sum <= LONGEST_ABBREVIATION)
            })
        })
    };
    lengths.insert(name, length);
    length
}
