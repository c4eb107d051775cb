import { clamped, firstSettings, type NeuronSettings, settingLimits } from '../elements/neuron-model.ts';
import { type NeuronData, dataSet, dataSets, type Sample } from './neuron-data.ts';
import { numbersIn, readPoints, type Setting, trainingAddress } from './training-address.ts';

/** What the address keeps of the neuron page: with it the same numbers come again. */
export interface NeuronAddress {
  readonly data: NeuronData;
  /** The data set's own samples, or those changed by hand. */
  readonly samples: readonly Sample[];
  readonly settings: NeuronSettings;
}

/** Reads the address. What is missing or makes no sense becomes what the page shows first. */
export function readNeuronAddress(params: URLSearchParams): NeuronAddress {
  const data = dataSet(params.get('data'));
  const samples = readPoints(params.get('points') ?? '') ?? data.samples;
  const number = numbersIn(params);
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
  const { data, samples, settings } = address;
  const described: Setting[] = [
    ['data', data.id, dataSets[0].id],
    ['rate', settings.rate, firstSettings.rate],
    ['batch', settings.batch, firstSettings.batch],
    ['seed', settings.seed, firstSettings.seed],
  ];
  return trainingAddress('neuron', described, samples === data.samples ? undefined : samples);
}
