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
 * Tests a whole lesson: every word is among the words; and narrow on paper and wide on the board, axe finds nothing
 * and nothing is too wide.
 */
export function everywhere(lesson: string, title: string): void {
  test(`no word of ${lesson} was written into the code`, async ({ page }) => {
    await page.goto(`?lang=x-pseudo#/lessons/${lesson}?view=all`);
    await expect(page.locator('.rule-card').last()).toBeVisible();
    for (const finding of await page.locator('.picture-finding').all()) await expect(finding).toContainText('⟦');
    await expectNoStrays(page);
  });

  // Narrow in one, wide in the other: what a ground changes is colours, and what a width changes is places.
  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 1440],
  ] as const) {
    test(`axe finds nothing in ${lesson}, and nothing is too wide, ${colorScheme}, ${width} px`, async ({
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
      await page.goto(`./#/lessons/${lesson}?view=all`);
      await expect(page.locator('h1')).toHaveText(title);
      await expect(page.locator('.rule-card').last()).toBeVisible();
      for (const finding of await page.locator('.picture-finding').all()) await expect(finding).not.toBeEmpty();
      await expect(page.locator('.lesson-wait, .lesson-unset')).toHaveCount(0);
      for (const table of await page.locator('.picture-table > summary').all()) await table.click();
      expect(await violations(page)).toEqual([]);
      expect(await tooWide(page)).toBeLessThanOrEqual(0);
      await context.close();
    });
  }
}
