import type { Entry } from '../engine/contract.ts';
import { flatten } from '../lessons/numbers.ts';

/** The number of an entry; `NaN` where it has none. */
export function valueOf(entry: Entry | undefined): number {
  const [value] = entry?.value === undefined ? [] : flatten(entry.value);
  return value ?? Number.NaN;
}

const steps = new Map([
  ['ArrowLeft', { down: 0, across: -1 }],
  ['ArrowRight', { down: 0, across: 1 }],
  ['ArrowUp', { down: -1, across: 0 }],
  ['ArrowDown', { down: 1, across: 0 }],
]);

/**
 * Where an arrow key leads from a cell; at the edge it stays. `undefined` for any other key. A grid is one stop for Tab,
 * and inside the arrows walk.
 */
export function walk(
  key: string,
  from: { readonly row: number; readonly column: number },
  rows: number,
  columns: number,
): { row: number; column: number } | undefined {
  const step = steps.get(key);
  if (step === undefined) return undefined;
  return {
    row: Math.min(Math.max(from.row + step.down, 0), rows - 1),
    column: Math.min(Math.max(from.column + step.across, 0), columns - 1),
  };
}

/** `x₂` for the second entry of x, where only text will do. */
export function entryName(name: string, place: number): string {
  return name + [...String(place + 1)].map(digit => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('');
}
