// search.html?q=… answers from disk. What comes first is told by queries.yaml, see queries.test.mjs.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { launch, onDisk, windowOf } from '../lib/chromium.mjs';
import { chapters, files, manual, pages, read } from '../lib/site.mjs';
import { settings } from '../lib/sources.mjs';

const safety = chapters.get(settings.safety);

let browser;
before(async () => {
  browser = await launch();
});

async function answers(words) {
  const context = await browser.newContext(windowOf());
  const tab = await context.newPage();
  await tab.goto(`${onDisk('search.html')}?q=${encodeURIComponent(words)}`);
  await tab
    .locator('#search-results li a')
    .first()
    .waitFor({ timeout: 15_000 })
    .catch(() => {});
  const links = await tab
    .locator('#search-results > li')
    .evaluateAll((items) => items.map((item) => item.querySelector('a')?.href ?? ''));
  await context.close();
  return links.map((link) => link.replace(onDisk(''), '').replace(/^\//, '').replace(/#.*$/, ''));
}

test('every word must be there', async () => {
  const [one, both] = [await answers('bulimia'), await answers('bulimia telephone')];
  assert.ok(one.length > both.length, 'a second word makes the answers fewer');
});

// queries.yaml has more.
for (const words of ['suicide', 'suicidal', 'selfharm']) {
  test(`"${words}" puts the safety page first`, async () => {
    assert.equal((await answers(words))[0], safety.url);
  });
}

for (const words of ['setting', 'role transition', 'sessions']) {
  test(`"${words}" does not`, async () => {
    assert.notEqual((await answers(words))[0], safety.url);
  });
}

test('a result names the heading with the words marked, and the page marks them too', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  await tab.goto(`${onDisk('search.html')}?q=${encodeURIComponent('session 3 choosing motherhood')}`);
  const first = tab.locator('#search-results > li').first();
  await first.waitFor();
  assert.match(await first.locator('a').getAttribute('href'), /cases\/postpartum\.html#session-3-choosing$/);
  assert.ok((await first.locator('mark').count()) >= 3, 'the words are marked');
  await first.locator('a').click();
  await tab.waitForFunction(() => CSS.highlights.get('ipt-search')?.size > 0);
  assert.match(tab.url(), /#session-3-choosing$/);
});

test('kinds narrow the results, and the number found is announced', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  await tab.goto(`${onDisk('search.html')}?q=grief`);
  await tab.locator('#search-results > li').first().waitFor();
  const said = () => tab.locator('[role="status"]', { hasText: /\d/ }).first().textContent();
  const all = Number.parseInt(await said(), 10);
  const kind = tab.getByRole('button', { name: /^Worksheet \(/ });
  const count = Number.parseInt((await kind.textContent()).match(/\((\d+)\)/)[1], 10);
  await kind.click();
  await tab.waitForFunction((count) => document.querySelectorAll('#search-results > li').length === count, count);
  assert.ok(count < all && Number.parseInt(await said(), 10) === count, 'the announced number is that of the kind');
  for (const link of await tab.locator('#search-results > li > a').all())
    assert.match(await link.getAttribute('href'), /worksheets\//);
});

test('by keyboard alone, from any page, and back', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  await tab.goto(onDisk('techniques/role-play.html'));
  for (const keys of ['/', 'Control+k']) {
    await tab.keyboard.press(keys);
    const field = tab.locator('dialog[open] input');
    await field.waitFor();
    assert.ok(await field.evaluate((element) => element === document.activeElement), `${keys} leads into the field`);
    await tab.keyboard.press('Escape');
    assert.equal(await tab.locator('dialog[open]').count(), 0, 'Escape closes it');
  }
  await tab.keyboard.press('/');
  await tab.keyboard.type('sick role');
  await tab.locator('dialog[open] li').first().waitFor();
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('ArrowDown');
  await tab.keyboard.press('ArrowUp');
  await tab.keyboard.press('ArrowUp');
  await tab.keyboard.press('Enter');
  await tab.waitForURL(/techniques\/sick-role\.html/);
});

test('the key opens the dialog again at once after it was closed', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  await tab.goto(onDisk('techniques/role-play.html'));
  await tab.keyboard.press('/');
  await tab.locator('dialog[open] input').waitFor();
  // Both in one task: nothing is drawn in between, and the closed dialog's field has the focus still.
  const isTyped = await tab.evaluate(() => {
    const dialog = document.querySelector('dialog[open]');
    dialog.close();
    return document.activeElement.dispatchEvent(
      new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }),
    );
  });
  assert.ok(!isTyped, 'the key is taken');
  await tab.locator('dialog[open] input').waitFor();
});

test('what is typed before the search is there is not lost', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  await tab.route('**/search.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 700));
    await route.continue();
  });
  await tab.goto(onDisk('techniques/role-play.html'));
  await tab.keyboard.press('/');
  await tab.keyboard.type('sick role');
  await tab.locator('dialog[open] li').first().waitFor();
  assert.equal(await tab.locator('dialog[open] input').inputValue(), 'sick role');
});

test('nothing is asked of the index before the first use', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  const asked = [];
  tab.on('request', (request) => asked.push(request.url()));
  await tab.goto(onDisk('techniques/role-play.html'));
  await tab.waitForLoadState('networkidle');
  assert.deepEqual(
    asked.filter((url) => url.includes('/search/')),
    [],
  );
});

test('the index is at most 40 % of the text it indexes', async () => {
  let indexed = 0;
  const context = await browser.newContext(windowOf({ script: false }));
  const tab = await context.newPage();
  for (const chapter of manual.chapters) {
    await tab.goto(onDisk(chapter.url));
    indexed += Buffer.byteLength(
      await tab.evaluate(() => {
        const article = document.querySelector('article').cloneNode(true);
        article
          .querySelectorAll('.ipt-connections, .ipt-control, .ipt-breadcrumb')
          .forEach((element) => element.remove());
        return article.textContent.replace(/\s+/g, ' ');
      }),
    );
  }
  await context.close();
  const size = [...files]
    .filter((path) => path.startsWith('search/'))
    .reduce((sum, path) => sum + Buffer.byteLength(read(path)), 0);
  assert.ok(
    size <= indexed * 0.4,
    `the index has ${size} bytes, ${Math.round((100 * size) / indexed)} % of ${indexed}`,
  );
  for (const path of files) {
    if (path.startsWith('search/'))
      assert.ok(Buffer.byteLength(read(path)) < 150_000, `${path} is too large to load for one word`);
  }
});

test('words that stand nowhere find nothing, and the page says so', async () => {
  assert.ok(pages.has('search.html'), 'the site has no search.html');
  assert.deepEqual(await answers('qqzzxxyy'), []);
});

test('without scripts the search page leads to the contents', async () => {
  assert.ok(pages.has('search.html'), 'the site has no search.html');
  const context = await browser.newContext(windowOf({ script: false }));
  const tab = await context.newPage();
  await tab.goto(onDisk('search.html'));
  assert.ok(
    await tab.locator('main a[href$="contents.html"]').first().isVisible(),
    'the text of search.html has no link to contents.html',
  );
  await context.close();
});
