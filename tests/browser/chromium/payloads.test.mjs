// No text of a manual ever runs: payloads in every field that takes words, in the texts of chapters, in the glossary,
// the bibliography and manual.yaml. The pages' own policy, which forbids it too, is switched off.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { isMap, isScalar, parse, parseDocument, stringify, visit } from 'yaml';

import { forEvery, launch, windowOf } from '../lib/chromium.mjs';
import { payloads } from '../lib/payloads.mjs';
import { none } from '../lib/report.mjs';

const repository = fileURLToPath(new URL('../../../', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'iptbook-payloads-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** How often the manual is built, each time with other payloads in each field. */
const ROUNDS = 3;

/** The program, as cargo builds it. */
function program() {
  if (process.env.IPTBOOK) return process.env.IPTBOOK;
  execFileSync('cargo', ['build', '--quiet', '--release'], { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] });
  const about = execFileSync('cargo', ['metadata', '--format-version', '1', '--no-deps'], { cwd: repository });
  return join(JSON.parse(about).target_directory, 'release', 'iptbook');
}

/** The YAML of a file, and what stands before and after it. */
function split(path, text) {
  if (!path.endsWith('.md')) return { before: '', yaml: text, after: '' };
  const end = text.indexOf('\n---\n', 4);
  return { before: '---\n', yaml: text.slice(4, end + 1), after: text.slice(end + 1) };
}

/** A manual with payloads in all its fields: those in which the checks take no such words are left out, one after the other. */
class Laced {
  constructor(iptbook, round) {
    this.iptbook = iptbook;
    this.folder = join(scratch, `manual-${round}`);
    this.round = round;
    this.taken = new Set();
    this.refused = new Set();
    cpSync(join(repository, 'tests/kitchen-sink'), this.folder, { recursive: true });
    this.sources = readdirSync(this.folder, { recursive: true })
      .filter((path) => /\.(md|yaml)$/.test(path))
      .sort()
      .map((path) => ({ path, ...split(path, readFileSync(join(this.folder, path), 'utf8')) }));
    // A directive names conditions by their words, which change, or by the ids of their chapters.
    for (const source of this.sources)
      source.after = source.after.replace(
        /^condition: Condition ([A-Z])$/gm,
        (_, letter) => `condition: condition-${letter.toLowerCase()}`,
      );
    // Links name terms by their ids, which are made of their words unless they are given.
    const glossary = this.sources.find(({ path }) => path === 'glossary.yaml');
    const slug = (words) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
    const entries = parse(glossary.yaml).map((entry) => ({ id: slug(entry.term), ...entry }));
    glossary.yaml = stringify(entries);
    this.lace();
    const works = join(this.folder, 'references.bib');
    let number = round;
    const safe = () => payloads[(number += 7) % payloads.length].replace(/[{}%\\#$~^&]/g, '');
    const laced = readFileSync(works, 'utf8').replace(
      /(title|publisher|journaltitle|note)(\s*=\s*)\{([^{}]*)\}/g,
      (_, key, is, value) => `${key}${is}{${value} ${safe()}}`,
    );
    writeFileSync(works, laced);
    for (let turn = 0; ; turn += 1) {
      const errors = this.errors();
      if (errors.length === 0) break;
      assert.ok(turn < 40, `the manual does not settle: ${JSON.stringify(errors[0])}`);
      const before = this.refused.size;
      errors.forEach((error) => this.refuse(error));
      assert.ok(this.refused.size > before, `an error that no payload made: ${JSON.stringify(errors[0])}`);
      this.lace();
    }
  }

  /** Writes all YAML, and the payloads after the texts. */
  lace() {
    let number = this.round * 31;
    this.taken.clear();
    for (const source of this.sources) {
      const document = parseDocument(source.yaml);
      visit(document, {
        Scalar: (key, node, path) => {
          if (key === 'key' || typeof node.value !== 'string') return;
          const payload = payloads[(number += 1) % payloads.length];
          const name = `${source.path} ${[...path.filter((at) => at.key ?? isMap(at)).map((at) => at.key?.value ?? ''), key].join('.')} ${node.value.slice(0, 40)}`;
          if (this.refused.has(name)) return;
          this.taken.add(name);
          // Whole in one round, after the words in others.
          node.value = this.round === 0 ? payload : `${node.value} ${payload}`;
          node.type = 'QUOTE_DOUBLE';
          node.name = name;
        },
      });
      source.document = document;
      const words =
        source.path.endsWith('.md') && !this.refused.has(`text of ${source.path}`)
          ? `\n\nWords ${payloads[(number += 1) % payloads.length]}\n\n${payloads[(number += 1) % payloads.length]}\n`
          : '';
      source.text = source.before + document.toString({ lineWidth: 0 }) + source.after + words;
      writeFileSync(join(this.folder, source.path), source.text);
    }
  }

  errors() {
    const done = spawnSync(
      this.iptbook,
      ['check', this.folder, '--drafts', '--as-of', '2026-11-23', '--format', 'json'],
      { encoding: 'utf8', maxBuffer: 1 << 28 },
    );
    assert.ok(done.status < 2, done.stderr);
    return done.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
      .filter(({ severity }) => severity === 'error');
  }

  /** Leaves out the payload at which an error stands. */
  refuse({ file, line, column }) {
    const source = this.sources.find(({ path }) => file.endsWith(`/${path}`));
    if (!source) return;
    const lines = source.text.split('\n').slice(0, line);
    const at =
      lines.slice(0, -1).join('\n').length +
      (line > 1 ? 1 : 0) +
      [...lines.at(-1)].slice(0, column - 1).join('').length -
      source.before.length;
    // As it was written, so that places are those of the error.
    const written = parseDocument(source.text.slice(source.before.length).split('\n---\n')[0]);
    const names = [];
    visit(source.document, { Scalar: (_, node) => void (node.name && names.push(node.name)) });
    let index = 0;
    let found = null;
    visit(written, {
      Scalar: (key, node) => {
        if (key === 'key' || typeof node.value !== 'string' || !isScalar(node)) return;
        if (!this.payloadIn(node.value)) return;
        const name = names[index];
        index += 1;
        if (node.range[0] <= at && at <= node.range[1]) found = name;
      },
    });
    this.refused.add(found ?? `text of ${source.path}`);
    if (!found)
      names.filter((name) => / (id|kind|status|stage|aliases)\b/.test(name)).forEach((name) => this.refused.add(name));
  }

  payloadIn(text) {
    return payloads.some((payload) => text.endsWith(payload));
  }

  build() {
    const site = join(scratch, `site-${this.round}`);
    const done = spawnSync(this.iptbook, ['build', this.folder, '--drafts', '--as-of', '2026-11-23', '--out', site], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(done.status, 0, done.stderr.slice(-2000));
    return site;
  }
}

let browser;
before(async () => {
  browser = await launch();
});

test('there are a hundred payloads and more', () => {
  assert.ok(new Set(payloads).size >= 100, `${payloads.length}`);
});

const iptbook = program();
for (let round = 0; round < ROUNDS; round += 1) {
  test(`nothing runs and nothing is asked for, round ${round + 1}`, { timeout: 300_000 }, async (context) => {
    const manual = new Laced(iptbook, round);
    const site = manual.build();
    const all = readdirSync(site, { recursive: true }).filter((path) => path.endsWith('.html'));
    // Pages of old names lead on at once.
    const onward = new Map(
      all.map((path) => [
        path,
        /<meta http-equiv="refresh" content="0; ?url=([^"]*)"/.exec(readFileSync(join(site, path), 'utf8'))?.[1],
      ]),
    );
    const pages = all.filter((path) => onward.get(path) === undefined);
    const away = [...onward].filter(([, to]) => to !== undefined && !/^[\w./%-]+\.html$/.test(to));
    none(
      away.map(([path, to]) => `${path} leads to ${to}`),
      'pages of old names lead to pages of the manual',
    );
    context.diagnostic(
      `${manual.taken.size} fields with payloads, ${manual.refused.size} that take none, ${pages.length} pages`,
    );
    assert.ok(manual.taken.size > 240, 'all fields of words take any');
    const queries = ['window.iptMark', 'elsewhere', encodeURIComponent(payloads[round * 3 + 2])].map(
      (query) => `search.html?q=${query}`,
    );
    const faults = await forEvery(
      browser,
      { ...windowOf(), bypassCSP: true },
      [...pages, ...queries],
      async (tab, path) => {
        const found = [];
        const hear = (request) =>
          /^(file|data|blob):/.test(request.url()) || found.push(`${path}: asks for ${request.url()}`);
        const ask = (dialog) => (found.push(`${path}: a dialog`), dialog.dismiss());
        tab.on('request', hear).on('dialog', ask);
        const address =
          pathToFileURL(join(site, path.split('?')[0])).href + (path.includes('?') ? `?${path.split('?')[1]}` : '');
        await tab.goto(address);
        if (path.includes('?'))
          await tab
            .locator('#search-results > li')
            .first()
            .waitFor({ timeout: 5000 })
            .catch(() => {});
        const seen = await tab.evaluate(async () => {
          document.querySelectorAll('details').forEach((each) => (each.open = true));
          document.querySelectorAll('[popover]').forEach((each) => each.showPopover?.());
          await new Promise((done) => setTimeout(done, 20));
          const wrong = window.iptMark ? ['a script ran'] : [];
          for (const element of document.querySelectorAll('*')) {
            for (const { name, value } of element.attributes) {
              if (name.startsWith('on')) wrong.push(`<${element.localName} ${name}>`);
              const leads = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(name);
              if (leads && /^\s*(javascript|vbscript|data)\s*:/i.test(value.replace(/[\0-\x20]/g, '')))
                wrong.push(`${name}="${value}"`);
              if (leads && element.localName !== 'a' && /elsewhere\.invalid/.test(value))
                wrong.push(`${name}="${value}"`);
            }
            if (element.localName === 'script' && !element.src)
              wrong.push(`a script: ${element.textContent.slice(0, 60)}`);
            if (['base', 'iframe', 'object', 'embed', 'style'].includes(element.localName))
              wrong.push(`<${element.localName}>`);
          }
          return wrong;
        });
        tab.off('request', hear).off('dialog', ask);
        return [...found, ...seen.map((what) => `${path}: ${what}`)];
      },
    );
    none(faults.flat(), 'no text of a manual does anything');
  });
}
