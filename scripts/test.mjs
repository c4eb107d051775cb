// `npm test`: set-up, then every test there is. All steps run, so that one failure does not hide another.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPage } from './build.mjs';
import { buildWasm } from './build-wasm.mjs';
import { browserTests } from './lib/browser-tests.mjs';
import { ensurePython } from './lib/python.mjs';
import { root, run, runModule } from './lib/run.mjs';
import { playwrightCount, Tally, vitestCount } from './lib/tally.mjs';
import { setUp } from './setup.mjs';

const reports = '.tools/reports';
const tally = new Tally();
/** @type {string[]} */
const failed = [];

/** Runs one step and notes whether it passed and how long it took.
 * @param {string} name
 * @param {() => Promise<number>} step gives an exit code */
async function check(name, step) {
  console.log(`\n── ${name}`);
  const start = Date.now();
  const code = await step();
  console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${Math.round((Date.now() - start) / 1000)} s)`);
  if (code !== 0) failed.push(name);
}

/** @param {...string} args */
const cargo = (...args) => run('cargo', args, { onLine: line => tally.read(line) });

/** Counts from a runner's report; a runner that left none has not run, which is a failure.
 * @param {number} code
 * @param {import('./lib/tally.mjs').Count | undefined} count */
function counted(code, count) {
  if (count) tally.add(count);
  return count ? code : code || 1;
}

await setUp();
rmSync(join(root, reports), { recursive: true, force: true });
mkdirSync(join(root, reports), { recursive: true });

await check('Rust format', () => cargo('fmt', '--all', '--check'));
await check('Rust lint', () => cargo('clippy', '--workspace', '--all-targets', '--', '-D', 'warnings'));
await check('Rust tests', () => cargo('test', '--workspace', '--no-fail-fast'));
await check('Command line', () => cargo('build', '--release', '--bin', 'chalkgrad'));
await buildWasm();
await check('Types', async () => {
  const page = await runModule('typescript/bin/tsc', ['-p', 'tsconfig.json']);
  return (await runModule('typescript/bin/tsc', ['-p', 'tsconfig.node.json'])) || page;
});
await check('Format and lint', () => runModule('@biomejs/biome/bin/biome', ['ci', '--colors=off', '.']));
await check('Promises of the source', () => run(process.execPath, ['scripts/check-source.mjs']));
await check('Unit tests', async () => {
  const report = `${reports}/vitest.json`;
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runModule('vitest/vitest.mjs', args);
  return counted(code, vitestCount(report));
});
await check('Library, command line and wasm agree', () =>
  run(process.execPath, ['tests/faces/run.mjs'], { onLine: line => tally.read(line) }),
);
await check('NumPy runs the exported code', async () => {
  if (!(await ensurePython())) return 1;
  return run(process.execPath, ['tests/python/run.mjs'], { onLine: line => tally.read(line) });
});
await buildPage();
await check('Browser tests', async () => {
  const report = `${reports}/playwright.json`;
  const code = await browserTests([], { PLAYWRIGHT_SUMMARY: report });
  return counted(code, playwrightCount(report));
});

if (failed.length) console.log(`\nFailed: ${failed.join(', ')}`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
process.exit(failed.length ? 1 : 0);
