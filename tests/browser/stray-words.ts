import { expect, type Page } from '@playwright/test';

/**
 * What stands on the page outside of the brackets that the tests' language puts around every text of ours: text, names
 * for screen readers, hints and placeholders, also in the shadow roots of widgets. What comes from elsewhere is marked
 * where it stands: `data-from="engine"`, `"lesson"` or `"reader"` (and `"words"` for ours inside of it), `translate="no"`
 * for our name, `lang` for another language; formulas and code need no mark.
 */
function strays(): string[] {
  const foreign =
    'code, pre, script, style, noscript, .katex, math, [lang]:not(:root, [lang="x-pseudo"]), [translate="no"]';
  const spoken = [
    'aria-label',
    'aria-valuetext',
    'aria-roledescription',
    'aria-description',
    'title',
    'placeholder',
    'alt',
  ];

  const isForeign = (start: Node): boolean => {
    for (let node: Node | null = start; node; node = node instanceof ShadowRoot ? node.host : node.parentNode) {
      if (!(node instanceof Element)) continue;
      const from = node.getAttribute('data-from');
      if (from === 'words') return false;
      if (from !== null || node.matches(foreign)) return true;
    }
    return false;
  };
  const isStray = (text: string): boolean => {
    let rest = text;
    for (let before = ''; before !== rest; ) {
      before = rest;
      rest = rest.replace(/⟦[^⟦⟧]*⟧/g, '');
    }
    return /\p{L}/u.test(rest);
  };

  const found: string[] = [];
  const place = (element: Element | null): string => `${element?.localName}.${element?.getAttribute('class') ?? ''}`;
  const walk = (root: Document | ShadowRoot | Element): void => {
    for (const node of root.childNodes) {
      if (node instanceof Text && isStray(node.data) && !isForeign(node))
        found.push(`${place(node.parentElement)}: ${node.data.trim().slice(0, 80)}`);
      if (!(node instanceof Element)) continue;
      for (const name of spoken) {
        const text = node.getAttribute(name);
        if (text && isStray(text) && !isForeign(node)) found.push(`${place(node)} ${name}: ${text.slice(0, 80)}`);
      }
      if (node.shadowRoot) walk(node.shadowRoot);
      walk(node);
    }
  };
  if (document.body) walk(document.body);
  if (document.title !== 'Chalkgrad' && isStray(document.title)) found.push(`document.title: ${document.title}`);
  return found;
}

/** Fails where a word on the page is written into the code and not into the words. */
export async function expectNoStrays(page: Page, sign = '⟦'): Promise<void> {
  // There is something to look at, and it is in brackets: an empty page would pass.
  await expect(page.locator('body')).toContainText(sign);
  expect([...new Set(await page.evaluate(strays))]).toEqual([]);
}
