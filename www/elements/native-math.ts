import type { MathNode } from '../engine/contract.ts';

const namespace = 'http://www.w3.org/1998/Math/MathML';

/** The elements that a tree may be made of; anything else is left out. */
const tags = new Set([
  'mi',
  'mn',
  'mo',
  'mtext',
  'mrow',
  'mfrac',
  'msup',
  'msub',
  'mover',
  'munderover',
  'msqrt',
  'mtable',
  'mtr',
  'mtd',
]);

/** Signs that must not stretch or lean: brackets do as the browser likes. */
const functionSign = '\u2061';

/**
 * Puts a formula into `box` as MathML, element by element; no text becomes markup. `words` is what a reader says that
 * reads the formula as a whole.
 */
export function setMathml(tree: MathNode, box: HTMLElement, display: boolean): void {
  const math = document.createElementNS(namespace, 'math');
  if (display) math.setAttribute('display', 'block');
  math.append(elementOf(tree));
  box.replaceChildren(math);
}

function elementOf(node: MathNode): Element {
  const element = document.createElementNS(namespace, tags.has(node.tag) ? node.tag : 'mrow');
  if (node.intent) element.setAttribute('data-intent', node.intent);
  if (node.name) element.setAttribute('data-name', node.name);
  if (node.bold) element.classList.add('math-bold');
  // One letter would lean; what is bold or a function stands upright.
  if (node.bold && node.tag === 'mi') element.setAttribute('mathvariant', 'normal');
  if (node.text) element.textContent = node.text;
  if (node.text === functionSign) element.setAttribute('lspace', '0');
  for (const child of node.children ?? []) element.append(elementOf(child));
  return element;
}
