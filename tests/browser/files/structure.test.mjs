import { test } from 'node:test';

import { none } from '../lib/report.mjs';
import { automaticData, automaticPages, chapters, files, manual, pages, realPages } from '../lib/site.mjs';
import { settings } from '../lib/sources.mjs';

const every = [...pages.values()];

/** Findings on `where`, from a function that gives a page's findings (text, or nothing). */
const findings = (where, find) =>
  where.flatMap((page) =>
    [find(page)]
      .flat()
      .filter(Boolean)
      .map((finding) => `${page.path}: ${finding}`),
  );

test('every page and data file that a manual gets without asking is there', () => {
  const parts = (settings.parts ?? []).map((part) => `${part.folder}/index.html`);
  none(
    [...automaticPages, ...parts, ...automaticData].filter((path) => !files.has(path)),
    'these files belong to every site',
  );
});

test('no page has a style attribute or element', () => {
  none(
    findings(every, (page) =>
      page.elements
        .filter((element) => element.has('style') || element.name === 'style')
        .map((element) => `line ${element.line}: <${element.name} style="${element.get('style') ?? ''}">`),
    ),
    'the Content-Security-Policy forbids styles inside a page',
  );
});

test('no page has an inline script or an event attribute', () => {
  none(
    findings(every, (page) =>
      page.elements.flatMap((element) => [
        ...(element.name === 'script' && !element.has('src') ? [`line ${element.line}: <script> without src`] : []),
        ...[...element.attributes.keys()]
          .filter((name) => /^on/i.test(name))
          .map((name) => `line ${element.line}: <${element.name} ${name}>`),
      ]),
    ),
    'the Content-Security-Policy forbids scripts inside a page',
  );
});

test('the ids of a page are unique', () => {
  none(
    findings(every, (page) => {
      const places = new Map();
      for (const element of page.elements.filter((each) => each.has('id'))) {
        places.set(element.get('id'), [...(places.get(element.get('id')) ?? []), element.line]);
      }
      return [...places]
        .filter(([, lines]) => lines.length > 1)
        .map(([id, lines]) => `id "${id}" on lines ${lines.join(', ')}`);
    }),
    'an id stands once on a page',
  );
});

test('every reference to an id of the same page finds it', () => {
  const references = [
    'for',
    'headers',
    'list',
    'form',
    'popovertarget',
    'aria-labelledby',
    'aria-describedby',
    'aria-controls',
    'aria-owns',
    'aria-details',
  ];
  none(
    findings(every, (page) =>
      page.elements.flatMap((element) =>
        references
          .filter((name) => element.has(name))
          .flatMap((name) =>
            element
              .get(name)
              .split(/\s+/)
              .map((id) => ({ name, id })),
          )
          .filter(({ id }) => !page.ids.has(id))
          .map(({ name, id }) => `line ${element.line}: <${element.name} ${name}="${id}">`),
      ),
    ),
    'what for, popovertarget, aria-labelledby and their like name must be on the page',
  );
});

test('every page has exactly one h1, and it has words', () => {
  none(
    findings(every, (page) => {
      const headings = page.all('h1').map((heading) => heading.text);
      return headings.length === 1 && headings[0] ? [] : `${headings.length} h1: ${JSON.stringify(headings)}`;
    }),
    'a page has one main heading',
  );
});

test('heading levels never skip', () => {
  none(
    findings(every, (page) => {
      let last = 1;
      return page.all('h1', 'h2', 'h3', 'h4', 'h5', 'h6').flatMap((heading) => {
        const level = Number(heading.name[1]);
        const skips = level > last + 1;
        const finding = skips ? [`line ${heading.line}: h${level} "${heading.text}" after h${last}`] : [];
        last = level;
        return finding;
      });
    }),
    'a heading is at most one level below the heading before it',
  );
});

test('no heading is empty', () => {
  none(
    findings(every, (page) =>
      page
        .all('h1', 'h2', 'h3', 'h4', 'h5', 'h6')
        .filter((heading) => !heading.text)
        .map((heading) => `line ${heading.line}: empty ${heading.name}`),
    ),
    'a heading has words',
  );
});

test('the list of what is on a page follows the page', () => {
  none(
    findings(every, (page) => {
      const list = page.elements.find((element) => element.classes().includes('ipt-contents'));
      const ids = list ? page.inside(list, 'a').map((link) => page.leads(link.get('href')).fragment) : [];
      const places = ids.map((id) => page.elements.findIndex((element) => element.get('id') === id));
      return ids
        .filter((_, at) => at > 0 && places[at] < places[at - 1])
        .map((id) => `"${id}" stands on the page before what is listed before it`);
    }),
    'the contents of a page are listed in the order of the page',
  );
});

test('every page states its language and its direction', () => {
  none(
    findings(every, (page) => {
      const html = page.first('html');
      const [lang, dir] = [html.get('lang'), html.get('dir')];
      return lang === manual.language && (dir === 'ltr' || dir === 'rtl') ? [] : `lang="${lang}" dir="${dir}"`;
    }),
    `<html> has lang="${manual.language}" and dir="ltr" or dir="rtl"`,
  );
});

const titleOf = (page) => page.all('title').find((each) => each.parent?.name === 'head')?.text ?? '';

test('every page has a title', () => {
  none(
    every.filter((page) => !titleOf(page)).map((page) => page.path),
    'a page has a title',
  );
});

test('no two pages have the same title', () => {
  const titles = new Map();
  for (const page of realPages) titles.set(titleOf(page), [...(titles.get(titleOf(page)) ?? []), page.path]);
  none(
    [...titles].filter(([, paths]) => paths.length > 1).map(([title, paths]) => `"${title}": ${paths.join(', ')}`),
    'a title tells a page from the others, in a list of tabs or bookmarks',
  );
});

test('every page forbids inline code, plugins and foreign origins, before it loads anything', () => {
  none(
    findings(realPages, (page) => {
      const head = page.elements.filter((element) => element.closest((around) => around.name === 'head'));
      const policies = head.filter((element) => element.get('http-equiv')?.toLowerCase() === 'content-security-policy');
      if (policies.length !== 1) return `${policies.length} Content-Security-Policy metas`;
      const early = head.find((element) => ['script', 'link', 'style', 'base'].includes(element.name));
      const directives = new Map(
        policies[0]
          .get('content')
          .split(';')
          .map((each) => each.trim().split(/\s+/))
          .map(([name, ...values]) => [name.toLowerCase(), values]),
      );
      const fallback = directives.get('default-src') ?? ['(anything)'];
      const wrong = [];
      if (early && head.indexOf(early) < head.indexOf(policies[0]))
        wrong.push(`<${early.name}> stands before the policy`);
      for (const [name, values] of directives) {
        const allowed = /^(img|media)-src$/.test(name) ? ["'self'", "'none'", 'data:'] : ["'self'", "'none'"];
        wrong.push(...values.filter((value) => !allowed.includes(value)).map((value) => `${name} allows ${value}`));
      }
      if ((directives.get('object-src') ?? fallback).join() !== "'none'")
        wrong.push('plugins (object-src) are not forbidden');
      for (const name of ['script-src', 'style-src', 'connect-src', 'frame-src']) {
        if ((directives.get(name) ?? fallback).includes('(anything)')) wrong.push(`${name} is open`);
      }
      return wrong;
    }),
    'the Content-Security-Policy allows only the site itself',
  );
});

test('the risk protocol is one step away on every page, before its text', () => {
  const safety = chapters.get(settings.safety);
  none(
    findings(realPages, (page) => {
      const main = page.first('main');
      const before = page.elements.slice(0, page.elements.indexOf(main));
      const anchors = new Set([`#${safety.kind}-${safety.id}`, ...[safety.id].map((id) => `#${id}`)]);
      const there =
        page.linksTo(before).has(safety.url) ||
        before.some((element) => element.name === 'a' && anchors.has(element.get('href')));
      return there || page.path === safety.url ? [] : `no link to ${safety.url} before <main>`;
    }),
    'a reader in need finds the risk protocol at once',
  );
});

test('the first thing to reach on every page is a link that skips to its text', () => {
  none(
    findings(realPages, (page) => {
      const first = page.elements.find(
        (element) =>
          (element.name === 'a' && element.has('href')) ||
          ['button', 'input', 'select', 'textarea', 'summary'].includes(element.name) ||
          element.has('tabindex'),
      );
      if (first?.name !== 'a' || !first.get('href').startsWith('#'))
        return 'the first control is no link to the same page';
      const target = page.elements.find((element) => element.get('id') === first.get('href').slice(1));
      const main = page.first('main');
      return target && main && target.within(main) ? [] : `${first.get('href')} does not lead into <main>`;
    }),
    'a skip link comes first',
  );
});

test('every page has exactly one main landmark', () => {
  none(
    findings(every, (page) => {
      const mains = page.elements.filter((element) => element.name === 'main' || element.get('role') === 'main');
      return mains.length === 1 ? [] : `${mains.length} main landmarks`;
    }),
    'a page has one <main>',
  );
});

test('every picture has a text alternative', () => {
  none(
    findings(every, (page) => [
      ...page
        .all('img')
        .filter((picture) => !picture.has('alt'))
        .map((picture) => `line ${picture.line}: <img src="${picture.get('src')}"> without alt`),
      ...page
        .all('svg')
        .filter(
          (picture) =>
            picture.get('aria-hidden') !== 'true' && !picture.closest((around) => around.get('aria-hidden') === 'true'),
        )
        .filter(
          (picture) =>
            !picture.has('aria-label') && !picture.has('aria-labelledby') && page.inside(picture, 'title').length === 0,
        )
        .map((picture) => `line ${picture.line}: <svg> without title, aria-label or aria-hidden`),
    ]),
    'a picture says what it shows, or is marked as decoration',
  );
});

test('the parts of every page are landmarks, and a list of links has a name of its own', () => {
  none(
    findings(realPages, (page) => {
      const body = page.first('body');
      const within = (element) =>
        element.closest(
          (around) => around !== element && ['main', 'article', 'section', 'aside', 'nav'].includes(around.name),
        );
      const count = (name) => page.all(name).filter((element) => element.within(body) && !within(element)).length;
      const names = page
        .all('nav')
        .map(
          (nav) =>
            nav.get('aria-label') ??
            page.elements.find((each) => each.has('id') && each.get('id') === nav.get('aria-labelledby'))?.text ??
            '',
        );
      return [
        ...(count('header') === 1 ? [] : [`${count('header')} banners`]),
        ...(count('footer') === 1 ? [] : [`${count('footer')} footers`]),
        ...(names.length > 0 && names.every(Boolean) ? [] : [`navigations named ${JSON.stringify(names)}`]),
        ...(new Set(names).size === names.length ? [] : [`two navigations of one name: ${JSON.stringify(names)}`]),
      ];
    }),
    'a page has a banner, a named navigation and a footer',
  );
});

test('every table says what it shows, and every head of it what it is the head of', () => {
  none(
    findings(every, (page) =>
      page.all('table').flatMap((table) => {
        const named = page.inside(table, 'caption')[0]?.text || table.get('aria-label') || table.get('aria-labelledby');
        const heads = page.inside(table, 'th');
        return [
          ...(named ? [] : [`line ${table.line}: a table without a caption`]),
          ...(heads.length > 0 ? [] : [`line ${table.line}: a table without heads`]),
          ...heads
            .filter((head) => !['col', 'row', 'colgroup', 'rowgroup'].includes(head.get('scope')))
            .map((head) => `line ${head.line}: <th> "${head.text.slice(0, 40)}" without scope`),
        ];
      }),
    ),
    'who hears a table knows where a cell stands',
  );
});
