import type { Tongue } from '../words/words.ts';
import type { FastMethod, Reply, TrainerArgument, Value } from './messages.ts';
import type { Queue } from './queue.ts';
import { textOf, valueFrom } from './trainer.ts';
import { Turns } from './turns.ts';

/** Numbers nested as their parameter is: one, a list, or rows. */
export type Nested = number | readonly Nested[];

/** Where training stands. */
export interface FastState {
  readonly step: number;
  /** The loss over all data. */
  readonly loss: number;
  /** The loss over the samples of the last update. */
  readonly batch_loss: number;
  readonly rate: number;
  readonly params: Readonly<Record<string, Nested>>;
  readonly stopped: null | { readonly why: string; readonly message: string; readonly rate_advice: number | null };
  readonly notes: readonly { readonly why: string; readonly message: string }[];
}

/** What a name stands for, in marked LaTeX. */
export interface Formula {
  readonly name: string;
  readonly symbol: string;
  readonly latex: string;
}

/** The loss and its gradients as they are compiled. */
export interface Formulas {
  readonly loss: string;
  readonly parts: readonly Formula[];
  readonly gradients: readonly Formula[];
}

/**
 * A session that trains as fast as it goes. The engine may be started anew at any time; the session is then opened again and put
 * back to its last snapshot, and since training is deterministic, the same numbers follow.
 */
export class FastTrainer {
  /** Where the session stood when it was last looked at. */
  private kept: string | undefined;
  /** Calls run one after another, so that a return is never cut in two. */
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
    valueFrom(await this.queue.add({ kind: 'open-fast', trainer: this.id, spec: this.spec() }).reply);
    this.opened = opened;
    if (this.kept !== undefined) valueFrom(await this.use('restore', [this.kept]));
  }

  /** Takes so many steps, fewer where one has to be refused: the state says so. */
  async step(count: number): Promise<void> {
    await this.inTurn('step', [count]);
  }

  /** Where training stands, and how to come back there. */
  async state(): Promise<{ readonly state: FastState; readonly snapshot: string }> {
    const state = JSON.parse(textOf(await this.inTurn('state'))) as FastState;
    return { state, snapshot: await this.snapshot() };
  }

  async reset(): Promise<void> {
    await this.inTurn('reset');
    await this.snapshot();
  }

  async setRate(rate: number): Promise<void> {
    await this.inTurn('setRate', [rate]);
    await this.snapshot();
  }

  /** The gradient over all data by a parameter, row by row. */
  async gradient(name: string): Promise<Float32Array> {
    return numbersOf(await this.inTurn('gradient', [name]));
  }

  /** `{"expr", "vars", "inputs"}` as JSON: an expression over the parameters and the given inputs, row by row. */
  async evaluate(request: string): Promise<Float32Array> {
    return numbersOf(await this.inTurn('evaluate', [request]));
  }

  /** Everything that has to be known to come back here. */
  private async snapshot(): Promise<string> {
    this.kept = textOf(await this.inTurn('snapshot'));
    return this.kept;
  }

  async restore(snapshot: string): Promise<void> {
    await this.inTurn('restore', [snapshot]);
    this.kept = snapshot;
  }

  async formulas(): Promise<Formulas> {
    return JSON.parse(textOf(await this.inTurn('formulas'))) as Formulas;
  }

  /** The largest rate at which the loss can settle, where it is quadratic in the parameters. */
  async largestRate(): Promise<number | undefined> {
    const rate = await this.inTurn('largestRate');
    return typeof rate === 'number' ? rate : undefined;
  }

  free(): void {
    void this.queue.add({ kind: 'free', trainer: this.id });
  }

  private inTurn(method: FastMethod, args: readonly TrainerArgument[] = []): Promise<Value> {
    return this.turns.take(() => this.perform(method, args));
  }

  private async perform(method: FastMethod, args: readonly TrainerArgument[]): Promise<Value> {
    if (this.opened !== this.spoken()) await this.openInWords();
    let reply = await this.use(method, args);
    if (reply.kind === 'lost' || reply.kind === 'trapped') {
      await this.open();
      reply = await this.use(method, args);
    }
    return valueFrom(reply);
  }

  /** The same session with words in another language: it goes on from where it is now. */
  private async openInWords(): Promise<void> {
    const now = await this.use('snapshot', []);
    if (now.kind === 'done') this.kept = textOf(now.value);
    this.free();
    await this.open();
  }

  private use(method: FastMethod, args: readonly TrainerArgument[]): Promise<Reply> {
    return this.queue.add({ kind: 'use-fast', trainer: this.id, method, args }).reply;
  }
}

function numbersOf(value: Value): Float32Array {
  if (value instanceof Float32Array) return value;
  throw new TypeError('The engine gave no numbers.');
}
