import { html, type TemplateResult } from 'lit';
import { plainNumber } from '../draw/text.ts';
import type { Moment } from './neuron-session.ts';

/** Some twenty moments of the training, evenly spread. */
export function lossTable(history: readonly Moment[]): TemplateResult {
  const stride = Math.max(1, Math.ceil(history.length / 20));
  const rows = history.filter((_, place) => place % stride === 0 || place === history.length - 1);
  return html`<div class="neuron-scroll" role="region" tabindex="0" aria-label="The loss, step by step">
    <table class="neuron-table">
      <thead>
        <tr><th scope="col">step</th><th scope="col">loss</th><th scope="col">w₁</th><th scope="col">w₂</th><th scope="col">b</th></tr>
      </thead>
      <tbody>
        ${rows.map(
          moment => html`<tr>
            <th scope="row">${moment.step}</th>
            ${[moment.loss, ...moment.w, moment.b].map(value => html`<td>${plainNumber(value)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
