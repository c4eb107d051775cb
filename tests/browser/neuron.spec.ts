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

const saidBy = new WeakMap<Page, string[]>();

/** Opens the neuron page and waits until the engine has told where training begins. */
async function openNeuron(page: Page, query = ''): Promise<void> {
  await page.goto(`#/neuron${query}`);
  await patient(finding(page)).toContainText('before the first step');
}

function finding(page: Page): Locator {
  return page.locator('.neuron-finding');
}

/** `Loss 1.94 → 0.07 in 118 steps.` in numbers. */
async function losses(page: Page): Promise<{ first: number; last: number; steps: number }> {
  const text = (await finding(page).textContent()) ?? '';
  const found = /Loss (\S+) → (\S+) in (\d+) steps?/.exec(text);
  if (!found) throw new Error(`no loss in: ${text}`);
  return { first: Number(found[1]), last: Number(found[2]), steps: Number(found[3]) };
}

/** The rows of "All digits" of one parameter: before, gradient, after. */
async function digits(page: Page, parameter: string): Promise<number[][]> {
  const rows = page.getByRole('region', { name: `The update of ${parameter}` }).locator('.neuron-digits tbody tr');
  return rows.evaluateAll(all => all.map(row => [...row.querySelectorAll('td')].map(cell => Number(cell.textContent))));
}

/** The update in numbers as it is typeset: before, rate, gradient, and after. */
async function formulaNumbers(page: Page, parameter: string): Promise<number[]> {
  const line = page
    .getByRole('region', { name: `The update of ${parameter}` })
    .locator('.neuron-line')
    .nth(1);
  const sources = await line.locator('annotation').allTextContents();
  const text = sources.slice(1).join(' ');
  return (text.match(/(?:(?<=[[(=,;]\s*)-)?\d+(?:\.\d+)?/g) ?? []).map(Number);
}

test('nothing starts by itself; play trains and the loss falls', async ({ page }) => {
  await openNeuron(page);
  await page.waitForTimeout(400);
  await patient(finding(page)).toContainText('before the first step');
  await page.getByLabel('Speed').selectOption('fast');
  await page.getByRole('button', { name: 'Play' }).click();
  await patient(finding(page)).toContainText(' in ');
  await expect.poll(async () => (await losses(page)).steps, { timeout: 20_000 }).toBeGreaterThan(80);
  await page.getByRole('button', { name: 'Pause' }).click();
  const { first, last } = await losses(page);
  expect(last).toBeLessThan(first / 4);
  await patient(page.locator('neuron-curve canvas')).toHaveAttribute('aria-label', /^Loss .* in \d+ steps\.$/);
});

test('the numbers of a step add up, in the formula and in all digits', async ({ page }) => {
  await openNeuron(page, '?rate=0.05');
  for (const _ of [1, 2, 3]) await page.getByRole('button', { name: 'One step' }).click();
  await patient(page.getByRole('heading', { name: /^Step 3, by the formula/ })).toBeVisible();
  for (const parameter of ['w', 'b']) {
    const rows = await digits(page, parameter);
    expect(rows).toHaveLength(parameter === 'w' ? 2 : 1);
    for (const [before = Number.NaN, gradient = Number.NaN, after = Number.NaN] of rows) {
      expect(gradient).not.toBe(0);
      expect(Math.abs(before - 0.05 * gradient - after)).toBeLessThan(1e-12);
    }
    // As shown, rounded to four digits: before …, rate, gradient …, after …
    const shown = await formulaNumbers(page, parameter);
    const count = rows.length;
    expect(shown).toHaveLength(3 * count + 1);
    rows.forEach(([before = 0, gradient = 0, after = 0], entry) => {
      expect(shown[entry]).toBeCloseTo(before, 3);
      expect(shown[count]).toBe(0.05);
      expect(shown[count + 1 + entry]).toBeCloseTo(gradient, 3);
      expect(shown[2 * count + 1 + entry]).toBeCloseTo(after, 3);
    });
  }
  // The new weights are the ones the page goes on with.
  const [w1 = []] = await digits(page, 'w');
  await patient(page.getByRole('spinbutton', { name: 'w₁', exact: true })).toHaveValue(
    (w1[2] ?? Number.NaN).toFixed(3),
  );
});

test('the same seed gives the same numbers again, another seed others', async ({ page }) => {
  await openNeuron(page, '?seed=7');
  const walk = async (): Promise<string | null> => {
    for (const _ of [1, 2, 3, 4, 5]) await page.getByRole('button', { name: 'One step' }).click();
    await patient(finding(page)).toContainText('in 5 steps');
    return finding(page).textContent();
  };
  const once = await walk();
  await page.getByRole('button', { name: 'Reset' }).click();
  await patient(finding(page)).toContainText('before the first step');
  expect(await walk()).toBe(once);
  await page.getByLabel('Seed').fill('8');
  await page.getByLabel('Seed').press('Enter');
  await patient(finding(page)).toContainText('before the first step');
  expect(await walk()).not.toBe(once);
});

test('a rate that is too large is caught, said in words, and undone by one click', async ({ page }) => {
  await openNeuron(page, '?rate=20&batch=24');
  await page.getByLabel('Speed').selectOption('fast');
  await page.getByRole('button', { name: 'Play' }).click();
  const alert = page.getByRole('alert');
  await patient(alert).toBeVisible();
  await patient(page.getByRole('button', { name: 'Play' })).toBeVisible();
  for (const name of ['w₁', 'w₂', 'b']) {
    expect(Number(await page.getByRole('spinbutton', { name, exact: true }).inputValue())).not.toBeNaN();
  }
  await patient(page.locator('.neuron-page')).not.toContainText(/NaN|Infinity/);
  await alert.getByRole('button', { name: /^Go back to step/ }).click();
  await patient(alert).toBeHidden();
  await page.getByRole('button', { name: 'Play' }).click();
  await patient(alert).toBeVisible();
  await alert.getByRole('button', { name: /^Halve the rate/ }).click();
  await patient(alert).toBeHidden();
  await patient(page.getByLabel('Rate η, exact')).toHaveValue('10');
});

test('silent samples are counted; when all are, no step moves anything', async ({ page }) => {
  await openNeuron(page, '?data=silent');
  await patient(finding(page)).toContainText('All 16 samples are silent');
  await page.getByRole('button', { name: 'One step' }).click();
  await patient(page.getByRole('heading', { name: /^Step 1, by the formula/ })).toBeVisible();
  for (const row of [...(await digits(page, 'w')), ...(await digits(page, 'b'))]) {
    expect(row[1]).toBeCloseTo(0, 12);
    expect(row[2]).toBe(row[0]);
  }
});

test('weights and samples are changed by number fields, and a link brings them back', async ({ page }) => {
  await openNeuron(page);
  await page.getByRole('button', { name: 'One step' }).click();
  await patient(finding(page)).toContainText('in 1 step.');
  const w1 = page.getByRole('spinbutton', { name: 'w₁', exact: true });
  await w1.fill('-0.5');
  await w1.press('Enter');
  await patient(finding(page)).toContainText('before the first step');
  await patient(w1).toHaveValue('-0.500');

  await page.getByText('The samples as a table').click();
  const field = page.getByRole('spinbutton', { name: 'y of sample 2', exact: true });
  await field.fill('3.25');
  await field.press('Enter');
  await patient.poll(() => page.url()).toContain('points=');
  await page.reload();
  await patient(finding(page)).toContainText('before the first step');
  await page.getByText('The samples as a table').click();
  await patient(page.getByRole('spinbutton', { name: 'y of sample 2', exact: true })).toHaveValue('3.25');
});

test('own samples can be pasted; what cannot be read is said and kept', async ({ page }) => {
  await openNeuron(page);
  await page.getByText('The samples as a table').click();
  const field = page.getByLabel(/Your own samples/);
  await field.fill('1, 1, 2\n-1, 0');
  await page.getByRole('button', { name: 'Use these rows' }).click();
  await patient(page.getByText('Row 2 has 2 entries')).toBeVisible();
  await patient(field).toHaveValue('1, 1, 2\n-1, 0');
  await field.fill('1, 1, 2\n-1, 0, 0\n0, 1, 1');
  await page.getByRole('button', { name: 'Use these rows' }).click();
  await patient(finding(page)).toContainText(/\b3 samples/);
  await patient(page.getByLabel('Samples in a batch')).toHaveAttribute('max', '3');
  await page.getByRole('button', { name: 'One step' }).click();
  await patient(finding(page)).toContainText('in 1 step.');
});

test('a sample can be dragged', async ({ page }) => {
  await openNeuron(page);
  await page.getByText('The samples as a table').click();
  const before = await page.getByRole('spinbutton', { name: /^x₁ of sample/ }).evaluateAll(values);
  await page.locator('neuron-plane').scrollIntoViewIfNeeded();
  const place = await grabbable(page);
  await page.mouse.move(place.x, place.y);
  await page.mouse.down();
  await page.mouse.move(place.x + 30, place.y + 10, { steps: 4 });
  await page.mouse.up();
  await patient.poll(() => page.url()).toContain('points=');
  const after = await page.getByRole('spinbutton', { name: /^x₁ of sample/ }).evaluateAll(values);
  const moved = after.filter((value, index) => value !== before[index]);
  expect(moved).toHaveLength(1);
});

test('looking back changes nothing until one goes on from there', async ({ page }) => {
  await openNeuron(page);
  for (const _ of [1, 2, 3, 4]) await page.getByRole('button', { name: 'One step' }).click();
  await patient(finding(page)).toContainText('in 4 steps');
  await page.getByLabel('Look back').fill('2');
  await patient(finding(page)).toContainText('in 2 steps');
  await patient(page.getByText('You look back.')).toBeVisible();
  await page.getByLabel('Look back').fill('4');
  await patient(finding(page)).toContainText('in 4 steps');
  await page.getByLabel('Look back').fill('1');
  await page.getByRole('button', { name: 'One step' }).click();
  await patient(finding(page)).toContainText('in 2 steps');
});

test('training pauses when the tab is hidden', async ({ page }) => {
  await openNeuron(page);
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
    await openNeuron(page);
    await page.getByRole('button', { name: 'One step' }).click();
    await patient(page.getByRole('heading', { name: /^Step 1, by the formula/ })).toBeVisible();
    await page.getByText('The samples as a table').click();
    expect(await tooWide(page)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);
  });
}

function values(fields: (HTMLElement | SVGElement)[]): string[] {
  return fields.map(field => (field as HTMLInputElement).value);
}

/** A place on the picture where something can be grabbed: found the way a hand finds it, where the pointer changes. */
async function grabbable(page: Page): Promise<{ x: number; y: number }> {
  const place = await page.locator('neuron-plane canvas').evaluate(canvas => {
    const box = canvas.getBoundingClientRect();
    for (let y = box.top + 60; y < box.bottom - 60; y += 4) {
      for (let x = box.left + 60; x < box.right - 60; x += 4) {
        canvas.dispatchEvent(new PointerEvent('pointermove', { clientX: x, clientY: y }));
        if (canvas.classList.contains('can-grab')) return { x, y };
      }
    }
    return undefined;
  });
  if (!place) throw new Error('There is nothing to grab.');
  return place;
}
