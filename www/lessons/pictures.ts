import type { JsonFields } from './json-fields.ts';
import type { Place } from './lesson-error.ts';
import { type AdderPicture, readAdder } from './pictures/adder.ts';
import { type BumpPicture, readBump } from './pictures/bump.ts';
import { type DescentPicture, readDescent } from './pictures/descent.ts';
import { type FactorsPicture, readFactors } from './pictures/factors.ts';
import { type GradientPicture, readGradient } from './pictures/gradient.ts';
import { type GraphPicture, readGraph } from './pictures/graph.ts';
import { type GridPicture, readGrid } from './pictures/grid.ts';
import { type JacobianPicture, readJacobian } from './pictures/jacobian.ts';
import { type KinkPicture, readKink } from './pictures/kink.ts';
import { type KnobsPicture, readKnobs } from './pictures/knobs.ts';
import { type OperatorsPicture, readOperators } from './pictures/operators.ts';
import { readSamples, type SamplesPicture } from './pictures/samples.ts';
import { readSlices, type SlicesPicture } from './pictures/slices.ts';
import { readTangent, type TangentPicture } from './pictures/tangent.ts';
import { readUnit, type UnitPicture } from './pictures/unit.ts';

/** ```picture: something to move, whose numbers all come from the engine. One file each in `pictures/`. */
export type PictureBlock =
  | AdderPicture
  | BumpPicture
  | DescentPicture
  | FactorsPicture
  | GradientPicture
  | GraphPicture
  | GridPicture
  | JacobianPicture
  | KinkPicture
  | KnobsPicture
  | OperatorsPicture
  | SamplesPicture
  | SlicesPicture
  | TangentPicture
  | UnitPicture;

const readers: { readonly [Kind in PictureBlock['picture']]: (fields: JsonFields, place: Place) => PictureBlock } = {
  adder: readAdder,
  bump: readBump,
  descent: readDescent,
  factors: readFactors,
  gradient: readGradient,
  graph: readGraph,
  grid: readGrid,
  jacobian: readJacobian,
  kink: readKink,
  knobs: readKnobs,
  operators: readOperators,
  samples: readSamples,
  slices: readSlices,
  tangent: readTangent,
  unit: readUnit,
};
const kinds = Object.keys(readers) as PictureBlock['picture'][];

export function readPicture(fields: JsonFields, place: Place): PictureBlock {
  return readers[fields.oneOf('picture', kinds)](fields, place);
}
