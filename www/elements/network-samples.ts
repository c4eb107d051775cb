import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import type { SurfaceValues } from './network-lab.ts';
import { isRight } from './network-words.ts';
import { say } from '../words/network.ts';
import { say as shared } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';

/**
 * The samples with what the network says of each: the picture of the decision for who reads rather than looks. Closed it costs
 * nothing; while training goes on it waits, since nobody reads so fast.
 */
@customElement('network-samples')
export class NetworkSamples extends Worded {
  @property({ attribute: false }) values: SurfaceValues | undefined;
  /** Between the classes. */
  @property({ type: Number }) boundary = 0;
  @property({ type: Boolean }) playing = false;
  @state() private open = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<details
      class="neuron-more"
      @toggle=${(event: Event) => {
        this.open = (event.currentTarget as HTMLDetailsElement).open;
      }}
    >
      <summary>${say('sampletable')}</summary>
      ${this.open ? this.table() : nothing}
    </details>`;
  }

  private table(): TemplateResult {
    if (this.playing) return html`<p class="neuron-note">${say('pause')}</p>`;
    const { samples, output } = this.values ?? { samples: [], output: new Float32Array(0) };
    return html`<div class="neuron-scroll" role="region" tabindex="0" aria-label=${shared('samples')}>
      <table class="neuron-table">
        <caption>${say('boundary', { boundary: plainNumber(this.boundary) })}</caption>
        <thead>
          <tr>
            <th scope="col">${shared('sample')}</th>
            ${['x₁', 'x₂'].map(name => html`<th scope="col" data-from="engine">${name}</th>`)}
            ${[say('class'), shared('output'), say('side')].map(title => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${samples.map(([x1, x2, y], place) => {
            const value = output[place] ?? Number.NaN;
            return html`<tr>
              <th scope="row">${place + 1}</th>
              ${[x1, x2, y, value].map(number => html`<td>${plainNumber(number)}</td>`)}
              <td>${isRight(y, value, this.boundary) ? say('yes') : say('no')}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'network-samples': NetworkSamples;
  }
}
