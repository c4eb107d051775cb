import type { BuiltNetwork, Engine, FastState, FastTrainer, Formulas } from '../engine/client.ts';
import type { Sample } from '../views/neuron-data.ts';
import { beginsAnew, description, type NetworkSettings } from './network-model.ts';

/** The network at one point of its training. */
export interface NetworkMoment {
  readonly step: number;
  /** Over all samples. */
  readonly loss: number;
  /** Over the samples of the step that led here. */
  readonly batchLoss: number;
  readonly params: FastState['params'];
  /** How the engine comes back here. */
  readonly snapshot: string;
}

/** Moments kept. Beyond that every second one of the older half is dropped: a picture cannot show more anyway. */
const mostMoments = 800;

/**
 * A network in training: the engine's fast trainer and everything seen so far. It computes nothing; it keeps what the engine said,
 * in order.
 */
export class NetworkSession {
  /** From the first moment to the newest. Empty until opened. */
  history: NetworkMoment[] = [];
  built: BuiltNetwork | undefined;
  formulas: Formulas | undefined;
  /** Set when the last step was refused. */
  stopped: FastState['stopped'] = null;
  notes: FastState['notes'] = [];
  /** The largest rate at which the loss can settle, where it is quadratic in the parameters. */
  largestRate: number | undefined;
  settings: NetworkSettings;
  /** The learner's own samples in place of a data set. */
  rows: readonly Sample[] | undefined;

  private trainer: FastTrainer | undefined;
  /** Calls run one after another, so that a reset never meets half a step. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly engine: Engine,
    settings: NetworkSettings,
    rows?: readonly Sample[],
  ) {
    this.settings = settings;
    this.rows = rows;
  }

  /** The newest moment. */
  get now(): NetworkMoment | undefined {
    return this.history[this.history.length - 1];
  }

  /** Starts from the beginning. Rejects with the engine's error. */
  open(): Promise<void> {
    return this.inTurn(() => this.begin(this.settings, this.rows));
  }

  /**
   * Takes other settings or samples. The rate alone changes in mid-training; everything else begins anew. What the engine refuses
   * changes nothing.
   */
  set(settings: NetworkSettings, rows: readonly Sample[] | undefined = this.rows): Promise<void> {
    return this.inTurn(async () => {
      if (!this.trainer || rows !== this.rows || beginsAnew(this.settings, settings)) {
        await this.begin(settings, rows);
      } else if (settings.rate !== this.settings.rate) {
        await this.trainer.setRate(settings.rate);
        this.settings = settings;
        await this.look();
      }
    });
  }

  /** Takes steps without looking. */
  advance(count: number): Promise<void> {
    return this.inTurn(async () => {
      await this.trainer?.step(count);
    });
  }

  /** Asks where training stands, and keeps it. */
  follow(): Promise<void> {
    return this.inTurn(() => this.look());
  }

  /** Back to the first step, with the same seed: the same numbers come again. */
  reset(): Promise<void> {
    return this.inTurn(async () => {
      if (!this.trainer) return;
      await this.trainer.reset();
      await this.trainer.setRate(this.settings.rate);
      this.history = [];
      await this.look();
    });
  }

  /** Goes on from an earlier moment; what came after it is forgotten. */
  returnTo(place: number): Promise<void> {
    return this.inTurn(async () => {
      const moment = this.history[place];
      if (!moment || !this.trainer) return;
      await this.trainer.restore(moment.snapshot);
      await this.trainer.setRate(this.settings.rate);
      this.history.length = place;
      await this.look();
    });
  }

  /** The gradient over all samples by a parameter, where training stands now. */
  gradient(name: string): Promise<Float32Array> {
    return this.inTurn(async () => (await this.trainer?.gradient(name)) ?? new Float32Array(0));
  }

  /** An expression over the parameters, as the engine takes it in JSON. */
  evaluate(request: string): Promise<Float32Array> {
    return this.inTurn(async () => (await this.trainer?.evaluate(request)) ?? new Float32Array(0));
  }

  /** Frees what the engine holds. */
  close(): void {
    this.trainer?.free();
    this.trainer = undefined;
  }

  private async begin(settings: NetworkSettings, rows: readonly Sample[] | undefined): Promise<void> {
    const built = await this.engine.network(description(settings, rows));
    const { rate, batch, seed } = settings;
    const fresh = await this.engine.fastTrainer({ ...built.spec, rate, batch, seed });
    try {
      this.formulas = await fresh.formulas();
      this.largestRate = await fresh.largestRate();
    } catch (error) {
      fresh.free();
      throw error;
    }
    this.trainer?.free();
    this.trainer = fresh;
    this.built = built;
    this.settings = settings;
    this.rows = rows;
    this.history = [];
    await this.look();
  }

  private async look(): Promise<void> {
    if (!this.trainer) return;
    const { state, snapshot } = await this.trainer.state();
    this.stopped = state.stopped;
    this.notes = [...new Map(state.notes.map(note => [note.message, note])).values()];
    // A refused step leaves the last good state as it was: there is nothing new to remember.
    if (this.now?.step === state.step) return;
    const { step, loss, batch_loss: batchLoss, params } = state;
    this.history.push({ step, loss, batchLoss, params, snapshot });
    if (this.history.length > mostMoments) this.thin();
  }

  private thin(): void {
    const half = this.history.length / 2;
    this.history = this.history.filter((_, place) => place === 0 || place >= half || place % 2 === 1);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
