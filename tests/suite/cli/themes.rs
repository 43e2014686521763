//! Tests the themes and words that a manual uses.

use super::{only, sound, text, themed, themed_tree};
use crate::support::{TODAY, Tree, assert_same_trees, names_in, tree};

#[test]
fn a_theme_may_hold_a_single_template() {
    let manual = themed(&[("templates/components/footer.html", "<footer>Our own footer</footer>\n")]);
    let own = themed_tree(&manual);
    assert!(text(&own, "techniques/role-play.html").contains("<footer>Our own footer</footer>"));
    let usual = manual.build();
    assert_eq!(own["static/css/style.css"], usual["static/css/style.css"], "the rest is inherited");
    assert_eq!(own["data/manual.json"], usual["data/manual.json"]);
    assert_eq!(own.keys().collect::<Vec<_>>(), usual.keys().collect::<Vec<_>>());
}

#[test]
fn a_theme_may_replace_the_template_of_a_kind() {
    let manual = themed(&[("templates/kinds/technique.html", "<p>TECHNIQUE {{ chapter.title }}</p>\n")]);
    let own = themed_tree(&manual);
    assert!(text(&own, "techniques/role-play.html").contains("<p>TECHNIQUE Role play</p>"));
    assert!(!text(&own, "stages/initial.html").contains("TECHNIQUE"));
}

#[test]
fn a_theme_may_hold_a_single_style_sheet_and_new_files() {
    let manual = themed(&[("static/css/style.css", "p { color: red }\n"), ("static/logo.svg", "<svg/>\n")]);
    let own = themed_tree(&manual);
    assert_eq!(text(&own, "static/css/style.css"), "p{color:red}");
    assert_eq!(text(&own, "static/logo.svg"), "<svg/>\n");
    let usual = manual.build();
    let without = |tree: &Tree| -> Tree {
        tree.iter().filter(|(path, _)| !path.starts_with("static/")).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    assert_same_trees(&without(&own), &without(&usual), "pages do not change");
}

#[test]
fn a_theme_may_hold_a_single_word() {
    let manual = themed(&[("locales/en.yaml", "home: Start here\n")]);
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    assert!(page.contains("Start here") && page.contains("Steps"), "one word changes, the others are inherited");
}

#[test]
fn a_theme_may_speak_another_language_in_part() {
    let manual = themed(&[("locales/nl.yaml", "home: Beginpagina\nfield-steps: Stappen\n")]);
    manual.write("manual.yaml", "title: Handboek\nlanguage: nl-BE\nsafety: page/risk\n");
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    assert!(page.contains("<html lang=\"nl-BE\" dir=\"ltr\""), "the language of the page");
    assert!(page.contains("Beginpagina") && page.contains("Stappen"), "Dutch where the theme has it");
    assert!(page.contains("Skip to content"), "English where it has not");
    let reports = manual.reports(&["--theme", "theme"]);
    let headline = only(&reports).headline();
    assert!(headline.contains("warning[theme/missing-text]") && headline.contains("locales/nl.yaml"), "{headline}");
}

#[test]
fn english_words_of_a_theme_do_not_hide_those_of_the_language() {
    let manual = themed(&[
        ("locales/en.yaml", "home: Start here\nmenu: Open\nsearch: Find\n"),
        ("locales/de.yaml", "menu: Aufklappen\n"),
        ("locales/de-AT.yaml", "search: Finden\n"),
    ]);
    manual.write("manual.yaml", "title: Handbuch\nlanguage: de-AT\nsafety: page/risk\n");
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    for (wanted, hidden) in [("Startseite", "Start here"), ("Aufklappen", "Open"), ("Finden", "Find<")] {
        assert!(page.contains(wanted) && !page.contains(hidden), "{wanted}: {page}");
    }
}

#[test]
fn the_default_theme_speaks_german_and_a_theme_may_change_a_word_of_it() {
    let manual = themed(&[("locales/de.yaml", "home: Zum Anfang\n")]);
    manual.write("manual.yaml", "title: Handbuch\nlanguage: de-AT\nsafety: page/risk\n");
    let own = themed_tree(&manual);
    let page = text(&own, "techniques/role-play.html");
    assert!(page.contains("Zum Anfang") && page.contains("Zum Inhalt springen"), "{page}");
    assert_eq!(manual.reports(&["--theme", "theme"]).len(), 0);
}

#[test]
fn a_right_to_left_language_says_so() {
    let manual = sound();
    manual.write("manual.yaml", "title: T\nlanguage: ar\nsafety: page/risk\n");
    assert!(text(&manual.build(), "index.html").contains("<html lang=\"ar\" dir=\"rtl\""));
}

#[test]
fn manual_yaml_names_a_theme_relative_to_the_manual() {
    let manual = sound();
    manual.write("manual.yaml", "title: Sound\nsafety: page/risk\ntheme: ../theme\n");
    manual.write_beside("theme/templates/components/footer.html", "<footer>Our own footer</footer>\n");
    assert!(text(&manual.build(), "index.html").contains("Our own footer"));
    let ran = manual.run(&["build", "--theme", "default", "--as-of", TODAY]);
    assert_eq!(ran.code, 0);
    assert!(!manual.read("site/index.html").contains("Our own footer"), "--theme goes over manual.yaml");
}

#[test]
fn labels_change_every_text_with_the_word() {
    let manual = sound();
    let settings = "title: Sound\nsafety: page/risk\nlabels: { patient: Client, kind-technique: Skill }\n";
    manual.write("manual.yaml", settings);
    let tree = manual.build();
    let stage = text(&tree, "stages/initial.html");
    assert!(stage.contains("Client tasks") && !stage.contains("Patient"), "the word within other texts too");
    assert!(text(&tree, "techniques/role-play.html").contains("Skill"));
}

#[test]
fn a_template_that_cannot_be_read_is_reported_at_its_line_and_nothing_is_written() {
    let broken = "<footer>\n<p>{{ site.title }</p>\n</footer>\n";
    let manual = themed(&[("templates/components/footer.html", broken)]);
    let old = manual.build();
    for command in ["check", "build"] {
        let ran = manual.run(&[command, "--theme", "theme", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("error[theme/template]"), "{}", ran.stderr);
        assert!(ran.stderr.contains("--> theme/templates/components/footer.html:2:"), "{}", ran.stderr);
    }
    assert_same_trees(&old, &tree(&manual.path("site")), "after a broken template");
    assert_eq!(names_in(manual.root()), ["manual", "site", "theme"]);
}

#[test]
fn a_template_that_names_what_it_does_not_get_is_reported_at_its_line_and_nothing_is_written() {
    for broken in
        ["<footer>\n<p>{{ site.titel }}</p>\n</footer>\n", "<footer>\n<p>{{ nothing.at.all }}</p>\n</footer>\n"]
    {
        let manual = themed(&[("templates/components/footer.html", broken)]);
        let ran = manual.run(&["build", "--theme", "theme", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("--> theme/templates/components/footer.html:2:"), "{}", ran.stderr);
        assert!(ran.stderr.contains("error[theme/template]") && ran.stderr.contains("nothing was written"));
        assert_eq!(names_in(manual.root()), ["manual", "theme"]);
    }
}

#[test]
fn an_unknown_filter_and_a_missing_template_are_reported_at_their_lines() {
    for broken in
        ["<footer>\n{{ site.title | shout }}\n</footer>\n", "<footer>\n{% include \"nowhere.html\" %}\n</footer>\n"]
    {
        let manual = themed(&[("templates/components/footer.html", broken)]);
        let ran = manual.run(&["check", "--theme", "theme", "--as-of", TODAY]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{broken}: {}", ran.stderr);
        assert!(ran.stderr.contains("--> theme/templates/components/footer.html:2:"), "{}", ran.stderr);
    }
}

#[test]
fn all_broken_templates_of_a_theme_are_reported_at_once() {
    let manual = themed(&[
        ("templates/components/footer.html", "{{ site.title }\n"),
        ("templates/components/header.html", "{% if %}\n"),
    ]);
    let ran = manual.run(&["check", "--theme", "theme", "--format", "json", "--as-of", TODAY]);
    let files: Vec<String> = ran.reports().into_iter().map(|report| report.file).collect();
    assert_eq!(files, ["theme/templates/components/footer.html", "theme/templates/components/header.html"]);
}

#[test]
fn mistakes_in_templates_say_what_is_wrong_and_what_to_type() {
    for (line, columns, message, help) in [
        ("{{ site.title }", 15..16, "found `}` but expected }}", ""),
        ("{{ site.titel }}", 9..14, "`site` has no `titel`", "did you mean `title`?"),
        ("{{ site.x }}", 9..10, "`site` has no `x`", "it has `authors`"),
        ("{{ sitte.title }}", 4..9, "this template does not get a value `sitte`", "did you mean `site`?"),
        ("{{ x }}", 4..5, "this template does not get a value `x`", "it gets `breadcrumb`"),
        ("{{ t.serach }}", 6..12, "there is no interface text `serach`", "did you mean `search`?"),
        ("{{ t[\"serach\"] }}", 4..14, "there is no interface text `serach`", "did you mean `search`?"),
        (
            "{{ t.safety-first }}",
            4..18,
            "the `-` in `t.safety-first` is read as a minus sign",
            "write `t[\"safety-first\"]`",
        ),
        ("{% for a in x %}{% endfor %}", 13..14, "`x` is not defined", ""),
        ("{{ root | shout }}", 11..16, "there is no filter `shout`", ""),
        ("{% if root is loud %}{% endif %}", 15..19, "there is no test `loud`", ""),
        ("{{ shout(a=1) }}", 4..9, "there is no function `shout`", ""),
        ("{% fro %}", 4..7, "unknown tag", ""),
        ("{% if root %}", 14..14, "the template ends, but something in it is not closed", "close each `{% if … %}`"),
        (
            "{% include \"components/heder.html\" %}",
            12..35,
            "there is no template `components/heder.html`",
            "did you mean `components/header.html`?",
        ),
    ] {
        let manual = themed(&[("templates/components/footer.html", &*format!("<footer>\n{line}\n</footer>\n"))]);
        let reports = manual.reports(&["--theme", "theme"]);
        let report = only(&reports);
        let place = (report.file.as_str(), report.line, report.column);
        assert_eq!(place, ("theme/templates/components/footer.html", 2, columns.start), "{line}: {report:?}");
        // What is not closed goes on to the end.
        assert!(report.end_line > 2 || report.end_column == columns.end, "{line}: {report:?}");
        assert_eq!(report.code, "theme/template");
        assert!(report.message.starts_with(message), "{line}: {report:?}");
        assert!(report.help.starts_with(help) && help.is_empty() == report.help.is_empty(), "{line}: {report:?}");
        let ran = manual.run(&["build", "--theme", "theme", "--as-of", TODAY]);
        assert_eq!(ran.code, 1, "{line}: build says the same");
        assert!(ran.stderr.contains(&format!("error[theme/template]: {}\n", report.message)), "{}", ran.stderr);
    }
}

#[test]
fn a_template_of_ours_that_fails_for_an_own_one_is_named() {
    let manual = themed(&[("templates/components/footer.html", "{% include \"components/table.html\" %}\n")]);
    let reports = manual.reports(&["--theme", "theme"]);
    let message =
        "in templates/components/table.html of the default theme, line 1: this template does not get a value `table`";
    assert_eq!(only(&reports).message, message);
}

#[test]
fn a_locale_or_theme_file_with_mistakes_is_reported_at_its_lines() {
    for (path, content, place, code) in [
        ("locales/en.yaml", "# ours\nhoem: Start\n", "theme/locales/en.yaml:2:1", "front-matter/unknown-field"),
        ("locales/en.yaml", "home: a: b\n", "theme/locales/en.yaml:1:8", "front-matter/syntax"),
        ("locales/en.yaml", "- home\n", "theme/locales/en.yaml:1:1", "front-matter/wrong-type"),
        ("locales/en.yaml", "home: [a]\n", "theme/locales/en.yaml:1:7", "front-matter/wrong-type"),
        ("locales/en.yaml", "home: A\nhome: B\n", "theme/locales/en.yaml:2:1", "front-matter/duplicate-field"),
        ("theme.yaml", "name: Ours\ncolour: red\n", "theme/theme.yaml:2:1", "front-matter/unknown-field"),
    ] {
        let manual = themed(&[(path, content)]);
        let ran = manual.run(&["check", "--theme", "theme", "--format", "json", "--as-of", TODAY]);
        assert_eq!(ran.code, 1, "{content:?}: {}{}", ran.stdout, ran.stderr);
        let reports = ran.reports();
        let report = only(&reports);
        assert_eq!(
            (format!("{}:{}:{}", report.file, report.line, report.column).as_str(), report.code.as_str()),
            (place, code)
        );
    }
}

#[test]
fn a_theme_file_that_is_no_text_is_invalid() {
    for (path, code) in [
        ("locales/en.yaml", "theme/invalid"),
        ("theme.yaml", "theme/invalid"),
        ("templates/components/footer.html", "theme/template"),
    ] {
        let manual = sound();
        manual.write_beside(&format!("theme/{path}"), b"name: \xE9\n");
        let reports = manual.reports(&["--theme", "theme"]);
        assert_eq!(only(&reports).code, code);
        assert!(reports[0].message.contains(path), "{reports:?}");
    }
}

#[test]
fn a_theme_that_is_not_there_is_the_mistake_of_whoever_named_it() {
    let manual = sound();
    let ran = manual.run(&["build", "--theme", "nowhere"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "on the command line: {}", ran.stderr);
    manual.write("manual.yaml", "title: T\nsafety: page/risk\ntheme: nowhere\n");
    let ran = manual.run(&["build", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "in manual.yaml: {}", ran.stderr);
    assert!(ran.stderr.contains("--> manual/manual.yaml:3:8"), "{}", ran.stderr);
}

#[test]
fn what_is_no_part_of_a_theme_is_not_copied() {
    let manual = themed(&[("notes.txt", "ours"), (".git/config", "ours")]);
    let own = themed_tree(&manual);
    assert_same_trees(&own, &manual.build(), "a theme without anything of a theme");
}
