import { clamped, firstSettings, type NeuronSettings, settingLimits } from '../elements/neuron-model.ts';
import { type NeuronData, dataSet, dataSets, type Sample } from './neuron-data.ts';

/** What the address keeps of the neuron page: with it the same numbers come again. */
export interface NeuronAddress {
  readonly data: NeuronData;
  /** The data set's own samples, or those changed by hand. */
  readonly samples: readonly Sample[];
  readonly settings: NeuronSettings;
}

/** More samples than this are not read from an address. */
const mostSamples = 200;

/** Reads the address. What is missing or makes no sense becomes what the page shows first. */
export function readNeuronAddress(params: URLSearchParams): NeuronAddress {
  const data = dataSet(params.get('data'));
  const samples = readPoints(params.get('points') ?? '') ?? data.samples;
  const number = (key: string): number => Number(params.get(key) || Number.NaN);
  return {
    data,
    samples,
    settings: {
      rate: clamped(number('rate'), settingLimits.rate, firstSettings.rate),
      batch: Math.round(clamped(number('batch'), { min: 1, max: samples.length }, firstSettings.batch)),
      seed: Math.round(clamped(number('seed'), settingLimits.seed, firstSettings.seed)),
    },
  };
}

/** Writes the address; what the page shows first anyway is left out. */
export function writeNeuronAddress(address: NeuronAddress): string {
  const params = new URLSearchParams();
  const { data, samples, settings } = address;
  if (data !== dataSets[0]) params.set('data', data.id);
  if (settings.rate !== firstSettings.rate) params.set('rate', String(settings.rate));
  if (settings.batch !== firstSettings.batch) params.set('batch', String(settings.batch));
  if (settings.seed !== firstSettings.seed) params.set('seed', String(settings.seed));
  if (samples !== data.samples) params.set('points', writePoints(samples));
  const query = params.toString();
  return query === '' ? '#/neuron' : `#/neuron?${query}`;
}

/** Samples as an address has them: `x1,x2,y;x1,x2,y`. */
export function writePoints(samples: readonly Sample[]): string {
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
