import { html, type TemplateResult } from 'lit';

/** One among few, each written as a formula. */
export interface Choices {
  /** Makes the group its own: a page may have two of a kind. */
  readonly group: string;
  readonly legend: string;
  readonly each: readonly (TemplateResult | string)[];
  readonly at: number;
  readonly pick: (place: number) => void;
}

/** Radio buttons in a row, walked through with the arrows. */
export function choices({ group, legend, each, at, pick }: Choices): TemplateResult {
  return html`<fieldset class="picture-choices">
    <legend>${legend}</legend>
    ${each.map(
      (label, place) => html`<label class="picture-choice">
        <input type="radio" name=${group} .checked=${place === at} @change=${() => pick(place)} />
        <span data-from="lesson">${label}</span>
      </label>`,
    )}
  </fieldset>`;
}
