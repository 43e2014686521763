import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { launch, onDisk, pagesOf, visible, windowOf } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { chapters, manual } from '../lib/site.mjs';
import { settings } from '../lib/sources.mjs';

const safety = chapters.get(settings.safety);
const whole = 'print.html';
const printed = [
  'protocols/standard-ipt.html',
  manual.chapters.find((chapter) => chapter.kind === 'worksheet').url,
  safety.url,
  whole,
];

let tab;
before(async () => {
  const browser = await launch();
  const context = await browser.newContext(windowOf({ script: false }));
  tab = await context.newPage();
});

for (const path of printed) {
  describe(`${path} on paper`, () => {
    before(async () => {
      await tab.goto(onDisk(path));
      await tab.emulateMedia({ media: 'print' });
    });

    test('it makes a PDF', { timeout: 300_000 }, async () => {
      const pdf = await tab.pdf({ preferCSSPageSize: true, tagged: true, timeout: 280_000 });
      assert.ok(pagesOf(pdf) > 0, `the PDF of ${path} has no pages`);
      if (path === whole) {
        assert.ok(
          pagesOf(pdf) >= manual.chapters.length,
          `the whole manual has ${manual.chapters.length} chapters but only ${pagesOf(pdf)} printed pages`,
        );
      }
    });

    test('the navigation is not printed', async () => {
      const navs = await tab.locator('nav').all();
      assert.ok(navs.length > 0, 'there is no <nav> at all');
      const seen = [];
      for (const nav of navs) {
        // A list of contents in the text of the whole manual belongs on paper.
        if (path === whole && (await nav.evaluate((element) => element.closest('main') !== null))) continue;
        if (await nav.evaluate(visible))
          seen.push(
            `<nav aria-label="${await nav.getAttribute('aria-label')}" class="${await nav.getAttribute('class')}">`,
          );
      }
      none(seen, `${path}: nobody can follow a menu on paper`);
    });

    test('controls are not printed', async () => {
      const seen = [];
      for (const control of await tab
        .locator('header button, header summary, header input, header select, nav button, nav summary')
        .all()) {
        if (await control.evaluate(visible))
          seen.push(await control.evaluate((element) => element.outerHTML.slice(0, 120)));
      }
      none(seen, `${path}: nobody can press a button on paper`);
    });

    test('the way to the risk protocol is printed', async () => {
      const links = await tab
        .locator(
          `a[href$="${safety.url.replace(/^.*\//, '')}"], a[href="#${safety.kind}-${safety.id}"], a[href="#${safety.id}"]`,
        )
        .all();
      let shown = false;
      for (const link of links)
        shown ||= await link
          .evaluate((element) => element.closest('main') === null)
          .then((around) => around && link.evaluate(visible));
      assert.ok(
        shown,
        `${path}: of ${links.length} links to the risk protocol none outside the text is visible in print`,
      );
    });

    test('links out of the manual are spelled out', async () => {
      const links = await tab.evaluate(() =>
        [...document.querySelectorAll('main a[href^="http"]')]
          .filter((link) => link.checkVisibility())
          .map((link) => ({
            href: link.getAttribute('href'),
            words: link.textContent,
            after: getComputedStyle(link, '::after').content,
          })),
      );
      const bare = (address) => address.replace(/^https?:\/\//, '').replace(/\/$/, '');
      none(
        links
          .filter(({ href, words, after: added }) => !words.includes(bare(href)) && !added.includes(bare(href)))
          .map(({ href, words }) => `${JSON.stringify(words.slice(0, 60))} → ${href}`),
        `${path}: on paper an address must be readable`,
      );
    });
  });
}

describe('what differs from the usual course, on paper', () => {
  const differs = manual.chapters.filter(({ kind }) => kind === 'protocol').map(({ url }) => url);

  test('each mark of it is printed, with the usual value', async () => {
    const hidden = [];
    let count = 0;
    for (const path of differs) {
      await tab.goto(onDisk(path));
      await tab.emulateMedia({ media: 'print' });
      for (const mark of await tab.locator('.ipt-cell--sessions .ipt-change').all()) {
        count += 1;
        const text = (await mark.innerText()).replace(/\s+/g, ' ').trim();
        if (!(await mark.evaluate(visible)) || !/^usually \S+/.test(text)) hidden.push(`${path}: ${text}`);
      }
    }
    assert.ok(count > 5, `${count} sessions differ in ${differs.length} protocols`);
    none(hidden, 'a reader of the paper sees what is usual');
  });
});
