import { expect, test } from './explore-quiet.ts';
import { expectNoStrays } from './stray-words.ts';

test('an entry of the product lights its row and its column', async ({ page }) => {
  await page.goto('./#/lessons/vector-chain?step=3');
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText(
    'Row 1 times column 1: 3 · 2 + 2 · 1 = 8. 2 paths lead from s to output 1, and they add up.',
  );
  const lit = page.locator('.factors-lit');
  await expect(lit).toHaveText(['3', '2', '2', '1', '8']);
  await page.locator('[data-entry="0 0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[data-entry="2 1"]')).toBeFocused();
  await expect(lit).toHaveText(['0', '6', '1', '1', '6']);
  await expect(finding).toHaveText('Row 3 times column 2: 0 · 1 + 6 · 1 = 6. One path leads from t to output 3.');
  await page.getByRole('slider', { name: 's' }).fill('-2');
  await expect(finding).toHaveText('Row 3 times column 2: 0 · (−2) + 0 · 1 = 0. One path leads from t to output 3.');
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tbody tr')).toHaveCount(6);
});

test('a vector of a scalar is factored, and its zeros stay zero', async ({ page }) => {
  await page.goto('./#/lessons/vector-chain?step=2');
  await expect(page.locator('.factors-cell')).toHaveText(['1', '0', '0', '−0.99', '2', '3', '2', '−2.97']);
  await expect(page.locator('.factors-cell.shade-none')).toHaveCount(2);
  // −0.99 is rounded, and said to be.
  await page.locator('[data-entry="1 0"]').focus();
  await expect(page.locator('.picture-finding')).toContainText('0 · 2 + (−0.99) · 3 ≈ −2.97.');
  await expect(page.locator('.factors-shape p')).toHaveText([
    '2 × 2: outputs × inner',
    '2 × 1: inner × inputs',
    '2 × 1: outputs × inputs',
  ]);
});

test('every word of ours is one of the words', async ({ page }) => {
  await page.goto('?lang=x-pseudo#/lessons/vector-chain?view=all');
  await expect(page.locator('main')).toContainText('⟦');
  await expect(page.locator('.picture-finding').last()).not.toBeEmpty();
  await page.locator('.picture-table > summary').first().click();
  await expectNoStrays(page);
});
