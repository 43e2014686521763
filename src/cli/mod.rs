//! Turns arguments into a run, and its result into output on the terminal and an exit code.
//!
//! Only this folder prints. It reads the clock and the environment, and touches no disk.
//!
//! # Who may use whom
//!
//! ```text
//! cli -> { args, build, check, explain, failure, help, init, new, output, rename, reviews, run, serve, sessions, theme }
//! theme -> { args, failure, output }
//! sessions -> { args, failure, output, run, table }
//! serve -> { args, failure, output, progress, report, run }
//! reviews -> { args, failure, output, run, table }
//! rename -> { args, failure, output, progress, report, run }
//! new -> { args, failure, output, progress, report, run }
//! init -> { args, failure, output, progress, report }
//! help -> { args, failure, output }
//! explain -> { args, failure, output }
//! check -> { args, external, failure, output, report, run }
//! external -> { failure, output, run }
//! build -> { args, failure, output, report, run }
//! run -> { args, failure, output, progress, report }
//! report -> { output, progress }
//! output -> { failure, progress }
//! ```

mod args;
mod build;
mod check;
mod explain;
#[cfg(feature = "external")]
mod external;
mod failure;
mod help;
mod init;
mod new;
mod output;
mod progress;
mod rename;
mod report;
mod reviews;
mod run;
#[cfg(feature = "serve")]
mod serve;
mod sessions;
mod table;
mod theme;

use std::process::ExitCode;

use clap::Parser as _;

use crate::cli::args::{Args, Command, ReportCommand};
#[cfg(not(feature = "serve"))]
use crate::cli::failure::Failure;
use crate::cli::output::tell;

/// Runs the program.
pub fn main() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    let args = Args::parse();
    if let Err(failure) = run::check_clock() {
        tell(&format!("error: {}", failure.message().unwrap_or_default()));
        return ExitCode::from(failure.code());
    }
    let done = match &args.command {
        Command::Init(init) => init::run(init),
        Command::New(new) => new::run(new),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve::run(serve),
        #[cfg(not(feature = "serve"))]
        Command::Serve(_) => Err(Failure::left_out("`iptbook serve`", "serve")),
        Command::Build(build) => build::build(build),
        Command::Check(check) => check::check(check),
        Command::Explain(explain) => explain::print(explain),
        Command::Mv(mv) => rename::run(mv),
        Command::Report(report) => match &report.command {
            ReportCommand::Review(review) => reviews::print(review),
        },
        Command::Schema(schema) => help::schema(schema),
        Command::Completions(completions) => help::completions(completions),
        Command::Man(man) => help::man(man),
        Command::Sessions(sessions) => sessions::print(sessions),
        Command::Theme(theme) => theme::run(&theme.command),
    };
    let Err(failure) = done else { return ExitCode::SUCCESS };
    if let Some(message) = failure.message() {
        tell(&format!("error: {message}"));
    }
    ExitCode::from(failure.code())
}
