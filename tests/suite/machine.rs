//! Tests that nothing about the machine reaches a reader: a full disk, a place where nothing can be written, the order
//! in which a disk lists its files, the number of threads, the clock, the language of the machine, the place of the
//! manual.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use crate::support::{Ran, TODAY, TestManual, Tree, assert_same_trees, check, names_in, tree};
use tempfile::TempDir;

/// The files of the manual that shows every component.
fn kitchen_sink() -> Tree {
    let files = tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kitchen-sink"));
    assert!(files.len() > 30, "the manual is found");
    files
}

/// What stands beside the manual, but for what is known of earlier builds.
fn beside(manual: &TestManual) -> Vec<String> {
    names_in(manual.root()).into_iter().filter(|name| name != ".cache").collect()
}

// ---- Where nothing can be written ------------------------------------------------------------------

/// The bytes in a block, as the shell counts.
const BLOCK: usize = 512;

/// Builds where no file can have more than that many blocks, as when the disk is full by then. This needs
/// no disk of its own, and root is held to it too.
fn build_with_room_for(blocks: usize, manual: &TestManual, out: &str) -> Ran {
    let line = format!("trap '' XFSZ && ulimit -f {blocks} && exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &line, env!("CARGO_BIN_EXE_iptbook")]);
    command.args(["build", "--drafts", "--as-of", TODAY, "--out", out]).current_dir(manual.root());
    Ran::of(as_the_program(manual, &mut command))
}

/// Gives a command what is in the environment of the program.
fn as_the_program<'c>(manual: &TestManual, command: &'c mut Command) -> &'c mut Command {
    for (name, value) in manual.program().get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

/// The file that a failed build names, with the cause.
fn not_written(ran: &Ran) -> (&str, &str) {
    let last = ran.stderr.lines().last().unwrap_or_default();
    let told = last.strip_prefix("error: cannot write ").and_then(|told| told.split_once(": "));
    told.unwrap_or_else(|| panic!("a path and a cause: {}", ran.stderr))
}

/// `script`, which every Debian has, makes a terminal.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_told_what_is_left_open_and_a_program_is_not() {
    let settings = "title: T\nslots:\n  desk: { label: Duty desk, left-open: each ward has its own }\n";
    let page = "---\ntitle: A\nsummary: One.\n---\n\nCall [[slot/desk]].\n";
    let manual = TestManual::new(&[("manual.yaml", settings), ("index.md", page)]);
    let words = "not filled in yet: Duty desk (see `slots` in manual.yaml)";
    let line = format!("{} build --as-of {TODAY} --out site", env!("CARGO_BIN_EXE_iptbook"));
    let mut terminal = Command::new("script");
    terminal.args(["-qec", &line, "/dev/null"]).current_dir(manual.root());
    let ran = as_the_program(&manual, &mut terminal).output().expect("a terminal");
    let shown = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success() && shown.contains(words), "{shown}");
    let ran = manual.run(&["build", "--as-of", TODAY, "--out", "other"]);
    assert!(ran.code == 0 && !ran.stderr.contains("not filled in yet"), "{}", ran.stderr);
}

/// Nobody may make a folder here, not even root.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_nobody_may_write_to_is_told_in_words() {
    let manual = TestManual::new(&[("index.md", "---\ntitle: A\nsummary: One.\n---\n")]);
    let ran = manual.run(&["build", "--as-of", TODAY, "--out", "/sys/site"]);
    let (path, cause) = not_written(&ran);
    assert_eq!((ran.code, path), (3, "/sys/site"), "{}", ran.stderr);
    let is_told = ["you are not allowed to", "the disk can only be read"].iter().any(|words| cause.starts_with(words));
    assert!(is_told, "{}", ran.stderr);
}

#[test]
fn a_full_disk_leaves_the_old_site_and_nothing_beside_it() {
    let files = kitchen_sink();
    let manual = TestManual::new(&files.iter().map(|(path, content)| (path.as_str(), content)).collect::<Vec<_>>());
    // Larger than any page, so that something is copied, too, that does not fit.
    manual.write("assets/large.bin", vec![7; 600_000]);
    let build = |out: &str| {
        let ran = manual.run(&["build", "--drafts", "--as-of", TODAY, "--out", out]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        tree(&manual.path(out))
    };
    let old = build("site");
    manual.write("index.md", format!("{}\nOne more line.\n", String::from_utf8_lossy(&files["index.md"])));
    let new = build("whole");
    assert_ne!(old, new, "the manual has changed");
    fs::remove_dir_all(manual.path("whole")).expect("it goes");

    let mut stopped_at = BTreeSet::new();
    for blocks in [0, 1, 4, 16, 64, 256, 1024] {
        // Where there is a site, and where there is none.
        for out in ["site", "none"] {
            let why = format!("{blocks} blocks, {out}");
            let ran = build_with_room_for(blocks, &manual, out);
            assert_eq!(ran.code, 3, "{why}: {}", ran.stderr);
            let (path, cause) = not_written(&ran);
            assert!(cause.starts_with("File too large"), "{why}: {cause}");
            // Without any room not even the folder's marker can be written.
            let is_marker = blocks == 0 && path.ends_with("/.iptbook");
            let path = path.strip_prefix(out).map_or(path, |path| path.trim_start_matches('/'));
            assert!(is_marker || new[path].len() > blocks * BLOCK, "{why}: {path} is what does not fit");
            stopped_at.insert(if is_marker { "the marker".to_owned() } else { path.to_owned() });
            assert_same_trees(&old, &tree(&manual.path("site")), &why);
            assert_eq!(beside(&manual), ["manual", "site"], "{why}: nothing else is left");
        }
    }
    assert!(stopped_at.len() > 2, "builds end at several files: {stopped_at:?}");

    let ran = build_with_room_for(2000, &manual, "site");
    assert_eq!(ran.code, 0, "with room enough a build goes well: {}", ran.stderr);
    assert_same_trees(&new, &tree(&manual.path("site")), "a site for which there was room");
    assert_eq!(beside(&manual), ["manual", "site"]);
}

#[test]
fn a_place_for_no_site_is_named_with_the_cause() {
    let manual = TestManual::new(&[("pages/one.md", "---\ntitle: One\nsummary: One.\n---\n")]);
    manual.write_beside("file", "somebody's");
    let too_long = "a".repeat(300);
    // What cannot be a site whoever asks, and what the message names of it.
    let mut places = vec![
        ("file", "file"),
        ("file/site", "file"),
        ("file/deeper/site", "file"),
        ("/dev/null", "/dev/null"),
        ("/dev/null/site", "/dev/null"),
        (too_long.as_str(), too_long.as_str()),
    ];
    if cfg!(target_os = "linux") {
        places.extend([("/proc/site", "/proc"), ("/proc/deeper/site", "/proc/deeper"), ("/proc", "/proc")]);
    }
    for (out, named) in places {
        let ran = manual.run(&["build", "--as-of", TODAY, "--out", out]);
        let told = &ran.stderr;
        assert!(ran.code == 2 || ran.code == 3, "{out}: {told}");
        assert_eq!(told.lines().count(), 1, "{out}: {told}");
        assert!(told.starts_with("error: ") && told.contains(named), "{out}: {told}");
        let causes = ["(os error ", "is a file, not a folder", "contains files and was not made by iptbook"];
        assert!(causes.iter().any(|cause| told.contains(cause)), "{out}: {told}");
        assert_eq!(ran.stdout, "", "{out}");
        assert_eq!(beside(&manual), ["file", "manual"], "{out}: nothing is left");
        assert_eq!(manual.read("file"), "somebody's", "{out}");
    }
}

// ---- What must not show ----------------------------------------------------------------------------

/// Writes files into a folder one after the other.
fn lay(files: &Tree, names: &[&String], folder: &Path) {
    for name in names {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a file stands in a folder")).expect("a folder is made");
        fs::write(&path, &files[*name]).expect("a file is written");
    }
}

/// A folder on a disk that tells its files by when they came, where the machine has one: others sort them.
fn disk() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a temporary folder")
}

/// The names in a folder and in those within it, as the disk tells them.
fn as_told(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is read") {
        let path = entry.expect("the folder is read").path();
        names.push(path.file_name().expect("a name").to_string_lossy().into_owned());
        if path.is_dir() {
            names.extend(as_told(&path));
        }
    }
    names
}

/// A build as a machine of these variables does it in a folder, with what it told.
fn build_on(machine: &[(&str, &str)], root: &Path, arguments: &[&str]) -> (Tree, String) {
    let desk = TestManual::new::<&str>(&[]);
    let mut command = desk.program();
    command.args(["build", "--drafts", "--out", "site"]).args(arguments).current_dir(root).envs(machine.to_vec());
    let ran = Ran::of(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    (tree(&root.join("site")), ran.stderr)
}

#[test]
fn the_order_of_the_files_and_the_number_of_threads_change_nothing() {
    let files = kitchen_sink();
    let forward: Vec<&String> = files.keys().collect();
    let backward: Vec<&String> = forward.iter().rev().copied().collect();
    // No order that means anything, and the same at each run.
    let mut mixed = forward.clone();
    mixed.sort_by_key(|name| name.bytes().fold(7_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())));

    let disk = disk();
    let mut orders = BTreeSet::new();
    let mut sites = Vec::new();
    for (order, names) in [("forward", forward), ("backward", backward), ("mixed", mixed)] {
        let root = disk.path().join(order);
        lay(&files, &names, &root.join("manual"));
        orders.insert(as_told(&root.join("manual")));
        for threads in ["1", "4"] {
            let machine = [("RAYON_NUM_THREADS", threads)];
            let (site, told) = build_on(&machine, &root, &["--as-of", TODAY]);
            let mut checking = Command::new(env!("CARGO_BIN_EXE_iptbook"));
            checking.args(check(&["--drafts", "--format", "json"], &[])).current_dir(&root).envs(machine);
            sites.push((format!("{order}, threads: {threads}"), site, told + &Ran::of(&mut checking).stdout));
        }
    }
    let (_, first, first_told) = &sites[0];
    assert!(first_told.contains("warning["), "there is something to tell: {first_told}");
    for (why, site, told) in &sites {
        assert_same_trees(first, site, why);
        assert_eq!(told, first_told, "{why}: the same reports");
    }
    let told = match orders.len() {
        1 => "this disk sorts its files: only the threads were tried\n".to_owned(),
        orders => format!("the disk told the files in {orders} orders\n"),
    };
    // To be seen where all is well, too.
    std::io::stderr().write_all(told.as_bytes()).expect("somebody reads this");
}

#[test]
fn the_place_the_clock_and_the_language_of_a_machine_change_nothing() {
    let files = kitchen_sink();
    let names: Vec<&String> = files.keys().collect();
    let disk = TempDir::new().expect("a temporary folder");
    let machines = [
        (
            "a",
            "manual",
            978_307_200,
            [("SOURCE_DATE_EPOCH", "1000000000"), ("TZ", "Pacific/Kiritimati"), ("LANG", "C")],
        ),
        (
            "further/down, in/a läng'ry & path",
            "Our manual",
            1_900_000_000,
            [("SOURCE_DATE_EPOCH", "1893456000"), ("TZ", "America/Los_Angeles"), ("LANG", "de_DE.UTF-8")],
        ),
    ];
    let mut sites = Vec::new();
    for (place, name, changed, machine) in machines {
        let root = disk.path().join(place);
        lay(&files, &names, &root.join(name));
        for file in &names {
            let file = File::options().write(true).open(root.join(name).join(file)).expect("a file");
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(changed)).expect("its time is set");
        }
        sites.push((format!("{place}, on one day"), build_on(&machine, &root, &[name, "--as-of", TODAY]).0));
        // The clock says what day it is where nobody else does.
        sites.push((format!("{place}, by its clock"), build_on(&machine, &root, &[name]).0));
    }
    for (why, site) in &sites {
        assert!(site.contains_key("sitemap.xml"), "every kind of file is there");
        assert_same_trees(&sites[0].1, site, why);
    }
}

#[test]
fn the_day_of_a_build_is_in_no_file() {
    let files = kitchen_sink();
    let disk = TempDir::new().expect("a temporary folder");
    lay(&files, &files.keys().collect::<Vec<_>>(), &disk.path().join("manual"));
    let on = |day| build_on(&[], disk.path(), &["--as-of", day]);
    let (today, told_today) = on(TODAY);
    let (tomorrow, told_tomorrow) = on("2026-11-24");
    assert_eq!(told_today, told_tomorrow, "no review falls due on the day after");
    assert_same_trees(&today, &tomorrow, "the day after");
    // A review that is overdue is told to authors; readers see the day on which it was due.
    let (later, told_later) = on("2036-01-01");
    assert!(told_later.matches("warning[").count() > told_today.matches("warning[").count(), "{told_later}");
    assert_same_trees(&today, &later, "years later");
}
