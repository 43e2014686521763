// The sites under test: where they are, their files, their pages and their data.
//
// SITE names the folder of the manual's site, KITCHEN_SINK and ARABIC those of the sample manuals.
// What is not named is built into a temporary folder, with the program named by IPTBOOK or else by
// cargo.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Page } from './page.mjs';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The folder with the manual's sources. */
export const manualFolder = resolve(process.env.MANUAL ?? join(repository, 'manual'));

/** A site: its folder, and what is read of it when it is asked for. */
class Site {
  constructor(variable, manual, options) {
    this.folder = process.env[variable] ? resolve(process.env[variable]) : built(manual, options);
    if (!statSync(this.folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new Error(
        `${variable} is ${this.folder}, which is no folder. Build one: iptbook build --out ${this.folder}`,
      );
    }
    /** The paths of all files, relative to the site, with `/`. */
    this.files = new Set(listed(this.folder, this.folder).sort());
  }

  /** The text of a file of the site. */
  read(path) {
    return readFileSync(join(this.folder, path), 'utf8');
  }

  /** Every HTML file, parsed, by path. */
  get pages() {
    this.parsed ??= new Map(
      [...this.files].filter((path) => path.endsWith('.html')).map((path) => [path, new Page(path, this.read(path))]),
    );
    return this.parsed;
  }

  /** The pages that are no redirects to other pages. */
  get realPages() {
    return [...this.pages.values()].filter((page) => page.redirect === null);
  }

  /** The address of a page opened from disk. */
  onDisk(path) {
    return pathToFileURL(join(this.folder, path)).href;
  }
}

function built(manual, options) {
  const scratch = mkdtempSync(join(tmpdir(), 'iptbook-site-'));
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
  const site = join(scratch, 'site');
  const [program, before] = process.env.IPTBOOK
    ? [process.env.IPTBOOK, []]
    : ['cargo', ['run', '--quiet', '--release', '--']];
  const all = ['build', manual, '--as-of', '2026-11-23', '--out', site, ...options];
  execFileSync(program, [...before, ...all], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  return site;
}

function listed(root, directory) {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? listed(root, path) : [relative(root, path).split(sep).join('/')];
  });
}

/** The site of the manual. */
export const site = new Site('SITE', manualFolder, []);

/** A sample manual that shows every component once, drafts too. */
export const kitchenSink = () => new Site('KITCHEN_SINK', join(repository, 'tests/kitchen-sink'), ['--drafts']);

/** A sample manual that runs from right to left. */
export const arabic = () => new Site('ARABIC', join(repository, 'tests/arabic'), []);

export const { folder, files, pages, realPages } = site;

/** The text of a file of the manual's site. */
export const read = (path) => site.read(path);

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

/** The pages that every manual gets, whatever is in it. `tests/suite/golden/single_pages.rs` holds the lists to what is made. */
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

/** The data files that every manual gets. */
export const automaticData = ['data/manual.json', 'data/evidence.csv'];
