import { expect, type Locator, type Page, test } from '@playwright/test';
import { tooWide, violations } from './axe.ts';

/** Whatever the page says on the console, or would have been kept from doing by its policy, is a failure. */
test.beforeEach(async ({ page }) => {
  const said: string[] = [];
  page.on('console', message => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', error => said.push(String(error)));
  saidBy.set(page, said);
});

test.afterEach(({ page }) => {
  expect(saidBy.get(page)).toEqual([]);
});

/** Machines that run tests are busy: what takes a moment by itself may take many here. */
const patient = expect.configure({ timeout: 15_000 });

test.describe.configure({ timeout: 60_000 });

const saidBy = new WeakMap<Page, string[]>();

/** Opens the network page and waits until the engine has told where training begins. */
async function openNetwork(page: Page, query = ''): Promise<void> {
  await page.goto(`#/network${query}`);
  await patient(finding(page)).toContainText('before the first step');
  await patient(finding(page)).toContainText('on their own side');
}

function finding(page: Page): Locator {
  return page.locator('.neuron-finding');
}

/** `Loss 1.94 → 0.07 in 118 steps. 190 of 200 samples …` in numbers. */
async function losses(page: Page): Promise<{ first: number; last: number; steps: number }> {
  const text = (await finding(page).textContent()) ?? '';
  const start = /Loss (\S+) before/.exec(text)?.[1];
  if (start) return { first: Number(start), last: Number(start), steps: 0 };
  const found = /Loss (\S+) → (\S+) in (\d+) steps?/.exec(text);
  if (!found) throw new Error(`no loss in: ${text}`);
  return { first: Number(found[1]), last: Number(found[2]), steps: Number(found[3]) };
}

async function steps(page: Page, count: number): Promise<void> {
  for (let step = 0; step < count; step += 1) await page.getByRole('button', { name: 'One step' }).click();
  await patient(finding(page)).toContainText(`in ${count} step`);
}

/** All weights, as the tables have them. */
async function weights(page: Page): Promise<string[]> {
  const tables = page.getByText('As tables');
  if (!(await page.locator('network-table').isVisible())) await tables.click();
  return page.locator('.network-cell').allTextContents();
}

test('nothing starts by itself; play trains, the loss falls and the page stays smooth', async ({ page }) => {
  await openNetwork(page);
  await page.waitForTimeout(400);
  await patient(finding(page)).toContainText('before the first step');
  await page.getByLabel('Speed').selectOption('fast');
  await page.getByRole('button', { name: 'Play' }).click();
  // The middle one of the frames' durations: single frames are late wherever something else runs.
  const frame = await page.evaluate(async () => {
    const times: number[] = [];
    let last = performance.now();
    while (times.length < 90) {
      await new Promise(requestAnimationFrame);
      times.push(performance.now() - last);
      last = performance.now();
    }
    return times.sort((a, b) => a - b)[45] ?? Number.NaN;
  });
  expect(frame).toBeLessThan(25);
  await expect.poll(async () => (await losses(page)).steps, { timeout: 20_000 }).toBeGreaterThan(800);
  await page.getByRole('button', { name: 'Pause' }).click();
  const { first, last } = await losses(page);
  expect(last).toBeLessThan(first / 4);
  await patient(finding(page)).toContainText(/(19\d of|All) 200 samples lie on their own side/);
  await patient(page.locator('network-surface canvas')).toHaveAttribute(
    'aria-label',
    /200 samples lie on their own side/,
  );
});

test('the same seed gives the same numbers again, also by a link; another seed gives others', async ({ page }) => {
  await openNetwork(page, '?set=xor&layers=3&seed=7&loss=logistic');
  await steps(page, 3);
  const once = await weights(page);
  expect(once).toHaveLength(3 * 3 + 4);
  await page.getByRole('button', { name: 'Reset' }).click();
  await patient(finding(page)).toContainText('before the first step');
  await steps(page, 3);
  expect(await weights(page)).toEqual(once);
  await page.reload();
  await patient(finding(page)).toContainText('before the first step');
  await steps(page, 3);
  expect(await weights(page)).toEqual(once);
  await page.getByLabel('Seed', { exact: true }).fill('8');
  await page.getByLabel('Seed', { exact: true }).press('Enter');
  await patient(finding(page)).toContainText('before the first step');
  expect(page.url()).toContain('seed=8');
  await steps(page, 3);
  expect(await weights(page)).not.toEqual(once);
});

test('a click on a line, or a number in a table, shows the derivative by that weight', async ({ page }) => {
  await openNetwork(page);
  const title = page.locator('#network-derivative');
  await patient(title).toHaveText('The derivative by W₁[1, 1]');
  await page.locator('.network-edge .network-hit').nth(9).click({ force: true });
  await patient(title).toHaveText(/^The derivative by W₂\[\d, \d\]$/);
  const formula = page.locator('.network-derivative annotation');
  await patient(formula.nth(1)).toContainText('\\mathbf{H}');
  // The derivative says the loss's own names: what a layer is stands beside it, not in it.
  await patient(formula.nth(1)).not.toContainText('tanh');
  await weights(page);
  await page.getByRole('button', { name: /^w\[2\] is/ }).focus();
  await page.keyboard.press('Enter');
  await patient(title).toHaveText('The derivative by w[2]');
  await patient(page.getByRole('button', { name: /^w\[2\] is/ })).toHaveAttribute('aria-pressed', 'true');
});

test('the number of a derivative is what a step along it subtracts', async ({ page }) => {
  // All samples in one batch: the step's gradient is the one that is shown.
  await openNetwork(page, '?layers=none&set=gauss&batch=200&rate=0.125');
  await page.getByText('As tables').click();
  const weight = page.getByRole('button', { name: /^w\[1\] is/ });
  const numberOf = async (locator: Locator): Promise<number> =>
    Number(((await locator.textContent()) ?? '').replace('−', '-'));
  const before = await numberOf(weight);
  const note = page.locator('network-derivative .neuron-note');
  await patient(note).toContainText('at step 0');
  const slope = Number(/slope (\S+),/.exec(((await note.textContent()) ?? '').replaceAll('−', '-'))?.[1]);
  await steps(page, 1);
  await patient(weight).not.toHaveText(String(before));
  expect((await numberOf(weight)) - (before - 0.125 * slope)).toBeCloseTo(0, 2);
  expect(Math.abs(slope)).toBeGreaterThan(0.1);
});

test('a rate that is too large is caught, said with the largest that settles, and undone by one click', async ({
  page,
}) => {
  await openNetwork(page, '?layers=none&set=gauss&rate=2&batch=200');
  await patient(
    page.getByText(/steps settle below the rate [\d.]+ and not above it\. Yours, 2, is above/),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Play' }).click();
  const alert = page.getByRole('alert');
  await patient(alert).toContainText('the largest at which this loss can settle');
  await patient(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await patient(page.locator('.neuron-page')).not.toContainText(/NaN|Infinity/);
  await alert.getByRole('button', { name: /^Go back to step 0/ }).click();
  await patient(alert).toBeHidden();
  await patient(finding(page)).toContainText('before the first step');
  await page.getByRole('button', { name: 'Play' }).click();
  await alert.getByRole('button', { name: /^Take the rate/ }).click();
  await patient(alert).toBeHidden();
  // With the advice it settles.
  await page.getByRole('button', { name: 'Reset' }).click();
  await patient(finding(page)).toContainText('before the first step');
  await page.getByLabel('Speed').selectOption('fast');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(async () => (await losses(page)).steps, { timeout: 20_000 }).toBeGreaterThan(300);
  const { first, last } = await losses(page);
  expect(last).toBeLessThan(first);
  await patient(alert).toBeHidden();
});

test('settings that cannot work are said in words and taken back by one click', async ({ page }) => {
  await openNetwork(page);
  const alert = page.getByRole('alert');
  const back = alert.getByRole('button', { name: 'Back to what worked' });
  const cases: [label: string, value: string, words: string, usual: string][] = [
    ['Activation, in z', 'a * z', 'depends on z alone, not on a', 'tanh(z)'],
    ['Activation, in z', 'sum(z)', 'one number for each entry', 'tanh(z)'],
    ['Activation, in z', 'tanh(', '', 'tanh(z)'],
    ['Rate η', '-1', 'must not be negative', '0.1'],
  ];
  for (const [label, value, words, usual] of cases) {
    const field = page.getByLabel(label);
    await field.fill(value);
    await field.press('Enter');
    await patient(alert).toContainText(words);
    await patient(field).toHaveValue(value);
    await back.click();
    await patient(alert).toBeHidden();
    await patient(page.getByLabel(label)).toHaveValue(usual);
  }
  await steps(page, 1);
  await page.getByLabel('Rate η').fill('1e300');
  await page.getByLabel('Rate η').press('Enter');
  await page.getByRole('button', { name: 'One step' }).click();
  await patient(alert).toContainText('no finite number');
  await alert.getByRole('button', { name: /^Go back to step/ }).click();
  await patient(alert).toBeHidden();
  await page.getByLabel('Rate η').fill('0');
  await page.getByLabel('Rate η').press('Enter');
  await patient(page.getByText('The rate is 0, so nothing moves.')).toBeVisible();
  await page.getByLabel('Batch of 200').fill('900');
  await page.getByLabel('Batch of 200').press('Enter');
  await patient(page.getByText('A batch of 900 is more than there is')).toBeVisible();
});

test('a link to what cannot be trained says why, and one click begins with what can', async ({ page }) => {
  await page.goto('#/network?rate=-1&layers=3');
  const alert = page.getByRole('alert');
  await patient(alert).toContainText('The rate must not be negative');
  await alert.getByRole('button', { name: 'Begin with the circle' }).click();
  await patient(alert).toBeHidden();
  await patient(finding(page)).toContainText('before the first step');
  await patient(finding(page)).toContainText('on their own side');
  await steps(page, 1);
});

test('any activation of the language may be typed; the page shows the expression that trains', async ({ page }) => {
  await openNetwork(page, '?layers=3');
  const field = page.getByLabel('Activation, in z');
  await field.fill('z .* sigmoid(z)');
  await field.press('Enter');
  await page.getByText('As text, in the language').click();
  await patient(page.locator('.network-text')).toHaveText(
    "mean((y - o).^2) where Z_1 = X*W_1 + ones(N)*b_1', H_1 = Z_1 .* sigmoid(Z_1), o = H_1*w + b",
  );
  await patient(page.getByText('Weights start as He proposed')).toBeVisible();
  await page.getByRole('combobox', { name: 'Loss' }).selectOption('softmax');
  await patient(page.locator('.network-text')).toContainText('-sum(Y .* log(softmax(O))) / N');
  await page.getByRole('button', { name: 'One layer more' }).click();
  await patient(page.getByLabel('Units in layer 2')).toHaveValue('3');
  await patient(page.locator('.network-text')).toContainText('O = H_2*W_3');
  expect(page.url()).toContain('layers=3-3');
});

test('own samples: what cannot be learned from is said', async ({ page }) => {
  await openNetwork(page);
  await page.getByText('Your own samples', { exact: true }).click();
  const rows = page.getByLabel(/a row each/);
  await rows.fill('1, 1, 1\n1, 2');
  await page.getByRole('button', { name: 'Use these rows' }).click();
  await patient(page.getByText('Row 2 has 2 entries')).toBeVisible();
  await rows.fill('1, 1, 1\n1, 2, -1\n1, -2, 1');
  await page.getByRole('button', { name: 'Use these rows' }).click();
  await patient(page.getByText('is 1 for every sample')).toBeVisible();
  await patient(finding(page)).toContainText('3 samples');
  expect(page.url()).toContain('points=');
  await page.reload();
  await patient(finding(page)).toContainText('3 samples');
});

test('looking back changes nothing until one goes on from there', async ({ page }) => {
  await openNetwork(page);
  await steps(page, 4);
  const last = await finding(page).textContent();
  await page.getByLabel('Look back').fill('2');
  await patient(finding(page)).toContainText('in 2 steps');
  await patient(page.getByText('You look back.')).toBeVisible();
  await page.getByLabel('Look back').fill('4');
  await patient(finding(page)).toHaveText(last ?? '');
  await page.getByLabel('Look back').fill('1');
  for (const step of [2, 3, 4]) {
    await page.getByRole('button', { name: 'One step' }).click();
    await patient(finding(page)).toContainText(`in ${step} steps`);
  }
  // Seed and step alone decide what comes: the same again.
  await patient(finding(page)).toHaveText(last ?? '');
});

test('the decision can be read: the table counts what the sentence says', async ({ page }) => {
  await openNetwork(page, '?count=30');
  await steps(page, 3);
  await page.getByText('The samples as a table').click();
  const cells = page.getByRole('region', { name: 'The samples' }).locator('tbody tr td:last-child');
  await patient(cells).toHaveCount(30);
  const right = (await cells.allTextContents()).filter(text => text === 'yes').length;
  await patient(finding(page)).toContainText(`${right} of 30 samples lie on their own side`);
});

test('training pauses when the tab is hidden', async ({ page }) => {
  await openNetwork(page);
  await page.getByRole('button', { name: 'Play' }).click();
  await patient(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await patient(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`fits a phone and has no accessibility faults, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 360, height: 740 });
    await openNetwork(page, '?layers=8-8&activation=relu(z)&rate=500');
    await page.getByRole('button', { name: 'Play' }).click();
    await patient(page.getByRole('alert')).toBeVisible();
    for (const more of ['As tables', 'As a table', 'The samples as a table', 'As text, in the language'])
      await page.getByText(more, { exact: true }).click();
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  });
}
