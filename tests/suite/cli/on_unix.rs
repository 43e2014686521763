//! Tests links, permissions and processes on Unix.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::{only, sound, text};
use crate::support::{TODAY, names_in};

#[test]
fn a_link_out_of_the_manual_is_reported_and_not_followed() {
    let manual = sound();
    manual.write_beside("secret.md", "---\ntitle: Secret\nsummary: One.\n---\n");
    manual.write_beside("secrets/one.png", "secret");
    symlink(manual.path("secret.md"), manual.path("manual/techniques/secret.md")).expect("a link");
    symlink("../../secrets", manual.path("manual/assets/more")).expect("a link");
    symlink("/etc/hostname", manual.path("manual/assets/host.txt")).expect("a link");
    let reports = manual.reports(&[]);
    let said: Vec<String> = reports.iter().map(|report| format!("{} {}", report.file, report.code)).collect();
    assert_eq!(
        said,
        [
            "assets/host.txt file/symlink-outside",
            "assets/more file/symlink-outside",
            "techniques/secret.md file/symlink-outside",
        ]
    );
    assert_eq!(manual.run(&["build"]).code, 1);
    assert_eq!(names_in(manual.root()), ["manual", "secret.md", "secrets"]);
}

#[test]
fn a_link_within_the_manual_is_followed() {
    let manual = sound();
    symlink("circle.png", manual.path("manual/assets/round.png")).expect("a link");
    symlink("../forms", manual.path("manual/assets/forms")).expect("a link");
    let tree = manual.build();
    assert_eq!(text(&tree, "assets/round.png"), "no picture");
    assert_eq!(text(&tree, "assets/forms/form.pdf"), "no form");
}

#[test]
fn a_link_whose_name_begins_with_a_dot_is_left_alone() {
    let manual = sound();
    // Emacs makes such a one while a file is being changed.
    symlink("someone@computer.1234:5678", manual.path("manual/techniques/.#role-play.md")).expect("a link");
    symlink("/", manual.path("manual/.everything")).expect("a link");
    symlink("..", manual.path("manual/techniques/.up")).expect("a link");
    let ran = manual.run(&["check", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn a_manual_that_is_itself_a_link_is_read() {
    let manual = sound();
    symlink("manual", manual.path("handbook")).expect("a link");
    let ran = manual.run(&["check", "handbook", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn a_link_that_leads_in_a_circle_is_unreadable() {
    let manual = sound();
    symlink("..", manual.path("manual/techniques/round")).expect("a link");
    let reports = manual.reports(&[]);
    let report = only(&reports);
    assert_eq!((report.code.as_str(), report.file.as_str()), ("file/unreadable", "techniques/round"));
}

#[test]
fn a_link_that_leads_nowhere_is_reported() {
    let manual = sound();
    symlink("gone.md", manual.path("manual/techniques/link.md")).expect("a link");
    let reports = manual.reports(&[]);
    let report = only(&reports);
    assert_eq!((report.code.as_str(), report.file.as_str()), ("file/unreadable", "techniques/link.md"));
}

#[test]
fn a_file_without_permission_is_unreadable() {
    let manual = sound();
    manual.write("techniques/locked.md", "---\ntitle: Locked\nsummary: One.\n---\n");
    let path = manual.path("manual/techniques/locked.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions are set");
    if fs::read(&path).is_ok() {
        // Root may read everything: then there is nothing to see.
        return;
    }
    let reports = manual.reports(&[]);
    let report = only(&reports);
    assert_eq!((report.code.as_str(), report.file.as_str()), ("file/unreadable", "techniques/locked.md"));
}

#[test]
fn a_site_that_is_a_link_is_refused() {
    let manual = sound();
    fs::create_dir(manual.path("web")).expect("a folder");
    symlink("web", manual.path("site")).expect("a link");
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("`site` is a link to `web`"), "{}", ran.stderr);
    assert_eq!(names_in(&manual.path("web")), [""; 0]);
}

/// The other run is this test, which holds the folder that a build would.
#[test]
fn a_build_waits_for_another_one_into_the_same_folder() {
    let manual = sound();
    let folder = manual.path(".site.iptbook-1-0");
    fs::create_dir(&folder).expect("a folder");
    let marker = fs::File::create(folder.join(".iptbook")).expect("a marker");
    marker.lock().expect("a lock");
    let child = manual
        .program()
        .args(["build", "--as-of", TODAY])
        .stderr(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn();
    let mut child = child.expect("it runs");
    let mut said = std::io::BufReader::new(child.stderr.take().expect("a pipe"));
    let mut line = String::new();
    std::io::BufRead::read_line(&mut said, &mut line).expect("it says something");
    assert_eq!(line, "waiting until another build into `site` has finished\n");
    assert!(!manual.path("site").exists());
    drop(marker);
    assert!(child.wait().expect("it ends").success());
    assert!(!folder.exists(), "what the other one left is taken away");
}

#[test]
fn pages_may_be_read_by_everybody() {
    let manual = sound();
    manual.build();
    let mode = |path: &str| fs::metadata(manual.path(path)).expect("it is there").permissions().mode();
    assert_eq!(mode("site/index.html") & 0o111, 0, "a page is no program");
    let folder = tempfile::tempdir().expect("a folder");
    let usual = folder.path().join("usual");
    fs::create_dir(&usual).expect("a folder");
    let usual = fs::metadata(usual).expect("it is there").permissions().mode();
    assert_eq!(mode("site"), usual, "the site has the permissions of any new folder");
}
