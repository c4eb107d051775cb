import { html, nothing, type PropertyValues, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GraphPlaces, Room } from '../elements/graph-layout.ts';
import '../elements/tex-math.ts';
import type { Graph } from '../engine/contract.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { BumpPicture } from '../lessons/pictures/bump.ts';
import { type Contributions, contributions, graphAt, single } from './paths.ts';
import { Picture } from './picture.ts';
import { equals, joined } from './terms.ts';
import { evaluate } from './values.ts';
import { say } from '../words/pictures.ts';

const nodeRoom: Room = { width: 106, height: 54 };
const labelRoom: Room = { width: 52, height: 24 };
const bar = { width: 300, height: 24 };
/** How far apart two paths run where they share an arrow. */
const apart = 9;
/** More paths than this cannot be told apart by their lines. */
const mostPaths = 3;
/** Bumps of the table: the sum over the paths is seen to close in on what really happens. */
const bumps = [1, 0.5, 0.1, 0.01];

/** What the engine said about one bump. */
interface Bumped {
  readonly bump: number;
  /** How far the result really moves. */
  readonly real: number;
  readonly guessed: Contributions;
}

interface Position extends Bumped {
  readonly x: number;
  readonly graph: Graph;
  /** The value of each node before the bump and after it. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly table: readonly Bumped[];
}

/** Several paths from the input to the result: a bump of the input shows that what they contribute adds up. */
@customElement('bump-picture')
export class BumpPictureElement extends Picture {
  @property({ attribute: false }) block!: BumpPicture;

  @state() private x = 0;
  @state() private bump = 1;
  @state() private position: Position | undefined;
  @state() private places: { readonly graph: GraphPlaces; readonly drawn: readonly string[] } | undefined;

  /** Counts positions: what comes late is not shown. */
  private turn = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('block')) {
      this.x = this.block.at;
      this.bump = this.block.bump;
      void this.fetchPosition();
    }
    // From left to right where there is room, downwards on a phone.
    if ((changed as ReadonlyMap<PropertyKey, unknown>).has('narrow')) void this.layOut();
  }

  private async fetchPosition(): Promise<void> {
    const turn = ++this.turn;
    const { expr, wrt } = this.block;
    const { x, bump } = this;
    const question = { expr, wrt, vars: this.context.vars };
    const [moved] =
      (await evaluate(`${this.own} moved`, 'base + bump', new Map(Object.entries({ base: x, bump })))) ?? [];
    if (moved === undefined) return;
    const [here, there] = await Promise.all([
      graphAt(`${this.own} here`, { ...question, at: new Map([[wrt, x]]) }),
      graphAt(`${this.own} there`, { ...question, at: new Map([[wrt, moved]]) }),
    ]);
    if (here === undefined || there === undefined) return;
    const { graph } = here;
    const [shown, ...table] = await Promise.all(
      [bump, ...bumps].map((each, place) => this.fetchBumped(graph, each, `${this.own} bump ${place}`)),
    );
    if (turn !== this.turn || shown === undefined) return;
    const known = this.position !== undefined;
    const position: Position = {
      ...shown,
      x,
      graph,
      before: graph.nodes.map(({ value }) => single(value)),
      after: there.graph.nodes.map(({ value }) => single(value)),
      table: table.filter(row => row !== undefined),
    };
    this.position = position;
    this.state(() => this.findingOf(position));
    if (!known) void this.layOut();
  }

  /** How far the result really moves under a bump, and what the paths guess. */
  private async fetchBumped(graph: Graph, bump: number, channel: string): Promise<Bumped | undefined> {
    const { expr, wrt } = this.block;
    const before = single(graph.nodes.at(-1)?.value);
    const moved = `after - before where ${wrt} = base + bump, after = ${expr}`;
    const [numbers, guessed] = await Promise.all([
      evaluate(`${channel} real`, moved, new Map(Object.entries({ base: this.x, bump, before }))),
      contributions(`${channel} guess`, graph, bump),
    ]);
    const [real] = numbers ?? [];
    return real === undefined || guessed === undefined ? undefined : { bump, real, guessed };
  }

  private async layOut(): Promise<void> {
    const graph = this.position?.graph;
    if (graph === undefined) return;
    const { layOutGraph, pathOf } = await import('../elements/graph-layout.ts');
    const arrows = graph.edges.map(({ from, to }) => ({ from, to, ...labelRoom }));
    const places = layOutGraph(
      graph.nodes.map(() => nodeRoom),
      arrows,
      this.narrow ? 'TB' : 'LR',
    );
    this.places = { graph: places, drawn: places.arrows.map(({ bends }) => pathOf(bends)) };
  }

  private findingOf({ graph, x, bump, real, guessed }: Position): string {
    const { wrt } = this.block;
    const sum = showNumber(guessed.sums.at(-1) ?? Number.NaN);
    const holes = {
      point: `${wrt} = ${showNumber(x)}`,
      bump: `Δ${wrt} = ${showNumber(bump)}`,
      result: graph.nodes.at(-1)?.name ?? '',
      real: showNumber(real),
      guesses: `${joined(guessed.paths, '+')} ${equals([...guessed.paths, ...guessed.sums])}`,
      sum,
    };
    return holes.real === sum ? say('bumpagree', holes) : say('bumpdiffer', holes);
  }

  protected override render(): TemplateResult {
    return this.frame(html`<div class="bump">${this.graph()}${this.bars()}</div>`, this.controls(), this.table());
  }

  private graph(): TemplateResult {
    const { position, places } = this;
    if (!position || !places || places.drawn.length !== position.graph.edges.length) return html`<div></div>`;
    const { graph } = position;
    const { width, height, nodes, arrows } = places.graph;
    return html`<svg
      class="bump-graph"
      viewBox="0 0 ${width} ${height}"
      width=${width}
      role="img"
      aria-label=${say('bumpgraph', { name: this.block.expr, finding: this.finding() })}
    >
      <defs>
        <marker id="${this.own}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">
          <path class="graph-tip" d="M0 0.5L8 4L0 7.5z"></path>
        </marker>
      </defs>
      ${graph.paths.slice(0, mostPaths).map((_, path) => this.lines(graph, path))}
      ${graph.edges.map((edge, place) => {
        const { x, y } = arrows[place]?.label ?? { x: 0, y: 0 };
        return svg`<rect class="bump-gap" x=${x - labelRoom.width / 2} y=${y - labelRoom.height / 2} width=${labelRoom.width} height=${labelRoom.height} />
          <text class="bump-rate" x=${x} y=${y + 5} text-anchor="middle">× ${showNumber(single(edge.local.value))}</text>`;
      })}
      ${graph.nodes.map((node, place) => this.node(node.name, place, nodes[place] ?? { x: 0, y: 0 }))}
    </svg>`;
  }

  /** The arrows of one path; where it shares one with another path, they run side by side. */
  private lines(graph: Graph, path: number): SVGTemplateResult[] {
    const nodes = graph.paths[path]?.nodes ?? [];
    const holds = (along: readonly number[], from: number, to: number): boolean =>
      along.some((node, place) => node === from && along[place + 1] === to);
    return graph.edges.flatMap(({ from, to }, place) => {
      if (!holds(nodes, from, to)) return [];
      const users = graph.paths.flatMap((other, which) => (holds(other.nodes, from, to) ? [which] : []));
      const aside = (users.indexOf(path) - (users.length - 1) / 2) * apart;
      const shift = this.narrow ? `${aside} 0` : `0 ${aside}`;
      return svg`<path
        class="bump-line bump-path-${path + 1}" transform="translate(${shift})"
        d=${this.places?.drawn[place] ?? ''} marker-end="url(#${this.own}-tip)"
      />`;
    });
  }

  private node(name: string, place: number, { x, y }: { x: number; y: number }): SVGTemplateResult {
    const [letter, index = ''] = name.split('_');
    const { before = [], after = [] } = this.position ?? {};
    return svg`<g class="bump-node" transform="translate(${x} ${y})">
      <rect x=${-nodeRoom.width / 2} y=${-nodeRoom.height / 2} width=${nodeRoom.width} height=${nodeRoom.height} rx="10" />
      <text class="bump-name ${this.context.colours.classOf(name)}" y="-4" text-anchor="middle" data-from="engine"
        >${letter}${index ? svg`<tspan class="bump-index" dy="4">${index}</tspan>` : nothing}</text>
      <text y="17" text-anchor="middle">${showNumber(before[place] ?? Number.NaN)} → ${showNumber(after[place] ?? Number.NaN)}</text>
    </g>`;
  }

  /** Bars tip to tail: where one path's guess ends the next one's begins, and their sum stands over the real move. */
  private bars(): TemplateResult | typeof nothing {
    const { position } = this;
    if (!position) return nothing;
    const { graph, real, guessed } = position;
    const ends = [0, real, ...guessed.sums];
    const low = Math.min(...ends);
    const high = Math.max(...ends);
    const place = (value: number): number => 4 + ((value - low) / (high - low || 1)) * (bar.width - 8);
    const row = (label: unknown, kind: string, from: number, to: number, value: number): TemplateResult => html`<li>
      <span class="bump-label">${label}</span>
      <svg class="bump-bar" viewBox="0 0 ${bar.width} ${bar.height}" preserveAspectRatio="none" aria-hidden="true">
        <path class="kink-middle" d="M${place(0)},0V${bar.height}" />
        <rect class=${kind} x=${Math.min(place(from), place(to))} y="4" width=${Math.abs(place(to) - place(from))} height=${bar.height - 8} rx="2" />
      </svg>
      <span class="kink-value">${showNumber(value)}</span>
    </li>`;
    const { colours } = this.context;
    const names = graph.paths.map(path => path.nodes.map(node => graph.nodes[node]?.latex ?? '').join('\\to '));
    const total = guessed.sums.at(-1) ?? 0;
    return html`<div class="bump-bars">
      <p class="kink-title">${say('bumpbars', { name: graph.nodes.at(-1)?.name ?? '' })}</p>
      <ul>
        ${guessed.paths.map((guess, path) =>
          row(
            html`<svg class="bump-sample" viewBox="0 0 30 10" aria-hidden="true"><path class="bump-line bump-path-${path + 1}" d="M1,5H29" /></svg>
              <tex-math .latex=${names[path] ?? ''} .colours=${colours}></tex-math>`,
            `bump-guess bump-path-${path + 1}`,
            guessed.sums[path - 1] ?? 0,
            guessed.sums[path] ?? 0,
            guess,
          ),
        )}
        ${row(say('allpaths'), 'bump-sum', 0, total, total)} ${row(say('reallymoves'), 'bump-real', 0, real, real)}
      </ul>
    </div>`;
  }

  private controls(): TemplateResult {
    const { wrt, range } = this.block;
    return html`
      ${this.slider({ name: wrt, value: this.x, from: range.from, to: range.to, step: 0.1, set: value => this.move(value, this.bump) })}
      ${this.slider({
        name: wrt,
        label: `Δ${wrt}`,
        value: this.bump,
        from: 0.05,
        to: 2,
        step: 0.05,
        set: value => this.move(this.x, value),
      })}
    `;
  }

  private move(x: number, bump: number): void {
    this.x = x;
    this.bump = bump;
    void this.fetchPosition();
  }

  private table(): TemplateResult {
    const { wrt } = this.block;
    const { position } = this;
    const result = position?.graph.nodes.at(-1)?.name ?? '';
    const rows = position ? [position, ...position.table.filter(({ bump }) => bump !== position.bump)] : [];
    return html`<table>
      <caption>${say('at', { point: `${wrt} = ${showNumber(this.x)}` })}</caption>
      <thead><tr>
        <th data-from="lesson">Δ${wrt}</th>
        ${(position?.guessed.paths ?? []).map((_, path) => html`<th>${say('path', { number: path + 1 })}</th>`)}
        <th>${say('allpaths')}</th>
        <th>${say('realmove', { name: result })}</th>
      </tr></thead>
      <tbody>
        ${rows.map(
          ({ bump, real, guessed }) => html`<tr>
            <td>${showNumber(bump)}</td>
            ${guessed.paths.map(guess => html`<td>${showNumber(guess, 4)}</td>`)}
            <td>${showNumber(guessed.sums.at(-1) ?? Number.NaN, 4)}</td>
            <td>${showNumber(real, 4)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bump-picture': BumpPictureElement;
  }
}
