import type { Engine, Trainer, TrainerState } from '../engine/client.ts';
import type { NeuronData, Sample } from '../views/neuron-data.ts';
import { type NeuronSettings, specification } from './neuron-model.ts';
import { type TrainingMoment, TrainingSession } from './training-session.ts';

/** The neuron at one point of its training. */
export interface Moment extends TrainingMoment {
  readonly w: readonly [number, number];
  readonly b: number;
  /** The samples of the step that led here, counted from 0. */
  readonly batch: readonly number[];
  /** The rate of the step that led here. */
  readonly rate: number;
}

/** One parameter in the last update, as the engine tells it. */
export interface ParameterUpdate {
  readonly name: string;
  readonly before: number | readonly number[];
  readonly gradient: number | readonly number[];
  readonly after: number | readonly number[];
  /** The derived gradient, marked LaTeX. */
  readonly latex: string;
  readonly text: string;
}

/** The last update in full. */
export interface UpdateDetail {
  readonly params: readonly ParameterUpdate[];
  readonly loss_latex: string;
  readonly intermediates: readonly {
    readonly name: string;
    readonly latex: string;
    readonly values: number | readonly number[];
  }[];
}

/** One neuron in training, step by step: none is missing from the history. */
export class NeuronSession extends TrainingSession<Moment, Trainer> {
  /** An update in full and the moment it led to; undefined before the first one. */
  detail: { readonly update: UpdateDetail; readonly moment: Moment } | undefined;
  samples: readonly Sample[];

  /** The trainer's step that counts as the history's first. */
  private origin = 0;

  constructor(
    private readonly engine: Engine,
    public data: NeuronData,
    public settings: NeuronSettings,
  ) {
    super(4000);
    this.samples = data.samples;
  }

  open(): Promise<void> {
    return this.inTurn(async () => {
      this.keep(await this.renewed(), true);
    });
  }

  /** Takes other data, and goes on from the present weights as a new beginning. */
  setSamples(samples: readonly Sample[]): Promise<void> {
    return this.inTurn(async () => {
      const present = this.now;
      this.samples = samples;
      await this.renewed();
      if (present) await this.put(present.w, present.b);
      this.keep(await this.current(), true);
    });
  }

  /** Takes other settings. Rate alone changes in mid-training; batch and seed begin anew. */
  set(settings: NeuronSettings): Promise<void> {
    return this.inTurn(async () => {
      const before = this.settings;
      this.settings = settings;
      if (before.batch !== settings.batch || before.seed !== settings.seed) {
        this.keep(await this.renewed(), true);
      } else if (before.rate !== settings.rate) {
        await this.trainer?.setRate(settings.rate);
        this.stopped = null;
      }
    });
  }

  /** Does steps, one at a time so that none is missing from the history. Resolves to whether all of them were done. */
  advance(count: number): Promise<boolean> {
    return this.inTurn(async () => {
      for (let left = count; left > 0; left -= 1) {
        const state = await this.trainer?.step(1);
        if (state) this.keep(state, false);
        if (!state || this.stopped) return false;
      }
      return true;
    });
  }

  /** Fetches the last update in full. */
  fetchDetail(): Promise<void> {
    return this.inTurn(async () => {
      const now = this.now;
      if (!this.trainer || !now || now.step === 0 || now.batch.length === 0) {
        this.detail = undefined;
        return;
      }
      this.detail = { update: (await this.trainer.detail()) as UpdateDetail, moment: now };
    });
  }

  reset(): Promise<void> {
    return this.inTurn(async () => {
      const state = await this.trainer?.reset();
      if (!state) return;
      await this.trainer?.setRate(this.settings.rate);
      this.keep(state, true);
    });
  }

  returnTo(place: number): Promise<void> {
    return this.inTurn(async () => {
      const moment = this.history[place];
      if (!moment) return;
      const trained = await this.put(moment.w, moment.b);
      this.history.length = place + 1;
      this.origin = trained.step - moment.step;
      this.stopped = null;
      this.detail = undefined;
    });
  }

  /** Puts the weights by hand: a new beginning from there. */
  setWeights(w: readonly [number, number], b: number): Promise<void> {
    return this.inTurn(async () => {
      this.keep(await this.put(w, b), true);
    });
  }

  reword(): Promise<void> {
    return this.inTurn(async () => {
      if (this.trainer) this.keep(await this.current(), false);
    });
  }

  /** Values of an expression, row by row, with the given inputs in place of the session's own. */
  evaluate(expr: string, inputs: object, shapes: object = {}): Promise<Float64Array> {
    if (!this.trainer) return Promise.resolve(new Float64Array(0));
    return this.trainer.evaluate(expr, inputs, shapes);
  }

  private async renewed(): Promise<TrainerState> {
    const fresh = await this.engine.trainer(specification(this.data, this.samples, this.settings));
    this.replace(fresh);
    return fresh.step(0);
  }

  private async put(w: readonly [number, number], b: number): Promise<TrainerState> {
    await this.trainer?.setParam('w', w);
    await this.trainer?.setParam('b', [b]);
    return this.current();
  }

  /** Doing no step tells where the trainer stands. */
  private async current(): Promise<TrainerState> {
    if (!this.trainer) throw new TypeError('The session is not open.');
    return this.trainer.step(0);
  }

  private keep(state: TrainerState, anew: boolean): void {
    if (anew) {
      this.history = [];
      this.detail = undefined;
      this.origin = state.step;
    }
    const step = state.step - this.origin;
    this.take(state, step, () => ({
      step,
      loss: state.loss,
      batchLoss: state.batch_loss,
      w: pair(state.params['w']),
      b: single(state.params['b']),
      batch: anew ? [] : state.batch,
      rate: this.settings.rate,
    }));
  }
}

function pair(value: number | number[] | undefined): [number, number] {
  const list = Array.isArray(value) ? value : [];
  return [list[0] ?? 0, list[1] ?? 0];
}

function single(value: number | number[] | undefined): number {
  return Array.isArray(value) ? (value[0] ?? 0) : (value ?? 0);
}
