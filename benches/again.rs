//! Measures how long one changed chapter takes in a process that keeps running: `again MANUAL`.
//!
//! Builds a manual without writing it, then changes the text of one chapter after another, and at the end some titles.
//! Prints the median of each in milliseconds.

use std::path::Path;
use std::time::Instant;

use iptbook::diag::Reports;
use iptbook::files::attachments::Attachments;
use iptbook::files::output::NullOutput;
use iptbook::files::source::{Loaded, Sources};
use iptbook::load;
use iptbook::pipeline::CheckOptions;
use iptbook::rebuild::Rebuild;

// As the program itself has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many changes are measured.
const CHANGES: usize = 25;

fn main() {
    let folder = std::env::args().nth(1).expect("the folder of a manual");
    let mut reports = Reports::new();
    let loaded = load::manual(Path::new(&folder), &mut reports).expect("a manual");
    let theme = load::theme(None, &mut Sources::default()).expect("the default theme");
    let mut files: Vec<_> = loaded.sources.iter().map(|(_, source)| source.clone()).collect();
    let attachments: Vec<String> = loaded.attachments.iter().map(str::to_owned).collect();
    let options = CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: false };
    let mut rebuild = Rebuild::default();
    let mut built = |files: &[_]| {
        let loaded =
            Loaded { sources: Sources::new(files.to_vec()), attachments: Attachments::new(attachments.clone()) };
        let begin = Instant::now();
        let built = rebuild.build(loaded, &theme, options, false, Reports::new(), &NullOutput).expect("templates");
        assert!(built.gone.is_some(), "the manual has mistakes");
        begin.elapsed().as_secs_f64() * 1000.0
    };
    let chapters: Vec<usize> = (0..files.len()).filter(|at| files[*at].path.ends_with(".md")).collect();
    let first = built(&files);
    let mut median = |change: &dyn Fn(&str, usize) -> String| {
        let mut times: Vec<f64> = (0..CHANGES)
            .map(|number| {
                let file = &mut files[chapters[(number * 31 + 7) % chapters.len()]];
                file.text = std::sync::Arc::new(change(&file.text, number));
                built(&files)
            })
            .collect();
        times.sort_by(f64::total_cmp);
        times[CHANGES / 2]
    };
    let text = median(&|text, number| format!("{text}\n\nSome words more, the {number}th time.\n"));
    let title = median(&|text, number| text.replacen("title: ", &format!("title: No {number} "), 1));
    let mut out = std::io::stdout();
    let line = format!("all {first:.1} ms, the text of a chapter {text:.1} ms, its title {title:.1} ms\n");
    std::io::Write::write_all(&mut out, line.as_bytes()).expect("somebody reads this");
}
