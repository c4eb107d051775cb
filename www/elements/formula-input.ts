import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ErrorView, TokenView } from '../engine/contract.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { prose } from './prose.ts';
import { carryTokens, cutText, type Piece } from './typed-text.ts';
import { say } from '../words/formula.ts';
import { Worded } from '../words/worded.ts';

/** What the field reports: the text after each change. */
export type FormulaChange = CustomEvent<{ value: string }>;

/** An error and the text it speaks of; for any other text its place in the line means nothing. */
export interface FieldError {
  readonly text: string;
  readonly error: ErrorView;
}

/** Characters of the language that few keyboards have. */
const symbols = [
  ['·', 'dot'],
  ['⊙', 'elementwise'],
  ['ᵀ', 'transpose'],
  ['²', 'squared'],
] as const;

/** Longer texts are refused by the engine anyway: they stand there uncoloured, and typing stays quick. */
const longestColoured = 4096;

let fieldCount = 0;

/**
 * A field for the expression language. A plain text area does the typing, so that every keyboard, reader and undo
 * works as always; behind it lies the same text in colours. An error is underlined where it is, said below, and what
 * the engine proposes instead is a button. Fires `formula-change`.
 */
@customElement('formula-input')
export class FormulaInput extends Worded {
  @property() value = '';
  /** The field's accessible name; empty for the usual one. */
  @property() label = '';
  @property() placeholder = '';
  /** Shows the row of symbols to insert. */
  @property({ type: Boolean }) symbols = false;
  @property({ attribute: false }) colours: NameColours = noColours;
  @property({ attribute: false }) error: FieldError | undefined;
  /** Asks the engine for the tokens of a text; the last answer wins. */
  @property({ attribute: false }) tokenise: ((text: string) => Promise<readonly TokenView[] | undefined>) | undefined;

  @state() private tokens: readonly TokenView[] = [];
  @query('textarea') private area!: HTMLTextAreaElement;

  private readonly noteId = `formula-note-${++fieldCount}`;
  private tokensFor = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Puts the caret into the field. */
  override focus(options?: FocusOptions): void {
    this.area.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('value') && !changed.has('tokenise')) return;
    const short = this.value.length <= longestColoured;
    this.tokens = short ? carryTokens(this.tokensFor, this.value, this.tokens) : [];
    this.tokensFor = this.value;
    if (short) void this.fetchTokens(this.value);
  }

  private async fetchTokens(text: string): Promise<void> {
    const tokens = await this.tokenise?.(text);
    if (tokens && text === this.value) this.tokens = tokens;
  }

  protected override render(): TemplateResult {
    const shown = this.error?.text === this.value ? this.error.error : undefined;
    const pieces = cutText(this.value, this.tokens, shown?.span);
    return html`
      <div class="typed">
        <div class="typed-layer" aria-hidden="true" data-from="reader">${pieces.map(piece => this.piece(piece))}<br /></div>
        <textarea
          class="typed-area"
          rows="1"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          aria-label=${this.label || say('expression')}
          aria-describedby=${this.noteId}
          aria-invalid=${shown ? 'true' : 'false'}
          placeholder=${this.placeholder}
          .value=${this.value}
          @input=${this.typed}
          @keydown=${this.pressed}
        ></textarea>
      </div>
      <div class="field-note">
        <p id=${this.noteId} class="field-error" aria-live="polite">${shown ? this.complaint(shown) : nothing}</p>
        ${this.symbols ? this.symbolRow() : nothing}
      </div>
    `;
  }

  private piece(piece: Piece): TemplateResult {
    const colour = piece.kind === 'name' ? this.colours.classOf(piece.text) : '';
    const name = piece.kind === 'name' ? piece.text : nothing;
    return html`<span class="tok-${piece.kind} ${colour} ${piece.wrong ? 'tok-wrong' : ''}" data-name=${name}>${piece.text}</span>`;
  }

  private complaint(error: ErrorView): TemplateResult {
    const span = error.span;
    const replacements = span ? (error.replacements ?? []).slice(0, 3) : [];
    return html`
      <span class="field-message" data-from="engine">${prose(error.message, this.colours)}</span>
      ${error.hint ? html`<span class="field-hint" data-from="engine">${prose(error.hint, this.colours)}</span>` : nothing}
      ${replacements.map(
        text => html`<button
          type="button"
          class="field-fix"
          @click=${() => span && this.put(text, span[0], span[1])}
        ><span class="visually-hidden">${say('replace')}</span><span data-from="engine">${text}</span></button>`,
      )}
    `;
  }

  private symbolRow(): TemplateResult {
    return html`<div class="field-symbols" role="group" aria-label=${say('symbols')}>
      ${symbols.map(
        ([text, name]) => html`<button
          type="button"
          title=${say(name)}
          aria-label=${say('insert', { symbol: text, name: say(name) })}
          @click=${() => this.put(text, this.area.selectionStart, this.area.selectionEnd)}
        ><span data-from="reader">${text}</span></button>`,
      )}
    </div>`;
  }

  private typed(): void {
    // One line only: what is pasted with line breaks becomes one.
    if (/[\r\n]/.test(this.area.value)) this.area.value = this.area.value.replace(/\s*[\r\n]+\s*/g, ' ');
    this.report();
  }

  private pressed(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.isComposing) event.preventDefault();
  }

  /** Replaces a part of the text as typing would, so that undo brings it back. */
  private put(text: string, start: number, end: number): void {
    this.area.focus();
    this.area.setSelectionRange(start, end);
    const inserted = document.execCommand('insertText', false, text);
    if (!inserted) {
      this.area.setRangeText(text, start, end, 'end');
      this.report();
    }
  }

  private report(): void {
    if (this.area.value === this.value) return;
    this.value = this.area.value;
    const detail = { value: this.value };
    this.dispatchEvent(new CustomEvent('formula-change', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'formula-input': FormulaInput;
  }
}
