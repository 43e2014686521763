#!/usr/bin/env bash
# commonmark 0.31.2 (the reference implementation) and markdown-it 14.1.0: two German words with a gender star become italic.
#
# Expected: `Patient*innen und Therapeut*innen`, the usual way to write "patients and therapists" in German clinical texts,
# is shown as it is typed: each star stands between two letters, as in the underscores of `snake_case_name`, which are.
# Behaviour: unlike an underscore, a star between two letters can begin and end a stretch of italic words. One word with a
# star is shown rightly; as soon as a sentence has two of them, both stars vanish and all between them is italic.
# Seen:
#   commonmark:  <p>Für Patient<em>innen und Therapeut</em>innen.</p>
#   markdown-it: <p>Für Patient<em>innen und Therapeut</em>innen.</p>
#
# Exit codes: 0 still so; 1 it has changed; 2 it cannot be run.
set -uo pipefail
command -v npm >/dev/null || { echo "npm is missing" >&2; exit 2; }
folder=$(mktemp -d) || exit 2
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
npm install --silent --no-audit --no-fund commonmark@0.31.2 markdown-it@14.1.0 >/dev/null || exit 2
cat >try.cjs <<'JS'
const text = "Für Patient*innen und Therapeut*innen.\n";
const one = "Für Patient*innen.\n";
const { Parser, HtmlRenderer } = require("commonmark");
const reference = (words) => new HtmlRenderer().render(new Parser().parse(words)).trim();
const markdownIt = require("markdown-it")();
const other = (words) => markdownIt.render(words).trim();
console.log("commonmark:  " + reference(text));
console.log("markdown-it: " + other(text));
console.log("one word:    " + reference(one));
JS
seen=$(node try.cjs) || exit 2
printf '%s\n' "$seen"
[[ $(grep -c 'Patient<em>innen und Therapeut</em>innen' <<<"$seen") -eq 2 ]] && grep -q 'one word:    <p>Für Patient\*innen.</p>' <<<"$seen"
