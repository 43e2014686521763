//! Tests the shipped manual, made wrong on purpose: each chapter in each way that fits it, one at a time. The mistake
//! must be reported with the right code at the exact place, and the manual as it is must give no report.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use iptbook::diag::{Diagnostic, Reports};
use iptbook::files::attachments::Attachments;
use iptbook::files::source::{Loaded, SourceFile, Sources};
use iptbook::files::theme::ThemeFiles;
use iptbook::load;
use iptbook::pipeline::CheckOptions;
use iptbook::rebuild::{self, EarlierState};
use regex::{Captures, Regex};

/// The least share of mutations that is reported as it should be, in percent.
const LEAST: f64 = 98.0;

/// A way to make a chapter wrong.
struct Way {
    name: &'static str,
    /// Where it can be done. The group `it` is replaced, and the report stands there.
    place: Regex,
    /// Only in the front matter, or only in the text.
    part: Part,
    /// What to write instead; none if it would not be wrong there.
    write: fn(&Captures<'_>) -> Option<String>,
    /// The codes of which one is to be reported.
    codes: &'static [&'static str],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Front,
    Text,
}

fn it<'a>(found: &Captures<'a>) -> &'a str {
    found.name("it").expect("every place has the group").as_str()
}

/// Two letters exchanged in the middle, or one more.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = letters.len() / 2;
    if at > 0 && letters[at] != letters[at - 1] && letters[at].is_alphanumeric() && letters[at - 1].is_alphanumeric() {
        letters.swap(at, at - 1);
    } else {
        letters.push('q');
    }
    letters.into_iter().collect()
}

const RELATIONS: &str =
    "techniques|problem-areas|measures|worksheets|evidence|roles|principles|related|settings|protocols|stages";

static WAYS: LazyLock<Vec<Way>> = LazyLock::new(|| {
    let way = |name, part, place: &str, write, codes| Way {
        name,
        place: Regex::new(&format!("(?m){place}")).expect("the pattern is well formed"),
        part,
        write,
        codes,
    };
    let relation = format!(r"^(?:{RELATIONS}): \[(?:[a-z0-9/-]+, )*(?P<it>[a-z0-9/-]+)");
    vec![
        way(
            "a key misspelt",
            Part::Front,
            r"^(?P<it>[a-z-]{4,}):",
            |found| Some(misspelt(it(found))),
            &["front-matter/unknown-field"],
        ),
        way(
            "a key within a list misspelt",
            Part::Front,
            r"^ +(?:- )?(?P<it>[a-z][a-z-]{3,}): ",
            |found| Some(misspelt(it(found))),
            &["front-matter/unknown-field"],
        ),
        way(
            "a key twice",
            Part::Front,
            r"^(?P<it>)(?P<line>version: .*\n)",
            |found| Some(format!("version: \"9\"\n{}", it(found))),
            &["front-matter/duplicate-field"],
        ),
        way(
            "a text that is a list",
            Part::Front,
            r"^(?:title|summary|goal|owner): (?P<it>[^\[{>|].*)$",
            |_| Some("[one, two]".into()),
            &["front-matter/wrong-type"],
        ),
        way(
            "a list that is keys",
            Part::Front,
            r"^(?:keywords|steps|pitfalls|aliases): (?P<it>\[.*\])$",
            |_| Some("{ one: two }".into()),
            &["front-matter/wrong-type"],
        ),
        way(
            "a number that is a word",
            Part::Front,
            r"^order: (?P<it>\d+)$",
            |_| Some("tenth".into()),
            &["front-matter/wrong-type", "front-matter/bad-value"],
        ),
        way(
            "a day that is not",
            Part::Front,
            r"(?:reviewed|approved|date): (?P<it>\d{4}-\d\d-\d\d)",
            |_| Some("2026-02-30".into()),
            &["front-matter/bad-value", "front-matter/wrong-type"],
        ),
        way(
            "a range that goes back",
            Part::Front,
            r"sessions: (?P<it>(?P<a>\d+)-(?P<b>\d+))",
            |found| (found["a"] != found["b"]).then(|| format!("{}-{}", &found["b"], &found["a"])),
            &["front-matter/bad-value", "front-matter/wrong-type"],
        ),
        way(
            "a choice that there is not",
            Part::Front,
            r"(?:status|phase|direction|certainty|basis|delivery): (?P<it>[a-z][a-z-]+)$",
            |found| Some(misspelt(it(found))),
            &["front-matter/bad-value"],
        ),
        way(
            "a relation to nothing",
            Part::Front,
            &relation,
            |found| Some(misspelt(it(found))),
            &["link/unknown-target"],
        ),
        way(
            "a stage that there is not",
            Part::Front,
            r"- (?:\{ )?stage: (?P<it>[a-z-]+)",
            |found| Some(misspelt(it(found))),
            &["link/unknown-target"],
        ),
        way(
            "quotes left open",
            Part::Front,
            r#"^title: (?P<it>[^"'\[{>|].*)$"#,
            |found| Some(format!("\"{}", it(found))),
            &["front-matter/syntax"],
        ),
        way(
            "a text cut at a `#`",
            Part::Front,
            r#"^(?:summary|goal|owner): [^"'\[{>|\n]* (?P<it>\w+)\.?$"#,
            |found| Some(format!("#{}", it(found))),
            &["front-matter/cut"],
        ),
        way(
            "an estimate outside its interval",
            Part::Front,
            r"value: (?P<it>-?[\d.]+), ci:",
            |_| Some("99".into()),
            &["evidence/contradiction"],
        ),
        way(
            "a direction that its numbers contradict",
            Part::Front,
            r"ci: \[[^\]]*\], favours-ipt: [a-z]+\}\n +direction: (?P<it>favours-[a-z]+)$",
            |found| Some(if it(found) == "favours-ipt" { "favours-comparator" } else { "favours-ipt" }.into()),
            &["evidence/contradiction"],
        ),
        way(
            "a ratio below 0",
            Part::Front,
            r"measure: odds ratio, value: (?P<it>[\d.]+)",
            |_| Some("-0.5".into()),
            &["front-matter/bad-value"],
        ),
        way(
            "a range that begins with its end",
            Part::Front,
            r"^range: (?P<it>\[\d+)",
            |_| Some("[999".into()),
            &["front-matter/bad-value"],
        ),
        way(
            "a score that there is not",
            Part::Front,
            r"^ +- \{ ?from: (?P<it>\d+)",
            |_| Some("999".into()),
            &["front-matter/bad-value"],
        ),
        way(
            "a scale without ends",
            Part::Front,
            r"type: (?P<it>scale, min: \d+, max: \d+)",
            |_| Some("scale".into()),
            &["front-matter/missing-field"],
        ),
        way(
            "a plan for a session after the last",
            Part::Front,
            r"^sessions: (?P<it>[\d-]+)\nstages: ",
            |_| Some("99".into()),
            &["session/outside-protocol"],
        ),
        way(
            "a plan outside its stages",
            Part::Front,
            r"^sessions: (?P<it>\d+)\nstages: \[(?:initial-assessment|goal-setting)\]",
            |_| Some("12".into()),
            &["session/outside-stage"],
        ),
        way(
            "a stage twice in a protocol",
            Part::Front,
            r"^stages:\n  - stage: (?P<first>[a-z-]+)\n(?:    .*\n)+  - stage: (?P<it>[a-z-]+)$",
            |found| Some(found["first"].to_owned()),
            &["session/repeated-stage"],
        ),
        way(
            "a stage that begins before the one above it",
            Part::Front,
            r"  - stage: problem-solving\n    sessions: (?P<it>\d+-\d+)$",
            |_| Some("2-3".into()),
            &["session/stage-order"],
        ),
        way(
            "an id of capitals",
            Part::Front,
            r"^id: (?P<it>[a-z0-9-]+)$",
            |found| Some(format!("{} X", it(found))),
            &["id/invalid"],
        ),
        way(
            "a link to nothing",
            Part::Text,
            r"\[\[(?P<it>(?:[a-z-]+/)?[a-z0-9-]+)(?:[|#][^\]]*)?\]\]",
            |found| Some(misspelt(it(found))),
            &["link/unknown-target"],
        ),
        way(
            "a link to a heading that there is not",
            Part::Text,
            r"\[\[(?P<name>[a-z-]*/?[a-z0-9-]+)(?P<it>)\]\]",
            |found| {
                (!["term/", "slot/"].iter().any(|start| found["name"].starts_with(start)))
                    .then(|| "#no-such-heading".into())
            },
            &["link/unknown-heading"],
        ),
        way(
            "a work that there is not",
            Part::Text,
            r"[\[; ]@(?P<it>[a-zA-Z0-9-]+)",
            |found| Some(misspelt(it(found))),
            &["citation/unknown-key"],
        ),
        way(
            "a comma between two works",
            Part::Text,
            r"\[@[a-zA-Z0-9-]+(?P<it>; )@(?P<name>[a-zA-Z0-9-]+)",
            |_| Some(", ".into()),
            &["citation/unread"],
        ),
        way(
            "a work without its at sign",
            Part::Text,
            r"\[@[a-zA-Z0-9-]+; (?P<it>@)[a-zA-Z0-9-]+",
            |_| Some(String::new()),
            &["citation/unread"],
        ),
        way(
            "a work in a sentence that there is not",
            Part::Text,
            r"(?P<it>\[@(?P<name>[a-z]+\d{4}[a-z]?)\])",
            |found| Some(format!(" @{}", misspelt(&found["name"]))),
            &["citation/unread"],
        ),
        way(
            "a directive that there is not",
            Part::Text,
            r"^```\{(?P<it>[a-z-]+)\}",
            |found| Some(misspelt(it(found))),
            &["directive/unknown"],
        ),
        way(
            "a file that there is not",
            Part::Text,
            r"\]\((?P<it>[^):#]+\.[a-z]+)\)",
            |found| Some(format!("x{}", it(found))),
            &["link/missing-file", "link/unknown-target", "link/outside-manual"],
        ),
        way(
            "a cell too many",
            Part::Text,
            r"^\|(?: ?:?-+:? ?\|)+\n\|[^\n]*\|(?P<it>)\n",
            |_| Some(" one too many |".into()),
            &["markdown/lost-cell"],
        ),
        way(
            "a table without the line below its head",
            Part::Text,
            r"^(?P<name>\|.*\|)\n(?P<it>\|(?: ?:?-+:? ?\|)+\n)",
            |_| Some(String::new()),
            &["markdown/no-table"],
        ),
        way(
            "a block that is not closed",
            Part::Text,
            r"^(?P<name>```\{[a-z-]+\})\n(?:[^`\n]*\n)*(?P<it>```\n)",
            |_| Some(String::new()),
            &["markdown/unclosed-fence"],
        ),
        way(
            "two versions of a paragraph",
            Part::Text,
            r"^(?P<it>[A-Z][^\n]*)\n\n",
            |found| Some(format!("<<<<<<< HEAD\n{0}\n=======\n{0}\n>>>>>>> anna", it(found))),
            &["markdown/merge-conflict"],
        ),
        way(
            "an alert of another name",
            Part::Text,
            r"^> (?P<it>\[![A-Z]+\])$",
            |_| Some("[!DANGER]".into()),
            &["markdown/unknown-alert"],
        ),
        way("a heading without a space", Part::Text, r"^(?P<it>## )\S", |_| Some("##".into()), &["markdown/heading"]),
        way(
            "a link that is not closed",
            Part::Text,
            r"(?P<name>\[\[[a-z-]*/?[a-z0-9-]+)(?P<it>\]\])",
            |_| Some(String::new()),
            &["markdown/broken-link"],
        ),
        way(
            "a footnote that is not there",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(".[^none]".into()),
            &["markdown/footnote"],
        ),
        way("a list with bullets", Part::Text, r"\n\n(?P<it>- )\S", |_| Some("• ".into()), &["markdown/list"]),
        way(
            "braces of another tool",
            Part::Text,
            r"^[A-Z][^\n|`]*\w\.(?P<it>)\n\n",
            |_| Some("{.wide}".into()),
            &["markdown/foreign-syntax"],
        ),
        way(
            "a directive without braces",
            Part::Text,
            r"^```(?P<it>\{[a-z-]+\})$",
            |found| Some(it(found).trim_matches(['{', '}']).to_owned()),
            &["markdown/foreign-syntax"],
        ),
        way(
            "an address without its beginning",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" www.example.org.".into()),
            &["markdown/bare-address"],
        ),
        way(
            "a picture with spaces in its address",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" ![x](a b.png).".into()),
            &["markdown/broken-image"],
        ),
        way(
            "a line that is taken for the address of a link",
            Part::Text,
            r"\n\n(?P<it>)[A-Z][^\n|`]*\.\n\n",
            |_| Some("[Nurse]: 112\n\n".into()),
            &["markdown/broken-link"],
        ),
        way(
            "a paragraph with a tab before it",
            Part::Text,
            r"\n\n(?P<it>[A-Z][^\n|`*\[{}<>=;$#@/_~^+()]*\.\n\n)",
            |found| (it(found).split(' ').count() > 6).then(|| format!("    {}", it(found))),
            &["markdown/indented"],
        ),
        way(
            "stars that make nothing bold",
            Part::Text,
            r"^(?P<it>[A-Z][a-z]+ )[a-z][^\n|`*\[]*\n\n",
            |found| Some(format!("**{}**", it(found))),
            &["markdown/emphasis"],
        ),
        way(
            "a link in a title",
            Part::Front,
            r"^title: (?P<it>[A-Za-z][^\n:#]*)$",
            |found| Some(format!("{} [[role-play]]", it(found))),
            &["markdown/plain-text"],
        ),
        way(
            "a picture that no browser shows",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" ![The circle](/assets/photo.heic).".into()),
            &["media/not-shown"],
        ),
        way(
            "a chapter that was reviewed tomorrow",
            Part::Front,
            r"^reviewed: (?P<it>\d{4}-\d\d-\d\d)$",
            |_| Some("2126-01-02".into()),
            &["review/impossible-day"],
        ),
        way(
            "an approval by nobody",
            Part::Front,
            r"^status: (?P<it>[a-z]+)$",
            |_| Some("approved".into()),
            &["review/unsigned"],
        ),
        way(
            "a `#` on the next line of a text",
            Part::Front,
            r"^summary: [A-Z][^\n\x22':#]*(?P<it>)$",
            |_| Some("\n  #4411".into()),
            &["front-matter/cut"],
        ),
        way(
            "a word with a sign before it",
            Part::Front,
            r"^owner: (?P<it>[^\n]*)$",
            |_| Some("!999".into()),
            &["front-matter/syntax"],
        ),
        way(
            "a comment of another language",
            Part::Front,
            r"^(?P<it>)summary: ",
            |_| Some("// a note\n".into()),
            &["front-matter/syntax"],
        ),
        way(
            "a text wrapped to the margin",
            Part::Front,
            r"^summary: [A-Z][^\n\x22':#]{40}[^\n\x22':# ]*(?P<it> )[a-z]+ [a-z][^\n\x22':#]*$",
            |_| Some("\n".into()),
            &["front-matter/syntax"],
        ),
        way(
            "a `;` in a list",
            Part::Front,
            r"^keywords: \[(?:[^\n\x22,\]]+, )*(?P<name>[^\n\x22,\]]+)(?P<it>, )",
            |_| Some("; ".into()),
            &["front-matter/bad-value"],
        ),
        way(
            "sessions of a setting that leave a gap",
            Part::Front,
            r"^  - stage: goal-setting\n(?P<it>)    change:",
            |_| Some("    sessions: 9\n".into()),
            &["session/gap", "session/stage-order", "session/outside-protocol"],
        ),
        way(
            "an alert without its text",
            Part::Text,
            r"^> (?P<name>\[![A-Z]+\])\n(?P<it>)> ",
            |_| Some("\n".into()),
            &["markdown/unknown-alert"],
        ),
        way(
            "an alert below other words",
            Part::Text,
            r"^(?P<it>)> \[![A-Z]+\]$",
            |_| Some("> Words.\n".into()),
            &["markdown/unknown-alert"],
        ),
        way(
            "a table cut in two",
            Part::Text,
            r"^\|[ :|-]+\|\n\|[^\n]*\n(?P<it>)\|",
            |_| Some("\n".into()),
            &["markdown/no-table"],
        ),
        way(
            "a line right below a table",
            Part::Text,
            r"^\|[^\n]*\|\n(?P<it>)\n",
            |_| Some("Note well.\n".into()),
            &["markdown/no-table"],
        ),
        way(
            "words in braces after a heading",
            Part::Text,
            r"^## [^\n{]+(?P<it>)$",
            |_| Some(" {10 mg}".into()),
            &["markdown/foreign-syntax"],
        ),
        way(
            "words between the signs of a tag",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" <name of the ward>.".into()),
            &["html/unsafe"],
        ),
        way(
            "a note that does not end",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" <!-- to be checked.".into()),
            &["markdown/foreign-syntax"],
        ),
        way(
            "a link between tags",
            Part::Text,
            r"\n\n(?P<it>)[A-Z][^\n|`]*\.\n\n",
            |_| Some("<div>[[role-play]]</div>\n\n".into()),
            &["markdown/foreign-syntax"],
        ),
        way(
            "a link with one bracket",
            Part::Text,
            r"(?P<it>\[\[(?:technique|stage|page|slot)/[a-z0-9-]+\]\])",
            |found| Some(it(found)[1..it(found).len() - 1].to_owned()),
            &["markdown/broken-link"],
        ),
        way(
            "a work cited as LaTeX does",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" \\cite{weissman2018}.".into()),
            &["citation/unread"],
        ),
        way(
            "a letter that was damaged",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" cafÃ©.".into()),
            &["text/damaged"],
        ),
        way(
            "a tag that is not closed",
            Part::Text,
            r"^(?P<it>)[A-Z][^\n|`]*\.\n\n",
            |_| Some("<b>".into()),
            &["html/unsafe"],
        ),
        way(
            "a note before a paragraph, on its line",
            Part::Text,
            r"\n\n(?P<it>)[A-Z][^\n|`]*\.\n\n",
            |_| Some("<!-- to be checked --> ".into()),
            &["markdown/foreign-syntax"],
        ),
        way(
            "a score above a number",
            Part::Text,
            r"\n\n- (?P<it>)[A-Z]",
            |_| Some(">20 points: ".into()),
            &["markdown/foreign-syntax"],
        ),
        way(
            "an alert with other signs",
            Part::Text,
            r"^> (?P<it>\[![A-Z]+\])$",
            |found| Some(it(found).replace("[!", "![")),
            &["markdown/unknown-alert"],
        ),
        way(
            "a line that parts two groups of keys",
            Part::Front,
            r"^(?P<it>)(?:keywords|related|techniques|owner): ",
            |_| Some("---\n".into()),
            &["front-matter/syntax"],
        ),
        way(
            "a chapter shown as a picture",
            Part::Text,
            r"^[A-Z][^\n|`]*\w(?P<it>\.)\n\n",
            |_| Some(" ![[role-play]].".into()),
            &["link/missing-file"],
        ),
        way(
            "what a template says",
            Part::Text,
            r"^(?P<it>[A-Z][^\n|`]*\.)\n\n",
            |_| Some("Write the chapter here.".into()),
            &["page/unwritten"],
        ),
    ]
});

/// Where the front matter of a chapter begins and ends.
fn front(text: &str) -> Option<(usize, usize)> {
    let begin = text.strip_prefix("---\n").map(|_| 4)?;
    Some((begin, begin + text[begin..].find("\n---\n")? + 1))
}

/// A chapter made wrong: its text, where the report is to be, and its codes.
struct Mutation {
    way: &'static str,
    source: String,
    text: String,
    at: u32,
    codes: Vec<&'static str>,
}

fn mutations(source: &str, text: &str) -> Vec<Mutation> {
    let Some((begin, end)) = front(text) else { return Vec::new() };
    // Another place in each chapter, always the same.
    let chance = source.bytes().fold(7usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let mutation = |way, text, at: usize, codes| Mutation {
        way,
        source: source.to_owned(),
        text,
        at: u32::try_from(at).expect("a short text"),
        codes,
    };
    let mut mutations = Vec::new();
    for way in WAYS.iter() {
        let range = if way.part == Part::Front { begin..end } else { end..text.len() };
        let places: Vec<_> = way
            .place
            .captures_iter(&text[range.clone()])
            .filter_map(|found| {
                let at = found.name("it").expect("every place has the group").range();
                let written = (way.write)(&found)?;
                // A link is marked from its name on.
                let place = found.name("name").map_or(at.start, |name| name.start());
                Some((at.start + range.start..at.end + range.start, place + range.start, written))
            })
            .collect();
        if places.is_empty() {
            continue;
        }
        let (at, place, written) = &places[chance % places.len()];
        let wrong = format!("{}{written}{}", &text[..at.start], &text[at.end..]);
        // The mark of something may stand within what was written.
        let place = match way.name {
            "an address without its beginning" => place + 1,
            "a picture with spaces in its address" => place + " ![x](".len(),
            "a picture that no browser shows" => place + " ![The circle](".len(),
            "a letter that was damaged" => place + " caf".len(),
            "a note before a paragraph, on its line" => place + "<!-- to be checked --> ".len(),
            "a footnote that is not there"
            | "words in braces after a heading"
            | "words between the signs of a tag"
            | "a note that does not end"
            | "a work cited as LaTeX does"
            | "a chapter shown as a picture"
            | "a table cut in two"
            | "a text wrapped to the margin" => place + 1,
            "a `#` on the next line of a text" => place + 3,
            "a link between tags" => place + "<div>".len(),
            "an alert below other words" => place + "> Words.\n> ".len(),
            "sessions of a setting that leave a gap" => place + "    sessions: ".len(),
            "a cell too many" => place + 1,
            "a paragraph with a tab before it" => place + 4,
            _ => *place,
        };
        let place = &place;
        // Of two keys the second one is one too many.
        let place = if way.name == "a key twice" { place + written.len() } else { *place };
        mutations.push(mutation(way.name, wrong, place, way.codes.to_vec()));
    }
    let title = Regex::new(r"(?m)^title: .*\n").expect("the pattern is well formed");
    let without = format!("{}{}", title.replace(&text[..end], ""), &text[end..]);
    mutations.push(mutation("no title", without, begin, vec!["front-matter/missing-field"]));
    let above = text[begin..].to_owned();
    mutations.push(mutation("no line above the front matter", above, 0, vec!["front-matter/missing-field"]));
    let below = format!("{}{}", &text[..end], &text[end + 4..]);
    mutations.push(mutation("no line below the front matter", below, 0, vec!["front-matter/syntax"]));
    mutations
}

/// A manual whose chapters change, checked again and again.
struct Desk {
    files: BTreeMap<String, SourceFile>,
    attachments: Vec<String>,
    theme: ThemeFiles,
    before: Option<EarlierState>,
}

impl Desk {
    /// The shipped manual, with one picture more, and what is wrong with its files.
    fn of_shipped_manual() -> (Self, Reports) {
        let mut reports = Reports::new();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("manual");
        let loaded = load::manual(&folder, &mut reports).expect("the manual is there");
        let picture = "assets/photo.heic".to_owned();
        let desk = Self {
            files: loaded.sources.iter().map(|(_, source)| (source.path.clone(), source.clone())).collect(),
            attachments: loaded.attachments.iter().map(str::to_owned).chain([picture]).collect(),
            theme: load::theme(None, &mut Sources::default()).expect("the default theme"),
            before: None,
        };
        (desk, reports)
    }

    fn check(&mut self) -> (Sources, Reports) {
        let sources = Sources::new(self.files.values().cloned().collect());
        let loaded = Loaded { sources, attachments: Attachments::new(self.attachments.clone()) };
        let options = CheckOptions { as_of: jiff::civil::date(2026, 11, 23), drafts: false };
        let checked = rebuild::check_again(&loaded, &self.theme, options, Reports::new(), self.before.take());
        let reports = checked.reports.clone();
        self.before = Some(EarlierState { sources: loaded.sources.clone(), checked });
        (loaded.sources, reports)
    }
}

#[test]
fn mistakes_are_found_where_they_are() {
    let (mut desk, mut reports) = Desk::of_shipped_manual();
    reports.extend(desk.check().1);
    assert!(reports.is_empty(), "the manual as it is: {reports:?}");

    let chapters: Vec<String> = desk.files.keys().filter(|path| path.ends_with(".md")).cloned().collect();
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = String::new();
    for source in &chapters {
        let right = desk.files[source].clone();
        for mutation in mutations(source, &right.text) {
            desk.files.insert(
                source.clone(),
                SourceFile { text: std::sync::Arc::new(mutation.text.clone()), ..right.clone() },
            );
            let (sources, reports) = desk.check();
            let is_right = |report: &&Diagnostic| {
                sources.get(report.span().file).path == mutation.source
                    && report.span().start == mutation.at
                    && mutation.codes.contains(&report.code.name)
            };
            let count = found.entry(mutation.way).or_default();
            count.1 += 1;
            if reports.iter().any(|report| is_right(&report)) {
                count.0 += 1;
                continue;
            }
            let line = mutation.text[..mutation.at as usize].matches('\n').count() + 1;
            let given: Vec<String> = reports
                .iter()
                .take(2)
                .map(|report| format!("{} at byte {}: {}", report.code.name, report.span().start, report.message))
                .collect();
            missed.push_str(&format!("{source}:{line} (byte {}): {}: {given:?}\n", mutation.at, mutation.way));
        }
        desk.files.insert(source.clone(), right);
    }
    let (right, all) = found.values().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    let share = 100.0 * right as f64 / all as f64;
    let mut told =
        format!("{all} mutations of {} chapters, {share:.2} % reported with code and place:\n", chapters.len());
    found.iter().for_each(|(way, (right, all))| told.push_str(&format!("  {way}: {right} of {all}\n")));
    // To be seen where all is well, too.
    std::io::stderr().write_all(told.as_bytes()).expect("somebody reads this");
    assert!(share >= LEAST, "{share:.2} % of {all} mutations are reported as they should be:\n{missed}");
    assert!(found.len() > WAYS.len() * 3 / 4, "most ways can be tried: {found:?}");
}

/// A chapter whose file has another ending is in no list that the desk above has: the folder itself is read.
#[test]
fn chapters_whose_names_end_otherwise_are_told_of() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("manual");
    let copy = tempfile::tempdir().expect("a temporary folder");
    let chapters: Vec<std::path::PathBuf> = walkdir::WalkDir::new(&home)
        .into_iter()
        .map(|entry| entry.expect("the folder is read").into_path())
        .filter(|path| path.is_file())
        .map(|path| path.strip_prefix(&home).expect("a file of it").to_owned())
        .collect();
    for path in &chapters {
        let to = copy.path().join(path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder is made");
        std::fs::copy(home.join(path), to).expect("a file is copied");
    }
    let endings = ["markdown", "md.txt", "mdx", "mdown"];
    for (path, ending) in
        chapters.iter().filter(|path| path.extension().is_some_and(|it| it == "md")).zip(endings.iter().cycle())
    {
        let wrong = path.with_extension(ending);
        std::fs::rename(copy.path().join(path), copy.path().join(&wrong)).expect("a file is renamed");
        let mut reports = Reports::new();
        let loaded = load::manual(copy.path(), &mut reports).expect("the manual is there");
        let told: Vec<(String, &str)> = reports
            .iter()
            .map(|report| (loaded.sources.get(report.span().file).path.clone(), report.code.name))
            .collect();
        let name = wrong.to_str().expect("a plain name").replace('\\', "/");
        assert_eq!(told, [(name, "file/not-read")]);
        std::fs::rename(copy.path().join(&wrong), copy.path().join(path)).expect("a file is renamed");
    }
}

#[test]
fn copies_of_chapters_are_told_of() {
    let (mut desk, _) = Desk::of_shipped_manual();
    let chapters: Vec<String> = desk.files.keys().filter(|path| path.ends_with(".md")).cloned().collect();
    for (path, mark) in chapters.iter().zip([" - Copy", " (1)", " copy 2", "_old"].iter().cycle()) {
        let right = desk.files[path].clone();
        let copy = format!("{}{mark}.md", path.trim_end_matches(".md"));
        desk.files.insert(copy.clone(), SourceFile { path: copy.clone(), ..right });
        let (sources, reports) = desk.check();
        let is_told =
            |report: &Diagnostic| report.code.name == "page/copy" && sources.get(report.span().file).path == copy;
        assert!(reports.iter().any(is_told), "{copy}: {reports:?}");
        desk.files.remove(&copy);
    }
}

#[test]
fn exceptions_of_the_glossary_without_its_term_are_told_of() {
    let (mut desk, _) = Desk::of_shipped_manual();
    let right = desk.files["glossary.yaml"].clone();
    let ends: Vec<usize> = right.text.match_indices("\n  definition:").map(|(at, _)| at + 1).collect();
    assert!(ends.len() > 20, "the glossary has entries");
    for at in ends {
        let (before, after) = right.text.split_at(at);
        let text = format!("{before}  except: [\"another word\"]\n{after}");
        desk.files.insert("glossary.yaml".to_owned(), SourceFile { text: std::sync::Arc::new(text), ..right.clone() });
        let (_, reports) = desk.check();
        let told: Vec<&str> = reports.iter().map(|report| report.code.name).collect();
        assert_eq!(told, ["glossary/bad-exception"]);
    }
}
