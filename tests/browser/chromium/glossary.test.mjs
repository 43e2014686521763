// The definition of a glossary term, where the term stands.

import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, test } from 'node:test';

import { launch, onDisk, windowOf } from '../lib/chromium.mjs';
import { realPages } from '../lib/site.mjs';

const page = realPages.find((each) =>
  each.prose.some((element) => element.name === 'button' && element.has('popovertarget')),
);
const open = ':popover-open';

let browser;
before(async () => {
  browser = await launch();
});

test('some chapter has a term with a definition', () =>
  assert.ok(page, 'no page has a button[popovertarget] in its text'));

for (const { script, width } of [
  { script: false, width: 1280 },
  { script: false, width: 320 },
  { script: true, width: 1280 },
]) {
  describe(`with scripts ${script ? 'on' : 'off'}, ${width} px wide`, () => {
    let context;
    let tab;
    let term;

    beforeEach(async () => {
      context = await browser.newContext(windowOf({ script, width }));
      tab = await context.newPage();
      await tab.goto(onDisk(page.path));
      term = tab.locator('main button[popovertarget]').first();
      assert.equal(await tab.locator(open).count(), 0, 'no definition is open to begin with');
    });
    afterEach(() => context.close());

    const assertOpen = async (how) => {
      const id = await term.getAttribute('popovertarget');
      assert.equal(await tab.locator(open).count(), 1, `${how} shows no definition`);
      assert.equal(await tab.locator(open).getAttribute('id'), id, `${how} shows another definition`);
      const box = await tab.locator(open).boundingBox();
      assert.ok(
        box.x >= 0 && box.x + box.width <= width + 1,
        `the definition reaches from ${box.x} to ${box.x + box.width} px in a window of ${width} px`,
      );
      assert.ok(
        box.y >= 0 && box.y < tab.viewportSize().height,
        `the definition begins ${box.y} px down, outside the window`,
      );
    };
    const assertClosed = async (how) =>
      assert.equal(await tab.locator(open).count(), 0, `${how} does not close the definition`);

    test('a click shows the definition, and Escape closes it', async () => {
      await term.click();
      await assertOpen('a click on the term');
      await tab.keyboard.press('Escape');
      await assertClosed('Escape');
    });

    test('a click beside the definition closes it', async () => {
      await term.click();
      await assertOpen('a click on the term');
      await tab.mouse.click(2, tab.viewportSize().height - 2);
      await assertClosed('a click elsewhere');
    });

    for (const key of ['Enter', 'Space']) {
      test(`${key} shows the definition, Escape closes it and the focus stays`, async () => {
        await term.focus();
        await tab.keyboard.press(key);
        await assertOpen(key);
        await tab.keyboard.press('Escape');
        await assertClosed('Escape');
        assert.ok(
          await term.evaluate((element) => element === document.activeElement),
          'Escape brings the focus back to the term',
        );
      });
    }

    test('Tab leads from the term into the definition', async () => {
      await term.focus();
      await tab.keyboard.press('Enter');
      await tab.keyboard.press('Tab');
      assert.ok(
        await tab.evaluate((selector) => document.activeElement.closest(selector) !== null, open),
        'the links of the definition come next after its term',
      );
    });
  });
}
