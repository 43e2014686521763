#!/usr/bin/env bash
# pulldown-cmark 0.13.6: with heading attributes, a backslash before the opening brace does not keep the braces.
#
# Expected: as everywhere in CommonMark (0.31.2, section 2.4), a backslash before punctuation makes it an ordinary
# character. So `## Dose \{10 mg}` has no attributes, and its words are "Dose {10 mg}". Pandoc, whose attributes these
# are, reads it so.
# Behaviour: the end of the line is looked at before the backslash is. The braces and the words in them become
# attributes, and what is left of the title is "Dose \", with the backslash. A backslash before the closing brace works.
# Seen:
#   <h2 10="" mg="">Dose \</h2>
#   <h2>Dose {10 mg}</h2>
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
    for text in ["## Dose \\{10 mg}\n", "## Dose {10 mg\\}\n"] {
        let mut page = String::new();
        html::push_html(&mut page, Parser::new_ext(text, Options::ENABLE_HEADING_ATTRIBUTES));
        print!("{page}");
    }
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo build --quiet || exit 2
seen=$("$folder/target/debug/finding") || exit 2
printf '%s\n' "$seen"
[[ $seen == *'>Dose \</h2>'*'<h2>Dose {10 mg}</h2>'* ]]
