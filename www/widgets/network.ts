import { html, nothing, type TemplateResult } from 'lit';
import type { Grid } from '../draw/grid.ts';
import { type NetworkHost, NetworkLab } from '../elements/network-lab.ts';
import type { NetworkSurface } from '../elements/network-surface.ts';
import { rightFinding } from '../elements/network-words.ts';
import networkCss from '../elements/network.css?inline';
import { noColours } from '../elements/name-colours.ts';
import { countFinding, lossFinding } from '../elements/neuron-words.ts';
import { prose } from '../elements/prose.ts';
import { stopNotice } from '../elements/training-parts.ts';
import { readNetworkAddress } from '../views/network-address.ts';
import { engineFor } from './engine.ts';
import { fineness, TrainingWidget } from './training-widget.ts';
import type { Mounted, Place } from './widget.ts';
import { say } from '../words/widgets.ts';
import '../elements/network-graph.ts';
import '../elements/network-surface.ts';
import '../elements/network-table.ts';

/** `<chalk-network set="xor" layers="4-2">`: a network that learns in front of the reader. Attributes are those of the page's address. */
export async function mount(place: Place): Promise<Mounted> {
  const widget = new NetworkWidget(place);
  await widget.open();
  return widget;
}

/** The attributes that describe the network, named as in the page's address. */
const described = ['set', 'count', 'noise', 'dataseed', 'layers', 'activation', 'loss', 'rate', 'batch', 'seed'];

class NetworkWidget extends TrainingWidget<NetworkLab> implements NetworkHost {
  constructor(place: Place) {
    super(place, { usual: 5000, most: 1_000_000 }, networkCss);
  }

  surfaceGrid(): Grid | undefined {
    return this.box.querySelector<NetworkSurface>('network-surface')?.grid;
  }

  protected labFor(host: HTMLElement): NetworkLab {
    const params = new URLSearchParams();
    for (const name of described) params.set(name, host.getAttribute(name) ?? '');
    if (!host.hasAttribute('layers')) params.delete('layers');
    return new NetworkLab(engineFor(this.place), readNetworkAddress(params).settings, undefined, this);
  }

  protected report(): object {
    return {};
  }

  protected content(): TemplateResult {
    const { lab } = this;
    const { session } = lab;
    const { built, settings } = session;
    const loss = lossFinding(session.history, lab.shown);
    const right = rightFinding(lab.surface, built);
    const params = lab.moment?.params ?? {};
    return html`
      ${this.bar(html`<span class="widget-soft neuron-facts">
        ${say('networkfacts', {
          activation: settings.activation,
          rate: settings.rate,
          batch: settings.batch,
          samples: built?.samples.length ?? 0,
          seed: settings.seed,
        })}
      </span>`)}
      <p class="neuron-finding" aria-live=${lab.player.playing ? 'off' : 'polite'}>${loss} ${right}</p>
      ${session.notes.map(note => html`<p class="neuron-remark" data-from="engine">${prose(note.message, noColours)}</p>`)}
      ${lab.failure ? html`<p class="neuron-failure" role="alert" data-from="engine">${prose(lab.failure, noColours)}</p>` : nothing} ${stopNotice(lab)}
      <div class="neuron-pair">
        <network-surface
          fineness=${fineness}
          .samples=${built?.samples ?? []}
          .values=${lab.surface}
          .output=${built?.output}
          .finding=${`${countFinding(built?.samples.length ?? 0)} ${right}`}
          @grid-change=${() => void lab.refresh()}
        ></network-surface>
        <div>
          <network-graph .built=${built} .params=${params} .finding=${say('network')}></network-graph>
          <neuron-curve .history=${session.history} .shown=${lab.shown} .finding=${loss}></neuron-curve>
        </div>
      </div>
      <details class="neuron-more">
        <summary>${say('weights')}</summary>
        <network-table .built=${built} .params=${params} fixed></network-table>
      </details>
    `;
  }
}
