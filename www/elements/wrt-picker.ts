import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NameView } from '../engine/contract.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { say } from '../words/explore.ts';
import { Worded } from '../words/worded.ts';

/** Fired when the reader picks what to differentiate by. */
export type WrtChange = CustomEvent<{ value: string }>;

/** The choice that opens a field, for components and lists of the reader's own. No name contains a space. */
const ownChoice = ' …';

/**
 * Picks what to differentiate by: one of the names found, all scalars read as one vector, or anything typed (`x[2]`,
 * `[w, b]`). Fires `wrt-change`.
 */
@customElement('wrt-picker')
export class WrtPicker extends Worded {
  @property() value = '';
  @property({ attribute: false }) names: readonly NameView[] = [];
  @property({ attribute: false }) colours: NameColours = noColours;

  @state() private typing = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<span class="by" aria-hidden="true">${say('by')}</span> ${this.typing ? this.field() : this.list()}`;
  }

  private list(): TemplateResult {
    const names = this.names.map(each => each.name);
    const scalars = this.names.filter(each => each.shape.length === 0).map(each => each.name);
    const together = scalars.length > 1 ? [`[${scalars.join(', ')}]`] : [];
    const offered = [...names, ...together];
    const choices = offered.includes(this.value) || this.value === '' ? offered : [...offered, this.value];
    return html`<select
      class="typed-select ${this.colours.classOf(this.value)}"
      aria-label=${say('differentiate')}
      @change=${this.picked}
    >
      ${choices.map(
        choice =>
          html`<option class=${this.colours.classOf(choice)} value=${choice} ?selected=${choice === this.value} data-from="reader">${choice}</option>`,
      )}
      <option value=${ownChoice}>${say('own')} …</option>
      ${choices.includes(this.value) ? nothing : html`<option value="" selected hidden></option>`}
    </select>`;
  }

  private field(): TemplateResult {
    return html`<input
      class="typed-own"
      aria-label=${say('differentiate')}
      spellcheck="false"
      autocapitalize="off"
      autocomplete="off"
      .value=${this.value}
      @change=${this.entered}
      @blur=${() => this.stopTyping()}
      @keydown=${this.pressed}
    />`;
  }

  private async picked(event: Event): Promise<void> {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement)) return;
    if (select.value !== ownChoice) {
      this.report(select.value);
      return;
    }
    this.typing = true;
    await this.updateComplete;
    const input = this.querySelector('input');
    input?.focus();
    input?.select();
  }

  private entered(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.report(event.target.value.trim());
  }

  private async pressed(event: KeyboardEvent): Promise<void> {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    if (event.key === 'Enter') this.entered(event);
    this.stopTyping();
    await this.updateComplete;
    this.querySelector('select')?.focus();
  }

  private stopTyping(): void {
    this.typing = false;
  }

  private report(value: string): void {
    if (value === '' || value === this.value) return;
    this.value = value;
    this.dispatchEvent(new CustomEvent('wrt-change', { detail: { value }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wrt-picker': WrtPicker;
  }
}
