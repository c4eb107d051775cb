import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange } from '../read-values.ts';

/** An input that reaches the result by several paths is bumped: what really happens, beside what each path guesses. */
export interface BumpPicture {
  readonly kind: 'picture';
  readonly picture: 'bump';
  readonly expr: string;
  /** The scalar input. */
  readonly wrt: string;
  readonly range: Range;
  /** Where the input and its bump start. */
  readonly at: number;
  readonly bump: number;
}

export function readBump(fields: JsonFields, place: Place): BumpPicture {
  const bump = fields.number('bump');
  if (bump <= 0) throw place.fault('"bump" must be positive');
  return {
    kind: 'picture',
    picture: 'bump',
    expr: fields.text('expr'),
    wrt: fields.text('wrt'),
    range: readRange(fields, place),
    at: fields.number('at'),
    bump,
  };
}
