// `iptbook serve` at work on a manual of its own, for tests of what a browser shows.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'node:test';

import { printed, program } from './program.mjs';

const ends = [];
afterEach(() => Promise.all(ends.splice(0).map((end) => end())));

/** What asking a tab comes to; nothing where its page is just being loaded again. */
const whileLoading = (error) => {
  if (!/context was destroyed|because of a navigation/.test(error.message)) throw error;
};

/** Waits until `is` gives something, and returns it; what `what` gives says what there is instead. */
export async function until(is, what = () => '') {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((done) => setTimeout(done, 10))) {
    const found = await Promise.resolve(is()).catch(whileLoading);
    if (found) return found;
  }
  throw new Error(`it did not happen within 20 s: ${is} ${await what()}`);
}

/**
 * A manual as `iptbook init` begins it, changed by `prepare(folder)`, and its preview; gone after the test.
 * `said()` is what the terminal showed so far.
 */
export async function preview(prepare = () => {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'iptbook-preview-'));
  const folder = join(scratch, 'manual');
  printed('init', folder);
  prepare(folder);
  const served = spawn(program, ['serve', 'manual', '--port', '0'], {
    cwd: scratch,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise((done) => served.on('exit', done));
  let [out, errors] = ['', ''];
  served.stdout.on('data', (text) => (out += text));
  served.stderr.on('data', (text) => (errors += text));
  ends.push(async () => {
    served.kill('SIGINT');
    await ended;
    rmSync(scratch, { recursive: true });
  });
  const address = await until(
    () => /^http:\S+(?=.*\n)/.exec(out)?.[0],
    () => errors,
  );
  const path = (name) => join(folder, name);
  const read = (name) => readFileSync(path(name), 'utf8');
  const write = (name, text) => writeFileSync(path(name), text);
  /** Changes a file by a function of its text. */
  const edit = (name, change) => write(name, change(read(name)));
  return { folder, address, path, read, write, edit, said: () => errors };
}
