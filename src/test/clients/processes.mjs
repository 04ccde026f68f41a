import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const running = new Set();

// How the test runner ends a file that takes too long.
process.once('SIGTERM', () => {
  running.forEach((child) => child.kill('SIGKILL'));
  process.exit(1);
});

/** A directory that lasts as long as this process, with the environment of a client whose home it is. */
export function clientHome() {
  const home = mkdtempSync(path.join(tmpdir(), 'countersign-clients-'));
  process.once('exit', () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  return { HOME: home, PATH: process.env.PATH, DO_NOT_TRACK: '1' };
}

/** Starts one of the clients' scripts with Node.js; it is killed when the time is up. */
export function start(script, args, env, { timeout, stdio }) {
  const arguments_ = [path.join(import.meta.dirname, 'node_modules', script), ...args];
  const options = { cwd: env.HOME, env, stdio, timeout, killSignal: 'SIGKILL' };
  const child = spawn(process.execPath, arguments_, options);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

/** Runs one of the clients' scripts to its end: its exit code and what it printed. */
export async function run(script, args, env) {
  const child = start(script, args, env, { timeout: 30_000, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, stdout, all: `${stdout}${stderr}` };
}
