/** Forward: values, from the variable to the result. Backward: derivatives of the result, from it back. */
export type Direction = 'forward' | 'backward';

/** Milliseconds for looking at what has just appeared. */
const pause = 1100;

/**
 * Which nodes of a graph have appeared. Nodes are in order, each behind what it is made of, so forward they appear in
 * this order and backward in the other. All are there until somebody steps or plays; it pauses when the tab is hidden.
 */
export class GraphPlay {
  direction: Direction = 'forward';
  /** How many have appeared; `undefined` for all, before anything was asked for. */
  private appeared: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed hears of every step, of starting and of pausing */
  constructor(
    private count: number,
    private readonly changed: () => void,
  ) {}

  get playing(): boolean {
    return this.timer !== undefined;
  }

  /** How many nodes are shown. */
  get shown(): number {
    return this.appeared ?? this.count;
  }

  /** The node that appeared last; `undefined` while nobody has stepped. */
  get newest(): number | undefined {
    if (this.appeared === undefined || this.appeared === 0) return undefined;
    return this.direction === 'forward' ? this.appeared - 1 : this.count - this.appeared;
  }

  isShown(node: number): boolean {
    return this.direction === 'forward' ? node < this.shown : node >= this.count - this.shown;
  }

  /** Another graph, all of it shown. */
  reset(count: number): void {
    this.pause();
    this.count = count;
    this.appeared = undefined;
  }

  turn(direction: Direction): void {
    this.direction = direction;
    this.reset(this.count);
    this.changed();
  }

  /** One node more or less; on from the whole graph it begins anew. */
  step(by: 1 | -1): void {
    this.pause();
    this.move(by);
  }

  showAll(): void {
    this.reset(this.count);
    this.changed();
  }

  toggle(): void {
    if (this.playing) {
      this.pause();
      this.changed();
      return;
    }
    document.addEventListener('visibilitychange', this.hidden);
    if (this.shown === this.count) this.appeared = 0;
    this.advance();
  }

  pause(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', this.hidden);
  }

  private move(by: 1 | -1): void {
    const from = this.appeared ?? (by === 1 ? 0 : this.count);
    this.appeared = Math.max(1, Math.min(this.count, from + by));
    this.changed();
  }

  private advance(): void {
    this.timer = setTimeout(() => this.advance(), pause);
    this.move(1);
    if (this.appeared === this.count) {
      this.pause();
      this.changed();
    }
  }

  private readonly hidden = (): void => {
    if (!document.hidden) return;
    this.pause();
    this.changed();
  };
}
