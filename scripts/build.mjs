// Set-up, engine, page: everything into dist/, ready for any static server.
import { pathToFileURL } from 'node:url';
import { buildWasm } from './build-wasm.mjs';
import { runModule, say, stop } from './lib/run.mjs';
import { setUp } from './setup.mjs';

/** Builds the page into dist/. */
export async function buildPage() {
  say('Building the page');
  const code = await runModule('vite/bin/vite.js', ['build', '--logLevel', 'warn']);
  if (code !== 0) stop('The page did not build; the lines above say why.');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  await buildWasm();
  await buildPage();
}
