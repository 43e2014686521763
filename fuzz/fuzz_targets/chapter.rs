//! Any chapter: front matter and Markdown, beside another one that it may link to.

#![no_main]

use libfuzzer_sys::fuzz_target;

const OTHER: &str = "---\nid: other\ntitle: Another chapter\nsummary: One to link to.\n---\n\n## A heading\n\nA text.\n";
const MANUAL: &str = "title: A manual\nslots:\n  telephone: { label: Telephone }\n";
const GLOSSARY: &str = "- term: distress\n  definition: What is felt.\n";
const WORKS: &str = "@book{klerman-1984, author = {Klerman, Gerald}, title = {A book}, date = {1984}}\n";

fuzz_target!(|text: &str| {
    iptbook_fuzz::whole(&[
        ("manual.yaml", MANUAL),
        ("glossary.yaml", GLOSSARY),
        ("references.bib", WORKS),
        ("pages/other.md", OTHER),
        ("techniques/a-chapter.md", text),
    ]);
});
