import { nothing, type TemplateResult } from 'lit';
import { adoptSheet } from '../elements/neuron-sheets.ts';
import neuronCss from '../elements/neuron.css?inline';
import type { TrainingHost, TrainingLab } from '../elements/training-lab.ts';
import { currentRoute, onRoute, writeAddress } from '../router.ts';
import { Worded } from '../words/worded.ts';

/** A page around a lab: it opens what the address says, and the address follows what is shown. */
export abstract class TrainingView<L extends TrainingLab> extends Worded implements TrainingHost {
  /** Its name in the address. */
  protected abstract readonly view: string;
  /** Its styles beside those that all labs have. */
  protected readonly css: readonly string[] = [];
  protected lab: L | undefined;
  private stopListening: (() => void) | undefined;

  /** A lab with what the address keeps. */
  protected abstract labFor(params: URLSearchParams): L;

  /** What the address shall keep, as its hash. */
  protected abstract addressOf(lab: L): string;

  protected abstract page(lab: L): TemplateResult;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const css of [neuronCss, ...this.css]) adoptSheet(document, css);
    this.open();
    this.stopListening = onRoute(route => {
      if (route.view === this.view) this.open();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.lab?.close();
    this.lab = undefined;
  }

  protected override languageChanged(): void {
    void this.lab?.reword();
  }

  trained(): void {
    this.requestUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    return this.lab ? this.page(this.lab) : nothing;
  }

  /** The address follows without a new entry behind the Back button. */
  protected override updated(): void {
    if (!this.lab) return;
    const address = this.addressOf(this.lab);
    if (currentRoute().view === this.view && location.hash !== address) writeAddress(address, 'replace');
  }

  private open(): void {
    this.lab?.close();
    this.lab = this.labFor(currentRoute().params);
    this.requestUpdate();
    void this.lab.open();
  }
}
