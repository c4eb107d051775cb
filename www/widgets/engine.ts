import { createEngine } from '../engine/client.ts';

/**
 * The one engine of all widgets on a page. It runs on the page's own thread, since a worker of another origin may not
 * be started; it is loaded with the first question.
 */
export const widgetEngine = createEngine({ worker: false });
