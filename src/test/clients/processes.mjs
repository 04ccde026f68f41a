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
export function start(script, args, env, options) {
  return launch(process.execPath, [modulePath(script), ...args], env, options);
}

/** Runs one of the clients' scripts to its end: its exit code and what it printed. */
export function run(script, args, env) {
  return finish(process.execPath, [modulePath(script), ...args], env);
}

/** Runs a shell script to its end, in which `npx PACKAGE` starts the installed script of a client. */
export function runShell(text, script, env) {
  const npx = `npx() { shift; "${process.execPath}" "${modulePath(script)}" "$@"; }`;
  return finish('bash', ['-eu', '-c', `${npx}\n${text}`], env);
}

/** Runs a module to its end, which may import the clients. */
export function runModule(text, env) {
  return finish(process.execPath, ['--input-type=module', '--eval', text], env, import.meta.dirname);
}

function modulePath(script) {
  return path.join(import.meta.dirname, 'node_modules', script);
}

function launch(command, args, env, { timeout, stdio, cwd = env.HOME }) {
  const child = spawn(command, args, { cwd, env, stdio, timeout, killSignal: 'SIGKILL' });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function finish(command, args, env, cwd) {
  const child = launch(command, args, env, { timeout: 60_000, stdio: ['ignore', 'pipe', 'pipe'], cwd });
  const exit = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)));
  const [code, stdout, stderr] = await Promise.all([exit, text(child.stdout), text(child.stderr)]);
  return { code, stdout, all: `${stdout}${stderr}` };
}
