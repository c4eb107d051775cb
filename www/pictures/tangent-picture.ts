import { scaleLinear } from 'd3-scale';
import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { TangentPicture } from '../lessons/pictures/tangent.ts';
import { showNumber } from '../lessons/numbers.ts';
import { axes, type Box, pathOf, scalesOf } from './plot.ts';
import { Picture } from './picture.ts';
import { differentiate, evaluate, spread } from './values.ts';
import { say } from '../words/pictures.ts';

const wide: Box = { width: 640, height: 380, left: 34, right: 12, top: 14, bottom: 26 };
const small: Box = { width: 380, height: 300, left: 34, right: 12, top: 14, bottom: 28 };
/** Distances of the table: the secant's slope is seen to settle. */
const distances = [2, 1, 0.5, 0.1, 0.01];
const samples = 161;

/** What the engine said about one position of the sliders. */
interface Position {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly secantSlope: number;
  readonly tangentSlope: number;
  /** Heights of the two lines at the picture's left and right edge. */
  readonly secant: readonly [number, number];
  readonly tangent: readonly [number, number];
  /** Slopes over the distances of the table. */
  readonly slopes: readonly number[];
}

/** A curve, a secant through two of its points, and the tangent it becomes as the points meet. */
@customElement('tangent-picture')
export class TangentPictureElement extends Picture {
  @property({ attribute: false }) block!: TangentPicture;

  @state() private x = 0;
  @state() private distance = 1;
  @state() private curve: readonly number[] = [];
  @state() private position: Position | undefined;

  private get box(): Box {
    return this.narrow ? small : wide;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.x = this.block.at;
    this.distance = this.block.distance;
    void this.fetchCurve();
    void this.fetchPosition();
  }

  private async fetchCurve(): Promise<void> {
    const { expr, wrt, range } = this.block;
    const places = spread(range.from, range.to, samples);
    this.curve = (await evaluate(`${this.own} curve`, expr, new Map([[wrt, places]]))) ?? this.curve;
  }

  /** Both lines, both points and the table's slopes in two requests; the second needs the first one's slope. */
  private async fetchPosition(): Promise<void> {
    const { expr, wrt, range } = this.block;
    const edges = [range.from, range.to];
    const here = await differentiate(`${this.own} tangent`, expr, wrt, new Map([[wrt, this.x]]));
    const [height] = here?.value ?? [];
    const [tangentSlope] = here?.derivative ?? [];
    if (height === undefined || tangentSlope === undefined) return;
    // The variable itself is an intermediate here: the base plus each nudge. So one request moves all the points.
    const numbers = await evaluate(
      `${this.own} secant`,
      `[${wrt}; curve; slopes; curve[1] + slopes[2]*(edge - base); height + slope*(edge - base)] where ` +
        `${wrt} = base + nudge, curve = ${expr}, slopes = (curve - curve[1]) ./ nudge`,
      new Map<string, number | number[]>([
        ['base', this.x],
        ['nudge', [0, this.distance, ...distances]],
        ['edge', edges],
        ['height', height],
        ['slope', tangentSlope],
      ]),
    );
    if (numbers === undefined) return;
    const count = distances.length + 2;
    const at = (place: number): number => numbers[place] ?? Number.NaN;
    this.position = {
      x: [at(0), at(1)],
      y: [at(count), at(count + 1)],
      secantSlope: at(2 * count + 1),
      tangentSlope,
      secant: [at(3 * count), at(3 * count + 1)],
      tangent: [at(3 * count + 2), at(3 * count + 3)],
      slopes: numbers.slice(2 * count + 2, 3 * count),
    };
    const { position } = this;
    this.state(() => this.findingOf(position));
  }

  private findingOf(position: Position): string {
    const name = this.block.wrt;
    const tangent = showNumber(position.tangentSlope);
    const secant = showNumber(position.secantSlope);
    if (this.distance === 0) return say('nosecant', { name, tangent });
    const holes = { name, x: showNumber(this.x), distance: showNumber(this.distance), secant };
    return secant === tangent ? say('agree', holes) : say('differ', { ...holes, tangent });
  }

  protected override render(): TemplateResult {
    return this.frame(this.drawing(), this.controls(), this.table());
  }

  private drawing(): TemplateResult {
    const box = this.box;
    const { range, expr } = this.block;
    const { x, y } = scalesOf(box, [range.from, range.to], padded(this.curve));
    const places = spread(range.from, range.to, samples);
    return html`<svg
      class="picture-drawing picture-draggable"
      viewBox="0 0 ${box.width} ${box.height}"
      role="img"
      aria-label=${say('curve', { name: expr, finding: this.finding() })}
      @pointerdown=${this.grab}
      @pointermove=${this.drag}
    >
      <clipPath id="${this.own}-clip">
        <rect x=${box.left} y=${box.top} width=${box.width - box.left - box.right} height=${box.height - box.top - box.bottom} />
      </clipPath>
      ${axes(box, x, y)}
      <g clip-path="url(#${this.own}-clip)">
        <path class="plot-curve" d=${pathOf(places, this.curve, x, y)} />
        ${this.position ? this.lines(this.position, x, y) : nothing}
      </g>
      ${this.position ? this.points(this.position, x, y) : nothing}
    </svg>`;
  }

  private lines(position: Position, x: Scale, y: Scale): TemplateResult {
    const edges = [this.block.range.from, this.block.range.to];
    return svg`
      <path class="plot-tangent" d=${pathOf(edges, position.tangent, x, y)} />
      ${this.distance === 0 ? nothing : svg`<path class="plot-secant" d=${pathOf(edges, position.secant, x, y)} />`}
    `;
  }

  private points(position: Position, x: Scale, y: Scale): TemplateResult {
    const box = this.box;
    const [x0, x1] = [x(position.x[0]), x(position.x[1])];
    const [y0, y1] = [y(position.y[0]), y(position.y[1])];
    const inside = x1 <= box.width - box.right;
    const roomy = Math.abs(x1 - x0) > 34;
    return svg`
      ${
        inside && this.distance > 0
          ? svg`
            <path class="plot-leg" d="M${x0},${y0}H${x1}V${y1}" />
            ${roomy ? svg`<text class="plot-label" x=${(x0 + x1) / 2} y=${y1 > y0 ? y0 - 8 : y0 + 18} text-anchor="middle" data-from="lesson">Δ${this.block.wrt}</text>` : nothing}
            ${Math.abs(y1 - y0) > 26 ? svg`<text class="plot-label" x=${x1 + 8} y=${(y0 + y1) / 2 + 4} data-from="lesson">Δy</text>` : nothing}
            <circle class="plot-point plot-point-hollow" cx=${x1} cy=${y1} r="6" />`
          : nothing
      }
      <circle class="plot-point" cx=${x0} cy=${y0} r="7" />
    `;
  }

  private controls(): TemplateResult {
    const { wrt, range } = this.block;
    return html`
      ${this.slider({ name: wrt, value: this.x, from: range.from, to: range.to, step: 0.05, set: value => this.move(value, this.distance) })}
      ${this.slider({
        name: wrt,
        label: `Δ${wrt}`,
        value: this.distance,
        from: 0,
        to: 2,
        step: 0.02,
        set: value => this.move(this.x, value),
      })}
      <p class="picture-key"><span class="key-secant">${say('secant')}</span> <span class="key-tangent">${say('tangent')}</span></p>
    `;
  }

  private table(): TemplateResult {
    const { wrt } = this.block;
    return html`<table>
      <caption>${say('at', { point: `${wrt} = ${showNumber(this.x)}` })}</caption>
      <thead><tr><th data-from="lesson">Δ${wrt}</th><th>${say('secantslope')}</th></tr></thead>
      <tbody>
        ${distances.map((distance, place) => {
          const slope = this.position?.slopes[place];
          return html`<tr><td>${showNumber(distance)}</td><td>${slope === undefined ? '' : showNumber(slope, 4)}</td></tr>`;
        })}
        <tr><th>${say('tangent')}</th><td>${this.position ? showNumber(this.position.tangentSlope, 4) : ''}</td></tr>
      </tbody>
    </table>`;
  }

  private move(x: number, distance: number): void {
    this.x = x;
    this.distance = distance;
    void this.fetchPosition();
  }

  private grab(event: PointerEvent): void {
    if (event.currentTarget instanceof SVGSVGElement) event.currentTarget.setPointerCapture(event.pointerId);
    this.drag(event);
  }

  /** Dragging anywhere on the picture takes the point along; the slider does the same by keyboard. */
  private drag(event: PointerEvent): void {
    const target = event.currentTarget;
    if (event.buttons !== 1 || !(target instanceof SVGSVGElement)) return;
    const { range } = this.block;
    const box = this.box;
    const frame = target.getBoundingClientRect();
    const place = ((event.clientX - frame.left) / frame.width) * box.width;
    const x = scaleLinear([box.left, box.width - box.right], [range.from, range.to]).clamp(true)(place);
    this.move(Math.round(x * 20) / 20, this.distance);
  }
}

type Scale = (value: number) => number;

/** A little air above and below the curve. */
function padded(values: readonly number[]): [number, number] {
  if (values.length === 0) return [-1, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = (high - low || 2) * 0.08;
  return [low - air, high + air];
}

declare global {
  interface HTMLElementTagNameMap {
    'tangent-picture': TangentPictureElement;
  }
}
