// Playwright against dist/, served on a free port with the headers a host should send.
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { root, runModule, stop } from './run.mjs';
import { serve } from './server.mjs';

/** Runs the browser tests; gives the exit code.
 * @param {string[]} args for Playwright
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} */
export async function browserTests(args, env = {}) {
  const chromium = await findChromium();
  if (!chromium) stop('The browser tests need Chromium: set CHROMIUM_PATH to its program, then run this again.');
  const { server, port } = await serve(join(root, 'dist'), 0);
  const all = { CHROMIUM_PATH: chromium, BASE_URL: `http://127.0.0.1:${port}/`, ...env };
  const code = await runModule('@playwright/test/cli.js', ['test', '--pass-with-no-tests', ...args], { env: all });
  server.closeAllConnections();
  server.close();
  return code;
}
