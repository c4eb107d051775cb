// The same in Chromium: a page with all peers bundled, driven from here.
import { chromium } from '@playwright/test';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { findChromium } from '../scripts/lib/chromium.mjs';

const here = fileURLToPath(new URL('./', import.meta.url));
const types = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** Training in a page. */
export async function inBrowser(only, tell) {
  return withPage(async (page, browser) => {
    console.log(`\nTraining in Chromium ${browser}`);
    const networks = await page.evaluate(name => window.bench.training(name), only);
    networks.forEach(tell);
    return { browser: `Chromium ${browser}`, networks };
  });
}

/** Opens the page; it is closed behind. */
export async function withPage(inside) {
  await build({
    root: `${here}page`,
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: 'dist', target: 'esnext', assetsInlineLimit: 0, emptyOutDir: true, minify: false },
    // tfjs asks for these only where it does not find the browser's own.
    define: { global: 'globalThis' },
  });
  const server = createServer(answer);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    executablePath,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--enable-precise-memory-info'],
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', error => console.error(String(error)));
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => 'bench' in window);
    return await inside(page, browser.version());
  } finally {
    await browser.close();
    server.close();
  }
}

/** The built page, and tfjs's wasm under /tfjs/. */
function answer(request, response) {
  const path = normalize(new URL(request.url, 'http://localhost').pathname);
  const file = path.startsWith('/tfjs/')
    ? join(here, 'node_modules/@tensorflow/tfjs-backend-wasm/dist', path.slice('/tfjs/'.length))
    : join(here, 'page/dist', path === '/' ? 'index.html' : path);
  if (!existsSync(file) || !statSync(file).isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('Content-Type', types[extname(file)] ?? 'application/octet-stream');
  // Not isolated from other pages: tfjs would then compute in several threads.
  createReadStream(file).pipe(response);
}
