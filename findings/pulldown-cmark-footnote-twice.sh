#!/usr/bin/env bash
# pulldown-cmark 0.13.6: of two footnotes with one label, both are written, with the same id.
#
# Expected: one of the two definitions counts, as it is with the definitions of link references in CommonMark, so that each
# id of the page is there once.
# Behaviour: both become events, and the HTML that the crate writes has two elements with the same id. The link leads to
# the first; nothing tells the author.
# Seen:
#   <div class="footnote-definition" id="dose"><sup class="footnote-definition-label">1</sup> (twice)
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
    let text = "Twelve sessions.[^dose]\n\n[^dose]: In most trials.\n\n[^dose]: Or sixteen.\n";
    html::push_html(&mut page, Parser::new_ext(text, Options::ENABLE_FOOTNOTES));
    print!("{page}");
}
RUST
CARGO_TARGET_DIR="$folder/target" cargo build --quiet || exit 2
seen=$("$folder/target/debug/finding") || exit 2
printf '%s\n' "$seen"
[[ $(grep -o 'id="dose"' <<<"$seen" | wc -l) -eq 2 ]]
