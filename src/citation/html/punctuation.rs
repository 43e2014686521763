//! Turns runs whose punctuation hayagriva put together into runs that read well.
//!
//! It does not know between which fields of a work the punctuation is.

use crate::citation::html::runs::{RunRole, TextRun};

/// Removes doubled spaces and full stops, and other punctuation that ends up side by side when a style puts fields
/// together, across formats and parts. Links stay as they are.
pub(in crate::citation) fn clean(runs: &mut Vec<TextRun>) {
    let whole: Vec<(usize, char)> =
        runs.iter().enumerate().flat_map(|(ix, run)| run.text.chars().map(move |c| (ix, c))).collect();
    let linked = |ix: usize| runs[ix].link.is_some();
    let mut kept = KeptText { chars: Vec::with_capacity(whole.len()) };

    let mut position = 0;
    while let Some(&(run, c)) = whole.get(position) {
        let next = whole.get(position + 1).map(|&(_, c)| c);
        if linked(run) {
            kept.chars.push((run, c, true));
        } else if c.is_whitespace() && c != '\u{a0}' {
            let too_late = next.is_none_or(|next| next.is_whitespace() || matches!(next, ',' | ';' | ')' | ']'));
            // "8 : 83"; but a title may well have " : " in it.
            let before_colon = next == Some(':') && kept.last().is_some_and(|last| last.is_ascii_digit());
            let again = kept.last().is_none_or(|last| last.is_whitespace() || matches!(last, '(' | '['));
            if !(too_late || before_colon || again) {
                kept.chars.push((run, ' ', false));
            }
        } else if c == '.' {
            let dots = whole[position..].iter().take_while(|&&(run, c)| c == '.' && !linked(run)).count();
            let ends_here = whole.get(position + dots).is_none_or(|&(_, c)| c.is_whitespace());
            if dots >= 3 {
                // An ellipsis stays, and takes in the full stop that a style adds.
                kept.chars.extend(std::iter::repeat_n((run, '.', false), 3));
            } else {
                kept.drop_last(|last| matches!(last, ',' | ';') || (ends_here && last == ' '));
                if !kept.ends_a_sentence() {
                    kept.chars.push((run, '.', false));
                }
            }
            position += dots;
            continue;
        } else if c == ',' {
            kept.drop_last(|last| matches!(last, ',' | ':'));
            kept.chars.push((run, ',', false));
        } else {
            if c == ')' {
                // "(2017, )": hayagriva writes the comma before a month that is not there.
                while kept.drop_last(|last| matches!(last, ',' | ' ')) {}
            }
            kept.chars.push((run, c, false));
        }
        position += 1;
    }
    while kept.drop_last(|last| last.is_whitespace() || matches!(last, ',' | ';' | ':')) {}

    runs.iter_mut().for_each(|run| run.text.clear());
    for (run, c, _) in kept.chars {
        runs[run].text.push(c);
    }
    runs.retain(|run| !run.text.is_empty() || run.role == RunRole::Break);
}

/// The characters that stay, each with its run and whether it is part of a link.
struct KeptText {
    chars: Vec<(usize, char, bool)>,
}

impl KeptText {
    fn last(&self) -> Option<char> {
        self.chars.last().map(|&(_, c, _)| c)
    }

    fn drop_last(&mut self, unwanted: impl Fn(char) -> bool) -> bool {
        self.chars.pop_if(|(_, c, linked)| !*linked && unwanted(*c)).is_some()
    }

    /// Whether a full stop would be one too many.
    fn ends_a_sentence(&self) -> bool {
        let quoted =
            self.chars.iter().rev().skip_while(|(_, c, _)| matches!(c, '”' | '’' | '»')).map(|&(_, c, _)| c).next();
        let linked = self.chars.last().is_some_and(|&(.., linked)| linked);
        !linked && matches!(quoted, Some('.' | '?' | '!' | '…'))
    }
}
