import type { Grid } from '../draw/grid.ts';
import type { Engine } from '../engine/client.ts';
import type { NeuronData, Sample } from '../views/neuron-data.ts';
import type { NeuronSettings } from './neuron-model.ts';
import { type LossMap, lossMap, type Plane, type PlaneValues, planeValues } from './neuron-pictures.ts';
import { type Moment, NeuronSession } from './neuron-session.ts';
import { type TrainingHost, TrainingLab } from './training-lab.ts';

/** What the neuron's lab needs of the element that shows it. */
export interface NeuronHost extends TrainingHost {
  /** The points at which the picture of the samples wants the output. */
  planeGrid(): Grid | undefined;
  /** The points at which the picture of the loss wants the loss; undefined where there is no such picture. */
  mapGrid(): { plane: Plane; grid: Grid } | undefined;
  /** Whether the last update is to be followed in numbers while training goes on. */
  readonly followsUpdates: boolean;
}

/** Milliseconds for which numbers stand still while training goes on: faster nobody reads. */
const readingTime = 800;

/** The neuron's lab: besides training, its samples and weights can be moved by hand. */
export class NeuronLab extends TrainingLab<NeuronSession, NeuronHost> {
  /** The samples as they are dragged; the session's own when nothing is. */
  samples: readonly Sample[];
  plane: PlaneValues | undefined;
  map: LossMap | undefined;
  /** Weights under a dragging hand; they are not the session's until let go. */
  private held: Moment | undefined;
  /** When the last update was last fetched. */
  private followed = 0;

  constructor(engine: Engine, data: NeuronData, settings: NeuronSettings, host: NeuronHost) {
    super(new NeuronSession(engine, data, settings), host);
    this.samples = data.samples;
  }

  override get moment(): Moment | undefined {
    return this.held ?? super.moment;
  }

  setRate(rate: number): Promise<void> {
    return this.set({ ...this.session.settings, rate });
  }

  /** Other settings. */
  set(settings: NeuronSettings): Promise<void> {
    const before = this.session.settings;
    const anew = before.batch !== settings.batch || before.seed !== settings.seed;
    return this.change(() => this.session.set(settings), anew);
  }

  /** Other data: those of another data set, from its own beginning. */
  choose(data: NeuronData, samples: readonly Sample[] = data.samples): Promise<void> {
    this.samples = samples;
    return this.change(async () => {
      this.session.data = data;
      this.session.samples = samples;
      await this.session.open();
    }, true);
  }

  /** Samples under a dragging hand: only the pictures follow. */
  preview(samples: readonly Sample[]): void {
    this.player.pause();
    this.samples = samples;
    this.host.requestUpdate();
    void this.refresh();
  }

  /** Changed samples: a new beginning from the present weights. */
  setSamples(samples: readonly Sample[]): Promise<void> {
    this.samples = samples;
    return this.change(() => this.session.setSamples(samples), true);
  }

  /** Weights under a dragging hand: only the pictures follow. */
  hold(w: [number, number], b: number): void {
    this.player.pause();
    const moment = this.session.history[this.shown];
    if (!moment) return;
    this.held = { ...moment, w, b };
    void this.refresh();
  }

  /** Weights put by hand: a new beginning from there. */
  async setWeights(w: [number, number], b: number): Promise<void> {
    await this.change(() => this.session.setWeights(w, b), true);
  }

  protected async advance(): Promise<boolean> {
    const going = await this.session.advance(1);
    return going && (this.session.now?.step ?? 0) % this.mostSteps !== 0;
  }

  protected rest(): Promise<void> {
    return this.change(() => this.session.fetchDetail());
  }

  protected override letGo(): void {
    this.held = undefined;
  }

  protected async fetchValues(): Promise<void> {
    const moment = this.moment;
    if (!moment) return;
    const map = this.host.mapGrid();
    if (this.host.followsUpdates && this.player.playing && performance.now() - this.followed > readingTime) {
      this.followed = performance.now();
      await this.session.fetchDetail();
    }
    this.plane = await planeValues(this.session, moment, this.samples, this.host.planeGrid());
    if (!map) return;
    this.map = await lossMap(this.session, moment, this.samples, map.plane, map.grid);
  }
}
