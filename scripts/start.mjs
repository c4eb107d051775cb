// `npm start`: set-up, build, and the page on a local port. Needs no browser. `npm start -- --port 8000`
import { parseArgs } from 'node:util';
import { buildPage } from './build.mjs';
import { buildWasm } from './build-wasm.mjs';
import { serveDist } from './serve.mjs';
import { setUp } from './setup.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' } } });
await setUp();
await buildWasm();
await buildPage();
await serveDist(values.port ?? process.env['PORT']);
