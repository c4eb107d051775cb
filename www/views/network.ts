import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { Grid } from '../draw/grid.ts';
import { plainNumber } from '../draw/text.ts';
import { NameColours, noColours } from '../elements/name-colours.ts';
import type { NetworkWish } from '../elements/network-controls.ts';
import type { Slope } from '../elements/network-derivative.ts';
import { type NetworkHost, NetworkLab, type WeightPlace } from '../elements/network-lab.ts';
import { flat, shapeOf } from '../elements/network-layout.ts';
import type { NetworkSurface } from '../elements/network-surface.ts';
import { blankFinding, entryName, rateFinding, rightFinding } from '../elements/network-words.ts';
import networkCss from '../elements/network.css?inline';
import { countFinding, lossFinding } from '../elements/neuron-words.ts';
import { prose } from '../elements/prose.ts';
import { type LossColumn, lossTable } from '../elements/training-loss-table.ts';
import { curveCard, obey, stopNotice } from '../elements/training-parts.ts';
import type { TrainingMoment } from '../elements/training-session.ts';
import { engine } from '../engine/client.ts';
import type { JsonShape } from '../engine/contract.ts';
import { readState, writeState } from '../state.ts';
import { readNetworkAddress, writeNetworkAddress } from './network-address.ts';
import type { Sample } from './neuron-data.ts';
import { TrainingView } from './training-view.ts';
import { say, saying } from '../words/network.ts';
import { say as shared } from '../words/neuron.ts';
import '../elements/network-controls.ts';
import '../elements/network-derivative.ts';
import '../elements/network-formulas.ts';
import '../elements/network-graph.ts';
import '../elements/network-samples.ts';
import '../elements/network-surface.ts';
import '../elements/network-table.ts';
import '../elements/neuron-paste.ts';

/** What the table of the loss shows of each moment. */
const columns: readonly LossColumn<TrainingMoment>[] = [
  { title: () => shared('losshead'), cell: moment => plainNumber(moment.loss) },
  { title: () => shared('batchloss'), cell: moment => (moment.step > 0 ? plainNumber(moment.batchLoss) : '') },
];

/** The network page: a small network as one expression, trained in front of the learner by the gradient that was derived. */
@customElement('network-view')
export class NetworkView extends TrainingView<NetworkLab> implements NetworkHost {
  @query('network-surface') private readonly surfaceElement!: NetworkSurface | null;

  protected readonly view = 'network';
  protected override readonly css = [networkCss];

  surfaceGrid(): Grid | undefined {
    return this.surfaceElement?.grid;
  }

  protected labFor(params: URLSearchParams): NetworkLab {
    const { settings, rows } = readNetworkAddress(params);
    return new NetworkLab(engine, settings, rows, this);
  }

  protected addressOf({ session: { settings, rows } }: NetworkLab): string {
    return writeNetworkAddress({ settings, rows });
  }

  protected page(lab: NetworkLab): TemplateResult {
    const { session } = lab;
    const { built, settings } = session;
    const loss = lossFinding(session.history, lab.shown);
    const remarks = [
      ...session.notes.map(note => note.message),
      rateFinding(session.largestRate, settings.rate),
      blankFinding(lab.surface),
    ];
    return html`
      <div class="neuron-page" @network-wish=${this.onWish}>
        <div class="neuron-title">
          <h1>${say('title')}</h1>
          ${built ? html`<span>${say('learn', { parameters: built.parameters })}</span>` : nothing}
        </div>
        ${keyed(
          lab.returns,
          html`<network-controls
          .settings=${settings}
          .samples=${built?.samples.length ?? settings.count}
          .own=${session.rows !== undefined}
          .playing=${lab.player.playing}
          .speed=${lab.player.speed}
        ></network-controls>`,
        )}
        <p class="neuron-finding" aria-live=${lab.player.playing ? 'off' : 'polite'}>
          ${loss} ${rightFinding(lab.surface, built)}
        </p>
        ${remarks.filter(remark => remark !== '').map(remark => html`<p class="neuron-remark" data-from="engine">${prose(remark, noColours)}</p>`)}
        ${this.failure(lab)}
        ${stopNotice(lab)}
        ${built ? this.cards(lab) : nothing}
        <details class="neuron-card neuron-more">
          <summary>${say('own')}</summary>
          <neuron-paste
            @samples-paste=${(event: CustomEvent<readonly Sample[]>) => void lab.set(settings, event.detail)}
          ></neuron-paste>
          <p class="neuron-note">${say('third')}</p>
        </details>
      </div>
    `;
  }

  private cards(lab: NetworkLab): TemplateResult {
    return html`<div class="neuron-cards">
      <div class="neuron-stack">${this.surfaceCard(lab)} ${this.lossCard(lab)}</div>
      <div class="neuron-stack">${this.graphCard(lab)} ${this.derivativeCard(lab)} ${this.formulaCard(lab)}</div>
    </div>`;
  }

  private surfaceCard(lab: NetworkLab): TemplateResult {
    const { built } = lab.session;
    const samples = built?.samples ?? [];
    return html`
      <section class="neuron-card" aria-labelledby="network-sees">
        <header class="neuron-head"><h2 id="network-sees">${say('sees')}</h2></header>
        <network-surface
          .samples=${samples}
          .values=${lab.surface}
          .output=${built?.output}
          .finding=${`${countFinding(samples.length)} ${rightFinding(lab.surface, built)}`}
          @grid-change=${() => void lab.refresh()}
        ></network-surface>
        <p class="neuron-note">
          ${saying('legend', { about: html`<span data-from="engine">${built?.about}</span>` })}
        </p>
        <network-samples
          .values=${lab.surface}
          .boundary=${built?.output.boundary ?? 0}
          .playing=${lab.player.playing}
        ></network-samples>
      </section>
    `;
  }

  private graphCard(lab: NetworkLab): TemplateResult {
    const { built } = lab.session;
    const params = lab.moment?.params ?? {};
    return html`
      <section class="neuron-card" aria-labelledby="network-weights">
        <header class="neuron-head">
          <h2 id="network-weights">${say('weights')}</h2>
          <span class="neuron-hint">${say('click')}</span>
        </header>
        <network-graph
          .built=${built}
          .params=${params}
          .chosen=${lab.chosen}
          .finding=${graphFinding(lab)}
          @weight-choose=${this.onChoose}
        ></network-graph>
        <p class="neuron-note">
          ${saying('thick', {
            whole: html`<b class="name-c1 network-key">${say('whole')}</b>`,
            dashed: html`<b class="name-c0 network-key">${say('dashed')}</b>`,
            start: html`<span data-from="engine">${built?.start}</span>`,
          })}
        </p>
        <details class="neuron-more">
          <summary>${say('tables')}</summary>
          <network-table
            .built=${built}
            .params=${params}
            .chosen=${lab.chosen}
            @weight-choose=${this.onChoose}
          ></network-table>
        </details>
      </section>
    `;
  }

  private lossCard(lab: NetworkLab): TemplateResult {
    return curveCard(lab, 'network-loss', lossTable(lab.session.history, say('losstable'), columns));
  }

  private derivativeCard(lab: NetworkLab): TemplateResult {
    const slope = slopeOf(lab);
    const title = slope
      ? say('derivativeby', { name: entryName(slope.formula.name, slope.entry, slope.shape) })
      : say('derivative');
    return html`
      <section class="neuron-card" aria-labelledby="network-derivative">
        <header class="neuron-head"><h2 id="network-derivative">${title}</h2></header>
        <network-derivative .slope=${slope} .colours=${coloursOf(lab)}></network-derivative>
        ${lab.chosen ? html`<p class="neuron-note"><a href=${exploreAddress(lab, lab.chosen.name)}>${say('derived')}</a></p>` : nothing}
      </section>
    `;
  }

  private formulaCard(lab: NetworkLab): TemplateResult {
    return html`
      <section class="neuron-card" aria-labelledby="network-trained">
        <header class="neuron-head">
          <h2 id="network-trained">${say('trained')}</h2>
          <span class="neuron-hint">${say('batchsize')}</span>
        </header>
        <network-formulas
          .formulas=${lab.session.formulas}
          .colours=${coloursOf(lab)}
          .text=${lab.session.built?.spec.loss ?? ''}
        ></network-formulas>
      </section>
    `;
  }

  private failure(lab: NetworkLab): TemplateResult | typeof nothing {
    if (!lab.failure) return nothing;
    return html`<div class="neuron-stop" role="alert">
      <p data-from="engine">${prose(lab.failure, noColours)}</p>
      <div class="neuron-buttons">
        <button type="button" class="button" @click=${() => void lab.dismiss()}>
          ${lab.session.built ? say('back') : say('begin')}
        </button>
      </div>
    </div>`;
  }

  private readonly onChoose = (event: CustomEvent<WeightPlace>): void => {
    this.lab?.choose(event.detail);
  };

  private readonly onWish = (event: CustomEvent<NetworkWish>): void => {
    const lab = this.lab;
    const wish = event.detail;
    if (!lab) return;
    if (wish.kind === 'settings') void lab.set(wish.settings, wish.own ? lab.session.rows : undefined);
    else obey(lab, wish);
    this.requestUpdate();
  };
}

/** Colours by the order of the layers; the usual names keep theirs. */
function coloursOf(lab: NetworkLab): NameColours {
  const { built } = lab.session;
  return (built && colours.get(built)) ?? remembered(built);
}

const colours = new WeakMap<object, NameColours>();

function remembered(built: NetworkLab['session']['built']): NameColours {
  const names = built?.layers.flatMap(layer => [layer.weights, layer.bias]) ?? [];
  const dealt = new NameColours(['X', 'y', 'Y', ...names]);
  if (built) colours.set(built, dealt);
  return dealt;
}

/** The chosen weight with its formula and its number; nothing while one of them is not there, or the reader looks back. */
function slopeOf(lab: NetworkLab): Slope | undefined {
  const { chosen, slope, session, moment } = lab;
  if (!chosen || !slope || !moment || slope.name !== chosen.name || lab.inThePast) return undefined;
  const formula = session.formulas?.gradients.find(one => one.name === chosen.name);
  const number = slope.numbers[chosen.entry];
  const value = flat(moment.params[chosen.name])[chosen.entry];
  if (!formula || number === undefined || value === undefined) return undefined;
  const shape = shapeOf(moment.params[chosen.name]);
  return { formula, shape, entry: chosen.entry, value, slope: number, step: slope.step };
}

/** The question whose answer is that formula, on the page that derives it in steps. */
function exploreAddress(lab: NetworkLab, wrt: string): string {
  const { built } = lab.session;
  const expr = built?.spec.loss ?? '';
  const targets: [string, JsonShape] = lab.session.settings.loss === 'softmax' ? ['Y', ['N', 2]] : ['y', ['N']];
  const shapes = new Map<string, JsonShape>([['X', ['N', 2]], targets]);
  for (const [name, value] of Object.entries(lab.session.history[0]?.params ?? {})) shapes.set(name, shapeOf(value));
  return `#/explore?${writeState({ ...readState(new URLSearchParams({ expr, wrt })), shapes })}`;
}

/** The network in words. */
function graphFinding(lab: NetworkLab): string {
  const { built } = lab.session;
  if (!built) return '';
  const widths = built.layers.slice(0, -1).map(layer => layer.outputs);
  const hidden =
    widths.length === 0 ? say('nohidden') : say('hidden', { count: widths.length, widths: widths.join(', ') });
  return say('finding', { hidden, outputs: say('outputs', { count: built.layers.at(-1)?.outputs ?? 1 }) });
}

declare global {
  interface HTMLElementTagNameMap {
    'network-view': NetworkView;
  }
}
