#!/usr/bin/env bash
# pulldown-cmark 0.13.6: with math, a dollar sign that a digit follows ends a formula, so two sums of money are one.
#
# Expected: Pandoc, whose syntax `$…$` is, says in its manual ("Math") that no digit may follow the closing dollar, so
# that sums of money need no backslash. Pandoc 3.9 makes plain text of the line below.
# Behaviour: the two dollars begin and end a formula. The page shows it as one, without its dollars.
# Seen:
#   <p>A session costs <span class="math math-inline">20-</span>30 here.</p>
#
# Exit codes: 0 still so; 1 it has changed; 2 it cannot be run.
set -uo pipefail
command -v cargo >/dev/null || { echo "cargo is missing" >&2; exit 2; }
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
mkdir src
cat >Cargo.toml <<'TOML'
[package]
name = "finding"
version = "0.0.0"
edition = "2021"

[dependencies]
pulldown-cmark = "=0.13.6"
TOML
cat >src/main.rs <<'RUST'
use pulldown_cmark::{html, Options, Parser};

fn main() {
    let mut page = String::new();
    let text = "A session costs $20-$30 here.\n";
    html::push_html(&mut page, Parser::new_ext(text, Options::ENABLE_MATH));
    print!("{page}");
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo build --quiet || exit 2
seen=$("$folder/target/debug/finding") || exit 2
printf '%s\n' "$seen"
[[ $seen == *'>20-</span>30 here.'* ]]
