// search.html?q=… answers from disk, best page first.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { launch, onDisk, windowOf } from '../lib/chromium.mjs';
import { pages } from '../lib/site.mjs';

let browser;
before(async () => {
  browser = await launch();
});

async function answers(words) {
  const context = await browser.newContext(windowOf());
  const tab = await context.newPage();
  await tab.goto(`${onDisk('search.html')}?q=${encodeURIComponent(words)}`);
  await tab.locator('#search-results li a').first().waitFor({ timeout: 15_000 }).catch(() => {});
  const links = await tab.locator('#search-results > li').evaluateAll((items) => items.map((item) => item.querySelector('a')?.href ?? ''));
  await context.close();
  return links.map((link) => link.replace(onDisk(''), '').replace(/#.*$/, ''));
}

for (const [words, path] of [
  ['role play', 'techniques/role-play.html'],
  ['sick role', 'techniques/sick-role.html'],
  ['PHQ-9', 'measures/phq-9.html'],
  ['prison', 'settings/corrections.html'],
  ['follow-up', 'stages/follow-up.html'],
]) {
  test(`"${words}" finds ${path} among the first three`, async () => {
    assert.ok(pages.has('search.html'), 'the site has no search.html');
    const found = await answers(words);
    assert.ok(found.slice(0, 3).includes(path), `the first answers are ${found.slice(0, 5).join(', ') || '(none)'}`);
  });
}

test('words that stand nowhere find nothing, and the page says so', async () => {
  assert.ok(pages.has('search.html'), 'the site has no search.html');
  assert.deepEqual(await answers('qqzzxxyy'), []);
});

test('without scripts the search page leads to the contents', async () => {
  assert.ok(pages.has('search.html'), 'the site has no search.html');
  const context = await browser.newContext(windowOf({ script: false }));
  const tab = await context.newPage();
  await tab.goto(onDisk('search.html'));
  assert.ok(await tab.locator('main a[href$="contents.html"]').first().isVisible(), 'the text of search.html has no link to contents.html');
  await context.close();
});
