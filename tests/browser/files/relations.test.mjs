import { test } from 'node:test';

import { none } from '../lib/report.mjs';
import { chapters, manual, pageOf, pages } from '../lib/site.mjs';
import { settings, sources } from '../lib/sources.mjs';

/** Every relation of the data: `{ from, relation, to }`. */
const relations = [...chapters].flatMap(([from, chapter]) =>
  Object.entries(chapter.relations).flatMap(([relation, targets]) => targets.map((to) => ({ from, relation, to }))),
);
const said = ({ from, relation, to }) => `${from} —${relation}→ ${to}`;

/** What the text of a chapter's page links to; its navigation does not count. */
const shown = new Map(
  [...chapters.keys()].map((key) => {
    const page = pageOf(key);
    return [key, page.linksTo(page.prose)];
  }),
);
const shows = (key, other) => shown.get(key).has(chapters.get(other).url);

test('every source chapter is in the data, and nothing else is', () => {
  const inData = new Set(manual.chapters.map((chapter) => `${chapter.kind}/${chapter.id} (${chapter.source})`));
  const inFolder = new Set(sources.map(({ kind, id, path }) => `${kind}/${id} (${path})`));
  none(
    [
      ...[...inFolder].filter((each) => !inData.has(each)).map((each) => `${each} is not in data/manual.json`),
      ...[...inData].filter((each) => !inFolder.has(each)).map((each) => `${each} is not in the manual's folder`),
    ],
    'data/manual.json has the chapters of the folder',
  );
});

test('every chapter has its page, with its title', () => {
  none(
    manual.chapters.flatMap((chapter) => {
      const heading = pages.get(chapter.url)?.first('h1')?.text;
      return heading === chapter.title
        ? []
        : [
            `${chapter.kind}/${chapter.id} at ${chapter.url}: h1 is ${JSON.stringify(heading)}, not ${JSON.stringify(chapter.title)}`,
          ];
    }),
    'a chapter is where the data says',
  );
});

test('every relation leads to a chapter, once, and not to itself', () => {
  const seen = new Set();
  none(
    relations.flatMap((each) => {
      const twice = seen.has(said(each));
      seen.add(said(each));
      if (!chapters.has(each.to)) return [`${said(each)}: there is no such chapter`];
      if (twice) return [`${said(each)}: twice`];
      return each.from === each.to ? [`${said(each)}: itself`] : [];
    }),
    'relations join two chapters',
  );
});

test('backlinks are exactly the relations turned round', () => {
  const turned = new Set(relations.map(said));
  const back = [...chapters].flatMap(([to, chapter]) =>
    chapter.backlinks.map(({ from, relation }) => said({ from, relation, to })),
  );
  const backSet = new Set(back);
  none(
    [
      ...[...turned].filter((each) => !backSet.has(each)).map((each) => `${each}: no backlink`),
      ...[...backSet].filter((each) => !turned.has(each)).map((each) => `${each}: a backlink without its relation`),
      ...back.filter((each, index) => back.indexOf(each) !== index).map((each) => `${each}: the backlink stands twice`),
    ],
    'a relation is declared once and known on both sides',
  );
});

test('a chapter shows what it is related to', () => {
  none(
    relations
      .filter(({ relation, from, to }) => relation !== 'mentions' && !shows(from, to))
      .map((each) => `${said(each)}: ${chapters.get(each.from).url} has no link to ${chapters.get(each.to).url}`),
    'the side that declares a relation links to the other',
  );
});

test('a chapter shows what is related to it', () => {
  none(
    relations
      .filter(({ relation, from, to }) => relation !== 'mentions' && !shows(to, from))
      .map((each) => `${said(each)}: ${chapters.get(each.to).url} has no link back to ${chapters.get(each.from).url}`),
    'the other side of a relation links back by itself',
  );
});

test('a mention is a link on the one side and "Mentioned in" on the other', () => {
  none(
    relations
      .filter(({ relation }) => relation === 'mentions')
      .flatMap((each) => [
        ...(shows(each.from, each.to)
          ? []
          : [`${said(each)}: ${chapters.get(each.from).url} has no link to ${chapters.get(each.to).url}`]),
        ...(shows(each.to, each.from)
          ? []
          : [`${said(each)}: ${chapters.get(each.to).url} has no link back to ${chapters.get(each.from).url}`]),
      ]),
    'mentions show on both sides',
  );
});

/** The fields of front matter that name other chapters, and the kind that they name. */
const fields = {
  techniques: 'technique',
  measures: 'measure',
  worksheets: 'worksheet',
  stages: 'stage',
  'problem-areas': 'problem-area',
  roles: 'role',
  evidence: 'evidence',
  protocols: 'protocol',
  settings: 'setting',
  sessions: 'session',
};

test('every relation written in front matter is in the data', () => {
  const missing = [];
  const known = new Set(relations.map(said));
  for (const { kind, id, path, front } of sources) {
    const from = `${kind}/${id}`;
    for (const [field, targetKind] of Object.entries(fields)) {
      if (!Array.isArray(front[field])) continue;
      for (const entry of front[field]) {
        const target = typeof entry === 'object' ? entry.stage : entry;
        const each = { from, relation: field, to: `${targetKind}/${String(target).replace(/^.*\//, '')}` };
        if (!known.has(said(each))) missing.push(`${path}: ${said(each)}`);
      }
    }
    for (const field of ['related', 'applies-to']) {
      for (const target of front[field] ?? []) {
        const to = [...chapters.keys()].filter((key) => key === target || key.endsWith(`/${target}`));
        if (!to.some((key) => known.has(said({ from, relation: field, to: key }))))
          missing.push(`${path}: ${from} —${field}→ ${target}`);
      }
    }
    for (const { stage } of front.adaptations ?? []) {
      const each = { from, relation: 'adaptations', to: `stage/${stage}` };
      if (!known.has(said(each))) missing.push(`${path}: ${said(each)}`);
    }
  }
  none(missing, 'no relation of the front matter is lost');
});

test('every [[kind/id]] in a text is a mention', () => {
  const known = new Set(relations.map(said));
  const missing = [];
  for (const { kind, id, path, body } of sources) {
    const words = body.replace(/^(`{3,}|~{3,})[\s\S]*?^\1\s*$/gm, '').replace(/`[^`\n]*`/g, '');
    for (const [, to] of words.matchAll(/\[\[([a-z-]+\/[a-z0-9-]+)(?:#[^\]|]*)?(?:\|[^\]]*)?\]\]/g)) {
      const from = `${kind}/${id}`;
      if (/^(term|slot)\//.test(to) || to === from) continue;
      if (!known.has(said({ from, relation: 'mentions', to }))) missing.push(`${path}: [[${to}]]`);
    }
  }
  none(missing, 'a link in the text is known on both sides');
});

test('the chapter that manual.yaml names for safety is in the manual', () => {
  none(chapters.has(settings.safety) ? [] : [`safety: ${settings.safety}`], 'the risk protocol exists');
});
