// What every page of a sample manual is tested for.

import { before, describe, test } from 'node:test';

import { looks, rule, violations } from './axe.mjs';
import { forEvery, launch, overflow, watch, windowOf } from './chromium.mjs';
import { none } from './report.mjs';
import { serve } from './serve.mjs';

/** The widths at which pages are looked at. */
const widths = [1280, 768, 320];

/** Describes the tests of all pages of a site, which stands at `prefix` as its base-url says. */
export function everyPage(site, prefix = '/sample/') {
  const paths = site.realPages.map((page) => page.path);
  let address;
  let found;
  let visits;

  before(
    async () => {
      const browser = await launch();
      ({ address } = await serve(prefix, site));
      found = await violations(browser, address, paths);
      visits = await forEvery(browser, windowOf(), paths, async (tab, path) => {
        const { stop, ...seen } = watch(tab);
        await tab.goto(address + path, { waitUntil: 'load' });
        const outside = [];
        for (const width of widths) {
          await tab.setViewportSize({ width, height: 900 });
          outside.push({ width, ...(await tab.evaluate(overflow)) });
        }
        stop();
        return { path, ...seen, outside };
      });
    },
    { timeout: 1_200_000 },
  );

  describe('every page', () => {
    for (const look of looks) {
      test(`breaks no rule in ${look}`, () => none(found[look], rule));
    }

    for (const width of widths) {
      test(`fits a window of ${width} px`, () => {
        none(
          visits.flatMap(({ path, outside }) =>
            outside
              .filter((each) => each.width === width && (each.scrollWidth > width + 1 || each.cut.length > 0))
              .map(({ scrollWidth, cut }) => `${path} is ${scrollWidth} px wide: ${cut.join('; ')}`),
          ),
          'nothing scrolls sideways and nothing is cut off at either side',
        );
      });
    }

    test('asks nothing of other sites', () => {
      const own = (url) => url.startsWith(address) || /^data:|\/favicon\.ico$/.test(url);
      none(
        visits.flatMap(({ path, requests }) => requests.filter((url) => !own(url)).map((url) => `${path}: ${url}`)),
        'a page keeps to its own folder',
      );
    });

    test('leaves the console empty', () => {
      none(
        visits.flatMap(({ path, console }) => console.map((message) => `${path}: ${message}`)),
        'no error, no violation of the Content-Security-Policy',
      );
    });
  });
}
