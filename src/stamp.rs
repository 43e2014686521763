//! Checks whether a site is still as the last build left it, without reading a chapter.
//!
//! A [`Stamp`] is a small file in the user's cache folder, one for each site. It contains a hash of the names, sizes
//! and times of all files that a build read and wrote, and of how the build was run. If all of that is the same, there
//! is nothing to do. A build with warnings leaves no stamp, so that the warnings are shown each time.

use std::fs::Metadata;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use std::{fs, io};

use crate::files::output::MARKER;
use crate::hash;
use crate::par;

/// Deeper folders are not read: such a manual is always built.
const DEEPEST: usize = 32;

/// A file that changed less than this time before it was read may change again without its times telling: file systems
/// count in ticks.
const TICK: Duration = Duration::from_millis(100);

/// The same if a file system counts in whole seconds.
const COARSE_TICK: Duration = Duration::from_secs(2);

/// What is known about the last build of a site.
#[derive(Debug)]
pub(crate) struct Stamp {
    place: PathBuf,
    site: PathBuf,
    manual: PathBuf,
    /// How it is run.
    run: u64,
    /// When this began.
    begun: SystemTime,
    /// The manual as it was before it was read.
    read: FolderState,
}

impl Stamp {
    /// Looks at a manual before it is read. `run` is whatever else a site depends on; stamps are kept in
    /// `cache`.
    pub(crate) fn new(cache: &Path, manual: &Path, site: &Path, run: impl Hash) -> Option<Self> {
        let site = fs::canonicalize(site).or_else(|_| std::path::absolute(site)).ok()?;
        let manual = fs::canonicalize(manual).ok()?;
        let program = std::env::current_exe().and_then(fs::metadata).ok()?;
        let place = cache.join(format!("{:016x}", hash::of(&site)));
        let run = hash::of((hash::of(run), &manual, program.len(), program.modified().ok()));
        let begun = SystemTime::now();
        let read = folder_state(&manual, true).ok()?;
        Some(Self { place, site, manual, run, begun, read })
    }

    /// The number of chapters of the site, if a build would give the same site.
    pub(crate) fn holds(&self) -> Option<usize> {
        let text = fs::read_to_string(&self.place).ok()?;
        let [key, chapters, theme, _] = text.lines().collect::<Vec<_>>()[..] else { return None };
        let theme = match theme {
            "" => None,
            theme => Some(folder_state(Path::new(theme), false).ok()?),
        };
        (*key == self.key(theme)?).then(|| chapters.parse().ok()).flatten()
    }

    /// Notes that a build has just made the site. If it cannot, the next build builds everything.
    pub(crate) fn write(&self, chapters: usize, theme: Option<&Path>) {
        let theme = match theme {
            None => Some((PathBuf::new(), None)),
            Some(theme) => fs::canonicalize(theme).ok().and_then(|theme| {
                let state = folder_state(&theme, false).ok()?;
                Some((theme, Some(state)))
            }),
        };
        let Some((shown, theme)) = theme else { return };
        // What changed since this began, or just before, may not be what the site was made of.
        let all = [Some(&self.read), theme.as_ref()];
        if !all.into_iter().flatten().all(|state| state.is_settled(self.begun)) {
            return;
        }
        let Some(key) = self.key(theme) else { return };
        if let Some(folder) = self.place.parent() {
            let _ = fs::create_dir_all(folder);
            clean_up(folder);
        }
        let _ = fs::write(&self.place, format!("{key}\n{chapters}\n{}\n{}\n", shown.display(), self.site.display()));
    }

    /// Manual, theme, site and run as one hash.
    fn key(&self, theme: Option<FolderState>) -> Option<String> {
        let site = folder_state(&self.site, false).ok()?.hash;
        let key = hash::of((&self.manual, self.run, self.read.hash, theme.map(|theme| theme.hash), site));
        Some(format!("{key:016x}"))
    }
}

/// What shows whether a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FileState {
    /// Of its size and times.
    pub(crate) hash: u64,
    /// Whether the last change was so long ago that another one would show.
    pub(crate) is_settled: bool,
}

/// What shows whether a file has changed; none if there is no file.
pub(crate) fn file_state(file: &Path) -> Option<FileState> {
    let now = SystemTime::now();
    let metadata = fs::metadata(file).ok()?;
    let (times, newest) = times(&metadata).ok()?;
    let state = FolderState { hash: hash::of((metadata.len(), times)), newest };
    Some(FileState { hash: state.hash, is_settled: state.is_settled(now) })
}

/// Removes the stamps of sites that no longer exist.
fn clean_up(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for place in entries.flatten().map(|entry| entry.path()) {
        let text = fs::read_to_string(&place).unwrap_or_default();
        if text.lines().nth(3).is_some_and(|site| !Path::new(site).is_dir()) {
            let _ = fs::remove_file(place);
        }
    }
}

/// A folder's files by their names, sizes and times.
#[derive(Debug)]
struct FolderState {
    hash: u64,
    /// The last change of any of them.
    newest: SystemTime,
}

impl FolderState {
    /// Whether its files changed so long before `now` that another change would show.
    fn is_settled(&self, now: SystemTime) -> bool {
        let whole = self.newest.duration_since(UNIX_EPOCH).is_ok_and(|time| time.subsec_nanos() == 0);
        let tick = if whole { COARSE_TICK } else { TICK };
        now.duration_since(self.newest).is_ok_and(|age| age > tick)
    }
}

/// Reads the state of a folder, without the parts of a manual that are never read: hidden files, and sites.
fn folder_state(folder: &Path, is_manual: bool) -> io::Result<FolderState> {
    within(folder, is_manual, 0)
}

fn within(folder: &Path, is_manual: bool, depth: usize) -> io::Result<FolderState> {
    if depth > DEEPEST {
        return Err(io::Error::other("a folder that is too deep"));
    }
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| (entry.file_name(), entry)))
        .collect::<io::Result<Vec<_>>>()?;
    if is_manual {
        if depth > 0 && entries.iter().any(|(name, _)| name == MARKER) {
            return Ok(FolderState { hash: 0, newest: UNIX_EPOCH });
        }
        entries.retain(|(name, _)| !name.as_encoded_bytes().starts_with(b"."));
    }
    let states = par::try_map_run(&entries, |(name, entry)| {
        let kind = entry.file_type()?;
        // What a link leads to counts, and that it is one.
        let metadata = if kind.is_symlink() { Some(fs::metadata(entry.path())?) } else { None };
        if metadata.as_ref().map_or(kind.is_dir(), Metadata::is_dir) {
            let inner = within(&entry.path(), is_manual, depth + 1)?;
            return Ok(FolderState { hash: hash::of((name, kind.is_symlink(), inner.hash)), ..inner });
        }
        let metadata = metadata.map_or_else(|| entry.metadata(), Ok)?;
        let (times, newest) = times(&metadata)?;
        Ok::<_, io::Error>(FolderState { hash: hash::of((name, kind.is_symlink(), metadata.len(), times)), newest })
    })?;
    // A sum, since a folder has its files in any order; no two have the same name.
    let sum = states.iter().fold(states.len() as u64, |sum, state| sum.wrapping_add(state.hash));
    Ok(FolderState { hash: sum, newest: states.iter().map(|state| state.newest).max().unwrap_or(UNIX_EPOCH) })
}

/// When a file changed and, if the system says so, which file it is and when its entry changed.
#[cfg(unix)]
fn times(metadata: &Metadata) -> io::Result<(impl Hash, SystemTime)> {
    use std::os::unix::fs::MetadataExt as _;
    let modified = metadata.modified()?;
    let seconds = Duration::from_secs(u64::try_from(metadata.ctime()).unwrap_or(0));
    let changed = UNIX_EPOCH + seconds + Duration::from_nanos(u64::try_from(metadata.ctime_nsec()).unwrap_or(0));
    Ok(((modified, changed, metadata.ino(), metadata.mode()), modified.max(changed)))
}

#[cfg(not(unix))]
fn times(metadata: &Metadata) -> io::Result<(impl Hash, SystemTime)> {
    let modified = metadata.modified()?;
    Ok((modified, modified))
}
