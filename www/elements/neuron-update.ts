import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { fixedNumber } from '../draw/text.ts';
import { NameColours } from './name-colours.ts';
import { neuronNames } from './neuron-model.ts';
import type { ParameterUpdate, UpdateDetail } from './neuron-session.ts';
import { say } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

const colours = new NameColours(neuronNames);

/**
 * One update with its numbers: for each parameter the gradient's formula, as the engine derived it, its value, and the
 * subtraction that gives the next value.
 */
@customElement('neuron-update')
export class NeuronUpdate extends Worded {
  @property({ attribute: false }) detail: UpdateDetail | undefined;
  /** The rate with which the update was done. */
  @property({ type: Number }) rate = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const detail = this.detail;
    if (!detail) {
      return html`<p class="neuron-note">${say('dostep')}</p>`;
    }
    return html`
      <div class="neuron-formulas">
        <tex-math display label=${say('theloss')} .latex=${`C = ${detail.loss_latex}`} .colours=${colours}></tex-math>
        ${inOurOrder(detail.params).map(update => this.parameter(update))}
      </div>
    `;
  }

  private parameter(update: ParameterUpdate): TemplateResult {
    const name = nameLatex(update);
    const partial = `\\frac{\\partial C}{\\partial ${name}}`;
    const gradient = numbersLatex(update.gradient);
    const factor = typeof update.gradient === 'number' && update.gradient < 0 ? `(${gradient})` : gradient;
    const difference = `${numbersLatex(update.before)} - ${plain(this.rate)}\\cdot ${factor}`;
    return html`
      <section class="neuron-parameter" aria-label=${say('update', { name: update.name })}>
        <div class="neuron-line">
          ${this.piece(say('gradient', { name: update.name }), partial)}
          ${this.piece(say('gradientformula', { name: update.name }), `= ${update.latex}`)}
          ${this.piece(say('gradientvalue', { name: update.name }), `${partial} = ${gradient}`)}
        </div>
        <div class="neuron-line">
          ${this.piece(say('newrule', { name: update.name }), `${name} \\leftarrow ${name} - \\eta\\,${partial}`)}
          ${this.piece(say('newnumbers', { name: update.name }), `= ${difference}`)}
          ${this.piece(say('newvalue', { name: update.name }), `= ${numbersLatex(update.after)}`)}
        </div>
        <details class="neuron-digits">
          <summary>${say('digits')}</summary>
          <table>
            <thead><tr><th scope="col">${say('entry')}</th><th scope="col">${say('before')}</th><th scope="col">${say('gradienthead')}</th><th scope="col">${say('after')}</th></tr></thead>
            <tbody>
              ${listOf(update.before).map(
                (before, place) => html`<tr
                  ><th scope="row" data-from="engine">${entryName(update, place)}</th
                  ><td>${before}</td><td>${listOf(update.gradient)[place]}</td><td>${listOf(update.after)[place]}</td></tr
                >`,
              )}
            </tbody>
          </table>
        </details>
      </section>
    `;
  }

  /** A line breaks between its pieces only; a piece that is too wide by itself scrolls. */
  private piece(label: string, latex: string): TemplateResult {
    return html`<tex-math display label=${label} .latex=${latex} .colours=${colours}></tex-math>`;
  }
}

/** The weights first, as everywhere on the page. */
function inOurOrder(updates: readonly ParameterUpdate[]): ParameterUpdate[] {
  const place = (update: ParameterUpdate): number => neuronNames.indexOf(update.name);
  return [...updates].sort((one, other) => place(one) - place(other));
}

/** The parameter as the engine's formulas write it, so that it gets its colour: bold for a vector. */
function nameLatex(update: ParameterUpdate): string {
  // Only names of this neuron's own two parameters come here; anything else is left without markup.
  if (update.name !== 'w' && update.name !== 'b') return '\\theta';
  const letter = Array.isArray(update.before) ? `\\mathbf{${update.name}}` : update.name;
  return `\\htmlData{name=${update.name}}{${letter}}`;
}

function entryName(update: ParameterUpdate, place: number): string {
  return Array.isArray(update.before) ? `${update.name}${'₁₂₃₄'[place] ?? place + 1}` : update.name;
}

function listOf(value: number | readonly number[]): readonly number[] {
  return typeof value === 'number' ? [value] : value;
}

function numbersLatex(value: number | readonly number[]): string {
  if (typeof value === 'number') return short(value);
  return `[${value.map(short).join(',\\; ')}]`;
}

/** A number in LaTeX, rounded. */
function short(value: number): string {
  return fixedNumber(value).replace('−', '-');
}

/** A number in LaTeX as it was set. */
function plain(value: number): string {
  return String(value).replace(/e([+-]?)\+?(\d+)/, '\\cdot 10^{$1$2}');
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-update': NeuronUpdate;
  }
}
