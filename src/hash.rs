//! Turns values into hashes of 64 bits.
//!
//! A program gives the same value the same hash in every run. Another version of iptbook, or the same version built by
//! another compiler, may give another hash. So whoever keeps a hash on disk must also keep which program wrote it, as
//! the stamps of sites do.

use std::hash::{DefaultHasher, Hash, Hasher as _};

use rustc_hash::FxHasher;

/// The hash of a value (SipHash). It shows whether something changed.
pub(crate) fn of(value: impl Hash) -> u64 {
    of_written(|state| value.hash(state))
}

/// The hash of everything that `write` writes (SipHash).
pub(crate) fn of_written(write: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut state = DefaultHasher::new();
    write(&mut state);
    state.finish()
}

/// A faster hash of everything that `write` writes (FxHash), for long texts and for what is hashed a million times.
/// Equal hashes by chance are as rare as with [`of`], but somebody could write texts on purpose that have them.
pub(crate) fn quick(write: impl FnOnce(&mut FxHasher)) -> u64 {
    let mut state = FxHasher::default();
    write(&mut state);
    state.finish()
}
