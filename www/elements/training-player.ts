/** Steps in a second, by the name of the speed. */
export const speeds = { slow: 2, steady: 20, fast: 200 } as const;

/** How fast training goes on. */
export type Speed = keyof typeof speeds;

/** The longest stretch of work on a page's own thread, in milliseconds: a scroll must not stutter. */
const slice = 4;

/** Milliseconds between two pictures for readers who asked for less motion: single pictures, not a film. */
const calmPause = 800;

/**
 * Keeps asking for steps until paused: so many a second, a frame at a time, never ahead of the work. It pauses by
 * itself when the tab is hidden, and never starts by itself.
 */
export class Player {
  speed: Speed = 'steady';
  private running = false;
  private readonly calm = window.matchMedia('(prefers-reduced-motion: reduce)');

  /**
   * @param advance does one step and resolves to whether training can go on
   * @param painted is awaited once a frame, after its steps
   * @param changed hears that it was started or paused
   */
  constructor(
    private readonly advance: () => Promise<boolean>,
    private readonly painted: () => Promise<void>,
    private readonly changed: () => void,
  ) {}

  /** Whether it is running. */
  get playing(): boolean {
    return this.running;
  }

  /** Starts, unless it runs already. */
  play(): void {
    if (this.running) return;
    this.running = true;
    document.addEventListener('visibilitychange', this.hidden);
    this.changed();
    void this.run();
  }

  /** Stops after the step that is under way. */
  pause(): void {
    if (!this.running) return;
    this.running = false;
    document.removeEventListener('visibilitychange', this.hidden);
    this.changed();
  }

  private readonly hidden = (): void => {
    if (document.hidden) this.pause();
  };

  private async run(): Promise<void> {
    let due = 1;
    let before = performance.now();
    let shown = Number.NEGATIVE_INFINITY;
    try {
      while (this.running) {
        const began = performance.now();
        let going = true;
        while (going && this.running && due >= 1 && performance.now() - began < slice) {
          going = await this.advance();
          due -= 1;
        }
        if (!going) {
          this.pause();
          break;
        }
        // Work that did not fit is dropped, not saved up.
        due = Math.min(due, 1);
        await nextFrame();
        if (!this.running) break;
        if (!this.calm.matches || performance.now() - shown >= calmPause) {
          await this.painted();
          shown = performance.now();
        }
        await nextFrame();
        const time = performance.now();
        due += ((time - before) / 1000) * speeds[this.speed];
        before = time;
      }
    } catch {
      // Who gave the work has already shown what went wrong.
      this.pause();
    }
    await this.painted();
  }
}

/** The next frame, or a little later where frames do not come. */
export function nextFrame(): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, 100);
    const frame = requestAnimationFrame(done);
    function done(): void {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      resolve();
    }
  });
}
