/**
 * The data sets of the neuron page: small fixed tables, made once and rounded to two decimals, so that everybody sees
 * the same numbers. Nothing is computed from them here.
 */

/** One sample: its two inputs, then its target. */
export type Sample = readonly [x1: number, x2: number, y: number];

/** How a parameter begins: with given numbers, or drawn from the seed, uniformly between −u and u. */
export type Start = number | readonly number[] | { readonly uniform: number };

/** A data set a learner can choose. */
export interface NeuronData {
  readonly id: string;
  /** Keys of the neuron's words: the title, and one sentence that says what is to be seen. */
  readonly title: 'ramp' | 'two' | 'xor' | 'outlier' | 'silentdata';
  readonly about: 'rampabout' | 'twoabout' | 'xorabout' | 'outlierabout' | 'silentabout';
  readonly start: { readonly w: Start; readonly b: Start };
  readonly samples: readonly Sample[];
}

/** All data sets; the first is the one shown when none is named. */
export const dataSets: readonly [NeuronData, ...NeuronData[]] = [
  {
    id: 'ramp',
    title: 'ramp',
    about: 'rampabout',
    start: { w: { uniform: 0.8 }, b: 0.1 },
    samples: [
      [-0.7, -1.4, 0],
      [0.14, -0.54, 0.2],
      [-1.77, 0.03, 0.12],
      [-1.72, -1.64, 0.03],
      [-0.3, 1.31, 0.91],
      [0.51, 1.79, 2.1],
      [1.91, -1.81, 1.47],
      [-0.77, 1.26, 0.24],
      [-1.28, 0.33, 0],
      [0.19, -1.75, 0],
      [-1.76, -1.18, 0],
      [-0.74, 0.34, 0],
      [-0.19, -0.8, 0.05],
      [0.1, 1.5, 1.23],
      [0.92, -0.85, 0.96],
      [-1.39, -0.04, 0],
      [-1.84, 0.67, 0.01],
      [1.5, -0.75, 1.45],
      [0.78, 0.38, 1.37],
      [1.36, 1.78, 2.9],
      [-0.1, 0.66, 0.85],
      [-0.46, 0.67, 0.37],
      [-1.33, -1.53, 0.19],
      [-0.89, -0.34, 0.07],
    ],
  },
  {
    id: 'two',
    title: 'two',
    about: 'twoabout',
    start: { w: { uniform: 0.8 }, b: 0.1 },
    samples: [
      [0.51, 1.62, 1],
      [-0.65, -0.87, 0],
      [1.25, 1.19, 1],
      [-0.85, -0.28, 0],
      [0.8, 0.71, 1],
      [-0.43, -0.79, 0],
      [0.7, 1.33, 1],
      [-0.24, -1, 0],
      [0.48, 0.84, 1],
      [-0.97, -0.93, 0],
      [1.73, 0.44, 1],
      [-0.33, -1.37, 0],
      [0.75, 1.18, 1],
      [-0.39, -0.41, 0],
      [1.26, 0.96, 1],
      [-0.83, -0.54, 0],
      [1.02, 1.02, 1],
      [-0.64, -0.8, 0],
      [1.44, 1.15, 1],
      [0, -0.65, 0],
      [0.91, 0.73, 1],
      [-0.91, -0.38, 0],
      [0.95, 1.07, 1],
      [-0.07, -1.95, 0],
    ],
  },
  {
    id: 'xor',
    title: 'xor',
    about: 'xorabout',
    start: { w: { uniform: 0.8 }, b: 0.1 },
    samples: [
      [0.69, 1.07, 0],
      [1.11, 1.07, 0],
      [0.88, 1.18, 0],
      [1.08, 0.85, 0],
      [1.68, 1.1, 0],
      [0.84, 0.97, 0],
      [-1.06, -1.02, 0],
      [-1.76, -1.14, 0],
      [-0.72, -1.33, 0],
      [-1.02, -0.73, 0],
      [-0.76, -0.58, 0],
      [-1.48, -1.1, 0],
      [0.9, -0.83, 1],
      [1.31, -1.75, 1],
      [1.3, -1.41, 1],
      [1.19, -1.42, 1],
      [1.05, -0.67, 1],
      [0.96, -0.95, 1],
      [-0.78, 1.04, 1],
      [-1.02, 1.43, 1],
      [-0.71, 0.92, 1],
      [-0.23, 0.68, 1],
      [-0.74, 0.93, 1],
      [-0.96, 1.2, 1],
    ],
  },
  {
    id: 'outlier',
    title: 'outlier',
    about: 'outlierabout',
    start: { w: { uniform: 0.8 }, b: 0.1 },
    samples: [
      [-1.21, -1.18, 0],
      [1.36, -0.08, 1.7],
      [0.61, 1.2, 1.92],
      [1.64, 1.13, 2.96],
      [1, -0.09, 1.52],
      [-0.67, 1.2, 0.54],
      [1.89, -0.42, 2.03],
      [0.9, -1.32, 0.74],
      [-1.49, -1.4, 0.15],
      [-1.42, 1.31, 0],
      [1.92, 0.63, 2.82],
      [-1.48, -1.94, 0.1],
      [0.11, 1.73, 1.37],
      [1.3, -1.16, 1.22],
      [-0.99, -0.83, 0.01],
      [-0.96, -0.32, 0.13],
      [-0.58, -0.17, 0],
      [-0.32, 1.67, 0.94],
      [0.01, 0.13, 0.46],
      [-0.24, -1.27, 0],
      [-1.98, 1.2, 0.05],
      [0.22, 1.14, 1.43],
      [-1.58, 0.24, 0],
      [-1.7, 1.8, 6],
    ],
  },
  {
    id: 'silent',
    title: 'silentdata',
    about: 'silentabout',
    start: { w: [-0.6, -0.5], b: -0.2 },
    samples: [
      [1.72, 1.17, 2.02],
      [1.28, 1.7, 1.95],
      [1.39, 1.16, 1.64],
      [1.05, 1.22, 1.26],
      [1.57, 1.94, 2.25],
      [2.08, 0.65, 1.81],
      [1.86, 0.39, 1.62],
      [0.36, 1.03, 0.85],
      [0.25, 1.51, 0.98],
      [1.49, 0.4, 1.54],
      [0.56, 2.1, 1.36],
      [2.18, 1.85, 2.71],
      [1.18, 0.81, 1.42],
      [0.51, 0.77, 0.79],
      [0.14, 0.8, 0.49],
      [0.24, 2.17, 1.32],
    ],
  },
];

/** The data set of a name; the first one where there is none of that name. */
export function dataSet(id: string | null): NeuronData {
  return dataSets.find(data => data.id === id) ?? dataSets[0];
}
