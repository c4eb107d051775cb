import type { Page } from '@playwright/test';
import { address, derived, expect, openExplore, test } from './explore-quiet.ts';

const result = (page: Page) => page.locator('.result annotation').first();
const way = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Way of the derivation' }).getByRole('button', { name });
const tab = (page: Page, name: string) => page.getByRole('tab', { name });

test('the second derivative is one choice away, and stays in the address', async ({ page, context }) => {
  await openExplore(page, { expr: "x'*A*x", wrt: 'x' });
  await expect(page.locator('.chip-result')).toContainText('1 × n');
  await page.getByLabel('Which derivative').selectOption('second derivative');
  await expect(page.locator('.chip-result')).toContainText('n × n');
  await expect(page.locator('.result')).toContainText('checked by number');
  await expect(page.locator('the-way')).toContainText('Take the first derivative');
  await expect.poll(() => address(page).get('order')).toBe('2');

  const other = await context.newPage();
  await other.goto(page.url());
  await derived(other);
  await expect(other.getByLabel('Which derivative')).toHaveValue('2');
  await expect(result(other)).toHaveText((await result(page).textContent()) ?? 'none');
  await other.close();
});

test('the entries of a second derivative are slopes of the first', async ({ page }) => {
  await openExplore(page, { expr: "x'*A*x", wrt: 'x', order: '2' });
  await expect(page.locator('.entry')).toHaveCount(9);
  const entry = page.locator('.entry-about annotation').first();
  await expect(entry).toContainText('_{1}');
  await expect(entry).toContainText('x_{1}');
  await page.locator('.entry').nth(1).focus();
  await expect(entry).toContainText('A_{1,2}');
});

test('ways: each ends in the same result, the place stays, and the address keeps the way', async ({ page }) => {
  await openExplore(page, { expr: 'relu(w·x + b)', wrt: 'w', step: '2' });
  await expect(way(page, 'Paths (the paper)')).toHaveAttribute('aria-pressed', 'true');
  const usual = (await result(page).textContent()) ?? 'none';

  for (const [name, key] of [['Reverse', 'reverse'] as const, ['Differentials', 'differentials'] as const]) {
    await way(page, name).click();
    await expect(way(page, name)).toHaveAttribute('aria-pressed', 'true');
    await derived(page);
    await expect(result(page)).toHaveText(usual);
    await expect(page.locator('.board-count')).toContainText('Step 2 of');
    await expect.poll(() => address(page).get('way')).toBe(key);
    await expect(page.locator('.check-bad')).toHaveCount(0);
  }
  await way(page, 'Paths (the paper)').click();
  await expect.poll(() => address(page).has('way')).toBe(false);
  await expect(page.locator('.way-cost')).toHaveCount(0);
});

test('a way with fewer steps shows its last', async ({ page }) => {
  await openExplore(page, { expr: 'relu(w·x + b)', wrt: 'w', step: '6' });
  await way(page, 'Reverse').click();
  await expect(page.locator('.board-count')).toHaveText('Step 5 of 5');
});

test('the reverse way says what it costs beside the forward order', async ({ page }) => {
  await openExplore(page, { expr: 'sum((V*h - y).^2) where h = tanh(W*x)', wrt: 'W', way: 'reverse' });
  await expect(page.locator('.way-cost')).toHaveText(/^[\d,]+ multiplications this way, [\d,]+ forward \(k = \d/);
  const [reverse, forward] = ((await page.locator('.way-cost').textContent()) ?? '').match(/\d[\d,]*/g) ?? [];
  expect(Number(reverse?.replaceAll(',', ''))).toBeLessThan(Number(forward?.replaceAll(',', '')));
});

test('a way that the question does not have gives way to the usual one, and says so', async ({ page }) => {
  await openExplore(page, { expr: 'x .* sin(x)', wrt: 'x', way: 'reverse' });
  await expect(way(page, 'Paths (the paper)')).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.way-lost')).toContainText('does not go that way');
  await expect(page.locator('.field-message')).toHaveCount(0);
});

test('the arrows on the ways do not turn the steps', async ({ page }) => {
  await openExplore(page);
  await way(page, 'Reverse').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.board-count')).toContainText('Step 1 of');
});

test('what is assumed stands on the chip, in the address, under the result and at the step that uses it', async ({
  page,
}) => {
  await openExplore(page, { expr: "x'*A*x", wrt: 'x' });
  await page.locator('[data-chip="A"]').click();
  await page.getByRole('button', { name: 'symmetric' }).click();
  await expect(page.locator('[data-chip="A"]')).toContainText('symmetric');
  await expect(page.getByRole('button', { name: 'symmetric', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.result-conditions')).toContainText('is symmetric');
  await expect.poll(() => address(page).get('assume')).toBe('A:symmetric');
  await expect(page.locator('.result annotation').first()).not.toContainText('+');

  await page.getByRole('button', { name: 'All steps' }).click();
  await page.getByRole('button', { name: 'Open every smaller step' }).click();
  await expect(page.locator('.step-conditions').first()).toContainText('is symmetric');

  await page.getByRole('button', { name: 'symmetric', exact: true }).click();
  await expect(page.locator('.result-conditions')).toHaveCount(0);
  await expect.poll(() => address(page).has('assume')).toBe(false);
});

test('only what can hold is offered; an assumption that does not fit is said in words', async ({ page }) => {
  await openExplore(page, { expr: 'log(x)·(A*x)', wrt: 'x', assume: 'x:positive;q:symmetric' });
  await page.locator('[data-chip="x"]').click();
  const offered = page.getByRole('group', { name: 'Assume of x' }).getByRole('button');
  await expect(offered).toHaveText(['positive']);
  await expect(offered).toHaveAttribute('aria-pressed', 'true');

  await page.goto(
    `./#/explore?${new URLSearchParams({ expr: 'A*x', wrt: 'x', shapes: 'A:2,3', assume: 'A:symmetric' })}`,
  );
  await expect(page.locator('.field-message')).toContainText('square');
});

test('beyond matrices: the views by keyboard, the best first', async ({ page }) => {
  await openExplore(page, { expr: 'W*x', wrt: 'W' });
  await expect(page.getByRole('tab')).toHaveText(['Action', 'Index form', 'A slice', 'vec and ⊗', 'Blocks']);
  await expect(tab(page, 'Action')).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('.entry-cut')).toContainText('3 indices');
  await page.getByRole('button', { name: 'See the views beyond matrices' }).click();
  await expect(tab(page, 'Action')).toBeFocused();

  for (const name of ['Index form', 'A slice', 'vec and ⊗']) {
    await page.keyboard.press('ArrowRight');
    await expect(tab(page, name)).toBeFocused();
    await expect(page.getByRole('tabpanel', { name }).locator('math').first()).toBeAttached();
    await expect(page.locator('.tensor-note')).not.toBeEmpty();
  }
  await page.keyboard.press('End');
  await expect(tab(page, 'Blocks')).toBeFocused();
  await expect.poll(() => address(page).get('tensor')).toBe('blocks');
  await page.keyboard.press('ArrowRight');
  await expect(tab(page, 'Action')).toBeFocused();
});

test('the blocks of W x: row i of block i is x, all else is 0; by keyboard, and as a table', async ({ page }) => {
  await openExplore(page, { expr: 'W*x', wrt: 'W', tensor: 'blocks' });
  const cells = page.locator('.block-cell');
  await expect(cells).toHaveCount(18);
  await expect(page.locator('.block-zero')).toHaveCount(12);
  const x = (await page.locator('.blocks-point').textContent())?.match(/x = \[([^[\]]+)\]/)?.[1]?.split(', ') ?? [];
  expect(x).toHaveLength(2);
  const numbers = await page
    .locator('.block')
    .evaluateAll(blocks =>
      blocks.map(block => [...block.querySelectorAll('.block-cell')].map(cell => cell.textContent)),
    );
  expect(numbers).toEqual([
    [...x, '0', '0', '0', '0'],
    ['0', '0', ...x, '0', '0'],
    ['0', '0', '0', '0', ...x],
  ]);

  await cells.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.blocks-about')).toContainText(/W\[2, 1\] is nudged, entry 1 of the value stays/);
  for (let presses = 0; presses < 2; presses++) await page.keyboard.press('ArrowDown');
  await expect(page.locator('.block-here')).toHaveAccessibleName('Entry 2');
  await page.keyboard.press('End');
  await expect(page.locator('.blocks-about')).toContainText(
    `W[3, 2] is nudged, entry 3 of the value moves at the rate ${x[1]}`,
  );
  await expect(page.locator('.block-cell[tabindex="0"]')).toHaveCount(1);

  await page.getByText('The numbers as a table').click();
  await expect(page.locator('.blocks-table tbody tr').nth(1).locator('td')).toHaveText(numbers[1] as string[]);

  await page.getByRole('button', { name: 'Smaller m' }).click();
  await expect(cells).toHaveCount(8);
  await expect.poll(() => address(page).get('sizes')).toBe('m:2');
});

test('numbers for the blocks stay where the function is defined, and keep what is assumed', async ({ page }) => {
  await openExplore(page, { expr: 'log(x)', wrt: 'x', order: '2', tensor: 'blocks' });
  await expect(page.locator('.block-cell')).toHaveCount(27);
  await expect(page.locator('.block-cell', { hasText: 'undefined' })).toHaveCount(0);

  await openExplore(page, { expr: 'A*X', wrt: 'X', tensor: 'blocks', assume: 'A:symmetric' });
  const point = (await page.locator('.blocks-point').textContent()) ?? '';
  const rows = JSON.parse((/A = (\[\[.*?\]\])/.exec(point)?.[1] ?? '[]').replaceAll('−', '-')) as number[][];
  expect(rows.length).toBeGreaterThan(1);
  expect(rows.map((_, place) => rows.map(row => row[place]))).toEqual(rows);
});

test('a form that is read off stands as one equation, with its smaller steps below', async ({ page }) => {
  await openExplore(page, { expr: "tr(A*X'*B*X*C)", wrt: 'X', step: '2' });
  const here = page.locator('.stage > [data-here]');
  await expect(here.locator('.step-row annotation').first()).toContainText('tr');
  await expect(here.locator('.step-rows')).toHaveCount(0);
  await here.locator('.step-more').click();
  expect(await here.locator('.step-small').count()).toBeGreaterThanOrEqual(2);
});

test('index notation and the textbook are ways like the others', async ({ page }) => {
  await openExplore(page, { expr: 'A*sin(x)', wrt: 'x' });
  const usual = (await result(page).textContent()) ?? 'none';
  await way(page, 'Index notation').click();
  await expect(page.locator('the-way')).toContainText('Chain the entries');
  await derived(page);
  await expect(result(page)).toHaveText(usual);
  await expect(page.locator('.check-bad')).toHaveCount(0);

  await openExplore(page, { expr: 'sin(c^2)', wrt: 'c' });
  await way(page, 'd/dx inwards').click();
  await expect(page.locator('the-way')).toContainText('The variable changes at the rate 1');
  await derived(page);
  await expect(page.locator('.check-bad')).toHaveCount(0);
});

test('an entry that is picked shows its own derivation; its row and column are lit', async ({ page }) => {
  await openExplore(page, { expr: 'A*x', wrt: 'x', shapes: 'A:2,3;x:3' });
  await page.locator('.entry').nth(4).click();
  const derivation = page.locator('.entry-derivation');
  await expect(derivation.locator('.step').first()).toBeVisible();
  await expect(derivation.locator('annotation').first()).toContainText('y_{2}');
  await expect(derivation.locator('.check-bad')).toHaveCount(0);
  await expect(page.locator('.entry-name.entry-lit')).toHaveCount(2);
  await expect(page.locator('.entry-name.entry-lit annotation').first()).toContainText('x_{2}');
  // Going on to another entry puts the derivation away, with a button that asks for the next.
  await page.locator('.entry').nth(0).focus();
  await expect(derivation).toHaveCount(0);
  await page.getByRole('button', { name: 'Derive this entry' }).click();
  await expect(derivation.locator('annotation').first()).toContainText('y_{1}');
});
