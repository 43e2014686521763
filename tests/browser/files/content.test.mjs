// What the manual that we ship holds: how much of what, and that no sentence stands in it twice.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { none } from '../lib/report.mjs';
import { manual, pageOf, pages } from '../lib/site.mjs';
import { glossary, ofKind, sources, texts } from '../lib/sources.mjs';

/** The chapters of each part: its folder, their kind, how many. */
const parts = [
  ['foundations', 'page', 6],
  ['principles', 'principle', 10],
  ['roles', 'role', 8],
  ['problem-areas', 'problem-area', 5],
  ['techniques', 'technique', 18],
  ['stages', 'stage', 7],
  ['sessions', 'session', 6],
  ['protocols', 'protocol', 13],
  ['settings', 'setting', 8],
  ['evidence', 'evidence', 18],
  ['measures', 'measure', 13],
  ['worksheets', 'worksheet', 11],
  ['cases', 'case', 5],
  ['pages', 'page', 10],
];

test('the manual has all its chapters, each part of its kind', () => {
  const count = (folder, kind) =>
    manual.chapters.filter((chapter) => chapter.source.startsWith(`${folder}/`) && chapter.kind === kind).length;
  assert.deepEqual(
    parts.map(([folder, kind]) => `${folder}: ${count(folder, kind)} × ${kind}`),
    parts.map(([folder, kind, number]) => `${folder}: ${number} × ${kind}`),
  );
  const all = parts.reduce((sum, [, , number]) => sum + number, 1);
  assert.equal(
    manual.chapters.length,
    all,
    'all chapters, the home page among them: there are others than those of the parts',
  );
  const questions = manual.chapters.filter((chapter) => chapter.source.startsWith('pages/faq-'));
  assert.equal(questions.length, 2, 'two pages answer questions; the other eight are about governance');
});

test('the glossary has 64 terms', () => {
  assert.equal(glossary.length, 64, 'terms in glossary.yaml');
  const page = pages.get('glossary.html');
  const terms = page.all('dt').map((term) => term.text);
  none(
    glossary
      .filter(({ term }) => !terms.some((each) => each === term || each.startsWith(`${term} `)))
      .map(({ term }) => term),
    'glossary.html has every term',
  );
});

test('no run of eight words stands in two chapters', () => {
  const length = 8;
  const words = (text) =>
    text
      .replace(/\[\[([^\]|]*\|)?([^\]]*)\]\]/g, '$2')
      .replace(/\[@[^\]]*\]/g, ' ')
      .replace(/\]\([^)]*\)/g, ' ')
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[a-z0-9']+/g) ?? [];
  /** Prose in paragraphs and list items, without the options of directives; what is said in a "say" block counts. */
  const paragraphs = (body) => body.replace(/```\{(?!say)[\s\S]*?```/g, '').split(/\n\s*\n|\n(?=[-*|#:>]|\d+\.)/);
  const pieces = [
    ...sources.map(({ path, front, body }) => [path, [...texts(front), ...paragraphs(body)]]),
    ...glossary.map(({ term, definition }) => [`glossary.yaml: ${term}`, [definition]]),
  ];
  const places = new Map();
  for (const [place, said] of pieces) {
    for (const each of said.map(words)) {
      for (let at = 0; at + length <= each.length; at += 1) {
        const run = each.slice(at, at + length).join(' ');
        places.set(run, (places.get(run) ?? new Set()).add(place));
      }
    }
  }
  assert.ok(places.size > 50_000, `only ${places.size} runs of ${length} words were found: is the text read at all?`);
  none(
    [...places].filter(([, where]) => where.size > 1).map(([run, where]) => `"${run}": ${[...where].join(', ')}`),
    'a thing is explained in one place, and the others link to it',
  );
});

test('the agenda of every session plan takes as long as the session', () => {
  none(
    ofKind('session').flatMap(({ path, front }) => {
      const sum = (front.agenda ?? []).reduce((minutes, item) => minutes + item.minutes, 0);
      return sum === front.duration ? [] : [`${path}: the agenda takes ${sum} minutes, the session ${front.duration}`];
    }),
    'a plan fills its session and no more',
  );
});

test('every case is composite or fictional, and says so before it begins', () => {
  none(
    ofKind('case').flatMap(({ path, id, front }) => {
      if (!['composite', 'fictional'].includes(front.basis)) return [`${path}: its basis is "${front.basis}"`];
      const page = pageOf(`case/${id}`);
      const body = page.elements.find((element) => element.classes().includes('ipt-body'));
      const before = page.prose.slice(0, page.prose.indexOf(body));
      const banner = before.some((element) => new RegExp(`^A ${front.basis} case\\b`).test(element.text));
      return banner ? [] : [`${page.path}: nothing before its text says "A ${front.basis} case"`];
    }),
    'no case may be taken for a real patient',
  );
});
