// `npm start`: set-up, build, and the page on a local port. Needs no browser. `npm start -- --port 8000 --host 0.0.0.0`
import { parseArgs } from 'node:util';
import { buildPage } from './build.mjs';
import { buildWasm } from './build-wasm.mjs';
import { serveDist, serveOptions } from './serve.mjs';
import { setUp } from './setup.mjs';

const { values } = parseArgs({ options: serveOptions });
await setUp();
await buildWasm();
await buildPage();
await serveDist({ ...values, port: values.port ?? process.env['PORT'] });
