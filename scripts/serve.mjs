// Serves the built page: `node scripts/serve.mjs [--port 4173] [--host 0.0.0.0]`. With a port given, that one or none.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root, stop } from './lib/run.mjs';
import { serve } from './lib/server.mjs';

/** What the command line may say. */
export const serveOptions = /** @type {const} */ ({ port: { type: 'string' }, host: { type: 'string' } });

/** Serves dist/ and prints the address.
 * @param {{ port?: string | undefined, host?: string | undefined }} where */
export async function serveDist(where) {
  const folder = join(root, 'dist');
  if (!existsSync(folder)) stop('There is no dist folder yet: run `npm start`, or `npm run build`.');
  const host = where.host ?? '127.0.0.1';
  try {
    const { port } = await serve(folder, Number(where.port ?? 4173), { fixed: where.port !== undefined, host });
    const name = host === '127.0.0.1' ? 'localhost' : host;
    console.log(`\n  Chalkgrad is at http://${name}:${port}/   (Ctrl+C ends it)\n`);
  } catch (error) {
    stop(`Port ${where.port ?? 4173} cannot be used: ${error instanceof Error ? error.message : error}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await serveDist(parseArgs({ options: serveOptions }).values);
}
