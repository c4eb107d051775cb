import { address, derived, expect, field, openExplore, test } from './explore-quiet.ts';

test('the first visit shows a derivation, its shapes, its check and its result', async ({ page }) => {
  await page.goto('./');
  await derived(page);
  await expect(field(page)).toHaveValue('relu(w·x + b)');
  await expect(page.locator('shape-chips')).toContainText('vector n');
  await expect(page.locator('step-board')).toContainText(/both sides agree on \d+ random examples/);
  await expect(page.locator('.result')).toContainText(/checked by number on \d+ random examples/);
  await expect(page.locator('.result math').first()).toBeAttached();
  expect(await page.locator('the-way li').count()).toBeGreaterThanOrEqual(3);
});

test('typing is read, shaped and differentiated', async ({ page }) => {
  await openExplore(page);
  await field(page).fill('3c^2 + sin(c)');
  await derived(page);
  await expect(page.locator('shape-chips')).toContainText('scalar');
  await expect(page.getByLabel('Differentiate by')).toHaveValue('c');
  await expect(page.locator('.result annotation').first()).toContainText('cos');
  await expect.poll(() => address(page).get('expr')).toBe('3c^2 + sin(c)');
});

test('a name has the same colour in the field, the formula and the chip', async ({ page }) => {
  await openExplore(page);
  const colour = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate(element => getComputedStyle(element).color);
  const inField = await colour('.typed-layer [data-name="w"]');
  expect(await colour('.reading > tex-math [data-name="w"]')).toBe(inField);
  expect(await colour('shape-chips [data-name="w"]')).toBe(inField);
  expect(await colour('.result [data-name="w"]')).toBe(inField);
  expect(await colour('.result [data-name="x"]')).not.toBe(inField);
});

test('a name has the same colour on Explore, in a lesson and beside the neuron', async ({ page }) => {
  const colours = (root: string) =>
    page.evaluate(selector => {
      const found = new Map<string, string>();
      for (const element of document.querySelectorAll<HTMLElement>(`${selector} [data-name]`))
        found.set(element.dataset['name'] ?? '', getComputedStyle(element).color);
      return Object.fromEntries([...found].filter(([name]) => ['w', 'X', 'x', 'b', 'y'].includes(name)));
    }, root);
  await openExplore(page, { expr: 'mean((y - relu(X*w + b)).^2)', wrt: 'w' });
  await expect(page.locator('.reading > tex-math [data-name="X"]').first()).toBeAttached();
  const { X, ...rest } = await colours('.reading');
  expect(new Set([X, ...Object.values(rest)]).size).toBe(4);

  await page.goto('./#/neuron');
  await expect(page.locator('.neuron-page [data-name="X"]').first()).toBeAttached();
  await expect.poll(() => colours('.neuron-page')).toEqual({ ...rest, X, x: X });

  await page.goto('./#/lessons/neuron-gradient?step=5');
  await expect(page.locator('.lesson [data-name="b"]').first()).toBeAttached();
  await expect.poll(() => colours('.lesson')).toMatchObject({ w: rest['w'], x: X, b: rest['b'] });
});

test('the grid shows its entries whole, also with a single column', async ({ page }) => {
  await page.goto('./#/lessons/jacobian?step=4');
  const grid = page.locator('.entry-scroll');
  await expect(grid.locator('.entry')).toHaveCount(3);
  await expect(grid.locator('math').nth(2)).toBeAttached();
  expect(await grid.evaluate(box => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
});

test('below a table the equation goes on', async ({ page }) => {
  await openExplore(page, { expr: 'relu(w·x + b)', wrt: 'w', step: '3' });
  const after = page.locator('.stage > [data-here] > .step-formulas > .step-after annotation');
  await expect(after).toContainText('\\mathrel{=}');
});

test('an error is underlined, said, and its hint taken; the text and the focus stay', async ({ page }) => {
  await openExplore(page, { expr: 'w · x', shapes: 'w:n;x:n' });
  await field(page).fill('relu(w·x + b) + w * x');
  const complaint = page.locator('.field-error');
  await expect(complaint).toContainText('does not multiply two vectors');
  await expect(field(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(field(page)).toHaveAttribute('aria-describedby', (await complaint.getAttribute('id')) ?? 'none');
  await expect(page.locator('.typed-layer .tok-wrong').first()).toBeVisible();
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue('relu(w·x + b) + w * x');

  await complaint.getByRole('button').first().click();
  await expect(field(page)).toHaveValue('relu(w·x + b) + w · x');
  await expect(field(page)).toBeFocused();
  await derived(page);
  await expect(field(page)).toHaveAttribute('aria-invalid', 'false');
  await expect(complaint).toBeEmpty();

  await page.keyboard.press('Control+z');
  await expect(field(page)).toHaveValue('relu(w·x + b) + w * x');
});

test('bad input is answered in words and nothing is lost', async ({ page }) => {
  await openExplore(page);
  const inputs = ['', '(x + 1', 'x +', '1..2', 'a ⊗ b', '"<img src=x onerror=alert(1)>', '\\htmlData{a=b}{x}', '$x$'];
  for (const text of inputs) {
    await field(page).fill(text);
    await expect(page.locator('.field-message')).not.toBeEmpty();
    await expect(field(page)).toHaveValue(text);
    await field(page).fill('x^2');
    await derived(page);
  }
});

test('a megabyte and a nesting of ten thousand are refused politely', async ({ page }) => {
  await openExplore(page);
  for (const text of ['x+'.repeat(500_000), `${'('.repeat(10_000)}x${')'.repeat(10_000)}`]) {
    await field(page).fill(text);
    await expect(page.locator('.field-message')).not.toBeEmpty();
    expect((await field(page).inputValue()).length).toBe(text.length);
  }
  await field(page).fill('x^2');
  await derived(page);
});

test('names of object properties are names like any other', async ({ page }) => {
  await openExplore(page, { expr: 'constructor^2 + toString', wrt: 'constructor' });
  await expect(page.locator('shape-chips [data-name="constructor"]').first()).toBeVisible();
});

test('by keyboard alone: to the board, through the steps, all of them, and back', async ({ page }) => {
  await openExplore(page);
  const last = await page.locator('the-way li').count();
  const next = page.getByRole('button', { name: 'Next step' });
  await field(page).focus();
  for (let presses = 0; presses < 40; presses++) {
    if (await next.evaluate(button => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(next).toBeFocused();

  const said = page.locator('step-board [role="status"]');
  await page.keyboard.press('Enter');
  await expect(said).toHaveText(new RegExp(`^Step 2 of ${last}: .+`));
  await page.keyboard.press('ArrowRight');
  await expect(said).toHaveText(new RegExp(`^Step 3 of ${last}: .+`));
  await page.keyboard.press('ArrowLeft');
  await expect(said).toHaveText(new RegExp(`^Step 2 of ${last}: .+`));
  await page.keyboard.press('End');
  await expect(page.locator('.board-count')).toHaveText(`Step ${last} of ${last}`);
  await expect.poll(() => address(page).get('step')).toBe(String(last));
  await page.keyboard.press('Home');
  await expect(page.locator('.board-count')).toHaveText(`Step 1 of ${last}`);
  await expect(next).toBeFocused();

  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'All steps' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.document > li')).toHaveCount(last);
  await expect(page.getByRole('button', { name: 'One step at a time' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('.stage')).toBeVisible();
});

test('arrows in the field move the caret, not the board', async ({ page }) => {
  await openExplore(page);
  await field(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(page.locator('.board-count')).toContainText('Step 1 of');
});

test('each step says its rule, why, and its check; the board keeps its height', async ({ page }) => {
  await openExplore(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const count = await page.locator('the-way li').count();
  const height = await page.locator('.board').evaluate(board => board.clientHeight);
  for (let step = 1; step <= count; step++) {
    const here = page.locator('.stage > [data-here]');
    await expect(here.locator('.step-title').first()).not.toBeEmpty();
    await expect(here.locator('.step-why').first()).not.toBeEmpty();
    await expect(page.locator('.board-foot > .check')).toContainText('both sides agree');
    expect(await page.locator('.board').evaluate(board => board.clientHeight)).toBe(height);
    if (step < count) await page.getByRole('button', { name: 'Next step' }).click();
  }
  await expect(page.getByRole('button', { name: 'Next step' })).toHaveAttribute('aria-disabled', 'true');
});

test('a link brings all of it back, and so does the Back button', async ({ page, context }) => {
  await openExplore(page, { expr: 'relu(w·x) + 1', wrt: 'w' });
  await page.getByLabel('Layout of Jacobians').selectOption('denominator');
  await derived(page);
  await page.locator('[data-chip="w"]').click();
  await page.getByLabel('Length').fill('k');
  await page.getByLabel('Length').press('Enter');
  await expect(page.locator('[data-chip="w"]')).toContainText('set');
  await derived(page);
  await page.getByRole('button', { name: 'Next step' }).click();
  await expect.poll(() => address(page).get('step')).toBe('2');

  const other = await context.newPage();
  await other.goto(page.url());
  await derived(other);
  await expect(field(other)).toHaveValue('relu(w·x) + 1');
  await expect(other.getByLabel('Layout of Jacobians')).toHaveValue('denominator');
  await expect(other.locator('[data-chip="w"]')).toContainText('vector k');
  await expect(other.locator('.board-count')).toContainText('Step 2 of');
  expect(await other.locator('.result annotation').first().textContent()).toBe(
    await page.locator('.result annotation').first().textContent(),
  );
  await other.close();

  await page.locator('.example').first().click();
  await expect(field(page)).not.toHaveValue('relu(w·x) + 1');
  await page.goBack();
  await expect(field(page)).toHaveValue('relu(w·x) + 1');
  await expect(page.locator('.board-count')).toContainText('Step 2 of');
});

test('a hostile link does no harm', async ({ page }) => {
  await page.goto('./#/explore?expr=%00%F0%9F&wrt=%5B&shapes=__proto__:n;x:a,b,c&step=1e9&layout=x&view=y&sizes=n:-1');
  await expect(page.locator('.field-message')).not.toBeEmpty();
  await field(page).fill('x^2');
  await page.getByLabel('Differentiate by').selectOption('x');
  await derived(page);
});

test('the layout changes how the result is written, never which numbers it has', async ({ page }) => {
  await openExplore(page, { expr: 'relu(w·x + b)', wrt: 'w' });
  await expect(page.locator('.chip-result')).toContainText('1 × n');
  await page.getByLabel('Layout of Jacobians').selectOption('denominator');
  await expect(page.locator('.chip-result')).toContainText('n × 1');
  await expect(page.locator('.result-note')).toContainText('column');
  await page.getByLabel('Layout of Jacobians').selectOption('numerator');
  await expect(page.locator('.result-note')).toContainText('row');
});

test('copies LaTeX, text, NumPy and the link', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openExplore(page, { expr: 'w ⊙ x', wrt: 'w' });
  const copied = async (name: string): Promise<string> => {
    await page.getByRole('button', { name: `Copy ${name}`, exact: true }).click();
    await expect(page.locator('.copy-said')).toHaveText(`${name} copied`);
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const latex = await copied('LaTeX');
  expect(latex).toContain('diag');
  expect(latex).not.toContain('html');
  expect(await copied('text')).toBe('diag(x)');
  expect(await copied('NumPy')).toBe('jacobian = np.diag(x)');
  expect(new URL(await copied('link')).hash).toContain('wrt=w');
});

test('other programs come out on request', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openExplore(page, { expr: 'w ⊙ x', wrt: 'w' });
  const menu = page.getByRole('group', { name: 'Copy' });
  await expect(menu.getByRole('button')).toHaveText(['LaTeX', 'text', 'NumPy', 'link', 'more']);
  await menu.getByRole('button', { name: 'more' }).click();
  await expect(menu.getByRole('button')).toHaveText([
    'LaTeX',
    'text',
    'NumPy',
    'link',
    'PyTorch',
    'JAX',
    'Julia',
    'less',
  ]);
  for (const [name, code] of [
    ['PyTorch', 'jacobian = torch.diag(x)'],
    ['JAX', 'jacobian = jnp.diag(x)'],
    ['Julia', 'jacobian = diagm(x)'],
  ] as const) {
    await menu.getByRole('button', { name: `Copy ${name}` }).click();
    await expect(page.locator('.copy-said')).toHaveText(`${name} copied`);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(code);
  }
  await menu.getByRole('button', { name: 'less' }).click();
  await expect(menu.getByRole('button', { name: 'Copy Julia' })).toHaveCount(0);
});

test('the entries say what they are and why zeros are zero', async ({ page }) => {
  await openExplore(page, { expr: 'w ⊙ x', wrt: 'w' });
  const entries = page.locator('entry-grid .entry');
  await expect(entries).toHaveCount(9);
  await expect(page.locator('.entry-zero')).toHaveCount(6);
  await entries.nth(1).hover();
  await expect(entries.nth(1)).toHaveAttribute('aria-pressed', 'true');
  await expect(page.locator('.entry-about p')).not.toBeEmpty();

  await entries.nth(1).focus();
  await page.keyboard.press('ArrowDown');
  await expect(entries.nth(4)).toBeFocused();
  await expect(entries.nth(4)).not.toHaveClass(/entry-zero/);

  await page.getByRole('button', { name: 'Smaller n' }).click();
  await expect(entries).toHaveCount(4);
  await expect.poll(() => address(page).get('sizes')).toBe('n:2');
});

test('each worked example is one click and derives', async ({ page }) => {
  test.slow();
  await openExplore(page);
  await expect(page.locator('.example tex-math')).toHaveCount(15);
  for (let place = 0; place < 15; place++) {
    const wrt = (await page.locator('.example').nth(place).locator('.example-wrt').textContent()) ?? '';
    await page.locator('.example').nth(place).click();
    await derived(page);
    await expect(page.getByLabel('Differentiate by')).toHaveValue(wrt);
    await expect(page.locator('.result')).toContainText('checked by number');
    await expect(page.locator('.field-message')).toHaveCount(0);
  }
});

test('differentiates by what the reader types', async ({ page }) => {
  await openExplore(page, { expr: 'w·x + b', wrt: 'w' });
  await page.getByLabel('Differentiate by').selectOption({ label: 'something else …' });
  await page.getByLabel('Differentiate by').fill('x[2]');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Differentiate by')).toHaveValue('x[2]');
  await derived(page);
  await expect.poll(() => address(page).get('wrt')).toBe('x[2]');
});

test('the rules are listed and found', async ({ page }) => {
  await page.goto('./#/rules');
  const rules = page.locator('.rule');
  await expect(rules.first()).toBeVisible();
  const all = await rules.count();
  await page.getByRole('searchbox').fill('chain');
  await expect.poll(() => rules.count()).toBeLessThan(all);
  await expect(rules.first()).toBeVisible();
  await page.getByRole('searchbox').fill('no such rule');
  await expect(rules).toHaveCount(0);
});

test('a step leads to its rule, and back to where the reader was', async ({ page }) => {
  await openExplore(page);
  await page.getByRole('button', { name: 'Next step' }).click();
  const link = page.locator('.stage > [data-here] > .step-head > a.step-source');
  const rule = decodeURIComponent((await link.getAttribute('href'))?.split('/').pop() ?? '');
  await link.click();
  await expect(page.locator('.rule-sought')).toHaveAttribute('data-rule', rule);
  await expect(page.locator('.rule-sought')).toBeInViewport();
  await page.goBack();
  await derived(page);
  await expect(page.locator('.board-count')).toContainText('Step 2 of');
});

test('all steps stand below each other, and the smaller ones open', async ({ page }) => {
  await openExplore(page, { view: 'all' });
  const articles = page.locator('step-board .step');
  const headlines = await articles.count();
  await page.getByRole('button', { name: 'Open every smaller step' }).click();
  await expect.poll(() => articles.count()).toBeGreaterThan(headlines);
  await expect(page.locator('.check-bad')).toHaveCount(0);
  await page.getByRole('button', { name: 'Close the smaller steps' }).click();
  await expect(articles).toHaveCount(headlines);
});

test('what was opened inside a step closes behind the reader', async ({ page }) => {
  await openExplore(page, { step: '2' });
  const more = page.locator('.stage > [data-here] > .step-more');
  await more.click();
  await expect(more).toHaveAttribute('aria-expanded', 'true');
  await page.getByRole('button', { name: 'Next step' }).click();
  await page.getByRole('button', { name: 'Back', exact: true }).click();
  await expect(more).toHaveAttribute('aria-expanded', 'false');
});
