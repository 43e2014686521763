// The home page: what its first screen shows, and how many clicks a question takes from there.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { launch, onDisk, visible, windowOf } from '../lib/chromium.mjs';
import { serve } from '../lib/serve.mjs';
import { chapters, files, read } from '../lib/site.mjs';
import { settings, source } from '../lib/sources.mjs';
import { certainties, directions, plain } from '../lib/words.mjs';

const safety = chapters.get(settings.safety);

let browser;
let context;
let tab;
before(async () => {
  browser = await launch();
  context = await browser.newContext(windowOf({ width: 1280 }));
  tab = await context.newPage();
});
after(() => context?.close());

describe('the first screen, 1280 by 900', () => {
  before(() => tab.goto(onDisk('index.html')));

  /** Whether an element can be seen whole without scrolling. */
  const shown = async (locator) => {
    if ((await locator.count()) === 0) return 'there is none';
    if (!(await locator.first().evaluate(visible))) return 'it cannot be seen';
    const box = await locator.first().boundingBox();
    const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= 1280 && box.y + box.height <= 900;
    return inside
      ? ''
      : `it reaches from ${Math.round(box.x)}, ${Math.round(box.y)} to ${Math.round(box.x + box.width)}, ${Math.round(box.y + box.height)}`;
  };
  const assertShown = async (what, locator) =>
    assert.equal(await shown(locator), '', `the home page does not show ${what} in its first screen`);

  test('has the title', () => assertShown('its h1', tab.locator('h1')));

  for (const way of [/trainee/i, /before a session/i, /supervise/i, /lead a service/i]) {
    test(`has the way in for ${way.source}, with its links`, async () => {
      const term = tab.locator('main dt').filter({ hasText: way });
      await assertShown(`a term ${way}`, term);
      const description = term.locator('xpath=following-sibling::dd[1]');
      await assertShown(`what stands under ${way}`, description);
      assert.ok((await description.locator('a').count()) > 0, `under ${way} there is no link`);
    });
  }

  test('has the course of treatment as a picture', () =>
    assertShown('the timeline', tab.locator('main figure.ipt-timeline > svg')));

  test('has the way to the risk protocol', async () => {
    const links = await tab.locator(`a[href="${safety.url}"]`).all();
    const seen = await Promise.all(links.map(shown));
    assert.ok(seen.includes(''), `of ${links.length} links to ${safety.url} none can be seen in the first screen`);
  });
});

describe('from the home page', () => {
  /** Clicks links one after the other, each found by its name in the text of the page. */
  async function follow(...names) {
    await tab.goto(onDisk('index.html'));
    for (const name of names) {
      const link = tab.locator('main').getByRole('link', { name, exact: true }).first();
      assert.ok((await link.count()) > 0, `${tab.url().replace(onDisk(''), '')} has no link named "${name}"`);
      await link.click();
      await tab.waitForLoadState();
    }
  }
  const arrived = (key) =>
    assert.equal(
      tab.url().replace(/#.*$/, ''),
      onDisk(chapters.get(key).url),
      `the links lead to another page than ${key}`,
    );
  const heading = (words) => tab.locator('main').getByRole('heading', { name: words });

  test('what to do in session 3: one click', async () => {
    const plan = source('session', 'formulation-contract').front;
    assert.equal(String(plan.sessions), '3', 'the plan is for session 3');
    for (const name of ['3', plan.title]) {
      await follow(name);
      arrived('session/formulation-contract');
      const text = plain(await tab.locator('main').innerText());
      for (const { item } of plan.agenda) assert.ok(text.includes(plain(item)), `the plan does not show "${item}"`);
    }
  });

  test('how to run a communication analysis: at most two clicks', async () => {
    const technique = source('technique', 'communication-analysis').front;
    await follow(technique.title);
    arrived('technique/communication-analysis');
    assert.ok(await heading('Steps').isVisible(), 'the page has a heading "Steps"');
    const steps = (await tab.locator('main ol > li').allInnerTexts()).map(plain);
    for (const step of technique.steps) assert.ok(steps.includes(plain(step)), `no numbered step says "${step}"`);
  });

  test('whether IPT helps in bulimia, and how sure that is: one click, and one more for the chapter', async () => {
    const {
      condition,
      findings: [first],
    } = source('evidence', 'bulimia').front;
    await follow('Does it help');
    const row = tab
      .getByRole('row')
      .filter({ has: tab.getByRole('link', { name: condition, exact: true }) })
      .first();
    assert.ok(await row.isVisible(), `${tab.url()} has no line on ${condition}`);
    const words = await row.innerText();
    for (const each of [condition, directions[first.direction], certainties[first.certainty]])
      assert.ok(words.includes(each), `the line on ${condition} does not say "${each}": ${words}`);
    await follow('Does it help', condition);
    arrived('evidence/bulimia');
    const chapter = await tab.locator('main').innerText();
    for (const each of [condition, directions[first.direction], certainties[first.certainty]])
      assert.ok(chapter.includes(each), `the chapter on ${condition} does not say "${each}"`);
  });

  test('what changes on an inpatient ward: at most two clicks', async () => {
    const setting = source('setting', 'inpatient').front;
    await follow('What changes here', setting.title);
    arrived('setting/inpatient');
    const text = plain(await tab.locator('main').innerText());
    for (const { stage, change } of setting.adaptations)
      assert.ok(text.includes(plain(change)), `the page does not say what changes in ${stage}: ${change}`);
  });
});

test('the first page is light: under 60 kB without its pictures, and one style sheet before it shows', async () => {
  const tab = await (await browser.newContext(windowOf())).newPage();
  const loaded = [];
  tab.on('response', (response) => loaded.push(new URL(response.url()).pathname.split('/').pop()));
  const server = await serve();
  await tab.goto(`${server.address}index.html`, { waitUntil: 'networkidle' });
  const html = read('index.html').replace(/<svg.*?<\/svg>/gs, '');
  const parts = [...files].filter((path) => /\.(css|js)$/.test(path) && loaded.includes(path.split('/').pop()));
  assert.ok(parts.length >= 4, `loaded: ${loaded.join(', ')}`);
  const size = parts.reduce((sum, path) => sum + Buffer.byteLength(read(path)), Buffer.byteLength(html));
  assert.ok(size < 60_000, `the first page has ${size} bytes`);
  const blocking = await tab.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry.renderBlockingStatus === 'blocking')
      .map((entry) => entry.name.split('/').pop()),
  );
  assert.deepEqual(blocking, ['style.css']);
});
