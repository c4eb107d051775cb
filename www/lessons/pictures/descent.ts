import type { Range, Values } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange, readValues } from '../read-values.ts';

/** A place in the plane of the two parameters. */
export type Start = readonly [across: number, up: number];

/** A loss over two scalar parameters as contour lines, and the way that training takes. */
export interface DescentPicture {
  readonly kind: 'picture';
  readonly picture: 'descent';
  readonly loss: string;
  /** The parameters, and what is shown of them. */
  readonly params: readonly [across: string, up: string];
  readonly spans: readonly [across: Range, up: Range];
  /** How the learning rate is called, what its slider covers, and where it starts. */
  readonly name: string;
  readonly rates: Range;
  readonly rate: number;
  /** The most steps that are taken. */
  readonly steps: number;
  /** Where training may begin; the first is chosen. */
  readonly starts: readonly Start[];
  /** The data. */
  readonly at: Values;
}

export function readDescent(fields: JsonFields, place: Place): DescentPicture {
  const [across, up, ...more] = fields.texts('params');
  if (across === undefined || up === undefined || more.length > 0) throw place.fault('"params" must be two names');
  const spans = fields.list('spans').map(span => readSpan(span, place));
  const [first, second] = spans;
  if (first === undefined || second === undefined || spans.length > 2)
    throw place.fault('"spans" must be two, one for each parameter');
  const starts = fields.list('starts').map(start => readPair(start, '"starts" must be pairs of numbers', place));
  const steps = fields.number('steps');
  if (!Number.isInteger(steps) || steps < 1) throw place.fault('"steps" must be a positive whole number');
  const rates = readRange(fields, place);
  const rate = fields.number('rate');
  if (rates.from < 0 || rate < rates.from || rate > rates.to)
    throw place.fault('"rate" must lie between "from" and "to", and those above 0');
  const at = readValues(fields, place);
  const name = fields.text('name');
  const loss = fields.text('loss');
  return {
    kind: 'picture',
    picture: 'descent',
    loss,
    params: [across, up],
    spans: [first, second],
    name,
    rates,
    rate,
    steps,
    starts,
    at,
  };
}

function readSpan(value: unknown, place: Place): Range {
  const [from, to] = readPair(value, '"spans" must be pairs of numbers', place);
  if (from >= to) throw place.fault('"spans": the first number must be smaller than the second');
  return { from, to };
}

function readPair(value: unknown, wanted: string, place: Place): Start {
  const [first, second, ...more] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof first !== 'number' || typeof second !== 'number' || more.length > 0) throw place.fault(wanted);
  return [first, second];
}
