//! Tests what is true of every page.

use std::collections::{BTreeMap, BTreeSet};

use super::{attributes, decoded, main_part, pages, resolved, site};

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
