import { html, nothing, type TemplateResult } from 'lit';
import type { Grid } from '../draw/grid.ts';
import { type NeuronHost, NeuronLab } from '../elements/neuron-lab.ts';
import { clamped, firstSettings, type NeuronSettings, settingLimits } from '../elements/neuron-model.ts';
import type { NeuronPlane, SampleMove } from '../elements/neuron-plane.ts';
import type { SampleEdit } from '../elements/neuron-samples.ts';
import { countFinding, lossFinding, silentFinding, weightsFinding } from '../elements/neuron-words.ts';
import { stopNotice } from '../elements/training-parts.ts';
import { dataSet, type Sample } from '../views/neuron-data.ts';
import { engineFor } from './engine.ts';
import { attributeNumber, fineness, TrainingWidget } from './training-widget.ts';
import type { Mounted, Place } from './widget.ts';
import { say } from '../words/widgets.ts';
import { say as shared } from '../words/neuron.ts';
import '../elements/neuron-plane.ts';
import '../elements/neuron-samples.ts';
import '../elements/neuron-update.ts';

/** `<chalk-neuron data="ramp" rate="0.1">`: one neuron that learns in front of the reader. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new NeuronWidget(place);
  await widget.open();
  return widget;
}

/** What can be opened, by its title among the widgets' words. */
type Drawer = 'laststep' | 'samples';

class NeuronWidget extends TrainingWidget<NeuronLab> implements NeuronHost {
  readonly followsUpdates = false;
  private readonly opened = new Set<Drawer>();

  constructor(place: Place) {
    super(place, { usual: 500, most: 100_000 });
  }

  planeGrid(): Grid | undefined {
    return this.box.querySelector<NeuronPlane>('neuron-plane')?.grid;
  }

  mapGrid(): undefined {
    return undefined;
  }

  protected labFor(host: HTMLElement): NeuronLab {
    const settings: NeuronSettings = {
      rate: clamped(attributeNumber(host, 'rate'), settingLimits.rate, firstSettings.rate),
      batch: Math.round(clamped(attributeNumber(host, 'batch'), { min: 1, max: 1000 }, firstSettings.batch)),
      seed: Math.round(clamped(attributeNumber(host, 'seed'), settingLimits.seed, firstSettings.seed)),
    };
    return new NeuronLab(engineFor(this.place), dataSet(host.getAttribute('data')), settings, this);
  }

  protected report(): object {
    const moment = this.lab.session.now;
    return { w: [...(moment?.w ?? [])], b: moment?.b };
  }

  protected content(): TemplateResult {
    const { lab } = this;
    const { session } = lab;
    const silent = lab.plane ? silentFinding(lab.plane.z) : '';
    const loss = lossFinding(session.history, lab.shown);
    const weights = lab.moment ? weightsFinding(lab.moment) : '';
    return html`
      ${this.bar(html`
        <label class="neuron-setting neuron-narrow">
          <span>${shared('rate')}</span>
          <input
            type="number"
            step="any"
            .value=${String(session.settings.rate)}
            @change=${(event: Event) => this.setRate(event)}
          />
        </label>
        <span class="widget-soft neuron-facts">
          ${say('facts', { batch: session.settings.batch, samples: lab.samples.length, seed: session.settings.seed })}
        </span>
      `)}
      <p class="neuron-finding" aria-live=${lab.player.playing ? 'off' : 'polite'}>${loss} ${silent}</p>
      ${session.notes.map(note => html`<p class="neuron-remark" data-from="engine">${note.message}</p>`)}
      ${lab.failure ? html`<p class="neuron-failure" role="alert" data-from="engine">${lab.failure}</p>` : nothing} ${stopNotice(lab)}
      <div class="neuron-pair">
        <neuron-plane
          fineness=${fineness}
          .samples=${lab.samples}
          .values=${lab.plane}
          .w=${lab.moment?.w}
          .batch=${lab.moment?.batch ?? []}
          .finding=${`${countFinding(lab.samples.length)} ${silent} ${weights}`}
          @sample-move=${(event: CustomEvent<SampleMove>) => this.moveSample(event.detail)}
          @grid-change=${() => void lab.refresh()}
        ></neuron-plane>
        <neuron-curve .history=${session.history} .shown=${lab.shown} .finding=${loss}></neuron-curve>
      </div>
      ${this.drawer(
        'laststep',
        () => html`<neuron-update
          .detail=${lab.player.playing ? undefined : session.detail?.update}
          .rate=${session.detail?.moment.rate ?? 0}
        ></neuron-update>`,
      )}
      ${this.drawer(
        'samples',
        () => html`<neuron-samples
          .samples=${lab.samples}
          .values=${lab.plane}
          @sample-edit=${(event: CustomEvent<SampleEdit>) => this.put(event.detail.place, event.detail.sample, true)}
        ></neuron-samples>`,
      )}
    `;
  }

  /** What few look at is not even made until it is opened: typesetting takes longer than a frame. */
  private drawer(title: Drawer, content: () => TemplateResult): TemplateResult {
    const toggled = (event: Event): void => {
      const open = (event.currentTarget as HTMLDetailsElement).open;
      if (open === this.opened.has(title)) return;
      if (open) this.opened.add(title);
      else this.opened.delete(title);
      this.requestUpdate();
    };
    return html`<details class="neuron-more" @toggle=${toggled}>
      <summary>${say(title)}</summary>
      ${this.opened.has(title) ? content() : nothing}
    </details>`;
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
}
