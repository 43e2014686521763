//! Checks whether every cited work is in the bibliography, and whether every key of a work is read as a citation.

use crate::citation::Bibliography;
use crate::diag::{self, Diagnostic, Fix, Reports, nearest_few};
use crate::link::checks::context::Context;
use crate::link::manual::Manual;
use crate::model::body::{Body, Citation, CitedKey, UnreadKey, WhyUnread};
use crate::span::Spanned;

/// # Reports
/// `citation/unknown-key` and `citation/unread`.
pub(crate) fn check(manual: &Manual, context: Context<'_>, reports: &mut Reports) {
    let bibliography = context.bibliography;
    let look = |body: &Body, reports: &mut Reports| {
        for citation in &body.citations {
            cited(citation, bibliography, reports);
        }
        for key in &body.unread {
            let around = key.within.and_then(|number| body.citations.get(number as usize));
            let is_one = around.is_none_or(|citation| is_one(citation, bibliography));
            reports.extend(unread(key, is_one, bibliography));
        }
    };
    for chapter in &manual.chapters {
        for body in chapter.bodies() {
            look(body, reports);
        }
        let mut keys = Vec::new();
        chapter.front.keys_within(&mut keys);
        reports.extend(keys.into_iter().filter_map(|key| unknown(key, bibliography)));
    }
    for term in &manual.lexicon.terms {
        look(&term.definition.body, reports);
    }
}

/// Whether it is a citation for certain, if only by one of its works.
fn is_one(citation: &Citation, bibliography: &Bibliography) -> bool {
    citation.written.is_none() || citation.works.iter().any(|work| bibliography.contains(&work.key.value))
}

fn cited(citation: &Citation, bibliography: &Bibliography, reports: &mut Reports) {
    if is_one(citation, bibliography) {
        reports.extend(citation.works.iter().filter_map(|work| unknown(&work.key, bibliography)));
    } else {
        let has_page = |work: &CitedKey| work.locator.as_deref().is_some_and(is_page);
        let is_like_one = |work: &CitedKey| has_year(&work.key.value) || has_page(work);
        reports.extend(citation.works.iter().filter_map(|work| {
            let report = mistyped(&work.key, is_like_one(work), bibliography)?;
            // In a sentence it may be the name of a person as well.
            let is_name = work.in_text && near_keys(&work.key.value, bibliography).is_empty();
            Some(if is_name { report.into_warning() } else { report })
        }));
    }
}

/// A key that the bibliography does not have.
fn unknown(key: &Spanned<String>, bibliography: &Bibliography) -> Option<Diagnostic> {
    if bibliography.contains(&key.value) {
        return None;
    }
    let near = nearest_few(&key.value, bibliography.keys(), 3);
    let fix = match near.as_slice() {
        [only] => Fix::of_name(key.span, &key.value, only),
        _ => None,
    };
    let help = if near.is_empty() { "add the work to the bibliography".to_owned() } else { did_you_mean(&near) };
    let message = format!("the bibliography has no work `{}`", key.value);
    Some(Diagnostic::new(&diag::UNKNOWN_KEY, key.span, message).help(help).maybe_fix(fix))
}

/// Whether a name has a year in it, as keys of works have: `weissman2018`, `cuijpers_2016_b`.
fn has_year(name: &str) -> bool {
    let mut numbers = name.split(|letter: char| !letter.is_ascii_digit());
    let is_year =
        |number: &str| number.len() == 4 && ["18", "19", "20"].iter().any(|century| number.starts_with(century));
    numbers.any(is_year) && name.chars().any(char::is_alphabetic)
}

/// Whether what is written behind a key is a place in a work: `p. 3`, `chapter 2`.
fn is_page(locator: &str) -> bool {
    let word = locator.split_whitespace().next().unwrap_or_default().trim_end_matches('.');
    let is_known = ["p", "pp", "page", "pages", "ch", "chap", "chapter", "vol", "S", "Kap", "cap", "pág", "págs"];
    is_known.contains(&word) && locator.contains(|letter: char| letter.is_ascii_digit())
}

/// What may be the name of a person or an address as well, and is near to a key, or looks like one.
fn mistyped(key: &Spanned<String>, is_like_one: bool, bibliography: &Bibliography) -> Option<Diagnostic> {
    let near = near_keys(&key.value, bibliography);
    let fix = match near.as_slice() {
        [] if !is_like_one => return None,
        [only] => Fix::of_name(key.span, &key.value, only),
        _ => None,
    };
    let message = format!("`@{}` is not read as a citation: the bibliography has no such work", key.value);
    let meant = if near.is_empty() { "add the work to the bibliography.".to_owned() } else { did_you_mean(&near) };
    let help = format!("{meant} If this is no citation, write `\\@{}`", key.value);
    Some(Diagnostic::new(&diag::UNREAD, key.span, message).help(help).maybe_fix(fix))
}

fn did_you_mean(near: &[&str]) -> String {
    let near: Vec<String> = near.iter().map(|near| format!("`{near}`")).collect();
    format!("did you mean {}?", near.join(" or "))
}

/// Keys that somebody may have meant who typed this, where it does not look like a word of its own.
fn near_keys<'b>(typed: &str, bibliography: &'b Bibliography) -> Vec<&'b str> {
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let mut near = nearest_few(typed, bibliography.keys(), 3);
    near.retain(|key| if has_digit(key) { has_digit(typed) && typed.len() > 4 } else { typed.len() > 5 });
    near
}

/// A key of the bibliography that stands where no citation is read.
fn unread(unread: &UnreadKey, is_one: bool, bibliography: &Bibliography) -> Option<Diagnostic> {
    let UnreadKey { key, why, instead, .. } = unread;
    let name = key.value.as_str();
    let is_known = bibliography.contains(name);
    let meant = || is_known || has_year(name) || !near_keys(name, bibliography).is_empty();
    let is_fault = match why {
        WhyUnread::Second | WhyUnread::NoKey | WhyUnread::Spaced => is_one || is_known,
        WhyUnread::Parted => is_known,
        WhyUnread::InHeading | WhyUnread::InLink | WhyUnread::InPicture | WhyUnread::Defined => meant(),
    };
    if !is_fault {
        return None;
    }
    let (message, help) = match why {
        WhyUnread::Second => (
            format!("`@{name}` is not read: between two works there must be a `;`"),
            format!("put a `;` before `@{name}` and the words that belong to it, such as `; see @{name}`"),
        ),
        WhyUnread::NoKey if name.is_empty() => (
            "nothing stands behind this `;`".to_owned(),
            "remove it, or write the second work: `[@key; @other]`".to_owned(),
        ),
        WhyUnread::NoKey => (
            format!("`{name}` is not a citation"),
            "write `[@key]`; for several works, and for a page number, write `[@key; @other, p. 12]`".to_owned(),
        ),
        WhyUnread::Spaced => (
            format!("`@{name}` is not a citation: a key has no spaces"),
            "write the key as it is in the bibliography, and a comma before a page number, such as `[@key, p. 12]`"
                .to_owned(),
        ),
        WhyUnread::Parted => {
            (format!("`@ {name}` is not read as a citation"), format!("write `@{name}`, without a space"))
        }
        WhyUnread::InHeading => (
            format!("`@{name}` is not read as a citation in a heading"),
            format!("write `[@{name}]`, or cite the work in the text below. If this is no citation, write `\\@{name}`"),
        ),
        WhyUnread::InPicture => (
            format!("`@{name}` is not read as a citation in the words for a picture"),
            format!("cite the work below the picture. If this is no citation, write `\\@{name}`"),
        ),
        WhyUnread::Defined => (
            format!("`[@{name}]:` at the beginning of a line is not read as a citation, and not shown"),
            format!("write `[@{name}]\\:`, or begin the line with another word"),
        ),
        WhyUnread::InLink => (
            format!("`@{name}` is not read as a citation within a link"),
            format!("cite the work beside the link. If this is no citation, write `\\@{name}`"),
        ),
    };
    // Put together, the key must be one.
    let whole = || name.split_whitespace().collect::<String>();
    let is_certain = match why {
        WhyUnread::NoKey => is_known || name.is_empty(),
        WhyUnread::InHeading => is_known,
        WhyUnread::Spaced => bibliography.contains(&whole()),
        _ => true,
    };
    let fix =
        instead.as_ref().filter(|_| is_certain).map(|instead| Fix { span: instead.span, text: instead.value.clone() });
    Some(Diagnostic::new(&diag::UNREAD, key.span, message).help(help).maybe_fix(fix))
}
