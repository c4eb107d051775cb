// Everything the project needs on a machine that has Rust and Node. Safe to run again: what is there is left alone.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { output, root, run, say, stop } from './lib/run.mjs';
import { hashOf, isCurrent, writeStamp } from './lib/stamp.mjs';

const wasmTarget = 'wasm32-unknown-unknown';
const modulesStamp = 'node_modules/.chalkgrad-stamp';

/** Rust, the wasm target, wasm-bindgen and the npm packages. */
export async function setUp() {
  checkNode();
  checkRust();
  await ensureTarget();
  await ensureBindgen();
  await ensureModules();
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(`Node ${process.versions.node} is too old: Chalkgrad needs Node 20.19 or newer (https://nodejs.org).`);
  }
}

function checkRust() {
  const wanted = /rust-version = "(\d+)\.(\d+)"/.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'));
  const found = /(\d+)\.(\d+)/.exec(output('rustc', ['--version']) ?? '');
  if (!found || output('cargo', ['--version']) === undefined) {
    stop('Rust is missing: install it from https://rustup.rs, then run this again.');
  }
  if (wanted && Number(found[2]) < Number(wanted[2]) && Number(found[1]) <= Number(wanted[1])) {
    stop(`Rust ${found[0]} is too old: Chalkgrad needs ${wanted[1]}.${wanted[2]} or newer (rustup update stable).`);
  }
}

async function ensureTarget() {
  if (hasTarget()) return;
  say(`Adding the Rust target ${wasmTarget}`);
  const code = await run('rustup', ['target', 'add', wasmTarget]);
  if (code !== 0 || !hasTarget()) {
    stop(`The Rust target ${wasmTarget} is missing and could not be added: run \`rustup target add ${wasmTarget}\`.`);
  }
}

function hasTarget() {
  const folder = output('rustc', ['--print', 'target-libdir', '--target', wasmTarget]);
  return folder !== undefined && existsSync(folder);
}

/** Where this project keeps the wasm-bindgen command of exactly the library's version. */
function bindgenHome() {
  const lock = readFileSync(join(root, 'Cargo.lock'), 'utf8');
  const version = /name = "wasm-bindgen"\nversion = "([^"]+)"/.exec(lock)?.[1];
  if (!version) return stop('Cargo.lock does not name a version of wasm-bindgen.');
  return { version, home: `.tools/wasm-bindgen-${version}` };
}

/** The wasm-bindgen command. */
export function bindgenCommand() {
  const name = process.platform === 'win32' ? 'wasm-bindgen.exe' : 'wasm-bindgen';
  return join(root, bindgenHome().home, 'bin', name);
}

async function ensureBindgen() {
  const { version, home } = bindgenHome();
  if (output(bindgenCommand(), ['--version'])?.endsWith(version)) return;
  say(`Installing wasm-bindgen ${version} into ${home} (once, about two minutes)`);
  // A target folder of its own, so that the project's builds stay as they are; no --locked: its lockfile is out of date.
  const args = ['install', 'wasm-bindgen-cli', '--version', `=${version}`, '--root', home, '--force'];
  const code = await run('cargo', args, { env: { CARGO_TARGET_DIR: join(root, '.tools/build') } });
  if (code !== 0) stop(`wasm-bindgen-cli ${version} could not be installed; the lines above say why.`);
}

/** npm's own script, beside this Node; `npm` on the PATH otherwise. */
function npm() {
  const own = process.env['npm_execpath'];
  if (own && existsSync(own)) return { command: process.execPath, first: [own] };
  return { command: process.platform === 'win32' ? 'npm.cmd' : 'npm', first: [] };
}

async function ensureModules() {
  const hash = hashOf(['package-lock.json']);
  if (isCurrent(modulesStamp, hash)) return;
  say('Installing the npm packages');
  const { command, first } = npm();
  const path = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
  const code = await run(command, [...first, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    env: { PATH: path },
  });
  if (code !== 0) stop('The npm packages could not be installed; the lines above say why.');
  writeStamp(modulesStamp, hash);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  say('Everything is in place');
}
