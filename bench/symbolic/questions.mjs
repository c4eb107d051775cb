// Questions about derivatives, one source for all benchmarks: derivations.jsonl holds them in our language, with LaTeX for the peer
// that reads it, and which of SymPy's programs asks the same.
import { readFileSync } from 'node:fs';

/** All questions of the file by their group; `ask` is what the contract knows. */
export const questions = readFileSync(new URL('../derivations.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter(line => line !== '')
  .map(line => {
    const { group, latex, sympy, ...ask } = JSON.parse(line);
    return { group, latex, sympy, text: ask.expr, wrt: ask.wrt, ask };
  });

export const textbook = questions.filter(({ group }) => group === 'textbook');

/** Results by a matrix or a vector that SymPy finds too. */
export const matrices = questions.filter(({ group }) => group === 'matrix');

/** f ← sin(f)·f + x, so many times: as names, and as one text, which doubles each time. */
export function chain(depth) {
  const names = Array.from(
    { length: depth },
    (_, k) => `f${k + 1} = sin(${k ? `f${k}` : 'x'})*${k ? `f${k}` : 'x'} + x`,
  );
  let text = 'x';
  for (let k = 0; k < Math.min(depth, 8); k += 1) text = `(sin(${text})*${text} + x)`;
  return { named: `f${depth} where ${names.join(', ')}`, text };
}

/** x1·…·xn. */
export function product(count) {
  const names = Array.from({ length: count }, (_, k) => `x${k + 1}`);
  return { names, text: names.join('*') };
}
