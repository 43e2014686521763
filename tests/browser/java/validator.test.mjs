import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { none } from '../lib/report.mjs';
import { arabic, kitchenSink, site } from '../lib/site.mjs';

const jar = String(createRequire(import.meta.url)('vnu-jar'));

const folders = [site, kitchenSink(), arabic()].map(({ folder }) => folder);

/** A page by the name of its site and its path there. */
function place(url) {
  const path = fileURLToPath(url);
  const folder = folders.find((each) => path.startsWith(each + sep));
  return folder ? join(basename(folder), relative(folder, path)) : path;
}

/** What the Nu HTML checker says of every page of the manual and the samples. */
function messages() {
  const options = ['--exit-zero-always', '--format', 'json', '--stdout', '--skip-non-html', ...folders];
  try {
    const said = execFileSync('java', ['-Xss8m', '-jar', jar, ...options], { encoding: 'utf8', maxBuffer: 1 << 28 });
    return JSON.parse(said).messages;
  } catch (error) {
    if (error.code === 'ENOENT')
      assert.fail('The HTML checker needs Java: install default-jre-headless (tests/run does).');
    throw error;
  }
}

test('the Nu HTML checker finds no error on any page', () => {
  none(
    messages()
      .filter(({ type }) => type !== 'info')
      .map(
        ({ url, lastLine, message, extract }) =>
          `${url ? place(url) : 'checker'}:${lastLine ?? 0}: ${message} ${extract ? JSON.stringify(extract.trim().slice(0, 100)) : ''}`,
      ),
    'every page is valid HTML',
  );
});
