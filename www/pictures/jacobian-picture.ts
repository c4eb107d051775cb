import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { prose } from '../elements/prose.ts';
import '../elements/tex-math.ts';
import { engine } from '../engine/client.ts';
import type { Entries, Entry, Parsed } from '../engine/contract.ts';
import type { Layout } from '../lessons/blocks.ts';
import { flatten, showNumber } from '../lessons/numbers.ts';
import type { JacobianPicture } from '../lessons/pictures/jacobian.ts';
import { type Cell, moveCells, rememberCells } from './cell-motion.ts';
import { Picture } from './picture.ts';
import { shadeOf } from './shades.ts';
import { say, saying } from '../words/pictures.ts';

/** The Jacobian as a map: a row of cells for each output, a column for each input; the layout switch transposes it. */
@customElement('jacobian-picture')
export class JacobianPictureElement extends Picture {
  @property({ attribute: false }) block!: JacobianPicture;

  @state() private at: readonly number[] = [];
  @state() private layout: Layout = 'numerator';
  @state() private entries: Entries | undefined;
  /** The chosen cell by what it means, not by where it stands: it keeps its meaning when the layout changes. */
  @state() private chosen: Cell = { output: 0, input: 0 };
  /** Typeset outputs and inputs, by their text. */
  @state() private typeset: ReadonlyMap<string, string> = new Map();

  private leaving: Map<string, DOMRect> | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    this.at = this.block.at;
    void this.fetchNames();
    void this.fetchEntries();
  }

  private async fetchNames(): Promise<void> {
    const texts = [...this.block.outputs, ...this.block.inputs];
    const answers = await Promise.all(
      texts.map(expr => engine.call<Parsed>({ op: 'parse', expr, vars: this.context.vars })),
    );
    this.typeset = new Map(
      texts.flatMap((text, place) => {
        const answer = answers[place];
        return answer?.ok ? [[text, answer.latex] as const] : [];
      }),
    );
    this.tell();
  }

  private async fetchEntries(): Promise<void> {
    const { outputs, inputs } = this.block;
    const { layout } = this;
    const answer = await engine.latest<Entries>(`${this.own} entries`, {
      op: 'entries',
      expr: `[${outputs.join(', ')}]`,
      wrt: inputs,
      vars: this.context.vars,
      at: new Map(inputs.map((input, place) => [input, this.at[place]])),
      layout,
    });
    if (!answer?.ok) return;
    // Where the cells are now is where they will start from, if this answer is in another layout.
    this.leaving = this.shownLayout() === layout ? undefined : rememberCells(this);
    this.entries = answer;
    this.shown = layout;
    this.tell();
  }

  /** The layout of the entries on screen: the switch may be ahead of the engine's answer. */
  private shown: Layout = 'numerator';
  private shownLayout(): Layout {
    return this.shown;
  }

  protected override updated(): void {
    if (this.leaving === undefined) return;
    moveCells(this, this.leaving);
    this.leaving = undefined;
  }

  private tell(): void {
    const output = this.block.outputs[this.chosen.output] ?? '';
    const input = this.block.inputs[this.chosen.input] ?? '';
    const entry = this.entryOf(this.chosen);
    if (entry === undefined) return;
    const rate = showNumber(valueOf(entry));
    this.state(
      () => (entry.zero ? say('stays', { input, output }) : say('moves', { input, output, rate })),
      () => {
        const typeset = { input: this.formula(input), output: this.formula(output) };
        return entry.zero ? saying('stays', typeset) : saying('moves', { ...typeset, rate });
      },
    );
  }

  protected override languageChanged(): void {
    void this.fetchNames();
    void this.fetchEntries();
  }

  protected override render(): TemplateResult {
    return this.frame(this.drawing(), this.controls(), this.table());
  }

  private get rowTexts(): readonly string[] {
    return this.shown === 'denominator' ? this.block.inputs : this.block.outputs;
  }

  private get columnTexts(): readonly string[] {
    return this.shown === 'denominator' ? this.block.outputs : this.block.inputs;
  }

  private drawing(): TemplateResult {
    const legend = this.shown === 'denominator' ? say('inputsdown') : say('outputsdown');
    return html`<div class="jacobian-map" data-columns=${this.columnTexts.length}>
      <p class="jacobian-legend">${legend}</p>
      <div class="jacobian-scroll">
        <table class="jacobian-cells" role="grid" aria-label=${say('jacobian', { legend })} @keydown=${this.pressed}>
          <thead>
            <tr>
              <td></td>
              ${this.columnTexts.map((text, column) => this.heading(text, 'col', column))}
            </tr>
          </thead>
          <tbody>
            ${this.rowTexts.map(
              (text, row) => html`<tr>
                ${this.heading(text, 'row', row)}
                ${this.columnTexts.map((_, column) => this.cell(this.cellAt(row, column)))}
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.about()}
    </div>`;
  }

  private heading(text: string, scope: 'row' | 'col', place: number): TemplateResult {
    const lit = this.placeOf(this.chosen)[scope === 'row' ? 'row' : 'column'] === place;
    return html`<th scope=${scope} class=${lit ? 'jacobian-lit' : ''}>
      <span class="visually-hidden" data-from="lesson">${text}</span><span aria-hidden="true">${this.formula(text)}</span>
    </th>`;
  }

  private formula(text: string): TemplateResult {
    const latex = this.typeset.get(text);
    return latex === undefined
      ? html`<code>${text}</code>`
      : html`<tex-math .latex=${latex} .colours=${this.context.colours}></tex-math>`;
  }

  private cell(cell: Cell): TemplateResult {
    const entry = this.entryOf(cell);
    const here = cell.output === this.chosen.output && cell.input === this.chosen.input;
    const value = entry === undefined ? Number.NaN : valueOf(entry);
    const name = say('cell', { output: cell.output + 1, input: cell.input + 1, value: showNumber(value) });
    return html`<td role="gridcell">
      <button
        type="button"
        class="jacobian-cell ${shadeOf(value, entry?.zero ?? false)}"
        data-cell="${cell.output} ${cell.input}"
        tabindex=${here ? 0 : -1}
        aria-label=${name}
        aria-pressed=${here ? 'true' : 'false'}
        @pointerenter=${() => this.choose(cell)}
        @focus=${() => this.choose(cell)}
        @click=${() => this.choose(cell)}
      >${entry === undefined ? nothing : showNumber(value)}</button>
    </td>`;
  }

  private about(): TemplateResult | typeof nothing {
    const entry = this.entryOf(this.chosen);
    if (entry === undefined) return nothing;
    return html`<div class="jacobian-about">
      <p class="jacobian-where">${say('where', { output: this.chosen.output + 1, input: this.chosen.input + 1 })}</p>
      <tex-math display label=${say('thecell')} .latex=${`${entry.question} = ${entry.latex}`} .colours=${this.context.colours}></tex-math>
      ${entry.reason ? html`<p class="jacobian-reason" data-from="engine">${prose(entry.reason, this.context.colours)}</p>` : nothing}
    </div>`;
  }

  private controls(): TemplateResult {
    const { inputs, range, layouts } = this.block;
    return html`
      ${inputs.map((name, place) =>
        this.slider({
          name,
          value: this.at[place] ?? 0,
          from: range.from,
          to: range.to,
          step: 0.05,
          set: value => {
            this.at = this.at.map((old, other) => (other === place ? value : old));
            void this.fetchEntries();
          },
        }),
      )}
      ${layouts ? this.layoutSwitch() : nothing}
    `;
  }

  private layoutSwitch(): TemplateResult {
    const choice = (layout: 'numerator' | 'denominator'): TemplateResult => html`<label class="picture-choice">
      <input
        type="radio"
        name="${this.own}-layout"
        .checked=${this.layout === layout}
        @change=${() => {
          this.layout = layout;
          void this.fetchEntries();
        }}
      />${say(layout)}
    </label>`;
    return html`<fieldset class="picture-choices">
      <legend>${say('layout')}</legend>
      ${choice('numerator')}${choice('denominator')}
    </fieldset>`;
  }

  private table(): TemplateResult {
    const { outputs, inputs } = this.block;
    return html`<table>
      <caption>${say('each')}</caption>
      <thead><tr><th>${say('output')}</th><th>${say('input')}</th><th>${say('partial')}</th></tr></thead>
      <tbody>
        ${outputs.map((output, row) =>
          inputs.map((input, column) => {
            const entry = this.entryOf({ output: row, input: column });
            return html`<tr>
              <td data-from="lesson">${output}</td><td data-from="lesson">${input}</td><td>${entry === undefined ? '' : showNumber(valueOf(entry), 4)}</td>
            </tr>`;
          }),
        )}
      </tbody>
    </table>`;
  }

  private cellAt(row: number, column: number): Cell {
    return this.shown === 'denominator' ? { output: column, input: row } : { output: row, input: column };
  }

  private placeOf(cell: Cell): { row: number; column: number } {
    return this.shown === 'denominator'
      ? { row: cell.input, column: cell.output }
      : { row: cell.output, column: cell.input };
  }

  private entryOf(cell: Cell): Entry | undefined {
    const { row, column } = this.placeOf(cell);
    return this.entries?.entries[row * this.entries.columns + column];
  }

  private choose(cell: Cell): void {
    if (cell.output === this.chosen.output && cell.input === this.chosen.input) return;
    this.chosen = cell;
    this.tell();
  }

  /** One stop for Tab; inside, the arrows walk over the cells. */
  private pressed(event: KeyboardEvent): void {
    const steps = new Map([
      ['ArrowLeft', [0, -1]],
      ['ArrowRight', [0, 1]],
      ['ArrowUp', [-1, 0]],
      ['ArrowDown', [1, 0]],
    ] as const);
    const [down, across] = steps.get(event.key as 'ArrowLeft') ?? [];
    if (down === undefined || across === undefined) return;
    event.preventDefault();
    const { row, column } = this.placeOf(this.chosen);
    const goal = { row: row + down, column: column + across };
    if (goal.row < 0 || goal.row >= this.rowTexts.length) return;
    if (goal.column < 0 || goal.column >= this.columnTexts.length) return;
    const cell = this.cellAt(goal.row, goal.column);
    this.querySelector<HTMLButtonElement>(`[data-cell="${cell.output} ${cell.input}"]`)?.focus();
  }
}

function valueOf(entry: Entry): number {
  const [value] = entry.value === undefined ? [] : flatten(entry.value);
  return value ?? Number.NaN;
}

declare global {
  interface HTMLElementTagNameMap {
    'jacobian-picture': JacobianPictureElement;
  }
}
