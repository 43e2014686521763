//! Turns works that look alike into citations that do not.

use crate::citation::tests::kit::{BIB, citations, formatted, references, shown};

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
