// An HTML file as a list of elements, and where its links lead.

import { parse } from 'parse5';

/** An element, with the line that it begins on. */
export class Element {
  constructor(node, parent) {
    this.node = node;
    this.parent = parent;
    this.name = node.tagName;
    this.attributes = new Map(
      node.attrs.map((attribute) => [
        attribute.prefix ? `${attribute.prefix}:${attribute.name}` : attribute.name,
        attribute.value,
      ]),
    );
    this.line = node.sourceCodeLocation?.startLine ?? 0;
  }

  get(attribute) {
    return this.attributes.get(attribute);
  }

  has(attribute) {
    return this.attributes.has(attribute);
  }

  classes() {
    return (this.get('class') ?? '').split(/\s+/).filter(Boolean);
  }

  /** Whether it is `other` or stands inside it. */
  within(other) {
    for (let element = this; element; element = element.parent) if (element === other) return true;
    return false;
  }

  /** The nearest element around it (or itself) for which `test` holds. */
  closest(test) {
    for (let element = this; element; element = element.parent) if (test(element)) return element;
    return null;
  }

  /** Its words, with single spaces. */
  get text() {
    return rawText(this.node).replace(/\s+/g, ' ').trim();
  }
}

function rawText(node) {
  if (node.nodeName === '#text') return node.value;
  return (node.childNodes ?? []).map(rawText).join('');
}

/** Stands for the site's folder when links are resolved; nothing is ever requested from it. */
const root = 'https://site.invalid/some/deep/folder/';

export class Page {
  constructor(path, html) {
    this.path = path;
    this.html = html;
    this.elements = [];
    const gather = (node, parent) => {
      let element = parent;
      if (node.tagName) {
        element = new Element(node, parent);
        this.elements.push(element);
      }
      for (const child of node.childNodes ?? []) gather(child, element);
      if (node.content) gather(node.content, element);
    };
    gather(parse(html, { sourceCodeLocationInfo: true }), null);
    this.ids = new Set(this.elements.filter((element) => element.has('id')).map((element) => element.get('id')));
    const refresh = this.all('meta').find((meta) => meta.get('http-equiv')?.toLowerCase() === 'refresh');
    /** Where a redirect leads; null for a page of its own. */
    this.redirect = refresh ? (/url\s*=\s*['"]?(.*?)['"]?\s*$/i.exec(refresh.get('content') ?? '')?.[1] ?? '') : null;
  }

  all(...names) {
    return this.elements.filter((element) => names.includes(element.name));
  }

  first(name) {
    return this.elements.find((element) => element.name === name);
  }

  inside(ancestor, ...names) {
    return this.elements.filter((element) => names.includes(element.name) && element.within(ancestor));
  }

  /** `path:line`, for messages. */
  at(element) {
    return `${this.path}:${element.line}`;
  }

  /**
   * Where an address leads: `{ outside: true }` for another origin or scheme, `{ escapes: true }`
   * out of the site's folder, otherwise the `path` in the site and the `fragment`.
   */
  leads(address) {
    const url = new URL(address, root + encodeURI(this.path));
    if (url.protocol !== 'https:' || url.host !== 'site.invalid') return { outside: true };
    if (!url.href.startsWith(root)) return { escapes: true };
    let path = decodeURIComponent(url.pathname.slice(new URL(root).pathname.length));
    if (path === '' || path.endsWith('/')) path += 'index.html';
    const fragment = url.hash.slice(1).replace(/:~:.*$/, '');
    return { path, fragment: decodeURIComponent(fragment) };
  }

  /** Every address in it: `{ element, attribute, address }`. */
  get addresses() {
    const found = [];
    const add = (element, attribute, address) => found.push({ element, attribute, address });
    for (const element of this.elements) {
      for (const attribute of [
        'href',
        'src',
        'xlink:href',
        'poster',
        'action',
        'formaction',
        'data',
        'cite',
        'background',
      ]) {
        if (element.has(attribute)) add(element, attribute, element.get(attribute).trim());
      }
      for (const attribute of ['srcset', 'imagesrcset']) {
        for (const candidate of (element.get(attribute) ?? '').split(/,\s+/).filter(Boolean)) {
          add(element, attribute, candidate.trim().split(/\s+/)[0]);
        }
      }
    }
    if (this.redirect !== null) {
      const meta = this.all('meta').find((each) => each.get('http-equiv')?.toLowerCase() === 'refresh');
      add(meta, 'content', this.redirect);
    }
    return found;
  }

  /** The paths of the pages that it links to, from `elements` (default: from anywhere). */
  linksTo(elements = this.elements) {
    const paths = new Set();
    for (const element of elements) {
      if (element.name !== 'a' || !element.has('href')) continue;
      const { path } = this.leads(element.get('href'));
      if (path) paths.add(path);
    }
    return paths;
  }

  /** The elements of its text: in `main`, and not in a navigation. */
  get prose() {
    const main = this.first('main');
    return this.elements.filter(
      (element) => main && element.within(main) && !element.closest((around) => around.name === 'nav'),
    );
  }
}
