// The queries of queries.yaml: the right chapter comes first, from a disk and from a server alike.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';

import { parse } from 'yaml';

import { launch, onDisk, windowOf } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { serve } from '../lib/serve.mjs';
import { pageOf } from '../lib/site.mjs';

const mustBeRight = 57;

const sorts = Object.entries(parse(readFileSync(new URL('../queries.yaml', import.meta.url), 'utf8')));
const queries = sorts.flatMap(([sort, list]) =>
  list.map(({ query, page, because }) => ({
    sort,
    query: String(query),
    paths: [page].flat().map((key) => pageOf(key).path),
    because,
  })),
);

let fromDisk;
let fromServer;
before(
  async () => {
    const browser = await launch();
    const server = await serve();
    const tab = await (await browser.newContext(windowOf())).newPage();
    fromDisk = await answers(tab, onDisk('index.html').replace('index.html', ''));
    fromServer = await answers(tab, server.address);
  },
  { timeout: 120_000 },
);

/** The addresses of the first ten results of each query, typed into one field one after the other. */
async function answers(tab, site) {
  await tab.goto(`${site}search.html`);
  await tab.locator('.ipt-search__field').waitFor();
  const found = await tab.evaluate(
    async (all) => {
      const field = document.querySelector('.ipt-search__field');
      const status = document.querySelector('.ipt-search__status');
      const changed = (test) =>
        new Promise((done) => {
          const look = () => (test() ? done() : setTimeout(look, 1));
          look();
        });
      // Enter answers at once; the number found is told when the results are there.
      const enter = (words) => {
        field.value = words;
        field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      };
      const links = [];
      for (const query of all) {
        enter(query);
        await changed(() => status.textContent !== '');
        links.push([...document.querySelectorAll('#search-results > li > a')].slice(0, 10).map((link) => link.href));
        enter('');
        await changed(() => status.textContent === '');
      }
      return links;
    },
    queries.map(({ query }) => query),
  );
  return found.map((links) => links.map((link) => link.slice(site.length)));
}

const path = (link) => link?.replace(/[?#].*$/, '') ?? '(nothing)';

test('there are 60 queries, and none twice', () => {
  assert.equal(queries.length, 60);
  assert.equal(new Set(queries.map(({ query }) => query.toLowerCase())).size, queries.length);
});

test(`at least ${mustBeRight} queries have the right chapter first, and those of risk all have`, (context) => {
  const wrong = queries
    .map((each, at) => ({ ...each, found: fromDisk[at] }))
    .filter(({ paths, found }) => !paths.includes(path(found[0])));
  const lines = wrong.map(({ sort, query, paths, found }) => {
    const place = found.findIndex((link) => paths.includes(path(link)));
    const where = place < 0 ? 'is not among the first ten' : `comes ${place + 1}.`;
    return `${sort}, "${query}": first is ${found[0] ?? '(nothing)'}; ${paths.join(' or ')} ${where}`;
  });
  for (const line of lines) context.diagnostic(line);
  none(
    lines.filter((_, at) => wrong[at].sort === 'risk'),
    'a query about danger has the safety page first',
  );
  if (wrong.length > queries.length - mustBeRight)
    none(lines, `at least ${mustBeRight} of ${queries.length} queries have the right chapter first`);
});

test('from a server the first ten results are the same as from a disk', () => {
  for (const [at, { query }] of queries.entries()) assert.deepEqual(fromServer[at], fromDisk[at], `"${query}"`);
});
