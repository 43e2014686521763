//! Reads the names of works, and finds the works whose list of names begins the list of another.
//!
//! It does not know which works are cited together, or how a style prints names.
//!
//! hayagriva tells two authors of one surname apart by their given names, under the rule `by-cite` only. It counts
//! names up to the longest list among works whose citations read alike, and reads past the end of the shorter list
//! (hayagriva 0.10.1). No given name tells such a work from the other one anyway, so it goes without the rule.

use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher as _};

use hayagriva::Entry;
use hayagriva::types::Person;
use rustc_hash::FxHasher;

/// The keys of those works that have a list of names with which a list of another work begins, or is the same.
pub(super) fn beginning_another<'b>(works: &[&'b Entry]) -> HashSet<&'b str> {
    // By hash of names: the work whose list begins so, or none where several do. Hashes that are the same by
    // chance only make the answer longer.
    let mut beginnings: HashMap<u64, Option<&str>> = HashMap::new();
    let mut whole_lists: HashMap<u64, Option<&str>> = HashMap::new();
    let note = |known: &mut HashMap<u64, Option<&'b str>>, hash: u64, key: &'b str| {
        known.entry(hash).and_modify(|of| *of = of.filter(|of| *of == key)).or_insert(Some(key));
    };
    for work in works {
        let lists = name_lists(work);
        for list in &lists {
            for_each_beginning(list, |hash| note(&mut beginnings, hash, work.key()));
            // What is printed may go on with the names of another role, such as the translators.
            if lists.len() > 1 {
                note(&mut whole_lists, for_each_beginning(list, |_| {}), work.key());
            }
        }
    }
    let of_another = |known: &HashMap<u64, Option<&str>>, hash: u64, key: &str| {
        known.get(&hash).is_some_and(|of| of.is_none_or(|of| of != key))
    };
    let begins = |work: &Entry| {
        name_lists(work).into_iter().any(|list| {
            let mut begins = false;
            let whole = for_each_beginning(list, |hash| begins |= of_another(&whole_lists, hash, work.key()));
            begins || of_another(&beginnings, whole, work.key())
        })
    };
    works.iter().filter(|work| begins(work)).map(|work| work.key()).collect()
}

/// The names of a work and of what it is part of, a list for each role.
fn name_lists(work: &Entry) -> Vec<&[Person]> {
    let own = [work.authors(), work.editors()].into_iter().flatten();
    let others = work.affiliated().into_iter().flatten().map(|role| role.names.as_slice());
    let around = work.parents().iter().flat_map(name_lists);
    own.chain(others).chain(around).filter(|list| !list.is_empty()).collect()
}

/// Calls `found` with a hash for each beginning of a list, and returns that of the whole list.
fn for_each_beginning(list: &[Person], mut found: impl FnMut(u64)) -> u64 {
    let mut state = FxHasher::default();
    for person in list {
        person.hash(&mut state);
        found(state.finish());
    }
    state.finish()
}
