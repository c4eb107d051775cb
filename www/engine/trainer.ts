import type { Tongue } from '../words/words.ts';
import { EngineError, failureOf } from './failure.ts';
import type { Reply, TrainerArgument, TrainerMethod, Value } from './messages.ts';
import type { Queue } from './queue.ts';
import { Turns } from './turns.ts';

/** Where training stands. */
export interface TrainerState {
  step: number;
  /** The loss over all data. */
  loss: number;
  /** The loss over the samples of the last update. */
  batch_loss: number;
  params: Record<string, number | number[]>;
  /** The samples that the last update used, counted from 0. */
  batch: number[];
  stopped: null | { why: string; message: string; rate_advice: number | null };
}

/** A training session. Each call is one message to the engine; it rejects with an [`EngineError`]. */
export interface Trainer {
  step(count: number): Promise<TrainerState>;
  reset(): Promise<TrainerState>;
  setRate(rate: number): Promise<void>;
  setParam(name: string, values: readonly number[]): Promise<void>;
  /** The last update in full: numbers before and after, and the gradient that was derived. */
  detail(): Promise<unknown>;
  /** An expression over the current parameters and the given inputs, row by row. */
  evaluate(expr: string, inputs: object, vars?: object): Promise<Float64Array>;
  free(): void;
}

/** A call on the session, kept when it changed its state. */
interface Change {
  method: TrainerMethod;
  args: TrainerArgument[];
}

/** Steps replayed at a time: far below what the watchdog allows for one message. */
const replayChunk = 500;

/**
 * A session as the client sees it. The engine may be started anew at any time; training is deterministic, so the
 * session is then opened again from its specification and everything that was done to it is done again.
 */
export class TrainerSession implements Trainer {
  private readonly done: Change[] = [];
  /** Calls run one after another, so that a replay is never cut in two. */
  private readonly turns = new Turns();
  /** The language in which the session was opened. */
  private opened: Tongue | undefined;

  /** @param spec the specification in the language spoken now */
  constructor(
    private readonly queue: Queue,
    private readonly id: number,
    private readonly spec: () => string,
    private readonly spoken: () => Tongue,
  ) {}

  /** Opens the session in the engine. */
  async open(): Promise<void> {
    const opened = this.spoken();
    valueFrom(await this.queue.add({ kind: 'open', trainer: this.id, spec: this.spec() }).reply);
    this.opened = opened;
  }

  async step(count: number): Promise<TrainerState> {
    return JSON.parse(textOf(await this.inTurn({ method: 'step', args: [count] }))) as TrainerState;
  }

  async reset(): Promise<TrainerState> {
    return JSON.parse(textOf(await this.inTurn({ method: 'reset', args: [] }))) as TrainerState;
  }

  async setRate(rate: number): Promise<void> {
    await this.inTurn({ method: 'setRate', args: [rate] });
  }

  async setParam(name: string, values: readonly number[]): Promise<void> {
    await this.inTurn({ method: 'setParam', args: [name, Float64Array.from(values)] });
  }

  async detail(): Promise<unknown> {
    return JSON.parse(textOf(await this.inTurn({ method: 'detail', args: [] })));
  }

  async evaluate(expr: string, inputs: object, vars: object = {}): Promise<Float64Array> {
    const request = JSON.stringify({ expr, vars, inputs });
    const value = await this.inTurn({ method: 'evaluate', args: [request] });
    if (value instanceof Float64Array) return value;
    throw new TypeError('The engine gave no numbers.');
  }

  free(): void {
    void this.queue.add({ kind: 'free', trainer: this.id });
  }

  /** Keeps what a replay needs, and no more: a session may run for hours. */
  private remember(change: Change): void {
    const previous = this.done.at(-1);
    if (change.method === 'reset') {
      // Everything starts afresh; only the rate may outlive a reset.
      const rate = this.done.findLast(earlier => earlier.method === 'setRate');
      this.done.length = 0;
      if (rate) this.done.push(rate);
    } else if (previous?.method === 'step' && change.method === 'step') {
      previous.args = [Number(previous.args[0]) + Number(change.args[0])];
      return;
    } else if (previous && supersedes(change, previous)) {
      this.done.pop();
    }
    this.done.push(change);
  }

  private inTurn(change: Change): Promise<Value> {
    return this.turns.take(() => this.perform(change));
  }

  private async perform(change: Change): Promise<Value> {
    if (this.opened !== this.spoken()) {
      this.free();
      await this.openAgain();
    }
    let reply = await this.use(change);
    if (reply.kind === 'lost' || reply.kind === 'trapped') {
      await this.openAgain();
      reply = await this.use(change);
    }
    const value = valueFrom(reply);
    if (change.method !== 'detail' && change.method !== 'evaluate') this.remember(change);
    return value;
  }

  private async openAgain(): Promise<void> {
    await this.open();
    for (const earlier of this.done) await this.replay(earlier);
  }

  private async replay(change: Change): Promise<void> {
    if (change.method !== 'step') {
      valueFrom(await this.use(change));
      return;
    }
    for (let left = Number(change.args[0]); left > 0; left -= replayChunk) {
      valueFrom(await this.use({ method: 'step', args: [Math.min(left, replayChunk)] }));
    }
  }

  private use(change: Change): Promise<Reply> {
    return this.queue.add({ kind: 'use', trainer: this.id, method: change.method, args: change.args }).reply;
  }
}

/** Whether only the later of two neighbouring changes counts. */
function supersedes(later: Change, earlier: Change): boolean {
  if (later.method !== earlier.method) return false;
  return later.method === 'setRate' || (later.method === 'setParam' && later.args[0] === earlier.args[0]);
}

/** The value of a reply. Throws the engine's error. */
export function valueFrom(reply: Reply): Value {
  if (reply.kind === 'done') return reply.value;
  throw new EngineError(failureOf(reply));
}

/** A value that is text. */
export function textOf(value: Value): string {
  if (typeof value === 'string') return value;
  throw new TypeError('The engine gave no text.');
}
