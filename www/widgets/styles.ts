import katexCss from 'katex/dist/katex.min.css?inline';
import { adoptSheet } from '../elements/neuron-sheets.ts';
import baseCss from '../styles/base.css?inline';
import controlsCss from '../styles/controls.css?inline';
import formulaCss from '../styles/formula.css?inline';
import namesCss from '../styles/names.css?inline';
import tokensCss from '../styles/tokens.css?inline';
import widgetCss from './widget.css?inline';

let formulaSheets: { fonts: string; rules: string } | undefined;

/**
 * Gives a widget's shadow root the page's look, and `more` of it. The fonts are the host page's; only formulas bring
 * their own, and those are announced in the document, because a shadow root's fonts are not found.
 */
export function adoptStyles(host: HTMLElement, root: ShadowRoot, ...more: string[]): void {
  formulaSheets ??= split(katexCss);
  adoptSheet(document, formulaSheets.fonts);
  for (const css of [tokensCss, namesCss, baseCss, controlsCss, formulaCss, ...more, widgetCss]) {
    adoptSheet(root, withOwnMeasure(css));
  }
  adoptSheet(root, formulaSheets.rules);
  const font = getComputedStyle(host).fontFamily;
  host.style.setProperty('--prose', font);
  host.style.setProperty('--control', font);
}

/** Takes the font faces apart from the rest of a sheet. */
function split(css: string): { fonts: string; rules: string } {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const rules = [...sheet.cssRules];
  const text = (wanted: boolean): string =>
    rules
      .filter(rule => rule instanceof CSSFontFaceRule === wanted)
      .map(rule => rule.cssText)
      .join('\n');
  return { fonts: text(true), rules: text(false) };
}

/**
 * Makes a sheet of the page fit for a widget. `rem` means the host page's root, which may be any size: widgets measure
 * in a unit of their own. And what the page breaks by the width of the window, a widget breaks by its own width.
 */
function withOwnMeasure(css: string): string {
  return css
    .replace(/@media\s*\((?:max-width:|width\s*<=)\s*([\d.]+)rem\)/g, (_, width: string) => {
      return `@container (max-width: ${Number(width) * 16}px)`;
    })
    .split(/(@(?:media|container)[^{]*)/)
    .map((part, place) => (place % 2 === 1 ? part : part.replace(/(\d*\.?\d+)rem\b/g, 'calc($1 * var(--chalk-unit))')))
    .join('');
}
