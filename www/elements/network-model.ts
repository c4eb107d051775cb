import type { Sample } from '../views/neuron-data.ts';
import { clamped } from './neuron-model.ts';

/** What a learner sets. All but the rate begin training anew. */
export interface NetworkSettings {
  readonly set: string;
  readonly count: number;
  readonly noise: number;
  /** Of the data. */
  readonly dataSeed: number;
  /** Units of each hidden layer. */
  readonly widths: readonly number[];
  /** An expression in `z`. */
  readonly activation: string;
  readonly loss: string;
  readonly rate: number;
  readonly batch: number;
  /** Of the first weights and the batches. */
  readonly seed: number;
}

/** The data sets and losses that the engine knows; each is a key of the network's words. */
export const sets = ['circle', 'xor', 'gauss', 'spiral'] as const;

export const losses = ['squared', 'logistic', 'softmax'] as const;

/** Activations that are offered; any other may be typed. */
export const activations: readonly string[] = [
  'tanh(z)',
  'relu(z)',
  'sigmoid(z)',
  'sin(z)',
  'z .* sigmoid(z)',
  'max(z, 0.1 * z)',
  'z',
];

/** What the page shows first. */
export const firstNetwork: NetworkSettings = {
  set: 'circle',
  count: 200,
  noise: 0.1,
  dataSeed: 1,
  widths: [4, 2],
  activation: 'tanh(z)',
  loss: 'squared',
  rate: 0.1,
  batch: 10,
  seed: 1,
};

/** What the page lets be set. A rate may be anything: the engine says what is wrong with it. */
export const networkLimits = {
  count: { min: 10, max: 500 },
  noise: { min: 0, max: 0.5 },
  widths: { min: 1, max: 8 },
  layers: 4,
  batch: { min: 1, max: 1000 },
  seed: { min: 0, max: 4294967295 },
  activation: 120,
} as const;

/** A whole number between two bounds; `otherwise` for what is no number. */
export function whole(value: number, limits: { min: number; max: number }, otherwise: number): number {
  return Math.round(clamped(value, limits, otherwise));
}

/** What the engine builds the network from: one of its own data sets, or the learner's rows. */
export function description(settings: NetworkSettings, rows: readonly Sample[] | undefined): object {
  const { set, count, noise, dataSeed, widths, activation, loss } = settings;
  return { data: rows ? { rows } : { set, count, noise, seed: dataSeed }, widths, activation, loss };
}

/** Whether training has to begin anew. */
export function beginsAnew(before: NetworkSettings, after: NetworkSettings): boolean {
  return JSON.stringify({ ...before, rate: 0 }) !== JSON.stringify({ ...after, rate: 0 });
}
