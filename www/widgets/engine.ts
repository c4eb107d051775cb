import { createEngine, type Engine } from '../engine/client.ts';
import { tongueOf } from '../words/tongues.ts';
import type { Place } from './widget.ts';

/**
 * The one engine of all widgets on a page. It runs on the page's own thread, since a worker of another origin may not
 * be started; it is loaded with the first question.
 */
const widgetEngine = createEngine({ worker: false });

const engines = new WeakMap<Place, Engine>();

/** The engine, which answers a widget in its own language. */
export function engineFor(place: Place): Engine {
  const engine = engines.get(place) ?? widgetEngine.speaking(() => tongueOf(place.root));
  engines.set(place, engine);
  return engine;
}
