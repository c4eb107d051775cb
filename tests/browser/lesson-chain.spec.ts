import type { Locator, Page } from '@playwright/test';
import { expect, test } from './explore-quiet.ts';

/** The step on screen. */
function step(page: Page): Locator {
  return page.locator('.lesson-step:not([hidden])');
}

test('the lesson on one path by keyboard: arrows turn the page, the field and the slider keep theirs', async ({
  page,
}) => {
  await page.goto('./#/lessons/chain');
  await expect(page.locator('.picture-finding')).toContainText('0.91');
  await page.getByRole('slider', { name: 'x' }).focus();
  await page.keyboard.press('End');
  await expect(page.locator('.picture-finding')).toContainText('At x = 3');
  await page.locator('.graph-scroll').focus();
  await page.keyboard.press('ArrowRight');
  await expect(step(page).locator('.lesson-heading')).toHaveText('Draw it before you differentiate');
  await page.locator('.graph-play').focus();
  for (const title of ['Four steps', 'Your turn: one inside another']) {
    await page.keyboard.press('ArrowRight');
    await expect(step(page).locator('.lesson-heading')).toHaveText(title);
  }
  await step(page).getByRole('textbox', { name: 'Your derivative' }).focus();
  await page.keyboard.type('2x*cos(x)');
  await page.keyboard.press('Enter');
  await expect(step(page).locator('.exercise-verdict')).toContainText('at which value is its slope taken?');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2x*cos(x^2)');
  await page.keyboard.press('Enter');
  await expect(step(page).locator('.exercise-verdict')).toContainText('✓ Right.');
});

test('the exercises of the chain rules know their slips', async ({ page }) => {
  const tries = [
    ['chain?step=3', 'cos(2x)', 'The inner derivative went inside'],
    ['chain?step=6', '6x^2/sin(x^3)', 'One arrow in the middle is missing'],
    ['chain?step=6', '6x^2 cos(x^3)/sin(x^3)', '✓ Right.'],
    ['paths?step=2', '2x', 'That is the path through the square alone'],
    ['paths?step=2', '2x + 1', '✓ Right.'],
    ['paths?step=5', '2x^4', 'contributions add'],
    ['paths?step=5', 'x^2 + x*2x', '✓ Right.'],
    ['paths?step=6', 'cos(1 + 2x)', 'The inner derivative went inside'],
    ['paths?step=6', '(1 + 2x) cos(x + x^2)', '✓ Right.'],
    ['vector-chain?step=1', '[2t, 3]', 'Those are the inner rates'],
    ['vector-chain?step=1', '[2/t, 3cos(3t)]', '✓ Right.'],
    ['vector-chain?step=5', 'exp(sin(x)) .* cos(x)', 'The right numbers.'],
    ['vector-chain?step=5', 'diag(exp(sin(x))) * diag(cos(x))', '✓ Right.'],
    ['vector-chain?step=6', 'B*diag(cos(B*x))*A', 'the wrong way round'],
    ['vector-chain?step=6', "B'*diag(cos(B*x))*A'", 'as the denominator layout writes it'],
    ['vector-chain?step=6', 'A*diag(cos(B*x))*B', '✓ Right.'],
  ] as const;
  for (const [place, typed, said] of tries) {
    await page.goto(`./#/lessons/${place}`);
    const lesson = place.slice(0, place.indexOf('?'));
    const shown = page.locator(`[data-lesson="${lesson}"] .lesson-step:not([hidden])`);
    await shown.getByRole('textbox', { name: 'Your derivative' }).fill(typed);
    await shown.getByRole('button', { name: 'Check' }).click();
    await expect(shown.locator('.exercise-verdict'), `${place} ${typed}`).toContainText(said);
  }
});
