// Help while reading: settings, headings, the list of contents and tables.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { launch, onDisk, windowOf } from '../lib/chromium.mjs';

let browser;
before(async () => {
  browser = await launch();
});

async function opened(path) {
  const context = await browser.newContext(windowOf());
  const tab = await context.newPage();
  await tab.goto(onDisk(path));
  return tab;
}

const background = (tab) => tab.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const size = (tab) => tab.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize));

test('colours and size of letters are the reader\u2019s choice, and are kept only when asked', async () => {
  const tab = await opened('techniques/role-play.html');
  const [usual, letters] = [await background(tab), await size(tab)];
  const choose = async (label) => {
    if (!(await tab.locator('.ipt-settings--head').evaluate((box) => box.open)))
      await tab.locator('.ipt-settings--head > summary').click();
    await tab.getByLabel(label, { exact: true }).check();
  };
  await choose('Dark');
  await choose('Larger');
  assert.notEqual(await background(tab), usual);
  assert.ok((await size(tab)) > letters * 1.3);
  assert.equal(await tab.evaluate(() => localStorage.length), 0, 'nothing is kept unasked');
  await tab.reload();
  assert.equal(await background(tab), usual, 'the choice was for one page');

  await choose('Dark');
  await choose('Remember on this device');
  await tab.goto(onDisk('index.html'));
  assert.notEqual(await background(tab), usual, 'the choice is remembered');
  await tab.locator('.ipt-settings--head > summary').click();
  await tab.getByLabel('Remember on this device').uncheck();
  assert.equal(await tab.evaluate(() => localStorage.length), 0, 'and forgotten');
});

test('a heading has a link to itself that can be reached and is named', async () => {
  const tab = await opened('techniques/role-play.html');
  const heading = tab.locator('.ipt-article h2[id]').first();
  const link = heading.locator('a.ipt-anchor');
  assert.equal(await link.getAttribute('href'), `#${await heading.getAttribute('id')}`);
  assert.match(await link.getAttribute('aria-label'), /Copy the link to: \S/);
  await link.focus();
  assert.equal(
    await link.evaluate((element) => getComputedStyle(element).opacity),
    '1',
    'it shows when it has the focus',
  );
});

test('the list of contents marks the place', async () => {
  const tab = await opened('techniques/role-play.html');
  const marked = () => tab.locator('.ipt-contents [aria-current="location"]').textContent();
  const first = await marked();
  await tab.locator('.ipt-contents a').last().click();
  await tab.waitForFunction(
    (first) => document.querySelector('.ipt-contents [aria-current="location"]').textContent !== first,
    first,
  );
  assert.equal(await tab.locator('.ipt-contents [aria-current="location"]').count(), 1);
});

test('the evidence can be sorted both ways and filtered, and says so', async () => {
  const tab = await opened('evidence.html');
  const table = tab.locator('.ipt-data--evidence-summary');
  const people = () =>
    table
      .locator('tbody tr:not([hidden]) .ipt-cell--n')
      .evaluateAll((cells) => cells.map((cell) => Number(cell.dataset.sort || -1)).filter((n) => n >= 0));
  const head = table.locator('th.ipt-col--n');
  const choice = tab.getByLabel('Sort by', { exact: true }).last();
  const asItWas = await table.locator('tbody tr').allTextContents();
  await choice.selectOption({ label: 'People, ascending' });
  assert.equal(await head.getAttribute('aria-sort'), 'ascending');
  const rising = await people();
  assert.deepEqual(
    rising,
    [...rising].sort((a, b) => a - b),
  );
  await choice.selectOption({ label: 'People, descending' });
  assert.equal(await head.getAttribute('aria-sort'), 'descending');
  assert.deepEqual(await people(), [...rising].reverse());
  await choice.selectOption({ index: 0 });
  assert.deepEqual(await table.locator('tbody tr').allTextContents(), asItWas);

  const overview = tab.locator('.ipt-data--evidence-overview');
  const conditions = () => overview.locator('tbody th').allTextContents();
  await overview.getByRole('button', { name: 'Sort by Condition' }).click();
  const sorted = await conditions();
  assert.deepEqual(
    sorted,
    [...sorted].sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
  );

  const rows = table.locator('tbody tr:not([hidden])');
  const all = await rows.count();
  await tab.getByLabel('Filter the rows').last().fill('bulimia');
  const left = await rows.count();
  assert.ok(left > 0 && left < all, `${left} of ${all} rows`);
  for (const text of await rows.allTextContents()) assert.match(text, /bulimia/i);
  await tab.waitForFunction(
    (left) =>
      [...document.querySelectorAll('[role="status"]')].some((status) => status.textContent.includes(String(left))),
    left,
  );
});

test('a link says what it leads to, by pointer and by keyboard, and goes away with Escape', async () => {
  const tab = await opened('techniques/role-play.html');
  const link = tab.locator('.ipt-body a[href*="communication-analysis"]').first();
  const preview = tab.getByRole('tooltip');
  await link.hover();
  await preview.waitFor();
  assert.ok((await preview.textContent()).length > 20);
  assert.equal(await link.getAttribute('aria-describedby'), await preview.getAttribute('id'));
  await tab.keyboard.press('Escape');
  assert.ok(!(await preview.isVisible()));
  await tab.mouse.move(0, 0);
  await tab.keyboard.press('Tab');
  await link.focus();
  await preview.waitFor();
  await tab.locator('.ipt-skip').focus();
  await preview.waitFor({ state: 'hidden' });
});

test('without scripts there are no empty buttons', async () => {
  const context = await browser.newContext(windowOf({ script: false }));
  const tab = await context.newPage();
  await tab.goto(onDisk('evidence.html'));
  assert.equal(await tab.locator('.ipt-sort, .ipt-anchor').count(), 0);
  for (const place of await tab.locator('.ipt-tools, .ipt-settings').all()) assert.ok(!(await place.isVisible()));
});

test('in a narrow window the settings are in the menu', async () => {
  const tab = await (await browser.newContext(windowOf({ width: 320 }))).newPage();
  await tab.goto(onDisk('techniques/role-play.html'));
  const usual = await background(tab);
  await tab.locator('.ipt-nav > details > summary').click();
  await tab.locator('.ipt-settings--menu > summary').click();
  await tab.locator('.ipt-settings--menu').getByLabel('Dark', { exact: true }).check();
  assert.notEqual(await background(tab), usual);
});
