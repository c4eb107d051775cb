import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readPair, readRange } from '../read-values.ts';
import { readTwoNames } from './slices.ts';

/** A map of a function of two inputs with its gradient at a place, and its slope in any direction from there. */
export interface GradientPicture {
  readonly kind: 'picture';
  readonly picture: 'gradient';
  readonly expr: string;
  readonly inputs: readonly [string, string];
  /** What both axes cover. */
  readonly range: Range;
  /** Where the place may go: far enough from the edge that its arrow stays on the map. */
  readonly reach: Range;
  readonly at: readonly [number, number];
  /** The direction at first, in degrees from the first axis towards the second. */
  readonly angle: number;
}

export function readGradient(fields: JsonFields, place: Place): GradientPicture {
  const [from, to] = readPair('reach', fields, place);
  if (from >= to) throw place.fault('"reach" must rise');
  return {
    kind: 'picture',
    picture: 'gradient',
    expr: fields.text('expr'),
    inputs: readTwoNames(fields, place),
    range: readRange(fields, place),
    reach: { from, to },
    at: readPair('at', fields, place),
    angle: fields.number('angle'),
  };
}
