import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { onReadings, readingOf } from '../engine/readings.ts';
import { currentMath, onMath } from '../math-view.ts';
import { type NameColours, noColours, paintNames } from './name-colours.ts';
import { setMathml } from './native-math.ts';
import { typeset } from './typeset.ts';
import { say } from '../words/formula.ts';
import { Worded } from '../words/worded.ts';

/**
 * A formula. `<tex-math .latex=${…} .colours=${…}>` stands in a line of text; with `display` it has a line of its own,
 * breaks at its relations where it must, and what cannot break scrolls inside its own region with a visible edge.
 */
@customElement('tex-math')
export class TexMath extends Worded {
  /** Marked LaTeX from the engine. */
  @property() latex = '';
  /** Stands on its own line, in display style. */
  @property({ type: Boolean, reflect: true }) display = false;
  /** What a screen reader calls the region when it scrolls. */
  @property() label = '';
  /** Which colour each name has. */
  @property({ attribute: false }) colours: NameColours = noColours;

  private watcher: ResizeObserver | undefined;
  private stop: (() => void) | undefined;
  /** The width in which the formula was last laid out. */
  private width = 0;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const again = (): void => this.speaking(() => this.again());
    const stops = [onMath(again), onReadings(again)];
    this.stop = () => {
      for (const stop of stops) stop();
    };
    if (!this.display) return;
    this.watcher = new ResizeObserver(() => this.resized());
    this.watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher?.disconnect();
    this.stop?.();
  }

  protected override render(): TemplateResult {
    return html`<span class="tex-box"></span>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const box = this.box;
    if (!box) return;
    if (changed.has('latex') || changed.has('display') || changed.has('label')) this.layOut(box);
    else if (changed.has('colours')) paintNames(box, this.colours);
  }

  private get box(): HTMLElement | null {
    return this.querySelector(':scope > .tex-box');
  }

  /** Sets the formula: drawn, or as the browser's own MathML where the reader chose that. */
  private layOut(box: HTMLElement): void {
    if (currentMath().view !== 'native' || !this.setNative(box)) this.draw(box);
    paintNames(box, this.colours);
    if (this.display) this.markWide(box);
    this.width = box.clientWidth;
  }

  /** Draws the best way that fits: broken as in print, else broken anywhere, else scrolling; and says how it is read. */
  private draw(box: HTMLElement): void {
    typeset(this.latex, box, this.display ? 'display' : 'inline');
    if (this.display && isTooWide(box)) typeset(this.latex, box, 'loose');
    const words = readingOf(this.latex)?.spoken[currentMath().manner];
    const drawn = box.querySelector(':scope > .katex');
    if (!drawn || words === undefined) return;
    drawn.setAttribute('role', 'img');
    drawn.setAttribute('aria-label', words);
  }

  /** Whether it could be set as MathML; where the tree is still to come, it is set when it has come. */
  private setNative(box: HTMLElement): boolean {
    const reading = readingOf(this.latex);
    if (reading?.mathml) {
      setMathml(reading.mathml, box, this.display);
      return true;
    }
    const { latex } = this;
    void reading?.fetch().then(() => {
      if (this.latex === latex && readingOf(latex)?.mathml) this.speaking(() => this.again());
    });
    return false;
  }

  private again(): void {
    if (this.box) this.layOut(this.box);
  }

  private resized(): void {
    const box = this.box;
    if (box && box.clientWidth !== this.width) this.speaking(() => this.layOut(box));
  }

  /** A formula wider than its place can be focused and scrolled by keyboard. No landmark: a lesson has many of them. */
  private markWide(box: HTMLElement): void {
    if (box.classList.toggle('tex-wide', isTooWide(box))) {
      box.tabIndex = 0;
      box.setAttribute('role', 'group');
      box.setAttribute('aria-label', say('wide', { label: this.label || say('formula') }));
    } else {
      box.removeAttribute('tabindex');
      box.removeAttribute('role');
      box.removeAttribute('aria-label');
    }
  }
}

function isTooWide(box: HTMLElement): boolean {
  return box.scrollWidth > box.clientWidth + 1;
}

declare global {
  interface HTMLElementTagNameMap {
    'tex-math': TexMath;
  }
}
