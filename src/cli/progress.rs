//! Shows on a terminal what is being done, if it takes longer than half a second.

use std::io::IsTerminal as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::files::output::Output;
use crate::render::address::made::is_page;

/// What takes less needs no word.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often it moves.
const BEAT: Duration = Duration::from_millis(100);

/// What draws the line; there is one at a time.
static DRAWING: Mutex<Option<(Sender<()>, JoinHandle<()>)>> = Mutex::new(None);

/// A line that says what is being done. It disappears when this value is dropped, or when anything else is printed.
pub(crate) struct Progress {
    count: Arc<AtomicUsize>,
}

/// Removes the line, if there is one, because something else will be printed.
pub(crate) fn end() {
    if let Some((end, drawing)) = DRAWING.lock().unwrap_or_else(PoisonError::into_inner).take() {
        drop(end);
        // It wakes at once.
        let _ = drawing.join();
    }
}

impl Progress {
    /// Begins to wait. If the output is not a terminal, nothing is ever drawn.
    pub(super) fn begin(what: &'static str) -> Self {
        end();
        let count = Arc::new(AtomicUsize::new(0));
        let drawing = std::io::stderr().is_terminal().then(|| {
            let (end, ended) = mpsc::channel::<()>();
            let counted = Arc::clone(&count);
            let draw = move || {
                if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                let style = ProgressStyle::with_template("{spinner} {msg}").expect("a template of ours");
                let bar = ProgressBar::new_spinner().with_style(style);
                loop {
                    bar.set_message(match counted.load(Ordering::Relaxed) {
                        0 => format!("{what} …"),
                        count => format!("{what}: {count}"),
                    });
                    bar.tick();
                    if ended.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                        break;
                    }
                }
                bar.finish_and_clear();
            };
            (end, std::thread::spawn(draw))
        });
        *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) = drawing;
        Self { count }
    }

    /// Counts the pages that are passed on to `output`.
    pub(super) fn counting<'a>(&self, output: &'a dyn Output) -> CountingOutput<'a> {
        CountingOutput { output, count: Arc::clone(&self.count) }
    }

    /// How much was counted.
    pub(super) fn count(&self) -> usize {
        self.count.load(Ordering::Relaxed)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        end();
    }
}

/// Counts the pages on their way.
pub(super) struct CountingOutput<'a> {
    output: &'a dyn Output,
    count: Arc<AtomicUsize>,
}

impl Output for CountingOutput<'_> {
    fn put(&self, path: &str, content: &[u8]) -> std::io::Result<()> {
        if is_page(path) {
            self.count.fetch_add(1, Ordering::Relaxed);
        }
        self.output.put(path, content)
    }

    fn copy(&self, path: &str) -> std::io::Result<()> {
        self.output.copy(path)
    }
}
