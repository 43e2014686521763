// The sample manual in Arabic: everything runs from right to left.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { forEvery, launch, pagesOf, windowOf } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { everyPage } from '../lib/samples.mjs';
import { arabic } from '../lib/site.mjs';

const site = arabic();

everyPage(site);

let browser;
let tab;
before(async () => {
  browser = await launch();
  tab = await (await browser.newContext(windowOf())).newPage();
});

const box = (locator) => locator.first().boundingBox();
const right = ({ x, width }) => x + width;

test('every page says that it is Arabic and runs from right to left', () => {
  none(
    [...site.pages.values()]
      .filter((page) => page.first('html').get('dir') !== 'rtl' || page.first('html').get('lang') !== 'ar')
      .map((page) => page.path),
    '<html lang="ar" dir="rtl">',
  );
});

test('at 1280 px the navigation stands on the right and the list of contents on the left', async () => {
  await tab.goto(site.onDisk('techniques/communication-analysis.html'));
  const [nav, main, contents] = await Promise.all(
    ['.ipt-nav', 'main', '.ipt-contents'].map((each) => box(tab.locator(each))),
  );
  assert.ok(nav.x >= right(main), `the navigation begins at ${nav.x} px, the text ends at ${right(main)} px`);
  assert.ok(right(contents) <= main.x, `the contents end at ${right(contents)} px, the text begins at ${main.x} px`);
});

describe('tables and pictures', () => {
  test('the first column of every table is the rightmost', async () => {
    const paths = site.realPages.filter((page) => page.all('thead').length > 0).map((page) => page.path);
    const found = await forEvery(browser, windowOf(), paths, async (each, path) => {
      await each.goto(site.onDisk(path));
      const wrong = await each.locator('thead tr').evaluateAll((rows) =>
        rows
          // A table that is laid out in lines has its heads for the ear only.
          .filter((row) => getComputedStyle(row).display === 'table-row')
          .filter((row) =>
            [...row.cells].some(
              (cell, at, all) =>
                at > 0 && cell.getBoundingClientRect().left >= all[at - 1].getBoundingClientRect().left,
            ),
          )
          .map((row) => row.textContent.trim().slice(0, 60)),
      );
      return wrong.map((words) => `${path}: ${words}`);
    });
    none(found.flat(), 'columns follow each other from right to left');
  });

  test('the course of treatment begins on the right', async () => {
    await tab.goto(site.onDisk('protocols/standard.html'));
    const bars = await tab
      .locator('.ipt-timeline__row .ipt-phase')
      .evaluateAll((all) => all.map((bar) => bar.getBoundingClientRect().right));
    assert.equal(bars.length, 3);
    assert.deepEqual(
      bars,
      [...bars].sort((one, other) => other - one),
      'each stage begins left of the one before',
    );
    const numbers = await tab
      .locator('.ipt-timeline__number')
      .evaluateAll((all) => all.map((number) => number.getBoundingClientRect().left));
    assert.deepEqual(
      numbers,
      [...numbers].sort((one, other) => other - one),
      'and so do the numbers of the sessions',
    );
    const titles = await tab
      .locator('.ipt-timeline__row')
      .evaluateAll((rows) =>
        rows.map((row) =>
          [row.querySelector('.ipt-timeline__title'), row.querySelector('.ipt-timeline__meta')].map(
            (text) => text.getBoundingClientRect().left,
          ),
        ),
      );
    for (const [title, meta] of titles)
      assert.ok(title > meta, 'the title stands on the right, its sessions on the left');
  });

  /** Whether the first digit of each element stands left of its last, as a function for `evaluateAll`. */
  const inOrder = (elements, from = 0) =>
    elements.map((element) => {
      const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode();
      // What sets a range apart from its surroundings takes no room.
      const words = text.data.replace(/[^\d]+$/u, '');
      const start = from < 0 ? words.lastIndexOf(' ') + 1 : 0;
      const left = (at) => {
        const range = new Range();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect().left;
      };
      const first = words.slice(start).search(/\d/) + start;
      return left(first) < left(words.length - 1) ? '' : words;
    });

  test('the minutes of an agenda read from the first to the last', async () => {
    await tab.goto(site.onDisk('sessions/first.sheet.html'));
    const wrong = await tab.locator('.ipt-sheet__agenda tbody td:first-child').evaluateAll(inOrder);
    assert.equal(wrong.length, 3);
    none(wrong.filter(Boolean), 'a range is written in one order everywhere');
  });

  test('so do the sessions in the course of treatment', async () => {
    await tab.goto(site.onDisk('protocols/standard.html'));
    const wrong = await tab.locator('.ipt-timeline__meta').evaluateAll(inOrder, -1);
    assert.equal(wrong.length, 3);
    none(wrong.filter(Boolean), 'a range is written in one order everywhere');
  });

  test('no table is wider than its place at 1280 px', async () => {
    const paths = site.realPages.filter((page) => page.all('table').length > 0).map((page) => page.path);
    const found = await forEvery(browser, windowOf(), paths, async (each, path) => {
      await each.goto(site.onDisk(path));
      const wide = await each
        .locator('.ipt-table')
        .evaluateAll((all) => all.map((box) => box.scrollWidth - box.clientWidth).filter((more) => more > 1));
      return wide.map((more) => `${path}: a table is ${more} px too wide`);
    });
    none(found.flat(), 'a window of 1280 px has room for all columns');
  });

  test('the scale of effects runs from left to right, as numbers do', async () => {
    await tab.goto(site.onDisk('evidence/depression.html'));
    const plot = tab.locator('.ipt-data--forest').first();
    const ticks = await plot
      .locator('.ipt-forest__number')
      .evaluateAll((all) =>
        all.map((tick) => [
          Number(tick.textContent.replace(/[^\d.-]/g, '').replace('−', '-')),
          tick.getBoundingClientRect().left,
        ]),
      );
    assert.ok(ticks.length > 1);
    for (const [at, [value, left]] of ticks.entries()) {
      if (at > 0)
        assert.ok(
          value > ticks[at - 1][0] && left > ticks[at - 1][1],
          `${ticks[at - 1]} comes before ${value}, ${left}`,
        );
    }
  });
});

describe('the search', () => {
  const answers = async (words) => {
    await tab.goto(`${site.onDisk('search.html')}?q=${encodeURIComponent(words)}`);
    await tab.locator('.ipt-search__status').filter({ hasText: /./ }).waitFor();
    return tab
      .locator('#search-results > li a')
      .evaluateAll((links) => links.map((link) => link.href.replace(/.*\/([^/]+\/[^/]+\.html).*/, '$1')));
  };

  for (const [why, words, path] of [
    ['as it is written', 'الأسئلة المفتوحة', 'techniques/communication-analysis.html'],
    ['without the hamza', 'الاسئلة المفتوحة', 'techniques/communication-analysis.html'],
    ['with ه for ة', 'الأسئله المفتوحه', 'techniques/communication-analysis.html'],
    ['with vowel signs', 'الأَسْئِلَة المَفْتُوحَة', 'techniques/communication-analysis.html'],
    ['stretched', 'الأسئـــلة', 'techniques/communication-analysis.html'],
    ['in Latin letters', 'PHQ-9', 'measures/phq-9.html'],
    ['in a mixture', 'درجة PHQ', 'techniques/communication-analysis.html'],
    ['with a number', 'الجلسة 1', 'sessions/first.html'],
  ]) {
    test(`finds ${words}, ${why}`, async () => {
      const found = await answers(words);
      assert.ok(found.slice(0, 3).includes(path), `the first answers are ${found.slice(0, 5).join(', ') || '(none)'}`);
    });
  }

  test('finds words without the article that have one in the text', async () => {
    assert.ok((await answers('أسئلة مفتوحة')).includes('techniques/communication-analysis.html'));
  });

  test('puts the safety page first for words of danger, with the hamza and without', async () => {
    for (const words of ['انتحار', 'إيذاء النفس', 'ايذاء النفس'])
      assert.equal((await answers(words))[0], 'pages/safety.html', words);
  });
});

test('the whole manual makes a PDF that keeps its direction', { timeout: 120_000 }, async () => {
  await tab.goto(site.onDisk('print.html'));
  await tab.emulateMedia({ media: 'print' });
  assert.equal(await tab.evaluate(() => getComputedStyle(document.querySelector('main')).direction), 'rtl');
  assert.ok(
    pagesOf(await tab.pdf({ preferCSSPageSize: true, tagged: true })) >= 12,
    'at least a page for each chapter',
  );
  await tab.emulateMedia({ media: 'screen' });
});
