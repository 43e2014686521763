// Every page, opened from disk as from a USB stick: with scripts and without, wide and narrow.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { forEvery, launch, onDisk, overflow, visible, watch, windowOf } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { pages, realPages } from '../lib/site.mjs';

const inside = onDisk('');
const paths = realPages.map((page) => page.path);
const redirects = [...pages.values()].filter((page) => page.redirect !== null);

/** What a reader has of a page, as a function for `evaluate`. */
const reading = () => {
  const main = document.querySelector('main');
  const heading = document.querySelector('h1');
  // A narrow table of marks leaves out the cells without a mark; what scripts offer to do with the
  // text (sort, filter, copy, search) is no text of the page.
  const controls = [...main.querySelectorAll('.ipt-tools, .ipt-anchor, .ipt-search')].map(
    (element) => element.innerText.length,
  );
  const text = main.innerText.replaceAll('not used', '').replace(/\s+/g, ' ').trim();
  return {
    words: text.length - controls.reduce((sum, length) => sum + length, 0),
    heading: heading !== null && heading.checkVisibility(),
  };
};

/** Which of some elements can be seen, as a function for `evaluateAll`. */
const showing = new Function('elements', `return elements.map(${visible})`);

async function visitAll(browser, script) {
  return forEvery(browser, windowOf({ script }), paths, async (tab, path) => {
    const { stop, ...watched } = watch(tab);
    const seen = { path, ...watched };
    await tab.setViewportSize({ width: 1280, height: 900 });
    await tab.goto(onDisk(path), { waitUntil: 'load' });
    seen.wide = await tab.evaluate(reading);
    seen.contentsLinks = await tab.locator('nav a[href$="contents.html"]').evaluateAll(showing);
    await tab.setViewportSize({ width: 320, height: 640 });
    seen.narrow = await tab.evaluate(overflow);
    seen.narrowReading = await tab.evaluate(reading);
    stop();
    return seen;
  });
}

const results = { on: [], off: [] };
let browser;

before(
  async () => {
    browser = await launch();
    results.on = await visitAll(browser, true);
    results.off = await visitAll(browser, false);
  },
  { timeout: 600_000 },
);

for (const script of ['on', 'off']) {
  describe(`with scripts ${script}`, () => {
    test('nothing outside the folder is requested', () => {
      none(
        results[script].flatMap(({ path, requests }) =>
          requests.filter((url) => !url.startsWith(inside) && !url.startsWith('data:')).map((url) => `${path}: ${url}`),
        ),
        'a page asks nothing of anybody else',
      );
    });

    test('nothing is refused, missing or wrong in the console', () => {
      none(
        results[script].flatMap(({ path, console }) => console.map((message) => `${path}: ${message}`)),
        'the console stays empty: no error, no violation of the Content-Security-Policy',
      );
    });

    test('no page scrolls sideways at 320 px', () => {
      none(
        results[script]
          .filter(({ narrow }) => narrow.scrollWidth > 321)
          .map(({ path, narrow }) => `${path} is ${narrow.scrollWidth} px wide: ${narrow.cut.join('; ')}`),
        'a page fits a window of 320 px',
      );
    });

    test('nothing is cut off at 320 px', () => {
      none(
        results[script]
          .filter(({ narrow }) => narrow.scrollWidth <= 321 && narrow.cut.length > 0)
          .map(({ path, narrow }) => `${path}: ${narrow.cut.join('; ')}`),
        'what is wider than the window scrolls in a box of its own',
      );
    });
  });
}

test('every page can be read without scripts, wide and narrow', () => {
  none(
    results.off.flatMap(({ path, wide, narrowReading }, index) => {
      const full = results.on[index].wide.words;
      const wrong = [];
      if (!wide.heading || !narrowReading.heading) wrong.push(`${path}: its heading is not visible`);
      if (wide.words < 40) wrong.push(`${path}: only ${wide.words} letters can be seen`);
      if (wide.words < 0.95 * full) wrong.push(`${path}: ${wide.words} letters of ${full} can be seen at 1280 px`);
      if (narrowReading.words < 0.8 * full)
        wrong.push(`${path}: ${narrowReading.words} letters of ${full} can be seen at 320 px`);
      return wrong;
    }),
    'no text depends on scripts or on the width of the window',
  );
});

test('at 320 px every mark in a table has the name of its column beside it', async () => {
  const marked = realPages.filter((page) => page.elements.some((element) => element.classes().includes('ipt-mark')));
  const found = await forEvery(
    browser,
    windowOf({ script: false, width: 320 }),
    marked.map((page) => page.path),
    async (tab, path) => {
      await tab.goto(onDisk(path));
      const unnamed = await tab.locator('td:has(.ipt-mark)').evaluateAll(
        (cells) =>
          cells.filter((cell) => {
            const label = getComputedStyle(cell, '::before');
            const head = cell.closest('table').tHead.rows[0].cells[cell.cellIndex].textContent;
            return label.display === 'none' || !label.content.includes(head);
          }).length,
      );
      return unnamed > 0 ? [`${path}: ${unnamed} marks without a name`] : [];
    },
  );
  if (marked.length === 0) found.push('no page has a table of marks');
  none(found.flat(), 'where columns do not fit, a mark says what it stands for');
});

test('every redirect brings the reader to its chapter, without scripts', async () => {
  const ends = await forEvery(browser, windowOf({ script: false }), redirects, async (tab, page) => {
    const target = onDisk(page.leads(page.redirect).path);
    await tab.goto(onDisk(page.path), { waitUntil: 'commit' });
    await tab.waitForURL((url) => url.href.startsWith(target), { timeout: 10_000 }).catch(() => {});
    return tab.url().startsWith(target) ? [] : [`${page.path} ends at ${tab.url()}`];
  });
  none(ends.flat(), 'an old address leads on');
});

describe('navigation without scripts', () => {
  test('at 1280 px its links can be seen on every page', () => {
    // The home page may have its own way in, and the whole manual on one page is its own contents.
    const exempt = new Set(['404.html', 'print.html', 'index.html']);
    none(
      results.off
        .filter(({ path, contentsLinks }) => !exempt.has(path) && !contentsLinks.includes(true))
        .map(
          ({ path, contentsLinks }) =>
            `${path}: ${contentsLinks.length === 0 ? 'no link to the contents in a <nav>' : 'the link to the contents is there but hidden'}`,
        ),
      'a wide window shows the navigation',
    );
  });

  for (const path of ['index.html', 'protocols/standard-ipt.html', 'session-summary.html']) {
    test(`at 320 px the menu of ${path} opens by keyboard`, async () => {
      const context = await browser.newContext(windowOf({ script: false, width: 320 }));
      const tab = await context.newPage();
      await tab.goto(onDisk(path));
      const link = tab.locator('nav a[href$="contents.html"]').first();
      assert.equal(await link.count(), 1, 'there is no link to the contents in a <nav>');
      assert.ok(!(await link.evaluate(visible)), 'the menu is closed to begin with, so that the text comes first');
      let opened = false;
      for (let presses = 0; presses < 12 && !opened; presses += 1) {
        await tab.keyboard.press('Tab');
        const control = await tab.evaluate(() => {
          const active = document.activeElement;
          return {
            name: active.tagName,
            words: active.textContent.trim(),
            label: active.getAttribute('aria-label') ?? '',
          };
        });
        if (['SUMMARY', 'BUTTON'].includes(control.name) && /menu/i.test(control.words + control.label)) {
          await tab.keyboard.press('Enter');
          opened = true;
        }
      }
      assert.ok(opened, 'within twelve presses of Tab no button or summary named "Menu" is reached');
      assert.ok(await link.evaluate(visible), 'Enter on "Menu" does not show the links');
      const within = await link.evaluate((element) => {
        element.scrollIntoView();
        const box = element.getBoundingClientRect();
        return box.left >= 0 && box.right <= document.documentElement.clientWidth + 1;
      });
      assert.ok(within, 'the links of the menu reach out of the window');
      await context.close();
    });
  }
});
