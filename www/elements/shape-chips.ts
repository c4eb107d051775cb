import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { JsonShape, NameView } from '../engine/contract.ts';
import { type Assumption, assumable } from './assumptions.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { type Kind, kindOf, kinds, readDimension, shapeWords } from './shape-words.ts';
import { say, saying } from '../words/explore.ts';
import { Worded } from '../words/worded.ts';
import './tex-math.ts';

/** Fired when the reader sets a shape, or with `undefined` gives it back to inference. */
export type ShapeChange = CustomEvent<{ name: string; shape: JsonShape | undefined }>;

/** Fired when the reader assumes something of a variable, or takes it back: all that is assumed of it now. */
export type AssumeChange = CustomEvent<{ name: string; assumed: readonly Assumption[] }>;

/** Names offered for dimensions that the reader has not named. */
const usualNames: readonly string[] = ['m', 'n'];

/**
 * Every name with its shape and what is assumed of it. Shapes are inferred; those the reader set are marked. Pressing
 * one opens a small form below the row to change both. Fires `shape-change` and `assume-change`.
 */
@customElement('shape-chips')
export class ShapeChips extends Worded {
  @property({ attribute: false }) names: readonly NameView[] = [];
  /** The result's shape in words; empty while there is none. */
  @property() result = '';
  @property({ attribute: false }) colours: NameColours = noColours;

  /** What the reader assumes of the variables. */
  @property({ attribute: false }) assumed: ReadonlyMap<string, readonly Assumption[]> = new Map();

  @state() private editing: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const edited = this.names.find(each => each.name === this.editing);
    return html`
      <ul class="chips" aria-label=${say('shapes')}>
        ${this.names.map(each => html`<li>${this.chip(each)}</li>`)}
        ${this.result ? html`<li class="chip chip-result">${saying('resultshape', { shape: html`<span data-from="engine">${this.result}</span>` })}</li>` : nothing}
      </ul>
      ${edited ? this.form(edited) : nothing}
    `;
  }

  /** What holds of a variable: an assumption of another shape waits, unsaid. */
  private assumedOf(view: NameView): readonly Assumption[] {
    const fitting = assumable(view.shape);
    return (this.assumed.get(view.name) ?? []).filter(each => fitting.includes(each));
  }

  private chip(view: NameView): TemplateResult {
    const open = this.editing === view.name;
    const assumed = this.assumedOf(view);
    return html`<button
      type="button"
      class="chip ${view.declared || assumed.length > 0 ? 'chip-set' : ''}"
      data-chip=${view.name}
      aria-expanded=${open ? 'true' : 'false'}
      title=${view.declared ? say('declared') : say('inferred')}
      @click=${() => this.edit(open ? undefined : view.name)}
    ><tex-math .latex=${view.latex} .colours=${this.colours}></tex-math> <span data-from="engine">${[shapeWords(view.shape), ...assumed.map(each => say(each))].join(', ')}</span>${view.declared ? html`<span aria-hidden="true">${say('set')}</span>` : nothing}<span
      class="visually-hidden"
    >${view.declared ? say('changeset') : say('changeinferred')}</span></button>`;
  }

  private form(view: NameView): TemplateResult {
    const kind = kindOf(view.shape);
    return html`<div class="chip-form" role="group" aria-label=${say('shapeof', { name: view.name })} @keydown=${this.pressed}>
      <span class="chip-form-name">${saying('is', {
        name: html`<tex-math .latex=${view.latex} .colours=${this.colours}></tex-math>`,
      })}</span>
      <span class="segments">
        ${kinds.map(
          each => html`<button
            type="button"
            aria-pressed=${each === kind ? 'true' : 'false'}
            @click=${() => this.setKind(view, each)}
          >${say(each)}</button>`,
        )}
      </span>
      ${view.shape.map(
        (dimension, place) => html`${place > 0 ? html`<span aria-hidden="true">×</span>` : nothing}<input
          class="dimension"
          aria-label=${view.shape.length === 1 ? say('length') : place === 0 ? say('rows') : say('columns')}
          .value=${String(dimension)}
          @change=${(event: Event) => this.setDimension(view, place, event)}
        />`,
      )}
      ${
        view.declared
          ? html`<button type="button" class="button-quiet" @click=${() => this.report(view.name, undefined)}>${say('asinferred')}</button>`
          : nothing
      }
      <span class="chip-assume" role="group" aria-label=${say('assumeof', { name: view.name })}>
        <span aria-hidden="true">${say('assume')}</span>
        <span class="segments">
          ${assumable(view.shape).map(
            each => html`<button
              type="button"
              aria-pressed=${this.assumedOf(view).includes(each) ? 'true' : 'false'}
              @click=${() => this.assume(view, each)}
            >${say(each)}</button>`,
          )}
        </span>
      </span>
      <button type="button" class="button-quiet" @click=${() => this.close()}>${say('done')}</button>
    </div>`;
  }

  private edit(name: string | undefined): void {
    this.editing = name;
  }

  private setKind(view: NameView, kind: Kind): void {
    const shape = usualNames.slice(usualNames.length - kinds.indexOf(kind));
    this.report(view.name, kind === 'scalar' ? [] : shape);
  }

  private setDimension(view: NameView, place: number, event: Event): void {
    const input = event.target;
    if (!(input instanceof HTMLInputElement)) return;
    const dimension = readDimension(input.value);
    if (dimension === '') {
      input.value = String(view.shape[place] ?? '');
      return;
    }
    this.report(
      view.name,
      view.shape.map((old, index) => (index === place ? dimension : old)),
    );
  }

  private assume(view: NameView, what: Assumption): void {
    const held = this.assumedOf(view);
    const assumed = assumable(view.shape).filter(each => (each === what ? !held.includes(each) : held.includes(each)));
    const detail = { name: view.name, assumed };
    this.dispatchEvent(new CustomEvent('assume-change', { detail, bubbles: true, composed: true }));
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    this.close();
  }

  /** The focus goes back to the chip that opened the form. */
  private close(): void {
    const name = this.editing;
    this.editing = undefined;
    for (const chip of this.querySelectorAll<HTMLButtonElement>('[data-chip]')) {
      if (chip.dataset['chip'] === name) chip.focus();
    }
  }

  private report(name: string, shape: JsonShape | undefined): void {
    this.dispatchEvent(new CustomEvent('shape-change', { detail: { name, shape }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'shape-chips': ShapeChips;
  }
}
