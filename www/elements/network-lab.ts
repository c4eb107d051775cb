import { type Grid, gridPoints } from '../draw/grid.ts';
import { type Engine, EngineError } from '../engine/client.ts';
import type { Sample } from '../views/neuron-data.ts';
import { firstNetwork, type NetworkSettings } from './network-model.ts';
import { type NetworkMoment, NetworkSession } from './network-session.ts';
import { Player, type Speed } from './neuron-player.ts';

/** What the lab needs of the element that shows it. */
export interface NetworkHost {
  /** Something changed: render again. */
  requestUpdate(): void;
  /** The points at which the picture of the decision wants the output. */
  surfaceGrid(): Grid | undefined;
  /** A stretch of training has come to its end. */
  trained(): void;
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

/**
 * The network lab without its looks: one session, its player, and the values behind the pictures, fetched anew whenever what they
 * show has changed.
 */
export class NetworkLab {
  readonly session: NetworkSession;
  readonly player: Player;
  /** What went wrong, in words, when the engine refused. */
  failure = '';
  /** Counts how often the controls were put back to what is trained. */
  returns = 0;
  /** Training pauses by itself after so many steps. */
  mostSteps = Number.POSITIVE_INFINITY;
  surface: SurfaceValues | undefined;
  /** The weight that is looked at. */
  chosen: WeightPlace | undefined;
  /** The gradient by the chosen weight's parameter, with the step at which it was asked for. */
  slope: { readonly name: string; readonly step: number; readonly numbers: Float32Array } | undefined;
  /** The place in the history that is looked at; undefined is the newest. */
  private past: number | undefined;
  private followed = 0;
  /** Steps taken since the session was last looked at. */
  private ahead = 0;
  private fetching = false;
  private stale = false;
  /** The points of the last request, as JSON: they seldom change while the parameters always do. */
  private points: { samples: readonly Sample[]; grid: Grid | undefined; json: string } | undefined;

  constructor(
    engine: Engine,
    settings: NetworkSettings,
    rows: readonly Sample[] | undefined,
    private readonly host: NetworkHost,
  ) {
    this.session = new NetworkSession(engine, settings, rows);
    this.player = new Player(
      () => this.advance(),
      () => this.painted(),
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
  get moment(): NetworkMoment | undefined {
    return this.session.history[this.shown];
  }

  /** Whether an earlier moment than the newest is shown. */
  get inThePast(): boolean {
    return this.shown < this.session.history.length - 1;
  }

  /** Place in the history of the smallest loss so far. */
  get best(): number {
    const { history } = this.session;
    return history.reduce((best, moment, place) => (moment.loss < (history[best]?.loss ?? 0) ? place : best), 0);
  }

  open(): Promise<void> {
    return this.change(async () => {
      await this.session.open();
      this.begun();
    });
  }

  /** Starts or pauses. */
  async toggle(): Promise<void> {
    if (this.player.playing) this.player.pause();
    else {
      await this.goOn();
      this.player.play();
    }
  }

  /** One step. */
  async step(): Promise<void> {
    this.player.pause();
    await this.goOn();
    await this.change(async () => {
      await this.session.advance(1);
      await this.session.follow();
    });
    this.host.trained();
  }

  /** Back to the first weights. */
  reset(): Promise<void> {
    return this.change(() => this.session.reset(), true);
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

  /** Forgets what was refused: the controls show again what is trained. */
  async dismiss(): Promise<void> {
    this.failure = '';
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

  /** Another network: its first weight is looked at until another one is chosen. */
  private begun(): void {
    const first = this.session.built?.layers[0];
    this.past = undefined;
    this.slope = undefined;
    this.chosen = first && { name: first.weights, entry: 0 };
  }

  private async advance(): Promise<boolean> {
    const at = (this.session.now?.step ?? 0) + this.ahead;
    const left = this.mostSteps - (at % this.mostSteps);
    const count = Math.min(stride[this.player.speed], left);
    await this.session.advance(count);
    this.ahead += count;
    return count < left;
  }

  private async painted(): Promise<void> {
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

  private async fetchValues(): Promise<void> {
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

  private async afterTraining(): Promise<void> {
    await this.painted();
    this.host.trained();
  }

  private async goOn(): Promise<void> {
    const place = this.past;
    this.past = undefined;
    if (place !== undefined) await this.change(() => this.session.returnTo(place));
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
    this.host.requestUpdate();
    await this.refresh();
  }

  private fail(error: unknown): void {
    this.player.pause();
    this.failure = wordsOf(error);
    this.host.requestUpdate();
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof EngineError)) return 'The engine did not answer. Reload the page to try again.';
  const { message, hint } = error.failure;
  return hint === undefined || hint === '' ? message : `${message} ${hint}`;
}
