// A static server for a built folder: right types, the content security policy, and open to other people's pages.
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { contentSecurityPolicy } from '../csp.mjs';

const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.wasm', 'application/wasm'],
  ['.woff2', 'font/woff2'],
  ['.woff', 'font/woff'],
  ['.ttf', 'font/ttf'],
  ['.webmanifest', 'application/manifest+json'],
  ['.txt', 'text/plain; charset=utf-8'],
]);

/** Serves a folder at the first free port from `port` on (0 takes any). Gives the server and its port.
 * @param {string} folder
 * @param {number} port
 * @param {{ fixed?: boolean, host?: string }} [options]
 * @returns {Promise<{ server: import('node:http').Server, port: number }>} */
export function serve(folder, port, options = {}) {
  const server = createServer((request, response) => answer(folder, request, response));
  return new Promise((resolve, reject) => {
    server.on('error', error => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      if (taken && !options.fixed && port < 65_535) server.listen(++port, options.host ?? '127.0.0.1');
      else reject(error);
    });
    server.on('listening', () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : port });
    });
    server.listen(port, options.host ?? '127.0.0.1');
  });
}

/** @param {string} folder
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response */
function answer(folder, request, response) {
  response.setHeader('Content-Security-Policy', contentSecurityPolicy);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  // Widgets load the script, the wasm and the fonts from pages of any origin, sandboxed ones too.
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cache-Control', 'no-cache');
  if (request.method !== 'GET' && request.method !== 'HEAD') return end(response, 405);
  const file = find(folder, request.url ?? '/');
  if (!file) return end(response, 404);
  response.setHeader('Content-Type', types.get(extname(file.path)) ?? 'application/octet-stream');
  response.setHeader('Content-Length', file.size);
  if (request.method === 'HEAD') return void response.end();
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

/** The file behind an address; nothing outside the folder.
 * @param {string} folder
 * @param {string} url */
function find(folder, url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    if (path.includes('\0')) return undefined;
    const base = normalize(folder);
    let full = normalize(join(base, path.endsWith('/') ? `${path}index.html` : path));
    if (full !== base && !full.startsWith(base.endsWith(sep) ? base : base + sep)) return undefined;
    let stats = statSync(full);
    if (stats.isDirectory()) {
      full = join(full, 'index.html');
      stats = statSync(full);
    }
    return stats.isFile() ? { path: full, size: stats.size } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {import('node:http').ServerResponse} response
 * @param {number} status */
function end(response, status) {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(status === 404 ? 'Not found\n' : 'Not allowed\n');
}
