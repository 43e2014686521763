// axe on every page, and on one page of each kind in the dark and in a narrow window.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before, test } from 'node:test';

import { forEvery, launch, windowOf } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { serve } from '../lib/serve.mjs';
import { automaticPages, chapters, manual, pages, realPages } from '../lib/site.mjs';
import { settings } from '../lib/sources.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const options = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

/** One chapter of each kind, the risk protocol, the standard protocol, parts with tables, one sheet of each kind and all automatic pages. */
const selection = [
  ...new Set([
    ...[...new Set(manual.chapters.map((chapter) => chapter.kind))].map((kind) => manual.chapters.find((chapter) => chapter.kind === kind).url),
    chapters.get(settings.safety).url,
    'protocols/standard-ipt.html',
    'techniques/index.html',
    'settings/index.html',
    ...['sheet', 'checklist', 'form'].map((sheet) => [...pages.keys()].find((path) => path.endsWith(`.${sheet}.html`))),
    ...automaticPages,
  ]),
].filter((path) => pages.has(path));

let browser;
let server;
before(async () => {
  server = await serve();
  browser = await launch();
});

async function violations(paths, look) {
  // The pages' policy forbids foreign scripts, axe among them; only here it is set aside.
  const found = await forEvery(browser, windowOf({ ...look, bypassCSP: true }), paths, async (tab, path) => {
    await tab.goto(server.address + path, { waitUntil: 'load' });
    await tab.evaluate(axe);
    const results = await tab.evaluate((given) => globalThis.axe.run(document, given), options);
    return results.violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => ({ path, id, help, target: target.join(' '), why: failureSummary.split('\n')[1]?.trim() })),
    );
  });
  return found.flat();
}

/** One line a rule and kind of element, with how often and where first: a fault of a template is on every page. */
function grouped(found) {
  const groups = new Map();
  for (const each of found) {
    const element = each.target.split('>').pop().trim().replace(/:[\w-]+\([^)]*\)|\[[^\]]*\]|#[\w-]+/g, '');
    const key = `${each.id} ${element}`;
    groups.set(key, { first: groups.get(key)?.first ?? each, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()]
    .sort((one, other) => other.count - one.count)
    .map(({ first, count }) => `${first.id} (${first.help}), ${count} ×, first at ${first.path} ${first.target}: ${first.why}`);
}

const rule = 'WCAG 2.2 A and AA as far as axe can tell';

test('no page breaks a rule in a wide light window', { timeout: 1_200_000 }, async () => {
  none(grouped(await violations(realPages.map((page) => page.path), {})), rule);
});

test('no kind of page breaks a rule in a dark window', { timeout: 600_000 }, async () => {
  none(grouped(await violations(selection, { dark: true })), rule);
});

test('no kind of page breaks a rule at 320 px', { timeout: 600_000 }, async () => {
  none(grouped(await violations(selection, { width: 320 })), rule);
});
