import type { Range, Values } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange, readValues } from '../read-values.ts';

/** A neuron whose operating point slides over the kink of its activation. */
export interface KinkPicture {
  readonly kind: 'picture';
  readonly picture: 'kink';
  /** The activation as a function of one scalar, and that scalar's name. */
  readonly outer: string;
  readonly through: string;
  /** What that scalar stands for, by the parameters. */
  readonly inner: string;
  /** Whose derivative the bars show. */
  readonly wrt: string;
  /** The scalar parameter under the slider. */
  readonly slide: string;
  readonly range: Range;
  readonly at: Values;
}

export function readKink(fields: JsonFields, place: Place): KinkPicture {
  return {
    kind: 'picture',
    picture: 'kink',
    outer: fields.text('outer'),
    through: fields.text('through'),
    inner: fields.text('inner'),
    wrt: fields.text('wrt'),
    slide: fields.text('slide'),
    range: readRange(fields, place),
    at: readValues(fields, place),
  };
}
