import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { say } from '../words/explore.ts';
import { Worded } from '../words/worded.ts';

/** One thing that can be copied. A function is asked at the moment of copying. */
export interface CopyItem {
  readonly name: string;
  readonly text: string | (() => string);
}

/**
 * A row of buttons, each copying one form of the result; those asked for less often come out on request. Where the browser refuses the clipboard, the text is shown
 * selected instead, ready to be copied by hand.
 */
@customElement('copy-menu')
export class CopyMenu extends Worded {
  @property({ attribute: false }) items: readonly CopyItem[] = [];
  @property({ attribute: false }) more: readonly CopyItem[] = [];
  /** Where the same thing can be had in another form: it stands behind `more`. */
  @property({ attribute: false }) link: { readonly name: string; readonly href: string } | undefined;

  @state() private open = false;
  @state() private said = (): string => '';
  @state() private byHand: string | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div class="copy" role="group" aria-label=${say('copy')}>
      <span class="copy-word" aria-hidden="true">${say('copy')}</span>
      ${this.items.map(item => this.button(item))} ${this.open ? this.more.map(item => this.button(item)) : nothing}
      ${this.open && this.link ? html`<a class="button-quiet copy-link" href=${this.link.href}>${this.link.name}</a>` : nothing}
      ${
        this.more.length
          ? html`<button type="button" class="button-quiet" aria-expanded=${this.open} @click=${() => this.toggle()}>
              ${this.open ? say('less') : say('more')}
            </button>`
          : nothing
      }
      <span class="copy-said" role="status">${this.said()}</span>
      ${
        this.byHand === undefined
          ? nothing
          : html`<textarea class="copy-hand" readonly aria-label=${say('handlabel')} .value=${this.byHand}></textarea>`
      }
    </div>`;
  }

  private button(item: CopyItem): TemplateResult {
    return html`<button type="button" class="button-quiet" aria-label=${say('copyitem', { name: item.name })} @click=${() => this.copy(item)}>
      <span data-from="engine">${item.name}</span>
    </button>`;
  }

  private toggle(): void {
    this.open = !this.open;
  }

  private async copy(item: CopyItem): Promise<void> {
    const text = typeof item.text === 'string' ? item.text : item.text();
    this.byHand = undefined;
    try {
      await navigator.clipboard.writeText(text);
      this.said = () => say('copied', { name: item.name });
    } catch {
      this.said = () => say('byhand');
      this.byHand = text;
      await this.updateComplete;
      const area = this.querySelector('textarea');
      area?.focus();
      area?.select();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'copy-menu': CopyMenu;
  }
}
