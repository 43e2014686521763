import { test } from 'node:test';

import { none } from '../lib/report.mjs';
import { files, pages, read } from '../lib/site.mjs';

const addresses = [...pages.values()].flatMap((page) =>
  page.addresses.map((each) => ({ page, ...each, place: page.at(each.element), to: page.leads(each.address) })),
);
const said = ({ place, element, attribute, address }) => `${place}: <${element.name} ${attribute}="${address}">`;

test('every address of a file in the site leads to one that exists', () => {
  none(
    addresses.filter(({ to }) => to.path && !files.has(to.path)).map((each) => `${said(each)} → no ${each.to.path}`),
    'an address in the site must lead to a file of the site',
  );
});

test('every address with a fragment leads to an id on the page', () => {
  const broken = addresses.filter(({ to, address }) => {
    const page = pages.get(to.path);
    return page && (to.fragment ? !page.ids.has(to.fragment) : address.endsWith('#'));
  });
  none(
    broken.map((each) => `${said(each)} → no id "${each.to.fragment}" in ${each.to.path}`),
    'what stands after # must be an id on that page',
  );
});

test('all addresses in the site are relative and stay in its folder', () => {
  none(
    addresses
      .filter(({ to, address }) => to.escapes || (!to.outside && (address.startsWith('/') || address.includes('\\'))))
      .map(said),
    'the site must work in any folder, so its addresses are relative',
  );
});

test('only links lead to other places: nothing is loaded from them', () => {
  none(
    addresses
      .filter(
        ({ element, attribute, to }) =>
          to.outside &&
          !(element.name === 'a' && attribute === 'href') &&
          !(attribute === 'cite') &&
          !(element.name === 'link' && /^(canonical|alternate|license|author)$/.test(element.get('rel') ?? '')),
      )
      .map(said),
    'nothing may be requested from another origin',
  );
});

test('links out of the site are web, mail or telephone addresses', () => {
  none(
    addresses
      .filter(
        ({ element, to, address }) =>
          element.name === 'a' && to.outside && !/^(https?:\/\/|mailto:|tel:)/i.test(address),
      )
      .map(said),
    'a link out of the site begins with https://, http://, mailto: or tel:',
  );
});

test('style sheets load nothing from elsewhere and nothing that is missing', () => {
  const findings = [];
  for (const path of [...files].filter((each) => each.endsWith('.css'))) {
    const css = read(path).replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, quoted, bare] of css.matchAll(
      /url\(\s*(?:["']([^"']*)["']|([^)"']*))\s*\)|@import\s+["'][^"']*["']/g,
    )) {
      const address = (quoted ?? bare ?? '').trim();
      if (address.startsWith('data:') || address.startsWith('#')) continue;
      const url = new URL(address, `https://site.invalid/root/${path}`);
      const target = decodeURIComponent(url.pathname.replace(/^\/root\//, ''));
      if (url.host !== 'site.invalid' || !files.has(target)) findings.push(`${path}: url(${address})`);
    }
    for (const [, address] of css.matchAll(/@import\s+["']([^"']*)["']/g)) {
      const url = new URL(address, `https://site.invalid/root/${path}`);
      const target = decodeURIComponent(url.pathname.replace(/^\/root\//, ''));
      if (url.host !== 'site.invalid' || !files.has(target)) findings.push(`${path}: @import "${address}"`);
    }
  }
  none(findings, 'a style sheet may name only files of the site');
});

test('every redirect leads straight to a page that is no redirect', () => {
  const findings = [];
  for (const page of pages.values()) {
    if (page.redirect === null) continue;
    const target = pages.get(page.leads(page.redirect).path);
    if (!target) findings.push(`${page.path} → ${page.redirect}, which is no page`);
    else if (target.redirect !== null) findings.push(`${page.path} → ${target.path}, itself a redirect`);
  }
  none(findings, 'an old address must bring the reader to the chapter');
});
