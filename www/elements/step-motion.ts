/** Where a formula was when the reader pressed the button, and which formula of the next step it becomes. */
export interface Leaving {
  readonly from: DOMRect;
  readonly into: 'before' | 'after';
}

const timing: KeyframeAnimationOptions = { duration: 200, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)' };

/**
 * A step begins with the formula that the one before ended with: that formula moves from where it was to where it is,
 * and the other one appears. Nothing moves for readers who asked for less motion.
 */
export function moveFormula(formulas: Element, { from, into }: Leaving): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const moving = formulas.querySelector<HTMLElement>(`:scope > .step-${into} .tex-box`);
  const appearing = formulas.querySelector<HTMLElement>(
    `:scope > .step-${into === 'before' ? 'after' : 'before'} .tex-box`,
  );
  if (moving) {
    const to = moving.getBoundingClientRect();
    const across = from.left + from.width / 2 - (to.left + to.width / 2);
    const down = from.top + from.height / 2 - (to.top + to.height / 2);
    moving.animate([{ transform: `translate(${across}px, ${down}px)` }, { transform: 'none' }], timing);
  }
  appearing?.animate([{ opacity: 0 }, { opacity: 1 }], timing);
}
