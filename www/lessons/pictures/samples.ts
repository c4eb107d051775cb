import type { Range, Values } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange, readValues } from '../read-values.ts';

/** A loss over samples in a plane: what each sample contributes to the gradient, as an arrow, tip to tail. */
export interface SamplesPicture {
  readonly kind: 'picture';
  readonly picture: 'samples';
  /** The loss, and the parameter of two entries by which it is differentiated. */
  readonly loss: string;
  readonly wrt: string;
  /** The data of which each row is a sample of two numbers. */
  readonly inputs: string;
  /** What goes into the switch, an entry for each sample, and what it is called: above 0 the sample counts. */
  readonly through: string;
  readonly name: string;
  /** The error, an entry for each sample. */
  readonly error: string;
  /** The arrows, a row for each sample, and what their sum is multiplied by to be the gradient. */
  readonly shares: string;
  readonly factor: string;
  /** The parameters under the sliders. */
  readonly slide: readonly string[];
  readonly range: Range;
  readonly at: Values;
}

export function readSamples(fields: JsonFields, place: Place): SamplesPicture {
  const picture: SamplesPicture = {
    kind: 'picture',
    picture: 'samples',
    loss: fields.text('loss'),
    wrt: fields.text('wrt'),
    inputs: fields.text('inputs'),
    through: fields.text('through'),
    name: fields.text('name'),
    error: fields.text('error'),
    shares: fields.text('shares'),
    factor: fields.text('factor'),
    slide: fields.texts('slide'),
    range: readRange(fields, place),
    at: readValues(fields, place),
  };
  const rows = picture.at.find(([name]) => name === picture.inputs)?.[1];
  const flat = Array.isArray(rows) && rows.every(row => Array.isArray(row) && row.length === 2);
  if (!flat) throw place.fault(`"at": ${picture.inputs} must be rows of two numbers`);
  const missing = picture.slide.find(name => !picture.at.some(([given]) => given === name));
  if (missing !== undefined) throw place.fault(`"at" must say where ${missing} starts`);
  return picture;
}
