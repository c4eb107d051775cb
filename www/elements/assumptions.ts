import type { JsonShape } from '../engine/contract.ts';
import { kindOf } from './shape-words.ts';
import { say } from '../words/explore.ts';

/** What a reader may assume of a variable, as requests and the address spell it. */
export const assumptions = ['symmetric', 'invertible', 'positive'] as const;

export type Assumption = (typeof assumptions)[number];

/** These speak of square matrices only; the engine takes a matrix for square where they are assumed. */
const ofMatrices: ReadonlySet<Assumption> = new Set(['symmetric', 'invertible']);

/** What can be assumed of a variable of this shape. */
export function assumable(shape: JsonShape): readonly Assumption[] {
  return assumptions.filter(each => kindOf(shape) === 'matrix' || !ofMatrices.has(each));
}

/** What is assumed, in words: `symmetric, positive` in the page's language. */
export function assumptionWords(list: string): string {
  return (readAssumptions(list) ?? []).map(each => say(each)).join(', ');
}

/** Reads `symmetric,positive`; words that mean nothing are left out, and nothing at all is `undefined`. */
export function readAssumptions(list: string): readonly Assumption[] | undefined {
  const words = list.split(',');
  const known = assumptions.filter(each => words.includes(each));
  return known.length > 0 ? known : undefined;
}
