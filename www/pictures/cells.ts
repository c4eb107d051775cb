import type { Entry } from '../engine/contract.ts';
import { flatten } from '../lessons/numbers.ts';

/** From here on a cell has the next deeper shade. Fixed, so that a shade means the same wherever the sliders stand. */
const shades = [0, 0.5, 1, 2, 4];

/** The classes of a cell's ground: its hue repeats the sign, its depth the size; a cell that is 0 for good is hollow. */
export function shadeOf(value: number, zero: boolean): string {
  const sign = value < 0 ? 'shade-below' : 'shade-above';
  return `${sign} shade-${zero ? 'none' : shades.filter(least => Math.abs(value) > least).length}`;
}

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
