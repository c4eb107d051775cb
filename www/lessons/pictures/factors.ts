import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readNumbers, readRange } from '../read-values.ts';

/** Two Jacobians as maps of cells, and their product: an entry of it lights its row and its column. */
export interface FactorsPicture {
  readonly kind: 'picture';
  readonly picture: 'factors';
  /** The outer functions, of the components of one vector, and that vector's name. */
  readonly outer: readonly string[];
  readonly through: string;
  /** What those components stand for, by the inputs. */
  readonly inner: readonly string[];
  readonly inputs: readonly string[];
  readonly range: Range;
  readonly at: readonly number[];
}

export function readFactors(fields: JsonFields, place: Place): FactorsPicture {
  const inputs = fields.texts('inputs');
  return {
    kind: 'picture',
    picture: 'factors',
    outer: fields.texts('outer'),
    through: fields.text('through'),
    inner: fields.texts('inner'),
    inputs,
    range: readRange(fields, place),
    at: readNumbers('at', inputs.length, fields, place),
  };
}
