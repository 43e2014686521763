//! The author's commands as they are typed: beginning a manual and chapters, renaming, and what editors and
//! shells are told. `tests/serve.rs` looks at `serve`.

mod support;

use std::fs;
use std::process::Command;

use support::{Ran, TODAY, TestManual, Tree, tree};

/// An empty folder to work in.
fn desk() -> TestManual {
    let desk = TestManual::new::<&str>(&[]);
    fs::remove_dir_all(desk.path("manual")).expect("the manual goes");
    desk
}

/// Runs what must go well.
fn done(desk: &TestManual, arguments: &[&str]) -> Ran {
    let ran = desk.run(arguments);
    assert_eq!(ran.code, 0, "{arguments:?}\n{}{}", ran.stdout, ran.stderr);
    ran
}

/// Runs what must be refused, and change nothing. Returns what was said.
fn refused(desk: &TestManual, arguments: &[&str]) -> String {
    let before = tree(desk.root());
    let ran = desk.run(arguments);
    assert_ne!(ran.code, 0, "{arguments:?}\n{}", ran.stdout);
    assert_eq!(tree(desk.root()), before, "{arguments:?}");
    ran.stderr
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    let content = tree.get(path).unwrap_or_else(|| panic!("{path}: {:?}", tree.keys().collect::<Vec<_>>()));
    std::str::from_utf8(content).expect("a text")
}

/// The kinds, as the program names them.
const KINDS: [&str; 13] = [
    "principle",
    "role",
    "problem-area",
    "technique",
    "stage",
    "session",
    "protocol",
    "setting",
    "evidence",
    "measure",
    "worksheet",
    "case",
    "page",
];

// ---- init ------------------------------------------------------------------------------------------

#[test]
fn a_new_manual_is_strictly_clean_now_and_in_ten_years_and_builds() {
    let desk = desk();
    let ran = done(&desk, &["init"]);
    let commands: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with("  iptbook ")).collect();
    assert_eq!(
        commands,
        ["  iptbook serve --open", "  iptbook new technique \"Our first technique\"", "  iptbook build"]
    );
    for day in [TODAY, "2036-01-01"] {
        let ran = done(&desk, &["check", "--strict", "--as-of", day]);
        assert_eq!(ran.stderr, "", "on {day}");
    }
    done(&desk, &["build", "--strict"]);
    let site = tree(&desk.path("site"));
    assert!(text(&site, "index.html").contains("Our IPT manual"));
    assert!(!site.keys().any(|path| path.contains(".vscode")), "what is for the editor is not published");
}

#[test]
fn a_new_manual_shows_each_kind_and_every_key_of_its_settings() {
    let desk = desk();
    done(&desk, &["init", "ours"]);
    let files = tree(&desk.path("ours"));
    let data = done(&desk, &["build", "ours"]);
    assert_eq!(data.stderr, "");
    let manual: serde_json::Value =
        serde_json::from_str(&desk.read("site/data/manual.json")).expect("the data of the manual");
    for kind in KINDS {
        let chapters = manual["chapters"].as_array().expect("a list");
        assert!(chapters.iter().any(|chapter| chapter["kind"] == kind), "no {kind}");
    }
    let settings = text(&files, "manual.yaml");
    let schema: serde_json::Value = serde_json::from_str(text(&files, ".vscode/iptbook/manual.json")).expect("JSON");
    for key in schema["properties"].as_object().expect("keys").keys() {
        let at = settings.lines().position(|line| line.trim_start_matches('#').starts_with(&format!("{key}:")));
        let at = at.unwrap_or_else(|| panic!("`{key}` is not in manual.yaml"));
        let before = settings.lines().nth(at - 1).expect("a line before it");
        assert!(before.starts_with("# "), "`{key}` is not explained: {before}");
    }
}

#[test]
fn what_is_commented_out_in_the_settings_may_be_taken_in() {
    let desk = desk();
    done(&desk, &["init"]);
    let settings = desk.read("manual/manual.yaml");
    let is_key = |line: &str| line.strip_prefix('#').is_some_and(|key| !key.is_empty() && !key.starts_with([' ', '#']));
    let keys = settings.lines().filter(|line| is_key(line)).count();
    assert!(keys >= 5, "{keys} keys are commented out");
    let taken_in: Vec<&str> = settings
        .lines()
        .scan(false, |within, line| {
            *within = is_key(line) || (*within && line.starts_with("#  "));
            Some(if *within { &line[1..] } else { line })
        })
        .collect();
    desk.write("manual.yaml", taken_in.join("\n") + "\n");
    let reports = desk.reports(&[]);
    // The example of a number that belongs to nobody stands in no case.
    let others: Vec<String> = reports
        .iter()
        .filter(|report| report.code != "privacy/unused-exception")
        .map(support::Report::headline)
        .collect();
    assert_eq!(others, Vec::<String>::new());
}

#[test]
fn a_folder_with_anything_in_it_is_left_alone() {
    let desk = desk();
    desk.write_beside("manual/notes.txt", "mine");
    assert!(refused(&desk, &["init"]).contains("manual"));
    desk.write_beside("file", "mine");
    refused(&desk, &["init", "file"]);
    refused(&desk, &["init", "new", "--from", "nowhere"]);
    fs::create_dir_all(desk.path("empty")).expect("a folder");
    done(&desk, &["init", "empty"]);
}

#[test]
fn the_shipped_manual_and_any_other_may_be_what_a_manual_begins_with() {
    let desk = desk();
    done(&desk, &["init", "shipped", "--from", "default"]);
    let mut copy = tree(&desk.path("shipped"));
    copy.retain(|path, _| !path.starts_with(".vscode/"));
    let original = tree(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("manual"));
    assert_eq!(copy.keys().collect::<Vec<_>>(), original.keys().collect::<Vec<_>>());
    assert!(copy == original, "every byte is copied");
    done(&desk, &["check", "shipped", "--strict", "--as-of", TODAY]);
    desk.write_beside("own/manual.yaml", "title: Ours\n");
    desk.write_beside("own/pages/a.md", "---\ntitle: A\nsummary: One.\n---\n");
    desk.write_beside("own/assets/form.pdf", "no form");
    desk.write_beside("own/.git/config", "private");
    done(&desk, &["init", "a copy/of it", "--from", "own"]);
    let copy = tree(&desk.path("a copy/of it"));
    let copied: Vec<&String> = copy.keys().filter(|path| !path.starts_with(".vscode/")).collect();
    assert_eq!(copied, ["assets/form.pdf", "manual.yaml", "pages/a.md"]);
    refused(&desk, &["init", "own/within", "--from", "own"]);
}

#[cfg(unix)]
#[test]
fn what_a_new_manual_says_to_type_may_be_typed() {
    // The folder that one is in, what is named, and where the site is then, seen from there.
    for (place, named, site) in [
        ("ours", ".", "../site"),
        ("site", ".", "../our-site"),
        ("", "site", "our-site"),
        ("", "site/ours", "our-site"),
        ("", "it's $HOME", "site"),
        ("", "-x", "site"),
        ("", "a\\b `c` \"d\"", "site"),
        ("", "~", "site"),
    ] {
        let desk = desk();
        let here = desk.path(place);
        fs::create_dir_all(&here).expect("a folder");
        let ran = Ran::of(desk.program().args(["init", "--", named]).current_dir(&here));
        assert_eq!(ran.code, 0, "{named}: {}", ran.stderr);
        assert!(here.join(named).join("manual.yaml").is_file(), "{named}");
        let commands: Vec<&str> = ran.stdout.lines().filter_map(|line| line.strip_prefix("  iptbook ")).collect();
        assert_eq!(commands.len(), 3, "{}", ran.stdout);
        for command in &commands[1..] {
            let mut shell = Command::new("sh");
            shell.args(["-c", &format!("exec {} {command}", env!("CARGO_BIN_EXE_iptbook"))]);
            let ran = Ran::of(shell.current_dir(&here).env("XDG_CACHE_HOME", desk.path(".cache")));
            assert_eq!(ran.code, 0, "{command}: {}", ran.stderr);
        }
        assert!(here.join(site).join("index.html").is_file(), "{commands:?}");
        assert!(commands[0].ends_with(" --open"), "{commands:?}");
    }
}

#[test]
fn a_copy_is_told_from_the_starter_and_what_it_lacks_is_said() {
    let desk = desk();
    assert!(done(&desk, &["init"]).stdout.contains("every key is explained"));
    desk.write_beside("own/manual.yaml", "title: Ours\ntheme: ../theme\n");
    desk.write_beside("own/pages/a.md", "---\ntitle: A\nsummary: One.\n---\n");
    desk.write_beside("theme/theme.yaml", "name: Ours\n");
    let beside = done(&desk, &["init", "copy", "--from", "own"]).stdout;
    assert!(!beside.contains("explained") && !beside.contains("theme"), "{beside}");
    done(&desk, &["check", "copy"]);
    let deeper = done(&desk, &["init", "copies/one", "--from", "own"]).stdout;
    assert!(deeper.contains("`../theme`") && deeper.contains("was not copied"), "{deeper}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_that_is_in_the_way_of_the_next_try() {
    let desk = desk();
    let limited = |blocks: usize, arguments: &[&str]| {
        let line = format!("trap '' XFSZ && ulimit -f {blocks} && exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &line, env!("CARGO_BIN_EXE_iptbook")]).args(arguments).current_dir(desk.root());
        Ran::of(&mut command)
    };
    let before = folders_and_files(desk.root());
    for arguments in
        [&["init", "deep/ours"][..], &["init", "deep/ours", "--from", "default"], &["theme", "new", "deep/t"]]
    {
        for blocks in [0, 4] {
            let ran = limited(blocks, arguments);
            assert!(ran.code == 0 || ran.stderr.starts_with("error: cannot write "), "{arguments:?}: {}", ran.stderr);
            if ran.code != 0 {
                assert_eq!(folders_and_files(desk.root()), before, "{arguments:?}, {blocks} blocks");
            } else {
                fs::remove_dir_all(desk.path("deep")).expect("it was made");
            }
        }
    }
    done(&desk, &["init"]);
    desk.write_beside("empty/manual.yaml", "title: T\n");
    let before = folders_and_files(desk.root());
    for manual in ["manual", "empty"] {
        let arguments = ["new", "technique", "Foo", "--manual", manual];
        assert_eq!(limited(0, &arguments).code, 3);
        assert_eq!(folders_and_files(desk.root()), before);
        done(&desk, &arguments);
        fs::remove_file(desk.path(&format!("{manual}/techniques"))).expect_err("a folder is there");
        let before_again = folders_and_files(&desk.path(manual));
        assert_eq!(limited(0, &["new", "technique", "Bar", "--manual", manual]).code, 3);
        assert_eq!(folders_and_files(&desk.path(manual)), before_again, "what was there stays");
        if manual == "manual" {
            fs::remove_file(desk.path("manual/techniques/03-foo.md")).expect("it was made");
        }
    }
}

/// What is in a folder, however deep.
fn folders_and_files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let within: Vec<_> = found.iter().filter(|path| path.is_dir()).flat_map(|path| folders_and_files(path)).collect();
    found.extend(within);
    found.sort();
    found
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_used_is_called_what_it_is() {
    use std::os::unix::fs::symlink;
    let desk = desk();
    symlink("nowhere", desk.path("dead")).expect("a link");
    let said = desk.run(&["init", "dead"]).stderr;
    assert!(said.contains("`dead` is a link to `nowhere`, which is not there"), "{said}");
    fs::remove_file(desk.path("dead")).expect("it is a link still");
    // What cannot be looked at, even by the administrator.
    fs::create_dir(desk.path("round")).expect("a folder");
    symlink("manual.yaml", desk.path("round/manual.yaml")).expect("a link");
    let said = desk.run(&["check", "round"]).stderr;
    assert!(said.starts_with("error: cannot read round/manual.yaml: "), "{said}");
    fs::remove_dir_all(desk.path("round")).expect("it was made");
    done(&desk, &["init", "ours"]);
    for arguments in [&["check"][..], &["build"], &["new", "page", "One"], &["mv", "role-play", "two"], &["serve"]] {
        let ran = Ran::of(desk.program().args(arguments).current_dir(desk.path("ours")));
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.stderr.contains("`iptbook serve .`") && ran.stderr.contains("`--manual .`"), "{}", ran.stderr);
    }
}

#[test]
fn the_editor_knows_the_keys_of_every_file() {
    let desk = desk();
    done(&desk, &["init"]);
    let files = tree(&desk.path("manual/.vscode"));
    let settings: serde_json::Value = serde_json::from_str(text(&files, "settings.json")).expect("JSON");
    let schemas = settings["yaml.schemas"].as_object().expect("schemas by their files");
    assert_eq!(schemas.len(), KINDS.len() + 2);
    for (path, of) in schemas {
        let file = path.strip_prefix("./.vscode/").expect("a path from the manual's folder");
        let name = file.strip_prefix("iptbook/").and_then(|file| file.strip_suffix(".json")).expect("a name");
        let printed = done(&desk, &["schema", name]).stdout;
        assert_eq!(text(&files, file), printed, "the schema of {name}");
        let of = of.as_str().expect("a pattern");
        let is_there = match of.strip_suffix("/*.md") {
            Some(folder) => desk.path(&format!("manual/{folder}")).is_dir(),
            None => desk.path(&format!("manual/{of}")).is_file(),
        };
        assert!(is_there, "{of} is the name of nothing");
    }
}

// ---- new -------------------------------------------------------------------------------------------

#[test]
fn a_new_chapter_of_each_kind_asks_only_for_what_its_author_must_say() {
    let desk = desk();
    done(&desk, &["init"]);
    for kind in KINDS {
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
    assert!(said.contains("`role-play` would not do: `role-play` may mean 2 chapters, in "), "{said}");
    assert_eq!(errors(&desk), Vec::<String>::new());
    // An old name of another chapter.
    done(&desk, &["mv", "role-play", "rehearsal"]);
    let (path, _, said) = begun(&desk, &["technique", "Role play"]);
    assert!(path.ends_with("-role-play-technique.md") && said.contains("the alias `role-play`"), "{said}");
    // Names that a disk or the site has for itself.
    for title in ["Nul", "CON", "com1", "LPT9", "Index"] {
        let (path, link, said) = begun(&desk, &["technique", title]);
        assert_eq!(link, format!("{}-technique", title.to_lowercase()), "{said}");
        assert!(path.ends_with(&format!("-{link}.md")) && said.contains("would not do"), "{said}");
    }
    assert_eq!(errors(&desk), Vec::<String>::new());
    // The same letters in another script: two titles, two ids.
    assert_eq!(begun(&desk, &["technique", "事"]).1, "shi");
    let (_, link, said) = begun(&desk, &["technique", "是"]);
    assert!(link == "shi-2" && said.contains("`shi` would not do: that is the id of \"事\""), "{said}");
    for again in ["事", "是", "Nul"] {
        assert!(refused(&desk, &["new", "technique", again]).contains("Give yours another title"));
    }
    assert_eq!(errors(&desk), Vec::<String>::new());
}

#[test]
fn an_id_is_shared_where_that_does_no_harm_and_links_say_what_they_mean_then() {
    let desk = tied();
    let (path, link, said) = begun(&desk, &["page", "Role play"]);
    assert_eq!((path.as_str(), link.as_str()), ("manual/pages/role-play.md", "page/role-play"), "{said}");
    assert!(!said.contains("would not do"), "{said}");
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

// ---- mv --------------------------------------------------------------------------------------------

/// A manual that names a technique in all ways that there are.
fn tied() -> TestManual {
    TestManual::new(&[
        ("manual.yaml", "title: T\nsafety: page/risk\ndefault-protocol: brief\n"),
        (
            "glossary.yaml",
            "- term: Rehearsal\n  definition: See [[technique/role-play]].\n  see: [technique/role-play]\n",
        ),
        (
            "techniques/03-role-play.md",
            "---\ntitle: Role play\nsummary: One.\nsteps: [Choose]\n---\n\n## Steps\n\nThis is [[#steps]] of role-play.\n",
        ),
        (
            "worksheets/role-play.md",
            "---\ntitle: Form\nsummary: One.\nrelated:\n  - \"technique/role-play\"\n---\n\n[[technique/role-play]], [[worksheet/role-play]]\n",
        ),
        (
            "stages/one.md",
            "---\r\ntitle: One\r\nsummary: One.\r\nactivity: One.\r\nsessions: 1-3\r\ntechniques: [ \"role-play\" , 'role-play-two' ]\r\n---\r\n\r\n\
             [[technique/role-play|Playing]] and [[ technique/role-play#steps ]].\r\n",
        ),
        ("techniques/role-play-two.md", "---\ntitle: Two\nsummary: Two.\n---\n\n`[[role-play]]` stays as it is.\n"),
        (
            "pages/risk.md",
            "\u{feff}---\ntitle: Risk\nsummary: >-\n  Folded.\nrelated:\n  - technique/role-play # why\n---\n\n\
             [a](../techniques/03-role-play.md#steps), [b][there] and\n[c](<../techniques/03-role-play.md> \"T\").\n\n\
             [there]: ../techniques/03-role-play.md\n",
        ),
        (
            "protocols/brief.md",
            "---\ntitle: Brief\nsummary: One.\nsessions: 3\nstages: [{ stage: one }]\n---\n\n\
             ```{chapters}\nof: technique/role-play\nrelation: related\n```\n\nrole-play is a word here.\n",
        ),
    ])
}

/// What leads where, as the data of the site tell it.
fn relations(desk: &TestManual) -> String {
    desk.run(&["build", "--as-of", TODAY]);
    desk.read("site/data/manual.json")
}

#[test]
fn a_chapter_gets_another_id_wherever_it_is_named_and_nowhere_else() {
    let desk = tied();
    assert_eq!(
        desk.reports(&[]).iter().filter(|report| report.severity == "error").count(),
        0,
        "{:?}",
        desk.reports(&[])
    );
    let (before, built) = (tree(&desk.path("manual")), relations(&desk));
    done(&desk, &["mv", "technique/role-play", "rehearsal"]);
    let after = tree(&desk.path("manual"));
    let own = text(&after, "techniques/03-rehearsal.md");
    assert_eq!(
        own,
        text(&before, "techniques/03-role-play.md").replacen(
            "title: Role play\n",
            "title: Role play\naliases: [role-play]\n",
            1
        )
    );
    assert!(!after.contains_key("techniques/03-role-play.md"));
    assert_eq!(after["techniques/role-play-two.md"], before["techniques/role-play-two.md"]);
    assert_eq!(
        text(&after, "stages/one.md"),
        text(&before, "stages/one.md")
            .replace("\"role-play\"", "\"rehearsal\"")
            .replace("technique/role-play", "technique/rehearsal")
    );
    assert_eq!(text(&after, "pages/risk.md"), text(&before, "pages/risk.md").replace("role-play", "rehearsal"));
    assert_eq!(
        text(&after, "worksheets/role-play.md"),
        text(&before, "worksheets/role-play.md")
            .replace("- role-play", "- rehearsal")
            .replace("technique/role-play", "technique/rehearsal")
    );
    assert!(
        text(&after, "protocols/brief.md")
            .contains("of: technique/rehearsal\nrelation: related\n```\n\nrole-play is a word")
    );
    let glossary = text(&after, "glossary.yaml");
    assert!(!glossary.contains("role-play"), "{glossary}");
    let renamed = relations(&desk);
    assert_eq!(desk.reports(&[]).iter().filter(|report| report.severity == "error").count(), 0);
    // Nothing else is another: with the old names put back, the data of the site are the same.
    let back = renamed.replace("03-rehearsal", "03-role-play").replace("technique/rehearsal", "technique/role-play");
    let back = back.replace("techniques/rehearsal", "techniques/role-play").replace("\"rehearsal\"", "\"role-play\"");
    assert!(back.contains("role-play") && back.matches("role-play").count() >= built.matches("role-play").count());
    // And back: the new id becomes an alias, the old one is none any more.
    done(&desk, &["mv", "technique/rehearsal", "role-play"]);
    let again = tree(&desk.path("manual"));
    assert!(text(&again, "techniques/03-role-play.md").contains("aliases: [rehearsal]\n"));
    for path in before.keys().filter(|path| *path != "techniques/03-role-play.md" && *path != "glossary.yaml") {
        assert_eq!(text(&again, path), text(&before, path), "{path}");
    }
}

#[test]
fn the_old_address_leads_to_the_new_one() {
    let desk = tied();
    done(&desk, &["mv", "technique/role-play", "rehearsal"]);
    let ran = desk.run(&["build", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(desk.read("site/techniques/role-play.html").contains("rehearsal.html"));
    // That of a blank sheet leads to the sheet.
    desk.write("stages/two.md", "---\ntitle: Two\nactivity: Two.\ntherapist-tasks: [Ask]\n---\n");
    done(&desk, &["mv", "stage/two", "second"]);
    desk.build();
    assert!(desk.read("site/stages/two.html").contains("/second.html"));
    assert!(desk.read("site/stages/two.checklist.html").contains("/second.checklist.html"));
}

#[test]
fn what_cannot_be_renamed_changes_nothing_and_is_said() {
    let desk = tied();
    desk.write("index.md", b"---\ntitle: Home\nsummary: Here it begins.\n---\n");
    for (arguments, said) in [
        (["mv", "role-pla", "new"], "did you mean"),
        (["mv", "role-play", "new"], "technique/role-play"),
        (["mv", "technique/role-play", "Role Play"], "lower-case"),
        (["mv", "technique/role-play", "role-play-two"], "already"),
        (["mv", "technique/role-play", "role-play"], "already"),
        (["mv", "technique/role-play", "../up"], "lower-case"),
        (["mv", "term/focus", "aim"], "glossary.yaml"),
        (["mv", "page/index", "start"], "home page"),
    ] {
        let why = refused(&desk, &arguments);
        assert!(why.contains(said), "{arguments:?}: {why}");
    }
    // A file that is not read may name the chapter.
    desk.write("pages/odd.md", b"---\ntitle: Odd\n---\n\n\xff [[role-play]]\n");
    assert!(refused(&desk, &["mv", "technique/role-play", "new"]).contains("nothing was changed"));
}

#[test]
fn nothing_is_renamed_while_anything_is_not_understood() {
    let broken: &[(&str, &[u8], &str)] = &[
        ("manual.yaml", b"title: T\nsafety: page/risk\ndefault-protocol: brief\nfoo: \"\n", "manual.yaml:4"),
        ("glossary.yaml", b"- term: A\n  definition: B\n   foo: [\n  see: [technique/role-play]\n", "glossary.yaml:3"),
        ("glossary.yaml", b"- term: A\n  definition:\n  see: [technique/role-play]\n", "glossary.yaml:2"),
        (
            "stages/one.md",
            b"---\ntitle: \"One\ntechniques: [role-play]\n---\n\n[[technique/role-play]]\n",
            "stages/one.md:2",
        ),
        ("stages/one.md", b"---\ntitle: One\ntechniques: [role-play]\n\n[[technique/role-play]]\n", "stages/one.md:1"),
        ("stages/one.md", b"[[technique/role-play]]\n", "stages/one.md:1"),
        (
            "stages/one.md",
            b"---\ntitle: One\nsummary: One.\ntechniques: [role-play]\ntechniques: [role-play]\n---\n",
            "stages/one.md:5",
        ),
        ("stages/one.md", b"---\ntitle: One\ntechniques: role-play\n---\n", "stages/one.md:3"),
        ("stages/one.md", b"---\ntitle: One\ntechnques: [role-play]\n---\n", "stages/one.md:3"),
        (
            "pages/risk.md",
            b"---\ntitle: Risk\n---\n\n```{chapters}\nof: \"technique/role-play\n```\n",
            "pages/risk.md:6",
        ),
        ("pages/risk.md", b"---\ntitle: Risk\n---\n\n```{chapter}\nof: technique/role-play\n```\n", "pages/risk.md:5"),
        (
            "pages/risk.md",
            b"---\ntitle: Risk\n---\n\n| a | b |\n| - | - |\n| [[technique/role-play|x]] | c |\n",
            "pages/risk.md:7",
        ),
    ];
    for (path, text, place) in broken {
        let desk = tied();
        desk.write(path, text);
        let said = refused(&desk, &["mv", "technique/role-play", "rehearsal"]);
        assert!(said.contains(place) && said.contains("Mend this first"), "{path} {place}: {said}");
    }
    // What merely lacks something is understood.
    let desk = tied();
    desk.write("stages/two.md", b"---\ntitle: Two\nactivity:\ntechniques: [role-play]\n---\n");
    done(&desk, &["mv", "technique/role-play", "rehearsal"]);
    assert!(desk.read("manual/stages/two.md").contains("[rehearsal]"));
}

#[test]
fn another_id_ends_that_a_link_may_mean_several_chapters() {
    let twice = || {
        TestManual::new(&[
            ("techniques/01-role-play.md", "---\ntitle: Role play\nsummary: One.\nrelated: [page/role-play]\n---\n"),
            ("pages/role-play.md", "---\ntitle: On it\nsummary: One.\n---\n\n[[page/role-play]]\n"),
            ("pages/other.md", "---\ntitle: Other\nsummary: One.\n---\n\nHere.\n\nSee [[role-play]].\n"),
        ])
    };
    let errors = |desk: &TestManual| desk.reports(&[]).iter().filter(|report| report.severity == "error").count();
    for (old, leads) in [("page/role-play", "technique/role-play"), ("technique/role-play", "page/role-play")] {
        let desk = twice();
        assert_eq!(errors(&desk), 1);
        let said = done(&desk, &["mv", old, "rehearsal"]).stdout;
        assert!(said.contains(&format!("pages/other.md:8: `[[role-play]]` leads to `{leads}` now")), "{said}");
        assert_eq!(errors(&desk), 0);
        let (id, _) = old.split_once('/').expect("a kind");
        let named = if id == "page" { "techniques/01-role-play.md" } else { "pages/other.md" };
        assert_eq!(desk.read(&format!("manual/{named}")).contains("page/rehearsal"), id == "page");
    }
    // What led nowhere may do so in another way.
    let desk = twice();
    desk.write("techniques/02-more.md", "---\ntitle: More\nsummary: One.\n---\n\n[[role-play#steps]]\n");
    done(&desk, &["mv", "technique/role-play", "rehearsal"]);
    // What led somewhere may not.
    let desk = twice();
    desk.write("techniques/02-more.md", "---\ntitle: More\nsummary: One.\n---\n\n[[other]]\n");
    let before = tree(desk.root());
    let ran = desk.run(&["mv", "technique/role-play", "other"]);
    assert_eq!((ran.code, tree(desk.root()) == before), (1, true));
    assert!(ran.stderr.contains("techniques/02-more.md:6:3") && ran.stderr.contains("`page/other`"), "{}", ran.stderr);
    // Of three, two are left.
    let desk = twice();
    desk.write("measures/role-play.md", b"---\ntitle: How well\nsummary: One.\n---\n");
    let before = errors(&desk);
    done(&desk, &["mv", "measure/role-play", "rehearsal"]);
    assert_eq!(errors(&desk), before);
}

#[test]
fn an_id_may_begin_with_digits() {
    let desk = tied();
    done(&desk, &["mv", "brief", "12-sessions"]);
    assert!(desk.read("manual/protocols/brief.md").starts_with("---\ntitle: Brief\n"));
    assert!(desk.read("manual/protocols/brief.md").contains("\nid: 12-sessions\n"));
    assert!(desk.read("manual/manual.yaml").contains("default-protocol: 12-sessions"));
    done(&desk, &["mv", "12-sessions", "short"]);
    assert!(desk.read("manual/protocols/brief.md").contains("\nid: short\n"));
    // A number is there already.
    done(&desk, &["mv", "technique/role-play", "2-plays"]);
    assert!(desk.path("manual/techniques/03-2-plays.md").is_file());
    assert!(desk.reports(&[]).iter().all(|report| report.severity == "warning"));
}

#[test]
fn the_old_id_finds_its_place_in_front_matter_of_any_shape() {
    for (front, after) in [
        ("title: A\naliases:\nsummary: B", "title: A\naliases: [role-play]\nsummary: B"),
        ("aliases: # none\ntitle: A", "aliases: [role-play] # none\ntitle: A"),
        ("aliases: ~ # none\ntitle: A", "aliases: [role-play] # none\ntitle: A"),
        ("aliases: [ ]\ntitle: A", "aliases: [role-play]\ntitle: A"),
        ("aliases: [a, 'b']\ntitle: A", "aliases: [a, 'b', role-play]\ntitle: A"),
        ("aliases:\n  - a\n  - \"b\" # c\ntitle: A", "aliases:\n  - a\n  - \"b\" # c\n  - role-play\ntitle: A"),
        ("{title: A, summary: B}", "{aliases: [role-play], title: A, summary: B}"),
        ("{ title: A,\n  aliases: [] }", "{ title: A,\n  aliases: [role-play] }"),
        ("  title: A\n  summary: B", "  title: A\n  aliases: [role-play]\n  summary: B"),
        (
            "summary: B\ntitle: >-\n  A\n  B\norder: 3",
            "summary: B\naliases: [role-play]\ntitle: >-\n  A\n  B\norder: 3",
        ),
        ("\"title\": A\nsummary: B", "\"title\": A\naliases: [role-play]\nsummary: B"),
        ("order: 3", "order: 3\naliases: [role-play]"),
    ] {
        let desk = tied();
        desk.write("techniques/03-role-play.md", format!("---\n{front}\n---\n\n## Steps\n\nText.\n"));
        let before = desk.reports(&[]).len();
        done(&desk, &["mv", "technique/role-play", "rehearsal"]);
        let text = desk.read("manual/techniques/03-rehearsal.md");
        assert_eq!(text, format!("---\n{after}\n---\n\n## Steps\n\nText.\n"), "{front}");
        assert_eq!(desk.reports(&[]).len(), before, "{front}");
    }
    // One that is no list is said to be none.
    let desk = tied();
    desk.write("techniques/03-role-play.md", "---\ntitle: A\naliases: old\n---\n");
    let said = refused(&desk, &["mv", "technique/role-play", "rehearsal"]);
    assert!(said.contains("03-role-play.md:3") && said.contains("`aliases: [old]`"), "{said}");
}

#[test]
fn code_stays_as_it_is_in_texts_of_any_shape() {
    // What is in code has the old id in both.
    let texts = |id: &str| {
        let wiki = format!(
            "`[[technique/role-play]]` or `[[ technique/role-play | x ]]` to [[technique/{id}]], [[technique/{id}|it]]\
             and [[ technique/{id}#steps ]]"
        );
        let path = format!(
            "`[x](../techniques/03-role-play.md)` to [x](../techniques/03-{id}.md) and [y](<../techniques/03-{id}.md#steps>)"
        );
        let folded = wiki.replace(" or ", "\n      or ").replace(" to ", "\n\n      to ");
        [
            format!("- term: A\n  definition: \"{wiki}\"\n- term: B\n  definition: >-\n      {folded}\n"),
            format!(
                "---\ntitle: Two\nsummary: '{path}'\nsteps:\n  - To {path}\n  - \"{path}\"\n  - |\n    {wiki}\n  - >\n    {path}\n\
                 ---\n\n{wiki}\n\n{path}\n\n- One:\n\n  ```{{say}}\n  {wiki}\n\n  {path}\n  ```\n"
            ),
        ]
    };
    let desk = tied();
    let files = ["glossary.yaml", "techniques/role-play-two.md"];
    files.iter().zip(texts("role-play")).for_each(|(file, text)| desk.write(file, text));
    done(&desk, &["mv", "technique/role-play", "rehearsal"]);
    assert_eq!(files.map(|file| desk.read(&format!("manual/{file}"))), texts("rehearsal"));
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_leaves_all_as_they_were() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = tied();
    let folder = desk.path("manual/worksheets");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("rights");
    let is_obeyed = fs::write(folder.join("probe"), "").is_err();
    if is_obeyed {
        refused(&desk, &["mv", "technique/role-play", "rehearsal"]);
    } else {
        // The administrator may write everywhere.
        fs::remove_file(folder.join("probe")).expect("it was just made");
    }
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("rights");
    // A file in the way, where the new one belongs.
    fs::create_dir_all(desk.path("manual/techniques/03-rehearsal.md/x")).expect("a folder");
    refused(&desk, &["mv", "technique/role-play", "rehearsal"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_may_only_be_read_or_has_two_names_is_left_alone() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let mv = ["mv", "technique/role-play", "rehearsal"];
    let desk = tied();
    let file = desk.path("manual/stages/one.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("rights");
    assert!(refused(&desk, &mv).contains("manual/stages/one.md` is read-only"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("rights");
    // A name that leads to the chapter, or to one that names it.
    for (path, folder) in [("techniques/03-role-play.md", "techniques"), ("stages/one.md", "stages")] {
        let again = desk.path(&format!("manual/{folder}/again.md"));
        symlink(desk.path("manual").join(path), &again).expect("a link");
        let said = refused(&desk, &mv);
        assert!(said.contains("again.md") && said.contains(path), "{said}");
        fs::remove_file(again).expect("the link goes");
    }
    // Files that are links to what is no chapter: one that keeps its name is written through it.
    fs::create_dir(desk.path("manual/.kept")).expect("a folder");
    let keep = |path: &str, kept: &str| {
        fs::rename(desk.path("manual").join(path), desk.path("manual/.kept").join(kept)).expect("it moves");
        symlink(format!("../.kept/{kept}"), desk.path("manual").join(path)).expect("a link");
    };
    keep("stages/one.md", "one");
    done(&desk, &mv);
    assert!(desk.path("manual/stages/one.md").is_symlink());
    assert!(desk.read("manual/.kept/one").contains("rehearsal"));
    keep("techniques/03-rehearsal.md", "two");
    let said = refused(&desk, &["mv", "technique/rehearsal", "other"]);
    assert!(said.contains("is a link to"), "{said}");
}

// ---- What editors and shells are told ----------------------------------------------------------------

#[test]
fn there_is_a_schema_of_every_file() {
    let desk = desk();
    for name in KINDS.iter().chain(&["manual", "glossary"]) {
        let schema: serde_json::Value = serde_json::from_str(&done(&desk, &["schema", name]).stdout).expect("JSON");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{name}");
    }
    let any: serde_json::Value = serde_json::from_str(&done(&desk, &["schema"]).stdout).expect("JSON");
    assert!(any.is_object());
    assert!(refused(&desk, &["schema", "tecnique"]).contains("technique"));
}

#[test]
fn shells_complete_every_command() {
    let desk = desk();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = done(&desk, &["completions", shell]).stdout;
        for name in ["init", "serve", "new", "mv", "schema", "build", "check", "technique"] {
            assert!(script.contains(name), "{shell}: {name}");
        }
    }
    // The shell itself takes it, where there is one.
    let script = done(&desk, &["completions", "bash"]).stdout;
    desk.write_beside("completions.bash", script);
    let asks = "source completions.bash && COMP_WORDS=(iptbook ne) COMP_CWORD=1 && _iptbook iptbook ne iptbook && echo \"${COMPREPLY[@]}\"";
    if let Ok(done) = Command::new("bash").args(["-c", asks]).current_dir(desk.root()).output() {
        assert_eq!(String::from_utf8_lossy(&done.stdout).trim(), "new", "{}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn fish_completes_words_where_there_are_some_and_folders_where_those_are_meant() {
    let desk = desk();
    let script = done(&desk, &["completions", "fish"]).stdout;
    desk.write_beside("completions.fish", script);
    fs::create_dir(desk.path("techniques-folder")).expect("a folder");
    desk.write_beside("technique.txt", "no folder");
    for (typed, offered) in [
        ("new te", "technique"),
        ("schema g", "glossary"),
        ("explain link/amb", "link/ambiguous"),
        ("man theme-n", "theme-new"),
        ("check tech", "techniques-folder/"),
        ("theme new tech", "techniques-folder/"),
        ("new page tech", "technique.txt techniques-folder/"),
    ] {
        let asks = format!("source completions.fish; complete -C 'iptbook {typed}'");
        let mut fish = Command::new("fish");
        fish.args(["--no-config", "-c", &asks]).current_dir(desk.root()).env("HOME", desk.root());
        // Where there is no fish, its script was made at least.
        let Ok(done) = fish.output() else { return };
        let words = String::from_utf8_lossy(&done.stdout).into_owned();
        let words: Vec<&str> = words.lines().filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(words.join(" "), offered, "{typed}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn there_is_a_page_for_the_systems_manual_about_each_command() {
    let desk = desk();
    let page = done(&desk, &["man"]).stdout;
    assert!(page.contains(".TH iptbook 1") && page.contains("serve"), "{page}");
    for name in commands(&desk) {
        let page = done(&desk, &["man", &name]).stdout;
        assert!(page.contains(&format!(".TH iptbook-{name} 1")), "{page}");
    }
    // As one types it, and as other pages name it.
    for name in [&["theme", "new"][..], &["theme-new"], &["iptbook-theme-new"]] {
        let page = done(&desk, &[&["man"], name].concat()).stdout;
        assert!(page.contains(".TH iptbook-theme-new 1"), "{page}");
    }
    assert_eq!(done(&desk, &["man", "iptbook"]).stdout, done(&desk, &["man"]).stdout);
    assert!(refused(&desk, &["man", "biuld"]).contains("`build`"));
    assert!(refused(&desk, &["man", "theme", "nwe"]).contains("`theme-new`"));
}

/// The commands that `--help` names.
fn commands(desk: &TestManual) -> Vec<String> {
    let help = done(desk, &["--help"]).stdout;
    let list = help.split_once("Commands:\n").and_then(|(_, rest)| rest.split_once("\n\n")).expect("a list").0;
    let name = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(first_word);
    list.lines().filter_map(name).filter(|name| name != "help").collect()
}

fn first_word(line: &str) -> String {
    line.split(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn every_command_shows_an_example_that_can_be_run() {
    let desk = desk();
    done(&desk, &["init", "our-manual", "--from", "default"]);
    done(&desk, &["init"]);
    let all = commands(&desk);
    assert!(all.len() >= 13, "{all:?}");
    for name in all {
        let help = done(&desk, &[&name, "--help"]).stdout;
        let examples = help.split_once("Example").unwrap_or_else(|| panic!("{name} shows none")).1;
        let examples: Vec<&str> =
            examples.split("iptbook ").skip(1).filter_map(|example| example.lines().next()).collect();
        assert!(!examples.is_empty(), "{name}");
        for example in examples {
            assert!(example.starts_with(&name), "{name} shows `{example}`");
            // What is not a command's own is the shell's; a server does not end, and folders are there already.
            let (command, _) = example.split_once(" >").unwrap_or((example, ""));
            let folder = if name == "init" { "another-manual" } else { "our-manual" };
            let arguments: Vec<String> = words(&command.replace("our-manual", folder));
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            match name.as_str() {
                "serve" => {
                    let ran = desk.run(&["serve", "our-manual", "--host", "no such name"]);
                    assert_eq!(ran.code, 2, "{}", ran.stderr);
                }
                "init" => {
                    done(&desk, &arguments);
                    fs::remove_dir_all(desk.path(folder)).expect("it was made");
                }
                // The chapter of the example is there, as is proper.
                "new" => assert!(desk.run(&arguments).stderr.contains("already")),
                // Without a manual named, it is that of `init`, which has another protocol.
                "sessions" => {
                    assert!(desk.run(&arguments).stderr.contains("standard-ipt"), "{example}");
                    done(&desk, &[&arguments[..], &["our-manual"]].concat());
                }
                _ => drop(done(&desk, &arguments)),
            }
        }
    }
}

/// A command as a shell takes it apart.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().map(str::to_owned).collect::<Vec<_>>(),
            _ => vec![part.to_owned()],
        })
        .collect()
}

#[test]
fn the_last_line_tells_what_was_done() {
    let desk = desk();
    done(&desk, &["init"]);
    let said = done(&desk, &["build"]).stdout;
    let pattern = regex::Regex::new(r"^18 chapters, \d+ pages, no warnings, \d+\.\d\d s -> site/index.html\n$")
        .expect("a pattern");
    assert!(pattern.is_match(&said), "{said}");
    done(&desk, &["new", "technique", "Another"]);
    let said = done(&desk, &["build"]).stdout;
    assert!(said.contains("19 chapters") && said.contains("1 warning,"), "{said}");
    let said = done(&desk, &["check"]).stdout;
    assert!(said.starts_with("19 chapters, 1 warning, "), "{said}");
}
