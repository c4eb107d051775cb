import katex from 'katex';
import type { KatexOptions, TrustContext } from 'katex';
import { breakBeforeEquals } from './line-breaks.ts';

/** The only commands with side effects on the DOM that are let through; all three come from the engine's printer. */
const trusted = new Set(['\\htmlData', '\\htmlClass', '\\htmlId']);

/** Longer LaTeX is not typeset: it would hold up the page. The engine's own limit is the same. */
const longestLatex = 40_000;

/**
 * Every option is set, on an object without a prototype, so that nothing can be slipped in through an inherited
 * property. The macros are fresh each time because KaTeX writes into them.
 */
function options(): KatexOptions {
  return Object.assign(Object.create(null) as KatexOptions, {
    // Display style is set by a command instead: KaTeX's own display mode never breaks a line.
    displayMode: false,
    output: 'htmlAndMathml',
    leqno: false,
    fleqn: false,
    throwOnError: true,
    errorColor: '#b3261e',
    macros: Object.create(null) as Record<string, string>,
    minRuleThickness: 0.04,
    colorIsTextColor: false,
    strict: 'ignore',
    trust: (context: TrustContext) => trusted.has(context.command),
    maxSize: 20,
    // Counted over the whole formula, and each \operatorname costs some: 100 would refuse formulas of our own length.
    maxExpand: 4000,
    globalGroup: false,
  } satisfies KatexOptions);
}

/**
 * Typesets LaTeX that the engine wrote into `box`, replacing what was there. What KaTeX refuses is shown as plain
 * text: one bad formula must not take the page with it. Returns whether it was typeset.
 */
export function typeset(latex: string, box: HTMLElement, display = false): boolean {
  try {
    if (latex.length > longestLatex) throw new RangeError('too long to typeset');
    katex.render(display ? `\\displaystyle ${breakBeforeEquals(latex)}` : latex, box, options());
    return true;
  } catch {
    box.textContent = latex;
    return false;
  }
}
