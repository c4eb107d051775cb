import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange } from '../read-values.ts';

/** A curve with a secant through two points that becomes its tangent. */
export interface TangentPicture {
  readonly kind: 'picture';
  readonly picture: 'tangent';
  readonly expr: string;
  readonly wrt: string;
  readonly range: Range;
  /** Where the point and the distance to its partner start. */
  readonly at: number;
  readonly distance: number;
}

export function readTangent(fields: JsonFields, place: Place): TangentPicture {
  return {
    kind: 'picture',
    picture: 'tangent',
    expr: fields.text('expr'),
    wrt: fields.text('wrt'),
    range: readRange(fields, place),
    at: fields.number('at'),
    distance: fields.number('distance'),
  };
}
