import type { Range, Values } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readPair, readRange, readValues } from '../read-values.ts';

/** The diagram of one unit: inputs times weights, summed, plus a bias; then, where the block says so, clipped and judged. */
export interface UnitPicture {
  readonly kind: 'picture';
  readonly picture: 'unit';
  readonly inputs: readonly string[];
  readonly weights: readonly string[];
  readonly bias: string;
  /** The name of the sum with the bias. */
  readonly through: string;
  /** What the sum goes through, by its name; without it the sum is the output. */
  readonly activation: Activation | undefined;
  /** What the output is compared with, and how. */
  readonly aim: Aim | undefined;
  /** The range of each weight and of the bias. */
  readonly range: Range;
  /** The values that the output's scale covers. */
  readonly scale: Range;
  readonly at: Values;
}

export interface Activation {
  readonly expr: string;
  /** The name of what comes out. */
  readonly output: string;
}

export interface Aim {
  readonly target: string;
  readonly loss: string;
  /** Whether the rates at which the loss moves with each weight and the bias are shown. */
  readonly rates: boolean;
}

export function readUnit(fields: JsonFields, place: Place): UnitPicture {
  const [from, to] = readPair('scale', fields, place);
  if (from >= to) throw place.fault('"scale" must rise');
  const inputs = fields.texts('inputs');
  const weights = fields.texts('weights');
  if (inputs.length !== weights.length) throw place.fault('"inputs" and "weights" must be as many');
  return {
    kind: 'picture',
    picture: 'unit',
    inputs,
    weights,
    bias: fields.text('bias'),
    through: fields.text('through'),
    activation: fields.optional('activation', name => ({ expr: fields.text(name), output: fields.text('output') })),
    aim: fields.optional('target', name => ({
      target: fields.text(name),
      loss: fields.text('loss'),
      rates: fields.flag('rates'),
    })),
    range: readRange(fields, place),
    scale: { from, to },
    at: readValues(fields, place),
  };
}

/** The unit as an expression: the last value of its block that is there, and the names it goes through. */
export function unitExpression(block: UnitPicture): string {
  const { inputs, weights, bias, through, activation, aim } = block;
  const products = weights.map((weight, place) => `${weight}*${inputs[place]}`);
  const names = [`${through} = ${products.join(' + ')} + ${bias}`];
  if (activation !== undefined) names.push(`${activation.output} = ${activation.expr}`);
  return `${aim?.loss ?? activation?.output ?? through} where ${names.join(', ')}`;
}
