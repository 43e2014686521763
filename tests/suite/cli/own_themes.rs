//! Tests `theme new` and `theme eject`: themes of the user's own.

use std::fs;
use std::path::Path;

use super::{sound, text};
use crate::support::{TODAY, Tree, assert_same_trees, names_in, tree};

/// The files of the default theme.
fn default_theme() -> Tree {
    tree(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default"))
}

#[test]
fn a_new_theme_builds_and_its_colours_logo_and_footer_appear() {
    let manual = sound();
    let usual = manual.build();
    let ran = manual.run(&["theme", "new", "ours/theme"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for said in ["`theme: ../ours/theme`", "`--theme ours/theme`"] {
        assert!(ran.stdout.contains(said), "{}", ran.stdout);
    }
    let theme = tree(&manual.path("ours/theme"));
    let names: Vec<&str> = theme.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        ["static/css/own.css", "static/icon.svg", "templates/components/footer.html", "theme.yaml"],
        "it holds no more than it changes"
    );

    let on_command_line = ["build", "--strict", "--theme", "ours/theme", "--out", "own", "--as-of", TODAY];
    let ran = manual.run(&on_command_line);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let own = tree(&manual.path("own"));
    assert!(
        text(&own, "static/css/own.css").contains("--teal:#") && text(&own, "static/css/own.css").contains("--head:")
    );
    assert_eq!(own["static/icon.svg"], theme["static/icon.svg"]);
    assert_ne!(own["static/icon.svg"], usual["static/icon.svg"]);
    assert_eq!(own["static/css/style.css"], usual["static/css/style.css"]);
    // The comment above it leaves an empty line.
    let line = "\n<p class=\"ipt-footer__own\">Published by Example Clinic</p>\n";
    for page in ["index.html", "techniques/role-play.html", "print.html"] {
        let (own, usual) = (text(&own, page), text(&usual, page));
        assert_eq!(own.matches(line).count(), 1, "{page}");
        let sheets: Vec<&str> = own.lines().filter(|line| line.contains("rel=\"stylesheet\"")).collect();
        let last = sheets.last().copied().unwrap_or_default();
        assert!(last.contains("static/css/own.css\""), "{page}: a theme's own style sheet comes last: {sheets:?}");
        let rest = own.replace(line, "").replace(&format!("{last}\n"), "");
        assert_eq!(rest, *usual, "{page}: nothing else changes");
    }

    let settings = manual.read("manual/manual.yaml");
    manual.write("manual.yaml", format!("{settings}theme: ../ours/theme\n"));
    let ran = manual.run(&["build", "--strict", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_same_trees(&tree(&manual.path("site")), &own, "named in manual.yaml");
}

#[test]
fn a_new_theme_goes_where_nothing_is() {
    let manual = sound();
    fs::create_dir(manual.path("empty")).expect("a folder is made");
    assert_eq!(manual.run(&["theme", "new", "empty"]).code, 0);
    manual.write_beside("full/.notes", "somebody's");
    manual.write_beside("file", "somebody's");
    for taken in ["full", "file", "empty", "manual"] {
        let before = tree(manual.root());
        let ran = manual.run(&["theme", "new", taken]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{taken}: {}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(&format!("`{taken}`")), "{}", ran.stderr);
        assert_same_trees(&tree(manual.root()), &before, "after it was refused");
    }
}

#[test]
fn a_theme_is_not_made_without_a_name() {
    let manual = sound();
    for arguments in [
        &["theme"][..],
        &["theme", "new"],
        &["theme", "new", "a", "b"],
        &["theme", "eject"],
        &["theme", "eject", "--list", "theme.yaml"],
        &["theme", "eject", "--list", "--to", "a"],
    ] {
        let ran = manual.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!ran.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(names_in(manual.root()), ["manual"]);
}

#[test]
fn the_help_of_themes_has_examples() {
    for arguments in [&["theme", "new", "--help"][..], &["theme", "eject", "--help"]] {
        let ran = sound().run(arguments);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.stdout.contains("Example: iptbook theme "), "{}", ran.stdout);
    }
}

#[test]
fn eject_lists_every_file_of_the_default_theme_and_copies_each_byte_for_byte() {
    let manual = sound();
    let ran = manual.run(&["theme", "eject", "--list"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let default = default_theme();
    let names: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(names, default.keys().collect::<Vec<_>>());
    assert_eq!(names_in(manual.root()), ["manual"]);

    let ran = manual.run(&[&["theme", "eject", "--to", "all/of/it"][..], &names].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_same_trees(&tree(&manual.path("all/of/it")), &default, "copied");
    let places: Vec<String> = names.iter().map(|name| format!("all/of/it/{name}")).collect();
    assert_eq!(ran.stdout.lines().collect::<Vec<_>>(), places, "the result says where they are");
    let ran = manual.run(&["build", "--strict", "--theme", "all/of/it", "--as-of", TODAY]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
}

#[test]
fn eject_copies_what_is_named_into_theme() {
    let manual = sound();
    let ran = manual.run(&["theme", "eject", "templates/page.html", "./locales/en.yaml", "templates/page.html"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, "theme/locales/en.yaml\ntheme/templates/page.html\n");
    let default = default_theme();
    let wanted: Tree =
        ["locales/en.yaml", "templates/page.html"].map(|name| (name.into(), default[name].clone())).into();
    assert_same_trees(&tree(&manual.path("theme")), &wanted, "copied");
    assert_eq!(manual.run(&["theme", "eject", "locales/de.yaml"]).code, 0, "more of it later");
}

#[test]
fn eject_writes_over_nothing_and_then_copies_nothing() {
    let manual = sound();
    manual.write_beside("theme/templates/page.html", "ours");
    manual.write_beside("other/templates", "a file");
    let before = tree(manual.root());
    for (to, named) in
        [("theme", "theme/templates/page.html"), ("other", "other/templates"), ("other/templates", "other/templates")]
    {
        let ran = manual.run(&["theme", "eject", "locales/en.yaml", "templates/page.html", "--to", to]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{to}: {}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains(&format!("`{named}`")), "{}", ran.stderr);
        assert_same_trees(&tree(manual.root()), &before, "after it was refused");
    }
}

#[test]
fn eject_of_a_name_that_is_not_known_offers_the_nearest_and_copies_nothing() {
    let manual = sound();
    for (typed, said) in [
        ("templates/pgae.html", "did you mean `templates/page.html`"),
        ("footer.html", "did you mean `templates/components/footer.html`?"),
        ("locale/en.yml", "did you mean `locales/en.yaml`"),
        ("../themes/default/nothing", "--list"),
        ("zzz", "--list"),
    ] {
        let ran = manual.run(&["theme", "eject", "locales/de.yaml", typed]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{typed}: {}", ran.stderr);
        assert!(ran.stderr.contains(&format!("`{typed}`")) && ran.stderr.contains(said), "{}", ran.stderr);
    }
    let ran = manual.run(&["theme", "eject", "one", "other"]);
    assert!(ran.stderr.contains("`one`") && ran.stderr.contains("\nerror: ") && ran.stderr.contains("`other`"));
    assert_eq!(names_in(manual.root()), ["manual"]);
}

#[cfg(unix)]
#[test]
fn a_theme_that_cannot_be_written_is_the_failure_of_the_machine() {
    for arguments in [&["theme", "new", "/dev/null/a"][..], &["theme", "eject", "theme.yaml", "--to", "/dev/null/a"]] {
        let ran = sound().run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{}", ran.stderr);
        assert!(ran.stderr.starts_with("error: ") && ran.stderr.contains("/dev/null"), "{}", ran.stderr);
    }
}
