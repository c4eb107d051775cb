import { type Assumption, readAssumptions } from './elements/assumptions.ts';
import type { JsonShape } from './engine/contract.ts';
import { readDimension } from './elements/shape-words.ts';

/** How a Jacobian is written on screen. Numbers never depend on it. */
export type Layout = 'numerator' | 'denominator' | 'mixed';

/** The layouts in the order in which they are offered. */
export const layouts: readonly Layout[] = ['numerator', 'denominator', 'mixed'];

/** The ways a derivation can go; which of them a question has, the engine says. */
export const ways = ['paths', 'textbook', 'differentials', 'reverse', 'index'] as const;

export type Way = (typeof ways)[number];

/** How a derivative of order 3 or more can be seen; which of these there are, the engine says. */
export const tensorKinds = ['action', 'index', 'slices', 'kronecker', 'blocks'] as const;

export type TensorKind = (typeof tensorKinds)[number];

/** The engine differentiates so often at most. */
const highestOrder = 6;

/** One thing the address keeps. */
interface Field<Value> {
  /** Its name in the address. Links are out in the world: a key is never renamed or given another meaning. */
  readonly key: string;
  readonly fallback: Value;
  /** `undefined` where the text makes no sense: then the fallback holds. */
  read(text: string): Value | undefined;
  write(value: Value): string;
}

/** What Explore shows, all of it in the address. */
export interface ExploreState {
  readonly expr: string;
  readonly wrt: string;
  /** Shapes the reader set; all others are inferred. */
  readonly shapes: ReadonlyMap<string, JsonShape>;
  /** What the reader assumes of variables: of a name no longer in the text it waits, like a shape. */
  readonly assume: ReadonlyMap<string, readonly Assumption[]>;
  /** Which derivative: 1 for the first. */
  readonly order: number;
  /** The way the reader chose; empty for the question's usual one. */
  readonly way: Way | '';
  /** How a derivative beyond matrices is seen; empty for the best view. */
  readonly tensor: TensorKind | '';
  readonly layout: Layout;
  /** The step on the board, from 1. */
  readonly step: number;
  readonly view: 'step' | 'all';
  /** Sizes of dimensions in the entries. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** The engine refuses longer texts; cutting here keeps a hostile link from filling the field. */
const longestText = 4096;

const text = (key: string, fallback: string): Field<string> => ({
  key,
  fallback,
  read: value => value.slice(0, longestText).replace(/[\r\n]+/g, ' '),
  write: value => value.slice(0, longestText),
});

const oneOf = <Choice extends string>(key: string, choices: readonly Choice[], fallback: Choice): Field<Choice> => ({
  key,
  fallback,
  read: value => choices.find(choice => choice === value),
  write: value => value,
});

const count = (key: string, most: number): Field<number> => ({
  key,
  fallback: 1,
  read: value => readCount(value, most),
  write: String,
});

function readCount(value: string, most: number): number | undefined {
  const number = Number(value);
  return Number.isInteger(number) && number >= 1 && number <= most ? number : undefined;
}

/** Names and what belongs to them, written `w:n;A:m,n;b:`. */
function named<Value>(key: string, read: (value: string) => Value | undefined, write: (value: Value) => string) {
  return {
    key,
    fallback: new Map<string, Value>() as ReadonlyMap<string, Value>,
    read(list: string): ReadonlyMap<string, Value> {
      const found = new Map<string, Value>();
      for (const entry of list.slice(0, longestText).split(';')) {
        const colon = entry.indexOf(':');
        const value = colon > 0 ? read(entry.slice(colon + 1)) : undefined;
        if (value !== undefined) found.set(entry.slice(0, colon), value);
      }
      return found;
    },
    write: (map: ReadonlyMap<string, Value>) => [...map].map(([name, value]) => `${name}:${write(value)}`).join(';'),
  };
}

function readShape(list: string): JsonShape | undefined {
  const shape = list === '' ? [] : list.split(',').map(readDimension);
  return shape.length <= 2 && shape.every(dimension => dimension !== '' && dimension !== 0) ? shape : undefined;
}

/** The table: what the address keeps of Explore. */
const fields: { readonly [Key in keyof ExploreState]: Field<ExploreState[Key]> } = {
  expr: text('expr', 'relu(w·x + b)'),
  wrt: text('wrt', 'w'),
  shapes: named<JsonShape>('shapes', readShape, shape => shape.join(',')),
  assume: named<readonly Assumption[]>('assume', readAssumptions, list => list.join(',')),
  order: count('order', highestOrder),
  way: oneOf('way', ['', ...ways], ''),
  tensor: oneOf('tensor', ['', ...tensorKinds], ''),
  layout: oneOf('layout', layouts, 'numerator'),
  step: count('step', 1000),
  view: oneOf('view', ['step', 'all'], 'step'),
  sizes: named<number>('sizes', value => readCount(value, 5), String),
};

const keys = Object.keys(fields) as (keyof ExploreState)[];

/** Reads the state out of an address. What is missing or makes no sense becomes its fallback. */
export function readState(params: URLSearchParams): ExploreState {
  const read = <Key extends keyof ExploreState>(key: Key): ExploreState[Key] => {
    const field = fields[key];
    const value = params.get(field.key);
    return (value === null ? undefined : field.read(value)) ?? field.fallback;
  };
  return {
    expr: read('expr'),
    wrt: read('wrt'),
    shapes: read('shapes'),
    assume: read('assume'),
    order: read('order'),
    way: read('way'),
    tensor: read('tensor'),
    layout: read('layout'),
    step: read('step'),
    view: read('view'),
    sizes: read('sizes'),
  };
}

/** Writes the state for an address; what equals its fallback is left out, but the question always stands there. */
export function writeState(state: ExploreState): URLSearchParams {
  const params = new URLSearchParams();
  const write = <Key extends keyof ExploreState>(key: Key): void => {
    const field = fields[key];
    const value = field.write(state[key]);
    const asked = key === 'expr' || key === 'wrt';
    if (asked || value !== field.write(field.fallback)) params.set(field.key, value);
  };
  keys.forEach(write);
  return params;
}
