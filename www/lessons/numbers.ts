import type { Numbers } from '../engine/contract.ts';
import { say } from '../words/formula.ts';

/** A number for reading: two decimals at most, a true minus sign. */
export function showNumber(value: number, decimals = 2): string {
  if (Number.isNaN(value)) return say('undefined');
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  // `+ 0` after rounding: a value that rounds to zero has no sign.
  const rounded = Number(value.toFixed(decimals)) + 0;
  return String(rounded).replace('-', '−');
}

/** The engine's numbers as text: `[1, 0.5]`, row by row. */
export function showNumbers(numbers: Numbers): string {
  if (Array.isArray(numbers)) return `[${numbers.map(showNumbers).join(', ')}]`;
  return showNumber(toNumber(numbers));
}

/** All numbers, row by row. */
export function flatten(numbers: Numbers): number[] {
  return Array.isArray(numbers) ? numbers.flatMap(flatten) : [toNumber(numbers)];
}

/** The engine writes what JSON cannot hold as `"nan"`, `"inf"` and `"-inf"`. */
function toNumber(value: number | string): number {
  if (typeof value === 'number') return value;
  if (value === 'inf') return Number.POSITIVE_INFINITY;
  return value === '-inf' ? Number.NEGATIVE_INFINITY : Number.NaN;
}
