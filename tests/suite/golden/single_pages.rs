//! Tests what single pages show.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use super::{attributes, json, main_part, pages, resolved, site, text};
use crate::support::{TestManual, Tree};

fn main_of(site: &Tree, path: &str) -> String {
    main_part(text(site, path)).expect("a main part").to_owned()
}

#[test]
fn a_relation_shows_on_both_sides() {
    let site = site();
    let leads = |from: &str, to: &str| {
        let page = main_of(&site, &format!("{from}.html"));
        attributes(&page, "href").any(|address| resolved(from, &address) == format!("{to}.html"))
    };
    for page in ["stages/middle", "principles/focus", "cases/anna", "evidence/depression", "pages/risk"] {
        assert!(leads(page, "techniques/role-play"), "{page} names the technique");
        assert!(leads("techniques/role-play", page), "the technique shows {page}");
    }
    assert!(
        leads("techniques/role-play", "techniques/timeline") && leads("techniques/timeline", "techniques/role-play")
    );
}

#[test]
fn the_setting_of_a_session_summary_marks_what_it_adapts() {
    let page = main_of(&site(), "settings/prison.html");
    let page = page.split("id=\"session-summary\"").nth(1).expect("the summary");
    for change in ["Takes longer.", "By letter."] {
        let before = page.split(change).next().expect("a beginning");
        let mark = before.rfind("Changed here").unwrap_or_else(|| panic!("{change} is not marked"));
        assert!(!before[mark..].contains("</tr>"), "{change} is marked in its own row");
    }
}

#[test]
fn a_slot_shows_its_value_or_what_is_to_be_filled_in() {
    let home = main_of(&site(), "index.html");
    assert!(home.contains("0800 &lt;tonight&gt;"), "a value is text and no HTML");
    assert!(home.contains("To be filled in: Pager of the day"));
}

#[test]
fn a_term_opens_at_its_first_mention_only_and_not_where_it_is_turned_off() {
    let site = site();
    let page = main_of(&site, "techniques/timeline.html");
    assert!(!page.contains("ipt-term\""), "glossary: false");
    let page = main_of(&site, "roles/assessment.html");
    assert_eq!(page.matches("popovertarget=\"popover-working-alliance\"").count(), 1);
    assert!(page.contains("id=\"popover-working-alliance\" popover"), "the definition stands on the page itself");
    let page = main_of(&site, "techniques/role-play.html");
    assert_eq!(page.matches("popovertarget=\"popover-hope\"").count(), 1, "HOPE, and not hope");
}

#[test]
fn a_reference_lists_the_pages_that_cite_it_and_an_uncited_work_is_left_out() {
    let site = site();
    let page = main_of(&site, "references.html");
    let entry = |key: &str| {
        page.split(&format!("id=\"ref-{key}\"")).nth(1).map(|rest| rest.split("</li>").next().unwrap_or_default())
    };
    let elkin = entry("elkin1989").expect("cited");
    for cited_in in ["index.html", "evidence/depression.html", "glossary.html"] {
        assert!(elkin.contains(&format!("href=\"{cited_in}\"")), "{cited_in}: {elkin}");
    }
    let weissman = entry("weissman2018").expect("cited");
    for cited_in in ["measures/phq-9.html", "techniques/role-play.html"] {
        assert!(weissman.contains(&format!("href=\"{cited_in}\"")), "{cited_in}: {weissman}");
    }
    assert!(entry("uncited2000").is_none());
}

#[test]
fn a_finding_without_a_source_says_so() {
    let manual = TestManual::new(&[(
        "evidence/e.md",
        "---\ntitle: E\nsummary: One.\ncondition: C\nfindings: [{ statement: It helps. }]\n---\n",
    )]);
    assert!(text(&manual.build(), "evidence/e.html").contains("No source given"));
}

#[test]
fn a_banner_says_what_a_case_is_made_of() {
    for (basis, word) in [("fictional", "fictional"), ("composite", "composite"), ("disguised-with-consent", "consent")]
    {
        let case = format!("---\ntitle: C\nsummary: One.\nbasis: {basis}\n---\n");
        let site = TestManual::new(&[("cases/c.md", case)]).build();
        let page = main_of(&site, "cases/c.html");
        let banner = page.split("class=\"ipt-banner\"").nth(1).and_then(|rest| rest.split("</p>").next());
        assert!(banner.is_some_and(|banner| banner.contains(word)), "{basis}: {page}");
    }
}

#[test]
fn a_protocol_without_stages_says_so() {
    let page = main_of(&site(), "protocols/brief.html");
    assert!(page.contains("The brief course has no table of stages"));
}

#[test]
fn the_matrix_of_a_protocol_marks_what_that_protocol_uses() {
    // The protocol leaves the timeline out of the stage `middle`.
    let site = site();
    let page = main_of(&site, "pages/tables.html");
    let matrix =
        |id: &str| page.split(&format!("id=\"{id}\"") as &str).nth(1).and_then(|rest| rest.split("</table>").next());
    let used = |id: &str| {
        let row = matrix(id).expect("the table").split("timeline.html").nth(1).expect("the technique's row");
        let row = row.split("</tr>").next().expect("the row");
        let cell = row.split("data-label=\"Working\"").nth(1).expect("the stage's cell");
        cell.split("</td>").next().expect("the cell").contains(">used<")
    };
    assert!(used("table-6"), "the stage itself uses it");
    assert!(!used("table-8"), "the protocol does not");
}

#[test]
fn the_whole_manual_on_one_page_has_every_chapter_with_its_title() {
    let site = site();
    let page = main_of(&site, "print.html");
    for chapter in json(&site)["chapters"].as_array().expect("a list") {
        let text = |key: &str| chapter[key].as_str().expect("a text");
        let id = format!("id=\"{}-{}\"", text("kind"), text("id"));
        let article = page.split(&id as &str).nth(1).and_then(|rest| rest.split("</article>").next());
        let article = article.unwrap_or_else(|| panic!("{id} is on the page"));
        let heading = article.split("<h").nth(1).unwrap_or_default();
        assert!(heading.contains(&format!("{}</h", text("title"))), "{id} begins with its title");
    }
}

/// On paper a link is of use only if it says where it leads.
#[test]
fn the_whole_manual_on_one_page_numbers_its_sections_and_names_them_at_links() {
    let site = site();
    let page = main_of(&site, "print.html");
    let mut numbers = std::collections::HashMap::new();
    for article in page.split("<article ").skip(1) {
        let id = article.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id");
        let title =
            article.split("__chapter-title\">").nth(1).and_then(|rest| rest.split("</h").next()).expect("a title");
        if let Some(number) =
            title.strip_prefix("<span class=\"ipt-print__number\">").and_then(|rest| rest.split('<').next())
        {
            assert!(numbers.insert(number, id).is_none(), "{number} stands once");
        }
    }
    assert!(numbers.len() >= json(&site)["chapters"].as_array().expect("a list").len() - 1, "all but the home page");
    let mut links = 0;
    for link in page.split("data-section=\"").skip(1) {
        let (number, rest) = link.split_once("\" href=\"#").expect("the number stands before the address");
        let target = rest.split('"').next().unwrap_or_default();
        let chapter = target.split("--").next().unwrap_or_default();
        match numbers.get(number) {
            Some(id) => assert_eq!(*id, chapter, "{number} is the number of what the link leads to"),
            None => assert!(chapter.starts_with("part-"), "{number} at a link to {target}"),
        }
        links += 1;
    }
    assert!(links > 50, "{links} links have a number");
    let others = site.iter().filter(|(path, _)| path.ends_with(".html") && path.as_str() != "print.html");
    for (path, content) in others {
        assert!(!String::from_utf8_lossy(content).contains("data-section"), "{path} has links that can be followed");
    }
}

#[test]
fn no_text_of_an_author_becomes_markup() {
    let bad = "<img src=x onerror=alert(1)>";
    let quoted = format!("'\"{bad} & é'");
    let manual = TestManual::new(&[
        (
            "manual.yaml",
            format!(
                "title: {quoted}\nsubtitle: {quoted}\nedition: {quoted}\nauthors: [{quoted}]\npublisher: {quoted}\n\
                 license: {quoted}\nnotice: {quoted}\nlabels: {{ patient: {quoted} }}\nsafety: page/risk\n\
                 review: {{ owner: {quoted} }}\nslots: {{ a: {{ label: {quoted}, value: {quoted} }}, b: {{ label: {quoted} }} }}\n\
                 parts: [{{ title: {quoted}, folder: pages, summary: {quoted} }}, {{ title: {quoted}, folder: stages }}]\n"
            ),
        ),
        (
            "pages/risk.md",
            format!(
                "---\ntitle: {quoted}\nsummary: One.\nkeywords: [{quoted}]\nowner: {quoted}\nversion: {quoted}\n\
                 approved-by: {quoted}\n---\n\n[[slot/a]] [[slot/b]] [[stage/s]]\n\n```{{session-summary}}\ncaption: {quoted}\n\
                 protocol: p\n```\n"
            ),
        ),
        (
            "pages/p.md",
            format!(
                "---\ntitle: {quoted}\nkind: protocol\nsummary: One.\nlength: {quoted}\nstages: [{{ stage: s }}]\n---\n"
            ),
        ),
        (
            "stages/s.md",
            format!("---\ntitle: {quoted}\nsummary: One.\nactivity: Something.\npatient-tasks: [One]\n---\n"),
        ),
        ("glossary.yaml", format!("- term: {quoted}\n  id: t\n  also: [{quoted}]\n  definition: One.\n")),
    ]);
    let site = manual.build();
    let mut shown = 0;
    for (path, page) in pages(&site) {
        assert!(!page.contains("<img src=x"), "{path}");
        shown += page.matches("&lt;img src=x onerror=alert(1)&gt;").count();
    }
    assert!(shown > 40, "they are shown as text: {shown}");
}

#[test]
fn html_of_an_author_is_cleaned_left_or_kept_as_the_manual_says() {
    let chapter = "---\ntitle: A\nsummary: With <b onclick=\"x()\">bold</b>.\n---\n\n<details><summary>More</summary>Fine.</details>\n\n\
                   <script>alert(1)</script>\n\n<div style=\"color: red\">Red</div>\n";
    let page = |mode: &str| {
        let settings = format!("title: T\nraw-html: {mode}\n");
        let site = TestManual::new(&[("manual.yaml", settings.as_str()), ("pages/a.md", chapter)]).build();
        main_of(&site, "pages/a.html")
    };
    let cleaned = page("sanitize");
    for gone in ["<script", "alert(1)", "onclick", "style=", "color: red"] {
        assert!(!cleaned.contains(gone), "{gone}: {cleaned}");
    }
    for kept in ["<b>bold</b>", "<summary>More</summary>", "Red"] {
        assert!(cleaned.contains(kept), "{kept}: {cleaned}");
    }
    let trusted = page("trust");
    for kept in ["<b onclick=\"x()\">bold</b>", "<script>alert(1)</script>", "<div style=\"color: red\">Red</div>"] {
        assert!(trusted.contains(kept), "{kept}: {trusted}");
    }
}

#[test]
fn a_suggestion_names_the_page_and_its_title() {
    let feedback = "title: T\nfeedback: \"https://example.org/?page={page}&title={title}\"\n";
    let chapter = "---\ntitle: A & B\nsummary: One.\n---\n";
    let site = TestManual::new(&[("manual.yaml", feedback), ("pages/a.md", chapter)]).build();
    let address =
        attributes(text(&site, "pages/a.html"), "href").find(|address| address.starts_with("https://example.org/"));
    let decoded =
        address.expect("a link").replace("%2F", "/").replace("%2E", ".").replace("%20", " ").replace("%26", "&");
    assert_eq!(decoded, "https://example.org/?page=pages/a.html&title=A & B");
}

#[test]
fn a_heading_that_holds_a_link_keeps_its_words_in_the_contents_list() {
    let chapter = "---\ntitle: A\nsummary: One.\n---\n\n## How [[b]] helps\n\nText.\n\n## More\n\nText.\n";
    let other = "---\ntitle: Role play\nsummary: One.\n---\n";
    let site = TestManual::new(&[("pages/a.md", chapter), ("pages/b.md", other)]).build();
    let page = text(&site, "pages/a.html");
    assert!(page.contains(">How Role play helps</a>"), "the entry of the contents list has all words: {page}");
}

#[test]
fn a_sitemap_lists_the_pages_where_a_base_url_is_set() {
    let site = site();
    let sitemap = text(&site, "sitemap.xml");
    for path in ["index.html", "techniques/role-play.html", "techniques/index.html", "session-summary.html"] {
        assert!(sitemap.contains(&format!("<loc>https://example.org/ipt/{path}</loc>")), "{path}: {sitemap}");
    }
    assert!(!sitemap.contains("rehearsal.html") && !sitemap.contains("404.html"));
    let without = TestManual::new(&[("techniques/a.md", "---\ntitle: A\nsummary: One.\n---\n")]).build();
    assert!(!without.contains_key("sitemap.xml"));
}

#[test]
fn every_manual_gets_the_pages_that_nobody_asked_for() {
    let site = TestManual::new::<&str>(&[]).build();
    let made = |is_meant: fn(&str) -> bool| -> BTreeSet<String> {
        site.keys().filter(|path| is_meant(path)).cloned().collect()
    };
    // The browser tests look at the same pages and files, from lists of their own.
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/lib/site.mjs");
    let lists = fs::read_to_string(lists).expect("the lists");
    let listed = |name: &str| -> BTreeSet<String> {
        let (_, rest) = lists.split_once(&format!("export const {name} = [")).expect("the list");
        let (list, _) = rest.split_once("];").expect("its end");
        list.split(',').map(|path| path.trim().trim_matches('\'').to_owned()).filter(|path| !path.is_empty()).collect()
    };
    assert_eq!(listed("automaticPages"), made(|path| path.ends_with(".html")));
    assert_eq!(listed("automaticData"), made(|path| path.starts_with("data/")));
}

/// Beyond what a browser prints without trouble, each part has a page for paper, and links still
/// lead to where the chapter is.
#[test]
fn a_large_manual_is_printed_part_by_part() {
    let mut files = vec![
        ("manual.yaml".to_owned(), "title: Large\nsafety: page/page-300\n".to_owned()),
        ("glossary.yaml".to_owned(), "- term: Ending\n  definition: The last sessions.\n".to_owned()),
        ("index.md".to_owned(), "---\ntitle: Large\nid: home\n---\n\nTo [[page-300]].\n".to_owned()),
    ];
    for number in 0..501 {
        let next = (number + 250) % 501;
        let text = format!(
            "---\ntitle: Page {number}\nkind: page\nid: page-{number}\n---\n\n{}To [[page/page-{next}]] and [its end](../{}/page-{next}.md#end), \
             about the ending.\n\n## End\n\nBack to [[#end]].\n",
            if number == 0 { "From [[home]]. " } else { "" },
            if next < 250 { "a" } else { "b" }
        );
        files.push((format!("{}/page-{number}.md", if number < 250 { "a" } else { "b" }), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let site = TestManual::new(&files).build();
    let pages: Vec<&String> = site.keys().filter(|path| path.starts_with("print") && path.ends_with(".html")).collect();
    assert_eq!(pages, ["print-1.html", "print-2.html", "print-glossary.html", "print-references.html", "print.html"]);
    let text = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
    assert!(!text("print.html").contains("about the ending"), "the way to the parts is no part");
    assert!(!text("index.html").contains("page-7.html"), "the home page does not grow with the manual");
    assert!(text("print-1.html").contains("data-section=\"2.1\" href=\"print-2.html#page-page-250\""));
    let ids: BTreeMap<&str, HashSet<String>> = site
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, page)| {
            let page = String::from_utf8_lossy(page);
            let ids = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned);
            (path.as_str(), ids.collect())
        })
        .collect();
    let mut links = 0;
    for path in &pages {
        for link in text(path).split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let Some((file, fragment)) = link.split_once('#').filter(|(file, _)| !file.contains(':')) else { continue };
            let file = if file.is_empty() { path.as_str() } else { file };
            assert!(ids.get(file).is_some_and(|ids| ids.contains(fragment)), "{path} leads to {link}");
            links += 1;
        }
    }
    assert!(links > 2000, "{links} links");
    for path in &pages {
        let safety = if path.as_str() == "print-2.html" { "#page-page-300" } else { "print-2.html#page-page-300" };
        assert!(text(path).contains(&format!("class=\"ipt-safety\" href=\"{safety}\"")), "the safety page from {path}");
    }
}

/// Pages that are there to list all chapters list the parts of a manual of more than 1,000, whose own
/// pages list the rest; the search reads the index in pieces.
#[test]
fn no_page_grows_with_the_manual() {
    let largest = |parts: usize| {
        let page = |number: usize| {
            let (part, next) = (number / 20, (number * 7 + 1) % (parts * 20));
            let text = format!(
                "---\ntitle: Page {number}\nsummary: What page {number} is about.\nkind: page\nowner: A. Person\n---\n\nTo [[p{next}]].\n"
            );
            (format!("part-{part}/p{number}.md"), text)
        };
        let files: Vec<(String, String)> = (0..parts * 20).map(page).collect();
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let site = TestManual::new(&files).build();
        let text = |path: &str| String::from_utf8_lossy(&site[path]).into_owned();
        assert!(text("contents.html").contains("part-3/index.html"));
        assert!(text("document-control.html").contains("part-3/index.html"));
        assert!(!text("document-control.html").contains("A. Person"));
        assert!(text("part-3/index.html").contains("A. Person"), "the part's own page has the table");
        let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, page)| (page.len(), path.clone())).max().expect("pages")
    };
    let (small, large) = (largest(51), largest(102));
    assert!(large.0 < small.0 + 12_000, "{small:?} became {large:?}, by more than the names of 51 parts");
}
