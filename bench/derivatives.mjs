// Derivatives beside their peers: milliseconds for one question, text to text.
import { median, now } from './race.mjs';
import { ask, chalkgrad, mathjs, others } from './symbolic/peers.mjs';
import { chain, matrices, product, textbook } from './symbolic/questions.mjs';
import { sympy } from './symbolic/sympy.mjs';
import { derivative } from 'mathjs';
import nerdamer from 'nerdamer';

/** @param {string} only
 * @param {(measured: object) => void} tell */
export async function derivatives(only, tell) {
  const python = await sympy();
  const all = [];
  const report = result => {
    if (!result.name.includes(only)) return;
    all.push(result);
    tell(result);
  };
  report(twelve([chalkgrad.bare, chalkgrad.full, mathjs.plain, mathjs.simplified, ...others, python.textbook]));
  for (const { name, expr, wrt, vars, sympy: which } of matrices) {
    const own = { name: 'Chalkgrad, result', run: () => ask({ id: '', expr, wrt, vars, detail: 'result' }).text };
    const steps = { name: 'Chalkgrad, steps, LaTeX, checks', run: () => ask({ id: '', expr, wrt, vars }).text };
    report(single(name, [own, steps, python.matrix(which)]));
  }
  report(chains(python));
  report(partials(python));
  return all;
}

/** The time of one call in milliseconds: the median of the rounds, each of which asks again until a millisecond has passed. */
function timed(run) {
  const start = now();
  let count = 0;
  do {
    run();
    count += 1;
  } while (now() - start < 1);
  return (now() - start) / count;
}

/** The twelve: the median over the questions of each one's median over interleaved rounds, and the slowest question. */
function twelve(contestants, rounds = 9) {
  const times = contestants.map(() => textbook.map(() => []));
  const said = contestants.map(({ run }) => textbook.map(question => String(run(question))));
  // Warm; what then takes long (algebrite's 16 seconds for atan) is not asked again.
  for (const [c, { run }] of contestants.entries()) {
    for (const [q, question] of textbook.entries()) times[c][q].push(timed(() => run(question)));
  }
  const isSlow = contestants.map((_, c) => textbook.map((_, q) => times[c][q][0] > 50));
  for (let round = 0; round < rounds; round += 1) {
    textbook.forEach((question, q) => {
      contestants.forEach(({ run }, c) => {
        if (isSlow[c][q]) return;
        if (round === 0) times[c][q] = [];
        times[c][q].push(timed(() => run(question)));
      });
    });
  }
  const measured = contestants.map(({ name }, c) => {
    const each = times[c].map(median);
    const letters = said[c].reduce((sum, text) => sum + text.length, 0);
    return { name, ms: median(each), worst: Math.max(...each), each, note: `${letters} characters in all` };
  });
  return { name: '12 textbook derivatives', measured };
}

function single(name, contestants, rounds = 9) {
  const times = contestants.map(() => []);
  for (const { run } of contestants) timed(run);
  for (let round = 0; round < rounds; round += 1) {
    for (const [c, { run }] of contestants.entries()) times[c].push(timed(run));
  }
  const measured = contestants.map(({ name, run }, c) => ({ name, ms: median(times[c]), note: String(run()) }));
  return { name, measured };
}

/** One of a few, for what takes long. */
const few = run => {
  try {
    return median(Array.from({ length: 3 }, () => timed(run)));
  } catch (error) {
    console.error(String(error));
    return null;
  }
};

/** Ours 32 deep; the peers as deep as they come in some seconds, since their text doubles with each. */
function chains(python) {
  const ours = chain(32).named;
  const run = () => ask({ id: '', expr: ours, wrt: 'x', vars: { x: [] }, detail: 'result' }).text;
  const { text } = chain(8);
  const four = chain(4).text;
  const measured = [
    {
      name: 'Chalkgrad, 32 deep',
      ms: single('', [{ name: '', run }]).measured[0].ms,
      note: `${run().length} characters`,
    },
    { name: 'mathjs, not simplified, 8 deep', ms: few(() => derivative(text, 'x', { simplify: false }).toString()) },
    { name: 'mathjs, simplified, 4 deep', ms: few(() => derivative(four, 'x').toString()) },
    { name: 'nerdamer, 4 deep', ms: few(() => nerdamer(`diff(${four}, x)`).toString()) },
    { name: 'SymPy in Pyodide, 8 deep', ms: few(python.chain(8)) },
  ];
  return { name: 'f ← sin(f)·f + x', measured };
}

function partials(python) {
  const { names, text } = product(64);
  const vars = Object.fromEntries(names.map(name => [name, []]));
  const run = () => ask({ id: '', expr: text, wrt: names, vars, detail: 'result' }).text;
  const measured = [
    { name: 'Chalkgrad', ms: single('', [{ name: '', run }]).measured[0].ms, note: `${run().length} characters` },
    {
      name: 'mathjs, not simplified',
      ms: few(() => names.map(name => derivative(text, name, { simplify: false }).toString())),
    },
    { name: 'nerdamer', ms: few(() => names.map(name => nerdamer(`diff(${text}, ${name})`).toString())) },
    { name: 'SymPy in Pyodide', ms: few(python.partials(text)) },
  ];
  return { name: 'all 64 partials of a product of 64', measured };
}
