import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Entries, Entry, EntryDerivation } from '../engine/contract.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { prose } from './prose.ts';
import { sizer } from './sizer.ts';
import { type ArticleContext, checkLine, stepArticle } from './step-article.ts';
import { TexMath } from './tex-math.ts';
import { say } from '../words/entries.ts';
import { Worded } from '../words/worded.ts';

/** Fired when the derivation of an entry is wanted; row and column count from 1. */
export type EntryPick = CustomEvent<{ row: number; column: number }>;

/** Pixels a formula may take in a cell. */
const longestFormula = 240;

/**
 * The Jacobian opened into its entries at small sizes. Pointing at an entry, or going to it with the arrow keys, says
 * which partial derivative it is, what it is, and why; for a zero, why it is zero; its row and its column light up.
 * Fires `size-change`, `entry-pick` where the derivation of an entry is wanted, and `views-seek` where only the views
 * beyond matrices can show the entries.
 */
@customElement('entry-grid')
export class EntryGrid extends Worded {
  @property({ attribute: false }) entries: Entries | undefined;
  @property({ attribute: false }) colours: NameColours = noColours;
  /** How many indices an entry has. */
  @property({ type: Number }) order = 0;
  /** There are views beyond matrices to go to. */
  @property({ type: Boolean }) views = false;

  /** The derivation last asked for, shown while its entry is the one spoken about. */
  @property({ attribute: false }) derivation: EntryDerivation | undefined;
  /** Somebody listens to `entry-pick`. */
  @property({ type: Boolean }) derives = false;

  @state() private open: ReadonlySet<string> = new Set();
  /** The entry spoken about, a place in the list. */
  @state() private chosen = 0;
  /** An entry was picked: it stays until another one is, however the pointer moves. */
  private pinned = false;
  /** Some formula does not fit into a cell. */
  @state() private long = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('derivation')) this.open = new Set();
    if (!changed.has('entries') || !this.entries) return;
    this.long = false;
    this.pinned = false;
    if (this.chosen >= this.entries.entries.length) this.chosen = 0;
  }

  protected override updated(changed: PropertyValues): void {
    // Through the CSSOM: the content security policy forbids style attributes.
    const grid = this.querySelector<HTMLElement>('.entry-grid');
    grid?.style.setProperty('--columns', String(this.entries?.columns ?? 1));
    if (changed.has('entries')) void this.shorten();
  }

  /** Formulas too long for a cell give way to the names of the partial derivatives; beside the grid they have room. */
  private async shorten(): Promise<void> {
    const formulas = [...this.querySelectorAll('.entry tex-math')];
    await Promise.all(formulas.map(formula => (formula instanceof TexMath ? formula.updateComplete : undefined)));
    this.long = formulas.some(formula => formula.getBoundingClientRect().width > longestFormula);
  }

  protected override render(): TemplateResult | typeof nothing {
    const grid = this.entries;
    if (!grid) return nothing;
    if (grid.entries.length === 0) return this.without();
    const entry = grid.entries[this.chosen];
    return html`<section class="entries">
      <div class="entries-head">
        <h2 class="side-title">${say('title')}</h2>
        ${Object.entries(grid.sizes).map(([name, size]) => sizer(this, name, size))}
      </div>
      <div class="entry-scroll">
        <div
          class="entry-grid"
          role="group"
          aria-label=${say('grid', { rows: grid.rows, columns: grid.columns })}
          @keydown=${this.pressed}
        >
          <span class="entry-corner" aria-hidden="true"></span>
          ${grid.column_names.map((name, column) => this.name(name, column === this.chosen % grid.columns))}
          ${grid.entries.map(
            (each, place) =>
              html`${place % grid.columns === 0 ? this.name(grid.row_names[place / grid.columns], this.rowOf(place) === this.rowOf(this.chosen)) : nothing}${this.cell(each, place)}`,
          )}
        </div>
      </div>
      ${grid.cut ? html`<p class="entry-cut">${say('cut')}</p>` : nothing}
      ${entry ? this.about(entry) : nothing}
    </section>`;
  }

  /** Without a grid: an order that has no rows and columns is shown elsewhere, and what is too long is said to be. */
  private without(): TemplateResult {
    return html`<section class="entries">
      <div class="entries-head"><h2 class="side-title">${say('title')}</h2></div>
      <p class="entry-cut">${
        this.order > 2
          ? html`${say('indices', { order: this.order })}
              ${
                this.views
                  ? html`<button type="button" class="button-quiet" @click=${() => this.seek()}>${say('views')}</button>`
                  : nothing
              }`
          : say('long')
      }</p>
    </section>`;
  }

  private seek(): void {
    this.dispatchEvent(new CustomEvent('views-seek', { bubbles: true, composed: true }));
  }

  private rowOf(place: number): number {
    return Math.floor(place / (this.entries?.columns ?? 1));
  }

  /** What a row or a column belongs to. For readers that speak, each entry says its own row and column. */
  private name(latex: string | undefined, lit: boolean): TemplateResult {
    return html`<span class="entry-name ${lit ? 'entry-lit' : ''}" aria-hidden="true"
      ><tex-math .latex=${latex ?? ''} .colours=${this.colours}></tex-math></span>`;
  }

  private cell(entry: Entry, place: number): TemplateResult {
    const here = place === this.chosen;
    const columns = this.entries?.columns ?? 1;
    const lit = this.rowOf(place) === this.rowOf(this.chosen) || place % columns === this.chosen % columns;
    return html`<button
      type="button"
      class="entry ${entry.zero ? 'entry-zero' : ''} ${lit ? 'entry-lit' : ''}"
      tabindex=${here ? 0 : -1}
      aria-pressed=${here ? 'true' : 'false'}
      @focus=${() => this.choose(place)}
      @pointerenter=${() => this.point(place)}
      @click=${() => this.pick(place)}
    ><span class="visually-hidden">${say('cell', { row: Math.floor(place / columns) + 1, column: (place % columns) + 1 })}</span
      ><tex-math .latex=${this.long && !entry.zero ? entry.question : entry.latex} .colours=${this.colours}></tex-math></button>`;
  }

  private about(entry: Entry): TemplateResult {
    return html`<div class="entry-about" aria-live="polite">
      <tex-math display label=${say('entry')} .latex=${`${entry.question} = ${entry.latex}`} .colours=${this.colours}></tex-math>
      <p data-from="engine">${prose(entry.reason, this.colours)}</p>
      ${this.derives ? this.derived() : nothing}
    </div>`;
  }

  /** The entry's own derivation, or the button that asks for it. */
  private derived(): TemplateResult {
    const { derivation } = this;
    const columns = this.entries?.columns ?? 1;
    const place = derivation ? (derivation.row - 1) * columns + derivation.column - 1 : -1;
    if (!derivation || place !== this.chosen) {
      return html`<button type="button" class="button-quiet" @click=${() => this.pick(this.chosen)}>${say('derive')}</button>`;
    }
    const context: ArticleContext = {
      colours: this.colours,
      unfolded: false,
      isOpen: id => this.open.has(id),
      toggle: id => {
        const open = new Set(this.open);
        if (!open.delete(id)) open.add(id);
        this.open = open;
      },
    };
    return html`<section class="entry-derivation" aria-label=${say('derivation')}>
      <tex-math display label=${say('component')} .latex=${derivation.output} .colours=${this.colours}></tex-math>
      <ol class="step-sub">
        ${derivation.steps.map(
          step => html`<li class="step step-small" data-level=${step.level}>
            ${stepArticle(step, context, 4)} ${checkLine(step.check)}
          </li>`,
        )}
      </ol>
    </section>`;
  }

  private point(place: number): void {
    if (!this.pinned) this.choose(place);
  }

  private pick(place: number): void {
    this.choose(place);
    if (!this.derives) return;
    this.pinned = true;
    const columns = this.entries?.columns ?? 1;
    const detail = { row: this.rowOf(place) + 1, column: (place % columns) + 1 };
    this.dispatchEvent(new CustomEvent('entry-pick', { detail, bubbles: true, composed: true }));
  }

  private choose(place: number): void {
    this.pinned = false;
    this.chosen = place;
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
