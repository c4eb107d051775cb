import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange } from '../read-values.ts';

/** One knob for a scalar that moves all outputs, against one knob for each entry of a vector. */
export interface KnobsPicture {
  readonly kind: 'picture';
  readonly picture: 'knobs';
  /** The functions to pick from, each of both names. */
  readonly choices: readonly string[];
  readonly scalar: string;
  readonly vector: string;
  /** What every knob covers. */
  readonly range: Range;
  /** Where the scalar's knob starts, and where those of the vector's entries do. */
  readonly start: number;
  readonly starts: readonly number[];
}

export function readKnobs(fields: JsonFields, place: Place): KnobsPicture {
  const starts = fields.list('starts').map(value => {
    if (typeof value !== 'number') throw place.fault('"starts" must be a list of numbers');
    return value;
  });
  return {
    kind: 'picture',
    picture: 'knobs',
    choices: fields.texts('choices'),
    scalar: fields.text('scalar'),
    vector: fields.text('vector'),
    range: readRange(fields, place),
    start: fields.number('start'),
    starts,
  };
}
