// One page of each kind for readers who see, move and read in other ways: forced colours, no motion,
// letters of twice the size, windows of any width and at 400 %, the keyboard alone, wide spacing, and
// nothing that jumps.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { forEvery, launch, windowOf } from '../lib/chromium.mjs';
import { covered, damage, focused, reachable, tabThrough } from '../lib/looking.mjs';
import { none } from '../lib/report.mjs';
import { selection } from '../lib/selection.mjs';
import { serve } from '../lib/serve.mjs';
import { pages, site } from '../lib/site.mjs';

/** Pages with what is wide: cards, a picture, tables, a form. */
const few = [
  'index.html',
  'techniques/index.html',
  'protocols/standard-ipt.html',
  'evidence.html',
  'evidence/bulimia.html',
  'worksheets/timeline.html',
].filter((path) => pages.has(path));

/** How many stops of a page are walked through: a longer page goes on with links in a list. */
const longest = 40;
const most = { timeout: 300_000 };

let browser;
let server;
before(async () => {
  server = await serve();
  browser = await launch();
});

/** What `look(tab, path)` finds wrong on each page, each finding with the page's path; alike findings of many pages are one. */
async function wrongOn(paths, options, look, withBrowser = browser) {
  const found = await forEvery(withBrowser, windowOf(options), paths, async (tab, path) => {
    await tab.goto(server.address + path, { waitUntil: 'load' });
    return (await look(tab, path)).map((finding) => ({ path, finding }));
  });
  const places = new Map();
  for (const { path, finding } of found.flat()) places.set(finding, [...(places.get(finding) ?? []), path]);
  return [...places].map(
    ([finding, [first, ...others]]) => `${first}${others.length ? ` and ${others.length} more` : ''}: ${finding}`,
  );
}

const settled = (tab) =>
  tab.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

describe('in forced colours', () => {
  /** What means something and cannot be told any more, as a function for `evaluate`. */
  const lost = () => {
    const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const parts = (colour) => {
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = colour;
      brush.fillRect(0, 0, 1, 1);
      return [...brush.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour) => {
      const [r, g, b] = parts(colour).map((part) =>
        part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
      );
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (one, other) =>
      (Math.max(light(one), light(other)) + 0.05) / (Math.min(light(one), light(other)) + 0.05);
    const ground = (element) => {
      for (let each = element; each; each = each.parentElement) {
        const { backgroundColor } = getComputedStyle(each);
        if (parts(backgroundColor)[3] === 255) return backgroundColor;
      }
      return 'Canvas';
    };
    const seen = (element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }) &&
      element.getBoundingClientRect().width > 1;
    const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
    const name = (element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}">`;
    const wrong = [];

    for (const sign of all('.ipt-certainty:not(.ipt-certainty--not-rated), .ipt-direction')) {
      const drawn = getComputedStyle(sign, '::before');
      if (['none', 'normal', '""'].includes(drawn.content) || contrast(drawn.color, ground(sign)) < 4.5)
        wrong.push(`the sign of ${name(sign)} is gone: ${drawn.content}, ${drawn.color} on ${ground(sign)}`);
    }
    for (const shape of all(
      '.ipt-phase, .ipt-shape, .ipt-forest__interval, .ipt-forest__none, .ipt-forest__rule, .ipt-search-link__sign',
    )) {
      const { fill, stroke, fillOpacity } = getComputedStyle(shape);
      const strong = [stroke, Number(fillOpacity) === 1 ? fill : 'none']
        .filter((colour) => colour !== 'none')
        .some((colour) => contrast(colour, ground(shape.closest('svg').parentElement)) >= 3);
      if (!strong)
        wrong.push(
          `${name(shape)} does not stand out: fill ${fill}, stroke ${stroke} on ${ground(shape.closest('svg').parentElement)}`,
        );
    }
    const fills = new Map();
    for (const bar of all('.ipt-timeline__bar')) {
      const { fill } = getComputedStyle(bar);
      const phase = [...bar.classList].find((each) => each.startsWith('ipt-phase--'));
      for (const [other, its] of fills)
        if (other !== phase && its === fill) wrong.push(`${phase} and ${other} look the same`);
      fills.set(phase, fill);
    }
    for (const open of all('.ipt-shape--open')) {
      if (open.tagName !== 'path' && contrast(getComputedStyle(open).fill, getComputedStyle(open).stroke) < 3)
        wrong.push(`${name(open)} does not look open`);
    }
    for (const text of all('svg text')) {
      if (contrast(getComputedStyle(text).fill, ground(text.closest('svg').parentElement)) < 4.5)
        wrong.push(`${name(text)} cannot be read`);
    }

    const bordered = (element) =>
      ['Top', 'Right', 'Bottom', 'Left'].some((side) => {
        const style = getComputedStyle(element);
        return (
          style[`border${side}Style`] !== 'none' &&
          Number.parseFloat(style[`border${side}Width`]) >= 1 &&
          contrast(style[`border${side}Color`], ground(element.parentElement)) >= 3
        );
      });
    for (const field of all('input:not([type="checkbox"], [type="radio"]), textarea, select')) {
      if (!bordered(field) && !(field.closest('td') && bordered(field.closest('td'))))
        wrong.push(`${name(field)} has no border`);
    }
    for (const box of all(
      '.ipt-say, .ipt-callout, .ipt-banner, .ipt-status, .ipt-sheet__risk, .ipt-safety, .ipt-search-link, .ipt-sequence__link, .ipt-chapters--cards .ipt-card, .ipt-print-button, .ipt-settings__open, .ipt-fold__summary',
    )) {
      if (!bordered(box)) wrong.push(`${name(box)} has no border`);
    }
    for (const link of all('.ipt-links a[aria-current]')) {
      const other = [...(link.closest('ul')?.querySelectorAll('a') ?? [])].find(
        (each) => !each.hasAttribute('aria-current'),
      );
      if (!other) continue;
      const [mine, its] = [getComputedStyle(link), getComputedStyle(other)];
      if (mine.borderInlineStartWidth === its.borderInlineStartWidth && mine.fontWeight === its.fontWeight)
        wrong.push(`the current ${name(link)} looks like the others`);
    }
    for (const cell of all('.ipt-cell--changed'))
      if (!cell.closest('tr').querySelector('.ipt-change'))
        wrong.push(`only a colour says that ${name(cell)} is changed`);
    for (const empty of all('.ipt-slot--empty'))
      if (getComputedStyle(empty).outlineStyle === 'none')
        wrong.push(`only a colour says that ${name(empty)} is to be filled in`);
    return [...new Set(wrong)];
  };

  for (const dark of [false, true]) {
    test(`${dark ? 'on black' : 'on white'} nothing that means something vanishes`, most, async () => {
      none(
        await wrongOn(selection, { dark, forcedColors: 'active' }, (tab) => tab.evaluate(lost)),
        'signs, pictures, borders and the current place do not hang on chosen colours',
      );
    });
  }

  test('the focus can be seen on every kind of control', most, async () => {
    const known = new Set();
    const found = await wrongOn(selection, { forcedColors: 'active', dark: true }, async (tab) => {
      // After a key, a focus that is set by a script shows as one that is moved by keys.
      await tab.keyboard.press('Tab');
      const wrong = [];
      const controls = tab.locator('a[href], button, input, select, textarea, summary');
      const kinds = await controls.evaluateAll((all) =>
        all.map((each) =>
          each.checkVisibility({ contentVisibilityAuto: true })
            ? `${each.closest('[class]').className} > ${each.tagName} ${each.className}`
            : '',
        ),
      );
      for (const [at, kind] of kinds.entries()) {
        if (!kind || known.has(kind)) continue;
        known.add(kind);
        await controls.nth(at).focus();
        const stop = await tab.evaluate(focused);
        if (stop) wrong.push(...(await unmarked(tab, stop)));
      }
      return wrong;
    });
    none(found, 'whoever chose the colours sees where the focus is');
  });
});

/** Whether the focus changes nothing that can be seen, by two pictures: with the focus and without. */
async function unmarked(tab, { kind, name, box, ring }) {
  if (!ring) return [`${kind}: the focus has no outline on ${name}`];
  if (!box) return [];
  const { width, height } = tab.viewportSize();
  const x = Math.max(0, box.left - 8);
  const y = Math.max(0, box.top - 8);
  const clip = { x, y, width: Math.min(width, box.right + 8) - x, height: Math.min(height, box.bottom + 8) - y };
  const withFocus = await tab.screenshot({ clip, caret: 'hide' });
  await tab.evaluate(() => document.activeElement.blur());
  const without = await tab.screenshot({ clip, caret: 'hide' });
  return withFocus.equals(without) ? [`${kind}: a picture with the focus on ${name} is the same as without`] : [];
}

test('with less motion nothing moves', most, async () => {
  const found = await wrongOn(selection, {}, (tab) =>
    tab.evaluate(() => {
      const seconds = (list) =>
        Math.max(
          0,
          ...list.split(',').map((each) => Number.parseFloat(each) * (each.trim().endsWith('ms') ? 0.001 : 1)),
        );
      const wrong = new Set();
      for (const element of document.querySelectorAll('*')) {
        for (const part of [null, '::before', '::after']) {
          const style = getComputedStyle(element, part);
          if (seconds(style.transitionDuration) > 0.01)
            wrong.add(`${element.tagName.toLowerCase()}.${element.className} has a transition`);
          if (style.animationName !== 'none' && seconds(style.animationDuration) > 0.01)
            wrong.add(`${element.tagName.toLowerCase()}.${element.className} has an animation`);
          if (style.scrollBehavior === 'smooth')
            wrong.add(`${element.tagName.toLowerCase()}.${element.className} scrolls smoothly`);
        }
      }
      for (const animation of document.getAnimations())
        wrong.add(`an animation runs on ${animation.effect?.target?.className}`);
      return [...wrong];
    }),
  );
  none(found, 'prefers-reduced-motion is obeyed');
});

describe('with letters of twice the size', () => {
  let large;
  before(async () => {
    large = await launch({ letters: 32 });
  });

  for (const width of [1280, 640]) {
    test(`chosen in the browser: nothing is cut off or covered at ${width} px`, most, async () => {
      const found = await wrongOn(
        selection,
        { width },
        async (tab) => {
          assert.equal(
            await tab.evaluate(() => getComputedStyle(document.documentElement).fontSize),
            '32px',
            'the browser has not taken the size',
          );
          const share = await tab.evaluate(covered);
          return [
            ...(await tab.evaluate(damage)),
            ...(share > 0.25 ? [`${Math.round(100 * share)} % of the window is covered by what does not scroll`] : []),
          ];
        },
        large,
      );
      none(found, 'WCAG 1.4.4: letters can be twice as large');
    });

    test(`only of the text, as some browsers do: nothing is cut off or covered at ${width} px`, most, async () => {
      const found = await wrongOn(selection, { width }, async (tab) => {
        await tab.evaluate(() => {
          document.documentElement.style.fontSize = '200%';
        });
        await settled(tab);
        return tab.evaluate(damage);
      });
      none(found, 'WCAG 1.4.4: letters can be twice as large');
    });
  }
});

for (const width of [1100, 1000, 900, 840, 768, 480]) {
  test(`nothing is cut off or covered at ${width} px`, most, async () => {
    const found = await wrongOn(few, { width }, async (tab) => {
      const share = await tab.evaluate(covered);
      return [
        ...(await tab.evaluate(damage)),
        ...(share > 0.25 ? [`${Math.round(100 * share)} % of the window is covered by what does not scroll`] : []),
      ];
    });
    none(found, 'a window has any width');
  });
}

for (const width of [1280, 1000, 640]) {
  test(`with the manual's own larger letters nothing is cut off or covered at ${width} px`, most, async () => {
    const found = await wrongOn(selection, { width }, async (tab) => {
      await tab.evaluate(() => document.documentElement.setAttribute('data-size', 'larger'));
      await settled(tab);
      const share = await tab.evaluate(covered);
      return [
        ...(await tab.evaluate(damage)),
        ...(share > 0.25 ? [`${Math.round(100 * share)} % of the window is covered by what does not scroll`] : []),
      ];
    });
    none(found, 'what the manual offers, works');
  });
}

for (const width of [1280, 320]) {
  test(`wide spacing cuts nothing off at ${width} px`, most, async () => {
    const found = await wrongOn(selection, { width }, async (tab) => {
      await tab.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(
          '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }',
        );
        document.adoptedStyleSheets.push(sheet);
      });
      await settled(tab);
      return tab.evaluate(damage);
    });
    none(found, 'WCAG 1.4.12: lines, letters, words and paragraphs can be set apart');
  });
}

describe('by keyboard alone', () => {
  for (const [size, options] of [
    ['in a wide window', {}],
    // 1280 by 900 at 400 %.
    ['in a wide window at 400 %', { viewport: { width: 320, height: 225 } }],
  ]) {
    test(`${size}: every stop can be seen and is marked, and none holds the reader`, most, async () => {
      const known = new Set();
      const found = await wrongOn(selection, options, async (tab) => {
        const count = await tab.evaluate(reachable);
        const wrong = new Set();
        const { stops, ended } = await tabThrough(tab, Math.min(count + 20, longest), async (stop) => {
          const { kind, name, ring, onScreen, free } = stop;
          if (!ring) wrong.add(`${kind}: the focus has no outline on ${name}`);
          if (!onScreen) wrong.add(`${kind}: ${name} has the focus out of sight`);
          else if (free < 0.5) wrong.add(`${kind}: ${name} has the focus beneath something else`);
          if (known.has(kind)) return;
          known.add(kind);
          for (const each of await unmarked(tab, stop)) wrong.add(each);
        });
        if (!ended && stops.length < longest) wrong.add(`Tab does not come to an end after ${stops.length} stops`);
        if (ended && stops.length < count) wrong.add(`Tab comes to ${stops.length} of ${count} controls`);
        return [...wrong];
      });
      none(found, 'WCAG 2.1.2, 2.4.7, 2.4.11');
    });
  }
});

describe('at 400 %', () => {
  const options = { viewport: { width: 320, height: 225 } };

  test('what stays in place covers at most a quarter of the window', most, async () => {
    const found = await wrongOn(selection, options, async (tab) => {
      const share = await tab.evaluate(covered);
      return share > 0.25 ? [`${Math.round(100 * share)} % is covered`] : [];
    });
    none(found, 'there is room to read');
  });

  test('nothing is cut off or covered', most, async () => {
    none(await wrongOn(selection, options, (tab) => tab.evaluate(damage)), 'WCAG 1.4.10');
  });

  test('what opens can be reached to its last control', most, async () => {
    const context = await browser.newContext(windowOf(options));
    const tab = await context.newPage();
    const wrong = [];
    const inside = async (what, selector) => {
      for (const control of await tab.locator(`${selector} :is(a, button, input)`).all()) {
        if (!(await control.isVisible())) continue;
        await control.focus();
        const box = await control.boundingBox();
        const sees = await control.evaluate((element) => {
          const { left, top, width, height } = element.getBoundingClientRect();
          const found = document.elementFromPoint(left + Math.min(width, 300) / 2, top + height / 2);
          return found !== null && (element.contains(found) || found.contains(element));
        });
        if (!sees)
          wrong.push(
            `${what}: ${await control.evaluate((element) => element.outerHTML.slice(0, 80))} cannot be seen, it is at ${JSON.stringify(box)}`,
          );
      }
    };
    await tab.goto(`${server.address}techniques/role-play.html`);
    await tab.keyboard.press('/');
    await tab.locator('dialog[open] input').fill('grief');
    await tab.locator('dialog[open] li').first().waitFor();
    const under = await tab.evaluate(() => {
      const words = new Range();
      words.selectNodeContents(document.querySelector('dialog[open] label'));
      const button = document.querySelector('dialog[open] .ipt-search-dialog__close').getBoundingClientRect();
      return [...words.getClientRects()].some(
        (line) =>
          line.right > button.left && line.left < button.right && line.bottom > button.top && line.top < button.bottom,
      );
    });
    if (under) wrong.push('the search: its button to close stands on its label');
    await inside('the search', 'dialog[open]');
    await tab.keyboard.press('Escape');

    await tab.locator('.ipt-fold__summary').first().click();
    await inside('the menu', '.ipt-nav');
    const term = tab.locator('button[popovertarget]').first();
    await term.focus();
    await tab.keyboard.press('Enter');
    await inside('a term', '[popover]:popover-open');
    const box = await tab.locator('[popover]:popover-open').boundingBox();
    if (box.x < 0 || box.x + box.width > 320)
      wrong.push(`a term: its box reaches from ${box.x} to ${box.x + box.width} px`);
    await context.close();
    none(wrong, 'everything can be reached');
  });
});

// The paper is A4 between its margins, at 96 pixels to the inch.
for (const [where, width, media] of [
  ['1280 px', 1280],
  ['768 px', 768],
  ['320 px', 320],
  ['paper', 688, 'print'],
]) {
  test(`no table cuts a word in two on ${where}`, most, async () => {
    const halved = () =>
      [...document.querySelectorAll('main .ipt-data :is(thead th, th[scope="row"], .ipt-cell-list a)')].flatMap(
        (cell) => {
          // Where rows are lists, the heads of columns are only heard.
          if (cell.closest('thead')?.getBoundingClientRect().width <= 1) return [];
          const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          const found = [];
          for (let text = words.nextNode(); text; text = words.nextNode()) {
            for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
              const range = document.createRange();
              range.setStart(text, index);
              range.setEnd(text, index + word.length);
              const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
              if (lines.size > 1) found.push(`"${word}" of "${cell.textContent.trim()}" stands on ${lines.size} lines`);
            }
          }
          return found;
        },
      );
    const tables = [...pages.values()]
      .filter(
        (page) => page.path !== 'print.html' && page.elements.some((element) => element.classes().includes('ipt-data')),
      )
      .map(({ path }) => path);
    assert.ok(tables.length > 10, `only ${tables.length} pages have tables from front matter`);
    const look = async (tab) => {
      await tab.emulateMedia({ media });
      return tab.evaluate(halved);
    };
    none(await wrongOn(tables, { width }, look), 'a column has room for its longest word');
  });
}

test('what a link leads to is told beside it, not over it', async () => {
  const context = await browser.newContext(windowOf());
  const tab = await context.newPage();
  await tab.goto(`${server.address}settings/index.html`);
  await tab.keyboard.press('Tab');
  const links = tab.locator('.ipt-article td a, .ipt-article th a');
  const broken = await links.evaluateAll((all) =>
    all.map((link, at) => (link.getClientRects().length > 1 ? at : -1)).filter((at) => at >= 0),
  );
  assert.ok(broken.length > 0, 'there is no link of two lines to try it with');
  const wrong = [];
  for (const at of broken.slice(0, 6)) {
    await links.nth(at).focus();
    await tab.getByRole('tooltip').waitFor();
    const over = await links.nth(at).evaluate((link) => {
      const tip = document.querySelector('[role="tooltip"]').getBoundingClientRect();
      return [...link.getClientRects()].some(
        (line) =>
          Math.min(line.bottom, tip.bottom) - Math.max(line.top, tip.top) > 4 &&
          Math.min(line.right, tip.right) - Math.max(line.left, tip.left) > 4,
      );
    });
    if (over) wrong.push(`it covers "${await links.nth(at).textContent()}"`);
    await tab.locator('.ipt-skip').focus();
    await tab.getByRole('tooltip').waitFor({ state: 'hidden' });
  }
  await context.close();
  none(wrong, 'WCAG 2.4.11');
});

/** What moved in a tab while its page was loaded: how much of it before and after all of the page was there, and what. */
const moved = (tab) =>
  tab.evaluate(
    () =>
      new Promise((done) => {
        const whole = performance.getEntriesByType('navigation')[0].domInteractive;
        const all = [];
        const observer = new PerformanceObserver((list) => all.push(...list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        const sum = (shifts) => shifts.reduce((total, { value }) => total + value, 0);
        setTimeout(() => {
          all.push(...observer.takeRecords());
          const what = all.flatMap(({ sources }) => sources.map(({ node }) => node)).filter(Boolean);
          done({
            arriving: sum(all.filter(({ startTime }) => startTime <= whole)),
            after: sum(all.filter(({ startTime }) => startTime > whole)),
            inHeader: what.some((node) => node.parentElement?.closest('.ipt-header')),
            what: [...new Set(what.map((node) => node.nodeName + (node.className ? `.${node.className}` : '')))]
              .slice(0, 5)
              .join(', '),
          });
        }, 50);
      }),
  );

for (const width of [1280, 320]) {
  test(`nothing jumps while a page loads at ${width} px`, most, async () => {
    const found = await wrongOn(selection, { width }, async (tab) => {
      await tab.waitForTimeout(250);
      const { arriving, after, what } = await moved(tab);
      // Where the browser draws a page before all of it is there is its own choice: what is allowed then is what
      // Core Web Vitals call good.
      return arriving >= 0.1 || after >= 0.01
        ? [`a shift of ${arriving.toFixed(3)}, and ${after.toFixed(3)} afterwards: ${what}`]
        : [];
    });
    none(found, 'what is being read stays where it is');
  });

  test(
    `nothing in the header moves, and little else, while a page arrives in pieces at ${width} px`,
    most,
    async () => {
      const slow = await serve('/', site, { slowly: true });
      const wrong = [];
      for (const path of ['index.html', 'problem-areas/choosing-the-problem-area.html', 'sessions/opening.html']) {
        const context = await browser.newContext(windowOf({ width }));
        const tab = await context.newPage();
        await tab.goto(slow.address + path, { waitUntil: 'load' });
        const { arriving, inHeader, what } = await moved(tab);
        const { drawn, whole } = await tab.evaluate(() => ({
          drawn: performance.getEntriesByName('first-paint')[0].startTime,
          whole: performance.getEntriesByType('navigation')[0].domInteractive,
        }));
        if (drawn >= whole) wrong.push(`${path} was not drawn until all of it was there`);
        if (inHeader || arriving >= 0.1) wrong.push(`${path}: a shift of ${arriving.toFixed(3)}: ${what}`);
        await context.close();
      }
      none(wrong, 'what is being read stays where it is');
    },
  );
}
