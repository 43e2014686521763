// The site under test: where it is, its files, its pages and its data.
//
// SITE names the folder. Without it the manual of this repository is built into a temporary folder,
// with the program named by IPTBOOK or else by cargo.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Page } from './page.mjs';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder with the manual's sources. */
export const manualFolder = resolve(process.env.MANUAL ?? join(repository, 'manual'));

/** The folder with the built site. */
export const folder = process.env.SITE ? resolve(process.env.SITE) : built();

function built() {
  const scratch = mkdtempSync(join(tmpdir(), 'iptbook-site-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const site = join(scratch, 'site');
  const [program, before] = process.env.IPTBOOK
    ? [process.env.IPTBOOK, []]
    : ['cargo', ['run', '--quiet', '--release', '--']];
  const options = ['build', manualFolder, '--as-of', '2026-11-23', '--out', site];
  execFileSync(program, [...before, ...options], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  return site;
}

function listed(directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? listed(path) : [relative(folder, path).split(sep).join('/')];
  });
}

if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
  throw new Error(`SITE is ${folder}, which is no folder. Build one: iptbook build --out ${folder}`);
}

/** The paths of all files, relative to the site, with `/`. */
export const files = new Set(listed(folder).sort());

/** The text of a file of the site. */
export const read = (path) => readFileSync(join(folder, path), 'utf8');

/** Every HTML file, parsed, by path. */
export const pages = new Map(
  [...files].filter((path) => path.endsWith('.html')).map((path) => [path, new Page(path, read(path))]),
);

/** The pages that are no redirects to other pages. */
export const realPages = [...pages.values()].filter((page) => page.redirect === null);

/** `data/manual.json`. */
export const manual = JSON.parse(read('data/manual.json'));

/** The chapters of `data/manual.json` by `kind/id`. */
export const chapters = new Map(manual.chapters.map((chapter) => [`${chapter.kind}/${chapter.id}`, chapter]));

/** The page that a chapter is on. */
export function pageOf(key) {
  const chapter = chapters.get(key);
  if (!chapter) throw new Error(`data/manual.json has no chapter ${key}`);
  const page = pages.get(chapter.url);
  if (!page) throw new Error(`${key} is said to be at ${chapter.url}, but the site has no such page`);
  return page;
}

/** The pages that every manual gets, whatever is in it. */
export const automaticPages = [
  'index.html',
  'session-summary.html',
  'evidence.html',
  'glossary.html',
  'references.html',
  'references-to-check.html',
  'contents.html',
  'search.html',
  'print.html',
  'document-control.html',
  '404.html',
];
