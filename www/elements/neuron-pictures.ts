import { type Grid, gridPoints } from '../draw/grid.ts';
import { expressions, inputsOf, lossOverShapes } from './neuron-model.ts';
import type { Moment, NeuronSession } from './neuron-session.ts';
import type { Sample } from '../views/neuron-data.ts';

/** What the neuron does with each sample, and with each point of a grid. All of it as the engine computed it. */
export interface PlaneValues {
  readonly samples: readonly Sample[];
  /** Before the clip, one for each sample: silent where it is not above 0. */
  readonly z: Float64Array;
  /** The output, one for each sample. */
  readonly output: Float64Array;
  readonly grid: Grid | undefined;
  readonly gridZ: Float64Array;
  readonly gridOutput: Float64Array;
}

/** The two parameters that span the picture of the loss; the third keeps its present value. */
export type Plane = 'w1w2' | 'w1b' | 'w2b';

/** The loss on a grid over two parameters. */
export interface LossMap {
  readonly plane: Plane;
  readonly grid: Grid;
  readonly values: Float64Array;
}

/** The values for the picture of the samples: two calls, with the samples and the grid's points in one matrix. */
export async function planeValues(
  session: NeuronSession,
  moment: Moment,
  samples: readonly Sample[],
  grid: Grid | undefined,
): Promise<PlaneValues> {
  const points = grid ? gridPoints(grid) : [];
  const inputs = { X: [...inputsOf(samples).X, ...points], w: moment.w, b: moment.b };
  const z = await session.evaluate(expressions.affine, inputs);
  const output = await session.evaluate(expressions.output, inputs);
  const count = samples.length;
  return {
    samples,
    z: z.subarray(0, count),
    output: output.subarray(0, count),
    grid,
    gridZ: z.subarray(count),
    gridOutput: output.subarray(count),
  };
}

/** The values for the picture of the loss, in one call: each column of W is one point of the grid. */
export async function lossMap(
  session: NeuronSession,
  moment: Moment,
  samples: readonly Sample[],
  plane: Plane,
  grid: Grid,
): Promise<LossMap> {
  const points = gridPoints(grid);
  const across = points.map(point => point[0]);
  const up = points.map(point => point[1]);
  const steady = (value: number): number[] => points.map(() => value);
  const [w1, w2] = moment.w;
  const W = plane === 'w1w2' ? [across, up] : plane === 'w1b' ? [across, steady(w2)] : [steady(w1), across];
  const β = plane === 'w1w2' ? steady(moment.b) : up;
  const values = await session.evaluate(expressions.lossOver, { ...inputsOf(samples), W, β }, lossOverShapes);
  return { plane, grid, values };
}

/** Where a moment lies in the plane. */
export function placeIn(plane: Plane, moment: Moment): [number, number] {
  const [w1, w2] = moment.w;
  if (plane === 'w1w2') return [w1, w2];
  return plane === 'w1b' ? [w1, moment.b] : [w2, moment.b];
}

/** The weights of a place in the plane; the third parameter is the moment's. */
export function weightsAt(
  plane: Plane,
  moment: Moment,
  place: readonly [number, number],
): { w: [number, number]; b: number } {
  const [w1, w2] = moment.w;
  if (plane === 'w1w2') return { w: [place[0], place[1]], b: moment.b };
  return plane === 'w1b' ? { w: [place[0], w2], b: place[1] } : { w: [w1, place[0]], b: place[1] };
}

/** How many samples the neuron is silent for. */
export function silentCount(z: Float64Array): number {
  return z.reduce((count, value) => (value > 0 ? count : count + 1), 0);
}
