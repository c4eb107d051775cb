import type { Locator, Page } from '@playwright/test';
import { address, expect, test } from './explore-quiet.ts';
import { tooWide, violations } from './axe.ts';

/** Opens a lesson and waits for the step that the address names: the page may come from another lesson. */
async function openLesson(page: Page, lesson: string, query = ''): Promise<void> {
  await page.goto(`./#/lessons/${lesson}${query}`);
  const number = new URLSearchParams(query).get('step') ?? '1';
  await expect(page.locator(`[data-lesson="${lesson}"] [data-step="${number}"] > .lesson-heading`)).toBeVisible();
}

/** The heading of the step on screen. */
function heading(page: Page): Locator {
  return page.locator('.lesson-step:not([hidden]) > .lesson-heading').first();
}

/** The step on screen. */
function step(page: Page): Locator {
  return page.locator('.lesson-step:not([hidden])');
}

function answer(page: Page): Locator {
  return step(page).getByRole('textbox', { name: 'Your derivative' });
}

function verdict(page: Page): Locator {
  return step(page).locator('.exercise-verdict');
}

/** Walks to an element by Tab alone, as a reader without a mouse does. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await goal.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not reach it');
}

test('the list leads to the lessons there are', async ({ page }) => {
  await page.goto('./#/lessons');
  const links = page.locator('.shelf-name a');
  await expect(links).toHaveText([
    'One neuron',
    'Slopes and scalar rules',
    'Partial derivatives',
    'The gradient',
    'The Jacobian',
    'Identity and element-wise operators',
    'Scalar expansion',
    'Sum reduction',
    'The chain rule, one path',
    'The chain rule, several paths',
    'The vector chain rule',
    'The neuron’s gradient',
    'The loss gradient',
    'Training, and folding b in',
    'A layer: ∂L/∂W',
    'Softmax and cross entropy',
  ]);
  await links.nth(4).click();
  await expect(heading(page)).toHaveText('One output gives a row');
});

test('a lesson from beginning to end by keyboard: a slip is named, then the answer is right', async ({ page }) => {
  await openLesson(page, 'slopes');
  await expect(page.locator('.picture-finding')).toContainText('secant');
  // Arrows turn the page; the reader goes on at the new heading.
  for (const title of ['Rules instead of limits', 'A product moves twice', 'Your turn: a product']) {
    await page.keyboard.press('ArrowRight');
    await expect(heading(page)).toHaveText(title);
    await expect(heading(page)).toBeFocused();
  }
  expect(address(page).get('step')).toBe('4');

  await tabTo(page, answer(page));
  await page.keyboard.type('2x');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('Not yet.');
  await expect(verdict(page)).toContainText('Did you multiply the two derivatives?');
  await expect(verdict(page)).toContainText('At x = 2 yours gives 4; the derivative is 12.');
  await expect(answer(page)).toBeFocused();

  await page.keyboard.press('Control+a');
  await page.keyboard.type('x^2 + x*2x');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('✓ Right.');

  await tabTo(page, page.locator('.lesson-bar .lesson-next'));
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('One function inside another');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, answer(page));
  await page.keyboard.type('1/x^2');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('Its partner is missing');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('2/x');
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('✓ Right.');

  await tabTo(page, page.locator('.lesson-bar .lesson-next'));
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('The rules you used');
  await expect(step(page).locator('.rule-card')).toHaveCount(6);
  await expect(step(page).locator('.rule-card math').first()).toBeAttached();
  await tabTo(page, page.getByRole('link', { name: 'Next lesson: Partial derivatives' }));
  await page.keyboard.press('Enter');
  await expect(heading(page)).toHaveText('Freeze one input');
});

test('the exercises of two more lessons know their slips', async ({ page }) => {
  const tries = [
    {
      lesson: 'jacobian',
      step: 6,
      typed: '[[6x*y, 2], [3x^2, 8y^7]]',
      said: 'Almost. Right, but written in the other layout',
    },
    { lesson: 'jacobian', step: 6, typed: '[[6x*y, 3x^2], [2, 8y^7]]', said: '✓ Right.' },
    { lesson: 'neuron-gradient', step: 5, typed: "step(w·x)*x'", said: 'missing from your condition' },
    { lesson: 'neuron-gradient', step: 5, typed: "step(w·x + b)*x'", said: '✓ Right.' },
    { lesson: 'neuron-gradient', step: 6, typed: '1', said: 'Right while the neuron is active' },
    { lesson: 'neuron-gradient', step: 6, typed: 'step(w·x + b)', said: '✓ Right.' },
  ];
  for (const each of tries) {
    await openLesson(page, each.lesson, `?step=${each.step}`);
    await answer(page).fill(each.typed);
    await step(page).getByRole('button', { name: 'Check' }).click();
    await expect(verdict(page), each.typed).toContainText(each.said);
  }
});

test('a press before the engine is there, and one during a check, are both answered', async ({ page }) => {
  let release: () => void = () => undefined;
  const held = new Promise<void>(resolve => {
    release = resolve;
  });
  await page.route('**/*.wasm', async route => {
    await held;
    await route.continue();
  });
  await openLesson(page, 'neuron-gradient', '?step=6');
  await answer(page).fill('1');
  await step(page).getByRole('button', { name: 'Check' }).click();
  await expect(verdict(page)).toContainText('Checking…');
  await answer(page).fill('step(w·x + b)');
  await answer(page).press('Enter');
  release();
  await expect(verdict(page)).toContainText('✓ Right.');
});

test('another lesson begins with nothing said about the one before', async ({ page }) => {
  await openLesson(page, 'jacobian', '?step=6');
  await answer(page).fill('1');
  await answer(page).press('Enter');
  await expect(verdict(page)).toContainText('Not yet.');
  await openLesson(page, 'neuron-gradient', '?step=6');
  await expect(verdict(page)).toContainText('Press Enter or Check');
});

test('hints come one at a time and end with the answer', async ({ page }) => {
  await openLesson(page, 'slopes', '?step=6');
  const more = step(page).locator('.exercise-more');
  await expect(more).toHaveText('Hint: which rule?');
  await more.click();
  await expect(step(page).locator('.exercise-hints > li')).toHaveCount(1);
  await expect(step(page).locator('.exercise-hints math')).toHaveCount(0);
  await expect(more).toHaveText('What does the rule say?');
  await more.click();
  await expect(step(page).locator('.exercise-rule math').first()).toBeAttached();
  await expect(more).toHaveText('Show the first step');
  for (let hints = 3; (await more.count()) > 0; hints++) {
    const last = (await more.textContent())?.trim() === 'Show the answer';
    await more.click();
    await expect(step(page).locator('.exercise-hints > li')).toHaveCount(hints);
    if (last) await expect(more).toHaveCount(0);
  }
});

test('what was typed stays: a mistake in writing, another step, another page', async ({ page }) => {
  await openLesson(page, 'slopes', '?step=4');
  await answer(page).fill('3x^');
  await step(page).getByRole('button', { name: 'Check' }).click();
  await expect(step(page).locator('.field-message')).not.toBeEmpty();
  await expect(answer(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(answer(page)).toHaveValue('3x^');
  await page.getByRole('button', { name: 'Back' }).first().click();
  await page.goto('./#/lessons');
  await page.goto('./#/lessons/slopes?step=4');
  await expect(answer(page)).toHaveValue('3x^');
});

test('the address keeps the step, and the browser’s buttons follow it', async ({ page }) => {
  await openLesson(page, 'jacobian', '?step=3');
  await expect(heading(page)).toHaveText('Read it by cell');
  await page.keyboard.press('ArrowRight');
  await expect(heading(page)).toHaveText('The shape says who depends on whom');
  await page.goBack();
  await expect(heading(page)).toHaveText('Read it by cell');
  await page.getByRole('button', { name: 'Whole lesson on one page' }).click();
  await expect(page.locator('.lesson-step')).toHaveCount(7);
  expect(address(page).get('view')).toBe('all');
  await page.goto('./#/lessons/jacobian?step=99');
  await expect(heading(page)).toHaveText('The rules you used');
  await page.goto('./#/lessons/nothing');
  await expect(page.getByRole('heading', { name: 'There is no such lesson' })).toBeVisible();
});

test('the secant becomes the tangent', async ({ page }) => {
  await openLesson(page, 'slopes');
  const finding = page.locator('.picture-finding');
  await expect(finding).toHaveText('At x = −1 with Δx = 2 the secant has slope −0.75, the tangent −0.25.');
  await page.getByRole('slider', { name: 'Δx' }).fill('0');
  await expect(finding).toContainText('what the secants settled on: −0.25.');
  await expect(page.locator('.plot-secant')).toHaveCount(0);
  await page.getByRole('slider', { name: 'x', exact: true }).focus();
  await page.keyboard.press('Home');
  await expect(finding).toContainText('5.75');
  await page.locator('.picture-table > summary').click();
  await expect(page.locator('.picture-table tr').last()).toContainText('5.75');
});

test('the layout moves the cells and never their numbers', async ({ page }) => {
  await openLesson(page, 'jacobian', '?step=5');
  const cells = page.locator('.jacobian-cell');
  await expect(cells).toHaveText(['2', '1', '1', '−1', '0.54', '0']);
  await page.locator('[data-cell="2 0"]').click();
  await expect(page.locator('.jacobian-where')).toHaveText('output 3, input 1');
  await page.getByLabel('denominator').check();
  await expect(cells).toHaveText(['2', '1', '0.54', '1', '−1', '0']);
  await expect(page.locator('.jacobian-where')).toHaveText('output 3, input 1');
  await page.keyboard.press('Shift+Tab');
  await page.locator('[data-cell="2 0"]').focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.jacobian-where')).toHaveText('output 3, input 2');
  await expect(page.locator('.picture-finding')).toContainText('stays where it is');
});

test('over the corner every weight goes dark', async ({ page }) => {
  await openLesson(page, 'neuron-gradient', '?step=4');
  const values = page.locator('.kink-value');
  await expect(values).toHaveText(['1.5', '−1', '−2']);
  await page.getByRole('slider', { name: 'b' }).fill('-1.5');
  await expect(values).toHaveText(['0', '0', '0']);
  await expect(page.locator('.picture-finding')).toContainText('The neuron is silent.');
  await page.getByRole('slider', { name: 'b' }).fill('-0.5');
  await expect(page.locator('.picture-finding')).toContainText('The slope there is a choice, and the choice is 0.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1440]) {
    test(`axe finds nothing in the list of lessons, and nothing is too wide, ${colorScheme}, ${width} px`, async ({
      browser,
      baseURL,
    }) => {
      const context = await browser.newContext({
        ...(baseURL ? { baseURL } : {}),
        colorScheme,
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await page.goto('./#/lessons');
      await expect(page.locator('h1')).toHaveText('Lessons');
      expect(await violations(page)).toEqual([]);
      expect(await tooWide(page)).toBeLessThanOrEqual(0);
      await context.close();
    });
  }
}
