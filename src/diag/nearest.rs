//! Finds the names that somebody probably meant, for "did you mean …?".
//!
//! It knows nothing about reports or manuals.

/// The name among `candidates` that was probably meant by `typed`, if one is near.
///
/// Near means: equal except for case and hyphens, or with at most a third of the letters (at least one) changed, or one
/// name is a clear beginning of the other.
pub(crate) fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_few(typed, candidates, 1).into_iter().next()
}

/// Up to `most` names among `candidates` near to `typed`, the nearest first.
pub(crate) fn nearest_few<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>, most: usize) -> Vec<&'a str> {
    let typed = TypedName::new(typed);
    typed.few(candidates.into_iter().map(|name| (name, letters(name))), most)
}

/// Names with which many others are compared, such as thousands of broken links with thousands of ids.
#[derive(Debug, Default)]
pub(crate) struct NameList {
    names: Vec<(String, u64)>,
}

impl NameList {
    /// Takes names.
    pub(crate) fn new(names: impl IntoIterator<Item = String>) -> Self {
        let names = names.into_iter().map(|name| {
            let letters = letters(&name);
            (name, letters)
        });
        Self { names: names.collect() }
    }

    /// Up to `most` paths of files of a name.
    pub(crate) fn ending(&self, name: &str, most: usize) -> Vec<&str> {
        let is_of_name =
            |path: &&str| path.strip_suffix(name).is_some_and(|folder| folder.is_empty() || folder.ends_with('/'));
        self.names.iter().map(|(path, _)| path.as_str()).filter(is_of_name).take(most).collect()
    }

    /// Up to `most` of the names that are near to `typed`, the nearest first, of those whose place `fits`.
    pub(crate) fn nearest_few(&self, typed: &str, fits: impl Fn(usize) -> bool, most: usize) -> Vec<&str> {
        let fitting = self.names.iter().enumerate().filter(|(at, _)| fits(*at));
        TypedName::new(typed).few(fitting.map(|(_, (name, letters))| (name.as_str(), *letters)), most)
    }
}

/// What is compared of a name.
fn folded(name: &str) -> impl Iterator<Item = char> {
    let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    letters.flat_map(char::to_lowercase).take(80)
}

/// Which letters a name has, a bit for each: most names have too many other letters to be near, and so need not be
/// compared letter by letter.
fn letters(name: &str) -> u64 {
    folded(name).fold(0, |set, letter| set | 1 << (u32::from(letter) % 64))
}

/// A name as it was typed.
struct TypedName {
    folded: String,
    length: usize,
    letters: u64,
    /// How many letters may differ.
    allowed: usize,
}

impl TypedName {
    fn new(typed: &str) -> Self {
        let folded: String = folded(typed).collect();
        let length = folded.chars().count();
        Self { length, letters: letters(typed), allowed: (length / 3).max(1), folded }
    }

    /// How far a name is, if it is near.
    fn distance(&self, name: &str, letters: u64) -> Option<usize> {
        let (more, less) = ((letters & !self.letters).count_ones(), (self.letters & !letters).count_ones());
        // Each change takes one letter away at most, and adds one; or the one begins with the other.
        if more != 0 && less != 0 && (more + less) as usize > 2 * self.allowed {
            return None;
        }
        let name: String = folded(name).collect();
        let length = name.chars().count();
        if length.abs_diff(self.length) > self.allowed {
            let begins = self.length >= 4 && (name.starts_with(&self.folded) || self.folded.starts_with(&name));
            return (begins && length >= 3).then_some(self.allowed + 1);
        }
        let distance = strsim::osa_distance(&self.folded, &name);
        (distance <= self.allowed && distance < self.length.max(1)).then_some(distance)
    }

    fn few<'a>(&self, names: impl Iterator<Item = (&'a str, u64)>, most: usize) -> Vec<&'a str> {
        let mut near: Vec<(usize, &str)> =
            names.filter_map(|(name, letters)| Some((self.distance(name, letters)?, name))).collect();
        near.sort_unstable();
        near.dedup();
        // What is much farther than the nearest was not meant.
        let nearest = near.first().map_or(0, |(distance, _)| *distance);
        near.retain(|(distance, _)| *distance <= nearest + 1);
        near.into_iter().take(most).map(|(_, name)| name).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_finds_what_was_meant_and_nothing_far() {
        let fields = ["techniques", "title", "summary", "problem-areas"];
        assert_eq!(nearest("technques", fields), Some("techniques"));
        assert_eq!(nearest("problem_areas", fields), Some("problem-areas"));
        assert_eq!(nearest("Title", fields), Some("title"));
        assert_eq!(nearest("agenda", fields), None);
        assert_eq!(nearest("xy", fields), None);
    }
}
