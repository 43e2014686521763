//! Any front matter of any kind: the first byte chooses the kind, the rest stands between the lines `---`.

#![no_main]

use iptbook::model::kind::Kind;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    let (kind, yaml) = input;
    let kind = Kind::NAMES[usize::from(kind) % Kind::NAMES.len()];
    let manual = format!("title: A manual\nparts:\n  - {{ title: A part, folder: part, kind: {kind} }}\n");
    let chapter = format!("---\n{yaml}\n---\n\n# A heading\n\nA text.\n");
    iptbook_fuzz::whole(&[("manual.yaml", &manual), ("part/a-chapter.md", &chapter)]);
});
