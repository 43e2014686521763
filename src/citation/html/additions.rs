//! Turns the runs of a text into runs with what hayagriva leaves out: "et al." and the letter behind a year.
//!
//! It does not know which works get a letter, nor how a language says "et al.".

use hayagriva::Formatting;

use crate::citation::html::runs::{RunRole, TextRun};
use crate::citation::marks::OTHERS;

/// How "et al." is written in a style and language.
#[derive(Debug, Clone)]
pub(in crate::citation) struct EtAlWords {
    pub(in crate::citation) text: String,
    pub(in crate::citation) formatting: hayagriva::citationberg::Formatting,
}

/// Writes "et al." where the tree has [`OTHERS`], with the comma before it if the style put one before its last name.
pub(in crate::citation) fn write_et_al(runs: &mut Vec<TextRun>, words: &EtAlWords) {
    let mut done: Vec<TextRun> = Vec::with_capacity(runs.len());
    for run in runs.drain(..) {
        if run.text != OTHERS {
            let text = if run.role == RunRole::Label {
                run.text.replace(OTHERS, "+")
            } else {
                run.text.replace(OTHERS, &words.text)
            };
            done.push(TextRun { text, ..run });
            continue;
        }
        let mut between = String::new();
        while let Some(last) = done.pop_if(|last| last.role != RunRole::Name && last.part == run.part) {
            between.insert_str(0, &last.text);
        }
        let comma: String =
            between.trim_start().chars().take_while(|c| matches!(c, ',' | ';' | '、' | '،' | '/')).collect();
        done.push(TextRun { text: format!("{comma} "), role: RunRole::Text, ..run.clone() });
        done.push(TextRun {
            text: words.text.clone(),
            formatting: apply(run.formatting, words.formatting),
            role: RunRole::Text,
            ..run
        });
    }
    *runs = done;
}

/// Writes "and" where the style has `&` between names: in a sentence, the word stands.
pub(in crate::citation) fn write_and(names: &mut [TextRun], and: &str) {
    for run in names.iter_mut().filter(|run| run.role == RunRole::Between) {
        run.text = run.text.replace('&', and);
    }
}

fn apply(mut formatting: Formatting, over: hayagriva::citationberg::Formatting) -> Formatting {
    formatting.font_style = over.font_style.unwrap_or(formatting.font_style);
    formatting.font_variant = over.font_variant.unwrap_or(formatting.font_variant);
    formatting.font_weight = over.font_weight.unwrap_or(formatting.font_weight);
    formatting.text_decoration = over.text_decoration.unwrap_or(formatting.text_decoration);
    formatting.vertical_align = over.vertical_align.unwrap_or(formatting.vertical_align);
    formatting
}

/// Writes the letter of `2020a` behind the year, or `-a` behind the words for "no date".
pub(in crate::citation) fn write_year_letter(
    runs: &mut [TextRun],
    year: Option<i32>,
    letter: &str,
    no_date: &[String],
) {
    if let Some(year) = year.map(|year| year.to_string()) {
        let end_of_year = |run: &TextRun| {
            run.text
                .find(&year)
                .map(|at| at + year.len())
                .filter(|&end| !run.text[end..].starts_with(|c: char| c.is_ascii_digit()))
        };
        let found = runs
            .iter_mut()
            .filter(|run| run.role == RunRole::Date)
            .find_map(|run| end_of_year(run).map(|end| (run, end)));
        if let Some((run, end)) = found {
            run.text.insert_str(end, letter);
        }
        return;
    }
    let found = runs.iter_mut().filter(|run| run.role == RunRole::Text && run.link.is_none()).find_map(|run| {
        let end = no_date.iter().find_map(|words| run.text.find(words.as_str()).map(|at| at + words.len()))?;
        Some((run, end))
    });
    if let Some((run, end)) = found {
        run.text.insert_str(end, &format!("-{letter}"));
    }
}
