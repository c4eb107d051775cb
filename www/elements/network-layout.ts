import type { BuiltNetwork } from '../engine/client.ts';
import type { Nested } from '../engine/fast-trainer.ts';

/** A unit in the picture: an input, a hidden unit or an output. */
export interface Unit {
  readonly x: number;
  readonly y: number;
  /** What stands in it: `x₁`, or nothing. */
  readonly label: string;
  /** The bias that belongs to it; inputs have none. */
  readonly bias: Weight | undefined;
}

/** A number that is learned: its parameter, and where it stands in it, row by row. */
export interface Weight {
  readonly name: string;
  readonly entry: number;
  readonly value: number;
}

/** A line between two units. */
export interface Edge extends Weight {
  readonly from: Unit;
  readonly to: Unit;
}

/** The network as a picture, in units of the picture's own. */
export interface NetworkPicture {
  readonly width: number;
  readonly height: number;
  readonly units: readonly Unit[];
  readonly edges: readonly Edge[];
  /** The largest weight, for the thickness of lines. */
  readonly largest: number;
}

const size = { width: 460, height: 300, side: 34 };

/** Lays the layers out from left to right, each in the middle of its column. */
export function layOutNetwork(built: BuiltNetwork, params: Readonly<Record<string, Nested>>): NetworkPicture {
  const columns = built.layers.length;
  const place = (column: number, row: number, count: number): { x: number; y: number } => ({
    x: size.side + (column * (size.width - 2 * size.side)) / columns,
    y: (size.height * (row + 0.5)) / count,
  });
  const inputs = ['x₁', 'x₂'];
  let before: Unit[] = inputs.map((label, row) => ({ ...place(0, row, inputs.length), label, bias: undefined }));
  const units = [...before];
  const edges: Edge[] = [];
  built.layers.forEach((layer, column) => {
    const weights = flat(params[layer.weights]);
    const biases = flat(params[layer.bias]);
    const here = Array.from({ length: layer.outputs }, (_, row): Unit => {
      const bias = { name: layer.bias, entry: row, value: biases[row] ?? 0 };
      return { ...place(column + 1, row, layer.outputs), label: '', bias };
    });
    before.forEach((from, row) => {
      here.forEach((to, at) => {
        const entry = row * layer.outputs + at;
        edges.push({ from, to, name: layer.weights, entry, value: weights[entry] ?? 0 });
      });
    });
    units.push(...here);
    before = here;
  });
  const largest = edges.reduce((most, edge) => Math.max(most, Math.abs(edge.value)), 0);
  return { width: size.width, height: size.height, units, edges, largest };
}

/** The numbers of a parameter, row by row. */
export function flat(value: Nested | undefined): number[] {
  if (value === undefined) return [];
  return typeof value === 'number' ? [value] : value.flatMap(flat);
}

/** The lengths of a parameter's axes. */
export function shapeOf(value: Nested | undefined): number[] {
  if (value === undefined || typeof value === 'number') return [];
  return [value.length, ...shapeOf(value[0])];
}
