import type { Range, Values } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange, readValues } from '../read-values.ts';

/** The Jacobian of the terms of a sum, whose rows come down and add up to the gradient of the sum. */
export interface AdderPicture {
  readonly kind: 'picture';
  readonly picture: 'adder';
  /** The terms to pick from: each a vector, whose entries are added. */
  readonly choices: readonly string[];
  /** The vector to differentiate by. */
  readonly by: string;
  /** What the sliders of scalars cover. */
  readonly range: Range;
  readonly at: Values;
}

export function readAdder(fields: JsonFields, place: Place): AdderPicture {
  const by = fields.text('by');
  const at = readValues(fields, place);
  if (!at.some(([name, value]) => name === by && Array.isArray(value))) {
    throw place.fault(`"at" must give ${by} a list of numbers`);
  }
  return {
    kind: 'picture',
    picture: 'adder',
    choices: fields.texts('choices'),
    by,
    range: readRange(fields, place),
    at,
  };
}
