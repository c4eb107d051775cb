import { defineConfig } from '@playwright/test';

const summary = process.env['PLAYWRIGHT_SUMMARY'];

/** Started by `npm test` or `npm run browser`, which serve the page and name the browser. */
export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // What is waited for is what happens, never how fast: a machine may have other things to do.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: summary ? [['list'], ['json', { outputFile: summary }]] : [['list']],
  use: {
    baseURL: process.env['BASE_URL'] ?? 'http://127.0.0.1:4173/',
    browserName: 'chromium',
    headless: true,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(process.env['CHROMIUM_PATH'] ? { executablePath: process.env['CHROMIUM_PATH'] } : {}),
      // A sandbox cannot be had as root, as in many containers.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
