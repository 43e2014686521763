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

/**
 * Serves a site (default: the manual's) at `prefix`: its address, and every request that found
 * nothing. `/favicon.ico`, which Chromium asks for on its own, is answered and not counted.
 */
export async function serve(prefix = '/some/path/', { files, folder } = site) {
  const missing = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://127.0.0.1');
    let path = pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : null;
    if (path !== null && (path === '' || path.endsWith('/'))) path += 'index.html';
    if (path !== null && files.has(path)) {
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
      response.end(readFileSync(join(folder, path)));
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
