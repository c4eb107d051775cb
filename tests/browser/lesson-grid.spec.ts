import type { Page } from '@playwright/test';
import { expect, test } from './explore-quiet.ts';
import { expectNoStrays } from './stray-words.ts';

const layer = '#/lessons/layer?step=4';
const softmax = '#/lessons/softmax?step=3';

function finding(page: Page): ReturnType<Page['locator']> {
  return page.locator('grid-picture .picture-finding');
}

test('each cell is its row’s slope times its column’s input', async ({ page }) => {
  await page.goto(`./${layer}`);
  const cells = page.locator('.jacobian-cell');
  await expect(cells).toHaveText(['−0.5', '−0.25', '0.5', '3', '1.5', '−3']);
  await expect(finding(page)).toHaveText('g₁ = −0.5 times x₁ = 1 gives −0.5.');
  await page.locator('[data-cell="0 0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(finding(page)).toHaveText('g₂ = 3 times x₂ = 0.5 gives 1.5.');
  await page.getByRole('slider', { name: 'x₂' }).fill('0');
  await expect(finding(page)).toContainText('x₂ is 0: its whole column is empty.');
  await expect(page.locator('[data-cell="0 1"]')).toHaveText('0');
  await page.getByRole('slider', { name: 'x₂' }).fill('1');
  // The output of the first neuron is 1 − 0.5 − 0.5 = 0.
  await page.getByRole('slider', { name: 'y₁' }).fill('0');
  await page.locator('[data-cell="0 2"]').click();
  await expect(finding(page)).toContainText('g₁ is 0: its whole row is empty.');
});

test('softmax: nudging one score moves every share', async ({ page }) => {
  await page.goto(`./${softmax}`);
  const cells = page.locator('.jacobian-cell');
  await expect(cells).toHaveText(['0.22', '−0.16', '−0.06', '−0.16', '0.18', '−0.02', '−0.06', '−0.02', '0.08']);
  await page.locator('[data-cell="1 0"]').click();
  await expect(finding(page)).toHaveText('When z₁ is nudged, p₂ moves at the rate −0.16.');
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tr').nth(1)).toContainText('0.2227');
});

test('in German, and with no word of its own', async ({ page }) => {
  await page.goto(`./?lang=de${layer}`);
  await expect(finding(page)).toHaveText('g₁ = −0.5 mal x₁ = 1 ergibt −0.5.');
  await page.goto(`./?lang=x-pseudo${layer}`);
  await expect(finding(page)).toContainText('⟦g₁');
  await expectNoStrays(page);
});
