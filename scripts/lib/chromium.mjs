// Finding a real Chromium for the browser tests.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, say } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const folders = ['/Applications/Google Chrome.app/Contents/MacOS', '/Applications/Chromium.app/Contents/MacOS'];

/** The path of a Chromium: from CHROMIUM_PATH, from the PATH, or installed where that is allowed.
 * @returns {Promise<string | undefined>} */
export async function findChromium() {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const found = onPath();
  if (found) return found;
  if (process.getuid?.() !== 0 || !which('apt-get')) return undefined;
  say('Installing Chromium for the browser tests (apt-get)');
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  return onPath();
}

function onPath() {
  for (const name of [...names, 'Google Chrome', 'Chromium']) {
    const found = which(name);
    if (found) return found;
  }
  return undefined;
}

/** @param {string} name */
function which(name) {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...folders];
  return places.map(place => join(place, name)).find(isProgram);
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
