import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import type { Formula } from '../engine/fast-trainer.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { entryPlace } from './network-words.ts';
import './tex-math.ts';

/** The chosen weight with its numbers, as the engine told them. */
export interface Slope {
  readonly formula: Formula;
  readonly shape: readonly number[];
  readonly entry: number;
  readonly value: number;
  /** The loss's slope along it over all samples, at `step`. */
  readonly slope: number;
  readonly step: number;
}

/** The derivative of the loss by one weight: the formula that was derived, and today's number. */
@customElement('network-derivative')
export class NetworkDerivative extends LitElement {
  @property({ attribute: false }) slope: Slope | undefined;
  @property({ attribute: false }) colours: NameColours = noColours;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { slope } = this;
    if (!slope) {
      return html`<p class="neuron-note">Click a line or a circle of the network, or a number in the table of weights.</p>`;
    }
    const { formula, shape, entry, value, step } = slope;
    const place = entryPlace(entry, shape);
    if (!Number.isFinite(slope.slope)) {
      return html`<p class="neuron-note">At step ${step} this derivative is not a finite number: the loss is too steep here.</p>`;
    }
    const whole = `\\frac{\\partial C}{\\partial ${formula.symbol}}`;
    // Only whole numbers and a comma come behind the engine's own LaTeX.
    const index = place === '' ? '' : `_{${place}}`;
    const entryOf = place === '' ? whole : `\\left(${whole}\\right)${index}`;
    return html`
      <div class="neuron-formulas network-derivative">
        <div class="neuron-line">
          ${this.piece('The derivative', whole)} ${this.piece('The derivative, formula', `= ${formula.latex}`)}
        </div>
        ${this.piece('Its entry for this weight', `${entryOf} = ${latexNumber(slope.slope)}`)}
      </div>
      <p class="neuron-note">
        The weight is ${plainNumber(value)} and the slope ${plainNumber(slope.slope, 6)}, over all samples, at step ${step}.
        ${directionWords(slope.slope)} Each step goes along this formula over its own batch.
      </p>
    `;
  }

  private piece(label: string, latex: string): TemplateResult {
    return html`<tex-math display label=${label} .latex=${latex} .colours=${this.colours}></tex-math>`;
  }
}

/** A slope in LaTeX, with the digits that count: near the end of training slopes are small. */
function latexNumber(value: number): string {
  return plainNumber(value)
    .replaceAll('−', '-')
    .replace(/e(-?\d+)$/, '\\cdot 10^{$1}');
}

function directionWords(slope: number): string {
  if (slope === 0) return 'The loss does not change with it here.';
  return slope > 0
    ? 'The loss rises with it, so steps make it smaller.'
    : 'The loss falls as it grows, so steps make it larger.';
}

declare global {
  interface HTMLElementTagNameMap {
    'network-derivative': NetworkDerivative;
  }
}
