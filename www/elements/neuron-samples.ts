import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import type { Sample } from '../views/neuron-data.ts';
import type { PlaneValues } from './neuron-pictures.ts';
import { say } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';

/** One number of one sample was changed. */
export interface SampleEdit {
  readonly place: number;
  readonly sample: Sample;
}

const headings = ['x₁', 'x₂', 'y'] as const;

/**
 * The samples as a table: the picture's data for who reads rather than looks, and every number a field, so that nobody
 * has to drag. Sends `sample-edit`.
 */
@customElement('neuron-samples')
export class NeuronSamples extends Worded {
  @property({ attribute: false }) samples: readonly Sample[] = [];
  @property({ attribute: false }) values: PlaneValues | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const values = this.values?.samples.length === this.samples.length ? this.values : undefined;
    return html`
      <div class="neuron-scroll" role="region" tabindex="0" aria-label=${say('samples')}>
        <table class="neuron-table">
          <thead>
            <tr>
              <th scope="col">${say('sample')}</th>
              ${headings.map(heading => html`<th scope="col" data-from="lesson">${heading}</th>`)}
              <th scope="col" data-from="lesson">z</th>
              <th scope="col">${say('output')}</th>
              <th scope="col"><span class="visually-hidden">${say('state')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${this.samples.map(
              (sample, place) => html`<tr>
                <th scope="row">${place + 1}</th>
                ${headings.map((heading, part) => this.field(sample, place, part, heading))}
                <td>${values ? plainNumber(values.z[place] ?? Number.NaN) : ''}</td>
                <td>${values ? plainNumber(values.output[place] ?? Number.NaN) : ''}</td>
                <td>${values && !((values.z[place] ?? 0) > 0) ? say('silent') : ''}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `;
  }

  private field(sample: Sample, place: number, part: number, heading: string): TemplateResult {
    return html`<td>
      <input
        type="number"
        step="0.1"
        inputmode="decimal"
        aria-label=${say('field', { name: heading, place: place + 1 })}
        .value=${String(sample[part])}
        @change=${(event: Event) => this.edit(event, sample, place, part)}
      />
    </td>`;
  }

  private edit(event: Event, sample: Sample, place: number, part: number): void {
    const field = event.currentTarget as HTMLInputElement;
    const value = field.valueAsNumber;
    if (!Number.isFinite(value) || Math.abs(value) > 1e6) {
      field.value = String(sample[part]);
      return;
    }
    const [x1, x2, y] = sample;
    const changed: Sample = [part === 0 ? value : x1, part === 1 ? value : x2, part === 2 ? value : y];
    const detail: SampleEdit = { place, sample: changed };
    this.dispatchEvent(new CustomEvent<SampleEdit>('sample-edit', { detail, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-samples': NeuronSamples;
  }
}
