//! What may be typed.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::model::directive::SESSION_COLUMNS;

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
    /// Say what the code of a report means and how to mend it, with an example
    #[command(after_help = "Example: iptbook explain link/unknown-target")]
    Explain(Explain),
    /// Print the session summary of a protocol or setting
    #[command(after_help = "Example: iptbook sessions --protocol standard-ipt --format markdown")]
    Sessions(Sessions),
    /// Say who reviews which chapter when
    Report(Report),
    /// Begin a theme of your own, or take files of the default theme to change
    Theme(Theme),
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
    /// Also try the links that lead to the web; the only thing for which iptbook asks other computers
    #[arg(long)]
    pub(super) external: bool,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Explain {
    /// A code such as `link/unknown-target`, or a family such as `link`; none lists all
    pub(super) code: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Sessions {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// The protocol; the manual's default protocol, if neither is named
    #[arg(long, value_name = "ID", conflicts_with = "setting")]
    pub(super) protocol: Option<String>,
    /// The setting: its first protocol with the setting's adaptations
    #[arg(long, value_name = "ID")]
    pub(super) setting: Option<String>,
    /// How the table is printed; csv and json have all columns
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(super) format: TableFormat,
    /// The columns of text and markdown, such as `stage,sessions,techniques`
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = PossibleValuesParser::new(SESSION_COLUMNS))]
    pub(super) columns: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Report {
    #[command(subcommand)]
    pub(super) command: ReportCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ReportCommand {
    /// The chapters by who answers for them, with the days of their reviews
    #[command(after_help = "Example: iptbook report review --format ics > reviews.ics")]
    Review(Review),
}

#[derive(Debug, ClapArgs)]
pub(super) struct Review {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = ReviewFormat::Text)]
    pub(super) format: ReviewFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ReviewFormat {
    /// A table drawn with lines
    Text,
    /// For spreadsheets
    Csv,
    /// A calendar with a day for each review
    Ics,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Theme {
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// Write a small theme that changes colours, logo and footer
    #[command(after_help = "Example: iptbook theme new our-theme")]
    New(NewTheme),
    /// Copy files of the default theme into a theme, to change them there
    #[command(after_help = "Example: iptbook theme eject templates/page.html locales/en.yaml --to our-theme")]
    Eject(Eject),
}

#[derive(Debug, ClapArgs)]
pub(super) struct NewTheme {
    /// Where the theme goes: a folder that is empty or not yet there
    #[arg(value_name = "DIR")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Eject {
    /// The files, such as `templates/page.html`; none is copied if one of them is there already
    #[arg(value_name = "FILE", required_unless_present = "list")]
    pub(super) files: Vec<String>,
    /// The theme's folder
    #[arg(long, value_name = "DIR", default_value = "theme")]
    pub(super) to: PathBuf,
    /// Print the names of all files that there are
    #[arg(long, conflicts_with_all = ["files", "to"])]
    pub(super) list: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum TableFormat {
    /// Drawn with lines, as wide as the terminal
    Text,
    /// A Markdown table
    Markdown,
    /// As in data/session-summary-….csv
    Csv,
    /// As in data/manual.json
    Json,
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
    /// Annotations of GitHub Actions
    Github,
    /// SARIF 2.1.0, which editors and code scanning read
    Sarif,
}

fn date(text: &str) -> Result<Date, String> {
    crate::model::schema::parse_date(text).ok_or_else(|| "write year-month-day, such as 2026-11-23".to_owned())
}
