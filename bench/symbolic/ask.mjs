// Asks a system a question, and waits so long and no longer.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** So many seconds a question may take, twice asked. */
export const limit = 10;

/** The threads that are open, by their system. */
const open = new Map();

async function opened(system) {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: system });
  await once(worker, 'message');
  open.set(system, worker);
  return worker;
}

/** @returns {Promise<{ms: number | null, text: string}>} Infinity where the limit was met, `null` where the system cannot do it. */
export async function ask({ system, way }, question) {
  const worker = open.get(system) ?? (await opened(system));
  worker.postMessage({ way, question });
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), limit * 1000);
  try {
    const [answer] = await once(worker, 'message', { signal: stop.signal });
    return answer;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    open.delete(system);
    await worker.terminate();
    return { ms: Number.POSITIVE_INFINITY, text: '' };
  } finally {
    clearTimeout(late);
  }
}
