import type { Locator, Page } from '@playwright/test';
import { address, expect, test } from './explore-quiet.ts';
import { tooWide, violations } from './axe.ts';

/** Opens an exercise and waits until it stands there. */
async function openPractice(page: Page, topic: string, seed: number): Promise<void> {
  await page.goto(`./#/practice/${topic}?seed=${seed}`);
  await standing(page, seed);
}

async function standing(page: Page, seed: number): Promise<void> {
  await expect(page.locator(`[data-exercise="${seed}"] .exercise-line > tex-math .katex`)).toBeVisible();
}

const answer = (page: Page): Locator => page.getByRole('textbox', { name: 'Your derivative' });
const verdict = (page: Page): Locator => page.locator('.exercise-verdict');
const more = (page: Page): Locator => page.locator('.exercise-more');

/** The question that the page asks, out of its link to Explore. */
async function question(page: Page): Promise<string> {
  const link = await page.getByRole('link', { name: 'See the whole derivation in Explore' }).getAttribute('href');
  return new URLSearchParams(link?.split('?')[1] ?? '').get('expr') ?? '';
}

/** Walks to an element by Tab alone, as a reader without a mouse does. */
async function tabTo(page: Page, goal: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await goal.evaluate(element => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not reach it');
}

test('an exercise by keyboard alone: a slip is asked about, the answer is right, the next one comes', async ({
  page,
}) => {
  test.slow();
  // The seed deals the numbers: two of the form `k x^p ± l x`.
  await openPractice(page, 'scalar-rules', 9);
  const asked = await question(page);
  const parts = /^(\d) x\^(\d) ([+-]) (\d) x$/.exec(asked);
  expect(parts, asked).not.toBeNull();
  const [k, p, sign, l] = [Number(parts?.[1]), Number(parts?.[2]), parts?.[3] ?? '', Number(parts?.[4])];

  await tabTo(page, answer(page));
  await page.keyboard.type(`${k} x^${p - 1} ${sign} ${l}`);
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('Did the exponent not come down as a factor?');
  await expect(verdict(page)).toContainText(/At x = \S+ the derivative is \S+, yours is \S+\./);

  await page.keyboard.press('Control+a');
  await page.keyboard.type(`${sign} ${l} + x^${p - 1} * ${k * p}`);
  await expect(page.locator('.exercise-typed .katex')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(verdict(page)).toContainText('✓ Right.');

  await tabTo(page, page.getByRole('button', { name: 'Next exercise' }));
  await page.keyboard.press('Enter');
  await standing(page, 10);
  expect(address(page).get('seed')).toBe('10');
  await expect(answer(page)).toBeFocused();
  await expect(answer(page)).toHaveValue('');
  expect(await question(page)).not.toBe(asked);

  await page.goBack();
  await standing(page, 9);
  expect(await question(page)).toBe(asked);
});

test('the address brings the same exercise back', async ({ page }) => {
  await openPractice(page, 'neuron', 1234567);
  const asked = await question(page);
  await page.goto('about:blank');
  await openPractice(page, 'neuron', 1234567);
  expect(await question(page)).toBe(asked);
  await openPractice(page, 'neuron', 1234572);
  expect(await question(page)).not.toBe(asked);
});

test('a rule that is no formula is told in words', async ({ page }) => {
  await openPractice(page, 'jacobian', 3);
  await more(page).click();
  await expect(page.locator('.exercise-names > li').first()).toHaveText('One row for each component');
  await more(page).click();
  await expect(page.locator('.exercise-rule').first()).toContainText('stacks the gradients');
});

test('hints come one by one, mildest first, to the answer', async ({ page }) => {
  await openPractice(page, 'total-chain', 1);
  await expect(more(page)).toHaveText('Hint: which rule?');
  await more(page).click();
  await expect(page.locator('.exercise-names')).toBeVisible();
  await expect(more(page)).toHaveText('What does the rule say?');
  await more(page).click();
  await expect(page.locator('.exercise-rule .katex').first()).toBeVisible();
  await expect(more(page)).toHaveText('Show the first step');
  for (let presses = 0; presses < 12 && (await more(page).count()) > 0; presses++) await more(page).click();
  await expect(more(page)).toHaveCount(0);
  await expect(page.locator('.exercise-hints > li:last-child .katex').last()).toBeVisible();
});

test('a derivation in lines of one’s own: what follows is taken, what does not is told', async ({ page }) => {
  await openPractice(page, 'scalar-rules', 9);
  const asked = await question(page);
  const [, k = '', p = '', sign = '', l = ''] = /^(\d) x\^(\d) ([+-]) (\d) x$/.exec(asked) ?? [];
  await page.getByRole('button', { name: 'Work it out line by line' }).click();
  const line = page.getByRole('textbox', { name: 'Your next line' });
  const lines = page.locator('.lines-list > li');
  await expect(lines).toHaveCount(1);
  await page.getByRole('combobox', { name: 'Rule' }).selectOption({ label: 'Sum rule' });
  await expect(page.locator('.lines > tex-math .katex')).toBeVisible();

  await line.fill(`d(${k} x^${p}) * d(${l} x)`);
  await page.keyboard.press('Enter');
  await expect(page.locator('.lines [role="status"]')).toContainText('It does not follow');
  await expect(lines).toHaveCount(1);

  await line.fill(`d(${k} x^${p}) ${sign} d(${l} x)`);
  await page.keyboard.press('Enter');
  await expect(lines).toHaveCount(2);
  await expect(lines.nth(1)).toContainText('Sum rule');
  await expect(line).toBeFocused();
  await page.keyboard.type(`${Number(k) * Number(p)} x^${Number(p) - 1} * d(x) ${sign} ${l} d(x)`);
  await page.keyboard.press('Enter');
  await expect(lines).toHaveCount(3);
  await expect(page.locator('.lines')).toContainText('✓ Done.');
});

test('a topic that there is none of is told, with the nearest', async ({ page }) => {
  await page.goto('./#/practice/neurn?seed=1');
  await expect(page.locator('.lesson-trouble')).toContainText('There are no exercises on `neurn`.');
  await expect(page.locator('.lesson-trouble')).toContainText('Did you mean `neuron`?');
  await page.getByRole('link', { name: 'The neuron' }).click();
  await standing(page, 1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1440]) {
    test(`axe finds nothing in exercises, and nothing is too wide, ${colorScheme}, ${width} px`, async ({
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
      for (const [topic, seed] of [
        ['matrices', 2],
        ['jacobian', 3],
        ['second-derivatives', 5],
      ] as const) {
        await openPractice(page, topic, seed);
        await more(page).click();
        await answer(page).fill('1');
        await page.keyboard.press('Enter');
        await expect(page.locator('.exercise-mark')).toBeVisible();
        if (topic === 'matrices') {
          await page.getByRole('button', { name: 'Work it out line by line' }).click();
          await expect(page.locator('.lines-list .katex').first()).toBeVisible();
          const button = await page.getByRole('button', { name: 'Check line' }).boundingBox();
          expect(button?.width).toBeGreaterThan(80);
        }
        const folder = process.env['PRACTICE_SHOTS'];
        if (folder) await page.screenshot({ path: `${folder}/${topic}-${width}-${colorScheme}.png`, fullPage: true });
        expect(await violations(page), topic).toEqual([]);
        expect(await tooWide(page), topic).toBeLessThanOrEqual(0);
      }
      await context.close();
    });
  }
}
