// The tables that parts and the evidence page get without asking, worked out anew from the front
// matter, cell by cell; and the references that are still to be checked.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { none } from '../lib/report.mjs';
import { chapters, pages, realPages } from '../lib/site.mjs';
import { bibliography, glossary, ofKind, source, sources, texts } from '../lib/sources.mjs';
import { tableWith } from '../lib/tables.mjs';
import { certainties, directions, plain } from '../lib/words.mjs';

const page = (path) => {
  assert.ok(pages.has(path), `there is no ${path}`);
  return pages.get(path);
};
const url = ({ kind, id }) => chapters.get(`${kind}/${id}`).url;
const title = ({ front }) => front.title;
const words = (cell) => plain(cell.text);

/** What a cell's list shows, entry by entry; a single entry is no list. */
const entries = (page, cell) => {
  const items = page.inside(cell, 'li');
  return (items.length > 0 ? items : [cell]).filter((each) => each.text);
};

/** Checks the first cell of every row: a chapter each, in order, linked. */
function assertRows(page, rows, expected, name = title) {
  assert.deepEqual(
    rows.map(([head]) => words(head)),
    expected.map((each) => plain(name(each))),
    `${page.path}: the rows`,
  );
  for (const [at, [head]] of rows.entries()) {
    assert.equal(head.name, 'th', `${page.path}, "${head.text}": the head of a row is a <th>`);
    assert.deepEqual(
      [...page.linksTo(page.inside(head, 'a'))],
      [url(expected[at])],
      `${page.path}, "${head.text}": where it leads`,
    );
  }
}

describe('tables of what is used where', () => {
  const names = ({ front }, field, other) => (front[field] ?? []).some((id) => id.replace(/^.*\//, '') === other.id);
  const matrices = [
    {
      path: 'techniques/index.html',
      caption: 'Techniques by stage',
      down: 'technique',
      across: 'stage',
      used: (technique, stage) => names(stage, 'techniques', technique),
    },
    {
      path: 'techniques/index.html',
      caption: 'Techniques by problem area',
      down: 'technique',
      across: 'problem-area',
      used: (technique, area) => names(technique, 'problem-areas', area),
    },
    {
      path: 'measures/index.html',
      caption: 'Measures by stage',
      down: 'measure',
      across: 'stage',
      used: (measure, stage) => names(stage, 'measures', measure),
    },
  ];
  for (const { path, caption, down, across, used } of matrices) {
    test(`${caption}: every cell says whether it is used, for the eye and for the ear`, () => {
      const { heads, rows } = tableWith(page(path), caption);
      const [expected, columns] = [ofKind(down), ofKind(across)];
      assert.deepEqual(heads.slice(1), columns.map(title), `${path}, "${caption}": the columns`);
      assertRows(page(path), rows, expected);
      const wrong = [];
      let marks = 0;
      for (const [at, [, ...cells]] of rows.entries()) {
        assert.equal(cells.length, columns.length, `${path}, "${caption}", ${expected[at].id}: the number of cells`);
        for (const [column, cell] of cells.entries()) {
          const is = used(expected[at], columns[column]);
          marks += is ? 1 : 0;
          const [mark, said] = [cell.text.includes('●'), cell.text.replace('●', '').trim()];
          if (mark !== is || said !== (is ? 'used' : 'not used'))
            wrong.push(`${path}, "${caption}", ${expected[at].id} × ${columns[column].id}: "${cell.text}"`);
        }
      }
      none(wrong, 'a mark stands where the front matter names the one for the other, and nowhere else');
      assert.ok(marks > 0, `the front matter marks nothing in "${caption}"`);
    });
  }
});

test('Settings compared: protocols, format, who delivers it, evidence with its certainty', () => {
  const path = 'settings/index.html';
  const { heads, rows } = tableWith(page(path), 'Settings compared');
  assert.deepEqual(
    heads,
    ['Setting', 'Protocols', 'Format', 'Who delivers it', 'Evidence and its certainty'],
    `${path}: the columns`,
  );
  const settings = ofKind('setting');
  assertRows(page(path), rows, settings);
  for (const [at, { id, front }] of settings.entries()) {
    const [, protocols, format, who, evidence] = rows[at];
    const named = (front.protocols ?? []).map((each) => source('protocol', each));
    assert.deepEqual(entries(page(path), protocols).map(words), named.map(title), `${path}, ${id}: the protocols`);
    assert.deepEqual(
      [...page(path).linksTo(page(path).inside(protocols, 'a'))],
      named.map(url),
      `${path}, ${id}: where the protocols lead`,
    );
    assert.equal(words(format), (front.format ?? []).join(', '), `${path}, ${id}: the format`);
    assert.equal(
      words(who),
      plain(named[0]?.front['who-delivers'] ?? ''),
      `${path}, ${id}: who delivers the first protocol, the usual one there`,
    );
    const bearing = new Set([
      ...(front.evidence ?? []),
      ...ofKind('evidence')
        .filter((each) => (each.front.settings ?? []).includes(id))
        .map((each) => each.id),
    ]);
    const expected = [...bearing].map((each) => source('evidence', each));
    assert.deepEqual(
      entries(page(path), evidence).map(words),
      expected.map(({ front: { condition, findings } }) =>
        plain(
          [condition, findings?.[0] && certainties[findings[0].certainty ?? 'not-rated']].filter(Boolean).join(' '),
        ),
      ),
      `${path}, ${id}: the evidence and how sure it is`,
    );
    assert.deepEqual(
      [...page(path).linksTo(page(path).inside(evidence, 'a'))],
      expected.map(url),
      `${path}, ${id}: where the evidence leads`,
    );
  }
});

describe('Does IPT help, and how sure are we?', () => {
  const place = (name, names) => (name in names ? Object.keys(names).indexOf(name) : Infinity);
  const answers = ofKind('evidence')
    .filter(({ front }) => front.findings?.length > 0)
    .map((chapter) => ({ chapter, finding: chapter.front.findings[0] }))
    .sort((one, other) => {
      const [first, second] = [one, other].map(({ finding }) => [
        place(finding.direction, directions),
        place(finding.certainty ?? 'not-rated', certainties),
      ]);
      return first[0] === second[0] ? first[1] - second[1] : first[0] < second[0] ? -1 : 1;
    });

  for (const path of ['evidence.html', 'evidence/index.html']) {
    test(`${path} has one line for each condition, in favour of IPT and surest first`, () => {
      const { heads, rows } = tableWith(page(path), 'Does IPT help, and how sure are we?');
      assert.deepEqual(heads, ['Condition', 'Direction', 'Certainty', 'Best source'], `${path}: the columns`);
      assertRows(
        page(path),
        rows,
        answers.map(({ chapter }) => chapter),
        ({ front }) => front.condition,
      );
      for (const [at, { chapter, finding }] of answers.entries()) {
        const [, direction, certainty, best] = rows[at];
        assert.ok(
          words(direction).startsWith(directions[finding.direction] ?? ''),
          `${path}, ${chapter.id}: "${direction.text}", but the first finding says "${finding.direction}"`,
        );
        const others = Object.values(directions).filter((each) => each !== directions[finding.direction]);
        assert.ok(
          !others.some((each) => direction.text.includes(each)),
          `${path}, ${chapter.id}: "${direction.text}" names another direction too`,
        );
        if (finding.comparator)
          assert.ok(
            words(direction).includes(plain(finding.comparator)),
            `${path}, ${chapter.id}: "${direction.text}" does not say compared with what`,
          );
        assert.equal(
          words(certainty),
          certainties[finding.certainty ?? 'not-rated'],
          `${path}, ${chapter.id}: the certainty of the first finding`,
        );
        const cited = page(path)
          .inside(best, 'a')
          .map((link) => page(path).leads(link.get('href')));
        assert.deepEqual(
          cited,
          (finding.sources ?? []).map((key) => ({ path: 'references.html', fragment: `ref-${key}` })),
          `${path}, ${chapter.id}: the sources of the first finding`,
        );
      }
    });
  }
});

describe('references to check', () => {
  /** Every key that a text cites, or a list of sources names. */
  const cited = new Set([
    ...[...sources.flatMap(({ front, body }) => [...texts(front), body]), ...texts(glossary)]
      .flatMap((text) => text.match(/\[[^\][]*@[^\][]*\]/g) ?? [])
      .flatMap((group) => [...group.matchAll(/@([\w:-]+)/g)].map(([, key]) => key)),
    ...sources.flatMap(({ front }) => [
      ...(front.sources ?? []),
      ...(front.findings ?? []).flatMap((finding) => finding.sources ?? []),
    ]),
  ]);

  /** The notes of the bibliography by key, as a reader should see them. */
  const notes = new Map(
    bibliography.split(/^(?=@)/m).flatMap((entry) => {
      const key = /^@\w+\{([^,\s]+),/.exec(entry)?.[1];
      const [, note] = /^\s*note\s*=\s*\{From memory:([\s\S]*?)\},?\s*^\}/m.exec(entry) ?? [];
      return key && note ? [[key, plain(note.replace(/[{}]|\\(?=[&%])/g, ''))]] : [];
    }),
  );
  const expected = [...notes.keys()].filter((key) => cited.has(key));

  const references = page('references.html');
  const withClass = (around, name) =>
    references.elements.find((element) => element.within(around) && element.classes().includes(name));
  const works = new Map(
    references
      .all('li')
      .filter((item) => item.get('id')?.startsWith('ref-'))
      .map((item) => [item.get('id').slice('ref-'.length), withClass(item, 'ipt-reference__text').text]),
  );

  test('references.html lists every work cited, and no other', () => {
    assert.deepEqual([...works.keys()].sort(), [...cited].sort());
  });

  test('references-to-check.html lists the cited works with a note from memory, each with its note', () => {
    assert.ok(expected.length > 0, 'no cited work has a note that begins "From memory:"');
    const toCheck = page('references-to-check.html');
    const listed = toCheck.all('dt').map((work) => {
      const note = toCheck.all('dd').find((each) => each.parent === work.parent);
      return `${work.text} To check: ${plain(note?.text ?? '').replace(/^To check: /, '')}`;
    });
    const wanted = expected.map((key) => `${works.get(key)} To check: ${notes.get(key)}`);
    none(
      [
        ...wanted.filter((each) => !listed.includes(each)).map((each) => `missing: ${each}`),
        ...listed
          .filter((each, at) => !wanted.includes(each) || listed.indexOf(each) !== at)
          .map((each) => `too much: ${each}`),
      ],
      'whoever prints the manual finds here what nobody has seen on a page',
    );
  });

  test('no other page shows those notes', () => {
    const text = plain(references.first('main').text);
    none(
      [
        ...[...notes]
          .filter(([, note]) => text.includes(note))
          .map(([key, note]) => `references.html has the note of ${key}: ${note}`),
        ...realPages
          .filter((each) => each.html.includes('From memory:'))
          .map((each) => `${each.path} has "From memory:"`),
      ],
      'readers get references, not the notes of those who made them',
    );
  });
});
