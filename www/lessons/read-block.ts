import type {
  AskBlock,
  Block,
  DeriveBlock,
  Dimension,
  Layout,
  Question,
  RuleBlock,
  Shapes,
  WrongAnswer,
} from './blocks.ts';
import { JsonFields } from './json-fields.ts';
import type { Place } from './lesson-error.ts';
import { readPicture } from './pictures.ts';
import { readSentence } from './read-prose.ts';
import { readValues } from './read-values.ts';

const LAYOUTS: readonly Layout[] = ['numerator', 'denominator', 'mixed'];
const WAYS = ['paths', 'textbook', 'differentials', 'reverse', 'index'] as const;

/** Reads a fenced block strictly: an unknown kind, a missing, misspelt or ill-typed field is a {@link LessonError}. */
export function readBlock(info: string, json: string, place: Place): Block {
  const what = `the ${info} block`;
  const fields = new JsonFields(readJson(json, place, what), place, what);
  const block = readFields(info, fields, place);
  fields.finish();
  return block;
}

function readFields(info: string, fields: JsonFields, place: Place): Block {
  switch (info) {
    case 'derive':
      return readDerive(fields);
    case 'picture':
      return readPicture(fields, place);
    case 'ask':
      return readAsk(fields, place);
    case 'rule':
      return readRule(fields);
    default:
      throw place.fault(`there is no block called "${info}": it is derive, picture, ask or rule`);
  }
}

function readDerive(fields: JsonFields): DeriveBlock {
  const layout = fields.optional('layout', name => fields.oneOf(name, LAYOUTS));
  return {
    kind: 'derive',
    ...readQuestion(fields),
    show: fields.oneOf('show', ['steps', 'result', 'entries']),
    ...(layout === undefined ? {} : { layout }),
  };
}

function readAsk(fields: JsonFields, place: Place): AskBlock {
  const wrong = fields.list('wrong').map((value): WrongAnswer => {
    const inner = new JsonFields(value, place, 'a wrong answer');
    const read = { answer: inner.text('answer'), say: readSentence(inner.text('say'), place) };
    inner.finish();
    return read;
  });
  const at = fields.list('at').map(value => {
    const inner = new JsonFields({ at: value }, place, 'a point');
    return readValues(inner, place);
  });
  const id = fields.text('id');
  if (!/^[a-z][a-z0-9-]*$/.test(id)) throw place.fault('"id" must be lower case letters, digits and hyphens');
  const rule = fields.optional('rule', name => fields.text(name));
  return { kind: 'ask', id, ...readQuestion(fields), wrong, at, ...(rule === undefined ? {} : { rule }) };
}

function readRule(fields: JsonFields): RuleBlock {
  return { kind: 'rule', rules: fields.texts('rules') };
}

function readQuestion(fields: JsonFields): Question {
  const way = fields.optional('way', name => fields.oneOf(name, WAYS));
  return { expr: fields.text('expr'), wrt: fields.textOrTexts('wrt'), ...(way === undefined ? {} : { way }) };
}

/** Reads shapes such as `{"w": ["n"], "b": []}`. */
export function readShapes(json: string, place: Place): Shapes {
  const value = readJson(json, place, 'vars');
  const fields = new JsonFields({ vars: value }, place, 'the front matter');
  return fields.pairs('vars').map(([name, shape]) => {
    if (!Array.isArray(shape)) throw place.fault(`vars: the shape of ${name} must be a list`);
    return [name, shape.map(dimension => readDimension(dimension, name, place))] as const;
  });
}

function readDimension(value: unknown, name: string, place: Place): Dimension {
  if (typeof value === 'string' && value !== '') return value;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return value;
  throw place.fault(`vars: a dimension of ${name} must be a name or a positive whole number`);
}

function readJson(json: string, place: Place, what: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    throw place.fault(`${what} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
