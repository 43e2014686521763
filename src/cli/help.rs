//! `iptbook schema`, `completions` and `man`: what editors, shells and systems know of iptbook.

use clap::CommandFactory as _;
use serde_json::Value;

use super::args::{Args, Completions, Man, Schema};
use super::{Failure, answer, answer_exactly};
use crate::diag::nearest;
use crate::model::json_schema;
use crate::model::kinds::Kind;

/// Prints the JSON Schema of what was asked for.
pub(super) fn schema(args: &Schema) -> Result<(), Failure> {
    let schema = match args.what.as_deref() {
        None => json_schema::of_any_kind(),
        Some(name) => schema_of(name),
    };
    answer(&format!("{schema:#}"))
}

/// The JSON Schema of a kind's front matter, of manual.yaml or of glossary.yaml.
pub(super) fn schema_of(name: &str) -> Value {
    match Kind::from_name(name) {
        Some(kind) => json_schema::of_kind(kind),
        None if name == "glossary" => json_schema::of_glossary(),
        None => json_schema::of_manual(),
    }
}

/// Prints a shell's completions.
pub(super) fn completions(args: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "iptbook", &mut script);
    answer_exactly(&script)
}

/// Prints a page of the system's manual.
pub(super) fn man(args: &Man) -> Result<(), Failure> {
    let mut whole = Args::command();
    // Gives the commands their full names.
    whole.build();
    let man = match &args.command {
        None => clap_mangen::Man::new(whole),
        Some(name) => {
            let Some(found) = whole.find_subcommand(name) else {
                let near = nearest(name, whole.get_subcommands().map(clap::Command::get_name));
                let help = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
                return Err(Failure::Usage(format!("there is no command `{name}`{help}")));
            };
            // Its full name, as systems call such pages.
            let name = found.get_display_name().unwrap_or(name).to_owned();
            clap_mangen::Man::new(found.clone()).title(name)
        }
    };
    let mut page = Vec::new();
    let written = man.render(&mut page);
    written.map_err(|error| Failure::Machine(format!("cannot make the page: {error}")))?;
    answer_exactly(&page)
}
