import type { Page } from '@playwright/test';
import { expect, test } from './explore-quiet.ts';
import { expectNoStrays } from './stray-words.ts';

const line = '#/lessons/training?step=2';
const neuron = '#/lessons/training?step=4';

function finding(page: Page): ReturnType<Page['locator']> {
  return page.locator('.lesson-step:not([hidden]) .picture-finding');
}

test('a rate that crawls, one that settles, and one that the trainer refuses', async ({ page }) => {
  await page.goto(`./${line}`);
  await expect(finding(page)).toHaveText('No step yet. The loss is 5.92.');
  await page.getByRole('button', { name: 'One step' }).press('Enter');
  await expect(finding(page)).toContainText('1 step with η = 0.1: the loss fell from 5.92 to');
  const [rate, steps] = [page.getByRole('slider', { name: 'η' }), page.getByRole('slider', { name: 'steps' })];
  await steps.fill('30');
  await rate.fill('0.01');
  await expect(finding(page)).toContainText('30 steps with η = 0.01');
  await expect(finding(page)).toContainText('it is still falling');
  await rate.fill('0.4');
  await expect(finding(page)).toContainText('the last step hardly changed it');
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tr').last()).toHaveText(/30\s*1\.48\s*1\.01\s*0\.0245/);

  await rate.fill('0.58');
  await expect(finding(page)).toContainText('made the loss larger');
  await rate.fill('0.8');
  await expect(finding(page)).toContainText('the rate 0.8 is above 0.553, the largest at which this loss can settle');
  // Before that step the way is still one of numbers.
  await steps.fill('3');
  await expect(finding(page)).toContainText('step 3 made the loss larger');
  await expect(finding(page)).not.toContainText('settle');
});

test('it plays when asked, pauses, and goes back to the start', async ({ page }) => {
  await page.goto(`./${line}`);
  const play = page.locator('.descent-play');
  await expect(finding(page)).toContainText('No step yet');
  await play.press('Enter');
  await expect(play).toHaveText('Pause');
  await expect(finding(page)).toContainText('3 steps with');
  await play.press('Enter');
  await expect(play).toHaveText('Play');
  const rest = await finding(page).textContent();
  await page.waitForTimeout(900);
  await expect(finding(page)).toHaveText(rest ?? '');
  await page.getByRole('button', { name: 'To the start' }).click();
  await expect(finding(page)).toContainText('No step yet');
});

test('from a silent start no step leads away', async ({ page }) => {
  await page.goto(`./${neuron}`);
  await page.getByRole('radio', { name: '(−1, −0.5)' }).check();
  await page.getByRole('slider', { name: 'steps' }).fill('5');
  await expect(finding(page)).toContainText('5 steps with η = 0.1 changed nothing');
  await expect(finding(page)).toContainText('The rectifier is silent on every sample');
  await page.getByRole('radio', { name: '(−0.5, 2.5)' }).check();
  await page.getByRole('slider', { name: 'steps' }).fill('5');
  await expect(finding(page)).toContainText('the loss fell');
  await expect(finding(page)).not.toContainText('silent');
  // Too long a first step lands on the plain.
  await page.getByRole('radio', { name: '(2.5, 1)' }).check();
  await page.getByRole('slider', { name: 'η' }).fill('0.2');
  await page.getByRole('button', { name: 'One step' }).click();
  await expect(finding(page)).toContainText('1 step with η = 0.2 took the loss from 16.1 to 2.63.');
  await expect(finding(page)).toContainText('The rectifier is silent on every sample');
});

test('the start can be dragged', async ({ page }) => {
  await page.goto(`./${line}`);
  await expect(finding(page)).toHaveText('No step yet. The loss is 5.92.');
  const box = await page.locator('descent-map canvas').boundingBox();
  if (box === null) throw new Error('the map has no place on the page');
  // The frame's margins, and the start in it.
  const [x, y] = [box.x + 36 + ((box.width - 50) * 0.5) / 5, box.y + 12 + ((box.height - 38) * 1) / 6];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  await page.mouse.up();
  await expect(finding(page)).not.toHaveText('No step yet. The loss is 5.92.');
  // By keyboard, sliders do the same.
  const [w, b] = [
    page.getByRole('slider', { name: 'w at the start' }),
    page.getByRole('slider', { name: 'b at the start' }),
  ];
  await expect(w).not.toHaveValue('-0.5');
  await w.fill('-0.5');
  await b.fill('3');
  await expect(finding(page)).toHaveText('No step yet. The loss is 5.92.');
});

test('in German the trainer speaks German as well, and no word is written into the code', async ({ page }) => {
  await page.goto(`./?lang=de${line}`);
  await page.getByRole('slider', { name: 'η' }).fill('0.8');
  await page.getByRole('slider', { name: 'Schritte' }).fill('30');
  await expect(finding(page)).toContainText('Die Schritte schießen über das Tal hinaus.');
  await expect(finding(page)).toContainText('die Lernrate 0.8 liegt über 0.553');
  await page.goto(`./?lang=x-pseudo${neuron}`);
  await expect(finding(page)).toContainText('⟦No step yet');
  await page.getByRole('radio').last().check();
  await page.getByRole('slider', { name: 'steps' }).fill('5');
  await expect(finding(page)).toContainText('silent');
  await expectNoStrays(page);
});

test('the last step leads to the Neuron page', async ({ page }) => {
  await page.goto('./#/lessons/training?step=7');
  await page.locator('.lesson-prose').getByRole('link', { name: 'Neuron page' }).click();
  await expect(page.locator('neuron-view')).toBeVisible();
});
