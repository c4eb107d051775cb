import { expect, test } from '@playwright/test';
import { foreignSite, listen, recordEvents, told } from './foreign-site.ts';

const site = foreignSite(test);

/** Machines that run tests are busy: what takes a moment by itself may take many here. */
const patient = expect.configure({ timeout: 15_000 });

for (const policy of ['none', 'strict'] as const) {
  test(`both widgets work in a foreign page, policy ${policy}`, async ({ page }) => {
    const { said, fetched } = listen(page);
    await recordEvents(page);
    await page.goto(`${site.origin}/${policy === 'strict' ? '?policy=strict' : ''}`);

    const derivation = page.locator('chalk-derivation');
    await patient(derivation.getByText(/^Step 1 of \d+$/)).toBeVisible();
    await patient(derivation.locator('.fallback')).toBeHidden();
    // A face that arrives late moves a formula by a pixel or two; here only what stepping moves is looked at.
    await page.evaluate(() => Promise.allSettled([...document.fonts].map(font => font.load())).then(() => undefined));
    const box = await derivation.boundingBox();
    await derivation.getByRole('button', { name: 'Next step' }).click();
    await patient(derivation.getByText(/^Step 2 of \d+$/)).toBeVisible();
    await patient(derivation).toHaveAttribute('step', '2');
    await page.keyboard.press('End');
    await patient(derivation.getByRole('button', { name: 'Next step' })).toHaveAttribute('aria-disabled', 'true');
    // Stepping moves nothing below.
    expect((await derivation.boundingBox())?.height).toBe(box?.height);

    const neuron = page.locator('chalk-neuron');
    await neuron.scrollIntoViewIfNeeded();
    const finding = neuron.locator('.neuron-finding');
    await patient(finding).toContainText('before the first step');
    const first = Number(/Loss (\S+)/.exec((await finding.textContent()) ?? '')?.[1]);
    await neuron.getByRole('button', { name: 'Play' }).click();
    await patient(finding).toContainText(/in [3-9]\d steps/);
    await neuron.getByRole('button', { name: 'Pause' }).click();
    await patient.poll(async () => (await told(page)).some(event => event.type === 'trained')).toBe(true);

    await neuron.getByText('The last step in numbers').click();
    await patient(neuron.locator('neuron-update .katex').first()).toBeVisible();

    const events = await told(page);
    const stepped = events.filter(event => event.type === 'step-change');
    expect(stepped[0]).toMatchObject({ target: 'chalk-derivation', detail: { step: 2, all: false } });
    const trained = events.findLast(event => event.type === 'trained');
    expect(trained?.target).toBe('chalk-neuron');
    expect(trained?.detail['loss']).toBeLessThan(first / 2);

    expect(fetched.filter(url => url.endsWith('.wasm'))).toHaveLength(1);
    expect(said).toEqual([]);
  });
}

test('the network widget trains, and pauses by itself after its steps', async ({ page }) => {
  const { said, fetched } = listen(page);
  await recordEvents(page);
  await page.goto(`${site.origin}/network.html?policy=strict`);
  const network = page.locator('chalk-network');
  const finding = network.locator('.neuron-finding');
  await patient(finding).toContainText('before the first step');
  await network.getByRole('button', { name: 'Play' }).click();
  await patient(finding).toContainText('in 300 steps');
  await patient(network.getByRole('button', { name: 'Play' })).toBeVisible();
  await patient.poll(async () => (await told(page)).map(event => event.type)).toContain('trained');
  const trained = (await told(page)).findLast(event => event.type === 'trained');
  expect(trained).toMatchObject({ target: 'chalk-network', detail: { steps: 300 } });
  expect(trained?.detail['loss']).toBeLessThan(0.5);
  await network.getByText('The weights as tables').click();
  await patient(network.getByRole('region', { name: 'W₁ and b₁' })).toBeVisible();
  await network.evaluate(element => element.setAttribute('rate', '1e300'));
  await patient(finding).toContainText('before the first step');
  await network.getByRole('button', { name: 'One step' }).click();
  await patient(network.getByRole('alert')).toContainText('no finite number');
  expect(fetched.filter(url => url.endsWith('.wasm'))).toHaveLength(1);
  expect(said).toEqual([]);
});

test('formulas have their fonts, the rest has the host’s', async ({ page }) => {
  await page.goto(site.origin);
  await patient(page.locator('chalk-derivation .katex').first()).toBeAttached();
  await patient
    .poll(() =>
      page.evaluate(() => [...document.fonts].some(font => font.family.includes('KaTeX') && font.status === 'loaded')),
    )
    .toBe(true);
  const font = await page
    .locator('chalk-derivation .step-title')
    .first()
    .evaluate(title => getComputedStyle(title).fontFamily);
  expect(font).toContain('Georgia');
  // The page's own rules do not reach in.
  const button = page.locator('chalk-derivation').getByRole('button', { name: 'Next step' });
  expect(await button.evaluate(element => getComputedStyle(element).textTransform)).toBe('none');
});

test('a widget far below is not loaded until the reader comes near', async ({ page }) => {
  const { fetched } = listen(page);
  await page.setViewportSize({ width: 900, height: 500 });
  await page.goto(`${site.origin}/far.html`);
  await page.waitForTimeout(500);
  expect(fetched.filter(url => url.endsWith('.wasm'))).toHaveLength(0);
  await page.locator('chalk-derivation').scrollIntoViewIfNeeded();
  await patient(page.locator('chalk-derivation').getByText(/^Step 1 of \d+$/)).toBeVisible();
});

test('a page that keeps the room free does not jump, and a second copy of the script does no harm', async ({
  page,
}) => {
  const { said, fetched } = listen(page);
  await page.addInitScript(() => {
    Object.assign(window, { shift: 0 });
    new PerformanceObserver(list => {
      for (const entry of list.getEntries()) {
        Object.assign(window, { shift: Reflect.get(window, 'shift') + Reflect.get(entry, 'value') });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(`${site.origin}/reserved.html`);
  const derivation = page.locator('chalk-derivation');
  await patient(derivation.getByText(/^Step 1 of \d+$/)).toBeVisible();
  await derivation.getByRole('button', { name: 'Next step' }).click();
  const neuron = page.locator('chalk-neuron');
  await neuron.scrollIntoViewIfNeeded();
  await patient(neuron.locator('.neuron-finding')).toContainText('before the first step');
  await neuron.getByRole('button', { name: 'One step' }).click();
  await patient(neuron.locator('.neuron-finding')).toContainText('in 1 step.');
  expect(await page.evaluate(() => Reflect.get(window, 'shift'))).toBeLessThan(0.02);
  expect(fetched.filter(url => url.endsWith('.wasm'))).toHaveLength(1);
  expect(said).toEqual([]);
});

test('where WebAssembly is forbidden, the fallback stays, with a sentence', async ({ page }) => {
  await page.goto(`${site.origin}/?policy=no-wasm`);
  const derivation = page.locator('chalk-derivation');
  await patient(derivation.getByRole('status')).toContainText('could not be loaded here');
  await patient(derivation.locator('.fallback')).toBeVisible();
});

test('an expression that cannot be read leaves the fallback and says why; mended, it works', async ({ page }) => {
  const { said } = listen(page);
  await page.goto(site.origin);
  const derivation = page.locator('chalk-derivation');
  await patient(derivation.getByText(/^Step 1 of \d+$/)).toBeVisible();
  await derivation.evaluate(element => element.setAttribute('expr', 'relu(w·x + b'));
  await patient(derivation.getByRole('status')).not.toBeEmpty();
  await patient(derivation.locator('.fallback')).toBeVisible();
  await derivation.evaluate(element => element.setAttribute('expr', 'relu(w·x + b)'));
  await patient(derivation.getByText(/^Step 1 of \d+$/)).toBeVisible();
  expect(said).toEqual([]);
});

test('the ground follows the page behind, or the attribute', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(site.origin);
  const derivation = page.locator('chalk-derivation');
  // The page is light whatever the system prefers.
  await patient(derivation).toHaveAttribute('data-ground', 'paper');
  await derivation.evaluate(element => element.setAttribute('theme', 'dark'));
  await patient(derivation).toHaveAttribute('data-ground', 'board');
  await derivation.evaluate(element => element.removeAttribute('theme'));
  await page.evaluate(() => {
    document.documentElement.style.backgroundColor = '#101418';
  });
  await patient(derivation).toHaveAttribute('data-ground', 'board');
});

test('without scripts the fallback is what one reads', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site.origin);
  await patient(page.locator('chalk-derivation .fallback')).toBeVisible();
  await context.close();
});
