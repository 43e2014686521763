//! Watches folders on disk, and sends a [`Signal`] when something in them may have changed.
//!
//! The system reports most changes at once. Where it does not (network shares, folders that disappeared and came back),
//! comparing names and times every few seconds finds them.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::serve::signal::Signal;

/// How often files are compared, whatever the system reports.
const LOOK: Duration = Duration::from_secs(2);

/// Watches folders until it is dropped.
pub(crate) struct Watch {
    told: Option<RecommendedWatcher>,
    looking: Option<PollWatcher>,
    folders: Arc<[PathBuf]>,
    /// Whether one of the folders disappeared or appeared: the old watcher does not watch the new folder of the same
    /// name.
    is_stale: Arc<AtomicBool>,
    signals: Sender<Signal>,
}

impl Watch {
    /// Sends a signal whenever something may have changed.
    pub(crate) fn new(signals: Sender<Signal>) -> Self {
        Self { told: None, looking: None, folders: Arc::default(), is_stale: Arc::default(), signals }
    }

    /// Watches these folders with everything in them, and no others. Must be called again after each signal, before
    /// anything is read: then a folder that disappeared and came back is watched again.
    pub(crate) fn follow(&mut self, folders: &[PathBuf]) {
        let mut absolute: Vec<PathBuf> = folders.iter().filter_map(|folder| std::path::absolute(folder).ok()).collect();
        absolute.sort();
        absolute.dedup();
        let is_new = *absolute != *self.folders;
        if is_new {
            self.folders = absolute.into();
            let config = Config::default().with_poll_interval(LOOK);
            self.looking = PollWatcher::new(self.handler(), config).ok();
            if let Some(looking) = &mut self.looking {
                all(looking, &self.folders);
            }
        }
        if is_new || self.is_stale.swap(false, Ordering::AcqRel) {
            let mut told = notify::recommended_watcher(self.handler()).ok();
            let watched = told.as_mut().is_some_and(|told| all(told, &self.folders));
            // The one before goes only now: what happens in between is told by the one or the other.
            self.told = told;
            if !watched {
                self.is_stale.store(true, Ordering::Release);
            }
        }
    }

    fn handler(&self) -> impl Fn(notify::Result<Event>) + Send + 'static {
        let (folders, is_stale, signals) =
            (Arc::clone(&self.folders), Arc::clone(&self.is_stale), self.signals.clone());
        move |event| {
            // What cannot be told may be anything.
            let Ok(event) = event else { return drop(signals.send(Signal::Changed)) };
            let concerns = |path: &PathBuf| folders.iter().any(|folder| path.starts_with(folder));
            if !is_change(&event) || !(event.need_rescan() || event.paths.iter().any(concerns)) {
                return;
            }
            let is_whole = |path: &PathBuf| folders.contains(path);
            if event.paths.iter().any(is_whole) && !matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_))) {
                is_stale.store(true, Ordering::Release);
            }
            let _ = signals.send(Signal::Changed);
        }
    }
}

/// Watches folders with everything in them, and the folders around them, to see them disappear and appear. Returns
/// whether all of them are there.
fn all(watcher: &mut dyn Watcher, folders: &[PathBuf]) -> bool {
    let mut watched = true;
    for folder in folders {
        if let Some(above) = folder.parent() {
            let _ = watcher.watch(above, RecursiveMode::NonRecursive);
        }
        watched &= watcher.watch(folder, RecursiveMode::Recursive).is_ok();
    }
    watched
}

/// Whether an event is more than reading a file: otherwise reading the manual would make us read it again.
fn is_change(event: &Event) -> bool {
    !matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    fn is_told(signals: &Receiver<Signal>) -> bool {
        let told = signals.recv_timeout(Duration::from_secs(30)).is_ok();
        while signals.recv_timeout(Duration::from_millis(50)).is_ok() {}
        told
    }

    #[test]
    fn what_happens_in_a_folder_is_told_even_if_the_folder_went_and_came_back() {
        let outer = tempfile::tempdir().expect("a folder");
        let folder = outer.path().join("manual");
        fs::create_dir_all(folder.join("a")).expect("a folder");
        let (send, signals) = channel();
        let mut watch = Watch::new(send);
        watch.follow(std::slice::from_ref(&folder));
        fs::write(folder.join("a/b.md"), "1").expect("a file");
        assert!(is_told(&signals), "a new file");
        fs::remove_dir_all(&folder).expect("the folder goes");
        assert!(is_told(&signals), "the folder went");
        watch.follow(std::slice::from_ref(&folder));
        fs::create_dir_all(folder.join("c")).expect("a folder");
        assert!(is_told(&signals), "the folder came back");
        watch.follow(std::slice::from_ref(&folder));
        fs::write(folder.join("c/d.md"), "2").expect("a file");
        assert!(is_told(&signals), "a file in the new folder");
    }
}
