import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import type { BuiltNetwork } from '../engine/client.ts';
import type { Nested } from '../engine/fast-trainer.ts';
import type { WeightPlace } from './network-lab.ts';
import { flat, shapeOf } from './network-layout.ts';
import { entryName, spoken } from './network-words.ts';
import { say } from '../words/network.ts';
import { Worded } from '../words/worded.ts';

/** All weights and biases as numbers, each a button that shows its derivative. Sends `weight-choose`. */
@customElement('network-table')
export class NetworkTable extends Worded {
  @property({ attribute: false }) built: BuiltNetwork | undefined;
  @property({ attribute: false }) params: Readonly<Record<string, Nested>> = {};
  /** Whether the numbers are only to be read. */
  @property({ type: Boolean }) fixed = false;
  @property({ attribute: false }) chosen: WeightPlace | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.built) return nothing;
    return html`${this.built.layers.map(layer => this.layer(layer))}`;
  }

  private layer({ weights, bias, inputs, outputs }: BuiltNetwork['layers'][number]): TemplateResult {
    const to = Array.from({ length: outputs }, (_, at) => at);
    const from = Array.from({ length: inputs }, (_, row) => row);
    return html`<div class="neuron-scroll" role="region" tabindex="0" aria-label=${say('both', { weights: spoken(weights), bias: spoken(bias) })}>
      <table class="neuron-table network-weights">
        <caption>${say('caption', { weights: spoken(weights), bias: spoken(bias) })}</caption>
        <tbody>
          ${from.map(
            row => html`<tr>
              <th scope="row">${say('from', { row: row + 1 })}</th>
              ${to.map(at => this.cell(weights, row * outputs + at))}
            </tr>`,
          )}
          <tr>
            <th scope="row">${say('bias')}</th>
            ${to.map(at => this.cell(bias, at))}
          </tr>
        </tbody>
      </table>
    </div>`;
  }

  private cell(name: string, entry: number): TemplateResult {
    const value = plainNumber(flat(this.params[name])[entry] ?? Number.NaN);
    if (this.fixed) return html`<td>${value}</td>`;
    const chosen = this.chosen?.name === name && this.chosen.entry === entry;
    return html`<td>
      <button
        type="button"
        class="button-quiet network-cell"
        aria-pressed=${chosen}
        aria-label=${say('cell', { name: entryName(name, entry, shapeOf(this.params[name])), value })}
        @click=${() => this.choose(name, entry)}
      >${value}</button>
    </td>`;
  }

  private choose(name: string, entry: number): void {
    this.dispatchEvent(new CustomEvent<WeightPlace>('weight-choose', { detail: { name, entry }, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'network-table': NetworkTable;
  }
}
