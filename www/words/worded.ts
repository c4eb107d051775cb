import { LitElement } from 'lit';
import { onLanguage } from './language.ts';
import { tongueOf } from './tongues.ts';
import { speaking, type Tongue } from './words.ts';

/**
 * An element with words. It is drawn in the language of the widget it stands in, else in the page's, and again when that
 * changes. What is said later is kept as a function that says it, never as text: so it changes its language as well.
 */
export abstract class Worded extends LitElement {
  private quiet: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const changed = (): void => {
      this.languageChanged();
      this.requestUpdate();
    };
    const root = this.getRootNode();
    root.addEventListener('language-change', changed);
    this.quiet = [onLanguage(changed), () => root.removeEventListener('language-change', changed)];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.quiet) stop();
  }

  protected override performUpdate(): void {
    this.speaking(() => super.performUpdate());
  }

  /** For those who hold answers of the engine: they ask again, and keep what the reader did. */
  protected languageChanged(): void {}

  /** The language spoken where the element stands. */
  protected get tongue(): Tongue {
    return tongueOf(this.getRootNode());
  }

  /** Does something in the language spoken where the element stands. */
  protected speaking<Result>(work: () => Result): Result {
    return speaking(this.tongue, work);
  }
}
