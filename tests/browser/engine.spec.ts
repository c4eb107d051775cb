import { derived, expect, field, openExplore, test } from './explore-quiet.ts';

test('an engine that never answers is replaced, and the next question is answered', async ({ page }) => {
  await openExplore(page);
  const [worker] = page.workers();
  await worker?.evaluate(
    () =>
      void setTimeout(() => {
        for (;;);
      }),
  );
  const another = page.waitForEvent('worker');
  await field(page).fill('sin(t^2)');
  await another;
  await expect(field(page)).toHaveValue('sin(t^2)');
  await field(page).fill('cos(t^3)');
  await derived(page);
  await expect(page.locator('.result annotation').first()).toContainText('sin');
  await expect.poll(() => page.workers().length, 'the old worker is gone').toBe(1);
});

test('one engine, fetched once, and nothing from elsewhere', async ({ page, baseURL }) => {
  const asked: string[] = [];
  page.on('request', request => asked.push(request.url()));
  await openExplore(page);
  expect(asked.filter(url => url.endsWith('.wasm'))).toHaveLength(1);
  expect(asked.filter(url => !url.startsWith(baseURL ?? '') && !url.startsWith('data:'))).toEqual([]);
  expect(page.workers()).toHaveLength(1);
});
