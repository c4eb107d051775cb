import type { BuiltNetwork, Engine, FastState, FastTrainer, Formulas } from '../engine/client.ts';
import type { Sample } from '../views/neuron-data.ts';
import { beginsAnew, description, type NetworkSettings } from './network-model.ts';
import { type TrainingMoment, TrainingSession } from './training-session.ts';

/** The network at one point of its training. */
export interface NetworkMoment extends TrainingMoment {
  readonly params: FastState['params'];
  /** How the engine comes back here. */
  readonly snapshot: string;
}

/** A network in training by the engine's fast trainer: steps are taken unseen, and the history has what was looked at. */
export class NetworkSession extends TrainingSession<NetworkMoment, FastTrainer> {
  built: BuiltNetwork | undefined;
  formulas: Formulas | undefined;
  /** The largest rate at which the loss can settle, where it is quadratic in the parameters. */
  largestRate: number | undefined;

  /** @param rows the learner's own samples in place of a data set */
  constructor(
    private readonly engine: Engine,
    public settings: NetworkSettings,
    public rows?: readonly Sample[],
  ) {
    super(800);
  }

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

  /** Takes steps without looking: whether they were refused, `follow` tells. */
  advance(count: number): Promise<boolean> {
    return this.inTurn(async () => {
      await this.trainer?.step(count);
      return true;
    });
  }

  /** Asks where training stands, and keeps it. */
  follow(): Promise<void> {
    return this.inTurn(() => this.look());
  }

  reset(): Promise<void> {
    return this.inTurn(async () => {
      if (!this.trainer) return;
      await this.trainer.reset();
      await this.trainer.setRate(this.settings.rate);
      this.history = [];
      await this.look();
    });
  }

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

  reword(): Promise<void> {
    return this.inTurn(async () => {
      const { built } = this;
      if (!built) return;
      const { about, start } = await this.engine.network(description(this.settings, this.rows));
      this.built = { ...built, about, start };
      // The session goes on from its last good state in the other language; the step that was refused there is refused once more.
      if (this.stopped) await this.trainer?.step(1);
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
    this.replace(fresh);
    this.built = built;
    this.settings = settings;
    this.rows = rows;
    this.history = [];
    await this.look();
  }

  private async look(): Promise<void> {
    if (!this.trainer) return;
    const { state, snapshot } = await this.trainer.state();
    const { step, loss, batch_loss: batchLoss, params } = state;
    this.take(state, step, () => ({ step, loss, batchLoss, params, snapshot }));
  }
}
