import { type Tongue, tongue } from './words.ts';

/** Widgets that speak a language of their own, by their shadow root. */
const tongues = new WeakMap<Node, Tongue>();

/** From now on what stands in this root speaks another language than the page. */
export function setTongueOf(root: ShadowRoot, spoken: Tongue): void {
  tongues.set(root, spoken);
  root.dispatchEvent(new Event('language-change'));
}

/** The language spoken in a root: that of its widget, else the page's. */
export function tongueOf(root: Node): Tongue {
  return tongues.get(root) ?? tongue();
}
