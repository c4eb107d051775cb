import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readPair, readRange } from '../read-values.ts';

/** A map of a function of two inputs, cut along either of them. The function must read entry by entry. */
export interface SlicesPicture {
  readonly kind: 'picture';
  readonly picture: 'slices';
  readonly expr: string;
  readonly inputs: readonly [string, string];
  /** What both axes cover. */
  readonly range: Range;
  /** Where the cuts cross at first. */
  readonly at: readonly [number, number];
}

export function readSlices(fields: JsonFields, place: Place): SlicesPicture {
  return {
    kind: 'picture',
    picture: 'slices',
    expr: fields.text('expr'),
    inputs: readTwoNames(fields, place),
    range: readRange(fields, place),
    at: readPair('at', fields, place),
  };
}

export function readTwoNames(fields: JsonFields, place: Place): [string, string] {
  const [first, second, ...more] = fields.texts('inputs');
  if (first === undefined || second === undefined || more.length > 0) throw place.fault('"inputs" must be two names');
  return [first, second];
}
