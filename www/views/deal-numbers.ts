import type { Assumption } from '../elements/assumptions.ts';
import type { JsonDim, JsonShape, Numbers } from '../engine/contract.ts';

/** What an example needs to know of the variables. */
export interface Dealing {
  readonly vars: ReadonlyMap<string, JsonShape>;
  readonly sizes: ReadonlyMap<string, number>;
  readonly assume: ReadonlyMap<string, readonly Assumption[]>;
  /** Deal no number below 0, for functions that take none. */
  readonly positive: boolean;
}

/** Short to read, and none is 0: a 0 in the derivative is then the formula's own. */
const choices = [1, 2, 0.5, 3, 1.5, 2.5];

/**
 * Deals every variable small numbers, the same ones for the same variables and sizes. What is assumed of a variable
 * holds for its numbers. `undefined` where a dimension has no size: then there is no example.
 */
export function dealNumbers({ vars, sizes, assume, positive }: Dealing): ReadonlyMap<string, Numbers> | undefined {
  const dealt = new Map<string, Numbers>();
  let seed = 1;
  for (const [name, shape] of vars) {
    const lengths = shape.map(dimension => sizeOf(dimension, sizes));
    if (!lengths.every(length => length !== undefined)) return undefined;
    const assumed = assume.get(name) ?? [];
    const next = drawer(seed++, positive || assumed.includes('positive'));
    const numbers = nest(lengths, next);
    dealt.set(name, assumed.includes('symmetric') ? mirrored(numbers) : numbers);
  }
  return dealt;
}

function sizeOf(dimension: JsonDim, sizes: ReadonlyMap<string, number>): number | undefined {
  return typeof dimension === 'number' ? dimension : sizes.get(dimension);
}

/** Draws one number after the other: Park & Miller's generator, "Random number generators: good ones are hard to find" (1988). */
function drawer(seed: number, positive: boolean): () => number {
  let state = seed * 7919;
  const draw = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  draw();
  return () => {
    const size = choices[draw() % choices.length] ?? 1;
    return !positive && draw() % 3 === 0 ? -size : size;
  };
}

function nest([length, ...rest]: readonly number[], next: () => number): Numbers {
  if (length === undefined) return next();
  return Array.from({ length }, () => nest(rest, next));
}

/** The lower half becomes the mirror image of the upper one. */
function mirrored(numbers: Numbers): Numbers {
  if (!Array.isArray(numbers)) return numbers;
  const at = (row: number, column: number): Numbers => {
    const line = numbers[row];
    return (Array.isArray(line) ? line[column] : line) ?? 0;
  };
  return numbers.map((line, row) =>
    Array.isArray(line) ? line.map((_, column) => at(Math.min(row, column), Math.max(row, column))) : line,
  );
}
