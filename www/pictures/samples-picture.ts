import { html, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { gridOver } from '../draw/grid.ts';
import type { Point } from '../lessons/blocks.ts';
import { flatten, showNumber } from '../lessons/numbers.ts';
import type { SamplesPicture } from '../lessons/pictures/samples.ts';
import { pageLanguage } from '../words/language.ts';
import { say } from '../words/pictures.ts';
import { Picture } from './picture.ts';
import { arrows, box, dots, frameOver, labelPlace, namedAxes, pathAlong, zeroLine } from './samples-drawing.ts';
import { type Contributions, contributionsAt, samplesOf, throughOver } from './samples-numbers.ts';
import './samples.css';

const subscripts = ['₁', '₂', '₃', '₄'];

/** A parameter under a slider: a scalar, or one entry of a vector. */
interface Knob {
  readonly name: string;
  readonly entry: number | undefined;
  readonly label: string;
}

/**
 * The samples in their plane, and beside it what each adds to the gradient, tip to tail. Silent samples are hollow and
 * have no arrow; a sample can be left out by its box or by a press on its dot.
 */
@customElement('samples-picture')
export class SamplesPictureElement extends Picture {
  @property({ attribute: false }) block!: SamplesPicture;

  @state() private slid: ReadonlyMap<string, Point> = new Map();
  @state() private chosen: readonly number[] = [];
  @state() private numbers: Contributions | undefined;
  @state() private line: readonly number[] = [];

  private samples: readonly (readonly [number, number])[] = [];
  private reach = frameOver([], 0, 1000);

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    const { block } = this;
    this.samples = samplesOf(block);
    this.chosen = this.samples.map((_, place) => place);
    this.slid = new Map(block.at.filter(([name]) => block.slide.includes(name)));
    void this.fetchNumbers();
  }

  private async fetchNumbers(): Promise<void> {
    const { block, context, slid, chosen } = this;
    if (chosen.length === 0) {
      this.state(() => say('nosamples'));
      this.numbers = undefined;
      return;
    }
    const [numbers, line] = await Promise.all([
      contributionsAt(this.own, block, context, slid, chosen),
      throughOver(this.own, block, context, slid, this.grid),
    ]);
    if (line !== undefined) this.line = line;
    if (numbers === undefined) return;
    this.numbers = numbers;
    this.widen(numbers);
    this.state(() => this.findingOf(numbers));
  }

  /** The plane of the arrows stays while they fit and can be seen: its ground seldom moves under the sliders. */
  private widen({ each, sum, gradient }: Contributions): void {
    const ends = [...each.map(({ tip }) => tip), sum, gradient];
    if (each.every(({ through }) => !(through > 0))) return;
    const fitting = frameOver(ends, 0.14, 0.5);
    const width = ({ x }: ReturnType<typeof frameOver>): number => Math.abs(x.invert(box.width) - x.invert(0));
    const inside = ends.every(([first, second]) => {
      const [x, y] = [this.reach.x(first), this.reach.y(second)];
      return (
        x > box.left + 12 && x < box.width - box.right - 12 && y > box.top + 12 && y < box.height - box.bottom - 12
      );
    });
    if (!inside || width(this.reach) > 2.5 * width(fitting)) this.reach = fitting;
  }

  private get plane(): ReturnType<typeof frameOver> {
    return frameOver(this.samples, 0.14, 2);
  }

  private get grid(): ReturnType<typeof gridOver> {
    return gridOver(this.plane, 15, 15);
  }

  private findingOf({ each, sum, factor, gradient }: Contributions): string {
    const silent = each.filter(({ through }) => !(through > 0)).map(({ sample }) => sample + 1);
    const name = this.block.name;
    if (silent.length === each.length) return say('allsilent', { name, gradient: showPair(gradient) });
    const holes = {
      sum: showPair(sum),
      factor: this.block.factor,
      number: showNumber(factor),
      gradient: showPair(gradient),
    };
    const count = silent.length;
    if (count === 0) return say('nonesilent', holes);
    return say('somesilent', {
      ...holes,
      count,
      samples: new Intl.ListFormat(pageLanguage()).format(silent.map(String)),
      name,
    });
  }

  protected override render(): TemplateResult {
    return this.frame(
      html`<div class="samples">${this.samplePlane()}${this.arrowPlane()}</div>`,
      html`${this.knobs().map(knob => this.knob(knob))}${this.boxes()}`,
      this.table(),
    );
  }

  private samplePlane(): TemplateResult {
    const { plane, numbers, block } = this;
    const { inputs, name } = block;
    const zero = zeroLine(plane, this.grid, this.line);
    const label = labelPlace(plane, zero, this.samples);
    return html`<div>
      <p class="samples-title">${say('samplesin')}</p>
      <svg class="picture-drawing" viewBox="0 0 ${box.width} ${box.height}" role="img" aria-label=${say('samplesdrawn', { finding: this.finding() })}>
        <clipPath id="${this.own}-samples"><rect x=${box.left} y=${box.top} width=${box.width - box.left - box.right} height=${box.height - box.top - box.bottom} /></clipPath>
        ${namedAxes(plane, 'x₁', 'x₂', this.context.colours.classOf(inputs))}
        <g clip-path="url(#${this.own}-samples)"><path class="samples-zero" d=${pathAlong(zero)} /></g>
        ${label === undefined ? nothing : svg`<text class="plot-label" x=${label[0]} y=${label[1] + 5} text-anchor="middle" data-from="lesson">${name} = 0</text>`}
        ${dots(plane, this.samples, numbers?.each ?? [], sample => this.toggle(sample))}
      </svg>
    </div>`;
  }

  private arrowPlane(): TemplateResult {
    const { reach, block } = this;
    const colour = this.context.colours.classOf(block.wrt);
    const words = { sum: say('sum'), gradient: say('gradientname') };
    return html`<div>
      <p class="samples-title">${say('sharesin')}</p>
      <svg class="picture-drawing" viewBox="0 0 ${box.width} ${box.height}" role="img" aria-label=${say('sharesdrawn', { finding: this.finding() })}>
        ${namedAxes(reach, `${block.wrt}₁`, `${block.wrt}₂`, colour)}
        ${this.numbers ? arrows(reach, this.numbers, words, colour) : nothing}
      </svg>
    </div>`;
  }

  /** A slider for each scalar parameter and for each entry of a vector. */
  private knobs(): Knob[] {
    return this.block.slide.flatMap((name): Knob[] => {
      const value = this.slid.get(name);
      if (!Array.isArray(value)) return [{ name, entry: undefined, label: name }];
      return value.map((_, entry) => ({ name, entry, label: `${name}${subscripts[entry] ?? entry + 1}` }));
    });
  }

  private knob({ name, entry, label }: Knob): TemplateResult {
    const value = this.slid.get(name) ?? 0;
    const { from, to } = this.block.range;
    return this.slider({
      name,
      label,
      value: flatten(value as number | number[])[entry ?? 0] ?? 0,
      from,
      to,
      step: 0.05,
      set: moved => {
        const next = Array.isArray(value) ? value.map((old, place) => (place === entry ? moved : old)) : moved;
        this.slid = new Map([...this.slid, [name, next]]);
        void this.fetchNumbers();
      },
    });
  }

  private boxes(): TemplateResult {
    return html`<fieldset class="picture-choices samples-boxes">
      <legend>${say('included')}</legend>
      ${this.samples.map(
        (_, place) => html`<label class="picture-choice">
          <input
            type="checkbox"
            aria-label=${say('sample', { place: place + 1 })}
            .checked=${this.chosen.includes(place)}
            @change=${() => this.toggle(place)}
          />
          <span>${place + 1}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  private toggle(sample: number): void {
    this.moved = true;
    const { chosen } = this;
    this.chosen = chosen.includes(sample)
      ? chosen.filter(each => each !== sample)
      : [...chosen, sample].sort((left, right) => left - right);
    void this.fetchNumbers();
  }

  private table(): TemplateResult {
    const { numbers, block } = this;
    return html`<table>
      <thead>
        <tr>
          <th>${say('samplehead')}</th><th data-from="lesson">${block.name}</th><th>${say('error')}</th><th>${say('share')}</th>
        </tr>
      </thead>
      <tbody>
        ${numbers?.each.map(
          ({ sample, through, error, share }) => html`<tr>
            <th scope="row">${sample + 1}</th>
            <td>${showNumber(through)}</td>
            <td>${showNumber(error)}</td>
            <td>${through > 0 ? showPair(share) : say('silent')}</td>
          </tr>`,
        )}
        <tr><th scope="row">${say('sum')}</th><td></td><td></td><td>${numbers ? showPair(numbers.sum) : ''}</td></tr>
        <tr>
          <th scope="row">${say('gradientis', { factor: block.factor })}</th><td></td><td></td>
          <td>${numbers ? showPair(numbers.gradient) : ''}</td>
        </tr>
      </tbody>
    </table>`;
  }
}

function showPair([first, second]: readonly [number, number]): string {
  return `(${showNumber(first)}, ${showNumber(second)})`;
}

declare global {
  interface HTMLElementTagNameMap {
    'samples-picture': SamplesPictureElement;
  }
}
