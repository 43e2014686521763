// Chromium, driven by playwright-core. CHROMIUM names the program; Debian's is the default.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';

import { chromium } from 'playwright-core';

import { folder } from './site.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** How many tabs work at once. */
const tabs = 2;

const browsers = [];
after(() => Promise.all(browsers.map((browser) => browser.close())));

/**
 * A browser for the tests of one file; it is closed after them. With `keepsPages` it keeps a page
 * that is left as it is, to show it again on Back, as browsers do and playwright forbids them.
 */
export async function launch({ keepsPages = false } = {}) {
  if (!existsSync(executablePath)) {
    throw new Error(`There is no ${executablePath}: install chromium (tests/run does), or name another with CHROMIUM.`);
  }
  const browser = await chromium.launch({
    executablePath,
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    // Chromium's sandbox cannot be had as root, nor in most containers.
    chromiumSandbox: false,
    args: ['--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--no-first-run'],
  });
  browsers.push(browser);
  return browser;
}

/** The address of a page opened from disk. */
export const onDisk = (path) => pathToFileURL(join(folder, path)).href;

/** The options of a window: `script` off or on, its `width`, `dark` or light, `print`ed or not. */
export function windowOf({ script = true, width = 1280, dark = false, ...others } = {}) {
  return {
    javaScriptEnabled: script,
    viewport: { width, height: width < 600 ? 640 : 900 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...others,
  };
}

/** Runs `visit(tab, item)` for every item, in a few tabs of one window. The results keep the order. */
export async function forEvery(browser, options, items, visit) {
  const context = await browser.newContext(options);
  const results = new Array(items.length);
  let next = 0;
  const work = async () => {
    const tab = await context.newPage();
    while (next < items.length) {
      const at = next;
      next += 1;
      results[at] = await visit(tab, items[at]);
    }
  };
  await Promise.all(Array.from({ length: tabs }, work));
  await context.close();
  return results;
}

/** How many pages a PDF has: the number that its page tree gives. */
export const pagesOf = (pdf) => Math.max(0, ...[...pdf.toString('latin1').matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g)].map((match) => Number(match[1] ?? match[2])));

/** Whether an element can be seen, as a function for `evaluate`: it takes up room inside the page and nothing hides it. */
export const visible = (element) => {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })) return false;
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + window.scrollY > 0;
};
