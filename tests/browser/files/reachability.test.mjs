import { test } from 'node:test';

import { none } from '../lib/report.mjs';
import { manual, pages, realPages } from '../lib/site.mjs';

test('every page can be reached from the home page by links', () => {
  const reached = new Set(['index.html']);
  for (const path of reached) {
    const page = pages.get(path);
    if (!page) continue;
    const addresses = [...page.linksTo(), ...(page.redirect === null ? [] : [page.leads(page.redirect).path])];
    for (const to of addresses) if (pages.has(to)) reached.add(to);
  }
  none(
    realPages.map((page) => page.path).filter((path) => path !== '404.html' && !reached.has(path)),
    'some chain of links leads from index.html to every page',
  );
});

test('the contents page links to every chapter but the home page', () => {
  const contents = pages.get('contents.html');
  const listed = contents.linksTo(contents.prose);
  none(
    manual.chapters.map((chapter) => chapter.url).filter((url) => url !== 'index.html' && !listed.has(url)),
    'contents.html lists the whole manual',
  );
});
