//! Turns citations with other words around them, without authors and in sentences into HTML.

use crate::citation::tests::kit::{BIB, citations};

/// What each of these is in a style.
fn each(style: &str, written: &[&str]) -> Vec<String> {
    written.iter().map(|one| citations(BIB, style, "en", &[one]).concat()).collect()
}

#[test]
fn words_before_and_after_a_work_stay_with_it() {
    let written =
        ["see >elkin1989, p. 3", "cf. >elkin1989; see also >cuijpers2016, p. 5, my emphasis", "elkin1989, 3-9 (table)"];
    assert_eq!(
        each("apa", &written),
        [
            "(see <elkin1989|Elkin &amp; van Oppen, 1989, p. 3>)",
            "(cf. <elkin1989|Elkin &amp; van Oppen, 1989>; see also <cuijpers2016|Cuijpers et al., 2016, p. 5>, my emphasis)",
            "(<elkin1989|Elkin &amp; van Oppen, 1989, pp. 3–9> (table))",
        ]
    );
    assert_eq!(each("vancouver", &written[..1]), ["(see <elkin1989|1, p. 3>)"]);
    assert_eq!(each("ieee", &written[..1]), ["see [<elkin1989|1, p. 3>]"]);
    assert_eq!(each("nature", &written[..1]), ["<sup>see </sup><elkin1989|<sup>1, p. 3</sup>>"]);
}

#[test]
fn works_stand_without_their_authors() {
    let written = ["-elkin1989, p. 3", "-elkin1989; cuijpers2016"];
    assert_eq!(
        each("apa", &written),
        ["(<elkin1989|1989, p. 3>)", "(<cuijpers2016|Cuijpers et al., 2016>; <elkin1989|1989>)"]
    );
    assert_eq!(each("chicago-author-date", &written[..1]), ["(<elkin1989|1989, 3>)"]);
    assert_eq!(
        each("mla", &["-elkin1989, p. 3", "-elkin1989"]),
        ["(<elkin1989|3>)", "(<elkin1989|Elkin and van Oppen>)"]
    );
    assert_eq!(each("vancouver", &written[..1]), ["(<elkin1989|1, p. 3>)"]);
}

#[test]
fn authors_are_part_of_the_sentence() {
    let written =
        ["@elkin1989", "@elkin1989, p. 3", "@elkin1989, p. 3; see also >cuijpers2016", "@cuijpers2016", "@shear2005"];
    assert_eq!(
        each("apa", &written),
        [
            "Elkin and van Oppen (<elkin1989|1989>)",
            "Elkin and van Oppen (<elkin1989|1989, p. 3>)",
            "Elkin and van Oppen (<elkin1989|1989, p. 3>; see also <cuijpers2016|Cuijpers et al., 2016>)",
            "Cuijpers et al. (<cuijpers2016|2016>)",
            "Shear et al. (<shear2005|2005>)",
        ]
    );
    assert_eq!(each("chicago-author-date", &written[1..2]), ["Elkin and van Oppen (<elkin1989|1989, 3>)"]);
    assert_eq!(each("mla", &written[..2]), ["<elkin1989|Elkin and van Oppen>", "Elkin and van Oppen (<elkin1989|3>)"]);
    assert_eq!(
        each("vancouver", &written[..4]),
        [
            "Elkin and van Oppen (<elkin1989|1>)",
            "Elkin and van Oppen (<elkin1989|1, p. 3>)",
            "Elkin and van Oppen (<elkin1989|1, p. 3>, see also <cuijpers2016|2>)",
            "Cuijpers et al. (<cuijpers2016|1>)",
        ]
    );
    assert_eq!(each("ieee", &written[..1]), ["Elkin and van Oppen [<elkin1989|1>]"]);
    assert_eq!(each("nature", &written[..1]), ["Elkin and van Oppen<elkin1989|<sup>1</sup>>"]);
    assert_eq!(
        each("chicago-notes", &written[1..2]),
        [
            "Irene Elkin and Patricia van Oppen (<elkin1989|“General Effectiveness of Treatments,” <i>PLoS Medicine</i> 46 (1989): 3>)"
        ]
    );
}

#[test]
fn a_work_without_authors_has_its_title_in_the_sentence() {
    let bib = "@book{who, title = {A Guide}, year = 2016} @misc{none, author = {Klerman, G.}, title = {A}}";
    assert_eq!(
        citations(bib, "apa", "en", &["@who", "-who", "@none"]),
        ["<i>A Guide</i> (<who|2016>)", "(<who|2016>)", "Klerman (<none|n.d.>)"]
    );
    assert_eq!(citations(bib, "vancouver", "en", &["@who"]), ["“A Guide” (<who|1>)"]);
    assert_eq!(citations(bib, "chicago-notes", "en", &["@who"]), ["<i>A Guide</i> (<who|2016>)"]);
    assert_eq!(citations(BIB, "apa", "de", &["@elkin1989"]), ["Elkin und van Oppen (<elkin1989|1989>)"]);
}

#[test]
fn letters_and_given_names_stay_in_sentences() {
    assert_eq!(
        citations(BIB, "apa", "en", &["@weissman2000a", "-weissman2000b", "weissman2000a; weissman2000b"]),
        [
            "Weissman (<weissman2000a|2000a>)",
            "(<weissman2000b|2000b>)",
            "(<weissman2000a|Weissman, 2000a>; <weissman2000b|2000b>)"
        ]
    );
}

#[test]
fn several_pages_are_pages_whatever_stands_between_them() {
    let table = [
        ("pp. 5 and 7", "pp. 5 and 7"),
        ("5 and 7", "pp. 5 and 7"),
        ("pp. 5, 7 and 9-11", "pp. 5, 7 and 9–11"),
        ("pp. 5 & 7", "pp. 5 &amp; 7"),
        ("5 to 7", "pp. 5 to 7"),
        ("pp. 3 ff.", "pp. 3 ff."),
        ("p. 3, my emphasis", "p. 3>, my emphasis"),
        ("pp. 33-35, 38-39 and passim", "pp. 33–35, 38–39> and passim"),
        ("ch. 2, p. 5", "Chapter 2>, p. 5"),
        ("sec. 4.1", "Section 4.1"),
        ("{pp. 3-9}", "pp. 3–9"),
        ("{pp. 3-9}, my emphasis", "pp. 3–9>, my emphasis"),
    ];
    for (written, printed) in table {
        let got = citations(BIB, "apa", "en", &[&format!("elkin1989, {written}")]);
        let link = if printed.contains('>') { "" } else { ">" };
        assert_eq!(got, [format!("(<elkin1989|Elkin &amp; van Oppen, 1989, {printed}{link})")], "for {written}");
    }
    assert_eq!(
        citations(BIB, "apa", "de", &["elkin1989, S. 5 und 7"]),
        ["(<elkin1989|Elkin &amp; van Oppen, 1989, S. 5 und 7>)"]
    );
    assert_eq!(
        citations(BIB, "chicago-author-date", "en", &["elkin1989, pp. 5 and 7"]),
        ["(<elkin1989|Elkin and van Oppen 1989, 5 and 7>)"]
    );
}
