//! Runs `iptbook theme`: starts a theme, or copies single files of the default theme.

use std::collections::BTreeMap;

use crate::cli::args::{EjectArgs, NewThemeArgs, ThemeCommand};
use crate::cli::failure::Failure;
use crate::cli::output::{answer, shown};
use crate::diag::nearest_few;
use crate::render::template;
use crate::{load, write};

/// The template of the footer.
const FOOTER: &str = "components/footer";

/// What the footer of a new theme adds to the usual footer.
const OWN_LINE: &str = "\
{# Your own line, on every page: change it, or remove it. The rest is the default footer. #}
<p class=\"ipt-footer__own\">Published by Example Clinic</p>
";

/// How many names are suggested for an unknown one.
const MOST_NAMES: usize = 3;

/// Runs `iptbook theme`.
pub(super) fn run(command: &ThemeCommand) -> Result<(), Failure> {
    match command {
        ThemeCommand::New(args) => new(args),
        ThemeCommand::Eject(args) if args.list => list(),
        ThemeCommand::Eject(args) => eject(args),
    }
}

/// Writes a small theme and says what to do with it.
fn new(args: &NewThemeArgs) -> Result<(), Failure> {
    let mut files = load::new_theme();
    let name = template::file(FOOTER);
    if let Some(footer) = load::default_theme().remove(&name) {
        files.insert(name.clone(), with_own_line(&String::from_utf8_lossy(&footer)).into_bytes());
    }
    write::new_files(&args.folder, &files)?;
    let folder = shown(&args.folder);
    // In manual.yaml a theme is named as seen from there.
    let from_manual = if args.folder.is_absolute() { folder.clone() } else { format!("../{folder}") };
    answer(&format!(
        "Created a theme in {folder}/.\n\
         Change the colours in static/css/own.css, the logo static/icon.svg, and the footer in\n\
         {name}. Everything else comes from the default theme.\n\
         To use it, write `theme: {from_manual}` in manual.yaml, or build with `--theme {folder}`."
    ))
}

/// The default footer with an extra line at its end.
fn with_own_line(footer: &str) -> String {
    let at = footer.rfind("</div>").or_else(|| footer.rfind("</footer>")).unwrap_or(footer.len());
    let (before, after) = footer.split_at(at);
    format!("{before}{OWN_LINE}{after}")
}

/// Prints the names of the default theme's files.
fn list() -> Result<(), Failure> {
    let names: Vec<String> = load::default_theme().into_keys().collect();
    answer(&names.join("\n"))
}

/// Copies files of the default theme and prints where they are now.
fn eject(args: &EjectArgs) -> Result<(), Failure> {
    let theme = load::default_theme();
    let mut wanted = BTreeMap::new();
    let mut unknown = Vec::new();
    for typed in &args.files {
        let name = typed.replace('\\', "/");
        let name = name.trim_start_matches("./");
        match theme.get(name) {
            Some(content) => drop(wanted.insert(name.to_owned(), content.clone())),
            None => unknown.push(format!("the default theme has no file `{typed}`: {}", help(name, &theme))),
        }
    }
    if !unknown.is_empty() {
        return Err(Failure::Usage(unknown.join("\nerror: ")));
    }
    write::more_files(&args.to, &wanted)?;
    let places: Vec<String> = wanted.keys().map(|name| shown(&args.to.join(name))).collect();
    answer(&places.join("\n"))
}

/// The names that were probably meant, as a question.
fn help(typed: &str, theme: &BTreeMap<String, Vec<u8>>) -> String {
    let near = nearest_names(typed, theme.keys().map(String::as_str));
    if near.is_empty() {
        return "`iptbook theme eject --list` prints all names".to_owned();
    }
    let near: Vec<String> = near.into_iter().map(|name| format!("`{name}`")).collect();
    format!("did you mean {}?", near.join(" or "))
}

/// The names near to what was typed; a file's name counts for more than its folder.
fn nearest_names<'a>(typed: &str, names: impl Iterator<Item = &'a str> + Clone) -> Vec<&'a str> {
    let last = typed.rsplit('/').next().unwrap_or(typed);
    let called = |file: &str| names.clone().filter(|name| last_part(name) == file).collect::<Vec<_>>();
    let mut near = called(last);
    if near.is_empty() {
        near = nearest_few(typed, names.clone(), MOST_NAMES);
    }
    if near.is_empty() {
        near = nearest_few(last, names.clone().map(last_part), MOST_NAMES).into_iter().flat_map(called).collect();
    }
    near.truncate(MOST_NAMES);
    near
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{nearest_names, with_own_line};

    #[test]
    fn the_own_line_is_the_last_of_the_footer() {
        let footer = with_own_line("<footer>\n<div>\n<p>x</p>\n</div>\n</footer>\n");
        assert!(footer.starts_with("<footer>\n<div>\n<p>x</p>\n{#") && footer.ends_with("</p>\n</div>\n</footer>\n"));
    }

    #[test]
    fn a_name_is_found_by_its_end_too() {
        let names = ["locales/en.yaml", "templates/components/footer.html", "templates/page.html"];
        let near = |typed| nearest_names(typed, names.into_iter());
        assert_eq!(near("footer.html"), ["templates/components/footer.html"]);
        assert_eq!(near("templates/pgae.html"), ["templates/page.html"]);
        assert_eq!(near("foter.html"), ["templates/components/footer.html"]);
        assert_eq!(near("xyz"), [""; 0]);
    }
}
