// `node bench/derivations.mjs`: how long derivations take in the wasm, from text to text. Medians, printed, never asserted. Of the
// processor's time, so that other programs disturb little. The same natively: `cargo run --release -p chalkgrad-core --example measure`.
import { call } from './peers/chalkgrad.mjs';
import { median, timeOf } from './race.mjs';
import { chain, product, questions } from './symbolic/questions.mjs';

const rounds = 101;
const warm = 20;

/** Milliseconds for one call: the median of rounds of a third of one.
 * @param {string} line
 * @param {number} times */
function timed(line, times) {
  const found = [];
  for (let round = 0; round < times + warm; round += 1) {
    const time = timeOf(() => call(line), 0.3);
    if (round >= warm) found.push(time);
  }
  return median(found);
}

const microseconds = (/** @type {number} */ time) => `${(time * 1000).toFixed(1)} µs`;

for (const detail of ['result', 'full', 'page']) {
  const groups = new Map();
  for (const { group, ask } of questions) {
    const time = timed(JSON.stringify({ ...ask, detail }), rounds);
    console.log(`${microseconds(time).padStart(12)}  ${detail}  ${ask.expr} by ${ask.wrt}`);
    groups.set(group, [...(groups.get(group) ?? []), time]);
  }
  for (const [group, times] of groups) {
    console.log(`${group}, ${detail}: median ${microseconds(median(times))}, most ${microseconds(Math.max(...times))}`);
  }
}

const { names, text } = product(64);
const large = {
  'chain, 32 deep': { expr: chain(32).named, wrt: 'x', vars: { x: [] } },
  '64 partials': { expr: text, wrt: names },
};
for (const [name, question] of Object.entries(large)) {
  console.log(`${name}: ${timed(JSON.stringify({ ...question, detail: 'result' }), 31).toFixed(2)} ms`);
}
