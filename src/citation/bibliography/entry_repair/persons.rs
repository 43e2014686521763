//! Turns the persons of an entry into ones that hayagriva prints under their whole name.
//!
//! It does not know whether they wrote the work or edited it.

use hayagriva::types::Person;

use crate::citation::bibliography::entry_repair::tex::without_tex;
use crate::citation::bibliography::file_format::BibliographyFormat;
use crate::citation::marks::OTHERS;

/// Turns a last person called "others" into [`OTHERS`], and puts "van" back before "Oppen": hayagriva takes such a
/// word for a part that goes behind the given name ("Oppen, P. van") and that short citations leave out.
pub(super) fn tidy_persons(persons: &[Person], format: BibliographyFormat) -> Vec<Person> {
    let last = persons.len().saturating_sub(1);
    persons
        .iter()
        .enumerate()
        .map(|(ix, person)| {
            let mut person = person.clone();
            if ix > 0 && ix == last && is_others(&person) {
                return Person {
                    name: OTHERS.to_owned(),
                    given_name: None,
                    prefix: None,
                    suffix: None,
                    comma_suffix: false,
                    alias: None,
                };
            }
            if let Some(prefix) = person.prefix.take() {
                person.name = format!("{} {}", prefix.trim(), person.name);
            }
            if format == BibliographyFormat::BibLatex {
                person.name = without_tex(&person.name);
                person.given_name = person.given_name.as_deref().map(without_tex);
            }
            person
        })
        .collect()
}

fn is_others(person: &Person) -> bool {
    let words = [person.prefix.as_deref(), Some(person.name.as_str()), person.given_name.as_deref()];
    let name: Vec<&str> = words.into_iter().flatten().flat_map(str::split_whitespace).collect();
    let name = name.join(" ").to_lowercase();
    matches!(name.as_str(), "others" | "et al." | "et al" | "al. et" | "al et")
}
