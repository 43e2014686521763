//! Finds the codes that people mean by what they type.

use crate::diag::code::Code;
use crate::diag::codes::ALL;
use crate::diag::nearest::nearest_few;

/// The codes that `typed` names: one, or all of a family. It may be as reports print it, such as
/// `error[link/unknown-target]`.
///
/// # Errors
/// The names of codes that are near.
pub(crate) fn codes_named(typed: &str) -> Result<Vec<&'static Code>, Vec<&'static str>> {
    let typed = typed.split_once('[').map_or(typed, |(_, rest)| rest.split(']').next().unwrap_or(rest)).trim();
    let mut codes: Vec<&Code> = ALL.iter().copied().filter(|code| code.name == typed).collect();
    if codes.is_empty() {
        let family = typed.trim_end_matches("/*").trim_end_matches('/');
        codes = ALL.iter().copied().filter(|code| code.family() == family).collect();
    }
    if !codes.is_empty() {
        return Ok(codes);
    }
    let names = ALL.iter().map(|code| code.name);
    let faults = ALL.iter().filter(|code| code.name.split('/').nth(1) == Some(typed)).map(|code| code.name);
    let mut near: Vec<&str> = faults.collect();
    near.extend(nearest_few(typed, names, 3));
    near.dedup();
    Err(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_they_are_printed() {
        let names = |typed| codes_named(typed).map(|codes| codes.iter().map(|code| code.name).collect::<Vec<_>>());
        assert_eq!(names("link/unknown-target"), Ok(vec!["link/unknown-target"]));
        assert_eq!(names("warning[html/unsafe]: HTML"), Ok(vec!["html/unsafe"]));
        assert_eq!(names("relation"), Ok(vec!["relation/wrong-kind"]));
        assert!(names("link/*").is_ok_and(|names| names.len() > 5));
        assert_eq!(names("link/unknwon-target"), Err(vec!["link/unknown-target"]));
        assert_eq!(names("unknown-heading"), Err(vec!["link/unknown-heading"]));
        assert_eq!(names("nonsense"), Err(vec![]));
    }
}
