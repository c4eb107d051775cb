import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { CopyItem } from '../elements/copy-menu.ts';
import type { FormulaChange } from '../elements/formula-input.ts';
import type { OrderChange } from '../elements/order-picker.ts';
import { prose } from '../elements/prose.ts';
import type { AssumeChange, ShapeChange } from '../elements/shape-chips.ts';
import type { SizeChange } from '../elements/sizer.ts';
import type { StepChange } from '../elements/step-board.ts';
import type { TensorPick } from '../elements/tensor-views.ts';
import type { StepPick } from '../elements/the-way.ts';
import type { WayChange } from '../elements/way-switch.ts';
import type { WrtChange } from '../elements/wrt-picker.ts';
import type { View } from '../engine/contract.ts';
import { exploreStore } from '../explore-store.ts';
import { type ExploreState, tensorKinds, ways, writeState } from '../state.ts';
import { type Example, questionOf } from './examples.ts';
import { type Derived, ExploreSession, tokenise } from './explore-session.ts';
import { findPlace, type Place, placeAt } from './keep-place.ts';
import type { NodePick } from '../elements/computation-graph.ts';
import '../elements/computation-graph.ts';
import '../elements/copy-menu.ts';
import type { EntryPick } from '../elements/entry-grid.ts';
import { say, saying } from '../words/explore.ts';
import { Worded } from '../words/worded.ts';
import '../elements/entry-grid.ts';
import '../elements/example-list.ts';
import '../elements/formula-input.ts';
import '../elements/intermediates-table.ts';
import '../elements/math-switch.ts';
import '../elements/order-picker.ts';
import '../elements/shape-chips.ts';
import '../elements/step-board.ts';
import '../elements/tensor-views.ts';
import '../elements/tex-math.ts';
import '../elements/the-way.ts';
import '../elements/way-switch.ts';
import '../elements/wrt-picker.ts';

/** Explore: type an expression, see how it is read, and step through its derivative. */
@customElement('explore-view')
export class ExploreView extends Worded {
  @state() private state: ExploreState = exploreStore.current;

  /** The smaller step that the graph's reader asked for. */
  @state() private revealed = '';

  private readonly session = new ExploreSession(this);
  private stop: (() => void) | undefined;
  /** The derivation that the reader left for another way, and where. */
  private leaving: { view: View; place: Place } | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = exploreStore.subscribe(() => this.follow());
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  protected override updated(): void {
    const leaving = this.leaving;
    const view = this.session.derived?.view;
    if (!leaving || !view || view === leaving.view || this.session.old) return;
    this.leaving = undefined;
    const step = findPlace(view.steps, leaving.place) + 1;
    if (step !== this.state.step) exploreStore.change({ step });
  }

  /** The engine says it again in the other language; the step, the text and all choices stay. */
  protected override languageChanged(): void {
    void this.session.ask(this.state);
  }

  private follow(): void {
    const sizesChanged = this.state.sizes !== exploreStore.current.sizes;
    const { expr, wrt, order } = exploreStore.current;
    // The smaller step belongs to the question for which it was asked.
    if (this.state.expr !== expr || this.state.wrt !== wrt || this.state.order !== order) this.revealed = '';
    this.state = exploreStore.current;
    void this.session.ask(this.state);
    if (sizesChanged && this.session.derived && !this.session.old) void this.session.open(this.state);
  }

  /** The address says what was answered, also where the variable asked for had given way to another. */
  protected override willUpdate(): void {
    const { derived, old } = this.session;
    if (derived && !old && derived.wrt !== exploreStore.current.wrt) exploreStore.change({ wrt: derived.wrt });
  }

  protected override render(): TemplateResult {
    return html`<section class="explore">
      <h1 class="visually-hidden" tabindex="-1">${say('title')}</h1>
      ${this.question()} ${this.reading()} ${this.session.derived ? this.derivation(this.session.derived) : nothing}
      ${
        this.session.derived || this.session.error
          ? html`<example-list @example-pick=${(event: CustomEvent<Example>) => this.take(event.detail)}></example-list>`
          : nothing
      }
    </section>`;
  }

  private question(): TemplateResult {
    const { session, state } = this;
    return html`<div class="ask">
      <formula-input
        label=${say('expression')}
        placeholder=${say('example')}
        symbols
        .value=${state.expr}
        .colours=${session.colours}
        .error=${session.error}
        .tokenise=${tokenise}
        @formula-change=${(event: FormulaChange) => exploreStore.change({ expr: event.detail.value, step: 1 })}
      ></formula-input>
      <div class="ask-by">
        <wrt-picker
          .value=${session.wrt || state.wrt}
          .names=${session.parsed?.names ?? []}
          .colours=${session.colours}
          @wrt-change=${(event: WrtChange) => exploreStore.change({ wrt: event.detail.value, step: 1 })}
        ></wrt-picker>
        <order-picker
          .order=${state.order}
          @order-change=${(event: OrderChange) => exploreStore.change({ order: event.detail.order, step: 1 })}
        ></order-picker>
      </div>
    </div>`;
  }

  private reading(): TemplateResult {
    const { parsed, derived, colours, old, faded, unread } = this.session;
    if (!parsed) return html`<div class="reading"></div>`;
    return html`<div class="reading ${unread && faded ? 'is-old' : ''}">
      <tex-math display label=${say('yours')} .latex=${parsed.latex} .colours=${colours}></tex-math>
      <shape-chips
        .names=${derived && !old ? derived.view.names : parsed.names}
        .assumed=${this.state.assume}
        .result=${derived && !old ? derived.view.result_shape : ''}
        .colours=${colours}
        @shape-change=${this.setShape}
        @assume-change=${this.setAssumed}
      ></shape-chips>
    </div>`;
  }

  private derivation(derived: Derived): TemplateResult {
    const { colours, old, faded } = this.session;
    const { view } = derived;
    const index = Math.min(this.state.step, Math.max(view.steps.length, 1)) - 1;
    const all = this.state.view === 'all';
    return html`<div class="derivation ${faded ? 'is-old' : ''}" ?data-ready=${!old}>
      ${
        view.steps.length === 0
          ? nothing
          : html`<the-way .steps=${view.steps} .index=${index} .colours=${colours} @step-pick=${this.pickStep}></the-way>
            <step-board
              .steps=${view.steps}
              .index=${index}
              .all=${all}
              .colours=${colours}
              .head=${this.ways(derived)}
              .reveal=${this.revealed}
              rule-links
              @step-change=${this.setStep}
            ></step-board>`
      }
      <aside class="side" aria-label=${say('beside')}>
        <intermediates-table .intermediates=${view.intermediates} .colours=${colours}></intermediates-table>
      </aside>
      ${this.result(derived)}
      <computation-graph
        .graph=${this.session.numbered?.graph ?? this.session.drawing?.graph}
        .at=${this.session.numbered?.at ?? new Map()}
        .otherWay=${this.otherWay(view)}
        .colours=${colours}
        @graph-open=${() => void this.session.openGraph(this.state)}
        @node-pick=${this.pickNode}
        @step-seek=${this.seekBoard}
      ></computation-graph>
      ${this.beyond(derived)}
      <entry-grid
        .entries=${this.session.entries}
        .order=${derived.answer.shape.length}
        ?views=${view.tensor_views.length > 0}
        .colours=${colours}
        .derivation=${this.session.entry}
        derives
        @size-change=${this.setSize}
        @entry-pick=${this.pickEntry}
        @views-seek=${this.seekViews}
      ></entry-grid>
    </div>`;
  }

  private ways({ view }: Derived): TemplateResult {
    const { way } = this.state;
    const lost = way !== '' && way !== view.way && view.ways.length > 1 && !this.session.old;
    return html`<way-switch
        .ways=${view.ways}
        .way=${view.way}
        .cost=${view.cost}
        @way-change=${(event: WayChange) => this.setWay(event)}
      ></way-switch>
      ${lost ? html`<p class="way-lost" role="status">${say('lost')}</p>` : nothing}`;
  }

  /** The views of a derivative that no one matrix can hold. */
  private beyond({ answer, view, wrt }: Derived): TemplateResult | typeof nothing {
    if (view.tensor_views.length === 0) return nothing;
    return html`<tensor-views
      .views=${view.tensor_views}
      .kind=${this.state.tensor}
      .order=${answer.shape.length}
      .example=${this.session.example}
      .wrt=${wrt}
      .value=${this.state.order === 1 ? say('value') : say('derivative')}
      .colours=${this.session.colours}
      @tensor-pick=${this.pickTensor}
      @size-change=${this.setSize}
    ></tensor-views>`;
  }

  private result({ answer, view }: Derived): TemplateResult {
    const { colours } = this.session;
    const verified = answer.verified;
    return html`<section class="result" aria-label=${say('result')}>
      <h2 class="side-title">${say('result')}</h2>
      <tex-math display label=${say('result')} .latex=${`${view.question} = ${view.result}`} .colours=${colours}></tex-math>
      <p class="result-note" data-from="engine">
        ${view.result_shape ? html`<span class="result-shape">${view.result_shape}</span>` : nothing}
        ${prose(view.layout_note, colours)}
      </p>
      ${
        view.conditions.length > 0
          ? html`<p class="result-conditions">${saying('holds', {
              conditions: html`<span data-from="engine">${listed(view.conditions).map(text => prose(text, colours))}</span>`,
            })}</p>`
          : nothing
      }
      <div class="result-bar">
        ${
          verified && verified.points > 0
            ? html`<p class="check check-good" title=${say('error', { error: verified.max_relative_error })}>
                ${say('checked', { count: verified.points })}
              </p>`
            : html`<p class="check">${say('unchecked')}</p>`
        }
        <copy-menu
          .items=${this.copies()}
          .more=${this.programs().slice(1)}
          .link=${{ name: say('aswidget'), href: this.embedAddress() }}
        ></copy-menu>
        <math-switch></math-switch>
      </div>
    </section>`;
  }

  private copies(): readonly CopyItem[] {
    const answer = this.session.derived?.answer;
    const forms: readonly (readonly [string, string | undefined])[] = [
      ['LaTeX', answer?.latex],
      [say('text'), answer?.text],
    ];
    const items = forms.flatMap(([name, text]) => (text ? [{ name, text }] : []));
    return [
      ...items,
      ...this.programs().slice(0, 1),
      { name: say('link'), text: () => new URL(exploreStore.address, location.href).href },
    ];
  }

  /** The builder with this question: what the address of Explore says, a widget's attributes say as well. */
  private embedAddress(): string {
    return `#/embed/derivation?${writeState({ ...this.state, step: 1, view: 'step', sizes: new Map(), tensor: '' })}`;
  }

  /** The result as a program, NumPy first. */
  private programs(): readonly CopyItem[] {
    const exports = this.session.derived?.answer.view?.exports ?? [];
    return exports.map(({ label, code }) => ({ name: label, text: code }));
  }

  private take(example: Example): void {
    exploreStore.change(questionOf(example), 'push');
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    window.scrollTo({ top: 0, behavior: calm ? 'instant' : 'smooth' });
    // Not into the field: on phones that would bring up the keyboard over the answer.
    this.querySelector('h1')?.focus({ preventScroll: true });
  }

  private setShape(event: ShapeChange): void {
    const shapes = new Map(exploreStore.current.shapes);
    const { name, shape } = event.detail;
    if (shape) shapes.set(name, shape);
    else shapes.delete(name);
    exploreStore.change({ shapes, step: 1 });
  }

  private setAssumed(event: AssumeChange): void {
    const assume = new Map(exploreStore.current.assume);
    const { name, assumed } = event.detail;
    if (assumed.length > 0) assume.set(name, assumed);
    else assume.delete(name);
    exploreStore.change({ assume, step: 1 });
  }

  /** The place stays: the same headline of the other way, or as far on. */
  private setWay(event: WayChange): void {
    const view = this.session.derived?.view;
    if (view) this.leaving = { view, place: placeAt(view.steps, this.state.step - 1) };
    const usual = this.session.derived?.view.ways[0];
    const way = ways.find(each => each === event.detail.way && each !== usual) ?? '';
    exploreStore.change({ way });
  }

  private pickTensor(event: TensorPick): void {
    exploreStore.change({ tensor: tensorKinds.find(each => each === event.detail.kind) ?? '' });
  }

  private pickEntry(event: EntryPick): void {
    void this.session.openEntry(exploreStore.current, event.detail.row, event.detail.column);
  }

  private seekViews(): void {
    const views = this.querySelector('tensor-views');
    views?.scrollIntoView({ block: 'center' });
    views?.focus();
  }

  /** The way whose steps the graph's nodes name, where it is not the one on the board. */
  private otherWay(view: View): string {
    const way = this.session.drawing?.way ?? view.way;
    return way === view.way ? '' : way;
  }

  private pickNode(event: NodePick): void {
    const view = this.session.derived?.view;
    // The board goes another way: it stays there until the reader asks for the node's step.
    if (view && this.otherWay(view) !== '') return;
    this.reveal(event.detail.step);
  }

  private reveal(step: string): void {
    this.revealed = step;
    exploreStore.change({ step: Number.parseInt(step, 10), view: 'step' });
  }

  private seekBoard(event: NodePick): void {
    const view = this.session.derived?.view;
    const other = view ? this.otherWay(view) : '';
    if (other !== '') {
      exploreStore.change({ way: ways.find(each => each === other) ?? '' });
      this.reveal(event.detail.step);
    }
    const board = this.querySelector<HTMLElement>('step-board .board');
    board?.scrollIntoView({ block: 'start' });
    board?.querySelector<HTMLElement>('.button-main, .board-all')?.focus({ preventScroll: true });
  }

  private setSize(event: SizeChange): void {
    const sizes = new Map(exploreStore.current.sizes);
    exploreStore.change({ sizes: sizes.set(event.detail.name, event.detail.size) });
  }

  private setStep(event: StepChange): void {
    this.revealed = '';
    exploreStore.change({ step: event.detail.index + 1, view: event.detail.all ? 'all' : 'step' });
  }

  private pickStep(event: StepPick): void {
    this.revealed = '';
    exploreStore.change({ step: event.detail.index + 1, view: 'step' });
  }
}

/** Pieces of a sentence as a list: `a, b and c`, with the language's own "and". */
function listed(pieces: readonly string[]): readonly string[] {
  const last = pieces.length - 1;
  return pieces.map((piece, place) => `${place === 0 ? '' : place === last ? say('and') : ', '}${piece}`);
}

declare global {
  interface HTMLElementTagNameMap {
    'explore-view': ExploreView;
  }
}
