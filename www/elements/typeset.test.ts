// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest';

// KaTeX looks at this when it is loaded, and happy-dom says nothing: our pages are in standards mode.
Object.defineProperty(document, 'compatMode', { value: 'CSS1Compat' });
const { typeset } = await import('./typeset.ts');

function box(latex: string): { box: HTMLElement; done: boolean } {
  const element = document.createElement('span');
  return { box: element, done: typeset(latex, element) };
}

describe('typeset', () => {
  test('keeps the marks of the engine', () => {
    const { box: element, done } = box('\\htmlData{name=w_1}{w} + \\htmlClass{changed}{x}');
    expect(done).toBe(true);
    expect(element.querySelector('[data-name="w_1"]')?.textContent).toBe('w');
    expect(element.querySelector('.changed')?.textContent).toBe('x');
  });

  test.each(['\\frac{1', '\\nosuchcommand'])('shows %s as the text it is', latex => {
    const { box: element, done } = box(latex);
    expect(done).toBe(false);
    expect(element.textContent).toBe(latex);
    expect(element.children.length).toBe(0);
  });

  test.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://example.org}',
    '\\includegraphics{https://example.org/x.png}',
    '\\htmlStyle{position: fixed}{x}',
  ])('makes nothing of %s', latex => {
    const { box: element } = box(latex);
    expect(element.querySelector('a, img, [href], [src]')).toBeNull();
    expect([...element.querySelectorAll<HTMLElement>('*')].filter(each => each.style?.position === 'fixed')).toEqual(
      [],
    );
  });

  test('deep nesting, endless macros and great length are text, too', () => {
    for (const latex of ['{'.repeat(5000) + '}'.repeat(5000), '\\def\\a{\\a\\a}\\a', 'x'.repeat(50_000)]) {
      expect(box(latex).done).toBe(false);
    }
  });

  test('a macro does not live on', () => {
    expect(box('\\gdef\\mine{x}\\mine').done).toBe(true);
    expect(box('\\mine').done).toBe(false);
  });

  test('a formula of four hundred named functions is typeset', () => {
    expect(box(Array.from({ length: 400 }, () => '\\operatorname{relu}(x)').join(' + ')).done).toBe(true);
  });

  test('what an inherited property says is not an option', () => {
    Object.defineProperty(Object.prototype, 'trust', { value: true, configurable: true });
    try {
      expect(box('\\href{https://example.org}{x}').done).toBe(false);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'trust');
    }
  });
});
