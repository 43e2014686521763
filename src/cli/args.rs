//! Lists the commands and options that users can type.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use jiff::civil::Date;

use crate::author::json_schema;
use crate::load;
use crate::model::column::SessionColumn;
use crate::model::kind::Kind;

/// Turns a folder of Markdown chapters into a checked, cross-linked training manual of interpersonal
/// psychotherapy: a site of HTML pages.
#[derive(Debug, Parser)]
#[command(
    name = "iptbook",
    version,
    after_help = "Exit codes: 0 done; 1 the manual has errors (or warnings under --strict); 2 the command was used wrongly; 3 system failure (such as a full disk)."
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a manual: a small one to change, or a copy of another
    #[command(after_help = "Examples:\n  iptbook init our-manual\n  iptbook init our-manual --from default")]
    Init(InitArgs),
    /// Start a chapter, with every key of its front matter explained
    #[command(after_help = "Example: iptbook new technique \"Communication analysis\" --manual our-manual")]
    New(NewArgs),
    /// Show a manual in the browser and update it when you change it
    #[command(after_help = "Example: iptbook serve our-manual --open")]
    Serve(ServeArgs),
    /// Check a manual and turn it into a site
    #[command(after_help = "Example: iptbook build our-manual --out site --strict")]
    Build(BuildArgs),
    /// Check a manual, or one file of it, and write nothing
    #[command(after_help = "Examples:\n  iptbook check our-manual --strict\n  iptbook check our-manual/index.md")]
    Check(CheckArgs),
    /// Explain what the code of an error or warning means and how to fix it, with an example
    #[command(after_help = "Example: iptbook explain link/unknown-target")]
    Explain(ExplainArgs),
    /// Give a chapter another id: in its file, in its file's name and everywhere it is used
    #[command(after_help = "Example: iptbook mv technique/role-play rehearsal --manual our-manual")]
    Mv(MvArgs),
    /// Print the session summary of a protocol or setting
    #[command(after_help = "Example: iptbook sessions --protocol standard-ipt --format markdown")]
    Sessions(SessionsArgs),
    /// List who reviews which chapter, and when
    #[command(after_help = "Example: iptbook report review --format ics > reviews.ics")]
    Report(ReportArgs),
    /// Print a JSON Schema for front matter, for editors
    #[command(after_help = "Example: iptbook schema technique > technique.schema.json")]
    Schema(SchemaArgs),
    /// Start your own theme, or copy files of the default theme to change them
    #[command(after_help = "Example: iptbook theme new our-theme")]
    Theme(ThemeArgs),
    /// Print a script that lets a shell complete iptbook's commands
    #[command(after_help = "Example: iptbook completions bash > ~/.local/share/bash-completion/completions/iptbook")]
    Completions(CompletionsArgs),
    /// Print the man page of iptbook, or of one of its commands
    #[command(after_help = "Example: iptbook man > ~/.local/share/man/man1/iptbook.1")]
    Man(ManArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct InitArgs {
    /// Where the manual goes: a folder that is empty or does not exist yet
    #[arg(value_name = "DIR", default_value = "manual", value_hint = ValueHint::DirPath)]
    pub(super) folder: PathBuf,
    /// Start with a copy of another manual: its folder, or `default` for the manual that comes with iptbook
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) from: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NewArgs {
    /// The kind of chapter
    #[arg(value_parser = kind())]
    pub(super) kind: Kind,
    /// Its title; its id and its file's name are made from it
    #[arg(value_name = "TITLE", required = true, num_args = 1..)]
    pub(super) title: Vec<String>,
    /// The manual's folder [default: the manual that you are in, or else manual]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value_os_t = load::usual_manual(), hide_default_value = true)]
    pub(super) manual: PathBuf,
}

#[derive(Debug, ClapArgs)]
#[cfg_attr(not(feature = "serve"), allow(dead_code, reason = "read by `serve` alone"))]
pub(crate) struct ServeArgs {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// The port; 0 takes any free port [default: 3000, or the next free port]
    #[arg(long)]
    pub(super) port: Option<u16>,
    /// The address to listen on; with any address other than this computer's own, other people can read the manual too
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(super) host: String,
    /// Open the browser
    #[arg(long)]
    pub(super) open: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct MvArgs {
    /// The chapter: its id, or its kind and id
    pub(super) id: String,
    /// Its new id
    pub(super) new_id: String,
    /// The manual's folder [default: the manual that you are in, or else manual]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value_os_t = load::usual_manual(), hide_default_value = true)]
    pub(super) manual: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SchemaArgs {
    /// A kind of chapter, `manual` for manual.yaml, or `glossary` for glossary.yaml; leave it out for any kind of chapter
    #[arg(value_parser = PossibleValuesParser::new(Kind::NAMES.iter().chain(json_schema::OTHERS)), value_name = "KIND")]
    pub(super) what: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub(super) shell: Shell,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ManArgs {
    /// A command, such as `build` or `theme new`; leave it out for iptbook as a whole
    pub(super) command: Vec<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct BuildArgs {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// Where the site goes; an existing folder is replaced only if iptbook made it [default: site, beside the manual if
    /// you are in it]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// How errors and warnings are shown
    #[arg(long, value_enum, default_value_t = DiagnosticFormat::Text)]
    pub(super) format: DiagnosticFormat,
    /// Also test the links to the web; for nothing else does iptbook contact other computers
    #[arg(long)]
    pub(super) external: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExplainArgs {
    /// A code such as `link/unknown-target`, or a family such as `link`; leave it out to list all codes
    pub(super) code: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct SessionsArgs {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// The protocol; without `--protocol` and `--setting`, the manual's default protocol
    #[arg(long, value_name = "ID", conflicts_with = "setting")]
    pub(super) protocol: Option<String>,
    /// The setting: its first protocol, with the setting's adaptations
    #[arg(long, value_name = "ID")]
    pub(super) setting: Option<String>,
    /// How the table is printed; csv and json have all columns
    #[arg(long, value_enum, default_value_t = TableFormat::Text)]
    pub(super) format: TableFormat,
    /// The columns of text and markdown, such as `stage,sessions,techniques`
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = session_column())]
    pub(super) columns: Vec<SessionColumn>,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ReportArgs {
    #[command(subcommand)]
    pub(super) command: ReportCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReportCommand {
    /// List the chapters by the person responsible, with the dates of their reviews
    #[command(after_help = "Example: iptbook report review --format ics > reviews.ics")]
    Review(ReviewArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    pub(super) manual: ManualArgs,
    /// How the list is printed
    #[arg(long, value_enum, default_value_t = ReviewFormat::Text)]
    pub(super) format: ReviewFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum ReviewFormat {
    /// A table drawn with lines
    Text,
    /// For spreadsheets
    Csv,
    /// A calendar with one day for each review
    Ics,
}

#[derive(Debug, ClapArgs)]
pub(super) struct ThemeArgs {
    #[command(subcommand)]
    pub(super) command: ThemeCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ThemeCommand {
    /// Write a small theme that changes colours, logo and footer
    #[command(after_help = "Example: iptbook theme new our-theme")]
    New(NewThemeArgs),
    /// Copy files of the default theme into a theme, to change them there
    #[command(after_help = "Example: iptbook theme eject templates/page.html locales/en.yaml --to our-theme")]
    Eject(EjectArgs),
}

#[derive(Debug, ClapArgs)]
pub(crate) struct NewThemeArgs {
    /// Where the theme goes: a folder that is empty or does not exist yet
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) folder: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct EjectArgs {
    /// The files, such as `templates/page.html`; if one of them already exists, none is copied
    #[arg(value_name = "FILE", required_unless_present = "list")]
    pub(super) files: Vec<String>,
    /// The theme's folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, default_value = "theme")]
    pub(super) to: PathBuf,
    /// Print the names of all files of the default theme
    #[arg(long, conflicts_with_all = ["files", "to"])]
    pub(super) list: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum TableFormat {
    /// Drawn with lines, as wide as the terminal
    Text,
    /// A Markdown table
    Markdown,
    /// As in data/session-summary-….csv
    Csv,
    /// As in data/manual.json
    Json,
}

#[derive(Debug, Clone, ClapArgs)]
pub(crate) struct ManualArgs {
    /// The manual's folder, with manual.yaml in it [default: the manual that you are in, or else manual]
    #[arg(default_value_os_t = load::usual_manual(), hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub(super) manual: PathBuf,
    /// A theme whose files replace those of the default theme
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) theme: Option<PathBuf>,
    /// Include drafts, with a warning for each
    #[arg(long)]
    pub(super) drafts: bool,
    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
    /// Check review dates as if it were this day (year-month-day)
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum DiagnosticFormat {
    /// For people, with the lines of the files
    Text,
    /// One JSON object a line
    Json,
    /// Annotations for GitHub Actions
    Github,
    /// SARIF 2.1.0, which editors and code scanning tools read
    Sarif,
}

fn kind() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::NAMES).map(|name| Kind::from_name(&name).expect("only names of kinds are taken"))
}

fn session_column() -> impl TypedValueParser<Value = SessionColumn> {
    PossibleValuesParser::new(SessionColumn::NAMES)
        .map(|name| SessionColumn::from_name(&name).expect("only names of columns are taken"))
}

/// A title, with or without quotes around its words.
pub(super) fn title(words: &[String]) -> Result<String, String> {
    let words = words.join(" ");
    let title = words.trim();
    if title.chars().any(char::is_control) {
        return Err("a title must be one line".to_owned());
    }
    if crate::author::blank::id_of(title).is_empty() {
        return Err("a title needs at least one letter or digit, so that iptbook can make an id from it".to_owned());
    }
    Ok(title.to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    crate::model::schema::scalar::parse_date(text).ok_or_else(|| "write year-month-day, such as 2026-11-23".to_owned())
}
