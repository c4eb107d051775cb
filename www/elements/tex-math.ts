import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type NameColours, noColours, paintNames } from './name-colours.ts';
import { typeset } from './typeset.ts';

/**
 * A formula. `<tex-math .latex=${…} .colours=${…}>` stands in a line of text; with `display` it has a line of its own,
 * breaks at its relations where it must, and what cannot break scrolls inside its own region with a visible edge.
 */
@customElement('tex-math')
export class TexMath extends LitElement {
  /** Marked LaTeX from the engine. */
  @property() latex = '';
  /** Stands on its own line, in display style. */
  @property({ type: Boolean, reflect: true }) display = false;
  /** What a screen reader calls the region when it scrolls. */
  @property() label = 'Formula';
  /** Which colour each name has. */
  @property({ attribute: false }) colours: NameColours = noColours;

  private watcher: ResizeObserver | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.display) return;
    this.watcher = new ResizeObserver(() => this.measure());
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher?.disconnect();
  }

  protected override render(): TemplateResult {
    return html`<span class="tex-box"></span>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const box = this.querySelector<HTMLElement>(':scope > .tex-box');
    if (!box) return;
    if (changed.has('latex') || changed.has('display')) {
      typeset(this.latex, box, this.display);
      paintNames(box, this.colours);
      this.measure();
    } else if (changed.has('colours')) {
      paintNames(box, this.colours);
    }
  }

  /** A formula wider than its place becomes a region that can be focused and scrolled by keyboard. */
  private measure(): void {
    const box = this.querySelector<HTMLElement>(':scope > .tex-box');
    if (!box || !this.display) return;
    const wide = box.scrollWidth > box.clientWidth + 1;
    if (box.classList.toggle('tex-wide', wide)) {
      box.tabIndex = 0;
      box.setAttribute('role', 'region');
      box.setAttribute('aria-label', `${this.label}, scrolls sideways`);
    } else {
      box.removeAttribute('tabindex');
      box.removeAttribute('role');
      box.removeAttribute('aria-label');
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tex-math': TexMath;
  }
}
