import { html, nothing, type PropertyValues, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Graph, GraphEdge, GraphNode, GraphPath, Numbers } from '../engine/contract.ts';
import { showNumbers } from '../lessons/numbers.ts';
import type { GraphPlaces, Room } from './graph-layout.ts';
import { type Direction, GraphPlay } from './graph-play.ts';
import { graphTable } from './graph-table.ts';
import { type NameColours, noColours } from './name-colours.ts';
import { say, saying } from '../words/graph.ts';
import { Worded } from '../words/worded.ts';
import { wayName } from './way-names.ts';
import './tex-math.ts';

/** Fired when a node is picked: the id of its step (`2.1`). */
export type NodePick = CustomEvent<{ step: string }>;

/** Longer numbers stand in the table alone. */
const longestNumbers = 24;

/**
 * The computation graph of a derivation: forward with values, backward with the derivatives of the result by each node,
 * the local derivative on each arrow, and the paths whose products add up. Shut until somebody opens it. Fires
 * `graph-open`, `node-pick` and `step-seek` (the reader wants to see the step of the picked node).
 */
@customElement('computation-graph')
export class ComputationGraph extends Worded {
  @property({ attribute: false }) graph: Graph | undefined;
  /** The numbers that were dealt to the variables, where the graph has numbers. */
  @property({ attribute: false }) at: ReadonlyMap<string, Numbers> = new Map();
  @property({ attribute: false }) colours: NameColours = noColours;
  /** The way that the nodes' steps belong to, where the board goes another one. */
  @property({ attribute: false }) otherWay = '';
  /** Always open, without a heading, and without a board that shows the steps: somebody else shows the picked node's step below. */
  @property({ type: Boolean }) plain = false;
  /** What is drawn, where the page has more graphs than one. */
  @property() of = '';

  @state() private open = false;
  @state() private picked: number | undefined;
  /** The path that is pointed at, and the one that was chosen. */
  @state() private pointed: number | undefined;
  @state() private chosen: number | undefined;
  @state() private tableOpen = false;
  @state() private places: GraphPlaces | undefined;

  private readonly play = new GraphPlay(0, () => this.requestUpdate());
  /** The arrows as paths, by place. */
  private readonly drawn = new Map<number, string>();
  private watcher: ResizeObserver | undefined;
  /** The sizes that were laid out last. */
  private laid = '';

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.play.pause();
    this.watcher?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('graph');
    if (!changed.has('graph') || sameGraph(before, this.graph)) return;
    this.play.reset(this.graph?.nodes.length ?? 0);
    this.picked = undefined;
    this.pointed = undefined;
    this.chosen = undefined;
    this.places = undefined;
  }

  protected override updated(): void {
    if ((this.open || this.plain) && this.graph) void this.layOut();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { graph } = this;
    if (!graph) return nothing;
    if (this.plain) return this.inside(graph);
    return html`<details class="graph" @toggle=${this.toggled}>
      <summary><h2 class="side-title">${say('title')}</h2></summary>
      ${this.open ? this.inside(graph) : nothing}
    </details>`;
  }

  private inside(graph: Graph): TemplateResult {
    return html`<div class="graph-bar">${this.bar(graph)}</div>
      ${this.drawing(graph)}
      <p class="graph-about" aria-live="polite">${this.about(graph)}</p>
      ${this.point()} ${this.paths(graph)}
      <details
        class="graph-table"
        @toggle=${(event: Event) => {
          this.tableOpen = isOpen(event);
        }}
      >
        <summary>${say('table')}</summary>
        ${this.tableOpen ? graphTable(graph, this.colours, node => this.pick(node)) : nothing}
      </details>`;
  }

  private bar(graph: Graph): TemplateResult {
    const { play } = this;
    const turn = (direction: Direction): TemplateResult => html`<button
      type="button"
      aria-pressed=${play.direction === direction ? 'true' : 'false'}
      @click=${() => play.turn(direction)}
    >${say(direction)}</button>`;
    const count = graph.nodes.length;
    return html`<span class="segments" role="group" aria-label=${say('direction')}>
        ${turn('forward')}${turn('backward')}
      </span>
      <span class="graph-walk">
        <button type="button" class="button" aria-label=${say('back')} aria-disabled=${play.shown <= 1 ? 'true' : 'false'}
          @click=${() => play.step(-1)}><span aria-hidden="true">◀</span></button>
        <button type="button" class="button graph-play" @click=${() => play.toggle()}>${play.playing ? say('pause') : say('play')}</button>
        <button type="button" class="button" aria-label=${say('on')}
          @click=${() => play.step(1)}><span aria-hidden="true">▶</span></button>
        <span class="graph-count" role="status">${say('count', { shown: play.shown, all: count })}</span>
        <button type="button" class="button-quiet" aria-disabled=${play.shown === count ? 'true' : 'false'}
          @click=${() => play.showAll()}>${say('all')}</button>
      </span>`;
  }

  private drawing(graph: Graph): TemplateResult {
    const { places } = this;
    const lit = this.litPath(graph);
    return html`<div class="graph-scroll" tabindex="0" role="region" aria-label=${this.of ? say('sheetof', { name: this.of }) : say('sheet')}>
      <div class="graph-sheet" ?data-laid=${places !== undefined}>
        <svg class="graph-arrows" width=${places?.width ?? 0} height=${places?.height ?? 0} aria-hidden="true">
          <defs>
            <marker id="graph-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto-start-reverse">
              <path class="graph-tip" d="M0 0.5L8 4L0 7.5z"></path>
            </marker>
          </defs>
          ${graph.edges.map((edge, place) => this.arrow(edge, place, lit))}
        </svg>
        ${graph.edges.map((edge, place) => this.label(edge, place, lit))}
        ${graph.nodes.map((node, place) => this.node(node, place, lit))}
      </div>
    </div>`;
  }

  private arrow(edge: GraphEdge, place: number, lit: GraphPath | undefined): SVGTemplateResult | typeof nothing {
    const path = this.drawn.get(place);
    if (path === undefined) return nothing;
    return svg`<path class="graph-arrow ${this.edgeState(edge, lit)}" d=${path} marker-end="url(#graph-tip)"></path>`;
  }

  private label(edge: GraphEdge, place: number, lit: GraphPath | undefined): TemplateResult {
    const { latex, formula, value } = edge.local;
    return html`<div class="graph-label ${this.edgeState(edge, lit)}" data-edge=${place}>
      <tex-math .latex=${formula ? `${latex} = ${formula}` : latex} .colours=${this.colours}></tex-math>
      ${number(value, formula)}
    </div>`;
  }

  private node(node: GraphNode, place: number, lit: GraphPath | undefined): TemplateResult {
    const shown = this.play.isShown(place);
    const classes = [
      'graph-node',
      shown ? '' : 'graph-waiting',
      this.play.newest === place ? 'graph-newest' : '',
      lit?.nodes.includes(place) ? 'graph-lit' : '',
    ];
    const back = this.play.direction === 'backward';
    // A definition begins with the name, which then stands alone only until the definition appears.
    if (!back && node.definition) classes.push('graph-swap');
    const latex = back
      ? node.adjoint
        ? `${node.adjoint.latex} = ${node.adjoint.formula}`
        : ''
      : node.definition
        ? `${node.latex} = ${node.definition}`
        : '';
    return html`<button
      type="button"
      class=${classes.filter(Boolean).join(' ')}
      data-node=${place}
      aria-pressed=${this.picked === place ? 'true' : 'false'}
      @click=${() => this.pick(place)}
    >
      <tex-math class="graph-name" .latex=${node.latex} .colours=${this.colours}></tex-math>
      <span class="graph-value">
        ${latex ? html`<tex-math .latex=${latex} .colours=${this.colours}></tex-math>` : nothing}
        ${back ? number(node.adjoint?.value, node.adjoint?.formula) : number(node.value)}
      </span>
    </button>`;
  }

  private about(graph: Graph): TemplateResult | string {
    const node = this.picked === undefined ? undefined : graph.nodes[this.picked];
    if (!node) return this.plain ? say('pickplain') : say('pick');
    const place = this.picked ?? 0;
    const holes = { step: node.step, node: html`<tex-math .latex=${node.latex} .colours=${this.colours}></tex-math>` };
    return html`${this.otherWay ? saying('belongsway', { ...holes, way: wayName(this.otherWay) }) : saying('belongs', holes)}
      ${
        this.plain
          ? nothing
          : html`<button
              type="button"
              class="button-quiet"
              @click=${() => {
                this.pick(place);
                this.send('step-seek', { step: node.step });
              }}
            >${say('seek')}</button>`
      }`;
  }

  private point(): TemplateResult | typeof nothing {
    if (this.at.size === 0) return nothing;
    const point = [...this.at].map(
      (
        [name, numbers],
        place,
      ) => html`${place > 0 ? ', ' : ''}<span class=${this.colours.classOf(name)} data-name=${name} data-from="reader"
          >${name}</span> = ${showNumbers(numbers)}`,
    );
    return html`<p class="graph-point">${saying('point', { point })}</p>`;
  }

  private paths({ paths, path_count }: Graph): TemplateResult | typeof nothing {
    if (paths.length === 0) return nothing;
    return html`<div class="graph-paths">
      <p>${say('paths', { count: path_count })}${path_count > paths.length ? say('first', { number: paths.length }) : ''}</p>
      <ol>${paths.map((path, place) => html`<li>${this.path(path, place)}</li>`)}</ol>
    </div>`;
  }

  private path(path: GraphPath, place: number): TemplateResult {
    const names = path.nodes.map(node => this.graph?.nodes[node]?.latex ?? '').join('\\to ');
    return html`<button
      type="button"
      class="graph-path"
      aria-pressed=${this.chosen === place ? 'true' : 'false'}
      @click=${() => {
        this.chosen = this.chosen === place ? undefined : place;
      }}
      @pointerenter=${() => {
        this.pointed = place;
      }}
      @pointerleave=${() => {
        this.pointed = undefined;
      }}
    ><tex-math .latex=${path.latex || names} .colours=${this.colours}></tex-math></button>`;
  }

  private litPath(graph: Graph): GraphPath | undefined {
    const place = this.pointed ?? this.chosen;
    return place === undefined ? undefined : graph.paths[place];
  }

  /** An arrow is there once both its ends are. */
  private edgeState({ from, to }: GraphEdge, lit: GraphPath | undefined): string {
    const waiting = this.play.isShown(from) && this.play.isShown(to) ? '' : 'graph-waiting';
    const on = lit && lit.nodes[lit.nodes.indexOf(from) + 1] === to && lit.nodes.includes(from);
    return `${waiting} ${on ? 'graph-lit' : ''}`;
  }

  private pick(place: number): void {
    const node = this.graph?.nodes[place];
    if (!node) return;
    this.picked = place;
    this.send('node-pick', { step: node.step });
  }

  private send(name: string, detail: object): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private readonly toggled = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    this.open = isOpen(event);
    if (this.open) this.send('graph-open', {});
    else this.play.pause();
  };

  /** Measures what stands on the sheet, lays it out, and puts everything in its place. */
  private async layOut(): Promise<void> {
    const { graph } = this;
    const scroll = this.querySelector<HTMLElement>('.graph-scroll');
    if (!graph || !scroll) return;
    this.watch(scroll);
    const { fitGraph, pathOf } = await import('./graph-layout.ts');
    // The formulas inside set themselves after this element.
    const formulas = [...scroll.querySelectorAll('tex-math')];
    await Promise.all([...formulas.map(each => each.updateComplete), document.fonts.ready]);
    if (this.graph !== graph || !scroll.isConnected) return;
    const nodes = [...scroll.querySelectorAll<HTMLElement>('.graph-node')];
    const labels = [...scroll.querySelectorAll<HTMLElement>('.graph-label')];
    if (nodes.length !== graph.nodes.length || labels.length !== graph.edges.length) return;
    const rooms = nodes.map(roomOf);
    const arrows = graph.edges.map(({ from, to }, place) => {
      const label = labels[place];
      return { from, to, ...(label ? roomOf(label) : { width: 0, height: 0 }) };
    });
    const { paddingLeft, paddingRight } = getComputedStyle(scroll);
    const width = scroll.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    const laid = JSON.stringify([rooms, arrows, width]);
    if (laid === this.laid && this.places) return;
    this.laid = laid;
    const places = fitGraph(rooms, arrows, width);
    this.drawn.clear();
    places.arrows.forEach(({ bends }, place) => {
      this.drawn.set(place, pathOf(bends));
    });
    // Through the CSSOM: the content security policy forbids style attributes.
    const sheet = scroll.querySelector<HTMLElement>('.graph-sheet');
    sheet?.style.setProperty('width', `${places.width}px`);
    sheet?.style.setProperty('height', `${places.height}px`);
    const put = (element: HTMLElement | undefined, x: number, y: number): void => {
      element?.style.setProperty('left', `${x}px`);
      element?.style.setProperty('top', `${y}px`);
    };
    places.nodes.forEach(({ x, y }, place) => {
      put(nodes[place], x, y);
    });
    places.arrows.forEach(({ label }, place) => {
      put(labels[place], label.x, label.y);
    });
    this.places = places;
  }

  private watch(scroll: HTMLElement): void {
    if (this.watcher) return;
    this.watcher = new ResizeObserver(() => void this.layOut());
    this.watcher.observe(scroll);
  }
}

/** A number below a formula, where it is short enough and the formula does not say it already. */
function number(value: Numbers | undefined, formula = ''): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  const text = showNumbers(value);
  return text === formula || text.length > longestNumbers ? nothing : html`<span class="graph-number">${text}</span>`;
}

function roomOf(element: HTMLElement): Room {
  return { width: element.offsetWidth, height: element.offsetHeight };
}

function isOpen(event: Event): boolean {
  return event.target instanceof HTMLDetailsElement && event.target.open;
}

/** The same picture, perhaps with other numbers: then what the reader does with it goes on. */
function sameGraph(one: Graph | undefined, other: Graph | undefined): boolean {
  const shape = (graph: Graph | undefined): string =>
    JSON.stringify([
      graph?.nodes.map(node => [node.latex, node.definition]),
      graph?.edges.map(({ from, to }) => [from, to]),
    ]);
  return shape(one) === shape(other);
}

declare global {
  interface HTMLElementTagNameMap {
    'computation-graph': ComputationGraph;
  }
}
