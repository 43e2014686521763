//! Any glossary, with a chapter that has words for it to find.

#![no_main]

use libfuzzer_sys::fuzz_target;

const CHAPTER: &str = "---\ntitle: Grief\nsummary: A text with words.\n---\n\nGrief is not distress, and a role \
                       dispute is no role transition. See [[term/grief]].\n";

fuzz_target!(|text: &str| {
    iptbook_fuzz::whole(&[("manual.yaml", "title: A manual\n"), ("glossary.yaml", text), ("pages/grief.md", CHAPTER)]);
});
