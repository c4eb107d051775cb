// `npm run dev -- --port 5000`: the page from source, reloaded as you edit. After a change in Rust: `npm run wasm`.
import { buildWasm } from './build-wasm.mjs';
import { runModule } from './lib/run.mjs';
import { setUp } from './setup.mjs';

await setUp();
await buildWasm();
process.exit(await runModule('vite/bin/vite.js', process.argv.slice(2)));
