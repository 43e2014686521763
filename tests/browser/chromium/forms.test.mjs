// Session sheets, checklists and blank forms: on paper, and filled in on a screen that others use too.

import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';

import { forEvery, launch, onDisk, pagesOf, windowOf } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { serve } from '../lib/serve.mjs';
import { chapters, pages } from '../lib/site.mjs';
import { ofKind } from '../lib/sources.mjs';
import { plain } from '../lib/words.mjs';

const sheetOf = ({ kind, id }, name) => chapters.get(`${kind}/${id}`).url.replace(/\.html$/, `.${name}.html`);
const plans = ofKind('session');
const stages = ofKind('stage').filter(({ front }) => front['therapist-tasks']?.length > 0);
const worksheets = ofKind('worksheet').filter(({ front }) => front.fields?.length > 0);

/** Every sheet, and on how many pages of paper it must fit. */
const sheets = [
  ...plans.map((each) => ({ path: sheetOf(each, 'sheet'), most: 1 })),
  ...stages.map((each) => ({ path: sheetOf(each, 'checklist'), most: 1 })),
  ...worksheets.map((each) => ({ path: sheetOf(each, 'form'), most: 2 })),
];

const controlNames = ['input', 'textarea', 'select'];
/** The pages to fill in: all sheets, and the chapters of worksheets, which have their form too. */
const filled = [...sheets.map(({ path }) => path), ...worksheets.map(({ id }) => chapters.get(`worksheet/${id}`).url)];

let browser;
let keeping;
let server;
before(async () => {
  server = await serve();
  browser = await launch();
  keeping = await launch({ keepsPages: true });
});

test('every session plan, stage and worksheet has its sheet, and no page is a sheet besides', () => {
  const there = [...pages.keys()].filter((path) => /\.(sheet|checklist|form)\.html$/.test(path));
  assert.deepEqual(there.sort(), sheets.map(({ path }) => path).sort());
});

describe('on paper', () => {
  // The paper less the margins that sheets have at their sides, at 96 pixels to the inch.
  const papers = { A4: ((210 - 28) / 25.4) * 96, Letter: ((215.9 - 28) / 25.4) * 96 };

  test(
    'sheets and checklists take one page, forms at most two, on A4 and on Letter',
    { timeout: 300_000 },
    async () => {
      const found = await forEvery(browser, windowOf({ script: false }), sheets, async (tab, { path, most }) => {
        await tab.goto(onDisk(path));
        const wrong = [];
        for (const format of Object.keys(papers)) {
          const count = pagesOf(await tab.pdf({ format }));
          if (count < 1 || count > most)
            wrong.push(`${path} takes ${count} pages of ${format}; it must fit on ${most}`);
        }
        return wrong;
      });
      none(found.flat(), 'a sheet is printed in one go');
    },
  );

  test('whom to call in danger is never parted by the end of a page', { timeout: 300_000 }, async () => {
    const found = await forEvery(browser, windowOf({ script: false }), sheets, async (tab, { path }) => {
      await tab.emulateMedia({ media: 'print' });
      await tab.goto(onDisk(path));
      const parted = await tab.evaluate(() =>
        [...document.querySelectorAll('.ipt-sheet__risk')].map((box) => getComputedStyle(box).breakInside),
      );
      return parted.length === 1 && parted[0] === 'avoid' ? [] : [`${path}: ${JSON.stringify(parted)}`];
    });
    none(found.flat(), 'every sheet has its box, which moves to the next page whole');
  });

  test('the line for a score stands beside its measure', async () => {
    const found = await forEvery(browser, windowOf({ script: false }), plans, async (tab, plan) => {
      await tab.emulateMedia({ media: 'print' });
      await tab.goto(onDisk(sheetOf(plan, 'sheet')));
      return tab.evaluate(() =>
        [...document.querySelectorAll('.ipt-ticks__scored')].flatMap((measure) => {
          const [label, line] = [measure.querySelector('label'), measure.querySelector('.ipt-sheet__line')].map(
            (part) => part.getBoundingClientRect(),
          );
          return line.left >= label.right && line.top < label.bottom
            ? []
            : [`${location.pathname.split('/').pop()}: ${measure.textContent.trim()}`];
        }),
      );
    });
    none(found.flat(), 'what is written down is read with its measure');
  });

  test('nothing is cut off at the edge of the paper', { timeout: 300_000 }, async () => {
    const found = await forEvery(browser, windowOf({ script: false }), sheets, async (tab, { path }) => {
      await tab.emulateMedia({ media: 'print' });
      await tab.goto(onDisk(path));
      const wrong = [];
      for (const [format, width] of Object.entries(papers)) {
        await tab.setViewportSize({ width: Math.round(width), height: 1000 });
        const wide = await tab.evaluate(
          () => document.scrollingElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (wide > 1) wrong.push(`${path} is ${wide} px too wide for ${format}`);
      }
      return wrong;
    });
    none(found.flat(), 'a sheet fits between the margins');
  });
});

describe('what there is to fill in', () => {
  const within = (page, around, ...names) => page.inside(around, ...names).filter((element) => element !== around);
  const groups = (page, form) => page.elements.filter((element) => element.parent === form);

  /** The controls that a field must have, as `name type`. */
  const controls = {
    text: () => ['input text'],
    // A date is a line to write on: a browser's own date control prints its pattern into it.
    date: () => ['input text'],
    number: () => ['input number'],
    'long-text': () => ['textarea'],
    checkbox: () => ['input checkbox'],
    choice: ({ options }) => options.map(() => 'input radio'),
    scale: (field) => steps(field).map(() => 'input radio'),
    table: ({ rows = 3, columns }) => Array.from({ length: rows * columns.length }, () => 'textarea'),
  };
  const steps = ({ min = 0, max = 10 }) => Array.from({ length: max - min + 1 }, (_, step) => String(min + step));

  for (const worksheet of worksheets) {
    for (const path of [chapters.get(`worksheet/${worksheet.id}`).url, sheetOf(worksheet, 'form')]) {
      test(`${path} has a control of its type for each field of the worksheet`, () => {
        const page = pages.get(path);
        const form = page.elements.find((element) => element.classes().includes('ipt-form'));
        assert.ok(form, `${path} has no form`);
        const fields = groups(page, form);
        assert.equal(fields.length, worksheet.front.fields.length, `${path}: the number of fields`);
        for (const [at, field] of worksheet.front.fields.entries()) {
          const type = field.type ?? 'text';
          const place = `${page.at(fields[at])}, field ${at + 1}, "${field.label}" (${type})`;
          const label = within(page, fields[at], 'label', 'legend', 'p')[0];
          assert.equal(plain(label.text), plain(field.label), `${place}: the label`);
          if (field.help)
            assert.ok(
              plain(fields[at].text).includes(plain(field.help)),
              `${place}: the help is missing: ${field.help}`,
            );
          const found = within(page, fields[at], ...controlNames);
          assert.deepEqual(
            found.map((each) => [each.name, each.get('type')].filter(Boolean).join(' ')),
            controls[type](field),
            `${place}: the controls`,
          );
          const options = { choice: field.options, scale: type === 'scale' ? steps(field) : [] }[type];
          if (options) {
            assert.deepEqual(
              found.map((each) => plain(each.closest((around) => around.name === 'label')?.text ?? '')),
              options.map(plain),
              `${place}: what there is to choose from`,
            );
            assert.equal(new Set(found.map((each) => each.get('name'))).size, 1, `${place}: only one can be chosen`);
          }
          if (type === 'number') {
            for (const limit of ['min', 'max'])
              assert.equal(
                found[0].get(limit),
                field[limit] === undefined ? undefined : String(field[limit]),
                `${place}: ${limit}`,
              );
          }
          if (type === 'table')
            assert.deepEqual(
              within(page, fields[at], 'th').map((each) => plain(each.text)),
              field.columns.map(plain),
              `${place}: the columns`,
            );
        }
      });
    }
  }

  test('a session sheet has all that its plan names, each to be ticked', () => {
    for (const plan of plans) {
      const page = pages.get(sheetOf(plan, 'sheet'));
      const { front } = plan;
      const boxes = page.all('input').filter((input) => input.get('type') === 'checkbox');
      const ticked = boxes.map((box) => plain(box.closest((around) => ['label', 'tr'].includes(around.name)).text));
      let minute = 0;
      const agenda = (front.agenda ?? []).map(({ minutes, item }) => {
        const from = minute;
        minute += minutes;
        return `${from}-${minute}${minutes}${plain(item)}`;
      });
      const titles = (kind, ids) => (ids ?? []).map((id) => chapters.get(`${kind}/${id}`).title);
      const expected = [
        ...agenda,
        ...(front['therapist-tasks'] ?? []),
        ...(front['patient-tasks'] ?? []),
        ...titles('measure', front.measures),
        ...titles('worksheet', front.worksheets),
      ];
      assert.deepEqual(ticked, expected.map(plain), `${page.path}: what can be ticked`);
      const words = plain(page.first('main').text);
      for (const goal of front.goals ?? [])
        assert.ok(words.includes(plain(goal)), `${page.path} lacks the goal "${goal}"`);
    }
  });

  test('a checklist has every task of the therapist, to be ticked by two and noted on', () => {
    for (const stage of stages) {
      const page = pages.get(sheetOf(stage, 'checklist'));
      const rows = page.all('tr').filter((row) => page.inside(row, 'td').length > 0);
      assert.deepEqual(
        rows.map((row) => plain(page.inside(row, 'th')[0].text)),
        stage.front['therapist-tasks'].map(plain),
        `${page.path}: the tasks`,
      );
      for (const row of rows) {
        assert.deepEqual(
          page.inside(row, ...controlNames).map((each) => each.get('type') ?? each.name),
          ['checkbox', 'checkbox', 'textarea'],
          `${page.at(row)}: ${row.text}`,
        );
      }
    }
  });
});

describe('on a screen', () => {
  test('no browser is asked to remember what is written, and nothing can be sent', () => {
    none(
      [...filled, 'print.html']
        .map((path) => pages.get(path))
        .flatMap((page) => [
          ...page.prose.filter((element) => element.name === 'form').map((form) => `${page.at(form)}: <form>`),
          ...page.prose
            .filter((element) => controlNames.includes(element.name))
            // HTML has no autocomplete for boxes and buttons to tick.
            .filter(
              (control) =>
                control.get('autocomplete') !== 'off' &&
                !(['checkbox', 'radio'].includes(control.get('type')) && !control.has('autocomplete')),
            )
            .map(
              (control) => `${page.at(control)}: <${control.name} autocomplete="${control.get('autocomplete') ?? ''}">`,
            ),
        ]),
      'controls have autocomplete="off" and stand in no <form>',
    );
  });

  test('every control has a name', { timeout: 300_000 }, async () => {
    const roles = [
      'textbox',
      'checkbox',
      'radio',
      'spinbutton',
      'combobox',
      'listbox',
      'searchbox',
      'slider',
      'button',
      'Date',
    ];
    const found = await forEvery(browser, windowOf(), filled, async (tab, path) => {
      await tab.goto(onDisk(path));
      const session = await tab.context().newCDPSession(tab);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      await session.detach();
      const controls = nodes.filter((node) => !node.ignored && roles.includes(node.role?.value));
      const unnamed = controls.filter((node) => !node.name?.value?.trim());
      const inText = await tab.locator('main :is(input, textarea, select):visible').count();
      if (controls.length < inText)
        return [`${path}: ${inText} controls can be seen, but only ${controls.length} are told of`];
      return unnamed.length > 0
        ? [
            `${path}: ${unnamed.length} × ${[...new Set(unnamed.map((node) => node.role.value))].join(', ')} without a name`,
          ]
        : [];
    });
    none(found.flat(), 'whoever does not see the page hears what to fill in');
  });

  const controls = 'main :is(input, textarea, select)';

  /** Fills in everything. */
  async function fill(tab) {
    await tab.locator(controls).evaluateAll((elements) => {
      for (const element of elements) {
        if (['checkbox', 'radio'].includes(element.type)) element.click();
        else element.value = element.type === 'number' ? element.min || '1' : 'written here';
        element.dispatchEvent(new Event('input', { bubbles: true }));
        element.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
  }

  /** How many controls hold something. */
  const written = (tab) =>
    tab
      .locator(controls)
      .evaluateAll(
        (elements) =>
          elements.filter((element) =>
            ['checkbox', 'radio'].includes(element.type) ? element.checked : element.value !== '',
          ).length,
      );

  const stored = (tab) =>
    tab.evaluate(async () => ({
      localStorage: localStorage.length,
      sessionStorage: sessionStorage.length,
      cookies: document.cookie.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
    }));

  /** How many controls hold something when the reader has filled them in, left the page and come Back. */
  async function leaveAndComeBack(tab, elsewhere) {
    await fill(tab);
    await tab.goto(elsewhere);
    await tab.goBack({ waitUntil: 'commit' });
    await tab.waitForFunction(() => document.readyState === 'complete');
    await tab.waitForTimeout(50);
    return written(tab);
  }

  let visits = [];
  before(
    async () => {
      visits = await forEvery(keeping, windowOf(), filled, async (tab, path) => {
        const seen = { path, requests: [] };
        await tab.goto(server.address + path, { waitUntil: 'load' });
        // Its icon, and pictures further down, may come later than the page.
        const own = new Set(
          pages
            .get(path)
            .addresses.filter(({ element }) => ['img', 'link'].includes(element.name))
            .map(({ address }) => new URL(address, tab.url()).href),
        );
        const onRequest = (request) => own.has(request.url()) || seen.requests.push(request.url());
        tab.on('request', onRequest);
        await fill(tab);
        seen.filled = await written(tab);
        for (const input of await tab.locator('main input:is([type=text], [type=number], :not([type])):visible').all())
          await input.press('Enter');
        await tab.waitForTimeout(50);
        seen.still = await written(tab);
        seen.url = tab.url();
        tab.off('request', onRequest);
        seen.stored = await stored(tab);
        seen.cookies = await tab.context().cookies();
        await tab.reload({ waitUntil: 'load' });
        seen.reloaded = await written(tab);
        seen.back = await leaveAndComeBack(tab, `${server.address}contents.html`);
        return seen;
      });
    },
    { timeout: 600_000 },
  );

  test('nothing is requested while it is filled in, nor when Enter is pressed', () => {
    none(
      visits.flatMap(({ path, requests, filled: before, still, url }) => [
        ...(before > 0 ? [] : [`${path}: nothing could be filled in`]),
        ...requests.map((request) => `${path} asks for ${request}`),
        ...(url === server.address + path ? [] : [`${path}: Enter leads to ${url}`]),
        ...(before === still ? [] : [`${path}: of ${before} controls filled in only ${still} are left after Enter`]),
      ]),
      'what is written stays on the page',
    );
  });

  test('nothing is stored', () => {
    none(
      visits.flatMap(({ path, stored: kept, cookies }) => [
        ...Object.entries(kept)
          .filter(([, count]) => count > 0)
          .map(([where, count]) => `${path}: ${count} in ${where}`),
        ...cookies.map(({ name }) => `${path}: the cookie ${name}`),
      ]),
      'what is written is kept nowhere',
    );
  });

  test('loading the page again empties it', () => {
    none(
      visits
        .filter(({ reloaded }) => reloaded > 0)
        .map(({ path, reloaded }) => `${path}: ${reloaded} controls are still filled in`),
      'what is written is gone with the page',
    );
  });

  const gone = 'what is written "is gone when you leave the page", as the page says';

  test('whoever comes Back to a page that the browser has kept finds it empty', () => {
    none(
      visits.filter(({ back }) => back > 0).map(({ path, back }) => `${path}: ${back} controls are still filled in`),
      gone,
    );
  });

  test('whoever comes Back to a page that is loaded anew finds it empty', { timeout: 300_000 }, async () => {
    const found = await forEvery(browser, windowOf(), filled, async (tab, path) => {
      await tab.goto(onDisk(path));
      const back = await leaveAndComeBack(tab, onDisk('contents.html'));
      return back > 0 ? [`${path}: ${back} controls are still filled in`] : [];
    });
    none(found.flat(), gone);
  });
});
