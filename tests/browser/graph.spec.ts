import type { Page } from '@playwright/test';
import { expect, openExplore, test } from './explore-quiet.ts';

/** Opens the graph of a scalar question with two paths, and waits for its layout and its numbers. */
async function openGraph(page: Page): Promise<void> {
  await openExplore(page, { expr: 'sin(x + x^2)', wrt: 'x', shapes: 'x:' });
  await page.locator('.graph > summary').click();
  await expect(page.locator('.graph-sheet[data-laid]')).toBeVisible();
  await expect(page.locator('.graph-point')).toContainText('x =');
}

const nodes = (page: Page) => page.locator('.graph-node');

/** How many nodes have not appeared yet. */
const waiting = (page: Page) => page.locator('.graph-node.graph-waiting');

test('a graph shows its nodes, its local derivatives and its numbers, and nothing moves by itself', async ({
  page,
}) => {
  await openGraph(page);
  await expect(nodes(page)).toHaveCount(4);
  await expect(page.locator('.graph-label')).toHaveCount(4);
  await expect(page.locator('path.graph-arrow')).toHaveCount(4);
  await expect(waiting(page)).toHaveCount(0);
  // A number for each node, and for each local derivative that is no number itself.
  await expect(page.locator('.graph-node .graph-number')).toHaveCount(4);
  await expect(page.locator('.graph-label .graph-number')).toHaveCount(2);
  // No node and no label lies on another.
  const overlaps = await page.locator('.graph-node, .graph-label').evaluateAll(all => {
    const boxes = all.map(each => each.getBoundingClientRect());
    const meet = (a: DOMRect, b: DOMRect) =>
      a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
    return boxes.flatMap((a, place) => boxes.slice(place + 1).filter(b => meet(a, b))).length;
  });
  expect(overlaps).toBe(0);
});

test('values appear forward and derivatives backward, step by step and by playing, and it can be paused', async ({
  page,
}) => {
  await openGraph(page);
  const on = page.getByRole('button', { name: 'One node on' });
  await on.click();
  await expect(waiting(page)).toHaveCount(3);
  await expect(nodes(page).first()).not.toHaveClass(/graph-waiting/);
  // What has not appeared says its name and no more.
  await expect(nodes(page).nth(1).locator('.graph-name')).toBeVisible();
  await expect(nodes(page).nth(1).locator('.graph-value')).toBeHidden();
  await on.click();
  await expect(nodes(page).nth(1).locator('.graph-name')).toBeHidden();
  await expect(nodes(page).nth(1).locator('.graph-value')).toBeVisible();
  await expect(waiting(page)).toHaveCount(2);
  await page.getByRole('button', { name: 'One node back' }).click();
  await expect(waiting(page)).toHaveCount(3);

  await page.getByRole('button', { name: 'Derivatives backward' }).click();
  await expect(waiting(page)).toHaveCount(0);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(nodes(page).last()).not.toHaveClass(/graph-waiting/);
  await expect(nodes(page).first()).toHaveClass(/graph-waiting/);
  await page.getByRole('button', { name: 'Pause' }).click();
  const paused = await waiting(page).count();
  // Longer than it rests at a node.
  await page.waitForTimeout(1500);
  await expect(waiting(page)).toHaveCount(paused);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(waiting(page)).toHaveCount(0, { timeout: 8000 });
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
});

test('a path lights up its nodes, and a node shows its step on the board', async ({ page }) => {
  await openGraph(page);
  const paths = page.locator('.graph-path');
  await expect(paths).toHaveCount(2);
  await paths.nth(1).click();
  await page.mouse.move(0, 0);
  await expect(paths.nth(1)).toHaveAttribute('aria-pressed', 'true');
  const lit = await page.locator('.graph-node.graph-lit').count();
  await expect(page.locator('path.graph-arrow.graph-lit')).toHaveCount(lit - 1);
  expect(lit).toBeGreaterThan(2);

  await nodes(page).nth(1).click();
  await expect(nodes(page).nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.stage > [data-here] .step-title').first()).toHaveText('Differentiate each alone');
  await expect(page.locator('.stage > [data-here] [data-revealed]')).toHaveCount(1);
  await page.getByRole('button', { name: 'Show it on the board' }).click();
  await expect(page.locator('.stage > [data-here] .step-title').first()).toBeInViewport();
});

test('the same graph stands as a table, and every part is reached by keyboard', async ({ page }) => {
  await openGraph(page);
  await page.getByText('The graph as a table').click();
  await expect(page.locator('.graph-table tbody tr')).toHaveCount(4);
  await nodes(page).first().focus();
  await page.keyboard.press('Enter');
  await expect(nodes(page).first()).toHaveAttribute('aria-pressed', 'true');
});

test('on a phone the graph goes downwards in its own box', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openGraph(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  const tops = await nodes(page).evaluateAll(all => all.map(each => each.getBoundingClientRect().top));
  expect(Math.min(...tops.slice(1))).toBeGreaterThan(tops[0] ?? Number.NaN);
});

test('a question without named intermediates has no graph', async ({ page }) => {
  await openExplore(page, { expr: 'x^2', wrt: 'x' });
  await expect(page.locator('.graph')).toHaveCount(0);
});

test('a way that names no intermediates shows the graph of one that does, and leads there', async ({ page }) => {
  await openExplore(page, { expr: 'sin(x + x^2)', wrt: 'x', shapes: 'x:', way: 'textbook', step: '2' });
  await page.locator('.graph > summary').click();
  await expect(page.locator('.graph-sheet[data-laid]')).toBeVisible();
  await expect(nodes(page)).toHaveCount(4);
  await nodes(page).nth(1).click();
  await expect(page.locator('.graph-about')).toContainText('Step 2.1 of the way “Paths (the paper)”');
  // Looking at the graph leaves the board alone.
  await expect(page.locator('[data-way="textbook"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.board-count')).toContainText('Step 2 of');
  await page.getByRole('button', { name: 'Show it on the board' }).click();
  await expect(page.locator('[data-way="paths"]')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.stage > [data-here] .step-title').first()).toHaveText('Differentiate each alone');
  await expect(page.locator('.stage > [data-here] [data-revealed]')).toHaveCount(1);
  // The picture is the same one: it stays open, with its node.
  await expect(nodes(page).nth(1)).toHaveAttribute('aria-pressed', 'true');
});
