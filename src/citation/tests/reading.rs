//! Reads bibliographies, good ones and broken ones.

use crate::citation::bibliography::bibtex::limits::{LONGEST_ABBREVIATION, LONGEST_CHAIN, MOST_NESTED_BRACES};
use crate::citation::tests::kit::{BIB, bibliography, cluster, shown, style};
use crate::citation::{BibliographyFormat, format, read};

#[test]
fn hayagrivas_yaml_is_read_like_bibtex() {
    let text = "\
others-note:
  type: Article
  title: IPT in Practice
  author: [\"van Oppen, Patricia\", \"others\"]
  date: 2021
  note: \"From memory: everything\"
  serial-number: { doi: \"doi:10.1000/y\" }
  parent: { type: Periodical, title: PLoS Medicine, volume: 3 }
";
    let (bibliography, mistakes) = read(text, BibliographyFormat::Hayagriva);
    assert_eq!(mistakes, []);
    let got = format(&bibliography, &style("apa"), "en", &[cluster("others-note, p. 3")]);
    assert_eq!(shown(&got.citations[0]), "(<others-note|van Oppen et al., 2021, p. 3>)");
    assert_eq!(
        got.references[0].html,
        "van Oppen, P., et al. (2021). IPT in Practice. <i>PLoS Medicine</i>, <i>3</i>. <a href=\"https://doi.org/10.1000/y\">https://doi.org/10.1000/y</a>"
    );
}

/// The messages with the text that each is about.
fn mistakes(text: &str, format: BibliographyFormat) -> (Vec<String>, Vec<(String, String)>) {
    let (bibliography, mistakes) = read(text, format);
    let keys = bibliography.keys().map(str::to_owned).collect();
    (keys, mistakes.into_iter().map(|mistake| (text[mistake.range].to_owned(), mistake.message)).collect())
}

#[test]
fn a_mistake_leaves_the_other_entries_readable() {
    let text = "@book{a, title = {A}, year = {2000}}\n\
        @book{b,\n  title = {B\n  year = 2001\n}\n\
        @book{c, title = {C} year = 2002}\n\
        @book{a, title = {D}}\n\
        @book{d, title = {D}, year = {in press}, publisher = PP, month = {0}}\n\
        @book{, title = {E}}\n\
        @book{f, title = {F}, crossref = {nowhere}, date = {soon}}\n\
        @book{g, title = {G}}\n";
    let (keys, found) = mistakes(text, BibliographyFormat::BibLatex);
    assert_eq!(keys, ["a", "d", "f", "g"]);
    let expected = [
        ("@book{b,", "not closed"),
        ("y", "a comma is missing"),
        ("a", "the first one is on line 1"),
        ("in press", "not a year"),
        ("PP", "`{PP}`"),
        ("0", "not a month"),
        ("book", "no key"),
        ("nowhere", "not in the bibliography"),
        ("soon", "not a date"),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((place, message), (expected_place, words)) in found.iter().zip(expected) {
        assert!(
            place.trim_matches(['{', '}']) == expected_place && message.contains(words),
            "{place}: {message}; wanted {expected_place}: {words}"
        );
    }
}

#[test]
fn a_mistake_in_yaml_leaves_the_other_entries_readable() {
    let text = "a:\n  type: Book\n  title: A\nb:\n  title: B\nc:\n  type: Book\n  date: [x\nd:\n  type: Boook\na:\n  type: Book\ne:\n  type: Book\n";
    let (keys, found) = mistakes(text, BibliographyFormat::Hayagriva);
    assert_eq!(keys, ["a", "e"]);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(found[0].0 == "b" && found[0].1.contains("type: article"), "{found:#?}");
    assert!(found[2].0 == "type: Boook" && found[2].1.starts_with("`Boook` is not a type of work"), "{found:#?}");
    assert!(found[3].0 == "a" && found[3].1.contains("the first one is on line 1"), "{found:#?}");
    assert_eq!(mistakes("# nothing yet\n", BibliographyFormat::Hayagriva), (vec![], vec![]));
    assert_eq!(mistakes("- a\n- b\n", BibliographyFormat::Hayagriva).1.len(), 1);
}

#[test]
fn chains_longer_than_any_real_one_are_mistakes() {
    // Each entry names the next, the last one none.
    let entries = |steps: usize| {
        let names = (0..steps).map(|at| format!("@book{{k{at}, title = {{T}}, crossref = {{k{}}}}}\n", at + 1));
        names.collect::<String>() + &format!("@book{{k{steps}, title = {{T}}}}\n")
    };
    assert_eq!(mistakes(&entries(LONGEST_CHAIN + 1), BibliographyFormat::BibLatex).1, []);
    let (keys, found) = mistakes(&entries(LONGEST_CHAIN + 2), BibliographyFormat::BibLatex);
    assert_eq!(keys.len(), LONGEST_CHAIN + 3);
    assert!(found.len() == 1 && found[0].1.contains("too many others"), "{found:#?}");

    let abbreviations = |steps: usize| {
        let names = (0..steps).map(|at| format!("@string{{s{at:02} = s{:02}}}\n", at + 1));
        names.collect::<String>() + &format!("@string{{s{steps:02} = {{T}}}}\n@book{{a, title = s00}}\n")
    };
    assert_eq!(mistakes(&abbreviations(LONGEST_CHAIN), BibliographyFormat::BibLatex).1, []);
    let (_, found) = mistakes(&abbreviations(LONGEST_CHAIN + 1), BibliographyFormat::BibLatex);
    assert!(found[0].1.contains("the abbreviation `s00` refers back to itself, or becomes too long"), "{found:#?}");
}

#[test]
fn abbreviations_that_grow_too_long_are_mistakes() {
    let text =
        |half: usize| format!("@string{{a = {{{}}}}}\n@string{{b = a # a}}\n@book{{x, title = b}}\n", "x".repeat(half));
    assert_eq!(mistakes(&text(LONGEST_ABBREVIATION / 2), BibliographyFormat::BibLatex).1, []);
    let (_, found) = mistakes(&text(LONGEST_ABBREVIATION / 2 + 1), BibliographyFormat::BibLatex);
    assert!(found[0].0 == "b" && found[0].1.contains("becomes too long"), "{found:#?}");
}

#[test]
fn more_nested_braces_than_can_be_read_are_a_mistake() {
    for (open, close) in [("{", "}"), (r"\emph{", "}")] {
        let text = |depth: usize| format!("@book{{a, title = {{{}x{}}}}}", open.repeat(depth), close.repeat(depth));
        assert_eq!(mistakes(&text(MOST_NESTED_BRACES), BibliographyFormat::BibLatex).1, []);
        let (keys, found) = mistakes(&text(MOST_NESTED_BRACES + 1), BibliographyFormat::BibLatex);
        assert_eq!(keys, ["a"], "the rest of the entry is read");
        assert!(found.len() == 1 && found[0].1.contains("too many braces"), "{found:#?}");
    }
}

#[test]
fn garbage_is_read_without_panic() {
    for end in (0..BIB.len()).step_by(5) {
        for text in [&BIB[..end], &BIB[end..]] {
            let (bibliography, mistakes) = read(text, BibliographyFormat::BibLatex);
            for mistake in mistakes {
                assert!(text.get(mistake.range).is_some());
            }
            assert!(bibliography.keys().count() <= 5);
            let _ = read(text, BibliographyFormat::Hayagriva);
        }
    }
    for text in [
        "@",
        "@{",
        "@article",
        "@article{",
        "\u{feff}@book{a,}",
        "@book{é, title={🙂}",
        "@book{a, year={²020}, month={June 999}, date={20245X}}",
    ] {
        let _ = read(text, BibliographyFormat::BibLatex);
    }
}

#[test]
fn keys_are_in_file_order() {
    let bibliography = bibliography(BIB);
    assert_eq!(
        bibliography.keys().collect::<Vec<_>>(),
        ["cuijpers2016", "elkin1989", "shear2005", "weissman2000b", "weissman2000a"]
    );
    assert!(bibliography.contains("shear2005") && !bibliography.contains("Shear2005"));
}
