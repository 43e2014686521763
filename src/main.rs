//! The command line: see [`iptbook::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    iptbook::cli::main()
}
