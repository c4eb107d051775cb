// The browser tests on the built page: `npm run browser -- explore`. Set-up and builds come first.
import { buildPage } from './build.mjs';
import { buildWasm } from './build-wasm.mjs';
import { browserTests } from './lib/browser-tests.mjs';
import { setUp } from './setup.mjs';

await setUp();
await buildWasm();
await buildPage();
process.exit(await browserTests(process.argv.slice(2)));
