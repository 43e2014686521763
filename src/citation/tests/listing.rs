//! Turns cited works into the lines of a reference list.

use crate::citation::tests::kit::{BIB, bibliography, citations, cluster, formatted, references, shown};
use crate::citation::{format, style_by_name};

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
