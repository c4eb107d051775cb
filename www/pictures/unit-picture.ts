import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { engine } from '../engine/client.ts';
import type { Parsed } from '../engine/contract.ts';
import type { Range } from '../lessons/blocks.ts';
import { showNumber } from '../lessons/numbers.ts';
import { type UnitPicture, unitExpression } from '../lessons/pictures/unit.ts';
import { Picture } from './picture.ts';
import { settled } from './plot.ts';
import { rateBars } from './rate-bars.ts';
import { isOnTarget, shownLoss, type UnitDrawing, unitDrawing, type UnitValues, written } from './unit-drawing.ts';
import { differentiate, evaluate, spread } from './values.ts';
import { say } from '../words/pictures.ts';

const step = 0.05;
const samples = 41;

/** One unit with its numbers on it: move a weight, the bias or the target, and see what comes out. */
@customElement('unit-picture')
export class UnitPictureElement extends Picture {
  @property({ attribute: false }) block!: UnitPicture;

  @state() private at: ReadonlyMap<string, number> = new Map();
  @state() private values: UnitValues | undefined;
  @state() private curve: readonly number[] = [];
  /** Weights and bias, typeset. */
  @state() private labels: readonly string[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.at = new Map(
      this.block.at.flatMap(([name, value]) => (typeof value === 'number' ? [[name, value] as const] : [])),
    );
    void this.fetchCurve();
    void this.fetchLabels();
    void this.fetchValues();
  }

  private get knobs(): readonly string[] {
    return [...this.block.weights, this.block.bias];
  }

  private async fetchCurve(): Promise<void> {
    const { activation, through } = this.block;
    if (activation === undefined) return;
    const { from, to } = this.curveRange;
    const places = spread(from, to, samples);
    this.curve = (await evaluate(`${this.own} curve`, activation.expr, new Map([[through, places]]))) ?? [];
  }

  /** The activation is drawn to either side of 0. */
  private get curveRange(): Range {
    const reach = Math.max(Math.abs(this.block.scale.from), Math.abs(this.block.scale.to));
    return { from: -reach, to: reach };
  }

  private async fetchLabels(): Promise<void> {
    const { vars } = this.context;
    const answers = await Promise.all(this.knobs.map(expr => engine.call<Parsed>({ op: 'parse', expr, vars })));
    this.labels = answers.map((answer, place) => (answer.ok ? answer.latex : (this.knobs[place] ?? '')));
  }

  private async fetchValues(): Promise<void> {
    const { weights, inputs, bias, through, activation, aim } = this.block;
    const { at } = this;
    const output = activation?.output ?? through;
    const products = weights.map((weight, place) => `${weight}*${inputs[place]}`);
    const names = [`products = [${products.join(', ')}]`, `${through} = sum(products) + ${bias}`];
    if (activation !== undefined) names.push(`${activation.output} = ${activation.expr}`);
    const judged = aim === undefined ? '' : `; abs(${output} - ${aim.target}); ${aim.loss}`;
    const [numbers, slopes] = await Promise.all([
      evaluate(`${this.own} values`, `[products; ${through}; ${output}${judged}] where ${names.join(', ')}`, at),
      aim?.rates
        ? differentiate(`${this.own} rates`, unitExpression(this.block), `[${this.knobs.join(', ')}]`, at)
        : undefined,
    ]);
    if (numbers === undefined || (aim?.rates && slopes === undefined)) return;
    const count = weights.length;
    const number = (place: number): number => numbers[place] ?? Number.NaN;
    const values: UnitValues = {
      at,
      products: numbers.slice(0, count),
      sum: number(count),
      output: number(count + 1),
      gap: number(count + 2),
      loss: number(count + 3),
      rates: slopes?.derivative ?? [],
    };
    this.values = values;
    this.state(() => this.findingOf(values));
  }

  private findingOf(values: UnitValues): string {
    const { through, activation, aim, bias } = this.block;
    const name = written(through);
    const sum = showNumber(values.sum);
    if (aim !== undefined) return this.judgement(values);
    if (activation !== undefined) {
      if (values.sum === 0) return say('unitzero', { name });
      return values.sum > 0 ? say('unitpasses', { name, sum }) : say('unitclips', { name, sum });
    }
    const products = values.products.map(each => showNumber(each)).join(', ');
    return say('unitsum', { products, bias: showNumber(values.at.get(bias) ?? 0), name, sum });
  }

  private judgement(values: UnitValues): string {
    const { aim } = this.block;
    const holes = { output: showNumber(values.output), loss: shownLoss(values.loss) };
    const told = isOnTarget(values)
      ? say('unithits', holes)
      : say('unitmisses', { ...holes, gap: showNumber(values.gap) });
    if (!aim?.rates || isOnTarget(values)) return told;
    const silent = values.rates.every(rate => rate === 0);
    return `${told} ${silent ? say('unitsilent') : say('unitrates')}`;
  }

  protected override render(): TemplateResult {
    const { block, values } = this;
    const drawing: UnitDrawing = {
      block,
      values,
      curve: this.curve,
      curveRange: this.curveRange,
      colours: this.context.colours,
      narrow: this.narrow,
      label: say('unit', { finding: this.finding() }),
      move: target => {
        if (block.aim) this.move(block.aim.target, settled(target, block.scale, step));
      },
    };
    return this.frame(
      html`${unitDrawing(drawing)} ${block.aim?.rates ? this.rates() : nothing}`,
      html`${this.knobs.map(name => this.knob(name, block.range))}
        ${block.aim ? this.knob(block.aim.target, block.scale) : nothing}`,
      this.table(),
    );
  }

  private knob(name: string, range: Range): TemplateResult {
    const set = (value: number): void => this.move(name, value);
    return this.slider({ name, label: written(name), value: this.at.get(name) ?? 0, ...range, step, set });
  }

  private rates(): TemplateResult {
    const rates = (this.values?.rates ?? []).map((value, place) => ({ label: this.labels[place] ?? '', value }));
    const silent = rates.every(rate => rate.value === 0);
    return html`<div class="unit-rates">${rateBars(say('lossrates'), rates, silent, this.context.colours)}</div>`;
  }

  private table(): TemplateResult {
    const { weights, inputs, bias, through, activation, aim } = this.block;
    const { values } = this;
    const row = (name: unknown, value: number | undefined): TemplateResult =>
      html`<tr><th>${name}</th><td>${value === undefined ? '' : showNumber(value, 4)}</td></tr>`;
    const named = (text: string): TemplateResult => html`<span data-from="lesson">${text}</span>`;
    return html`<table>
      <tbody>
        ${weights.map((weight, place) =>
          row(named(`${written(weight)} ${written(inputs[place] ?? '')}`), values?.products[place]),
        )}
        ${row(named(written(bias)), values?.at.get(bias))} ${row(named(written(through)), values?.sum)}
        ${activation ? row(named(written(activation.output)), values?.output) : nothing}
        ${aim ? [row(say('target'), values?.at.get(aim.target)), row(say('loss'), values?.loss)] : nothing}
        ${(values?.rates ?? []).map((rate, place) => row(say('rateof', { name: written(this.knobs[place] ?? '') }), rate))}
      </tbody>
    </table>`;
  }

  private move(name: string, value: number): void {
    this.at = new Map([...this.at, [name, value]]);
    void this.fetchValues();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'unit-picture': UnitPictureElement;
  }
}
