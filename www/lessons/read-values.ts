import type { Point, Range, Values } from './blocks.ts';
import type { JsonFields } from './json-fields.ts';
import type { Place } from './lesson-error.ts';

export function readRange(fields: JsonFields, place: Place): Range {
  const from = fields.number('from');
  const to = fields.number('to');
  if (from >= to) throw place.fault('"from" must be smaller than "to"');
  return { from, to };
}

/** Reads two numbers, such as a place in a plane. */
export function readPair(name: string, fields: JsonFields, place: Place): [number, number] {
  const [first, second, ...more] = fields.list(name);
  if (typeof first !== 'number' || typeof second !== 'number' || more.length > 0)
    throw place.fault(`"${name}" must be two numbers`);
  return [first, second];
}

/** Reads so many numbers, one for each input. */
export function readNumbers(name: string, count: number, fields: JsonFields, place: Place): number[] {
  const listed = fields.list(name);
  const numbers = listed.filter(value => typeof value === 'number');
  if (numbers.length !== listed.length || listed.length !== count)
    throw place.fault(`"${name}" must be one number for each input`);
  return numbers;
}

/** Reads points such as `{"x": 1, "w": [1, 2]}`. */
export function readValues(fields: JsonFields, place: Place): Values {
  return fields.pairs('at').map(([name, value]) => [name, readPoint(value, name, place)] as const);
}

function readPoint(value: unknown, name: string, place: Place): Point {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(inner => readPoint(inner, name, place));
  throw place.fault(`"at": ${name} must be a number or lists of numbers`);
}
