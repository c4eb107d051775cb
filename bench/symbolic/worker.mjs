// One system in a thread of its own: it can be stopped in the middle of a question that takes for ever.
import { parentPort, workerData } from 'node:worker_threads';
import { timeOf } from '../race.mjs';
import { systems } from './peers.mjs';

const ways = await systems[workerData]();
parentPort.on('message', ({ way, question }) => parentPort.postMessage(answered(ways[way], question)));
parentPort.postMessage('ready');

/** The text, and the time of one call in milliseconds. */
function answered(run, question) {
  try {
    const text = String(run(question));
    return { text, ms: timeOf(() => run(question), 5) };
  } catch (error) {
    return { text: String(error), ms: null };
  }
}
