//! Tests `mv`: another id for a chapter.

use std::fs;

use super::{done, refused, text, tied};
use crate::support::{TODAY, TestManual, tree};

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
        assert!(said.contains(place) && said.contains("Fix this first"), "{path} {place}: {said}");
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
        assert!(said.contains(&format!("pages/other.md:8: `[[role-play]]` now leads to `{leads}`")), "{said}");
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
