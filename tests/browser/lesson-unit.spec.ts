import { expect, test } from './explore-quiet.ts';
import { openStep } from './lesson-pictures.ts';

test('a unit weighs, adds, shifts', async ({ page }) => {
  await openStep(page, 'neuron', 1);
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText('The products are 1.5, −1. With the bias 0.5 they add up to z = 1.');
  await page.getByRole('slider', { name: 'w₂' }).fill('-1');
  await expect(finding).toHaveText('The products are 1.5, 1. With the bias 0.5 they add up to z = 3.');
});

test('the clip is at 0 and not at the bias', async ({ page }) => {
  await openStep(page, 'neuron', 2);
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText('z = 1 is positive: it passes unchanged.');
  const bias = page.getByRole('slider', { name: 'b', exact: true });
  await bias.fill('-0.5');
  await expect(finding).toContainText('z is exactly 0');
  await bias.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(finding).toHaveText('z = −0.05 is negative: it is clipped, and the output is 0.');
});

test('the target is dragged to the output, and no loss is left', async ({ page }) => {
  await openStep(page, 'neuron', 3);
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText('The output 1 is 1.5 away from its target; squared, that is a loss of 2.25.');
  const drawing = page.locator('.unit-drawing');
  const knob = await page.locator('.unit-target-knob').boundingBox();
  const bar = await page.locator('.unit-bar').boundingBox();
  if (knob === null || bar === null) throw new Error('nothing to take hold of');
  await page.mouse.move(knob.x + knob.width / 2, knob.y + knob.height / 2);
  await page.mouse.down();
  await page.mouse.move(knob.x + knob.width / 2, bar.y, { steps: 4 });
  await page.mouse.up();
  const target = page.getByRole('slider', { name: 'y', exact: true });
  await expect(target).not.toHaveValue('2.5');
  expect(Math.abs(Number(await target.inputValue()) - 1)).toBeLessThan(0.15);
  await target.fill('1.05');
  await expect(finding).toHaveText('The output 1 is 0.05 away from its target; squared, that is a loss of 0.0025.');
  await target.fill('1');
  await expect(finding).toHaveText('The output 1 is its target: the loss is 0.');
  await expect(drawing.locator('.unit-gap')).toHaveCount(0);
});

test('every rate says which way to turn, until the unit is silent', async ({ page }) => {
  await openStep(page, 'neuron', 4);
  const rates = page.locator('.kink-value');
  await expect(rates).toHaveText(['−6', '3', '−3']);
  await page.getByRole('slider', { name: 'b', exact: true }).fill('-1.5');
  await expect(rates).toHaveText(['0', '0', '0']);
  await expect(page.locator('.picture-finding')).toContainText('The unit is silent');
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tr').last()).toContainText('rate of the loss by b');
});
