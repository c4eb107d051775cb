import { Host } from './host.ts';
import type { Command } from './messages.ts';
import { loadWasm } from './wasm.ts';

/**
 * The engine's own thread. Commands come as `{ id, command }` one after another; every one is answered with
 * `{ id, reply }`. Loading is announced first, so that the client's watchdog counts work and not the network.
 */
async function serve(): Promise<void> {
  const early: MessageEvent[] = [];
  const collect = (event: MessageEvent): number => early.push(event);
  self.addEventListener('message', collect);
  let host: Host;
  try {
    host = new Host(await loadWasm());
  } catch (error) {
    self.postMessage({ absent: error instanceof Error ? error.message : String(error) });
    return;
  }
  const answer = (event: MessageEvent<{ id: number; command: Command }>): void => {
    const { id, command } = event.data;
    self.postMessage({ id, reply: host.run(command) });
  };
  self.removeEventListener('message', collect);
  self.addEventListener('message', answer);
  self.postMessage({ ready: true });
  early.forEach(answer);
}

void serve();
