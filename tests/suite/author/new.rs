//! Tests `new`: a new chapter.

use std::fs;

use super::{desk, done, refused, tied};
use iptbook::model::kind::Kind;

use crate::support::TestManual;

#[test]
fn a_new_chapter_of_each_kind_asks_only_for_what_its_author_must_say() {
    let desk = desk();
    done(&desk, &["init"]);
    for kind in Kind::NAMES {
        let ran = done(&desk, &["new", kind, &format!("Another {kind}")]);
        let path = ran.stdout.lines().next().expect("its path");
        let number: usize =
            path.rsplit('/').next().and_then(|name| name.get(..2)).expect("a number").parse().expect("one");
        let others = fs::read_dir(desk.path(path).parent().expect("a folder")).expect("a folder").count();
        assert!(number == others && path.ends_with(&format!("-another-{kind}.md")), "{path} of {others}");
    }
    for report in desk.reports(&[]) {
        let is_wanted = report.message.ends_with("is empty") || report.message == "this chapter has no summary";
        assert!(is_wanted || report.code == "session/unused-stage", "{}", report.headline());
    }
    // As the example says: required keys, filled in.
    let path = "manual/stages/04-another-stage.md";
    let text = desk
        .read(path)
        .replace("\nactivity:\n", "\nactivity: Something.\n")
        .replace("\nsummary:\n", "\nsummary: One.\n");
    desk.write_beside(path, text);
    assert!(
        desk.reports(&[])
            .iter()
            .all(|report| report.file != "stages/04-another-stage.md" || report.severity != "error")
    );
}

#[test]
fn a_new_chapter_is_named_in_any_script_and_never_takes_anothers_place() {
    let desk = desk();
    done(&desk, &["init"]);
    for (title, id) in
        [("Übung: „Rôle“", "ubung-role"), ("Анализ общения", "analiz-obshcheniia"), ("角色扮演", "jiao-se-ban-yan")]
    {
        let ran = done(&desk, &["new", "technique", title]);
        assert!(ran.stdout.lines().next().is_some_and(|path| path.ends_with(&format!("-{id}.md"))), "{}", ran.stdout);
        let data = done(&desk, &["check", "--format", "json"]).stdout;
        assert!(!data.contains("error"), "{data}");
    }
    assert!(refused(&desk, &["new", "technique", "Role play"]).contains("manual/techniques/02-role-play.md"));
    refused(&desk, &["new", "technique", "Rôle play"]);
    refused(&desk, &["new", "technique", "!?"]);
    refused(&desk, &["new", "tecnique", "Another"]);
    // A title is a title, whatever it looks like.
    done(&desk, &["new", "page", "../../etc: [passwd] # \"no\""]);
    assert!(desk.path("manual/pages/03-etc-passwd-no.md").is_file());
    assert!(desk.reports(&[]).iter().all(|report| report.severity == "warning"));
}

/// Begins a chapter. Returns the file, how links name it, and all that was said.
fn begun(desk: &TestManual, arguments: &[&str]) -> (String, String, String) {
    let said = done(desk, &[&["new"], arguments].concat()).stdout;
    let link = said.split_once("[[").and_then(|(_, rest)| rest.split_once("]]")).expect("a link").0.to_owned();
    (said.lines().next().expect("a path").to_owned(), link, said)
}

/// The errors of a manual, but that something is to be filled in.
fn errors(desk: &TestManual) -> Vec<String> {
    let reports = desk.reports(&["--drafts"]).into_iter();
    let errors = reports.filter(|report| report.severity == "error" && !report.message.ends_with("is empty"));
    errors.map(|report| report.headline()).collect()
}

#[test]
fn a_new_chapter_breaks_no_manual_that_was_whole() {
    let desk = desk();
    done(&desk, &["init"]);
    // Others name the technique by its id alone.
    let (path, link, said) = begun(&desk, &["page", "Role play"]);
    assert!(path.ends_with("-role-play-page.md") && link == "role-play-page", "{said}");
    assert!(said.contains("The id cannot be `role-play`: `role-play` could mean 2 chapters, in "), "{said}");
    assert_eq!(errors(&desk), Vec::<String>::new());
    // An old name of another chapter.
    done(&desk, &["mv", "role-play", "rehearsal"]);
    let (path, _, said) = begun(&desk, &["technique", "Role play"]);
    assert!(path.ends_with("-role-play-technique.md") && said.contains("the alias `role-play`"), "{said}");
    // Names that a disk or the site has for itself.
    for title in ["Nul", "CON", "com1", "LPT9", "Index"] {
        let (path, link, said) = begun(&desk, &["technique", title]);
        assert_eq!(link, format!("{}-technique", title.to_lowercase()), "{said}");
        assert!(path.ends_with(&format!("-{link}.md")) && said.contains("The id cannot be"), "{said}");
    }
    assert_eq!(errors(&desk), Vec::<String>::new());
    // The same letters in another script: two titles, two ids.
    assert_eq!(begun(&desk, &["technique", "事"]).1, "shi");
    let (_, link, said) = begun(&desk, &["technique", "是"]);
    assert!(link == "shi-2" && said.contains("The id cannot be `shi`: this is the id of \"事\""), "{said}");
    for again in ["事", "是", "Nul"] {
        assert!(refused(&desk, &["new", "technique", again]).contains("Choose another title"));
    }
    assert_eq!(errors(&desk), Vec::<String>::new());
}

#[test]
fn an_id_is_shared_where_that_does_no_harm_and_links_say_what_they_mean_then() {
    let desk = tied();
    let (path, link, said) = begun(&desk, &["page", "Role play"]);
    assert_eq!((path.as_str(), link.as_str()), ("manual/pages/role-play.md", "page/role-play"), "{said}");
    assert!(!said.contains("The id cannot be"), "{said}");
    // Without numbers before names, one at the beginning of an id would be taken for such.
    let (path, link, _) = begun(&desk, &["page", "2 chairs"]);
    assert_eq!((path.as_str(), link.as_str()), ("manual/pages/page-2-chairs.md", "page-2-chairs"));
    assert_eq!(errors(&desk), Vec::<String>::new());
    assert_eq!(errors(&desk), Vec::<String>::new());
    // Two kinds in one folder.
    let parts = "parts:\n  - { title: A, folder: techniques, kind: page }\n";
    let page = "---\ntitle: One\nsummary: One.\n---\n";
    let desk = TestManual::new(&[("manual.yaml", &*format!("title: T\n{parts}")), ("techniques/04-one.md", page)]);
    begun(&desk, &["technique", "Another"]);
    assert!(desk.read("manual/techniques/05-another.md").contains("\nkind: technique\n"));
    assert_eq!(errors(&desk), Vec::<String>::new());
}

#[test]
fn a_chapter_goes_nowhere_while_manual_yaml_does_not_say_where() {
    let part = "title: T\nparts:\n  - { title: Doing, folder: methods, kind: technique }\n";
    for (settings, said) in [
        (format!("{part}foo: [\n"), "front-matter/syntax"),
        (part.replace("kind: technique", "kind: techniqe"), "did you mean `technique`?"),
        (part.replace("methods", ".hid"), "begins with a dot"),
        (part.replace("methods", "a/.hid/b"), "begins with a dot"),
        (part.replace("methods", "../b"), "not a folder of the manual"),
    ] {
        let desk = TestManual::new(&[("manual.yaml", settings.as_str())]);
        let told = refused(&desk, &["new", "technique", "X"]);
        assert!(
            told.contains(said) && told.contains("manual/manual.yaml:") && told.contains("nothing was written"),
            "{told}"
        );
        assert!(desk.reports(&[]).iter().any(|report| report.file == "manual.yaml" && report.severity == "error"));
    }
    // Bytes that are no text.
    let desk = TestManual::new(&[("manual.yaml", b"title: \xff\n")]);
    assert!(refused(&desk, &["new", "technique", "X"]).contains("file/not-utf8"));
    // What else is wrong is no reason.
    let desk = TestManual::new(&[("manual.yaml", part.replace("title: T", "title: T\nsafety: page/none").as_str())]);
    assert_eq!(begun(&desk, &["technique", "X"]).0, "manual/methods/01-x.md");
}

#[test]
fn a_new_chapter_comes_last_as_the_others_are_numbered() {
    let place = |files: &[&str], front: &str| {
        let chapters: Vec<(String, String)> = files
            .iter()
            .map(|file| (format!("techniques/{file}.md"), format!("---\ntitle: {file}\nsummary: One.\n{front}---\n")))
            .collect();
        let files: Vec<(&str, &str)> = chapters.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let desk = TestManual::new(&files);
        let path = done(&desk, &["new", "technique", "Last one"]).stdout.lines().next().expect("a path").to_owned();
        let order = desk.read(&path).lines().find(|line| line.starts_with("order:")).map(str::to_owned);
        (path.trim_start_matches("manual/techniques/").to_owned(), order)
    };
    let last = |path: &str| (path.to_owned(), None);
    assert_eq!(place(&[], ""), last("01-last-one.md"));
    assert_eq!(place(&["1-a", "2-b"], ""), last("3-last-one.md"));
    assert_eq!(place(&["001-a", "009-b"], ""), last("010-last-one.md"));
    assert_eq!(place(&["a", "b"], ""), last("last-one.md"));
    assert_eq!(place(&["a"], "order: 7\n"), ("last-one.md".to_owned(), Some("order: 8".to_owned())));
}

#[test]
fn a_folder_that_no_part_has_is_said() {
    let desk = TestManual::new(&[(
        "manual.yaml",
        "title: T\nparts:\n  - { title: Doing, folder: doing/well, kind: technique }\n",
    )]);
    assert!(!done(&desk, &["new", "technique", "One"]).stdout.contains("parts"));
    assert!(desk.path("manual/doing/well/01-one.md").is_file());
    let said = done(&desk, &["new", "measure", "Two"]).stdout;
    let part = said.split_once("`parts:`\n").expect("what to add").1;
    assert!(desk.path("manual/measures/01-two.md").is_file());
    let settings = desk.read("manual/manual.yaml");
    desk.write("manual.yaml", settings + part);
    assert_eq!(done(&desk, &["new", "measure", "Three"]).stdout.matches("parts").count(), 0);
    assert!(desk.reports(&[]).iter().all(|report| report.severity == "warning"));
}
