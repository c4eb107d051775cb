import type { Page } from '@playwright/test';
import { tooWide, violations } from './axe.ts';
import { expect, test } from './explore-quiet.ts';
import { expectNoStrays } from './stray-words.ts';

/** Opens a step of a lesson and waits for what its picture or exercise says. */
export async function openStep(page: Page, lesson: string, number: number): Promise<void> {
  await page.goto(`./#/lessons/${lesson}?step=${number}`);
  await expect(page.locator(`[data-lesson="${lesson}"] [data-step="${number}"] > .lesson-heading`)).toBeVisible();
}

/**
 * Tests a whole lesson: every word is among the words; narrow on paper and wide on the board, axe finds nothing
 * and nothing is too wide.
 */
export function everywhere(lesson: string, title: string, pictures: number): void {
  test(`every word of ${lesson} is one of the words, axe finds nothing, and nothing is too wide`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 360, height: 900 });
    await page.goto(`./#/lessons/${lesson}?view=all`);
    await expect(page.locator('h1')).toHaveText(title);
    await expectWhole(page, pictures);
    for (const table of await page.locator('.picture-table > summary').all()) await table.click();
    expect(await violations(page)).toEqual([]);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);

    // The board in a language in which all words of ours stand in brackets: one look for both.
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.goto(`./?lang=x-pseudo#/lessons/${lesson}?view=all`);
    await expect(page.locator('main')).toContainText('⟦');
    await expectWhole(page, pictures);
    for (const finding of await page.locator('.picture-finding').all()) await expect(finding).toContainText('⟦');
    await expectNoStrays(page);
    // The language is invented, which is all that axe may find.
    expect(await violations(page)).toEqual(['html-lang-valid: <html lang="x-pseudo">']);
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
  });
}

/** Waits until everything of a lesson is there: pictures with what they find, formulas, the rules at its end. */
async function expectWhole(page: Page, pictures: number): Promise<void> {
  await expect(page.locator('.picture-finding')).toHaveCount(pictures);
  await expect(page.locator('.rule-card').last()).toBeVisible();
  for (const finding of await page.locator('.picture-finding').all()) await expect(finding).not.toBeEmpty();
  await expect(page.locator('.lesson-wait, .lesson-unset')).toHaveCount(0);
}

/** Answers exercises of a lesson, each in its step, and expects what is said of it. */
export async function expectVerdicts(
  page: Page,
  lesson: string,
  tries: readonly (readonly [step: number, typed: string, said: string])[],
): Promise<void> {
  for (const [step, typed, said] of tries) {
    await page.goto(`./#/lessons/${lesson}?step=${step}`);
    const here = page.locator(`[data-step="${step}"]`);
    await here.getByRole('textbox', { name: 'Your derivative' }).fill(typed);
    await here.getByRole('button', { name: 'Check' }).click();
    await expect(here.locator('.exercise-verdict'), typed).toContainText(said);
  }
}
