import type { Range, Values } from '../blocks.ts';
import type { JsonFields } from '../json-fields.ts';
import type { Place } from '../lesson-error.ts';
import { readRange, readValues } from '../read-values.ts';

/** What stands at one side of the grid: a name, and the expression whose entries the lines are headed by. */
export interface Heads {
  readonly name: string;
  readonly expr: string;
}

/** A derivative that is a matrix as a grid of cells, its rows and columns headed by the numbers that they belong to. */
export interface GridPicture {
  readonly kind: 'picture';
  readonly picture: 'grid';
  readonly expr: string;
  readonly wrt: string;
  readonly rows: Heads;
  readonly columns: Heads;
  /** Whether each cell is the number of its row times that of its column. */
  readonly product: boolean;
  /** The vectors whose entries are under sliders. */
  readonly slide: readonly string[];
  readonly range: Range;
  readonly at: Values;
}

export function readGrid(fields: JsonFields, place: Place): GridPicture {
  const picture: GridPicture = {
    kind: 'picture',
    picture: 'grid',
    expr: fields.text('expr'),
    wrt: fields.text('wrt'),
    rows: readHeads(fields, 'rows', place),
    columns: readHeads(fields, 'columns', place),
    product: fields.flag('product'),
    slide: fields.texts('slide'),
    range: readRange(fields, place),
    at: readValues(fields, place),
  };
  const given = new Map(picture.at);
  const missing = picture.slide.find(name => !Array.isArray(given.get(name)));
  if (missing !== undefined) throw place.fault(`"at": ${missing} must be a list of numbers`);
  return picture;
}

/** `["g", "2*(W*x - y)"]`. */
function readHeads(fields: JsonFields, side: string, place: Place): Heads {
  const [name, expr, ...more] = fields.texts(side);
  if (name === undefined || expr === undefined || more.length > 0)
    throw place.fault(`"${side}" must be a name and an expression`);
  return { name, expr };
}
