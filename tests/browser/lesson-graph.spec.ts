import { expect, test } from './explore-quiet.ts';
import { expectNoStrays } from './stray-words.ts';

test('the graph follows its slider, and playing goes on', async ({ page }) => {
  await page.goto('./#/lessons/chain');
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText('At x = 1 the rates along the path, 1.68 · 0.54, multiply to the derivative: 0.91.');
  await expect(page.locator('.graph-sheet[data-laid]')).toBeVisible();
  await page.getByRole('button', { name: 'Derivatives backward' }).click();
  await page.getByRole('button', { name: 'One node on' }).click();
  await expect(page.locator('.graph-node.graph-waiting')).toHaveCount(2);
  await page.getByRole('slider', { name: 'x' }).fill('0');
  await expect(finding).toHaveText('At x = 0 the rates along the path, 0 · 1, multiply to the derivative: 0.');
  await expect(page.locator('.graph-node.graph-waiting')).toHaveCount(2);
  // Arrow keys belong to the slider: the page stays.
  await page.keyboard.press('ArrowRight');
  await expect(finding).toContainText('At x = 0.05');
  await expect(page.locator('.lesson-step:not([hidden]) > .lesson-heading')).toHaveText(
    'Draw it before you differentiate',
  );
});

test('a node shows its step, and several paths add up', async ({ page }) => {
  await page.goto('./#/lessons/chain');
  await page.locator('.graph-node').nth(1).click();
  await expect(page.locator('.graph-picture-step .step-title')).toHaveText('Sine');
  await page.goto('./#/lessons/paths?step=4');
  await expect(page.locator('.picture-finding')).toHaveText(
    'At x = 1 the paths bring 2 + 1. Added up, that is the derivative: 3.',
  );
  await page.locator('.graph-path').first().click();
  await expect(page.locator('path.graph-lit')).toHaveCount(2);
});

test('every word of ours is one of the words', async ({ page }) => {
  await page.goto('?lang=x-pseudo#/lessons/chain?view=all');
  await expect(page.locator('main')).toContainText('⟦');
  await expect(page.locator('.picture-finding').last()).not.toBeEmpty();
  await page.locator('.graph-node').nth(1).click();
  await expect(page.locator('.graph-picture-step')).toBeVisible();
  await expectNoStrays(page);
});
