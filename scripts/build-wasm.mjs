// Rust -> wasm -> www/engine/wasm: cargo, wasm-bindgen, wasm-opt. Skipped when nothing it reads has changed.
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { output, root, run, runModule, say, stop } from './lib/run.mjs';
import { hashOf, isCurrent, writeStamp } from './lib/stamp.mjs';
import { bindgenCommand, setUp } from './setup.mjs';

const folder = 'www/engine/wasm';
const module = `${folder}/chalkgrad_wasm_bg.wasm`;
const stamp = `${folder}/.stamp`;
const inputs = [
  'Cargo.toml',
  'Cargo.lock',
  '.cargo',
  'crate/core/Cargo.toml',
  'crate/core/src',
  'crate/tape',
  'crate/generate',
  'crate/wasm',
  'scripts/build-wasm.mjs',
];

/** What today's Rust puts into a wasm module and every current browser knows. */
const features = [
  'bulk-memory',
  'bulk-memory-opt',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
  'simd',
].map(name => `--enable-${name}`);

/** The most the engine may weigh, gzipped, in bytes. The goal is 250 kB. Measured: 471 kB before the language had matrix functions,
 * second derivatives, exact checks and the compiled trainer, 645 kB with them at level z, 731 kB at level s, at which a bare
 * derivative takes half of the time and a page a fifth (.cargo/config.toml); 867 kB with practice, formulas in words and as MathML,
 * the graph, two more ways and the generator; 777 kB with sorted lists in place of ordered trees and one sort for all. Where it
 * goes: `node bench/weight.mjs`, and ARCHITECTURE.md. Words by key came after that: German weighs 25 kB. At level 3, which halves
 * a bare derivative nearly once more, it is 881 kB; 895 kB since a bare derivative allocates half as often, which takes
 * a third off; 899 kB with products that are multiplied out where they cancel. */
const budget = 905_000;

/** Builds the wasm and its glue. */
export async function buildWasm() {
  const hash = hashOf(inputs, [output('rustc', ['--version']) ?? '']);
  if (isCurrent(stamp, hash) && existsSync(join(root, module))) return;
  say('Building the engine (Rust to wasm)');
  await cargo();
  await bindgen();
  await optimise();
  weigh();
  writeStamp(stamp, hash);
}

/** Says the size, and stops above the budget: what grows unseen is never taken back. */
function weigh() {
  const bytes = readFileSync(join(root, module));
  const zipped = gzipSync(bytes, { level: 9 }).length;
  const kB = (/** @type {number} */ size) => `${Math.round(size / 1000)} kB`;
  say(`Engine built: ${kB(bytes.length)}, gzipped ${kB(zipped)} of at most ${kB(budget)}`);
  if (zipped <= budget) return;
  rmSync(join(root, stamp), { force: true });
  stop(`The engine is too large: gzipped ${kB(zipped)}, the budget in scripts/build-wasm.mjs is ${kB(budget)}.`);
}

async function cargo() {
  const code = await run('cargo', [
    'build',
    '--profile',
    'wasm',
    '--target',
    'wasm32-unknown-unknown',
    '-p',
    'chalkgrad-wasm',
  ]);
  if (code !== 0) stop('The engine did not build; the lines above say why.');
}

async function bindgen() {
  const built = join(
    process.env['CARGO_TARGET_DIR'] ?? join(root, 'target'),
    'wasm32-unknown-unknown/wasm/chalkgrad_wasm.wasm',
  );
  // The reset function starts a fresh instance from the compiled module: how the page recovers from a trap.
  const args = ['--target', 'web', '--experimental-reset-state-function', '--out-dir', folder, built];
  if ((await run(bindgenCommand(), args)) !== 0) stop('wasm-bindgen failed; the lines above say why.');
}

async function optimise() {
  const smaller = `${module}.opt`;
  const code = await runModule('binaryen/bin/wasm-opt', [...features, '-O3', module, '-o', smaller]);
  if (code !== 0) stop('wasm-opt failed; the lines above say why.');
  renameSync(join(root, smaller), join(root, module));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  await buildWasm();
}
