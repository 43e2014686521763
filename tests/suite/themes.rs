//! Tests that what `themes/README.md` says about themes is true: it has every value that a template gets, with its
//! type, and no other; its examples build; its mistake is drawn.
//!
//! Each template of the default theme is made to print the names and types of what it is given. Two manuals are built
//! with that: one with everything in it, one with next to nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{TODAY, TestManual, Tree, tree};
use regex::Regex;

const PAGE: &str = include_str!("../../themes/README.md");

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(content: &[u8]) -> &str {
    std::str::from_utf8(content).expect("a text")
}

/// The templates of the default theme.
fn templates() -> BTreeMap<String, String> {
    let files = tree(&home().join("themes/default/templates"));
    files.into_iter().map(|(path, content)| (path, text(&content).to_owned())).collect()
}

// ---- What is written down --------------------------------------------------------------------------

/// What the page says of a value.
#[derive(Debug, Clone)]
struct Said {
    /// Where the page says it: the heading and the name.
    place: String,
    /// `text`, `HTML`, `number`, `bool`, `list`, `map` or `names`.
    shape: &'static str,
    may_be_empty: bool,
    may_be_none: bool,
}

/// The rows of a table: names and types.
type Rows = Vec<(String, String)>;

/// The tables of the page by their headings: those of templates, each with all that apply to it, and
/// those of things.
struct Documented {
    templates: BTreeMap<String, Vec<(String, Rows)>>,
    things: BTreeMap<String, Rows>,
}

fn documented() -> Documented {
    let known = templates();
    let row = Regex::new(r"^\| `([^`]+)` \| ([^|]+) \| [^|]+ \|$").expect("a pattern");
    let name = Regex::new(r"`([^`]+)`").expect("a pattern");
    let mut found = Documented { templates: BTreeMap::new(), things: BTreeMap::new() };
    let reference = PAGE.split_once("\n## What templates get\n").expect("what templates get").1;
    for section in reference.split("\n### ").skip(1) {
        let (heading, body) = section.split_once('\n').expect("a heading, then a table");
        let body = body.split("\n## ").next().expect("up to the next chapter");
        let lines = body.lines().filter(|line| line.starts_with("| `"));
        let rows: Rows = lines
            .map(|line| {
                let cells = row.captures(line).unwrap_or_else(|| panic!("no row of three cells: {line}"));
                (cells[1].to_owned(), cells[2].to_owned())
            })
            .collect();
        let named: Vec<&str> = name.captures_iter(heading).map(|name| name.get(1).expect("a name").as_str()).collect();
        let applies = |template: &str| match heading {
            "All templates" => true,
            _ => named.iter().any(|named| match named.split_once('*') {
                Some((start, end)) => template.starts_with(start) && template.ends_with(end),
                None => *named == template,
            }),
        };
        if named.is_empty() && heading.chars().all(|letter| letter.is_ascii_lowercase()) {
            found.things.insert(heading.to_owned(), rows);
        } else if !rows.is_empty() {
            let of: Vec<&String> = known.keys().filter(|template| applies(template)).collect();
            assert!(!of.is_empty(), "there is no template for the heading {heading}");
            for template in of {
                found.templates.entry(template.clone()).or_default().push((heading.to_owned(), rows.clone()));
            }
        }
    }
    found
}

impl Documented {
    /// Every value that a template gets, things taken apart, by its path.
    fn values_of(&self, template: &str) -> BTreeMap<String, Said> {
        let mut values = BTreeMap::new();
        for (heading, rows) in self.templates.get(template).into_iter().flatten() {
            self.rows(heading, rows, "", &mut values);
        }
        values
    }

    fn rows(&self, heading: &str, rows: &Rows, within: &str, values: &mut BTreeMap<String, Said>) {
        for (name, what) in rows {
            self.value(&format!("{heading}: {name}"), format!("{within}{name}"), what, values);
        }
    }

    fn value(&self, place: &str, at: String, what: &str, values: &mut BTreeMap<String, Said>) {
        let (what, may_be_none) = what.strip_suffix(" or none").map_or((what, false), |what| (what, true));
        let (what, may_be_empty) = what.strip_suffix(", may be empty").map_or((what, false), |what| (what, true));
        let mut say = |shape| {
            let said = Said { place: place.to_owned(), shape, may_be_empty, may_be_none };
            assert!(values.insert(at.clone(), said).is_none(), "{place} is said twice of one template");
        };
        if let Some(items) = what.strip_prefix("list of ") {
            say("list");
            return self.value(&format!("{place}[]"), format!("{at}[]"), items, values);
        }
        if let Some(items) = what.strip_prefix("names with ") {
            say("names");
            return self.value(&format!("{place}.*"), format!("{at}.*"), items, values);
        }
        if let Some(name) = what.strip_prefix('[') {
            let name = name.split(']').next().expect("a name");
            assert_eq!(what, format!("[{name}](#{name})"), "{place}: a link to a thing");
            say("map");
            let rows = self.things.get(name).unwrap_or_else(|| panic!("{place}: there is no thing `{name}`"));
            return self.rows(name, rows, &format!("{at}."), values);
        }
        match what {
            "text" => say("text"),
            "HTML" => say("HTML"),
            "number" => say("number"),
            "true or false" => say("bool"),
            "thing" => say("map"),
            "list" => {
                say("list");
                self.value(&format!("{place}[]"), format!("{at}[]"), "thing", values);
            }
            other => panic!("{place}: `{other}` is no type"),
        }
    }
}

// ---- What is given ---------------------------------------------------------------------------------

/// Prints the paths and types of all that is in a value.
const PROBE: &str = r#"{% component shape(at, of) -%}
{%- if of is none -%}{{ at }} none
{% elif of is map -%}{{ at }} map
{% for key, value in of %}{{ <shape at={at ~ "." ~ key} of={value} /> }}{% endfor -%}
{%- elif of is array -%}{{ at }} list
{% for value in of %}{{ <shape at={at ~ "[]"} of={value} /> }}{% endfor -%}
{%- elif of is string -%}{{ at }} {% if of %}string{% else %}empty{% endif %}
{% elif of is bool -%}{{ at }} bool
{% elif of is number -%}{{ at }} number
{% endif -%}
{%- endcomponent shape %}"#;

/// Writes a theme whose templates begin by printing what they are given. What one template includes
/// prints nothing: it has what the other has.
fn write_probing_theme(manual: &TestManual) {
    manual.write_beside("theme/templates/probe.html", PROBE);
    for (name, template) in templates() {
        let template = template.replace("{% include \"", "{% include \"included/");
        let probe = "{% for key, value in __tera_context %}{% if key != \"t\" %}{{ <shape at={key} of={value} /> }}{% endif %}{% endfor %}\
            t map\n{{ <shape at=\"t.home\" of={t.home} /> }}";
        manual.write_beside(&format!("theme/templates/{name}"), format!("\n@@ {name}\n{probe}@@\n{template}"));
        manual.write_beside(&format!("theme/templates/included/{name}"), template);
    }
}

/// For each template that was filled in: each time, the paths and types of what it was given.
type Given = BTreeMap<String, Vec<BTreeMap<String, BTreeSet<String>>>>;

fn gather(site: &Tree, given: &mut Given) {
    let printed = Regex::new(r"\n@@ (.+)\n((?s:.*?))@@\n").expect("a pattern");
    for page in site.iter().filter(|(path, _)| path.ends_with(".html")).map(|(_, page)| text(page)) {
        for found in printed.captures_iter(page) {
            let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for line in found[2].lines() {
                let (path, shape) = line.rsplit_once(' ').unwrap_or_else(|| panic!("no path with a type: {line}"));
                values.entry(path.to_owned()).or_default().insert(shape.to_owned());
            }
            given.entry(found[1].to_owned()).or_default().push(values);
        }
    }
}

/// A manual in which every template has something to show.
fn everything() -> TestManual {
    let manual = TestManual::new::<&str>(&[]);
    for (path, content) in tree(&home().join("tests/golden/small/manual")) {
        manual.write(&path, content);
    }
    let settings = manual.read("manual/manual.yaml").replace("value: }", "value: , on-sheets: true }");
    manual.write("manual.yaml", settings);
    manual.write("pages/drawn.md", DRAWN);
    for file in ["film.mp4", "film.vtt", "film.png"] {
        manual.write(&format!("assets/{file}"), "not looked into");
    }
    for (path, rest) in [
        ("sessions/99-rest.md", "status: review\nstages: [initial]"),
        ("stages/99-open.md", "activity: Wait and see"),
        ("protocols/99-open.md", "sessions: 2\nstages: [{ stage: initial }, { stage: open }]"),
        ("evidence/99-open.md", FINDINGS),
    ] {
        manual.write(path, format!("---\ntitle: {path}\nsummary: With little in it.\n{rest}\n---\n\n[@unsure]\n"));
    }
    let works = manual.read("manual/references.bib");
    let unsure = "@book{unsure, title = {T}, author = {A, B}, date = {2001}, note = {From memory: the year}}";
    manual.write("references.bib", format!("{works}\n{unsure}\n"));
    manual
}

const FINDINGS: &str = "condition: Grief
findings:
  - { statement: S, effect: { measure: d, value: 0.5, ci: [0.1, 0.9], favours-ipt: above } }
  - { statement: S, effect: { measure: d, value: 0.4, favours-ipt: above } }";

const DRAWN: &str = "---
title: Drawn
summary: What no other chapter of the manual has.
---

```{phase-map}
```

```{worksheet}
worksheet: diary
```

```{video}
title: Here
file: ../assets/film.mp4
poster: ../assets/film.png
captions: ../assets/film.vtt
transcript: Words.
```

```{video}
title: Elsewhere
address: https://example.org/film
transcript: Words.
```
";

fn given() -> Given {
    let mut given = Given::new();
    let without_home = everything();
    fs::remove_file(without_home.path("manual/index.md")).expect("the home page is removed");
    let settings = without_home.read("manual/manual.yaml").replace("safety: page/risk\n", "");
    without_home.write("manual.yaml", settings);
    let bare = TestManual::new(&[
        ("techniques/a.md", "---\ntitle: A\nsummary: B.\n---\n"),
        ("loose.md", "---\ntitle: C\naliases: [lost]\n---\n"),
        ("gone.md", "---\ntitle: D\nstatus: withdrawn\n---\n"),
        ("moved.md", "---\ntitle: E\nstatus: withdrawn\nreplaced-by: [a]\n---\n"),
    ]);
    // So large that its parts are printed from pages of their own, and so large that no page lists all.
    let large = [501, 1001].map(|count| {
        let page = |number| (format!("pages/p{number}.md"), format!("---\ntitle: Page {number}\nkind: page\n---\n"));
        let pages: Vec<(String, String)> = (0..count).map(page).collect();
        let pages: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        TestManual::new(&pages)
    });
    for manual in [everything(), without_home, bare].into_iter().chain(large) {
        write_probing_theme(&manual);
        let ran = manual.run(&["build", "--drafts", "--theme", "theme", "--as-of", TODAY]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        gather(&tree(&manual.path("site")), &mut given);
    }
    given
}

/// A path with the names of a table of names replaced by a star.
fn starred(path: &str, said: &BTreeMap<String, Said>) -> String {
    let names = said.iter().filter(|(_, said)| said.shape == "names").map(|(path, _)| path);
    let within = names.filter_map(|names| Some((names, path.strip_prefix(names.as_str())?.strip_prefix('.')?))).next();
    match within {
        Some((names, rest)) => format!("{names}.*{}", rest.find(['.', '[']).map_or("", |at| &rest[at..])),
        None => path.to_owned(),
    }
}

/// The thing or list that holds a value.
fn holder(path: &str) -> Option<&str> {
    path.rsplit_once('.').map(|(holder, _)| holder)
}

#[test]
fn every_value_that_a_template_gets_is_written_down_and_no_other() {
    let documented = documented();
    let mut faults = BTreeSet::new();
    // What was seen of each place of the page, over all templates.
    let mut seen: BTreeMap<String, (Said, BTreeSet<String>)> = BTreeMap::new();
    for template in documented.templates.keys() {
        for said in documented.values_of(template).into_values() {
            seen.entry(said.place.clone()).or_insert((said, BTreeSet::new()));
        }
    }
    let given = given();
    for (template, times) in &given {
        let said = documented.values_of(template);
        for values in times {
            let values: BTreeMap<String, &BTreeSet<String>> =
                values.iter().map(|(path, shapes)| (starred(path, &said), shapes)).collect();
            for (path, shapes) in &values {
                let Some(known) = said.get(path) else {
                    faults.insert(format!("{template} gets `{path}`, which is not written down: {shapes:?}"));
                    continue;
                };
                let html = path.trim_end_matches("[]").ends_with("html");
                for shape in *shapes {
                    let shape = match shape.as_str() {
                        "string" | "empty" if html => "HTML",
                        "string" | "empty" => "text",
                        "map" if known.shape == "names" => "names",
                        other => other,
                    };
                    if shape != known.shape && shape != "none" {
                        faults.insert(format!("{template}: `{path}` is {shape}, not {}", known.shape));
                    }
                    if shape == "none" && !known.may_be_none {
                        faults.insert(format!("{}: may be none, in {template}", known.place));
                    }
                }
                if shapes.contains("empty") && !known.may_be_empty {
                    faults.insert(format!("{}: may be empty, in {template}", known.place));
                }
                seen.get_mut(&known.place).expect("a place of the page").1.extend(shapes.iter().cloned());
            }
            // What is written down of a thing that is there is there too.
            for path in said.keys().filter(|path| !values.contains_key(*path) && !path.ends_with(['*', ']'])) {
                if holder(path).is_none_or(|holder| values.get(holder).is_some_and(|shapes| shapes.contains("map"))) {
                    faults.insert(format!("{template} does not get `{path}`"));
                }
            }
        }
    }
    for (place, (said, shapes)) in &seen {
        if shapes.is_empty() {
            faults.insert(format!("{place}: no template got it"));
        }
        // In HTML the probes of what is in it stand too, so that it is never empty here.
        if said.may_be_empty && said.shape != "HTML" && !shapes.contains("empty") {
            faults.insert(format!("{place}: was never empty"));
        }
        if said.may_be_none && !shapes.contains("none") {
            faults.insert(format!("{place}: was never none"));
        }
    }
    // A template that code does not fill in itself is part of others.
    for template in templates().keys().filter(|template| !given.contains_key(*template)) {
        let included = templates().values().any(|other| other.contains(&format!("{{% include \"{template}\" %}}")));
        if !included || documented.templates[template].iter().any(|(heading, _)| heading != "All templates") {
            faults.insert(format!("{template} was not filled in"));
        }
    }
    assert!(
        faults.is_empty(),
        "themes/README.md:\n{}",
        faults.into_iter().map(|fault| fault + "\n").collect::<String>()
    );
}

#[test]
fn every_template_and_thing_is_named() {
    let files = PAGE.split_once("\n## Files\n").expect("the files").1.split("\n## ").next().expect("its end");
    let kinds = files.lines().find(|line| line.starts_with("| `kinds/*.html`")).expect("the kinds");
    for template in templates().keys() {
        let named = match template.strip_prefix("kinds/").and_then(|kind| kind.strip_suffix(".html")) {
            Some(kind) => kinds.contains(&format!("`{kind}`")),
            None => files.contains(&format!("`{template}`")),
        };
        assert!(named, "{template} is not among the files");
    }
    for name in Regex::new(r"`((?:pages|components)/[a-z0-9-]+\.html)`").expect("a pattern").captures_iter(PAGE) {
        assert!(templates().contains_key(&name[1]), "there is no template {}", &name[1]);
    }
    for thing in documented().things.keys() {
        assert!(PAGE.contains(&format!("[{thing}](#{thing})")), "nothing is a {thing}");
    }
}

// ---- What else the page says -----------------------------------------------------------------------

/// The names in a paragraph that begins so.
fn names_after<'a>(start: &str) -> Vec<&'a str> {
    let paragraph = PAGE.split_once(start).expect("the paragraph").1.split("\n\n").next().expect("its end");
    let names = paragraph.split_once(':').expect("a colon").1;
    names.split('`').skip(1).step_by(2).collect()
}

#[test]
fn filters_tests_and_functions_are_known() {
    let uses: Vec<String> = names_after("\nFilters, as in")
        .into_iter()
        .map(|filter| format!("{{{{ t.home | {filter} }}}}"))
        .chain(
            names_after("\nTests, as in").into_iter().map(|test| format!("{{% if t.home is {test} %}}{{% endif %}}")),
        )
        .chain(["{{ range(end=2) }}".to_owned(), "{{ throw(message=\"\") }}".to_owned()])
        .collect();
    assert!(uses.len() > 50, "the names are found");
    let manual = TestManual::new::<&str>(&[]);
    let footer = format!("{{% if false %}}{}{{% endif %}}", uses.concat());
    manual.write_beside("theme/templates/components/footer.html", footer);
    let ran = manual.run(&["build", "--theme", "theme", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

/// The templates that the page shows: a path in backticks, then a fenced block.
fn examples() -> BTreeMap<&'static str, &'static str> {
    let example = Regex::new(r"`(templates/[a-z/-]+\.html)`[^`]*\n\n```html\n((?s:.*?))```\n").expect("a pattern");
    let of = |found: regex::Captures<'static>| {
        let [path, template] = [1, 2].map(|group| found.get(group).expect("it is there").as_str());
        (path, template)
    };
    example.captures_iter(PAGE).map(of).collect()
}

fn with_examples() -> TestManual {
    let manual = everything();
    let examples = examples();
    let paths: Vec<&str> = examples.keys().copied().collect();
    assert_eq!(paths, ["templates/components/footer.html", "templates/kinds/technique.html"]);
    for (path, template) in examples {
        manual.write_beside(&format!("our-theme/{path}"), template);
    }
    manual
}

#[test]
fn the_examples_build_and_change_what_they_say() {
    let manual = with_examples();
    let ran = manual.run(&["build", "--theme", "our-theme", "--as-of", TODAY]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let own = tree(&manual.path("site"));
    let usual = manual.build();
    let without = Regex::new(r#"(?s)<p class="our-reminder">.*?</p>\n|<footer.*?</footer>"#).expect("a pattern");
    for (path, page) in own.iter().filter(|(path, _)| path.ends_with(".html")) {
        let (page, usual) = (text(page), text(&usual[path]));
        assert_eq!(page.contains("Published by Example Clinic."), usual.contains("<footer"), "{path}");
        let technique = usual.contains("ipt-page--technique");
        assert_eq!(page.contains("our-reminder"), technique || path.as_str() == "print.html", "{path}");
        let rest = |page: &str| without.replace_all(page, "").replace("\n\n", "\n");
        assert!(rest(page) == rest(usual), "{path}: the rest is as it was");
    }
}

#[test]
fn the_mistake_is_drawn_as_shown() {
    let manual = with_examples();
    let footer = Path::new("our-theme/templates/components/footer.html");
    let broken = manual.read(&footer.display().to_string()).replace("{{ site.title }}", "{{ site.titel }}");
    manual.write_beside(&footer.display().to_string(), broken);
    let shown = PAGE.split_once("```text\nerror[").expect("the mistake").1.split_once("```").expect("its end").0;
    for command in ["check", "build"] {
        let ran = manual.run(&[command, "--theme", "our-theme", "--as-of", TODAY]);
        assert!(ran.stderr.contains(&format!("error[{shown}")), "{}", ran.stderr);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    }
    assert!(fs::metadata(manual.path("site")).is_err(), "nothing is written");
}
