import { expect, type Page, test } from '@playwright/test';
import { expectNoStrays } from './stray-words.ts';

/** Opens a place of the page in the language in which every text of ours stands in brackets. */
async function open(page: Page, place: string): Promise<void> {
  await page.goto(`?lang=x-pseudo#/${place}`);
  await expect(page.locator('main')).toContainText('⟦');
}

const explore = (question: Readonly<Record<string, string>>): string => `explore?${new URLSearchParams(question)}`;

test.describe('every word of ours is one of the words', () => {
  test('explore: the question, the steps, the result, the entries', async ({ page }) => {
    await open(page, explore({ expr: 'relu(w·x + b)', wrt: 'w' }));
    await expect(page.locator('.derivation[data-ready] .entry').first()).toBeVisible();
    await expectNoStrays(page);

    await page.locator('.chip').first().click();
    await page.locator('.segments button').first().click();
    await expectNoStrays(page);
    await page.locator('.copy [aria-expanded]').click();
    await page.locator('.copy .button-quiet').first().click();
    await expect(page.locator('.copy-said')).not.toBeEmpty();
    await page.locator('.board .button-main').click();
    await page.locator('.entry').nth(1).click();
    await expect(page.locator('.entry-derivation')).toBeVisible();
    await expectNoStrays(page);

    await page.locator('.board-all').click();
    await page.locator('.board-top .button-quiet').click();
    await expect(page.locator('.step-sub .step-moves').first()).toBeVisible();
    await expectNoStrays(page);

    await page.locator('.field-symbols button').first().click();
    await page.locator('.typed-select').selectOption({ index: 3 });
    await page.locator('.math-switch button').first().click();
    await expectNoStrays(page);
  });

  test('explore: the computation graph', async ({ page }) => {
    await open(page, explore({ expr: 'sin(x^2) * x', wrt: 'x', shapes: 'x:' }));
    await page.locator('.graph > summary').click();
    await expect(page.locator('.graph-sheet[data-laid]')).toBeVisible();
    await page.locator('.graph-node').nth(1).click();
    await page.locator('.graph-table summary').click();
    await expect(page.locator('.graph-table td').first()).toBeVisible();
    await expect(page.locator('.graph-point')).toBeVisible();
    await expectNoStrays(page);
    await page.locator('.graph-bar .segments button').nth(1).click();
    await page.locator('.graph-play').click();
    await expectNoStrays(page);
  });

  const questions: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['a tensor', { expr: 'W*x', wrt: 'W' }],
    ['the slices of a tensor', { expr: 'W*x', wrt: 'W', tensor: 'blocks' }],
    ['a second derivative', { expr: "x'*A*x", wrt: 'x', order: '2' }],
    ['a third derivative', { expr: 'x^4', wrt: 'x', shapes: 'x:', order: '3' }],
    ['conditions', { expr: 'logdet(X)', wrt: 'X', assume: 'X:symmetric' }],
    ['the reverse way', { expr: 'sum((V*h - y).^2) where h = tanh(W*x + b)', wrt: 'W', way: 'reverse' }],
    ['a way that the question does not go', { expr: 'tr(X)', wrt: 'X', way: 'paths' }],
    ['a function without numbers', { expr: 'f(x)', wrt: 'x', shapes: 'x:' }],
    ['an answer that is immediate', { expr: 'x', wrt: 'x', shapes: 'x:' }],
    ['a list of names', { expr: '[3x^2 y, 2x + y^8]', wrt: '[x, y]' }],
  ];
  for (const [name, question] of questions) {
    test(`explore: ${name}`, async ({ page }) => {
      await open(page, explore(question));
      await expect(
        page.locator('.derivation[data-ready] .entries, .derivation[data-ready] .check').first(),
      ).toBeVisible();
      await expectNoStrays(page);
    });
  }

  test('explore: an error', async ({ page }) => {
    await open(page, explore({ expr: 'relu(w·x + c', wrt: 'w' }));
    await expect(page.locator('.field-message')).toBeVisible();
    await expectNoStrays(page);
  });

  test('rules', async ({ page }) => {
    await open(page, 'rules');
    await expect(page.locator('.rule').first()).toBeVisible();
    await expectNoStrays(page);
    await page.locator('.rules input').fill('zzzz');
    await expectNoStrays(page);
  });

  for (const lesson of ['', '/slopes', '/none']) {
    test(`lessons${lesson}`, async ({ page }) => {
      await open(page, `lessons${lesson}`);
      await page.waitForTimeout(300);
      await expectNoStrays(page);
    });
  }

  test('lessons: an exercise', async ({ page }) => {
    await open(page, 'lessons/slopes?step=4');
    const field = page.locator('.lesson-step:not([hidden]) .typed-area');
    for (const answer of ['2x', 'x^', '4x', '3x^2']) {
      await field.fill(answer);
      await field.press('Enter');
      await expect(page.locator('.exercise-verdict [data-from], .field-message').first()).toBeVisible();
      await expectNoStrays(page);
    }
    const more = page.locator('.lesson-step:not([hidden]) .exercise-more');
    while ((await more.count()) > 0) {
      await expectNoStrays(page);
      await more.click();
    }
    await expectNoStrays(page);
    await page.locator('.lesson-next').click();
    await page.locator('.lesson-whole').click();
    await expectNoStrays(page);
  });

  test('practice', async ({ page }) => {
    await open(page, 'practice');
    await expect(page.locator('.practice-given')).toBeVisible();
    await page.locator('.practice-lines').click();
    await expect(page.locator('.lines-line')).toBeVisible();
    await expectNoStrays(page);
    await page.locator('.lines-line .typed-area').fill('0');
    await page.locator('.lines-line .button-main').click();
    await expect(page.locator('.lines .exercise-verdict')).not.toBeEmpty();
    await expectNoStrays(page);
    await open(page, 'practice/none');
    await expect(page.locator('.lesson-trouble')).toBeVisible();
    await expectNoStrays(page);
  });

  test('neuron', async ({ page }) => {
    await open(page, 'neuron');
    await page.getByRole('button', { name: '⟦One step⟧' }).click();
    await expect(page.locator('.neuron-parameter').first()).toBeVisible();
    for (const each of await page.locator('main details > summary').all()) await each.click();
    await expectNoStrays(page);
    const paste = page.locator('.neuron-paste textarea');
    for (const rows of ['', '1, 2', '1, 2, x\n1, 2, 3', '1, 2, 3\n1, 2, x']) {
      await paste.fill(rows);
      await page.locator('neuron-paste button').click();
      await expectNoStrays(page);
    }
    await page.locator('neuron-controls .neuron-short').fill('100');
    await page.locator('neuron-controls .neuron-short').press('Enter');
    await page.locator('.neuron-play').click();
    await expect(page.locator('.neuron-stop, .neuron-remark').first()).toBeVisible();
    await expectNoStrays(page);
    for (const data of ['two', 'xor', 'outlier', 'silent']) {
      await open(page, `neuron?data=${data}`);
      await expect(page.locator('.neuron-finding')).not.toBeEmpty();
      await expectNoStrays(page);
    }
  });

  test('network', async ({ page }) => {
    await open(page, 'network');
    await page.getByRole('button', { name: '⟦One step⟧' }).click();
    await expect(page.locator('.network-derivative')).toBeVisible();
    for (const each of await page.locator('main details > summary').all()) await each.click();
    await expect(page.locator('network-samples td').first()).toBeVisible();
    await expectNoStrays(page);
    await page.locator('.neuron-play').click();
    await expectNoStrays(page);
    for (const place of ['network?layers=none&activation=z', 'network?loss=softmax&set=xor', 'network?activation=zz']) {
      // Anew each time: the address follows the network on screen, also while the reader goes to another one.
      await page.goto('about:blank');
      await open(page, place);
      await expect(page.locator('.neuron-finding')).not.toBeEmpty();
      await expectNoStrays(page);
    }
    await expect(page.locator('.neuron-stop')).toBeVisible();
  });

  for (const widget of ['derivation', 'graph', 'jacobian', 'exercise', 'neuron', 'network']) {
    test(`embed: ${widget}`, async ({ page }) => {
      await open(page, `embed/${widget}`);
      const rare = page.locator('.embed-settings details > summary');
      if ((await rare.count()) > 0) await rare.click();
      await expect(page.locator('.embed-stage .widget')).toContainText('⟦');
      await expectNoStrays(page);
    });
  }

  test('an address that leads nowhere', async ({ page }) => {
    await open(page, 'nowhere');
    await expectNoStrays(page);
  });
});

test.describe('widgets', () => {
  /** A widget on a page that is not about it. */
  const widget = async (page: Page, html: string): Promise<void> => {
    await page.goto('?lang=en#/nowhere');
    await page.evaluate(() => import(new URL('embed.js', location.href).href));
    await page.evaluate(text => {
      const [, name = '', attributes = ''] = /^<(\S+) (.*)>$/.exec(text) ?? [];
      const element = document.createElement(name);
      for (const [, key = '', value = ''] of attributes.matchAll(/(\S+)="([^"]*)"/g)) element.setAttribute(key, value);
      document.querySelector('main')?.replaceChildren(element);
      document.querySelector('page-header')?.remove();
      document.querySelector('.skip')?.remove();
    }, html);
  };

  for (const html of [
    '<chalk-derivation expr="relu(w·x + b)" wrt="w" lang="x-pseudo">',
    '<chalk-derivation expr="relu(w·x" wrt="w" lang="x-pseudo">',
    '<chalk-neuron data="ramp" lang="x-pseudo">',
    '<chalk-network set="xor" lang="x-pseudo">',
    '<chalk-graph expr="sin(x + x^2)" wrt="x" lang="x-pseudo">',
    '<chalk-graph expr="sin(x + x^2)" wrt="x" at="2" lang="x-pseudo">',
    '<chalk-jacobian expr="W*x" wrt="x" lang="x-pseudo">',
    '<chalk-exercise topic="jacobian" lang="x-pseudo">',
  ]) {
    test(`have no words but the words: ${html}`, async ({ page }) => {
      await widget(page, html);
      const shown = page.locator('.widget, .sorry').first();
      await expect(shown).toBeVisible();
      for (const each of await page.locator('details > summary').all()) await each.click();
      await page.evaluate(() => {
        document.title = 'Chalkgrad';
      });
      await expectNoStrays(page, html.includes('relu(w·x"') ? '' : '⟦');
    });
  }

  test('speak the language of their place, and change it with it', async ({ page }) => {
    await widget(page, '<chalk-neuron data="ramp">');
    const neuron = page.locator('chalk-neuron');
    await neuron.getByRole('button', { name: 'One step' }).click();
    await expect(neuron.locator('.neuron-finding')).toContainText('in 1 step.');
    await page.evaluate(() => {
      document.querySelector('main')?.setAttribute('lang', 'de-AT');
    });
    await expect(neuron.locator('.neuron-finding')).toContainText('in 1 Schritt.');
    await page.evaluate(() => {
      document.querySelector('chalk-neuron')?.setAttribute('lang', 'en');
    });
    await expect(neuron.getByRole('button', { name: 'One step' })).toBeVisible();
    await expect(neuron.locator('.neuron-finding')).toContainText('in 1 step.');
  });
});

test.describe('on a phone, in German', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  for (const place of [
    explore({ expr: 'relu(w·x + b)', wrt: 'w' }),
    explore({ expr: 'W*x', wrt: 'W', tensor: 'blocks' }),
    'lessons',
    'lessons/slopes?step=4',
    'lessons/jacobian?view=all',
    'practice',
    'neuron',
    'network',
    'rules',
    'embed/network',
  ]) {
    test(`nothing is wider than the screen: ${place}`, async ({ page }) => {
      await page.goto(`?lang=de#/${place}`);
      await expect(page.locator('main h1').first()).toBeVisible();
      await page.waitForTimeout(1500);
      const wide = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(wide).toBe(0);
    });
  }
});

test.describe('the language of the page', () => {
  const german = (page: Page) => page.locator('page-header [data-language="de"]');

  test('is chosen in the header, kept in the address and by links, and remembered', async ({ page }) => {
    await page.goto('#/explore');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await german(page).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'de');
    await expect(page).toHaveURL(/\?lang=de#/);
    await expect(page).toHaveTitle('Erkunden · Chalkgrad');
    await page.getByRole('link', { name: 'Regeln' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Regeln' })).toBeVisible();
    await expect(page).toHaveURL(/\?lang=de#\/rules/);

    await page.goto('#/lessons');
    await expect(page.getByRole('heading', { level: 1, name: 'Lektionen' })).toBeVisible();
    await page.goto('?lang=en#/lessons');
    await expect(page.getByRole('heading', { level: 1, name: 'Lessons' })).toBeVisible();
  });

  test('is at first the one the browser asks for', async ({ browser }) => {
    const context = await browser.newContext({ locale: 'de-CH' });
    const page = await context.newPage();
    await page.goto('#/lessons');
    await expect(page.getByRole('heading', { level: 1, name: 'Lektionen' })).toBeVisible();
    await context.close();
  });

  test('follows the address when the reader goes back', async ({ page }) => {
    await page.goto('?lang=de#/lessons');
    await page.goto('?lang=de#/lessons/slopes');
    await page.locator('page-header [data-language="en"]').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Slopes and scalar rules' })).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: 'Lektionen' })).toBeVisible();
  });

  test('is not fetched by who reads English', async ({ page }) => {
    const fetched: string[] = [];
    page.on('request', request => fetched.push(request.url()));
    await page.goto('#/lessons');
    await expect(page.getByRole('heading', { level: 1, name: 'Lessons' })).toBeVisible();
    const before = fetched.length;
    await german(page).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Lektionen' })).toBeVisible();
    // One file with every German word, and nothing else.
    expect(fetched.slice(before).filter(url => url.endsWith('.js'))).toHaveLength(1);
  });

  for (const view of ['neuron', 'network']) {
    test(`changes in mid-training, and training goes on: ${view}`, async ({ page }) => {
      await page.goto(`#/${view}`);
      const finding = page.locator('.neuron-finding');
      for (const steps of ['1 step.', '2 steps.', '3 steps.']) {
        await page.getByRole('button', { name: 'One step' }).click();
        await expect(finding).toContainText(`in ${steps}`);
      }
      const loss = /→ (\S+)/.exec((await finding.textContent()) ?? '')?.[1] ?? '';
      await german(page).click();
      await expect(finding).toContainText(`→ ${loss} in 3 Schritten.`);
      await page.getByRole('button', { name: 'Ein Schritt' }).click();
      await expect(finding).toContainText('in 4 Schritten.');
      // The words that only the engine has are German as well.
      if (view === 'network')
        await expect(page.locator('#network-weights').locator('xpath=../..')).toContainText('Glorot');
      await expect(page.locator('.neuron-failure, .neuron-stop')).toHaveCount(0);
    });
  }

  for (const view of ['neuron?rate=20&batch=24', 'network?layers=none&set=gauss&rate=2&batch=200']) {
    test(`changes when training has stopped, and so does why: ${view}`, async ({ page }) => {
      await page.goto(`#/${view}`);
      await page.getByLabel('Speed').selectOption('fast');
      await page.getByRole('button', { name: 'Play' }).click();
      const stop = page.locator('.neuron-stop');
      await expect(stop).toContainText('The step would take the loss from');
      await german(page).click();
      await expect(stop).toContainText('Der Schritt würde den Verlust von');
      await expect(stop).not.toContainText('step');
      await expect(page.locator('.neuron-failure')).toHaveCount(0);
    });
  }

  test('changes without losing what is typed, the step, or what was said', async ({ page }) => {
    await page.goto('#/explore?expr=relu(w·x + b)&wrt=w');
    await expect(page.locator('.derivation[data-ready]')).toBeVisible();
    await page.locator('.board .button-main').click();
    await page.getByLabel('Expression to differentiate').fill('relu(w·x + b) + 1');
    await expect(page.locator('.derivation[data-ready]')).toBeVisible();
    const step = await page.locator('[aria-current="step"]').getAttribute('class');
    await german(page).click();
    await expect(page.getByLabel('Ausdruck, der abgeleitet wird')).toHaveValue('relu(w·x + b) + 1');
    await expect(page.locator('[aria-current="step"]')).toHaveAttribute('class', step ?? '');

    await page.goto('?lang=en#/lessons/slopes?step=4');
    const field = page.locator('.lesson-step:not([hidden]) .typed-area');
    await field.fill('2x^2');
    await field.press('Enter');
    await expect(page.locator('.exercise-wrong')).toContainText('That is the contribution of');
    await field.fill('2x^2 ');
    await field.fill('2x^2');
    await german(page).click();
    await expect(page.locator('.exercise-wrong')).toContainText('Das ist der Beitrag von');
    await expect(field).toHaveValue('2x^2');
    await expect(page).toHaveURL(/step=4/);
  });
});
