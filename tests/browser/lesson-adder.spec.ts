import type { Locator, Page } from '@playwright/test';
import { expect, test } from './explore-quiet.ts';
import { expectVerdicts } from './lesson-pictures.ts';
import { expectNoStrays } from './stray-words.ts';

const picture = (page: Page): Locator => page.locator('.lesson-step:not([hidden]) adder-picture');
const finding = (page: Page): Locator => picture(page).locator('.picture-finding');
const sums = (page: Page): Locator => picture(page).locator('.adder-sum');
const time = (page: Page): Locator => picture(page).getByRole('slider', { name: 'Rows added' });

async function open(page: Page, language = ''): Promise<void> {
  await page.goto(`./${language}#/lessons/sums?step=1`);
  await expect(sums(page)).toHaveCount(4);
}

test('rows come down one by one and add up to the gradient', async ({ page }) => {
  await open(page);
  await expect(finding(page)).toContainText('Nothing has been added yet.');
  await time(page).focus();
  for (let presses = 0; presses < 8; presses++) await page.keyboard.press('ArrowRight');
  await expect(sums(page)).toHaveText(['0', '0', '0', '1']);
  await expect(finding(page)).toContainText('With 1 of 4 rows added, the row below is [0, 0, 0, 1]');
  await page.keyboard.press('ArrowRight');
  // One cell of the falling row can move; the zeros bring nothing along.
  await expect(picture(page).locator('.adder-falling')).toHaveText(['1']);
  await page.keyboard.press('End');
  await expect(finding(page)).toHaveText(
    'Each column held one cell that can move, and it came down unchanged: [1, 1, 1, 1].',
  );
  await picture(page).getByRole('radio').nth(1).check();
  await expect(sums(page)).toHaveText(['3', '3', '3', '3']);
  await picture(page).getByRole('slider', { name: 'z' }).fill('-2');
  await expect(sums(page)).toHaveText(['−2', '−2', '−2', '−2']);
});

test('where every term sees all of x, the diagonal is not all', async ({ page }) => {
  await open(page);
  await picture(page).getByRole('radio').nth(3).check();
  await time(page).fill('4');
  await expect(sums(page)).toHaveText(['6.5', '0.5', '4.5', '6.5']);
  await expect(finding(page)).toContainText('The diagonal alone would give [4.5, 3, 3, 4.5].');
});

test('it plays, pauses and starts over', async ({ page }) => {
  await open(page);
  const play = picture(page).locator('.adder-play');
  await play.click();
  await expect(play).toHaveText('Pause');
  await expect(finding(page)).toContainText('With 1 of 4');
  await play.click();
  await expect(play).toHaveText('Play');
  const where = await time(page).inputValue();
  await page.waitForTimeout(400);
  expect(await time(page).inputValue()).toBe(where);
  await play.click();
  await expect(play).toHaveText('Start over');
  await expect(sums(page)).toHaveText(['1', '1', '1', '1']);
  await play.click();
  await expect(finding(page)).toContainText('Nothing has been added yet.');
});

test('with less motion asked for, rows are added whole', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  const add = picture(page).locator('.adder-play');
  await expect(add).toHaveText('Add a row');
  await add.click();
  await expect(sums(page)).toHaveText(['0', '0', '0', '1']);
  await expect(picture(page).locator('.adder-falling')).toHaveCount(0);
  await time(page).focus();
  await page.keyboard.press('ArrowRight');
  await expect(sums(page)).toHaveText(['0', '0', '1', '1']);
});

test('the exercises know their slips', async ({ page }) => {
  await expectVerdicts(page, 'sums', [
    [4, 'n', 'Did you add up the partials?'],
    [4, "ones(n)'", '✓ Right.'],
    [5, 'n*z', 'You added the partials by x'],
    [5, 'sum(x)', '✓ Right.'],
    [6, "dot(x,x)*ones(n)' + 2*(x.^2)'", 'only the diagonal'],
    [6, "dot(x,x)*ones(n)' + 2*sum(x)*x'", '✓ Right.'],
  ]);
});

test('every word of the picture is one of the words', async ({ page }) => {
  await open(page, '?lang=x-pseudo');
  await picture(page).locator('.picture-table > summary').click();
  await expectNoStrays(page);
});
