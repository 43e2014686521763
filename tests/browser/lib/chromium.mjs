// Chromium, driven by playwright-core. CHROMIUM names the program; Debian's is the default.

import { existsSync } from 'node:fs';
import { after } from 'node:test';

import { chromium } from 'playwright-core';

import { site } from './site.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** How many tabs work at once. */
const tabs = 2;

/** What playwright says of its pointer; an option of the same name takes its place. */
const pointer = 'primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4';

const browsers = [];
after(() => Promise.all(browsers.map((browser) => browser.close())));

/**
 * A browser for the tests of one file; it is closed after them. With `keepsPages` it keeps a page
 * that is left as it is, to show it again on Back, as browsers do and playwright forbids them.
 * `letters` is the size of text that its reader has chosen, in pixels.
 */
export async function launch({ keepsPages = false, letters = 16 } = {}) {
  if (!existsSync(executablePath)) {
    throw new Error(`There is no ${executablePath}: install chromium (tests/run does), or name another with CHROMIUM.`);
  }
  const browser = await chromium.launch({
    executablePath,
    ignoreDefaultArgs: keepsPages ? ['--disable-back-forward-cache'] : [],
    // Chromium's sandbox cannot be had as root, nor in most containers.
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      ...(letters === 16 ? [] : [`--blink-settings=${pointer},defaultFontSize=${letters}`]),
    ],
  });
  browsers.push(browser);
  return browser;
}

/** The address of a page of the manual opened from disk. */
export const onDisk = (path) => site.onDisk(path);

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

/** Gathers what a tab asks for and what its console says, until `stop` is called. */
export function watch(tab) {
  const requests = [];
  const console = [];
  const listeners = {
    request: (request) => requests.push(request.url()),
    requestfailed: (request) => {
      const why = request.failure()?.errorText;
      // A page that is left no longer wants its icon.
      if (why !== 'net::ERR_ABORTED') console.push(`could not load ${request.url()}: ${why}`);
    },
    console: (message) => ['error', 'warning'].includes(message.type()) && console.push(message.text()),
    pageerror: (error) => console.push(String(error)),
  };
  for (const [event, listener] of Object.entries(listeners)) tab.on(event, listener);
  const stop = () => Object.entries(listeners).forEach(([event, listener]) => tab.off(event, listener));
  return { requests, console, stop };
}

/** What reaches out of the window at either side, as a function for `evaluate`. */
export const overflow = () => {
  const width = document.documentElement.clientWidth;
  const name = (element) =>
    `<${element.tagName.toLowerCase()}${element.id ? ` id="${element.id}"` : ''}${element.getAttribute('class') ? ` class="${element.getAttribute('class')}"` : ''}>`;
  const scrolls = (element) => {
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
      if (/^(auto|scroll)$/.test(getComputedStyle(around).overflowX)) return true;
    }
    return false;
  };
  const cut = [...document.body.querySelectorAll('*')].filter((element) => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return (
      box.width > 1 &&
      box.height > 1 &&
      (box.right > width + 1 || box.left < -1) &&
      box.left < 10 * width &&
      box.right > -10 * width &&
      !scrolls(element)
    );
  });
  // The innermost of them are what makes their surroundings wide.
  const innermost = cut.filter((element) => !cut.some((other) => other !== element && element.contains(other)));
  return {
    scrollWidth: document.scrollingElement.scrollWidth,
    cut: innermost
      .slice(0, 3)
      .map(
        (element) =>
          `${name(element)} reaches from ${Math.round(element.getBoundingClientRect().left)} to ${Math.round(element.getBoundingClientRect().right)} px: ${JSON.stringify(element.textContent.trim().slice(0, 40))}`,
      ),
  };
};

/** How many pages a PDF has: the number that its page tree gives. */
export const pagesOf = (pdf) =>
  Math.max(
    0,
    ...[
      ...pdf
        .toString('latin1')
        .matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)|\/Count\s+(\d+)[^>]*?\/Type\s*\/Pages\b/g),
    ].map((match) => Number(match[1] ?? match[2])),
  );

/** Whether an element can be seen, as a function for `evaluate`: it takes up room inside the page and nothing hides it. */
export const visible = (element) => {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
    return false;
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.right > 0 && box.bottom + window.scrollY > 0;
};
