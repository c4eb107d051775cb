// Serves the built page: `node scripts/serve.mjs [--port 4173]`. With a port given, that one or none.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root, stop } from './lib/run.mjs';
import { serve } from './lib/server.mjs';

/** Serves dist/ and prints the address.
 * @param {string | undefined} wanted */
export async function serveDist(wanted) {
  const folder = join(root, 'dist');
  if (!existsSync(folder)) stop('There is no dist folder yet: run `npm start`, or `npm run build`.');
  try {
    const { port } = await serve(folder, Number(wanted ?? 4173), { fixed: wanted !== undefined });
    console.log(`\n  Chalkgrad is at http://localhost:${port}/   (Ctrl+C ends it)\n`);
  } catch (error) {
    stop(`Port ${wanted} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: 'string' } } });
  await serveDist(values.port);
}
