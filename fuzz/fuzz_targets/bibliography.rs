//! Any bibliography, BibLaTeX or YAML, with a chapter that cites its first works.

#![no_main]

use iptbook::citation::{BibliographyFormat, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (bool, &str)| {
    let (is_yaml, text) = input;
    let (format, name) = match is_yaml {
        true => (BibliographyFormat::Hayagriva, "works.yaml"),
        false => (BibliographyFormat::BibLatex, "works.bib"),
    };
    let (works, mistakes) = read(text, format);
    for mistake in mistakes {
        assert!(text.get(mistake.range.clone()).is_some(), "{mistake:?} is in the text");
    }
    let cited: Vec<String> = works.keys().take(4).map(|key| format!("[@{key}, p. 3]")).collect();
    let chapter = format!("---\ntitle: A chapter\nsummary: It cites.\n---\n\nAs is known {}.\n", cited.join(" "));
    let manual = format!("title: A manual\nbibliography: {name}\n");
    iptbook_fuzz::whole(&[("manual.yaml", &manual), (name, text), ("pages/a-chapter.md", &chapter)]);
});
