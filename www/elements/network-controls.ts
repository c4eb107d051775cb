import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  activations,
  firstNetwork,
  losses,
  networkLimits,
  type NetworkSettings,
  sets,
  whole,
} from './network-model.ts';
import { clamped } from './neuron-model.ts';
import { playButtons, speedOf, type TrainingWish } from './training-parts.ts';
import type { Speed } from './training-player.ts';
import { say } from '../words/network.ts';
import { say as shared } from '../words/neuron.ts';
import { Worded } from '../words/worded.ts';

/** What a control asks for. */
export type NetworkWish = TrainingWish | { kind: 'settings'; settings: NetworkSettings; own: boolean };

/** A choice and what it is called on screen. */
interface Choice {
  readonly id: string;
  readonly title: string;
}

/** Choices by the network's words. */
function named(
  ids: readonly ('slow' | 'steady' | 'fast' | (typeof sets)[number] | (typeof losses)[number])[],
): Choice[] {
  return ids.map(id => ({ id, title: say(id) }));
}

/** Play, step, reset, and the settings of a network. Sends `network-wish`. */
@customElement('network-controls')
export class NetworkControls extends Worded {
  @property({ attribute: false }) settings: NetworkSettings = firstNetwork;
  /** How many samples there are. */
  @property({ type: Number }) samples = 1;
  /** Whether the samples are the learner's own. */
  @property({ type: Boolean }) own = false;
  @property({ type: Boolean }) playing = false;
  @property() speed: Speed = 'steady';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`
      <div class="network-row">
        ${playButtons(this.playing, kind => this.send({ kind }))}
        <div class="neuron-settings">${this.training()}</div>
      </div>
      <div class="network-row">
        <div class="neuron-settings">${this.data()}</div>
        <div class="neuron-settings">${this.network()}</div>
      </div>
    `;
  }

  private training(): TemplateResult {
    const { rate, batch, seed } = this.settings;
    return html`
      ${this.number(shared('rate'), rate, 'any', value => ({ rate: Number.isFinite(value) ? value : rate }))}
      ${this.number(say('batchof', { samples: this.samples }), batch, '1', value => ({ batch: whole(value, networkLimits.batch, batch) }))}
      ${this.number(shared('seed'), seed, '1', value => ({ seed: whole(value, networkLimits.seed, seed) }))}
      ${this.choice(shared('speed'), named(['slow', 'steady', 'fast']), this.speed, id => this.send({ kind: 'speed', speed: speedOf(id) }))}
    `;
  }

  private data(): TemplateResult {
    const { set, count, noise, dataSeed } = this.settings;
    const own: Choice = { id: '', title: shared('own') };
    return html`
      ${this.choice(shared('data'), this.own ? [...named(sets), own] : named(sets), this.own ? '' : set, id => {
        if (id !== '') this.change({ set: id }, false);
      })}
      ${
        this.own
          ? nothing
          : html`
            ${this.number(say('samples'), count, '10', value => ({ count: whole(value, networkLimits.count, count) }))}
            ${this.number(say('noise'), noise, '0.05', value => ({ noise: clamped(value, networkLimits.noise, noise) }))}
            ${this.number(say('dataseed'), dataSeed, '1', value => ({ dataSeed: whole(value, networkLimits.seed, dataSeed) }))}
          `
      }
    `;
  }

  private network(): TemplateResult {
    const { widths, activation, loss } = this.settings;
    return html`
      <div class="neuron-setting neuron-narrow" role="group" aria-label=${say('hiddenlayers')}>
        <span>${say('hiddenlayers')}</span>
        <div class="network-widths">
          ${widths.map(
            (width, layer) => html`<input
              type="number"
              class="network-width"
              min="1"
              max=${networkLimits.widths.max}
              aria-label=${say('units', { layer: layer + 1 })}
              .value=${String(width)}
              @change=${(event: Event) => this.setWidth(event, layer)}
            />`,
          )}
          <button
            type="button"
            class="button network-more"
            aria-label=${say('less')}
            aria-disabled=${widths.length === 0}
            @click=${() => widths.length > 0 && this.change({ widths: widths.slice(0, -1) })}
          >−</button>
          <button
            type="button"
            class="button network-more"
            aria-label=${say('more')}
            aria-disabled=${widths.length >= networkLimits.layers}
            @click=${() => widths.length < networkLimits.layers && this.change({ widths: [...widths, widths.at(-1) ?? 4] })}
          >+</button>
        </div>
      </div>
      <label class="neuron-setting network-activation">
        <span>${say('activation')}</span>
        <input
          type="text"
          list="network-activations"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          maxlength=${networkLimits.activation}
          .value=${activation}
          @change=${(event: Event) => this.change({ activation: (event.currentTarget as HTMLInputElement).value })}
        />
      </label>
      <datalist id="network-activations">${activations.map(one => html`<option value=${one}></option>`)}</datalist>
      ${this.choice(say('loss'), named(losses), loss, id => this.change({ loss: id }))}
    `;
  }

  private number(
    label: string,
    value: number,
    step: string,
    part: (value: number) => Partial<NetworkSettings>,
  ): TemplateResult {
    return html`<label class="neuron-setting neuron-narrow">
      <span>${label}</span>
      <input
        type="number"
        step=${step}
        .value=${String(value)}
        @change=${(event: Event) => {
          const field = event.currentTarget as HTMLInputElement;
          const changed = part(field.valueAsNumber);
          field.value = String(Object.values(changed)[0]);
          this.change(changed);
        }}
      />
    </label>`;
  }

  private choice(
    label: string,
    choices: readonly Choice[],
    chosen: string,
    choose: (id: string) => void,
  ): TemplateResult {
    return html`<label class="neuron-setting neuron-narrow">
      <span>${label}</span>
      <select @change=${(event: Event) => choose((event.currentTarget as HTMLSelectElement).value)}>
        ${choices.map(({ id, title }) => html`<option value=${id} .selected=${id === chosen}>${title}</option>`)}
      </select>
    </label>`;
  }

  private setWidth(event: Event, layer: number): void {
    const field = event.currentTarget as HTMLInputElement;
    const before = this.settings.widths[layer] ?? 1;
    const width = whole(field.valueAsNumber, networkLimits.widths, before);
    field.value = String(width);
    this.change({ widths: this.settings.widths.map((old, place) => (place === layer ? width : old)) });
  }

  /** `own` keeps the learner's own samples. */
  private change(part: Partial<NetworkSettings>, own = this.own): void {
    this.send({ kind: 'settings', settings: { ...this.settings, ...part }, own });
  }

  private send(detail: NetworkWish): void {
    this.dispatchEvent(new CustomEvent<NetworkWish>('network-wish', { detail, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'network-controls': NetworkControls;
  }
}
