import type { Range } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange } from '../read-values.ts';

/** The computation graph of an expression, with its values and rates at the place where the slider stands. */
export interface GraphPicture {
  readonly kind: 'picture';
  readonly picture: 'graph';
  readonly expr: string;
  /** The scalar input, under the slider. */
  readonly wrt: string;
  readonly range: Range;
  readonly at: number;
}

export function readGraph(fields: JsonFields, place: Place): GraphPicture {
  return {
    kind: 'picture',
    picture: 'graph',
    expr: fields.text('expr'),
    wrt: fields.text('wrt'),
    range: readRange(fields, place),
    at: fields.number('at'),
  };
}
