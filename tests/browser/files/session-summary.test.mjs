// The tables that say what happens in which session: in the pages, in the CSV, in the JSON, and
// worked out anew from the front matter. All four must say the same.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { defused, parseCsv } from '../lib/csv.mjs';
import { chapters, files, manual, pageOf, pages, read } from '../lib/site.mjs';
import { sessionRows, sources } from '../lib/sources.mjs';
import { plain } from '../lib/words.mjs';

const columns = [
  'stage',
  'sessions',
  'phase',
  'activity',
  'techniques',
  'therapist-tasks',
  'patient-tasks',
  'measures',
  'worksheets',
];
const kinds = { stage: 'stage', techniques: 'technique', measures: 'measure', worksheets: 'worksheet' };

const title = (column, id) => chapters.get(`${kinds[column]}/${id}`)?.title ?? `(no ${kinds[column]} ${id})`;

/** The rows of the JSON for a protocol or setting. */
const rowsInJson = (kind, id) => manual['session-summaries'].find((summary) => summary[kind] === id)?.rows;

/** What a reader sees of a cell of the JSON: a text, or a list of texts. */
function words(row, column) {
  const cell = row[column];
  if (column === 'stage') return title('stage', cell);
  if (Array.isArray(cell)) return cell.map((each) => (kinds[column] ? title(column, each) : each));
  return cell;
}

/** The table of stages on a page whose caption ends with `name`, as rows of `{ column: element }`. */
function tableOf(page, name) {
  const tables = page.all('table').filter((table) => {
    const [caption] = page.inside(table, 'caption');
    const [heading] = page.inside(table, 'th');
    return caption?.text.endsWith(name) && heading?.text === 'Stage';
  });
  assert.equal(
    tables.length,
    1,
    `${page.path} has ${tables.length} tables of stages with the caption "${name}"; one is expected`,
  );
  const rows = page.inside(tables[0], 'tr').map((row) => page.inside(row, 'th', 'td'));
  const names = rows[0].map((cell) => cell.text.toLowerCase().replaceAll(' ', '-'));
  for (const column of names)
    assert.ok(columns.includes(column), `${page.path}: the column "${column}" is none of ${columns.join(', ')}`);
  return {
    names,
    rows: rows.slice(1).map((cells) => Object.fromEntries(names.map((column, index) => [column, cells[index]]))),
  };
}

/** What a cell says about a difference from the usual course. */
const notes = (page, cell) => page.inside(cell, 'div').filter((each) => each.classes().includes('ipt-change'));

/** A cell as the reader sees it: its links' or list's texts for a list, its text otherwise; without what differs. */
function seen(page, cell, expected) {
  const beside = notes(page, cell);
  if (Array.isArray(expected))
    return page
      .inside(cell, 'li')
      .filter((item) => !beside.some((note) => item.within(note)))
      .map((item) => item.text);
  const end = beside.map((note) => note.text).join('');
  return cell.text.slice(0, cell.text.length - end.length).trim();
}

/** What is usual where a row differs, as the CSV says it. */
function usualWords(row) {
  const labels = {
    sessions: 'Sessions',
    activity: 'Activity',
    techniques: 'Techniques',
    'therapist-tasks': 'Therapist tasks',
    'patient-tasks': 'Patient tasks',
  };
  return Object.entries(labels)
    .filter(([column]) => row.usual?.[column] !== undefined && row.usual[column].length > 0)
    .map(([column, label]) => `${label}: usually ${[words(row.usual, column)].flat().join(', ')}`);
}

/** Compares a page's table with the JSON, cell by cell. */
function assertTableShows(page, name, rows) {
  const table = tableOf(page, name);
  assert.deepEqual(
    table.rows.map((row) => page.inside(row.stage, 'a')[0]?.text),
    rows.map((row) => words(row, 'stage')),
    `${page.path}, "${name}": the stages differ from data/manual.json`,
  );
  for (const [index, row] of rows.entries()) {
    for (const column of table.names) {
      const place = `${page.path}, "${name}", ${row.stage}, ${column}`;
      const cell = table.rows[index][column];
      const expected = words(row, column);
      const found = seen(page, cell, expected);
      if (column === 'phase' || column === 'sessions') {
        assert.equal(plain(found).toLowerCase(), expected.toLowerCase(), place);
      } else {
        assert.deepEqual(found, expected, place);
      }
      if (kinds[column]) {
        const ids = [row[column]].flat();
        const targets = page
          .inside(cell, 'a')
          .slice(0, ids.length)
          .map((link) => page.leads(link.get('href')).path);
        assert.deepEqual(
          targets,
          ids.map((id) => chapters.get(`${kinds[column]}/${id}`).url),
          `${place}: its links lead elsewhere`,
        );
      }
      const usual = row.usual?.[column];
      if (usual !== undefined && usual.length > 0) {
        const said = notes(page, cell).map((note) => note.text);
        assert.ok(
          said.some((note) => note.startsWith('usually ')),
          `${place}: does not say what is usual: ${said}`,
        );
        if (!Array.isArray(usual)) assert.ok(plain(said.join(' ')).includes(plain(usual)), `${place}: ${usual}`);
      } else if (column !== 'stage') {
        assert.deepEqual(notes(page, cell), [], `${place}: nothing differs`);
      } else if (row.usual) {
        assert.ok(cell.text.includes('Changed here'), `${place}: does not say that something differs`);
      }
      if (column === 'stage' && row.change) {
        assert.ok(
          cell.text.includes(row.change.split('; ')[0]),
          `${place}: does not say what changes here: ${row.change}`,
        );
      }
    }
  }
}

describe('the standard protocol', () => {
  const id = 'standard-ipt';
  const rows = rowsInJson('protocol', id);
  const name = chapters.get(`protocol/${id}`).title;

  test('has the seven stages in their order', () => {
    assert.deepEqual(
      rows.map((row) => row.stage),
      [
        'initial-assessment',
        'goal-setting',
        'exploration',
        'problem-solving',
        'support-encouragement',
        'termination',
        'follow-up',
      ],
    );
  });

  test('has an activity, sessions and techniques in every row', () => {
    for (const row of rows) {
      assert.ok(
        row.activity && row.sessions && row.techniques.length > 0,
        `${row.stage} has an empty cell: ${JSON.stringify(row)}`,
      );
    }
  });

  test("its page's table is the table of the data, cell by cell", () =>
    assertTableShows(pageOf(`protocol/${id}`), name, rows));

  test('the table on session-summary.html is the table of the data, cell by cell', () => {
    assertTableShows(pages.get('session-summary.html'), name, rows);
  });

  test('the table shows at least stage, sessions, phase, activity and techniques', () => {
    for (const path of [chapters.get(`protocol/${id}`).url, 'session-summary.html']) {
      const { names } = tableOf(pages.get(path), name);
      for (const column of columns.slice(0, 5)) assert.ok(names.includes(column), `${path}: no column "${column}"`);
    }
  });

  test('its page and session-summary.html link to the CSV', () => {
    for (const path of [chapters.get(`protocol/${id}`).url, 'session-summary.html']) {
      assert.ok(
        pages.get(path).linksTo().has(`data/session-summary-${id}.csv`),
        `${path} does not link to data/session-summary-${id}.csv`,
      );
    }
  });
});

for (const { kind, id } of sources.filter((source) => source.kind === 'protocol' || source.kind === 'setting')) {
  describe(`${kind} ${id}`, () => {
    const expected = sessionRows(kind, id);
    const rows = rowsInJson(kind, id);
    const csv = `data/session-summary-${kind === 'setting' ? 'setting-' : ''}${id}.csv`;
    const name = chapters.get(`${kind}/${id}`).title;

    test('the rows of the data are those of the front matter', () => {
      assert.ok(rows, `data/manual.json has no session summary of ${kind} ${id}`);
      const simple = (row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, cell]) => [
            column,
            column === 'usual' ? simple(cell) : Array.isArray(cell) ? cell.map(plain) : plain(cell),
          ]),
        );
      assert.deepEqual(rows.map(simple), expected.map(simple));
    });

    if (expected.length === 0) {
      test('without stages it has no CSV', () =>
        assert.ok(!files.has(csv), `${csv} is there, though ${id} has no stages`));
      return;
    }

    test('the CSV is the data, cell by cell', () => {
      const [header, ...cells] = parseCsv(read(csv));
      const withChange = rows.some((row) => row.change || row.usual) ? [...columns, 'change'] : columns;
      assert.deepEqual(header, withChange, `${csv}: the header`);
      assert.equal(cells.length, rows.length, `${csv}: the number of rows`);
      for (const [index, row] of rows.entries()) {
        assert.equal(cells[index].length, header.length, `${csv}, row ${index + 1}: the number of cells`);
        for (const [at, column] of header.entries()) {
          const whole =
            column === 'change' ? [row.change, ...usualWords(row)].filter(Boolean) : [words(row, column) ?? ''];
          const cell = defused(whole.flat().join('; '));
          assert.equal(cells[index][at], cell, `${csv}, ${row.stage}, ${column}`);
        }
      }
    });

    test('the table on its page is the data, cell by cell', () =>
      assertTableShows(pageOf(`${kind}/${id}`), name, rows));

    test('the table on session-summary.html is the data, cell by cell', () =>
      assertTableShows(pages.get('session-summary.html'), name, rows));
  });
}

test('every finding of the front matter is in the data and in evidence.csv', () => {
  const findings = sources
    .filter(({ kind }) => kind === 'evidence')
    .flatMap(({ id, front }) => (front.findings ?? []).map((finding) => ({ id, finding })));
  assert.equal(manual.evidence.length, findings.length, 'findings in data/manual.json');
  const [header, ...rows] = parseCsv(read('data/evidence.csv'));
  assert.equal(rows.length, findings.length, 'findings in data/evidence.csv');
  const key = (chapter, statement) => `${chapter}: ${plain(statement)}`;
  const inData = new Set(manual.evidence.map((finding) => key(finding.chapter, finding.statement)));
  for (const { id, finding } of findings) {
    assert.ok(
      inData.has(key(`evidence/${id}`, finding.statement)),
      `data/manual.json lacks a finding of evidence/${id}: ${finding.statement}`,
    );
  }
  for (const [index, row] of rows.entries())
    assert.equal(row.length, header.length, `data/evidence.csv, row ${index + 1}: the number of cells`);
});
