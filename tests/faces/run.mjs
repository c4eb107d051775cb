// The same requests through the command line and through the wasm: the answers must be the same bytes.
// The library answers the same tables in crate/core/tests. Needs both builds: `npm test` makes them.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compare, network } from './generated.mjs';
import { allRows, program, requestOf, root, rows } from '../tables.mjs';

const requests = [
  ...rows(join(root, 'tests/faces/samples.jsonl')),
  ...allRows().map(requestOf),
  // Too much of everything, made here so that no file holds it.
  JSON.stringify({ id: 'long', expr: 'x + '.repeat(250_000), wrt: 'x' }),
  JSON.stringify({ id: 'deep', expr: '('.repeat(10_000), wrt: 'x' }),
  '['.repeat(10_000),
].filter(line => line.trim() !== '' && !line.includes('\n')); // A blank line gets no answer, by contract.

const glue = await import(pathToFileURL(join(root, 'www/engine/wasm/chalkgrad_wasm.js')).href);
glue.initSync({ module: readFileSync(join(root, 'www/engine/wasm/chalkgrad_wasm_bg.wasm')) });

let passed = 0;
let failed = 0;

/** @param {boolean} holds
 * @param {string} what */
function expect(holds, what) {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.error(`✗ ${what}`);
  }
}

const command = spawnSync(program, ['batch'], {
  input: `${requests.join('\n')}\n`,
  encoding: 'utf8',
  maxBuffer: 1 << 30,
});
expect(command.status === 0, `the command ended with ${command.status ?? command.error} ${command.stderr}`);
const answers = (command.stdout ?? '').split('\n').slice(0, -1);
expect(answers.length === requests.length, `${requests.length} requests, ${answers.length} answers`);

requests.forEach((request, place) => {
  const answer = ask(request);
  expect(answer === answers[place], difference(request, answers[place] ?? '', answer));
});

/** @param {string} request */
function ask(request) {
  try {
    return glue.call(request);
  } catch (error) {
    glue.__wbg_reset_state();
    return `trapped: ${error}`;
  }
}

/** Where two answers part.
 * @param {string} request
 * @param {string} native
 * @param {string} wasm */
function difference(request, native, wasm) {
  let place = 0;
  while (place < native.length && native[place] === wasm[place]) place += 1;
  const around = (/** @type {string} */ text) => text.slice(Math.max(0, place - 60), place + 60);
  return `${request.slice(0, 160)}\n  command: …${around(native)}\n  wasm:    …${around(wasm)}`;
}

// Training: the same session natively and in wasm ends with the same bits.
for (const row of rows(join(root, 'tests/faces/sessions.jsonl'))) {
  const { steps, ...spec } = JSON.parse(row);
  trainedAlike(row, spec, steps);
}

// Networks: the same samples and first weights, and the same bits after training.
for (const row of rows(join(root, 'tests/faces/networks.jsonl'))) {
  const { steps, session, network } = JSON.parse(row);
  const native = spawnSync(program, ['network', '-'], { input: JSON.stringify(network), encoding: 'utf8' });
  const { spec } = JSON.parse(glue.network(JSON.stringify(network)));
  const written = native.status === 0 ? JSON.stringify(JSON.parse(native.stdout)) : native.stderr;
  expect(written === JSON.stringify(spec), difference(row, written, JSON.stringify(spec)));
  trainedAlike(row, { ...spec, ...session }, steps);
}

/** @param {string} row
 * @param {object} spec
 * @param {number} steps */
function trainedAlike(row, spec, steps) {
  const native = spawnSync(program, ['train', '-', '--steps', String(steps)], {
    input: JSON.stringify(spec),
    encoding: 'utf8',
  });
  const wasm = train(JSON.stringify(spec), steps);
  if (native.status === 0) expect(native.stdout === `${wasm}\n`, difference(row, native.stdout, wasm));
  else
    expect(
      native.stderr.includes(JSON.parse(wasm).error.message),
      `${row}\n  command: ${native.stderr}\n  wasm: ${wasm}`,
    );
}

/** What the command `train` does, in wasm.
 * @param {string} spec
 * @param {number} steps */
function train(spec, steps) {
  try {
    const trainer = new glue.Trainer(spec);
    trainer.loss();
    trainer.step(steps);
    const state = trainer.state();
    // Left open, a thousand sessions would fill the module's memory.
    trainer.free();
    return state;
  } catch (error) {
    return String(error);
  }
}

// Random networks: generated code beside the tape it stands in for, and beside the native program; CHALKGRAD_NETWORKS says how
// many.
const networks = Number(process.env['CHALKGRAD_NETWORKS'] ?? 200);
compare(glue, networks, expect);
for (let k = 1; k <= networks; k += 1) trainedAlike(`random network ${k}`, network(k), 70);

// A real trap: more memory than the module may have. After a restart the engine answers as before.
let trapped = false;
try {
  glue.call(' '.repeat(80 * 1024 * 1024));
} catch {
  trapped = true;
}
expect(trapped, 'the memory ceiling of 64 MiB did not hold');
glue.__wbg_reset_state();
expect(glue.call(requests[0]) === answers[0], 'a restarted instance answers otherwise');
expect(glue.memory_size() < 32 * 1024 * 1024, `a fresh instance holds ${glue.memory_size()} bytes`);

console.log(`faces: ${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
