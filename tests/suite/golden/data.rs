//! Tests the data files: JSON and CSV.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::{json, resolved, site, text};

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
