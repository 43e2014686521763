// The program itself, for tests of what it prints. IPTBOOK names it; the release build is the default.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const program =
  process.env.IPTBOOK ?? fileURLToPath(new URL('../../../target/release/iptbook', import.meta.url));

/** What a command prints; mistakes in a manual are no reason to fail. */
export function printed(...words) {
  try {
    return execFileSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error.status !== 1) throw error;
    return error.stdout;
  }
}

/** The schema of a kind, of `manual` or of `glossary`; of chapters of any kind without a name. */
export const schemaOf = (...name) => JSON.parse(printed('schema', ...name));

/** What `check` reports of a manual, each as an object. */
export const reportsOf = (folder) =>
  printed('check', folder, '--format', 'json')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
