// `node bench/derivations.mjs`: how long derivations take in the wasm, from text to text. Medians, printed, never asserted.
// The same natively: `cargo run --release -p chalkgrad-core --example measure`.
import { readFileSync } from 'node:fs';

const here = new URL('./', import.meta.url);
const glue = await import(new URL('../www/engine/wasm/chalkgrad_wasm.js', here).href);
glue.initSync({ module: readFileSync(new URL('../www/engine/wasm/chalkgrad_wasm_bg.wasm', here)) });

const rounds = 301;
const warm = 60;

/** @param {string} line
 * @param {number} times */
function median(line, times) {
  const found = [];
  for (let round = 0; round < times + warm; round += 1) {
    const start = performance.now();
    glue.call(line);
    if (round >= warm) found.push(performance.now() - start);
  }
  return middle(found);
}

/** @param {number[]} numbers */
function middle(numbers) {
  return numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

const microseconds = (/** @type {number} */ time) => `${(time * 1000).toFixed(1)} µs`;

const lines = readFileSync(new URL('derivations.jsonl', here), 'utf8').split('\n');
const questions = lines.filter(line => line !== '').map(line => JSON.parse(line));
for (const detail of ['result', 'full', 'page']) {
  const groups = new Map();
  for (const { group, ...question } of questions) {
    const time = median(JSON.stringify({ ...question, detail }), rounds);
    console.log(`${microseconds(time).padStart(12)}  ${detail}  ${question.expr} by ${question.wrt}`);
    groups.set(group, [...(groups.get(group) ?? []), time]);
  }
  for (const [group, times] of groups) {
    console.log(`${group}, ${detail}: median ${microseconds(middle(times))}, most ${microseconds(Math.max(...times))}`);
  }
}

const names = Array.from({ length: 64 }, (_, k) => `x${k + 1}`);
const parts = Array.from({ length: 32 }, (_, k) => `f${k + 1} = sin(f${k}) * f${k} + x`);
const large = {
  'chain, 32 deep': { expr: `f32 where f0 = x, ${parts.join(', ')}`, wrt: 'x', vars: { x: [] } },
  '64 partials': { expr: names.join(' * '), wrt: names },
};
for (const [name, question] of Object.entries(large)) {
  console.log(`${name}: ${median(JSON.stringify({ ...question, detail: 'result' }), 31).toFixed(2)} ms`);
}
