import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { GradientPicture } from '../lessons/pictures/gradient.ts';
import { showNumber } from '../lessons/numbers.ts';
import { arrow } from './arrow.ts';
import { cutPlot, evenSpan } from './cut-plot.ts';
import { MapPicture, type Place } from './map-picture.ts';
import { settled } from './plot.ts';
import { differentiate, evaluate, spread } from './values.ts';
import { say } from '../words/pictures.ts';

const step = 0.05;
const samples = 81;
/** Directions of the table and of the curve over all directions, in degrees. */
const listed = spread(0, 330, 12);
const turns = spread(0, 360, 73);

/** What the engine said about one place and one direction. */
interface Position {
  readonly place: Place;
  readonly height: number;
  readonly gradient: Place;
  /** Where the two arrows end. */
  readonly gradientTip: Place;
  readonly directionTip: Place;
  /** Where the first partial's leg of the gradient ends. */
  readonly corner: Place;
  readonly angle: number;
  readonly slope: number;
  /** The largest slope there is, its direction, and the direction along the contour line; no number where all is flat. */
  readonly steepest: number;
  readonly uphill: number;
  readonly level: number;
  /** The ground along the direction, seen from the side, and its tangent. */
  readonly profile: readonly number[];
  readonly tangent: Place;
  readonly slopes: readonly number[];
  readonly table: readonly number[];
}

/** The gradient as an arrow in the plane of the inputs, beside a direction and the slope of the ground along it. */
@customElement('gradient-picture')
export class GradientPictureElement extends MapPicture {
  @property({ attribute: false }) block!: GradientPicture;

  @state() private place: Place = [0, 0];
  @state() private angle = 0;
  @state() private position: Position | undefined;

  protected override get map(): GradientPicture {
    return this.block;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.place = this.block.at;
    this.angle = this.block.angle;
    void this.fetchGround();
    void this.fetchPosition();
  }

  /** How far along the direction the profile is drawn, to either side. */
  private get ways(): number[] {
    const { reach } = this.block;
    return spread(reach.from, reach.to, samples);
  }

  private async fetchPosition(): Promise<void> {
    const { expr, inputs } = this.block;
    const { place, angle } = this;
    const [first, second] = inputs;
    const here = await differentiate(
      `${this.own} here`,
      expr,
      `[${first}, ${second}]`,
      new Map([
        [first, place[0]],
        [second, place[1]],
      ]),
    );
    const [height] = here?.value ?? [];
    const [partial, other] = here?.derivative ?? [];
    if (height === undefined || partial === undefined || other === undefined) return;
    const ways = this.ways;
    const [numbers, profile] = await Promise.all([
      evaluate(
        `${this.own} arrows`,
        '[place + g; place + way; place[1] + g[1]; place[2]; slope; norm2(g); uphill; level; height + slope*ends; slopes] where ' +
          'way = [cos(angle*pi/180), sin(angle*pi/180)], slope = g · way, half = acos(g[1]/norm2(g))*180/pi, ' +
          'uphill = cases(g[2] >= 0, half, 360 - half), level = cases(uphill < 270, uphill + 90, uphill - 270), ' +
          'slopes = g[1]*cos(turns*pi/180) + g[2]*sin(turns*pi/180)',
        new Map<string, number | readonly number[]>([
          ['place', place],
          ['g', [partial, other]],
          ['angle', angle],
          ['height', height],
          ['ends', [ways[0] ?? 0, ways.at(-1) ?? 0]],
          ['turns', [...turns, ...listed]],
        ]),
      ),
      evaluate(
        `${this.own} profile`,
        `${expr} where ${first} = place[1] + cos(angle*pi/180)*ways, ${second} = place[2] + sin(angle*pi/180)*ways`,
        new Map<string, number | readonly number[]>([
          ['place', place],
          ['angle', angle],
          ['ways', ways],
        ]),
      ),
    ]);
    if (numbers === undefined || profile === undefined) return;
    const at = (index: number): number => numbers[index] ?? Number.NaN;
    const position: Position = {
      place,
      height,
      gradient: [partial, other],
      gradientTip: [at(0), at(1)],
      directionTip: [at(2), at(3)],
      corner: [at(4), at(5)],
      angle,
      slope: at(6),
      steepest: at(7),
      uphill: at(8),
      level: at(9),
      profile,
      tangent: [at(10), at(11)],
      slopes: numbers.slice(12, 12 + turns.length),
      table: numbers.slice(12 + turns.length),
    };
    this.position = position;
    this.state(() => this.findingOf(position));
  }

  private findingOf(position: Position): string {
    const point = pointOf(position.place);
    const gradient = `[${position.gradient.map(each => showNumber(each)).join(', ')}]`;
    if (position.steepest === 0) return say('flat', { point });
    const slope = showNumber(position.slope);
    const most = showNumber(position.steepest);
    const angle = showNumber(position.angle, 1);
    if (slope === most) return say('steepest', { point, gradient, slope });
    if (slope === '0') return say('level', { point, gradient, angle });
    return say('directional', { point, gradient, angle, slope, most });
  }

  protected override render(): TemplateResult {
    const { inputs, reach } = this.block;
    const position = this.position;
    return this.frame(
      html`<div class="map-and-cuts">
        ${this.drawMap(
          say('map', { name: this.block.expr, finding: this.finding() }),
          position === undefined ? nothing : this.arrows(position),
          position === undefined ? nothing : this.names(position),
        )}
        <div class="map-cuts">${position === undefined ? nothing : [this.profile(position), this.allDirections(position)]}</div>
      </div>`,
      html`
        ${inputs.map((name, index) =>
          this.slider({
            name,
            value: this.place[index] ?? 0,
            ...reach,
            step,
            set: value => this.move(index === 0 ? [value, this.place[1]] : [this.place[0], value], this.angle),
          }),
        )}
        ${this.slider({
          name: say('direction'),
          label: say('direction'),
          unit: '°',
          value: this.angle,
          from: 0,
          to: 360,
          step: 1,
          set: value => this.move(this.place, value),
        })}
        ${this.turnTo(say('toGradient'), position?.uphill)}
        ${this.turnTo(say('toContour'), position?.level)}
      `,
      this.table(),
    );
  }

  private turnTo(text: string, angle: number | undefined): TemplateResult {
    const can = angle !== undefined && Number.isFinite(angle);
    return html`<button
      type="button" class="button" aria-disabled=${can ? 'false' : 'true'}
      @click=${() => {
        if (can) this.move(this.place, angle);
      }}
    >${text}</button>`;
  }

  /** What lies in the plane: the gradient with its two partials as legs, the direction, the place. */
  private arrows({ place, gradientTip, directionTip, corner }: Position): TemplateResult {
    const { x, y } = this.frameOfMap;
    const onMap = ([a, b]: Place): Place => [x(a), y(b)];
    const [from, tip, way, bend] = [onMap(place), onMap(gradientTip), onMap(directionTip), onMap(corner)];
    const [first, second] = this.block.inputs.map(name => this.context.colours.classOf(name));
    return svg`
      <path class="map-leg ${first}" d="M${from}L${bend}" />
      <path class="map-leg ${second}" d="M${bend}L${tip}" />
      ${arrow('map-way', from, way)}
      ${arrow('map-gradient', from, tip)}
      <circle class="plot-point plot-point-ink" cx=${from[0]} cy=${from[1]} r="6" />
      <circle class="map-handle" cx=${from[0]} cy=${from[1]} r="22" />
    `;
  }

  /** Names of the arrows and numbers of the legs, beside what they name. */
  private names({ place, gradient, gradientTip, directionTip, corner, steepest, slope }: Position): TemplateResult {
    const { x, y, right } = this.frameOfMap;
    const colours = this.context.colours;
    const [first, second] = this.block.inputs;
    const up = gradient[1] >= 0;
    const ahead = gradient[0] >= 0;
    const beside = (tip: Place, width: number, above: boolean): Place => {
      const [across, down] = [x(tip[0]), y(tip[1])];
      const left = Math.min(Math.max(across + (tip[0] >= place[0] ? 6 : -6 - width), 40), right - width - 4);
      return [left, down + (above ? -6 : 16)];
    };
    const named = beside(gradientTip, 56, up);
    const turned = beside(directionTip, 60, directionTip[1] >= place[1]);
    const long = Math.abs(x(gradientTip[0]) - x(place[0]));
    const tall = Math.abs(y(gradientTip[1]) - y(place[1]));
    const apart = showNumber(slope) !== showNumber(steepest);
    return svg`
      ${
        long > 16
          ? svg`<text class="plot-label plot-name map-number ${colours.classOf(first)}" x=${(x(place[0]) + x(corner[0])) / 2} y=${y(place[1]) + (up ? 18 : -8)} text-anchor="middle">${showNumber(gradient[0])}</text>`
          : nothing
      }
      ${
        tall > 16
          ? svg`<text class="plot-label plot-name map-number ${colours.classOf(second)}" x=${x(corner[0]) + (ahead ? 8 : -8)} y=${(y(corner[1]) + y(gradientTip[1])) / 2 + 5} text-anchor=${ahead ? 'start' : 'end'}>${showNumber(gradient[1])}</text>`
          : nothing
      }
      ${steepest === 0 ? nothing : svg`<text class="plot-label" x=${named[0]} y=${named[1]}>${say('gradient')}</text>`}
      ${apart ? svg`<text class="plot-label plot-name map-way-name" x=${turned[0]} y=${turned[1]}>${say('direction')}</text>` : nothing}
    `;
  }

  /** The ground along the direction, seen from the side: here the slope is, and not in the arrow. */
  private profile(position: Position): TemplateResult {
    const title = say('profile', { angle: showNumber(position.angle, 1) });
    const { reach } = this.block;
    const [low, high] = evenSpan(position.height, reach.to - reach.from);
    return html`<section class="map-cut-side">
      <p class="map-cut-title">${title}</p>
      ${cutPlot({
        own: `${this.own}-profile`,
        label: `${title}. ${say('slope', { slope: showNumber(position.slope) })}`,
        places: this.ways,
        heights: position.profile,
        low,
        high,
        point: [0, position.height],
        slope: position.slope,
        tangent: position.tangent,
        tone: 'map-way-tone plot-dashed',
      })}
    </section>`;
  }

  /** The slope over all directions: one hill, one valley, and two directions between them where it is 0. */
  private allDirections(position: Position): TemplateResult {
    const title = say('allways');
    const most = Math.max(position.steepest, 0.5);
    return html`<section class="map-cut-side">
      <p class="map-cut-title">${title}</p>
      ${cutPlot({
        own: `${this.own}-all`,
        label: `${title}. ${this.finding()}`,
        places: turns,
        heights: position.slopes,
        low: -most,
        high: most,
        point: [position.angle, position.slope],
        slope: position.slope,
        marks: Number.isFinite(position.uphill)
          ? [
              { place: position.uphill, name: say('gradient'), above: false },
              { place: position.level, name: say('contour'), above: true },
            ]
          : [],
        move: to => this.move(this.place, settled(to, { from: 0, to: 360 }, 1)),
      })}
    </section>`;
  }

  private table(): TemplateResult {
    const { position } = this;
    if (position === undefined) return html`<table></table>`;
    return html`<table>
      <caption>${say('at', { point: pointOf(position.place) })}</caption>
      <thead><tr><th>${say('direction')}</th><th>${say('slopeword')}</th></tr></thead>
      <tbody>
        ${listed.map((angle, index) => html`<tr><td>${showNumber(angle)}°</td><td>${showNumber(position.table[index] ?? Number.NaN, 4)}</td></tr>`)}
        ${
          Number.isFinite(position.uphill)
            ? html`<tr><th>${say('gradient')}, ${showNumber(position.uphill, 1)}°</th><td>${showNumber(position.steepest, 4)}</td></tr>`
            : nothing
        }
      </tbody>
    </table>`;
  }

  private move(place: Place, angle: number): void {
    this.place = place;
    this.angle = angle;
    void this.fetchPosition();
  }

  protected override dragged([x, y]: Place): void {
    const { reach } = this.block;
    this.move([settled(x, reach, step), settled(y, reach, step)], this.angle);
  }
}

function pointOf(place: Place): string {
  return `(${showNumber(place[0])}, ${showNumber(place[1])})`;
}

declare global {
  interface HTMLElementTagNameMap {
    'gradient-picture': GradientPictureElement;
  }
}
