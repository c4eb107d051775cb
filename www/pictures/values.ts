import { engine } from '../engine/client.ts';
import type { Answer, Entries } from '../engine/contract.ts';
import type { Point } from '../lessons/blocks.ts';
import { flatten } from '../lessons/numbers.ts';

/** Points for names. A list is a vector, so one request gives a whole curve; a list of lists is a matrix by rows. */
export type At = ReadonlyMap<string, Point>;

/**
 * The numbers of an expression, row by row. `undefined` means that a newer request on the channel has overtaken this
 * one, or that the engine refused it: either way the picture stays as it is.
 */
export async function evaluate(channel: string, expr: string, at: At): Promise<number[] | undefined> {
  const answer = await engine.latest<Answer>(channel, { op: 'eval', expr, vars: shapesOf(at), at });
  return answer?.ok && answer.value !== undefined ? flatten(answer.value) : undefined;
}

/** Value and derivative at a point, both the engine's; the derivative row by row. */
export async function differentiate(
  channel: string,
  expr: string,
  wrt: string,
  at: At,
): Promise<{ value: number[]; derivative: number[] } | undefined> {
  const request = { expr, wrt, vars: shapesOf(at), at, detail: 'result' };
  const answer = await engine.latest<Answer>(channel, request);
  if (!answer?.ok || answer.value === undefined || answer.jacobian === undefined) return undefined;
  return { value: flatten(answer.value), derivative: flatten(answer.jacobian) };
}

/** The derivative opened into its entries, each with its number and with why it is what it is. */
export async function openEntries(channel: string, expr: string, wrt: string, at: At): Promise<Entries | undefined> {
  const answer = await engine.latest<Entries>(channel, { op: 'entries', expr, wrt, vars: shapesOf(at), at });
  return answer?.ok ? answer : undefined;
}

/** The numbers of an expression along one of its names; where that name is not in it, the same number all along. */
export async function evaluateAlong(
  channel: string,
  expr: string,
  along: readonly [name: string, places: readonly number[]],
  held: At,
): Promise<number[] | undefined> {
  const numbers = await evaluate(channel, expr, new Map<string, Point>([...held, along]));
  return numbers?.length === 1 ? along[1].map(() => numbers[0] ?? Number.NaN) : numbers;
}

/**
 * The numbers of an expression over a grid, row by row: for each height of `up`, a row over all of `across`. The name
 * that runs across is a vector in each request, so the expression must read entry by entry, as those of curves do.
 */
export async function evaluateGrid(
  expr: string,
  across: readonly [name: string, places: readonly number[]],
  up: readonly [name: string, places: readonly number[]],
): Promise<number[] | undefined> {
  const rows = await Promise.all(
    up[1].map(async height => {
      const at: At = new Map<string, number | readonly number[]>([across, [up[0], height]]);
      const answer = await engine.call<Answer>({ op: 'eval', expr, vars: shapesOf(at), at });
      const row = answer.ok && answer.value !== undefined ? flatten(answer.value) : [];
      // What does not depend on the name that runs across is one number for the whole row.
      return row.length === 1 ? across[1].map(() => row[0] ?? Number.NaN) : row;
    }),
  );
  const whole = rows.every(row => row.length === across[1].length);
  return whole ? rows.flat() : undefined;
}

/** Evenly spaced places for a curve. */
export function spread(from: number, to: number, count: number): number[] {
  return Array.from({ length: count }, (_, place) => from + ((to - from) * place) / (count - 1));
}

/** Shapes by the values given: a list of k numbers is a vector of its own size. */
function shapesOf(at: At): Map<string, number[]> {
  return new Map([...at].map(([name, value]) => [name, shapeOf(value)]));
}

function shapeOf(value: Point): number[] {
  if (typeof value === 'number') return [];
  return [value.length, ...(value[0] === undefined ? [] : shapeOf(value[0]))];
}
