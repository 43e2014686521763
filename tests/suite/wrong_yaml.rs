//! Tests the YAML that people write by mistake: each mistake has its own words at its place, and what the help says
//! mends it. What looks alike and is right is not reported.

use std::fmt::Write as _;

use crate::support::fixes::{fixed, reports};
use crate::support::{Report, TestManual};

/// Where a mistake stands.
#[derive(Debug, Clone, Copy)]
enum At {
    /// The front matter of a technique, below its title.
    Front,
    /// The whole front matter of a technique.
    Whole,
    /// manual.yaml.
    Manual,
    /// glossary.yaml.
    Glossary,
}

use At::{Front, Glossary, Manual, Whole};

impl At {
    fn path(self) -> &'static str {
        match self {
            Front | Whole => "techniques/a.md",
            Manual => "manual.yaml",
            Glossary => "glossary.yaml",
        }
    }

    fn manual(self, text: &str) -> TestManual {
        let manual = TestManual::new(&[
            ("techniques/role-play.md", "---\ntitle: Role play\nsummary: One.\n---\n\nGrief.\n"),
            ("pages/b.md", "---\ntitle: B\nsummary: One.\n---\n"),
        ]);
        let text = match self {
            Front => format!("---\ntitle: A\n{text}---\n"),
            Whole => format!("---\n{text}---\n"),
            Manual | Glossary => text.to_owned(),
        };
        manual.write(self.path(), text);
        manual
    }
}

/// Words of those who make parsers.
const PARSER_WORDS: &[&str] = &[
    "mapping",
    "scalar",
    "anchor",
    "token",
    "parsing",
    "node",
    "indicator",
    "simple key",
    "eof",
    "escape",
    "handle",
    "expected",
    "document start",
    "scanning",
    "sequence",
    "deserial",
];

/// A mistake: where, the text, the line and column of its report, a part of its message, and the text that the help asks
/// for; none where it is what the fix makes.
type Mistake = (At, &'static str, (u64, u64), &'static str, Option<&'static str>);

const MISTAKES: &[Mistake] = &[
    // A `#` that begins the next line of a text.
    (Front, "summary: Crisis team,\n  #4411\n", (4, 3), "cut at the `#`", None),
    (Front, "summary: Crisis team\n  #4411 for all\ngoal: One.\n", (4, 3), "cut at the `#`", None),
    (Front, "summary: One.\nphrases:\n  - Call ward,\n    # 3 or 4\n  - Wait\n", (6, 5), "cut at the `#`", None),
    // One word with a sign before it.
    (Front, "summary: !999\n", (3, 10), "`!`", None),
    (Front, "summary: One.\nphrases: [!help, Wait]\n", (4, 11), "`!`", None),
    (Front, "summary: One.\nphrases:\n  - &help\n", (5, 5), "`&`", None),
    // Texts, brackets and quotes over several lines.
    (
        Front,
        "summary: A text that somebody wrapped by hand,\nat the margin, as mail does\ngoal: One.\n",
        (4, 1),
        "as far left as a key",
        None,
    ),
    (
        Front,
        "summary: A text that somebody wrapped by hand,\nat the margin, and\nonce again\n",
        (4, 1),
        "as far left as a key",
        None,
    ),
    (
        Front,
        "summary: A text that somebody wrapped by hand,\nat the margin: as mail does\n",
        (4, 1),
        "no key `at the margin`",
        Some("summary: \"A text that somebody wrapped by hand,\n  at the margin: as mail does\"\n"),
    ),
    (
        Front,
        "summary: One.\nkeywords: [\n  a,\n  b\ngoal: One.\nsteps:\n  - a\n",
        (4, 11),
        "bracket is not closed",
        None,
    ),
    (Front, "summary: \"One\n  and two\ngoal: x\nsteps:\n  - a\n  - \"b\"\n", (3, 10), "quotes that begin here", None),
    (Front, "summary: One.\nphrases:\n  \"One\"\n  \"Two\"\n", (5, 3), "no hyphens", None),
    (Front, "summary: One.\nphrases:\n  -\u{a0}One\n  -\u{a0}Two\n", (5, 3), "no-break space", None),
    (Front, "summary: One real conversation,\ntold turn by turn\n", (4, 1), "as far left as a key", None),
    (Front, "summary: One conversation\ngoal Find the moment\n", (4, 1), "no colon after `goal`", None),
    (Front, "summary: One.\nsteps:\n  - Choose one that\n  still hurts\n  - Ask\n", (6, 3), "has no hyphen", None),
    (Front, "summary: One.\nsteps:\n  - Choose\n  Listen\n  - Ask\n", (6, 3), "has no hyphen", None),
    (Front, "summary: 112 # day and night\n", (3, 14), "cut at the `#`", None),
    // What other formats have.
    (Front, "summary: One, goal: Two\n", (3, 15), "second key", Some("summary: One\ngoal: Two\n")),
    (Front, "summary: One, goal: Two\n", (3, 15), "second key", Some("summary: \"One, goal: Two\"\n")),
    (Front, "// note\nsummary: One.\n", (3, 1), "`//`", None),
    (Front, "summary: One.\n% note\ngoal: Two.\n", (4, 1), "`%`", None),
    (Front, "<!-- note -->\nsummary: One.\n", (3, 1), "`<!--`", None),
    (Front, "summary - One.\n", (3, 1), "no colon after `summary`", None),
    (Manual, "title: T\nreview: { owner: Ann; interval: 2 years }\n", (2, 21), "not a `;`", None),
    // Tabs.
    (Front, "summary: One.\nsteps:\n\t- Ask\n\t- Listen\n", (5, 1), "tab", None),
    (Manual, "title: T\nreview:\n\towner: Me\n", (3, 1), "tab", None),
    (Manual, "title: T\nparts:\n  - title: A\n\tfolder: techniques\n", (4, 1), "tab", None),
    // Spaces that are none.
    (Front, "summary: One.\nsteps:\n\u{a0}\u{a0}- Ask\n\u{a0}\u{a0}- Listen\n", (5, 1), "no-break space", None),
    (Front, "summary:\u{a0}One.\nkeywords: [a]\n", (3, 9), "no-break space", None),
    (Front, "summary: One.\ngoal:\u{a0}Two.\n", (4, 6), "no-break space", None),
    (Front, "summary: One.\nsteps:\n  - Ask\n  -\u{a0}Listen\n", (6, 4), "no-break space", None),
    (Front, "summary: One.\n\u{200b}goal: Two.\n", (4, 1), "invisible", None),
    (Front, "summary: One.\ngoal\u{a0}: Two.\n", (4, 5), "no-break space", None),
    (
        Manual,
        "title: T\nreview:\n\u{a0}\u{a0}owner: Me\n",
        (3, 1),
        "no-break space",
        Some("title: T\nreview:\n  owner: Me\n"),
    ),
    // Quotes.
    (Whole, "title: “IPT: a guide”\nsummary: One.\n", (2, 8), "curly quotes", None),
    (Whole, "title: ‘IPT: a guide’\nsummary: One.\n", (2, 8), "curly quotes", None),
    (Whole, "title: \"IPT”\nsummary: One.\n", (2, 8), "curly quotes", None),
    (Whole, "title: \"IPT\nsummary: One.\n", (2, 8), "not closed", None),
    (Whole, "title: 'IPT\nsummary: One.\nkeywords: ['a', b]\n", (2, 8), "not closed", None),
    (Front, "summary: One.\nkeywords: [\"grief, loss]\n", (4, 12), "not closed", None),
    (Whole, "title: 'It's hard'\nsummary: One.\n", (2, 11), "apostrophe", None),
    (Whole, "title: \"He said \"no\" to me\"\nsummary: One.\n", (2, 17), "quotes", None),
    (Whole, "title: \"No\" is a word\nsummary: One.\n", (2, 11), "after the closing quote", None),
    (Whole, "title: A\nsummary: \"In C:\\Users\\me\"\n", (3, 16), "`\\`", None),
    (Whole, "title: A\nsummary: \"In C:\\data\\\"\n", (3, 16), "`\\`", None),
    // Colons.
    (Whole, "title: IPT: a guide\nsummary: One.\n", (2, 11), "colon", None),
    (Front, "summary: Ask: what happened?\n", (3, 13), "colon", None),
    (
        Front,
        "summary: A long text about the patient and about what happened last week\n  in this way: slowly.\n",
        (4, 14),
        "colon",
        None,
    ),
    (Front, "summary: One.\nsteps:\n  - Ask: what: when\n", (5, 8), "colon", None),
    (Front, "summary:One.\nkeywords: [a]\n", (3, 8), "no space after this colon", None),
    (Manual, "title: T\nreview: { owner: Me: you, interval: 2 years }\n", (2, 20), "colon", None),
    (Front, "summary: One.\ngoal To be braver.\nkeywords: [a]\n", (4, 1), "no colon after `goal`", None),
    (Front, "summary = One.\nkeywords: [a]\n", (3, 1), "no colon after `summary`", None),
    (Manual, "title: T\nreview\n  owner: Me\n", (2, 1), "no colon after `review`", None),
    // Columns.
    (Front, " summary: One.\nkeywords: [a]\n", (3, 2), "1 space too far to the right", None),
    (Front, "  summary: One.\nkeywords: [a]\n", (3, 3), "2 spaces too far to the right", None),
    (Manual, "title: T\nparts:\n  - title: A\n   folder: techniques\n", (4, 4), "1 space too far to the left", None),
    (Manual, "title: T\nparts:\n  - title: A\n     folder: techniques\n", (4, 6), "1 space too far to the right", None),
    (Manual, "title: T\nreview:\n  owner: Me\n interval: 2 years\n", (4, 2), "1 space too far to the left", None),
    (Manual, "title: T\nreview:\n  owner: Me\n   interval: 2 years\n", (4, 4), "1 space too far to the right", None),
    (Whole, " title: A\nsummary: One.\n", (2, 2), "1 space too far to the right", None),
    (Front, "summary: One.\nsteps:\n  - Ask\n - Listen\n", (6, 2), "1 space too far to the left", None),
    // Lists.
    (
        Front,
        "summary: One.\nsteps:\n  - Ask\n    - Listen\n",
        (6, 5),
        "read as part of the text above",
        Some("summary: One.\nsteps:\n  - Ask\n  - Listen\n"),
    ),
    (
        Front,
        "summary: One.\nsteps: Ask\n  - Listen\n",
        (5, 3),
        "read as part of the text above",
        Some("summary: One.\nsteps:\n  - Ask\n  - Listen\n"),
    ),
    (Front, "summary: One.\nsteps: - Ask\n", (4, 8), "list cannot begin", Some("summary: One.\nsteps:\n  - Ask\n")),
    (Front, "summary: One.\nsteps:\n  - Ask\n  – Listen\n", (6, 3), "not with `–`", None),
    (Front, "summary: One.\nsteps:\n  - Ask\n  • Listen\n", (6, 3), "not with `•`", None),
    (Front, "summary: One.\nsteps:\n  - Ask\n  -Listen\n", (6, 3), "no space after this hyphen", None),
    (Front, "summary: One.\nsteps:\n  - Ask\n  Listen\n", (6, 3), "no hyphen", None),
    (Front, "summary: One.\nsteps:\n  * Ask\n  * Listen\n", (5, 3), "not with `*`", None),
    // Characters with a meaning.
    (Front, "summary: @home\n", (3, 10), "`@`", None),
    (Front, "summary: `code` is here\n", (3, 10), "backtick", None),
    (Front, "summary: %5 of all\n", (3, 10), "`%`", None),
    (Front, "summary: *Ask* and listen\n", (3, 10), "`*`", None),
    (Front, "summary: & more\n", (3, 10), "`&`", None),
    (Front, "summary: &more words\n", (3, 10), "`&`", None),
    (Front, "summary: !important words\n", (3, 10), "`!`", None),
    (Front, "summary: > 5 sessions\n", (3, 10), "`>`", None),
    (Front, "summary: | or so\n", (3, 10), "`|`", None),
    (Front, "summary: [x] is done\n", (3, 10), "`[`", None),
    (Front, "summary: One.\nsteps:\n  - *Ask* first\n  - Listen\n", (5, 5), "`*`", None),
    (Front, "summary: One.\nkeywords: [@home, b]\n", (4, 12), "`@`", None),
    // Brackets.
    (Front, "summary: One.\nkeywords: [a, b\n", (4, 11), "not closed", None),
    (Front, "summary: One.\nkeywords: [a, b]]\n", (4, 17), "closes nothing", None),
    (Front, "summary: One.\nkeywords: [a, b}\n", (4, 16), "does not fit", None),
    (Front, "summary: One.\nkeywords: [\"a\" \"b\"]\n", (4, 15), "comma", None),
    (Manual, "title: T\nreview: { owner: Me, interval: 2 years\n", (2, 9), "not closed", None),
    (Front, "summary: One.\nrelated: [[role-play]], [[page/b]]\n", (4, 10), "double brackets", None),
    // Lines that do not belong here.
    (
        Manual,
        "title: T\n---\nreview: { owner: Me, interval: 2 years }\n",
        (2, 1),
        "second line `---`",
        Some("title: T\nreview: { owner: Me, interval: 2 years }\n"),
    ),
    (
        Front,
        "<<<<<<< HEAD\nsummary: One.\n=======\nsummary: Two.\n>>>>>>> other\n",
        (3, 1),
        "two versions",
        Some("summary: One.\n"),
    ),
    (Whole, "---\ntitle: A\nsummary: One.\n", (2, 1), "twice", None),
    // Texts cut by a `#`.
    (Front, "summary: Call ward #3\n", (3, 20), "cut at the `#`", None),
    (Front, "summary: Session 3 # revise this\n", (3, 20), "cut at the `#`", None),
    (Front, "summary: #1 of all reasons\n", (3, 10), "cut at the `#`", None),
    (Front, "summary: Call the ward #3 and wait,\n  then call again.\n", (3, 24), "cut at the `#`", None),
    (Front, "summary: Call the ward and wait,\n  then dial #3.\n", (4, 13), "cut at the `#`", None),
    (Front, "summary: One.\nsteps:\n  - Dial #3\n  - Wait\n", (5, 10), "cut at the `#`", None),
    (Front, "summary: One.\nsteps: [Dial #3, Wait]\n", (4, 14), "cut at the `#`", None),
    (Front, "summary: One.\nkeywords: [ward #3, ward #4]\n", (4, 17), "cut at the `#`", None),
    (Front, "summary: One.\nkeywords:\n  - grief\n  - ward #3\n", (6, 10), "cut at the `#`", None),
    (Manual, "title: T\nslots:\n  ward: { label: Ward #3, value: \"12\" }\n", (3, 23), "cut at the `#`", None),
    (Manual, "title: T\nlabels:\n  patient: Client #1\n", (3, 19), "cut at the `#`", None),
    (Glossary, "- term: Grief\n  definition: Reason #1.\n", (2, 22), "cut at the `#`", None),
    // Values.
    (Manual, "title: T\nlanguage: English\n", (2, 11), "not a language code", None),
    (Manual, "title: T\nlanguage: en_GB\n", (2, 11), "not a language code", None),
    (Manual, "title: T\nlanguage: en-UK\n", (2, 11), "not a language code", None),
    (
        Manual,
        "title: T\nreview: { owner: Ann, Ben and Eve, interval: 2 years }\n",
        (2, 23),
        "a comma ends a value",
        None,
    ),
    (
        Front,
        "summary: One.\nreviewed: 2026-02-30\n",
        (4, 11),
        "February 2026 has 28 days",
        Some("summary: One.\nreviewed: 2026-02-28\n"),
    ),
    (
        Front,
        "summary: One.\nreviewed: 2025-13-01\n",
        (4, 11),
        "there is no month 13",
        Some("summary: One.\nreviewed: 2026-11-01\n"),
    ),
    (Front, "summary: One.\nreviewed: 23 May 2026\n", (4, 11), "not a date", None),
    (Front, "summary: One.\nrelated: [[role-play]]\n", (4, 11), "takes one text", None),
    (Front, "summary: One.\nrelated:\n  - [[role-play]]\n", (5, 5), "takes one text", None),
    (Front, "summary: One.\nsteps: Ask, then listen\n", (4, 8), "takes a list", None),
    (
        Front,
        "summary: One.\nsteps:\n  – Ask\n  – Listen\n",
        (5, 3),
        "not with this sign",
        Some("summary: One.\nsteps:\n  - Ask\n  - Listen\n"),
    ),
    (
        Front,
        "summary: One.\nkeywords: grief, loss\n",
        (4, 11),
        "takes a list",
        Some("summary: One.\nkeywords: [grief, loss]\n"),
    ),
    (
        Front,
        "summary: One.\nkeywords: 1. grief\n",
        (4, 11),
        "takes a list",
        Some("summary: One.\nkeywords:\n  - grief\n"),
    ),
];

/// What looks like a mistake and is none.
const RIGHT: &[(At, &str)] = &[
    (Front, "summary:\n  o paciente chega\n  e fala\n"),
    (Front, "summary:\n  — so it begins,\n  and goes on\n"),
    (Front, "summary: Crisis team.\n  #todo\n"),
    (Front, "summary: Crisis team\n  # a comment\ngoal: One.\n"),
    (Front, "summary: Crisis team\n#4411\ngoal: One.\n"),
    (Front, "summary: One.\nphrases:\n  - Call\n  #3\n  - Wait\n"),
    (Front, "summary: \"Crisis team,\n  #4411\"\ngoal: >-\n  Call,\n  #4411\n"),
    (Front, "summary: One, two; and three - 10:30\nkeywords: [\"a; b\", c]\n"),
    (Front, "\n## Section\nsummary: One.\n\n# status: review\n"),
    (Whole, "title: “IPT”\nsummary: He said “no”, and ‘maybe’.\n"),
    (Whole, "title : A\nsummary : One.\n"),
    (Whole, "title:\tA\nsummary: One.\n"),
    (Whole, "# A comment: with a colon\ntitle: A  # the title\n\n  # another\nsummary: One and two.  # explained\n"),
    (Front, "summary: \"Call ward #3\" # a comment\nversion: 1.2 # after review\norder: 3 #third\n"),
    (Front, "summary: C#, F#, and ward#3\nstatus: review # at last\nreviewed: 2026-05-23 # by us\n"),
    (Front, "summary: |\n  Call ward #3 # now\n  - or wait\nkeywords: [a, b] # two\n"),
    (Front, "summary: >-\n  Call ward #3 # now\n"),
    (Front, "summary: One.\nkeywords: # all of them\n  - grief # a word\n  - loss\n"),
    (Front, "summary: One.\nrelated: # see\n  - role-play # our best\n"),
    (Front, "summary: One.\ngoal:   # what for\n"),
    (Front, "summary: A text over\n  two lines - with a hyphen\n  and more.\n"),
    (Front, "summary: \"A text over\n  - two lines\"\n"),
    (Front, "summary: A ratio of 1:2, at 10:30, see https://example.org/a\n"),
    (Front, "summary: Questions & answers, well done! 5 * 3 > 2\n"),
    (Front, "summary: It's hard, isn't it\n"),
    (Front, "summary: 'It''s hard'\n"),
    (Front, "summary: \"A \\\"word\\\" and \\u00e9\"\n"),
    (Front, "summary: One – two — three —\ngoal: — and so on —\n"),
    (Front, "summary: One.\nsteps:\n- Ask\n- Listen\n"),
    (Front, "summary: One.\nsteps: [\n  Ask,\n  Listen ]\n"),
    (Front, "summary: Un\u{a0}texte\u{a0}!\n"),
    (Front, "summary: One.\nkeywords: &k [a, b]\n"),
    (Front, "summary: !!str 12\n"),
    (Manual, "---\ntitle: T\n"),
    (Manual, "title: T\nlanguage: de\n"),
    (Manual, "title: T\nreview: { owner: \"Ann, Ben\", interval: 2 years }\n"),
];

fn show(reports: &[Report]) -> String {
    reports.iter().map(|report| format!("\n    {} / {}", report.headline(), report.help)).collect()
}

#[test]
fn each_mistake_has_its_words_and_its_remedy() {
    let mut faults = String::new();
    for (at, text, place, message, right) in MISTAKES {
        let manual = at.manual(text);
        let found = manual.reports(&[]);
        let mut fault = |why: &str| {
            let _ = writeln!(faults, "{at:?} {text:?}\n  {why}{}", show(&found));
        };
        let [report] = found.as_slice() else {
            fault("one cause, one report");
            continue;
        };
        if !report.file.ends_with(at.path()) || (report.line, report.column) != *place {
            fault(&format!("it is at {place:?}"));
        }
        if !report.message.contains(message) || report.help.is_empty() {
            fault(&format!("its words are {message:?}, with a help"));
        }
        let words = format!("{} {}", report.message, report.help).to_lowercase();
        if let Some(word) = PARSER_WORDS.iter().find(|word| words.contains(*word)) {
            fault(&format!("no author knows {word:?}"));
        }
        let mended = match right {
            Some(right) => at.manual(right),
            None => {
                let Some(fix) = reports(&manual, &[]).into_iter().find_map(|report| report.get("fix").cloned()) else {
                    fault("there is no fix");
                    continue;
                };
                let path = fix["file"].as_str().expect("a file");
                let (new, _) = fixed(&manual.read(path), &fix);
                manual.write_beside(path, &new);
                manual
            }
        };
        let mut left = mended.reports(&[]);
        // A manual with parts has chapters in none.
        left.retain(|report| report.code != "page/orphan");
        if !left.is_empty() {
            fault(&format!(
                "done as it says, there is{}\n  in {:?}\n  before",
                show(&left),
                mended.read(&format!("manual/{}", at.path()))
            ));
        }
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(MISTAKES.len() > 60);
}

#[test]
fn what_looks_alike_is_not_reported() {
    let mut faults = String::new();
    for (at, text) in RIGHT {
        let found = at.manual(text).reports(&[]);
        if !found.is_empty() {
            let _ = writeln!(faults, "{at:?} {text:?}{}", show(&found));
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn a_text_is_cut_in_no_file_without_a_report() {
    let manual = TestManual::new(&[
        ("manual.yaml", "title: T\ntheme: ../theme\nbibliography: works.yaml\n"),
        (
            "works.yaml",
            "x:\n  type: book\n  title: The #1 method\n  author: Doe, Jane\n  date: 2000 # about\n  publisher: Y\n",
        ),
        (
            "pages/b.md",
            "---\ntitle: B\nsummary: One.\n---\n\nSo [@x].\n\n```{video}\ntitle: Film #2\naddress: https://example.org/a#b\n\
             transcript: |\n  Scene #1 # and more\n```\n",
        ),
        ("references.bib", ""),
    ]);
    manual.write_beside("theme/theme.yaml", "name: Ours #2\n");
    manual.write_beside("theme/locales/en.yaml", "menu: Menu #1\nhome: Our home   # the first page\n");
    let mut found: Vec<String> = manual
        .reports(&[])
        .iter()
        .map(|report| format!("{}:{}:{} {}", report.file, report.line, report.column, report.code))
        .collect();
    found.sort();
    let places = ["../theme/locales/en.yaml:1:12", "../theme/theme.yaml:1:12", "pages/b.md:9:13", "works.yaml:3:14"];
    assert_eq!(found, places.map(|place| format!("{place} front-matter/cut")));
}
