import { currentRoute, onRoute, type Route, writeAddress } from './router.ts';
import { type ExploreState, readState, writeState } from './state.ts';

/** How long typing rests before the address follows. */
const rest = 250;

/**
 * The state of Explore, in memory and in the address. Whoever shows or changes it goes through here, so that the two
 * cannot differ for longer than a moment.
 */
class ExploreStore {
  private state = stateOf(currentRoute()) ?? readState(new URLSearchParams());
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const follow = (): void => {
      const state = stateOf(currentRoute());
      if (!state) return;
      clearTimeout(this.timer);
      this.state = state;
      this.tell();
    };
    onRoute(follow);
    // Going back over an address that was pushed without a jump fires this one alone.
    window.addEventListener('popstate', follow);
  }

  /** What is shown now. */
  get current(): ExploreState {
    return this.state;
  }

  /** The hash that brings the present state back. */
  get address(): string {
    return `#/explore?${writeState(this.state)}`;
  }

  /** Changes a part of the state. `push` keeps the present one behind the Back button. */
  change(part: Partial<ExploreState>, how: 'push' | 'replace' = 'replace'): void {
    if (how === 'push') this.write('replace');
    this.state = { ...this.state, ...part };
    clearTimeout(this.timer);
    if (how === 'push') this.write('push');
    else this.timer = setTimeout(() => this.write('replace'), rest);
    this.tell();
  }

  /** Calls `listener` after every change. Returns how to stop. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private write(how: 'push' | 'replace'): void {
    if (currentRoute().view === 'explore') writeAddress(this.address, how);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

/** What an address says of Explore; `undefined` where it speaks of another view. */
function stateOf(route: Route): ExploreState | undefined {
  return route.view === 'explore' ? readState(route.params) : undefined;
}

/** The page's one store. */
export const exploreStore: ExploreStore = new ExploreStore();
