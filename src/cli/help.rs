//! Runs `iptbook schema`, `completions` and `man`: tells editors, shells and the system about iptbook.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Command, CommandFactory as _, ValueHint};
use clap_complete::Shell;

use crate::author::json_schema;
use crate::cli::args::{Args, CompletionsArgs, ManArgs, SchemaArgs};
use crate::cli::failure::Failure;
use crate::cli::output::{answer, answer_exactly};
use crate::diag::{self, nearest};

/// Prints the JSON Schema of what was asked for.
pub(crate) fn schema(args: &SchemaArgs) -> Result<(), Failure> {
    let schema = match args.what.as_deref() {
        None => json_schema::of_any_kind(),
        Some(name) => json_schema::schema_named(name),
    };
    answer(&format!("{schema:#}"))
}

/// Prints a shell's completions.
pub(crate) fn completions(args: &CompletionsArgs) -> Result<(), Failure> {
    let mut whole = Args::command();
    whole.build();
    // Kept for as long as the program runs, which is all that clap takes.
    let names: Vec<&str> = commands(&whole).into_iter().map(|command| &*name_of(command).to_owned().leak()).collect();
    // Only shells get these lists: who types something else hears what was probably meant.
    let mut command = Args::command()
        .mut_subcommand("explain", |explain| {
            let codes = diag::ALL.iter().map(|code| code.name).collect::<BTreeSet<_>>();
            explain.mut_arg("code", |code| code.value_parser(PossibleValuesParser::new(codes)))
        })
        .mut_subcommand("man", |man| {
            man.mut_arg("command", |command| command.value_parser(PossibleValuesParser::new(names)))
        });
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "iptbook", &mut script);
    if args.shell == Shell::Fish {
        script.extend(words_for_fish(&command, &mut Vec::new()).into_bytes());
    }
    answer_exactly(&script)
}

/// The lines that let fish complete the first word after a command, which the crate leaves out. `path` is how
/// the command is typed.
fn words_for_fish(command: &Command, path: &mut Vec<String>) -> String {
    let mut lines = String::new();
    if let (Some(word), [first, deeper @ ..]) = (command.get_positionals().next(), path.as_slice()) {
        let values = word.get_possible_values();
        let values: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
        let values = match word.get_value_hint() {
            ValueHint::DirPath => "(__fish_complete_directories)".to_owned(),
            _ => values.join(" "),
        };
        let deeper: String = deeper.iter().map(|name| format!("; and __fish_seen_subcommand_from {name}")).collect();
        let typed = path.len() + 1;
        let _ = writeln!(
            lines,
            "complete -c iptbook -n \"__fish_iptbook_using_subcommand {first}{deeper}; \
             and test (count (commandline -opc)) -eq {typed}\" -f -a \"{values}\""
        );
    }
    for within in command.get_subcommands() {
        path.push(within.get_name().to_owned());
        lines.push_str(&words_for_fish(within, path));
        path.pop();
    }
    lines
}

/// Prints a page of the system's manual.
pub(crate) fn man(args: &ManArgs) -> Result<(), Failure> {
    let mut whole = Args::command();
    // Gives the commands their full names, as systems call such pages.
    whole.build();
    let all = commands(&whole);
    let name = args.command.join("-");
    let name = name.strip_prefix("iptbook").map_or(name.as_str(), |name| name.trim_start_matches('-'));
    let man = if name.is_empty() {
        clap_mangen::Man::new(whole)
    } else {
        let Some(found) = all.iter().find(|command| name_of(command) == name) else {
            let near = nearest(name, all.iter().map(|command| name_of(command)));
            let help = near.map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
            return Err(Failure::Usage(format!("there is no command `{name}`{help}")));
        };
        clap_mangen::Man::new((*found).clone()).title(format!("iptbook-{name}"))
    };
    let mut page = Vec::new();
    let written = man.render(&mut page);
    written.map_err(|error| Failure::Machine(format!("cannot make the page: {error}")))?;
    answer_exactly(&page)
}

/// The commands, and those within them.
fn commands(command: &Command) -> Vec<&Command> {
    let own = command.get_subcommands().filter(|own| own.get_name() != "help");
    own.flat_map(|own| std::iter::once(own).chain(commands(own))).collect()
}

/// A command as it is typed, with hyphens: `theme-new`.
fn name_of(command: &Command) -> &str {
    let name = command.get_display_name().unwrap_or(command.get_name());
    name.strip_prefix("iptbook-").unwrap_or(name)
}
