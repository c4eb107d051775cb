import type { Locator, Page } from '@playwright/test';
import { expect, test } from './explore-quiet.ts';
import { expectVerdicts } from './lesson-pictures.ts';
import { expectNoStrays } from './stray-words.ts';

const picture = (page: Page): Locator => page.locator('.lesson-step:not([hidden]) knobs-picture');
const finding = (page: Page): Locator => picture(page).locator('.picture-finding');
const bars = (page: Page): Locator => picture(page).locator('.knobs-bars .kink-value');

async function open(page: Page, language = ''): Promise<void> {
  await page.goto(`./${language}#/lessons/expansion?step=2`);
  await expect(bars(page)).toHaveCount(4);
}

test('the scalar’s knob moves every bar, a knob of the vector its own', async ({ page }) => {
  await open(page);
  await expect(bars(page)).toHaveText(['2.5', '0', '1.5', '3']);
  await expect(finding(page)).toHaveText('Turning z moves 4 outputs of 4, at the rates 1, 1, 1, 1.');
  await picture(page).getByRole('slider', { name: 'z' }).focus();
  await page.keyboard.press('Home');
  await expect(bars(page)).toHaveText(['−0.5', '−3', '−1.5', '0']);
  await picture(page).getByRole('slider', { name: 'x₂' }).focus();
  await expect(finding(page)).toHaveText('Turning x₂ moves one output of 4, at the rate 1.');
  await page.keyboard.press('End');
  await expect(bars(page)).toHaveText(['−0.5', '0', '−1.5', '0']);
});

test('of a product, the scalar’s column is the vector and the matrix holds the scalar', async ({ page }) => {
  await open(page);
  await picture(page).getByRole('radio').nth(1).check();
  await expect(finding(page)).toHaveText('Turning z moves 4 outputs of 4, at the rates 1.5, −1, 0.5, 2.');
  const cells = picture(page).locator('.vector-cell');
  await expect(cells).toHaveText([
    '1.5',
    '1',
    '0',
    '0',
    '0',
    '−1',
    '0',
    '1',
    '0',
    '0',
    '0.5',
    '0',
    '0',
    '1',
    '0',
    '2',
    '0',
    '0',
    '0',
    '1',
  ]);
  await picture(page).getByRole('slider', { name: 'z' }).fill('0');
  await picture(page).locator('[data-cell="0 0"]').focus();
  await page.keyboard.press('ArrowRight');
  await expect(finding(page)).toHaveText('Just now, turning x₁ moves no output.');
});

test('the exercises know their slips', async ({ page }) => {
  await expectVerdicts(page, 'expansion', [
    [4, '1', 'That is how fast one output moves.'],
    [4, "ones(n)'", 'lying down'],
    [4, 'ones(n)', '✓ Right.'],
    [5, 'z * ones(n)', 'Which cells of an n × n matrix do they fill?'],
    [5, 'z * eye(n)', '✓ Right.'],
    [6, 'diag(x)', 'a matrix with n columns'],
    [6, 'x', '✓ Right.'],
  ]);
});

test('every word of the picture is one of the words', async ({ page }) => {
  await open(page, '?lang=x-pseudo');
  await picture(page).locator('.picture-table > summary').click();
  await expectNoStrays(page);
});
