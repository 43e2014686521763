//! Works out what the numbers of an effect mean: whether they are ratios, which value means no effect, and which side of
//! it is in favour of what.

use std::cmp::Ordering;

use crate::model::kinds::evidence::{Effect, FAVOURS_COMPARATOR, FAVOURS_IPT};

/// The value that means no effect: as given, or 1 for a ratio and 0 for anything else.
pub(crate) fn no_effect(effect: Effect<'_>) -> f64 {
    let ratio = effect.measure().is_some_and(|measure| is_ratio(&measure.value));
    effect.no_effect().unwrap_or(if ratio { 1.0 } else { 0.0 })
}

/// Whether a measure is a ratio, whose value for no effect is 1, by its usual names.
pub(crate) fn is_ratio(measure: &str) -> bool {
    let names: Vec<&str> = measure.split(|letter: char| !letter.is_alphanumeric()).collect();
    let is = |known: &str| names.iter().any(|name| name.eq_ignore_ascii_case(known));
    // The logarithm of a ratio is a difference.
    let logarithm = is("log") || is("ln");
    !logarithm && (is("ratio") || names.iter().any(|name| matches!(*name, "OR" | "RR" | "HR" | "IRR")))
}

/// Whether it is known for certain which value means no effect: it is given, or the measure has a usual name.
pub(crate) fn is_no_effect_known(effect: Effect<'_>) -> bool {
    let is_known = |measure: &str| is_ratio(measure) || is_difference(measure);
    effect.no_effect().is_some() || effect.measure().is_some_and(|measure| is_known(&measure.value))
}

/// Whether a measure is a difference or a correlation, whose value for no effect is 0, by its usual names.
fn is_difference(measure: &str) -> bool {
    const WORDS: [&str; 14] = [
        "difference",
        "differences",
        "cohen",
        "cohens",
        "hedges",
        "glass",
        "smd",
        "md",
        "wmd",
        "rd",
        "log",
        "ln",
        "beta",
        "correlation",
    ];
    let mut names = measure.split(|letter: char| !letter.is_alphanumeric());
    names.any(|name| matches!(name, "g" | "d" | "r") || WORDS.iter().any(|word| name.eq_ignore_ascii_case(word)))
}

/// The directions that lie below and above no effect, where one of these sides favours IPT.
pub(crate) fn sides(favours_ipt: &str) -> [&'static str; 2] {
    if favours_ipt == "below" { [FAVOURS_IPT, FAVOURS_COMPARATOR] } else { [FAVOURS_COMPARATOR, FAVOURS_IPT] }
}

/// The direction of a number on the scale of an effect; none for no effect, and where nobody says which side favours
/// IPT.
pub(crate) fn direction(effect: Effect<'_>, number: f64) -> Option<&'static str> {
    let [below, above] = sides(effect.favours_ipt()?);
    match number.partial_cmp(&no_effect(effect))? {
        Ordering::Less => Some(below),
        Ordering::Equal => None,
        Ordering::Greater => Some(above),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_known_by_their_names() {
        for ratio in ["OR", "RR (95 %)", "odds ratio", "Hazard ratio", "HR", "RATIO of means"] {
            assert!(is_ratio(ratio), "{ratio}");
        }
        for difference in
            ["g", "d", "SMD", "ORAL score", "mean difference", "difference in duration", "log odds ratio", "ln(OR)"]
        {
            assert!(!is_ratio(difference), "{difference}");
        }
        for known in ["g", "Hedges' g", "Cohen's d", "SMD", "mean difference", "log odds ratio", "ln(OR)", "r"] {
            assert!(is_difference(known), "{known}");
        }
        for unknown in ["points", "ORAL score", "OR", "rate", "days"] {
            assert!(!is_difference(unknown), "{unknown}");
        }
    }
}
