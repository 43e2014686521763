// The sample manual that shows every component once.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import { launch, pagesOf, watch, windowOf } from '../lib/chromium.mjs';
import { everyPage } from '../lib/samples.mjs';
import { kitchenSink } from '../lib/site.mjs';

const site = kitchenSink();

everyPage(site, '/kitchen-sink/');

let browser;
before(async () => {
  browser = await launch();
});

test('the whole manual makes a PDF, with a page for each chapter at least', { timeout: 120_000 }, async () => {
  const tab = await (await browser.newContext(windowOf({ script: false }))).newPage();
  await tab.goto(site.onDisk('print.html'));
  const chapters = await tab.locator('.ipt-print__chapter').count();
  assert.ok(chapters > 40, `${chapters} chapters`);
  assert.ok(pagesOf(await tab.pdf({ preferCSSPageSize: true, tagged: true })) >= chapters);
});

test('a film is loaded when it is played and not before, and it plays from a disk', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  const { requests } = watch(tab);
  await tab.goto(site.onDisk('writing/blocks.html'));
  await tab.waitForLoadState('networkidle');
  const film = tab.locator('video').first();
  const asked = () => requests.filter((url) => url.endsWith('.webm')).length;
  assert.equal(asked(), 0, 'nothing is asked for before the click');
  await film.evaluate((video) => video.play());
  assert.ok(asked() > 0);
  assert.ok((await film.evaluate((video) => video.videoWidth)) > 0);
});

test('every picture is there, also those further down', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  await tab.goto(site.onDisk('writing/markdown.html'));
  const pictures = tab.locator('main img');
  assert.equal(await pictures.count(), 2);
  for (const picture of await pictures.all()) {
    await picture.scrollIntoViewIfNeeded();
    await picture.evaluate((image) => image.decode());
    assert.ok((await picture.evaluate((image) => image.naturalWidth)) > 0);
  }
});
