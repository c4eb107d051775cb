// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { setMathml } from './native-math.ts';

test('a tree becomes elements of MathML, and text stays text', () => {
  const box = document.createElement('span');
  const name = { tag: 'mi', text: '<b>x</b>', name: 'x', bold: true };
  setMathml({ tag: 'msup', intent: 'power', children: [name, { tag: 'mn', text: '2' }] }, box, true);
  const power = box.querySelector('msup');
  expect(power?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
  expect(power?.getAttribute('data-intent')).toBe('power');
  expect(box.querySelector('[data-name="x"]')?.textContent).toBe('<b>x</b>');
  expect(box.querySelector('b')).toBeNull();
});

test('no element comes in that formulas do not need', () => {
  const box = document.createElement('span');
  setMathml({ tag: 'script', text: 'alert(1)' }, box, false);
  expect(box.querySelector('script')).toBeNull();
  expect(box.querySelector('mrow')?.textContent).toBe('alert(1)');
});
