//! Runs `iptbook init`: starts a manual.

use std::path::Path;

use crate::author::editor;
use crate::cli::args::InitArgs;
use crate::cli::failure::Failure;
use crate::cli::output::{answer, shown};
use crate::cli::progress::Progress;
use crate::cli::report;
use crate::diag::Reports;
use crate::files::source::Sources;
use crate::model::settings;
use crate::{load, write};

/// Writes a manual and says what to do with it.
pub(crate) fn run(args: &InitArgs) -> Result<(), Failure> {
    if let Some(manual) = load::manual_around(&args.folder) {
        return Err(Failure::Usage(format!(
            "{} is in a manual already: {}. Choose a folder outside it",
            shown(&args.folder),
            shown(&manual.join("manual.yaml"))
        )));
    }
    let _progress = Progress::begin("writing the manual");
    let mut files = editor::files();
    let mut copied = Vec::new();
    let mut theme = None;
    match args.from.as_deref() {
        None => files.extend(load::starter()),
        Some(from) if from == Path::new("default") => files.extend(load::shipped_manual()),
        Some(from) => {
            let mut reports = Reports::new();
            let loaded = load::manual(from, &mut reports)?;
            if !reports.is_empty() {
                report::text(&reports, &loaded.sources);
                return Err(Failure::Mistakes);
            }
            theme = theme_of(&loaded.sources).filter(|theme| load::has_folder(from, theme));
            let texts = loaded.sources.iter().map(|(_, source)| source.path.as_str());
            copied = texts.chain(loaded.attachments.iter()).map(str::to_owned).collect();
        }
    }
    match args.from.as_deref().filter(|_| !copied.is_empty()) {
        Some(from) => write::new_copies(&args.folder, &files, from, &copied)?,
        None => write::new_files(&args.folder, &files)?,
    }
    let folder = quoted(&shown(&args.folder));
    // Three commands know the folder by themselves.
    let (named, option) = if folder == "manual" {
        (String::new(), String::new())
    } else {
        (format!(" {folder}"), format!(" --manual {folder}"))
    };
    let site = write::place_for_site(&args.folder).filter(|site| site != Path::new("site"));
    let out = site.map(|site| format!(" --out {}", quoted(&shown(&site)))).unwrap_or_default();
    let settings = quoted(&shown(&args.folder.join("manual.yaml")));
    let mut begin = match args.from {
        None => format!("Begin with {settings}, where every key is explained."),
        Some(_) => format!("Begin with {settings}: change its title, authors and slots."),
    };
    if let Some(theme) = theme.filter(|theme| !load::has_folder(&args.folder, theme)) {
        begin.push_str(&format!(
            "\nIts theme `{theme}` is outside the manual and was not copied. Without it, the manual cannot be built.\n\
             Copy that folder too, and write its path in {settings} under `theme`, starting from the manual's folder."
        ));
    }
    answer(&format!(
        "Created a manual in {folder}/.\n\
         {begin} Next:\n\n\
         \x20 iptbook serve{named} --open\n\
         \x20 iptbook new technique \"Our first technique\"{option}\n\
         \x20 iptbook build{named}{out}"
    ))
}

/// The theme of a manual, as manual.yaml names it.
fn theme_of(sources: &Sources) -> Option<String> {
    let (file, source) = sources.find("manual.yaml")?;
    let settings = settings::parse(file, &source.text, &mut Reports::new());
    settings.yaml().theme().map(|theme| theme.value.clone())
}

/// A path in a form that a shell reads as one word, and not as an option.
fn quoted(path: &str) -> String {
    let path = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    let is_plain = path.chars().all(|letter| letter.is_alphanumeric() || "/._-".contains(letter));
    if is_plain {
        path
    } else if cfg!(windows) {
        format!("\"{path}\"")
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[cfg(unix)]
    #[test]
    fn a_shell_takes_every_path_for_one_word() {
        for path in
            ["a", "ä/b-c.d_e", "a b", "$HOME", "`id`", "a\"b", "it's", "-x", "~", "a\\b", "#", "a;b", "a*", "!!"]
        {
            let typed = format!("printf %s {}", quoted(path));
            let printed = std::process::Command::new("sh").args(["-c", &typed]).output().expect("a shell");
            let printed = String::from_utf8_lossy(&printed.stdout).into_owned();
            assert_eq!(printed.strip_prefix("./").unwrap_or(&printed), path, "{typed}");
        }
        assert_eq!(quoted("-x"), "./-x");
    }
}
