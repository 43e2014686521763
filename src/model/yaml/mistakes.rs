//! Guesses what an author did where a text cannot be read: tries what would mend it, until it can be read.

use crate::diag::{self, Diagnostic};
use crate::model::yaml::errors::{Stop, Sure};
use crate::model::yaml::scene::{Guess, Scene};
use crate::model::yaml::{brackets, layout, marks, quotes};
use crate::span::{FileId, Span};

/// What makes guesses about a line, the surest first.
const GUESSES: &[fn(&Scene<'_>, usize) -> Vec<Guess>] = &[
    marks::tabs,
    marks::odd_spaces,
    marks::comments,
    quotes::curly,
    quotes::backslash,
    quotes::inner,
    quotes::open,
    marks::list_marks,
    brackets::links,
    brackets::brackets,
    quotes::special,
    layout::comment_within,
    layout::no_space,
    layout::item,
    layout::items,
    layout::wrapped,
    layout::indent,
    layout::two_keys,
    quotes::colon,
    layout::colon_missing,
];

/// How many guesses are tried, and how many bytes are read for that.
const MOST_TRIES: usize = 200;
const MOST_BYTES: usize = 8_000_000;

/// The report on a text that cannot be read. `stops` says where a text cannot be read further.
pub(in crate::model::yaml) fn report(
    text: &str,
    stop: Stop,
    stops: &dyn Fn(&str) -> Option<usize>,
    file: FileId,
    base: usize,
) -> Diagnostic {
    let span = |range: &std::ops::Range<usize>| Span::new(file, base + range.start, base + range.end);
    let width = text[stop.at..].chars().next().map_or(0, |letter| if letter == '\n' { 0 } else { letter.len_utf8() });
    let plain = Diagnostic::new(&diag::SYNTAX, span(&(stop.at..stop.at + width)), stop.why).help(stop.help.clone());
    let scene = Scene::new(text, stop.at);
    match &stop.sure {
        Some(Sure::Words) => return plain,
        Some(Sure::Mended(range, text)) => return plain.fix(span(range), text.clone()),
        Some(Sure::Cut) | None => {}
    }
    if let Some((at, message, help)) = marks::certain(&scene) {
        return Diagnostic::new(&diag::SYNTAX, span(&at), message).help(help);
    }
    if let Some(guess) = best(&scene, &[brackets::cut], stops).or_else(|| {
        let is_cut = matches!(stop.sure, Some(Sure::Cut));
        is_cut.then(|| quotes::cut(&scene)).flatten()
    }) {
        return told(Diagnostic::new(&diag::CUT, span(&guess.at), guess.message.as_str()), &guess, span(&guess.edit.0));
    }
    match best(&scene, GUESSES, stops) {
        Some(guess) => {
            told(Diagnostic::new(&diag::SYNTAX, span(&guess.at), guess.message.as_str()), &guess, span(&guess.edit.0))
        }
        None => plain,
    }
}

fn told(report: Diagnostic, guess: &Guess, place: Span) -> Diagnostic {
    let report = report.help(guess.help.clone());
    if guess.is_sure { report.fix(place, guess.edit.1.clone()) } else { report }
}

/// The first guess that makes the whole text readable, or else the first that makes it readable to a later line.
fn best(
    scene: &Scene<'_>,
    makers: &[fn(&Scene<'_>, usize) -> Vec<Guess>],
    stops: &dyn Fn(&str) -> Option<usize>,
) -> Option<Guess> {
    let mut further: Option<Guess> = None;
    let mut tries = 0;
    for make in makers {
        for at in scene.near() {
            for guess in make(scene, at) {
                tries += 1;
                if tries > MOST_TRIES || tries * scene.text.len() > MOST_BYTES {
                    return further;
                }
                let (range, instead) = &guess.edit;
                let mended = [&scene.text[..range.start], instead, &scene.text[range.end..]].concat();
                match stops(&mended) {
                    None => return Some(guess),
                    Some(stop) => {
                        let line = mended[..stop].matches('\n').count();
                        if line > scene.at.max(at) && further.is_none() {
                            further = Some(guess);
                        }
                    }
                }
            }
        }
    }
    further
}
