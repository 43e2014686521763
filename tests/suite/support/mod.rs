//! Puts a manual into a temporary folder, and runs the real program on it.
//!
//! Shared by the tests that look at the program from outside. Nothing here knows how the program works inside.

pub(crate) mod cases;
pub(crate) mod edits;
pub(crate) mod fixes;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The day on which review dates are judged in tests.
pub(crate) const TODAY: &str = "2026-11-23";

/// The manual.yaml of a manual that gives none.
pub(crate) const PLAIN_MANUAL: &str = "title: Test manual\n";

/// A folder of its own with a manual in `manual/`; gone again at the end of the test.
pub(crate) struct TestManual {
    root: TempDir,
}

impl TestManual {
    /// A manual of these files, by their paths in the manual. Without a manual.yaml among them it
    /// gets one that says the title only.
    pub(crate) fn new<T: AsRef<[u8]>>(files: &[(&str, T)]) -> Self {
        let manual = Self { root: tempfile::tempdir().expect("a temporary folder") };
        manual.write("manual.yaml", PLAIN_MANUAL);
        for (path, content) in files {
            manual.write(path, content);
        }
        manual
    }

    /// The folder that holds `manual/` and, after a build, `site/`.
    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    /// A path in the folder that holds `manual/`.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Writes a file of the manual.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        self.write_beside(&format!("manual/{path}"), content);
    }

    /// Writes a file beside the manual.
    pub(crate) fn write_beside(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder is made");
        fs::write(&path, content).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// A file beside the manual, as text.
    pub(crate) fn read(&self, path: &str) -> String {
        let path = self.path(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// The program, to be run where `manual/` is, without what the environment may tell it.
    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_iptbook"));
        command.current_dir(self.root());
        for name in ["SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
            command.env_remove(name);
        }
        // Where what is known of earlier builds is kept.
        command.env("XDG_CACHE_HOME", self.path(".cache"));
        command
    }

    /// Runs the program where `manual/` is.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.program().args(arguments))
    }

    /// Builds `manual/` to `site/`, which must go well.
    pub(crate) fn build(&self) -> Tree {
        let ran = self.run(&["build", "--as-of", TODAY]);
        assert_eq!(ran.code, 0, "the manual builds:\n{}", ran.stderr);
        tree(&self.path("site"))
    }

    /// What `check` reports.
    pub(crate) fn reports(&self, arguments: &[&str]) -> Vec<Report> {
        let ran = self.run(&check(&["--format", "json"], arguments));
        let reports = ran.reports();
        let errors = reports.iter().any(|report| report.severity == "error");
        assert_eq!(ran.code, i32::from(errors), "errors and only they give exit code 1\n{}{}", ran.stdout, ran.stderr);
        reports
    }
}

/// The arguments of `check`, with a day on which review dates are judged.
pub(crate) fn check<'a>(first: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    let day: &[&str] = if more.contains(&"--as-of") { &[] } else { &["--as-of", TODAY] };
    [&["check", "manual"], first, day, more].concat()
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit code.
    pub(crate) code: i32,
    /// What went to standard output.
    pub(crate) stdout: String,
    /// What went to standard error.
    pub(crate) stderr: String,
}

impl Ran {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let done = command.output().expect("the program runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
        let code = done.status.code().expect("the program ends by itself");
        Self { code, stdout: text(done.stdout), stderr: text(done.stderr) }
    }

    /// The reports of `check --format json`.
    pub(crate) fn reports(&self) -> Vec<Report> {
        self.stdout.lines().map(Report::read).collect()
    }
}

/// A report as `check --format json` prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Report {
    /// The file, relative to the manual.
    pub(crate) file: String,
    pub(crate) line: u64,
    pub(crate) column: u64,
    pub(crate) end_line: u64,
    pub(crate) end_column: u64,
    pub(crate) severity: String,
    pub(crate) code: String,
    pub(crate) message: String,
    /// Empty when there is none.
    pub(crate) help: String,
}

impl Report {
    fn read(line: &str) -> Self {
        let json: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("a line is one JSON object: {error}\n{line}"));
        let sometimes = |key: &&String| !["notes", "fix"].contains(&key.as_str());
        let keys: Vec<&String> = json.as_object().expect("an object").keys().filter(sometimes).collect();
        let mut wanted =
            ["code", "severity", "message", "file", "line", "column", "end-line", "end-column", "help", "labels"]
                .to_vec();
        wanted.sort_unstable();
        assert_eq!(keys, wanted, "a report has these keys and no others");
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        let number = |name: &str| json[name].as_u64().unwrap_or_else(|| panic!("`{name}` is a number: {line}"));
        let file = text("file");
        Self {
            file: file.strip_prefix("manual/").unwrap_or(&file).to_owned(),
            line: number("line"),
            column: number("column"),
            end_line: number("end-line"),
            end_column: number("end-column"),
            severity: text("severity"),
            code: text("code"),
            message: text("message"),
            help: text("help"),
        }
    }

    /// `file:line:column severity[code] message`.
    pub(crate) fn headline(&self) -> String {
        let Self { file, line, column, severity, code, message, .. } = self;
        format!("{file}:{line}:{column} {severity}[{code}] {message}")
    }
}

/// The files under a folder: relative path to content.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// Reads all files under a folder; empty when there is none.
pub(crate) fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    gather(folder, folder, &mut found);
    found
}

fn gather(root: &Path, folder: &Path, found: &mut Tree) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.expect("the folder is read").path();
        if path.is_dir() {
            gather(root, &path, found);
        } else {
            let name = path.strip_prefix(root).expect("it lies under the root").to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        }
    }
}

/// The names of what stands directly in a folder, sorted.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder is read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("the folder is read").file_name().to_string_lossy().into_owned()).collect();
    // What is known of earlier builds, where one of them took long enough to be worth it.
    names.retain(|name| name != ".cache");
    names.sort();
    names
}

/// Asserts that two trees hold the same, and names the first file that differs.
pub(crate) fn assert_same_trees(one: &Tree, other: &Tree, why: &str) {
    let names = |tree: &Tree| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "{why}: the same files");
    for (path, content) in one {
        let same = content == &other[path];
        assert!(same, "{why}: {path} differs");
    }
}
