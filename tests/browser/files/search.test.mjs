// The script of the search takes words and numbers as the program writes them: a file that a test of the program checks
// holds texts with their words, and numbers with their letters.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';

const read = (path) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

const { languages, numbers } = JSON.parse(read('src/render/search/agreement.json'));

/** The search as a page has it that shows nothing, with the head of an index without pages. */
function searchOf(format) {
  const window = {
    iptPage: { root: '', load: () => new Promise(() => {}) },
    location: { href: 'https://example.org/', search: '' },
    matchMedia: () => ({ matches: false }),
  };
  const document = { addEventListener() {}, querySelector: () => null };
  runInNewContext(read('themes/default/static/js/search.js'), {
    window,
    document,
    URL,
    URLSearchParams: globalThis.URLSearchParams,
  });
  window.iptSearch.start({ ...format, units: '', common: [], small: [] });
  return window.iptSearch;
}

/** A value of the script's own world as one of this. */
const here = (value) => JSON.parse(JSON.stringify(value));

describe('the search reads what the program writes', () => {
  for (const [language, { format, texts, words }] of Object.entries(languages)) {
    test(`words of ${language}`, () => {
      const search = searchOf(format);
      texts.forEach((text, at) => {
        const found = search.words(text).map(({ whole, parts }) => ({ whole, parts }));
        assert.deepEqual(here(found), words[at], text);
      });
    });
  }

  test('numbers, alone and in a row', () => {
    const search = searchOf(languages.en.format);
    for (const [number, written] of Object.entries(numbers)) {
      assert.deepEqual(here(search.numbers(written)), [Number(number)], written);
    }
    const all = search.numbers(Object.values(numbers).join(''));
    assert.deepEqual(here(all), Object.keys(numbers).map(Number));
  });
});
