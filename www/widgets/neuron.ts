import { html, nothing, render, type TemplateResult } from 'lit';
import type { Grid } from '../draw/grid.ts';
import neuronCss from '../elements/neuron.css?inline';
import { type LabHost, NeuronLab } from '../elements/neuron-lab.ts';
import { clamped, firstSettings, type NeuronSettings, settingLimits } from '../elements/neuron-model.ts';
import type { NeuronPlane, SampleMove } from '../elements/neuron-plane.ts';
import type { SampleEdit } from '../elements/neuron-samples.ts';
import type { Speed } from '../elements/neuron-player.ts';
import { counted, lossFinding, silentFinding, weightsFinding } from '../elements/neuron-words.ts';
import { dataSet, type Sample } from '../views/neuron-data.ts';
import { widgetEngine } from './engine.ts';
import { adoptStyles } from './styles.ts';
import type { Mounted, Place } from './widget.ts';
import '../elements/neuron-curve.ts';
import '../elements/neuron-plane.ts';
import '../elements/neuron-samples.ts';
import '../elements/neuron-stop.ts';
import '../elements/neuron-update.ts';

/** Grid points a side: few, because everything happens on the host page's own thread. */
const fineness = 25;

/** Training stops here unless `steps` says otherwise: a widget does not run for ever. */
const usualSteps = 500;

/** `<chalk-neuron data="ramp" rate="0.1">`: one neuron that learns in front of the reader. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new NeuronWidget(place);
  await widget.open();
  return widget;
}

class NeuronWidget implements Mounted, LabHost {
  readonly followsUpdates = false;

  private readonly box = document.createElement('div');
  private lab: NeuronLab;
  private drawing = false;
  private readonly opened = new Set<string>();
  private readonly sight: IntersectionObserver;

  constructor(private readonly place: Place) {
    this.box.className = 'widget neuron-widget';
    adoptStyles(place.host, place.root, neuronCss);
    this.lab = this.newLab();
    // Nobody looks: nothing moves.
    this.sight = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting)) this.lab.player.pause();
    });
    this.sight.observe(place.host);
  }

  /** Starts the session the attributes describe, and shows it when the engine is there. */
  async open(): Promise<void> {
    await this.lab.open();
    if (this.lab.failure) {
      this.place.giveUp(this.lab.failure);
      return;
    }
    this.draw();
    this.place.show(this.box);
  }

  attributeChanged(name: string): void {
    if (name === 'theme' || name === 'steps') return;
    if (name === 'speed') {
      this.lab.player.speed = this.speed();
      return;
    }
    this.lab.close();
    this.lab = this.newLab();
    void this.open();
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

  planeGrid(): Grid | undefined {
    return this.box.querySelector<NeuronPlane>('neuron-plane')?.grid;
  }

  mapGrid(): undefined {
    return undefined;
  }

  trained(): void {
    const moment = this.lab.session.now;
    if (!moment || moment.step === 0) return;
    const detail = { steps: moment.step, loss: moment.loss, w: [...moment.w], b: moment.b };
    this.place.host.dispatchEvent(new CustomEvent('trained', { detail, bubbles: true }));
  }

  private newLab(): NeuronLab {
    const lab = new NeuronLab(widgetEngine, dataSet(this.place.host.getAttribute('data')), this.settings(), this);
    lab.player.speed = this.speed();
    lab.mostSteps = Math.round(clamped(this.number('steps'), { min: 1, max: 100_000 }, usualSteps));
    return lab;
  }

  private draw(): void {
    render(this.content(), this.box);
  }

  private content(): TemplateResult {
    const { lab } = this;
    const { session } = lab;
    const silent = lab.plane ? silentFinding(lab.plane.z) : '';
    const loss = lossFinding(session.history, lab.shown);
    const weights = lab.moment ? weightsFinding(lab.moment) : '';
    return html`
      <div class="neuron-bar">
        <div class="neuron-buttons">
          <button type="button" class="button button-main neuron-play" @click=${() => void lab.toggle()}>
            ${lab.player.playing ? 'Pause' : 'Play'}
          </button>
          <button type="button" class="button" @click=${() => void lab.step()}>One step</button>
          <button type="button" class="button" @click=${() => void lab.reset()}>Reset</button>
        </div>
        <label class="neuron-setting neuron-narrow">
          <span>Rate η</span>
          <input
            type="number"
            step="any"
            .value=${String(session.settings.rate)}
            @change=${(event: Event) => this.setRate(event)}
          />
        </label>
        <span class="widget-soft neuron-facts">
          batch ${session.settings.batch} of ${lab.samples.length}, seed ${session.settings.seed}
        </span>
      </div>
      <p class="neuron-finding" aria-live=${lab.player.playing ? 'off' : 'polite'}>${loss} ${silent}</p>
      ${session.notes.map(note => html`<p class="neuron-remark">${note.message}</p>`)}
      ${lab.failure ? html`<p class="neuron-failure" role="alert">${lab.failure}</p>` : nothing} ${this.stop()}
      <div class="neuron-pair">
        <neuron-plane
          fineness=${fineness}
          .samples=${lab.samples}
          .values=${lab.plane}
          .w=${lab.moment?.w}
          .batch=${lab.moment?.batch ?? []}
          .finding=${`${counted(lab.samples.length, 'sample')}. ${silent} ${weights}`}
          @sample-move=${(event: CustomEvent<SampleMove>) => this.moveSample(event.detail)}
          @grid-change=${() => void lab.refresh()}
        ></neuron-plane>
        <neuron-curve .history=${session.history} .shown=${lab.shown} .finding=${loss}></neuron-curve>
      </div>
      ${this.drawer(
        'The last step in numbers',
        () => html`<neuron-update
          .detail=${lab.player.playing ? undefined : session.detail?.update}
          .rate=${session.detail?.moment.rate ?? 0}
        ></neuron-update>`,
      )}
      ${this.drawer(
        'The samples as a table: change any number',
        () => html`<neuron-samples
          .samples=${lab.samples}
          .values=${lab.plane}
          @sample-edit=${(event: CustomEvent<SampleEdit>) => this.put(event.detail.place, event.detail.sample, true)}
        ></neuron-samples>`,
      )}
    `;
  }

  /** What few look at is not even made until it is opened: typesetting takes longer than a frame. */
  private drawer(title: string, content: () => TemplateResult): TemplateResult {
    const toggled = (event: Event): void => {
      const open = (event.currentTarget as HTMLDetailsElement).open;
      if (open === this.opened.has(title)) return;
      if (open) this.opened.add(title);
      else this.opened.delete(title);
      this.requestUpdate();
    };
    return html`<details class="neuron-more" @toggle=${toggled}>
      <summary>${title}</summary>
      ${this.opened.has(title) ? content() : nothing}
    </details>`;
  }

  private stop(): TemplateResult | typeof nothing {
    const { session, best } = this.lab;
    if (!session.stopped) return nothing;
    return html`<neuron-stop
      .message=${session.stopped.message}
      .rate=${session.settings.rate}
      .advice=${session.stopped.rate_advice ?? undefined}
      .best=${session.history[best]?.step ?? 0}
      @stop-rate=${(event: CustomEvent<number>) => void this.lab.set({ ...session.settings, rate: event.detail })}
      @stop-back=${() => void this.lab.backToBest()}
    ></neuron-stop>`;
  }

  private moveSample({ place, x1, x2, done }: SampleMove): void {
    this.put(place, [x1, x2, this.lab.samples[place]?.[2] ?? 0], done);
  }

  private put(place: number, sample: Sample, done: boolean): void {
    const samples = this.lab.samples.map((old, index) => (index === place ? sample : old));
    if (done) void this.lab.setSamples(samples);
    else this.lab.preview(samples);
  }

  private setRate(event: Event): void {
    const field = event.currentTarget as HTMLInputElement;
    const { settings } = this.lab.session;
    const rate = clamped(field.valueAsNumber, settingLimits.rate, settings.rate);
    field.value = String(rate);
    void this.lab.set({ ...settings, rate });
  }

  private settings(): NeuronSettings {
    return {
      rate: clamped(this.number('rate'), settingLimits.rate, firstSettings.rate),
      batch: Math.round(clamped(this.number('batch'), { min: 1, max: 1000 }, firstSettings.batch)),
      seed: Math.round(clamped(this.number('seed'), settingLimits.seed, firstSettings.seed)),
    };
  }

  private speed(): Speed {
    const speed = this.place.host.getAttribute('speed');
    return speed === 'slow' || speed === 'fast' ? speed : 'steady';
  }

  private number(name: string): number {
    const text = this.place.host.getAttribute(name);
    return text === null || text.trim() === '' ? Number.NaN : Number(text);
  }
}
