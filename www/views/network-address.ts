import { firstNetwork, losses, networkLimits, type NetworkSettings, sets, whole } from '../elements/network-model.ts';
import { clamped } from '../elements/neuron-model.ts';
import type { Sample } from './neuron-data.ts';
import { numbersIn, readPoints, trainingAddress } from './training-address.ts';

/** What the address keeps of the network page: with it the same numbers come again. */
export interface NetworkAddress {
  readonly settings: NetworkSettings;
  /** The learner's own samples in place of a data set. */
  readonly rows: readonly Sample[] | undefined;
}

/** Reads the address. What is missing or makes no sense becomes what the page shows first. */
export function readNetworkAddress(params: URLSearchParams): NetworkAddress {
  const number = numbersIn(params);
  const choice = (key: 'set' | 'loss', choices: readonly string[]): string =>
    choices.find(one => one === params.get(key)) ?? firstNetwork[key];
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
  return trainingAddress(
    'network',
    [
      ['set', settings.set, firstNetwork.set],
      ['count', settings.count, firstNetwork.count],
      ['noise', settings.noise, firstNetwork.noise],
      ['dataseed', settings.dataSeed, firstNetwork.dataSeed],
      ['layers', writeWidths(settings.widths), writeWidths(firstNetwork.widths)],
      ['activation', settings.activation, firstNetwork.activation],
      ['loss', settings.loss, firstNetwork.loss],
      ['rate', settings.rate, firstNetwork.rate],
      ['batch', settings.batch, firstNetwork.batch],
      ['seed', settings.seed, firstNetwork.seed],
    ],
    rows,
  );
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
