//! Finds the addresses on the web that a manual leads to, each with its place.

use crate::citation::Bibliography;
use crate::files::source::Sources;
use crate::link::manual::Manual;
use crate::model::body::{Body, Target};
use crate::model::directive::DirectiveOptions;
use crate::span::{FileId, Span, Spanned};

/// All addresses that readers may follow: links of texts and of the glossary, films on other sites, the address for
/// feedback, and the addresses of cited works.
pub(crate) fn addresses(manual: &Manual, bibliography: &Bibliography, sources: &Sources) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    let mut add = |address: &str, span: Span| {
        let is_web = ["http://", "https://"].iter().any(|begin| address.to_ascii_lowercase().starts_with(begin));
        if is_web {
            found.push(Spanned::new(address.to_owned(), span));
        }
    };
    let of_body = |body: &Body, add: &mut dyn FnMut(&str, Span)| {
        for link in &body.links {
            if let Target::External(address) = &link.target {
                add(address, link.span);
            }
        }
    };
    for chapter in &manual.chapters {
        chapter.bodies().for_each(|body| of_body(body, &mut add));
        let addresses = chapter.directives.iter().filter_map(|directive| match directive.read()? {
            DirectiveOptions::Video(film) => film.address(),
            _ => None,
        });
        addresses.for_each(|address| add(&address.value, address.span));
    }
    manual.lexicon.terms.iter().for_each(|term| of_body(&term.definition.body, &mut add));
    if let Some(feedback) = manual.settings.yaml().feedback() {
        add(&feedback.value, feedback.span);
    }
    let named = manual.settings.bibliography();
    if let Some((file, source)) = sources.find(named) {
        let mut keys: Vec<&String> = manual.cited_in.keys().collect();
        keys.sort_unstable();
        for (written, address) in keys.into_iter().filter_map(|key| bibliography.address(key)) {
            add(&address, place(file, &source.text, &written));
        }
    }
    found
}

/// The place of a word in a file; the beginning of the file, if the word is written in another way.
fn place(file: FileId, text: &str, written: &str) -> Span {
    text.find(written).map_or(Span::top(file), |at| Span::new(file, at, at + written.len()))
}
