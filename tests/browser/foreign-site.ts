import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page, PlaywrightTestArgs, PlaywrightWorkerArgs, TestType } from '@playwright/test';

/** The foreign page: plain HTML from a folder and an origin of its own, with styles that know nothing of the widgets. */
const site = join(import.meta.dirname, '../embed-site');

const types = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css'],
]);

/** Serves the foreign page for the tests of a file; its origin is known once they run. */
export function foreignSite(test: TestType<PlaywrightTestArgs, PlaywrightWorkerArgs>): { readonly origin: string } {
  const found = { origin: '' };
  let server: Server | undefined;
  test.beforeAll(async ({}, info) => {
    server = serveFolder(new URL(info.project.use.baseURL ?? '').origin);
    const listening = server;
    await new Promise<void>(done => listening.listen(0, '127.0.0.1', done));
    found.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  test.afterAll(() => {
    server?.close();
  });
  return found;
}

/** The folder as a site, with the address of the embed script put in. */
function serveFolder(embed: string): Server {
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://site');
    const name = url.pathname === '/' ? '/index.html' : url.pathname;
    readFile(join(site, name), 'utf8').then(
      text => {
        const policy = policyOf(url.searchParams.get('policy'), embed);
        response.writeHead(200, {
          'content-type': types.get(extname(name)) ?? 'text/plain',
          ...(policy && name.endsWith('.html') ? { 'content-security-policy': policy } : {}),
        });
        response.end(text.replaceAll('EMBED', embed));
      },
      () => response.writeHead(404).end(),
    );
  });
}

/** What a careful host allows us: our scripts, WebAssembly, our fonts, our files. `no-wasm` leaves out the second. */
function policyOf(kind: string | null, embed: string): string | undefined {
  if (kind === null) return undefined;
  const wasm = kind === 'no-wasm' ? '' : " 'wasm-unsafe-eval'";
  return [
    "default-src 'none'",
    `script-src ${embed}${wasm}`,
    `connect-src ${embed}`,
    `font-src ${embed}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

/** Collects what the page says and fetches. */
export function listen(page: Page): { said: string[]; fetched: string[] } {
  const said: string[] = [];
  const fetched: string[] = [];
  page.on('console', message => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => said.push(String(error)));
  page.on('request', request => fetched.push(request.url()));
  return { said, fetched };
}

/** What the widgets told the host's page. */
export async function recordEvents(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const told: { type: string; detail: unknown; target: string }[] = [];
    Object.assign(window, { told });
    for (const type of ['step-change', 'trained', 'node-pick', 'entry-pick', 'solved']) {
      window.addEventListener(type, event => {
        const target = event.target instanceof Element ? event.target.localName : '';
        told.push({ type, detail: (event as CustomEvent<unknown>).detail, target });
      });
    }
  });
}

export function told(page: Page): Promise<{ type: string; detail: Record<string, unknown>; target: string }[]> {
  return page.evaluate(() => Reflect.get(window, 'told'));
}
