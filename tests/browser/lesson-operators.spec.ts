import type { Locator, Page } from '@playwright/test';
import { expect, test } from './explore-quiet.ts';
import { expectVerdicts } from './lesson-pictures.ts';
import { expectNoStrays } from './stray-words.ts';

const picture = (page: Page): Locator => page.locator('.lesson-step:not([hidden]) operators-picture');
const finding = (page: Page): Locator => picture(page).locator('.picture-finding');
const cells = (page: Page): Locator => picture(page).locator('.vector-cell');

async function open(page: Page, step: number, language = ''): Promise<void> {
  await page.goto(`./${language}#/lessons/elementwise?step=${step}`);
  await expect(cells(page)).toHaveCount(16);
}

/** The numbers on the diagonal. */
async function diagonal(page: Page): Promise<readonly string[]> {
  const numbers = await cells(page).allInnerTexts();
  return numbers.filter((_, place) => place % 5 === 0);
}

test('whatever the operator and the operand, only the diagonal can move', async ({ page }) => {
  await open(page, 2);
  const rows = [
    ['+', 'w', ['1', '1', '1', '1']],
    ['+', 'x', ['1', '1', '1', '1']],
    ['−', 'w', ['1', '1', '1', '1']],
    ['−', 'x', ['−1', '−1', '−1', '−1']],
    ['⊙', 'w', ['2', '4', '0.5', '1']],
    ['⊙', 'x', ['3', '1', '2', '4']],
    ['⊘', 'w', ['0.5', '0.25', '2', '1']],
    ['⊘', 'x', ['−0.75', '−0.06', '−8', '−4']],
  ] as const;
  const radios = picture(page).getByRole('radio');
  const toFind = picture(page).locator('.vector-notyet');
  await expect(toFind).toHaveCount(7);
  for (const [operator, by, numbers] of rows) {
    await radios.nth('+−⊙⊘'.indexOf(operator)).check();
    await radios.nth(4 + 'wx'.indexOf(by)).check();
    await expect.poll(() => diagonal(page), `w ${operator} x by ${by}`).toEqual(numbers);
    await expect(finding(page)).toContainText('All 12 cells off the diagonal are 0');
    await expect(picture(page).locator('.vector-cell.shade-none')).toHaveCount(12);
  }
  // The table of all eight has filled on the way.
  await expect(toFind).toHaveCount(0);
});

test('a cell is chosen with the arrows, and what stands above it is moved with its sliders', async ({ page }) => {
  await open(page, 2);
  await picture(page).getByRole('radio').nth(2).check();
  await expect.poll(() => diagonal(page)).toEqual(['2', '4', '0.5', '1']);
  await picture(page).locator('[data-cell="0 0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(picture(page).locator('[data-cell="1 1"]')).toBeFocused();
  await expect(picture(page).locator('.jacobian-where')).toHaveText('output 2, input 2');
  await picture(page).getByRole('slider', { name: 'x₂' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => diagonal(page)).toEqual(['2', '0.5', '0.5', '1']);
  await picture(page).locator('[data-cell="1 1"]').focus();
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press('ArrowLeft');
  await expect(picture(page).locator('[data-cell="1 0"]')).toBeFocused();
  await expect(picture(page).locator('.jacobian-reason')).toContainText('does not contain');
});

test('sigmoid keeps the diagonal; a matrix and softmax break it', async ({ page }) => {
  await open(page, 3);
  await expect(finding(page)).toContainText('All 12 cells off the diagonal are 0');
  const radios = picture(page).getByRole('radio');
  await radios.nth(1).check();
  await expect(finding(page)).toContainText('Off the diagonal 12 of 12 cells can move');
  await expect(cells(page).first()).toHaveText('2');
  await radios.nth(2).check();
  await expect(cells(page).first()).toHaveText('0.2');
  await expect(finding(page)).toContainText('Off the diagonal 12 of 12 cells can move');
  await expect(picture(page).locator('.vector-cell.shade-none')).toHaveCount(0);
});

test('the exercises know their slips', async ({ page }) => {
  await expectVerdicts(page, 'elementwise', [
    [4, 'eye(n)', 'does the output grow or shrink'],
    [4, '-eye(n)', '✓ Right.'],
    [5, 'x', 'not yet a matrix'],
    [5, 'diag(w)', 'with the other operand'],
    [5, 'diag(x)', '✓ Right.'],
    [6, '-diag(1 ./ x.^2)', 'What happened to the numerator?'],
    [6, '-diag(w ./ x.^2)', '✓ Right.'],
  ]);
});

test('every word of the pictures is one of the words', async ({ page }) => {
  await open(page, 2, '?lang=x-pseudo');
  await picture(page).locator('.picture-table > summary').click();
  await expectNoStrays(page);
});
