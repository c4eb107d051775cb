import { expect, test } from './explore-quiet.ts';
import { expectNoStrays } from './stray-words.ts';

test('what the paths bring adds up to what really happens', async ({ page }) => {
  await page.goto('./#/lessons/paths');
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText(
    'At x = 1 with Δx = 1 the paths add up to 2 + 1 = 3; y really moves by 4. The rest is curvature: it shrinks faster than the bump.',
  );
  // The nodes before and after the bump, the rates on the arrows, the bars.
  await expect(page.locator('.bump-node')).toHaveText([/x\s*1 → 2/, /u1\s*1 → 4/, /y\s*2 → 6/]);
  await expect(page.locator('.bump-rate')).toHaveText(['× 2', '× 1', '× 1']);
  await expect(page.locator('.bump-bars .kink-value')).toHaveText(['2', '1', '3', '4']);
  await page.getByRole('slider', { name: 'Δx' }).fill('0.05');
  await expect(finding).toContainText('y really moves by 0.15: to two decimals they agree.');
  await page.getByRole('slider', { name: 'x', exact: true }).focus();
  await page.keyboard.press('Home');
  await expect(page.locator('.bump-rate').first()).toHaveText('× −4');
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tbody tr').first()).toContainText('−0.2');
  await expect(page.locator('.picture-table tbody tr')).toHaveCount(5);
});

test('every word of ours is one of the words', async ({ page }) => {
  await page.goto('?lang=x-pseudo#/lessons/paths?view=all');
  await expect(page.locator('main')).toContainText('⟦');
  await expect(page.locator('.picture-finding').last()).not.toBeEmpty();
  await page.locator('.picture-table > summary').click();
  await expectNoStrays(page);
});
