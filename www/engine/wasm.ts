import type { Wasm } from './host.ts';
import start, * as glue from './wasm/chalkgrad_wasm.js';

/** Fetches, compiles and starts the wasm. The only module that knows the generated glue. */
export async function loadWasm(): Promise<Wasm> {
  await start();
  return {
    call: request => glue.call(request),
    open: spec => new glue.Reporter(spec),
    openFast: spec => new glue.Trainer(spec),
    network: description => glue.network(description),
    restart: () => glue.__wbg_reset_state(),
    memory: () => glue.memory_size(),
  };
}
