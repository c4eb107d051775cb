import { firstNetwork, losses, networkLimits, type NetworkSettings, sets, whole } from '../elements/network-model.ts';
import { clamped } from '../elements/neuron-model.ts';
import { readPoints, writePoints } from './neuron-address.ts';
import type { Sample } from './neuron-data.ts';

/** What the address keeps of the network page: with it the same numbers come again. */
export interface NetworkAddress {
  readonly settings: NetworkSettings;
  /** The learner's own samples in place of a data set. */
  readonly rows: readonly Sample[] | undefined;
}

/** Reads the address. What is missing or makes no sense becomes what the page shows first. */
export function readNetworkAddress(params: URLSearchParams): NetworkAddress {
  const number = (key: string): number => Number(params.get(key) || Number.NaN);
  const choice = (key: 'set' | 'loss', choices: readonly { id: string }[]): string =>
    choices.find(one => one.id === params.get(key))?.id ?? firstNetwork[key];
  const activation = params.get('activation')?.slice(0, networkLimits.activation);
  return {
    rows: readPoints(params.get('points') ?? ''),
    settings: {
      set: choice('set', sets),
      count: whole(number('count'), networkLimits.count, firstNetwork.count),
      noise: clamped(number('noise'), networkLimits.noise, firstNetwork.noise),
      dataSeed: whole(number('dataseed'), networkLimits.seed, firstNetwork.dataSeed),
      widths: readWidths(params.get('layers')) ?? firstNetwork.widths,
      activation: activation || firstNetwork.activation,
      loss: choice('loss', losses),
      rate: Number.isFinite(number('rate')) ? number('rate') : firstNetwork.rate,
      batch: whole(number('batch'), networkLimits.batch, firstNetwork.batch),
      seed: whole(number('seed'), networkLimits.seed, firstNetwork.seed),
    },
  };
}

/** Writes the address; what the page shows first anyway is left out. */
export function writeNetworkAddress({ settings, rows }: NetworkAddress): string {
  const params = new URLSearchParams();
  const write = (key: string, value: string | number, first: string | number): void => {
    if (value !== first) params.set(key, String(value));
  };
  write('set', settings.set, firstNetwork.set);
  write('count', settings.count, firstNetwork.count);
  write('noise', settings.noise, firstNetwork.noise);
  write('dataseed', settings.dataSeed, firstNetwork.dataSeed);
  write('layers', writeWidths(settings.widths), writeWidths(firstNetwork.widths));
  write('activation', settings.activation, firstNetwork.activation);
  write('loss', settings.loss, firstNetwork.loss);
  write('rate', settings.rate, firstNetwork.rate);
  write('batch', settings.batch, firstNetwork.batch);
  write('seed', settings.seed, firstNetwork.seed);
  if (rows) params.set('points', writePoints(rows));
  const query = params.toString();
  return query === '' ? '#/network' : `#/network?${query}`;
}

/** `4-2`; no hidden layer is `none`. */
function writeWidths(widths: readonly number[]): string {
  return widths.length === 0 ? 'none' : widths.join('-');
}

function readWidths(text: string | null): number[] | undefined {
  if (text === null) return undefined;
  if (text === 'none') return [];
  const widths = text.split('-', networkLimits.layers + 1).map(part => Number(part || Number.NaN));
  const { min, max } = networkLimits.widths;
  const fits = widths.length <= networkLimits.layers;
  return fits && widths.every(width => Number.isInteger(width) && width >= min && width <= max) ? widths : undefined;
}
