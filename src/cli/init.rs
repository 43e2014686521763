//! `iptbook init`: a manual to begin with.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, json};

use super::args::Init;
use super::help::schema_of;
use super::{Failure, answer, report, shown};
use crate::diag::Reports;
use crate::model::kinds::{self, Kind};
use crate::{load, write};

/// Where the schemas for the editor go, in the manual. A folder whose name begins with a dot is no part of it.
const SCHEMAS: &str = ".vscode/iptbook";

/// Writes a manual and says what to do with it.
pub(super) fn run(args: &Init) -> Result<(), Failure> {
    let mut files = editor_files();
    let mut copied = Vec::new();
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
            let texts = loaded.sources.iter().map(|(_, source)| source.path.as_str());
            copied = texts.chain(loaded.attachments.iter()).map(str::to_owned).collect();
        }
    }
    match args.from.as_deref().filter(|_| !copied.is_empty()) {
        Some(from) => write::new_copies(&args.folder, &files, from, &copied)?,
        None => write::new_files(&args.folder, &files)?,
    }
    let folder = quoted(&shown(&args.folder));
    // Two commands know the folder by themselves.
    let (named, option) = if folder == "manual" {
        (String::new(), String::new())
    } else {
        (format!(" {folder}"), format!(" --manual {folder}"))
    };
    answer(&format!(
        "a manual -> {folder}\n\
         Begin with {folder}/manual.yaml, where every key is explained. Next:\n\n\
         \x20 iptbook serve{named} --open\n\
         \x20 iptbook new technique \"Our first technique\"{option}\n\
         \x20 iptbook build{named}"
    ))
}

/// What lets Visual Studio Code complete and check keys: its settings, and the schemas that they name.
fn editor_files() -> BTreeMap<String, Vec<u8>> {
    let mut schemas = Map::new();
    let mut files = BTreeMap::new();
    let mut add = |name: &str, of: String| {
        let path = format!("{SCHEMAS}/{name}.json");
        schemas.insert(format!("./{path}"), json!(of));
        files.insert(path, format!("{:#}\n", schema_of(name)).into_bytes());
    };
    add("manual", "manual.yaml".into());
    add("glossary", "glossary.yaml".into());
    for name in kinds::NAMES {
        let folder = Kind::from_name(name).map_or(*name, Kind::plural);
        add(name, format!("{folder}/*.md"));
    }
    let settings = json!({
        "yaml.schemas": schemas,
        "yaml.validate": true,
        "[markdown]": { "editor.wordWrap": "on" },
    });
    let recommended = json!({ "recommendations": ["redhat.vscode-yaml"] });
    files.insert(".vscode/settings.json".into(), format!("{settings:#}\n").into_bytes());
    files.insert(".vscode/extensions.json".into(), format!("{recommended:#}\n").into_bytes());
    files
}

/// A path as a shell takes it for one word.
fn quoted(path: &str) -> String {
    let is_plain = path.chars().all(|letter| letter.is_alphanumeric() || "/._-~:".contains(letter));
    if is_plain { path.to_owned() } else { format!("\"{path}\"") }
}
