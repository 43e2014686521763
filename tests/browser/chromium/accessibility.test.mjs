// axe on every page: in a wide light window, in the dark, and at 320 px.

import { before, test } from 'node:test';

import { looks, rule, violations } from '../lib/axe.mjs';
import { launch } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { serve } from '../lib/serve.mjs';
import { files, read, realPages } from '../lib/site.mjs';

// The page with all chapters takes as long as fifty others. What stands on it stands on other pages
// too, so it is looked at in one window only.
const whole = 'print.html';
const others = realPages.map((page) => page.path).filter((path) => path !== whole);

let found;
before(
  async () => {
    const { address } = await serve();
    const browser = await launch();
    const [ofWhole, ofOthers] = await Promise.all([
      violations(browser, address, [whole], looks.slice(0, 1)),
      violations(browser, address, others),
    ]);
    found = (look) => [...ofWhole[look], ...ofOthers[look]];
  },
  { timeout: 1_200_000 },
);

for (const look of looks) {
  test(`no page breaks a rule in ${look}`, () => none(found(look), rule));
}

// This is why only the rules about colours are tried in the dark.
test('the dark is nothing but other colours', () => {
  none(
    [...files]
      .filter((path) => path.endsWith('.css') && read(path).includes('prefers-color-scheme'))
      .map((path) => `${path} asks for prefers-color-scheme`),
    'colours are told apart by light-dark(), which can hold nothing else',
  );
});
