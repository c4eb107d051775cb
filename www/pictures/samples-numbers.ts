import type { Grid } from '../draw/grid.ts';
import { gridPoints } from '../draw/grid.ts';
import type { Answer, Numbers } from '../engine/contract.ts';
import type { Point } from '../lessons/blocks.ts';
import type { LessonContext } from '../lessons/context.ts';
import { flatten } from '../lessons/numbers.ts';
import type { SamplesPicture } from '../lessons/pictures/samples.ts';

type Pair = readonly [number, number];

/** What the engine says of one sample that is in the loss. */
export interface Contribution {
  /** The sample's place among all, counted from 0. */
  readonly sample: number;
  /** What goes into the switch. */
  readonly through: number;
  readonly error: number;
  readonly share: Pair;
  /** Where the arrow begins and ends when all are drawn tip to tail. */
  readonly tail: Pair;
  readonly tip: Pair;
}

/** The whole sum at one position of the sliders. */
export interface Contributions {
  readonly each: readonly Contribution[];
  readonly sum: Pair;
  readonly factor: number;
  /** The derivative of the loss: the engine's own, not the sum times the factor. */
  readonly gradient: Pair;
  readonly loss: number;
}

/** The samples of the block, a pair each. */
export function samplesOf(block: SamplesPicture): Pair[] {
  const rows = block.at.find(([name]) => name === block.inputs)?.[1];
  return Array.isArray(rows) ? rows.map(row => pairOf(flatten(row))) : [];
}

/** The values of the block with those of the sliders, and only the samples that are in: their rows and entries. */
function valuesWith(
  block: SamplesPicture,
  slid: ReadonlyMap<string, Point>,
  chosen: readonly number[],
): Map<string, Point> {
  const count = samplesOf(block).length;
  return new Map(
    block.at.map(([name, given]) => {
      const value = slid.get(name) ?? given;
      const perSample = !block.slide.includes(name) && Array.isArray(value) && value.length === count;
      return [name, perSample ? chosen.map(sample => value[sample] as Point) : value];
    }),
  );
}

/**
 * Errors, arrows, their running sums and the gradient, in two requests. `undefined` where a newer request has overtaken
 * them, or the engine refused.
 */
export async function contributionsAt(
  channel: string,
  block: SamplesPicture,
  context: LessonContext,
  slid: ReadonlyMap<string, Point>,
  chosen: readonly number[],
): Promise<Contributions | undefined> {
  const at = valuesWith(block, slid, chosen);
  const { vars, engine } = context;
  // A triangle of ones adds up all arrows as far as each: where the next one begins.
  const expr =
    `[reached; missed; vec(shares'); vec((tensor(i:N, j:N, step(i - j + 1/2)) * shares)'); colsums(shares); ${block.factor}] ` +
    `where reached = ${block.through}, missed = ${block.error}, shares = ${block.shares}`;
  const [numbers, derived] = await Promise.all([
    engine.latest<Answer>(`${channel} shares`, { op: 'eval', expr, vars, at }),
    engine.latest<Answer>(`${channel} gradient`, {
      expr: block.loss,
      wrt: block.wrt,
      vars,
      at,
      detail: 'result',
    }),
  ]);
  if (!numbers?.ok || numbers.value === undefined || !derived?.ok || derived.jacobian === undefined) return undefined;
  return assembled(flatten(numbers.value), derived.jacobian, flatten(derived.value ?? [])[0] ?? Number.NaN, chosen);
}

function assembled(all: readonly number[], jacobian: Numbers, loss: number, chosen: readonly number[]): Contributions {
  const count = chosen.length;
  const pairAt = (place: number): Pair => pairOf(all.slice(place, place + 2));
  const tips = chosen.map((_, place) => pairAt(4 * count + 2 * place));
  return {
    each: chosen.map((sample, place) => ({
      sample,
      through: all[place] ?? Number.NaN,
      error: all[count + place] ?? Number.NaN,
      share: pairAt(2 * count + 2 * place),
      tail: tips[place - 1] ?? [0, 0],
      tip: tips[place] ?? [0, 0],
    })),
    sum: pairAt(6 * count),
    factor: all[6 * count + 2] ?? Number.NaN,
    gradient: pairOf(flatten(jacobian)),
    loss,
  };
}

/** What goes into the switch at each point of a grid in the plane of the samples, for the line at which it is 0. */
export async function throughOver(
  channel: string,
  block: SamplesPicture,
  context: LessonContext,
  slid: ReadonlyMap<string, Point>,
  grid: Grid,
): Promise<number[] | undefined> {
  const at = new Map<string, Point>([...block.at, ...slid, [block.inputs, gridPoints(grid)]]);
  const answer = await context.engine.latest<Answer>(`${channel} line`, {
    op: 'eval',
    expr: block.through,
    vars: context.vars,
    // Only what the expression uses has the grid's number of samples.
    at: new Map([...at].filter(([name]) => name === block.inputs || block.slide.includes(name))),
  });
  return answer?.ok && answer.value !== undefined ? flatten(answer.value) : undefined;
}

function pairOf(numbers: readonly number[]): Pair {
  return [numbers[0] ?? Number.NaN, numbers[1] ?? Number.NaN];
}
