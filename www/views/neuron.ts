import { html, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { Grid } from '../draw/grid.ts';
import { plainNumber } from '../draw/text.ts';
import type { NeuronWish } from '../elements/neuron-controls.ts';
import { type NeuronHost, NeuronLab } from '../elements/neuron-lab.ts';
import type { NeuronLossMap, WeightMove } from '../elements/neuron-loss-map.ts';
import { type Plane, weightsAt } from '../elements/neuron-pictures.ts';
import type { NeuronPlane, SampleMove } from '../elements/neuron-plane.ts';
import type { Moment, NeuronSession } from '../elements/neuron-session.ts';
import type { SampleEdit } from '../elements/neuron-samples.ts';
import { countFinding, lossFinding, pathFinding, silentFinding, weightsFinding } from '../elements/neuron-words.ts';
import { type LossColumn, lossTable } from '../elements/training-loss-table.ts';
import { curveCard, obey, stopNotice } from '../elements/training-parts.ts';
import { engine } from '../engine/client.ts';
import { readNeuronAddress, writeNeuronAddress } from './neuron-address.ts';
import { dataSet, type Sample } from './neuron-data.ts';
import { TrainingView } from './training-view.ts';
import { say, saying } from '../words/neuron.ts';
import '../elements/neuron-batch.ts';
import '../elements/neuron-controls.ts';
import '../elements/neuron-loss-map.ts';
import '../elements/neuron-paste.ts';
import '../elements/neuron-plane.ts';
import '../elements/neuron-samples.ts';
import '../elements/neuron-title.ts';
import '../elements/neuron-update.ts';
import '../elements/neuron-weights.ts';

const planes: readonly { plane: Plane; title: string }[] = [
  { plane: 'w1w2', title: 'w₁, w₂' },
  { plane: 'w1b', title: 'w₁, b' },
  { plane: 'w2b', title: 'w₂, b' },
];

/** What the table of the loss shows of each moment. */
const columns: readonly LossColumn<Moment>[] = [
  { title: () => say('losshead'), cell: moment => plainNumber(moment.loss) },
  { title: () => say('firstweight'), cell: moment => plainNumber(moment.w[0]) },
  { title: () => say('secondweight'), cell: moment => plainNumber(moment.w[1]) },
  { title: () => say('bias'), cell: moment => plainNumber(moment.b) },
];

/** The neuron page: one neuron with two inputs, trained by stochastic gradient descent in front of the learner. */
@customElement('neuron-view')
export class NeuronView extends TrainingView<NeuronLab> implements NeuronHost {
  @state() private chosenPlane: Plane = 'w1w2';
  @query('neuron-plane') private readonly planeElement!: NeuronPlane | null;
  @query('neuron-loss-map') private readonly mapElement!: NeuronLossMap | null;

  readonly followsUpdates = true;

  protected readonly view = 'neuron';

  planeGrid(): Grid | undefined {
    return this.planeElement?.grid;
  }

  mapGrid(): { plane: Plane; grid: Grid } | undefined {
    const grid = this.mapElement?.grid;
    return grid && { plane: this.chosenPlane, grid };
  }

  protected labFor(params: URLSearchParams): NeuronLab {
    const { data, samples, settings } = readNeuronAddress(params);
    const lab = new NeuronLab(engine, data, settings, this);
    lab.session.samples = samples;
    lab.samples = samples;
    return lab;
  }

  protected addressOf({ session, samples }: NeuronLab): string {
    return writeNeuronAddress({ data: session.data, samples, settings: session.settings });
  }

  protected page(lab: NeuronLab): TemplateResult {
    const { session } = lab;
    const silent = lab.plane ? silentFinding(lab.plane.z) : '';
    return html`
      <div class="neuron-page" @neuron-wish=${this.onWish}>
        <neuron-title></neuron-title>
        <neuron-controls
          .settings=${session.settings}
          .samples=${lab.samples.length}
          .data=${session.data.id}
          .edited=${lab.samples !== session.data.samples}
          .playing=${lab.player.playing}
          .speed=${lab.player.speed}
        ></neuron-controls>
        <p class="neuron-finding" aria-live=${lab.player.playing ? 'off' : 'polite'}>
          ${lossFinding(session.history, lab.shown)} ${silent}
        </p>
        ${session.notes.map(note => html`<p class="neuron-remark" data-from="engine">${note.message}</p>`)}
        ${lab.failure ? html`<p class="neuron-failure" role="alert" data-from="engine">${lab.failure}</p>` : nothing}
        ${stopNotice(lab)}
        <div class="neuron-cards">${this.planeCard(lab, silent)} ${this.mapCard(lab)}</div>
        <div class="neuron-cards">
          <div class="neuron-stack">${this.lossCard(lab)} ${this.batchCard(lab)}</div>
          ${this.updateCard(lab)}
        </div>
        <details class="neuron-card neuron-more">
          <summary>${say('table')}</summary>
          <neuron-samples
            .samples=${lab.samples}
            .values=${lab.plane}
            @sample-edit=${this.onSampleEdit}
          ></neuron-samples>
          <neuron-paste
            @samples-paste=${(event: CustomEvent<readonly Sample[]>) => void lab.setSamples(event.detail)}
          ></neuron-paste>
        </details>
      </div>
    `;
  }

  private planeCard(lab: NeuronLab, silent: string): TemplateResult {
    return html`
      <section class="neuron-card" aria-labelledby="neuron-sees">
        <header class="neuron-head">
          <h2 id="neuron-sees">${say('sees')}</h2>
          <span class="neuron-hint">${say('drag')}</span>
        </header>
        <neuron-plane
          .samples=${lab.samples}
          .values=${lab.plane}
          .w=${lab.moment?.w}
          .batch=${lab.moment?.batch ?? []}
          .finding=${`${countFinding(lab.samples.length)} ${silent} ${lab.moment ? weightsFinding(lab.moment) : ''}`}
          @sample-move=${this.onSampleMove}
          @grid-change=${() => void lab.refresh()}
        ></neuron-plane>
        <p class="neuron-note">
          ${saying('legend', {
            about: say(lab.session.data.about),
            name: html`<b class="name-c0" data-from="engine">w</b>`,
          })}
        </p>
      </section>
    `;
  }

  private mapCard(lab: NeuronLab): TemplateResult {
    return html`
      <section class="neuron-card" aria-labelledby="neuron-loss-over">
        <header class="neuron-head">
          <h2 id="neuron-loss-over">${say('lossover')}</h2>
          <div class="segments" role="group" data-from="engine" aria-label=${say('parameters')}>
            ${planes.map(
              one => html`<button
                type="button"
                aria-pressed=${one.plane === this.chosenPlane}
                @click=${() => this.choosePlane(one.plane)}
              >${one.title}</button>`,
            )}
          </div>
        </header>
        <neuron-loss-map
          .history=${lab.session.history}
          .shown=${lab.shown}
          .plane=${this.chosenPlane}
          .map=${lab.map}
          .finding=${pathFinding(lab.session.history, lab.shown)}
          @weight-move=${this.onWeightMove}
          @grid-change=${() => void lab.refresh()}
        ></neuron-loss-map>
        <neuron-weights
          .w=${lab.moment?.w ?? [0, 0]}
          .b=${lab.moment?.b ?? 0}
          @weights-edit=${(event: CustomEvent<{ w: [number, number]; b: number }>) =>
            void lab.setWeights(event.detail.w, event.detail.b)}
        ></neuron-weights>
        <p class="neuron-note">${say('dragdot', { path: pathFinding(lab.session.history, lab.shown) })}</p>
      </section>
    `;
  }

  private lossCard(lab: NeuronLab): TemplateResult {
    return curveCard(lab, 'neuron-loss', lossTable(lab.session.history, say('loss'), columns));
  }

  private updateCard(lab: NeuronLab): TemplateResult {
    const detail = shownDetail(lab);
    return html`
      <section class="neuron-card" aria-labelledby="neuron-update">
        <header class="neuron-head">
          <h2 id="neuron-update">${detail ? say('stepby', { step: detail.moment.step }) : say('onestepby')}</h2>
        </header>
        <neuron-update .detail=${detail?.update} .rate=${detail?.moment.rate ?? 0}></neuron-update>
      </section>
    `;
  }

  private batchCard(lab: NeuronLab): TemplateResult | typeof nothing {
    const detail = shownDetail(lab);
    if (!detail) return nothing;
    return html`
      <section class="neuron-card" aria-labelledby="neuron-batch">
        <header class="neuron-head"><h2 id="neuron-batch">${say('stepsamples')}</h2></header>
        <neuron-batch .detail=${detail.update} .batch=${detail.moment.batch}></neuron-batch>
      </section>
    `;
  }

  private choosePlane(plane: Plane): void {
    this.chosenPlane = plane;
    void this.updateComplete.then(() => this.lab?.refresh());
  }

  private readonly onWish = (event: CustomEvent<NeuronWish>): void => {
    const lab = this.lab;
    const wish = event.detail;
    if (!lab) return;
    if (wish.kind === 'settings') void lab.set(wish.settings);
    else if (wish.kind === 'data') void lab.choose(dataSet(wish.id));
    else obey(lab, wish);
    this.requestUpdate();
  };

  private readonly onSampleMove = (event: CustomEvent<SampleMove>): void => {
    const { place, x1, x2, done } = event.detail;
    const target = this.lab?.samples[place]?.[2] ?? 0;
    const samples = replaced(this.lab?.samples ?? [], place, [x1, x2, target]);
    if (done) void this.lab?.setSamples(samples);
    else this.lab?.preview(samples);
  };

  private readonly onSampleEdit = (event: CustomEvent<SampleEdit>): void => {
    const { place, sample } = event.detail;
    void this.lab?.setSamples(replaced(this.lab.samples, place, sample));
  };

  private readonly onWeightMove = (event: CustomEvent<WeightMove>): void => {
    const moment = this.lab?.moment;
    if (!moment) return;
    const { w, b } = weightsAt(this.chosenPlane, moment, event.detail.place);
    if (event.detail.done) void this.lab?.setWeights(w, b);
    else this.lab?.hold(w, b);
  };
}

/** The last step in numbers; nothing while the reader looks back. */
function shownDetail(lab: NeuronLab): NeuronSession['detail'] {
  return lab.inThePast ? undefined : lab.session.detail;
}

function replaced(samples: readonly Sample[], place: number, sample: Sample): Sample[] {
  return samples.map((old, index) => (index === place ? sample : old));
}

declare global {
  interface HTMLElementTagNameMap {
    'neuron-view': NeuronView;
  }
}
