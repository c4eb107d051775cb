import { test as base, expect, type Page } from '@playwright/test';

/**
 * A page that has to stay quiet: any console message, uncaught error or breach of the content security policy fails
 * the test, whatever the test itself looks at.
 */
export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ page }, use) => {
      const noise: string[] = [];
      page.on('console', message => noise.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', error => noise.push(`error: ${error.message}`));
      page.on('requestfailed', request => noise.push(`failed: ${request.url()}`));
      await page.exposeFunction('reportBreach', (text: string) => noise.push(`policy: ${text}`));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', event => {
          const report = Reflect.get(window, 'reportBreach') as (text: string) => void;
          report(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
        });
      });
      await use(undefined);
      expect(noise).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';

/** Opens Explore with a question and waits for its derivation. */
export async function openExplore(page: Page, parameters: Record<string, string> = {}): Promise<void> {
  await page.goto(`./#/explore?${new URLSearchParams(parameters)}`);
  await derived(page);
}

/** Waits until what is on screen answers what is typed. */
export async function derived(page: Page): Promise<void> {
  await expect(page.locator('.derivation[data-ready]')).toBeVisible();
}

/** The field with the expression. */
export const field = (page: Page) => page.getByRole('textbox', { name: 'Expression to differentiate' });

/** The parameters of the address. */
export const address = (page: Page): URLSearchParams => new URLSearchParams(page.url().split('?')[1] ?? '');
