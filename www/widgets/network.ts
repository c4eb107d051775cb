import { html, nothing, render, type TemplateResult } from 'lit';
import type { Grid } from '../draw/grid.ts';
import { type NetworkHost, NetworkLab } from '../elements/network-lab.ts';
import type { NetworkSurface } from '../elements/network-surface.ts';
import { rightFinding } from '../elements/network-words.ts';
import networkCss from '../elements/network.css?inline';
import neuronCss from '../elements/neuron.css?inline';
import { noColours } from '../elements/name-colours.ts';
import { clamped } from '../elements/neuron-model.ts';
import type { Speed } from '../elements/neuron-player.ts';
import { counted, lossFinding } from '../elements/neuron-words.ts';
import { prose } from '../elements/prose.ts';
import { readNetworkAddress } from '../views/network-address.ts';
import { widgetEngine } from './engine.ts';
import { adoptStyles } from './styles.ts';
import type { Mounted, Place } from './widget.ts';
import '../elements/network-graph.ts';
import '../elements/network-surface.ts';
import '../elements/network-table.ts';
import '../elements/neuron-curve.ts';
import '../elements/neuron-stop.ts';

/** Grid points a side: few, because everything happens on the host page's own thread. */
const fineness = 25;

/** Training stops here unless `steps` says otherwise: a widget does not run for ever. */
const usualSteps = 5000;

/** `<chalk-network set="xor" layers="4-2">`: a network that learns in front of the reader. Attributes are those of the page's address. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new NetworkWidget(place);
  await widget.open();
  return widget;
}

/** The attributes that describe the network, named as in the page's address. */
const described = ['set', 'count', 'noise', 'dataseed', 'layers', 'activation', 'loss', 'rate', 'batch', 'seed'];

class NetworkWidget implements Mounted, NetworkHost {
  private readonly box = document.createElement('div');
  private lab: NetworkLab;
  private drawing = false;
  private readonly sight: IntersectionObserver;

  constructor(private readonly place: Place) {
    this.box.className = 'widget neuron-widget';
    adoptStyles(place.host, place.root, neuronCss, networkCss);
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
    if (!this.lab.session.built) {
      this.place.giveUp(this.lab.failure);
      return;
    }
    this.draw();
    this.place.show(this.box);
  }

  attributeChanged(name: string): void {
    if (name === 'theme') return;
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

  surfaceGrid(): Grid | undefined {
    return this.box.querySelector<NetworkSurface>('network-surface')?.grid;
  }

  trained(): void {
    const moment = this.lab.session.now;
    if (!moment || moment.step === 0) return;
    const detail = { steps: moment.step, loss: moment.loss };
    this.place.host.dispatchEvent(new CustomEvent('trained', { detail, bubbles: true }));
  }

  private newLab(): NetworkLab {
    const { host } = this.place;
    const params = new URLSearchParams();
    for (const name of described) params.set(name, host.getAttribute(name) ?? '');
    if (!host.hasAttribute('layers')) params.delete('layers');
    const lab = new NetworkLab(widgetEngine, readNetworkAddress(params).settings, undefined, this);
    const steps = Number(host.getAttribute('steps') || Number.NaN);
    lab.mostSteps = Math.round(clamped(steps, { min: 1, max: 1_000_000 }, usualSteps));
    lab.player.speed = this.speed();
    return lab;
  }

  private draw(): void {
    render(this.content(), this.box);
  }

  private content(): TemplateResult {
    const { lab } = this;
    const { session } = lab;
    const { built, settings } = session;
    const loss = lossFinding(session.history, lab.shown);
    const right = rightFinding(lab.surface, built);
    const params = lab.moment?.params ?? {};
    return html`
      <div class="neuron-bar">
        <div class="neuron-buttons">
          <button type="button" class="button button-main neuron-play" @click=${() => void lab.toggle()}>
            ${lab.player.playing ? 'Pause' : 'Play'}
          </button>
          <button type="button" class="button" @click=${() => void lab.step()}>One step</button>
          <button type="button" class="button" @click=${() => void lab.reset()}>Reset</button>
        </div>
        <span class="widget-soft neuron-facts">
          ${settings.activation}, rate ${settings.rate}, batch ${settings.batch} of ${built?.samples.length ?? 0}, seed ${settings.seed}
        </span>
      </div>
      <p class="neuron-finding" aria-live=${lab.player.playing ? 'off' : 'polite'}>${loss} ${right}</p>
      ${session.notes.map(note => html`<p class="neuron-remark">${prose(note.message, noColours)}</p>`)}
      ${lab.failure ? html`<p class="neuron-failure" role="alert">${prose(lab.failure, noColours)}</p>` : nothing} ${this.stop()}
      <div class="neuron-pair">
        <network-surface
          fineness=${fineness}
          .samples=${built?.samples ?? []}
          .values=${lab.surface}
          .output=${built?.output}
          .finding=${`${counted(built?.samples.length ?? 0, 'sample')}. ${right}`}
          @grid-change=${() => void lab.refresh()}
        ></network-surface>
        <div>
          <network-graph .built=${built} .params=${params} .finding=${'The network. Its weights are in the tables below.'}></network-graph>
          <neuron-curve .history=${session.history} .shown=${lab.shown} .finding=${loss}></neuron-curve>
        </div>
      </div>
      <details class="neuron-more">
        <summary>The weights as tables</summary>
        <network-table .built=${built} .params=${params} fixed></network-table>
      </details>
    `;
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

  private speed(): Speed {
    const speed = this.place.host.getAttribute('speed');
    return speed === 'slow' || speed === 'fast' ? speed : 'steady';
  }
}
