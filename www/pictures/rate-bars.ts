import { html, nothing, svg, type TemplateResult } from 'lit';
import type { NameColours } from '../elements/name-colours.ts';
import '../elements/tex-math.ts';
import { showNumber } from '../lessons/numbers.ts';

const bar = { width: 200, height: 22 };

/** One rate: whose it is, typeset, and how large; `before`, drawn hollow, is what it would be without the activation. */
export interface Rate {
  readonly label: string;
  readonly value: number;
  readonly before?: number;
}

/** A bar for each rate, from the middle to the left or right; the number stands beside it. */
export function rateBars(
  title: string,
  rates: readonly Rate[],
  silent: boolean,
  colours: NameColours,
  least = 1,
): TemplateResult {
  const reach = Math.max(least, ...rates.map(rate => Math.abs(rate.before ?? rate.value)));
  return html`<div class="kink-weights" data-silent=${silent ? 'yes' : 'no'}>
    <p class="kink-title">${title}</p>
    <ul>
      ${rates.map(
        rate => html`<li>
          <tex-math .latex=${rate.label} .colours=${colours}></tex-math>
          <svg class="kink-bar" viewBox="0 0 ${bar.width} ${bar.height}" aria-hidden="true">
            <path class="kink-middle" d="M${bar.width / 2},0V${bar.height}" />
            ${rate.before === undefined ? nothing : barOf('kink-hollow', rate.before / reach)} ${barOf('kink-length', rate.value / reach)}
          </svg>
          <span class="kink-value">${showNumber(rate.value)}</span>
        </li>`,
      )}
    </ul>
  </div>`;
}

/** A bar from the middle, `part` of the way to the left or right. */
function barOf(kind: string, part: number): TemplateResult {
  const middle = bar.width / 2;
  const end = middle + part * (middle - 4);
  return svg`<rect
    class=${kind} x=${Math.min(middle, end)} y="4" width=${Math.abs(end - middle)} height=${bar.height - 8} rx="2"
  />`;
}
