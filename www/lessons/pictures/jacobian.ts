import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readNumbers, readRange } from '../read-values.ts';

/** The Jacobian of a list of functions as a map of cells, each with its row and column named. */
export interface JacobianPicture {
  readonly kind: 'picture';
  readonly picture: 'jacobian';
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
  readonly range: Range;
  readonly at: readonly number[];
  /** Whether the learner may switch the layout. */
  readonly layouts: boolean;
}

export function readJacobian(fields: JsonFields, place: Place): JacobianPicture {
  const inputs = fields.texts('inputs');
  return {
    kind: 'picture',
    picture: 'jacobian',
    outputs: fields.texts('outputs'),
    inputs,
    range: readRange(fields, place),
    at: readNumbers('at', inputs.length, fields, place),
    layouts: fields.flag('layouts'),
  };
}
