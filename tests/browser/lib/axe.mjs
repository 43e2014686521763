// What axe finds on pages: in a wide light window, in the dark, and at 320 px.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { forEvery, windowOf } from './chromium.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const rules = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'target-size': { enabled: true } },
  resultTypes: ['violations'],
};

/** The rules about colours: the dark changes nothing else. */
const ofColours = {
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
  resultTypes: ['violations'],
};

/** The ways in which a page is looked at. */
const windows = {
  'a wide light window': { ...windowOf(), options: rules },
  'a wide dark window': { ...windowOf({ dark: true }), options: ofColours },
  'a light window of 320 px': { ...windowOf({ width: 320 }), options: rules },
};

/** The names of the ways in which a page is looked at. */
export const looks = Object.keys(windows);

/** The rule that pages hold to. */
export const rule = 'WCAG 2.2 A and AA as far as axe can tell';

/**
 * For each look (default: all) what axe finds wrong on pages under an address: one line a fault. `awaited` names what
 * is to be there first.
 */
export async function violations(browser, address, paths, only = looks, awaited = 'body') {
  const found = Object.fromEntries(looks.map((look) => [look, []]));
  // The pages' policy forbids foreign scripts, axe among them; only here it is set aside.
  await forEvery(browser, windowOf({ bypassCSP: true }), paths, async (tab, path) => {
    await tab.goto(address + path, { waitUntil: 'load' });
    await tab.locator(awaited).waitFor({ state: 'attached' });
    await tab.evaluate(axe);
    for (const look of only) {
      const { viewport, colorScheme, options } = windows[look];
      await tab.setViewportSize(viewport);
      await tab.emulateMedia({ colorScheme });
      const results = await tab.evaluate((given) => globalThis.axe.run(document, given), options);
      for (const { id, help, nodes } of results.violations) {
        for (const { target, failureSummary } of nodes) {
          found[look].push({ path, id, help, target: target.join(' '), why: failureSummary.split('\n')[1]?.trim() });
        }
      }
    }
  });
  return Object.fromEntries(looks.map((look) => [look, grouped(found[look])]));
}

/** One line a rule and kind of element, with how often and where first: a fault of a template is on every page. */
function grouped(found) {
  const groups = new Map();
  for (const each of found) {
    const element = each.target
      .split('>')
      .pop()
      .trim()
      .replace(/:[\w-]+\([^)]*\)|\[[^\]]*\]|#[\w-]+/g, '');
    const key = `${each.id} ${element}`;
    groups.set(key, { first: groups.get(key)?.first ?? each, count: (groups.get(key)?.count ?? 0) + 1 });
  }
  return [...groups.values()]
    .sort((one, other) => other.count - one.count)
    .map(
      ({ first, count }) =>
        `${first.id} (${first.help}), ${count} ×, first at ${first.path} ${first.target}: ${first.why}`,
    );
}
