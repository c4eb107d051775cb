import { html, nothing, render, type TemplateResult } from 'lit';
import { clamped } from '../elements/neuron-model.ts';
import neuronCss from '../elements/neuron.css?inline';
import type { TrainingHost, TrainingLab } from '../elements/training-lab.ts';
import { obey, playButtons, speedOf } from '../elements/training-parts.ts';
import { adoptStyles } from './styles.ts';
import type { Mounted, Place } from './widget.ts';

/** Grid points a side: few, because everything happens on the host page's own thread. */
export const fineness = 25;

/** Steps after which training pauses, unless `steps` says otherwise: a widget does not run for ever. */
export interface StepLimit {
  readonly usual: number;
  readonly most: number;
}

/** A widget around a lab. It begins anew with every attribute that describes what is trained. */
export abstract class TrainingWidget<L extends TrainingLab> implements Mounted, TrainingHost {
  protected readonly box = document.createElement('div');
  protected lab: L;
  private drawing = false;
  private readonly sight: IntersectionObserver;

  constructor(
    protected readonly place: Place,
    private readonly limit: StepLimit,
    ...css: string[]
  ) {
    this.box.className = 'widget neuron-widget';
    adoptStyles(place.host, place.root, neuronCss, ...css);
    this.lab = this.newLab();
    // Nobody looks: nothing moves.
    this.sight = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) this.lab.player.pause();
    });
    this.sight.observe(place.host);
  }

  /** A lab with what the attributes describe. */
  protected abstract labFor(host: HTMLElement): L;

  protected abstract content(): TemplateResult;

  /** What the host's page is told of a stretch of training. */
  protected abstract report(): object;

  /** Starts the session the attributes describe, and shows it when the engine is there. */
  async open(): Promise<void> {
    await this.lab.open();
    if (!this.lab.session.now) {
      this.place.giveUp(
        this.place.speaking(() => this.lab.failure),
        'engine',
      );
      return;
    }
    this.draw();
    this.place.show(this.box);
  }

  attributeChanged(name: string): void {
    if (name === 'theme') return;
    if (name === 'speed' || name === 'steps') {
      this.pace(this.lab);
      return;
    }
    this.lab.close();
    this.lab = this.newLab();
    void this.open();
  }

  languageChanged(): void {
    this.draw();
    void this.lab.reword();
  }

  removed(): void {
    this.sight.disconnect();
    this.lab.close();
    render(nothing, this.box);
  }

  requestUpdate(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      this.draw();
    });
  }

  trained(): void {
    const moment = this.lab.session.now;
    if (!moment || moment.step === 0) return;
    const detail = { steps: moment.step, loss: moment.loss, ...this.report() };
    this.place.host.dispatchEvent(new CustomEvent('trained', { detail, bubbles: true }));
  }

  /** The buttons, then `settings`. */
  protected bar(settings: TemplateResult): TemplateResult {
    return html`<div class="neuron-bar">
      ${playButtons(this.lab.player.playing, kind => obey(this.lab, { kind }))} ${settings}
    </div>`;
  }

  private newLab(): L {
    const lab = this.labFor(this.place.host);
    this.pace(lab);
    return lab;
  }

  private pace(lab: L): void {
    const { host } = this.place;
    const { usual, most } = this.limit;
    lab.mostSteps = Math.round(clamped(attributeNumber(host, 'steps'), { min: 1, max: most }, usual));
    lab.player.speed = speedOf(host.getAttribute('speed'));
  }

  private draw(): void {
    this.place.speaking(() => render(this.content(), this.box));
  }
}

/** A number that an attribute gives; not a number where it gives none. */
export function attributeNumber(host: HTMLElement, name: string): number {
  const text = host.getAttribute(name);
  return text === null || text.trim() === '' ? Number.NaN : Number(text);
}
