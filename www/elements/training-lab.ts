import { EngineError } from '../engine/client.ts';
import { Player } from './training-player.ts';
import type { TrainingSession } from './training-session.ts';
import { say } from '../words/neuron.ts';

/** What a lab needs of the element that shows it. */
export interface TrainingHost {
  /** Something changed: render again. */
  requestUpdate(): void;
  /** A stretch of training has come to its end. */
  trained(): void;
}

/** A moment of a session. */
type MomentOf<S extends TrainingSession> = S['history'][number];

/**
 * A lab without its looks, the same on the page and in a widget: one session, its player, the moment that is looked at, and the
 * values behind the pictures, fetched anew whenever what they show has changed.
 */
export abstract class TrainingLab<S extends TrainingSession = TrainingSession, H extends TrainingHost = TrainingHost> {
  readonly player: Player;
  /** What the engine threw when it refused. */
  protected error: unknown;
  /** Training pauses by itself after so many steps. */
  mostSteps = Number.POSITIVE_INFINITY;
  /** The place in the history that is looked at; undefined is the newest. */
  protected past: number | undefined;
  private fetching = false;
  private stale = false;

  constructor(
    readonly session: S,
    protected readonly host: H,
  ) {
    this.player = new Player(
      () => this.advance(),
      () => this.painted(),
      () => {
        this.host.requestUpdate();
        if (!this.player.playing) void this.ended();
      },
    );
  }

  /** What went wrong, in words; empty where nothing did. */
  get failure(): string {
    return this.error === undefined ? '' : wordsOf(this.error);
  }

  /** What the engine said, again in another language; what is trained goes on. */
  async reword(): Promise<void> {
    await this.session.reword().catch(() => undefined);
    this.host.requestUpdate();
  }

  /** The place in the history that is shown. */
  get shown(): number {
    const newest = Math.max(0, this.session.history.length - 1);
    return Math.min(this.past ?? newest, newest);
  }

  /** The moment that is shown. */
  get moment(): MomentOf<S> | undefined {
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
    await this.change(() => this.oneStep());
    await this.ended();
  }

  /** Back to the first weights. */
  reset(): Promise<void> {
    return this.change(() => this.session.reset(), true);
  }

  /** Another rate, in mid-training. */
  abstract setRate(rate: number): Promise<void>;

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

  /** The player's next piece of work. Resolves to whether training can go on. */
  protected abstract advance(): Promise<boolean>;

  /** Fetches what the pictures show. */
  protected abstract fetchValues(): Promise<void>;

  /** Fetches what is only told when training stands. */
  protected abstract rest(): Promise<void>;

  /** Awaited once a frame while training goes on. */
  protected painted(): Promise<void> {
    return this.refresh();
  }

  /** One step by hand. */
  protected async oneStep(): Promise<void> {
    await this.session.advance(1);
  }

  /** What lay under a dragging hand is no longer there. */
  protected letGo(): void {}

  /** Does something to the session, then shows what came of it. `anew` begins again: nothing before it can be looked at. */
  protected async change(work: () => Promise<void>, anew = false): Promise<void> {
    if (anew) {
      this.player.pause();
      this.past = undefined;
    }
    try {
      await work();
      this.error = undefined;
    } catch (error) {
      this.fail(error);
    }
    if (anew) this.letGo();
    this.host.requestUpdate();
    await this.refresh();
  }

  protected fail(error: unknown): void {
    this.player.pause();
    this.error = error ?? new Error();
    this.host.requestUpdate();
  }

  private async goOn(): Promise<void> {
    const place = this.past;
    this.past = undefined;
    if (place !== undefined) await this.change(() => this.session.returnTo(place));
  }

  private async ended(): Promise<void> {
    await this.rest();
    this.host.trained();
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof EngineError)) return say('noanswer');
  const { message, hint } = error.failure;
  return hint === undefined || hint === '' ? message : `${message} ${hint}`;
}
