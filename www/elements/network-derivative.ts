import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import type { Formula } from '../engine/fast-trainer.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { entryPlace } from './network-words.ts';
import { say } from '../words/network.ts';
import { Worded } from '../words/worded.ts';
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
export class NetworkDerivative extends Worded {
  @property({ attribute: false }) slope: Slope | undefined;
  @property({ attribute: false }) colours: NameColours = noColours;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { slope } = this;
    if (!slope) {
      return html`<p class="neuron-note">${say('clickone')}</p>`;
    }
    const { formula, shape, entry, value, step } = slope;
    const place = entryPlace(entry, shape);
    if (!Number.isFinite(slope.slope)) {
      return html`<p class="neuron-note">${say('steep', { step })}</p>`;
    }
    const whole = `\\frac{\\partial C}{\\partial ${formula.symbol}}`;
    // Only whole numbers and a comma come behind the engine's own LaTeX.
    const index = place === '' ? '' : `_{${place}}`;
    const entryOf = place === '' ? whole : `\\left(${whole}\\right)${index}`;
    return html`
      <div class="neuron-formulas network-derivative">
        <div class="neuron-line">
          ${this.piece(say('thederivative'), whole)} ${this.piece(say('theformula'), `= ${formula.latex}`)}
        </div>
        ${this.piece(say('itsentry'), `${entryOf} = ${latexNumber(slope.slope)}`)}
      </div>
      <p class="neuron-note">
        ${say('slope', {
          value: plainNumber(value),
          slope: plainNumber(slope.slope, 6),
          step,
          direction: directionWords(slope.slope),
        })}
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
  if (slope === 0) return say('level');
  return slope > 0 ? say('rises') : say('falls');
}

declare global {
  interface HTMLElementTagNameMap {
    'network-derivative': NetworkDerivative;
  }
}
