//! What may be typed.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

/// Training manuals of interpersonal psychotherapy: Markdown chapters in, a checked, cross-linked
/// HTML manual out.
#[derive(Debug, Parser)]
#[command(
    name = "iptbook",
    version,
    after_help = "Exit codes: 0 done; 1 the manual has errors (or warnings under --strict); 2 wrong usage; 3 the machine failed."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check a manual and turn it into a site
    Build(Build),
    /// Check a manual and write nothing
    Check(Check),
}

#[derive(Debug, ClapArgs)]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// Where the site goes; a folder is only replaced if iptbook made it
    #[arg(long, value_name = "DIR", default_value = "site")]
    pub(super) out: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// How mistakes are shown
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ManualArgs {
    /// The manual's folder, with manual.yaml in it
    #[arg(default_value = "manual")]
    pub(super) manual: PathBuf,
    /// A theme whose files go over those of the default theme
    #[arg(long, value_name = "DIR")]
    pub(super) theme: Option<PathBuf>,
    /// Take drafts in too
    #[arg(long)]
    pub(super) drafts: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Judge review dates on this day (year-month-day) instead of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Format {
    /// As a compiler shows them
    Text,
    /// One JSON object a line
    Json,
}

fn date(text: &str) -> Result<Date, String> {
    crate::model::schema::parse_date(text).ok_or_else(|| "write year-month-day, such as 2026-11-23".to_owned())
}
