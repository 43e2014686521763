// The manual's sources, read without iptbook: what the site must say, worked out a second time.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { manualFolder } from './site.mjs';

const text = (path) => readFileSync(join(manualFolder, path), 'utf8').replace(/^\uFEFF/, '');

/** `manual.yaml`. */
export const settings = parse(text('manual.yaml'));

/** Every chapter's `{ path, kind, id, front, body }`, without drafts. */
export const sources = readdirSync(manualFolder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
  .map((entry) => {
    const folder = entry.parentPath ?? entry.path;
    return join(folder, entry.name)
      .slice(manualFolder.length + 1)
      .replaceAll('\\', '/');
  })
  .sort()
  .map((path) => {
    const [, yaml, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(text(path)) ?? [null, '', text(path)];
    const front = parse(yaml) ?? {};
    const part = (settings.parts ?? []).find((each) => path.startsWith(`${each.folder}/`));
    const stem = path.replace(/^.*\//, '').replace(/\.md$/, '').replace(/^\d+-/, '');
    return { path, kind: front.kind ?? part?.kind ?? 'page', id: front.id ?? stem, front, body };
  })
  .filter(({ front }) => front.status !== 'draft');

/** A source by kind and id, or by `kind/id`. */
export function source(kind, id) {
  const name = String(id).replace(/^.*\//, '');
  return sources.find((each) => each.kind === kind && each.id === name);
}

/** The sources of a kind in the manual's order: by part, order, title. */
export function ofKind(kind) {
  const place = ({ path, front }) => [
    (settings.parts ?? []).findIndex((part) => path.startsWith(`${part.folder}/`)),
    front.order ?? Number(/(?:^|\/)(\d+)-[^/]*$/.exec(path)?.[1] ?? Infinity),
    front.title.toLowerCase(),
  ];
  const compare = (one, other) => {
    const at = one.findIndex((each, index) => each !== other[index]);
    return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
  };
  return sources.filter((each) => each.kind === kind).sort((one, other) => compare(place(one), place(other)));
}

/** `glossary.yaml`: a list of terms. */
export const glossary = parse(text('glossary.yaml'));

/** The bibliography as BibLaTeX. */
export const bibliography = text(settings.bibliography);

/** Every text in a value of YAML, however deep. */
export function texts(value) {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(texts) : [];
}

/** The blocks of a directive in a text, as their options. */
export const directives = (body, name) =>
  [...body.matchAll(new RegExp(`^\`\`\`\\{${name}\\}[^\\n]*\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
    ([, yaml]) => parse(yaml) ?? {},
  );

/** A range as the data writes it. */
const range = (value) => (value === undefined ? '' : String(value));

/** What is usual of a stage where a protocol of so many sessions has something else. */
function usualCourse(entry, stage, sessions) {
  const last = sessions.split('-').at(-1);
  const throughout = stage.sessions === 'throughout' && range(entry.sessions) === `1-${last}`;
  const usual = {};
  for (const key of ['sessions', 'activity', 'techniques', 'therapist-tasks', 'patient-tasks']) {
    if (entry[key] === undefined || stage[key] === undefined || (key === 'sessions' && throughout)) continue;
    const [here, there] = [entry[key], stage[key]].map((value) => (Array.isArray(value) ? value : range(value)));
    const same = Array.isArray(here)
      ? JSON.stringify(key === 'techniques' ? [...here].sort() : here) ===
        JSON.stringify(key === 'techniques' ? [...there].sort() : there)
      : here === there;
    if (!same) usual[key] = there;
  }
  return usual;
}

/** The rows of a protocol's or setting's session summary, as `data/manual.json` should have them. */
export function sessionRows(kind, id) {
  const chapter = source(kind, id);
  if (kind === 'setting') {
    const [first] = chapter.front.protocols ?? [];
    const rows = first === undefined ? [] : sessionRows('protocol', first);
    for (const adaptation of chapter.front.adaptations ?? []) {
      const row = rows.find((each) => each.stage === adaptation.stage);
      if (!row) continue;
      if (adaptation.sessions !== undefined && range(adaptation.sessions) !== row.sessions) {
        row.usual = { ...row.usual, sessions: row.sessions };
        row.sessions = range(adaptation.sessions);
      }
      row.change = [row.change, adaptation.change].filter(Boolean).join('; ');
    }
    return rows;
  }
  return (chapter.front.stages ?? []).map((entry) => {
    const stage = source('stage', entry.stage).front;
    const row = {
      stage: entry.stage,
      sessions: range(entry.sessions ?? stage.sessions),
      phase: stage.phase ?? '',
      activity: entry.activity ?? stage.activity,
      techniques: entry.techniques ?? stage.techniques ?? [],
      'therapist-tasks': entry['therapist-tasks'] ?? stage['therapist-tasks'] ?? [],
      'patient-tasks': entry['patient-tasks'] ?? stage['patient-tasks'] ?? [],
      measures: stage.measures ?? [],
      worksheets: stage.worksheets ?? [],
    };
    if (entry.change) row.change = entry.change;
    const usual = usualCourse(entry, stage, String(chapter.front.sessions));
    if (Object.keys(usual).length > 0) row.usual = usual;
    return row;
  });
}
