/** Where the reader is: `#/lessons/slope?step=2` is the view `lessons`, the rest `slope` and the parameters. */
export interface Route {
  readonly view: string;
  /** What follows the view's name, without slashes at either end. */
  readonly rest: string;
  readonly params: URLSearchParams;
}

/** The view of an address that names none. */
const home = 'explore';

/** Longer addresses are not read at all. */
const longestAddress = 16_384;

/** Reads an address's hash. */
export function readRoute(hash: string): Route {
  const line = hash.slice(0, longestAddress).replace(/^#?\/*/, '');
  const mark = line.indexOf('?');
  const path = mark < 0 ? line : line.slice(0, mark);
  const [view = '', ...rest] = path.split('/').filter(part => part !== '');
  return {
    view: view === '' ? home : view,
    rest: rest.map(decode).join('/'),
    params: new URLSearchParams(mark < 0 ? '' : line.slice(mark + 1)),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where the reader is now. */
export function currentRoute(): Route {
  return readRoute(location.hash);
}

/**
 * What stands before the hash in the address that was written or told last. Going back over a change of it, browsers
 * tell of no changed hash.
 */
let search = typeof location === 'undefined' ? '' : location.search;

/** Calls `listener` whenever the reader goes somewhere else (links, the browser's buttons). Returns how to stop. */
export function onRoute(listener: (route: Route) => void): () => void {
  const tell = (): void => listener(currentRoute());
  const popped = (): void => {
    if (location.search === search) return;
    // The others hear of it as well before it counts as told.
    setTimeout(() => {
      search = location.search;
    });
    tell();
  };
  window.addEventListener('hashchange', tell);
  window.addEventListener('popstate', popped);
  return () => {
    window.removeEventListener('hashchange', tell);
    window.removeEventListener('popstate', popped);
  };
}

/** Writes a parameter in front of the hash, where every link keeps it. */
export function writeParameter(name: string, value: string): void {
  const params = new URLSearchParams(location.search);
  params.set(name, value);
  search = `?${params}`;
  try {
    history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
  } catch {
    // Too many changes in a short time, as above: the next one writes it.
  }
}

/**
 * Writes the address without going anywhere: `push` leaves the old one behind the Back button. Browsers refuse too
 * many changes in a short time; then the address lags behind until the next one, and nothing else happens.
 */
export function writeAddress(hash: string, how: 'push' | 'replace'): void {
  try {
    if (how === 'push') history.pushState(null, '', hash);
    else history.replaceState(null, '', hash);
  } catch {
    // The state in memory is what counts; the address follows with the next change.
  }
}
