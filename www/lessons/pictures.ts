import type { JsonFields } from './json-fields.ts';
import type { Place } from './lesson-error.ts';
import { type AdderPicture, readAdder } from './pictures/adder.ts';
import { type BumpPicture, readBump } from './pictures/bump.ts';
import { type FactorsPicture, readFactors } from './pictures/factors.ts';
import { type GraphPicture, readGraph } from './pictures/graph.ts';
import { type JacobianPicture, readJacobian } from './pictures/jacobian.ts';
import { type KinkPicture, readKink } from './pictures/kink.ts';
import { type KnobsPicture, readKnobs } from './pictures/knobs.ts';
import { type OperatorsPicture, readOperators } from './pictures/operators.ts';
import { readTangent, type TangentPicture } from './pictures/tangent.ts';

/** ```picture: something to move, whose numbers all come from the engine. One file each in `pictures/`. */
export type PictureBlock =
  | AdderPicture
  | BumpPicture
  | FactorsPicture
  | GraphPicture
  | JacobianPicture
  | KinkPicture
  | KnobsPicture
  | OperatorsPicture
  | TangentPicture;

const readers: { readonly [Kind in PictureBlock['picture']]: (fields: JsonFields, place: Place) => PictureBlock } = {
  adder: readAdder,
  bump: readBump,
  factors: readFactors,
  graph: readGraph,
  jacobian: readJacobian,
  kink: readKink,
  knobs: readKnobs,
  operators: readOperators,
  tangent: readTangent,
};
const kinds = Object.keys(readers) as PictureBlock['picture'][];

export function readPicture(fields: JsonFields, place: Place): PictureBlock {
  return readers[fields.oneOf('picture', kinds)](fields, place);
}
