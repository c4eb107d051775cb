import type { Grid } from '../draw/grid.ts';
import type { Engine } from '../engine/client.ts';
import { EngineError } from '../engine/client.ts';
import type { NeuronData, Sample } from '../views/neuron-data.ts';
import type { NeuronSettings } from './neuron-model.ts';
import { type LossMap, lossMap, type Plane, type PlaneValues, planeValues } from './neuron-pictures.ts';
import { Player } from './neuron-player.ts';
import { type Moment, NeuronSession } from './neuron-session.ts';

/** What the lab needs of the element that shows it. */
export interface LabHost {
  /** Something changed: render again. */
  requestUpdate(): void;
  /** The points at which the picture of the samples wants the output. */
  planeGrid(): Grid | undefined;
  /** The points at which the picture of the loss wants the loss; undefined where there is no such picture. */
  mapGrid(): { plane: Plane; grid: Grid } | undefined;
  /** Whether the last update is to be followed in numbers while training goes on. */
  readonly followsUpdates: boolean;
  /** A stretch of training has come to its end. */
  trained(): void;
}

/** Milliseconds for which numbers stand still while training goes on: faster nobody reads. */
const readingTime = 800;

/**
 * The neuron lab without its looks, the same on the page and in a widget: one session, its player, and the values
 * behind the pictures, fetched anew whenever what they show has changed.
 */
export class NeuronLab {
  readonly session: NeuronSession;
  readonly player: Player;
  /** What went wrong, in words, when the engine refused. */
  failure = '';
  /** The samples as they are dragged; the session's own when nothing is. */
  samples: readonly Sample[];
  /** Training pauses by itself after so many steps. */
  mostSteps = Number.POSITIVE_INFINITY;
  plane: PlaneValues | undefined;
  map: LossMap | undefined;
  /** Weights under a dragging hand; they are not the session's until let go. */
  private held: Moment | undefined;
  /** The place in the history that is looked at; undefined is the newest. */
  private past: number | undefined;
  /** When the last update was last fetched. */
  private followed = 0;
  private fetching = false;
  private stale = false;

  constructor(
    engine: Engine,
    data: NeuronData,
    settings: NeuronSettings,
    private readonly host: LabHost,
  ) {
    this.session = new NeuronSession(engine, data, settings);
    this.samples = data.samples;
    this.player = new Player(
      () => this.advance(),
      () => this.refresh(),
      () => {
        this.host.requestUpdate();
        if (!this.player.playing) void this.afterTraining();
      },
    );
  }

  /** The place in the history that is shown. */
  get shown(): number {
    const newest = Math.max(0, this.session.history.length - 1);
    return Math.min(this.past ?? newest, newest);
  }

  /** The moment that is shown. */
  get moment(): Moment | undefined {
    return this.held ?? this.session.history[this.shown];
  }

  /** Whether an earlier moment than the newest is shown. */
  get inThePast(): boolean {
    return this.shown < this.session.history.length - 1;
  }

  /** Starts. */
  open(): Promise<void> {
    return this.change(() => this.session.open());
  }

  /** Starts or pauses. */
  async toggle(): Promise<void> {
    if (this.player.playing) this.player.pause();
    else {
      await this.goOn();
      this.player.play();
    }
  }

  /** One step, then its numbers. */
  async step(): Promise<void> {
    this.player.pause();
    await this.goOn();
    await this.change(async () => {
      await this.session.advance(1);
    });
    await this.afterTraining();
  }

  /** Back to the first weights. */
  reset(): Promise<void> {
    return this.change(() => this.session.reset(), true);
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

  /** Shows an earlier moment, without undoing anything. */
  look(place: number): void {
    this.player.pause();
    this.past = place < this.session.history.length - 1 ? place : undefined;
    this.host.requestUpdate();
    void this.refresh();
  }

  /** Goes on from the moment with the smallest loss; what came after is forgotten. */
  backToBest(): Promise<void> {
    this.past = this.best;
    return this.goOn();
  }

  /** Place in the history of the smallest loss so far. */
  get best(): number {
    const { history } = this.session;
    return history.reduce((best, moment, place) => (moment.loss < (history[best]?.loss ?? 0) ? place : best), 0);
  }

  /** Fetches the values behind the pictures, again if something changed meanwhile. */
  async refresh(): Promise<void> {
    this.stale = true;
    if (this.fetching) return;
    this.fetching = true;
    try {
      while (this.stale) {
        this.stale = false;
        await this.fetchValues();
        this.host.requestUpdate();
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.fetching = false;
    }
  }

  /** Frees everything. */
  close(): void {
    this.player.pause();
    this.session.close();
  }

  private async advance(): Promise<boolean> {
    const going = await this.session.advance(1);
    return going && (this.session.now?.step ?? 0) % this.mostSteps !== 0;
  }

  private async fetchValues(): Promise<void> {
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

  private async goOn(): Promise<void> {
    const place = this.past;
    this.past = undefined;
    if (place !== undefined) await this.change(() => this.session.returnTo(place));
  }

  private async afterTraining(): Promise<void> {
    await this.change(() => this.session.fetchDetail());
    this.host.trained();
  }

  /** Does something to the session, then shows what came of it. */
  private async change(work: () => Promise<void>, pause = false): Promise<void> {
    if (pause) {
      this.player.pause();
      this.past = undefined;
    }
    try {
      await work();
      this.failure = '';
    } catch (error) {
      this.fail(error);
    }
    if (pause) this.held = undefined;
    this.host.requestUpdate();
    await this.refresh();
  }

  private fail(error: unknown): void {
    this.player.pause();
    this.failure =
      error instanceof EngineError ? error.message : 'The engine did not answer. Reload the page to try again.';
    this.host.requestUpdate();
  }
}
