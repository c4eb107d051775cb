import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { engine } from '../engine/client.ts';
import type { Parsed } from '../engine/contract.ts';
import type { KinkPicture } from '../lessons/pictures/kink.ts';
import { showNumber } from '../lessons/numbers.ts';
import { Picture } from './picture.ts';
import { axes, type Box, pathOf, scalesOf } from './plot.ts';
import { rateBars } from './rate-bars.ts';
import { type At, differentiate, evaluate, spread } from './values.ts';
import { say } from '../words/pictures.ts';

const box: Box = { width: 380, height: 280, left: 34, right: 14, top: 14, bottom: 26 };
const samples = 121;

/** What the engine said about one position of the slider. */
interface Position {
  /** What goes into the activation, what comes out, and the slope there. */
  readonly inside: number;
  readonly output: number;
  readonly slope: number;
  /** The derivative of the output by each weight, and that of what goes into the activation. */
  readonly derivative: readonly number[];
  readonly before: readonly number[];
}

/** A neuron whose operating point slides over the kink: on one side every weight counts, on the other none. */
@customElement('kink-picture')
export class KinkPictureElement extends Picture {
  @property({ attribute: false }) block!: KinkPicture;

  @state() private value = 0;
  @state() private ends: readonly [number, number] = [-1, 1];
  @state() private curve: readonly number[] = [];
  @state() private position: Position | undefined;
  @state() private labels: readonly string[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    const start = this.block.at.find(([name]) => name === this.block.slide)?.[1];
    this.value = typeof start === 'number' ? start : 0;
    void this.fetchCurve();
    void this.fetchLabels();
    void this.fetchPosition();
  }

  /** All values, with the slider's where the slider is. */
  private atWith(value: number): At {
    const fixed = this.block.at.map(([name, given]) => [name, vectorOf(given)] as const);
    return new Map<string, number | readonly number[]>([...fixed, [this.block.slide, value]]);
  }

  /** The whole activation, over what the slider can reach. */
  private async fetchCurve(): Promise<void> {
    const { inner, outer, through, range } = this.block;
    const [low] = (await evaluate(`${this.own} low`, inner, this.atWith(range.from))) ?? [];
    const [high] = (await evaluate(`${this.own} high`, inner, this.atWith(range.to))) ?? [];
    if (low === undefined || high === undefined) return;
    const places = spread(low, high, samples);
    const curve = await evaluate(`${this.own} curve`, outer, new Map([[through, places]]));
    if (curve === undefined) return;
    this.ends = [low, high];
    this.curve = curve;
  }

  private async fetchLabels(): Promise<void> {
    const { wrt } = this.block;
    const weights = this.atWith(0).get(wrt);
    const count = typeof weights === 'object' ? weights.length : 0;
    const answers = await Promise.all(
      Array.from({ length: count }, (_, place) =>
        engine.call<Parsed>({ op: 'parse', expr: `${wrt}[${place + 1}]`, vars: this.context.vars }),
      ),
    );
    this.labels = answers.map((answer, place) => (answer.ok ? answer.latex : `${wrt}_{${place + 1}}`));
  }

  private async fetchPosition(): Promise<void> {
    const { outer, through, inner, wrt } = this.block;
    const at = this.atWith(this.value);
    const whole = `${outer} where ${through} = ${inner}`;
    const [affine, neuron] = await Promise.all([
      differentiate(`${this.own} inside`, inner, wrt, at),
      differentiate(`${this.own} neuron`, whole, wrt, at),
    ]);
    const [inside] = affine?.value ?? [];
    if (affine === undefined || inside === undefined || neuron === undefined) return;
    const activation = await differentiate(`${this.own} slope`, outer, through, new Map([[through, inside]]));
    const [output] = neuron.value;
    const [slope] = activation?.derivative ?? [];
    if (output === undefined || slope === undefined) return;
    const position = { inside, output, slope, derivative: neuron.derivative, before: affine.derivative };
    this.position = position;
    this.state(() => this.findingOf(position));
  }

  private findingOf({ inside, slope, derivative }: Position): string {
    const { through } = this.block;
    const point = `${through} = ${showNumber(inside)}`;
    if (inside === 0) return say('corner', { point, slope: showNumber(slope) });
    return inside > 0 ? say('on', { point }) : say('off', { point, number: derivative.length });
  }

  protected override render(): TemplateResult {
    return this.frame(
      html`<div class="kink">${this.plot()}${this.weights()}</div>`,
      this.slider({
        name: this.block.slide,
        value: this.value,
        from: this.block.range.from,
        to: this.block.range.to,
        step: 0.05,
        set: value => {
          this.value = value;
          void this.fetchPosition();
        },
      }),
      this.table(),
    );
  }

  private plot(): TemplateResult {
    const { outer, through } = this.block;
    const low = Math.min(0, ...this.curve);
    const high = Math.max(1, ...this.curve);
    const { x, y } = scalesOf(box, [this.ends[0], this.ends[1]], [low - 0.3, high]);
    const silent = this.position?.slope === 0;
    return html`<svg
      class="picture-drawing"
      viewBox="0 0 ${box.width} ${box.height}"
      role="img"
      aria-label=${say('activation', { name: outer, finding: this.finding() })}
    >
      ${axes(box, x, y)}
      <path class="plot-curve" d=${pathOf(spread(this.ends[0], this.ends[1], samples), this.curve, x, y)} />
      ${
        this.position
          ? svg`
            <path class="plot-drop" d="M${x(this.position.inside)},${y(low - 0.3)}V${y(this.position.output)}" />
            <circle
              class="plot-point ${silent ? 'plot-point-hollow' : ''}"
              cx=${x(this.position.inside)} cy=${y(this.position.output)} r="7"
            />
            ${this.slopeLabel(this.position, x(this.position.inside), y(this.position.output))}`
          : nothing
      }
      <text class="plot-label" x=${box.width - box.right} y=${box.height - box.bottom - 8} text-anchor="end" data-from="lesson">${through}</text>
    </svg>`;
  }

  /** Beside the rising line, above the flat one; never outside the drawing. */
  private slopeLabel({ slope }: Position, across: number, down: number): TemplateResult {
    const rising = slope !== 0;
    const least = box.left + (rising ? 62 : 34);
    const place = Math.min(Math.max(rising ? across - 14 : across, least), box.width - box.right - 34);
    return svg`<text class="plot-label" x=${place} y=${down - (rising ? 6 : 16)} text-anchor=${rising ? 'end' : 'middle'}>
      ${say('slope', { slope: showNumber(slope) })}
    </text>`;
  }

  /** A bar for each weight: hollow for what reaches the activation, filled for what comes through it. */
  private weights(): TemplateResult {
    const { derivative = [], before = [], slope = 0 } = this.position ?? {};
    const rates = derivative.map((value, place) => ({
      label: this.labels[place] ?? '',
      value,
      before: before[place] ?? 0,
    }));
    return rateBars(say('weights'), rates, slope === 0, this.context.colours);
  }

  private table(): TemplateResult {
    const { through, wrt } = this.block;
    const { position } = this;
    return html`<table>
      <caption data-from="lesson">${this.block.slide} = ${showNumber(this.value)}</caption>
      <tbody>
        <tr><th data-from="lesson">${through}</th><td>${position ? showNumber(position.inside) : ''}</td></tr>
        <tr><th>${say('output')}</th><td>${position ? showNumber(position.output) : ''}</td></tr>
        <tr><th>${say('activationslope')}</th><td>${position ? showNumber(position.slope) : ''}</td></tr>
        ${(position?.derivative ?? []).map(
          (value, place) =>
            html`<tr><th>${say('by', { name: `${wrt}[${place + 1}]` })}</th><td>${showNumber(value)}</td></tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** Values of a lesson that a neuron can take: a number, or a list of numbers. */
function vectorOf(given: unknown): number | readonly number[] {
  if (typeof given === 'number') return given;
  return Array.isArray(given) ? given.filter(value => typeof value === 'number') : [];
}

declare global {
  interface HTMLElementTagNameMap {
    'kink-picture': KinkPictureElement;
  }
}
