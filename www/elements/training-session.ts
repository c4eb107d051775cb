import { Turns } from '../engine/turns.ts';

/** Something in training, at one point of it. */
export interface TrainingMoment {
  readonly step: number;
  /** Over all samples. */
  readonly loss: number;
  /** Over the samples of the step that led here. */
  readonly batchLoss: number;
}

/** Why training stands still although nobody stopped it. */
export interface Stop {
  readonly why: string;
  readonly message: string;
  /** A rate at which training is known to be stable, where the engine can tell. */
  readonly rate_advice: number | null;
}

/** Something the engine thinks a learner should know: settings that do nothing, data that teach nothing, silent units. */
export interface Note {
  readonly why: string;
  readonly message: string;
}

/**
 * Something in training: the engine's trainer and everything seen so far. It computes nothing; it keeps what the engine said, in
 * order.
 */
export abstract class TrainingSession<
  M extends TrainingMoment = TrainingMoment,
  T extends { free(): void } = { free(): void },
> {
  /** From the first moment to the newest. Never empty once opened. */
  history: M[] = [];
  /** Set when the last step was refused, because it led to numbers without end. */
  stopped: Stop | null = null;
  /** What the engine has to say about the present state. */
  notes: readonly Note[] = [];
  abstract readonly settings: { readonly rate: number };

  protected trainer: T | undefined;
  private readonly turns = new Turns();

  /** @param mostMoments are kept. Beyond that every second one of the older half is dropped: a picture cannot show more anyway. */
  constructor(private readonly mostMoments: number) {}

  /** The newest moment. */
  get now(): M | undefined {
    return this.history[this.history.length - 1];
  }

  /** Starts from the beginning: new weights from the seed, step 0. Rejects with the engine's error. */
  abstract open(): Promise<void>;

  /** Takes steps. Resolves to whether training can go on. */
  abstract advance(count: number): Promise<boolean>;

  /** Back to the beginning, with the same seed: the same numbers come again. */
  abstract reset(): Promise<void>;

  /** Goes on from an earlier moment; what came after it is forgotten. */
  abstract returnTo(place: number): Promise<void>;

  /** Asks again for what is said in words, in the language spoken now. */
  abstract reword(): Promise<void>;

  /** Frees what the engine holds. */
  close(): void {
    this.trainer?.free();
    this.trainer = undefined;
  }

  /** Puts another trainer in the place of the present one. */
  protected replace(fresh: T): void {
    this.trainer?.free();
    this.trainer = fresh;
  }

  /** Calls run one after another, so that a reset never meets half a step. */
  protected inTurn<U>(work: () => Promise<U>): Promise<U> {
    return this.turns.take(work);
  }

  /** Takes what the engine said of where it stands; the moment is made only where it is a new one. */
  protected take(said: { stopped: Stop | null; notes?: readonly Note[] }, step: number, moment: () => M): void {
    this.stopped = said.stopped;
    // Each thing is said once, however often it holds.
    this.notes = [...new Map((said.notes ?? []).map(note => [note.message, note])).values()];
    // A refused step leaves the last good state as it was: there is nothing new to remember.
    if (this.now?.step === step) return;
    this.history.push(moment());
    if (this.history.length > this.mostMoments) this.thin();
  }

  private thin(): void {
    const half = Math.floor(this.history.length / 2);
    this.history = this.history.filter((_, place) => place === 0 || place >= half || place % 2 === 1);
  }
}
