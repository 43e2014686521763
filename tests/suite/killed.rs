//! Tests that a build that is killed at any moment leaves the whole old site or the whole new one.
//!
//! `KILLS=500 cargo test --release --test suite killed::` kills more often than the suite does.

use std::fs;
use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::support::{TODAY, TestManual, Tree, assert_same_trees, names_in, tree};

/// How often builds are killed, where `KILLS` does not say.
const KILLS: u32 = 60;

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let kills: u32 = std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    let manual = TestManual::new::<&str>(&[]);
    let chapter = |number: u32, edition: u32| {
        let text = format!("Edition {edition} of [[c{}]].\n\n", (number + 1) % 150).repeat(40);
        format!("---\ntitle: Chapter {number}\nsummary: One of edition {edition}.\n---\n\n{text}")
    };
    let write = |edition: u32| {
        for number in 0..150 {
            manual.write(&format!("pages/c{number}.md"), chapter(number, edition));
        }
        manual.write("assets/edition.txt", format!("An attachment of edition {edition}."));
    };
    let arguments = ["build", "--as-of", TODAY];
    // Each edition as a build that is left alone makes it, and how long that takes.
    let mut editions: Vec<Tree> = Vec::new();
    let mut longest = Duration::ZERO;
    for edition in 0..2 {
        write(edition);
        let begin = Instant::now();
        editions.push(manual.build());
        longest = longest.max(begin.elapsed());
    }
    let mut there = 1;
    let (mut changed, mut chance) = (0, 0x9e37_79b9_7f4a_7c15_u64);
    for kill in 0..kills {
        let edition = (there + 1) % 2;
        write(u32::try_from(edition).expect("one of two"));
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = longest.mul_f64((chance >> 40) as f64 / f64::from(1 << 24) * 1.6);
        let mut child = manual.program().args(arguments).stdout(std::process::Stdio::null()).spawn().expect("it runs");
        std::thread::sleep(moment);
        let _ = child.kill();
        child.wait().expect("it ended");
        let now = tree(&manual.path("site"));
        if now == editions[edition] {
            there = edition;
            changed += 1;
        } else {
            assert_same_trees(&editions[there], &now, &format!("kill {kill}, after {moment:?}"));
        }
    }
    let told = format!("{kills} builds of up to {longest:?} killed, {changed} of them after the new site was there\n");
    // To be seen where all is well, too.
    std::io::stderr().write_all(told.as_bytes()).expect("somebody reads this");
    // What they left is taken away by the next one.
    let _ = fs::remove_dir_all(manual.path(".cache"));
    manual.build();
    let beside = names_in(manual.root()).into_iter().filter(|name| name.as_str() != ".cache");
    assert_eq!(beside.collect::<Vec<_>>(), ["manual", "site"]);
}
