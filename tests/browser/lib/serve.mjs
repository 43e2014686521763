// A static server on this machine only, for a site that stands in a sub-folder of an address.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { after } from 'node:test';

import { site } from './site.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.xml': 'application/xml',
  '.vtt': 'text/vtt',
  '.webm': 'video/webm',
};

const servers = [];
after(() => servers.forEach((server) => server.close()));

/** Sends a page as a slow line does: each element of its header on its own, then the rest in pieces. */
async function sendSlowly(response, text) {
  const header = text.indexOf('</header>');
  for (let at = 0; at < text.length;) {
    const step = at < text.indexOf('<body') ? text.indexOf('<body') : at < header ? at + 1 : at + 2000;
    const end = text.indexOf('>', step) + 1 || text.length;
    response.write(text.slice(at, end));
    at = end;
    await new Promise((done) => setTimeout(done, 40));
  }
  response.end();
}

/**
 * Serves a site (default: the manual's) at `prefix`: its address, and every request that found
 * nothing. `/favicon.ico`, which Chromium asks for on its own, is answered and not counted.
 * With `slowly`, pages arrive in pieces.
 */
export async function serve(prefix = '/some/path/', { files, folder } = site, { slowly = false } = {}) {
  const missing = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    let path = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : null;
    if (path !== null && (path === '' || path.endsWith('/'))) path += 'index.html';
    if (path !== null && files.has(path)) {
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
      const content = readFileSync(join(folder, path));
      if (slowly && path.endsWith('.html')) sendSlowly(response, content.toString());
      else response.end(content);
      return;
    }
    if (pathname !== '/favicon.ico') missing.push(`${pathname} (asked for by ${request.headers.referer ?? 'nobody'})`);
    response.writeHead(404, { 'content-type': 'text/plain' });
    response.end('not here');
  });
  servers.push(server);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}${prefix}`, missing };
}
