import { derived, expect, openExplore, test } from './explore-quiet.ts';

test('a drawn formula has its words as its name, short or with every bracket', async ({ page }) => {
  await openExplore(page);
  await derived(page);
  const result = page.locator('.result tex-math .katex').first();
  await expect(result).toHaveAttribute(
    'aria-label',
    /^the partial derivative of relu of the quantity w dot x plus b, /,
  );
  await page.getByRole('button', { name: 'Say every bracket' }).click();
  await expect(result).toHaveAttribute('aria-label', /of open paren relu of open paren vector w dot vector x/);
});

test('one click gives native MathML everywhere, by keyboard too, and it is remembered', async ({ page }) => {
  await openExplore(page);
  await derived(page);
  const button = page.getByRole('button', { name: 'Accessible math view' });
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  const math = page.locator('.result > tex-math > .tex-box > math');
  await expect(math).toHaveCount(1);
  await expect(math.locator('[data-intent="partial-derivative"]').first()).toBeAttached();
  await expect(page.locator('.result .katex')).toHaveCount(0);
  await expect(page.locator('step-board tex-math > .tex-box > math').first()).toBeAttached();
  await page.reload();
  await derived(page);
  await expect(page.locator('.result > tex-math > .tex-box > math')).toHaveCount(1);
  await page.getByRole('button', { name: 'Accessible math view' }).click();
  await expect(page.locator('.result > tex-math .katex').first()).toBeVisible();
});

test('a name keeps its colour in native MathML', async ({ page }) => {
  await openExplore(page);
  await derived(page);
  const colour = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate(element => getComputedStyle(element).color);
  const drawn = await colour('.result [data-name="w"]');
  await page.getByRole('button', { name: 'Accessible math view' }).click();
  await expect(page.locator('.result math[display]')).toHaveCount(1);
  expect(await colour('.result math [data-name="w"]')).toBe(drawn);
});
