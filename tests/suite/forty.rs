//! Tests forty different mistakes in one manual: all are reported at once, each at its place, and nothing is written.

use std::fs;

use crate::support::{TODAY, TestManual, assert_same_trees, names_in, tree};

/// Stands in [`FILES`] before the place of a mistake, and is taken out when the file is written.
const MARK: char = '▶';

/// The manual, in the order in which its files are reported.
const FILES: &[(&str, &str)] = &[
    ("assets/circle.png", "no picture"),
    (
        "cases/anna.md",
        "---
title: Anna
summary: How it may go.
basis: ▶true
---

Write to ▶anna@example.org.
",
    ),
    (
        "evidence/depression.md",
        "---
title: Depression
summary: What was found.
condition: Depression
findings:
  - statement: It helps.
    sources: [elkin1989, ▶elkin1998]
  - statement: ▶It helps for long.
  - ▶design: rct
    sources: [elkin1989]
---
",
    ),
    (
        "glossary.yaml",
        "- term: Sick role
  definition: One is ill.
- term: ▶Unheard-of word
  definition: Nobody says it.
- term: Timeline
  definition: What happened when.
- term: Timelines
  also: [▶timeline]
  definition: What happened when, again.
",
    ),
    (
        "manual.yaml",
        "title: Forty mistakes
▶sub-title: Wrong
date: ▶2026-02-30
language: ▶English
citation-style: ▶american-psychologicl-association
safety: ▶page/risk
slots: { ▶crisis-line: { label: Crisis line } }
parts:
  - { title: Cases, folder: cases }
  - { title: Evidence, folder: evidence }
  - { title: Measures, folder: measures }
  - { title: Pages, folder: pages }
  - { title: Problem areas, folder: problem-areas }
  - { title: Protocols, folder: protocols }
  - { title: Sessions, folder: sessions }
  - { title: Stages, folder: stages }
  - { title: Techniques, folder: techniques }
  - { title: Nothing, folder: ▶nothing-here }
",
    ),
    ("measures/phq-9.md", "---\ntitle: PHQ-9\nsummary: A scale.\n---\n"),
    (
        "orphans/lost.md",
        "---
title: ▶Lost
summary: In no part.
---
",
    ),
    (
        "pages/directives.md",
        "---
title: Directives
summary: With mistakes.
---

```{▶session-sumary}
```

```{chapters}
kind: technique
▶stlye: list
```
",
    ),
    (
        "pages/html.md",
        "---
title: HTML
▶titel: HTML
summary: The sick role, a timeline and timelines.
---

Some ▶<b onclick=\"x()\">bold</b> words.
",
    ),
    (
        "pages/links.md",
        "---
title: Links
summary: With mistakes.
---

Ünder é: [[▶role-paly]], [[▶grief]], [[▶role-play#stepps]], [a](▶../techniques/rolle-play.md),
![A circle](▶../assets/Circle.png), [b](▶../../secret.md) and ▶![](../assets/circle.png).
",
    ),
    ("problem-areas/grief.md", "---\ntitle: Grief\nsummary: One of four.\n---\n"),
    (
        "protocols/standard.md",
        "---
title: Standard
summary: The usual course.
sessions: ▶8
stages:
  - stage: one
    sessions: 1-3
  - stage: two
    sessions: ▶5-9
---
",
    ),
    (
        "references.bib",
        "@article{elkin1989,
  author = {Elkin, Irene},
  title = {Treatment},
  date = {1989},
}

@article{weissman1979,
  author = {Weissman, Myrna}
  ▶title = {Efficacy},
  date = {1979},
}
",
    ),
    (
        "sessions/opening.md",
        "---
title: Opening
summary: The first meeting.
duration: ▶50
agenda: [{ minutes: 60, item: Everything }]
---
",
    ),
    (
        "stages/one.md",
        "---
title: One
summary: The first stage.
activity: Something.
techniques: [▶phq-9]
---
",
    ),
    (
        "stages/three.md",
        "---
title: ▶Three
summary: The third stage.
activity: Something.
---
",
    ),
    ("stages/two.md", "---\ntitle: Two\nsummary: The second stage.\nactivity: Something.\n---\n"),
    (
        "techniques/closed.md",
        "▶---
title: Closed
",
    ),
    (
        "techniques/grief.md",
        "---
title: ▶Grief
aliases: [▶role-play]
---
",
    ),
    (
        "techniques/role-play.md",
        "---
title: Role play
summary: Practising.
steps: ▶Choose a conversation
▶stages: [one]
id: role-play
▶id: rehearsal
---
",
    ),
    (
        "techniques/z-grief.md",
        "---
title: Grief again
summary: Twice.
id: ▶grief
reviewed: 2010-01-01
review-due: ▶2012-01-01
---
",
    ),
];

/// What is wrong at the marks, in their order.
const MISTAKES: [&str; 40] = [
    "error[front-matter/bad-value] `true` is not allowed for `basis`",
    "warning[privacy/possible-identifier] this looks like an e-mail address",
    "error[citation/unknown-key] the bibliography has no work `elkin1998`",
    "warning[evidence/unsourced] this finding has no source",
    "error[front-matter/missing-field] `statement` is missing",
    "warning[glossary/unused] no chapter mentions `Unheard-of word`",
    "error[glossary/duplicate-term] `timeline` is in two glossary entries",
    "error[front-matter/unknown-field] there is no key `sub-title` here",
    "error[front-matter/bad-value] `2026-02-30` is not a date: February 2026 has 28 days",
    "error[front-matter/bad-value] `English` is not a language code",
    "error[citation/unknown-style] there is no citation style `american-psychologicl-association`",
    "error[link/unknown-target] no page has the id `risk`",
    "warning[slot/unfilled] the slot `crisis-line` is not filled in",
    "error[front-matter/bad-value] there is no folder `nothing-here` with chapters",
    "warning[page/orphan] this chapter belongs to no part",
    "error[directive/unknown] there is no directive `session-sumary`",
    "error[directive/bad-option] there is no key `stlye` here",
    "error[front-matter/unknown-field] there is no key `titel` here",
    "warning[html/unsafe] `onclick` on `<b>` is not allowed in a chapter and is removed",
    "error[link/unknown-target] no chapter has the id `role-paly`",
    "error[link/ambiguous] `grief` could mean 2 chapters",
    "error[link/unknown-heading] `technique/role-play` has no heading `stepps`",
    "error[link/missing-file] there is no file `../techniques/rolle-play.md`",
    "error[link/case-mismatch] `../assets/Circle.png` does not have the same capital letters as the file's name",
    "error[link/outside-manual] `../../secret.md` leads out of the manual folder",
    "warning[media/no-alternative-text] this picture has no text alternative",
    "error[session/gap] no stage covers session 4",
    "error[session/outside-protocol] `two` includes session 9, but the protocol ends with session 8",
    "error[citation/bibliography-syntax] a comma is missing before this: write a comma after each field",
    "warning[session/agenda-too-long] the agenda takes 60 minutes, but the session has only 50",
    "error[relation/wrong-kind] `phq-9` is a measure, not a technique",
    "warning[session/unused-stage] no protocol uses the stage `three`",
    "error[front-matter/syntax] the front matter is not closed",
    "warning[page/no-summary] this chapter has no summary",
    "error[page/two-pages-one-path] the alias `role-play` would be written to techniques/role-play.html, \
     where the chapter \"Role play\" is",
    "error[front-matter/wrong-type] `steps` takes a list, not a single value",
    "error[front-matter/unknown-field] there is no key `stages` here",
    "error[front-matter/duplicate-field] `id` is given twice",
    "error[id/duplicate] two chapters of the kind technique have the id `grief`",
    "warning[review/overdue] the review was due on 2012-01-01",
];

/// The files as they are written.
fn files() -> Vec<(&'static str, String)> {
    FILES.iter().map(|(path, text)| (*path, text.replace(MARK, ""))).collect()
}

/// `file:line:column` of every mark, columns counted without the marks before them.
fn places() -> Vec<String> {
    let mut places = Vec::new();
    for (path, text) in FILES {
        for (number, line) in text.lines().enumerate() {
            for (marks_before, (at, _)) in line.match_indices(MARK).enumerate() {
                let column = line[..at].chars().count() - marks_before + 1;
                places.push(format!("{path}:{}:{column}", number + 1));
            }
        }
    }
    places
}

#[test]
fn all_forty_mistakes_are_reported_each_at_its_place_and_in_order() {
    let expected: Vec<String> =
        places().iter().zip(MISTAKES).map(|(place, mistake)| format!("{place} {mistake}")).collect();
    assert_eq!((places().len(), expected.len()), (40, 40));
    let manual = TestManual::new(&files());
    let reported: Vec<String> = manual.reports(&[]).iter().map(crate::support::Report::headline).collect();
    let missing: Vec<_> = expected.iter().filter(|one| !reported.contains(one)).collect();
    let further: Vec<_> = reported.iter().filter(|one| !expected.contains(one)).collect();
    assert!(missing.is_empty() && further.is_empty(), "missing: {missing:#?}\nnot expected: {further:#?}");
    assert_eq!(reported, expected, "sorted by file and line");
}

#[test]
fn the_terminal_shows_all_forty_and_the_sum() {
    let manual = TestManual::new(&files());
    let ran = manual.run(&["check", "--as-of", TODAY]);
    assert_eq!(ran.code, 1);
    for (place, mistake) in places().iter().zip(MISTAKES) {
        let (level, message) = mistake.split_once(' ').expect("a level and a message");
        assert!(ran.stderr.contains(&format!("{level}: {message}\n")), "{mistake}");
        assert!(ran.stderr.contains(&format!("--> manual/{place}\n")), "{place}");
    }
    let warnings = MISTAKES.iter().filter(|mistake| mistake.starts_with("warning")).count();
    let sum = format!("{} errors and {warnings} warnings", 40 - warnings);
    assert!(ran.stderr.contains(&sum), "{sum}");
}

#[test]
fn nothing_is_written() {
    let manual = TestManual::new(&files());
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains("nothing was written"), "{}", ran.stderr);
    assert_eq!(names_in(manual.root()), ["manual"], "no site, and nothing beside it");
}

#[test]
fn an_old_site_stays_as_it_was() {
    let manual = TestManual::new(&[("techniques/a.md", "---\ntitle: A\nsummary: One.\n---\n")]);
    let old = manual.build();
    for (path, text) in files() {
        manual.write(path, text);
    }
    let written = |name: &str| fs::metadata(manual.path(name)).and_then(|file| file.modified()).expect("the file");
    let before = written("site/index.html");
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_eq!(ran.code, 1);
    assert_same_trees(&old, &tree(&manual.path("site")), "after a build that failed");
    assert_eq!(written("site/index.html"), before, "it was not written again either");
    assert_eq!(names_in(manual.root()), ["manual", "site"], "nothing is left beside it");
}
