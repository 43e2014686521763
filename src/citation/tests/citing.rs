//! Turns citations into HTML, as a reader of a manual sees them in the text.

use crate::citation::tests::kit::{BIB, bibliography, citations, formatted, shown, style};
use crate::citation::{Formatted, format};

#[test]
fn each_work_of_a_citation_is_a_part_of_its_own() {
    assert_eq!(
        citations(BIB, "apa", "en", &["elkin1989; cuijpers2016, p. 682", "elkin1989"]),
        [
            "(<cuijpers2016|Cuijpers et al., 2016, p. 682>; <elkin1989|Elkin &amp; van Oppen, 1989>)",
            "(<elkin1989|Elkin &amp; van Oppen, 1989>)"
        ]
    );
    assert_eq!(
        citations(BIB, "ieee", "en", &["elkin1989; cuijpers2016, p. 682"]),
        ["[<elkin1989|1>], [<cuijpers2016|2, p. 682>]"]
    );
}

#[test]
fn numbers_are_not_drawn_together_because_each_is_linked() {
    assert_eq!(
        citations(BIB, "vancouver", "en", &["elkin1989; cuijpers2016; shear2005"]),
        ["(<elkin1989|1>,<cuijpers2016|2>,<shear2005|3>)"]
    );
}

#[test]
fn locators_are_understood() {
    let table = [
        ("p. 682", "p. 682"),
        ("682", "p. 682"),
        ("pp. 3-9", "pp. 3–9"),
        ("3--9", "pp. 3–9"),
        ("3, 7", "pp. 3, 7"),
        ("xii", "p. xii"),
        ("pp. xii-xv", "pp. xii–xv"),
        ("ch. 2", "Chapter 2"),
        ("Chapters 2-3", "Chapters 2–3"),
        ("sec. 4.1", "Section 4.1"),
        ("Table 2", "Table 2"),
        ("slide A-3", "slide A-3"),
        ("see <b>", "see &lt;b&gt;"),
    ];
    for (written, printed) in table {
        let got = citations(BIB, "apa", "en", &[&format!("elkin1989, {written}")]);
        assert_eq!(got, [format!("(<elkin1989|Elkin &amp; van Oppen, 1989, {printed}>)")], "for {written}");
    }
}

#[test]
fn locators_are_understood_in_the_language_of_the_manual() {
    let got = citations(BIB, "apa", "de", &["elkin1989, S. 12", "elkin1989, p. 12", "elkin1989, Kap. 2"]);
    assert_eq!(
        got,
        ["S. 12", "S. 12", "Kapitel 2"].map(|place| format!("(<elkin1989|Elkin &amp; van Oppen, 1989, {place}>)"))
    );
}

#[test]
fn a_style_without_locators_prints_them_all_the_same() {
    assert_eq!(citations(BIB, "vancouver", "en", &["elkin1989, p. 3"]), ["(<elkin1989|1, p. 3>)"]);
    assert_eq!(citations(BIB, "nature", "en", &["elkin1989, pp. 3-4"]), ["<elkin1989|<sup>1, pp. 3–4</sup>>"]);
}

#[test]
fn a_citation_does_not_depend_on_those_before_it() {
    for name in
        ["chicago-notes", "mhra-notes", "deutsche-sprache", "american-sociological-association", "chicago-author-date"]
    {
        let alone = citations(BIB, name, "en", &["cuijpers2016, p. 3"]);
        let repeated = citations(BIB, name, "en", &["cuijpers2016", "cuijpers2016, p. 2", "cuijpers2016, p. 3"]);
        assert_eq!(repeated[2], alone[0], "in {name}");
    }
}

#[test]
fn notes_come_in_brackets_and_without_a_full_stop() {
    let got = formatted(BIB, "chicago-notes", "en", &["elkin1989, p. 3"]);
    assert!(got.notes);
    assert_eq!(
        shown(&got.citations[0]),
        "(<elkin1989|Irene Elkin and Patricia van Oppen, “General Effectiveness of Treatments,” <i>PLoS Medicine</i> 46 (1989): 3>)"
    );
    assert!(!formatted(BIB, "apa", "en", &["elkin1989"]).notes);
}

#[test]
fn unknown_keys_and_empty_citations_do_no_harm() {
    let got = formatted(BIB, "apa", "en", &["elkin1989; nowhere", "nowhere"]);
    assert_eq!(
        got.citations.iter().map(|citation| shown(citation)).collect::<Vec<_>>(),
        ["(<elkin1989|Elkin &amp; van Oppen, 1989>)", ""]
    );
    assert_eq!(
        format(&bibliography(BIB), &style("apa"), "en", &[]),
        Formatted { citations: vec![], notes: false, references: vec![] }
    );
}

#[test]
fn languages_fall_back() {
    let and = |language: &str| citations(BIB, "harvard-cite-them-right", language, &["elkin1989"]).concat();
    assert_eq!(and("de"), "(<elkin1989|Elkin und van Oppen, 1989>)");
    assert_eq!(and("de-CH"), and("de"));
    assert_eq!(and("pt-BR"), "(<elkin1989|Elkin e van Oppen, 1989>)");
    assert_eq!(and("zh-Hant-TW"), and("zh-TW"));
    for language in ["en", "en-US", "tlh", "", "x", "🙂"] {
        assert_eq!(and(language), "(<elkin1989|Elkin and van Oppen, 1989>)", "for {language}");
    }
}

#[test]
fn the_same_input_gives_the_same_output() {
    let clusters = ["weissman2000b; elkin1989", "cuijpers2016, p. 3", "weissman2000a", "shear2005; cuijpers2016"];
    for style in ["apa", "mla", "vancouver"] {
        let first = formatted(BIB, style, "en", &clusters);
        for _ in 0..5 {
            assert_eq!(formatted(BIB, style, "en", &clusters), first);
        }
    }
}
