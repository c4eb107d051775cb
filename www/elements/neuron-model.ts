import type { NeuronData, Sample } from '../views/neuron-data.ts';

/**
 * The neuron in the engine's language. Everything that is computed about it is one of these expressions, evaluated by
 * the engine; the gradient is the engine's own derivative of `loss`.
 */
export const expressions = {
  /** What training makes small, in named parts, so that the numbers of a step have names as well. */
  loss: 'mean(e.^2) where u = X*w, z = u + b, a = relu(z), e = y - a',
  /** Before the clip, for every row of X. */
  affine: 'X*w + b',
  /** The output, for every row of X. */
  output: 'relu(X*w + b)',
  /** The loss for every column of W and entry of β at once: for the picture of the loss. */
  lossOver: "colsums((y*ones(k)' - relu(X*W + ones(N)*β')).^2)/N",
} as const;

/** The variables' shapes where an expression leaves them open. */
export const lossOverShapes = { X: ['N', 2], y: ['N'], W: [2, 'k'], β: ['k'] } as const;

/** Names in the order in which they get their colours, the same here as in `relu(w·x + b)`. */
export const neuronNames: readonly string[] = ['w', 'X', 'b', 'y'];

/** What a learner sets before or while training. */
export interface NeuronSettings {
  readonly rate: number;
  readonly batch: number;
  readonly seed: number;
}

/** What a page shows first: a seed whose neuron neither dies nor begins near the goal. */
export const firstSettings: NeuronSettings = { rate: 0.1, batch: 4, seed: 4 };

/** The limits of the settings: outside them nothing can be learned, or waited for. */
export const settingLimits = {
  rate: { min: 0.0001, max: 100 },
  seed: { min: 0, max: 4294967295 },
} as const;

/** The session's specification, as the engine takes it. */
export function specification(data: NeuronData, samples: readonly Sample[], settings: NeuronSettings): object {
  return {
    loss: expressions.loss,
    params: { w: { shape: [2], init: data.start.w }, b: { shape: [], init: data.start.b } },
    data: inputsOf(samples),
    batch: Math.min(settings.batch, samples.length),
    rate: settings.rate,
    seed: settings.seed,
  };
}

/** The samples as the matrix X and the vector y. */
export function inputsOf(samples: readonly Sample[]): { X: number[][]; y: number[] } {
  return { X: samples.map(([x1, x2]) => [x1, x2]), y: samples.map(([, , y]) => y) };
}

/** A number between two bounds; `otherwise` for what is no number. */
export function clamped(value: number, limits: { min: number; max: number }, otherwise: number): number {
  return Number.isFinite(value) ? Math.min(limits.max, Math.max(limits.min, value)) : otherwise;
}
