// `iptbook serve` in a browser: a page follows its manual and keeps its place, and mistakes stand over it until they
// are mended.

import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { before, beforeEach, describe, test } from 'node:test';

import { looks, rule, violations } from '../lib/axe.mjs';
import { launch, overflow, watch, windowOf } from '../lib/chromium.mjs';
import { preview, until } from '../lib/preview.mjs';
import { printed } from '../lib/program.mjs';
import { none } from '../lib/report.mjs';

const overlay = '#iptbook-mistakes';
const chapter = 'stages/01-beginning.md';
const page = 'stages/beginning.html';
/** A chapter that fills many windows, so that there is a place to keep. */
const long = (text) =>
  `${text}\n${Array.from({ length: 80 }, (_, at) => `Paragraph ${at} has some words in it.`).join('\n\n')}\n`;

let browser;
let manual;
before(async () => {
  browser = await launch();
});
beforeEach(async () => {
  manual = await preview((folder) => {
    const path = join(folder, chapter);
    writeFileSync(path, long(readFileSync(path, 'utf8')));
  });
});

/** A tab with a page of the preview, and what it asks for and says. `end` looks at both, and closes it. */
async function open(path = page, options = {}) {
  const context = await browser.newContext(windowOf(options));
  const tab = await context.newPage();
  const { stop, ...seen } = watch(tab);
  const follows = tab.waitForResponse((response) => response.url().endsWith('/.iptbook/live'));
  await tab.goto(manual.address + path, { waitUntil: 'load' });
  await follows;
  const end = async (expected = () => false) => {
    stop();
    await context.close();
    none(
      seen.requests.filter((url) => !url.startsWith(manual.address)),
      'only the preview is asked',
    );
    none(
      seen.console.filter((line) => !expected(line)),
      'the console stays empty',
    );
  };
  return { tab, end };
}

/** The texts of the mistakes that stand over a page; null if none do. */
const shown = (tab) =>
  tab.evaluate((overlay) => {
    const root = document.querySelector(overlay)?.shadowRoot;
    return root ? [...root.querySelectorAll('pre')].map((mistake) => mistake.textContent) : null;
  }, overlay);

const has = (tab, words) =>
  tab.waitForFunction((words) => document.body?.innerText.includes(words), words, { polling: 10 });
const place = (tab) => tab.evaluate(() => scrollY);

/** Scrolls to a paragraph, and returns where that is. */
async function scroll(tab, words) {
  await tab.getByText(words).evaluate((element) => element.scrollIntoView());
  return place(tab);
}

describe('a page follows its chapter', () => {
  test('changed words are put in where they belong, and the place is kept', async () => {
    const { tab, end } = await open();
    const at = await scroll(tab, 'Paragraph 40');
    assert.ok(at > 500, `the page is scrolled: ${at}`);
    await tab.evaluate(() => (globalThis.isTheSame = true));
    manual.edit(chapter, (text) => text.replace('Paragraph 45 has', 'Paragraph 45 now has'));
    await has(tab, 'Paragraph 45 now has');
    assert.equal(await place(tab), at);
    assert.equal(await tab.evaluate(() => globalThis.isTheSame), true, 'the page was not loaded again');
    manual.edit(chapter, (text) => text.replace('Paragraph 10 has', 'A paragraph before.\n\nParagraph 10 has'));
    await has(tab, 'A paragraph before.');
    const moved = await tab.getByText('Paragraph 40').evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(Math.abs(moved) < 200, `what was being read is still to be seen: ${moved}`);
    await end();
  });

  test('a new heading is in the contents of the page too, and the place is kept', async () => {
    const { tab, end } = await open();
    const at = await scroll(tab, 'Paragraph 40');
    manual.edit(chapter, (text) => `${text}\n## A heading at the end\n\nUnder it.\n`);
    await has(tab, 'Under it.');
    await tab.waitForFunction(() =>
      [...document.querySelectorAll('nav a')].some((link) => link.textContent.includes('A heading at the end')),
    );
    await until(
      async () => Math.abs((await place(tab)) - at) < 5,
      () => place(tab),
    );
    await end();
  });

  test('a page that another chapter changes follows, too', async () => {
    const { tab, end } = await open('techniques/role-play.html');
    await has(tab, 'Middle');
    manual.edit('stages/02-middle.md', (text) => text.replace('title: Middle', 'title: The middle part'));
    await has(tab, 'The middle part');
    await end();
  });

  test('a page whose chapter went says that it is not there, and comes back with it', async () => {
    const path = 'techniques/09-short.md';
    manual.write(path, '---\ntitle: A short one\nsummary: Soon gone.\n---\n\nHere it is.\n');
    await until(async () => (await fetch(`${manual.address}techniques/short.html`)).ok);
    const { tab, end } = await open('techniques/short.html');
    const away = manual.path('../away.md');
    renameSync(manual.path(path), away);
    await tab.waitForFunction(() => document.title.includes('Page not found'));
    renameSync(away, manual.path(path));
    await has(tab, 'Here it is.');
    rmSync(manual.path(path));
    await tab.waitForFunction(() => document.title.includes('Page not found'));
    await end((line) => line.includes('404'));
  });

  test('what stands on the page as a whole follows, too', async () => {
    const { tab, end } = await open();
    const edition = () => tab.evaluate(() => document.documentElement.dataset.edition);
    manual.edit('manual.yaml', (text) => text.replace(/^edition: .*$/m, 'edition: "7.7"'));
    await until(async () => (await edition()).includes('7.7'), edition);
    await end();
  });

  test('a theme that manual.yaml names shows at once, and so does each change of it', async () => {
    const { tab, end } = await open();
    const colour = () => tab.locator('h1').evaluate((heading) => getComputedStyle(heading).color);
    const sheet = '../theme/static/css/style.css';
    mkdirSync(manual.path('../theme/static/css'), { recursive: true });
    manual.write(sheet, 'h1 { color: rgb(1, 2, 3); }');
    manual.edit('manual.yaml', (text) => text.replace('theme: default', 'theme: ../theme'));
    await until(async () => (await colour()) === 'rgb(1, 2, 3)', colour);
    manual.write(sheet, 'h1 { color: rgb(4, 5, 6); }');
    await until(async () => (await colour()) === 'rgb(4, 5, 6)', colour);
    manual.edit('manual.yaml', (text) => text.replace('theme: ../theme', 'theme: default'));
    await until(async () => (await colour()) !== 'rgb(4, 5, 6)', colour);
    await end();
  });
});

describe('mistakes', () => {
  test('stand over the last good page as in the terminal, and go when they are mended', async () => {
    const { tab, end } = await open();
    const good = manual.read(chapter);
    manual.write(chapter, good.replace('Paragraph 3 has', 'Paragraph 3 of [[no-such-thing]] and [[role-plya]] has'));
    const mistakes = await until(() => shown(tab), manual.said);
    assert.equal(mistakes.length, 2, String(mistakes));
    for (const mistake of mistakes)
      assert.ok(manual.said().includes(`${mistake}\n\n`), `${mistake} is not in:\n${manual.said()}`);
    assert.match(
      mistakes[0],
      /^error\[link\/unknown-target\]: no chapter has the id `no-such-thing`\n *--> manual\/stages\/01-beginning\.md:\d+:\d+\n/,
    );
    assert.ok((await tab.locator('main').innerText()).includes('Paragraph 3 has'), 'the last good page stays');
    const alert = tab.locator(overlay).getByRole('alert');
    assert.match(await alert.innerText(), /^The manual has 2 problems/);
    manual.write(chapter, good);
    await until(async () => (await shown(tab)) === null);
    await end();
  });

  test('can be hidden with the keyboard, and only others come back', async () => {
    const { tab, end } = await open();
    const good = manual.read(chapter);
    manual.write(chapter, `${good}\n[[no-such-thing]]\n`);
    await until(() => shown(tab), manual.said);
    await tab.locator(overlay).getByRole('button', { name: 'Hide' }).focus();
    await tab.keyboard.press('Enter');
    assert.equal(await shown(tab), null);
    manual.write(chapter, `${good}\n[[no-other-thing]]\n`);
    const [other] = await until(() => shown(tab), manual.said);
    assert.ok(other.includes('no-other-thing'), other);
    manual.write(chapter, good);
    await until(async () => (await shown(tab)) === null);
    manual.write(chapter, `${good}\n[[no-such-thing]]\n`);
    const [again] = await until(() => shown(tab), manual.said);
    assert.ok(again.includes('no-such-thing'), 'what was hidden is shown when it comes back');
    manual.write(chapter, good);
    await until(async () => (await shown(tab)) === null);
    await end();
  });

  test('are words, whatever they hold', async () => {
    const { tab, end } = await open();
    const good = manual.read(chapter);
    let dialogs = 0;
    tab.on('dialog', (dialog) => (dialogs++, dialog.dismiss()));
    const evil = '<img src=x onerror=alert(1)>';
    manual.write(chapter, `${good}\n[[${evil}]]\n`);
    const [mistake] = await until(() => shown(tab), manual.said);
    assert.ok(mistake.includes(evil), mistake);
    assert.equal(
      await tab.evaluate(
        (overlay) => document.querySelector(overlay).shadowRoot.querySelectorAll('img').length,
        overlay,
      ),
      0,
    );
    manual.write(chapter, good);
    await until(async () => (await shown(tab)) === null);
    assert.equal(dialogs, 0);
    await end();
  });

  test('stand there for everyone: with keys, in the dark, on a phone, not on paper', async () => {
    const good = manual.read(chapter);
    const words = 'a line that is far too long to be seen as a whole in any window, '.repeat(3);
    manual.write(chapter, `${good}\n${words} [[no-such-thing]]\n`);
    const { tab, end } = await open(page, { width: 320 });
    await until(() => shown(tab), manual.said);
    const outside = await tab.evaluate(overflow);
    assert.ok(outside.scrollWidth <= 320, `nothing scrolls sideways: ${outside.scrollWidth}`);
    const drawn = tab.locator(overlay).locator('pre').first();
    assert.ok(
      await drawn.evaluate((drawn) => drawn.scrollWidth > drawn.clientWidth),
      'the mistake is wider than the window',
    );
    await drawn.focus();
    await tab.keyboard.press('ArrowRight');
    await until(() => drawn.evaluate((drawn) => drawn.scrollLeft > 0));
    const height = await tab.locator(overlay).evaluate((element) => element.getBoundingClientRect().height);
    assert.ok(height <= 0.76 * 640, `the page is still to be seen: ${height}`);
    await tab.emulateMedia({ media: 'print' });
    assert.equal(await tab.locator(overlay).isVisible(), false, 'on paper');
    await end();
    const found = await violations(browser, manual.address, [page], looks, overlay);
    for (const look of looks) none(found[look], `${rule} (${look})`);
    manual.write(chapter, good);
  });

  test('from the very first are shown too, until there is a site', async () => {
    const broken = await preview((folder) =>
      writeFileSync(join(folder, 'stages/03-ending.md'), '---\ntitle: Ending\n'),
    );
    const context = await browser.newContext(windowOf());
    const tab = await context.newPage();
    await tab.goto(broken.address, { waitUntil: 'load' });
    const mistakes = await until(() => shown(tab), broken.said);
    assert.ok(
      mistakes.some((mistake) => mistake.includes('stages/03-ending.md')),
      String(mistakes),
    );
    assert.match(await tab.locator('body').innerText(), /There is no site yet/);
    broken.write('stages/03-ending.md', readFileSync(manual.path('stages/03-ending.md'), 'utf8'));
    await has(tab, 'Our IPT manual');
    assert.equal(await shown(tab), null);
    await context.close();
  });
});

test('nothing of this is in a site that was built', () => {
  const site = join(dirname(manual.folder), 'site');
  printed('build', manual.folder, '--out', site);
  const files = readdirSync(site, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 40);
  none(
    files
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((path) => /\.iptbook\/|data-run|EventSource|iptbook-mistakes/.test(readFileSync(path, 'latin1'))),
    'a built site follows nothing',
  );
});
