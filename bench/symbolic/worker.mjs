// One system in a thread of its own: it can be stopped in the middle of a question that takes for ever.
import { parentPort, workerData } from 'node:worker_threads';
import { now } from '../race.mjs';
import { systems } from './peers.mjs';

const ways = await systems[workerData]();
parentPort.on('message', ({ way, question }) => parentPort.postMessage(answered(ways[way], question)));
parentPort.postMessage('ready');

/** The text, and the time of one call in milliseconds: it is asked again until a millisecond has passed. */
function answered(run, question) {
  try {
    const text = String(run(question));
    const start = now();
    let count = 0;
    do {
      run(question);
      count += 1;
    } while (now() - start < 1);
    return { text, ms: (now() - start) / count };
  } catch (error) {
    return { text: String(error), ms: null };
  }
}
