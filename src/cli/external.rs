//! Runs `check --external`: tests the web addresses in a manual.

use std::collections::{BTreeSet, HashMap};

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::failure::Failure;
use crate::cli::output::{number, tell};
use crate::cli::run::Run;
use crate::diag::{Diagnostic, Reports};
use crate::external::{Answer, ProbeOptions};
use crate::link::external::addresses;
use crate::span::Spanned;
use crate::{diag, external};

/// If so many addresses give no answer, the problem is this computer's connection.
const ENOUGH: usize = 3;

/// Tests the addresses of a manual, and shows the progress.
///
/// # Reports
/// `link/external-gone`, `link/external-moved`, `link/external-unreachable`.
///
/// # Errors
/// When nothing answers at all.
pub(crate) fn check(run: &Run) -> Result<Reports, Failure> {
    let found = addresses(&run.checked.manual, run.checked.bibliography(), &run.loaded.sources);
    let all: BTreeSet<&str> = found.iter().map(|address| external::without_fragment(&address.value)).collect();
    let style =
        ProgressStyle::with_template("{bar:30} {pos} of {len} links to the web tested").expect("a template of ours");
    // Drawn on a terminal only.
    let bar = ProgressBar::new(all.len() as u64).with_style(style);
    let answers = external::answers(&all, ProbeOptions::default(), || bar.inc(1));
    bar.finish_and_clear();
    let count = |is: fn(&Answer) -> bool| answers.values().filter(|answer| is(answer)).count();
    let silent = count(|answer| matches!(answer, Answer::None(_)));
    if silent >= ENOUGH && silent == answers.len() {
        let why = "no link to the web gives an answer: is this computer connected to the internet?";
        return Err(Failure::Machine(why.into()));
    }
    let refused = match count(|answer| matches!(answer, Answer::Refused(_))) {
        0 => String::new(),
        refused => format!("; {refused} of them answer only people, so it is not known whether they work"),
    };
    tell(&format!("{} to the web tested{refused}", number(answers.len(), "link")));
    Ok(found.iter().filter_map(|address| report(address, &answers)).collect())
}

fn report(address: &Spanned<String>, answers: &HashMap<String, Answer>) -> Option<Diagnostic> {
    let asked = external::without_fragment(&address.value);
    let (code, message, help) = match answers.get(asked)? {
        Answer::There | Answer::Refused(_) => return None,
        Answer::Gone(status) => (
            &diag::EXTERNAL_GONE,
            format!("{asked} no longer exists (it answers {status})"),
            "search for its new address, or remove the link".to_owned(),
        ),
        Answer::Moved(to) => {
            let fragment = &address.value[asked.len()..];
            (&diag::EXTERNAL_MOVED, format!("{asked} has moved permanently"), format!("write `{to}{fragment}`"))
        }
        Answer::None(why) => (
            &diag::EXTERNAL_UNREACHABLE,
            format!("{asked} cannot be reached: {why}"),
            "try it in a browser, and test again on another day. If there is still no answer, link to something else"
                .to_owned(),
        ),
    };
    Some(Diagnostic::new(code, address.span, message).help(help))
}
