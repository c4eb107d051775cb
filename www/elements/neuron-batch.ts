import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { fixedNumber } from '../draw/text.ts';
import { NameColours } from './name-colours.ts';
import { neuronNames } from './neuron-model.ts';
import type { UpdateDetail } from './neuron-session.ts';
import { say } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

const colours = new NameColours(neuronNames);

/** The samples of the last step, with every intermediate that has one number for each of them. */
@customElement('neuron-batch')
export class NeuronBatch extends Worded {
  @property({ attribute: false }) detail: UpdateDetail | undefined;
  /** The samples used, counted from 0. */
  @property({ attribute: false }) batch: readonly number[] = [];

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const columns = this.detail?.intermediates.flatMap(({ name, latex, values }) =>
      typeof values !== 'number' && values.length === this.batch.length ? [{ name, latex, values }] : [],
    );
    if (!columns || columns.length === 0 || this.batch.length === 0) return nothing;
    return html`
      <div class="neuron-scroll" role="region" tabindex="0" aria-label=${say('ofeach')}>
        <table class="neuron-table">
          <thead>
            <tr>
              <th scope="col">${say('sample')}</th>
              ${columns.map(
                column =>
                  html`<th scope="col"><span class="visually-hidden" data-from="engine">${column.name}</span><tex-math .latex=${column.latex} .colours=${colours}></tex-math></th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${this.batch.map(
              (sample, row) => html`<tr>
                <th scope="row">${sample + 1}</th>
                ${columns.map(column => html`<td>${fixedNumber(column.values[row] ?? Number.NaN)}</td>`)}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-batch': NeuronBatch;
  }
}
