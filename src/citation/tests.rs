//! What an author and a reader of a manual can rely on, across the files of this module.

use super::*;

const BIB: &str = r#"
@article{cuijpers2016,
  author = {Cuijpers, Pim and Donker, Tara and Weissman, Myrna M.},
  title = {Interpersonal Psychotherapy for Mental Health Problems},
  journal = {American Journal of Psychiatry},
  year = 2016, volume = 173, number = 7, pages = {680--687},
  doi = {https://doi.org/10.1176/appi.ajp.2015.15091141},
  note = {From memory: issue number}
}
@article{elkin1989,
  author = {Elkin, Irene and {van Oppen}, Patricia},
  title = {General Effectiveness of Treatments},
  journal = {PLoS Medicine}, year = 1989, volume = 46, pages = {971--982}
}
@book{shear2005,
  author = {Shear, Katherine and Frank, Ellen and others},
  title = {Treating Grief}, publisher = {Basic Books}, address = {New York}, year = 2005
}
@book{weissman2000b, author = {Weissman, Myrna}, title = {Second Guide}, publisher = {Basic Books}, year = 2000 }
@book{weissman2000a, author = {Weissman, Myrna}, title = {First Guide}, publisher = {Basic Books}, year = 2000 }
"#;

fn bibliography(text: &str) -> Bibliography {
    let (bibliography, mistakes) = read(text, BibliographyFormat::BibLatex);
    assert_eq!(mistakes, [], "in {text}");
    bibliography
}

fn style(name: &str) -> Style {
    style_by_name(name).unwrap_or_else(|unknown| panic!("{unknown:?}"))
}

/// Reads `a; b, p. 3` as a cluster.
fn cluster(written: &str) -> Cluster {
    let works = written.split("; ").map(|work| match work.split_once(", ") {
        Some((key, locator)) => CitedWork { key: key.to_owned(), locator: Some(locator.to_owned()) },
        None => CitedWork { key: work.to_owned(), locator: None },
    });
    works.collect()
}

fn formatted(bib: &str, style_name: &str, language: &str, clusters: &[&str]) -> Formatted {
    let clusters: Vec<Cluster> = clusters.iter().copied().map(cluster).collect();
    format(&bibliography(bib), &style(style_name), language, &clusters)
}

/// All parts of a citation in a row, those with a key as `<key|text>`.
fn shown(citation: &[FormattedPart]) -> String {
    let part = |part: &FormattedPart| match &part.key {
        Some(key) => format!("<{key}|{}>", part.html),
        None => part.html.clone(),
    };
    citation.iter().map(part).collect()
}

fn citations(bib: &str, style: &str, language: &str, clusters: &[&str]) -> Vec<String> {
    formatted(bib, style, language, clusters).citations.iter().map(|citation| shown(citation)).collect()
}

fn references(bib: &str, style: &str, keys: &str) -> Vec<String> {
    formatted(bib, style, "en", &[keys]).references.into_iter().map(|reference| reference.html).collect()
}

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
fn others_is_et_al_after_two_given_authors() {
    let table = [
        ("apa", "Shear, K., Frank, E., et al. (2005). <i>Treating Grief</i>. Basic Books."),
        ("vancouver", "Shear K, Frank E, et al. Treating Grief. New York: Basic Books; 2005."),
        ("ieee", "K. Shear, E. Frank, <i>et al.</i>, <i>Treating Grief</i>. New York: Basic Books, 2005."),
        (
            "harvard-cite-them-right",
            "Shear, K., Frank, E. <i>et al.</i> (2005) <i>Treating Grief</i>. New York: Basic Books.",
        ),
        ("chicago-author-date", "Shear, Katherine, Ellen Frank, et al. 2005. <i>Treating Grief</i>. Basic Books."),
    ];
    for (style, printed) in table {
        assert_eq!(references(BIB, style, "shear2005"), [printed], "in {style}");
    }
    assert_eq!(citations(BIB, "apa", "en", &["shear2005"]), ["(<shear2005|Shear et al., 2005>)"]);
}

#[test]
fn others_is_et_al_after_one_given_author_and_in_citations() {
    let bib = "@book{a, author = {Shear, Katherine and others}, title = {Grief}, year = 2005}";
    assert_eq!(citations(bib, "apa", "en", &["a"]), ["(<a|Shear et al., 2005>)"]);
    assert_eq!(citations(bib, "mhra-notes", "en", &["a"]), ["(<a|Katherine Shear and others, <i>Grief</i> (2005)>)"]);
    assert_eq!(references(bib, "harvard-cite-them-right", "a"), ["Shear, K. <i>et al.</i> (2005) <i>Grief</i>."]);
}

#[test]
fn works_that_look_alike_get_letters_in_the_order_of_the_list() {
    let got = formatted(
        BIB,
        "apa",
        "en",
        &["weissman2000b, p. 3", "weissman2000b; weissman2000a", "weissman2000a", "weissman2000a, p. 9"],
    );
    let shown: Vec<String> = got.citations.iter().map(|citation| shown(citation)).collect();
    assert_eq!(
        shown,
        [
            "(<weissman2000b|Weissman, 2000b, p. 3>)",
            "(<weissman2000a|Weissman, 2000a>; <weissman2000b|2000b>)",
            "(<weissman2000a|Weissman, 2000a>)",
            "(<weissman2000a|Weissman, 2000a, p. 9>)",
        ]
    );
    let list: Vec<&str> = got.references.iter().map(|reference| reference.html.as_str()).collect();
    assert_eq!(
        list,
        [
            "Weissman, M. (2000a). <i>First Guide</i>. Basic Books.",
            "Weissman, M. (2000b). <i>Second Guide</i>. Basic Books."
        ]
    );
}

/// hayagriva gives letters to no more than three groups of works.
#[test]
fn any_number_of_works_that_look_alike_get_letters() {
    let mut bib = String::new();
    let mut keys = Vec::new();
    for group in 0..8 {
        for work in ["x", "y"] {
            let name = ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel"][group];
            bib += &format!("@book{{{name}{work}, author = {{{name}, Ann}}, title = {{Title {work}}}, year = 2001}}\n");
            keys.push(format!("{name}{work}"));
        }
    }
    let got = citations(&bib, "chicago-author-date", "en", &[&keys.join("; ")]);
    for name in ["Ash", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel"] {
        assert!(got[0].contains(&format!("<{name}x|{name} 2001a>; <{name}y|2001b>")), "{name} in {}", got[0]);
    }
}

#[test]
fn more_names_tell_works_apart_although_one_is_cited_twice() {
    let bib = "@book{a, author = {Frank, Ellen and Kupfer, David and Perel, James}, title = {A}, year = 1990}
        @book{b, author = {Frank, Ellen and Swartz, Holly and Perel, James}, title = {B}, year = 1990}
        @book{c, author = {Smith, Ann}, title = {C}, year = 1990}
        @book{d, author = {Smith, Bob}, title = {D}, year = 1990}";
    assert_eq!(
        citations(bib, "apa", "en", &["a", "a, p. 3", "b", "c", "c, p. 2", "d"]),
        [
            "(<a|Frank, Kupfer, et al., 1990>)",
            "(<a|Frank, Kupfer, et al., 1990, p. 3>)",
            "(<b|Frank, Swartz, et al., 1990>)",
            "(<c|A. Smith, 1990>)",
            "(<c|A. Smith, 1990, p. 2>)",
            "(<d|B. Smith, 1990>)",
        ]
    );
}

/// Lists of authors that begin alike, in any number, are formatted in every style, whatever each style does to tell
/// them apart. The lists are drawn, not stored, and always the same ones.
#[test]
fn authors_whose_lists_begin_alike_are_formatted() {
    const STYLES: [&str; 6] = [
        "apa",
        "chicago-author-date",
        "harvard-cite-them-right",
        "mla",
        "vancouver",
        "american-sociological-association",
    ];
    let mut drawn = 1_u32;
    let mut draw = |below: usize| {
        drawn = drawn.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (drawn >> 16) as usize % below
    };
    for round in 0..24 {
        let mut lists: Vec<Vec<&str>> = vec![Vec::new()];
        let mut bib = String::new();
        for number in 0..8 {
            // The beginning of a list that was drawn before, and some names more.
            let mut list = lists[draw(lists.len())].clone();
            list.truncate(1 + draw(6));
            let more = (0..1 + draw(3)).map(|_| ["Alder, Ann", "Alder, Amy", "Alder, Ben", "Birch, Ann"][draw(4)]);
            list.extend(more);
            let role = ["author", "author", "author", "editor"][draw(4)];
            let translators = ["", "", "translator = {Birch, Ann and Alder, Ben},"][draw(3)];
            let (names, year) = (list.join(" and "), 1990 + draw(2));
            bib += &format!(
                "@book{{w{number}, {role} = {{{names}}}, {translators} title = {{T{number}}}, year = {year}}}\n"
            );
            lists.push(list);
        }
        let keys: Vec<String> = (0..8).map(|number| format!("w{number}")).collect();
        let together = keys.join("; ");
        let clusters: Vec<&str> = keys.iter().map(String::as_str).chain([together.as_str()]).collect();
        let style = STYLES[round % STYLES.len()];
        let made = formatted(&bib, style, "en", &clusters);
        assert_eq!(made.references.len(), keys.len(), "{style}:\n{bib}");
        assert!(made.citations.iter().all(|citation| !citation.is_empty()), "{style}:\n{bib}");
    }
}

/// Not right yet: a style that adds given names would print "A. Smith", too. hayagriva adds them only under a rule that
/// it cannot apply to a work whose authors begin another list (see `name_lists`).
#[test]
fn a_work_whose_authors_begin_another_list_gets_no_given_name() {
    let bib = "@book{a, author = {Smith, Ann}, title = {A}, year = 1990}
        @book{b, author = {Smith, Bob}, title = {B}, year = 1990}
        @book{c, author = {Smith, Ann and Frank, Ellen and Kupfer, David}, title = {C}, year = 1991}";
    assert_eq!(
        citations(bib, "apa", "en", &["a", "b", "c"]),
        ["(<a|Smith, 1990>)", "(<b|B. Smith, 1990>)", "(<c|Smith et al., 1991>)"]
    );
}

#[test]
fn undated_works_get_letters_too() {
    let bib = "@misc{a, author = {Klerman, G.}, title = {A}} @misc{b, author = {Klerman, G.}, title = {B}}";
    assert_eq!(citations(bib, "apa", "en", &["a; b"]), ["(<a|Klerman, n.d.-a>; <b|Klerman, n.d.-b>)"]);
    assert_eq!(references(bib, "apa", "a; b"), ["Klerman, G. (n.d.-a). <i>A</i>.", "Klerman, G. (n.d.-b). <i>B</i>."]);
}

#[test]
fn a_style_that_adds_titles_adds_them_to_all_works_that_look_alike() {
    assert_eq!(
        citations(BIB, "mla", "en", &["weissman2000a, p. 3", "weissman2000b", "elkin1989"]),
        [
            "(<weissman2000a|Weissman, <i>First Guide</i> 3>)",
            "(<weissman2000b|Weissman, <i>Second Guide</i>>)",
            "(<elkin1989|Elkin and van Oppen>)",
        ]
    );
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
fn the_list_holds_cited_works_only_in_the_order_of_the_style() {
    let keys = |style: &str| -> Vec<String> {
        formatted(BIB, style, "en", &["shear2005", "elkin1989; cuijpers2016"])
            .references
            .into_iter()
            .map(|reference| reference.key)
            .collect()
    };
    assert_eq!(keys("apa"), ["cuijpers2016", "elkin1989", "shear2005"]);
    assert_eq!(keys("vancouver"), ["shear2005", "elkin1989", "cuijpers2016"]);
}

#[test]
fn labels_stand_apart_from_the_text() {
    let label = |style: &str| formatted(BIB, style, "en", &["elkin1989"]).references[0].label.clone();
    assert_eq!(label("ieee").as_deref(), Some("[1]"));
    assert_eq!(label("vancouver").as_deref(), Some("1."));
    assert_eq!(label("springer-vancouver").as_deref(), Some("1."));
    assert_eq!(label("american-institute-of-physics").as_deref(), Some("<sup>1</sup>"));
    assert_eq!(label("apa"), None);
}

#[test]
fn a_doi_is_a_link_however_it_was_written() {
    for doi in ["10.1000/x", "https://doi.org/10.1000/x", "http://dx.doi.org/10.1000/x", "doi:10.1000/x"] {
        let bib =
            format!("@article{{a, author = {{A, B.}}, title = {{T}}, journal = {{J}}, year = 2000, doi = {{{doi}}}}}");
        assert_eq!(
            references(&bib, "apa", "a"),
            ["A, B. (2000). T. <i>J</i>. <a href=\"https://doi.org/10.1000/x\">https://doi.org/10.1000/x</a>"],
            "for {doi}"
        );
    }
}

#[test]
fn markup_in_the_bibliography_is_escaped() {
    let bib = r#"@article{a, author = {O'Hara, <M>}, title = {"Me" <script>alert(1)</script> {\&} 'You'}, journal = {J & K}, year = 2000, doi = {10.1002/(SICI)1<2::AID"3>3.0.CO;2-#}}"#;
    assert_eq!(
        references(bib, "apa", "a"),
        [
            "O&#39;Hara, &lt;M. (2000). &quot;Me&quot; &lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;You&#39;. <i>J &amp; K</i>. \
          <a href=\"https://doi.org/10.1002/(SICI)1%3C2::AID%223%3E3.0.CO;2-%23\">https://doi.org/10.1002/(SICI)1&lt;2::AID&quot;3&gt;3.0.CO;2-#</a>"
        ]
    );
}

#[test]
fn only_web_addresses_become_links() {
    let url = |url: &str| {
        references(&format!("@misc{{a, author = {{A, B.}}, title = {{T}}, year = 2000, url = {{{url}}}}}"), "apa", "a")
            .concat()
    };
    assert!(
        url("https://example.org/a?b=1&c=2")
            .ends_with("<a href=\"https://example.org/a?b=1&amp;c=2\">https://example.org/a?b=1&amp;c=2</a>")
    );
    assert!(!url("javascript:alert(1)").contains("<a"));
    assert!(!url("data:text/html,x").contains("<a"));
}

#[test]
fn no_style_writes_style_attributes_or_a_private_note() {
    for archived in hayagriva::archive::ArchivedStyle::all() {
        let Ok(style) = style_by_name(archived.names()[0]) else {
            continue;
        };
        let clusters = [
            cluster("elkin1989; cuijpers2016, p. 3"),
            cluster("shear2005"),
            cluster("weissman2000a"),
            cluster("weissman2000b"),
        ];
        let got = format(&bibliography(BIB), &style, "en", &clusters);
        let html: String = got
            .references
            .iter()
            .map(|reference| reference.html.clone())
            .chain(got.citations.iter().map(|citation| shown(citation)))
            .collect();
        for unwanted in [
            "style=",
            "From memory",
            "  ",
            "..",
            " ,",
            ",,",
            "\u{F8FC}",
            "\u{F8FD}",
            "\u{F8FE}",
            "\u{2060}",
            "Oppen, P. van",
        ] {
            assert!(!html.contains(unwanted), "`{unwanted}` in {:?}: {html}", archived.names());
        }
        assert_eq!(got.references.len(), 5, "in {:?}", archived.names());
        for (citation, works) in got.citations.iter().zip(&clusters) {
            assert_eq!(
                citation.iter().filter(|part| part.key.is_some()).count(),
                works.len(),
                "in {:?}",
                archived.names()
            );
        }
    }
}

#[test]
fn a_year_without_a_month_is_followed_by_no_comma() {
    let bib = "@online{uk, author = {{IPT UK}}, title = {Stages}, year = {2015}}";
    let list = references(bib, "american-psychological-association", "uk");
    assert!(list[0].contains("(2015)"), "{list:?}");
}

#[test]
fn particles_stay_before_the_name() {
    for name in ["{van Oppen}, Patricia", "van Oppen, Patricia", "Patricia van Oppen"] {
        let bib = format!("@book{{a, author = {{{name}}}, title = {{T}}, year = 2000}}");
        assert_eq!(references(&bib, "apa", "a"), ["van Oppen, P. (2000). <i>T</i>."]);
        assert_eq!(citations(&bib, "apa", "en", &["a"]), ["(<a|van Oppen, 2000>)"]);
    }
}

#[test]
fn acronyms_and_names_of_journals_keep_their_case() {
    let bib = r"@article{a, author = {A, B.}, title = {use of {mhGAP} intervention and CBT-E for PTSD, $\beta$-blockers, and \emph{rest}}, journal = {PLoS Medicine}, year = 2000, volume = 1}";
    assert_eq!(
        references(bib, "chicago-author-date", "a"),
        ["A, B. 2000. “Use of mhGAP Intervention and CBT-E for PTSD, β-Blockers, and Rest.” <i>PLoS Medicine</i> 1."]
    );
}

#[test]
fn titles_that_end_in_a_mark_get_no_second_one() {
    let bib = "@book{a, author = {A, B.}, title = {Is it true?}, year = 2000} @book{b, author = {A, B.}, title = {Wait...}, year = 2001}";
    assert_eq!(references(bib, "apa", "a; b"), ["A, B. (2000). <i>Is it true?</i>", "A, B. (2001). <i>Wait...</i>"]);
}

#[test]
fn the_institution_of_a_report_is_its_publisher() {
    let bib = "@techreport{a, author = {Smith, Ann}, title = {Guide}, institution = {World Health Organization}, year = 2016}
        @manual{b, author = {{World Health Organization}}, title = {Field Manual}, organization = {World Health Organization}, year = 2017}";
    assert_eq!(
        references(bib, "apa", "a; b"),
        [
            "Smith, A. (2016). <i>Guide</i> [Technical report]. World Health Organization.",
            "World Health Organization. (2017). <i>Field Manual</i>."
        ]
    );
}

#[test]
fn an_unknown_style_is_answered_with_names_like_it() {
    let nearest =
        |name: &str| style_by_name(name).map_err(|unknown| unknown.nearest).expect_err("no style has this name");
    assert_eq!(nearest("american-psycological-asociation")[0], "american-psychological-association");
    assert_eq!(nearest("vancuver")[0], "vancouver");
    assert!(nearest("chicago").iter().all(|name| name.starts_with("chicago")));
    assert!(nearest("chicago").len() <= 3);
    assert!(nearest("").is_empty() && nearest("zzzz").is_empty());
    let unknown = style_by_name("harvrd").expect_err("no style has this name");
    assert_eq!(unknown.message, "there is no citation style `harvrd`");
}

#[test]
fn styles_are_found_by_all_their_names() {
    let apa = style("american-psychological-association");
    assert_eq!(style("apa"), apa);
    assert_eq!(style(" APA "), apa);
    assert_eq!(style("ieee"), style("institute-of-electrical-and-electronics-engineers"));
    assert_eq!(style("mhra-notes"), style("modern-humanities-research-association-notes"));
}

#[test]
fn a_style_without_a_reference_list_is_refused() {
    let unknown = style_by_name("alphanumeric").expect_err("the style has no list");
    assert!(unknown.message.contains("no reference list"));
}

/// A style with the given layouts and macros.
fn csl(macros: &str, citation: &str, list: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Test</title><id>http://example.org/test</id><updated>2020-01-01T00:00:00+00:00</updated></info>
  {macros}
  <citation><layout prefix="(" suffix=")" delimiter="; ">{citation}</layout></citation>
  <bibliography><layout suffix=".">{list}</layout></bibliography>
</style>"#
    )
}

#[test]
fn a_style_can_be_given_as_csl() {
    let text = csl(
        r#"<macro name="who"><names variable="author"><name form="short" et-al-min="3" et-al-use-first="2" et-al-subsequent-min="2" et-al-subsequent-use-first="1"/></names></macro>"#,
        r#"<text macro="who"/><choose><if position="ibid"><text value="IBID"/></if><else-if position="first"><text value=" first"/></else-if></choose>"#,
        r#"<text variable="title" font-weight="bold" font-variant="small-caps" text-decoration="underline"/>"#,
    );
    let style = style_from_csl(&text).unwrap_or_else(|error| panic!("{error}"));
    let got = format(&bibliography(BIB), &style, "en", &[cluster("elkin1989"), cluster("elkin1989, p. 2")]);
    assert_eq!(
        got.citations.iter().map(|citation| shown(citation)).collect::<Vec<_>>(),
        ["(<elkin1989|Elkin, van Oppen first>)", "(<elkin1989|Elkin, van Oppen first, p. 2>)"]
    );
    assert_eq!(
        got.references[0].html,
        "<b><span class=\"ipt-small-caps\"><span class=\"ipt-underline\">General Effectiveness of Treatments</span></span></b>."
    );
}

#[test]
fn a_dependent_style_is_an_error_that_names_its_parent() {
    let text = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="en-US">
  <info><title>Some Journal</title><id>http://www.zotero.org/styles/some</id>
  <link href="http://www.zotero.org/styles/apa" rel="independent-parent"/><updated>2020-01-01T00:00:00+00:00</updated></info>
</style>"#;
    let error = style_from_csl(text).expect_err("the style is dependent");
    assert!(error.contains("dependent") && error.contains("american-psychological-association"), "{error}");
}

#[test]
fn text_that_is_no_style_is_an_error() {
    for text in ["", "no xml", "<style/>", "<html></html>", "<style><citation>", &"<group>".repeat(50_000)] {
        assert!(style_from_csl(text).is_err());
    }
    let circle = csl(
        r#"<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="a"/></macro>"#,
        r#"<text macro="a"/>"#,
        r#"<text variable="title"/>"#,
    );
    assert_eq!(style_from_csl(&circle), Err("the macro `a` of the citation style calls itself".to_owned()));
    let whole = csl("", r#"<text variable="title"/>"#, r#"<text variable="title"/>"#);
    for end in (0..whole.len()).step_by(7) {
        let _ = style_from_csl(&whole[..end]);
    }
}

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
        ("a", "line 1 has it first"),
        ("in press", "no year"),
        ("PP", "`{PP}`"),
        ("0", "no month"),
        ("book", "no key"),
        ("nowhere", "not in the bibliography"),
        ("soon", "no date"),
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
fn circles_are_mistakes() {
    let text = "@string{a = b} @string{b = a # a}\n@book{x, title = a, crossref = {y}}\n@book{y, title = {Y}, crossref = {x}}\n@book{z, crossref = {z}, title = {Z}}";
    let (keys, found) = mistakes(text, BibliographyFormat::BibLatex);
    assert_eq!(keys, ["x", "y", "z"]);
    assert_eq!(found.iter().filter(|(_, message)| message.contains("leads back")).count(), 5, "{found:#?}");
}

#[test]
fn a_mistake_in_yaml_leaves_the_other_entries_readable() {
    let text = "a:\n  type: Book\n  title: A\nb:\n  title: B\nc:\n  type: Book\n  date: [x\nd:\n  type: Boook\na:\n  type: Book\ne:\n  type: Book\n";
    let (keys, found) = mistakes(text, BibliographyFormat::Hayagriva);
    assert_eq!(keys, ["a", "e"]);
    assert_eq!(found.len(), 4, "{found:#?}");
    assert!(found[0].0 == "b" && found[0].1.contains("type: article"), "{found:#?}");
    assert!(found[2].0 == "type: Boook" && found[2].1.starts_with("`Boook` is no kind of work"), "{found:#?}");
    assert!(found[3].0 == "a" && found[3].1.contains("line 1 has it first"), "{found:#?}");
    assert_eq!(mistakes("# nothing yet\n", BibliographyFormat::Hayagriva), (vec![], vec![]));
    assert_eq!(mistakes("- a\n- b\n", BibliographyFormat::Hayagriva).1.len(), 1);
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
    let deep = format!("@book{{a, title = {}}}", "{".repeat(20_000) + &"}".repeat(20_000));
    let commands = format!("@book{{a, title = {{{}x{}}}}}", r"\emph{".repeat(20_000), "}".repeat(20_000));
    for text in [
        "@",
        "@{",
        "@article",
        "@article{",
        "\u{feff}@book{a,}",
        "@book{é, title={🙂}",
        "@book{a, year={²020}, month={June 999}, date={20245X}}",
        &deep,
        &commands,
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
