import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Intermediate } from '../engine/contract.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { say } from '../words/explore.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** The named intermediates of a derivation, each with its shape. Shows nothing where there are none. */
@customElement('intermediates-table')
export class IntermediatesTable extends Worded {
  @property({ attribute: false }) intermediates: readonly Intermediate[] = [];
  @property({ attribute: false }) colours: NameColours = noColours;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.intermediates.length === 0) return nothing;
    return html`<table class="intermediates">
      <caption class="side-title">${say('intermediates')}</caption>
      <thead class="visually-hidden"><tr><th>${say('definition')}</th><th>${say('shape')}</th></tr></thead>
      <tbody>
        ${this.intermediates.map(
          each => html`<tr>
            <td><tex-math display label=${say('definitionof', { name: each.name })} .latex=${each.latex} .colours=${this.colours}></tex-math></td>
            <td class="row-shape" data-from="engine">${each.shape}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'intermediates-table': IntermediatesTable;
  }
}
