import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from './server.mjs';

/** @type {Awaited<ReturnType<typeof serve>>} */
let served;

beforeAll(async () => {
  const outer = mkdtempSync(join(tmpdir(), 'chalkgrad-'));
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  mkdirSync(join(outer, 'dist/assets'), { recursive: true });
  mkdirSync(join(outer, 'dist-next-door'));
  writeFileSync(join(outer, 'dist-next-door/secret.txt'), 'secret');
  writeFileSync(join(outer, 'dist/index.html'), '<!doctype html>');
  writeFileSync(join(outer, 'dist/assets/engine.wasm'), 'wasm');
  served = await serve(join(outer, 'dist'), 0);
});

afterAll(() => served.server.close());

/** A request with its path as it stands: `fetch` would tidy the dots away.
 * @param {string} path
 * @param {string} [method]
 * @returns {Promise<{ status: number | undefined, headers: import('node:http').IncomingHttpHeaders }>} */
function ask(path, method = 'GET') {
  return new Promise((resolve, reject) => {
    request({ port: served.port, host: '127.0.0.1', path, method }, response => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    })
      .on('error', reject)
      .end();
  });
}

describe('the server', () => {
  it('sends the page with its policy, open to other origins', async () => {
    const { status, headers } = await ask('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('names the wasm as such, so that it is compiled while it loads', async () => {
    expect((await ask('/assets/engine.wasm?v=1')).headers['content-type']).toBe('application/wasm');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/../dist-next-door/secret.txt',
    '/..%2fdist-next-door%2fsecret.txt',
    '/assets/',
    '/nothing',
    '/%00',
    '/%',
  ])('has nothing at %s', async path => {
    expect((await ask(path)).status).toBe(404);
  });

  it('only gives', async () => {
    expect((await ask('/', 'POST')).status).toBe(405);
  });

  it('takes the next port when one is taken', async () => {
    const second = await serve('.', served.port);
    second.server.close();
    expect(second.port).toBeGreaterThan(served.port);
  });
});
