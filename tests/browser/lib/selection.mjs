// A few pages that stand for all: one of each kind.

import { automaticPages, chapters, manual, pages } from './site.mjs';
import { settings } from './sources.mjs';

const ofEachKind = [...new Set(manual.chapters.map((chapter) => chapter.kind))].map(
  (kind) => manual.chapters.find((chapter) => chapter.kind === kind).url,
);
const sheets = ['sheet', 'checklist', 'form'].map((sheet) =>
  [...pages.keys()].find((path) => path.endsWith(`.${sheet}.html`)),
);

/** One chapter of each kind, the risk protocol, the standard protocol, an evidence chapter with a picture, parts with tables, one sheet of each kind and all automatic pages. */
export const selection = [
  ...new Set([
    ...ofEachKind,
    chapters.get(settings.safety)?.url,
    'protocols/standard-ipt.html',
    'evidence/bulimia.html',
    'techniques/role-play.html',
    'techniques/index.html',
    'settings/index.html',
    ...sheets,
    ...automaticPages,
  ]),
].filter((path) => pages.has(path));
