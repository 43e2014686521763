//! Tests what the search index consists of.

use crate::citation::Formatted;
use crate::files::attachments::Attachments;
use crate::link::manual::Manual;
use crate::model::glossary::Lexicon;
use crate::model::settings;
use crate::render::search::codec::*;
use crate::render::search::fold::*;
use crate::render::search::index::*;
use crate::render::search::lines::*;
use crate::render::search::listener::*;
use crate::render::search::places::*;
use crate::render::search::vocabulary::*;
use crate::render::text::context::RenderContext;
use crate::render::text::rendered::Rendered;
use crate::span::FileId;
use crate::words::Words;
use std::collections::HashMap;
use std::sync::Arc;

fn words(language: &str, text: &str) -> String {
    let mut words = String::new();
    Folding::new(language).each(text, &mut |whole, parts| {
        words.push_str(&[&[whole.text().into_owned()], parts].concat().join("|"));
        words.push(' ');
    });
    words.trim_end().to_owned()
}

#[test]
fn words_lose_case_accents_and_hyphens() {
    assert_eq!(words("en", "Role play, PHQ-9; IPT-A's a Café"), "role play phq9|phq|9 ipta|ipt cafe");
    assert_eq!(words("de", "Übergang für große Rollen"), "uebergang fuer grosse rollen");
    assert_eq!(words("fr", "Übergang"), "ubergang");
    assert_eq!(words("ar", "الأُسْرَة"), "اسره", "the article falls away");
    assert_eq!(words("ar", "أسرة وال لله"), "اسره وال لله", "and nothing else");
    assert_eq!(words("en", "session 3 — n = 150"), "session 3 150");
}

#[test]
fn numbers_are_few_letters() {
    let written = |number| {
        let mut text = String::new();
        push_number(&mut text, number);
        text
    };
    assert_eq!([0, 1, 44, 45, 46, 2024, 2025].map(written), ["!", "#", "O", "P#", "Q#", "~O", "PP#"]);
}

/// The script of the search is tested with the same: `tests/browser/files/search.test.mjs` reads the same file.
/// `UPDATE_GOLDEN=1` writes it again from the texts and numbers in it.
#[test]
fn words_and_numbers_are_those_that_the_script_is_tested_with() {
    let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/render/search/agreement.json");
    let text = std::fs::read_to_string(&place).expect("the file is there");
    let mut agreement: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    for (language, example) in agreement["languages"].as_object_mut().expect("languages by name") {
        let folding = Folding::new(language);
        example["format"] = serde_json::to_value(IndexFormat::new(&folding)).expect("texts are plain JSON");
        let texts: Vec<String> = serde_json::from_value(example["texts"].clone()).expect("texts");
        let mut all = Vec::new();
        for text in &texts {
            let mut found = Vec::new();
            folding.each(text, &mut |whole, parts| {
                found.push(serde_json::json!({ "whole": whole.text(), "parts": parts }));
            });
            all.push(found);
        }
        example["words"] = all.into();
    }
    for (number, written) in agreement["numbers"].as_object_mut().expect("numbers as they are written") {
        let mut text = String::new();
        push_number(&mut text, number.parse().expect("a number"));
        assert_eq!(take_number(&mut text.as_str()).to_string(), *number);
        *written = text.into();
    }
    let now = format!("{}\n", serde_json::to_string_pretty(&agreement).expect("texts are plain JSON"));
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| !value.is_empty() && value != "0") {
        std::fs::write(&place, &now).expect("the file is written");
    }
    assert!(now == std::fs::read_to_string(&place).expect("the file is there"), "{} differs:\n{now}", place.display());
}

/// What an index is made of, without a manual.
struct Bare {
    manual: Manual,
    words: Words,
    formatted: Formatted,
}

impl Bare {
    fn new() -> Self {
        let mut reports = Vec::new();
        let settings = settings::parse(FileId(0), "title: Bare", &mut reports);
        let (lexicon, attachments) = (Lexicon::default(), Attachments::default());
        let manual = Manual::new(settings, lexicon, Vec::new(), attachments, false, |_| None, &mut reports);
        Self { manual, words: Words::default(), formatted: Formatted::default() }
    }

    fn context(&self) -> RenderContext<'_> {
        RenderContext::new(&self.manual, &self.words, &self.formatted)
    }
}

fn page(listener: &mut Listener<'_>, say: impl Fn(&mut Listener<'_>)) -> PageText {
    listener.page = IndexedPage { kind: TERM, ..IndexedPage::default() };
    say(listener);
    listener.page_text()
}

#[test]
fn a_text_is_cut_at_its_headings() {
    let bare = Bare::new();
    let (context, folding, vocabulary) = (bare.context(), Folding::new("en"), Vocabulary::default());
    let mut listener = Listener::new(&context, &folding, &vocabulary);
    let mut text = Rendered::default();
    let heading = |text: &mut Rendered, level: u8, anchor: &str, words: &str| {
        text.open_heading(level, anchor.to_owned());
        text.push_words(words);
        text.close_heading();
    };
    text.push_foreign("<p>Be<em>fore</em></p>");
    heading(&mut text, 2, "one", "One & a");
    text.push_foreign("<table><tr><td>cell</td><td>next</td></tr></table><hr>");
    heading(&mut text, 3, "two", "Two");
    let text = page(&mut listener, |listener| listener.body(&text));
    assert_eq!(text.page.units, [vec![], vec!["One & a", "one"], vec!["Two"]]);
    let words: HashMap<u32, Box<str>> = vocabulary.words(|_| true).into_iter().collect();
    let found: Vec<_> = text.all.iter().map(|(word, posting)| (&*words[&word], posting.places)).collect();
    // Units doubled; headings stand from 512 on, which is "c.".
    assert_eq!(found, [("before", "!!"), ("cell", "%!"), ("next", "%!"), ("one", "%c."), ("two", "'c.")]);
}

/// The places of each page are written alike, and pages are told by their distance.
#[test]
fn lines_join_pages() {
    let bare = Bare::new();
    let (context, folding, vocabulary) = (bare.context(), Folding::new("en"), Vocabulary::default());
    let mut listener = Listener::new(&context, &folding, &vocabulary);
    let texts = ["one two one two one", "two", "", "one wordlongerthaneight wordlongerthansixteenletters"];
    let texts = texts.map(|text| {
        page(&mut listener, |listener| {
            listener.text(text, SearchField::Text);
            listener.text("head", SearchField::Head);
            listener.end_unit("", "");
        })
    });
    let texts = texts.map(Arc::new);
    let pages = texts.iter().map(|text| text.page()).collect();
    let index = SearchIndex::new(&context, &folding, pages, IndexLines::new(&vocabulary, &texts));
    let files = index.files();
    assert_eq!(
        files.iter().map(|file| file.path()).collect::<Vec<_>>(),
        ["search/terms-0.js", "search/pages-0.js", "search/index.js"]
    );
    assert_eq!(
        index.content(files[0]),
        "iptSearch.terms(0,`\n0head !!c.%!c.%!c.%!c.\n0one !#!!#)!!\n0two !!!%!!\n0wordlongerthaneight )!!\nesixteenletters )!!\n`);\n"
    );
}

/// What is known of lines is changed in place, where few pages say something else.
#[test]
fn lines_again_are_lines_anew() {
    let bare = Bare::new();
    let (context, folding, vocabulary) = (bare.context(), Folding::new("en"), Vocabulary::default());
    let mut listener = Listener::new(&context, &folding, &vocabulary);
    let mut say = |number: usize, units: usize| {
        Arc::new(page(&mut listener, |listener| {
            for unit in 0..units {
                listener
                    .text(&format!("all all {} w{} w{number}", "here ".repeat(unit), number % 3), SearchField::Text);
                listener.text(if number.is_multiple_of(2) { "head" } else { "all" }, SearchField::Head);
                listener.end_unit("", "");
            }
        }))
    };
    let mut texts: Vec<_> = (0..40).map(|number| say(number, number % 4)).collect();
    let mut lines = IndexLines { texts: texts.clone(), ..IndexLines::new(&vocabulary, &texts) };
    for (at, number, units) in [(0, 99, 3), (39, 1, 0), (7, 7, 0), (7, 8, 60), (20, 2, 3), (0, 0, 0)] {
        texts[at] = say(number, units);
        texts[at / 2] = say(number + 1, 2);
        lines = lines.again(&vocabulary, texts.clone());
        let anew = IndexLines::new(&vocabulary, &texts);
        let written = |lines: &IndexLines| -> Vec<_> {
            let lines = lines.lines.iter();
            let pages = |pages: &PostingList| (pages.text.clone(), pages.count, pages.last);
            lines.map(|line| (line.word.clone(), pages(&line.everywhere), pages(&line.in_heads))).collect()
        };
        assert_eq!(written(&lines), written(&anew), "page {at}");
    }
}
