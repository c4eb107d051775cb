import { type Grid, gridPoints } from '../draw/grid.ts';
import type { Engine, Trainer, TrainerState } from '../engine/client.ts';
import type { Answer, Tokens } from '../engine/contract.ts';
import type { Note, Stop } from '../elements/training-session.ts';
import { flatten } from '../lessons/numbers.ts';
import type { DescentPicture, Start } from '../lessons/pictures/descent.ts';

/** One place on the way, as the trainer told it. */
export interface Place {
  readonly at: Start;
  readonly loss: number;
}

/** A whole way: where it began, a place for each step, and what the trainer had to say at its end. */
export interface Run {
  readonly places: readonly Place[];
  /** Set where a step was refused: the way ends before it. */
  readonly stopped: Stop | null;
  /** What holds at the end of the way: a silent rectifier, a gradient of 0. */
  readonly notes: readonly Note[];
}

/**
 * Takes the steps of a picture with the engine's own trainer: it knows the gradient, and it says when a step is no step
 * any more. Only the newest way counts; older ones stop where they are.
 */
export class Descent {
  private trainer: Promise<Trainer> | undefined;
  private newest = 0;

  constructor(
    private readonly engine: Engine,
    private readonly block: DescentPicture,
  ) {}

  /** The way from a start at a rate; `undefined` where a newer one was asked for meanwhile. */
  async run(start: Start, rate: number): Promise<Run | undefined> {
    this.newest += 1;
    const mine = this.newest;
    const [across, up] = this.block.params;
    const trainer = await this.opened(start, rate);
    if (mine !== this.newest) return undefined;
    await trainer.reset();
    await trainer.setParam(across, [start[0]]);
    await trainer.setParam(up, [start[1]]);
    await trainer.setRate(rate);
    let state = (await trainer.step(0)) as Told;
    const places = [placeOf(state, this.block)];
    while (places.length <= this.block.steps && mine === this.newest) {
      state = (await trainer.step(1)) as Told;
      if (state.stopped !== null) break;
      places.push(placeOf(state, this.block));
    }
    return mine === this.newest ? { places, stopped: state.stopped, notes: state.notes ?? [] } : undefined;
  }

  /** The session, opened when it is first needed; one that could not be opened is tried again. */
  private opened(start: Start, rate: number): Promise<Trainer> {
    this.trainer ??= this.engine.trainer(this.specification(start, rate)).catch((error: unknown) => {
      this.trainer = undefined;
      throw error;
    });
    return this.trainer;
  }

  /** Frees what the engine holds. */
  close(): void {
    this.newest += 1;
    void this.trainer?.then(trainer => trainer.free()).catch(() => undefined);
    this.trainer = undefined;
  }

  private specification(start: Start, rate: number): object {
    const { loss, params, at } = this.block;
    const begun = params.map((name, place) => [name, { shape: [], init: start[place] }] as const);
    return { loss, params: new Map(begun), data: new Map(at), rate, seed: 1 };
  }
}

/** What the trainer tells beyond the numbers. */
type Told = TrainerState & { readonly notes?: readonly Note[] };

function placeOf(state: TrainerState, { params }: DescentPicture): Place {
  const told = new Map(Object.entries(state.params));
  const number = (name: string): number => {
    const value = told.get(name);
    return typeof value === 'number' ? value : Number.NaN;
  };
  return { at: [number(params[0]), number(params[1])], loss: state.loss };
}

/**
 * The loss at each point of a grid over the two parameters, in one request: the loss itself, with an entry of a vector
 * of points in the place of each parameter.
 */
export async function lossOver(
  engine: Engine,
  block: DescentPicture,
  grid: Grid,
): Promise<Float64Array<ArrayBuffer> | undefined> {
  const { loss, params, at } = block;
  const tokens = await engine.call<Tokens>({ op: 'tokens', expr: loss });
  if (!tokens.ok) return undefined;
  const points = gridPoints(grid);
  const values = new Map<string, unknown>([
    ...at,
    [params[0], points.map(point => point[0])],
    [params[1], points.map(point => point[1])],
  ]);
  const answer = await engine.call<Answer>({
    op: 'eval',
    expr: overPoints(loss, params, tokens.tokens),
    vars: new Map(params.map(name => [name, ['points']])),
    at: values,
  });
  return answer.ok && answer.value !== undefined ? Float64Array.from(flatten(answer.value)) : undefined;
}

/** The loss at each of many points: every parameter becomes an entry of a vector of its values. */
export function overPoints(loss: string, params: readonly string[], tokens: Tokens['tokens']): string {
  let expr = '';
  let end = 0;
  for (const token of tokens) {
    const text = loss.slice(token.start, token.end);
    const parameter = token.kind === 'name' && params.includes(text);
    expr += `${loss.slice(end, token.start)}${text}${parameter ? '[at_point]' : ''}`;
    end = token.end;
  }
  return `tensor(at_point:points, ${expr}${loss.slice(end)})`;
}
