import { expect, test } from './explore-quiet.ts';
import { openStep } from './lesson-pictures.ts';

test('the slope is largest along the gradient and 0 along the contour line', async ({ page }) => {
  await openStep(page, 'gradient', 2);
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText(
    'At (−2, 1) the gradient is [−1, 1]. In the direction 60° the slope is 0.37; the largest, along the gradient, is 1.41.',
  );
  await page.getByRole('button', { name: 'Along the gradient' }).click();
  await expect(finding).toContainText('the slope is 1.41, and no direction has more.');
  await page.getByRole('button', { name: 'Along the contour line' }).click();
  await expect(finding).toContainText('The direction 225° runs along the contour line');
  const direction = page.getByRole('slider', { name: 'direction' });
  await expect(direction).toHaveAttribute('aria-valuetext', 'direction = 225°');
  // Along an axis the slope is that input's partial derivative.
  await direction.fill('0');
  await expect(finding).toContainText('In the direction 0° the slope is −1;');
});

test('where both partials are 0 there is no arrow', async ({ page }) => {
  await openStep(page, 'gradient', 2);
  await page.getByRole('slider', { name: 'x', exact: true }).fill('0');
  await page.getByRole('slider', { name: 'y', exact: true }).fill('0');
  await expect(page.locator('.picture-finding')).toContainText('The ground is flat here');
  await expect(page.locator('.map-gradient')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Along the gradient' })).toHaveAttribute('aria-disabled', 'true');
});

test('an answer that leaves the plane of the inputs is told so', async ({ page }) => {
  await openStep(page, 'gradient', 4);
  const step = page.locator('.lesson-step:not([hidden])');
  for (const [typed, said] of [
    ['[6x*y, 3x^2, 1]', 'lifts the arrow off the map'],
    ['6x*y + 3x^2', 'Collect them side by side'],
    ['[6x*y, 3x^2]', '✓ Right.'],
  ] as const) {
    await step.getByRole('textbox', { name: 'Your derivative' }).fill(typed);
    await step.getByRole('button', { name: 'Check' }).click();
    await expect(step.locator('.exercise-verdict'), typed).toContainText(said);
  }
});
