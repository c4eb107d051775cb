import type { Sample } from './neuron-data.ts';

/** More samples than this are not read from an address. */
const mostSamples = 200;

/** A setting in the address: its name there, its value, and what the page shows first. */
export type Setting = readonly [key: string, value: string | number, first: string | number];

/** An address's hash; what the page shows first anyway is left out. `samples` are those changed by hand. */
export function trainingAddress(
  view: string,
  settings: readonly Setting[],
  samples: readonly Sample[] | undefined,
): string {
  const params = new URLSearchParams();
  for (const [key, value, first] of settings) {
    if (value !== first) params.set(key, String(value));
  }
  if (samples) params.set('points', writePoints(samples));
  const query = params.toString();
  return query === '' ? `#/${view}` : `#/${view}?${query}`;
}

/** Reads numbers: not a number where there is none. */
export function numbersIn(params: URLSearchParams): (key: string) => number {
  return key => Number(params.get(key) || Number.NaN);
}

/** Samples as an address has them: `x1,x2,y;x1,x2,y`. */
function writePoints(samples: readonly Sample[]): string {
  return samples.map(sample => sample.join(',')).join(';');
}

/** Samples from an address; undefined where there are none, or one cannot be read. */
export function readPoints(text: string): Sample[] | undefined {
  if (text === '') return undefined;
  const rows = text
    .split(';', mostSamples)
    .map(row => row.split(',').map(part => (part === '' ? Number.NaN : Number(part))));
  const samples: Sample[] = [];
  for (const [x1, x2, y, ...rest] of rows) {
    const known = [x1, x2, y].every(value => value !== undefined && Math.abs(value) <= 1e6);
    if (!known || rest.length > 0) return undefined;
    samples.push([x1 ?? 0, x2 ?? 0, y ?? 0]);
  }
  return samples;
}
