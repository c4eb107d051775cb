import { type Grid, gridPoints } from '../draw/grid.ts';
import type { Engine } from '../engine/client.ts';
import type { Sample } from '../views/neuron-data.ts';
import { firstNetwork, type NetworkSettings } from './network-model.ts';
import { NetworkSession } from './network-session.ts';
import { type TrainingHost, TrainingLab } from './training-lab.ts';
import type { Speed } from './training-player.ts';

/** What the network's lab needs of the element that shows it. */
export interface NetworkHost extends TrainingHost {
  /** The points at which the picture of the decision wants the output. */
  surfaceGrid(): Grid | undefined;
}

/** The output at the samples and on the picture's grid, as the engine computed it. */
export interface SurfaceValues {
  readonly samples: readonly Sample[];
  /** One for each sample. */
  readonly output: Float32Array;
  readonly grid: Grid | undefined;
  readonly gridOutput: Float32Array;
}

/** A weight or a bias that is looked at: its parameter, and where it stands in it, row by row. */
export interface WeightPlace {
  readonly name: string;
  readonly entry: number;
}

/** Steps in one call of the player, by its speed. */
const stride: Readonly<Record<Speed, number>> = { slow: 1, steady: 5, fast: 100 };

/** Milliseconds for which a derivative's number stands still while training goes on: faster nobody reads. */
const readingTime = 400;

/** The network's lab: besides training, one weight and its derivative are looked at. */
export class NetworkLab extends TrainingLab<NetworkSession, NetworkHost> {
  /** Counts how often the controls were put back to what is trained. */
  returns = 0;
  surface: SurfaceValues | undefined;
  /** The weight that is looked at. */
  chosen: WeightPlace | undefined;
  /** The gradient by the chosen weight's parameter, with the step at which it was asked for. */
  slope: { readonly name: string; readonly step: number; readonly numbers: Float32Array } | undefined;
  private followed = 0;
  /** Steps taken since the session was last looked at. */
  private ahead = 0;
  /** The points of the last request, as JSON: they seldom change while the parameters always do. */
  private points: { samples: readonly Sample[]; grid: Grid | undefined; json: string } | undefined;

  constructor(engine: Engine, settings: NetworkSettings, rows: readonly Sample[] | undefined, host: NetworkHost) {
    super(new NetworkSession(engine, settings, rows), host);
  }

  override open(): Promise<void> {
    return this.change(async () => {
      await this.session.open();
      this.begun();
    });
  }

  setRate(rate: number): Promise<void> {
    return this.set({ ...this.session.settings, rate });
  }

  /** Other settings, other samples. */
  set(settings: NetworkSettings, rows: readonly Sample[] | undefined = this.session.rows): Promise<void> {
    const { built } = this.session;
    return this.change(
      async () => {
        await this.session.set(settings, rows);
        if (this.session.built !== built) {
          this.past = undefined;
          this.chosen = undefined;
          this.slope = undefined;
        }
      },
      rows !== this.session.rows || settings.rate === this.session.settings.rate,
    );
  }

  /** Forgets what was refused: the controls show again what is trained. */
  async dismiss(): Promise<void> {
    this.error = undefined;
    this.returns += 1;
    if (!this.session.built) await this.set(firstNetwork, undefined);
    this.host.requestUpdate();
  }

  /** Looks at a weight. */
  choose(place: WeightPlace): void {
    this.chosen = place;
    this.followed = 0;
    this.host.requestUpdate();
    void this.refresh();
  }

  /** Another network: its first weight is looked at until another one is chosen. */
  private begun(): void {
    const first = this.session.built?.layers[0];
    this.past = undefined;
    this.slope = undefined;
    this.chosen = first && { name: first.weights, entry: 0 };
  }

  protected async advance(): Promise<boolean> {
    const at = (this.session.now?.step ?? 0) + this.ahead;
    const left = this.mostSteps - (at % this.mostSteps);
    const count = Math.min(stride[this.player.speed], left);
    await this.session.advance(count);
    this.ahead += count;
    return count < left;
  }

  protected override async oneStep(): Promise<void> {
    await this.session.advance(1);
    await this.session.follow();
  }

  protected rest(): Promise<void> {
    return this.painted();
  }

  protected override async painted(): Promise<void> {
    try {
      await this.session.follow();
    } catch (error) {
      this.fail(error);
      return;
    } finally {
      this.ahead = 0;
    }
    if (this.session.stopped) this.player.pause();
    await this.refresh();
  }

  protected async fetchValues(): Promise<void> {
    const { moment } = this;
    const { built } = this.session;
    if (!moment || !built) return;
    const grid = this.host.surfaceGrid();
    const { samples } = built;
    if (this.points?.samples !== samples || this.points.grid !== grid) {
      const inputs = samples.map(([x1, x2]) => [x1, x2]);
      this.points = { samples, grid, json: JSON.stringify([...inputs, ...(grid ? gridPoints(grid) : [])]) };
    }
    // The parameters are the moment's: what is drawn together was true together.
    const params = JSON.stringify(moment.params).slice(1);
    const { expr, vars } = built.output;
    const values = await this.session.evaluate(
      `{"expr":${JSON.stringify(expr)},"vars":${JSON.stringify(vars)},"inputs":{"X":${this.points.json},${params}}`,
    );
    if (built !== this.session.built) return;
    const count = samples.length;
    this.surface = { samples, output: values.subarray(0, count), grid, gridOutput: values.subarray(count) };
    await this.fetchSlope();
  }

  private async fetchSlope(): Promise<void> {
    const name = this.chosen?.name;
    const step = this.session.now?.step;
    if (name === undefined || step === undefined) return;
    if (this.slope?.name === name && this.slope.step === step) return;
    if (this.player.playing && performance.now() - this.followed < readingTime) return;
    this.followed = performance.now();
    const numbers = await this.session.gradient(name);
    if (this.chosen?.name === name) this.slope = { name, step, numbers };
  }
}
