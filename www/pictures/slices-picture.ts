import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '../elements/tex-math.ts';
import { engine } from '../engine/client.ts';
import type { Answer } from '../engine/contract.ts';
import type { SlicesPicture } from '../lessons/pictures/slices.ts';
import { showNumber } from '../lessons/numbers.ts';
import { axisName, cutPlot } from './cut-plot.ts';
import { MapPicture, type Place } from './map-picture.ts';
import { settled } from './plot.ts';
import { differentiate, evaluate, evaluateAlong, spread } from './values.ts';
import { say } from '../words/pictures.ts';

const samples = 101;
const step = 0.05;
/** How near to a cut the pointer takes hold of it alone, as a part of the axis. */
const near = 0.04;

type Pair<T> = readonly [T, T];

/** What the engine said about one place: the two cuts through it, and their tangents there. */
interface Position {
  readonly place: Place;
  readonly height: number;
  readonly partials: Pair<number>;
  readonly curves: Pair<readonly number[]>;
  readonly tangents: Pair<Pair<number>>;
}

/** A map of a function of two inputs, cut along each of them: freeze one input, and what is left is a curve with a slope. */
@customElement('slices-picture')
export class SlicesPictureElement extends MapPicture {
  @property({ attribute: false }) block!: SlicesPicture;

  @state() private place: Place = [0, 0];
  @state() private position: Position | undefined;
  /** The partial derivatives as formulas. */
  @state() private formulas: readonly string[] = [];

  /** Which of the two numbers the pointer takes along. */
  private held: Pair<boolean> = [true, true];

  protected override get map(): SlicesPicture {
    return this.block;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.place = this.block.at;
    void this.fetchGround();
    void this.fetchFormulas();
    void this.fetchPosition();
  }

  protected override languageChanged(): void {
    void this.fetchFormulas();
  }

  private async fetchFormulas(): Promise<void> {
    const { expr, inputs } = this.block;
    const { vars } = this.context;
    const answers = await Promise.all(inputs.map(wrt => engine.call<Answer>({ expr, wrt, vars, detail: 'page' })));
    this.formulas = answers.map(answer =>
      answer.ok && answer.view !== undefined ? `${answer.view.question} = ${answer.view.result}` : '',
    );
  }

  private async fetchPosition(): Promise<void> {
    const { expr, inputs, range } = this.block;
    const { place } = this;
    const [first, second] = inputs;
    const places = spread(range.from, range.to, samples);
    const [here, along, up] = await Promise.all([
      differentiate(
        `${this.own} here`,
        expr,
        `[${first}, ${second}]`,
        new Map([
          [first, place[0]],
          [second, place[1]],
        ]),
      ),
      evaluateAlong(`${this.own} along`, expr, [first, places], new Map([[second, place[1]]])),
      evaluateAlong(`${this.own} up`, expr, [second, places], new Map([[first, place[0]]])),
    ]);
    const [height] = here?.value ?? [];
    const [partial, other] = here?.derivative ?? [];
    if (height === undefined || partial === undefined || other === undefined || !along || !up) return;
    const ends = await evaluate(
      `${this.own} tangents`,
      '[height + slopes[1]*(edges - place[1]); height + slopes[2]*(edges - place[2])]',
      new Map<string, number | readonly number[]>([
        ['height', height],
        ['slopes', [partial, other]],
        ['edges', [range.from, range.to]],
        ['place', place],
      ]),
    );
    if (ends === undefined) return;
    const [a = 0, b = 0, c = 0, d = 0] = ends;
    const tangents = [
      [a, b],
      [c, d],
    ] as const;
    const position = { place, height, partials: [partial, other], curves: [along, up], tangents } as const;
    this.position = position;
    this.state(() => this.findingOf(position));
  }

  private findingOf({ place, partials }: Position): string {
    const [first, second] = this.block.inputs;
    const [rate, other] = partials.map(each => showNumber(each)) as [string, string];
    return say('slices', { point: pointOf(place), first, second, rate, other });
  }

  protected override render(): TemplateResult {
    const { inputs, range } = this.block;
    return this.frame(
      html`<div class="map-and-cuts">
        ${this.drawMap(say('map', { name: this.block.expr, finding: this.finding() }), this.cuts())}
        <div class="map-cuts">${inputs.map((_, index) => this.cut(index))}</div>
      </div>`,
      html`${inputs.map((name, index) =>
        this.slider({
          name,
          value: this.place[index] ?? 0,
          ...range,
          step,
          set: value => this.move(index === 0 ? [value, this.place[1]] : [this.place[0], value]),
        }),
      )}`,
      this.table(),
    );
  }

  /** Both cuts as seen from above: lines through the place. */
  private cuts(): TemplateResult {
    const { left, right, top, bottom, x, y } = this.frameOfMap;
    const [first, second] = this.block.inputs;
    const [across, down] = [x(this.place[0]), y(this.place[1])];
    const colours = this.context.colours;
    // Each line says at its longer end which input runs along it.
    const farRight = across < (left + right) / 2;
    const farUp = down > (top + bottom) / 2;
    return svg`
      <path class="map-cut ${colours.classOf(first)}" d="M${left},${down}H${right}" />
      <path class="map-cut plot-dashed ${colours.classOf(second)}" d="M${across},${top}V${bottom}" />
      <text
        class="plot-label plot-name ${colours.classOf(first)}"
        x=${farRight ? right - 8 : left + 8} y=${down > top + 40 ? down - 8 : down + 20} text-anchor=${farRight ? 'end' : 'start'}
      >${say('runs', { name: first })}</text>
      <text
        class="plot-label plot-name ${colours.classOf(second)}"
        x=${across + (across < right - 90 ? 8 : -8)} y=${farUp ? top + 34 : bottom - 30} text-anchor=${across < right - 90 ? 'start' : 'end'}
      >${say('runs', { name: second })}</text>
      <circle class="plot-point plot-point-ink" cx=${across} cy=${down} r="7" />
      <circle class="map-handle" cx=${across} cy=${down} r="22" />
    `;
  }

  /** One cut seen from the side. */
  private cut(index: number): TemplateResult {
    const { inputs, range } = this.block;
    const name = inputs[index] ?? '';
    const held = inputs[1 - index] ?? '';
    const position = this.position;
    const value = showNumber(this.place[1 - index] ?? 0);
    const title = say('cut', { name, held, value });
    const formula = this.formulas[index] ?? '';
    return html`<section class="map-cut-side">
      <p class="map-cut-title">${title}</p>
      ${formula === '' ? nothing : html`<p class="map-cut-formula"><tex-math .latex=${formula} .colours=${this.context.colours}></tex-math></p>`}
      ${
        position === undefined
          ? nothing
          : cutPlot({
              own: `${this.own}-${index}`,
              label: `${title}. ${say('slope', { slope: showNumber(position.partials[index] ?? 0) })}`,
              places: spread(range.from, range.to, samples),
              heights: position.curves[index] ?? [],
              low: this.ground.low,
              high: this.ground.high,
              point: [position.place[index] ?? 0, position.height],
              slope: position.partials[index] ?? 0,
              tangent: position.tangents[index] ?? [0, 0],
              tone: `${this.context.colours.classOf(name)} ${index === 0 ? '' : 'plot-dashed'}`,
              name: axisName(name, this.context.colours.classOf(name)),
              move: to =>
                this.move(
                  index === 0 ? [settled(to, range, step), this.place[1]] : [this.place[0], settled(to, range, step)],
                ),
            })
      }
    </section>`;
  }

  private table(): TemplateResult {
    const { position } = this;
    return html`<table>
      <caption>${say('at', { point: pointOf(this.place) })}</caption>
      <tbody>
        <tr><th>${say('height')}</th><td>${position ? showNumber(position.height, 4) : ''}</td></tr>
        ${this.block.inputs.map(
          (name, index) => html`<tr>
            <th>${say('partialby', { name })}</th><td>${position ? showNumber(position.partials[index] ?? 0, 4) : ''}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  private move(place: Place): void {
    this.place = place;
    void this.fetchPosition();
  }

  /** Near one cut alone, the pointer takes that cut along; elsewhere the place itself. */
  protected override dragged([x, y]: Place, first: boolean): void {
    const { range } = this.block;
    if (first) {
      const reach = near * (range.to - range.from);
      const onFirst = Math.abs(y - this.place[1]) < reach;
      const onSecond = Math.abs(x - this.place[0]) < reach;
      this.held = onFirst === onSecond ? [true, true] : [onSecond, onFirst];
    }
    this.move([
      this.held[0] ? settled(x, range, step) : this.place[0],
      this.held[1] ? settled(y, range, step) : this.place[1],
    ]);
  }
}

function pointOf(place: Place): string {
  return `(${showNumber(place[0])}, ${showNumber(place[1])})`;
}

declare global {
  interface HTMLElementTagNameMap {
    'slices-picture': SlicesPictureElement;
  }
}
