import type { Sample } from '../views/neuron-data.ts';
import { say } from '../words/neuron.ts';

/** More samples than this are not taken: the pictures could not show them apart. */
export const mostSamples = 200;

/** Rows as samples, or what says what is wrong with them. */
export type ReadSamples = { readonly samples: Sample[] } | { readonly fault: () => string };

/**
 * Reads pasted rows: two inputs and a target each, with commas, semicolons, tabs or blanks between them. A first row of
 * words is taken for headings and passed over; blank rows are too.
 */
export function readSamples(text: string): ReadSamples {
  const samples: Sample[] = [];
  const rows = text.slice(0, 100_000).split('\n');
  for (const [place, row] of rows.entries()) {
    const cells = row.split(/[\s,;]+/).filter(cell => cell !== '');
    if (cells.length === 0) continue;
    const numbers = cells.map(Number);
    if (samples.length === 0 && numbers.every(Number.isNaN)) continue;
    const [x1, x2, y, ...rest] = numbers;
    if (x1 === undefined || x2 === undefined || y === undefined || rest.length > 0) {
      return { fault: () => say('badrow', { row: place + 1, count: cells.length }) };
    }
    const strange = cells.find((_, index) => !(Math.abs(numbers[index] ?? Number.NaN) <= 1e6));
    if (strange !== undefined) return { fault: () => say('badnumber', { row: place + 1, text: strange.slice(0, 20) }) };
    samples.push([x1, x2, y]);
    if (samples.length > mostSamples) return { fault: () => say('manyrows', { most: mostSamples }) };
  }
  return samples.length === 0 ? { fault: () => say('norows') } : { samples };
}
