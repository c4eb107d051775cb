import { html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { plainNumber } from '../draw/text.ts';
import { showNumber } from '../lessons/numbers.ts';
import type { DescentPicture, Start } from '../lessons/pictures/descent.ts';
import { say, saying } from '../words/pictures.ts';
import './descent-map.ts';
import type { DescentMap, StartMove } from './descent-map.ts';
import { Descent, lossOver, type Place, type Run } from './descent-run.ts';
import { Picture } from './picture.ts';
import './descent.css';

/** Milliseconds between two steps while they are played: each can be followed. */
const pace = 350;

/** Rows of the table at most. */
const mostRows = 12;

/**
 * A loss over two parameters and the way down it: the rate and the number of steps are under sliders, the start can be
 * chosen or dragged. The way is the trainer's, whole for each rate, so that the sliders can go to and fro in it.
 */
@customElement('descent-picture')
export class DescentPictureElement extends Picture {
  @property({ attribute: false }) block!: DescentPicture;

  @state() private start: Start = [0, 0];
  @state() private rate = 0;
  /** How many steps are shown. */
  @state() private steps = 0;
  @state() private way: Run | undefined;
  @state() private values: Float64Array | undefined;
  @state() private timer: ReturnType<typeof setInterval> | undefined;

  @query('descent-map') private map!: DescentMap | null;

  private descent: Descent | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('block')) return;
    const { block } = this;
    this.pause();
    this.descent?.close();
    this.descent = new Descent(this.context.engine, block);
    this.start = block.starts[0] ?? [0, 0];
    this.rate = block.rate;
    this.steps = 0;
    void this.fetchWay();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pause();
    this.descent?.close();
    document.removeEventListener('visibilitychange', this.leaving);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.leaving);
  }

  /** What the trainer says, it says in the language of the page. */
  protected override languageChanged(): void {
    void this.fetchWay();
  }

  private async fetchWay(): Promise<void> {
    // What the engine refuses leaves the picture as it is.
    const way = await this.descent?.run(this.start, this.rate).catch(() => undefined);
    if (way === undefined) return;
    this.way = way;
    this.tell();
  }

  private async fetchValues(): Promise<void> {
    const grid = this.map?.grid;
    if (grid === undefined) return;
    const values = await lossOver(this.context.engine, this.block, grid);
    if (values !== undefined && grid === this.map?.grid) this.values = values;
  }

  /** The places shown. */
  private get places(): readonly Place[] {
    return this.way?.places.slice(0, this.steps + 1) ?? [];
  }

  /** Says what the way shown has come to. What the trainer says is its own and marked as such. */
  private tell(): void {
    const { way, steps, rate } = this;
    const places = this.places;
    const [first, last, before] = [places[0], places.at(-1), places.at(-2)];
    if (way === undefined || first === undefined || last === undefined) return;
    const told = steps >= places.length ? way.stopped?.message : undefined;
    const note = way.notes.find(({ why }) => why === 'dead')?.message;
    // A rectifier that is silent at the end and where the loss no longer moves has been so since then.
    const still = note !== undefined && last.loss === way.places.at(-1)?.loss && steps > 0;
    const message = told ?? (still ? note : undefined);
    const count = places.length - 1;
    const holes = {
      count,
      rate: showNumber(rate, 3),
      name: this.block.name,
      first: plainNumber(first.loss),
      last: plainNumber(last.loss),
    };
    const words = (): string => {
      if (count === 0) return say('unmoved', { loss: holes.first });
      if (last.loss === first.loss) return say('stuck', holes);
      if (still) return say('reached', holes);
      if (before !== undefined && last.loss > before.loss) return say('climbed', holes);
      if (before !== undefined && holes.last === plainNumber(before.loss)) return say('arrived', holes);
      if (last.loss > first.loss) return say('above', holes);
      return say('fell', holes);
    };
    if (message === undefined) this.state(words);
    else
      this.state(
        () => say('told', { finding: words(), message }),
        () => saying('told', { finding: words(), message: html`<span data-from="engine">${message}</span>` }),
      );
  }

  protected override render(): TemplateResult {
    const { block, context } = this;
    const [across, up] = block.params;
    return this.frame(
      html`<descent-map
        class="descent-map"
        .block=${block}
        .path=${this.places.map(({ at }) => at)}
        .values=${this.values}
        .colours=${[context.colours.variableOf(across), context.colours.variableOf(up)]}
        .finding=${say('descent', { loss: block.loss, finding: this.finding() })}
        @grid-change=${() => void this.fetchValues()}
        @start-move=${(event: CustomEvent<StartMove>) => this.begin(event.detail.place, this.rate)}
      ></descent-map>`,
      this.controls(),
      this.table(),
    );
  }

  private controls(): TemplateResult {
    const { block } = this;
    const playing = this.timer !== undefined;
    return html`
      ${this.slider({
        name: block.name,
        value: this.rate,
        from: block.rates.from,
        to: block.rates.to,
        step: 0.01,
        set: rate => this.begin(this.start, rate, this.steps),
      })}
      ${this.slider({
        name: '',
        label: say('steps'),
        value: this.steps,
        from: 0,
        to: block.steps,
        step: 1,
        set: steps => {
          this.pause();
          this.show(steps);
        },
      })}
      ${this.startSlider(0)}${this.startSlider(1)}
      <div class="descent-buttons">
        <button type="button" class="button button-main descent-play" @click=${() => (playing ? this.pause() : this.play())}>
          ${playing ? say('pause') : say('play')}
        </button>
        <button type="button" class="button" @click=${() => this.oneStep()}>${say('onestep')}</button>
        <button type="button" class="button" @click=${() => this.begin(this.start, this.rate)}>${say('again')}</button>
      </div>
      ${block.starts.length > 1 ? this.choices() : ''}
    `;
  }

  /** Where a hand can drag the start, the keyboard can slide it. */
  private startSlider(side: 0 | 1): TemplateResult {
    const { params, spans } = this.block;
    const name = params[side];
    return this.slider({
      name,
      label: say('startof', { name }),
      value: this.start[side],
      from: spans[side].from,
      to: spans[side].to,
      step: 0.05,
      set: value => this.begin(side === 0 ? [value, this.start[1]] : [this.start[0], value], this.rate, this.steps),
    });
  }

  private choices(): TemplateResult {
    const [across, up] = this.block.params;
    return html`<fieldset class="picture-choices descent-starts">
      <legend>${say('startat', { names: `(${across}, ${up})` })}</legend>
      ${this.block.starts.map(
        start => html`<label class="picture-choice">
          <input
            type="radio"
            name="${this.own} start"
            .checked=${start[0] === this.start[0] && start[1] === this.start[1]}
            @change=${() => this.begin(start, this.rate)}
          />
          <span>${showPlace(start)}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  private table(): TemplateResult {
    const { params } = this.block;
    const places = this.places;
    const rows = places.map((place, step) => ({ place, step })).slice(-mostRows);
    return html`<table>
      <thead>
        <tr><th>${say('step')}</th><th data-from="lesson">${params[0]}</th><th data-from="lesson">${params[1]}</th><th>${say('lossname')}</th></tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ place, step }) => html`<tr>
            <th scope="row">${step}</th>
            <td>${plainNumber(place.at[0])}</td>
            <td>${plainNumber(place.at[1])}</td>
            <td>${plainNumber(place.loss)}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  /** Another way: from another start, or at another rate. */
  private begin(start: Start, rate: number, steps = 0): void {
    this.moved = true;
    this.pause();
    this.start = start;
    this.rate = rate;
    this.steps = steps;
    void this.fetchWay();
  }

  private show(steps: number): void {
    this.moved = true;
    this.steps = Math.min(steps, this.block.steps);
    this.tell();
  }

  private oneStep(): void {
    this.pause();
    this.show(this.steps + 1);
  }

  /** Step after step, from the beginning where all have been shown. */
  private play(): void {
    const last = this.block.steps;
    if (this.steps >= last) this.show(0);
    this.timer = setInterval(() => {
      this.show(this.steps + 1);
      const ended = this.way !== undefined && this.steps >= this.way.places.length;
      if (ended || this.steps >= last) this.pause();
    }, pace);
  }

  private pause(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private readonly leaving = (): void => {
    if (document.hidden) this.pause();
  };
}

function showPlace([across, up]: Start): string {
  return `(${showNumber(across)}, ${showNumber(up)})`;
}

declare global {
  interface HTMLElementTagNameMap {
    'descent-picture': DescentPictureElement;
  }
}
