//! Turns titles into ones in which words such as `IPT` keep their capitals.
//!
//! It does not know in which case a style prints titles.

use hayagriva::types::{ChunkKind, ChunkedString, FormatString, StringChunk};

use crate::citation::bibliography::entry_repair::tex::{plain_formula, without_tex};
use crate::citation::bibliography::file_format::BibliographyFormat;
use crate::citation::marks::JOINER;

/// Frees a title from TeX, and protects words such as `IPT` from being written in another case. The name of a journal
/// is protected as a whole.
pub(super) fn tidy_title(title: &FormatString, is_name: bool, format: BibliographyFormat) -> FormatString {
    FormatString {
        value: tidy_chunks(&title.value, is_name, format),
        short: title.short.as_ref().map(|short| Box::new(tidy_chunks(short, is_name, format))),
    }
}

fn tidy_chunks(text: &ChunkedString, is_name: bool, format: BibliographyFormat) -> ChunkedString {
    // A title all in capitals says nothing about its words.
    let shouting = !text.to_string().contains(char::is_lowercase) && text.to_string().trim().contains(' ');
    let mut tidy = Vec::new();
    for chunk in &text.0 {
        let value = match chunk.kind {
            // Left as a formula it would be printed as TeX, and a comma after the title misplaced.
            ChunkKind::Math => plain_formula(&chunk.value),
            _ if format == BibliographyFormat::BibLatex => without_tex(&chunk.value),
            _ => chunk.value.clone(),
        };
        match chunk.kind {
            _ if is_name => append(&mut tidy, ChunkKind::Verbatim, &value),
            ChunkKind::Normal if !shouting => protect_capitals(&value, &mut tidy),
            ChunkKind::Normal => append(&mut tidy, ChunkKind::Normal, &value),
            ChunkKind::Verbatim | ChunkKind::Math => append(&mut tidy, ChunkKind::Verbatim, &value),
        }
    }
    ChunkedString(tidy)
}

/// Splits a text so that words with a capital after their first letter keep their case.
fn protect_capitals(text: &str, chunks: &mut Vec<StringChunk>) {
    const SMALL_WORDS: [&str; 16] =
        ["a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];
    let mut after_comma = false;
    for word in text.split_inclusive(char::is_whitespace) {
        // hayagriva takes what follows a comma for the beginning of a title: "Research, Practice, And Policy".
        let stays_small = after_comma && SMALL_WORDS.contains(&word.trim_end());
        after_comma = word.trim_end().ends_with(',');
        if stays_small {
            append(chunks, ChunkKind::Verbatim, word);
            continue;
        }
        let has_capitals = |part: &str| part.chars().skip(1).any(char::is_uppercase);
        if !word.split(|c: char| !c.is_alphanumeric()).any(has_capitals) {
            append(chunks, ChunkKind::Normal, word);
            continue;
        }
        // In a compound such as `CBT-E-Based` only `Based` may change.
        for part in word.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let letters = part.trim_end_matches(|c: char| !c.is_alphanumeric());
            let keeps_case = has_capitals(letters) || letters.chars().count() <= 1;
            append(chunks, if keeps_case { ChunkKind::Verbatim } else { ChunkKind::Normal }, part);
        }
    }
}

/// Adds to the last chunk if it is of the same kind.
fn append(chunks: &mut Vec<StringChunk>, kind: ChunkKind, text: &str) {
    match chunks.last_mut() {
        Some(last) if last.kind == kind => last.value.push_str(text),
        Some(last) if kind == ChunkKind::Normal => {
            let word = last.value.trim_end().len();
            let space = last.value.split_off(word);
            chunks.push(StringChunk::new(format!("{JOINER}{space}{text}"), kind));
        }
        _ => chunks.push(StringChunk::new(text, kind)),
    }
}
