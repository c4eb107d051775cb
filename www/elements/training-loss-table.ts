import { html, type TemplateResult } from 'lit';
import type { TrainingMoment } from './training-session.ts';
import { say } from '../words/neuron.ts';

/** A column of the table: its heading, and what a moment has in it. */
export interface LossColumn<M> {
  /** Said when it is shown. */
  readonly title: () => string;
  readonly cell: (moment: M) => string;
}

/** Some twenty moments of the training, evenly spread. */
export function lossTable<M extends TrainingMoment>(
  history: readonly M[],
  label: string,
  columns: readonly LossColumn<M>[],
): TemplateResult {
  const stride = Math.max(1, Math.ceil(history.length / 20));
  const rows = history.filter((_, place) => place % stride === 0 || place === history.length - 1);
  return html`<div class="neuron-scroll" role="region" tabindex="0" aria-label=${label}>
    <table class="neuron-table">
      <thead>
        <tr><th scope="col">${say('steps')}</th>${columns.map(({ title }) => html`<th scope="col">${title()}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(
          moment => html`<tr>
            <th scope="row">${moment.step}</th>
            ${columns.map(({ cell }) => html`<td>${cell(moment)}</td>`)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
