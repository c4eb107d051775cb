import { expect, type Page, test } from '@playwright/test';
import { tooWide, violations } from './axe.ts';
import { foreignSite, listen, recordEvents, told } from './foreign-site.ts';

/** Machines that run tests are busy: what takes a moment by itself may take many here. */
const patient = expect.configure({ timeout: 15_000 });

test.describe.configure({ timeout: 60_000 });

const site = foreignSite(test);

/** Opens the page with a graph, a Jacobian and an exercise, and waits for the graph. */
async function openNotes(page: Page, query = ''): Promise<void> {
  await page.goto(`${site.origin}/exercise.html${query}`);
  await patient(page.locator('chalk-graph .graph-sheet[data-laid]')).toBeVisible();
}

test('graph, Jacobian and exercise work in a foreign page under a strict policy, with one engine', async ({ page }) => {
  const { said, fetched } = listen(page);
  await recordEvents(page);
  await openNotes(page, '?policy=strict');

  const graph = page.locator('chalk-graph');
  await patient(graph.locator('.graph-node')).toHaveCount(4);
  await patient(graph.locator('.graph-point')).toContainText('x = 2');
  await patient(graph.locator('.graph-node').nth(1)).toContainText('4');
  await graph.getByRole('button', { name: 'Derivatives backward' }).click();
  await graph.getByRole('button', { name: 'One node on' }).click();
  await patient(graph.locator('.graph-node.graph-waiting')).toHaveCount(3);
  await graph.locator('.graph-node').nth(1).focus();
  await page.keyboard.press('Enter');
  await patient(graph.locator('.widget-step .step-title').first()).toHaveText('Power rule');

  const jacobian = page.locator('chalk-jacobian');
  await jacobian.scrollIntoViewIfNeeded();
  await patient(jacobian.locator('.entry')).toHaveCount(6);
  await jacobian.locator('.entry').first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await patient(jacobian.locator('.entry-derivation .step-title').first()).toHaveText('Hyperbolic tangent');
  await jacobian.getByRole('button', { name: 'Larger m' }).click();
  await patient(jacobian.locator('.entry')).toHaveCount(9);
  await patient(jacobian).toHaveAttribute('sizes', /m:3/);

  const exercise = page.locator('chalk-exercise');
  await exercise.scrollIntoViewIfNeeded();
  const field = exercise.getByRole('textbox', { name: 'Your derivative' });
  await field.fill('1');
  await page.keyboard.press('Enter');
  await patient(exercise.locator('.exercise-verdict')).toContainText('Not yet.');
  await exercise.getByRole('button', { name: 'Hint: which rule?' }).click();
  await patient(exercise.locator('.exercise-names')).not.toBeEmpty();
  await exercise.getByRole('button', { name: 'Another exercise' }).click();
  await patient(exercise).toHaveAttribute('seed', '4');
  await patient(field).toHaveValue('');

  const events = await told(page);
  expect(events).toContainEqual({
    type: 'node-pick',
    target: 'chalk-graph',
    detail: { step: '2.1', rule: 'power-rule' },
  });
  expect(events).toContainEqual({ type: 'entry-pick', target: 'chalk-jacobian', detail: { row: 1, column: 2 } });
  expect(fetched.filter(url => url.endsWith('.wasm'))).toHaveLength(1);
  expect(said).toEqual([]);
});

test('a right answer is told to the host’s page, and nothing of it is kept there', async ({ page }) => {
  await recordEvents(page);
  await openNotes(page);
  const exercise = page.locator('chalk-exercise');
  await exercise.scrollIntoViewIfNeeded();
  const field = exercise.getByRole('textbox', { name: 'Your derivative' });
  await field.fill('[5*x^4; 6; 1 - tanh(x)^2]');
  await page.keyboard.press('Enter');
  await patient(exercise.locator('.exercise-verdict')).toContainText('Right.');
  const solved = (await told(page)).filter(event => event.type === 'solved');
  expect(solved).toEqual([{ type: 'solved', target: 'chalk-exercise', detail: { topic: 'jacobian', seed: 3 } }]);
  expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
});

test('attributes are followed; what cannot be shown brings the fallback back, with a sentence', async ({ page }) => {
  await openNotes(page);
  const graph = page.locator('chalk-graph');
  const set = (name: string, value: string) =>
    graph.evaluate((element, [key, text]) => element.setAttribute(key ?? '', text ?? ''), [name, value]);
  await set('at', '{"x": 3}');
  await patient(graph.locator('.graph-point')).toContainText('x = 3');
  await set('at', 'x = 3');
  await patient(graph.getByRole('status')).toContainText('cannot be read');
  await patient(graph.locator('.fallback')).toBeVisible();
  await set('at', '');
  await patient(graph.locator('.graph-sheet[data-laid]')).toBeVisible();
  // Another way than the usual one has no graph of its own: the graph is the same.
  await set('shapes', 'x:');
  await set('way', 'textbook');
  await patient(graph.locator('.graph-node')).toHaveCount(4);
  await patient(graph.locator('.graph-point')).toContainText('x = 2.5');
  await set('way', '');
  await set('expr', 'x');
  await patient(graph.getByRole('status')).toContainText('no computation graph');
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1440]) {
    test(`frames and the builder have no accessibility faults, ${colorScheme}, ${width} px`, async ({ page }) => {
      const { said } = listen(page);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      for (const [query, ready] of [
        ['widget=graph&expr=(w·x)*sigmoid(w·x)&wrt=w', '.graph-sheet[data-laid]'],
        ['widget=jacobian&expr=tanh(W*x)&wrt=x', '.entry'],
        ['widget=exercise&rule=power-rule', '.exercise-more'],
      ] as const) {
        await page.goto(`./frame.html?${query}`);
        await patient(page.locator(ready).first()).toBeVisible();
        expect(await violations(page), query).toEqual([]);
        expect(await tooWide(page), query).toBeLessThanOrEqual(0);
      }
      await page.goto('./#/embed/jacobian');
      await patient(page.locator('chalk-jacobian .entry').first()).toBeVisible();
      await page.getByText('More', { exact: true }).click();
      expect(await violations(page)).toEqual([]);
      expect(await tooWide(page)).toBeLessThanOrEqual(0);
      expect(said).toEqual([]);
    });
  }
}

test('the builder’s preview, address and lines follow its fields', async ({ page }) => {
  await page.goto('./#/embed');
  await patient(page.locator('chalk-derivation .board')).toBeVisible();
  await page.getByRole('link', { name: 'Graph', exact: true }).click();
  await patient(page.locator('chalk-graph .graph-sheet[data-laid]')).toBeVisible();
  await page.getByLabel('Expression').fill('sin(a·c)');
  await page.getByLabel('By', { exact: true }).fill('a');
  await patient(page.locator('chalk-graph .graph-node')).toHaveCount(3);
  const lines = page.getByRole('region', { name: 'Lines to copy: As a script' });
  await patient(lines).toContainText('<chalk-graph expr="sin(a·c)" wrt="a">');
  expect(page.url()).toContain(`#/embed/graph?${new URLSearchParams({ expr: 'sin(a·c)', wrt: 'a' })}`);
  await page.reload();
  await patient(page.getByLabel('Expression')).toHaveValue('sin(a·c)');
  await patient(page.locator('chalk-graph .graph-node')).toHaveCount(3);

  // The frame's line opens the same graph.
  const frame = await page.getByRole('region', { name: 'Lines to copy: As a frame' }).textContent();
  const address = /src="([^"]+)"/.exec(frame ?? '')?.[1]?.replaceAll('&amp;', '&') ?? '';
  await page.goto(address);
  await patient(page.locator('chalk-graph .graph-node')).toHaveCount(3);
});

test('Explore leads to the builder with its question', async ({ page }) => {
  await page.goto(`./#/explore?${new URLSearchParams({ expr: 'A*x', wrt: 'x', layout: 'denominator' })}`);
  await page.getByRole('group', { name: 'Copy' }).getByRole('button', { name: 'more' }).click();
  await page.getByRole('link', { name: 'as a widget' }).click();
  await patient(page.getByLabel('Expression')).toHaveValue('A*x');
  await patient(page.getByLabel('Layout')).toHaveValue('denominator');
  await patient(page.locator('chalk-derivation')).toContainText('n × m');
});

test('a frame of no widget says which there are', async ({ page }) => {
  await page.goto('./frame.html?widget=toString');
  await patient(page.getByText('There is no such widget.')).toContainText('derivation, graph, jacobian');
});
