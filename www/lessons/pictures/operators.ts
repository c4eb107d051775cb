import type { Range, Values } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange, readValues } from '../read-values.ts';

/** The Jacobian of a vector function as a map of cells, while the learner picks the function and what it is taken by. */
export interface OperatorsPicture {
  readonly kind: 'picture';
  readonly picture: 'operators';
  /** The functions to pick from. */
  readonly choices: readonly string[];
  /** The vectors to differentiate by. */
  readonly by: readonly string[];
  /** What the sliders of the entries cover. */
  readonly range: Range;
  readonly at: Values;
}

export function readOperators(fields: JsonFields, place: Place): OperatorsPicture {
  const by = fields.texts('by');
  const at = readValues(fields, place);
  for (const name of by) {
    if (!at.some(([given, value]) => given === name && Array.isArray(value))) {
      throw place.fault(`"at" must give ${name} a list of numbers`);
    }
  }
  return {
    kind: 'picture',
    picture: 'operators',
    choices: fields.texts('choices'),
    by,
    range: readRange(fields, place),
    at,
  };
}
