// The schemas for editors, read by somebody else's validator: they take what `check` takes and refuse what it refuses.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob, relative } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse, stringify } from 'yaml';

import { printed, reportsOf, schemaOf } from '../lib/program.mjs';
import { none } from '../lib/report.mjs';

const home = fileURLToPath(new URL('../../..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'iptbook-schema-'));
after(() => rmSync(scratch, { recursive: true, force: true }));

/** A key may hold a text or a number: such unions are meant. */
const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
addFormats(ajv);

const any = schemaOf();
const kinds = Object.keys(any.$defs);
const schemas = Object.fromEntries([...kinds, 'manual', 'glossary'].map((name) => [name, schemaOf(name)]));
const validators = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));
const ofAnyKind = ajv.compile(any);

const why = (validate) => validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ');

/** The mapping that a value of a key holds, or that its items hold; none if it holds none. */
function inner(schema) {
  if (schema.items) return inner(schema.items);
  if (schema.properties) return schema;
  return typeof schema.additionalProperties === 'object' ? inner(schema.additionalProperties) : null;
}

/** Every key that a schema has, however deep: `[path, its schema]`. */
const keys = (schema, path = []) =>
  Object.entries(schema.properties).flatMap(([name, value]) => [
    [[...path, name], value],
    ...(inner(value) ? keys(inner(value), [...path, name]) : []),
  ]);

describe('each schema', () => {
  test('keeps to the draft and tells what each key is for', () => {
    for (const [name, schema] of Object.entries({ ...schemas, any })) {
      assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema', name);
      assert.ok(ajv.validateSchema(schema), `${name}: ${ajv.errorsText()}`);
    }
    assert.equal(kinds.length, 13, 'kinds of chapters');
    none(
      kinds.flatMap((kind) =>
        keys(schemas[kind])
          .filter(([, { description }]) => !description)
          .map(([path]) => `${kind}: ${path.join('.')}`),
      ),
      'every key has a description',
    );
  });
});

/** The YAML files of a manual: `{ path, name, value }`, with the name of the schema of each. */
function files(folder) {
  const read = (path) => readFileSync(join(folder, path), 'utf8').replace(/^\uFEFF/, '');
  const settings = parse(read('manual.yaml'));
  const found = [
    { path: 'manual.yaml', name: 'manual', value: settings },
    { path: 'glossary.yaml', name: 'glossary', value: parse(read('glossary.yaml')) },
  ];
  for (const path of readdirSync(folder, { recursive: true }).filter((path) => path.endsWith('.md'))) {
    const [, yaml] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(read(path)) ?? [null, ''];
    const value = parse(yaml) ?? {};
    const part = settings.parts?.find((each) => dirname(path) === each.folder || path.startsWith(`${each.folder}/`));
    const name =
      value.kind ?? part?.kind ?? kinds.find((kind) => schemas[kind] && `${kind}s` === dirname(path)) ?? 'page';
    found.push({ path, name, value });
  }
  return found;
}

describe('what authors wrote is taken', () => {
  for (const [folder, least] of [
    ['manual', 140],
    ['tests/kitchen-sink', 20],
    ['tests/arabic', 10],
    ['src/starter', 20],
  ]) {
    test(folder, () => {
      const all = files(join(home, folder));
      assert.ok(all.length >= least, `${all.length} files`);
      none(
        all
          .filter(({ name, value }) => !validators[name](value))
          .map(({ path, name }) => `${path} (${name}): ${why(validators[name])}`),
        'front matter is as its schema says',
      );
      none(
        all.filter(({ path, value }) => path.endsWith('.md') && !ofAnyKind(value)).map(({ path }) => path),
        'the schema of any kind takes it, too',
      );
    });
  }
});

/** What is put where it may belong, or not. */
const values = [
  null,
  true,
  0,
  1,
  12,
  -5,
  1.5,
  1000,
  2_000_000_000,
  '',
  '   ',
  'some words',
  'some-words',
  'UPPER',
  'a--b',
  '-a',
  'draft',
  'approvd',
  'true',
  '5',
  '-5',
  '0.5',
  '1e3',
  'five',
  '2026-01-31',
  '2026-13-01',
  '2026-01-32',
  '2026-02-30',
  '31.1.2026',
  'yesterday',
  '3',
  '1-3',
  '3-1',
  '0',
  '4-',
  '1-2-3',
  '1000',
  'throughout',
  'follow-up',
  '24 months',
  '0 months',
  '1201 months',
  '5 weeks',
  '2 years',
  [],
  ['one'],
  ['one', ''],
  [null],
  [['one']],
  [{}],
  [5],
  [1, 2],
  [2, 1],
  [1],
  [1, 2, 3],
  ['1', '2'],
  ['a', 'b'],
  [true],
  {},
  { a: 1 },
  { a: 'some words' },
  { a: {} },
  { 'A b': { label: 'x' } },
  { a: ['one'] },
];

/** The first of some values that a schema takes. */
function sample(schema) {
  if (inner(schema)) {
    const held = Object.fromEntries(
      (inner(schema).required ?? []).map((name) => [name, sample(inner(schema).properties[name])]),
    );
    if (schema.items) return [held];
    return schema.properties ? held : { a: held };
  }
  if (schema.enum) return schema.enum[0];
  const taken = ajv.compile(schema);
  return ['some words', ...values].find((value) => value !== null && taken(value));
}

/** A mapping that a schema takes, with as little in it as may be. */
const least = (schema) =>
  Object.fromEntries((schema.required ?? []).map((name) => [name, sample(schema.properties[name])]));

/** Mappings with something else at one place: `{ place, value, whole }`. */
function mutations(schema) {
  const found = [{ place: 'nothing else', whole: least(schema) }];
  const walk = (schema, path, wrap) => {
    const base = least(schema);
    const add = (place, value, whole) => found.push({ place: [...path, place].join('.'), value, whole: wrap(whole) });
    add('unknown-key', 1, { ...base, 'unknown-key': 1 });
    for (const name of schema.required ?? []) {
      const { [name]: _, ...others } = base;
      add(`without ${name}`, undefined, others);
    }
    for (const [name, key] of Object.entries(schema.properties)) {
      for (const value of [...values, ...(key.enum ?? []).filter((word) => word !== null)])
        add(name, value, { ...base, [name]: value });
      if (!inner(key)) continue;
      walk(inner(key), [...path, name], (held) =>
        wrap({ ...base, [name]: key.items ? [held] : key.properties ? held : { a: held } }),
      );
    }
  };
  walk(schema, [], (held) => held);
  return found;
}

/** What only `check` can refuse: a schema knows no order of numbers, nor what another key says. */
const onlyCheck = [
  ['ends in the wrong order', ({ value }) => value === '3-1' || String(value) === '2,1'],
  ['what another key allows or needs', ({ place }) => /^\S+ (replaced-by|fields\.type)$/.test(place)],
  ['what the type of a field has no use for', ({ check }) => / does nothing in a field of type /.test(check)],
  ['sessions that are no number of sessions', ({ check }) => / does not say how many sessions /.test(check)],
  ['a contact among the reasons', ({ check }) => /: a number here is not shown: /.test(check)],
];

/** What only a schema refuses, and is better written in another way. */
const onlySchema = [
  ['`true` in quotes', ({ value, schema }) => value === 'true' && schema.includes('must be boolean')],
];

/** The codes by which `check` refuses what a mapping holds, whatever else there is in the manual. */
const refusing = /^front-matter\/(unknown-field|missing-field|wrong-type|bad-value)$|^id\/invalid$/;

/** What `check` says of other files, which no schema knows. */
const beside = /^there is no (folder|interface text) /;

/** Fails where a schema and `check` do not agree. Each case: `{ place, value, schema, check }`, the last two say what they find wrong. */
function agree(cases) {
  const used = new Set();
  const excused = (list, each) => {
    const found = list.find(([, is]) => is(each));
    if (found) used.add(found[0]);
    return found !== undefined;
  };
  none(
    cases
      .filter((each) => Boolean(each.schema) !== Boolean(each.check))
      .filter((each) => !excused(each.check ? onlyCheck : onlySchema, each))
      .map(
        ({ place, value, schema, check }) =>
          `${place}: ${JSON.stringify(value)}: ${schema ? `refused by the schema only: ${schema}` : `refused by check only: ${check}`}`,
      ),
    'a schema refuses what check refuses, and nothing else',
  );
  return used;
}

describe('what is wrong is refused as check refuses it', () => {
  const used = new Set();
  const folder = join(scratch, 'chapters');
  mkdirSync(folder);
  const ofKinds = kinds
    .flatMap((kind) => mutations(schemas[kind]).map((each) => ({ kind, ...each })))
    // Another kind has other keys.
    .filter(({ place, value }) => place !== 'kind' || !kinds.includes(value));

  test('in chapters', () => {
    writeFileSync(
      join(folder, 'manual.yaml'),
      stringify({ title: 'A', parts: kinds.map((kind) => ({ title: kind, folder: kind, kind })) }),
    );
    kinds.forEach((kind) => mkdirSync(join(folder, kind)));
    ofKinds.forEach((each, at) => {
      each.path = `${each.kind}/c${at}.md`;
      each.yaml = stringify(each.whole);
      writeFileSync(join(folder, each.path), `---\n${each.yaml}---\n\nText.\n`);
    });
    const found = new Map();
    for (const { code, file, message } of reportsOf(folder)) {
      if (refusing.test(code)) found.set(relative(folder, file), `${code}: ${message}`);
    }
    const cases = ofKinds.map(({ kind, place, value, path, yaml }) => {
      const validate = validators[kind];
      return {
        place: `${kind} ${place}`,
        value,
        schema: validate(parse(yaml)) ? '' : why(validate),
        check: found.get(path),
      };
    });
    assert.ok(cases.length > 5000 && cases.filter(({ check }) => check).length > 2000, `${cases.length} cases`);
    agree(cases).forEach((each) => used.add(each));
  });

  test('in manual.yaml', () => {
    const cases = mutations(schemas.manual).map(({ place, value, whole }) => {
      const text = stringify(whole);
      const check = checked('manual.yaml', text);
      return {
        place: `manual ${place}`,
        value,
        schema: validators.manual(parse(text)) ? '' : why(validators.manual),
        check,
      };
    });
    assert.ok(cases.length > 1000 && cases.filter(({ check }) => check).length > 500, `${cases.length} cases`);
    agree(cases).forEach((each) => used.add(each));
  });

  test('in glossary.yaml', () => {
    const others = [null, [], {}, 'some words', 5, [1], [null], ['one'], { term: 'a', definition: 'b' }];
    const entries = mutations(schemas.glossary.items).map(({ place, value, whole }) => ({
      place,
      value,
      whole: [whole],
    }));
    const cases = [...others.map((value) => ({ place: 'the whole', value, whole: value })), ...entries].map(
      ({ place, value, whole }) => {
        const text = stringify(whole);
        const check = checked('glossary.yaml', text);
        return {
          place: `glossary ${place}`,
          value,
          schema: validators.glossary(parse(text)) ? '' : why(validators.glossary),
          check,
        };
      },
    );
    assert.ok(cases.length > 200 && cases.filter(({ check }) => check).length > 100, `${cases.length} cases`);
    agree(cases).forEach((each) => used.add(each));
  });

  test('and each exception is one', () => {
    none(
      [...onlyCheck, ...onlySchema].filter(([name]) => !used.has(name)).map(([name]) => name),
      'an exception is needed',
    );
  });
});

/** `check` on one file with such a text, in a manual of one page: what is wrong with it. */
function checked(path, text) {
  const manual = join(scratch, 'manual');
  mkdirSync(manual);
  const files = { 'manual.yaml': 'title: A\n', 'index.md': '---\ntitle: A\n---\n\nText.\n', [path]: text };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(manual, name), content);
  const found = reportsOf(manual).filter(
    ({ code, file, message }) => refusing.test(code) && file.endsWith(path) && !beside.test(message),
  );
  rmSync(manual, { recursive: true });
  return found.map(({ code, message }) => `${code}: ${message}`).join('; ');
}

test('the editor is given the schemas, each for the files that it is for', () => {
  const manual = join(scratch, 'begun');
  printed('init', manual);
  const settings = JSON.parse(readFileSync(join(manual, '.vscode/settings.json'), 'utf8'));
  const given = Object.entries(settings['yaml.schemas']);
  assert.equal(given.length, kinds.length + 2);
  for (const [path] of given) {
    const name = /([a-z-]+)\.json$/.exec(path)[1];
    assert.deepEqual(JSON.parse(readFileSync(join(manual, path), 'utf8')), schemas[name], path);
  }
  // The home page is a page without a folder.
  const wanted = files(manual).filter(({ path }) => path !== 'index.md');
  none(
    wanted
      .map(({ path, name }) => [
        path,
        name,
        given.filter(([, files]) => matchesGlob(path, files)).map(([schema]) => schema),
      ])
      .filter(([, name, found]) => String(found) !== `./.vscode/iptbook/${name}.json`)
      .map(([path, name, found]) => `${path} is for ${name}: ${found}`),
    'each file has its schema',
  );
});
