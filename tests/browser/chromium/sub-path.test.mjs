import { before, test } from 'node:test';

import { forEvery, launch, watch, windowOf } from '../lib/chromium.mjs';
import { none } from '../lib/report.mjs';
import { serve } from '../lib/serve.mjs';
import { realPages } from '../lib/site.mjs';

const failed = [];
const outside = [];
const said = [];
let server;

before(
  async () => {
    server = await serve('/some/path/');
    const browser = await launch();
    await forEvery(
      browser,
      windowOf(),
      realPages.map((page) => page.path),
      async (tab, path) => {
        const onResponse = (response) =>
          response.status() >= 400 &&
          !response.url().endsWith('/favicon.ico') &&
          failed.push(`${path}: ${response.status()} ${response.url()}`);
        const onRequest = (request) =>
          !request.url().startsWith(server.address) &&
          !/^data:|\/favicon\.ico$/.test(request.url()) &&
          outside.push(`${path}: ${request.url()}`);
        tab.on('response', onResponse);
        tab.on('request', onRequest);
        const watched = watch(tab);
        await tab.goto(server.address + path, { waitUntil: 'load' });
        watched.stop();
        said.push(...watched.console.map((message) => `${path}: ${message}`));
        tab.off('response', onResponse);
        tab.off('request', onRequest);
      },
    );
  },
  { timeout: 600_000 },
);

test('served under /some/path/ nothing is missing', () => {
  none([...new Set([...failed, ...server.missing])], 'a site works under any path');
});

test('served under /some/path/ nothing above that path is asked for', () => {
  none(outside, 'a site keeps to its own folder');
});

test('served under /some/path/ the console stays empty', () => {
  none(said, 'no error, no violation of the Content-Security-Policy');
});
