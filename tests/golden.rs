//! A small manual of every kind of chapter, with every directive and every form of a link, and the
//! pages that come of it.
//!
//! Of pages only `<main>` is compared, so that the frame may change; data files are compared whole.
//! `UPDATE_GOLDEN=1 cargo test --test golden` accepts what there is now: read the difference before
//! you commit it.

mod support;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;

use serde_json::Value as Json;
use support::{Ran, TODAY, TestManual, Tree, tree};

fn small() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/small")
}

/// The site of the small manual.
fn site() -> Tree {
    let folder = TestManual::new::<&str>(&[]);
    let manual = small().join("manual").display().to_string();
    let ran = Ran::of(folder.program().args(["build", &manual, "--as-of", TODAY]));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.starts_with("warning[slot/unfilled]") && ran.stderr.ends_with("\n1 warning\n"),
        "{}",
        ran.stderr
    );
    tree(&folder.path("site"))
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    let content = tree.get(path).unwrap_or_else(|| panic!("{path} is written"));
    std::str::from_utf8(content).expect("a text")
}

fn json(tree: &Tree) -> Json {
    serde_json::from_str(text(tree, "data/manual.json")).expect("data/manual.json is JSON")
}

/// The part of a page that is compared: from `<main` to `</main>`.
fn main_part(page: &str) -> Option<&str> {
    let start = page.find("<main")?;
    let end = page.find("</main>")? + "</main>".len();
    Some(&page[start..end])
}

/// What is compared of a file, if anything is.
fn compared(path: &str, content: &[u8]) -> Option<Vec<u8>> {
    if path.ends_with(".html") {
        let page = std::str::from_utf8(content).expect("a page is UTF-8");
        let main = main_part(page).unwrap_or_else(|| panic!("{path} has no <main>"));
        return Some(format!("{main}\n").into_bytes());
    }
    (path.starts_with("data/") || path == "sitemap.xml").then(|| content.to_vec())
}

#[test]
fn the_small_manual_gives_the_expected_pages_and_data() {
    let site = site();
    let mut actual: Tree =
        site.iter().filter_map(|(path, content)| Some((path.clone(), compared(path, content)?))).collect();
    // Which files a theme brings is its own affair.
    let names: String =
        site.keys().filter(|path| !path.starts_with("static/")).map(|path| format!("{path}\n")).collect();
    actual.insert("files.txt".into(), names.into_bytes());
    let folder = small().join("expected");
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| !value.is_empty() && value != "0") {
        let _ = fs::remove_dir_all(&folder);
        for (path, content) in &actual {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder is made");
            fs::write(path, content).expect("the file is written");
        }
        return;
    }
    let expected = tree(&folder);
    let mut faults = String::new();
    for path in expected.keys().chain(actual.keys()).collect::<BTreeSet<_>>() {
        match (expected.get(path), actual.get(path)) {
            (Some(expected), Some(actual)) if expected == actual => {}
            (Some(expected), Some(actual)) => faults.push_str(&difference(path, expected, actual)),
            (Some(_), None) => faults.push_str(&format!("{path}: is not written any more\n")),
            (None, _) => faults.push_str(&format!("{path}: is new\n")),
        }
    }
    assert!(faults.is_empty(), "\n{faults}UPDATE_GOLDEN=1 accepts this");
}

/// The first line in which two texts differ.
fn difference(path: &str, expected: &[u8], actual: &[u8]) -> String {
    let (expected, actual) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(actual));
    let (mut old, mut new) = (expected.lines(), actual.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (one, other) if one != other => {
                let show = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return format!("{path}:{number}:\n  - {}\n  + {}\n", show(one), show(other));
            }
            _ => {}
        }
    }
    format!("{path}: other line ends\n")
}

// ---- What holds for every page ---------------------------------------------------------------------

/// The values of an attribute in a page, entities resolved.
fn attributes<'a>(page: &'a str, name: &'a str) -> impl Iterator<Item = String> + 'a {
    page.split(&format!(" {name}=\"") as &str)
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .map(|value| value.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"))
        .collect::<Vec<_>>()
        .into_iter()
}

fn pages(site: &Tree) -> BTreeMap<&str, &str> {
    site.keys().filter(|path| path.ends_with(".html")).map(|path| (path.as_str(), text(site, path))).collect()
}

fn decoded(address: &str) -> String {
    address.replace("%20", " ")
}

/// The path in the site that an address leads to from a page.
fn resolved(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => drop(parts.pop().expect("a link stays within the site")),
            "." => {}
            part => parts.push(part),
        }
    }
    decoded(&parts.join("/"))
}

#[test]
fn every_link_within_the_site_leads_to_a_file_and_an_anchor() {
    let site = site();
    let pages = pages(&site);
    let ids: BTreeMap<&str, BTreeSet<String>> =
        pages.iter().map(|(path, page)| (*path, attributes(page, "id").collect())).collect();
    let mut faults = Vec::new();
    for (path, page) in &pages {
        for address in attributes(page, "href").chain(attributes(page, "src")) {
            let outside = ["https://", "http://", "mailto:", "tel:"].iter().any(|start| address.starts_with(start));
            // The page for what is not found is shown at any depth: its links begin at the site's address.
            let Some(address) = address.strip_prefix(if *path == "404.html" { "/ipt/" } else { "" }) else { continue };
            if outside {
                continue;
            }
            let (file, anchor) = address.split_once('#').unwrap_or((address, ""));
            let target = if file.is_empty() { (*path).to_owned() } else { resolved(path, file) };
            let target = target.split('?').next().unwrap_or_default();
            if !site.contains_key(target) {
                faults.push(format!("{path}: {address} leads to no file"));
            } else if !anchor.is_empty() && !ids.get(target).is_some_and(|ids| ids.contains(&decoded(anchor))) {
                faults.push(format!("{path}: {address} leads to no anchor"));
            }
        }
        for name in ["aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "for"] {
            let wanted = attributes(page, name).flat_map(|ids| ids.split(' ').map(str::to_owned).collect::<Vec<_>>());
            faults.extend(
                wanted.filter(|id| !ids[path].contains(id)).map(|id| format!("{path}: {name}={id} names nothing")),
            );
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn no_id_stands_twice_on_a_page() {
    for (path, page) in pages(&site()) {
        let mut seen = BTreeSet::new();
        let twice: Vec<String> = attributes(page, "id").filter(|id| !seen.insert(id.clone())).collect();
        assert!(twice.is_empty(), "{path}: {twice:?}");
    }
}

#[test]
fn no_page_asks_anything_of_another_site_or_runs_what_its_policy_forbids() {
    for (path, page) in pages(&site()) {
        for name in ["src", "srcset", "poster", "action", "data"] {
            let outside = attributes(page, name).find(|address| address.contains("//") || address.starts_with("data:"));
            assert_eq!(outside, None, "{path}: {name}");
        }
        for (at, _) in page.match_indices("<link ") {
            let tag = &page[at..at + page[at..].find('>').expect("the tag ends")];
            let canonical = tag.contains("rel=\"canonical\"");
            assert!(canonical || !tag.contains("://"), "{path}: {tag}");
        }
        assert_eq!(attributes(page, "style").next(), None, "{path} has a style attribute");
        assert!(!page.contains("<style") && !page.contains("javascript:"), "{path}");
        for (at, _) in page.match_indices("<script") {
            assert!(page[at..].starts_with("<script src=\""), "{path} has a script inline");
        }
        let policy = page.split("Content-Security-Policy\" content=\"").nth(1).and_then(|rest| rest.split('"').next());
        let policy = policy.unwrap_or_else(|| panic!("{path} has no policy"));
        assert!(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains('*'), "{path}: {policy}");
        for part in ["default-src 'none'", "script-src 'self'", "style-src 'self'"] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
    }
}

#[test]
fn every_page_has_one_main_heading_and_skips_no_level() {
    for (path, page) in pages(&site()) {
        let mut previous = 0;
        let mut ones = 0;
        for (at, _) in page.match_indices("<h") {
            let Some(level) = page[at + 2..].chars().next().and_then(|digit| digit.to_digit(10)) else { continue };
            ones += u32::from(level == 1);
            // The navigation of a page may come before its main heading.
            assert!(previous == 0 || level <= previous + 1, "{path}: h{level} after h{previous}");
            previous = level;
        }
        assert_eq!(ones, 1, "{path}");
    }
}

#[test]
fn every_data_table_has_a_caption_and_scoped_headings() {
    for (path, page) in pages(&site()) {
        for (at, _) in page.match_indices("<table class=\"ipt-data") {
            let table = &page[at..at + page[at..].find("</table>").expect("the table ends")];
            assert!(table.contains("<caption>") && !table.contains("<caption></caption>"), "{path}");
            assert!(
                !table.contains("<th>") && table.contains("scope=\"col\"") && table.contains("scope=\"row\""),
                "{path}"
            );
        }
    }
}

#[test]
fn the_safety_page_is_one_step_away_on_every_page() {
    for (path, page) in pages(&site()) {
        let redirect = page.contains("http-equiv=\"refresh\"");
        let found = attributes(page, "href")
            .any(|address| address.ends_with("pages/risk.html") || address == "risk.html" || address == "#page-risk");
        assert!(found || redirect, "{path}");
    }
}

#[test]
fn no_page_shows_a_key_instead_of_a_word() {
    let prefixes = [
        "field-",
        "relation-",
        "backlinks-",
        "kind-",
        "phase-",
        "status-",
        "direction-",
        "certainty-",
        "format-",
        "type-",
    ];
    for (path, page) in pages(&site()) {
        for piece in page.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text.trim()) {
            assert!(!prefixes.iter().any(|prefix| piece.starts_with(prefix)), "{path}: {piece}");
        }
    }
}

#[test]
fn labels_reach_every_page() {
    for (path, page) in pages(&site()) {
        let main = main_part(page).expect("a main part").replace("Patient Health Questionnaire", "");
        assert!(!main.contains("Patient") && !main.contains("patient "), "{path}: `patient: Client` is not everywhere");
    }
}

// ---- Data ------------------------------------------------------------------------------------------

fn keys(json: &Json) -> Vec<&str> {
    json.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn sorted(mut names: Vec<&str>) -> Vec<&str> {
    names.sort_unstable();
    names
}

#[test]
fn manual_json_has_the_documented_keys() {
    let json = json(&site());
    let top = vec!["title", "edition", "language", "chapters", "session-summaries", "evidence"];
    assert_eq!(sorted(keys(&json)), sorted(top));
    assert_eq!(
        (&json["title"], &json["edition"], &json["language"]),
        (&"A small manual".into(), &"1.0".into(), &"en".into())
    );
    let of_chapter = ["kind", "id", "title", "summary", "url", "source", "status", "relations", "backlinks"];
    for chapter in json["chapters"].as_array().expect("a list") {
        assert_eq!(sorted(keys(chapter)), sorted(of_chapter.to_vec()));
    }
    let of_row = [
        "stage",
        "sessions",
        "phase",
        "activity",
        "techniques",
        "therapist-tasks",
        "patient-tasks",
        "measures",
        "worksheets",
    ];
    for summary in json["session-summaries"].as_array().expect("a list") {
        assert!(
            matches!(keys(summary)[..], ["protocol" | "setting", "rows"] | ["rows", "protocol" | "setting"]),
            "{summary}"
        );
        for row in summary["rows"].as_array().expect("a list") {
            let missing: Vec<_> = of_row.iter().filter(|key| row.get(**key).is_none()).collect();
            assert!(missing.is_empty(), "{missing:?} in {row}");
        }
    }
}

#[test]
fn every_relation_is_a_backlink_on_the_other_side_and_the_other_way_round() {
    let json = json(&site());
    let mut relations = BTreeSet::new();
    let mut backlinks = BTreeSet::new();
    let mut known = BTreeSet::new();
    for chapter in json["chapters"].as_array().expect("a list") {
        let own = format!("{}/{}", chapter["kind"].as_str().expect("a text"), chapter["id"].as_str().expect("a text"));
        for (relation, others) in chapter["relations"].as_object().expect("an object") {
            for other in others.as_array().expect("a list") {
                relations.insert((own.clone(), relation.clone(), other.as_str().expect("a text").to_owned()));
            }
        }
        for back in chapter["backlinks"].as_array().expect("a list") {
            let text = |key: &str| back[key].as_str().expect("a text").to_owned();
            backlinks.insert((text("from"), text("relation"), own.clone()));
        }
        known.insert(own);
    }
    assert_eq!(relations, backlinks);
    assert!(relations.iter().all(|(_, _, to)| known.contains(to)));
    for (from, relation, to) in [
        ("stage/middle", "techniques", "technique/role-play"),
        ("protocol/standard", "stages", "stage/initial"),
        ("page/risk", "applies-to", "stage/initial"),
        ("technique/role-play", "related", "technique/timeline"),
        ("page/welcome-is-no-id", "", ""),
    ] {
        let there = relations.contains(&(from.to_owned(), relation.to_owned(), to.to_owned()));
        assert_eq!(there, !relation.is_empty(), "{from} {relation} {to}");
    }
    let mentions = relations.iter().any(|(_, relation, to)| relation == "mentions" && to == "technique/timeline");
    assert!(mentions, "links in a text are the relation `mentions`");
}

#[test]
fn chapters_are_at_folder_and_id() {
    let site = site();
    for chapter in json(&site)["chapters"].as_array().expect("a list") {
        let (url, source) = (chapter["url"].as_str().expect("a text"), chapter["source"].as_str().expect("a text"));
        assert!(site.contains_key(url), "{url}");
        let folder = source.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        assert_eq!(url, format!("{folder}{}.html", chapter["id"].as_str().expect("a text")));
    }
}

#[test]
fn an_alias_leads_to_its_chapter() {
    let site = site();
    for path in ["techniques/rehearsal.html", "old/practice.html"] {
        let page = text(&site, path);
        let refresh =
            page.split("http-equiv=\"refresh\" content=\"0; url=").nth(1).and_then(|rest| rest.split('"').next());
        let target = refresh.unwrap_or_else(|| panic!("{path} leads on: {page}"));
        assert_eq!(resolved(path, target), "techniques/role-play.html");
        assert!(
            page.contains(&format!("<a href=\"{target}\">Role play</a>")),
            "for readers whose browser stays: {page}"
        );
    }
}

/// A CSV file as RFC 4180 has it.
fn records(csv: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        let record = records.last_mut().expect("a record");
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                record.last_mut().expect("a cell").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => record.push(String::new()),
            '\r' if !quoted => {
                assert_eq!(letters.next(), Some('\n'), "lines end with CR LF");
                records.push(vec![String::new()]);
            }
            '\n' if !quoted => panic!("lines end with CR LF"),
            letter => record.last_mut().expect("a cell").push(letter),
        }
    }
    assert_eq!(records.pop(), Some(vec![String::new()]), "the last line ends too");
    records
}

#[test]
fn a_session_summary_as_csv_has_titles_and_lists() {
    let site = site();
    let csv = records(text(&site, "data/session-summary-standard.csv"));
    let header = [
        "stage",
        "sessions",
        "phase",
        "activity",
        "techniques",
        "therapist-tasks",
        "patient-tasks",
        "measures",
        "worksheets",
    ];
    assert_eq!(csv[0][..header.len()], header);
    assert_eq!(csv.len(), 6, "five stages");
    assert!(csv.iter().all(|record| record.len() == csv[0].len()));
    assert_eq!(csv[1][..4], ["Beginning", "1-2", "initial", "Ask, explain and agree"]);
    assert_eq!(csv[1][5], "Ask; Explain");
    assert_eq!(
        csv[2][3..7],
        ["Work, only shorter", "Role play", "Practise once; Then again", "Try it"],
        "as the protocol says"
    );
    let prison = records(text(&site, "data/session-summary-setting-prison.csv"));
    assert_eq!(prison[0], csv[0]);
    assert_eq!(prison[1][..2], ["Beginning", "1-3"], "as the setting adapts it");
    assert!(!site.contains_key("data/session-summary-brief.csv"), "no table, no file");
}

#[test]
fn no_cell_of_a_csv_file_is_a_formula() {
    let site = site();
    for (path, _) in site.iter().filter(|(path, _)| path.ends_with(".csv")) {
        for cell in records(text(&site, path)).iter().flatten() {
            let number = cell.parse::<f64>().is_ok();
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !number;
            assert!(!formula, "{path}: {cell}");
        }
    }
    let evidence = records(text(&site, "data/evidence.csv"));
    let all: Vec<&String> = evidence.iter().flatten().collect();
    for defused in ["'=SUM(A1:A2)", "'+depression, after treatment", "'-therapy"] {
        assert!(all.iter().any(|cell| *cell == defused), "{defused}: {evidence:#?}");
    }
    assert!(all.iter().any(|cell| *cell == "-0.13"), "a number is no formula: {evidence:#?}");
}

#[test]
fn json_and_csv_and_page_agree_on_a_setting() {
    let site = site();
    let json = json(&site);
    let summaries = json["session-summaries"].as_array().expect("a list");
    let prison = summaries.iter().find(|summary| summary["setting"] == "prison").expect("the setting");
    let sessions: Vec<&str> =
        prison["rows"].as_array().expect("rows").iter().map(|row| row["sessions"].as_str().expect("a text")).collect();
    let csv = records(text(&site, "data/session-summary-setting-prison.csv"));
    assert_eq!(sessions, csv[1..].iter().map(|record| record[1].as_str()).collect::<Vec<_>>());
    let page = text(&site, "settings/prison.html");
    assert!(page.contains("Takes longer.") && page.contains("By letter.") && page.contains("1-3"));
}

// ---- What single pages show ------------------------------------------------------------------------

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
    for path in [
        "index.html",
        "session-summary.html",
        "evidence.html",
        "glossary.html",
        "references.html",
        "contents.html",
        "print.html",
        "document-control.html",
        "404.html",
        "data/manual.json",
        "data/evidence.csv",
    ] {
        assert!(site.contains_key(path), "{path} of an empty manual");
    }
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
