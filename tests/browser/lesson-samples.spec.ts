import type { Page } from '@playwright/test';
import { expect, test } from './explore-quiet.ts';
import { expectNoStrays } from './stray-words.ts';

const place = '#/lessons/loss-gradient?step=4';

function finding(page: Page): ReturnType<Page['locator']> {
  return page.locator('samples-picture .picture-finding');
}

test('the arrows of the samples that count add up to the gradient', async ({ page }) => {
  await page.goto(`./${place}`);
  await expect(finding(page)).toHaveText(
    'Sample 4 is silent (z ≤ 0) and adds nothing. The other arrows add up to (2.75, 0.75); ' +
      'times 2/N = 0.4, that is the gradient (1.1, 0.3).',
  );
  await expect(page.locator('.samples-on')).toHaveCount(4);
  await expect(page.locator('.samples-silent')).toHaveCount(1);
  await expect(page.locator('.samples-line.samples-share')).toHaveCount(4);
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tr').nth(4)).toHaveText(/4\s*−1.25\s*−2.75\s*0, silent/);
  await expect(page.locator('.picture-table tr').last()).toContainText('(1.1, 0.3)');

  // A sample that is left out takes its arrow along, and the mean is over one less.
  await page.getByRole('checkbox', { name: 'sample 5' }).press('Space');
  await expect(finding(page)).toContainText('add up to (2.25, 1.25); times 2/N = 0.5');
  await expect(page.locator('.samples-out')).toHaveCount(1);
  await page.locator('.samples-dot').nth(4).click();
  await expect(finding(page)).toContainText('times 2/N = 0.4');

  await page.getByRole('slider', { name: 'b', exact: true }).focus();
  await page.keyboard.press('Home');
  await expect(finding(page)).toContainText('all are silent, and no arrow is left. The gradient is (0, 0)');
  await expect(page.locator('.samples-line')).toHaveCount(0);
  await page.getByRole('slider', { name: 'w₁' }).fill('-2');
  await expect(finding(page)).toContainText('Samples 1, 2, 3, and 5 are silent');
});

test('without any sample there is nothing to learn from', async ({ page }) => {
  await page.goto(`./${place}`);
  // Until the picture is there, there is no box to uncheck.
  await expect(page.getByRole('checkbox')).toHaveCount(5);
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
  await expect(finding(page)).toContainText('Without a sample there is no mean');
  await page.getByRole('checkbox', { name: 'sample 1' }).check();
  await expect(finding(page)).toContainText('Every sample counts. The arrows add up to (0.5, 1.5); times 2/N = 2');
});

test('in German, and with no word of its own', async ({ page }) => {
  await page.goto(`./?lang=de${place}`);
  await expect(finding(page)).toContainText('Stichprobe 4 schweigt (z ≤ 0) und trägt nichts bei.');
  await page.goto(`./?lang=x-pseudo${place}`);
  await expect(finding(page)).toContainText('⟦Sample 4');
  await expectNoStrays(page);
});
