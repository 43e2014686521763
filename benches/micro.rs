//! Measures how long each stage takes on a made-up manual: `cargo bench --bench micro`, or `cargo bench --bench micro
//! -- link` for one of them.

#[expect(dead_code, reason = "the generator uses the rest")]
mod manual;

use std::sync::Arc;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use iptbook::citation::{self, BibliographyFormat};
use iptbook::diag::Reports;
use iptbook::files::attachments::Attachments;
use iptbook::files::output::NullOutput;
use iptbook::files::source::{Loaded, SourceFile, Sources};
use iptbook::files::theme::ThemeFiles;
use iptbook::link::checks;
use iptbook::link::manual::Manual;
use iptbook::link::place::ChapterIx;
use iptbook::load;
use iptbook::model::chapter::{self, Chapter};
use iptbook::model::glossary::Lexicon;
use iptbook::model::kind::Kind;
use iptbook::model::raw_html::RawHtml;
use iptbook::model::reading::Conditions;
use iptbook::pipeline::{self, CheckOptions, Checked};
use iptbook::render::search::fold::Folding;
use iptbook::render::search::index::SearchIndex;
use iptbook::render::search::lines::IndexLines;
use iptbook::render::search::listener::Listener;
use iptbook::render::search::vocabulary::Vocabulary;
use iptbook::render::template::Templates;
use iptbook::render::text::context::RenderContext;
use iptbook::render::text::renderer::Renderer;
use iptbook::render::{self, view};
use jiff::civil::date;

/// How many chapters the manual has.
const CHAPTERS: usize = 1_000;

const OPTIONS: CheckOptions = CheckOptions { as_of: date(2026, 1, 1), drafts: false };

fn main() {
    divan::main();
}

/// The manual as if read from a disk.
fn loaded() -> Loaded {
    let mut files = Vec::new();
    manual::iptbook(CHAPTERS, |path, text| {
        files.push(SourceFile { path: path.to_owned(), shown: path.to_owned(), text: Arc::new(text.to_owned()) });
    });
    Loaded { sources: Sources::new(files), attachments: Attachments::default() }
}

fn theme() -> ThemeFiles {
    ThemeFiles { default: load::default_theme(), ..ThemeFiles::default() }
}

fn checked(theme: &ThemeFiles) -> Checked {
    let checked = pipeline::check(&loaded(), theme, OPTIONS, Reports::new());
    assert!(checked.reports.is_empty(), "{:?}", checked.reports.first());
    checked
}

/// One chapter's text to a typed value.
#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let loaded = loaded();
    let (file, source) = loaded.sources.iter().find(|(_, source)| source.path.contains('/')).expect("a chapter");
    let lexicon = Lexicon::default();
    bencher.counter(BytesCount::of_str(source.text.as_str())).bench(|| {
        let conditions = Conditions { raw_html: RawHtml::Sanitize, mentions: &lexicon.mentions };
        chapter::parse(file, black_box(source), Kind::Page, conditions, &mut Reports::new())
    });
}

/// All chapters to a checked graph.
#[divan::bench]
fn link(bencher: Bencher<'_, '_>) {
    let manual = checked(&theme()).manual;
    let bibliography = citation::read("", BibliographyFormat::BibLatex).0;
    bencher
        .counter(ItemsCount::new(CHAPTERS))
        .with_inputs(|| (manual.settings.clone(), manual.chapters.clone()))
        .bench_values(|(settings, chapters)| {
            let mut reports = Reports::new();
            let manual = Manual::new(
                settings,
                Lexicon::default(),
                chapters,
                Attachments::default(),
                false,
                |_| None,
                &mut reports,
            );
            checks::all(
                &manual,
                checks::context::Context { bibliography: &bibliography, as_of: OPTIONS.as_of },
                &mut reports,
            );
            (manual, reports)
        });
}

/// A checked manual to all files of a site, which go nowhere; the search index is among them.
#[divan::bench]
fn render(bencher: Bencher<'_, '_>) {
    let theme = theme();
    let checked = checked(&theme);
    let citations = checked.citations();
    bencher
        .counter(ItemsCount::new(CHAPTERS))
        .bench(|| render::site(&checked.manual, &checked.words, &citations, &theme, &NullOutput).expect("a site"));
}

/// What chapters' pages say to the files of the search index, on one thread.
#[divan::bench]
fn search_index(bencher: Bencher<'_, '_>) {
    let theme = theme();
    let checked = checked(&theme);
    let citations = checked.citations();
    let templates = Templates::new(&theme, &checked.words).expect("templates");
    let context = RenderContext::new(&checked.manual, &checked.words, &citations);
    let folding = Folding::new(&checked.manual.settings.language);
    let view = |(ix, chapter): (ChapterIx, &Chapter)| {
        let renderer = Renderer::page(&context, "../", &chapter.source);
        (ix, view::chapter::chapter(&renderer, &templates, ix).expect("a chapter"))
    };
    let views: Vec<_> = checked.manual.iter().map(view).collect();
    bencher.counter(ItemsCount::new(CHAPTERS)).bench(|| {
        let vocabulary = Vocabulary::default();
        let mut listener = Listener::new(&context, &folding, &vocabulary);
        let said: Vec<_> = black_box(&views).iter().map(|(ix, view)| Arc::new(listener.chapter(*ix, view))).collect();
        let pages = said.iter().map(|said| said.page()).collect();
        let index = SearchIndex::new(&context, &folding, pages, IndexLines::new(&vocabulary, &said));
        index.files().into_iter().map(|file| index.content(file).len()).sum::<usize>()
    });
}
