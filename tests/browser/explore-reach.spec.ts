import { violations } from './axe.ts';
import { derived, expect, openExplore, test } from './explore-quiet.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1440]) {
    test(`axe finds nothing, ${colorScheme}, ${width} px`, async ({ browser, baseURL }) => {
      // Axe looks at six pages here.
      test.slow();
      const context = await browser.newContext({
        ...(baseURL ? { baseURL } : {}),
        colorScheme,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await openExplore(page);
      expect(await violations(page)).toEqual([]);
      await page.locator('.graph > summary').click();
      await page.locator('.graph-table > summary').click();
      await expect(page.locator('.graph-sheet[data-laid]')).toBeVisible();
      await page.getByRole('button', { name: 'One node on' }).click();
      expect(await violations(page)).toEqual([]);
      await page.locator('[data-chip="w"]').click();
      await page.locator('textarea').fill('relu(w·x + b) + (');
      await expect(page.locator('.field-message')).not.toBeEmpty();
      expect(await violations(page)).toEqual([]);
      await openExplore(page, { view: 'all' });
      expect(await violations(page)).toEqual([]);
      await openExplore(page, { expr: 'W*x', wrt: 'W', tensor: 'blocks', assume: 'W:symmetric' });
      await page.locator('[data-chip="W"]').click();
      await expect(page.locator('.block-cell').first()).toBeVisible();
      await page.getByText('The numbers as a table').click();
      expect(await violations(page)).toEqual([]);
      await openExplore(page, { expr: 'sum((V*h - y).^2) where h = tanh(W*x)', wrt: 'W', way: 'reverse', view: 'all' });
      expect(await violations(page)).toEqual([]);
      await page.goto('./#/rules');
      await expect(page.locator('.rule').first()).toBeVisible();
      expect(await violations(page)).toEqual([]);
      await context.close();
    });
  }
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('nothing scrolls sideways but what has an edge of its own', async ({ page }) => {
    const questions = [
      { expr: 'relu(w·x + b)', wrt: 'w' },
      { expr: 'mean((y - relu(X*w + b)).^2)', wrt: 'w' },
      { expr: '[3x^2 y, 2x + y^8]', wrt: '[x, y]' },
      { expr: "tr(A*X'*B*X*C)", wrt: 'X', view: 'all' },
      { expr: 'A*X*B', wrt: 'X', tensor: 'blocks' },
      { expr: 'A*X*B', wrt: 'X', tensor: 'kronecker', assume: 'A:symmetric,invertible,positive' },
      { expr: "x'*A*x", wrt: 'x', order: '2' },
      { expr: 'sum((V*h - y).^2) where h = tanh(W*x)', wrt: 'W', way: 'reverse', view: 'all' },
      { expr: 'sin(cos(exp(log(x + x^2 + x^3 + x^4 + x^5))))', wrt: 'x', view: 'all' },
    ];
    for (const question of questions) {
      await openExplore(page, question);
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(tooWide, question.expr).toBeLessThanOrEqual(0);
    }
  });

  test('everything to press is large enough', async ({ page }) => {
    await openExplore(page);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, select, input, textarea, .places a')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .map(element => ({ text: element.textContent?.trim(), box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 24 || box.height < 24)
        .map(({ text, box }) => `${text} ${box.width} × ${box.height}`),
    );
    expect(small).toEqual([]);
  });

  test('the buttons stay at the thumb', async ({ page }) => {
    await openExplore(page);
    await page.locator('.board').evaluate(board => board.scrollIntoView({ block: 'start' }));
    await expect(page.getByRole('button', { name: 'Next step' })).toBeInViewport();
  });
});

test('at 200 % zoom nothing scrolls sideways', async ({ page }) => {
  // A window of 1280 px at 200 % has 640 px to lay out in.
  await page.setViewportSize({ width: 640, height: 450 });
  await openExplore(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});

test('the ground is remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openExplore(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const paper = await ground();
  await page.getByRole('button', { name: 'Switch to Board' }).click();
  const board = await ground();
  expect(board).not.toBe(paper);
  await page.reload();
  await derived(page);
  expect(await ground()).toBe(board);
  await page.getByRole('button', { name: 'Switch to Paper' }).click();
  expect(await ground()).toBe(paper);
});

test('with reduced motion nothing moves', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openExplore(page);
  const moving = await page.evaluate(async () => {
    document.querySelector<HTMLElement>('.button-main')?.click();
    await new Promise(requestAnimationFrame);
    return document.getAnimations().length;
  });
  expect(moving).toBe(0);
});

test('no part of the page comes from elsewhere', async ({ page, baseURL }) => {
  const strangers: string[] = [];
  const home = new URL(baseURL ?? '').origin;
  page.on('request', request => {
    if (new URL(request.url()).origin !== home && !request.url().startsWith('data:')) strangers.push(request.url());
  });
  await openExplore(page);
  await page.goto('./#/rules');
  await expect(page.locator('.rule').first()).toBeVisible();
  expect(strangers).toEqual([]);
});
