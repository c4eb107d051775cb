import type { Numbers } from '../engine/contract.ts';

/** One number of a derivative: ∂ value[outer] / ∂ variable[inner], counted from 1. */
export interface BlockCell {
  readonly outer: readonly number[];
  readonly inner: readonly number[];
  readonly value: number;
  /** Where it stands in the picture as a whole, from 0. */
  readonly row: number;
  readonly column: number;
}

/** The derivative of one entry of the value, laid out like the variable. */
export interface Block {
  readonly outer: readonly number[];
  readonly columns: number;
  readonly cells: readonly BlockCell[];
}

/** A derivative as a grid of blocks. */
export interface BlockGrid {
  readonly columns: number;
  readonly blocks: readonly Block[];
  /** Rows and columns of one block. */
  readonly height: number;
  readonly width: number;
}

/**
 * Lays out a derivative, nested as shape(value) ++ shape(variable): a block for each entry of the value, and in it the
 * numbers as the variable has them. A vector is a column; of more than two indices the last counts columns.
 */
export function layBlocks(numbers: Numbers, innerOrder: number): BlockGrid {
  const outerOrder = orderOf(numbers) - innerOrder;
  const entries = leaves(numbers, outerOrder);
  const first = entries[0]?.node ?? 0;
  const height = innerOrder === 0 ? 1 : lengthOf(first);
  const width = innerOrder < 2 ? 1 : lengthOf(Array.isArray(first) ? (first[0] ?? 0) : 0);
  const columns = outerOrder < 2 ? 1 : lastLength(numbers, outerOrder);
  const blocks = entries.map(({ at, node }, place) => {
    const [down, across] = [Math.floor(place / columns), place % columns];
    const cells = leaves(node, innerOrder).map(({ at: inner, node: leaf }, within) => ({
      outer: at,
      inner,
      value: toNumber(leaf),
      row: down * height + Math.floor(within / width),
      column: across * width + (within % width),
    }));
    return { outer: at, columns: width, cells };
  });
  return { columns, blocks, height, width };
}

/** How many numbers there are. */
export function countNumbers(numbers: Numbers): number {
  return Array.isArray(numbers) ? numbers.reduce<number>((sum, each) => sum + countNumbers(each), 0) : 1;
}

function orderOf(numbers: Numbers): number {
  return Array.isArray(numbers) ? 1 + orderOf(numbers[0] ?? 0) : 0;
}

function lengthOf(node: Numbers): number {
  return Array.isArray(node) ? node.length : 1;
}

/** How many entries the innermost of the first `order` levels has. */
function lastLength(numbers: Numbers, order: number): number {
  return order <= 1 ? lengthOf(numbers) : lastLength(Array.isArray(numbers) ? (numbers[0] ?? 0) : 0, order - 1);
}

interface Leaf {
  readonly at: readonly number[];
  readonly node: Numbers;
}

/** What stands `order` levels deep, in order, each with its place. */
function leaves(node: Numbers, order: number, at: readonly number[] = []): Leaf[] {
  if (order <= 0 || !Array.isArray(node)) return [{ at, node }];
  return node.flatMap((each, index) => leaves(each, order - 1, [...at, index + 1]));
}

/** The engine writes what JSON cannot hold as `"nan"`, `"inf"` and `"-inf"`. */
function toNumber(value: Numbers): number {
  if (typeof value === 'number') return value;
  if (value === 'inf') return Number.POSITIVE_INFINITY;
  return value === '-inf' ? Number.NEGATIVE_INFINITY : Number.NaN;
}
