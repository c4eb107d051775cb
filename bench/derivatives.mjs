// Derivatives beside their peers: milliseconds for one question, text to text. What takes longer than the limit is stopped and said.
import { median } from './race.mjs';
import { ask } from './symbolic/ask.mjs';
import { chain, matrices, product, textbook } from './symbolic/questions.mjs';

const bare = { name: 'Chalkgrad, result', system: 'chalkgrad', way: 'bare' };
const full = { name: 'Chalkgrad, steps, LaTeX, checks', system: 'chalkgrad', way: 'full' };
const mathjs = { name: 'mathjs, not simplified', system: 'mathjs', way: 'plain' };
const simplified = { name: 'mathjs, simplified', system: 'mathjs', way: 'simplified' };
const nerdamer = { name: 'nerdamer', system: 'nerdamer', way: 'derivative' };
const algebrite = { name: 'algebrite', system: 'algebrite', way: 'derivative' };
const engine = { name: 'compute-engine (LaTeX)', system: 'compute-engine', way: 'derivative' };
const sympy = way => ({ name: 'SymPy in Pyodide', system: 'sympy', way });

/** What takes longer than so many milliseconds is asked once. */
const SLOW = 50;

/** @param {string} only
 * @param {(measured: object) => void} tell */
export async function derivatives(only, tell) {
  const all = [];
  for (const { name, measure } of parts()) {
    if (!name.includes(only)) continue;
    const result = { name, measured: await measure() };
    all.push(result);
    tell(result);
  }
  return all;
}

function parts() {
  const twelve = [bare, full, mathjs, simplified, nerdamer, algebrite, engine, sympy('textbook')];
  const { named } = chain(32);
  const [eight, four] = [8, 4].map(depth => ({ depth, text: chain(depth).text, wrt: 'x' }));
  const { names, text } = product(64);
  const vars = Object.fromEntries(names.map(name => [name, []]));
  const partials = { text, wrt: names, ask: { expr: text, wrt: names, vars } };
  const deep = { ask: { expr: named, wrt: 'x', vars: { x: [] } } };
  const of = (one, suffix, question) => ({ ...one, name: `${one.name}, ${suffix}`, question });
  return [
    { name: '12 textbook derivatives', measure: () => raced(twelve, textbook) },
    ...matrices.map(question => ({
      name: `${question.text} by ${question.wrt}`,
      measure: () => raced([bare, full, sympy('matrix')], [question]),
    })),
    {
      // The peers as deep as they come in some seconds, since their text doubles with each.
      name: 'f ← sin(f)·f + x',
      measure: async () => [
        ...(await raced([of(bare, '32 deep')], [deep])),
        ...(await raced([of(mathjs, '8 deep'), of(sympy('chain'), '8 deep')], [eight])),
        ...(await raced([of(simplified, '4 deep'), of(nerdamer, '4 deep')], [four])),
      ],
    },
    {
      name: 'all 64 partials of a product of 64',
      measure: () => raced([bare, mathjs, nerdamer, sympy('partials')], [partials]),
    },
  ];
}

/** For each contestant the median over the questions of each one's median over interleaved rounds, and the slowest question. */
async function raced(contestants, questions, rounds = 9) {
  const times = contestants.map(() => questions.map(() => []));
  const texts = contestants.map(() => questions.map(() => ''));
  // A first time for warmth, and to find what is slow.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [q, question] of questions.entries()) {
      for (const [c, contestant] of contestants.entries()) {
        const known = times[c][q];
        if (round > 0 && !(known[0] !== null && known[0] < SLOW)) continue;
        const { ms, text } = await ask(contestant, question);
        if (round === 1) known.length = 0;
        known.push(ms);
        texts[c][q] = text;
      }
    }
  }
  return contestants.map(({ name }, c) => {
    const each = times[c].map(known => (known.includes(null) ? null : median(known)));
    const done = each.filter(ms => ms !== null);
    const note = questions.length === 1 ? shown(texts[c][0]) : `${texts[c].join('').length} characters in all`;
    if (done.length === 0) return { name, ms: null, each, note };
    return { name, ms: median(done), worst: questions.length > 1 ? Math.max(...done) : undefined, each, note };
  });
}

const shown = text => (text.length > 80 ? `${text.length} characters` : text);
