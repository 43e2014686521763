//! Tests the program as it is typed: exit codes, output, what is written and what stays as it is.

mod exit_codes;
mod files;
mod made_again;
#[cfg(unix)]
mod on_unix;
mod options;
mod output;
mod own_themes;
mod pictures;
mod reports;
mod same_bytes;
mod sessions;
mod themes;

use crate::support::{Report, TODAY, TestManual, Tree, tree};

/// A manual without a mistake.
fn sound() -> TestManual {
    TestManual::new(&[
        ("manual.yaml", "title: Sound\nlanguage: en\nsafety: page/risk\nreview: { interval: 24 months }\n"),
        ("glossary.yaml", "- term: Sick role\n  definition: One is ill.\n"),
        (
            "references.bib",
            "@article{elkin1989, author = {Elkin, Irene}, title = {Treatment}, journal = {A}, date = {1989}}\n",
        ),
        ("index.md", "---\ntitle: Welcome\nsummary: Where to begin.\n---\n\nBegin with [[role-play]] [@elkin1989].\n"),
        ("pages/risk.md", "---\ntitle: Risk\nsummary: What to do at risk.\n---\n\nCall somebody.\n"),
        (
            "techniques/role-play.md",
            "---\ntitle: Role play\nsummary: Practising, in the sick role.\nsteps: [Choose, Play]\n\
             reviewed: 2025-01-01\n---\n\n![A circle](../assets/circle.png) and [a form](../forms/form.pdf).\n",
        ),
        (
            "stages/initial.md",
            "---\ntitle: Initial\nsummary: One.\nactivity: Something.\nsessions: 1-3\ntechniques: [role-play]\n\
             patient-tasks: [Come]\n---\n",
        ),
        (
            "protocols/standard.md",
            "---\ntitle: Standard\nsummary: One.\nsessions: 3\nstages: [{ stage: initial }]\n---\n",
        ),
        ("assets/circle.png", "no picture"),
        ("forms/form.pdf", "no form"),
        ("forms/unused.pdf", "no form"),
    ])
}

/// A manual with one warning and no error.
fn with_a_warning() -> TestManual {
    TestManual::new(&[("techniques/a.md", "---\ntitle: A\n---\n")])
}

/// A manual with one error.
fn with_an_error() -> TestManual {
    TestManual::new(&[("techniques/a.md", "---\ntitle: A\nsummary: One.\n---\n\n[[b]]\n")])
}

/// A manual with a theme of its own, in `theme/` beside it.
fn themed(files: &[(&str, &str)]) -> TestManual {
    let manual = sound();
    for (path, content) in files {
        manual.write_beside(&format!("theme/{path}"), content);
    }
    manual
}

fn themed_tree(manual: &TestManual) -> Tree {
    let ran = manual.run(&["build", "--theme", "theme", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    tree(&manual.path("site"))
}

fn text<'a>(tree: &'a Tree, path: &str) -> &'a str {
    let content = tree.get(path).unwrap_or_else(|| panic!("{path} is written: {:?}", tree.keys().collect::<Vec<_>>()));
    std::str::from_utf8(content).expect("a text")
}

/// The one report there is.
fn only(reports: &[Report]) -> &Report {
    let [report] = reports else { panic!("one report and not {}: {reports:#?}", reports.len()) };
    report
}
