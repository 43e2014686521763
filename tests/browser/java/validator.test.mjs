import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { none } from '../lib/report.mjs';
import { folder } from '../lib/site.mjs';

const jar = String(createRequire(import.meta.url)('vnu-jar'));

/** What the Nu HTML checker says of every page. */
function messages() {
  const options = ['--exit-zero-always', '--format', 'json', '--stdout', '--skip-non-html', folder];
  try {
    const said = execFileSync('java', ['-Xss8m', '-jar', jar, ...options], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return JSON.parse(said).messages;
  } catch (error) {
    if (error.code === 'ENOENT') assert.fail('The HTML checker needs Java: install default-jre-headless (tests/run does).');
    throw error;
  }
}

test('the Nu HTML checker finds no error on any page', () => {
  none(
    messages()
      .filter(({ type }) => type !== 'info')
      .map(({ url, lastLine, message, extract }) => `${url ? relative(folder, fileURLToPath(url)) : 'checker'}:${lastLine ?? 0}: ${message} ${extract ? JSON.stringify(extract.trim().slice(0, 100)) : ''}`),
    'every page is valid HTML',
  );
});
