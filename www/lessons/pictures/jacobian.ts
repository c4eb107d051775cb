import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange } from '../read-values.ts';

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
  const at = fields.list('at').map(value => {
    if (typeof value !== 'number') throw place.fault('"at" must be one number for each input');
    return value;
  });
  if (at.length !== inputs.length) throw place.fault('"at" must be one number for each input');
  return {
    kind: 'picture',
    picture: 'jacobian',
    outputs: fields.texts('outputs'),
    inputs,
    range: readRange(fields, place),
    at,
    layouts: fields.flag('layouts'),
  };
}
