import { plainNumber } from '../draw/text.ts';
import { silentCount } from './neuron-pictures.ts';
import type { Moment } from './neuron-session.ts';

/** How the loss went, in words. */
export function lossFinding(history: readonly Pick<Moment, 'step' | 'loss'>[], shown: number): string {
  const first = history[0];
  const moment = history[shown];
  if (!first || !moment) return 'Nothing has been trained yet.';
  if (moment.step === 0) return `Loss ${plainNumber(moment.loss)} before the first step.`;
  return `Loss ${plainNumber(first.loss)} → ${plainNumber(moment.loss)} in ${counted(moment.step, 'step')}.`;
}

/** How many samples are silent, in words. */
export function silentFinding(z: Float64Array): string {
  const silent = silentCount(z);
  if (z.length === 0) return '';
  if (silent === z.length) return `All ${z.length} samples are silent (z ≤ 0).`;
  if (silent === 0) return `None of the ${z.length} samples is silent.`;
  return `${silent} of ${z.length} samples ${silent === 1 ? 'is' : 'are'} silent (z ≤ 0).`;
}

/** Where the weights are, in words. */
export function weightsFinding(moment: Moment): string {
  const [w1, w2] = moment.w;
  return `w = (${plainNumber(w1)}, ${plainNumber(w2)}), b = ${plainNumber(moment.b)}`;
}

/** The way through the plane of the loss, in words. */
export function pathFinding(history: readonly Moment[], shown: number): string {
  const first = history[0];
  const moment = history[shown];
  if (!first || !moment) return '';
  if (moment.step === 0) return `The path begins at ${weightsFinding(moment)}.`;
  return `From ${weightsFinding(first)} to ${weightsFinding(moment)}.`;
}

/** `1 step`, `2 steps`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
