//! Tests the author's commands as they are typed: starting a manual and chapters, renaming, and what editors and shells
//! are told. `serve.rs` tests `serve`.

mod init;
mod mv;
mod new;
mod told;

use std::fs;

use crate::support::{Ran, TestManual, Tree, tree};

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
