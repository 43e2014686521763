#!/usr/bin/env bash
# pulldown-cmark 0.13.6: with definition lists, any line that begins with a colon is a definition.
#
# Expected: as in PHP Markdown Extra and Pandoc, whose syntax this is, a definition begins with a colon (or tilde) that
# white space follows. So a line that begins with a smiley or with `::` continues its paragraph.
# Behaviour: the white space is optional. The line becomes a definition without its colon, and the paragraph above it
# becomes the term: the smiley loses its eyes.
# Seen:
#   <dl>
#   <dt>She came on time</dt>
#   <dd>) and said so.</dd>
#   </dl>
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
    let text = "She came on time\n:) and said so.\n";
    html::push_html(&mut page, Parser::new_ext(text, Options::ENABLE_DEFINITION_LIST));
    print!("{page}");
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo build --quiet || exit 2
seen=$("$folder/target/debug/finding") || exit 2
printf '%s\n' "$seen"
[[ $seen == *'<dt>She came on time</dt>'*'<dd>) and said so.</dd>'* ]]
