import { plainNumber } from '../draw/text.ts';
import { silentCount } from './neuron-pictures.ts';
import type { Moment } from './neuron-session.ts';
import { say } from '../words/neuron.ts';

/** How the loss went, in words. */
export function lossFinding(history: readonly Pick<Moment, 'step' | 'loss'>[], shown: number): string {
  const first = history[0];
  const moment = history[shown];
  if (!first || !moment) return say('untrained');
  const loss = plainNumber(moment.loss);
  if (moment.step === 0) return say('lossbefore', { loss });
  return say('losswent', { count: moment.step, first: plainNumber(first.loss), loss });
}

/** How many samples are silent, in words. */
export function silentFinding(z: Float64Array): string {
  const silent = silentCount(z);
  if (z.length === 0) return '';
  const all = z.length;
  if (silent === all) return say('allsilent', { all });
  if (silent === 0) return say('nonesilent', { all });
  return say('somesilent', { count: silent, all });
}

/** Where the weights are, in words. */
export function weightsFinding(moment: Moment): string {
  const [w1, w2] = moment.w;
  return say('where', { first: plainNumber(w1), second: plainNumber(w2), bias: plainNumber(moment.b) });
}

/** The way through the plane of the loss, in words. */
export function pathFinding(history: readonly Moment[], shown: number): string {
  const first = history[0];
  const moment = history[shown];
  if (!first || !moment) return '';
  if (moment.step === 0) return say('begins', { weights: weightsFinding(moment) });
  return say('path', { first: weightsFinding(first), last: weightsFinding(moment) });
}

/** `1 sample.`, `2 samples.` */
export function countFinding(samples: number): string {
  return say('counted', { count: samples });
}
