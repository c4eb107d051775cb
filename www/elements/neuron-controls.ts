import { html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { dataSets } from '../views/neuron-data.ts';
import { clamped, type NeuronSettings, settingLimits } from './neuron-model.ts';
import { playButtons, speedOf, type TrainingWish } from './training-parts.ts';
import type { Speed } from './training-player.ts';
import { say } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';

/** The rates the slider stops at. */
const rates = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5] as const;

/** What a control asks for. */
export type NeuronWish = TrainingWish | { kind: 'settings'; settings: NeuronSettings } | { kind: 'data'; id: string };

/** Play, step, reset, and the settings. Sends `neuron-wish`. */
@customElement('neuron-controls')
export class NeuronControls extends Worded {
  @property({ attribute: false }) settings: NeuronSettings = { rate: 0.1, batch: 1, seed: 1 };
  @property({ type: Number }) samples = 1;
  @property() data = '';
  /** Whether the samples were changed by hand. */
  @property({ type: Boolean }) edited = false;
  @property({ type: Boolean }) playing = false;
  @property() speed: Speed = 'steady';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { rate, batch, seed } = this.settings;
    const stop = rates.findIndex(one => one >= rate);
    return html`
      ${playButtons(this.playing, kind => this.send({ kind }))}
      <div class="neuron-settings">
        <label class="neuron-setting">
          <span>${say('rate')} <input type="number" class="neuron-short" aria-label=${say('exactrate')} step="any"
            .value=${String(rate)}
            @change=${(event: Event) => this.setRate(event)} /></span>
          <input type="range" aria-label=${say('rate')} min="0" max=${rates.length - 1} step="1"
            aria-valuetext=${String(rate)}
            .value=${String(stop < 0 ? rates.length - 1 : stop)}
            @input=${(event: Event) => this.slideRate(event)} />
        </label>
        <label class="neuron-setting">
          <span>${say('batch', { batch: Math.min(batch, this.samples), samples: this.samples })}</span>
          <input type="range" aria-label=${say('inbatch')} min="1" max=${this.samples} step="1"
            .value=${String(Math.min(batch, this.samples))}
            @change=${(event: Event) => this.change({ batch: numberOf(event) })} />
        </label>
        <label class="neuron-setting neuron-narrow">
          <span>${say('seed')}</span>
          <input type="number" min="0" step="1" .value=${String(seed)}
            @change=${(event: Event) => this.setSeed(event)} />
        </label>
        <label class="neuron-setting neuron-narrow">
          <span>${say('speed')}</span>
          <select @change=${(event: Event) => this.setSpeed(event)}>
            <option value="slow" .selected=${this.speed === 'slow'}>${say('slow')}</option>
            <option value="steady" .selected=${this.speed === 'steady'}>${say('steady')}</option>
            <option value="fast" .selected=${this.speed === 'fast'}>${say('fast')}</option>
          </select>
        </label>
        <label class="neuron-setting neuron-narrow">
          <span>${say('data')}</span>
          <select @change=${(event: Event) => this.setData(event)}>
            ${dataSets.map(
              data =>
                html`<option value=${data.id} .selected=${data.id === this.data && !this.edited}>${say(data.title)}</option>`,
            )}
            ${this.edited ? html`<option value="" .selected=${true}>${say('own')}</option>` : ''}
          </select>
        </label>
      </div>
    `;
  }

  private slideRate(event: Event): void {
    this.change({ rate: rates[numberOf(event)] ?? this.settings.rate });
  }

  private setRate(event: Event): void {
    const rate = clamped(numberOf(event), settingLimits.rate, this.settings.rate);
    (event.currentTarget as HTMLInputElement).value = String(rate);
    this.change({ rate });
  }

  private setSeed(event: Event): void {
    const seed = Math.round(clamped(numberOf(event), settingLimits.seed, this.settings.seed));
    (event.currentTarget as HTMLInputElement).value = String(seed);
    this.change({ seed });
  }

  private setSpeed(event: Event): void {
    this.send({ kind: 'speed', speed: speedOf((event.currentTarget as HTMLSelectElement).value) });
  }

  private setData(event: Event): void {
    const id = (event.currentTarget as HTMLSelectElement).value;
    if (id !== '') this.send({ kind: 'data', id });
  }

  private change(part: Partial<NeuronSettings>): void {
    this.send({ kind: 'settings', settings: { ...this.settings, ...part } });
  }

  private send(detail: NeuronWish): void {
    this.dispatchEvent(new CustomEvent<NeuronWish>('neuron-wish', { detail, bubbles: true }));
  }
}

function numberOf(event: Event): number {
  return (event.currentTarget as HTMLInputElement).valueAsNumber;
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-controls': NeuronControls;
  }
}
