import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Entries, Entry } from '../engine/contract.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { prose } from './prose.ts';
import './tex-math.ts';

/** Fired when the reader asks for another size of a dimension. */
export type SizeChange = CustomEvent<{ name: string; size: number }>;

/** Sizes a reader may choose from; larger grids say no more and take long to typeset. */
const sizes = { least: 1, most: 5 } as const;

/**
 * The Jacobian opened into its entries at small sizes. Pointing at an entry, or going to it with the arrow keys, says
 * which partial derivative it is, what it is, and why; for a zero, why it is zero. Fires `size-change`.
 */
@customElement('entry-grid')
export class EntryGrid extends LitElement {
  @property({ attribute: false }) entries: Entries | undefined;
  @property({ attribute: false }) colours: NameColours = noColours;

  /** The entry spoken about, a place in the list. */
  @state() private chosen = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('entries') || !this.entries) return;
    if (this.chosen >= this.entries.entries.length) this.chosen = 0;
  }

  protected override updated(): void {
    // Through the CSSOM: the content security policy forbids style attributes.
    const grid = this.querySelector<HTMLElement>('.entry-grid');
    grid?.style.setProperty('--columns', String(this.entries?.columns ?? 1));
  }

  protected override render(): TemplateResult | typeof nothing {
    const grid = this.entries;
    if (!grid || grid.entries.length === 0) return nothing;
    const entry = grid.entries[this.chosen];
    return html`<section class="entries">
      <h2 class="side-title">Entry by entry</h2>
      ${Object.entries(grid.sizes).map(([name, size]) => this.sizer(name, size))}
      <div class="entry-scroll">
        <div
          class="entry-grid"
          role="group"
          aria-label="Entries, ${grid.rows} by ${grid.columns}"
          @keydown=${this.pressed}
        >${grid.entries.map((each, place) => this.cell(each, place))}</div>
      </div>
      ${grid.cut ? html`<p class="entry-cut">Only a part is shown: the whole does not fit.</p>` : nothing}
      ${entry ? this.about(entry) : nothing}
    </section>`;
  }

  private sizer(name: string, size: number): TemplateResult {
    const button = (to: number, sign: string, word: string): TemplateResult => html`<button
      type="button"
      class="button-quiet"
      aria-label="${word} ${name}"
      aria-disabled=${to < sizes.least || to > sizes.most ? 'true' : 'false'}
      @click=${() => this.resize(name, to)}
    >${sign}</button>`;
    return html`<span class="sizer" role="group" aria-label="Size of ${name}">
      ${button(size - 1, '−', 'Smaller')}<span class="sizer-value">${name} = ${size}</span>${button(size + 1, '+', 'Larger')}
    </span>`;
  }

  private cell(entry: Entry, place: number): TemplateResult {
    const here = place === this.chosen;
    const columns = this.entries?.columns ?? 1;
    return html`<button
      type="button"
      class="entry ${entry.zero ? 'entry-zero' : ''}"
      tabindex=${here ? 0 : -1}
      aria-pressed=${here ? 'true' : 'false'}
      @focus=${() => this.choose(place)}
      @pointerenter=${() => this.choose(place)}
      @click=${() => this.choose(place)}
    ><span class="visually-hidden">Row ${Math.floor(place / columns) + 1}, column ${(place % columns) + 1}: </span
      ><tex-math .latex=${entry.latex} .colours=${this.colours}></tex-math></button>`;
  }

  private about(entry: Entry): TemplateResult {
    return html`<div class="entry-about" aria-live="polite">
      <tex-math display label="The entry" .latex=${`${entry.question} = ${entry.latex}`} .colours=${this.colours}></tex-math>
      <p>${prose(entry.reason, this.colours)}</p>
    </div>`;
  }

  private choose(place: number): void {
    this.chosen = place;
  }

  private resize(name: string, size: number): void {
    if (size < sizes.least || size > sizes.most) return;
    this.dispatchEvent(new CustomEvent('size-change', { detail: { name, size }, bubbles: true, composed: true }));
  }

  /** One stop for Tab; inside, the arrows walk over the grid. */
  private pressed(event: KeyboardEvent): void {
    const columns = this.entries?.columns ?? 1;
    const count = this.entries?.entries.length ?? 0;
    const goals = new Map([
      ['ArrowLeft', this.chosen - 1],
      ['ArrowRight', this.chosen + 1],
      ['ArrowUp', this.chosen - columns],
      ['ArrowDown', this.chosen + columns],
      ['Home', 0],
      ['End', count - 1],
    ]);
    const goal = goals.get(event.key);
    if (goal === undefined) return;
    event.preventDefault();
    if (goal < 0 || goal >= count) return;
    this.chosen = goal;
    this.querySelectorAll<HTMLButtonElement>('.entry')[goal]?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'entry-grid': EntryGrid;
  }
}
